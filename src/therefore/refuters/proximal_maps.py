"""Proximal points of members of families, and subgradients, in closed form.

The proximal point of f at w with step c > 0 is the p with (w - p) / c a subgradient of f at p.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from therefore.refuters.families import (
    Absolute,
    Affine,
    Distance,
    Family,
    Huber,
    Quadratic,
    Scaled,
    Total,
)
from therefore.refuters.kinds_of_functions import Kind
from therefore.refuters.values import Unreadable

__all__ = [
    "IMPLICIT",
    "STRICTLY_CONVEX",
    "ProximalMaps",
    "has_subgradient",
    "lies_above",
    "placed_above",
    "proximal_point",
    "subgradient",
]

Array = NDArray[np.float64]
_NEAR, _FAR = 1e-9, 1e-6


def proximal_point(member: Family, w: Array, c: Array) -> Array | None:
    """Where member(u) + |u - w|^2 / (2 c) is least, in each row; ``None`` if that is not known.

    ``w`` has shape (batch, d) and ``c``, which is positive, (batch,).
    """
    if isinstance(member, Affine):
        return np.asarray(w - c[:, None] * member.slope)
    if isinstance(member, Quadratic):
        return _of_quadratic(member, w, c) if member.convex else None
    if isinstance(member, Absolute):
        square = (member.inside.slope**2).sum(-1)
        most = c * square
        share = np.clip(member.inside(w) / np.where(most > 0, most, 1.0), -1.0, 1.0)
        return np.asarray(w - (c * share)[:, None] * member.inside.slope)
    if isinstance(member, Distance):
        away = w - member.centre
        return np.asarray(w - away * np.minimum(1.0, c / _positive(_length(away)))[:, None])
    if isinstance(member, Huber):
        length = _length(w)
        inside = w / (1 + c)[:, None]
        beyond = w - w * (c * member.corner / _positive(length))[:, None]
        return np.asarray(np.where((length <= (1 + c) * member.corner)[:, None], inside, beyond))
    if isinstance(member, Scaled):
        factor = np.broadcast_to(member.factor, c.shape)
        found = proximal_point(member.member, w, np.where(factor > 0, c * factor, 1.0))
        return None if found is None else np.where((factor > 0)[:, None], found, w)
    return _of_total(member, w, c) if isinstance(member, Total) else None


def _of_quadratic(member: Quadratic, w: Array, c: Array) -> Array:
    curvature = np.einsum("bk,bki,bkj->bij", member.signs, member.rows, member.rows)
    whole = np.eye(w.shape[1]) + c[:, None, None] * curvature
    return np.asarray(np.linalg.solve(whole, (w - c[:, None] * member.slope)[..., None])[..., 0])


def _of_total(member: Total, w: Array, c: Array) -> Array | None:
    """Of a sum of which one part is affine or m/2 |x|^2 + <b, x>, or both are quadratic."""
    first, second = member.first, member.second
    if isinstance(first, Quadratic) and isinstance(second, Quadratic):
        rows, signs = (
            np.concatenate([getattr(first, name), getattr(second, name)], axis=1)
            for name in ("rows", "signs")
        )
        both = Quadratic(rows, signs, first.slope + second.slope)
        return _of_quadratic(both, w, c) if both.convex else None
    for part, other in ((second, first), (first, second)):
        if isinstance(part, Affine):
            return proximal_point(other, w - c[:, None] * part.slope, c)
        weight = _weight_of_square(part)
        if isinstance(part, Quadratic) and weight is not None:
            grown = 1 + c * weight
            return proximal_point(other, (w - c[:, None] * part.slope) / grown[:, None], c / grown)
    return None


def _weight_of_square(member: Family) -> Array | None:
    """The m of m/2 |x|^2 + <b, x>, one number >= 0 in each row; ``None`` for anything else."""
    if not isinstance(member, Quadratic) or member.rows.shape[1] != member.rows.shape[2]:
        return None
    even = (member.signs == member.signs[:, :1]).all() and (member.signs >= 0).all()
    is_square = even and (member.rows == np.eye(member.rows.shape[1])).all()
    return member.signs[:, 0] if is_square else None


def subgradient(member: Family, x: Array) -> Array | None:
    """A subgradient at x in each row: the gradient, or at a kink the one of which most are left.

    ``None`` if none is known.
    """
    if isinstance(member, Absolute):
        return np.asarray(np.sign(member.inside(x))[:, None] * member.inside.slope)
    if isinstance(member, Distance):
        away = x - member.centre
        return np.asarray(away / _positive(_length(away))[:, None])
    if isinstance(member, Total):
        parts = [subgradient(part, x) for part in (member.first, member.second)]
        return None if parts[0] is None or parts[1] is None else np.asarray(parts[0] + parts[1])
    if isinstance(member, Scaled):
        found = subgradient(member.member, x)
        return None if found is None else np.asarray(member.factor[:, None] * found)
    return member.gradient(x) if member.smooth else None


def has_subgradient(member: Family, x: Array, g: Array) -> tuple[Array, Array] | None:
    """In which rows g is a subgradient at x, and in which it is not: where x is the proximal point
    of x + g. Some rows may be in neither; ``None`` if proximal points are not known.
    """
    found = proximal_point(member, x + g, np.ones(len(x)))
    if found is None:
        return None
    size = 1 + np.abs(x).max(-1) + np.abs(g).max(-1)
    gap = np.abs(found - x).max(-1)
    return gap <= _NEAR * size, gap > _FAR * size


@dataclass(frozen=True)
class ProximalMaps(Family):
    """x to the proximal point of a member at x; ``weight`` is 1 over the step in each row."""

    member: Family
    weight: Array

    def __call__(self, x: Array) -> Array:
        batch = len(self.weight)
        step = 1 / np.where(self.weight > 0, self.weight, 1.0)
        found = proximal_point(self.member, np.broadcast_to(x, (batch, x.shape[-1])), step)
        return np.full((batch, x.shape[-1]), np.nan) if found is None else found

    def gradient(self, x: Array) -> Array:
        raise Unreadable("a map of vectors to vectors has no gradient")

    def literal(self, row: int, scalar: bool = False) -> None:
        return None

    def belongs_to(self, member: Family, weight: Array) -> NDArray[np.bool_]:
        """In which rows it is the map of this member with this weight, and that is positive."""
        same = self.member is member
        return np.asarray((self.weight == weight) & (weight > 0) & same)


def placed_above(lower: Family, constant: Array, convex: Family) -> Family:
    """lower / constant plus a convex function: the Bregman distance of lower is at most constant
    times that of it. The convex function alone where the constant is not positive.
    """
    factor = np.where(constant > 0, 1 / np.where(constant > 0, constant, 1.0), 0.0)
    return Total(Scaled(lower, factor, np.zeros(len(factor))), convex)


def lies_above(upper: Family, lower: Family, constant: Array) -> NDArray[np.bool_] | None:
    """In which rows a function placed above another is so for this constant; ``None`` if it is
    any other function.
    """
    if not isinstance(upper, Total) or not isinstance(upper.first, Scaled):
        return None
    if upper.first.member is not lower or not upper.second.convex:
        return None
    return np.asarray((constant > 0) & (upper.first.factor * constant >= 1 - _NEAR))


def _length(x: Array) -> Array:
    return np.asarray(np.sqrt((x * x).sum(-1)))


def _positive(values: Array) -> Array:
    return np.asarray(np.where(values > 0, values, 1.0))


def _grid(rng: np.random.Generator, *shape: int) -> Array:
    return rng.integers(-4, 5, size=shape) / 2.0


def _affine(rng: np.random.Generator, batch: int, d: int) -> Affine:
    return Affine(_grid(rng, batch, d), _grid(rng, batch))


def _square(rng: np.random.Generator, batch: int, d: int, linear: bool = True) -> Quadratic:
    rows = np.broadcast_to(np.eye(d), (batch, d, d))
    weight: Array = rng.choice([0.25, 0.5, 1.0, 1.0, 2.0, 3.0], size=batch)
    return Quadratic(rows, np.tile(weight[:, None], d), _grid(rng, batch, d) * linear)


def _quadratic(rng: np.random.Generator, batch: int, d: int) -> Quadratic:
    signs = rng.integers(0, 3, size=(batch, d)).astype(np.float64)
    rows = rng.integers(-1, 2, size=(batch, d, d)).astype(np.float64)
    return Quadratic(rows, signs, _grid(rng, batch, d))


def _absolute(rng: np.random.Generator, batch: int, d: int) -> Absolute:
    """k |x_i - c|: bounds of proximal methods are met by such."""
    inside = np.zeros((batch, d))
    inside[np.arange(batch), rng.integers(d, size=batch)] = rng.choice([0.5, 1.0, 2.0], size=batch)
    return Absolute(Affine(inside, np.where(rng.random(batch) < 0.5, 0.0, _grid(rng, batch))))


def _distance(rng: np.random.Generator, batch: int, d: int) -> Family:
    centre = _grid(rng, batch, d) * (rng.random(batch) < 0.5)[:, None]
    return Scaled(Distance(centre), rng.choice([0.5, 1.0, 2.0], size=batch), np.zeros(batch))


def _huber(rng: np.random.Generator, batch: int, d: int) -> Family:
    return Huber(rng.integers(1, 7, size=batch) / 4.0)


def _hinge(rng: np.random.Generator, batch: int, d: int) -> Family:
    """The larger of 0 and an affine function: half of it, and half of its absolute value."""
    inside = Affine(_grid(rng, batch, d) / 2, _grid(rng, batch) / 2)
    return Total(Absolute(inside), inside)


def _kinked(rng: np.random.Generator, batch: int, d: int) -> Family:
    return Total(_absolute(rng, batch, d), _square(rng, batch, d, linear=False))


def _tilted(rng: np.random.Generator, batch: int, d: int) -> Family:
    return Total(_distance(rng, batch, d), _affine(rng, batch, d))


def _bowl(rng: np.random.Generator, batch: int, d: int) -> Quadratic:
    """Squares of the coordinates with weights."""
    rows = np.broadcast_to(np.eye(d), (batch, d, d))
    return Quadratic(rows, rng.integers(1, 5, size=(batch, d)) / 2.0, _grid(rng, batch, d))


def _bowl_and_huber(rng: np.random.Generator, batch: int, d: int) -> Family:
    return Total(_huber(rng, batch, d), _bowl(rng, batch, d))


STRICTLY_CONVEX: tuple[Kind, ...] = (
    Kind("square of the norm plus linear", True, True, _square),
    Kind("weighted squares", True, True, _bowl),
    Kind("weighted squares plus Huber's function", True, True, _bowl_and_huber),
)
"""Kinds of which the gradient takes each value, and takes it once."""

IMPLICIT: tuple[Kind, ...] = (
    Kind("absolute value of a coordinate", False, True, _absolute),
    Kind("square of the norm plus linear", True, True, _square),
    Kind("norm", False, True, _distance),
    Kind("convex quadratic", True, True, _quadratic),
    Kind("hinge", False, True, _hinge),
    Kind("Huber's function", True, True, _huber),
    Kind("absolute value plus square", False, True, _kinked),
    Kind("affine", True, True, _affine),
    Kind("norm plus affine", False, True, _tilted),
)
"""Kinds of which proximal points are known, in the order in which they are tried."""
