"""¬φ by what it means that φ is false."""

from __future__ import annotations

from typing import TYPE_CHECKING

from therefore.goal import Term
from therefore.kernel.context import Context
from therefore.kernel.terms import negation
from therefore.provers.attempt import Proof
from therefore.provers.prover import Prover

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["PROVER"]


def _accepts(ctx: Context, goal: Term) -> bool:
    return bool(goal[0] == "not")


def _prove(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    opposite = negation(goal[1])
    proof = search.prove(ctx, opposite, depth + 1) if opposite != goal else None
    return proof and {"rule": "deny", "proof": proof}


PROVER = Prover("denying", _accepts, _prove)
