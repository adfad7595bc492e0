"""Intervals with rational ends as numbers: every operation encloses the true result.

The arithmetic is that of ``therefore.kernel.intervals``, whose ends are rounded outwards; here it
gets the operators of Python.

>>> x = Enclosure.of(Fraction(1, 3))
>>> x + x
[2/3, 2/3]
>>> Enclosure(Fraction(-1), Fraction(2)) * 3
[-3, 6]
>>> e = Enclosure.of(1).exp()
>>> e.low < e.high and (e.high - e.low) < Fraction(1, 10**15)
True
>>> e.decimals(6)
(Fraction(2718281, 1000000), Fraction(1359141, 500000))
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from therefore.autodiff.errors import Undefined
from therefore.kernel.errors import Rejected
from therefore.kernel.intervals import Interval, Intervals

__all__ = ["BITS", "Enclosure"]

BITS = 96  # the ends of what is computed are multiples of 2^-96
_INTERVALS = Intervals(BITS)


@dataclass(frozen=True)
class Enclosure:
    """All numbers from ``low`` to ``high``, of which one is meant.

    Integers and fractions may stand beside it. Raises ``Undefined`` where the operation has no
    value for some number of the interval, and for numbers too large to be written down.
    """

    low: Fraction
    high: Fraction

    def __post_init__(self) -> None:
        if self.low > self.high:
            raise ValueError(f"[{self.low}, {self.high}] is empty")

    @classmethod
    def of(cls, number: int | Fraction) -> Enclosure:
        """The interval of one number."""
        return cls(Fraction(number), Fraction(number))

    def __contains__(self, number: int | Fraction) -> bool:
        return self.low <= number <= self.high

    def __repr__(self) -> str:
        return f"[{self.low}, {self.high}]"

    def decimals(self, places: int) -> tuple[Fraction, Fraction]:
        """The narrowest decimals of so many places that enclose it."""
        scale = 10**places
        return Fraction(floor(self.low * scale), scale), Fraction(ceil(self.high * scale), scale)

    def common(self, other: Enclosure) -> Enclosure:
        """What two enclosures of one number have in common; ``ValueError`` if that is nothing."""
        return Enclosure(max(self.low, other.low), min(self.high, other.high))

    def __add__(self, other: Enclosure | int | Fraction) -> Enclosure:
        return _computed(_INTERVALS.add, self, _enclosure(other))

    __radd__ = __add__

    def __neg__(self) -> Enclosure:
        return Enclosure(-self.high, -self.low)

    def __sub__(self, other: Enclosure | int | Fraction) -> Enclosure:
        return self + -_enclosure(other)

    def __rsub__(self, other: int | Fraction) -> Enclosure:
        return -self + other

    def __mul__(self, other: Enclosure | int | Fraction) -> Enclosure:
        return _computed(_INTERVALS.multiply, self, _enclosure(other))

    __rmul__ = __mul__

    def __truediv__(self, other: Enclosure | int | Fraction) -> Enclosure:
        return self * _computed(_INTERVALS.inverse, _enclosure(other))

    def __rtruediv__(self, other: int | Fraction) -> Enclosure:
        return _enclosure(other) / self

    def __pow__(self, exponent: int) -> Enclosure:
        if exponent < 0:
            return 1 / self**-exponent
        return _computed(lambda ends: _INTERVALS.power(ends, exponent), self)

    def exp(self) -> Enclosure:
        """The exponential."""
        return _computed(_INTERVALS.exponential, self)

    def log(self) -> Enclosure:
        """The natural logarithm; ``Undefined`` unless all of the interval is above 0."""
        return _computed(_INTERVALS.logarithm, self)

    def sin(self) -> Enclosure:
        """The sine."""
        return _computed(_INTERVALS.sine, self)

    def cos(self) -> Enclosure:
        """The cosine."""
        return _computed(_INTERVALS.cosine, self)

    def sqrt(self) -> Enclosure:
        """The square root; ``Undefined`` unless all of the interval is at least 0."""
        return _computed(_INTERVALS.root, self)

    def sigmoid(self) -> Enclosure:
        """1 / (1 + exp(-x)), in which x stands once: nothing is lost but by rounding."""
        return 1 / (1 + (-self).exp())

    def tanh(self) -> Enclosure:
        """2 sigmoid(2x) - 1."""
        return 2 * (2 * self).sigmoid() - 1

    def maximum(self, other: Enclosure) -> Enclosure:
        """The larger of two numbers."""
        return Enclosure(max(self.low, other.low), max(self.high, other.high))


def _enclosure(number: Enclosure | int | Fraction) -> Enclosure:
    return number if isinstance(number, Enclosure) else Enclosure.of(number)


def _computed(operation: Callable[..., Interval], *operands: Enclosure) -> Enclosure:
    try:
        low, high = operation(*((one.low, one.high) for one in operands))
    except Rejected as refusal:
        raise Undefined(str(refusal)) from None
    return Enclosure(low, high)
