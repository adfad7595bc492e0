"""A function on another stretch, or another function on this one, that has the same sign.

With t = √y for the root of the variable; with t = 1/y for what is far out; 1 − exp(−f) for an f
made of logarithms; and bounds for the exponentials and waves in f.
"""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING, Any

from therefore.goal import Term, to_lists
from therefore.provers.attempt import Labelled, Proof, with_steps
from therefore.provers.curves.curve_looks import (
    has_head,
    occurs,
    parts_with,
    plain_to_see,
    short_below,
)
from therefore.provers.curves.curves import Curve
from therefore.provers.curves.elementary import bounds_of_waves
from therefore.provers.curves.stretches import Stretch

if TYPE_CHECKING:
    from therefore.provers.curves.curve_signs import CurveSigns

__all__ = ["by_a_root", "by_bounds", "by_exponentials", "by_reciprocals"]

MOST_WAVES = 3
DEEPEST_BOUND = 7


def _at_another(
    signs: CurveSigns, curve: Curve, stretch: Stretch, strict: bool, other: Curve, there: Stretch,
    place: Term, conditions: list[Proof], items: list[dict[str, Any]], depth: int,
    times: str = "1",
) -> Proof | None:  # fmt: skip
    """From another function on another stretch, at a place that depends on the variable."""
    proof = signs.prove(other, there, strict, depth + 1)
    if proof is None:
        return None
    label = signs.label()
    relation = "<" if strict else "<="
    fact = (relation, "0", other.at(place))
    lemmas: list[Labelled] = [(label, there.stated((relation, "0", other.body)), proof)]
    step: Labelled = (f"{label}_at", fact, signs.cite(label, place, conditions))
    every = [{"fact": step[0], "times": times}, *items]
    return signs.closed(curve, stretch, strict, lemmas, [step], every)


def by_a_root(
    signs: CurveSigns, curve: Curve, stretch: Stretch, strict: bool, depth: int
) -> Proof | None:
    """With t = √y, where that occurs, and t² for y."""
    low = stretch.ends[0]
    if not low >= 0 or not occurs(curve.body, ("sqrt", "#0")):
        return None
    other = Curve(_with_root(curve.body))
    if other.factors is None:
        return None
    other = Curve(_without_sizes(other.factors.body))
    ends = [None if end is None else _root(end) for end in (stretch.low, stretch.high)]
    there = Stretch(ends[0], ends[1], stretch.low_open, stretch.high_open)
    conditions: list[Proof] = []
    ctx = signs.context(stretch)
    for side, condition in zip(
        signs.labels(stretch), there.conditions(("sqrt", signs.y)), strict=True
    ):
        if not ctx.holds(condition):
            both = to_lists(("+", *condition[1:]))
            label = signs.label()
            items = [{"fact": side}, {"fact": label, "times": both}]
            then: Proof = {"rule": "combine", "items": items}
            conditions.append({"rule": "suppose", "as": label, "then": then})
    return _at_another(
        signs, curve, stretch, strict, other, there, ("sqrt", signs.y), conditions, [], depth
    )


def by_reciprocals(
    signs: CurveSigns, curve: Curve, stretch: Stretch, strict: bool, depth: int
) -> Proof | None:
    """With t = 1/y, where the function tends to 0 far out."""
    low = stretch.ends[0]
    if stretch.high is not None or not isinstance(stretch.low, str) or not low >= 0:
        return None
    if parts_with(curve.body, ("sin", "cos")):
        return None
    if (low == 0 and not stretch.low_open) or abs(curve.value(low + 1e7)) > 1e-3:
        return None
    other = Curve(curve.at(("/", "1", "#0")))
    if other.factors is None:
        return None
    other = Curve(other.factors.body)
    if low == 0:
        there = Stretch("0", None, True, False)
        conditions: list[Proof] = []
    else:
        top = ("/", "1", stretch.low)
        there = Stretch("0", top, True, stretch.low_open)
        times = to_lists(("/", "1", ("*", stretch.low, signs.y)))
        item = {"fact": f"{signs.prefix}_low", "times": times}
        conditions = [{"rule": "combine", "items": [item]}]
        condition = there.conditions(("/", "1", signs.y))[1]
        if signs.context(stretch).holds(condition):
            conditions = []
    place = ("/", "1", signs.y)
    return _at_another(
        signs, curve, stretch, strict, other, there, place, conditions, [], depth + 1
    )


