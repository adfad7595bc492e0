"""The two-point definition of convexity, at points of the goal of which one is a mean of others."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

from therefore.goal import Term, to_lists
from therefore.kernel.atoms import Vector
from therefore.kernel.axioms import convex
from therefore.kernel.context import Context
from therefore.kernel.errors import Rejected
from therefore.kernel.terms import open_binder
from therefore.provers.attempt import Proof
from therefore.provers.building.field import Field
from therefore.provers.building.matching import is_open
from therefore.provers.building.terms import subterms
from therefore.provers.building.unnormal import scalar_term
from therefore.provers.prover import Prover

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["PROVER"]


def _accepts(ctx: Context, goal: Term) -> bool:
    return bool(goal[0] in ("<=", "<"))


def _prove(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    """Use f(a·x + (1 − a)·y) ≤ … where an argument of f in the goal is such a mean of others."""
    if depth > 6:
        return None
    for label, fact in ctx.facts.items():
        function = _convex_function(ctx, fact)
        if function is None:
            continue
        points = _points(ctx, goal, function)
        for mean, x, y in permutations(points, 3):
            weight = _weight(ctx, mean, x, y)
            if weight is None:
                continue
            instance: Proof = {
                "rule": "use", "fact": label, "as": f"convex{len(ctx.facts)}",
                "with": to_lists((x, y, weight)), "conditions": [],
            }  # fmt: skip
            inner = ctx.extended()
            try:
                formula = search.bench.checker.instance(ctx, fact, instance)
            except Rejected:
                continue
            inner.assume(instance["as"], formula)
            then = search.prove(inner, goal, 8)
            if then is not None:
                return {**instance, "then": then}
    return None


def _convex_function(ctx: Context, fact: Term) -> str | None:
    for name, sort in ctx.names.items():
        takes_vector = sort[0] == "function" and sort[1][0][0] == "vector" and sort[2] == "real"
        if takes_vector and fact == convex(name, sort[1][0][1]):
            return name
    return None


def _points(ctx: Context, goal: Term, function: str) -> list[Term]:
    """Arguments of the function in the goal and in the facts, and its values in the normal form."""
    found: list[Term] = []
    for formula in (goal, *ctx.facts.values()):
        for term in subterms(formula):
            if term[:2] == ("app", function) and len(term) == 3 and not is_open(term[2]):
                found.append(term[2])
            if term[0] == "sum" and isinstance(term[3], tuple):
                for inside in subterms(term[3]):
                    if inside[:2] == ("app", function) and not is_open(term[2]):
                        for end in (term[1], term[2]):
                            if not is_open(end):
                                found.append(open_binder(inside[2], end))
    return list(dict.fromkeys(found))


def _weight(ctx: Context, mean: Term, x: Term, y: Term) -> Term | None:
    """The a with mean = a·x + (1 − a)·y, if there is one between 0 and 1."""
    try:
        left = ctx.normal.vector(("+", mean, ("-", y)))
        right = ctx.normal.vector(("+", x, ("-", y)))
        scalars = [*left.parts.values(), *right.parts.values()]
        domain = Field(ctx.atoms, scalars)
        ratio = None
        for index, coefficient in right.parts.items():
            below = domain.column(coefficient).get((), 0)
            above = domain.column(left.parts[index]).get((), 0) if index in left.parts else 0
            if below and above:
                ratio = above / below
                break
        if ratio is None:
            return None
        weight = domain.scalar(ratio)
        if not ctx.atoms.is_zero(left - Vector(right.parts).scaled(weight)):
            return None
        term = scalar_term(ctx.atoms, weight)
        inside = ctx.holds(("<=", "0", term)) and ctx.holds(("<=", term, "1"))
        return term if inside else None
    except (Rejected, ValueError):
        return None


PROVER = Prover("convexity", _accepts, _prove)
