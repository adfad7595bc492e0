"""Inverses that exist: by what is known, or because Av = 0 for v = 0 only.

Before a line with an inverse is proved, it is shown that there is one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from therefore.goal import Term, to_lists
from therefore.kernel.context import Context
from therefore.provers.attempt import Proof, with_steps
from therefore.provers.building.matching import is_open
from therefore.provers.building.terms import subterms
from therefore.provers.matrices.forms import prove_invertible
from therefore.provers.matrices.injective import invertible_since, sent_to_zero
from therefore.provers.matrices.one_sided import prove_of_rank_one
from therefore.provers.prover import RELATIONS, Prover

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["FIRST", "OF_A_MATRIX"]


def _is_of_a_matrix(ctx: Context, goal: Term) -> bool:
    return bool(goal[0] == "invertible")


def _prove_of_a_matrix(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    seen: Proof = {"rule": "inspect"}
    if search.bench.works(ctx, goal, seen):
        return seen
    if depth > 4 or goal in search.bench.hopeless:
        return None
    formed = prove_of_rank_one(search, ctx, goal) or prove_invertible(search, ctx, goal)
    if formed is not None:
        return formed
    other = _inverse_of(ctx, goal[1])
    if other is not None:
        witness: Proof = {
            "rule": "two_sided", "inverse": to_lists(other), "right": {"rule": "combine"},
            "left": {"rule": "combine"},
        }  # fmt: skip
        if search.bench.works(ctx, goal, witness):
            return witness
    search.bench.note("a matrix that sends only 0 to 0")
    inner, name, vanishes = sent_to_zero(ctx, goal[1])
    then = search.prove(inner, vanishes, depth + 2)
    if then is None:
        search.bench.hopeless.add(goal)
        return None
    return invertible_since(ctx, goal[1], name, then)


def _inverse_of(ctx: Context, matrix: Term) -> Term | None:
    """The inverse of a Kronecker product of invertible matrices."""
    if matrix[0] != "kronecker":
        return None
    parts = [
        ("inverse", part) if ctx.holds(("invertible", part)) else _inverse_of(ctx, part)
        for part in matrix[1:]
    ]
    return None if None in parts else ("kronecker", *parts)


def _has_inverses(ctx: Context, goal: Term) -> bool:
    return goal[0] in (*RELATIONS, "invertible", "implies", "iff", "and") and any(
        term[0] == "inverse" and not is_open(term) for term in subterms(goal)
    )


def _prove_first(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    for term in dict.fromkeys(subterms(goal)):
        if term[0] != "inverse" or is_open(term):
            continue
        fact = ("invertible", term[1])
        if fact in search.bench.hopeless or ctx.holds(fact):
            continue
        proof = search.prove(ctx, fact, depth + 1)
        if proof is None:
            continue
        inner, label = ctx.extended(), f"invertible{len(ctx.facts)}"
        inner.assume(label, fact)
        return with_steps([(label, fact, proof)], search.prove(inner, goal, depth + 1))
    return None


FIRST = Prover("inverses first", _has_inverses, _prove_first)
OF_A_MATRIX = Prover("invertible", _is_of_a_matrix, _prove_of_a_matrix)
