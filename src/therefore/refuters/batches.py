"""Arithmetic in float64 over a batch of instances, and its infinitesimals.

A scalar has shape (batch,), a vector (batch, d), a matrix (batch, m, n); numbers that every
instance shares stay plain Python numbers. NaN stands for "undefined". A :class:`Dual` is
``value + slope e`` for an infinitesimal e > 0: computing with ``x + e`` and with ``x - e``
gives both one-sided derivatives, without any difference quotient.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations
from math import floor
from typing import Any

import numpy as np
from numpy.typing import NDArray

from therefore.refuters.families import Family
from therefore.refuters.logic import Truth
from therefore.refuters.values import Residue, Unreadable

__all__ = ["BatchArithmetic", "Dual", "is_large", "plain"]

Array = NDArray[np.float64]

_STEP = 2.0**-12
_SINGULAR = 1e-13  # the least singular value, relative to the largest entry
_REGULAR = 1e-9
_NEARLY_WHOLE = 1e-12
# The largest sum of a row of A for which e^A is worked out, and how.
_LARGEST_ROW, _HALVINGS, _TERMS = 8.0, 5, 16
_LARGEST = {"exp": 700.0, "sin": 1e9, "cos": 1e9}


@dataclass(frozen=True, slots=True)
class Dual:
    """``value + slope * e``; duals of a lower level are constants to those of a higher one."""

    level: int
    value: Any
    slope: Any


def plain(value: Any) -> Any:
    """The number near which an infinitesimally moved value lies."""
    while isinstance(value, Dual):
        value = value.value
    return value


def _level(*values: Any) -> int:
    return max((value.level for value in values if isinstance(value, Dual)), default=0)


def _split(value: Any, level: int) -> tuple[Any, Any]:
    if isinstance(value, Dual) and value.level == level:
        return value.value, value.slope
    return value, 0


def _dimensions(value: Any) -> int:
    return int(np.ndim(plain(value)))


class BatchArithmetic:
    """What an interpreter needs to compute with batches; ``batch`` is their size."""

    batch: int

    def number(self, value: Fraction) -> Any:
        return float(value)

    # --- linear and bilinear operations --------------------------------------------------

    def _linear(self, operation: Callable[[Any], Any], a: Any) -> Any:
        if isinstance(a, Dual):
            return Dual(
                a.level, self._linear(operation, a.value), self._linear(operation, a.slope)
            )
        return operation(a) if np.ndim(a) else a

    def _bilinear(self, operation: Callable[[Any, Any], Any], a: Any, b: Any) -> Any:
        level = _level(a, b)
        if not level:
            return operation(a, b)
        (a0, a1), (b0, b1) = _split(a, level), _split(b, level)
        slope: Any = 0
        for one, other in ((a0, b1), (a1, b0)):
            if (isinstance(one, int) and one == 0) or (isinstance(other, int) and other == 0):
                continue
            slope = self.add(slope, self._bilinear(operation, one, other))
        return Dual(level, self._bilinear(operation, a0, b0), slope)

    def add(self, a: Any, b: Any) -> Any:
        level = _level(a, b)
        if not level:
            return a + b
        (a0, a1), (b0, b1) = _split(a, level), _split(b, level)
        return Dual(level, self.add(a0, b0), self.add(a1, b1))

    def negate(self, a: Any) -> Any:
        if isinstance(a, Residue):
            return Residue(-a.value % a.modulus, a.modulus)
        return Dual(a.level, self.negate(a.value), self.negate(a.slope)) if _level(a) else -a

    def multiply(self, a: Any, b: Any) -> Any:
        return self._bilinear(_times, a, b)

    def inner(self, u: Any, v: Any) -> Any:
        return self._bilinear(_inner, u, v)

    def matmul(self, a: Any, b: Any) -> Any:
        return self._bilinear(_matmul, a, b)

    def outer(self, u: Any, v: Any) -> Any:
        return self._bilinear(_outer, u, v)

    def zero(self, size: int) -> Any:
        return np.zeros((1, size))

    def zero_matrix(self, rows: int, columns: int) -> Any:
        return np.zeros((1, rows, columns))

    def identity(self, size: int) -> Any:
        return np.eye(size)[None]

    def vector(self, parts: list[Any]) -> Any:
        level = _level(*parts)
        if level:
            split = [_split(part, level) for part in parts]
            return Dual(
                level, self.vector([v for v, _ in split]), self.vector([s for _, s in split])
            )
        columns = np.broadcast_arrays(*(np.atleast_1d(np.asarray(p, float)) for p in parts))
        return np.stack(columns, axis=-1)

    def vector_length(self, value: Any) -> int | None:
        value = plain(value)
        return int(value.shape[1]) if np.ndim(value) == 2 else None

    def matrix_shape(self, value: Any) -> tuple[int, int] | None:
        shape = np.shape(plain(value))
        return (shape[1], shape[2]) if len(shape) == 3 else None

    def flattened(self, a: Any) -> Any:
        return self._linear(lambda m: m.reshape(m.shape[0], -1), a)

    def matrix(self, rows: list[list[Any]]) -> Any:
        flat = self.vector([entry for row in rows for entry in row])
        return self._linear(lambda a: a.reshape(a.shape[0], len(rows), len(rows[0])), flat)

    def entry(self, a: Any, row: int, column: int) -> Any:
        return self._linear(lambda m: m[:, row % m.shape[1], column % m.shape[2]], a)

    def component(self, u: Any, at: int) -> Any:
        return self._linear(lambda v: v[:, at % v.shape[1]], u)

    def transpose(self, a: Any) -> Any:
        return self._linear(lambda m: m.swapaxes(-1, -2), a)

    def trace(self, a: Any) -> Any:
        return self._linear(lambda m: np.trace(m, axis1=-2, axis2=-1), a)

    # --- what is not linear --------------------------------------------------------------

    def divide(self, a: Any, b: Any) -> Any:
        if isinstance(b, int | float):
            return self.multiply(a, 1 / b if b else np.nan)
        return self.multiply(a, self._reciprocal(b))

    def _reciprocal(self, b: Any) -> Any:
        if isinstance(b, Dual):
            value = self.divide(1, b.value)
            # In this order: the square of a very small value would be 0.
            change = self.multiply(value, self.multiply(value, b.slope))
            return Dual(b.level, value, self.negate(change))
        return np.where(b == 0, np.nan, 1.0) / np.where(b == 0, 1.0, b)

    def power(self, a: Any, exponent: int) -> Any:
        if isinstance(a, Dual):
            if exponent == 0:
                return self.add(self.multiply(a, 0), 1)
            under = self.multiply(self.power(a.value, exponent - 1), exponent)
            return Dual(a.level, self.power(a.value, exponent), self.multiply(under, a.slope))
        # NaN ** 0 would be 1: undefined must stay undefined.
        return a**exponent if exponent else a * 0 + 1

    def _sign(self, a: Any) -> Any:
        """-1, 0 or 1; where the value is 0, the sign just beside it."""
        if isinstance(a, Dual):
            here = self._sign(a.value)
            return np.where(here == 0, self._sign(a.slope), here)
        return np.sign(a)

    def absolute(self, a: Any) -> Any:
        if isinstance(a, Dual):
            return self.multiply(self._sign(a), a)
        return np.abs(a) if isinstance(a, np.ndarray) else abs(a)

    def step(self, a: Any) -> Any:
        if isinstance(a, Dual):  # at the jump there is no slope
            here = self._sign(a.value)
            slope = np.where(np.asarray(here) == 0, np.nan, 0.0)
            return Dual(a.level, self.step(a.value), slope)
        a = np.asarray(a, dtype=float)
        value = np.where(np.isnan(a), np.nan, np.where(a >= 0, 1.0, 0.0))
        return value if value.ndim else float(value)

    def root(self, a: Any) -> Any:
        if isinstance(a, Dual):
            value = self.root(a.value)
            return Dual(a.level, value, self.divide(a.slope, self.multiply(value, 2)))
        value = np.sqrt(np.maximum(self.nonnegative(a), 0.0))
        return value if value.ndim else float(value)

    def floor(self, a: Any) -> Any:
        """What rounding may have pushed slightly below an integer counts as that integer."""
        if isinstance(a, Dual):
            raise Unreadable("the whole part beside a number")
        moved = a + _NEARLY_WHOLE * (1 + np.abs(a))
        return np.floor(moved) if isinstance(a, np.ndarray) and a.size > 1 else floor(moved)

    def nonnegative(self, a: Any) -> Any:
        if isinstance(a, Dual):
            return Dual(a.level, self.nonnegative(a.value), a.slope)
        # Rounding may push a true 0 slightly below.
        return np.where(np.asarray(a) < -1e-12, np.nan, a)

    def norm(self, u: Any) -> Any:
        if not isinstance(u, Dual):
            return np.sqrt((u * u).sum(-1)) if np.ndim(u) else 0
        base = self.norm(u.value)
        beside = self.norm(u.slope)  # beside the origin, the norm of 0 + s e is |s| e
        away = self.divide(self.inner(u.value, u.slope), base)
        if isinstance(base, Dual) or isinstance(beside, Dual) or isinstance(away, Dual):
            return Dual(u.level, base, away)
        return Dual(u.level, base, np.where(np.asarray(base) == 0, beside, away))

    def elementary(self, name: str, a: Any) -> Any:
        if isinstance(a, Dual):
            value = self.elementary(name, a.value)
            if name == "exp":
                return Dual(a.level, value, self.multiply(value, a.slope))
            if name == "log":
                return Dual(a.level, value, self.divide(a.slope, a.value))
            if name == "arctan":
                square = self.add(1.0, self.multiply(a.value, a.value))
                return Dual(a.level, value, self.divide(a.slope, square))
            other = self.elementary("cos" if name == "sin" else "sin", a.value)
            other = other if name == "sin" else self.negate(other)
            return Dual(a.level, value, self.multiply(other, a.slope))
        a = np.asarray(a, dtype=float)
        if name == "log":
            value = np.log(np.where(a > 0, a, np.nan))
        elif name == "arctan":
            value = np.arctan(a)
        else:  # beyond the largest argument: infinite, and so not decided
            value = getattr(np, name)(np.where(np.abs(a) <= _LARGEST[name], a, 0.0))
            lost = np.inf if name != "exp" else np.where(a > 0, np.inf, 0.0)
            value = np.where(np.abs(a) <= _LARGEST[name], value, lost)
            value = np.where(np.isnan(a), np.nan, value)
        return value if value.ndim else float(value)

    def pi(self) -> Any:
        return float(np.pi)

    def determinant(self, a: Any) -> Any:
        if not _dimensions(a):
            return a
        size = plain(a).shape[-1]
        if size <= 2:
            return self._determinant_by_products(a, size)
        if not isinstance(a, Dual):
            return np.linalg.det(a)
        if not self._regularity(plain(a))[0].all():
            return self._determinant_by_traces(a, size)
        value = self.determinant(a.value)  # its slope is det A · tr(A⁻¹ A′)
        share = self.trace(self.matmul(self.inverse(a.value), a.slope))
        return Dual(a.level, value, self.multiply(value, share))

    def _determinant_by_traces(self, a: Any, size: int) -> Any:
        """By traces of products, without a division by an entry. Faddeev and LeVerrier."""
        one = self.identity(size)
        power, last = one, self.negate(self.trace(a))
        for k in range(2, size + 1):
            power = self.add(self.matmul(a, power), self.multiply(last, one))
            last = self.multiply(self.trace(self.matmul(a, power)), -1 / k)
        return self.multiply(last, (-1) ** size)

    def _determinant_by_products(self, a: Any, size: int) -> Any:
        total: Any = 0
        for order in permutations(range(size)):
            sign = (-1) ** sum(order[i] > order[j] for j in range(size) for i in range(j))
            product: Any = sign
            for row, column in enumerate(order):
                product = self.multiply(product, self.entry(a, row, column))
            total = self.add(total, product)
        return total

    def inverse(self, a: Any) -> Any:
        if isinstance(a, Dual):
            value = self.inverse(a.value)
            change = self.matmul(self.matmul(value, a.slope), value)
            return Dual(a.level, value, self.negate(change))
        if not np.ndim(a):
            return np.nan
        regular, _ = self._regularity(a)
        safe = np.where(regular[:, None, None], a, np.eye(a.shape[-1])[None])
        return np.where(regular[:, None, None], np.linalg.inv(safe), np.nan)

    def invertible(self, a: Any) -> Any:
        if not np.ndim(a):
            return Truth.FALSE
        regular, singular = self._regularity(a)
        unknown = np.where(singular, Truth.FALSE, Truth.UNKNOWN)
        return np.where(regular, Truth.TRUE, unknown).astype(np.int8)

    def pseudo_inverse(self, a: Any) -> Any:
        """By singular values; what is nearly singular has none that could be trusted."""
        if isinstance(a, Dual) or not np.ndim(a):
            raise Unreadable("a pseudo-inverse that changes")
        finite = np.isfinite(a).all((-1, -2))
        whole = np.where(finite[:, None, None], a, 0.0)
        values = np.linalg.svd(whole, compute_uv=False)
        most = values[:, :1]
        unclear = ((values > _SINGULAR * most) & (values < _REGULAR * most)).any(-1)
        found = np.linalg.pinv(whole, rcond=1e-11)
        return np.where((finite & ~unclear)[:, None, None], found, np.nan)

    def exponential(self, a: Any) -> Any:
        """e^A; beside A, what e^M of the matrix M of blocks A, B, 0, A has in the place of B."""
        if isinstance(a, Dual):
            size = plain(a.value).shape[-1] if np.ndim(plain(a.value)) else plain(a.slope).shape[-1]
            first, second = np.split(np.eye(2 * size)[None], 2, axis=1)
            back = first.swapaxes(1, 2), second.swapaxes(1, 2)
            whole: Any = 0
            for left, part, right in (
                (back[0], a.value, first), (back[1], a.value, second), (back[0], a.slope, second),
            ):  # fmt: skip
                whole = self.add(whole, self.matmul(self.matmul(left, part), right))
            whole = self.matmul(first, self.exponential(whole))
            return Dual(a.level, self.matmul(whole, back[0]), self.matmul(whole, back[1]))
        return _series(np.asarray(a, float))

    def definite(self, a: Any, strict: bool) -> Any:
        """Whether <x, Ax> is plainly positive for x != 0, or plainly not negative."""
        if not np.ndim(a):
            return Truth.FALSE if strict else Truth.TRUE
        finite = np.isfinite(a).all((-1, -2))
        even = np.where(finite[:, None, None], a + np.swapaxes(a, -1, -2), 0.0)
        least = np.linalg.eigvalsh(even)[:, 0]
        most = np.abs(even).max((-1, -2))
        good = least > _REGULAR * most if strict else least >= -_SINGULAR * most
        bad = least <= _SINGULAR * most if strict else least < -_REGULAR * most
        truth = np.where(good, Truth.TRUE, np.where(bad, Truth.FALSE, Truth.PLAUSIBLE))
        return np.where(finite, truth, Truth.UNDEFINED).astype(np.int8)

    def _regularity(self, a: Array) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Which matrices are plainly regular, and which are plainly singular."""
        finite: NDArray[np.bool_] = np.asarray(np.isfinite(a).all((-1, -2)))
        values = np.linalg.norm(np.where(finite[:, None, None], a, 0.0), -2, axis=(-2, -1))
        least: Array = np.asarray(values)
        most: Array = np.abs(a).max((-1, -2))
        return finite & (least > _REGULAR * most), finite & (least <= _SINGULAR * most)

    # --- derivatives ---------------------------------------------------------------------

    def apply(self, function: Any, arguments: list[Any]) -> Any:
        """The value of a function; a member of a family has a gradient to be moved along."""
        level = _level(*arguments)
        if not level or not isinstance(function, Family):
            return function(*arguments)
        point, direction = _split(arguments[0], level)
        value = self.apply(function, [point])
        if isinstance(direction, int) and direction == 0:
            return Dual(level, value, 0)
        gradient = self.family_gradient(function, point)
        product = self.inner if _dimensions(direction) == 2 else self.multiply
        return Dual(level, value, product(gradient, direction))

    def family_gradient(self, function: Family, point: Any) -> Any:
        """The gradient; its own derivative is known by differences only, in most families."""
        slope = function.derivative()
        if slope is not None:
            return self.apply(slope, [point])
        level = _level(point)
        if not level:
            return function.gradient(np.asarray(point, float))
        value, direction = _split(point, level)
        moved = [
            self.family_gradient(
                function, self.add(value, self.multiply(direction, step * _STEP))
            )
            for step in (1, -1)
        ]
        change = self.multiply(self.add(moved[0], self.negate(moved[1])), 1 / (2 * _STEP))
        return Dual(level, self.family_gradient(function, value), change)


