"""A polynomial as a sum of weights times squares, in exact rational numbers.

Sought are sums of squares σ_k and numbers λ_j with p = Σ w_k·σ_k + Σ λ_j·f_j for given weights w_k
and polynomials f_j. Each σ_k is bᵀQb with a basis b and a matrix Q that is positive semidefinite,
found in floating point (``conic``) and rounded. Where p touches zero, Q has to map something to
zero: the dual of the program says what; the bases are restricted to what is orthogonal to it,
exactly, and then there is room for rounding.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeAlias

import numpy as np

from therefore.kernel.polynomials import Monomial, Polynomial
from therefore.provers.building.polynomial import plus, times
from therefore.provers.functions.conic import Cones, widest
from therefore.provers.functions.gram import ldl
from therefore.provers.inequalities.restricting import Block, restricted

__all__ = ["Squares", "weighted_squares"]

ENOUGH = 1e-5  # a margin below this may be none
NONE = -1e-4  # and below this there is none
MOST_ROUNDS = 10
MOST_EQUATIONS = 700
MOST_ENTRIES = 500_000  # of the solver's dense parts, one for every two unknowns of a matrix
DENOMINATORS = (1, 2, 4, 12, 60, 840, 10**4, 10**6, 10**9)

_Row: TypeAlias = dict[int, Fraction]


@dataclass(frozen=True)
class Squares:
    """By block, positive numbers and the polynomials whose squares they multiply; and the λ_j."""

    squares: list[list[tuple[Fraction, Polynomial]]]
    multipliers: list[Fraction]


@dataclass
class _Program:
    """The linear equations for the entries of all Q and for the λ."""

    rows: list[_Row]
    right: list[Fraction]
    places: list[list[tuple[int, int]]]  # by block, the pairs i ≤ j in the order of the unknowns
    count: int


@dataclass(frozen=True)
class _Solved:
    """Unknowns by others, x_k = constant − Σ c_j·x_j, and which equations say all of it."""

    unknowns: dict[int, tuple[Fraction, _Row]]
    independent: list[int]


def weighted_squares(
    target: Polynomial,
    blocks: Sequence[Block],
    free: Sequence[Polynomial],
    check_time: Callable[[], None],
    left: Callable[[], float],
    note: Callable[[str], None],
    needed: Sequence[int] = (),
) -> Squares | None:
    """The squares and the multipliers, or None; ``left`` says how many seconds there are.

    Of the blocks that are ``needed``, by number, one at least is not left out.
    """
    blocks = [Block(one.weight, list(one.basis)) for one in blocks]
    scale = max((abs(c) for c in target.values()), default=Fraction(1))
    scale = scale or Fraction(1)
    scaled = {m: c / scale for m, c in target.items()}
    if sum((len(one.basis) * (len(one.basis) + 1) // 2) ** 2 for one in blocks) > MOST_ENTRIES:
        note("a sum of squares is not sought where it takes too long")
        return None
    for _ in range(MOST_ROUNDS):
        check_time()
        program = _program(scaled, blocks, free)
        solved = _solved(program) if program is not None else None
        if program is None or solved is None:
            return None
        sizes = [len(one.basis) for one in blocks]
        rows = [program.rows[r] for r in solved.independent]
        cones = Cones(rows, [program.right[r] for r in solved.independent], sizes, program.count)
        found = widest(cones, left())
        check_time()
        if found is None or found.margin < NONE:
            return None
        if found.margin > ENOUGH / 10:
            rounded = _rounded(program, solved, blocks, found.values, check_time, needed)
            if rounded is not None:
                squares = [[(d * scale, p) for d, p in one] for one in rounded.squares]
                return Squares(squares, [scale * one for one in rounded.multipliers])
            if found.margin > ENOUGH:
                note("a sum of squares was found in floating point, but not in rational numbers")
                return None
        if not restricted(blocks, found.worst):
            note("a sum of squares seems to exist, but where it vanishes is not found exactly")
            return None
    return None


def _program(
    target: Polynomial, blocks: list[Block], free: Sequence[Polynomial]
) -> _Program | None:
    """None where the target has terms that nothing makes, or where there is too much of it."""
    numbers: dict[Monomial, int] = {}
    rows: list[_Row] = []
    places, count = [], 0

    def enter(column: Polynomial, at: int) -> None:
        for m, c in column.items():
            if m not in numbers:
                numbers[m] = len(rows)
                rows.append({})
            rows[numbers[m]][at] = c

    for block in blocks:
        pairs = []
        weighted = [times(block.weight, one) for one in block.basis]
        for j, second in enumerate(block.basis):
            for i in range(j + 1):
                column = times(weighted[i], second)
                if i != j:
                    column = {m: 2 * c for m, c in column.items()}
                enter(column, count)
                pairs.append((i, j))
                count += 1
        places.append(pairs)
        if len(rows) > MOST_EQUATIONS:
            return None
    for one in free:
        enter(one, count)
        count += 1
    if any(m not in numbers for m in target) or len(rows) > MOST_EQUATIONS:
        return None
    right = [Fraction(0)] * len(rows)
    for m, c in target.items():
        right[numbers[m]] = c
    return _Program(rows, right, places, count)


# ------------------------------------------------------------------ rounding


def _rounded(
    program: _Program,
    solved: _Solved,
    blocks: list[Block],
    values: Any,
    check_time: Callable[[], None],
    needed: Sequence[int],
) -> Squares | None:
    """Free unknowns are rounded and the others solved for, exactly, more finely until it holds."""
    for denominator in DENOMINATORS:
        check_time()
        exact = [Fraction(round(float(v) * denominator), denominator) for v in values]
        for k, (constant, row) in solved.unknowns.items():
            exact[k] = constant - sum((c * exact[j] for j, c in row.items()), Fraction(0))
        squares = _decomposed(program, blocks, exact)
        if squares is not None and (not needed or any(squares[k] for k in needed)):
            inside = sum(len(pairs) for pairs in program.places)
            return Squares(squares, exact[inside:])
    return None


def _solved(program: _Program) -> _Solved | None:
    """Unknowns by others, exactly. None if there is no solution."""
    counted: dict[int, int] = {}
    for row in program.rows:
        for k in row:
            counted[k] = counted.get(k, 0) + 1
    solved: dict[int, tuple[Fraction, _Row]] = {}
    within: dict[int, set[int]] = {}  # which solved rows speak of an unknown
    independent = []
    order = sorted(range(len(program.rows)), key=lambda r: len(program.rows[r]))
    for r in order:
        row, right = dict(program.rows[r]), program.right[r]
        for k in [k for k in row if k in solved]:
            factor = row.pop(k)
            constant, others = solved[k]
            right -= factor * constant
            for j, c in others.items():
                value = row.get(j, Fraction(0)) - factor * c
                if value:
                    row[j] = value
                else:
                    row.pop(j, None)
        if not row:
            if right:
                return None
            continue
        independent.append(r)
        pivot = min(row, key=lambda k: (counted.get(k, 0), k))
        lead = row.pop(pivot)
        row = {j: c / lead for j, c in row.items()}
        right /= lead
        for k in within.pop(pivot, set()):
            constant, others = solved[k]
            factor = others.pop(pivot)
            for j, c in row.items():
                value = others.get(j, Fraction(0)) - factor * c
                if value:
                    others[j] = value
                    within.setdefault(j, set()).add(k)
                else:
                    others.pop(j, None)
                    within.get(j, set()).discard(k)
            solved[k] = constant - factor * right, others
        solved[pivot] = right, row
        for j in row:
            within.setdefault(j, set()).add(pivot)
    return _Solved(solved, sorted(independent))


def _decomposed(
    program: _Program, blocks: list[Block], exact: list[Fraction]
) -> list[list[tuple[Fraction, Polynomial]]] | None:
    """LDLᵀ of every Q, if none has a negative pivot."""
    forms, at = [], 0
    for block, pairs in zip(blocks, program.places, strict=True):
        form = [[Fraction(0)] * len(block.basis) for _ in block.basis]
        for i, j in pairs:
            form[i][j] = form[j][i] = exact[at]
            at += 1
        if form:
            least = float(np.linalg.eigvalsh(np.array(form, dtype=float))[0])
            if least < -1e-9 * max(1.0, max(abs(float(c)) for row in form for c in row)):
                return None
        forms.append(form)
    found = []
    for block, form in zip(blocks, forms, strict=True):
        parts = ldl(form, range(len(form)))
        if parts is None:
            return None
        squares = []
        for d, row in parts:
            total: Polynomial = {}
            for c, one in zip(row, block.basis, strict=True):
                total = plus(total, one, c) if c else total
            squares.append((d, total))
        found.append(squares)
    return found
