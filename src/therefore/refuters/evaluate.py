"""Evaluating kernel terms and formulas in float64, over a batch of instances at once.

All instances of a batch share their sizes and whole numbers. NaN stands for "undefined" and
nothing else is done with it than to hand it on; a formula that meets it is ``UNDEFINED``, never
true. Near-equal sides agree: what floats suspect is decided by exact arithmetic.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from therefore.goal import Term
from therefore.refuters.batches import BatchArithmetic, Dual, is_large, plain
from therefore.refuters.domains import unused_draw
from therefore.refuters.families import Family
from therefore.refuters.integration import Mark, integral_of, widened
from therefore.refuters.interpret import Interpreter
from therefore.refuters.logic import Truth, conjunction, holds
from therefore.refuters.shapes import range_of, smooth_literal
from therefore.refuters.terms import Problem
from therefore.refuters.values import Bound, Cell, Closure, Residue, Unreadable

__all__ = ["BatchInterpreter", "Remembered", "draw_numbers", "least_squares_step"]

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]

# Sides this close, relative to their size, agree. Second derivatives of families are less exact.
_NEAR = 1e-8
_NEAR_BY_DIFFERENCES = 1e-5
# Rounding errors, relative to the largest number that was added to another.
_LOST = 1e-13
_HUGE = 1e300
_KINK_JUMP = 1e-9
_SAMPLES, _FEW_SAMPLES = 24, 6
_AMPLIFIED = 100.0  # errors of integrals may be multiplied before they are compared
# What is hardly ever exact in floats.
_ROUNDED = frozenset(["exp", "exponential", "log", "sin", "cos", "arctan", "integral"])
_INTEGRAL = frozenset(["integral", "integrates"])
_CONNECTIVES = frozenset(["and", "or", "implies", "forall", "exists", "not"])
_INSIDE = 17  # points of a range, the ends included
_MOST_ROWS = 1024  # instances of a batch that is to be differentiated


@dataclass(frozen=True)
class Remembered:
    """What an interpreter has worked out; see there for its parts."""

    free: dict[Cell, Any]
    cells: dict[Cell, Any]
    known: dict[Term, Any]
    doubts: dict[Any, Mask | None]
    largest: Array
    error: Array
    unsure: Mask
    costly: bool


class BatchInterpreter(BatchArithmetic, Interpreter):
    """Float64 arithmetic over ``batch`` instances; undefined is NaN."""

    def __init__(
        self,
        problem: Problem,
        sizes: Mapping[str, int],
        *,
        batch: int,
        draw: Callable[[Cell, Term], Any],
        given: Mapping[Cell, Any] | None = None,
        rules: Mapping[Cell, tuple[Term, Bound]] | None = None,
        seed: Sequence[int] = (0,),
        spent: list[int] | None = None,
    ) -> None:
        super().__init__(problem, sizes, draw=draw, given=given, rules=rules)
        self.batch = batch
        self.seed = seed
        self.largest: Array = np.ones(batch)
        # Of integrals: where one is not certain, the largest relative error of those that are,
        # what they cost, and, while a body is only probed, where it has kinks.
        self.unsure: Mask = np.zeros(batch, dtype=bool)
        self.error: Array = np.zeros(batch)
        self.spent = [0] if spent is None else spent
        self.marks: list[Mark] | None = None
        self._doubts: dict[Any, Mask | None] = {}
        self._costly = False
        self._level = 0
        self._smooth: dict[Term, bool] = {}

    def add(self, a: Any, b: Any) -> Any:
        total = super().add(a, b)
        if isinstance(total, np.ndarray) and total.ndim == 1 and total.shape[0] == self.batch:
            # What cancels leaves an error of the size of what was added.
            size = np.abs(a)
            if not np.max(size) < _HUGE:  # a number that is none, or infinite
                size = np.where(size < _HUGE, size, 0.0)
            self.largest = np.maximum(self.largest, size)
        return total

    def _remembered(self, term: Term, operation: Callable[[Term, Bound], Any]) -> Any:
        return self._with_doubts(term, lambda: super(BatchInterpreter, self)._remembered(
            term, operation))  # fmt: skip

    def cell(self, key: Cell, sort: Term) -> Any:
        if key not in self.rules:
            return super().cell(key, sort)
        return self._with_doubts(key, lambda: super(BatchInterpreter, self).cell(key, sort))

    def _with_doubts(self, key: Any, value: Callable[[], Any]) -> Any:
        """What is worked out once; where it is not certain, it is not so the next time either."""
        if key in self._doubts:
            doubts = self._doubts[key]
            if doubts is not None:
                self.unsure = self.unsure | doubts
            return value()
        before, self.unsure = self.unsure, np.zeros(self.batch, dtype=bool)
        found = value()
        self._doubts[key] = self.unsure if self.unsure.any() else None
        self.unsure = self.unsure | before
        return found

    def absolute(self, a: Any) -> Any:
        self._mark(a)
        return super().absolute(a)

    def step(self, a: Any) -> Any:
        self._mark(a, jumps=True)
        return super().step(a)

    def root(self, a: Any) -> Any:
        self._mark(a)
        return super().root(a)

    def _reciprocal(self, b: Any) -> Any:
        self._mark(b)
        return super()._reciprocal(b)

    def elementary(self, name: str, a: Any) -> Any:
        if self.marks is not None and name in ("exp", "log"):
            self.marks.append(Mark(a, peaks=name == "exp"))
        return super().elementary(name, a)

    def exponential(self, a: Any) -> Any:
        if not isinstance(a, Dual):
            self.unsure = self.unsure | is_large(np.asarray(a, float))
        return super().exponential(a)

    def _mark(self, argument: Any, *, jumps: bool = False) -> None:
        if self.marks is not None:
            self.marks.append(Mark(argument, jumps))

    def apply(self, function: Any, arguments: list[Any]) -> Any:
        if self.marks is not None and isinstance(function, Family):
            kinks = function.kinks()
            for place in () if kinks is None else kinks.T:
                self._mark(plain(arguments[0]) - place)
        return super().apply(function, arguments)

    def remembered(self) -> Remembered:
        """What was worked out so far, closures left out: these ask their interpreter."""
        cells = {**{k: v for k, v in self.cells.items() if _is_plain(v)}, **self.free}
        known = {term: value for term, value in self._known.items() if _is_plain(value)}
        return Remembered(
            dict(self.free), cells, known, dict(self._doubts),
            self.largest, self.error, self.unsure, self._costly,
        )  # fmt: skip

    def resume(self, remembered: Remembered) -> None:
        """Go on from what another interpreter of the same sizes and rules has worked out."""
        self.free, self.cells = dict(remembered.free), dict(remembered.cells)
        self._known, self._doubts = dict(remembered.known), dict(remembered.doubts)
        self.largest, self.error = remembered.largest, remembered.error
        self.unsure, self._costly = remembered.unsure, remembered.costly

    def wide(self, times: int) -> _Wide:
        """This interpreter, with every instance several times in a row."""
        return _Wide(self, times)

    def derivative(self, body: Term, point: Any, bound: Bound) -> Any:
        function = Closure(self, "real", body, bound)
        return self._derivative(function, point, 1, self._is_smooth(body))

    def _derivative(
        self, function: Callable[[Any], Any], point: Any, direction: Any, smooth: bool
    ) -> Any:
        """The derivative along a direction; NaN where the sides differ or it is undefined."""
        level = self._level = self._level + 1
        try:
            sides = []
            for step in (1,) if smooth else (1, -1):
                value = function(Dual(level, point, self.multiply(direction, step)))
                here, slope = value, 0
                if isinstance(value, Dual) and value.level == level:
                    here, slope = value.value, value.slope
                sides.append(self.multiply(slope, step))
        finally:
            self._level -= 1
        right, left = sides[0], sides[-1]
        near, far = plain(right), plain(left)
        jump = np.abs(near - far) > _KINK_JUMP * (1 + np.abs(near) + np.abs(far))
        undefined = jump | np.isnan(plain(here) * 0 + near + far)
        return self.add(right, np.where(undefined, np.nan, 0.0))

    def _is_smooth(self, term: Term) -> bool:
        """Whether the term has no kink, so that one side tells the derivative."""
        known = self._smooth.get(term)
        if known is None:
            known = self._smooth[term] = self._told_smooth(term)
        return known

    def _told_smooth(self, term: Term) -> bool:
        if isinstance(term, str):
            definition = self.definitions.get(term)
            if definition is not None:
                return self._is_smooth(definition[1])
            sort = self.problem.sorts.get(term)
            if isinstance(sort, tuple) and sort[0] == "function" and (term,) in self.cells:
                member = self.cells[term,]
                return not isinstance(member, Family) or member.smooth
            return True
        head = term[0]
        if head == "^" and term[1][0] in ("norm", "abs") and int(term[2]) % 2 == 0:
            return self._is_smooth(term[1][1])
        if head in ("abs", "norm", "sqrt", "step", "floor"):
            return False
        return all(self._is_smooth(part) for part in term[1:])

    def gradient(self, function: Any, point: Any) -> Any:
        if isinstance(function, Family):
            return self.family_gradient(function, point)
        units = _units(point)
        smooth = isinstance(function, Closure) and self._is_smooth(function.body)
        slopes = [self._derivative(function, point, unit, smooth) for unit in units]
        shape = self.matrix_shape(point)
        if shape is None:
            return self.vector(slopes)
        columns = shape[1]
        return self.matrix([slopes[k : k + columns] for k in range(0, len(slopes), columns)])

    def jacobian(self, function: Any, point: Any) -> Any:
        smooth = self._is_smooth(function.body)
        columns = [self._derivative(function, point, unit, smooth) for unit in _units(point)]
        rows = self.vector_length(columns[0]) or 0
        return self.matrix([[self.component(c, i) for c in columns] for i in range(rows)])

    def hessian(self, function: Any, point: Any) -> Any:
        smooth, units = self._is_smooth(function.body), _units(point)

        def slope(unit: Array) -> Callable[[Any], Any]:
            return lambda at: self._derivative(function, at, unit, smooth)

        return self.matrix(
            [[self._derivative(slope(v), point, u, smooth) for v in units] for u in units]
        )

    # --- formulas ------------------------------------------------------------------------

    def formula(self, formula: Term, bound: Bound = ()) -> Any:
        if formula[0] in _CONNECTIVES:
            self._costly = formula[0] == "forall" and _has(_INTEGRAL, self, formula)
            return super().formula(formula, bound)
        before, self.unsure = self.unsure, np.zeros(self.batch, dtype=bool)
        truth = super().formula(formula, bound)
        if self.unsure.any():
            truth = np.where(self.unsure, Truth.UNKNOWN, truth).astype(np.int8)
        self.unsure = self.unsure | before
        return truth

    def relation(self, op: str, left: Term, right: Term, bound: Bound) -> Any:
        a, b = self.term(left, bound), self.term(right, bound)
        if isinstance(a, int | Residue) and isinstance(b, int | Residue):
            return Truth.TRUE if self._compare_whole(op, a, b) else Truth.FALSE
        if callable(a) or callable(b):
            raise Unreadable("functions cannot be compared")
        near = _NEAR_BY_DIFFERENCES if _by_differences(self, left, right) else _NEAR
        truth = self.compare(op, a, b, near)
        if op in ("<", "!=") and _has(_ROUNDED, self, left, right):
            # Floats that are equal tell nothing of numbers that are rounded: σ(40) is not 1.
            equal = np.asarray(a - b, dtype=float) == 0
            truth = np.where(equal & (truth == Truth.FALSE), Truth.UNKNOWN, truth).astype(np.int8)
        return truth

    def _compare_whole(self, op: str, a: Any, b: Any) -> bool:
        if op in ("=", "!="):
            return self._same(a, b) == (op == "=")
        return bool(a <= b if op == "<=" else a < b)

    def compare(self, op: str, a: Any, b: Any, near: float = _NEAR) -> Any:
        """The truth of ``a op b`` for each instance, near-equal sides counting as equal."""
        gap = np.asarray(a - b, dtype=float)
        size = np.abs(np.asarray(a, dtype=float)) + np.abs(np.asarray(b, dtype=float))
        if gap.ndim > 1:  # vectors and matrices: compare the whole
            gap, size = gap.reshape(gap.shape[0], -1), size.reshape(size.shape[0], -1)
            gap, size = np.abs(gap).max(-1), size.max(-1)
        close = np.abs(gap) <= near * (1 + size)
        lost_digits = np.maximum(_LOST, _AMPLIFIED * self.error)
        drowned = ~close & (np.abs(gap) <= lost_digits * self.largest)
        undefined, lost = np.isnan(gap), np.isinf(size) | np.isinf(gap) | drowned
        truth: Any
        if op == "=":
            truth = np.where(close, Truth.TRUE, Truth.FALSE)
        elif op == "<=":
            truth = np.where(close | (gap <= 0), Truth.TRUE, Truth.FALSE)
        elif op == "<":
            truth = np.where(gap < 0, Truth.TRUE, np.where(gap == 0, Truth.FALSE, Truth.PLAUSIBLE))
            truth = np.where(close | (gap <= 0), truth, Truth.FALSE)
        else:
            truth = np.where(gap == 0, Truth.FALSE, np.where(close, Truth.UNKNOWN, Truth.TRUE))
        truth = np.where(lost, Truth.UNKNOWN, np.where(undefined, Truth.UNDEFINED, truth))
        if truth.ndim == 0 or len(truth) == 1:
            truth = truth.reshape(-1)[0]
        return truth.astype(np.int8)

    def integral(self, body: Term, low: Any, high: Any, bound: Bound) -> Any:
        return integral_of(self, body, low, high, bound)

    def integrates(self, formula: Term, bound: Bound) -> Any:
        """Whether quadrature finds the value, or any: no more than a hint that there is one."""
        found = self.term(("integral", *formula[1:4]), bound)
        if len(formula) == 4:
            return Truth.PLAUSIBLE
        same = self.compare("=", found, self.term(formula[4], bound))
        return np.minimum(same, Truth.PLAUSIBLE).astype(np.int8)

    def tends(self, body: Term, place: Term, value: Term, bound: Bound) -> Any:
        """Whether the body is near the value close to the place, and nearer the closer.

        A hint only: what floats find is never called certain.
        """
        rng = np.random.default_rng([*self.seed, 11])
        way = rng.uniform(1.0, 9.0, self.batch)
        limit = np.asarray(self.term(value, bound), dtype=float)
        room = 1 + np.abs(limit)
        truth: Any = Truth.PLAUSIBLE
        for points in self._approaching(place, bound, way):
            gaps: Any = np.array([
                np.broadcast_to(np.abs(self.term(body, (at, *bound)) - limit), (self.batch,))
                for at in points
            ])
            # Where a number is too large for floats, the last points before tell.
            first, before, last = (self._last_finite(gaps, back) for back in (3, 1, 0))
            close = np.where(
                (last < 1e-3 * room) & (last <= first + 1e-9), Truth.PLAUSIBLE, Truth.UNKNOWN
            )
            far = (last > 0.01 * room) & (last > 0.8 * before)
            side: Any = np.where(far, Truth.FALSE, close)
            side = np.where(np.isnan(last), Truth.UNDEFINED, side).astype(np.int8)
            truth = conjunction(truth, side)
        return truth

    def _last_finite(self, gaps: Array, back: int) -> Array:
        """In each row the last finite number, or one ``back`` before it; NaN if there is none."""
        finite = np.isfinite(gaps)
        last = len(gaps) - 1 - np.argmax(finite[::-1], axis=0)
        chosen = gaps[np.maximum(last - back, 0), np.arange(gaps.shape[1])]
        return np.where(finite.any(0), chosen, np.nan)

    def _approaching(self, place: Term, bound: Bound, way: Array) -> list[list[Any]]:
        """Points nearer and nearer to the place of a limit, from each side."""
        if place in ("+oo", "-oo"):
            ahead = 1.0 if place == "+oo" else -1.0
            return [[far * ahead * way for far in (1.0, 3.0, 10.0, 30.0, 1e2, 1e3, 1e4)]]
        sides = {"right": (1.0,), "left": (-1.0,)}.get(place[0], (1.0, -1.0))
        point = self.term(place[1] if len(sides) == 1 else place, bound)
        steps = (1e-1, 3e-2, 1e-2, 1e-3, 1e-4)
        return [[point + side * step * way for step in steps] for side in sides]

    def has_derivative(self, body: Term, point: Term, value: Term, bound: Bound) -> Any:
        at, wanted = self.term(point, bound), self.term(value, bound)
        slope = self.derivative(body, at, bound)
        here = np.asarray(self.term(body, (at, *bound)), dtype=float) + 0 * wanted
        truth = self.compare("=", slope, wanted, _NEAR_BY_DIFFERENCES)
        truth = np.where(np.isnan(slope), Truth.FALSE, truth)  # there is none
        return np.where(np.isnan(here), Truth.UNDEFINED, truth).astype(np.int8)

    def some_derivative(self, body: Term, point: Term, bound: Bound) -> Any:
        at = self.term(point, bound)
        slope = np.asarray(self.derivative(body, at, bound), dtype=float)
        here = np.asarray(self.term(body, (at, *bound)), dtype=float)
        truth = np.where(np.isnan(slope), Truth.FALSE, Truth.PLAUSIBLE)
        return np.where(np.isnan(here), Truth.UNDEFINED, truth).astype(np.int8)

    def stationary(self, formula: Term, bound: Bound) -> Any:
        gradient = stacked(self.residuals(formula, bound), self.batch)
        if gradient is None:
            return Truth.TRUE
        away = (np.abs(gradient).max(-1) > 1e-6) & ~self.unsure
        return np.where(away, Truth.FALSE, Truth.TRUE).astype(np.int8)  # NaN is not away

    def differentiable(self, function: Any) -> Any:
        if isinstance(function, Family):
            return Truth.TRUE if function.smooth else Truth.UNKNOWN
        if isinstance(function, Closure) and smooth_literal(function.body):
            return Truth.TRUE
        return Truth.UNKNOWN

    def samples_for(
        self, sorts: list[Term], body: Term, bound: Bound
    ) -> Iterable[tuple[Any, ...]]:
        """Of a number between two others, numbers between them, the ends among them."""
        ends = range_of(body) if sorts == ["real"] else None
        if ends is None:
            return self.samples(sorts, bound)
        low, high = (
            np.broadcast_to(np.asarray(self.term(end, (None, *bound)), dtype=float), (self.batch,))
            for end in ends
        )
        return [(low + share * (high - low),) for share in np.linspace(0.0, 1.0, _INSIDE)]

    def samples(self, sorts: list[Term], bound: Bound) -> Iterable[tuple[Any, ...]]:
        rng = np.random.default_rng([*self.seed, len(bound), 7])
        shapes: list[tuple[int, ...]] = []
        for sort in sorts:
            if sort == "real":
                shapes.append((self.batch,))
            elif isinstance(sort, tuple) and sort[0] in ("vector", "matrix"):
                shapes.append((self.batch, *(self.size(s, bound) for s in sort[1:])))
            else:
                return  # functions cannot be sampled here
        costly = self._costly
        for number in range(_FEW_SAMPLES if costly else _SAMPLES):
            if number < 2:
                yield tuple(np.full(shape, float(number)) for shape in shapes)
            elif number % 2:
                # Far out, no integral is certain.
                yield tuple(draw_numbers(rng, shape, far=not costly) for shape in shapes)
            else:  # weights of convex combinations
                yield tuple(
                    rng.integers(0, 9, shape) / 8 if len(shape) == 1 else draw_numbers(rng, shape)
                    for shape in shapes
                )

    def solve(self, sorts: list[Term], body: Term, bound: Bound) -> Any:
        """Whether values of the sorts satisfy the body: looked for by least squares."""
        counts = [self.coordinates(sort, bound) for sort in sorts]
        if any(count is None for count in counts):
            return Truth.UNKNOWN
        lengths = [count or 0 for count in counts]

        def unknown(numbers: Array) -> Bound:
            values, start = [], 0
            for sort, length in zip(sorts, lengths, strict=True):
                parts = [numbers[:, start + k] for k in range(length)]
                values.append(self.build(sort, parts, bound))
                start += length
            return (*reversed(values), *(widened(b, len(numbers) // self.batch) for b in bound))

        def residual(numbers: Array) -> Array | None:
            times = len(numbers) // self.batch
            if times > 1 and any(isinstance(value, Closure) for value in bound):
                parts = [residual(numbers[k::times]) for k in range(times)]  # it asks this one
                found = [part for part in parts if part is not None]
                return np.stack(found, axis=1).reshape(len(numbers), -1) if found else None
            by = self if times == 1 else self.wide(times)
            return stacked(by.residuals(body, unknown(numbers)), len(numbers))

        first = np.full((self.batch, sum(lengths)), 0.5)
        numbers = first
        for _ in range(6):
            improved = least_squares_step(residual, numbers)
            if improved is None:
                return Truth.UNKNOWN
            settled = np.allclose(improved, numbers, rtol=0, atol=1e-13)
            numbers = improved
            if settled:
                break
        truth = np.broadcast_to(self.formula(body, unknown(numbers)), (self.batch,))
        none = np.where(self._has_no_zero(residual, first, numbers), Truth.FALSE, Truth.UNKNOWN)
        return np.where(holds(truth), truth, none).astype(np.int8)

    def _has_no_zero(
        self, residual: Callable[[Array], Array | None], first: Array, best: Array
    ) -> Any:
        """Where the least squares are not 0 although the map is affine, as far as seen."""
        ends = (residual(first), residual(best), residual((first + best) / 2))
        start, end, middle = (np.zeros((self.batch, 1)) if r is None else r for r in ends)
        size = 1 + np.abs(start).max(-1)
        affine = np.abs(start + end - 2 * middle).max(-1) <= 1e-9 * size
        return affine & (np.abs(end).max(-1) > 1e-6 * size)


class _Wide(BatchInterpreter):
    """An interpreter of a batch in which every instance comes several times in a row.

    What does not vary within an instance is asked of the interpreter that it was made of.
    """

    def __init__(self, narrow: BatchInterpreter, times: int) -> None:
        super().__init__(
            narrow.problem, narrow.sizes, batch=narrow.batch * times, draw=unused_draw,
            rules=narrow.rules, seed=narrow.seed, spent=narrow.spent,
        )  # fmt: skip
        self.narrow = narrow
        self.times = times
        self._level = narrow._level

    def _remembered(self, term: Term, operation: Callable[[Term, Bound], Any]) -> Any:
        if term not in self._known:
            self._known[term] = widened(self.narrow.term(term), self.times)
        return self._known[term]

    def cell(self, key: Cell, sort: Term) -> Any:
        if key not in self.cells:
            self.cells[key] = widened(self.narrow.cell(key, sort), self.times)
        return self.cells[key]

    def _size_at(self, key: Cell) -> int:
        return self.narrow._size_at(key)

    def _is_smooth(self, term: Term) -> bool:
        return self.narrow._is_smooth(term)


def _is_plain(value: Any) -> bool:
    return isinstance(value, np.ndarray | Residue | int | float)


def _units(point: Any) -> list[Array]:
    """The unit vectors, or matrices with one 1, of the shape of a point, row by row."""
    shape = plain(point).shape[1:]
    count = int(np.prod(shape))
    return [unit.reshape(1, *shape) for unit in np.eye(count)]


def stacked(residuals: list[Any], batch: int) -> Array | None:
    """Residuals of any shape side by side: (batch, k). ``None`` if there are none."""
    columns = []
    for residual in residuals:
        array = np.asarray(residual, dtype=float)
        array = array.reshape(array.shape[0], -1) if array.ndim > 1 else array.reshape(-1, 1)
        columns.append(np.broadcast_to(array, (batch, array.shape[1])))
    return np.concatenate(columns, axis=1) if columns else None


def least_squares_step(
    residual: Callable[[Array], Array | None], numbers: Array
) -> Array | None:
    """One Gauss-Newton step of least norm towards residual = 0; exact for affine residuals.

    The residual is asked of several batches at once: then every instance comes several times in
    a row. ``None`` if there is no residual, or none that the numbers have an influence on.
    """
    start = residual(numbers)
    if start is None:
        return None
    step = 2.0**-10
    batch, count = numbers.shape
    jacobian = np.zeros((batch, start.shape[1], count))
    width = max(1, _MOST_ROWS // batch)
    for first in range(0, count, width):
        columns = range(first, min(first + width, count))
        moved = np.repeat(numbers, len(columns), axis=0)
        for place, column in enumerate(columns):
            moved[place :: len(columns), column] += step
        after = residual(moved)
        if after is None:
            return None
        after = after.reshape(batch, len(columns), -1)
        jacobian[:, :, first : columns[-1] + 1] = np.swapaxes(after - start[:, None], 1, 2) / step
    if not jacobian.any():
        return None
    jacobian = np.nan_to_num(jacobian, nan=0.0, posinf=0.0, neginf=0.0)
    change = np.linalg.pinv(jacobian, rcond=1e-9) @ np.nan_to_num(start)[..., None]
    return np.asarray(numbers - change[..., 0])


def draw_numbers(
    rng: np.random.Generator, shape: tuple[int, ...], *, far: bool = True
) -> Array:
    """Random numbers on a grid that floats hold exactly, some rows coarse and some far out.

    The first axis is the batch; on a grid, equalities that matter happen exactly.
    """
    fine = rng.integers(-48, 49, size=shape) / 16.0
    coarse = rng.integers(-3, 4, size=shape) * 1.0
    chance = rng.random(shape[0]).reshape(-1, *[1] * (len(shape) - 1))
    values = np.where(chance < 0.3, coarse, fine)
    return np.asarray(np.where(chance > 0.94, fine * 4096, values) if far else values)


def _has(heads: frozenset[str], interpreter: Interpreter, *terms: Term) -> bool:
    """Whether one of the operators occurs in a term, through definitions too."""
    for term in terms:
        if isinstance(term, str):
            definition = interpreter.definitions.get(term)
            if definition and _has(heads, interpreter, definition[1]):
                return True
        elif term and (term[0] in heads or _has(heads, interpreter, *term[1:])):
            return True
    return False


def _by_differences(interpreter: Interpreter, *terms: Term, below: bool = False) -> bool:
    """Whether a term contains a derivative of a gradient, which is only known approximately."""
    for term in terms:
        if isinstance(term, str):
            definition = interpreter.definitions.get(term)
            if definition and _by_differences(interpreter, definition[1], below=below):
                return True
        elif term[0] == "gradient" and below:
            return True
        else:
            deeper = below or term[0] in ("derivative", "gradient")
            if _by_differences(interpreter, *term[1:], below=deeper):
                return True
    return False
