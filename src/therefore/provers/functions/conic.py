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

__all__ = [
    "MISSING", "Cones", "Margin", "Widest", "is_there", "largest_margin", "smallest_sum", "widest",
]  # fmt: skip

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
    size, count = len(matrices[0]), len(matrices) - 1
    goal = np.zeros(count + 1)
    goal[-1] = -1
    columns = [*matrices[1:], np.eye(size)]
    above = np.zeros((1, count + 1))
    above[0, -1] = 1
    found = _solved(goal, columns, matrices[0], rows, right, signed, above, [1.0], seconds)
    if found is None:
        return None
    values, dual = found
    return Margin(float(values[-1]), values[:-1], _square(dual, size))


def smallest_sum(
    matrices: Sequence[Array],
    rows: Array,
    right: Array,
    signed: Sequence[bool],
    weights: Array,
    margin: float,
    seconds: float,
) -> Array | None:
    """The λ with this margin for which the weighted sum is smallest: it has many zeros."""
    form = matrices[0] - margin * np.eye(len(matrices[0]))
    nothing = np.zeros((0, len(weights)))
    found = _solved(weights, matrices[1:], form, rows, right, signed, nothing, [], seconds)
    return None if found is None else found[0]


def _solved(
    goal: Array,
    columns: Sequence[Array],
    form: Array,
    rows: Array,
    right: Array,
    signed: Sequence[bool],
    above: Array,
    bounds: Sequence[float],
    seconds: float,
) -> tuple[Array, Array] | None:
    """The least goal·v with rows·λ = right, λ_i ≥ 0 where ``signed``, above·v ≤ bounds and
    form − Σ v_i·column_i positive semidefinite, and the triangle of the dual; v begins with λ."""
    import clarabel
    from scipy import sparse

    size, count = len(form), len(goal)
    places = [k for k, one in enumerate(signed) if one]
    nonnegative = np.zeros((len(places), count))
    nonnegative[range(len(places)), places] = -1
    upper = np.triu_indices(size)
    order = np.lexsort((upper[0], upper[1]))
    first, second = upper[0][order], upper[1][order]
    scale = np.where(first == second, 1.0, 2**0.5)

    def triangle(matrix: Array) -> Array:
        """The upper triangle, column by column, the rest of it counted by √2."""
        return matrix[first, second] * scale

    equations = np.zeros((len(rows), count))
    if len(rows):
        equations[:, : rows.shape[1]] = rows
    forms = (
        np.column_stack([triangle(column) for column in columns])
        if columns
        else np.zeros((len(first), count))
    )
    matrix = np.vstack([equations, nonnegative, above, forms])
    bound = np.concatenate([right, np.zeros(len(places)), np.array(bounds), triangle(form)])
    cones = [clarabel.PSDTriangleConeT(size)]
    if len(places) + len(above):
        cones.insert(0, clarabel.NonnegativeConeT(len(places) + len(above)))
    if len(rows):
        cones.insert(0, clarabel.ZeroConeT(len(rows)))
    settings = clarabel.DefaultSettings()
    settings.verbose = False
    settings.max_threads = 1
    settings.time_limit = max(seconds, 0.01)
    nothing = sparse.csc_matrix((count, count))
    solver = clarabel.DefaultSolver(
        nothing, np.array(goal), sparse.csc_matrix(matrix), bound, cones, settings
    )
    found = solver.solve()
    if str(found.status) not in ("Solved", "AlmostSolved"):
        return None
    return np.array(found.x), np.array(found.z)[-len(first) :]


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


def _square(triangle: Array, size: int) -> Array:
    matrix, k = np.zeros((size, size)), 0
    for j in range(size):
        for i in range(j + 1):
            matrix[i, j] = matrix[j, i] = triangle[k] / (1 if i == j else 2**0.5)
            k += 1
    return matrix
