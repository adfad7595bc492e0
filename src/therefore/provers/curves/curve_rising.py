"""What is not negative at an end of a stretch, and rises from there, is not negative.

That it rises is a statement of the same kind about its slope.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING

from therefore.goal import Term, to_lists
from therefore.kernel.context import Context
from therefore.kernel.differential import differential
from therefore.kernel.errors import Rejected
from therefore.kernel.terms import open_binder, substitute
from therefore.provers.attempt import Labelled, Proof, with_steps
from therefore.provers.curves.curve_looks import may_hold
from therefore.provers.curves.curves import BITS, Curve
from therefore.provers.curves.stretches import Stretch

if TYPE_CHECKING:
    from therefore.provers.curves.curve_signs import CurveSigns

__all__ = ["derived", "from_an_end", "risen", "rising", "value_at_end"]

_Prove = Callable[[Curve, Stretch, bool], "Proof | None"]


def from_an_end(
    signs: CurveSigns, curve: Curve, stretch: Stretch, strict: bool, depth: int
) -> Proof | None:
    for left in (True, False):
        found = rising(signs, curve, stretch, strict, left,
            lambda slope, where, is_strict: signs.prove(slope, where, is_strict, depth + 1),
        )  # fmt: skip
        if found is not None:
            return found
    return None


def rising(
    signs: CurveSigns, curve: Curve, stretch: Stretch, strict: bool, left: bool, prove: _Prove
) -> Proof | None:
    """The function is not negative at an end, and rises from there; ``prove`` is for that."""
    signs.check_time()
    end = stretch.end(left)
    if end is None or curve.slope is None:
        return None
    is_zero = value_at_end(signs, curve, end)
    if is_zero is None or (strict and is_zero and not stretch.is_open(left)):
        return None
    rises_strictly = strict and is_zero
    slope = curve.slope if left else curve.slope.opposite
    if not may_hold(slope, stretch):
        return None
    found = prove(slope, stretch.inside, rises_strictly)
    if found is None:
        return None
    body = curve.body if left else ("-", curve.body)
    shown = derived(signs, body, slope.body, stretch.with_end(left))
    if shown is None:
        return None
    start, rise = signs.label(), signs.label()
    relation = "<" if rises_strictly else "<="
    of_slope, of_derivative = signs.label(), signs.label()
    lemmas: list[Labelled] = [
        (of_slope, stretch.inside.stated((relation, "0", slope.body)), found),
        (of_derivative, *shown),
    ]
    items = [{"fact": rise}]
    if not is_zero:
        value = ("<" if strict else "<=", "0", curve.at(end))
        lemmas.append((start, value, {"rule": "enclose", "bits": str(BITS)}))
        items.append({"fact": start})
    rises = risen(signs, body, slope.body, relation, end, left, (of_slope, of_derivative))
    return signs.closed(curve, stretch, strict, lemmas, [(rise, *rises)], items)


def value_at_end(signs: CurveSigns, curve: Curve, end: Term) -> bool | None:
    """Whether the value at an end is 0; ``None`` if it is not seen that it is not negative."""
    value = curve.at(end)
    empty = Context(signs.atoms)
    try:
        if empty.atoms.is_zero(empty.normal.scalar(value)):
            return True
    except Rejected:
        return None
    known = Curve(value).bounds(Fraction(0), Fraction(0))
    return False if known and known[0] > 0 else None


def risen(signs: CurveSigns, body: Term, slope: Term, relation: str, end: Term, left: bool,
    lemmas: tuple[str, str],
) -> tuple[Term, Proof]:  # fmt: skip
    """u(a) ≤ u(y), or u(y) ≤ u(b), by the slope of u."""
    of_slope, of_derivative = lemmas
    low, high = (end, signs.y) if left else (signs.y, end)
    fact = (relation, Curve(body).at(low), Curve(body).at(high))
    label = signs.label()
    return fact, {
        "rule": "monotone", "name": signs.s, "as": label, "body": to_lists(body),
        "from": to_lists(low), "to": to_lists(high), "slope": to_lists(slope),
        "order": {"rule": "inspect"},
        "derivative": signs.cite(of_derivative, signs.s),
        "sign": signs.cite(of_slope, signs.s),
    }  # fmt: skip


def derived(
    signs: CurveSigns, body: Term, slope: Term, stretch: Stretch
) -> tuple[Term, Proof] | None:
    """That the function has this slope all along the stretch."""
    ctx = signs.context(stretch).extended()
    inner = {**ctx.names, signs.z: "real"}
    lemmas: list[Labelled] = []
    try:
        change = differential(inner, open_binder(body, signs.z), signs.z, "1")
        change = substitute(change, {signs.z: signs.y})
        proofs = signs.settled(ctx, stretch, lemmas, open_binder(body, signs.y), change)
        value: Proof = {"rule": "combine"}
        more = signs.settled(ctx, stretch, lemmas, open_binder(slope, signs.y))
    except Rejected:
        return None
    if more:
        value["defined"] = more
    proof: Proof = {"rule": "differentiate", "name": signs.z, "value": value}
    if proofs:
        proof["defined"] = proofs
    formula = ("has_derivative", body, "#0", slope)
    goal = ("has_derivative", body, signs.y, open_binder(slope, signs.y))
    plain = signs.context(stretch).extended()
    for label, fact, _ in lemmas:
        plain.assume(label, fact)
    if not signs.bench.works(plain, goal, proof):
        return None
    return stretch.stated(formula), with_steps(lemmas, signs.intro(stretch, proof))
