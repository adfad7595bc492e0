"""Multipliers λ with target = Σ λ_i·relation_i + a sum of squares, in exact rational numbers.

Every relation is a linear part, which has to cancel, and a quadratic form. Its multipliers are
found in floating point (``conic``), as few as possible, and rounded: what a worst case or common
symmetry maps to zero is found first and kept exactly, so that the rest has room for rounding.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, TypeAlias

import numpy as np

from therefore.provers.conic import Margin, largest_margin
from therefore.rows import eliminated

__all__ = ["Found", "Matrix", "Relation", "find", "ldl"]

Matrix: TypeAlias = list[list[Fraction]]

ENOUGH = 1e-6  # a margin below this may be none
DENOMINATORS = (1, 2, 4, 12, 60, 840, 10**4, 10**6, 10**9)
LARGEST = 1000  # denominators in worst cases
NONE = "no multipliers of them leave a sum of squares, in floating point"
NOT_EXACT = "multipliers of them were found in floating point, but not in rational numbers"


@dataclass(frozen=True)
class Relation:
    """One that is not negative, or zero if not ``signed``: linear part and quadratic form."""

    linear: dict[Hashable, Fraction]
    form: Matrix
    signed: bool = True


@dataclass(frozen=True)
class Found:
    """The multipliers that are not zero, by number, and the squares with their weights."""

    multipliers: dict[int, Fraction]
    squares: list[tuple[Fraction, list[Fraction]]]


@dataclass
class _Problem:
    """The relations in as few coordinates as they depend on."""

    target: Relation
    relations: list[Relation]
    check_time: Callable[[], None]
    left: Callable[[], float]
    lengths: list[int]
    kernel: list[list[Fraction]] = field(default_factory=list)  # what the form maps to zero

    @property
    def size(self) -> int:
        return len(self.target.form)


def find(
    target: Relation,
    relations: Sequence[Relation],
    check_time: Callable[[], None],
    left: Callable[[], float],
    note: Callable[[str], None],
) -> Found | None:
    """Few multipliers and the squares that are left, or None.

    ``left`` says how many seconds there are, and ``note`` takes down why nothing was found.
    """
    basis, forms = _reduced([target.form, *(one.form for one in relations)])
    problem = _Problem(
        Relation(target.linear, forms[0]),
        [Relation(r.linear, f, r.signed) for r, f in zip(relations, forms[1:], strict=True)],
        check_time,
        left,
        [_length(one) for one in relations],
    )
    active = list(range(len(relations)))
    margin = _settled(problem, active)
    if margin is None:
        note(NONE)
        return None
    active = _dropped(problem, active, margin)
    found = _rounded(problem, active, basis)
    if found is None:
        note(NOT_EXACT)
    return found


def _length(relation: Relation) -> int:
    """The number of terms of a relation."""
    forms = (bool(c) for k, row in enumerate(relation.form) for c in row[: k + 1])
    return len(relation.linear) + sum(forms)


def _reduced(forms: list[Matrix]) -> tuple[Matrix, list[Matrix]]:
    """Rows ρ of linear functions and forms in ρ·x: no form sees more of x than these."""
    size = len(forms[0])
    rows = [list(row) for form in forms for row in form if any(row)]
    pivots = eliminated(rows, size)
    return rows[: len(pivots)], [[[form[i][j] for j in pivots] for i in pivots] for form in forms]


def _settled(problem: _Problem, active: list[int]) -> Margin | None:
    """Find worst cases until what is left of the form may be positive definite."""
    while True:
        margin = _margin(problem, active)
        if margin is None or margin.least < -ENOUGH:
            return None
        if margin.least > ENOUGH:
            return margin
        new = _worst(problem, margin)
        if not new:
            return None
        problem.kernel += new


def _complement(problem: _Problem) -> Any:
    """Columns that are orthonormal and span what is orthogonal to the kernel."""
    if not problem.kernel:
        return np.eye(problem.size)
    known = np.array([[float(c) for c in row] for row in problem.kernel])
    _, values, rows = np.linalg.svd(known)
    rank = int((values > 1e-9 * values[0]).sum())
    return rows[rank:].T


def _equations(problem: _Problem, active: list[int]) -> tuple[Matrix, list[Fraction]]:
    """Linear equations for the multipliers: linear parts cancel, the kernel is mapped to zero."""
    zero = Fraction(0)
    used = [problem.relations[k] for k in active]
    keys = dict.fromkeys(key for one in (problem.target, *used) for key in one.linear)
    rows = [[one.linear.get(key, zero) for one in (*used, problem.target)] for key in keys]
    for vector in problem.kernel:
        images = [
            [sum((a * b for a, b in zip(row, vector, strict=True)), zero) for row in one.form]
            for one in (*used, problem.target)
        ]
        rows += [list(row) for row in zip(*images, strict=True)]
    rows = [row for row in rows if any(row)]
    rank = len(eliminated(rows, len(active) + 1))
    return [row[:-1] for row in rows[:rank]], [row[-1] for row in rows[:rank]]


def _margin(problem: _Problem, active: list[int]) -> Margin | None:
    problem.check_time()
    left, right = _equations(problem, active)
    if any(not any(row) for row in left):
        return None
    inside = _complement(problem)
    if inside.shape[1]:
        forms = [problem.target.form, *(problem.relations[k].form for k in active)]
        matrices = [inside.T @ np.array(form, dtype=float) @ inside for form in forms]
    else:
        matrices = [np.eye(1), *(np.zeros((1, 1)) for _ in active)]
    rows = np.array(left, dtype=float).reshape(len(left), len(active))
    signed = [problem.relations[k].signed for k in active]
    numbers = np.array(right, dtype=float)
    return largest_margin(matrices, rows, numbers, signed, problem.left())


def _worst(problem: _Problem, margin: Margin) -> list[list[Fraction]]:
    """Rational vectors that span the range of the worst case's Gram matrix."""
    inside = _complement(problem)
    values, vectors = np.linalg.eigh(margin.worst)
    chosen = vectors[:, values > 1e-4 * values[-1]]
    return _rational_rows((inside @ chosen).T)


