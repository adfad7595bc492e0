"""Numbers a + b sqrt(c), exactly: what one square root of a fraction leads to."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import isqrt
from typing import Any

from therefore.refuters.number import Number
from therefore.refuters.reals import Real, Unknown

__all__ = ["Surd", "Unknown", "root_of_fraction"]

_LARGEST_FACTOR = 1000


@dataclass(frozen=True, slots=True)
class Surd(Number):
    """``plain + factor * sqrt(under)`` with ``factor`` nonzero and ``under`` no square.

    Surds with the same number under the root make a surd; with another root they make a real
    that is known by enclosures.
    """

    plain: Fraction
    factor: Fraction
    under: int

    def _joined(self, other: Any) -> tuple[Fraction, Fraction]:
        if isinstance(other, Surd):
            return other.plain, other.factor
        return Fraction(other), Fraction(0)

    def _is_foreign(self, other: Any) -> bool:
        return isinstance(other, Surd) and other.under != self.under

    def __add__(self, other: Any) -> Any:
        if not isinstance(other, int | Fraction | Surd):
            return NotImplemented
        if self._is_foreign(other):
            return Real("+", self, other)
        plain, factor = self._joined(other)
        return _made(self.plain + plain, self.factor + factor, self.under)

    def __mul__(self, other: Any) -> Any:
        if not isinstance(other, int | Fraction | Surd):
            return NotImplemented
        if self._is_foreign(other):
            return Real("*", self, other)
        plain, factor = self._joined(other)
        return _made(
            self.plain * plain + self.factor * factor * self.under,
            self.plain * factor + self.factor * plain,
            self.under,
        )

    def __neg__(self) -> Surd:
        return Surd(-self.plain, -self.factor, self.under)

    __radd__ = __add__
    __rmul__ = __mul__

    def inverse(self) -> Surd:
        """``1 / self``; a surd is never 0."""
        size = self.plain**2 - self.factor**2 * self.under
        return Surd(self.plain / size, -self.factor / size, self.under)

    def sign(self) -> int:
        """1 or -1: the larger of ``plain`` and ``factor * sqrt(under)`` decides."""
        if self.plain**2 > self.factor**2 * self.under:
            return 1 if self.plain > 0 else -1
        return 1 if self.factor > 0 else -1


def _made(plain: Fraction, factor: Fraction, under: int) -> Surd | Fraction:
    return Surd(plain, factor, under) if factor else plain


def root_of_fraction(value: Fraction) -> Surd | Fraction:
    """The square root of a fraction >= 0."""
    under, outside = value.numerator * value.denominator, Fraction(1, value.denominator)
    whole = isqrt(under)
    if whole * whole == under:
        return whole * outside
    # Take small squares out, so that the roots of 2 and of 8 are seen to fit together.
    for prime in range(2, _LARGEST_FACTOR):
        if prime * prime > under:
            break
        while under % (prime * prime) == 0:
            under //= prime * prime
            outside *= prime
    return Surd(Fraction(0), outside, under)
