"""The quadratic upper bound of a smooth function, at the points that a goal speaks of."""

from __future__ import annotations

from collections.abc import Iterator

from therefore.goal import Term, to_lists
from therefore.kernel.axioms import AXIOMS
from therefore.kernel.context import Context
from therefore.provers.bench import Bench, Source
from therefore.provers.building.candidates import Candidate, candidate_over
from therefore.provers.building.matching import is_open, match_formula
from therefore.provers.building.opened import opened_sources
from therefore.provers.functions.first_order import arguments

__all__ = ["bound_from_below", "quadratic_bound_candidates"]

_AXIOM = Source("axiom:quadratic_bound", AXIOMS["quadratic_bound"])


def quadratic_bound_candidates(bench: Bench, ctx: Context, goal: Term) -> Iterator[Candidate]:
    """f(y) ≤ f(x) + ⟨∇f(x), y − x⟩ + L/2·‖y − x‖² at gradients ∇f(x) and values f(y) in sight."""
    opened = next(opened_sources(ctx, _AXIOM, 1))
    size, function, constant, first, second = opened.order
    smooth = [fact[1] for fact in ctx.facts.values() if fact[0] == "differentiable"]
    for name in smooth:
        if not isinstance(name, str):
            continue
        dimension = ctx.names[name][1][0][1]
        start = {size: dimension, function: name}
        wanted = {constant: "real"}
        for fact in list(ctx.facts.values()):
            values = match_formula(opened.premises[1], fact, wanted, start)
            if values is None or constant not in values:
                continue
            gradients = arguments(ctx, goal, "gradient", name)
            places = arguments(ctx, goal, "app", name)
            for x, low, high in gradients:
                for y in _targets(x, low, places):
                    bound = {**values, first: x, second: y}
                    made = candidate_over(bench, ctx, opened, bound, low, high)
                    if made:
                        yield made
                    if low is None:
                        yield bound_from_below(ctx, name, dimension, values[constant], fact, (x, y))


def bound_from_below(
    ctx: Context, name: str, size: Term, constant: Term, fact: Term, points: tuple[Term, Term]
) -> Candidate:
    """f(x) + ⟨∇f(x), y − x⟩ − L/2·‖y − x‖² ≤ f(y): the same bound of −f, which is as smooth."""
    x, y = points
    label = next(label for label, known in ctx.facts.items() if known == fact)
    minus = ("lambda", ("vector", size), ("-", ("app", name, "#0")))
    p, q = "Point0", "Point1"
    lipschitz = {
        "rule": "intro", "names": [p, q],
        "then": {"rule": "combine", "items": [{"fact": label, "with": [p, q]}]},
    }  # fmt: skip
    item = {
        "fact": _AXIOM.reference,
        "with": to_lists((size, minus, constant, x, y)),
        "conditions": [{"rule": "everywhere", "name": p}, lipschitz],
    }
    gap = ("+", y, ("-", x))
    curve = ("*", ("/", constant, "2"), ("^", ("norm", gap), "2"))
    tangent = ("+", ("app", name, x), ("inner", ("gradient", name, x), gap))
    relation = ("<=", ("+", tangent, ("-", curve)), ("app", name, y))
    value = ctx.normal.scalar(relation[2]) - ctx.normal.scalar(relation[1])
    return Candidate(item, "<=", value, "real", ctx, formula=relation)


def _targets(
    x: Term, low: Term | None, places: list[tuple[Term, Term | None, Term | None]]
) -> list[Term]:
    """Points y for the bound at x: the arguments of f in sight, and the iterate after x."""
    closed = [y for y, below, _ in places if below is None and y != x]
    after = _next(x)
    found = [*closed, *([after] if after is not None else [])]
    return list(dict.fromkeys(y for y in found if low is not None or not is_open(y)))


def _next(x: Term) -> Term | None:
    """The iterate x(t + 1) for an iterate x(t)."""
    if x[0] == "app" and len(x) == 3 and isinstance(x[1], str):
        return (*x[:2], ("+", x[2], "1"))
    return None