def _rational_rows(rows: Any) -> list[list[Fraction]]:
    """The rows' span with small rational numbers: the entries after elimination, rounded."""
    work = np.array(rows, dtype=float)
    for k in range(len(work)):
        column = int(np.argmax(np.abs(work[k])))
        work[k] /= work[k, column]
        for other in range(len(work)):
            if other != k:
                work[other] -= work[other, column] * work[k]
    return [[Fraction(float(c)).limit_denominator(LARGEST) for c in row] for row in work]


def _dropped(problem: _Problem, active: list[int], margin: Margin) -> list[int]:
    """As few relations as leave room for rounding: long ones first, then small multipliers."""
    sizes = dict(zip(active, np.abs(margin.multipliers), strict=True))
    for k in sorted(active, key=lambda k: (-problem.lengths[k], sizes[k])):
        fewer = [other for other in active if other != k]
        without = _margin(problem, fewer)
        if without is not None and without.least > ENOUGH:
            active = fewer
    return active


def _rounded(problem: _Problem, active: list[int], basis: Matrix) -> Found | None:
    """Free multipliers rounded, the others by the equations, the squares by LDLᵀ."""
    margin = _margin(problem, active)
    if margin is None:
        return None
    left, right = _equations(problem, active)
    rows = [[*row, number] for row, number in zip(left, right, strict=True)]
    pivots = eliminated(rows, len(active))
    free = [k for k in range(len(active)) if k not in pivots]
    for largest in DENOMINATORS:
        values = [Fraction(float(x)).limit_denominator(largest) for x in margin.multipliers]
        for row, pivot in zip(rows, pivots, strict=True):
            values[pivot] = row[-1] - sum((row[k] * values[k] for k in free), Fraction(0))
        signs = (value >= 0 or not problem.relations[k].signed
                 for k, value in zip(active, values, strict=True))  # fmt: skip
        squares = _squares(problem, active, values, basis) if all(signs) else None
        if squares is not None:
            chosen = {k: v for k, v in zip(active, values, strict=True) if v}
            return Found(chosen, squares)
        if not free:
            return None
    return None


def _squares(
    problem: _Problem, active: list[int], values: list[Fraction], basis: Matrix
) -> list[tuple[Fraction, list[Fraction]]] | None:
    rest = [list(row) for row in problem.target.form]
    for k, value in zip(active, values, strict=True):
        for i, row in enumerate(problem.relations[k].form):
            for j, entry in enumerate(row):
                rest[i][j] -= value * entry
    ways = [ldl(rest, order) for order in (range(problem.size), range(problem.size)[::-1])]
    found = [way for way in ways if way is not None]
    if not found:
        return None
    best = min(found, key=lambda way: sum(bool(c) for _, row in way for c in row))
    return [
        (
            weight,
            [sum((c * b[j] for c, b in zip(row, basis, strict=True)), Fraction(0))
             for j in range(len(basis[0]))],
        )
        for weight, row in best
    ]  # fmt: skip


def ldl(form: Matrix, order: Sequence[int]) -> list[tuple[Fraction, list[Fraction]]] | None:
    """Weights d > 0 and rows ℓ with form = Σ d·ℓᵀℓ, or None for a form that is not positive
    semidefinite: a pivot that is zero needs a row that is zero."""
    work = [list(row) for row in form]
    found = []
    for pivot in order:
        weight = work[pivot][pivot]
        if weight < 0 or (weight == 0 and any(work[pivot])):
            return None
        if weight == 0:
            continue
        row = [entry / weight for entry in work[pivot]]
        found.append((weight, row))
        for i, factor in enumerate(row):
            if factor:
                work[i] = [a - weight * factor * b for a, b in zip(work[i], row, strict=True)]
    return found
