"""Two terms that differ in one part are equal if these parts are: L(u) = L(v) from u = v."""

from __future__ import annotations

from typing import TYPE_CHECKING

from therefore.goal import Term
from therefore.kernel.context import Context
from therefore.kernel.errors import Rejected
from therefore.kernel.terms import sort_of
from therefore.provers.attempt import Proof, by_rewriting
from therefore.provers.prover import Prover

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["PROVER"]

DEEPEST = 5
HEADS = (("app",), ("entry",), ("*",), ("trace",))


def _accepts(ctx: Context, goal: Term) -> bool:
    return goal[0] == "=" and goal[1][:1] in HEADS and _place(goal) > 0


def _place(goal: Term) -> int:
    """The one part in which the sides differ; 0 where there is no such part."""
    left, right = goal[1:]
    if not isinstance(right, tuple) or left[:1] != right[:1] or len(left) != len(right):
        return 0
    apart = [k for k in range(1, len(left)) if left[k] != right[k]]
    return apart[0] if len(apart) == 1 else 0


def _prove(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    if depth > DEEPEST:
        return None
    search.bench.note("equal parts")
    place = _place(goal)
    old, new = goal[1][place], goal[2][place]
    try:
        sort_of(old, ctx.names)
    except (Rejected, KeyError):
        return None
    equal = search.prove(ctx, ("=", old, new), depth + 1)
    if equal is None:
        return None
    template = ("=", (*goal[1][:place], "#0", *goal[1][place + 1 :]), goal[2])
    proof = by_rewriting(template, old, new, equal, {"rule": "combine"})
    return proof if search.bench.works(ctx, goal, proof) else None


PROVER = Prover("equal parts", _accepts, _prove)
