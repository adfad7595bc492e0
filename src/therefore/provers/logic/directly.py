"""A compound goal that follows, once it is taken apart, from adding up what is at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from therefore.goal import Term
from therefore.kernel.context import Context
from therefore.provers.attempt import Proof, with_steps
from therefore.provers.building.terms import subterms
from therefore.provers.logic import introduction
from therefore.provers.matrices.multiplying import prove_at_once
from therefore.provers.prover import RELATIONS, Prover
from therefore.provers.relations.adding import prove_at_stage
from therefore.provers.relations.definite import what_follows

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["PROVER"]


def _accepts(ctx: Context, goal: Term) -> bool:
    body = goal
    while body[0] in ("forall", "implies"):
        body = body[2]
    return goal[0] in ("forall", "implies") and body[0] in RELATIONS and body[0] != "!="


def _prove(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    inner, names, labels, goal = introduction.introduced(ctx, goal, all_of_it=True)
    inner, steps = what_follows(search.bench, inner, goal)
    found = prove_at_stage(search.bench, inner, goal, 1)
    if found is None and any(term[0] == "matmul" for term in subterms(goal)):
        found = prove_at_once(search.bench, inner, goal)
    then = with_steps(steps, found)
    return then and {"rule": "intro", "names": names, "labels": labels, "then": then}


PROVER = Prover("directly", _accepts, _prove)
