"""Limits of terms in functions that are known to be continuous: their values at the point."""

from __future__ import annotations

from typing import TYPE_CHECKING

from therefore.goal import Term, to_lists
from therefore.kernel.context import Context, is_declared_function
from therefore.kernel.formulas import point_of
from therefore.kernel.terms import open_binder
from therefore.provers.attempt import Proof
from therefore.provers.building.terms import occurs
from therefore.provers.prover import Prover

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["PROVER"]


def _accepts(ctx: Context, goal: Term) -> bool:
    return bool(goal[0] == "tends" and point_of(goal[2]) == goal[2])


def _continuous(ctx: Context) -> dict[Term, str]:
    """The bodies f(#0) of functions that a fact calls continuous everywhere, with its label."""
    found = {}
    for label, fact in ctx.facts.items():
        if fact[:2] == ("forall", "real") and fact[2][0] == "tends":
            body, place, value = fact[2][1:]
            if is_declared_function(body) and (place, value) == ("#0", body):
                found[body] = label
    return found


def _prove(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    body, point, _ = goal[1:]
    names, parts = {}, []
    inner = ctx.extended()
    name = inner.fresh("x")
    inner.declare(name, "real")
    for value, label in _continuous(ctx).items():
        if not occurs(value, body):
            continue
        names[value] = inner.fresh("s")
        inner.declare(names[value], "real")
        proof = {
            "rule": "use", "fact": label, "with": [to_lists(point)], "as": "cited",
            "then": {"rule": "assumption", "fact": "cited"},
        }  # fmt: skip
        limit = open_binder(value, point)
        if goal == ("tends", value, point, limit):
            return proof
        parts.append(
            {"name": names[value], "body": to_lists(value), "limit": to_lists(limit),
             "proof": proof}
        )  # fmt: skip
    if not parts:
        return None
    search.bench.note("functions that are continuous")
    outer = open_binder(_named(body, names), name)
    through: Proof = {
        "rule": "through", "name": name, "from": "1", "outer": to_lists(outer), "parts": parts,
        "identity": {"rule": "combine"}, "value": {"rule": "combine"},
    }  # fmt: skip
    return through if search.bench.works(ctx, goal, through) else None


def _named(term: Term, names: dict[Term, str]) -> Term:
    if term in names:
        return names[term]
    return term if isinstance(term, str) else tuple(_named(part, names) for part in term)


PROVER = Prover("continuity", _accepts, _prove)
