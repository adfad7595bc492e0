"""A proof by the cases a < b, a = b and a > b of two numbers."""

from __future__ import annotations

from collections.abc import Callable

from therefore.goal import Term, to_lists
from therefore.kernel.context import Context
from therefore.provers.attempt import Proof

__all__ = ["in_three_cases"]


def in_three_cases(
    ctx: Context,
    pair: tuple[Term, Term],
    label: str,
    prove: Callable[[Context, str], Proof | None],
    order: tuple[str, ...] = ("less", "equal", "greater"),
) -> Proof | None:
    """By a proof of each case, which is a fact with this label; in this order, or None.

    ``prove`` is given the context of a case and its name: "less", "equal" or "greater".
    """
    a, b = pair
    facts: dict[str, Term] = {"less": ("<", a, b), "equal": ("=", a, b), "greater": ("<", b, a)}
    proof: Proof = {"rule": "cases", "on": to_lists(pair), "as": label}
    for case in order:
        inner = ctx.extended()
        inner.assume(label, facts[case])
        found = prove(inner, case)
        if found is None:
            return None
        proof[case] = found
    return proof
