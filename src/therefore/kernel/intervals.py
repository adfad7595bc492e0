"""Intervals with rational ends, and enclosures of the elementary functions by them.

An interval holds the number that it is computed for; every end is rounded outwards, never to
nearest. An interval of one point is kept exactly as long as it is short. The series are summed in
integers, scaled by a power of two, and the error of each is bounded beside it. No floats.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import isqrt
from typing import TypeAlias

from .errors import Rejected

__all__ = ["Interval", "Intervals", "point"]

Interval: TypeAlias = tuple[Fraction, Fraction]

LARGEST_EXPONENT = 1_000
MOST_BITS_OF_ANGLE = 1_000
MOST_WHOLE_BITS = 20_000
ROOM = 32  # further bits, so that the errors of the steps do not reach the bits asked for


def _down(x: Fraction, scale: int) -> int:
    """The integer below x·scale."""
    return x.numerator * scale // x.denominator


def _whole_bits(a: Interval) -> int:
    """About how many bits stand before the point."""
    large = max(abs(a[0]), abs(a[1]))
    return large.numerator.bit_length() - large.denominator.bit_length()


def point(value: Fraction | int | str) -> Interval:
    """The interval that is one number."""
    return Fraction(value), Fraction(value)


class Intervals:
    """Arithmetic with intervals whose ends are rounded outwards to multiples of 2^-bits."""

    def __init__(self, bits: int) -> None:
        self.bits = bits
        self._pi: dict[int, tuple[int, int]] = {}

    def rounded(self, low: Fraction, high: Fraction) -> Interval:
        """The interval itself if it is one short number, else the next larger dyadic one."""
        if _whole_bits((low, high)) > MOST_WHOLE_BITS:
            raise Rejected("TOO_LARGE", "an interval")
        if low == high and low.denominator.bit_length() <= self.bits:
            return low, high
        scale = 1 << self.bits
        return Fraction(_down(low, scale), scale), Fraction(-_down(-high, scale), scale)

    # -------------------------------------------------------------- arithmetic

    def add(self, a: Interval, b: Interval) -> Interval:
        return self.rounded(a[0] + b[0], a[1] + b[1])

    def negative(self, a: Interval) -> Interval:
        return -a[1], -a[0]

    def multiply(self, a: Interval, b: Interval) -> Interval:
        corners = [x * y for x in a for y in b]
        return self.rounded(min(corners), max(corners))

    def inverse(self, a: Interval) -> Interval:
        """One over a number. Raises ``UNDEFINED`` where it cannot be told from 0."""
        if a[0] <= 0 <= a[1]:
            raise Rejected("UNDEFINED", "a denominator that may be zero")
        return self.rounded(1 / a[1], 1 / a[0])

    def power(self, a: Interval, exponent: int) -> Interval:
        """An odd power is increasing; an even one is, in the absolute value."""
        if exponent * _whole_bits(a) > MOST_WHOLE_BITS:
            raise Rejected("TOO_LARGE", "a power")
        low, high = a if exponent % 2 else self.absolute(a)
        return self.rounded(low**exponent, high**exponent)

    def absolute(self, a: Interval) -> Interval:
        return max(a[0], -a[1], Fraction(0)), max(-a[0], a[1])

    def root(self, a: Interval) -> Interval:
        """√ is increasing. Raises ``UNDEFINED`` where the number may be negative."""
        if a[0] < 0:
            raise Rejected("UNDEFINED", "a root of what may be negative")
        return self._increasing(self._root_at, a)

    def exponential(self, a: Interval) -> Interval:
        return self._increasing(self._exponential_at, a)

    def logarithm(self, a: Interval) -> Interval:
        """log is increasing. Raises ``UNDEFINED`` where the number may be 0 or negative."""
        if a[0] <= 0:
            raise Rejected("UNDEFINED", "a logarithm of what may not be positive")
        return self._increasing(self._logarithm_at, a)

    def cosine(self, a: Interval) -> Interval:
        return self._wave(a, 0)

    def sine(self, a: Interval) -> Interval:
        return self._wave(a, 1)

    def circle(self) -> Interval:
        """π."""
        low, high = self._scaled_pi(self.bits + ROOM)
        scale = 1 << (self.bits + ROOM)
        return self.rounded(Fraction(low, scale), Fraction(high, scale))

    def _increasing(self, at: Callable[[Fraction], Interval], a: Interval) -> Interval:
        low, high = at(a[0])
        return self.rounded(low, high if a[0] == a[1] else at(a[1])[1])

    # -------------------------------------------------------------- at one number

    def _root_at(self, x: Fraction) -> Interval:
        over, under = isqrt(x.numerator), isqrt(x.denominator)
        if over * over == x.numerator and under * under == x.denominator:
            return point(Fraction(over, under))
        scale = 1 << self.bits
        root = isqrt(x.numerator * scale * scale // x.denominator)
        return Fraction(root, scale), Fraction(root + 1, scale)

    def _exponential_at(self, x: Fraction) -> Interval:
        """exp(x) = exp(x / 2^k)^(2^k) with 0 ≤ x / 2^k ≤ 1/2; exp(−x) is its inverse."""
        if x == 0:
            return point(1)
        if x < 0:
            small, large = self._exponential_at(-x)
            return 1 / large, 1 / small
        if x > LARGEST_EXPONENT:
            raise Rejected("TOO_LARGE", f"an exponential of more than {LARGEST_EXPONENT}")
        halvings = int(x).bit_length() + 1
        work = self.bits + ROOM + 2 * halvings + 2 * int(x)
        one = 1 << work
        reduced = x / (1 << halvings)
        low = sum(_terms_of_exponential(work, _down(reduced, one)))
        high = sum(_terms_of_exponential(work, -_down(-reduced, one)))
        # Each term is rounded down. Of the true terms, each is at most 2 larger (the error of one
        # is at most half that of the one before, and 1), and those left out are at most 2 in all.
        high += 2 * work + 4
        for _ in range(halvings):
            low, high = low * low >> work, -(-high * high >> work)
        return Fraction(low, one), Fraction(high, one)

    def _logarithm_at(self, x: Fraction) -> Interval:
        """log(2^k·m) = k·log 2 + 2·artanh((m − 1)/(m + 1)), with m between 1/2 and 2."""
        if x == 1:
            return point(0)
        twos = x.numerator.bit_length() - x.denominator.bit_length()
        work = self.bits + ROOM + abs(twos).bit_length()
        part = x / (Fraction(2) ** twos)
        low, high = _scaled_artanh(work, (part - 1) / (part + 1))
        two = _scaled_artanh(work, Fraction(1, 3))
        ends = [twos * end for end in two]
        one = 1 << work
        return Fraction(2 * (low + min(ends)), one), Fraction(2 * (high + max(ends)), one)

    def _wave(self, a: Interval, quarter: int) -> Interval:
        """cos(x − quarter·π/2), at the middle of the interval: it changes no faster than x."""
        middle, radius = (a[0] + a[1]) / 2, (a[1] - a[0]) / 2
        if middle == radius == 0:
            return point(1 - quarter)
        whole = int(abs(middle)).bit_length()
        if whole > MOST_BITS_OF_ANGLE:
            raise Rejected("TOO_LARGE", "the argument of a sine or cosine")
        work = self.bits + ROOM + whole
        one = 1 << work
        scaled = _down(middle, one)
        pi_low, pi_high = self._scaled_pi(2 * work)
        turns = (4 * (scaled << work) + pi_low) // (2 * pi_low)  # the nearest number of π/2
        angle = scaled - (turns * pi_low >> (work + 1))
        # The angle is off by the rounding of the middle and of π·turns/2, and by π's own width.
        off = 3 + (abs(turns) * (pi_high - pi_low) >> work)
        value, error = _scaled_wave(work, angle, (turns - quarter) % 4)
        wide = Fraction(error + off, one) + radius
        centre = Fraction(value, one)
        return self.rounded(max(centre - wide, Fraction(-1)), min(centre + wide, Fraction(1)))

    def _scaled_pi(self, work: int) -> tuple[int, int]:
        """π by Machin: 16·arctan(1/5) − 4·arctan(1/239). Source: Machin, 1706."""
        if work not in self._pi:
            (five, of_five), (other, of_other) = _arctan(work, 5), _arctan(work, 239)
            middle, error = 16 * five - 4 * other, 16 * of_five + 4 * of_other
            self._pi[work] = (middle - error, middle + error)
        return self._pi[work]


# In what follows a number x is the integer x·2^work, rounded.


def _terms_of_exponential(work: int, x: int) -> list[int]:
    """The terms xⁿ/n! down to 0, for 0 ≤ x ≤ 1/2: fewer than ``work`` + 2 of them."""
    terms = [1 << work]
    while terms[-1]:
        terms.append(terms[-1] * x // (len(terms) << work))
    return terms


def _scaled_artanh(work: int, z: Fraction) -> tuple[int, int]:
    """Bounds of artanh z = z + z³/3 + z⁵/5 + …, for |z| ≤ 1/3.

    Each power is rounded down and less than 2 off, as its factor z² is at most 1/9; so each term
    is less than 3 off. What is left out is at most 9/8 of a power that was rounded down to 0.
    """
    if z < 0:
        low, high = _scaled_artanh(work, -z)
        return -high, -low
    power, total, count = int(z * (1 << work)), 0, 0
    square = z * z
    while power:
        total += power // (2 * count + 1)
        power = power * square.numerator // square.denominator
        count += 1
    return total, total + 3 * count + 3


def _arctan(work: int, q: int) -> tuple[int, int]:
    """arctan(1/q) and how far off that may be, by its alternating series.

    Each term is off by less than 1, and what is left out by less than the first such term.
    """
    total, count = 0, 0
    while term := (1 << work) // ((2 * count + 1) * q ** (2 * count + 1)):
        total += term if count % 2 == 0 else -term
        count += 1
    return total, count + 1


def _scaled_wave(work: int, x: int, quarter: int) -> tuple[int, int]:
    """cos(x + quarter·π/2) for |x| ≤ 1, and how far off that may be.

    Each term is off by at most 2, as its factor x²/(n(n + 1)) is at most 1/2 and it is rounded
    down; the series alternates and its terms fall, so what is left out is at most 2.
    """
    place, total, count = quarter % 2, 0, 0
    term = abs(x) if place else 1 << work
    while term:
        total += term if count % 2 == 0 else -term
        step = 2 * count + 1 + place
        term = term * x * x // (step * (step + 1) << (2 * work))
        count += 1
    is_odd = place == 1 and x < 0
    is_negative = is_odd != (quarter in (1, 2))  # cos, −sin, −cos, sin
    return -total if is_negative else total, 2 * count + 2
