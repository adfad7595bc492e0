"""A fraction of atoms as a product: its factors over the rational numbers, found by SymPy."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from therefore.goal import Term
from therefore.kernel.context import Context
from therefore.kernel.polynomials import Polynomial, Scalar
from therefore.kernel.terms import close
from therefore.provers.building.polynomial import atoms_of
from therefore.provers.building.rings import Ring
from therefore.provers.building.unnormal import scalar_term

__all__ = ["Factored", "factored", "product"]

MOST_TERMS = 60


@dataclass(frozen=True)
class Factored:
    """c · Π fᵢ^eᵢ with integers eᵢ, none of them 0. Bodies: the variable is #0."""

    constant: Fraction
    factors: tuple[tuple[Term, int], ...]

    @property
    def body(self) -> Term:
        """The product, as a term."""
        return product(self.constant, self.factors)


def product(constant: Fraction, factors: tuple[tuple[Term, int], ...]) -> Term:
    """c · Π fᵢ^eᵢ as a term."""
    above = [_power(one, e) for one, e in factors if e > 0]
    below = [_power(one, -e) for one, e in factors if e < 0]
    if constant != 1 or not above:
        above.insert(0, str(constant))
    over: Term = above[0] if len(above) == 1 else ("*", *above)
    if not below:
        return over
    return ("/", over, below[0] if len(below) == 1 else ("*", *below))


def _power(term: Term, exponent: int) -> Term:
    return term if exponent == 1 else ("^", term, str(exponent))


def factored(ctx: Context, value: Scalar, name: str) -> Factored:
    """The fraction as a product of bodies, with ``name`` for the variable."""
    constant, over = _factors(value.over)
    powers = {_key(one): (one, e) for one, e in over}
    for factor, exponent in value.under:
        part, below = _factors(dict(factor))
        constant /= part**exponent
        for one, e in below:
            known = powers.get(_key(one), (one, 0))[1]
            powers[_key(one)] = (one, known - e * exponent)
    factors = [
        (close(scalar_term(ctx.atoms, Scalar(one)), name), e) for one, e in powers.values() if e
    ]
    return Factored(constant, tuple(factors))


def _key(poly: Polynomial) -> tuple[Any, ...]:
    return tuple(sorted(poly.items()))


def _factors(poly: Polynomial) -> tuple[Fraction, list[tuple[Polynomial, int]]]:
    """A number, and polynomials with coprime integer coefficients, the first of them positive."""
    if not atoms_of([poly]):
        return poly.get((), Fraction(0)), []
    if len(poly) > MOST_TERMS:
        return Fraction(1), [(poly, 1)]
    return Ring([poly]).factors(poly)
