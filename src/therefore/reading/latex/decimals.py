"""Numbers as they are written, and what their digits claim.

A decimal keeps how many digits it shows: in a later member of a chain it claims no more than
those.
"""

from __future__ import annotations

from fractions import Fraction

from therefore.goal import Term
from therefore.reading.latex.errors import Unreadable

__all__ = [
    "Decimal",
    "has_decimals",
    "is_arithmetic",
    "number",
    "plain",
    "rounding",
    "scaled",
    "span",
]

MOST_DIGITS = 60
_ARITHMETIC = ("+", "-", "*", "/", "^")


class Decimal(str):
    """A decimal: the text of the fraction that it is, and half a unit of its last digit."""

    half: Fraction

    def __new__(cls, value: Fraction, half: Fraction) -> Decimal:
        made = super().__new__(cls, _text(value))
        made.half = half
        return made

    @property
    def value(self) -> Fraction:
        """The number itself."""
        return Fraction(str(self))


def _text(value: Fraction) -> str:
    return (
        str(value.numerator) if value.denominator == 1 else f"{value.numerator}/{value.denominator}"
    )


def number(digits: str) -> Term:
    """The term for digits with or without a point. Raises ``Unreadable``."""
    whole, point, rest = digits.partition(".")
    if len(digits) > MOST_DIGITS or not (whole + rest) or not (whole + rest).isdecimal():
        raise Unreadable(f"{digits[:20]} is no number that can be read")
    if not (whole + rest).isascii():
        raise Unreadable(f"{digits[:20]} is not written in the digits 0 to 9")
    if not point:
        return str(int(whole))
    if not rest:
        raise Unreadable(f"{digits} ends with a point; write {whole}.0 or {whole}")
    unit = Fraction(1, 10 ** len(rest))
    return Decimal(Fraction(int(whole + rest)) * unit, unit / 2)


def scaled(term: Term, exponent: int) -> Term:
    r"""A number written out, times ten to a power, as in ``6.24\times10^{-6}``."""
    if abs(exponent) > 300:
        raise Unreadable("this power of ten is too large to be read")
    factor = Fraction(10) ** exponent
    if isinstance(term, Decimal):
        return Decimal(term.value * factor, term.half * factor)
    return _text(Fraction(str(term)) * factor)


def plain(term: Term) -> Term:
    """The term with decimals as the fractions that they are."""
    if isinstance(term, str):
        return str(term)
    return tuple(plain(part) for part in term)


def has_decimals(term: Term) -> bool:
    """Whether a decimal stands in the term, outside of the arguments of functions."""
    if isinstance(term, str):
        return isinstance(term, Decimal)
    return term[0] in (*_ARITHMETIC, "vector", "rows", "row", "abs") and any(
        has_decimals(part) for part in term[1:]
    )


def is_arithmetic(term: Term) -> bool:
    """Whether the term is made of numbers and the four operations alone."""
    if isinstance(term, str):
        return term[:1] == "-" or term[:1].isdigit()
    return term[0] in _ARITHMETIC and all(is_arithmetic(part) for part in term[1:])


def rounding(term: Term) -> tuple[str, str] | None:
    """The ends between which a number rounds to this lone decimal; ``None`` if it is none."""
    sign = 1
    while isinstance(term, tuple) and term[0] == "-" and len(term) == 2:
        term, sign = term[1], -sign
    if not isinstance(term, Decimal):
        return None
    value = sign * term.value
    return _text(value - term.half), _text(value + term.half)


def span(term: Term) -> tuple[str, str]:
    """The least and the greatest value of arithmetic whose decimals may each be rounded.

    Every decimal is written once and ranges by itself, so intervals give the exact ends.
    Raises ``Unreadable`` where a divisor may be zero.
    """
    low, high = _span(term)
    return _text(low), _text(high)


def _span(term: Term) -> tuple[Fraction, Fraction]:
    if isinstance(term, Decimal):
        return term.value - term.half, term.value + term.half
    if isinstance(term, str):
        value = Fraction(term)
        return value, value
    parts = [_span(part) for part in term[1:]]
    low, high = parts[0]
    if term[0] == "-":
        return -high, -low
    if term[0] == "^":
        exponent = int(term[2])
        ends = [low**exponent, high**exponent]
        straddles = exponent % 2 == 0 and exponent > 0 and low < 0 < high
        return _bounded(Fraction(0) if straddles else min(ends)), _bounded(max(ends))
    for lower, upper in parts[1:]:
        if term[0] == "+":
            low, high = low + lower, high + upper
            continue
        if term[0] == "/":
            if lower <= 0 <= upper:
                raise Unreadable("the shown digits do not keep this divisor away from zero")
            lower, upper = 1 / upper, 1 / lower
        ends = [low * lower, low * upper, high * lower, high * upper]
        low, high = min(ends), max(ends)
    return _bounded(low), _bounded(high)


def _bounded(value: Fraction) -> Fraction:
    if max(value.numerator.bit_length(), value.denominator.bit_length()) > 8000:
        raise Unreadable("this number has too many digits to be read")
    return value
