"""A bounded stretch is cut until each piece is plain: by an enclosure, or by one of the slope."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from therefore.goal import Term, to_lists
from therefore.provers.attempt import Labelled, Proof, with_steps
from therefore.provers.curves.curve_looks import may_hold, short_below
from therefore.provers.curves.curve_rising import derived, risen, rising, value_at_end
from therefore.provers.curves.curves import BITS, Curve
from therefore.provers.curves.stretches import Stretch
from therefore.provers.curves.touching import touching_points

if TYPE_CHECKING:
    from therefore.provers.curves.curve_signs import CurveSigns

__all__ = ["both", "in_pieces", "is_regular"]

MOST_SLOPES = 8
MOST_PIECES = 160


def is_regular(curve: Curve, stretch: Stretch) -> bool:
    """Whether both ends are numbers at which the function and its slope are defined."""
    if stretch.hull is None or curve.slope is None:
        return False
    low, high = stretch.hull
    return all(
        one.bounds(end, end) is not None for one in (curve, curve.slope) for end in (low, high)
    )


def in_pieces(signs: CurveSigns, curve: Curve, stretch: Stretch, strict: bool) -> Proof | None:
    """Cut where the function is zero, and then in halves."""
    places = touching_points(curve, stretch)
    left = [MOST_PIECES]
    return _joined(signs, curve, stretch, strict, places, left)


def _joined(
    signs: CurveSigns,
    curve: Curve,
    stretch: Stretch,
    strict: bool,
    places: list[Term],
    left: list[int],
) -> Proof | None:
    if not places:
        return _piece(signs, curve, stretch, strict, left)
    middle = places[len(places) // 2]
    below, above = stretch.parted(middle)
    first = _joined(signs, curve, below, strict, places[: len(places) // 2], left)
    second = first and _joined(signs, curve, above, strict, places[len(places) // 2 + 1 :], left)
    return second and both(signs, curve, stretch, strict, middle, (first, second))


def both(signs: CurveSigns, curve: Curve, stretch: Stretch, strict: bool, at: Term,
    proofs: tuple[Proof | None, Proof | None],
) -> Proof | None:  # fmt: skip
    """The two parts of a stretch together."""
    formula = ("<" if strict else "<=", "0", curve.body)
    labels = signs.label(), signs.label()
    lemmas: list[Labelled] = []
    for label, part, proof in zip(labels, stretch.parted(at), proofs, strict=True):
        if proof is None:
            return None
        lemmas.append((label, part.stated(formula), proof))
    one, other = (signs.cite(label, signs.y) for label in labels)
    cases: Proof = {
        "rule": "cases", "on": [signs.y, to_lists(at)], "as": signs.label(), "less": one,
        "equal": one, "greater": other,
    }  # fmt: skip
    return with_steps(lemmas, signs.intro(stretch, cases))


def _piece(
    signs: CurveSigns, curve: Curve, stretch: Stretch, strict: bool, left: list[int]
) -> Proof | None:
    signs.check_time()
    found = _fast(signs, curve, stretch, strict, 0) or _sloping(signs, curve, stretch, strict)
    if found is not None:
        return found
    left[0] -= 1
    if left[0] < 0 or not may_hold(curve, stretch):
        return None
    middle = stretch.middle()
    below, above = stretch.parted(middle)
    if strict and value_at_end(signs, curve, middle) is not False:
        return None
    first = _piece(signs, curve, below, strict, left)
    second = first and _piece(signs, curve, above, strict, left)
    return second and both(signs, curve, stretch, strict, middle, (first, second))


def _fast(
    signs: CurveSigns, curve: Curve, stretch: Stretch, strict: bool, times: int
) -> Proof | None:
    """By an enclosure, or from an end by one of the slope."""
    if stretch.hull is None:
        return None
    known = curve.bounds(*stretch.hull)
    if known and (known[0] > 0 or (known[0] == 0 and not strict)):
        return signs.intro(stretch, signs.box(stretch))
    if times >= MOST_SLOPES or curve.slope is None or not may_hold(curve, stretch):
        return None
    for left in (True, False):
        found = rising(signs, curve, stretch, strict, left,
            lambda slope, where, is_strict: _fast(signs, slope, where, is_strict, times + 1),
        )  # fmt: skip
        if found is not None:
            return found
    return None


def _sloping(signs: CurveSigns, curve: Curve, stretch: Stretch, strict: bool) -> Proof | None:
    """f(y) ≥ f(a) + L·(y − a) ≥ 0, where L is a bound on the slope; or the same from b."""
    if stretch.hull is None or curve.slope is None:
        return None
    slopes = curve.slope.bounds(*stretch.hull)
    if slopes is None:
        return None
    for left in (True, False):
        steep = short_below(slopes[0]) if left else -short_below(-slopes[1])
        if steep == 0 or (steep > 0) == left:
            continue
        end, far = (stretch.low, stretch.high) if left else (stretch.high, stretch.low)
        width = ("+", far, ("-", end))
        base = ("+", curve.at(end), ("*", str(steep), width))
        known = Curve(base).bounds(Fraction(0), Fraction(0))
        if known is None or known[0] <= 0:
            continue
        found = _sloped(signs, curve, stretch, strict, left, steep, base)
        if found is not None:
            return found
    return None


def _sloped(
    signs: CurveSigns,
    curve: Curve,
    stretch: Stretch,
    strict: bool,
    left: bool,
    steep: Fraction,
    base: Term,
) -> Proof | None:
    """f − L·y rises from a; or L·y − f rises to b."""
    end = stretch.end(left)
    if curve.slope is None or end is None:
        return None
    if left:
        body = ("+", curve.body, ("*", str(-steep), "#0"))
        slope = ("+", curve.slope.body, str(-steep))
    else:
        body = ("+", ("-", curve.body), ("*", str(steep), "#0"))
        slope = ("+", ("-", curve.slope.body), str(steep))
    shown = derived(signs, body, slope, stretch.with_end(left))
    if shown is None:
        return None
    of_slope, of_derivative, start, rise = (signs.label() for _ in range(4))
    relation = "<" if strict else "<="
    lemmas: list[Labelled] = [
        (
            of_slope, stretch.inside.stated(("<=", "0", slope)),
            signs.intro(stretch.inside, signs.box(stretch.inside)),
        ),
        (of_derivative, *shown),
        (start, (relation, "0", base), {"rule": "enclose", "bits": str(BITS)}),
    ]  # fmt: skip
    rises = risen(signs, body, slope, "<=", end, left, (of_slope, of_derivative))
    side = f"{signs.prefix}_{'high' if left else 'low'}"
    items = [{"fact": rise}, {"fact": start}, {"fact": side, "times": str(abs(steep))}]
    return signs.closed(curve, stretch, strict, lemmas, [(rise, *rises)], items)
