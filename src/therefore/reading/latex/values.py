"""A term with its sort."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from therefore.goal import Term
from therefore.reading.sorts import Sort

__all__ = ["Value", "is_number", "is_positive", "kind_of"]


class Value(NamedTuple):
    """A term with its sort. The sort ("row", n) is a vector that was transposed.

    Of an index that is bound, ``within`` has the ends of its range, as far as they are known.
    """

    term: Term
    sort: Sort
    within: tuple[Term | None, Term | None] | None = None


def is_positive(term: Term, known: Sequence[Term]) -> bool:
    """Whether a number is built of positive ones by sums, products and fractions."""
    if isinstance(term, str):
        plain = term.replace("/", "").isdigit() and not term.startswith("0")
        return plain or ("<", "0", term) in known
    return term[0] in ("*", "/", "+") and all(is_positive(part, known) for part in term[1:])


def is_number(sort: Sort) -> bool:
    """Whether it is a real number; integers and sizes are."""
    return sort in ("real", "integer", "size")


def kind_of(sort: Sort) -> str:
    """ "number", or the first word of the sort."""
    return "number" if isinstance(sort, str) else sort[0]
