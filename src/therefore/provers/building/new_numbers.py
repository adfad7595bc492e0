"""Numbers that a proof brings in: that there is one, by its value, and a name for it."""

from __future__ import annotations

from collections.abc import Callable

from therefore.goal import Term, to_lists
from therefore.kernel.context import Context
from therefore.kernel.terms import open_binder
from therefore.provers.attempt import Proof, with_steps

__all__ = ["with_number"]


def with_number(
    ctx: Context, name: str, said: Term, value: Term, labels: tuple[str, str]
) -> Callable[[Proof], Proof]:
    """Declare a number and what is said of it (an order and an equation), and how that is entered.

    In ``said`` the number is #0; the ``labels`` are those of "there is one" and of what is said.
    """
    there_is, label = labels
    exists: Term = ("exists", "real", said)
    ctx.assume(there_is, exists)
    ctx.declare(name, "real")
    ctx.assume(label, open_binder(said, name))
    witness: Proof = {
        "rule": "exists", "values": [to_lists(value)],
        "then": {"rule": "split", "parts": [{"rule": "inspect"}, {"rule": "combine"}]},
    }  # fmt: skip

    def enter(then: Proof) -> Proof:
        inside: Proof = {
            "rule": "obtain", "fact": there_is, "name": name, "as": label, "then": then,
        }  # fmt: skip
        return with_steps([(there_is, exists, witness)], inside)

    return enter
