"""A whole number that is given, N = 3, is put in everywhere: in the goal and in what is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from therefore.goal import Term, to_lists
from therefore.kernel.context import Context
from therefore.kernel.terms import close, mentions, open_binder
from therefore.provers.attempt import Proof, by_rewriting
from therefore.provers.building.terms import subterms
from therefore.provers.prover import RELATIONS, Prover

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["PROVER"]

LABEL = "fixed"
DEEPEST = 4


def _accepts(ctx: Context, goal: Term) -> bool:
    if goal[0] not in RELATIONS or any(label.startswith(LABEL) for label in ctx.facts):
        return False
    return _given(ctx, goal) is not None


def _given(ctx: Context, goal: Term) -> tuple[str, str, str] | None:
    """The label, the name and the number of an equation whose name is an end or an index."""
    for label, fact in ctx.facts.items():
        if fact[0] != "=" or len(fact) != 3:
            continue
        for name, value in (fact[1:], fact[:0:-1]):
            known = isinstance(name, str) and ctx.names.get(name) in ("integer", "size")
            if known and isinstance(value, str) and value.isdigit():
                formulas = (goal, *ctx.facts.values())
                if any(_counts(term, name) for one in formulas for term in subterms(one)):
                    return label, name, value
    return None


def _counts(term: Term, name: str) -> bool:
    """Whether the name bounds a range in the term, or is (part of) an index."""
    if term[0] == "sum":
        return any(mentions(end, name) for end in term[1:3])
    if term[:2] == ("forall", "integer"):
        return mentions(term, name)
    return term[0] == "app" and any(mentions(part, name) for part in term[2:])


def _prove(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    found = _given(ctx, goal)
    if depth > DEEPEST or found is None:
        return None
    label, name, value = found
    search.bench.note(f"{name} = {value} put in everywhere")
    turned = -1 if ctx.facts[label][1] == name else 1
    same: dict[str, Any] = {
        "rule": "combine", "items": [{"fact": label, "times": str(turned)}],
    }  # fmt: skip
    inner = ctx.extended()
    steps: list[dict[str, Any]] = []
    for other, fact in list(ctx.facts.items()):
        if other == label or not mentions(fact, name):
            continue
        template = close(fact, name)
        there = open_binder(template, value)
        known = f"{LABEL}{len(steps) + 1}"
        steps.append({
            "rule": "have", "fact": to_lists(there), "as": known,
            "proof": by_rewriting(
                template, value, name, same, {"rule": "assumption", "fact": other}
            ),
        })  # fmt: skip
        if not search.bench.works(inner, there, steps[-1]["proof"]):
            steps.pop()
            continue
        inner.assume(known, there)
    template = close(goal, name)
    there = open_binder(template, value)
    then = search.prove(inner, there, depth + 1) if steps or there != goal else None
    if then is None:
        return None
    equal: Proof = {"rule": "combine", "items": [{"fact": label, "times": str(-turned)}]}
    proof = by_rewriting(template, name, value, equal, then)
    for step in reversed(steps):
        proof = {**step, "then": proof}
    return proof


PROVER = Prover("a whole number put in", _accepts, _prove)
