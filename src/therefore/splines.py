"""Quadratic splines: functions of a number with a continuous, piecewise linear derivative.

They are exact: knots, slopes and values are fractions. Between two knots the derivative has a
constant slope; with slopes from 0 to L the function is convex and L-smooth, with slopes of at
least mu it is mu-strongly convex, and with slopes from -L to L it is L-smooth.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from therefore.goal import Term

__all__ = ["Spline", "spline_of"]


@dataclass(frozen=True)
class Spline:
    """``value + start u + slopes[0]/2 u^2`` before the first knot; there the slope changes.

    ``knots`` rise, and ``slopes`` has one number more: the second derivatives between them.
    """

    knots: tuple[Fraction, ...]
    slopes: tuple[Fraction, ...]
    start: Fraction = Fraction(0)
    value: Fraction = Fraction(0)

    def _bends(self) -> Iterator[tuple[Fraction, Fraction]]:
        """Each knot with the change of the slope there."""
        for k, knot in enumerate(self.knots):
            yield knot, self.slopes[k + 1] - self.slopes[k]

    def __call__(self, u: Fraction) -> Fraction:
        """The value at u."""
        first = self.value + self.start * u + self.slopes[0] * u * u / 2
        return first + sum(
            (bend * max(u - knot, Fraction(0)) ** 2 / 2 for knot, bend in self._bends()),
            Fraction(0),
        )

    def derivative(self, u: Fraction) -> Fraction:
        """The derivative at u."""
        first = self.start + self.slopes[0] * u
        return first + sum(
            (bend * max(u - knot, Fraction(0)) for knot, bend in self._bends()), Fraction(0)
        )

    def slope_term(self, u: Term) -> Term:
        """The derivative at u, as a term."""
        parts: list[Term] = [str(self.start), ("*", str(self.slopes[0]), u)]
        for knot, bend in self._bends():
            beyond: Term = ("+", u, str(-knot))
            parts.append(("*", str(bend / 2), ("+", beyond, ("abs", beyond))))
        return ("+", *parts)

    def body(self, argument: Term) -> Term:
        """The body of the kernel's literal, with the argument for u.

        ``u^2 + u |u|`` is 0 where u is negative, and 2 u^2 where it is not.
        """
        parts: list[Term] = []

        def add(factor: Fraction, term: Term) -> None:
            if factor:
                parts.append(term if factor == 1 else ("*", str(factor), term))

        add(self.slopes[0] / 2, ("^", argument, "2"))
        for knot, bend in self._bends():
            u: Term = ("+", argument, str(-knot)) if knot else argument
            add(bend / 4, ("+", ("^", u, "2"), ("*", u, ("abs", u))))
        add(self.start, argument)
        if self.value or not parts:
            parts.append(str(self.value))
        return parts[0] if len(parts) == 1 else ("+", *parts)

    def pieces(self) -> Iterator[tuple[Fraction | None, Fraction | None, Fraction]]:
        """The ends (``None`` for none) and the slope of each piece, from left to right."""
        ends: list[Fraction | None] = [None, *self.knots, None]
        for k, slope in enumerate(self.slopes):
            yield ends[k], ends[k + 1], slope

    def stationary(self) -> list[Fraction]:
        """The points at which the derivative is 0; of a whole piece its ends."""
        found: list[Fraction] = []
        for low, high, slope in self.pieces():
            near = low if low is not None else high if high is not None else Fraction(0)
            there = self.derivative(near)
            if slope:
                near -= there / slope
            elif there:
                continue
            if (low is None or low <= near) and (high is None or near <= high):
                found.append(near)
            if not slope and high is not None:
                found.append(high)
        return list(dict.fromkeys(found))

    def lowest(self) -> Fraction | None:
        """A point at which the value is least; ``None`` if it has no lower bound."""
        last = self.knots[-1] if self.knots else Fraction(0)
        first = self.knots[0] if self.knots else Fraction(0)
        falls_left = self.slopes[0] < 0 or (not self.slopes[0] and self.derivative(first) > 0)
        falls_right = self.slopes[-1] < 0 or (not self.slopes[-1] and self.derivative(last) < 0)
        points = self.stationary()
        return None if falls_left or falls_right or not points else min(points, key=self)


def spline_of(body: Term, is_argument: Callable[[Term], bool]) -> Spline | None:
    """The spline that a term is as a function of one of its parts, as far as that can be read.

    Only terms with an absolute value are read; the knots are where these are 0.
    """
    try:
        knots = sorted(_knots(body, is_argument))
        return _through(knots, lambda u: _at(body, is_argument, u)) if knots else None
    except (ValueError, ZeroDivisionError):
        return None


def _through(knots: list[Fraction], f: Callable[[Fraction], Fraction]) -> Spline | None:
    """The spline with these knots that has the values of a function, if it is one."""
    ends = [knots[0] - 4, *knots, knots[-1] + 4]
    slopes: list[Fraction] = []
    spline = None
    for low, high in pairwise(ends):
        step = (high - low) / 4
        y0, y1, y2, y3, y4 = (f(low + k * step) for k in range(5))
        slope = (y0 - 2 * y1 + y2) / step**2
        if slopes == []:
            start = (y1 - y0) / step - slope * (low + step / 2)
            value = y0 - start * low - slope * low * low / 2
        slopes.append(slope)
        spline = Spline(tuple(knots[: len(slopes) - 1]), tuple(slopes), start, value)
        if any(spline(low + k * step) != y for k, y in enumerate((y0, y1, y2, y3, y4))):
            return None
    return spline


def _knots(term: Term, is_argument: Callable[[Term], bool]) -> set[Fraction]:
    found: set[Fraction] = set()
    if isinstance(term, str) or is_argument(term):
        return found
    for part in term[1:]:
        found |= _knots(part, is_argument)
    if term[0] == "abs":
        y0, y1, y2 = (_at(term[1], is_argument, Fraction(k)) for k in (0, 1, 2))
        if found or y0 + y2 != 2 * y1:
            raise ValueError("an absolute value of what is not affine")
        if y0 != y1:
            found = {y0 / (y0 - y1)}
    return found


def _at(term: Term, is_argument: Callable[[Term], bool], u: Fraction) -> Fraction:
    """The value of a term at u. Raises ``ValueError`` for other operations."""
    if is_argument(term):
        return u
    if isinstance(term, str):
        return Fraction(term)
    if term[0] == "^":
        return _at(term[1], is_argument, u) ** int(term[2])
    if term[0] == "inner" and term[1][0] == term[2][0] == "vector":
        pairs = zip(term[1][1:], term[2][1:], strict=True)
        return sum((Fraction(p) * Fraction(q) for p, q in pairs), Fraction(0))
    parts = [_at(part, is_argument, u) for part in term[1:]]
    if term[0] == "+":
        return sum(parts, Fraction(0))
    if term[0] == "-" and len(parts) == 1:
        return -parts[0]
    if term[0] == "abs":
        return abs(parts[0])
    if term[0] == "/":
        return parts[0] / parts[1]
    if term[0] == "*":
        product = Fraction(1)
        for part in parts:
            product *= part
        return product
    raise ValueError(f"no value of {term[0]}")
