"""Pseudo-inverses: what Penrose's conditions say of each of those that occur is added first.

That A⁺ is another matrix follows from the conditions of both, by completion.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from therefore.goal import Term, to_lists
from therefore.kernel.context import Context
from therefore.kernel.terms import sort_of
from therefore.provers.attempt import Proof
from therefore.provers.building.matching import is_open
from therefore.provers.building.terms import subterms
from therefore.provers.prover import RELATIONS, Prover

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["PROVER"]

LABEL = "penrose"


def _occurring(ctx: Context, goal: Term) -> list[Term]:
    """The matrices whose pseudo-inverses occur."""
    terms = [goal, *(fact for fact in ctx.facts.values() if fact[0] in RELATIONS)]
    return list(dict.fromkeys(
        part[1] for term in terms for part in subterms(term)
        if part[0] == "pseudoinverse" and not is_open(part)
    ))  # fmt: skip


def _accepts(ctx: Context, goal: Term) -> bool:
    if any(label.startswith(LABEL) for label in ctx.facts):
        return False
    return goal[0] in (*RELATIONS, "invertible") and bool(_occurring(ctx, goal))


def _prove(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    inner, steps = ctx.extended(), []
    for matrix in _occurring(ctx, goal):
        _, rows, columns = sort_of(matrix, ctx.names)
        pinv = ("pseudoinverse", matrix)
        sides = ("matmul", matrix, pinv), ("matmul", pinv, matrix)
        fact = (
            "and",
            ("=", ("matmul", matrix, ("matmul", pinv, matrix)), matrix),
            ("=", ("matmul", pinv, ("matmul", matrix, pinv)), pinv),
            *(("=", ("transpose", side), side) for side in sides),
        )
        label = f"{LABEL}{len(inner.facts)}"
        inner.assume(label, fact)
        steps.append((label, [to_lists(rows), to_lists(columns), to_lists(matrix)]))
    then = search.prove(inner, goal, depth + 1)
    for label, at in reversed(steps):
        then = then and {
            "rule": "use", "fact": f"axiom:{LABEL}", "with": at, "conditions": [], "as": label,
            "then": then,
        }  # fmt: skip
    return then


PROVER = Prover("pseudo-inverses", _accepts, _prove)
