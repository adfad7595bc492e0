"""The contract of a prover: does it have a say on this goal, and what proof does it find."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from therefore.goal import Term
from therefore.kernel.context import Context
from therefore.provers.attempt import Proof

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["RELATIONS", "Prover"]

RELATIONS = ("=", "!=", "<=", "<")


@dataclass(frozen=True)
class Prover:
    """One way of proving.

    ``accepts(ctx, goal)`` is quick and says whether the goal has the form this prover is for.
    ``prove(search, ctx, goal, depth)`` returns proof data or None; it may ask ``search`` to
    prove smaller goals, with a greater depth. It extends contexts just as the kernel's rule of
    the same name does, and it may fail or be wrong: the kernel decides.
    """

    name: str
    accepts: Callable[[Context, Term], bool]
    prove: Callable[[Search, Context, Term, int], Proof | None]
