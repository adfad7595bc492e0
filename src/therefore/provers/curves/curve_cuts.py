"""A stretch that is infinite, or has a bad end, is cut: into a bounded part and one far out."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING

from therefore.goal import Term
from therefore.provers.attempt import Proof
from therefore.provers.curves.curve_factors import by_a_multiple
from therefore.provers.curves.curve_forms import by_bounds
from therefore.provers.curves.curve_looks import may_hold
from therefore.provers.curves.curve_pieces import both
from therefore.provers.curves.curve_rising import from_an_end, value_at_end
from therefore.provers.curves.curves import Curve
from therefore.provers.curves.stretches import Stretch
from therefore.provers.curves.touching import touching_points

if TYPE_CHECKING:
    from therefore.provers.curves.curve_signs import CurveSigns

__all__ = ["by_cutting"]

DEEPEST_CUT = 3
_FAR = (1, 2, 4, 8, 16, 32, 64)
_NEAR = (2, 8, 64, 1024)


def by_cutting(
    signs: CurveSigns, curve: Curve, stretch: Stretch, strict: bool, depth: int
) -> Proof | None:
    """A part that is bounded, and one where the slope has one sign for good."""
    if depth > DEEPEST_CUT:
        return None
    low, high = (_is_good(curve, stretch.end(left)) for left in (True, False))
    if not low and not high:
        places = [*touching_points(curve, stretch), *_between(stretch)]
        return _cut_at(signs, curve, stretch, strict, places[:3], depth, (True, False))
    places = _towards(stretch, not low)
    return _cut_at(signs, curve, stretch, strict, places, depth, (not low, low))


def _is_good(curve: Curve, end: Term | None) -> bool:
    if end is None or curve.slope is None:
        return False
    known = Curve(end).bounds(Fraction(0), Fraction(0))
    return known is not None and all(one.bounds(*known) is not None for one in (curve, curve.slope))


def _cut_at(
    signs: CurveSigns, curve: Curve, stretch: Stretch, strict: bool, places: list[Term], depth: int,
    order: tuple[bool, bool],
) -> Proof | None:  # fmt: skip
    """At one of the places; the part that may be in vain comes first."""
    for place in places:
        if strict and value_at_end(signs, curve, place) is not False:
            continue
        parts = stretch.parted(place)
        found: dict[bool, Proof | None] = {}
        for is_first in sorted((True, False), key=lambda one: one != order[0]):
            part = parts[0] if is_first else parts[1]
            if is_first == order[0] and order[0] != order[1]:
                found[is_first] = _far_out(signs, curve, part, strict, depth + 1)
            else:
                found[is_first] = signs.prove(curve, part, strict, depth + 1)
            if found[is_first] is None:
                break
        else:
            return both(signs, curve, stretch, strict, place, (found[True], found[False]))
    return None


def _far_out(
    signs: CurveSigns, curve: Curve, stretch: Stretch, strict: bool, depth: int
) -> Proof | None:
    if _is_good(curve, stretch.low) and _is_good(curve, stretch.high):
        return signs.prove(curve, stretch, strict, depth)
    if not may_hold(curve, stretch):
        return None
    seen = signs.seen(signs.goal(curve, strict), stretch)
    if seen is not None:
        return seen
    for way in (by_bounds, from_an_end, by_a_multiple):
        found = way(signs, curve, stretch, strict, depth)
        if found is not None:
            return found
    return signs.prove(curve, stretch, strict, depth) if depth == 1 else None


def _between(stretch: Stretch) -> list[Term]:
    low, high = stretch.ends
    places = [p for p in (0, 1, -1) if low < p < high]
    if math.isfinite(low) and math.isfinite(high):
        return [stretch.middle()]
    return [str(p) for p in places]


def _towards(stretch: Stretch, left: bool) -> list[Term]:
    """Places towards the end at which the function is not known, nearer and nearer."""
    low, high = stretch.ends
    if math.isfinite(low) and math.isfinite(high):
        width = Fraction(high - low).limit_denominator(64) or Fraction(1, 64)
        near = [width / k for k in _NEAR]
        if left:
            return [str(Fraction(low).limit_denominator(1000) + step) for step in near]
        return [str(Fraction(high).limit_denominator(1000) - step) for step in near]
    if left:
        return [str(math.floor(high) - k) for k in _FAR]
    return [str(math.ceil(low) + k) for k in _FAR]
