"""A strict relation that follows from a strict one and from what is at least 0.

From 0 < x and 1 < y follows 1 < x + y: what is left of the difference after a multiple of one of
them is taken away is plainly not negative.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from therefore.goal import Term, to_lists
from therefore.kernel.context import Context
from therefore.kernel.errors import Rejected
from therefore.kernel.polynomials import Scalar, number
from therefore.kernel.terms import fits, sort_of
from therefore.provers.attempt import Proof
from therefore.provers.building.unnormal import scalar_term
from therefore.provers.prover import Prover

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["PROVER"]


def _accepts(ctx: Context, goal: Term) -> bool:
    return goal[0] == "<" and all(fits(sort_of(side, ctx.names), "real") for side in goal[1:])


def _prove(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    search.bench.note("a strict relation and what is not negative")
    difference = ctx.normal.scalar(goal[2]) - ctx.normal.scalar(goal[1])
    for label, fact in ctx.facts.items():
        if fact[0] != "<":
            continue
        try:
            known = ctx.normal.scalar(fact[2]) - ctx.normal.scalar(fact[1])
            for times in _multiples(difference, known):
                rest = scalar_term(ctx.atoms, difference - known * number(times))
                if rest is None or not ctx.holds(("<=", "0", rest)):
                    continue
                proof: Proof = {
                    "rule": "combine",
                    "items": [
                        {"fact": label, "times": str(times)},
                        {"square": "1", "times": to_lists(rest)},
                    ],
                }
                if search.bench.works(ctx, goal, proof):
                    return proof
        except Rejected:
            continue
    return None


def _multiples(difference: Scalar, known: Scalar) -> Iterator[Fraction]:
    """The positive numbers by which the known term has a part of the difference."""
    shared = [m for m in known.over if m and m in difference.over]
    ratios = [difference.over[m] / known.over[m] for m in shared]
    yield from dict.fromkeys(ratio for ratio in ratios if ratio > 0)


PROVER = Prover("a strict relation", _accepts, _prove)
