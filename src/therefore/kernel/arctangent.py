"""arctan: its normal form, sign, derivative and enclosure.

It is odd and defined everywhere, with the derivative 1/(1 + u²); arctan 0 = 0 and arctan 1 = π/4.
Source: Rudin, Principles of Mathematical Analysis, chapter 8, exercise 22; Abramowitz and Stegun,
4.4.34 for the difference of two values.
"""

from __future__ import annotations

from fractions import Fraction

from .atoms import scalar_in
from .calculus import CONTINUOUS
from .data import Term
from .differential import CHANGES
from .enclosures import ENCLOSED, Enclosure, Value
from .images import IMAGES, Images
from .intervals import ROOM, Interval, Intervals, point
from .normal import FORMS
from .polynomials import ZERO, Scalar, atom, number
from .signs import SIGNS_OF_ATOMS, Inspection, Signs
from .typed import SIGNATURES, number_of

__all__ = ["arctangent", "enclosed_arctangent"]

_HALF = Fraction(1, 2)


def arctangent(nf: Images, value: Scalar) -> Scalar:
    """arctan u and arctan(−u) = −arctan u are one atom."""
    constant = value.constant()
    if constant == 0:
        return ZERO
    if constant in (1, -1):
        return atom(nf.atoms.intern("pi", "pi")) * number(constant / 4)
    opposite = nf.atoms.find("arctan", -value)
    return atom(nf.atoms.intern("arctan", value)) if opposite is None else -atom(opposite)


def _signs(seen: Inspection, index: int) -> Signs:
    """It has the sign of its argument."""
    return seen.signs_of_fraction(scalar_in(seen.atoms.rows[index]))


def enclosed_arctangent(ends: Intervals, a: Interval) -> Interval:
    """arctan is increasing."""
    return ends.rounded(_at(ends, a[0])[0], _at(ends, a[1])[1])


def _at(ends: Intervals, x: Fraction) -> Interval:
    """With arctan x = π/2 − arctan(1/x) for 1 < x, and what is left of arctan(1/2) up to there."""
    if x < 0:
        low, high = _at(ends, -x)
        return -high, -low
    if x == 0:
        return point(0)
    if x > 1:
        low, high = _at(ends, 1 / x)
        circle = ends.circle()
        return circle[0] / 2 - high, circle[1] / 2 - low
    work = ends.bits + ROOM
    one = Fraction(1, 1 << work)
    if x <= Fraction(1, 4):
        middle, error = _series(work, x)
    else:
        # arctan x − arctan(1/2) = arctan((x − 1/2)/(1 + x/2)), and arctan(1/2) in the same way.
        rest, of_rest = _series(work, (x - _HALF) / (1 + x / 2))
        first, of_first = _series(work, Fraction(1, 4))
        last, of_last = _series(work, Fraction(2, 9))
        middle, error = rest + first + last, of_rest + of_first + of_last
    return (middle - error) * one, (middle + error) * one


def _series(work: int, z: Fraction) -> tuple[int, int]:
    """arctan z = z − z³/3 + z⁵/5 − … and how far off that may be, for |z| ≤ 1/3, times 2^work.

    Each power is rounded down and less than 2 off, as its factor z² is at most 1/9; so each term
    is less than 3 off. What is left out is less than a power that was rounded down to 0.
    """
    if z < 0:
        value, error = _series(work, -z)
        return -value, error
    power, total, count = int(z * (1 << work)), 0, 0
    square = z * z
    while power:
        term = power // (2 * count + 1)
        total += term if count % 2 == 0 else -term
        power = power * square.numerator // square.denominator
        count += 1
    return total, 3 * count + 3


def _enclosed(e: Enclosure, part: Term) -> Value:
    e.spend(100 + e.bits // 10)
    return enclosed_arctangent(e.ends, e.number(part))


FORMS["arctan"] = lambda nf, part: arctangent(nf, nf.scalar(part))
IMAGES["arctan"] = arctangent
SIGNS_OF_ATOMS["arctan"] = _signs
SIGNATURES["arctan", 1] = number_of
CONTINUOUS.add("arctan")
CHANGES["arctan"] = lambda change, u: ("/", change(u), ("+", "1", ("^", u, "2")))
ENCLOSED["arctan"] = _enclosed
