"""Intervals and half-lines of one number, and what is stated of all numbers in them."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from therefore.goal import Term
from therefore.kernel.intervals import Interval
from therefore.provers.curves.curves import closed_interval, closed_value

__all__ = ["Stretch"]

_EVENLY = 24
_STEPS = tuple(m * 10.0**k for k in range(-6, 7) for m in (1, 2, 5))


@dataclass(frozen=True)
class Stretch:
    """All numbers between two closed terms; an end that is None is infinite."""

    low: Term | None
    high: Term | None
    low_open: bool = False
    high_open: bool = False

    def conditions(self, name: Term) -> list[Term]:
        """That the name lies in it, one relation for each end."""
        found: list[Term] = []
        if self.low is not None:
            found.append(("<" if self.low_open else "<=", self.low, name))
        if self.high is not None:
            found.append(("<" if self.high_open else "<=", name, self.high))
        return found

    def stated(self, formula: Term) -> Term:
        """For all numbers in it the formula, whose variable is #0."""
        for condition in reversed(self.conditions("#0")):
            formula = ("implies", condition, formula)
        return ("forall", "real", formula)

    def end(self, left: bool) -> Term | None:
        """Its lower or its upper end."""
        return self.low if left else self.high

    def is_open(self, left: bool) -> bool:
        """Whether the end is left out."""
        return self.low_open if left else self.high_open

    @property
    def inside(self) -> Stretch:
        """Without its ends."""
        return replace(self, low_open=True, high_open=True)

    def with_end(self, left: bool) -> Stretch:
        """With one of its ends."""
        return replace(self, low_open=False) if left else replace(self, high_open=False)

    def parted(self, at: Term) -> tuple[Stretch, Stretch]:
        """The two parts that a number inside makes, the number in both."""
        return (
            replace(self, high=at, high_open=False),
            replace(self, low=at, low_open=False),
        )

    @cached_property
    def hull(self) -> Interval | None:
        """Rational numbers around it, if it is bounded."""
        if self.low is None or self.high is None:
            return None
        low, high = closed_interval(self.low), closed_interval(self.high)
        return (low[0], high[1]) if low and high and low[0] <= high[1] else None

    @cached_property
    def ends(self) -> tuple[float, float]:
        """Its ends, about."""
        low = -math.inf if self.low is None else closed_value(self.low)
        high = math.inf if self.high is None else closed_value(self.high)
        return low, high

    @cached_property
    def samples(self) -> list[float]:
        """Numbers inside, more of them where an end is near, in order."""
        low, high = self.ends
        return sorted({place for place in self._places(low, high) if low < place < high})

    @staticmethod
    def _places(low: float, high: float) -> Iterator[float]:
        if math.isfinite(low) and math.isfinite(high):
            width = high - low
            yield from (low + width * k / _EVENLY for k in range(1, _EVENLY))
            for k in range(6, 30, 2):
                yield low + width / 2**k
                yield high - width / 2**k
            return
        middle = low if math.isfinite(low) else high if math.isfinite(high) else 0.0
        for step in _STEPS:
            yield middle + step
            yield middle - step
        if math.isfinite(middle):
            yield middle
            yield from (middle + way * k / 8 for way in (1, -1) for k in range(1, 80))

    def middle(self) -> Term:
        """A short fraction near the middle of a bounded stretch."""
        if self.hull is None:
            raise ValueError("no middle")
        low, high = self.hull
        exact, width = (low + high) / 2, high - low
        for k in range(60):
            near = exact.limit_denominator(2**k)
            if abs(near - exact) <= width / 8:
                return str(near)
        return str(Fraction(exact))
