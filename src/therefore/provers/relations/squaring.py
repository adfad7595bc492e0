"""‖v‖ ≤ b from ‖v‖² ≤ b², where that is known and b is seen, or known, not to be negative."""

from __future__ import annotations

from typing import TYPE_CHECKING

from therefore.goal import Term, to_lists
from therefore.kernel.context import Context
from therefore.provers.attempt import Proof
from therefore.provers.prover import Prover
from therefore.provers.relations.adding import prove_at_stage

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["PROVER", "from_squares", "squares_of"]


def _accepts(ctx: Context, goal: Term) -> bool:
    if any(label.endswith("_ih") for label in ctx.facts):
        return False  # a step of an induction goes on from norms
    return goal[0] == "<=" and goal[1][0] == "norm" and ctx.holds(("<=", "0", goal[2]))


def _prove(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    """If b < ‖v‖, then b² < ‖v‖²."""
    small, large = goal[1:]
    shown = prove_at_stage(search.bench, ctx, squares_of(small, large), 1)
    if shown is None:
        return None
    proof = from_squares(small, large, shown)
    return proof if search.bench.works(ctx, goal, proof) else None


def squares_of(small: Term, large: Term) -> Term:
    """a² ≤ b², where the square of a product or a fraction is one of squares."""
    return ("<=", _square(small), _square(large))


def _square(term: Term) -> Term:
    if term[0] in ("*", "/"):
        return (term[0], *map(_square, term[1:]))
    return ("^", term, "2")


def from_squares(small: Term, large: Term, shown: Proof) -> Proof:
    """The proof of a ≤ b from that of a² ≤ b², where b is seen not to be negative."""
    both = ("+", small, large)
    sign: Proof = {"rule": "combine", "items": [
        {"fact": "more"}, {"square": "1", "times": to_lists(("*", "2", large))},
    ]}  # fmt: skip
    items = [{"fact": "more", "times": to_lists(both), "sign": sign}, {"fact": "squares"}]
    return {
        "rule": "have", "fact": to_lists(squares_of(small, large)), "as": "squares",
        "proof": shown,
        "then": {
            "rule": "suppose", "as": "more",
            "then": {
                "rule": "have", "fact": to_lists(("<", "0", both)), "as": "both", "proof": sign,
                "then": {"rule": "combine", "items": items},
            },
        },
    }  # fmt: skip


PROVER = Prover("squaring", _accepts, _prove)
