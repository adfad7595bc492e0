"""A name, or a member of a sequence, is replaced by what a fact says it equals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from therefore.goal import Term
from therefore.kernel.context import Context
from therefore.kernel.terms import close, mentions, open_binder
from therefore.provers.attempt import Proof, by_rewriting
from therefore.provers.building.terms import HOLE, named, template_of
from therefore.provers.prover import RELATIONS, Prover

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["IN_A_RELATION", "THROUGHOUT"]


def _is_relation(ctx: Context, goal: Term) -> bool:
    return bool(goal[0] in RELATIONS)


def _is_compound(ctx: Context, goal: Term) -> bool:
    return bool(goal[0] in ("and", "forall", "implies"))


def _prove(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    """Replace a name by what a fact says it equals."""
    return _replace_name(search, ctx, goal, depth + 1)


def _prove_throughout(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    """The same in a compound goal, before it is taken apart."""
    if depth > 4:
        return None
    found = _replace_name(search, ctx, goal, depth)
    return found or _replace_member(search, ctx, goal, depth)


def _replace_name(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    for label, fact in ctx.facts.items():
        if fact[0] != "=" or not isinstance(fact[1], str) or fact[1] not in ctx.names:
            continue
        name, value = fact[1], fact[2]
        if mentions(value, name) or not mentions(goal, name):
            continue
        proof = _rewritten(search, ctx, (label, name, value), close(goal, name), depth)
        if proof is not None:
            return proof
    return None


def _replace_member(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    """The same for w_{t+1} of a declared sequence, where a fact is about this very member."""
    for label, fact in ctx.facts.items():
        if fact[0] != "=" or fact[1][0] != "app" or not isinstance(fact[1][1], str):
            continue
        member, value = fact[1], fact[2]
        template = template_of(goal, member)
        if mentions(named(value, member), HOLE) or open_binder(template, HOLE) == goal:
            continue
        proof = _rewritten(search, ctx, (label, member, value), template, depth)
        if proof is not None:
            return proof
    return None


def _rewritten(
    search: Search, ctx: Context, fact: tuple[str, Term, Term], template: Term, depth: int
) -> Proof | None:
    label, old, new = fact
    then = search.prove(ctx, open_binder(template, new), depth + 1)
    return then and by_rewriting(template, old, new, {"rule": "assumption", "fact": label}, then)


IN_A_RELATION = Prover("replacing", _is_relation, _prove)
THROUGHOUT = Prover("replacing throughout", _is_compound, _prove_throughout)
