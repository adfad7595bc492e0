"""Slopes of integrals whose ends move: ∫ p from a to u has the slope p(u); sums by structure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from therefore.goal import Term, to_lists
from therefore.kernel.context import Context
from therefore.kernel.errors import Rejected
from therefore.kernel.terms import close, open_binder
from therefore.provers.attempt import Labelled, Proof, with_steps
from therefore.provers.building.differentiated import differentiated
from therefore.provers.building.terms import leaves, replaced, subterms
from therefore.provers.calculus.between_ends import COMBINE, closed_integrals
from therefore.provers.calculus.integrals import prove_apart, prove_relation
from therefore.provers.calculus.integrating import existence, worth
from therefore.provers.prover import RELATIONS, Prover

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["OF_SLOPES", "VALUE_OF_SLOPE"]


def _has_moving_ends(ctx: Context, goal: Term) -> bool:
    return bool(
        goal[0] == "has_derivative"
        and len(goal) == 4
        and any(t[0] == "integral" for t in subterms(goal[1]))
    )


def _prove_slope(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    """An integral up to u has the slope p(u); a sum of such by structure."""
    search.bench.note("the derivative of integrals in their ends")
    found = _slope(search, ctx, goal[1], goal[2], goal[3], depth)
    return found and found[1]


def _slope(
    search: Search, ctx: Context, body: Term, point: Term, value: Term | None, depth: int
) -> tuple[Term, Proof] | None:
    """The derivative at the point, which is the value if one is given, and its proof."""
    if depth > 6:
        return None
    if body[0] == "integral" and _moves(body):
        return _of_moving_end(search, ctx, body, point, value, depth)
    inner = ctx.extended()
    steps: list[Labelled] = []
    fixed = closed_integrals(body)

    def add(fact: Term, proof: Proof) -> None:
        steps.append((f"rate{depth}_{len(steps)}", fact, proof))
        inner.assume(*steps[-1][:2])

    for term in dict.fromkeys(t for t in subterms(body) if t[0] == "integral" and t not in fixed):
        if not _moves(term):
            return _of_expanded(search, ctx, body, point, value, depth)
        found = _of_moving_end(search, inner, term, point, None, depth)
        if found is None:
            return None
        fact = ("has_derivative", term, point, found[0])
        add(fact, found[1])
    for term in closed_integrals(open_binder(body, point)):
        _, low, high, integrand = term
        if not inner.holds(("integrates", low, high, integrand)):
            known = worth(search, inner, low, high, integrand, depth + 1)
            if known is None:
                return None
            add(("integrates", low, high, integrand, known.value), known.proof)
    name = inner.fresh("y")
    try:
        worked = differentiated(inner, body, point)
    except Rejected:
        return None
    if value is None:
        value = _with_slopes(worked, [fact for _, fact, _ in steps])
    equal: Proof | None = COMBINE
    if not search.bench.works(inner, ("=", value, worked), {"rule": "combine"}):
        equal = search.prove(inner, ("=", value, worked), depth + 2)
    if equal is None:
        return None
    then: Proof = {"rule": "differentiate", "name": name, "value": equal}
    return value, with_steps(steps, then)


def _with_slopes(term: Term, slopes: list[Term]) -> Term:
    """The term with the known values of its derivatives."""
    for fact in slopes:
        if fact[0] == "has_derivative" and term == ("derivative", *fact[1:3]):
            return fact[3]
    return term if isinstance(term, str) else tuple(_with_slopes(part, slopes) for part in term)


def _of_expanded(
    search: Search, ctx: Context, body: Term, point: Term, value: Term | None, depth: int
) -> tuple[Term, Proof] | None:
    """The slope of an equal function, in which no integrand speaks of the variable."""
    inner = ctx.extended()
    name = inner.fresh("x")
    inner.declare(name, "real")
    opened = other = open_binder(body, name)
    for term in closed_integrals(opened):
        found = worth(search, inner, term[1], term[2], term[3], depth + 1)
        if found is None:
            return None
        other = replaced(other, term, found.value)
    if other == opened:
        return None
    equal = prove_relation(search, inner, ("=", opened, other), depth + 1)
    if equal is None:
        return None
    slope = _slope(search, ctx, close(other, name), point, value, depth + 2)
    return slope and (slope[0], {
        "rule": "nearby", "name": name, "other": to_lists(close(other, name)), "equal": equal,
        "proof": slope[1],
    })  # fmt: skip


def _moves(term: Term) -> bool:
    """Whether just one end of an integral is the variable, and nothing else speaks of it."""
    _, low, high, body = term
    if (low == "#0") == (high == "#0"):
        return False
    other = high if low == "#0" else low
    return "#0" not in leaves(other) and "#1" not in leaves(body)


def _of_moving_end(
    search: Search, ctx: Context, integral: Term, point: Term, value: Term | None, depth: int
) -> tuple[Term, Proof] | None:
    inner = ctx.extended()
    name = inner.fresh("u")
    inner.declare(name, "real")
    exists = existence(search, inner, open_binder(integral, name), depth + 1)
    if exists is None:
        return None
    body = integral[3]
    worked = open_binder(body, point)
    if integral[1] == "#0":
        worked = ("-", worked)
    value = worked if value is None else value
    goal = ("has_derivative", integral, point, value)
    proof: Proof = {"rule": "moving_end", "name": name, "exists": exists, "value": COMBINE}
    if search.bench.works(ctx, goal, proof):
        return value, proof
    shown = search.prove(ctx, ("tends", body, point, open_binder(body, point)), depth + 2)
    if shown is not None:
        proof["continuous"] = shown
        if search.bench.works(ctx, goal, proof):
            return value, proof
    return None


def _has_slope(ctx: Context, goal: Term) -> bool:
    return bool(
        goal[0] in RELATIONS
        and goal[1][0] == "derivative"
        and any(t[0] == "integral" for t in subterms(goal[1]))
    )


def _prove_value_of_slope(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    """A relation to the slope of integrals, which is worked out first."""
    if goal[0] == "=":
        proof = search.prove(ctx, ("has_derivative", *goal[1][1:], goal[2]), depth + 1)
        return proof and {"rule": "slope", "proof": proof}
    if ctx.holds(("has_derivative", *goal[1][1:])):
        return None
    found = _slope(search, ctx, goal[1][1], goal[1][2], None, depth + 1)
    if found is None:
        return None
    inner = ctx.extended()
    steps = [("slope0", ("has_derivative", *goal[1][1:], found[0]), found[1])]
    for term in closed_integrals(goal, found[0]):
        known = worth(search, ctx, term[1], term[2], term[3], depth + 1)
        if known is not None:
            fact = ("integrates", *term[1:], known.value)
            steps.append((f"slope{len(steps)}", fact, known.proof))
    for label, fact, _ in steps:
        inner.assume(label, fact)
    then = prove_apart(search, inner, goal, depth) if goal[0] == "!=" else None
    return with_steps(steps, then or search.prove(inner, goal, depth + 1))


VALUE_OF_SLOPE = Prover("the slope of integrals", _has_slope, _prove_value_of_slope)

OF_SLOPES = Prover("integrals with a moving end", _has_moving_ends, _prove_slope)
