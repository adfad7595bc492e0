"""Families of functions on R^d from which an abstract function is drawn.

A member is a batch of functions of one kind: it knows its value and gradient, row by row, and
where it has one, the kernel's literal for a row, so that a suspect can be re-evaluated
exactly. Convex kinds are convex on all of R^d by construction:

* ``Affine``       <a, x> + c
* ``Quadratic``    1/2 sum_k s_k <a_k, x>^2 + <b, x>, with every s_k >= 0 if it is convex
* ``Distance``     |x - p|
* ``Absolute``     |<a, x> + c|
* ``LogSumExp``    log sum_k exp(<a_k, x>)
* ``Huber``        |x|^2 / 2 where |x| <= c, and c |x| - c^2 / 2 beyond
* ``Cubic``        <a, x>^3 / 6 + <b, x>
* ``Wave``         sin(<a, x>) + <b, x>
* ``Total``, ``Largest``   the sum and the maximum of members
* ``Scaled``       a member times a factor >= 0, plus a constant

Points have shape (batch, d), values (batch,), gradients (batch, d). A gradient is NaN where
the function has none.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from therefore.goal import Term

__all__ = [
    "Absolute", "Affine", "Cubic", "Distance", "Family", "Huber", "Largest", "LogSumExp",
    "Quadratic", "Scaled", "Total", "Wave", "number_literal",
]  # fmt: skip

Array = NDArray[np.float64]


class Family(ABC):
    """A batch of functions of one kind."""

    @property
    def smooth(self) -> bool:
        """Whether every member is differentiable everywhere."""
        return True

    @property
    def convex(self) -> bool:
        """Whether every member is convex on all of R^d, by construction."""
        return True

    @abstractmethod
    def __call__(self, x: Array) -> Array:
        """The values at the points ``x`` of shape (batch, d)."""

    @abstractmethod
    def gradient(self, x: Array) -> Array:
        """The gradients at the points ``x``, of shape (batch, d)."""

    @abstractmethod
    def literal(self, row: int, scalar: bool = False) -> Term | None:
        """The kernel's literal of the body, with ``#0`` for x; ``None`` if it has none.

        ``scalar`` asks for a function of a real number and not of a vector with d = 1.
        """

    def derivative(self) -> Family | None:
        """The derivatives of functions of a number, where they are a family themselves."""
        return None

    def kinks(self) -> Array | None:
        """For functions of a number, where to split an integral: (batch, k), NaN for none."""
        return None

    def minimiser(self) -> Array | None:
        """A global minimiser for each row, where the kind knows one."""
        return None

    def lipschitz(self) -> Array | None:
        """A Lipschitz constant of the gradient for each row, where the kind knows one."""
        return None

    def strength(self) -> Array | None:
        """A number m for each row such that f less m/2 |x|^2 is convex, where one is known."""
        return np.zeros(1) if self.convex else None

    def infimum(self) -> Array | None:
        """The greatest lower bound for each row, where the kind knows one."""
        least = self.minimiser()
        return None if least is None else self(least)


@dataclass(frozen=True)
class Affine(Family):
    """<a, x> + c, with ``slope`` (batch, d) and ``offset`` (batch,)."""

    slope: Array
    offset: Array

    def __call__(self, x: Array) -> Array:
        return np.asarray((self.slope * x).sum(-1) + self.offset)

    def gradient(self, x: Array) -> Array:
        return np.asarray(self.slope + 0 * x)

    def lipschitz(self) -> Array | None:
        return np.zeros(len(self.offset))

    def infimum(self) -> Array | None:
        return None if np.any(self.slope) else self.offset

    def literal(self, row: int, scalar: bool = False) -> Term | None:
        return _plus(
            _dot(self.slope[row], scalar), number_literal(self.offset[row])
        )


@dataclass(frozen=True)
class Quadratic(Family):
    """1/2 sum_k signs_k <rows_k, x>^2 + <slope, x>; ``rows`` has shape (batch, k, d)."""

    rows: Array
    signs: Array
    slope: Array

    @property
    def convex(self) -> bool:
        return bool(np.all(self.signs >= 0))

    def __call__(self, x: Array) -> Array:
        along = (self.rows * x[..., None, :]).sum(-1)
        return np.asarray((0.5 * self.signs * along**2).sum(-1) + (self.slope * x).sum(-1))

    def gradient(self, x: Array) -> Array:
        along = (self.rows * x[..., None, :]).sum(-1)
        return np.asarray(((self.signs * along)[..., None] * self.rows).sum(-2) + self.slope)

    def literal(self, row: int, scalar: bool = False) -> Term | None:
        total: Term = _dot(self.slope[row], scalar)
        for direction, sign in zip(self.rows[row], self.signs[row], strict=True):
            square: Term = ("^", _dot(direction, scalar), "2")
            if np.any(direction) and sign:
                total = _plus(total, ("*", number_literal(sign / 2), square))
        return total

    def _curvature(self) -> Array:
        return np.asarray(np.einsum("bk,bki,bkj->bij", self.signs, self.rows, self.rows))

    def lipschitz(self) -> Array | None:
        return np.asarray(np.abs(np.linalg.eigvalsh(self._curvature())).max(-1))

    def strength(self) -> Array | None:
        return np.asarray(np.linalg.eigvalsh(self._curvature()).min(-1))

    def minimiser(self) -> Array | None:
        if not self.convex:
            return None
        curvature = self._curvature()
        found = np.asarray(-(np.linalg.pinv(curvature) @ self.slope[..., None])[..., 0])
        return found if np.allclose(self.gradient(found), 0, atol=1e-9) else None


@dataclass(frozen=True)
class Distance(Family):
    """|x - p|, with ``centre`` p of shape (batch, d)."""

    centre: Array

    @property
    def smooth(self) -> bool:
        return False

    def kinks(self) -> Array | None:
        return self.centre if self.centre.shape[1] == 1 else None

    def __call__(self, x: Array) -> Array:
        return np.asarray(np.sqrt(((x - self.centre) ** 2).sum(-1)))

    def gradient(self, x: Array) -> Array:
        length = self(x)[..., None]
        return np.asarray(np.where(length == 0, np.nan, (x - self.centre) / _nonzero(length)))

    def literal(self, row: int, scalar: bool = False) -> Term | None:
        if scalar:
            return ("abs", _plus("#0", number_literal(-self.centre[row, 0])))
        centre = [number_literal(-entry) for entry in self.centre[row]]
        if all(entry == "0" for entry in centre):
            return ("norm", "#0")
        return ("norm", ("+", "#0", ("vector", *centre)))

    def minimiser(self) -> Array | None:
        return self.centre


@dataclass(frozen=True)
class Absolute(Family):
    """|<a, x> + c|."""

    inside: Affine

    @property
    def smooth(self) -> bool:
        return False

    def kinks(self) -> Array | None:
        if self.inside.slope.shape[1] != 1:
            return None
        level = self.inside.slope == 0
        places = -self.inside.offset[:, None] / np.where(level, 1.0, self.inside.slope)
        return np.asarray(np.where(level, np.nan, places))

    def __call__(self, x: Array) -> Array:
        return np.asarray(np.abs(self.inside(x)))

    def gradient(self, x: Array) -> Array:
        sign = np.sign(self.inside(x))[..., None]
        kink = (sign == 0) & np.any(self.inside.slope != 0, axis=-1, keepdims=True)
        return np.asarray(np.where(kink, np.nan, sign * self.inside.slope))

    def literal(self, row: int, scalar: bool = False) -> Term | None:
        return ("abs", self.inside.literal(row, scalar))


@dataclass(frozen=True)
class LogSumExp(Family):
    """log sum_k exp(<rows_k, x>); ``rows`` has shape (batch, k, d)."""

    rows: Array

    def __call__(self, x: Array) -> Array:
        along = (self.rows * x[..., None, :]).sum(-1)
        largest = along.max(-1, keepdims=True)
        return np.asarray(np.log(np.exp(along - largest).sum(-1)) + largest[..., 0])

    def gradient(self, x: Array) -> Array:
        along = (self.rows * x[..., None, :]).sum(-1)
        weights = np.exp(along - along.max(-1, keepdims=True))
        weights = weights / weights.sum(-1, keepdims=True)
        return np.asarray((weights[..., None] * self.rows).sum(-2))

    def literal(self, row: int, scalar: bool = False) -> Term | None:
        powers: list[Term] = [("exp", _dot(row, scalar)) for row in self.rows[row]]
        return ("log", ("+", *powers) if len(powers) > 1 else powers[0])

    def lipschitz(self) -> Array | None:
        return np.asarray((self.rows**2).sum(-1).max(-1))


@dataclass(frozen=True)
class Huber(Family):
    """|x|^2 / 2 where |x| <= c, and c |x| - c^2 / 2 beyond; ``corner`` is c > 0."""

    corner: Array

    def kinks(self) -> Array | None:
        return np.stack([-self.corner, self.corner], axis=1)

    def __call__(self, x: Array) -> Array:
        length = np.sqrt((x * x).sum(-1))
        beyond = np.maximum(length - self.corner, 0.0)
        return np.asarray(length**2 / 2 - beyond**2 / 2)

    def gradient(self, x: Array) -> Array:
        length = np.sqrt((x * x).sum(-1))
        return np.asarray(x * np.minimum(1.0, self.corner / _nonzero(length))[..., None])

    def literal(self, row: int, scalar: bool = False) -> Term | None:
        length: Term = ("abs", "#0") if scalar else ("norm", "#0")
        beyond: Term = ("+", length, number_literal(-self.corner[row]))
        twice: Term = ("+", beyond, ("abs", beyond))
        return ("+", ("*", "1/2", ("^", length, "2")), ("-", ("*", "1/8", ("^", twice, "2"))))

    def minimiser(self) -> Array | None:
        return None

    def infimum(self) -> Array | None:
        return np.zeros(len(self.corner))

    def lipschitz(self) -> Array | None:
        return np.ones(len(self.corner))


@dataclass(frozen=True)
class Cubic(Family):
    """<a, x>^3 / 6 + <b, x>."""

    direction: Array
    slope: Array

    @property
    def convex(self) -> bool:
        return False

    def __call__(self, x: Array) -> Array:
        along = (self.direction * x).sum(-1)
        return np.asarray(along**3 / 6 + (self.slope * x).sum(-1))

    def gradient(self, x: Array) -> Array:
        along = (self.direction * x).sum(-1)[..., None]
        return np.asarray(along**2 / 2 * self.direction + self.slope)

    def literal(self, row: int, scalar: bool = False) -> Term | None:
        cube: Term = ("^", _dot(self.direction[row], scalar), "3")
        return _plus(("*", "1/6", cube), _dot(self.slope[row], scalar))


@dataclass(frozen=True)
class Wave(Family):
    """sin(<a, x>) + <b, x>."""

    direction: Array
    slope: Array

    @property
    def convex(self) -> bool:
        return False

    def __call__(self, x: Array) -> Array:
        along = (self.direction * x).sum(-1)
        return np.asarray(np.sin(along) + (self.slope * x).sum(-1))

    def gradient(self, x: Array) -> Array:
        along = (self.direction * x).sum(-1)[..., None]
        return np.asarray(np.cos(along) * self.direction + self.slope)

    def literal(self, row: int, scalar: bool = False) -> Term | None:
        wave: Term = ("sin", _dot(self.direction[row], scalar))
        return _plus(wave, _dot(self.slope[row], scalar))

    def lipschitz(self) -> Array | None:
        return np.asarray((self.direction**2).sum(-1))

    def infimum(self) -> Array | None:
        if np.any(self.slope):
            return None
        return np.where(np.any(self.direction != 0, axis=-1), -1.0, 0.0)


@dataclass(frozen=True)
class Total(Family):
    """The sum of two members."""

    first: Family
    second: Family

    @property
    def smooth(self) -> bool:
        return self.first.smooth and self.second.smooth

    @property
    def convex(self) -> bool:
        return self.first.convex and self.second.convex

    def kinks(self) -> Array | None:
        found = [places for part in (self.first, self.second)
                 if (places := part.kinks()) is not None]  # fmt: skip
        return np.concatenate(found, axis=1) if found else None

    def __call__(self, x: Array) -> Array:
        return np.asarray(self.first(x) + self.second(x))

    def gradient(self, x: Array) -> Array:
        return np.asarray(self.first.gradient(x) + self.second.gradient(x))

    def literal(self, row: int, scalar: bool = False) -> Term | None:
        first, second = self.first.literal(row, scalar), self.second.literal(row, scalar)
        return None if first is None or second is None else _plus(first, second)

    def lipschitz(self) -> Array | None:
        first, second = self.first.lipschitz(), self.second.lipschitz()
        return None if first is None or second is None else np.asarray(first + second)

    def strength(self) -> Array | None:
        first, second = self.first.strength(), self.second.strength()
        return None if first is None or second is None else np.asarray(first + second)


@dataclass(frozen=True)
class Scaled(Family):
    """A member times ``factor`` >= 0, plus ``offset``."""

    member: Family
    factor: Array
    offset: Array

    @property
    def smooth(self) -> bool:
        return self.member.smooth

    @property
    def convex(self) -> bool:
        return self.member.convex

    def kinks(self) -> Array | None:
        return self.member.kinks()

    def __call__(self, x: Array) -> Array:
        return np.asarray(self.factor * self.member(x) + self.offset)

    def gradient(self, x: Array) -> Array:
        slope = self.member.gradient(x)
        return np.asarray(self.factor.reshape(-1, *[1] * (slope.ndim - 1)) * slope)

    def literal(self, row: int, scalar: bool = False) -> Term | None:
        body = self.member.literal(row, scalar)
        if body is None or body == "0":
            return None if body is None else number_literal(self.offset[row])
        if self.factor[row] != 1:
            body = ("*", number_literal(self.factor[row]), body)
        return _plus(body, number_literal(self.offset[row]))

    def minimiser(self) -> Array | None:
        return self.member.minimiser()

    def lipschitz(self) -> Array | None:
        constant = self.member.lipschitz()
        return None if constant is None else np.asarray(self.factor * constant)

    def strength(self) -> Array | None:
        strength = self.member.strength()
        return None if strength is None else np.asarray(self.factor * strength)

    def infimum(self) -> Array | None:
        least = self.member.infimum()
        return None if least is None else np.asarray(self.factor * least + self.offset)


@dataclass(frozen=True)
class Largest(Family):
    """The larger of two members; without a gradient where they are equal."""

    first: Family
    second: Family

    @property
    def smooth(self) -> bool:
        return False

    @property
    def convex(self) -> bool:
        return self.first.convex and self.second.convex

    def __call__(self, x: Array) -> Array:
        return np.asarray(np.maximum(self.first(x), self.second(x)))

    def gradient(self, x: Array) -> Array:
        a, b = self.first(x)[..., None], self.second(x)[..., None]
        chosen = np.where(a > b, self.first.gradient(x), self.second.gradient(x))
        return np.asarray(np.where(a == b, np.nan, chosen))

    def literal(self, row: int, scalar: bool = False) -> Term | None:
        first, second = self.first.literal(row, scalar), self.second.literal(row, scalar)
        if first is None or second is None:
            return None  # max(a, b) = (a + b + |a - b|) / 2
        gap = ("abs", ("+", first, ("-", second)))
        return ("*", "1/2", ("+", first, second, gap))


def number_literal(value: float) -> str:
    """A float as the kernel's literal of the nearest fraction of small denominator."""
    fraction = Fraction(float(value)).limit_denominator(4096)
    return str(fraction)


def _dot(coefficients: Array, scalar: bool) -> Term:
    literals = [number_literal(entry) for entry in coefficients]
    if all(literal == "0" for literal in literals):
        return "0"
    if scalar:
        return "#0" if literals[0] == "1" else ("*", literals[0], "#0")
    return ("inner", ("vector", *literals), "#0")


def _plus(a: Term, b: Term) -> Term:
    if a == "0":
        return b
    return a if b == "0" else ("+", a, b)


def _nonzero(values: Array) -> Array:
    return np.asarray(np.where(values == 0, 1.0, values))
