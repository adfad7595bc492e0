"""Where a function is least and zero: numbers that can be written down, found from floats."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from therefore.goal import Term
from therefore.kernel.atoms import Atoms
from therefore.kernel.context import Context
from therefore.kernel.errors import Rejected
from therefore.provers.curves.curves import Curve, closed_value
from therefore.provers.curves.stretches import Stretch

__all__ = ["crossing_points", "least_between", "numbers_near", "touching_points"]

_NEAR = 1e-3
_SMALL = 1e-6
_NARROWINGS = 60
MOST_DENOMINATOR = 60


def touching_points(curve: Curve, stretch: Stretch) -> list[Term]:
    """Closed terms inside the stretch at which the function is zero and has a minimum."""
    places = stretch.samples
    values = [curve.value(place) for place in places]
    found: list[tuple[float, Term]] = []
    for k in range(1, len(places) - 1):
        if not values[k - 1] >= values[k] <= values[k + 1]:
            continue
        least = least_between(curve, places[k - 1], places[k + 1])
        size = max(abs(values[k - 1]), abs(values[k + 1]), 1e-12 * curve.magnitude(least))
        if abs(curve.value(least)) > _SMALL * size:
            continue
        for term in numbers_near(least):
            if _is_zero(curve, term):
                found.append((closed_value(term), term))
                break
    low, high = stretch.ends
    return [term for place, term in sorted(dict(found).items()) if low < place < high]


def crossing_points(curve: Curve, stretch: Stretch) -> list[Term]:
    """Closed terms inside the stretch at which the function is zero and changes its sign."""
    found: list[Term] = []
    places = stretch.samples
    for low, high in pairwise(places):
        at_low, at_high = curve.value(low), curve.value(high)
        if at_low == 0 or not at_low * at_high <= 0:
            continue
        for _ in range(_NARROWINGS):
            middle = (low + high) / 2
            if curve.value(middle) * at_low > 0:
                low = middle
            else:
                high = middle
        for term in numbers_near((low + high) / 2):
            if _is_zero(curve, term):
                found.append(term)
                break
    return found


def least_between(
    curve: Curve, low: float, high: float, narrowings: int = _NARROWINGS
) -> float:
    """About where the function is least, if it falls and then rises."""
    for _ in range(narrowings):
        one, other = low + (high - low) / 3, high - (high - low) / 3
        if curve.value(one) <= curve.value(other):
            high = other
        else:
            low = one
    return (low + high) / 2


def numbers_near(place: float) -> Iterator[Term]:
    """Short closed terms whose value is near: fractions, of π too, powers of e, roots, logs."""
    yield from _fractions(place)
    for term in _fractions(place / math.pi):
        if term != "0":
            yield ("pi",) if term == "1" else ("*", term, ("pi",))
    if place > 0:
        for term in _fractions(math.log(place)):
            if term != "0":
                yield ("exp", term)
        for term in _fractions(place**2):
            yield ("sqrt", term)
    if abs(place) < 20:
        for term in _fractions(math.exp(place)):
            yield ("log", term)


def _fractions(value: float) -> Iterator[Term]:
    if abs(value) > 1e6:
        return
    for most in (1, 4, 12, MOST_DENOMINATOR):
        near = Fraction(value).limit_denominator(most)
        if abs(float(near) - value) < _NEAR / most:
            yield str(near)


def _is_zero(curve: Curve, place: Term) -> bool:
    ctx = Context(Atoms())
    try:
        return ctx.atoms.is_zero(ctx.normal.scalar(curve.at(place)))
    except Rejected:
        return False
