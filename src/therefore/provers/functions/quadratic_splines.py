"""What holds of a quadratic spline everywhere: that it is convex, smooth or bounded below.

The goal is "for all x (and y) …" about one function of a number, or of a vector with d = 1, whose
derivative is continuous and piecewise linear with known knots. Which function it is, is read off
the goal; the bounds follow from facts on clamped numbers (see ``of_splines``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations
from typing import TYPE_CHECKING

from therefore.goal import Term, to_lists
from therefore.kernel.context import Context
from therefore.kernel.errors import Rejected
from therefore.provers.attempt import Proof
from therefore.provers.building.terms import subterms
from therefore.provers.functions.of_splines import (
    above_tangent,
    grows,
    minus,
    with_bends,
    with_growth,
)
from therefore.provers.functions.spline_pieces import not_negative
from therefore.provers.logic.introduction import introduced
from therefore.provers.prover import Prover
from therefore.splines import Spline, spline_of

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["PROVER"]

_SPACES = ("real", ("vector", "1"))
_MOST_FUNCTIONS = 6


def _accepts(ctx: Context, goal: Term) -> bool:
    return bool(
        goal[0] == "forall" and goal[1] in _SPACES and any(t[0] == "abs" for t in subterms(goal))
    )


@dataclass(frozen=True)
class _Opened:
    """A goal without its quantifiers and premises: the variables, as numbers, and a relation."""

    ctx: Context
    names: list[str]
    labels: list[str]
    points: list[Term]
    weights: list[str]
    relation: Term


def _coordinate(sort: Term, variable: Term) -> Term:
    return variable if sort == "real" else ("inner", ("vector", "1"), variable)


def _opened(ctx: Context, goal: Term) -> _Opened:
    inner, names, labels, relation = introduced(ctx, goal, all_of_it=True, wish="x")
    points: list[Term] = []
    weights = []
    sorts = {name: inner.names[name] for name in names}
    bounded = {fact[2] for fact in inner.facts.values() if fact[:2] == ("<=", "0")}
    for name, sort in sorts.items():
        if len(sorts) == 3 and name in bounded:
            weights.append(name)
        else:
            points.append(_coordinate(sort, name))
    return _Opened(inner, names, labels, points, weights, relation)


def _prove(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    opened = _opened(ctx, goal)
    relation, count = opened.relation, (len(opened.points), len(opened.weights))
    if relation[0] != "<=" or count not in ((1, 0), (2, 0), (2, 1)):
        return None
    search.bench.note("the pieces of a spline")
    for then in _ways(opened, count):
        if search.bench.works(opened.ctx, relation, then):
            proof: Proof = {
                "rule": "intro", "names": opened.names, "labels": opened.labels, "then": then,
            }  # fmt: skip
            return proof
    return None


def _ways(opened: _Opened, count: tuple[int, int]) -> Iterator[Proof]:
    if count == (1, 0):
        then = not_negative(opened.relation, opened.points[0])
        if then is not None:
            yield then
        return
    for spline in _functions(opened):
        if count == (2, 1):
            yield from _by_tangents(opened, spline)
        elif opened.relation[1][0] in ("norm", "abs"):
            yield from _lipschitz(opened, spline)
        else:
            yield from _bounded_from_tangent(opened, spline)


def _functions(opened: _Opened) -> list[Spline]:
    """The splines of which the goal speaks: those with a gradient, and those at one variable."""
    found: dict[Spline, None] = {}
    x = opened.points[0]

    def enter(body: Term, is_argument: Callable[[Term], bool]) -> bool:
        spline = spline_of(body, is_argument) if len(found) < _MOST_FUNCTIONS else None
        if spline is not None:
            found[spline] = None
        return spline is not None

    def look(term: Term) -> None:
        if isinstance(term, str):
            return
        if term[0] == "gradient" and term[1][0] == "lambda":
            argument = _coordinate(term[1][1], "#0")
            enter(term[1][2], lambda part: part == argument)
        elif term[0] == "derivative":
            enter(term[1], lambda part: bool(part == "#0"))
        elif not enter(term, lambda part: bool(part == x)):
            for part in term[1:]:
                look(part)

    look(opened.relation)
    return list(found)


# -------------------------------------------------------------- two points


def _ratio(ctx: Context, term: Term, other: Term) -> Fraction | None:
    """The number c with term = c · other, if there is one."""
    left, right = ctx.normal.scalar(term), ctx.normal.scalar(other)
    if left.under or right.under or not right.over:
        return None
    first = next(iter(right.over))
    ratio = Fraction(left.over.get(first, 0)) / right.over[first]
    return ratio if ctx.equal(term, ("*", str(ratio), other)) else None


def _bounded_from_tangent(opened: _Opened, spline: Spline) -> Iterator[Proof]:
    """f(y) is at least, or at most, f(x) + f′(x)(y − x) + c(y − x)²."""
    gap = minus(*reversed(opened.relation[1:]))
    for (x, y), sign in ((pair, s) for pair in permutations(opened.points) for s in (1, -1)):
        away = minus(y, x)
        rise = minus(spline.body(y), ("+", spline.body(x), ("*", spline.slope_term(x), away)))
        try:
            more = _ratio(
                opened.ctx, minus(gap, ("*", str(sign), rise)), ("^", away, "2")
            )
        except Rejected:
            continue
        if more is None or any(sign * slope + 2 * more < 0 for slope in spline.slopes):
            continue
        items = above_tangent(spline, -2 * more, sign, x, y)
        yield with_bends(spline, {"rule": "combine", "items": items})


def _by_tangents(opened: _Opened, spline: Spline) -> Iterator[Proof]:
    """f(ax + (1 − a)y) ≤ a·f(x) + (1 − a)·f(y): both values are above the tangent at the mean."""
    if min(spline.slopes) < 0:
        return
    z, w = "#1", "#0"
    tangent = ("+", spline.body(z), ("*", spline.slope_term(z), minus(w, z)))
    above = ("forall", "real", ("forall", "real", ("<=", tangent, spline.body(w))))
    here, there = "point_z", "point_w"
    items = above_tangent(spline, Fraction(0), 1, here, there)
    shown: Proof = {"rule": "combine", "items": items}
    shown = {"rule": "intro", "names": [here, there], "labels": [], "then": shown}
    weight = opened.weights[0]
    rest = ("+", "1", ("-", weight))
    for x, y in permutations(opened.points):
        mean = ("+", ("*", weight, x), ("*", rest, y))
        both = [
            {"fact": "above", "with": to_lists((mean, point)), "times": to_lists(share)}
            for point, share in ((x, weight), (y, rest))
        ]
        yield with_bends(
            spline,
            {
                "rule": "have", "fact": to_lists(above), "as": "above", "proof": shown,
                "then": {"rule": "combine", "items": both},
            },
        )  # fmt: skip


def _lipschitz(opened: _Opened, spline: Spline) -> Iterator[Proof]:
    """‖f′(x) − f′(y)‖ ≤ L‖x − y‖, by the squares of both sides; x and y are put in order."""
    x, y = opened.points
    bound = _bound(opened, opened.relation[2])
    if bound is None or max(map(abs, spline.slopes)) > bound:
        return
    ordered = [_in_order(spline, bound, low, high) for low, high in ((x, y), (y, x))]
    squares: Proof = {
        "rule": "cases", "on": to_lists((x, y)), "as": "order", "less": ordered[0],
        "equal": ordered[0], "greater": ordered[1],
    }  # fmt: skip
    sides = to_lists(opened.relation[1:])
    items = [{"fact": "root", "with": sides, "conditions": [squares]}]
    yield with_growth(spline, {"rule": "combine", "items": items})


def _in_order(spline: Spline, bound: Fraction, low: Term, high: Term) -> Proof:
    """(L·t)² − s² = (L·t − s)(L·t + s), for t = y − x and s = f′(y) − f′(x), where x ≤ y."""
    run = ("*", str(bound), minus(high, low))
    rise = minus(spline.slope_term(high), spline.slope_term(low))
    factors = [("+", run, ("-", rise)), ("+", run, rise)]
    conditions = [
        {"rule": "combine", "items": grows(spline, sign, bound, low, high)} for sign in (-1, 1)
    ]
    items = [{"fact": "product", "with": to_lists(tuple(factors)), "conditions": conditions}]
    return {"rule": "combine", "items": items}


def _bound(opened: _Opened, large: Term) -> Fraction | None:
    """The L of L‖x − y‖, or of L|x − y|."""
    head = "abs" if opened.names == opened.points else "norm"
    try:
        return _ratio(opened.ctx, large, (head, minus(*opened.names)))
    except Rejected:
        return None


PROVER = Prover("quadratic splines", _accepts, _prove)
