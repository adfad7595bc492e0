"""Where an inequality of one number fails by little: at the least value of the gap of its sides.

Floats find where the difference is least on the interval that the hypotheses leave; the simplest
fraction near there at which it is negative is a candidate, once enclosures agree.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from therefore.goal import Goal, Term
from therefore.kernel.atoms import Atoms
from therefore.kernel.context import Context
from therefore.kernel.data import parse
from therefore.kernel.door import _read_goal
from therefore.kernel.enclosures import Enclosure, decide
from therefore.kernel.errors import Rejected
from therefore.kernel.terms import close, mentions, negation, open_binder

if TYPE_CHECKING:
    from therefore.provers.curves.curves import Curve

__all__ = ["least_values"]

_BITS = 128
_NARROWINGS = 80


def least_values(goal: Goal) -> Iterator[dict[str, Term]]:
    """Fractions at which the goal fails, for a goal about one real number.

    Of a strict inequality also closed terms, such as π/2, at which both sides are equal.
    """
    try:
        found = _candidates(goal)
    except Rejected:
        return
    yield from found


def _candidates(goal: Goal) -> list[dict[str, Term]]:
    from therefore.provers.curves.curves import Curve
    from therefore.provers.curves.known_bounds import stretch_of
    from therefore.provers.curves.touching import touching_points

    whole = _read_goal(parse(goal.to_text()))
    conclusion: Term = whole.conclusion
    if len(whole.declarations) != 1 or conclusion[0] not in ("<", "<="):
        return []
    ((name, sort),) = whole.declarations
    if sort != "real" or not mentions(conclusion, name):
        return []
    ctx = Context(Atoms())
    ctx.declare(name, sort)
    for k, hypothesis in enumerate(whole.hypotheses):
        ctx.assume(f"h{k}", hypothesis)
    gap = Curve(close(("+", conclusion[2], ("-", conclusion[1])), name))
    found: list[dict[str, Term]] = []
    stretch = stretch_of(ctx, name)
    for low, high in _below_zero(gap, stretch.samples):
        value = str(_simplest(Fraction(low), Fraction(high)))
        formulas = (*whole.hypotheses, negation(conclusion))
        if all(_holds(ctx, open_binder(close(one, name), value)) for one in formulas):
            found.append({name: value})
    found.sort(key=lambda one: Fraction(str(one[name])).denominator)
    for term in touching_points(gap, stretch) if conclusion[0] == "<" else []:
        # There both sides are equal.
        if all(_holds(ctx, open_binder(close(one, name), term)) for one in whole.hypotheses):
            found.append({name: term})
    return found


def _holds(ctx: Context, formula: Term) -> bool:
    """Whether enclosures show a relation of closed numbers; other formulas they do not show."""
    try:
        if formula[0] == "and":
            return all(_holds(ctx, part) for part in formula[1:])
        decide(ctx, formula, Enclosure(_BITS, lambda steps: None))
    except (Rejected, KeyError, TypeError):
        return False
    return True


def _below_zero(gap: Curve, places: list[float]) -> Iterator[tuple[float, float]]:
    """Intervals around its local minima on which the function is less than 0, in floats."""
    from therefore.provers.curves.touching import least_between

    values = [gap.value(place) for place in places]
    for k in range(len(places)):
        first, last = max(k - 1, 0), min(k + 1, len(places) - 1)
        if not values[first] >= values[k] <= values[last]:
            continue
        least = least_between(gap, places[first], places[last], _NARROWINGS)
        if gap.value(least) < 0:
            yield _edge(gap, least, places[first]), _edge(gap, least, places[last])


def _edge(gap: Curve, inside: float, outside: float) -> float:
    """How far towards the outside the function stays well below 0."""
    most = gap.value(inside) / 4
    if gap.value(outside) < most:
        return outside
    for _ in range(_NARROWINGS):
        middle = (inside + outside) / 2
        if gap.value(middle) < most:
            inside = middle
        else:
            outside = middle
    return inside


def _simplest(low: Fraction, high: Fraction) -> Fraction:
    """The fraction with the least denominator between two."""
    if low > high:
        low, high = high, low
    if low <= 0 <= high:
        return Fraction(0)
    if high < 0:
        return -_simplest(-high, -low)
    whole = -(-low.numerator // low.denominator)
    if whole <= high:
        return Fraction(whole)
    rest = whole - 1
    return rest + 1 / _simplest(1 / (high - rest), 1 / (low - rest))
