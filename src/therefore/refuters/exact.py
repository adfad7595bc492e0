"""Evaluating kernel terms and formulas exactly, over fractions.

A square root of a fraction is a surd, and still exact; other roots, exp, log, sin and cos are
known by enclosures, which tell unequal numbers apart. Derivatives are taken from both sides by
infinitesimals, limits by series. The truth of a formula is decided where it can be, and is
otherwise ``PLAUSIBLE`` or ``UNKNOWN``.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import Any

from therefore.goal import Term
from therefore.refuters.affine_maps import affine_map, is_affine
from therefore.refuters.determinants import by_pivots, determinant, determinant_of_fractions
from therefore.refuters.exponentials import exponential_of_rows
from therefore.refuters.interpret import Interpreter
from therefore.refuters.jets import (
    Germ,
    Inseparable,
    Jet,
    Undefined,
    Unknown,
    absolute,
    divide,
    elementary,
    limit,
    root,
    sign,
    standard,
)
from therefore.refuters.logic import Truth
from therefore.refuters.quadrature import integral
from therefore.refuters.reals import Real
from therefore.refuters.shapes import smooth_literal
from therefore.refuters.surds import Surd
from therefore.refuters.terms import Problem
from therefore.refuters.values import Bound, Cell, Closure, Residue, Unreadable
from therefore.splines import spline_of

__all__ = ["Array", "ExactInterpreter"]

_SAMPLES = 20
_FEW_ROWS = 3
_SAMPLED = tuple(Fraction(v) for v in ("0", "1", "-1", "2", "1/2", "-2", "1/3", "3"))


@dataclass(frozen=True, slots=True)
class Array:
    """A vector, or a matrix as the vector of its rows."""

    parts: tuple[Any, ...]

    def __add__(self, other: Any) -> Array:
        if isinstance(other, int) and other == 0:  # an empty sum
            return self
        if not isinstance(other, Array) or len(self.parts) != len(other.parts):
            raise Unreadable("shapes do not fit")
        return Array(tuple(a + b for a, b in zip(self.parts, other.parts, strict=True)))

    __radd__ = __add__

    def __neg__(self) -> Array:
        return Array(tuple(-part for part in self.parts))

    def __mul__(self, factor: Any) -> Array:
        if isinstance(factor, Array):
            raise Unreadable("a product of vectors")
        return Array(tuple(part * factor for part in self.parts))

    __rmul__ = __mul__


class ExactInterpreter(Interpreter):
    """Arithmetic over fractions, one instance at a time."""

    def __init__(
        self,
        problem: Problem,
        sizes: Mapping[str, int],
        *,
        draw: Callable[[Cell, Term], Any],
        given: Mapping[Cell, Any] | None = None,
        rules: Mapping[Cell, tuple[Term, Bound]] | None = None,
    ) -> None:
        super().__init__(problem, sizes, draw=draw, given=given, rules=rules)
        self._level = 0

    # --- arithmetic ----------------------------------------------------------------------

    def number(self, value: Fraction) -> Any:
        return value

    def add(self, a: Any, b: Any) -> Any:
        return a + b

    def negate(self, a: Any) -> Any:
        return Residue(-a.value % a.modulus, a.modulus) if isinstance(a, Residue) else -a

    def multiply(self, a: Any, b: Any) -> Any:
        return b * a if isinstance(b, Array) else a * b

    def divide(self, a: Any, b: Any) -> Any:
        if isinstance(a, Array):
            return a * divide(1, b)
        return divide(a, b)

    def power(self, a: Any, exponent: int) -> Any:
        if isinstance(a, int | Fraction | Surd | Real):
            return a**exponent
        total = a * 0 + 1
        for _ in range(exponent):
            total = total * a
        return total

    def absolute(self, a: Any) -> Any:
        return absolute(a)

    def step(self, a: Any) -> Any:
        if isinstance(a, Jet) and sign(standard(a)) == 0:
            raise Undefined  # a jump, where there is no slope
        return Fraction(int(sign(a) >= 0))

    def root(self, a: Any) -> Any:
        return root(a)

    def floor(self, a: Any) -> Any:
        if isinstance(a, int | Fraction):
            return math.floor(a)
        raise Unreadable("the whole part of a number that is not rational")

    def nonnegative(self, a: Any) -> Any:
        if sign(a) < 0:
            raise Undefined
        return a

    def inner(self, u: Any, v: Any) -> Any:
        if not isinstance(u, Array) or not isinstance(v, Array):
            return 0  # an empty sum
        return sum((a * b for a, b in zip(u.parts, v.parts, strict=True)), Fraction(0))

    def norm(self, u: Any) -> Any:
        if not isinstance(u, Array):
            return 0
        level = max((part.level for part in u.parts if isinstance(part, Jet)), default=0)
        if level:
            split = [_split(part, level) for part in u.parts]
            if all(sign(value) == 0 for value, _ in split):
                # Beside the origin, the norm of 0 + s e is |s| e.
                return Jet(level, 0, self.norm(Array(tuple(slope for _, slope in split))))
        if len(u.parts) == 1:
            return absolute(u.parts[0])
        return root(self.inner(u, u))

    def zero(self, size: int) -> Any:
        return Array((Fraction(0),) * size)

    def vector(self, parts: list[Any]) -> Any:
        return Array(tuple(parts))

    def vector_length(self, value: Any) -> int | None:
        is_vector = isinstance(value, Array) and not isinstance(value.parts[0], Array)
        return len(value.parts) if is_vector else None

    def matrix_shape(self, value: Any) -> tuple[int, int] | None:
        if not isinstance(value, Array) or not isinstance(value.parts[0], Array):
            return None
        return len(value.parts), len(value.parts[0].parts)

    def flattened(self, a: Any) -> Any:
        return Array(tuple(_flat(a))) if isinstance(a, Array) else a

    def matrix(self, rows: list[list[Any]]) -> Any:
        return Array(tuple(Array(tuple(row)) for row in rows))

    def matmul(self, a: Any, b: Any) -> Any:
        if not isinstance(a, Array) or not isinstance(b, Array):
            return 0
        if not isinstance(b.parts[0], Array):
            return Array(tuple(self.inner(row, b) for row in a.parts))
        columns = [Array(column) for column in zip(*(row.parts for row in b.parts), strict=True)]
        return Array(
            tuple(Array(tuple(self.inner(row, column) for column in columns)) for row in a.parts)
        )

    def entry(self, a: Any, row: int, column: int) -> Any:
        if not isinstance(a, Array):
            return a
        cells = a.parts[row % len(a.parts)].parts
        return cells[column % len(cells)]

    def component(self, u: Any, at: int) -> Any:
        return u.parts[at % len(u.parts)] if isinstance(u, Array) else u

    def elementary(self, name: str, a: Any) -> Any:
        return elementary(name, a)

    def pi(self) -> Any:
        return Real("pi")

    def transpose(self, a: Any) -> Any:
        if not isinstance(a, Array):
            return a
        return Array(tuple(map(Array, zip(*(row.parts for row in a.parts), strict=True))))

    def identity(self, size: int) -> Any:
        return Array(
            tuple(Array(tuple(Fraction(int(i == j)) for j in range(size))) for i in range(size))
        )

    def outer(self, u: Any, v: Any) -> Any:
        if not isinstance(u, Array) or not isinstance(v, Array):
            return 0
        return Array(tuple(Array(tuple(a * b for b in v.parts)) for a in u.parts))

    def zero_matrix(self, rows: int, columns: int) -> Any:
        return Array((self.zero(columns),) * rows)

    def trace(self, a: Any) -> Any:
        if not isinstance(a, Array):
            return a
        return sum((row.parts[i] for i, row in enumerate(a.parts)), Fraction(0))

    def determinant(self, a: Any) -> Any:
        if not isinstance(a, Array):
            return a
        if all(isinstance(entry, int | Fraction) for row in a.parts for entry in row.parts):
            rows = [[Fraction(entry) for entry in row.parts] for row in a.parts]
            return determinant_of_fractions(rows)
        if len(a.parts) <= _FEW_ROWS:
            return determinant([list(r.parts) for r in a.parts])
        # By traces of products, without a division by an entry. Faddeev and LeVerrier.
        size = len(a.parts)
        one = power = self.identity(size)
        last = -self.trace(a)
        for k in range(2, size + 1):
            power = self.matmul(a, power) + one * last
            last = self.trace(self.matmul(a, power)) * Fraction(-1, k)
        return last * (-1) ** size

    def invertible(self, a: Any) -> Any:
        if not isinstance(a, Array):
            return Truth.FALSE
        return Truth.TRUE if sign(self.determinant(a)) else Truth.FALSE

    def pseudo_inverse(self, a: Any) -> Any:
        """Fᵀ(FFᵀ)⁻¹(CᵀC)⁻¹Cᵀ for A = CF, with columns C of A that are independent."""
        if not isinstance(a, Array):
            return Fraction(0) if not sign(a) else divide(Fraction(1), a)
        rows = [list(row.parts) for row in a.parts]
        columns: list[int] = []
        for place in range(len(rows[0])):
            done = len(columns)
            below = range(done, len(rows))
            chosen = next((i for i in below if sign(standard(rows[i][place]))), None)
            if chosen is None:
                continue
            rows[done], rows[chosen] = rows[chosen], rows[done]
            rows[done] = [divide(entry, rows[done][place]) for entry in rows[done]]
            for i in range(len(rows)):
                if i != done:
                    factor = rows[i][place]
                    rows[i] = [p + -(factor * q) for p, q in zip(rows[i], rows[done], strict=True)]
            columns.append(place)
        if not columns:
            return self.zero_matrix(len(rows[0]), len(rows))
        f = Array(tuple(Array(tuple(row)) for row in rows[: len(columns)]))
        c = Array(tuple(Array(tuple(row.parts[k] for k in columns)) for row in a.parts))
        turned, back = self.transpose(f), self.transpose(c)
        left = self.matmul(turned, self.inverse(self.matmul(f, turned)))
        return self.matmul(left, self.matmul(self.inverse(self.matmul(back, c)), back))

    def exponential(self, a: Any) -> Any:
        rows = exponential_of_rows([list(row.parts) for row in a.parts])
        return Array(tuple(Array(tuple(row)) for row in rows))

    def definite(self, a: Any, strict: bool) -> Any:
        """Whether <x, Ax> is positive for x != 0, or never negative: by pivots, or by minors."""
        if not isinstance(a, Array):
            return Truth.FALSE if strict or sign(a) < 0 else Truth.TRUE
        size = len(a.parts)
        even = [[a.parts[i].parts[j] + a.parts[j].parts[i] for j in range(size)]
                for i in range(size)]  # fmt: skip
        if all(isinstance(entry, int | Fraction) for row in even for entry in row):
            return by_pivots([[Fraction(entry) for entry in row] for row in even], strict)
        chosen = [tuple(range(k + 1)) for k in range(size)]
        if not strict:
            chosen = [c for k in range(size) for c in combinations(range(size), k + 1)]
        for places in chosen:
            minor = sign(determinant([[even[i][j] for j in places] for i in places]))
            if minor < 0 or (strict and not minor):
                return Truth.FALSE
        return Truth.TRUE

    def inverse(self, a: Any) -> Any:
        """By elimination. Raises ``Undefined`` for a singular matrix."""
        if not isinstance(a, Array):
            raise Undefined
        size = len(a.parts)
        rows = [[*row.parts, *(Fraction(int(i == j)) for j in range(size))]
                for i, row in enumerate(a.parts)]
        for k in range(size):
            chosen = next((i for i in range(k, size) if sign(standard(rows[i][k]))), None)
            if chosen is None:
                raise Undefined
            rows[k], rows[chosen] = rows[chosen], rows[k]
            rows[k] = [divide(entry, rows[k][k]) for entry in rows[k]]
            for i in range(size):
                if i != k:
                    factor = rows[i][k]
                    rows[i] = [p + -(factor * q) for p, q in zip(rows[i], rows[k], strict=True)]
        return Array(tuple(Array(tuple(row[size:])) for row in rows))

    def derivative(self, body: Term, point: Any, bound: Bound) -> Any:
        return self._derivative(lambda at: self.term(body, (at, *bound)), point, 1)

    def _derivative(self, function: Callable[[Any], Any], point: Any, direction: Any) -> Any:
        """The derivative along a direction. Raises ``Undefined`` where the sides differ."""
        function(point)  # must be defined
        self._level += 1
        try:
            sides = [
                _slope(function(_moved(point, direction, step, self._level)), self._level) * step
                for step in (1, -1)
            ]
        finally:
            self._level -= 1
        if _differ(*sides):
            raise Undefined
        return sides[0]

    def gradient(self, function: Any, point: Any) -> Any:
        shape = self.matrix_shape(point)
        if shape is None:
            return Array(tuple(self._derivative(function, point, u) for u in _units(point)))
        rows, columns = (range(size) for size in shape)
        return self.matrix([
            [self._derivative(function, point, _unit_matrix(shape, i, j)) for j in columns]
            for i in rows
        ])

    def jacobian(self, function: Any, point: Any) -> Any:
        columns = (self._derivative(function, point, unit) for unit in _units(point))
        return self.transpose(Array(tuple(columns)))

    def hessian(self, function: Any, point: Any) -> Any:
        def slope(unit: Array) -> Callable[[Any], Any]:
            return lambda at: self._derivative(function, at, unit)

        units = _units(point)
        return self.matrix(
            [[self._derivative(slope(v), point, u) for v in units] for u in units]
        )

    # --- formulas ------------------------------------------------------------------------

    def formula(self, formula: Term, bound: Bound = ()) -> Truth:
        """The truth of a formula; undefined and unknowable terms make it so."""
        try:
            return Truth(int(super().formula(formula, bound)))
        except Undefined:
            return Truth.UNDEFINED
        except Unknown:
            return Truth.UNKNOWN

    def relation(self, op: str, left: Term, right: Term, bound: Bound) -> Any:
        a, b = self.term(left, bound), self.term(right, bound)
        try:
            if op in ("=", "!="):
                return Truth.TRUE if self._equal(a, b) == (op == "=") else Truth.FALSE
            difference = sign(a - b)
        except Inseparable:  # equal, as far as can be told
            return Truth.PLAUSIBLE if op in ("=", "<=") else Truth.UNKNOWN
        return Truth.TRUE if difference < 0 or (difference == 0 and op == "<=") else Truth.FALSE

    def _equal(self, a: Any, b: Any) -> bool:
        if isinstance(a, Residue) or isinstance(b, Residue):
            return self._same(a, b)
        if isinstance(a, Array) or isinstance(b, Array):
            return _vanish(list(_flat(a + -b)))
        if callable(a) or callable(b):
            raise Unreadable("functions cannot be compared")
        return sign(a - b) == 0

    def integral(self, body: Term, low: Any, high: Any, bound: Bound) -> Any:
        return integral(lambda x: self.term(body, (x, *bound)), low, high)

    def integrates(self, formula: Term, bound: Bound) -> Any:
        """Whether quadrature finds a value: no more than a hint that the integral exists."""
        found = self.term(("integral", *formula[1:4]), bound)
        if len(formula) == 5 and not self._equal(found, self.term(formula[4], bound)):
            return Truth.FALSE
        return Truth.PLAUSIBLE

    def tends(self, body: Term, place: Term, value: Term, bound: Bound) -> Any:
        wanted = self.term(value, bound)
        for near in self._approaching(place, bound):
            found = limit(self.term(body, (near, *bound)))
            if found is None or not self._equal(found, wanted):
                return Truth.FALSE
        return Truth.TRUE

    def _approaching(self, place: Term, bound: Bound) -> list[Germ]:
        """The variable of a limit, from each side from which it comes."""
        if place in ("+oo", "-oo"):
            return [Germ(((-1, Fraction(1 if place == "+oo" else -1)),))]
        sides = {"right": (1,), "left": (-1,)}.get(place[0], (1, -1))
        point = self.term(place[1] if len(sides) == 1 else place, bound)
        if not isinstance(point, int | Fraction):
            raise Unknown
        return [Germ.of({0: Fraction(point), 1: Fraction(side)}, None) for side in sides]

    def has_derivative(self, body: Term, point: Term, value: Term, bound: Bound) -> Any:
        at, wanted = self.term(point, bound), self.term(value, bound)
        self.term(body, (at, *bound))  # must be defined
        try:
            slope = self.derivative(body, at, bound)
        except Undefined:
            return Truth.FALSE  # there is none
        return Truth.TRUE if self._equal(slope, wanted) else Truth.FALSE

    def some_derivative(self, body: Term, point: Term, bound: Bound) -> Any:
        at = self.term(point, bound)
        self.term(body, (at, *bound))  # must be defined
        try:
            self.derivative(body, at, bound)
        except Undefined:
            return Truth.FALSE
        return Truth.TRUE

    def stationary(self, formula: Term, bound: Bound) -> Any:
        try:
            away = any(sign(part) for r in self.residuals(formula, bound) for part in _flat(r))
        except (Undefined, Unknown):
            return Truth.TRUE  # nothing is known, so nothing is denied
        return Truth.FALSE if away else Truth.TRUE

    def differentiable(self, function: Any) -> Any:
        if isinstance(function, Closure):
            if smooth_literal(function.body) or is_spline(function.sort, function.body):
                return Truth.TRUE
            size = self.size(function.sort[1]) if isinstance(function.sort, tuple) else 1
            for number in _SAMPLED[:4]:
                try:
                    if function.sort == "real":
                        self._derivative(function, number, 1)
                        continue
                    self.gradient(function, Array((number,) * size))
                except Undefined:
                    return Truth.FALSE
        return Truth.UNKNOWN

    def samples(self, sorts: list[Term], bound: Bound) -> Iterable[tuple[Any, ...]]:
        for sort in sorts:
            if self.coordinates(sort, bound) is None:
                return
        rng = random.Random(len(bound))
        for number in range(_SAMPLES):
            sample = []
            for sort in sorts:
                count = self.coordinates(sort, bound) or 0
                fixed = _SAMPLED[number] if number < 3 else None
                parts = [rng.choice(_SAMPLED) if fixed is None else fixed for _ in range(count)]
                sample.append(self.build(sort, list(parts), bound))
            yield tuple(sample)

    def solve(self, sorts: list[Term], body: Term, bound: Bound) -> Any:
        """Whether values of the sorts satisfy the body, by solving its affine equations.

        Equations that turn out to be affine and inconsistent refute the statement.
        """
        counts = [self.coordinates(sort, bound) for sort in sorts]
        if any(count is None for count in counts):
            return Truth.UNKNOWN
        lengths = [count or 0 for count in counts]

        def unknown(numbers: list[Fraction]) -> Bound:
            values, start = [], 0
            for sort, length in zip(sorts, lengths, strict=True):
                values.append(self.build(sort, list(numbers[start : start + length]), bound))
                start += length
            return (*reversed(values), *bound)

        def residual(numbers: list[Fraction]) -> list[Fraction]:
            return [p for r in self.residuals(body, unknown(numbers)) for p in _flat(r)]

        count = sum(lengths)
        solved = affine_map(residual, count).zero_near([Fraction(0)] * count)
        if solved is None:
            return Truth.FALSE if is_affine(residual, sum(lengths)) else Truth.UNKNOWN
        truth = self.formula(body, unknown(solved))
        return truth if truth >= Truth.PLAUSIBLE else Truth.UNKNOWN


def is_spline(sort: Term, body: Term) -> bool:
    """Whether a function literal of a number, or of a vector with d = 1, is a quadratic spline."""
    argument: Term = "#0" if sort == "real" else ("inner", ("vector", "1"), "#0")
    return spline_of(body, lambda part: bool(part == argument)) is not None


def _flat(value: Any) -> Iterator[Any]:
    if isinstance(value, Array):
        for part in value.parts:
            yield from _flat(part)
    else:
        yield value


def _units(point: Array) -> list[Array]:
    """The unit vectors of the size of a vector."""
    size = range(len(point.parts))
    return [Array(tuple(int(i == k) for i in size)) for k in size]


def _unit_matrix(shape: tuple[int, int], row: int, column: int) -> Array:
    rows, columns = (range(size) for size in shape)
    return Array(tuple(Array(tuple(int((i, j) == (row, column)) for j in columns)) for i in rows))


def _vanish(parts: list[Any]) -> bool:
    """Whether all are 0. Raises ``Inseparable`` where some may be and none is plainly not."""
    unsure = False
    for part in parts:
        try:
            if sign(part):
                return False
        except Inseparable:
            unsure = True
    if unsure:
        raise Inseparable
    return True


def _split(part: Any, level: int) -> tuple[Any, Any]:
    if isinstance(part, Jet) and part.level == level:
        return part.value, part.slope
    return part, 0


def _moved(point: Any, direction: Any, step: int, level: int) -> Any:
    if isinstance(point, Array):
        pairs = zip(point.parts, direction.parts, strict=True)
        return Array(tuple(_moved(p, d, step, level) for p, d in pairs))
    if direction == 0:
        return point
    return Jet(level, point, direction * step)


def _slope(value: Any, level: int) -> Any:
    if isinstance(value, Array):
        return Array(tuple(_slope(part, level) for part in value.parts))
    return _split(value, level)[1]


def _differ(a: Any, b: Any) -> bool:
    for p, q in zip(_flat(a), _flat(b), strict=True):
        gap = p + -q
        if isinstance(gap, Germ) and not gap.terms:
            continue  # near infinity, as far as the series are known
        try:
            if sign(gap):
                return True
        except Inseparable:
            continue  # as far as enclosures tell
    return False
