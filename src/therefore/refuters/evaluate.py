"""Evaluating kernel terms and formulas in float64, over a batch of instances at once.

All instances of a batch share their sizes and whole numbers. A scalar has shape (batch,), a
vector (batch, d), a matrix (batch, m, n); numbers that every instance shares stay plain
Python numbers. NaN stands for "undefined" and nothing else is done with it than to hand it on;
a formula that meets it is ``UNDEFINED``, never true. Near-equal sides agree: what floats
suspect is decided by exact arithmetic.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from therefore.goal import Term
from therefore.refuters.families import Family
from therefore.refuters.interpret import Interpreter
from therefore.refuters.logic import Truth, holds
from therefore.refuters.shapes import smooth_literal
from therefore.refuters.terms import Problem
from therefore.refuters.values import Bound, Cell, Closure, Residue, Unreadable

__all__ = ["BatchInterpreter", "draw_numbers", "least_squares_step"]

Array = NDArray[np.float64]

# Sides this close, relative to their size, agree. Difference quotients are less exact.
_NEAR = 1e-8
_NEAR_BY_DIFFERENCES = 1e-5
# One-sided difference quotients of fourth order: the weights of f(x), f(x + h), ..., f(x + 4h),
# to be divided by 12 h. Where the two sides differ by more than the jump, there is a kink.
_STEP = 2.0**-12
_WEIGHTS = (-25.0, 48.0, -36.0, 16.0, -3.0)
_KINK_JUMP = 1e-5
_SAMPLES = 24


class BatchInterpreter(Interpreter):
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
    ) -> None:
        super().__init__(problem, sizes, draw=draw, given=given, rules=rules)
        self.batch = batch
        self.seed = seed

    # --- arithmetic ----------------------------------------------------------------------

    def number(self, value: Fraction) -> Any:
        return float(value)

    def add(self, a: Any, b: Any) -> Any:
        return a + b

    def negate(self, a: Any) -> Any:
        if isinstance(a, Residue):
            return Residue(-a.value % a.modulus, a.modulus)
        return -a

    def multiply(self, a: Any, b: Any) -> Any:
        dim_a, dim_b = np.ndim(a), np.ndim(b)
        if 0 < dim_a < dim_b:
            a = a.reshape(a.shape + (1,) * (dim_b - dim_a))
        elif 0 < dim_b < dim_a:
            b = b.reshape(b.shape + (1,) * (dim_a - dim_b))
        return a * b

    def divide(self, a: Any, b: Any) -> Any:
        if isinstance(b, int | float):
            return a / b if b else a * np.nan
        return self.multiply(a, np.where(b == 0, np.nan, 1.0) / np.where(b == 0, 1.0, b))

    def power(self, a: Any, exponent: int) -> Any:
        # NaN ** 0 would be 1: undefined must stay undefined.
        return a**exponent if exponent else a * 0 + 1

    def absolute(self, a: Any) -> Any:
        return np.abs(a) if isinstance(a, np.ndarray) else abs(a)

    def root(self, a: Any) -> Any:
        value = np.sqrt(np.maximum(self.nonnegative(a), 0.0))
        return value if value.ndim else float(value)

    def nonnegative(self, a: Any) -> Any:
        # Rounding may push a true 0 slightly below.
        return np.where(np.asarray(a) < -1e-12, np.nan, a)

    def inner(self, u: Any, v: Any) -> Any:
        product = u * v
        return product.sum(-1) if np.ndim(product) else 0

    def norm(self, u: Any) -> Any:
        return np.sqrt((u * u).sum(-1)) if np.ndim(u) else 0

    def zero(self, size: int) -> Any:
        return np.zeros((1, size))

    def vector(self, parts: list[Any]) -> Any:
        columns = np.broadcast_arrays(*(np.atleast_1d(np.asarray(p, float)) for p in parts))
        return np.stack(columns, axis=-1)

    def vector_length(self, value: Any) -> int | None:
        return int(value.shape[1]) if np.ndim(value) == 2 else None

    def matrix(self, rows: list[list[Any]]) -> Any:
        flat = self.vector([entry for row in rows for entry in row])
        return flat.reshape(flat.shape[0], len(rows), len(rows[0]))

    def matmul(self, a: Any, b: Any) -> Any:
        return a @ b if np.ndim(a) and np.ndim(b) else 0

    def entry(self, a: Any, row: int, column: int) -> Any:
        if not np.ndim(a):
            return a
        return a[:, row % a.shape[1], column % a.shape[2]]

    def derivative(self, body: Term, point: Any, bound: Bound) -> Any:
        return self._difference(
            lambda at: self.term(body, (at, *bound)), point, np.maximum(1.0, np.abs(point)), 0
        )

    def _difference(
        self, function: Callable[[Any], Any], point: Any, scale: Any, direction: Any
    ) -> Any:
        """The derivative at ``point``, along ``direction`` for a vector; NaN at a kink."""

        def at(step: float) -> Any:
            if np.ndim(direction):
                return function(point + step * direction)
            return function(point + step * scale)

        def per(value: Any, step: float) -> Any:
            widened = scale
            if np.ndim(value) > np.ndim(scale) > 0:
                widened = scale[:, None]
            return value / (step * widened)

        def side(step: float) -> Any:
            total = sum(weight * at(k * step) for k, weight in enumerate(_WEIGHTS))
            return per(total, 12 * step)

        right, left = side(_STEP), side(-_STEP)
        jump = np.abs(right - left) > _KINK_JUMP * (1 + np.abs(right) + np.abs(left))
        return np.where(jump, np.nan, (right + left) / 2)

    def gradient(self, function: Any, point: Any) -> Any:
        if isinstance(function, Family):
            return function.gradient(np.asarray(point, float))
        size = point.shape[-1]
        parts = [self._difference(function, point, 1.0, unit[None, :]) for unit in np.eye(size)]
        return self.vector([np.broadcast_to(part, (point.shape[0],)) for part in parts])

    def steepness(self, function: Any, point: Any) -> Any:
        if isinstance(function, Family):
            return self.gradient(function, point)
        parts, here = [], function(point)
        for unit in np.eye(point.shape[-1])[None, :, :].swapaxes(0, 1):
            right = (function(point + _STEP * unit) - here) / _STEP
            left = (here - function(point - _STEP * unit)) / _STEP
            kink = np.abs(right - left) > 1e-1 * (1 + np.abs(right) + np.abs(left))
            parts.append(np.where(kink, np.nan, (right + left) / 2))
        return self.vector(parts)

    # --- formulas ------------------------------------------------------------------------

    def relation(self, op: str, left: Term, right: Term, bound: Bound) -> Any:
        a, b = self.term(left, bound), self.term(right, bound)
        if isinstance(a, int | Residue) and isinstance(b, int | Residue):
            return Truth.TRUE if self._compare_whole(op, a, b) else Truth.FALSE
        if callable(a) or callable(b):
            raise Unreadable("functions cannot be compared")
        near = _NEAR_BY_DIFFERENCES if _by_differences(self, left, right) else _NEAR
        return self.compare(op, a, b, near)

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
        undefined, lost = np.isnan(gap), np.isinf(size)
        close = np.abs(gap) <= near * (1 + size)
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
        return truth.astype(np.int8)

    def tends(self, body: Term, end: str, value: Term, bound: Bound) -> Any:
        """Whether the body is near the value far out, and nearer the farther: a hint only."""
        rng = np.random.default_rng([*self.seed, 11])
        way = rng.uniform(1.0, 9.0, self.batch) * (1.0 if end == "+oo" else -1.0)
        limit = self.term(value, bound)
        gaps = [
            np.abs(np.asarray(self.term(body, (far * way, *bound)) - limit, dtype=float))
            for far in (1e3, 1e5, 1e8)
        ]
        room = 1 + np.abs(limit)
        truth: Any = np.where(
            (gaps[2] < 1e-3 * room) & (gaps[2] <= gaps[0] + 1e-9), Truth.PLAUSIBLE, Truth.UNKNOWN
        )
        far = (gaps[2] > 0.01 * room) & (gaps[2] > 0.5 * gaps[1])
        truth = np.where(far, Truth.FALSE, truth)
        return np.where(np.isnan(gaps[2]), Truth.UNDEFINED, truth).astype(np.int8)

    def has_derivative(self, body: Term, point: Term, value: Term, bound: Bound) -> Any:
        at, wanted = self.term(point, bound), self.term(value, bound)
        slope = self.derivative(body, at, bound)
        here = np.asarray(self.term(body, (at, *bound)), dtype=float) + 0 * wanted
        truth = self.compare("=", slope, wanted, _NEAR_BY_DIFFERENCES)
        truth = np.where(np.isnan(slope), Truth.FALSE, truth)  # there is none
        return np.where(np.isnan(here), Truth.UNDEFINED, truth).astype(np.int8)

    def stationary(self, formula: Term, bound: Bound) -> Any:
        gradient = stacked(self.residuals(formula, bound), self.batch)
        if gradient is None:
            return Truth.TRUE
        away = np.abs(gradient).max(-1) > 1e-6
        return np.where(away, Truth.FALSE, Truth.TRUE).astype(np.int8)  # NaN is not away

    def differentiable(self, function: Any) -> Any:
        if isinstance(function, Family):
            return Truth.TRUE if function.smooth else Truth.UNKNOWN
        if isinstance(function, Closure) and smooth_literal(function.body):
            return Truth.TRUE
        return Truth.UNKNOWN

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
        for number in range(_SAMPLES):
            if number < 2:
                yield tuple(np.full(shape, float(number)) for shape in shapes)
            elif number % 2:
                yield tuple(draw_numbers(rng, shape) for shape in shapes)
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
            return (*reversed(values), *bound)

        def residual(numbers: Array) -> Array | None:
            return stacked(self.residuals(body, unknown(numbers)), self.batch)

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


def stacked(residuals: list[Any], batch: int) -> Array | None:
    """Residuals of any shape side by side: (batch, k). ``None`` if there are none."""
    columns = []
    for residual in residuals:
        array = np.asarray(residual, dtype=float)
        array = array.reshape(array.shape[0], -1) if array.ndim > 1 else array.reshape(-1, 1)
        columns.append(np.broadcast_to(array, (batch, array.shape[1])))
    return np.concatenate(columns, axis=1) if columns else None


def least_squares_step(residual: Callable[[Array], Array | None], numbers: Array) -> Array | None:
    """One Gauss-Newton step of least norm towards residual = 0; exact for affine residuals.

    ``None`` if there is no residual, or none that the numbers have an influence on.
    """
    start = residual(numbers)
    if start is None:
        return None
    step = 2.0**-10
    columns = []
    for k in range(numbers.shape[1]):
        moved = numbers.copy()
        moved[:, k] += step
        after = residual(moved)
        if after is None:
            return None
        columns.append((after - start) / step)
    if not any(column.any() for column in columns):
        return None
    jacobian = np.nan_to_num(np.stack(columns, axis=-1), nan=0.0, posinf=0.0, neginf=0.0)
    change = np.linalg.pinv(jacobian, rcond=1e-9) @ np.nan_to_num(start)[..., None]
    return np.asarray(numbers - change[..., 0])


def draw_numbers(rng: np.random.Generator, shape: tuple[int, ...]) -> Array:
    """Random numbers on a grid that floats hold exactly, some rows coarse and some fine.

    The first axis is the batch; on a grid, equalities that matter happen exactly.
    """
    fine = rng.integers(-48, 49, size=shape) / 16.0
    coarse = rng.integers(-3, 4, size=shape) * 1.0
    rows = rng.random(shape[0]) < 0.3
    return np.asarray(np.where(rows.reshape(-1, *[1] * (len(shape) - 1)), coarse, fine))


def _by_differences(interpreter: Interpreter, *terms: Term) -> bool:
    """Whether a term contains a derivative, which is only known approximately."""
    for term in terms:
        if isinstance(term, str):
            definition = interpreter.definitions.get(term)
            if definition and _by_differences(interpreter, definition[1]):
                return True
        elif term[0] in ("derivative", "gradient") or _by_differences(interpreter, *term[1:]):
            return True
    return False
