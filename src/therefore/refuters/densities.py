"""Functions of a number that fall off on both sides: densities, their sums and multiples.

Continuous by construction; with weights >= 0 they are nowhere negative, and their integral is the
sum of their weights. ``decay`` tells which moments exist: |x|^k f(x) has an integral where
k < decay - 1.

* ``laplace``   exp(-|z|) / 2
* ``logistic``  exp(-|z|) / (1 + exp(-|z|))^2
* ``tent``      max(1 - |z|, 0)
* ``inverse``   1 / (1 + |z|)^3
* ``normal``    exp(-z^2 / 2) / sqrt(2 pi)
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from therefore.goal import Term
from therefore.refuters.families import Family, number_literal

__all__ = ["SHAPES", "Decaying"]

Array = NDArray[np.float64]

SHAPES = ("inverse", "laplace", "tent", "logistic", "normal")
_SMOOTH = ("logistic", "normal")


@dataclass(frozen=True)
class Decaying(Family):
    """sum_k w_k/s_k g((x - c_k)/s_k) for centres c, widths s > 0 and weights w: (batch, parts)."""

    shape: str
    centres: Array
    widths: Array
    weights: Array

    @classmethod
    def draw(
        cls, rng: np.random.Generator, batch: int, turn: int, *, smooth: bool, signed: bool,
        mass: bool,
    ) -> Decaying:  # fmt: skip
        """Members of one shape; the first have the centre 0, and with ``mass`` the integral 1."""
        shapes = _SMOOTH if smooth else SHAPES
        parts = 1 + turn % 2
        centres = rng.integers(-4, 5, size=(batch, parts)) / 2.0
        widths = rng.integers(1, 4, size=(batch, parts)) / 2.0
        weights = rng.integers(1, 4, size=(batch, parts)) / 4.0
        centres[:4], widths[:2] = 0.0, 1.0
        weights[:, 0] = 1 - weights[:, 1:].sum(-1)
        if not mass:
            weights = weights * rng.choice([0.5, 1.0, 2.0, 3.0], size=(batch, 1))
        if signed:
            weights = weights * rng.choice([-1.0, 1.0, 1.0], size=(batch, parts))
        return cls(shapes[turn % len(shapes)], centres, widths, weights)

    @property
    def smooth(self) -> bool:
        return self.shape in _SMOOTH

    @property
    def convex(self) -> bool:
        return False

    @property
    def decay(self) -> float:
        """p, if it falls off as |x|^-p."""
        return 3.0 if self.shape == "inverse" else np.inf

    def kinks(self) -> Array:
        if self.shape != "tent":
            return self.centres
        return np.concatenate(
            [self.centres - self.widths, self.centres, self.centres + self.widths], axis=1
        )

    def _places(self, x: Array) -> Array:
        x = np.atleast_1d(np.asarray(x, dtype=float))
        return np.asarray((x[:, None] - self.centres) / self.widths)

    def __call__(self, x: Array) -> Array:
        z = self._places(x)
        far = np.abs(z)
        if self.shape == "inverse":
            value = (1 + far) ** -3.0
        elif self.shape == "tent":
            value = np.maximum(1 - far, 0.0)
        elif self.shape == "normal":
            value = np.exp(-z * z / 2) / np.sqrt(2 * np.pi)
        else:
            value = np.exp(-far)
            value = value / 2 if self.shape == "laplace" else value / (1 + value) ** 2
        return np.asarray((self.weights / self.widths * value).sum(-1))

    def gradient(self, x: Array) -> Array:
        z = self._places(x)
        far, way = np.abs(z), np.where(z == 0, np.nan, np.sign(z))
        if self.shape == "inverse":
            value = -3 * way * (1 + far) ** -4.0
        elif self.shape == "tent":
            value = np.where(far < 1, -way, np.where(far > 1, 0.0, np.nan))
        elif self.shape == "normal":
            value = -z * np.exp(-z * z / 2) / np.sqrt(2 * np.pi)
        else:
            falling = np.exp(-far)
            value = -way * falling / 2
            if self.shape == "logistic":
                value = -np.sign(z) * falling * (1 - falling) / (1 + falling) ** 3
        weights = self.weights / self.widths**2
        return np.asarray(np.where(weights == 0, 0.0, weights * value).sum(-1))

    def infimum(self) -> Array | None:
        return np.zeros(len(self.weights)) if (self.weights >= 0).all() else None

    def literal(self, row: int, scalar: bool = True) -> Term | None:
        parts: list[Term] = []
        rows = zip(self.centres[row], self.widths[row], self.weights[row], strict=True)
        for centre, width, weight in rows:
            z: Term = ("+", "#0", number_literal(-centre)) if centre else "#0"
            z = z if width == 1 else ("/", z, number_literal(width))
            body = _body(self.shape, z)
            factor = number_literal(weight / width)
            if factor != "0":
                parts.append(body if factor == "1" else ("*", factor, body))
        return ("+", *parts) if len(parts) > 1 else parts[0] if parts else "0"


def _body(shape: str, z: Term) -> Term:
    far: Term = ("abs", z)
    falling: Term = ("exp", ("-", far))
    if shape == "inverse":
        return ("/", "1", ("^", ("+", "1", far), "3"))
    if shape == "laplace":
        return ("*", "1/2", falling)
    if shape == "logistic":
        return ("/", falling, ("^", ("+", "1", falling), "2"))
    if shape == "tent":
        left: Term = ("+", "1", ("-", far))
        return ("*", "1/2", ("+", left, ("abs", left)))
    bell: Term = ("exp", ("-", ("/", ("^", z, "2"), "2")))
    return ("/", bell, ("sqrt", ("*", "2", ("pi",))))
