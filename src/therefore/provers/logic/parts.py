"""A conjunction, part by part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from therefore.goal import Term
from therefore.kernel.context import Context
from therefore.provers.attempt import Proof
from therefore.provers.prover import Prover

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["PROVER"]


def _accepts(ctx: Context, goal: Term) -> bool:
    return bool(goal[0] == "and")


def _prove(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    parts = [search.prove(ctx, part, depth + 1) for part in goal[1:]]
    return None if None in parts else {"rule": "split", "parts": parts}


PROVER = Prover("parts", _accepts, _prove)
