"""The values of normal forms of numbers, by the values of their atoms."""

from __future__ import annotations

from fractions import Fraction

from therefore.kernel.polynomials import Polynomial, Scalar

__all__ = ["NumberReader"]


class NumberReader:
    """The values of the numbers of a context; what an atom is worth, others say."""

    def number(self, form: Scalar) -> Fraction:
        """The value of a normal form."""
        under = Fraction(1)
        for factor, exponent in form.under:
            under *= self._poly(dict(factor)) ** exponent
        return self._poly(form.over) / under

    def _poly(self, poly: Polynomial) -> Fraction:
        total = Fraction(0)
        for monomial, coefficient in poly.items():
            for index, exponent in monomial:
                coefficient *= self._atom(index) ** exponent
            total += coefficient
        return total

    def _atom(self, index: int) -> Fraction:
        raise NotImplementedError
