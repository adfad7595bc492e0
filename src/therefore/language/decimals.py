"""Decimals as claims of rounding."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

from sympy import Rational

from therefore.language.errors import IllFormed
from therefore.language.statements import all_of, at_most

__all__ = ["rounds_to"]

_DECIMAL = re.compile(r"-?\d+(\.\d+)?(e-?\d+)?", re.ASCII)


def rounds_to(value: Any, decimal: str) -> Any:
    """The number ``value`` is ``decimal``, rounded to as many digits as that has.

    It lies no further from the decimal than half a unit of its last digit; a tie may be rounded
    either way. ``rounds_to(x, "-6.10e-6")`` says -6.105e-6 <= x <= -6.095e-6.
    """
    if not isinstance(decimal, str) or not _DECIMAL.fullmatch(decimal):
        raise IllFormed(f"{decimal!r} is no decimal in quotes, such as '0.25' or '-6.10e-6'")
    digits, _, power = decimal.partition("e")
    _, _, fraction = digits.partition(".")
    half = Fraction(10) ** (int(power or 0) - len(fraction)) / 2
    middle = 2 * half * int(digits.replace(".", ""))
    return all_of(at_most(_exact(middle - half), value), at_most(value, _exact(middle + half)))


def _exact(number: Fraction) -> Any:
    return Rational(number.numerator, number.denominator)
