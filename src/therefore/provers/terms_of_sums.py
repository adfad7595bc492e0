"""Sums over one range, compared term by term: a_k ≤ b_k for every k gives Σ a_k ≤ Σ b_k."""

from __future__ import annotations

from typing import TYPE_CHECKING

from therefore.goal import Term, to_lists
from therefore.kernel.context import Context
from therefore.kernel.terms import close, open_binder
from therefore.provers.attempt import Proof
from therefore.provers.prover import Prover

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["PROVER"]


def _accepts(ctx: Context, goal: Term) -> bool:
    return goal[0] in ("=", "<=", "<") and _bodies(goal) is not None


def _bodies(goal: Term) -> tuple[Term, Term, Term, Term] | None:
    """The ends and the bodies of two sums over one range, or of one sum beside 0."""
    sums = [side for side in goal[1:] if side[0] == "sum"]
    if not sums or any(side != "0" and side[:3] != sums[0][:3] for side in goal[1:]):
        return None
    low, high = sums[0][1:3]
    left, right = ("0" if side == "0" else side[3] for side in goal[1:])
    return low, high, left, right


def _prove(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    """For each index of the range, and then added up."""
    found = _bodies(goal)
    if found is None or depth > 5:
        return None
    search.bench.note("sums term by term")
    low, high, left, right = found
    inner, index = ctx.extended(), ctx.fresh("k")
    inner.declare(index, "integer")
    for side, fact in (("from", ("<=", low, index)), ("to", ("<=", index, high))):
        inner.assume(f"{index}_{side}", fact)
    relation = (goal[0], open_binder(left, index), open_binder(right, index))
    proof = search.prove(inner, relation, depth + 1)
    if proof is None:
        return None
    body = ("implies", ("<=", low, index), ("implies", ("<=", index, high), relation))
    label = f"each{len(ctx.facts)}"
    item = {
        "fact": label, "with": [index],
        "over": {"index": index, "from": to_lists(low), "to": to_lists(high)},
    }  # fmt: skip
    whole: Proof = {
        "rule": "have", "fact": to_lists(("forall", "integer", close(body, index))), "as": label,
        "proof": {
            "rule": "intro", "names": [index], "labels": [f"{index}_from", f"{index}_to"],
            "then": proof,
        },
        "then": {"rule": "combine", "items": [item]},
    }  # fmt: skip
    return whole if search.bench.works(ctx, goal, whole) else None


PROVER = Prover("terms of sums", _accepts, _prove)
