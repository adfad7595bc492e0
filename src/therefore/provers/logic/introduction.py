"""∀ by a new name, → by a new fact."""

from __future__ import annotations

from typing import TYPE_CHECKING

from therefore.goal import Term
from therefore.kernel.context import Context
from therefore.kernel.terms import open_binder
from therefore.provers.attempt import Proof
from therefore.provers.logic.defined import proofs_of_definedness
from therefore.provers.prover import Prover

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["PROVER", "introduced", "introducing"]


def _accepts(ctx: Context, goal: Term) -> bool:
    return bool(goal[0] in ("forall", "implies"))


_VARIABLES = {"integer": "k", "real": "x", "size": "n"}


def introduced(
    ctx: Context, goal: Term, *, all_of_it: bool = False, wish: str = ""
) -> tuple[Context, list[str], list[str], Term]:
    """The context within the quantifiers and premises, their names and labels, and the rest.

    A premise that defines a name ends it, unless all of it is wanted. The variables get the names
    that are usual for their sorts, or the one wished for, with numbers.
    """
    inner, names, labels = ctx.extended(), [], []
    while goal[0] in ("forall", "implies"):
        if goal[0] == "forall":
            usual = _VARIABLES.get(goal[1], goal[1][0][0]) if goal[1] else "x"
            names.append(inner.fresh(wish or usual))
            inner.declare(names[-1], goal[1])
            goal = open_binder(goal[2], names[-1])
        else:
            labels.append(f"given{len(inner.facts)}")
            inner.assume(labels[-1], goal[1])
            defines_name = goal[1][0] == "=" and isinstance(goal[1][1], str)
            goal = goal[2]
            if defines_name and not all_of_it:
                break
    return inner, names, labels, goal


def _prove(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    inner, names, labels, rest = introduced(ctx, goal)
    then = search.prove(inner, rest, depth + 1)
    return then and introducing(search, ctx, goal, names, labels, then, depth)


def introducing(
    search: Search, ctx: Context, goal: Term, names: list[str], labels: list[str], then: Proof,
    depth: int,
) -> Proof:  # fmt: skip
    """The proof of the goal from one within its quantifiers and premises.

    Each premise must be defined where it is assumed. Raises ``Rejected`` if that is not found.
    """
    inner, defined = ctx.extended(), list[Proof]()
    waiting, labelled = list(names), list(labels)
    while waiting or labelled:
        if goal[0] == "forall":
            name = waiting.pop(0)
            inner.declare(name, goal[1])
            goal = open_binder(goal[2], name)
        else:
            defined += proofs_of_definedness(search, inner, goal[1], depth + 1)
            inner.assume(labelled.pop(0), goal[1])
            goal = goal[2]
    proof: Proof = {"rule": "intro", "names": names, "labels": labels, "then": then}
    return {**proof, "defined": defined} if defined else proof


PROVER = Prover("introduction", _accepts, _prove)
