"""No derivative, where the slopes from the two sides differ; not this one, where it is another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from therefore.goal import Term, to_lists
from therefore.kernel.context import Context
from therefore.kernel.errors import Rejected
from therefore.kernel.terms import close, open_binder
from therefore.provers.attempt import Proof
from therefore.provers.building.differentiated import differentiated
from therefore.provers.building.unnormal import scalar_term
from therefore.provers.calculus.derivative import quotients
from therefore.provers.prover import Prover

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["PROVER"]


def _accepts(ctx: Context, goal: Term) -> bool:
    return bool(goal[0] == "not" and goal[1][0] == "has_derivative")


def _prove(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    return _by_corner(search, ctx, goal, depth) or _by_another(search, ctx, goal, depth)


def _by_corner(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    """The slopes from the right and from the left, by exact division, are two numbers."""
    search.bench.note("the slopes from both sides")
    body, point = goal[1][1:3]
    name = ctx.fresh("x")
    halves: dict[str, Any] = {}
    slopes: list[Term] = []
    for side, fact in (("right", ("<=", point, name)), ("left", ("<=", name, point))):
        inner = ctx.extended()
        inner.declare(name, "real")
        inner.assume("side", fact)
        rise = inner.normal.scalar(("+", open_binder(body, name), ("-", open_binder(body, point))))
        run = inner.normal.scalar(("+", name, ("-", point)))
        found = quotients(inner, rise, run)
        if not found:
            return None
        quotient = close(scalar_term(inner.atoms, found[0]), name)
        slopes.append(open_binder(quotient, point))
        halves[side] = {"quotient": to_lists(quotient), "identity": {"rule": "combine"}}
    differs = search.prove(ctx, ("!=", *slopes), depth + 2)
    proof: Proof = {"rule": "corner", "name": name, **halves, "differs": differs}
    return proof if differs and search.bench.works(ctx, goal, proof) else None


def _by_another(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    """The derivative is what its structure gives, and that is another number."""
    if len(goal[1]) != 4:
        return None
    body, point, old = goal[1][1:]
    try:
        value = scalar_term(ctx.atoms, ctx.normal.scalar(differentiated(ctx, body, point)))
    except Rejected:
        return None
    differs = search.prove(ctx, ("!=", value, old), depth + 2)
    proof = differs and search.prove(ctx, (*goal[1][:3], value), depth + 2)
    return proof and {
        "rule": "another", "value": to_lists(value), "proof": proof, "differs": differs,
    }  # fmt: skip


PROVER = Prover("corner", _accepts, _prove)
