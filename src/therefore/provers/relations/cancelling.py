"""u = v from ‖u − v‖² ≤ 0; a = b from (a − b)² ≤ 0, or from c·(a − b) = 0 with c ≠ 0."""

from __future__ import annotations

from typing import TYPE_CHECKING

from therefore.goal import Term, to_lists
from therefore.kernel.context import Context
from therefore.kernel.terms import sort_of
from therefore.provers.attempt import Proof
from therefore.provers.prover import Prover
from therefore.provers.relations.adding import prove_by_adding

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["PROVER"]


def _accepts(ctx: Context, goal: Term) -> bool:
    return bool(goal[0] == "=")


def _prove(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    """u = v from ‖u − v‖² ≤ 0, and a = b from c·(a − b) = 0 with c ≠ 0."""
    if depth > 6:
        return None
    sort = sort_of(goal[1], ctx.names)
    gap = ("+", goal[1], ("-", goal[2]))
    if sort[0] == "vector":
        small = ("<=", ("inner", gap, gap), "0")
        proof = prove_by_adding(search.bench, ctx, small)
        return proof and {
            "rule": "use", "fact": "axiom:zero_vector", "with": [sort[1], to_lists(gap)],
            "conditions": [] if ctx.holds(small) else [proof], "as": "gap",
            "then": {"rule": "combine", "items": [{"fact": "gap"}]},
        }  # fmt: skip
    if sort not in ("real", "integer", "size"):
        return None
    tiny = ("<=", ("^", gap, "2"), "0")
    proof = prove_by_adding(search.bench, ctx, tiny)
    if proof is not None:
        return {
            "rule": "use", "fact": "axiom:zero_square", "with": [to_lists(gap)],
            "conditions": [] if ctx.holds(tiny) else [proof], "as": f"gap{len(ctx.facts)}",
            "then": {
                "rule": "combine", "items": [{"fact": f"gap{len(ctx.facts)}"}]
            },
        }  # fmt: skip
    return _by_nonzero_factor(search, ctx, gap, depth)


def _by_nonzero_factor(search: Search, ctx: Context, gap: Term, depth: int) -> Proof | None:
    """a = b from c·(a − b) = 0, for a c that is known not to be zero."""
    for fact in ctx.facts.values():
        if fact[0] != "!=":
            continue
        sort = sort_of(fact[1], ctx.names)
        if sort[0] == "vector" and fact[2][0] == "zero":
            then = _cancel_vector(search, ctx, gap, fact[1], sort[1], depth)
        elif sort in ("real", "integer", "size") and fact[2] == "0":
            then = _cancel(search, ctx, gap, fact[1], depth)
        else:
            then = None
        if then is not None:
            return then
    return None


def _cancel_vector(
    search: Search, ctx: Context, gap: Term, vector: Term, size: Term, depth: int
) -> Proof | None:
    """a = b from (a − b)·u = 0 for a vector u that is not zero."""
    multiple = ("=", ("*", gap, vector), ("zero", size))
    zero = search.prove(ctx, multiple, max(depth, 5) + 1)
    if zero is None:
        return None
    inner = ctx.extended()
    known, positive = f"multiple{len(ctx.facts)}", f"positive{len(ctx.facts)}"
    inner.assume(known, multiple)
    square = ("inner", vector, vector)
    inner.assume(positive, ("<", "0", square))
    at_once: Proof = {
        "rule": "combine", "items": [{"fact": known, "times": to_lists(vector)}],
    }  # fmt: skip
    then = _cancel(search, inner, gap, square, depth, at_once)
    if then is None:
        return None
    return {
        "rule": "have", "fact": to_lists(multiple), "as": known, "proof": zero,
        "then": {
            "rule": "use", "fact": "axiom:definite", "with": [to_lists(size), to_lists(vector)],
            "as": positive, "then": then,
        },
    }  # fmt: skip


def _cancel(
    search: Search,
    ctx: Context,
    gap: Term,
    factor: Term,
    depth: int,
    at_once: Proof | None = None,
) -> Proof | None:
    """a = b from c·(a − b) = 0 for a number c that is not zero."""
    product = ("=", ("*", factor, gap), "0")
    zero: Proof | None = at_once
    if at_once is None or not search.bench.works(ctx, product, at_once):
        zero = search.prove(ctx, product, max(depth, 6) + 1)
    if zero is None:
        return None
    conditions = [] if ctx.holds(product) else [zero]
    return {
        "rule": "use", "fact": "axiom:zero_product", "with": to_lists((factor, gap)),
        "conditions": conditions, "as": f"gap{len(ctx.facts)}",
        "then": {"rule": "combine", "items": [{"fact": f"gap{len(ctx.facts)}"}]},
    }  # fmt: skip


PROVER = Prover("cancelling", _accepts, _prove)
