"""u ≠ v: if they were equal, a number that is not zero would be zero."""

from __future__ import annotations

from typing import TYPE_CHECKING

from therefore.goal import Term, to_lists
from therefore.kernel.context import Context
from therefore.kernel.terms import sort_of
from therefore.provers.attempt import Proof
from therefore.provers.prover import Prover
from therefore.provers.relations.roots import separating_multipliers

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["PROVER"]


def _accepts(ctx: Context, goal: Term) -> bool:
    return bool(goal[0] == "!=" and sort_of(goal[1], ctx.names)[0] != "matrix")


def _prove(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    """u ≠ v, for if they were equal, a number that is not zero would be zero."""
    gap = ("+", goal[1], ("-", goal[2]))
    label = f"equal{len(ctx.facts)}"
    for times, positive in separating_multipliers(ctx, gap):
        items = [{"fact": label, "times": to_lists(times)}, {"positive": to_lists(positive)}]
        proof: Proof = {
            "rule": "suppose", "as": label, "then": {"rule": "combine", "items": items},
        }  # fmt: skip
        if search.bench.works(ctx, goal, proof):
            return proof
    return None


PROVER = Prover("difference", _accepts, _prove)
