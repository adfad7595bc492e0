"""Sums over one range or over all residues: a_k ≤ b_k for every k gives Σ a_k ≤ Σ b_k."""

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


def _bodies(goal: Term) -> tuple[tuple[Term, ...], Term, Term] | None:
    """The range and the bodies of two sums over it, or of one sum beside 0."""
    sums = [side for side in goal[1:] if side[0] in ("sum", "sum_mod")]
    if not sums or any(side != "0" and side[:-1] != sums[0][:-1] for side in goal[1:]):
        return None
    left, right = ("0" if side == "0" else side[-1] for side in goal[1:])
    return sums[0][1:-1], left, right


def _prove(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    """For each index of the range, and then added up."""
    found = _bodies(goal)
    if found is None or depth > 5:
        return None
    search.bench.note("sums term by term")
    ends, left, right = found
    inner, index = ctx.extended(), ctx.fresh("k")
    relation = (goal[0], open_binder(left, index), open_binder(right, index))
    labels: list[str] = []
    if len(ends) == 1:  # over all residues
        sort: Term = ("residue", *ends)
        inner.declare(index, sort)
        body: Term = relation
        over: Proof = {"index": index, "modulus": ends[0]}
    else:
        low, high = ends
        sort, body = "integer", ("implies", ("<=", index, high), relation)
        body = ("implies", ("<=", low, index), body)
        inner.declare(index, sort)
        labels = [f"{index}_from", f"{index}_to"]
        for label, fact in zip(labels, (("<=", low, index), ("<=", index, high)), strict=True):
            inner.assume(label, fact)
        over = {"index": index, "from": to_lists(low), "to": to_lists(high)}
    proof = search.prove(inner, relation, depth + 1)
    if proof is None:
        return None
    label = f"each{len(ctx.facts)}"
    item = {"fact": label, "with": [index], "over": over}
    whole: Proof = {
        "rule": "have", "fact": to_lists(("forall", sort, close(body, index))), "as": label,
        "proof": {"rule": "intro", "names": [index], "labels": labels, "then": proof},
        "then": {"rule": "combine", "items": [item]},
    }  # fmt: skip
    return whole if search.bench.works(ctx, goal, whole) else None


PROVER = Prover("terms of sums", _accepts, _prove)
