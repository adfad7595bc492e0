"""The kinds of things that terms denote, and what they are called in messages.

A sort is ``"real"``, ``"integer"``, ``("vector", size)``, ``("residue", size)``,
``("matrix", rows, columns)`` or ``("function", (argument sorts), result sort)``.
"""

from __future__ import annotations

from typing import Any, TypeAlias

from therefore.language.errors import WrongShape

__all__ = [
    "Sort", "described", "embedded", "is_element", "is_matrix", "is_number", "is_residue",
    "is_vector", "join",
]  # fmt: skip

Sort: TypeAlias = Any


def is_number(sort: Sort) -> bool:
    """Whether it is a real number, integers included."""
    return sort in ("real", "integer")


def is_vector(sort: Sort) -> bool:
    """Whether it is a vector."""
    return isinstance(sort, tuple) and sort[0] == "vector"


def is_residue(sort: Sort) -> bool:
    """Whether it is a residue modulo something."""
    return isinstance(sort, tuple) and sort[0] == "residue"


def is_matrix(sort: Sort) -> bool:
    """Whether it is a matrix."""
    return isinstance(sort, tuple) and sort[0] == "matrix"


def is_element(sort: Sort) -> bool:
    """Whether it is an element of a field."""
    return isinstance(sort, tuple) and sort[0] == "element"


def embedded(term: Any, found: Sort, wanted: Sort) -> Any:
    """The term, an integer as an element of a field where one is wanted."""
    return ("embed", wanted[1], term) if found == "integer" and is_element(wanted) else term


def described(sort: Sort) -> str:
    """The sort in words.

    >>> described(("vector", "d"))
    'a vector in R^d'
    """
    if sort == "integer":
        return "an integer"
    if sort == "real":
        return "a number"
    if is_vector(sort):
        return f"a vector in R^{sort[1]}"
    if is_residue(sort):
        return f"a residue modulo {sort[1]}"
    if is_matrix(sort):
        return f"a {sort[1]} x {sort[2]} matrix"
    if is_element(sort):
        return f"an element of the field {sort[1]}"
    return "a field" if sort == "field" else "a function"


def join(left: Sort, right: Sort, what: str) -> Sort:
    """The sort of a sum of two things, or of both sides of an equality.

    Integers count as numbers, beside a residue as residues, and beside an element of a field as
    elements (see ``embedded``). Raises ``WrongShape``, with
    ``what`` to say where, for anything else that is not of one sort.
    """
    if left == right:
        return left
    if is_number(left) and is_number(right):
        return "real"
    if left == "integer" and (is_residue(right) or is_element(right)):
        return right
    if right == "integer" and (is_residue(left) or is_element(left)):
        return left
    raise WrongShape(f"{what}: {described(left)} against {described(right)}")
