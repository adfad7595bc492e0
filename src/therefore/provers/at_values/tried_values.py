"""Values to try for the variable of an ∃: small ones, those that are written, lines of matrices."""

from __future__ import annotations

from fractions import Fraction

from therefore.goal import Term
from therefore.kernel.context import Context
from therefore.kernel.terms import is_number
from therefore.provers.building.terms import subterms

__all__ = ["tried_values"]

_MOST_WRITTEN = 12


def tried_values(ctx: Context, formula: Term) -> list[Term]:
    """The values to try in the place of the variable of an ∃, in this order."""
    sort = formula[1]
    values: list[Term] = []
    if sort in ("real", "integer"):
        values = ["0", "1", "-1", "2", "-2", "3"] + (["1/2", "-1/2"] if sort == "real" else [])
    elif sort[0] == "residue" and sort[1].isdigit():
        values = [("mod", sort[1], str(k)) for k in range(int(sort[1]))]
    elif sort[0] == "vector" and sort[1].isdigit():
        units = ["0", "1", "-1"]
        values = [("vector", *(u for _ in range(int(sort[1])))) for u in units]
    elif sort[0] == "function":
        values = _lines_of_matrices(ctx, sort)
    return list(dict.fromkeys([*values, *_written(formula[2], sort)]))


def _lines_of_matrices(ctx: Context, sort: Term) -> list[Term]:
    """The first columns and rows of the declared matrices, as functions of the index."""
    found: list[Term] = []
    for name, matrix in ctx.names.items():
        if matrix[0] != "matrix" or sort[2] != "real":
            continue
        for position, size in enumerate(matrix[1:]):
            if sort[1] == (("residue", size),):
                at: list[Term] = [("mod", part, "0") for part in matrix[1:]]
                at[position] = "#0"
                found.append(("lambda", ("residue", size), ("entry", name, *at)))
    return found


def _written(formula: Term, sort: Term) -> list[Term]:
    """Closed values of the sort that a formula holds, and the numbers beside them."""
    found: list[Term] = []
    for term in subterms(formula):
        if sort in ("real", "integer") and is_number(term) and (sort == "real" or "/" not in term):
            found += [term, str(Fraction(str(term)) + 1), str(Fraction(str(term)) - 1)]
        elif sort == ("vector", str(len(term) - 1)) and term[0] == "vector":
            found += [term] if all(map(is_number, term[1:])) else []
    return found[:_MOST_WRITTEN]
