"""A semidefinite program in floating point, by clarabel; what it says is a hint and no more.

Given symmetric matrices M_0, M_1, …, M_n and linear equations, the multipliers λ are sought for
which M_0 − Σ λ_i·M_i − t·1 is positive semidefinite with the largest t ≤ 1. If t is negative,
there are none. If it is zero, the solution of the dual program is the worst case: its Gram
matrix spans what every M_0 − Σ λ_i·M_i that is positive semidefinite maps to zero.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from importlib.util import find_spec
from typing import Any, TypeAlias

import numpy as np

__all__ = ["MISSING", "Cones", "Margin", "Widest", "is_there", "largest_margin", "widest"]

MISSING = 'multipliers are sought with clarabel: pip install "therefore[sos]"'

Array: TypeAlias = Any  # np.ndarray of float64


@dataclass(frozen=True)
class Margin:
    """The largest t, the multipliers with which it is reached, and the worst case."""

    least: float
    multipliers: Array
    worst: Array


def is_there() -> bool:
    """Whether the solver is installed."""
    return find_spec("clarabel") is not None


def largest_margin(
    matrices: Sequence[Array], rows: Array, right: Array, signed: Sequence[bool], seconds: float
) -> Margin | None:
    """The largest margin with rows · λ = right, and λ_i ≥ 0 where ``signed``; None for no λ."""
    import clarabel
    from scipy import sparse

    size, count = len(matrices[0]), len(matrices) - 1
    places = [k for k, one in enumerate(signed) if one]
    nonnegative = np.zeros((len(places) + 1, count + 1))
    for row, k in enumerate(places):
        nonnegative[row, k] = -1
    nonnegative[-1, -1] = 1
    form = np.column_stack([*map(_triangle, matrices[1:]), _triangle(np.eye(size))])
    above = np.vstack([np.column_stack([rows, np.zeros(len(rows))]), nonnegative, form])
    bound = np.concatenate([right, np.zeros(len(places)), [1.0], _triangle(matrices[0])])
    cones = [clarabel.NonnegativeConeT(len(places) + 1), clarabel.PSDTriangleConeT(size)]
    if len(rows):
        cones.insert(0, clarabel.ZeroConeT(len(rows)))
    goal = np.zeros(count + 1)
    goal[-1] = -1
    settings = clarabel.DefaultSettings()
    settings.verbose = False
    settings.max_threads = 1
    settings.time_limit = max(seconds, 0.01)
    nothing = sparse.csc_matrix((count + 1, count + 1))
    solver = clarabel.DefaultSolver(nothing, goal, sparse.csc_matrix(above), bound, cones, settings)
    found = solver.solve()
    if str(found.status) not in ("Solved", "AlmostSolved"):
        return None
    values = np.array(found.x)
    worst = _square(np.array(found.z)[len(rows) + len(places) + 1 :], size)
    return Margin(float(values[-1]), values[:-1], worst)


@dataclass(frozen=True)
class Cones:
    """Sparse equations for the entries of symmetric matrices and for further numbers.

    The unknowns are the upper triangles of the matrices, column by column, then the numbers.
    """

    rows: Sequence[Mapping[int, Fraction]]
    right: Sequence[Fraction]
    sizes: Sequence[int]
    count: int


@dataclass(frozen=True)
class Widest:
    """The largest t ≤ 1 with every matrix − t·1 positive semidefinite, where it is reached, and
    the dual matrices."""

    margin: float
    values: Array
    worst: list[Array]


def widest(cones: Cones, seconds: float) -> Widest | None:
    """The solution of the equations with the largest margin, or None for no solution."""
    import clarabel
    from scipy import sparse

    count, equations = cones.count, len(cones.rows)
    entries = [(r, k, float(c)) for r, row in enumerate(cones.rows) for k, c in row.items()]
    entries.append((equations, count, 1.0))
    bound = [*map(float, cones.right), 1.0]
    kinds = [clarabel.ZeroConeT(equations), clarabel.NonnegativeConeT(1)]
    at, k = equations + 1, 0
    starts = []
    for size in cones.sizes:
        if not size:
            starts.append(at)
            continue
        starts.append(at)
        kinds.append(clarabel.PSDTriangleConeT(size))
        for j in range(size):
            for i in range(j + 1):
                entries.append((at, k, -1.0 if i == j else -(2**0.5)))
                if i == j:
                    entries.append((at, count, 1.0))
                at, k = at + 1, k + 1
                bound.append(0.0)
    goal = np.zeros(count + 1)
    goal[-1] = -1
    settings = clarabel.DefaultSettings()
    settings.verbose = False
    settings.max_threads = 1
    settings.time_limit = max(seconds, 0.01)
    rows, columns, values = zip(*entries, strict=True)
    above = sparse.csc_matrix((values, (rows, columns)), shape=(at, count + 1))
    nothing = sparse.csc_matrix((count + 1, count + 1))
    solver = clarabel.DefaultSolver(nothing, goal, above, np.array(bound), kinds, settings)
    found = solver.solve()
    if str(found.status) not in ("Solved", "AlmostSolved"):
        return None
    solution, dual = np.array(found.x), np.array(found.z)
    worst = [
        _square(dual[start : start + size * (size + 1) // 2], size)
        for start, size in zip(starts, cones.sizes, strict=True)
    ]
    return Widest(float(solution[-1]), solution[:-1], worst)


def _triangle(matrix: Array) -> Array:
    """The upper triangle, column by column, the rest of it counted by √2."""
    size = len(matrix)
    return np.array(
        [matrix[i, j] * (1 if i == j else 2**0.5) for j in range(size) for i in range(j + 1)]
    )


def _square(triangle: Array, size: int) -> Array:
    matrix, k = np.zeros((size, size)), 0
    for j in range(size):
        for i in range(j + 1):
            matrix[i, j] = matrix[j, i] = triangle[k] / (1 if i == j else 2**0.5)
            k += 1
    return matrix
