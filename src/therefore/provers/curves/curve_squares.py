"""Functions of one number made of roots and fractions, as questions about polynomials."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from therefore.provers.attempt import Proof
from therefore.provers.curves.curve_looks import has_head, parts_with
from therefore.provers.curves.curves import Curve
from therefore.provers.curves.stretches import Stretch
from therefore.provers.inequalities.polynomials import prove_inequality
from therefore.provers.inequalities.squared_sides import by_roots

if TYPE_CHECKING:
    from therefore.provers.curves.curve_signs import CurveSigns

__all__ = ["by_squares"]

DEEPEST = 3
_OTHERS = ("exp", "log", "sin", "cos", "arctan", "abs")


def by_squares(
    signs: CurveSigns, curve: Curve, stretch: Stretch, strict: bool, depth: int
) -> Proof | None:
    """Where roots stand in it: by squares, or by squaring what stands beside a root."""
    if depth > DEEPEST or not has_head(curve.body, "sqrt") or parts_with(curve.body, _OTHERS):
        return None
    ctx, goal = signs.context(stretch).extended(), signs.goal(curve, strict)
    ways = (partial(by_roots, show=prove_inequality), prove_inequality)
    for way in ways:
        proof = way(signs.bench, ctx, goal)
        if proof is not None and signs.bench.works(ctx, goal, proof):
            return signs.intro(stretch, proof)
    return None
