r"""The identity matrix ``I``, whose size its surroundings determine; and zero vectors and matrices.

While its size is open it is written "?". What is still open in a whole line is refused.
"""

from __future__ import annotations

from therefore.goal import Term
from therefore.reading.latex.values import Value, kind_of

__all__ = ["IDENTITY", "OPEN", "agreeing", "is_open", "sized", "zero_like"]

OPEN = "?"
IDENTITY = Value(("identity", OPEN), ("matrix", OPEN, OPEN))


def is_open(value: Value) -> bool:
    """Whether the size of an identity matrix in it is still to be found."""
    return kind_of(value.sort) == "matrix" and OPEN in value.sort[1:]


def sized(value: Value, size: Term) -> Value:
    """The value with the size of its identity matrices."""
    return Value(_filled(value.term, size), _filled(value.sort, size)) if is_open(value) else value


def _filled(term: Term, size: Term) -> Term:
    if isinstance(term, str):
        return size if term == OPEN else term
    return tuple(_filled(part, size) for part in term)


def agreeing(left: Value, right: Value) -> tuple[Value, Value]:
    """Both values, where a square matrix beside an open one says its size."""
    for one, other in ((left, right), (right, left)):
        square = kind_of(other.sort) == "matrix" and other.sort[1] == other.sort[2]
        if is_open(one) and square and not is_open(other):
            left, right = sized(left, other.sort[1]), sized(right, other.sort[1])
    return left, right


def zero_like(value: Value, sort: Term) -> Value:
    """The value, where a plain 0 beside a vector or a matrix is the zero of that kind."""
    if value.term == "0" and kind_of(sort) in ("vector", "matrix") and OPEN not in sort[1:]:
        return Value(("zero", *sort[1:]), sort)
    if value.term == "0" and kind_of(sort) == "row":
        return Value(("zero", sort[1]), sort)
    return value
