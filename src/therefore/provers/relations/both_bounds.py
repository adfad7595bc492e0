"""A known bound on an absolute value is two bounds: from |u| ≤ B follow −B ≤ u and u ≤ B."""

from __future__ import annotations

from typing import TYPE_CHECKING

from therefore.goal import Term, to_lists
from therefore.kernel.context import Context
from therefore.kernel.terms import close, is_number, open_binder
from therefore.provers.attempt import Proof
from therefore.provers.logic.introduction import introduced
from therefore.provers.prover import Prover

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["PROVER"]

_LABEL = "bound"


def _accepts(ctx: Context, goal: Term) -> bool:
    return (
        goal[0] in ("<=", "<")
        and not any(label.startswith(_LABEL) for label in ctx.facts)
        and any(map(_bounds_an_absolute_value, ctx.facts.values()))
    )


def _bounds_an_absolute_value(fact: Term) -> bool:
    while fact[0] in ("forall", "implies"):
        fact = fact[2]
    return fact[0] in ("<=", "<") and fact[1][0] == "abs" and not is_number(fact[1][1])


def _prove(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    """The goal, once the bounds are facts."""
    inner, steps = ctx.extended(), []
    for label, fact in list(ctx.facts.items()):
        if not _bounds_an_absolute_value(fact):
            continue
        for side in ("upper", "lower"):
            found = _bound(search, ctx, label, fact, side)
            if found is None:
                return None
            steps.append({**found, "as": f"{_LABEL}_{side}_{label}"})
            inner.assume(f"{_LABEL}_{side}_{label}", _stated(ctx, fact, side))
    proof = search.prove(inner, goal, depth + 1)
    for step in reversed(steps):
        proof = proof and {**step, "then": proof}
    return proof


def _half(relation: Term, side: str) -> Term:
    inside, most = relation[1][1], relation[2]
    return (relation[0], inside, most) if side == "upper" else (relation[0], ("-", most), inside)


def _stated(ctx: Context, fact: Term, side: str) -> Term:
    """The fact with one of the bounds in the place of both."""
    if fact[0] == "implies":
        return ("implies", fact[1], _stated(ctx, fact[2], side))
    if fact[0] == "forall":
        inner = ctx.extended()
        name = inner.fresh("x")
        inner.declare(name, fact[1])
        body = _stated(inner, open_binder(fact[2], name), side)
        return ("forall", fact[1], close(body, name))
    return _half(fact, side)


def _bound(search: Search, ctx: Context, label: str, fact: Term, side: str) -> Proof | None:
    inner, names, labels, relation = introduced(ctx, fact, all_of_it=True)
    inside = relation[1][1]
    gap = inside if side == "upper" else ("-", inside)
    below = search.prove(inner, ("<=", gap, relation[1]), 2)
    if below is None:
        return None
    proof: Proof = {
        "rule": "have", "fact": to_lists(("<=", gap, relation[1])), "as": "below", "proof": below,
        "then": {"rule": "combine", "items": [{"fact": "below"}, {"fact": label, "with": names}]},
    }  # fmt: skip
    if not search.bench.works(inner, _half(relation, side), proof):
        return None
    if names or labels:
        proof = {"rule": "intro", "names": names, "labels": labels, "then": proof}
    return {"rule": "have", "fact": to_lists(_stated(ctx, fact, side)), "proof": proof}


PROVER = Prover("both bounds", _accepts, _prove)
