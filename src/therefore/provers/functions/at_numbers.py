"""What is given for each number of a range, and for all points, taken at these numbers and points.
"""

from __future__ import annotations

from collections.abc import Iterator

from therefore.goal import Term
from therefore.kernel.atoms import Vector
from therefore.kernel.context import Context
from therefore.kernel.errors import Rejected
from therefore.kernel.terms import open_binder, sort_of
from therefore.provers.building.instances import LONGEST_RANGE
from therefore.provers.building.matching import is_open
from therefore.provers.building.terms import subterms
from therefore.provers.functions.at_points import points
from therefore.provers.functions.class_facts import Facts

__all__ = ["at_numbers", "at_places", "is_about_all", "without_end"]

MOST_PLACES = 9


def is_about_all(fact: Term) -> bool:
    """Whether the fact is for all vectors, perhaps for each number of a range besides."""
    while fact[0] in ("forall", "implies"):
        if fact[0] == "forall" and fact[1][0] == "vector":
            return True
        fact = fact[2]
    return False


def at_numbers(found: Facts) -> None:
    """What is given for each number of a short range and for all points, at each number."""
    for label, fact in list(found.ctx.facts.items()):
        if fact[:2] != ("forall", "integer") or not is_about_all(fact):
            continue
        ends = _short_range(found.ctx, fact)
        if ends is None:
            continue
        first, last = ends
        for k in range(first, last + 1):
            try:
                found.use(label, str(k))
            except Rejected:
                continue


def without_end(found: Facts, goal: Term) -> None:
    """What is given for all numbers from one on, at those up to the last index of the goal."""
    ctx = found.ctx
    last = max(_indices(ctx, goal), default=-1)
    for label, fact in list(ctx.facts.items()):
        if fact[:2] != ("forall", "integer") or fact[2][0] != "implies":
            continue
        premise, body = fact[2][1:]
        if premise[:1] != ("<=",) or premise[2] != "#0" or body[0] not in ("=", "forall"):
            continue
        first = ctx.normal.scalar(premise[1]).constant()
        if first is None or last - first > LONGEST_RANGE:
            continue
        for k in range(int(first), last):
            try:
                found.use(label, str(k))
            except Rejected:
                continue


def _indices(ctx: Context, goal: Term) -> Iterator[int]:
    """The numbers that are indices of sequences in a goal."""
    for term in subterms(goal):
        if term[0] == "app" and len(term) == 3 and not is_open(term[2]):
            try:
                if sort_of(term[2], ctx.names) != "integer":
                    continue
                value = ctx.normal.scalar(term[2]).constant()
            except (Rejected, KeyError, ValueError):
                continue
            if value is not None and value.denominator == 1:
                yield int(value)


def _short_range(ctx: Context, fact: Term) -> tuple[int, int] | None:
    """The first and the last number of which a fact for whole numbers speaks, if they are few."""
    premises, body = [], fact[2]
    while body[0] == "implies":
        premises.append(body[1])
        body = body[2]
    try:
        low = [ctx.normal.scalar(p[1]) for p in premises if p[0] == "<=" and p[2] == "#0"]
        high = [ctx.normal.scalar(p[2]) for p in premises if p[0] == "<=" and p[1] == "#0"]
    except (Rejected, KeyError):
        return None
    if len(low) != 1 or len(high) != 1 or len(premises) != 2:
        return None
    first, last = low[0].constant(), high[0].constant()
    if first is None or last is None or last - first > LONGEST_RANGE:
        return None
    return int(first), int(last)


def at_places(found: Facts, goal: Term) -> None:
    """What is known for all points, such as a tangent below a function, where it is of use.

    That is at the points of the goal, of the steps of the method, and of which such facts speak.
    """
    ctx = found.ctx
    facts = {
        label: fact for label, fact in ctx.facts.items()
        if fact[0] == "forall" and fact[1][0] == "vector" and fact[2][0] in ("<=", "<")
    }  # fmt: skip
    places: list[tuple[Vector, Term]] = []
    for formula in (goal, *_steps(ctx), *facts.values()):
        for term in points(ctx, formula):
            value = ctx.normal.vector(term)
            if all(not ctx.atoms.is_zero(value - other) for other, _ in places):
                places.append((value, term))
    for label, fact in facts.items():
        for _, place in places[:MOST_PLACES]:
            found.bench.check_time()
            if ("vector", _size(ctx, place)) == fact[1]:
                found.use(label, place)


def _size(ctx: Context, place: Term) -> Term:
    sort: Term = sort_of(place, ctx.names)
    return sort[1]


def _steps(ctx: Context) -> Iterator[Term]:
    """The recurrences of vectors that hold at numbers of a short range, at each of them."""
    for fact in list(ctx.facts.values()):
        if fact[:2] != ("forall", "integer"):
            continue
        body = fact[2]
        while body[0] == "implies":
            body = body[2]
        ends = _short_range(ctx, fact)
        if body[0] == "=" and ends is not None:
            for k in range(ends[0], ends[1] + 1):
                yield open_binder(body, str(k))
