"""The kinds of things that terms denote, and what they are called in messages.

A sort is ``"real"``, ``"integer"``, ``("vector", size)``, ``("residue", size)``,
``("matrix", rows, columns)`` or ``("function", (argument sorts), result sort)``.
"""

from __future__ import annotations

from typing import Any, TypeAlias

from therefore.language.errors import WrongShape

__all__ = [
    "Sort",
    "described",
    "embedded",
    "is_element",
    "is_matrix",
    "is_number",
    "is_residue",
    "is_vector",
    "join",
    "mentions_bound",
]

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
        return f"a vector in R^{_size(sort[1])}"
    if is_residue(sort):
        return f"a residue modulo {sort[1]}"
    if is_matrix(sort):
        return f"a {_size(sort[1])} x {_size(sort[2])} matrix"
    if is_element(sort):
        return f"an element of the field {sort[1]}"
    return "a field" if sort == "field" else "a function"


def mentions_bound(sort: Sort) -> bool:
    """Whether a size in the sort depends on a variable that is bound around it."""
    if isinstance(sort, str):
        return sort.startswith("#")
    return any(mentions_bound(part) for part in sort)


def _size(size: Sort) -> str:
    """A size as text: n, 3 or n[k + 1]."""
    if isinstance(size, str):
        return size
    head, *parts = size
    if head == "app":
        return f"{parts[0]}[{_size(parts[1])}]"
    return f" {head} ".join(map(_size, parts))


def join(left: Sort, right: Sort, what: str, about: Any = None) -> Sort:
    """The sort of a sum of two things, or of both sides of an equality.

    Integers count as numbers, beside a residue as residues, and beside an element of a field as
    elements (see ``embedded``). Raises ``WrongShape``, with ``what`` to say where, for anything
    else that is not of one sort. ``about`` is put in the place of ``{}`` there, and only then:
    SymPy is slow to print a long expression.
    """
    if left == right:
        return left
    if is_number(left) and is_number(right):
        return "real"
    if left == "integer" and (is_residue(right) or is_element(right)):
        return right
    if right == "integer" and (is_residue(left) or is_element(left)):
        return left
    said = what if about is None else what.format(about)
    raise WrongShape(f"{said}: {described(left)} against {described(right)}")
