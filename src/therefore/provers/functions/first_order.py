"""The first-order condition of convexity, at the gradients and values that a goal speaks of."""

from __future__ import annotations

from collections.abc import Iterator

from therefore.goal import Term
from therefore.kernel.axioms import AXIOMS, convex
from therefore.kernel.context import Context
from therefore.provers.bench import Bench, Source
from therefore.provers.building.candidates import Candidate, candidate_over
from therefore.provers.building.matching import is_open
from therefore.provers.building.opened import opened_sources
from therefore.provers.building.terms import subterms

__all__ = ["arguments", "first_order_candidates"]


def first_order_candidates(bench: Bench, ctx: Context, goal: Term) -> Iterator[Candidate]:
    """f(x) + ⟨∇f(x), y − x⟩ ≤ f(y) at the gradients and values of f that the goal speaks of."""
    smooth = [fact[1] for fact in ctx.facts.values() if fact[0] == "differentiable"]
    for function in smooth:
        if not isinstance(function, str):
            continue
        size = ctx.names[function][1][0][1]
        if convex(function, size) not in ctx.facts.values():
            continue
        gradients = arguments(ctx, goal, "gradient", function)
        values = arguments(ctx, goal, "app", function)
        source = Source("axiom:first_order_condition", AXIOMS["first_order_condition"])
        pairs = [
            (x, y, low, high)
            for x, low, high in gradients
            for y, below, _ in values
            if below is None
        ]
        # Jensen's inequality: the tangent at a mean lies below all the points of which it is one.
        pairs += [
            (x, y, low, high)
            for x, below, _ in values
            if below is None and _holds_sum(x)
            for y, low, high in dict.fromkeys([*gradients, *values])
            if low is not None
        ]
        for x, y, low, high in pairs:
            opened = next(opened_sources(ctx, source, 1))
            names = opened.order
            bound = {names[0]: size, names[1]: function, names[2]: x, names[3]: y}
            made = candidate_over(bench, ctx, opened, bound, low, high)
            if made:
                yield made


def _holds_sum(term: Term) -> bool:
    """Whether the vector is written with a sum."""
    return any(part[0] == "sum" for part in subterms(term))


def arguments(
    ctx: Context, goal: Term, head: str, function: str
) -> list[tuple[Term, Term | None, Term | None]]:
    """Where the goal applies ``head function``: (argument, range); one bound index at the most."""
    found: list[tuple[Term, Term | None, Term | None]] = []

    def walk(term: Term, low: Term | None, high: Term | None, depth: int) -> None:
        if isinstance(term, str):
            return
        if term[:2] == (head, function):
            bound = is_open(term[2])
            entry = (term[2], low if bound else None, high if bound else None)
            if entry not in found and (not bound or depth == 1):
                found.append(entry)
        for k, part in enumerate(term):
            if term[0] == "sum" and k == 3:
                walk(part, term[1], term[2], depth + 1)
            elif term[0] not in ("forall", "exists", "lambda", "derivative"):
                walk(part, low, high, depth)

    for formula in (goal, *ctx.facts.values()):
        walk(formula, None, None, 0)
    return found
