"""A fraction as a square times what is plainly not negative, by factoring its numerator."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from therefore.goal import to_lists
from therefore.kernel.context import Context
from therefore.kernel.polynomials import ONE, Monomial, Scalar, number
from therefore.provers.building.unnormal import scalar_term

__all__ = ["factored_square"]

MOST_TERMS = 60


def factored_square(ctx: Context, value: Scalar) -> list[dict[str, Any]] | None:
    """The item of ``combine`` that says value = weight · root², with a weight seen to be ≥ 0."""
    from sympy import QQ, ring

    used = sorted({a for m in value.over for a, _ in m})
    if not used or len(value.over) > MOST_TERMS:
        return None
    polynomials, *generators = ring([f"p{a}" for a in used], QQ)
    total = polynomials.zero
    for monomial, coefficient in value.over.items():
        term = polynomials.one * QQ(coefficient.numerator, coefficient.denominator)
        for index, exponent in monomial:
            term = term * generators[used.index(index)] ** exponent
        total = total + term
    content, factors = total.factor_list()
    root, weight = ONE, number(Fraction(int(content.numerator), int(content.denominator)))
    for factor, exponent in factors:
        part = Scalar(
            {
                _monomial(used, exponents): Fraction(int(c.numerator), int(c.denominator))
                for exponents, c in factor.terms()
            }
        )
        root = root * part ** (exponent // 2)
        weight = weight * (part if exponent % 2 else ONE)
    if root.constant() is not None:
        return None
    weight = weight * Scalar(ONE.over, value.under)
    if not ctx.signs(weight) <= {0, 1}:
        return None
    terms = (to_lists(scalar_term(ctx.atoms, part)) for part in (root, weight))
    return [dict(zip(("square", "times"), terms, strict=True))]


def _monomial(used: list[int], exponents: tuple[int, ...]) -> Monomial:
    return tuple((a, e) for a, e in zip(used, exponents, strict=True) if e)
