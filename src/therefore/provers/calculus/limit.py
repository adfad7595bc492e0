"""Limits: through a continuous term that is equal near the place, or by a bound on the distance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from therefore.goal import Term, to_lists
from therefore.kernel.context import Context
from therefore.kernel.formulas import point_of
from therefore.kernel.terms import open_binder
from therefore.provers.attempt import Proof
from therefore.provers.calculus.approaching import approaches, near
from therefore.provers.prover import Prover

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["OTHERWISE", "PROVER"]


def _accepts(ctx: Context, goal: Term) -> bool:
    return bool(goal[0] == "tends")


def _prove(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    body, place, limit = goal[1:]
    search.bench.note("the limit of an equal, continuous term")
    for found in approaches(search, ctx, body, place, depth):
        value = search.prove(ctx, ("=", limit, found.value), depth + 2)
        if value is not None:
            proof = {**found.node, "value": value}
            if search.bench.works(ctx, goal, proof):
                return proof
            proof["value"] = {"rule": "combine"}
            if search.bench.works(ctx, goal, proof):
                return proof
        return None
    return _by_a_bound(search, ctx, goal, depth) if point_of(place) is None else None


def _by_a_bound(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    """A limit at infinity by a bound C/|x| on the distance from it."""
    body, place, limit = goal[1:]
    for start in ("1", "2"):
        for bound in ("1", "2", "4", "10"):
            search.bench.note(f"the distance from the limit is at most {bound}/|x|")
            inner, name = near(ctx, place, start)
            distance = name if place == "+oo" else ("-", name)
            error = ("*", ("+", open_binder(body, name), ("-", limit)), distance)
            upper = search.prove(inner, ("<=", error, bound), depth + 4)
            lower = upper and search.prove(inner, ("<=", ("-", bound), error), depth + 4)
            if upper and lower:
                return {
                    "rule": "dominated", "name": name, "from": start, "bound": bound,
                    "upper": upper, "lower": lower,
                }  # fmt: skip
    return None


def _may_differ(ctx: Context, goal: Term) -> bool:
    return bool(goal[0] == "not" and goal[1][0] == "tends")


def _prove_otherwise(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    """Not this limit: it is another, or from one side it is."""
    body, place, old = goal[1][1:]
    sides = ("right", "left") if point_of(place) == place else ()
    for side in ("", *sides):
        there = (side, place) if side else place
        for found in approaches(search, ctx, body, there, depth):
            differs = search.prove(ctx, ("!=", found.value, old), depth + 2)
            proof = differs and _prove(search, ctx, ("tends", body, there, found.value), depth)
            if differs and proof:
                ending = {"value": to_lists(found.value), "proof": proof, "differs": differs}
                return (
                    {"rule": "sides", "side": side, **ending}
                    if side
                    else {"rule": "another", **ending}
                )
    return None


PROVER = Prover("limit", _accepts, _prove)
OTHERWISE = Prover("another limit", _may_differ, _prove_otherwise)
