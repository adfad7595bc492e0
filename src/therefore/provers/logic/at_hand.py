"""What is known already, or seen by inspection, or an identity of normal forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from therefore.goal import Term
from therefore.kernel.context import Context
from therefore.provers.attempt import Proof
from therefore.provers.prover import RELATIONS, Prover

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["PROVER"]


_OF_A_KIND = (*RELATIONS, "root_of_unity", "moments", "gaussian", "independent")


def _accepts(ctx: Context, goal: Term) -> bool:
    return True


def _prove(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    for label, fact in ctx.facts.items():
        if fact == goal:
            return {"rule": "assumption", "fact": label}
    if goal[0] == "=":
        same: Proof = {"rule": "combine"}
        refusal = search.bench.refusal(ctx, goal, same)
        if refusal is None:
            return same
        if refusal == "UNDEFINED":
            return _absurd(search, ctx, goal)
    seen: Proof = {"rule": "inspect"}
    if goal[0] in _OF_A_KIND and search.bench.works(ctx, goal, seen):
        return seen
    return _absurd(search, ctx, goal)


def _absurd(search: Search, ctx: Context, goal: Term) -> Proof | None:
    """Everything follows where it is a fact that equal things differ."""
    if goal[0] not in RELATIONS or not ctx.holds(("false",)):
        return None
    label = f"absurd{len(ctx.facts)}"
    proof: Proof = {"rule": "suppose", "as": label, "then": {"rule": "inspect"}}
    return proof if search.bench.works(ctx, goal, proof) else None


PROVER = Prover("at hand", _accepts, _prove)
