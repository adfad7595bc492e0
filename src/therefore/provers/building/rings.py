"""Polynomials of atoms in SymPy's rings, to be factored and divided there, exactly."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from therefore.kernel.polynomials import Polynomial
from therefore.provers.building.polynomial import atoms_of

__all__ = ["Ring"]


class Ring:
    """ℚ[the atoms of some polynomials, of which there is one at least]."""

    def __init__(self, polynomials: Sequence[Polynomial]) -> None:
        from sympy import QQ, ring

        self._atoms = atoms_of(polynomials)
        self._ring, *self._generators = ring([f"p{a}" for a in self._atoms], QQ)
        self._rational = QQ

    def element(self, poly: Polynomial) -> Any:
        """The polynomial as an element of the ring."""
        total = self._ring.zero
        for monomial, coefficient in poly.items():
            value = self._rational(coefficient.numerator, coefficient.denominator)
            term = self._ring.one * value
            for index, exponent in monomial:
                term = term * self._generators[self._atoms.index(index)] ** exponent
            total = total + term
        return total

    def polynomial(self, element: Any) -> Polynomial:
        """The polynomial that an element of the ring is."""
        return {
            tuple((a, e) for a, e in zip(self._atoms, exponents, strict=True) if e): _fraction(c)
            for exponents, c in element.terms()
        }

    def factors(self, poly: Polynomial) -> tuple[Fraction, list[tuple[Polynomial, int]]]:
        """A number, and polynomials with exponents of which it is the multiple."""
        number, factors = self.element(poly).factor_list()
        return _fraction(number), [(self.polynomial(one), e) for one, e in factors]


def _fraction(value: Any) -> Fraction:
    return Fraction(int(value.numerator), int(value.denominator))
