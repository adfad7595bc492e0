"""Induction over an integer: as the author says, or over the end of a sum or an exponent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from therefore.goal import Term, to_lists
from therefore.kernel.context import Context
from therefore.kernel.terms import close, is_number, mentions, open_binder, reduced, substitute
from therefore.provers.attempt import Proof, by_rewriting
from therefore.provers.building.terms import subterms
from therefore.provers.prover import RELATIONS, Prover

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = [
    "AS_HINTED", "NEXT_SIGN", "OF_A_RECURRENCE", "OF_A_SIGN", "OVER_A_HORIZON", "induction",
    "over_horizon",
]  # fmt: skip


def _may_be_hinted(ctx: Context, goal: Term) -> bool:
    return bool(goal[0] in (*RELATIONS, "forall"))


def _has_a_horizon(ctx: Context, goal: Term) -> bool:
    return goal[0] in RELATIONS and bool(_horizons(goal))


def _horizons(goal: Term) -> list[Term]:
    """The ends of sums, and exponents that are no written numbers."""
    place = {"sum": 2, "power": 2}
    found = [term[place[term[0]]] for term in subterms(goal) if term[0] in place]
    return [end for end in found if not is_number(end)]


def _prove_as_hinted(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    hint = search.bench.hints.induction
    if not hint or depth > 2:
        return None
    if goal[:2] == ("forall", "integer"):
        return induction(search, ctx, goal, depth)
    if hint in ctx.names and goal[0] in ("=", "<=", "<", "forall") and mentions(goal, hint):
        return over_horizon(search, ctx, goal, hint, depth)
    return None


def _prove_over_a_horizon(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    """Induction over an integer that ends a sum, or is an exponent, without being told."""
    if depth > 1 or goal[0] not in ("=", "<=", "<") or search.bench.hints.induction:
        return None
    ends = _horizons(goal)
    for name, sort in ctx.names.items():
        if sort == "integer" and any(mentions(end, name) for end in ends):
            proof = over_horizon(search, ctx, goal, name, depth)
            if proof:
                return proof
    return None


def _follows_a_recurrence(ctx: Context, goal: Term) -> bool:
    return goal[0] in ("=", "<=", "<") and bool(_steps(ctx, goal))


def _is_a_sign_by_steps(ctx: Context, goal: Term) -> bool:
    """Whether the goal is 0 ≤ a_k, or 0 < a_k, of numbers that are given step by step."""
    of_a_sign = goal[0] in ("<=", "<") and goal[1] == "0" and goal[2][:1] == ("app",)
    return of_a_sign and bool(_steps(ctx, goal))


def _steps(ctx: Context, goal: Term) -> list[str]:
    """Integers at which, or next to which, the goal applies what an equation gives step by step."""
    stepping = set()
    for fact in ctx.facts.values():
        body: Term = fact[2] if fact[:2] == ("forall", "integer") else ("false",)
        while body[0] == "implies":
            body = body[2]
        if body[0] == "=" and body[1][0] == "app" and body[1][2:] == (("+", "#0", "1"),):
            stepping.add(body[1][1])
    places = [t[2] for t in subterms(goal) if t[0] == "app" and t[1] in stepping and len(t) == 3]
    names = [p[1] if p[:1] == ("+",) and p[2:] == ("1",) else p for p in places]
    return [p for p in dict.fromkeys(names) if isinstance(p, str) and _is_integer(ctx, p)]


def _is_integer(ctx: Context, name: str) -> bool:
    return ctx.names.get(name) == "integer"


def _prove_of_a_recurrence(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    """Induction over the index of what is given step by step."""
    if depth > 2 or search.bench.hints.induction or _within_an_induction(ctx):
        return None
    for name in _steps(ctx, goal):
        proof = over_horizon(search, ctx, goal, name, depth)
        if proof:
            return proof
    return None


def _within_an_induction(ctx: Context) -> bool:
    return any(label.endswith(("_ih", "_range")) for label in ctx.facts)


def over_horizon(search: Search, ctx: Context, goal: Term, name: str, depth: int) -> Proof | None:
    """Prove the goal for every m from its least value up to the horizon, then take m = T."""
    low = next((f[1] for f in ctx.facts.values() if f[0] == "<=" and f[2] == name), None)
    if low is None:
        return None
    search.bench.note(f"induction over {name}")
    in_range = (
        "implies",
        ("<=", low, "#0"),
        ("implies", ("<=", "#0", name), close(goal, name)),
    )
    general = ("forall", "integer", in_range)
    proof = induction(search, ctx, general, depth)
    if proof is None:
        return None
    last: Proof = {
        "rule": "use", "fact": "all", "with": [name], "as": "last",
        "then": {"rule": "assumption", "fact": "last"},
    }  # fmt: skip
    return {
        "rule": "have",
        "fact": to_lists(general),
        "as": "all",
        "proof": proof,
        "then": last,
    }


def induction(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    index = ctx.fresh("m")
    opened = open_binder(goal[2], index)
    if opened[0] != "implies" or opened[1][0] != "<=" or opened[1][2] != index:
        return None
    low, formula, high = opened[1][1], opened[2], None
    if formula[0] == "implies" and formula[1][:2] == ("<=", index):
        high, formula = formula[1][2], formula[2]
    base, step = ctx.extended(), ctx.extended()
    step.declare(index, "integer")
    step.assume(f"{index}_from", ("<=", low, index))
    if high is not None:
        base.assume(f"{index}_range", ("<=", low, high))
        step.assume(f"{index}_to", ("<=", ("+", index, "1"), high))
    step.assume(f"{index}_ih", formula)
    first = search.prove(base, substitute(formula, {index: low}), depth + 1)
    if first is None:
        search.bench.note("the base of the induction is open")
        return None
    second = search.prove(step, substitute(formula, {index: ("+", index, "1")}), depth + 1)
    if second is None:
        search.bench.note("the step of the induction is open")
        return None
    return {"rule": "induction", "index": index, "base": first, "step": second}


def _is_a_next_sign(ctx: Context, goal: Term) -> bool:
    """Whether the goal is 0 ≤ a_{k+1}, or 0 < a_{k+1}, within an induction."""
    return (
        goal[0] in ("<=", "<")
        and goal[1] == "0"
        and goal[2][:1] == ("app",)
        and goal[2][2][:1] == ("+",)
        and goal[2][2][2:] == ("1",)
        and _within_an_induction(ctx)
    )


def _prove_next_sign(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    """The sign of what the known step writes for a_{k+1}."""
    place = goal[2][2][1]
    for label, fact in ctx.facts.items():
        body: Term = open_binder(fact[2], place) if fact[:2] == ("forall", "integer") else ("",)
        while body[0] == "implies" and ctx.holds(reduced(body[1], ctx.names)):
            body = body[2]
        said: Term = reduced(body, ctx.names) if body[0] == "=" else ("",)
        if said[0] != "=" or said[1] != goal[2]:
            continue
        value = (goal[0], "0", said[2])
        then = search.prove(ctx, value, depth + 1)
        if then is None:
            continue
        name = f"step{len(ctx.facts)}"
        proof: Proof = {
            "rule": "use", "fact": label, "with": [to_lists(place)], "as": name,
            "then": by_rewriting(
                (goal[0], "0", "#0"), said[1], said[2], {"rule": "assumption", "fact": name}, then
            ),
        }  # fmt: skip
        if search.bench.works(ctx, goal, proof):
            return proof
    return None


AS_HINTED = Prover("induction", _may_be_hinted, _prove_as_hinted)
OF_A_RECURRENCE = Prover("induction on steps", _follows_a_recurrence, _prove_of_a_recurrence)
NEXT_SIGN = Prover("the sign of the next", _is_a_next_sign, _prove_next_sign)
OF_A_SIGN = Prover("induction on signs", _is_a_sign_by_steps, _prove_of_a_recurrence)
OVER_A_HORIZON = Prover("induction over a horizon", _has_a_horizon, _prove_over_a_horizon)
