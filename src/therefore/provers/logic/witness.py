"""A ∃ by the value that the author gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from therefore.goal import Term, to_lists
from therefore.kernel.context import Context
from therefore.kernel.terms import open_binder, reduced
from therefore.provers.attempt import Proof
from therefore.provers.logic.defined import proofs_of_definedness_of_a_term
from therefore.provers.prover import Prover

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["PROVER"]


def _accepts(ctx: Context, goal: Term) -> bool:
    return bool(goal[0] == "exists")


def _prove(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    values, rest, defined = [], goal, list[Proof]()
    for term in search.bench.hints.witness:
        if rest[0] == "exists":
            values.append(to_lists(term))
            defined += proofs_of_definedness_of_a_term(search, ctx, term, depth + 1)
            rest = reduced(open_binder(rest[2], term), ctx.names)
    if not values:
        return None
    then = search.prove(ctx, rest, depth + 1)
    if then is None:
        return None
    proof: Proof = {"rule": "exists", "values": values, "then": then}
    return {**proof, "defined": defined} if defined else proof


PROVER = Prover("witness", _accepts, _prove)
