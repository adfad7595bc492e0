"""Eigenpairs in words: "let $(\\lambda, q)$ be an eigenpair of $H$"."""

from __future__ import annotations

from therefore.goal import Term
from therefore.reading.latex.declaring import Declarer, Name, name_of
from therefore.reading.latex.errors import Unreadable
from therefore.reading.latex.grammar import Grammar
from therefore.reading.latex.names import Names, described
from therefore.reading.latex.prose import Item
from therefore.reading.latex.signs import split_at
from therefore.reading.latex.tokens import Token
from therefore.reading.latex.values import kind_of
from therefore.reading.sorts import Sort

__all__ = ["eigenpair"]

_SMALL = frozenset(["a", "an", "the", "be", "is", "are", "of", "with", "for", "to", "unit", "its"])


def eigenpair(elements: list[Item], names: Names, declarer: Declarer) -> bool:
    """Assume what a phrase about an eigenpair says; False if it says something else.

    (λ, q) is an eigenpair of H: Hq = λq and q ≠ 0; a unit one has norm 1.
    """
    said = [item.text.lower() for item in elements if item.kind == "word" and item.text not in ",."]
    formulas = [item for item in elements if item.kind == "math"]
    if "eigenpair" in said and len(formulas) == 2:
        pair, matrix = (item.tokens for item in formulas)
        if not pair or pair[0].text != "(" or pair[-1].text != ")":
            raise Unreadable("an eigenpair is written $(\\lambda, q)$", formulas[0].place)
        parts = split_at(pair[1:-1], frozenset(","))
    elif "eigenvector" in said and "eigenvalue" in said and len(formulas) == 3:
        # "q is an eigenvector of H with eigenvalue \\lambda"
        vector, matrix, number = (item.tokens for item in formulas)
        parts = [number, vector]
    elif {"eigenpair", "eigenvector", "eigenvalue", "eigenpairs", "eigenvectors"} & set(said):
        raise Unreadable(
            "an eigenpair is read as: let $(\\lambda, q)$ be an eigenpair of $H$",
            elements[0].place,
        )
    else:
        return False
    unknown = set(said) - _SMALL - {"eigenpair", "eigenvector", "eigenvalue"}
    if unknown or len(parts) != 2:
        shown = ", ".join(sorted(unknown)) or "this"
        raise Unreadable(f"the words {shown} are not read here", elements[0].place)
    whole = Grammar(matrix, names).whole()
    if kind_of(whole.sort) != "matrix" or whole.sort[1] != whole.sort[2]:
        raise Unreadable(f"{described(whole.sort)} has no eigenpairs", formulas[0].place)
    size = whole.sort[1]
    value = _declared(parts[0], "real", declarer)
    along = _declared(parts[1], ("vector", size), declarer)
    names.assume(("=", ("matmul", whole.term, along), ("*", value, along)))
    names.assume(("!=", along, ("zero", size)))
    if "unit" in said:
        names.assume(("=", ("norm", along), "1"))
    return True


def _declared(tokens: list[Token], sort: Sort, declarer: Declarer) -> Term:
    """The term of a name, which is declared with this sort if nothing declares it."""
    name: Name | None = name_of(tokens, declarer.names)
    if name is not None and not name.letters and declarer.known(name) is None and (
        declarer.is_new(name)
    ):  # fmt: skip
        return declarer.declare(name, sort).name
    value = Grammar(tokens, declarer.names).whole()
    if value.sort != sort and not (sort == "real" and value.sort == "integer"):
        raise Unreadable(
            f"{described(value.sort)} where {described(sort)} is expected", tokens[0].place
        )
    return value.term
