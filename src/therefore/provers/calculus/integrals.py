"""Integrals in a goal: that they exist, what they are worth, how they add up and are ordered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from therefore.goal import Term, to_lists
from therefore.kernel.context import Context
from therefore.kernel.differential import differential
from therefore.kernel.errors import Rejected
from therefore.kernel.terms import close, open_binder, substitute
from therefore.provers.attempt import Labelled, Proof, with_steps
from therefore.provers.building.terms import leaves, replaced, subterms
from therefore.provers.calculus.integrating import (
    COMBINE,
    between,
    closed_integrals,
    existence,
    worth,
)
from therefore.provers.prover import RELATIONS, Prover

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["OF_RELATIONS", "OF_SLOPES", "OF_STATEMENTS", "ORDERED", "VALUE_OF_SLOPE"]

LABEL = "integral"


# -------------------------------------------------------------------------- statements


def _is_statement(ctx: Context, goal: Term) -> bool:
    return bool(goal[0] == "integrates")


def _prove_statement(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    """The integral exists; or it has a value, which is compared with what it is worth."""
    search.bench.note("what the integral is worth")
    if len(goal) == 4:
        return existence(search, ctx, ("integral", *goal[1:]), depth)
    proof = search.prove(ctx, ("=", ("integral", *goal[1:4]), goal[4]), depth + 1)
    return proof and {"rule": "worth", "proof": proof}


# -------------------------------------------------------------------------- relations


def _has_integrals(ctx: Context, goal: Term) -> bool:
    return goal[0] in RELATIONS and any(t[0] == "integral" for t in subterms(goal))


def _prove_relation(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    """What the integrals are worth becomes known, and how those of one integrand add up."""
    if any(label.startswith(LABEL) for label in ctx.facts):
        return None
    search.bench.note("the integrals one by one")
    steps: list[Labelled] = []
    inner = ctx.extended()

    def add(fact: Term, proof: Proof) -> None:
        steps.append((f"{LABEL}{len(steps)}", fact, proof))
        inner.assume(*steps[-1][:2])

    for term in closed_integrals(goal):
        _, low, high, body = term
        found = worth(search, inner, low, high, body, depth + 1)
        if found is None:
            return None
        if found.value != term or not inner.holds(("integrates", low, high, body)):
            add(("integrates", low, high, body, found.value), found.proof)
    known = [fact for _, fact, _ in steps]
    for whole, first, second in _adjacent(closed_integrals(goal, *known, *ctx.facts.values())):
        value = ("+", first, second)
        proof: Proof = {
            "rule": "joined", "at": to_lists(first[2]), "value": COMBINE,
            "first": {"value": to_lists(first), "proof": {"rule": "worth", "proof": COMBINE}},
            "second": {"value": to_lists(second), "proof": {"rule": "worth", "proof": COMBINE}},
        }  # fmt: skip
        fact = ("integrates", *whole[1:], value)
        if search.bench.works(inner, fact, proof):
            add(fact, proof)
    if not steps:
        return None
    then = _apart(search, inner, goal, depth) if goal[0] == "!=" else None
    then = then or search.prove(inner, goal, depth + 1)
    return with_steps(steps, then)


def _adjacent(terms: list[Term]) -> list[tuple[Term, Term, Term]]:
    """Integrals of one integrand over a range and over its two parts, all of which occur."""
    known = set(terms)
    found = []
    for first in terms:
        for second in terms:
            if first[3] == second[3] and first[2] == second[1] and first != second:
                whole = ("integral", first[1], second[2], first[3])
                if whole in known:
                    found.append((whole, first, second))
    return found


# -------------------------------------------------------------------------- order


def _is_ordered(ctx: Context, goal: Term) -> bool:
    return bool(
        goal[0] == "<="
        and goal[2][0] == "integral"
        and (goal[1] == "0" or goal[1][:3] == goal[2][:3])
    )


def _prove_ordered(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    """∫p ≤ ∫r by p ≤ r between the ends."""
    integrals = closed_integrals(goal)
    if any(not ctx.holds(("integrates", *t[1:])) for t in integrals):
        return None
    search.bench.note("the order of the integrands")
    low, high, above = goal[2][1:]
    proof: Proof = {"rule": "integrated"}
    if low != "-oo" and high != "+oo":
        order = search.prove(ctx, ("<=", low, high), depth + 3)
        if order is None:
            return None
        proof["order"] = order
    inner, name = between(ctx, low, high, ordered="order" in proof)
    below = "0" if goal[1] == "0" else goal[1][3]
    relation = ("<=", open_binder(below, name), open_binder(above, name))
    shown = search.prove(inner, relation, depth + 1)
    return shown and {**proof, "name": name, "relation": shown}


# -------------------------------------------------------------------------- slopes


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
        change = differential({**inner.names, name: "real"}, open_binder(body, name), name, "1")
    except Rejected:
        return None
    worked = substitute(change, {name: point})
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
    equal = _prove_relation(search, inner, ("=", opened, other), depth + 1)
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
    then = _apart(search, inner, goal, depth) if goal[0] == "!=" else None
    return with_steps(steps, then or search.prove(inner, goal, depth + 1))


def _apart(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    """a ≠ b by a < b or by b < a."""
    for less in (("<", goal[1], goal[2]), ("<", goal[2], goal[1])):
        proof = search.prove(ctx, less, depth + 1)
        if proof is not None:
            way = "-1" if less[1:] == goal[1:] else "1"
            items = [{"fact": "apart"}, {"fact": "equal", "times": way}]
            ending: Proof = {
                "rule": "suppose", "as": "equal", "then": {"rule": "combine", "items": items},
            }  # fmt: skip
            return {
                "rule": "have", "fact": to_lists(less), "as": "apart", "proof": proof,
                "then": ending,
            }  # fmt: skip
    return None


VALUE_OF_SLOPE = Prover("the slope of integrals", _has_slope, _prove_value_of_slope)
OF_STATEMENTS = Prover("the worth of an integral", _is_statement, _prove_statement)
OF_RELATIONS = Prover("integrals", _has_integrals, _prove_relation)
ORDERED = Prover("the order of integrals", _is_ordered, _prove_ordered)
OF_SLOPES = Prover("integrals with a moving end", _has_moving_ends, _prove_slope)
