"""Exact values of terms, and how they are added, multiplied, inverted and compared.

A value is a number, a ``Dual``, a ``Residue``, a tuple (a vector), a list of rows (a matrix) or a
function. What cannot be shown exactly raises ``Unshown``.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import isqrt
from typing import Any, TypeAlias

__all__ = [
    "Dual", "Residue", "Unshown", "Value", "added", "are_equal", "determinant_of_rows",
    "dot_product", "inverse_of", "inverse_of_rows", "is_number", "multiplied", "product_of_rows",
    "relation_holds", "root_of", "sum_of", "whole_number",
]  # fmt: skip

# A number, a Dual, a Residue, a tuple (a vector), a list of rows (a matrix) or a function.
Value: TypeAlias = Any


class Unshown(Exception):
    """The term has no value that can be shown exactly."""


@dataclass(frozen=True)
class Dual:
    """A number and its derivative."""

    value: Fraction
    slope: Fraction


@dataclass(frozen=True)
class Residue:
    """A residue: ``value`` is 0 … modulus − 1."""

    value: int
    modulus: int


def product_of_rows(left: Value, right: Value) -> Value:
    """The product of two matrices."""
    columns = [tuple(row[j] for row in right) for j in range(len(right[0]))]
    return [[dot_product(tuple(row), column) for column in columns] for row in left]


def is_number(value: Value) -> bool:
    return isinstance(value, (Fraction, Dual, Residue))


def whole_number(value: Value) -> int:
    if isinstance(value, Residue):
        return value.value
    if isinstance(value, Fraction) and value.denominator == 1:
        return int(value)
    raise Unshown("an index that is not a whole number")


def added(a: Value, b: Value) -> Value:
    if isinstance(a, tuple):
        return tuple(added(x, y) for x, y in zip(a, b, strict=True))
    if isinstance(a, list):
        rows = zip(a, b, strict=True)
        return [[added(x, y) for x, y in zip(*pair, strict=True)] for pair in rows]
    if isinstance(a, Residue) or isinstance(b, Residue):
        modulus = a.modulus if isinstance(a, Residue) else b.modulus
        return Residue((whole_number(a) + whole_number(b)) % modulus, modulus)
    if isinstance(a, Dual) or isinstance(b, Dual):
        a, b = _dual(a), _dual(b)
        return Dual(a.value + b.value, a.slope + b.slope)
    return a + b


def multiplied(scalar: Value, value: Value) -> Value:
    if isinstance(value, tuple):
        return tuple(multiplied(scalar, x) for x in value)
    if isinstance(value, list):
        return [[multiplied(scalar, x) for x in row] for row in value]
    if isinstance(value, Residue) or isinstance(scalar, Residue):
        modulus = value.modulus if isinstance(value, Residue) else scalar.modulus
        return Residue((whole_number(scalar) * whole_number(value)) % modulus, modulus)
    if isinstance(value, Dual) or isinstance(scalar, Dual):
        a, b = _dual(scalar), _dual(value)
        return Dual(a.value * b.value, a.value * b.slope + a.slope * b.value)
    return scalar * value


def _dual(value: Value) -> Dual:
    return value if isinstance(value, Dual) else Dual(value, Fraction(0))


def inverse_of(value: Value) -> Value:
    if isinstance(value, Dual):
        if value.value == 0:
            raise Unshown("undefined: a denominator is 0")
        return Dual(1 / value.value, -value.slope / value.value**2)
    if value == 0:
        raise Unshown("undefined: a denominator is 0")
    return 1 / value


def determinant_of_rows(rows: list[list[Value]]) -> Value:
    """By the first row; of small matrices only."""
    if len(rows) == 1:
        return rows[0][0]
    if len(rows) > 4:
        raise Unshown("the determinant of a large matrix")
    minors = (
        determinant_of_rows([row[:k] + row[k + 1 :] for row in rows[1:]])
        for k in range(len(rows))
    )
    return sum_of([
        multiplied(Fraction((-1) ** k), multiplied(entry, minor))
        for k, (entry, minor) in enumerate(zip(rows[0], minors, strict=True))
    ])  # fmt: skip


def inverse_of_rows(rows: list[list[Value]]) -> Value:
    """The inverse of a matrix of numbers, by elimination."""
    size = len(rows)
    work = [[*row, *(Fraction(int(i == j)) for j in range(size))] for i, row in enumerate(rows)]
    if not all(isinstance(entry, Fraction) for row in work for entry in row):
        raise Unshown("the derivative of an inverse")
    for k in range(size):
        pivot = next((i for i in range(k, size) if work[i][k]), None)
        if pivot is None:
            raise Unshown("undefined: a matrix without an inverse")
        work[k], work[pivot] = work[pivot], work[k]
        work[k] = [entry / work[k][k] for entry in work[k]]
        for i in range(size):
            if i != k:
                work[i] = [x - work[i][k] * y for x, y in zip(work[i], work[k], strict=True)]
    return [row[size:] for row in work]


def root_of(value: Value) -> Value:
    if isinstance(value, Dual):
        root = root_of(value.value)
        if root == 0:
            raise Unshown("undefined: a denominator is 0")
        return Dual(root, value.slope / (2 * root))
    if not isinstance(value, Fraction) or value < 0:
        raise Unshown("undefined: the root of a negative number")
    root = Fraction(isqrt(value.numerator), isqrt(value.denominator))
    if root * root != value:
        raise Unshown("an irrational root")
    return root


def dot_product(u: Value, v: Value) -> Value:
    return sum_of([multiplied(x, y) for x, y in zip(u, v, strict=True)])


def sum_of(parts: list[Value]) -> Value:
    if not parts:
        return Fraction(0)
    total = parts[0]
    for part in parts[1:]:
        total = added(total, part)
    return total


def are_equal(left: Value, right: Value) -> bool:
    if isinstance(left, Residue) or isinstance(right, Residue):
        modulus = left.modulus if isinstance(left, Residue) else right.modulus
        return (whole_number(left) - whole_number(right)) % modulus == 0
    if isinstance(left, tuple) != isinstance(right, tuple):  # the empty sum of vectors
        return all(x == 0 for x in (*_entries(left), *_entries(right)))
    return bool(left == right)


def _entries(value: Value) -> tuple[Value, ...]:
    return value if isinstance(value, tuple) else (value,)


def relation_holds(relation: str, left: Value, right: Value) -> bool:
    if relation in ("=", "!="):
        return are_equal(left, right) == (relation == "=")
    if not (isinstance(left, Fraction) and isinstance(right, Fraction)):
        raise Unshown("an order of other things than numbers")
    return left <= right if relation == "<=" else left < right
