"""Integrals in a goal: that they exist, what they are worth, how they add up and are ordered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from therefore.goal import Term, to_lists
from therefore.kernel.context import Context
from therefore.kernel.terms import open_binder
from therefore.provers.attempt import Labelled, Proof, with_steps
from therefore.provers.building.terms import subterms
from therefore.provers.calculus.between_ends import COMBINE, between, closed_integrals
from therefore.provers.calculus.integrating import existence, worth
from therefore.provers.prover import RELATIONS, Prover

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["OF_RELATIONS", "OF_STATEMENTS", "ORDERED", "prove_apart", "prove_relation"]

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


def prove_relation(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
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
    then = prove_apart(search, inner, goal, depth) if goal[0] == "!=" else None
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


def prove_apart(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
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


OF_STATEMENTS = Prover("the worth of an integral", _is_statement, _prove_statement)
OF_RELATIONS = Prover("integrals", _has_integrals, prove_relation)
ORDERED = Prover("the order of integrals", _is_ordered, _prove_ordered)
