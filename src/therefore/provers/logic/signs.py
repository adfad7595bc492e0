"""Cases: the signs of what stands in |u| or in a unit step, or of what the author names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from therefore.goal import Term, to_lists
from therefore.kernel.context import Context
from therefore.kernel.terms import close, open_binder
from therefore.provers.attempt import Proof, by_rewriting
from therefore.provers.building.matching import is_open
from therefore.provers.building.terms import subterms
from therefore.provers.prover import RELATIONS, Prover

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["AS_HINTED", "AT_A_GLANCE", "PROVER"]

MOST_SPLITS = 4
_SIGNED = ("abs", "step")


def _accepts(ctx: Context, goal: Term) -> bool:
    return bool(goal[0] in RELATIONS)


def _prove(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    """Split on the signs of what stands in absolute values, or of the author's cases."""
    if depth > 3:
        return None
    inside = [t[1] for t in subterms(goal) if t[0] in _SIGNED and not is_open(t[1])]
    for term in [*search.bench.hints.cases, *dict.fromkeys(inside)]:
        if any(f in ctx.facts.values() for f in _sign_facts(term)):
            continue
        proof = _split(search, ctx, goal, term, depth)
        if proof is not None:
            return proof
    return None


def _split(search: Search, ctx: Context, goal: Term, term: Term, depth: int) -> Proof | None:
    """The goal for each sign of the term."""
    proof: Proof = {"rule": "cases", "on": [to_lists(term), "0"], "as": f"sign{len(ctx.facts)}"}
    for branch, fact in zip(("less", "equal", "greater"), _sign_facts(term), strict=True):
        inner = ctx.extended()
        inner.assume(proof["as"], fact)
        found = search.prove(inner, goal, depth + 1)
        if found is None:
            return None
        proof[branch] = found
    return proof


def _has_absolute_values(ctx: Context, goal: Term) -> bool:
    return goal[0] in RELATIONS and any(term[0] in _SIGNED for term in subterms(goal))


def _prove_at_a_glance(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    """Split on the signs of what stands in absolute values until each branch is plain."""
    inside = {t[1] for t in subterms(goal) if t[0] in _SIGNED and not is_open(t[1])}
    if len(inside) > MOST_SPLITS or search.bench.hints.cases:  # the author knows better
        return None
    return _glance(search, ctx, goal, sorted(inside, key=lambda term: (len(str(term)), str(term))))


def _glance(search: Search, ctx: Context, goal: Term, inside: list[Term]) -> Proof | None:
    for rule in ("inspect", "combine"):
        if search.bench.works(ctx, goal, {"rule": rule}):
            return {"rule": rule}
    if not inside:
        return None
    term, *rest = inside
    found: Proof | None
    if ctx.signs(ctx.normal.scalar(term)) in ({0}, {1}, {-1}):
        return _glance(search, ctx, goal, rest)
    label = f"sign{len(ctx.facts)}"
    proof: Proof = {"rule": "cases", "on": [to_lists(term), "0"], "as": label}
    allowed = ctx.signs(ctx.normal.scalar(term))
    for branch, fact in zip(("less", "equal", "greater"), _sign_facts(term), strict=True):
        inner = ctx.extended()
        inner.assume(label, fact)
        absurd = None
        if {"less": -1, "equal": 0, "greater": 1}[branch] not in allowed:
            absurd = _absurd(search, inner, goal, label)
        if absurd is not None:
            found = absurd
        elif branch == "equal" and isinstance(term, str):
            template = close(goal, term)
            then = _glance(search, inner, open_binder(template, "0"), rest)
            found = then and by_rewriting(
                template, term, "0", {"rule": "assumption", "fact": label}, then
            )
        else:
            found = _glance(search, inner, goal, rest)
        if found is None:
            return None
        proof[branch] = found
    return proof


def _absurd(search: Search, ctx: Context, goal: Term, label: str) -> Proof | None:
    """Whatever is claimed where a sign contradicts another fact."""
    for other in ctx.facts:
        items = [{"fact": label}, {"fact": other}]
        then: Proof = {"rule": "combine", "items": items}
        proof: Proof = {"rule": "suppose", "as": "absurd", "then": then}
        if search.bench.works(ctx, goal, proof):
            return proof
    return None


def _sign_facts(term: Term) -> tuple[Term, Term, Term]:
    return ("<", term, "0"), ("=", term, "0"), ("<", "0", term)


def _prove_as_hinted(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    """Split on the signs that the author names, before anything else is tried."""
    for term in search.bench.hints.cases:
        if not any(fact in ctx.facts.values() for fact in _sign_facts(term)):
            return _split(search, ctx, goal, term, depth)
    return None


AS_HINTED = Prover("cases as hinted", _accepts, _prove_as_hinted)
PROVER = Prover("cases", _accepts, _prove)
AT_A_GLANCE = Prover("cases at a glance", _has_absolute_values, _prove_at_a_glance)
