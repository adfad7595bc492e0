"""Polynomials in sines and cosines, wherever their arguments lie: sin² + cos² = 1 is all of it.

With that equation the question is one about polynomials, which is made homogeneous by it. What has
terms of even and of odd degree, A + B ≥ 0, follows from A ≥ 0 and B² ≤ A².
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from therefore.goal import Term
from therefore.kernel.context import Context
from therefore.kernel.errors import Rejected
from therefore.kernel.polynomials import Polynomial, Scalar
from therefore.kernel.terms import mentions, sort_of
from therefore.provers.attempt import Proof
from therefore.provers.bench import Bench
from therefore.provers.building.terms import subterms
from therefore.provers.building.unnormal import scalar_term
from therefore.provers.inequalities.polynomials import prove_inequality
from therefore.provers.inequalities.squared_sides import from_squares
from therefore.provers.prover import Prover

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["PROVER"]

WAVES = ("sin", "cos")
_PLAIN = frozenset(["<", "<=", "+", "-", "*", "/", "^", "sqrt", "pi"])


def _accepts(ctx: Context, goal: Term) -> bool:
    """Whether names occur within sines and cosines only, and no facts bound them."""
    if goal[0] not in ("<", "<=") or not any(one[0] in WAVES for one in subterms(goal)):
        return False
    if any(sort_of(side, ctx.names) != "real" for side in goal[1:]):
        return False
    names = [name for name in ctx.names if mentions(goal, name)]
    known = any(mentions(fact, name) for fact in ctx.facts.values() for name in names)
    return bool(names) and not known and all(_is_plain(side, names) for side in goal[1:])


def _is_plain(term: Term, names: list[str]) -> bool:
    if isinstance(term, str):
        return term not in names
    if term[0] in WAVES:
        return True
    inner = term[1:2] if term[0] == "^" else term[1:]
    return term[0] in _PLAIN and all(_is_plain(part, names) for part in inner)


def _prove(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    search.bench.note("sines and cosines as the coordinates of points on a circle")
    for way in (_by_parity, prove_inequality):  # of one parity, there is one way only
        proof = way(search.bench, ctx, goal)
        if proof is not None and search.bench.works(ctx, goal, proof):
            return proof
    return None


def _by_parity(bench: Bench, ctx: Context, goal: Term) -> Proof | None:
    """A + B ≥ 0 with the terms of even degree in A: if A + B < 0, then A − B > 0, and B² > A²."""
    try:
        gap = ctx.normal.scalar(goal[2]) - ctx.normal.scalar(goal[1])
    except Rejected:
        return None
    if gap.under:
        return None
    parts: tuple[Polynomial, Polynomial] = ({}, {})
    for m, c in gap.over.items():
        waves = sum(e for a, e in m if ctx.atoms.rows[a].head in WAVES)
        parts[waves % 2][m] = c
    if not all(parts):
        return None
    even, odd = (scalar_term(ctx.atoms, Scalar(part)) for part in parts)
    return from_squares(bench, ctx, goal, (even, odd), [], prove_inequality)


PROVER = Prover("sines and cosines on a circle", _accepts, _prove)