def by_exponentials(
    signs: CurveSigns, curve: Curve, stretch: Stretch, strict: bool, depth: int
) -> Proof | None:
    """c·f ≥ 1 − exp(−c·f) ≥ 0, where the logarithms in c·f have integers before them."""
    scale = curve.share_of_logarithms
    if scale is None:
        return None
    lowered: Term = ("-", ("*", str(scale), curve.body))
    other = Curve(("+", "1", ("-", ("exp", lowered))))
    if other.factors is None:
        return None
    other = Curve(other.factors.body)
    if has_head(other.body, "log"):
        return None
    times = str(1 / scale)
    inside = Curve(lowered).at(signs.y)
    item = {"fact": "axiom:exponential_bound", "with": [to_lists(inside)], "times": times}
    return _at_another(
        signs, curve, stretch, strict, other, stretch, signs.y, [], [item], depth, times
    )


def by_bounds(
    signs: CurveSigns, curve: Curve, stretch: Stretch, strict: bool, depth: int
) -> Proof | None:
    """Exponentials that grow are at least what they are at the end; sines are at most 1."""
    end = stretch.low if stretch.high is None else stretch.high
    if stretch.hull is not None or end is None:
        return None
    body = curve.factors.body if curve.factors else curve.body
    ctx, lemmas, steps = signs.context(stretch).extended(), list[Labelled](), list[Labelled]()
    for term in dict.fromkeys(parts_with(body, ("exp",))):
        value = Curve(term).bounds_at(end)
        if value is None:
            continue
        least = short_below(value[0])
        bound = Curve(("+", term, str(-least)))
        proof = signs.prove(bound, stretch, False, DEEPEST_BOUND)
        if proof is not None:
            label = signs.label()
            lemmas.append((label, stretch.stated(("<=", "0", bound.body)), proof))
            fact = ("<=", "0", bound.at(signs.y))
            steps.append((f"{label}_at", fact, signs.cite(label, signs.y)))
            ctx.assume(f"{label}_at", fact)
    waves = list(dict.fromkeys(parts_with(body, ("sin", "cos"))))[:MOST_WAVES]
    goal = signs.goal(curve, strict)
    for choice in product((0, 1), repeat=len(waves)):
        inner, more = ctx.extended(), list[Labelled]()
        for term, which in zip(waves, choice, strict=True):
            (fact, shown) = list(bounds_of_waves(("<", "0", Curve(term).at(signs.y))))[which]
            label = signs.label()
            more.append((label, fact, shown))
            inner.assume(label, fact)
        hidden: list[Labelled] = []
        proofs = signs.settled(inner, stretch, hidden, goal[2])
        for label, fact, _ in hidden:
            inner.assume(label, fact)
        then: Proof = {"rule": "inspect", **({"defined": proofs} if proofs else {})}
        if plain_to_see(inner, goal) and signs.bench.works(inner, goal, then):
            given = with_steps(steps, with_steps(more, then))
            return with_steps([*lemmas, *hidden], signs.intro(stretch, given))
    return None


def _with_root(term: Term) -> Term:
    """#0 for √#0, and its square for what else is #0."""
    if term == ("sqrt", "#0"):
        return "#0"
    if isinstance(term, str):
        return ("^", "#0", "2") if term == "#0" else term
    return (term[0], *(_with_root(part) for part in term[1:]))


def _without_sizes(term: Term) -> Term:
    """#0 for |#0|, where it is not negative: log(t²) has become 2·log|t|."""
    if term == ("abs", "#0"):
        return "#0"
    return term if isinstance(term, str) else tuple(map(_without_sizes, term))


def _root(end: Term) -> Term:
    """The root of an end, exactly if that is a fraction."""
    if isinstance(end, str):
        value = Fraction(end)
        over, under = math.isqrt(value.numerator), math.isqrt(value.denominator)
        if over * over == value.numerator and under * under == value.denominator:
            return str(Fraction(over, under))
    return ("sqrt", end)
