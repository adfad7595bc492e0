"""Squares of the vectors that a goal is written with: ‖w − u‖² is one, whatever w and u are.

The normal form splits an inner product of words in the middle, and shortens it, so that the
square is not to be seen there. What is left of an inequality is solved for such squares.
"""

from __future__ import annotations

from typing import Any

from therefore.goal import Term, to_lists
from therefore.kernel.context import Context
from therefore.kernel.errors import Rejected
from therefore.kernel.polynomials import Scalar
from therefore.kernel.terms import sort_of
from therefore.provers.building.elimination import eliminated
from therefore.provers.building.matching import is_open
from therefore.provers.building.terms import subterms
from therefore.provers.building.unnormal import scalar_term

__all__ = ["squares_as_written"]

MOST_SQUARES = 12


def squares_as_written(ctx: Context, goal: Term, rest: Scalar) -> list[dict[str, Any]] | None:
    """Items {square, times} of vectors in the goal and the facts that add up to the fraction."""
    try:
        if not any(term[0] == "matmul" or _is_of_a_matrix(ctx, term) for term in subterms(goal)):
            return None
        return _solved(ctx, _bases(ctx, goal), rest)
    except (Rejected, KeyError, ValueError, ZeroDivisionError):
        return None


def _is_of_a_matrix(ctx: Context, term: Term) -> bool:
    """Whether it is ‖A‖ of a matrix, a number whose square is a square as well."""
    return term[0] == "norm" and not is_open(term) and sort_of(term[1], ctx.names)[0] == "matrix"


def _bases(ctx: Context, goal: Term) -> list[Term]:
    """The vectors of which a norm or an inner product is taken, the sums first; ‖A‖ itself."""
    found: dict[Term, None] = {}
    for formula in (goal, *ctx.facts.values()):
        for term in subterms(formula):
            if term[0] in ("norm", "inner"):
                found |= dict.fromkeys(side for side in term[1:] if not is_open(side))
                if _is_of_a_matrix(ctx, term):
                    found[term] = None
    bases = [
        term
        for term in found
        if sort_of(term, ctx.names)[0] == "vector" or _is_of_a_matrix(ctx, term)
    ]
    return sorted(bases, key=lambda term: term[0] != "+")[:MOST_SQUARES]


def _solved(ctx: Context, bases: list[Term], rest: Scalar) -> list[dict[str, Any]] | None:
    values = [
        ctx.normal.scalar(("^", base, "2") if base[0] == "norm" else ("inner", base, base))
        for base in bases
    ]
    reached = eliminated(ctx, rest, values)
    if reached.rest:
        return None
    items = []
    for k, weight in reached.multipliers().items():
        if not ctx.signs(weight) <= {0, 1}:
            return None
        items.append(
            {"square": to_lists(bases[k]), "times": to_lists(scalar_term(ctx.atoms, weight))}
        )
    return items
