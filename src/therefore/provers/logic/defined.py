"""Proofs that a formula is defined, where inspection alone does not see it.

A premise η = (n/2)|u|²/|v|² is defined where |v|² ≠ 0, which may follow from v ≠ 0; a hypothesis
that divides by √G_k for every k of a range is, if an earlier one says that G_k > 0 there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from therefore.goal import Term
from therefore.kernel.context import Context
from therefore.kernel.errors import Rejected
from therefore.kernel.proofs import Checker
from therefore.provers.attempt import Proof

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["proofs_of_definedness", "proofs_of_definedness_of_a_term"]


def proofs_of_definedness(
    search: Search, ctx: Context, formula: Term, depth: int = 0
) -> list[Proof]:
    """What the kernel asks for before the formula becomes a fact, in the order in which it asks.

    Raises ``Rejected`` if some obligation is not found.
    """
    asking = _Asking(search, depth)
    asking.ensure_formula_defined(ctx, formula, _Unlimited([None]))
    return asking.found


def proofs_of_definedness_of_a_term(
    search: Search, ctx: Context, term: Term, depth: int = 0
) -> list[Proof]:
    """The same before a term is brought in."""
    asking = _Asking(search, depth)
    asking.ensure_defined(ctx.extended(), term, _Unlimited([None]))
    return asking.found


class _Unlimited(list[Any]):
    """Proofs without end, each still to be found."""

    def pop(self, *_: Any) -> None:
        """The next one."""


class _Asking(Checker):
    """The kernel's walk through a formula; what it wants to see proved is searched for."""

    def __init__(self, search: Search, depth: int) -> None:
        super().__init__({}, {})
        self.search, self.depth = search, depth
        self.found: list[Proof] = []

    def prove(self, ctx: Context, goal: Term, proof: Any) -> None:
        """Search for the proof of an obligation, and keep it."""
        found = self.search.prove(ctx, goal, self.depth)
        if found is None:
            raise Rejected("UNDEFINED", f"it is not found that {goal}")
        self.found.append(found)
