"""A fraction as a square times what is plainly not negative, by factoring its numerator."""

from __future__ import annotations

from typing import Any

from therefore.goal import to_lists
from therefore.kernel.context import Context
from therefore.kernel.polynomials import ONE, Scalar, number
from therefore.provers.building.polynomial import atoms_of
from therefore.provers.building.rings import Ring
from therefore.provers.building.unnormal import scalar_term

__all__ = ["factored_square"]

MOST_TERMS = 60


def factored_square(ctx: Context, value: Scalar) -> list[dict[str, Any]] | None:
    """The item of ``combine`` that says value = weight · root², with a weight seen to be ≥ 0."""
    if not atoms_of([value.over]) or len(value.over) > MOST_TERMS:
        return None
    content, factors = Ring([value.over]).factors(value.over)
    root, weight = ONE, number(content)
    for factor, exponent in factors:
        part = Scalar(factor)
        root = root * part ** (exponent // 2)
        weight = weight * (part if exponent % 2 else ONE)
    if root.constant() is not None:
        return None
    weight = weight * Scalar(ONE.over, value.under)
    if not ctx.signs(weight) <= {0, 1}:
        return None
    terms = (to_lists(scalar_term(ctx.atoms, part)) for part in (root, weight))
    return [dict(zip(("square", "times"), terms, strict=True))]
