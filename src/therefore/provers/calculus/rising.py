"""The mean value theorem: what starts above another term and rises faster stays above it.

For a goal u(x) ≤ v(x) and a start a ≤ x (or x ≤ a) at which it holds, v − u has to rise away from
a. That its slope is not negative is a goal of the same kind, so that this goes down a Taylor
polynomial at a derivative by derivative, until one is seen to have a sign: with its remainder,
|f(x) − p(x)| ≤ C·|x − a|ⁿ/n!.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from therefore.goal import Term, to_lists
from therefore.kernel.binders import is_number
from therefore.kernel.context import Context
from therefore.kernel.differential import differential
from therefore.kernel.errors import Rejected
from therefore.kernel.terms import close, fits, mentions, open_binder, sort_of
from therefore.provers.attempt import Proof
from therefore.provers.building.field import settled
from therefore.provers.building.floats import value
from therefore.provers.building.terms import subterms
from therefore.provers.building.three_cases import in_three_cases
from therefore.provers.building.unnormal import scalar_term
from therefore.provers.curves import elementary
from therefore.provers.prover import Prover
from therefore.provers.relations.adding import prove_by_adding, ways_to_close

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["PROVER"]

HEADS = ("exp", "log", "sin", "cos", "arctan", "sqrt")
MOST_DERIVATIVES = 5
MOST_WITH_PARAMETERS = 3
_STARTS = ("0", "1", "-1")
_AWAY = (1 / 64, 1 / 4, 1.0, 3.0, 9.0)


@dataclass(frozen=True)
class _Start:
    """Where v − u is not negative: a, and on which side of it x is (1 is above)."""

    at: Term
    way: int


def _accepts(ctx: Context, goal: Term) -> bool:
    return (
        goal[0] in ("<", "<=")
        and any(term[0] in HEADS for term in subterms(goal))
        and all(fits(sort_of(side, ctx.names), "real") for side in goal[1:])
    )


def _prove(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    if depth > 4:
        return None
    names = [name for name, sort in ctx.names.items() if sort == "real" and mentions(goal, name)]
    orders = MOST_DERIVATIVES if len(names) == 1 else MOST_WITH_PARAMETERS
    for name in names:
        search.bench.note("what rises from a point")
        for start in _starts(ctx, name):
            found = _from(search, ctx, goal, name, start, orders, depth)
            if found is not None:
                return found
        found = _from_both_sides(search, ctx, goal, name, orders, depth)
        if found is not None:
            return found
    return None


def _starts(ctx: Context, name: str) -> Iterator[_Start]:
    """The numbers and names that are known to be on one side of x."""
    ends: dict[_Start, None] = {}
    for fact in ctx.facts.values():
        if fact[0] in ("<", "<="):
            low, high = fact[1:]
            if high == name and not mentions(low, name):
                ends[_Start(low, 1)] = None
            if low == name and not mentions(high, name):
                ends[_Start(high, -1)] = None
    for at in _STARTS:
        if ctx.holds(("<=", at, name)):
            ends[_Start(at, 1)] = None
        if ctx.holds(("<=", name, at)):
            ends[_Start(at, -1)] = None
    # Numbers first: at them more is seen.
    yield from sorted(
        ends, key=lambda start: not (isinstance(start.at, str) and is_number(start.at))
    )


def _from_both_sides(
    search: Search, ctx: Context, goal: Term, name: str, orders: int, depth: int
) -> Proof | None:
    """Where nothing is known of x: from a point where both sides are equal, up and down."""
    for at in _STARTS:
        if ctx.holds(("<=", at, name)) or ctx.holds(("<=", name, at)):
            continue
        try:
            if not ctx.atoms.is_zero(ctx.normal.scalar(_gap(ctx, goal, name, at))):
                continue
        except Rejected:
            continue
        label = f"side{len(ctx.facts)}"

        def away(inner: Context, case: str, at: str = at) -> Proof | None:
            start = _Start(at, -1 if case == "less" else 1)
            return _from(search, inner, goal, name, start, orders, depth)

        order = ("greater", "equal", "less")
        proof = in_three_cases(ctx, (name, at), label, away, order)
        if proof is not None:
            return proof
    return None


def _gap(ctx: Context, goal: Term, name: str, at: Term) -> Term:
    difference = ctx.normal.scalar(goal[2]) - ctx.normal.scalar(goal[1])
    return open_binder(close(scalar_term(ctx.atoms, difference), name), at)


def _from(
    search: Search, ctx: Context, goal: Term, name: str, start: _Start, orders: int, depth: int
) -> Proof | None:
    """v − u is not negative at the start, and rises from there to x."""
    search.bench.check_time()
    try:
        gap = settled(ctx.atoms, ctx.normal.scalar(goal[2]) - ctx.normal.scalar(goal[1]))
        body = close(scalar_term(ctx.atoms, gap), name)
        first = open_binder(body, start.at)
        base, is_positive = _base(search, ctx, goal, first, depth)
        if base is None:
            return None
        relation = "<" if goal[0] == "<" and not is_positive else "<="
        risen = _risen(search, ctx, relation, body, name, start, orders, depth)
    except (Rejected, ValueError, KeyError, ZeroDivisionError, OverflowError):
        return None
    if risen is None:
        return None
    fact, proof = risen
    label, known = f"rises{len(ctx.facts)}", f"start{len(ctx.facts)}"
    items: list[dict[str, Any]] = [{"fact": label}, *base[1]]
    then: Proof = {"rule": "combine", "items": items}
    step: Proof = {
        "rule": "have", "fact": to_lists(fact), "as": label, "proof": proof, "then": then,
    }  # fmt: skip
    if base[0] is not None:
        items.append({"fact": known})
        step = {
            "rule": "have", "fact": to_lists(("<" if is_positive else "<=", "0", first)),
            "as": known, "proof": base[0], "then": step,
        }  # fmt: skip
    return step if search.bench.works(ctx, goal, step) else None


def _base(
    search: Search, ctx: Context, goal: Term, first: Term, depth: int
) -> tuple[tuple[Proof | None, list[dict[str, Any]]] | None, bool]:
    """Why v − u is ≥ 0 at the start, by a proof or items of ``combine``; and whether it is > 0."""
    value = ctx.normal.scalar(first)
    if ctx.atoms.is_zero(value):
        return (None, []), False
    signs = ctx.signs(value)
    term = to_lists(scalar_term(ctx.atoms, value))
    if signs == {1}:
        return (None, [{"positive": term}]), True
    if signs <= {0, 1}:
        return (None, [{"square": "1", "times": term}]), False
    if signs <= {0, -1}:
        return None, False
    for relation in ("<", "<=") if goal[0] == "<" else ("<=",):
        proof = search.prove(ctx, (relation, "0", first), depth + 4)
        if proof is not None:
            return (proof, []), relation == "<"
    return None, False


def _risen(
    search: Search, ctx: Context, relation: str, body: Term, name: str, start: _Start, orders: int,
    depth: int,
) -> tuple[Term, Proof] | None:  # fmt: skip
    """That v − u at the start is at most (or less than) that at x, and its proof by the slope."""
    low, high = (start.at, name) if start.way == 1 else (name, start.at)
    rising = body if start.way == 1 else ("-", body)
    if not ctx.holds((relation, low, high)):
        return None
    inner, inside = ctx.extended(), ctx.extended()
    point = ctx.fresh("y")
    inner.declare(point, "real")
    inside.declare(point, "real")
    label = f"between{len(ctx.facts)}"
    inner.assume(label, ("and", ("<=", low, point), ("<=", point, high)))
    inside.assume(label, ("and", ("<", low, point), ("<", point, high)))
    change = differential(inner.names, open_binder(rising, point), point, "1")
    value = settled(inner.atoms, inner.normal.scalar(change))
    slope = scalar_term(inner.atoms, value)
    if not _may_be_positive(slope, point, start):
        return None
    derivative: Proof = {
        "rule": "differentiate", "name": inner.fresh("z"), "value": {"rule": "combine"},
    }  # fmt: skip
    if not search.bench.works(inner, ("has_derivative", rising, point, slope), derivative):
        return None
    sign = _sign(search, inside, (relation, "0", slope), point, start, orders, depth)
    if sign is None:
        return None
    fact = (relation, open_binder(rising, low), open_binder(rising, high))
    return fact, {
        "rule": "monotone", "name": point, "as": label, "body": to_lists(rising),
        "from": to_lists(low), "to": to_lists(high), "slope": to_lists(close(slope, point)),
        "order": {"rule": "inspect"}, "derivative": derivative, "sign": sign,
    }  # fmt: skip


def _sign(
    search: Search, ctx: Context, goal: Term, point: str, start: _Start, orders: int, depth: int
) -> Proof | None:
    """The slope is not negative: at a glance, by what is known, or since it rises itself."""
    if search.bench.works(ctx, goal, {"rule": "inspect"}):
        return {"rule": "inspect"}
    for items in ways_to_close(ctx, goal, ctx.normal.scalar(goal[2])):
        proof: Proof = {"rule": "combine", "items": items}
        if search.bench.works(ctx, goal, proof):
            return proof
    if orders > 1:
        found = _from(search, ctx, goal, point, start, orders - 1, depth)
        if found is not None:
            return found
    return elementary.PROVER.prove(search, ctx, goal, depth) or prove_by_adding(
        search.bench, ctx, goal
    )


# -------------------------------------------------------------------------- a look in floats


def _may_be_positive(slope: Term, point: str, start: _Start) -> bool:
    """Whether a few values of the slope, in floats, are not negative. Only a hint."""
    try:
        first = float(Fraction(start.at))
        values = [value(slope, {point: first + start.way * step}) for step in _AWAY]
    except (KeyError, ValueError, TypeError, OverflowError, ZeroDivisionError):
        return True
    return all(value > -1e-9 * (1 + abs(value)) for value in values)


PROVER = Prover("what rises", _accepts, _prove)
