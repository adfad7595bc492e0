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

from therefore.provers.functions.conic import Margin, largest_margin, smallest_sum
from therefore.rows import eliminated

__all__ = ["Found", "Matrix", "Relation", "find", "ldl"]

Matrix: TypeAlias = list[list[Fraction]]

ENOUGH = 1e-6  # a margin below this may be none
DENOMINATORS = (1, 2, 4, 12, 60, 840, 10**4, 10**6, 10**9)
# What eigenvalues of a worst case count, as parts of the largest, and its largest denominators.
WORST = ((1e-4, 1000), (1e-5, 10**4), (1e-3, 100), (1e-2, 60), (1e-6, 10**5))
TOO_SMALL = 1e-6  # multipliers below this may be none
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
    floats: Any = None  # the forms, the target's first
    linear: Any = None  # the linear parts, a row for each

    def __post_init__(self) -> None:
        every = [self.target, *self.relations]
        keys = dict.fromkeys(key for one in every for key in one.linear)
        self.floats = np.array([one.form for one in every], dtype=float)
        self.linear = np.array([[float(one.linear.get(key, 0)) for key in keys] for one in every])

    @property
    def size(self) -> int:
        return len(self.target.form)


def find(
    target: Relation,
    relations: Sequence[Relation],
    check_time: Callable[[], None],
    left: Callable[[], float],
    note: Callable[[str], None],
    fewest: bool = False,
) -> Found | None:
    """Few multipliers and the squares that are left, or None.

    ``left`` says how many seconds there are, and ``note`` takes down why nothing was found. With
    ``fewest`` no relation is kept that can be missed.
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
    active, margin = _few(problem, active, margin)
    found = None if fewest else _rounded(problem, active, margin, basis)
    if found is None:
        active, margin = _dropped(problem, active, margin)
        found = _rounded(problem, active, margin, basis)
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
    margin = _margin(problem, active)
    while margin is not None and -ENOUGH <= margin.least <= ENOUGH:
        before, inside = problem.kernel, _complement(problem)
        for share, largest in WORST:
            new = _worst(inside, margin, share, largest)
            problem.kernel = before + new
            then = _margin(problem, active) if new else None
            if then is not None:
                break
        margin = then
    return None if margin is None or margin.least < 0 else margin


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
            [
                sum((a * b for a, b in zip(row, vector, strict=True) if a and b), zero)
                for row in one.form
            ]
            for one in (*used, problem.target)
        ]
        rows += [list(row) for row in zip(*images, strict=True)]
    rows = [row for row in rows if any(row)]
    rank = len(eliminated(rows, len(active) + 1))
    return [row[:-1] for row in rows[:rank]], [row[-1] for row in rows[:rank]]


def _margin(problem: _Problem, active: list[int]) -> Margin | None:
    problem.check_time()
    program = _program(problem, active)
    if program is None:
        return None
    return largest_margin(*program, problem.left())


def _program(problem: _Problem, active: list[int]) -> tuple[list[Any], Any, Any, list[bool]] | None:
    """The forms on what the kernel leaves, the equations without repeats, and the signs; None
    for equations that contradict each other."""
    inside = _complement(problem)
    chosen = [0, *(k + 1 for k in active)]
    if inside.shape[1]:
        matrices = [inside.T @ form @ inside for form in problem.floats[chosen]]
    else:
        matrices = [np.eye(1), *(np.zeros((1, 1)) for _ in active)]
    kernel = np.zeros((problem.size, len(problem.kernel)))
    for k, vector in enumerate(problem.kernel):
        kernel[:, k] = [float(c) for c in vector]
    images = (problem.floats @ kernel).reshape(len(problem.floats), problem.size * kernel.shape[1])
    rows = np.hstack([problem.linear, images])[chosen].T
    left, right = rows[:, 1:], rows[:, 0]
    if not active:
        return (matrices, left[:0], right[:0], []) if np.allclose(right, 0) else None
    turned, values, back = np.linalg.svd(left, full_matrices=False)
    rank = int((values > 1e-9 * max(values[0], 1e-9)).sum()) if len(values) else 0
    reached = turned[:, :rank].T @ right
    if np.abs(turned[:, :rank] @ reached - right).max(initial=0) > 1e-7:
        return None
    equations = values[:rank, None] * back[:rank]
    return matrices, equations, reached, [problem.relations[k].signed for k in active]


def _worst(inside: Any, margin: Margin, share: float, largest: int) -> list[list[Fraction]]:
    """Rational vectors that span the range of the worst case's Gram matrix."""
    values, vectors = np.linalg.eigh(margin.worst)
    chosen = vectors[:, values > share * values[-1]]
    return _rational_rows((inside @ chosen).T, largest)


def _rational_rows(rows: Any, largest: int) -> list[list[Fraction]]:
    """The rows' span with small rational numbers: the entries after elimination, rounded."""
    work = np.array(rows, dtype=float)
    for k in range(len(work)):
        column = int(np.argmax(np.abs(work[k])))
        work[k] /= work[k, column]
        for other in range(len(work)):
            if other != k:
                work[other] -= work[other, column] * work[k]
    return [[Fraction(float(c)).limit_denominator(largest) for c in row] for row in work]


def _few(problem: _Problem, active: list[int], margin: Margin) -> tuple[list[int], Margin]:
    """The relations that the smallest sum of multipliers needs, if they leave room for rounding."""
    program = _program(problem, active)
    if program is None or len(program[1]) == len(active):
        return active, margin  # there is no choice
    weights = np.array(
        [problem.lengths[k] ** 3 if problem.relations[k].signed else 0.0 for k in active]
    )
    few = smallest_sum(*program, weights, margin.least / 10, problem.left())
    if few is not None:
        fewer = [k for k, x in zip(active, few, strict=True)
                 if abs(x) > TOO_SMALL * max(1.0, np.abs(few).max())]  # fmt: skip
        without = _margin(problem, fewer)
        if without is not None and without.least > ENOUGH:
            return fewer, without
    return active, margin


def _dropped(problem: _Problem, active: list[int], margin: Margin) -> tuple[list[int], Margin]:
    """As few relations as leave room, without one after the other: long ones first, then small
    multipliers."""
    sizes = dict(zip(active, np.abs(margin.multipliers), strict=True))
    for k in sorted(active, key=lambda k: (-problem.lengths[k], sizes[k])):
        program = _program(problem, active)
        if program is not None and len(program[1]) == len(active):
            break
        fewer = [other for other in active if other != k]
        without = _margin(problem, fewer)
        if without is not None and without.least > ENOUGH:
            active, margin = fewer, without
    return active, margin


def _rounded(problem: _Problem, active: list[int], margin: Margin, basis: Matrix) -> Found | None:
    """Free multipliers rounded, the others by the equations, the squares by LDLᵀ."""
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
                if entry:
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
