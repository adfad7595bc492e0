"""Looks at functions of one number: signs of samples, short fractions, parts of terms. Hints."""

from __future__ import annotations

import math
from fractions import Fraction

from therefore.goal import Term
from therefore.kernel.context import Context
from therefore.provers.curves.curves import Curve
from therefore.provers.curves.stretches import Stretch

__all__ = ["has_head", "may_hold", "occurs", "parts_with", "plain_to_see", "short_below", "sign_of"]

_SLACK = 1e-11
_FEW = 2


def may_hold(curve: Curve, stretch: Stretch) -> bool:
    """Whether no sample shows a negative value. Only a hint."""
    for place in stretch.samples:
        value = curve.value(place)
        if value < 0 and value < -_SLACK * curve.magnitude(place):
            known = curve.bounds(Fraction(place), Fraction(place))
            if known is not None and known[1] < 0:
                return False
    return True


def sign_of(curve: Curve, stretch: Stretch) -> int:
    """1 or −1 if all samples have this sign, else 0."""
    if may_hold(curve, stretch):
        return 1
    return -1 if may_hold(curve.opposite, stretch) else 0


def plain_to_see(ctx: Context, relation: Term) -> bool:
    """Whether inspection sees it; of what has many terms, without adding facts up."""
    ctx.atoms.is_in_haste = len(ctx.normal.scalar(relation[2]).over) > _FEW
    try:
        return ctx.holds(relation)
    finally:
        ctx.atoms.is_in_haste = False


def short_below(value: Fraction) -> Fraction:
    """A short fraction a little below."""
    if value == 0:
        return value
    bits = 7 - (value.numerator.bit_length() - value.denominator.bit_length())
    scale = Fraction(2) ** bits
    return Fraction(math.floor(value * scale)) / scale


def occurs(term: Term, part: Term) -> bool:
    return term == part or (isinstance(term, tuple) and any(occurs(p, part) for p in term))


def has_head(term: Term, head: str) -> bool:
    return isinstance(term, tuple) and (term[0] == head or any(has_head(p, head) for p in term))


def parts_with(term: Term, heads: tuple[str, ...]) -> list[Term]:
    """The parts with one of these heads that depend on the variable."""
    if isinstance(term, str):
        return []
    if term[0] in heads and occurs(term, "#0"):
        return [term]
    return [part for inner in term[1:] for part in parts_with(inner, heads)]
