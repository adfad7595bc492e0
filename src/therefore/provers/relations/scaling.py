"""Finds that an inequality is a known one, times a term of known sign.

From 0 < η and η < 1/2 follows 4η² < 2η: the difference of the sides is 1/2 − η times 4η. SymPy
divides; ``combine`` checks the product and the sign.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from therefore.goal import Term, to_lists
from therefore.kernel.context import Context
from therefore.kernel.errors import Rejected
from therefore.kernel.polynomials import Scalar
from therefore.kernel.terms import fits, sort_of
from therefore.provers.attempt import Proof
from therefore.provers.building.unnormal import scalar_term
from therefore.provers.prover import Prover

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["PROVER"]

_LONGEST = 60
_DEEPEST = 1


def _accepts(ctx: Context, goal: Term) -> bool:
    return bool(goal[0] in ("<=", "<") and fits(sort_of(goal[1], ctx.names), "real"))


def _prove(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    """b − a as a multiple of d − c, for a known c ≤ d, where the multiplier has a sign."""
    if depth > _DEEPEST:
        return None
    target = _difference(ctx, goal)
    if target is None or len(target.over) > _LONGEST:
        return None
    for label, fact in list(ctx.facts.items()):
        if fact[0] not in ("<=", "<") or (goal[0] == "<" and fact[0] == "<="):
            continue
        known = _difference(ctx, fact)
        if known is None or not known.over or len(known.over) > _LONGEST:
            continue
        search.bench.check_time()
        times = _quotient(scalar_term(ctx.atoms, target), scalar_term(ctx.atoms, known))
        if times is None:
            continue
        proof: Proof = {
            "rule": "combine", "items": [{"fact": label, "times": to_lists(times)}],
        }  # fmt: skip
        if search.bench.works(ctx, goal, proof):
            return proof
        sign = ("<", "0", times)
        name = f"factor{len(ctx.facts)}"
        positive = search.prove(ctx, sign, depth + 1)
        if positive is None:
            continue
        whole: Proof = {
            "rule": "have", "fact": to_lists(sign), "as": name, "proof": positive, "then": proof,
        }  # fmt: skip
        if search.bench.works(ctx, goal, whole):
            return whole
    return None


def _difference(ctx: Context, relation: Term) -> Scalar | None:
    try:
        return ctx.normal.scalar(("+", relation[2], ("-", relation[1])))
    except (Rejected, ValueError, KeyError):
        return None


def _quotient(over: Term, under: Term) -> Term | None:
    """The quotient in lowest terms, if division makes it simpler."""
    import sympy

    from therefore.provers.building.sympy_hints import FAILURES, Symbols

    symbols = Symbols()
    try:
        whole, part = symbols.to_sympy(over), symbols.to_sympy(under)
        divisor, _ = sympy.fraction(sympy.cancel(part))
        ratio = sympy.cancel(whole / part)
        _, below = sympy.fraction(ratio)
        if not divisor.free_symbols or sympy.gcd(divisor, below).free_symbols:
            return None
        return symbols.to_term(sympy.factor(ratio))
    except FAILURES:
        return None


PROVER = Prover("scaling", _accepts, _prove)
