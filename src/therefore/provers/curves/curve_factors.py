"""A product has one sign where its factors have; so has f = m·g where m and g have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from therefore.goal import Term, to_lists
from therefore.provers.attempt import Labelled, Proof
from therefore.provers.building.factors import Factored, product
from therefore.provers.curves.curve_looks import sign_of
from therefore.provers.curves.curve_pieces import both
from therefore.provers.curves.curve_rising import from_an_end
from therefore.provers.curves.curves import Curve
from therefore.provers.curves.stretches import Stretch
from therefore.provers.curves.touching import crossing_points

if TYPE_CHECKING:
    from therefore.provers.curves.curve_signs import CurveSigns

__all__ = ["by_a_conjugate", "by_a_multiple", "by_factors"]

DEEPEST_MULTIPLE = 6


def by_factors(
    signs: CurveSigns, curve: Curve, stretch: Stretch, strict: bool, depth: int
) -> Proof | None:
    """Each factor has one sign."""
    whole = curve.factors
    if whole is None or sum(abs(e) for _, e in whole.factors) < 2:
        return None
    ctx = signs.context(stretch).extended()
    sign = 1 if whole.constant > 0 else -1
    open_factors: list[tuple[Curve, int]] = []
    for body, exponent in whole.factors:
        factor = Curve(body)
        seen = ctx.signs(ctx.normal.scalar(factor.at(signs.y)))
        if exponent % 2 == 0 and (not strict or 0 not in seen):
            continue
        if seen <= {0, 1} or seen <= {0, -1}:
            sign *= 1 if seen <= {0, 1} else -1
            continue
        way = sign_of(factor, stretch)
        if way == 0:
            return _cut_where_it_crosses(signs, curve, stretch, strict, depth, factor)
        sign *= way
        open_factors.append((factor if way > 0 else factor.opposite, exponent))
    if not open_factors or sign < 0:
        return None
    lemmas, steps = list[Labelled](), list[Labelled]()
    for part, exponent in open_factors:
        is_strict = strict or exponent < 0
        proof = signs.prove(part, stretch, is_strict, depth)
        if proof is None:
            return None
        label, relation = signs.label(), "<" if is_strict else "<="
        lemmas.append((label, stretch.stated((relation, "0", part.body)), proof))
        fact = (relation, "0", part.at(signs.y))
        steps.append((f"{label}_at", fact, signs.cite(label, signs.y)))
        ctx.assume(f"{label}_at", fact)
    item = {"fact": steps[0][0], "times": to_lists(_rest(signs, whole, open_factors[0][0]))}
    return signs.closed(curve, stretch, strict, lemmas, steps, [item])


def _cut_where_it_crosses(
    signs: CurveSigns, curve: Curve, stretch: Stretch, strict: bool, depth: int, factor: Curve
) -> Proof | None:
    """Both sides of a number where a factor changes its sign, which the others have to make up."""
    places = crossing_points(factor, stretch)
    if strict or not places:
        return None
    parts = [signs.prove(curve, part, strict, depth + 1) for part in stretch.parted(places[0])]
    return both(signs, curve, stretch, strict, places[0], (parts[0], parts[1]))


def _rest(signs: CurveSigns, whole: Factored, part: Curve) -> Term:
    """The product divided by one of its factors, or by minus one of them."""
    rest, constant = [], whole.constant
    for body, exponent in whole.factors:
        is_it = body == part.body
        if is_it or Curve(body).opposite.body == part.body:
            constant *= 1 if is_it else -1
            exponent -= 1
        if exponent:
            rest.append((Curve(body).at(signs.y), exponent))
    return product(constant, tuple(rest))


def by_a_multiple(
    signs: CurveSigns, curve: Curve, stretch: Stretch, strict: bool, depth: int
) -> Proof | None:
    """f = m·g for an m of one sign, and a g whose slope is plainer."""
    if depth > DEEPEST_MULTIPLE:
        return None
    for quotient, by in curve.multiples:
        multiple = Curve(by)
        way = sign_of(multiple, stretch)
        if way == 0:
            continue
        if way < 0:
            quotient, multiple = quotient.opposite, multiple.opposite
        found = from_an_end(signs, quotient, stretch, strict, depth + 1)
        if found is None:
            continue
        proof = _multiplied(signs, curve, quotient, multiple, stretch, strict, found, depth)
        if proof is not None:
            return proof
    return None


def by_a_conjugate(
    signs: CurveSigns, curve: Curve, stretch: Stretch, strict: bool, depth: int
) -> Proof | None:
    """f = P + Q·√A is (P² − Q²·A)/(P − Q·√A)."""
    if curve.conjugate is None or depth > DEEPEST_MULTIPLE:
        return None
    above, below = curve.conjugate
    way = sign_of(below, stretch)
    if way == 0:
        return None
    if way < 0:
        above, below = above.opposite, below.opposite
    positive = signs.prove(below, stretch, True, depth + 1)
    found = positive and signs.prove(above, stretch, strict, depth + 1)
    if not positive or not found:
        return None
    inverse = Curve(("/", "1", below.body))
    return _joined(signs, curve, above, inverse, stretch, strict, found, (below, positive))


def _multiplied(
    signs: CurveSigns, curve: Curve, quotient: Curve, multiple: Curve, stretch: Stretch,
    strict: bool, found: Proof, depth: int,
) -> Proof | None:  # fmt: skip
    positive = signs.prove(multiple, stretch, True, depth + 1)
    if positive is None:
        return None
    return _joined(signs, curve, quotient, multiple, stretch, strict, found, (multiple, positive))


def _joined(
    signs: CurveSigns, curve: Curve, part: Curve, times: Curve, stretch: Stretch, strict: bool,
    found: Proof, known: tuple[Curve, Proof],
) -> Proof | None:  # fmt: skip
    """The function as a part of known sign times something that is positive where ``known`` is."""
    relation = "<" if strict else "<="
    one, other = signs.label(), signs.label()
    stated = (("<", "0", known[0]), known[1]), ((relation, "0", part), found)
    lemmas: list[Labelled] = []
    steps: list[Labelled] = []
    for label, ((head, zero, inside), proof) in zip((one, other), stated, strict=True):
        lemmas.append((label, stretch.stated((head, zero, inside.body)), proof))
        fact = (head, zero, inside.at(signs.y))
        steps.append((f"{label}_at", fact, signs.cite(label, signs.y)))
    item = {"fact": f"{other}_at", "times": to_lists(times.at(signs.y))}
    return signs.closed(curve, stretch, strict, lemmas, steps, [item])
