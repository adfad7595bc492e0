"""A term with its sort."""

from __future__ import annotations

from typing import NamedTuple

from therefore.goal import Term
from therefore.reading.sorts import Sort

__all__ = ["Value", "is_number", "kind_of"]


class Value(NamedTuple):
    """A term with its sort. The sort ("row", n) is a vector that was transposed."""

    term: Term
    sort: Sort


def is_number(sort: Sort) -> bool:
    """Whether it is a real number; integers and sizes are."""
    return sort in ("real", "integer", "size")


def kind_of(sort: Sort) -> str:
    """ "number", or the first word of the sort."""
    return "number" if isinstance(sort, str) else sort[0]
