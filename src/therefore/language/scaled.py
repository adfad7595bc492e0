"""Numbers m·exp(k) with arrays m and k, so that exponentials do not overflow on the way.

exp(u) is 1·exp(u) and is not worked out. A sum takes out the greatest of its exponents, products
and quotients add them and take them away, a logarithm gives k back. So 1/(1 + exp(1000)),
log Σ exp(z_j) and exp(z_i)/Σ exp(z_j) come out as they should, written as they are.
"""

from __future__ import annotations

from typing import Any

import numpy as np

__all__ = ["Scaled", "exponential", "logarithm", "total", "value"]

LARGEST = 600.0  # beyond, an exponential is multiplied in two halves


class Scaled:
    """m·exp(k). ``over`` is r where m is known to be 1 + r, for an exact logarithm near 1."""

    __slots__ = ("exponent", "mantissa", "over")
    __array_ufunc__ = None  # an array plus one of these is left to __radd__

    def __init__(self, mantissa: Any, exponent: Any, over: Any = None) -> None:
        """Takes two arrays, or numbers; 0 has the least exponent there is."""
        self.mantissa, self.exponent, self.over = mantissa, exponent, over
        if not np.all(mantissa):
            self.exponent = np.where(np.equal(mantissa, 0), -np.inf, exponent)

    @property
    def is_power(self) -> bool:
        """Whether this is exp(k) or −exp(k), and nothing more."""
        return isinstance(self.mantissa, float) and abs(self.mantissa) == 1

    def __add__(self, other: Any) -> Scaled:
        other = _scaled(other)
        top = np.maximum(self.exponent, other.exponent)
        if self.is_power and other.is_power:
            apart = np.abs(_difference(self.exponent, other.exponent))
            if self.mantissa == other.mantissa:
                small = np.exp(-apart)
                return Scaled(self.mantissa * (1 + small), top, self.mantissa * small)
            sign = self.mantissa * np.where(self.exponent >= other.exponent, 1.0, -1.0)
            return Scaled(-sign * np.expm1(-apart), top)
        parts = (one.mantissa * np.exp(_difference(one.exponent, top)) for one in (self, other))
        return Scaled(sum(parts), top)

    __radd__ = __add__

    def __mul__(self, other: Any) -> Scaled:
        if not isinstance(other, Scaled):
            over = self.over if isinstance(other, float) and other == 1 else None
            return Scaled(self.mantissa * other, self.exponent, over)
        return Scaled(self.mantissa * other.mantissa, self.exponent + other.exponent)

    __rmul__ = __mul__

    def power(self, exponent: Any) -> Scaled:
        """The power by a number."""
        one = self.is_power and self.mantissa == 1
        mantissa = self.mantissa if one else self.mantissa ** abs(exponent)
        mantissa = 1 / mantissa if exponent < 0 and not one else mantissa
        return Scaled(mantissa, self.exponent * exponent)

    def summed(self, axes: tuple[int, ...]) -> Scaled:
        """The sum over the first axis, once both parts are spread over the axes."""
        mantissa = self.mantissa + np.zeros(axes)
        exponent = self.exponent + np.zeros(axes)
        top = np.max(exponent, axis=0)
        return Scaled(np.sum(mantissa * np.exp(_difference(exponent, top)), axis=0), top)


def _scaled(number: Any) -> Scaled:
    if isinstance(number, Scaled):
        return number
    return Scaled(number, 0.0)


def _difference(left: Any, right: Any) -> Any:
    """left − right, and 0 where both are the same infinity."""
    with np.errstate(invalid="ignore"):
        apart = np.subtract(left, right)
    return np.where(np.equal(left, right), 0.0, apart) if np.any(np.isnan(apart)) else apart


def exponential(number: Any) -> Scaled:
    """exp of a number."""
    return Scaled(1.0, value(number))


def logarithm(number: Any) -> Any:
    """log of a number."""
    if not isinstance(number, Scaled):
        return np.log(number)
    if number.is_power and number.mantissa == 1:
        return number.exponent
    if number.over is not None:
        return number.exponent + np.log1p(number.over)
    return number.exponent + np.log(number.mantissa)


def value(number: Any) -> Any:
    """The number itself, in floats; it overflows only where it is too large for them."""
    if not isinstance(number, Scaled):
        return number
    if (
        np.max(number.exponent, initial=0) < LARGEST
        and np.min(number.exponent, initial=0) > -LARGEST
    ):
        return number.mantissa * np.exp(number.exponent)
    half = np.exp(np.asarray(number.exponent) / 2)
    return number.mantissa * half * half


def total(terms: Any, axes: tuple[int, ...]) -> Any:
    """The sum of terms over the first of the axes, on which they may or may not depend."""
    if axes[0] == 0:
        return 0.0
    if isinstance(terms, Scaled):
        return terms.summed(axes)
    return np.sum(terms + np.zeros(axes), axis=0)