def _times(a: Any, b: Any) -> Any:
    dim_a, dim_b = np.ndim(a), np.ndim(b)
    if 0 < dim_a < dim_b:
        a = a.reshape(a.shape + (1,) * (dim_b - dim_a))
    elif 0 < dim_b < dim_a:
        b = b.reshape(b.shape + (1,) * (dim_a - dim_b))
    return a * b


def _inner(u: Any, v: Any) -> Any:
    product = u * v
    return product.sum(-1) if np.ndim(product) else 0


def _matmul(a: Any, b: Any) -> Any:
    if not np.ndim(a) or not np.ndim(b):
        return 0
    return (a @ b[..., None])[..., 0] if np.ndim(b) == 2 else a @ b


def is_large(a: Array) -> NDArray[np.bool_]:
    """Of which A the exponential is not worked out."""
    return np.asarray(np.abs(a).sum(-1).max(-1) > _LARGEST_ROW)


def _series(a: Array) -> Array:
    """e^A by the series at A/2^s, squared s times; I for a large A, of which nothing is told."""
    halved = np.where(is_large(a)[:, None, None], 0.0, a) / 2.0**_HALVINGS
    total = power = np.broadcast_to(np.eye(a.shape[-1]), a.shape)
    for k in range(1, _TERMS):
        power = power @ halved / k
        total = total + power
    for _ in range(_HALVINGS):
        total = total @ total
    return np.asarray(total)


def _outer(u: Any, v: Any) -> Any:
    return u[..., :, None] * v[..., None, :] if np.ndim(u) and np.ndim(v) else 0
