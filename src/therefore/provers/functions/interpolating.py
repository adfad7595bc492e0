"""What the functions and maps of a class satisfy at every pair of points, and then at the goal's.

A class is said by its definition: convex, a Lipschitz gradient, strong convexity, a least value, a
Lipschitz map. What follows from it for any two points is proved here, once, as a fact (see
``smooth``, ``lipschitz`` and ``squared_norms``). What is given for each number of a short range,
and for all points, is taken at each number (see ``at_numbers``). With these facts relations are
added up at the goal's points (see ``multipliers`` and ``at_points``).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from therefore.goal import Term
from therefore.kernel.context import Context
from therefore.provers.attempt import Proof
from therefore.provers.building.terms import subterms
from therefore.provers.functions import at_points, multipliers
from therefore.provers.functions.at_numbers import (
    at_numbers,
    at_places,
    is_about_all,
    without_end,
)
from therefore.provers.functions.class_facts import LABEL, Facts
from therefore.provers.functions.lipschitz import slopes_of_lipschitz
from therefore.provers.functions.multipliers import multiplied
from therefore.provers.functions.smooth import smooth_functions
from therefore.provers.functions.squared_norms import squared_norms
from therefore.provers.functions.tangents import tangents
from therefore.provers.prover import Prover
from therefore.provers.relations.squaring import from_squares, squares_of

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["AT_ONCE", "PROVER"]

DEEPEST = 3


def _accepts(ctx: Context, goal: Term) -> bool:
    if goal[0] not in ("<=", "<"):
        return False
    if any(label.endswith("_ih") or label.startswith(LABEL) for label in ctx.facts):
        return False
    if any(term[0] == "sum" for term in subterms(goal)):
        return False
    return any(is_about_all(fact) for fact in ctx.facts.values())


def _accepts_at_once(ctx: Context, goal: Term) -> bool:
    """Whether the goal is about a method: some of its points are steps from others."""
    if goal[0] != "<=" or goal in ctx.facts.values():
        return False
    if not any(term[0] in ("app", "gradient", "norm", "inner") for term in subterms(goal)):
        return False
    return any(map(_is_a_step, ctx.facts.values())) and _accepts(ctx, goal)


def _is_a_step(fact: Term) -> bool:
    """x(1) = …, or the same for each number of a range."""
    while fact[0] == "implies" or fact[:2] == ("forall", "integer"):
        fact = fact[2]
    return bool(
        fact[0] == "="
        and fact[1][0] in ("app", "gradient")
        and fact[1][2:]
        and fact[2][0] in ("+", "*", "-")
    )


def _prove_at_once(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    """The same before other ways are looked for, where there is no lemma to go by."""
    return None if search.bench.sources else _prove(search, ctx, goal, depth)


def _prove(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    place = goal, frozenset(ctx.facts.items())
    if depth > DEEPEST or place in search.bench.not_added_up:
        return None
    for checked in (False, True):  # at the end only, or, if that fails, each fact for itself
        proof = _found(search, ctx, goal, depth, checked)
        if proof is not None and search.bench.works(ctx, goal, proof):
            return proof
        if proof is None:
            break
    search.bench.not_added_up.add(place)
    return None


def _found(search: Search, ctx: Context, goal: Term, depth: int, checked: bool) -> Proof | None:
    found = Facts(search.bench, ctx.extended(), checked)
    without_end(found, goal)
    for way in (at_numbers, tangents, smooth_functions, slopes_of_lipschitz, squared_norms):
        way(found)
    search.bench.note("what holds at all pairs of points")
    proof = _added_up(search, found, goal, goal, depth)
    if proof is not None:
        return found.before(proof)
    if not _of_lengths(found.ctx, goal):
        return None
    search.bench.note("the squares of both sides, at the goal's points")
    shown = _added_up(search, found, goal, squares_of(goal[1], goal[2]), depth)
    return shown and found.before(from_squares(goal[1], goal[2], shown))


def _added_up(search: Search, found: Facts, goal: Term, wanted: Term, depth: int) -> Proof | None:
    """A proof of what is wanted for the goal; at further points, if it has to be."""
    for at in (None, at_places):
        before = len(found.steps)
        if at is not None:
            at(found, goal)
        if (at is None or len(found.steps) > before) and multipliers.PROVER.accepts(
            found.ctx, wanted
        ):
            proof = multiplied(search.bench, found.ctx, wanted, found.checked)
            if proof is not None:
                return proof
    if found.steps and at_points.PROVER.accepts(found.ctx, wanted):
        return at_points.PROVER.prove(search, found.ctx, wanted, depth)
    return None


def _of_lengths(ctx: Context, goal: Term) -> bool:
    """Whether the goal is a ≤ b, of lengths that are not squared, with b seen to be at least 0."""
    plain = any(term[0] == "norm" for side in goal[1:] for term in _outside_squares(side))
    return bool(goal[0] == "<=" and plain and ctx.holds(("<=", "0", goal[2])))


def _outside_squares(term: Term) -> Iterator[Term]:
    if isinstance(term, tuple) and term[0] != "^":
        yield term
        for part in term[1:]:
            yield from _outside_squares(part)


AT_ONCE = Prover("a method on a class of functions", _accepts_at_once, _prove_at_once)
PROVER = Prover("what holds at all pairs of points", _accepts, _prove)
