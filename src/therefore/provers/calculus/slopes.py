"""Premises that speak of a derivative: that it is there is shown first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from therefore.goal import Term
from therefore.kernel.context import Context
from therefore.kernel.terms import open_binder
from therefore.provers.attempt import Proof
from therefore.provers.building.terms import subterms
from therefore.provers.prover import Prover

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["PROVER"]


def _accepts(ctx: Context, goal: Term) -> bool:
    while goal[0] in ("forall", "implies"):
        if goal[0] == "implies" and any(term[0] == "derivative" for term in subterms(goal[1])):
            return True
        goal = goal[2]
    return False


def _prove(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    from therefore.provers.at_values.ways import with_slopes  # which imports the search itself

    inner, names = ctx.extended(), []
    while goal[0] == "forall":
        names.append(inner.fresh("x"))
        inner.declare(names[-1], goal[1])
        goal = open_binder(goal[2], names[-1])
    if goal[0] != "implies":
        return None
    known = len(inner.facts)

    def then(search: Search, ctx: Context, goal: Term) -> Proof | None:
        return search.prove(ctx, goal, depth + 1) if len(ctx.facts) > known else None

    proof = with_slopes(search, inner, goal, then)
    return {"rule": "intro", "names": names, "then": proof} if proof and names else proof


PROVER = Prover("slopes of premises", _accepts, _prove)
