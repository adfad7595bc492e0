"""What is known already, or seen by inspection, or an identity of normal forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from therefore.goal import Term
from therefore.kernel.context import Context
from therefore.provers.attempt import Proof
from therefore.provers.prover import Prover

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["PROVER"]


def _accepts(ctx: Context, goal: Term) -> bool:
    return True


def _prove(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    for label, fact in ctx.facts.items():
        if fact == goal:
            return {"rule": "assumption", "fact": label}
    if goal[0] in ("=", "<=", "<", "!=") and search.bench.works(ctx, goal, {"rule": "inspect"}):
        return (
            {"rule": "combine"}
            if goal[0] == "=" and search.bench.works(ctx, goal, {"rule": "combine"})
            else {"rule": "inspect"}
        )
    return None


PROVER = Prover("at hand", _accepts, _prove)
