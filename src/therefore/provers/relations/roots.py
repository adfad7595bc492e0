"""Numbers with square roots, and vectors: multipliers that show that a difference is not zero."""

from __future__ import annotations

from collections.abc import Iterator

from therefore.goal import Term
from therefore.kernel.context import Context
from therefore.kernel.polynomials import Scalar
from therefore.kernel.terms import sort_of
from therefore.provers.building.field import settled
from therefore.provers.building.unnormal import scalar_term

__all__ = ["separating_multipliers"]


def separating_multipliers(ctx: Context, gap: Term) -> Iterator[tuple[Term, Term]]:
    """Pairs (m, p) with m · (−gap) + p = 0 and p > 0, where gap is u − v.

    For a vector, m is the gap itself. For a number, m is a product of conjugates (√x ↦ −√x),
    so that m · gap has fewer roots; then p must be seen to be positive.
    """
    sort = sort_of(gap, ctx.names)
    if sort[0] == "vector":
        yield gap, ("inner", gap, gap)
        return
    if sort not in ("real", "integer", "size"):
        return
    value = ctx.normal.scalar(gap)
    multiplier: Scalar = value
    norm = settled(ctx.atoms, value)
    for _ in range(4):
        root = next((a for a in _atoms(norm) if ctx.atoms.rows[a].head == "sqrt"), None)
        if root is None:
            break
        conjugate = _conjugate(norm, root)
        norm = settled(ctx.atoms, norm * conjugate)
        multiplier = conjugate
        if root in _atoms(norm):
            return
    for way in (multiplier, -multiplier):
        product = settled(ctx.atoms, way * value)
        yield scalar_term(ctx.atoms, way), scalar_term(ctx.atoms, product)


def _conjugate(value: Scalar, root: int) -> Scalar:
    """The numerator with −√x for √x, over the same denominator."""
    over = {m: -c if dict(m).get(root, 0) % 2 else c for m, c in value.over.items()}
    return Scalar(over, value.under)


def _atoms(value: Scalar) -> list[int]:
    return sorted({a for monomial in value.over for a, _ in monomial})
