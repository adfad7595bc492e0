"""A name is replaced by what a fact says it equals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from therefore.goal import Term, to_lists
from therefore.kernel.context import Context
from therefore.kernel.terms import close, mentions, open_binder
from therefore.provers.attempt import Proof
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
    return _replace_name(search, ctx, goal, depth)


def _replace_name(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    for label, fact in ctx.facts.items():
        if fact[0] != "=" or not isinstance(fact[1], str) or fact[1] not in ctx.names:
            continue
        name, value = fact[1], fact[2]
        if mentions(value, name) or not mentions(goal, name):
            continue
        template = close(goal, name)
        then = search.prove(ctx, open_binder(template, value), depth + 1)
        if then is not None:
            return {
                "rule": "rewrite", "template": to_lists(template), "from": name,
                "to": to_lists(value), "equal": {"rule": "assumption", "fact": label},
                "then": then,
            }  # fmt: skip
    return None


IN_A_RELATION = Prover("replacing", _is_relation, _prove)
THROUGHOUT = Prover("replacing throughout", _is_compound, _prove_throughout)
