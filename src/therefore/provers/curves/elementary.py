"""Known bounds of the exponentials, logarithms, sines and cosines in a relation, as facts.

1 + u ≤ exp(u) is an axiom; that exp is increasing follows from it. −1 ≤ sin u ≤ 1 follows from
the squares of 1 ± sin u and of cos u.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations
from typing import TYPE_CHECKING

from therefore.goal import Term, to_lists
from therefore.kernel.context import Context
from therefore.provers.attempt import Labelled, Proof, with_steps
from therefore.provers.building.matching import is_open
from therefore.provers.building.terms import subterms
from therefore.provers.prover import Prover
from therefore.provers.relations.adding import prove_by_adding

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["PROVER", "bounds_of_waves"]

HEADS = ("exp", "log", "sin", "cos")
BOUND = "axiom:exponential_bound"
MOST_FACTS = 24
Fact = tuple[Term, Proof]


def _accepts(ctx: Context, goal: Term) -> bool:
    return goal[0] in ("<", "<=", "!=") and any(term[0] in HEADS for term in subterms(goal))


def _prove(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    """Add the bounds to what is known, and the relation up from it."""
    search.bench.note("bounds of elementary functions")
    inner, steps = ctx.extended(), list[Labelled]()
    for fact, proof in _bounds(ctx, goal):
        if search.bench.works(ctx, goal, proof):
            return proof
        if len(steps) == MOST_FACTS or not search.bench.works(inner, fact, proof):
            continue
        label = f"bound{len(inner.facts)}"
        inner.assume(label, fact)
        steps.append((label, fact, proof))
    found: Proof | None = {"rule": "inspect"} if steps else None
    if found and not search.bench.works(inner, goal, found):
        found = prove_by_adding(search.bench, inner, goal)
    found = with_steps(steps, found)
    return found and (found if search.bench.works(ctx, goal, found) else None)


def _bounds(ctx: Context, goal: Term) -> Iterator[Fact]:
    terms = dict.fromkeys(t for t in subterms(goal) if t[0] in HEADS and not is_open(t))
    exponents = [t[1] for t in terms if t[0] == "exp"]
    for low, high in permutations(exponents, 2):
        if ctx.holds(("<=", low, high)):
            yield _increasing(ctx, low, high)
    for term in terms:
        if term[0] in ("sin", "cos"):
            yield from _bounds_of_wave(term)
        else:
            inside = term[1] if term[0] == "exp" else term
            yield _exponential_bound(inside)
            yield _exponential_bound(("-", inside))


def _exponential_bound(u: Term) -> Fact:
    proof: Proof = {"rule": "combine", "items": [{"fact": BOUND, "with": [to_lists(u)]}]}
    return ("<=", ("+", "1", u), ("exp", u)), proof


def _increasing(ctx: Context, low: Term, high: Term) -> Fact:
    """exp(b) − exp(a) = exp(a)·(exp(b − a) − 1) ≥ exp(a)·(b − a)."""
    gap = ("+", high, ("-", low))
    is_strict = ctx.holds(("<", low, high))
    product = to_lists(("*", ("exp", low), gap))
    items = [{"fact": BOUND, "with": [to_lists(gap)], "times": to_lists(("exp", low))}]
    rest = {"positive": product} if is_strict else {"square": "1", "times": product}
    relation = ("<" if is_strict else "<=", ("exp", low), ("exp", high))
    return relation, {"rule": "combine", "items": [*items, rest]}


def bounds_of_waves(goal: Term) -> Iterator[Fact]:
    """−1 ≤ sin u ≤ 1 for all sines and cosines in a relation."""
    for term in dict.fromkeys(subterms(goal)):
        if term[0] in ("sin", "cos") and not is_open(term):
            yield from _bounds_of_wave(term)


def _bounds_of_wave(term: Term) -> Iterator[Fact]:
    """2·(1 − s) = (1 − s)² + c², as s² + c² = 1."""
    other = to_lists(("cos" if term[0] == "sin" else "sin", term[1]))
    for far, relation in (
        (("+", "1", ("-", term)), ("<=", term, "1")),
        (("+", "1", term), ("<=", "-1", term)),
    ):
        squares = [{"square": to_lists(far), "times": "1/2"}, {"square": other, "times": "1/2"}]
        yield relation, {"rule": "combine", "items": squares}


PROVER = Prover("bounds of elementary functions", _accepts, _prove)
