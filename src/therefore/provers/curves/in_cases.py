"""A relation of one number on a stretch, by cases where what stands between bars has two signs.

Absolute values are written out where what stands in them has one sign, and the stretch is cut
where that changes, or where a fact excludes a number.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from therefore.goal import Term, to_lists
from therefore.kernel.context import Context
from therefore.kernel.proofs import obligations
from therefore.kernel.terms import close, mentions
from therefore.provers.attempt import Labelled, Proof, by_rewriting, with_steps
from therefore.provers.building.terms import subterms, template_of
from therefore.provers.building.three_cases import in_three_cases
from therefore.provers.curves.closed import is_closed
from therefore.provers.curves.curve_looks import sign_of
from therefore.provers.curves.curve_signs import CurveSigns
from therefore.provers.curves.curves import Curve, closed_value
from therefore.provers.curves.stretches import Stretch
from therefore.provers.curves.touching import crossing_points

__all__ = ["MOST_CUTS", "Shown", "definedness", "shown"]

MOST_CUTS = 4


@dataclass
class Shown:
    """What is shown first, and how a goal follows in a context that has it as facts."""

    close: Callable[[Context], Proof | None]
    lemmas: list[Labelled] = field(default_factory=list)


def shown(
    signs: CurveSigns, ctx: Context, goal: Term, name: str, stretch: Stretch, cuts: int
) -> Shown | None:
    gap: Term = ("+", goal[2], ("-", goal[1]))
    low, high = stretch.ends
    if not low < high:
        return None
    for inside in _in_bars(gap, name):
        curve = Curve(close(inside, name))
        if sign_of(curve, stretch) == 0:
            places = crossing_points(curve, stretch)
            ways = (_cut, _both_ways) if len(places) < MOST_CUTS else (_both_ways, _cut)
            for way in ways:
                here = inside if way is _both_ways else places
                if found := way(signs, ctx, goal, name, stretch, cuts, here):
                    return found
            return None
    excluded = [
        side for fact in ctx.facts.values() if fact[0] == "!=" and name in fact[1:]
        for side in fact[1:] if is_closed(ctx, side) and low < closed_value(side) < high
    ]  # fmt: skip
    if goal[0] == "<" and excluded:
        return _cut(signs, ctx, goal, name, stretch, cuts, excluded[:1], apart=True)
    return _at_once(signs, goal, name, stretch, gap)


def _in_bars(term: Term, name: str) -> list[Term]:
    """What stands in absolute values and depends on the number, the innermost first."""
    found = [t[1] for t in subterms(term) if t[0] == "abs" and mentions(t, name)]
    return sorted(dict.fromkeys(found), key=lambda one: len(str(one)))


def _cut(
    signs: CurveSigns, ctx: Context, goal: Term, name: str, stretch: Stretch, cuts: int,
    places: list[Term], apart: bool = False,
) -> Shown | None:  # fmt: skip
    """The goal on both sides of a number; ``apart`` if the number itself is excluded."""
    if not places or cuts == 0:
        return None
    at = places[0]
    below, above = stretch.parted(at)
    if apart:
        below, above = replace(below, high_open=True), replace(above, low_open=True)
    parts = [shown(signs, ctx, goal, name, part, cuts - 1) for part in (below, above)]
    one, other = parts
    if one is None or other is None:
        return None
    label = signs.label()

    def in_case(here: Context, case: str) -> Proof | None:
        if case != "equal":
            return (one if case == "less" else other).close(here)
        if apart:
            return _absurd(here, name, at, label)
        return _at_the_number(signs, here, goal, name, at, label) or one.close(here)

    def closed(here: Context) -> Proof | None:
        return in_three_cases(here, (name, at), label, in_case)

    return Shown(closed, [*one.lemmas, *other.lemmas])


def _both_ways(
    signs: CurveSigns, ctx: Context, goal: Term, name: str, stretch: Stretch, cuts: int,
    inside: Term,
) -> Shown | None:  # fmt: skip
    """The goal with u, and with −u, in the place of |u|."""
    if cuts == 0:
        return None
    parts: list[Shown] = []
    goals: list[Term] = []
    for written in (("-", inside), inside):
        goals.append(Curve(template_of(goal, ("abs", inside))).at(written))
        found = shown(signs, ctx, goals[-1], name, stretch, cuts - 1)
        if found is None:
            return None
        parts.append(found)
    one, other = parts
    label = signs.label()

    def in_case(here: Context, case: str) -> Proof | None:
        k, plain = 0 if case == "less" else 1, f"{label}_plain"
        found = parts[k].close(here)
        then: Proof = {"rule": "combine", "items": [{"fact": plain}]}
        return found and with_steps([(plain, goals[k], found)], then)

    def closed(here: Context) -> Proof | None:
        return in_three_cases(here, (inside, "0"), label, in_case)

    return Shown(closed, [*one.lemmas, *other.lemmas])


def _at_the_number(
    signs: CurveSigns, ctx: Context, goal: Term, name: str, at: Term, label: str
) -> Proof | None:
    """The goal with a for x, where x = a."""
    there = Curve(close(goal, name)).at(at)
    plain = ctx.extended()
    for then in (
        {"rule": "inspect"}, {"rule": "combine", "items": []}, {"rule": "enclose", "bits": "64"},
    ):  # fmt: skip
        if signs.bench.works(plain, there, then):
            return by_rewriting(
                close(goal, name), name, at, {"rule": "assumption", "fact": label}, then
            )
    return None


def _absurd(ctx: Context, name: str, at: Term, label: str) -> Proof | None:
    """From x = a and x ≠ a."""
    for known, fact in ctx.facts.items():
        if fact not in (("!=", name, at), ("!=", at, name)):
            continue
        side = 1 if fact[1] == name else 2
        template = ("!=", "#0", at) if side == 1 else ("!=", at, "#0")
        equal: Proof = {"rule": "combine", "items": [{"fact": label, "times": "-1"}]}
        return {
            "rule": "have", "fact": to_lists(("!=", at, at)), "as": f"{label}_never",
            "proof": by_rewriting(template, at, name, equal, {"rule": "assumption", "fact": known}),
            "then": {"rule": "suppose", "as": f"{label}_no", "then": {"rule": "inspect"}},
        }  # fmt: skip
    return None


def _at_once(signs: CurveSigns, goal: Term, name: str, stretch: Stretch, gap: Term) -> Shown | None:
    """By the sign of the difference, absolute values written out."""
    lemmas: list[Labelled] = []
    facts: list[tuple[str, Term]] = []

    def add(body: Term, relation: str) -> bool:
        curve = Curve(body)
        proof = signs.prove(curve, stretch, relation == "<")
        if proof is None:
            return False
        label = signs.label()
        lemmas.append((label, stretch.stated((relation, "0", body)), proof))
        facts.append((label, (relation, "0", curve.at(name))))
        return True

    while bars := _in_bars(gap, name):
        inside = bars[0]
        way = sign_of(Curve(close(inside, name)), stretch)
        written = inside if way >= 0 else ("-", inside)
        if not add(close(written, name), "<="):
            return None
        hole = template_of(gap, ("abs", inside))
        gap = Curve(hole).at(written)
    curve = Curve(close(gap, name))
    if curve.factors is None:
        return None
    if not add(curve.factors.body, goal[0]):
        return None

    def closed(here: Context) -> Proof | None:
        inner, steps = here.extended(), list[Labelled]()
        for label, fact in facts:
            steps.append((f"{label}_x", fact, signs.cite(label, name)))
            inner.assume(f"{label}_x", fact)
        proofs = definedness(signs, inner, goal, name, stretch)
        if proofs is None:
            return None
        then: Proof = {"rule": "combine", "items": [{"fact": steps[-1][0]}]}
        if proofs:
            then["defined"] = proofs
        return with_steps(steps, then)

    return Shown(closed, lemmas)


def definedness(
    signs: CurveSigns, ctx: Context, goal: Term, name: str, stretch: Stretch
) -> list[Proof] | None:
    """Why the two sides are defined, where inspection does not see it."""
    proofs: list[Proof] = []
    done: set[Term] = set()
    for side in goal[1:]:
        if side in done or side in ctx.defined:
            continue
        done.add(side)
        for place, obligation in obligations(ctx, side):
            if place.holds(obligation):
                continue
            proof = _obligation(signs, obligation, name, stretch)
            if proof is None:
                return None
            proofs.append(proof)
    return proofs


def _obligation(signs: CurveSigns, formula: Term, name: str, stretch: Stretch) -> Proof | None:
    """That 0 < u, 0 ≤ u or u ≠ 0, for what stands under a root, in a logarithm, below a line."""
    inside = formula[1] if formula[0] == "!=" else formula[2]
    body = close(inside, name)
    way = sign_of(Curve(body), stretch)
    if way == 0:
        return None
    written = body if way > 0 else ("-", body)
    relation = "<=" if formula[0] == "<=" else "<"
    proof = signs.prove(Curve(written), stretch, relation == "<")
    if proof is None:
        return None
    label = signs.label()
    cited = signs.cite(label, name)
    cited["then"] = {"rule": "inspect"}
    return with_steps([(label, stretch.stated((relation, "0", written)), proof)], cited)
