"""A strict relation whose sides differ by squares and a positive number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from therefore.goal import Term, from_lists, to_lists
from therefore.kernel.context import Context
from therefore.kernel.terms import fits, sort_of
from therefore.provers.attempt import Proof
from therefore.provers.building.squares import completed_squares
from therefore.provers.prover import Prover

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["PROVER"]


def _accepts(ctx: Context, goal: Term) -> bool:
    return goal[0] in ("<", "!=") and fits(sort_of(goal[1], ctx.names), "real")


def _prove(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    """b − a, or a − b for a ≠ b, as a sum of squares and a positive number."""
    search.bench.note("squares and a positive number")
    proof = _less(search, ctx, ("<", *goal[1:]))
    if proof is not None or goal[0] == "<":
        return proof
    greater = ("<", goal[2], goal[1])
    proof = _less(search, ctx, greater)
    items = [{"fact": "less"}, {"fact": "equal"}]
    return proof and {
        "rule": "have", "fact": to_lists(greater), "as": "less", "proof": proof,
        "then": {
            "rule": "suppose", "as": "equal", "then": {"rule": "combine", "items": items},
        },
    }  # fmt: skip


def _less(search: Search, ctx: Context, goal: Term) -> Proof | None:
    difference = ctx.normal.scalar(goal[2]) - ctx.normal.scalar(goal[1])
    items = [_positive(ctx, item) for item in completed_squares(ctx, difference) or ()]
    proof: Proof = {"rule": "combine", "items": items}
    return proof if items and search.bench.works(ctx, goal, proof) else None


def _positive(ctx: Context, item: dict[str, Any]) -> dict[str, Any]:
    """A square of a number, which is not 0, as the positive number that it is."""
    square, times = (
        ctx.normal.scalar(from_lists(item.get(key, "1"))).constant() for key in ("square", "times")
    )
    if not square or not times:
        return item
    return {"positive": str(square**2 * times)}


PROVER = Prover("squares and a positive number", _accepts, _prove)
