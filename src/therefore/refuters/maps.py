"""Maps of vectors to vectors, from which an abstract map is drawn.

Circulant matrices and others, with an offset or a bend for maps that are not linear: x goes to
A x + o + <x, x> b. Each has the kernel's literal, so that a suspect can be re-evaluated exactly.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from therefore.goal import Term
from therefore.refuters.families import Family, number_literal
from therefore.refuters.values import Unreadable

__all__ = ["Maps", "map_bodies"]

Array = NDArray[np.float64]
KINDS = 4


@dataclass(frozen=True)
class Maps(Family):
    """x to A x + o + <x, x> b: matrices (batch, m, d), offsets and bends (batch, m)."""

    matrices: Array
    offsets: Array
    bends: Array

    @classmethod
    def draw(cls, rng: np.random.Generator, batch: int, rows: int, columns: int, turn: int) -> Maps:
        """Linear maps in two turns of four, then affine and quadratic ones."""
        matrices = rng.integers(-2, 3, size=(batch, rows, columns)).astype(float)
        if rows == columns and turn % 2 == 0:
            place = np.subtract.outer(np.arange(rows), np.arange(rows)) % rows
            matrices = matrices[:, :, 0][:, place]
        offsets, bends = (rng.integers(-1, 2, size=(batch, rows)).astype(float) for _ in range(2))
        kind = turn % KINDS
        return cls(matrices, offsets * (kind == 2), bends * (kind == 3))

    def __call__(self, x: Any) -> Array:
        point = np.broadcast_to(np.asarray(x, dtype=float), (len(self.matrices), *x.shape[1:]))
        square = (point * point).sum(-1)[:, None]
        return np.asarray(np.einsum("bij,bj->bi", self.matrices, point) + self.offsets
                          + square * self.bends)  # fmt: skip

    def gradient(self, x: Array) -> Array:
        raise Unreadable("a map of vectors to vectors has no gradient")

    def literal(self, row: int, scalar: bool = False) -> Term | None:
        body: Term = ("matmul", _rows(self.matrices[row]), "#0")
        if self.offsets[row].any():
            body = ("+", body, _vector(self.offsets[row]))
        if self.bends[row].any():
            body = ("+", body, ("*", ("inner", "#0", "#0"), _vector(self.bends[row])))
        return body


def map_bodies(rows: int, columns: int) -> list[Term]:
    """Bodies of maps with #0 for x, the simplest first."""
    one, other = np.eye(rows, columns), np.zeros((rows, columns))
    other[0, 0] = 1
    corner = np.zeros((rows, columns))
    corner[-1, 0] = 1
    matrices = [one * 0, one, np.roll(one, 1, axis=0), other, corner, 2 * one,
                one + np.roll(one, 1, axis=0), np.ones((rows, columns))]  # fmt: skip
    bodies: list[Term] = [("matmul", _rows(matrix), "#0") for matrix in matrices]
    ones = _vector(np.ones(rows))
    return [*bodies, ("+", bodies[0], ones), ("*", ("inner", "#0", "#0"), ones)]


def _rows(matrix: Array) -> Term:
    return ("rows", *(("row", *map(number_literal, row)) for row in matrix))


def _vector(values: Array) -> Term:
    return ("vector", *map(number_literal, values))
