"""Sorts: which there are, which fits where, and which can be joined."""

from __future__ import annotations

from .binders import Names, open_binder
from .data import Term
from .errors import Rejected
from .fields import check_field, is_element
from .size_terms import SIZES, check_size, settled

__all__ = ["check_size", "check_sort", "fits", "internal", "joined"]


def fits(actual: Term, expected: Term) -> bool:
    """Whether a value of one sort may stand where the other is expected."""
    if actual == expected or settled(actual) == settled(expected):
        return True
    if expected in ("real", "integer"):
        return actual in ("integer", "size")
    return expected[0] == "residue" and actual in ("integer", "size")


def check_sort(sort: Term, names: Names) -> None:
    """Raise ``ILL_TYPED`` unless this is a sort whose sizes are declared."""
    if sort in ("real", "integer", "size", "field", "outcome", SIZES):
        return
    if isinstance(sort, tuple) and sort[0] == "function" and len(sort) == 3 and sort[1]:
        for part in (*sort[1], sort[2]):
            if part in ("size", "field") or part[0] in ("function", "family"):
                raise Rejected("ILL_TYPED", "a function takes and returns numbers and vectors")
            check_sort(part, names)
        if sort[2] == "outcome":
            raise Rejected("ILL_TYPED", "no function returns an outcome")
    elif is_element(sort) and len(sort) == 2:
        check_field(sort[1], names)
    elif isinstance(sort, tuple) and (sort[0], len(sort)) in (
        ("vector", 2), ("residue", 2), ("matrix", 3),
    ):  # fmt: skip
        for size in sort[1:]:
            check_size(size, names)
        if sort[0] == "residue" and not isinstance(sort[1], str):
            raise Rejected("ILL_TYPED", "residues modulo a size that depends on an index")
    elif isinstance(sort, tuple) and sort[0] == "family" and len(sort) == 2:
        fresh = internal(names)
        member = open_binder(sort[1], fresh)
        if member[0] not in ("vector", "matrix"):
            raise Rejected("ILL_TYPED", "a family is of vectors or of matrices")
        check_sort(member, {**names, fresh: "integer"})
    else:
        raise Rejected("ILL_TYPED", f"not a sort: {sort}")


def joined(head: str, sorts: list[Term]) -> Term:
    """The sort of a sum or product: numbers with anything, else all of one sort."""
    plain = [sort for sort in sorts if sort not in ("real", "integer", "size")]
    if not plain:
        return "real" if "real" in sorts else "integer"
    only = plain[0]
    many = len(plain) if head == "*" else len(sorts)
    if is_element(only) and all(sort == only for sort in sorts):
        return only
    if only[0] == "residue" and "real" not in sorts and all(sort == only for sort in plain):
        return only
    if (
        only[0] in ("vector", "matrix")
        and all(sort == only for sort in plain)
        and (many == 1 if head == "*" else len(plain) == len(sorts))
    ):
        return only
    raise Rejected("ILL_TYPED", f"these cannot be joined by {head}: {sorts}")


def internal(names: Names) -> str:
    """A name that no input can hold."""
    return f"%b{len(names)}"
