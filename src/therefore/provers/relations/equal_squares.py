"""a = b for numbers that are not negative, from a² = b²: roots, absolute values and norms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from therefore.goal import Term, to_lists
from therefore.kernel.context import Context
from therefore.kernel.terms import sort_of
from therefore.provers.attempt import Proof
from therefore.provers.building.terms import subterms
from therefore.provers.prover import Prover
from therefore.provers.relations.adding import prove_by_adding

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["PROVER"]

_ROOTS = ("sqrt", "abs", "norm")


def _accepts(ctx: Context, goal: Term) -> bool:
    return (
        goal[0] == "="
        and any(term[0] in _ROOTS for term in subterms(goal))
        and sort_of(goal[1], ctx.names) in ("real", "integer", "size")
        and all(ctx.holds(("<=", "0", side)) for side in goal[1:])
    )


def _prove(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    """By the sign of a + b: (a + b)·(a − b) = 0 where it is positive, a = b = 0 where it is 0."""
    a, b = goal[1:]
    total, gap = ("+", a, b), ("+", a, ("-", b))
    product = ("=", ("*", total, gap), "0")
    zero = prove_by_adding(search.bench, ctx, product)
    if zero is None and depth < 3 and any(term[0] == "matmul" for term in subterms(goal)):
        zero = _of_images(search, ctx, (a, b), product, depth)
    if zero is None:
        return None
    size, none, apart = (f"{name}{len(ctx.facts)}" for name in ("size", "none", "gap"))
    then: Proof = {"rule": "combine", "items": [{"fact": apart}]}
    square = ("<=", ("^", gap, "2"), "0")
    inner = ctx.extended()
    inner.assume(size, ("=", total, "0"))
    both: Proof = {
        "rule": "combine", "items": [
            {"fact": size, "times": to_lists(total)},
            {"square": "1", "times": to_lists(("*", "4", a, b))},
        ],
    }  # fmt: skip
    equal: Proof = {
        "rule": "use", "fact": "axiom:zero_square", "with": [to_lists(gap)],
        "conditions": [] if inner.holds(square) else [both], "as": apart, "then": then,
    }  # fmt: skip
    inner = ctx.extended()
    inner.assume(size, ("<", "0", total))
    greater: Proof = {
        "rule": "use", "fact": "axiom:zero_product", "with": to_lists((total, gap)),
        "conditions": [] if inner.holds(product) else [zero], "as": apart, "then": then,
    }  # fmt: skip
    items = [{"fact": size}, *({"square": "1", "times": to_lists(side)} for side in goal[1:])]
    less: Proof = {"rule": "suppose", "as": none, "then": {"rule": "combine", "items": items}}
    proof: Proof = {
        "rule": "cases", "on": [to_lists(total), "0"], "as": size,
        "less": less, "equal": equal, "greater": greater,
    }  # fmt: skip
    return proof if search.bench.works(ctx, goal, proof) else None


def _of_images(
    search: Search, ctx: Context, sides: tuple[Term, Term], product: Term, depth: int
) -> Proof | None:
    """(a + b)·(a − b) = 0, from a² = b² as a goal of its own."""
    equal, label = ("=", *(("^", side, "2") for side in sides)), f"squares{len(ctx.facts)}"
    shown = search.prove(ctx, equal, depth + 2)
    inner = ctx.extended()
    inner.assume(label, equal)
    for times in ("1", "-1"):
        last: Proof = {"rule": "combine", "items": [{"fact": label, "times": times}]}
        if shown is not None and search.bench.works(inner, product, last):
            return {
                "rule": "have", "fact": to_lists(equal), "as": label, "proof": shown, "then": last,
            }  # fmt: skip
    return None


PROVER = Prover("equal squares", _accepts, _prove)
