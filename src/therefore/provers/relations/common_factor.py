"""A factor on both sides: c·a ≤ c·b from a ≤ b, for a c that is seen to have a sign."""

from __future__ import annotations

from typing import TYPE_CHECKING

from therefore.goal import Term, to_lists
from therefore.kernel.context import Context
from therefore.kernel.terms import fits, sort_of
from therefore.provers.attempt import Proof
from therefore.provers.prover import Prover

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["PROVER"]


def _accepts(ctx: Context, goal: Term) -> bool:
    return goal[0] in ("<=", "<") and bool(_shared(goal))


def _shared(goal: Term) -> list[Term]:
    """The factors that both sides have, as they are written."""
    left, right = (_factors(side) for side in goal[1:])
    return [factor for factor in dict.fromkeys(left) if factor in right]


def _factors(term: Term) -> tuple[Term, ...]:
    return term[1:] if isinstance(term, tuple) and term[0] == "*" else (term,)


def _prove(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    """The relation without the factor, which is turned round if the factor is negative."""
    if depth > 5:
        return None
    for factor in _shared(goal):
        if not fits(sort_of(factor, ctx.names), "real"):
            continue
        way = next((w for w in (1, -1) if ctx.holds(_sign(goal[0], factor, w))), None)
        if way is None:
            continue
        search.bench.note("a common factor")
        rest = (goal[0], *(_without(side, factor) for side in goal[1:][::way]))
        proof = search.prove(ctx, rest, depth + 1)
        label = f"rest{len(ctx.facts)}"
        times = factor if way == 1 else ("-", factor)
        whole: Proof | None = proof and {
            "rule": "have", "fact": to_lists(rest), "as": label, "proof": proof,
            "then": {"rule": "combine", "items": [{"fact": label, "times": to_lists(times)}]},
        }  # fmt: skip
        if whole and search.bench.works(ctx, goal, whole):
            return whole
    return None


def _sign(relation: str, factor: Term, way: int) -> Term:
    return (relation, "0", factor) if way == 1 else (relation, factor, "0")


def _without(term: Term, factor: Term) -> Term:
    factors = list(_factors(term))
    factors.remove(factor)
    if len(factors) > 1:
        return ("*", *factors)
    return factors[0] if factors else "1"


PROVER = Prover("a common factor", _accepts, _prove)
