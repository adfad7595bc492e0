"""A limit at infinity, by a bound C/|x| on the distance from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from therefore.goal import Term
from therefore.kernel.context import Context
from therefore.kernel.terms import open_binder
from therefore.provers.attempt import Proof
from therefore.provers.prover import Prover

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["PROVER"]


def _accepts(ctx: Context, goal: Term) -> bool:
    return bool(goal[0] == "tends")


def _prove(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    """A limit at infinity by a bound C/|x| on the distance from it."""
    body, place, limit = goal[1:]
    for start in ("1", "2"):
        for bound in ("1", "2", "4", "10"):
            search.bench.note(f"the distance from the limit is at most {bound}/|x|")
            inner = ctx.extended()
            name = inner.fresh("x")
            inner.declare(name, "real")
            distance = name if place == "+oo" else ("-", name)
            inner.assume("far", ("<=", start, distance))
            error = ("*", ("+", open_binder(body, name), ("-", limit)), distance)
            upper = search.prove(inner, ("<=", error, bound), depth + 4)
            lower = upper and search.prove(inner, ("<=", ("-", bound), error), depth + 4)
            if upper and lower:
                return {
                    "rule": "dominated", "name": name, "from": start, "bound": bound,
                    "upper": upper, "lower": lower,
                }  # fmt: skip
    return None


PROVER = Prover("limit", _accepts, _prove)
