"""‖v‖ ≤ b from ‖v‖² ≤ b², where that is known and b is seen, or known, not to be negative."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from therefore.goal import Term, to_lists
from therefore.kernel.context import Context
from therefore.provers.adding import prove_at_stage
from therefore.provers.attempt import Proof
from therefore.provers.prover import Prover

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["PROVER", "from_squares"]


def _accepts(ctx: Context, goal: Term) -> bool:
    if any(label.endswith("_ih") for label in ctx.facts):
        return False  # a step of an induction goes on from norms
    return goal[0] == "<=" and goal[1][0] == "norm" and ctx.holds(("<=", "0", goal[2]))


def _prove(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    proof = from_squares(goal, lambda squares: prove_at_stage(search.bench, ctx, squares, 1))
    return proof if proof is not None and search.bench.works(ctx, goal, proof) else None


def from_squares(goal: Term, prove: Callable[[Term], Proof | None]) -> Proof | None:
    """a ≤ b from a² ≤ b², where b is not negative: if b < a, then b² < a²."""
    small, large = goal[1:]
    squares = ("<=", ("^", small, "2"), ("^", large, "2"))
    shown = prove(squares)
    if shown is None:
        return None
    both = ("+", small, large)
    sign: Proof = {"rule": "combine", "items": [
        {"fact": "more"}, {"square": "1", "times": to_lists(("*", "2", large))},
    ]}  # fmt: skip
    items = [{"fact": "more", "times": to_lists(both), "sign": sign}, {"fact": "squares"}]
    return {
        "rule": "have", "fact": to_lists(squares), "as": "squares", "proof": shown,
        "then": {
            "rule": "suppose", "as": "more",
            "then": {
                "rule": "have", "fact": to_lists(("<", "0", both)), "as": "both", "proof": sign,
                "then": {"rule": "combine", "items": items},
            },
        },
    }  # fmt: skip


PROVER = Prover("squaring", _accepts, _prove)
