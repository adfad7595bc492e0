"""Sums from their last term to their first: Σ_{i=a}^b f(i) = Σ_{i=a}^b f(a + b − i)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from therefore.goal import Term
from therefore.kernel.context import Context
from therefore.kernel.terms import close, open_binder
from therefore.provers.attempt import Proof, by_rewriting
from therefore.provers.building.matching import is_open
from therefore.provers.building.terms import subterms, template_of
from therefore.provers.prover import Prover

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["PROVER"]

MOST_SUMS = 4


def _sums(goal: Term) -> list[Term]:
    found = [term for term in subterms(goal) if term[0] == "sum" and not is_open(term)]
    return list(dict.fromkeys(found))[:MOST_SUMS]


def _accepts(ctx: Context, goal: Term) -> bool:
    return goal[0] == "=" and bool(_sums(goal))


def _prove(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    """The goal with one of its sums reflected, by normal forms."""
    search.bench.note("reflecting a sum")
    name = ctx.fresh("i")
    for term in _sums(goal):
        _, low, high, body = term
        mirrored = open_binder(body, ("+", low, high, ("-", name)))
        other = ("sum", low, high, close(mirrored, name))
        proof = by_rewriting(
            template_of(goal, term),
            term,
            other,
            {"rule": "reflect", "index": name, "then": {"rule": "combine"}},
            {"rule": "combine"},
        )
        if search.bench.works(ctx, goal, proof):
            return proof
    return None


PROVER = Prover("reflecting", _accepts, _prove)
