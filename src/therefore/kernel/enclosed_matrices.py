"""Enclosures of matrices, of their entries, and of residues, all of written-out size.

Sizes fit, as the sides of a relation are typed before they are enclosed.
"""

from __future__ import annotations

from typing import cast

from .binders import open_binder
from .data import Term
from .enclosures import ENCLOSED, MOST_TERMS, Enclosure, Value
from .errors import Rejected
from .intervals import Interval, point
from .typed import sort_of

__all__: list[str] = []

Rows = list[list[Interval]]
MOST_ROWS = 5  # of a determinant


def _size(e: Enclosure, size: Term) -> int:
    """The number that a size is: other sizes are names, and these are not closed."""
    number = e.integer(size)
    if number**2 > MOST_TERMS:
        raise Rejected("TOO_LARGE", "a matrix")
    return number


def _matrix(e: Enclosure, term: Term) -> Rows:
    return cast(Rows, e.value(term))


def _rows(e: Enclosure, *rows: Term) -> Value:
    return [[e.number(part) for part in row[1:]] for row in rows]


def _by_entries(e: Enclosure, rows: Term, columns: Term, body: Term) -> Value:
    """The matrix with the entries that the body has at each pair of residues."""
    across = [("mod", columns, str(j)) for j in range(_size(e, columns))]
    down = [("mod", rows, str(i)) for i in range(_size(e, rows))]
    return [[e.number(open_binder(body, i, j)) for j in across] for i in down]


def _entry(e: Enclosure, whole: Term, *places: Term) -> Value:
    value = e.value(whole)
    for place in places:
        parts = cast("list[Value]", value)
        value = parts[e.integer(place) % len(parts)]
    return value


def _product(e: Enclosure, left: Term, right: Term) -> Value:
    rows, second = _matrix(e, left), e.value(right)
    if all(isinstance(part, tuple) for part in cast("list[Value]", second)):
        return [e.products(row, cast("list[Interval]", second)) for row in rows]
    columns = [list(column) for column in zip(*_matrix(e, right), strict=True)]
    return [[e.products(row, column) for column in columns] for row in rows]


def _transposed(e: Enclosure, matrix: Term) -> Value:
    return [list(column) for column in zip(*_matrix(e, matrix), strict=True)]


def _outer(e: Enclosure, left: Term, right: Term) -> Value:
    return [[e.ends.multiply(a, b) for b in e.coordinates(right)] for a in e.coordinates(left)]


def _identity(e: Enclosure, size: Term) -> Value:
    n = range(_size(e, size))
    return [[point(int(i == j)) for j in n] for i in n]


def _unit(e: Enclosure, size: Term, place: Term) -> Value:
    one = e.integer(place) % _size(e, size)
    return [point(int(i == one)) for i in range(_size(e, size))]


def _zero(e: Enclosure, *sizes: Term) -> Value:
    *rows, last = (_size(e, size) for size in sizes)
    zero: list[Value] = [point(0)] * last
    return [zero] * rows[0] if rows else zero


def _trace(e: Enclosure, matrix: Term) -> Value:
    return e.sum_of([row[k] for k, row in enumerate(_matrix(e, matrix))])


def _det(e: Enclosure, matrix: Term) -> Value:
    rows = _matrix(e, matrix)
    if len(rows) > MOST_ROWS:
        raise Rejected("TOO_LARGE", "the determinant of a large matrix")
    return _by_cofactors(e, rows)


def _by_cofactors(e: Enclosure, rows: Rows) -> Interval:
    """The determinant, by its first row."""
    if not rows:
        return point(1)
    first, *below = rows
    e.spend(len(rows))
    minors = [
        _by_cofactors(e, [row[:k] + row[k + 1 :] for row in below]) for k in range(len(first))
    ]
    signed = [minor if k % 2 == 0 else e.ends.negative(minor) for k, minor in enumerate(minors)]
    return e.products(first, signed)


def _delta(e: Enclosure, left: Term, right: Term) -> Value:
    sorts = (sort_of(side, e.names) for side in (left, right))
    sizes = [int(sort[1]) for sort in sorts if sort[0] == "residue"]
    difference = e.integer(left) - e.integer(right)
    return point(int((difference % sizes[0] if sizes else difference) == 0))


def _representative(e: Enclosure, residue: Term) -> Value:
    return point(e.integer(residue) % int(sort_of(residue, e.names)[1]))


ENCLOSED |= {
    "rows": _rows, "matrix": _by_entries, "entry": _entry, "matmul": _product,
    "transpose": _transposed, "outer": _outer, "identity": _identity, "unit": _unit,
    "zero": _zero, "trace": _trace, "det": _det, "delta": _delta, "lift": _representative,
}  # fmt: skip
