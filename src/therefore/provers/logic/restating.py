"""A relation that says the same as one that is known, once both are in normal form.

What is known may be a lemma for every index of a range, and the relation its sum over that range.
An equation of numbers may be multiplied, too: from Σ y_k = 1 follows p·Σ y_k − y_j = p − y_j.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from therefore.goal import Term, to_lists
from therefore.kernel.atoms import Matrix, Vector
from therefore.kernel.context import Context
from therefore.kernel.errors import Rejected
from therefore.kernel.polynomials import Scalar, number
from therefore.provers.attempt import Proof
from therefore.provers.building.candidates import Candidate, candidates
from therefore.provers.building.unnormal import scalar_term
from therefore.provers.calculus.derivative import quotients
from therefore.provers.prover import Prover

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["PROVER"]


def _accepts(ctx: Context, goal: Term) -> bool:
    return goal[0] in ("=", "<=", "<")


def _prove(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    """b − a as the difference of the sides of one known relation, or as its negative."""
    target = ctx.normal.value(goal[2]) - ctx.normal.value(goal[1])  # type: ignore[operator]
    if isinstance(target, Matrix):
        return None
    search.bench.note("a known relation in other words")
    for stage in (1, 2):
        for candidate in candidates(search.bench, ctx, goal, stage):
            if candidate.kind == "=" or goal[0] != "=":
                proof = _same(search, ctx, goal, target, candidate)
                if proof is not None:
                    return proof
                proof = _multiple(search, ctx, goal, target, candidate)
                if proof is not None:
                    return proof
    return None


def _multiple(
    search: Search, ctx: Context, goal: Term, target: Scalar | Vector, candidate: Candidate
) -> Proof | None:
    """The candidate, an equation of numbers that is not summed, times what division gives."""
    value = candidate.value
    if candidate.kind != "=" or candidate.index or isinstance(value, Vector):
        return None
    if isinstance(target, Vector) or not value.over:
        return None
    for times in quotients(ctx, target, value):
        item = {**candidate.item, "times": to_lists(scalar_term(ctx.atoms, times))}
        proof: Proof = {"rule": "combine", "items": [item]}
        if search.bench.works(ctx, goal, proof):
            return proof
    return None


def _same(
    search: Search, ctx: Context, goal: Term, target: Scalar | Vector, candidate: Candidate
) -> Proof | None:
    """The candidate once, or taken backwards if it is an equation."""
    if isinstance(candidate.value, Vector) != isinstance(target, Vector):
        return None
    for sign in (1, -1) if candidate.kind == "=" else (1,):
        try:
            value = candidate.summed(ctx, candidate.value)
            factor = number(-sign)
            moved = value.scaled(factor) if isinstance(value, Vector) else value * factor
            if not ctx.atoms.is_zero(target + moved):  # type: ignore[operator]
                continue
        except Rejected:
            return None
        item = candidate.item if sign == 1 else {**candidate.item, "times": "-1"}
        proof: Proof = {"rule": "combine", "items": [item]}
        if search.bench.works(ctx, goal, proof):
            return proof
    return None


PROVER = Prover("restating", _accepts, _prove)
