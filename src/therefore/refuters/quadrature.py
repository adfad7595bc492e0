"""Integrals of functions that are known at exact points, as short fractions. Only hints.

The line is mapped to −1 < s < 1 by x = s/(1 − |s|) and split at 0, where our functions have their
kinks. Two rules of Gauss and Legendre have to agree, and their value has to be near a fraction
with a small denominator: what is said by floats is never more than a guess, and a proof decides.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np

from therefore.refuters.jets import Jet, Unknown, standard

__all__ = ["integral"]

_NODES = (12, 17)
_AGREE = 1e-10
_LARGEST_DENOMINATOR = 5000


def integral(function: Callable[[Any], Any], low: Any, high: Any) -> Any:
    """The integral between ends, ``None`` for an infinite one. Raises ``Unknown``.

    Ends and values may be infinitesimally moved (to first order), and so is the integral then.
    """
    moved = [end for end in (low, high) if isinstance(end, Jet)]
    at = [None if end is None else _fraction(standard(end)) for end in (low, high)]
    value, slope, level = _by_rules(function, at[0], at[1])
    for end in moved:
        level = max(level, end.level)
    if not level:
        return value
    for end, sign in ((high, 1), (low, -1)):
        if isinstance(end, Jet):
            here = standard(function(_fraction(standard(end))))
            slope += sign * _fraction(here) * _fraction(end.slope)
    return Jet(level, value, slope)


def _fraction(value: Any) -> Fraction:
    if not isinstance(value, int | Fraction):
        raise Unknown
    return Fraction(value)


def _by_rules(
    function: Callable[[Any], Any], low: Fraction | None, high: Fraction | None
) -> tuple[Fraction, Fraction, int]:
    """The value, its slope, and the level of the infinitesimal that moves it, or 0."""
    start = -1.0 if low is None else float(low / (1 + abs(low)))
    end = 1.0 if high is None else float(high / (1 + abs(high)))
    places = [start, *([0.0] if min(start, end) < 0 < max(start, end) else []), end]
    level, found = 0, []
    for count in _NODES:
        nodes, weights = np.polynomial.legendre.leggauss(count)
        parts_of_line = []
        for left, right in pairwise(places):
            totals = [0.0, 0.0]
            for node, weight in zip(nodes, weights, strict=True):
                s = (left + right) / 2 + (right - left) / 2 * node
                factor = weight * (right - left) / 2 / (1 - abs(s)) ** 2
                value = function(Fraction(s) / (1 - abs(Fraction(s))))
                parts = (value, 0)
                if isinstance(value, Jet):
                    level, parts = value.level, (value.value, value.slope)
                totals = [
                    t + float(_fraction(p)) * factor for t, p in zip(totals, parts, strict=True)
                ]
            parts_of_line.append(totals)
        found.append(parts_of_line)
    # Part by part: what is infinite on two sides of a pole may seem to cancel.
    for one, other in zip(*found, strict=True):
        if not all(map(_agree, one, other)):
            raise Unknown
    value, slope = (_near(sum(part[k] for part in found[0])) for k in range(2))
    return value, slope, level


def _agree(value: float, other: float) -> bool:
    return bool(np.isfinite(value)) and abs(value - other) <= _AGREE * (1 + abs(value))


def _near(value: float) -> Fraction:
    """The short fraction near a number. Raises ``Unknown``."""
    short = Fraction(value).limit_denominator(_LARGEST_DENOMINATOR)
    if abs(float(short) - value) > _AGREE * (1 + abs(value)):
        raise Unknown
    return short
