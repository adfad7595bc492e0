"""Inequalities of one number between closed bounds, by the sign of a function on a stretch.

The difference of the two sides is a function of the number; absolute values in it are written out
where what stands in them has one sign, and the stretch is cut where that changes.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from therefore.goal import Term, to_lists
from therefore.kernel.context import Context
from therefore.kernel.errors import Rejected
from therefore.kernel.proofs import obligations
from therefore.kernel.terms import close, fits, mentions, sort_of
from therefore.provers.attempt import Labelled, Proof, with_steps
from therefore.provers.bench import OutOfTime
from therefore.provers.building.terms import subterms, template_of
from therefore.provers.building.unnormal import scalar_term
from therefore.provers.curves.closed import is_closed
from therefore.provers.curves.curve_looks import sign_of
from therefore.provers.curves.curve_signs import CurveSigns
from therefore.provers.curves.curves import Curve, closed_value
from therefore.provers.curves.stretches import Stretch
from therefore.provers.curves.touching import crossing_points
from therefore.provers.prover import Prover

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["OTHERWISE", "PROVER", "Clock", "stretch_of"]

SHARE = 0.6  # of the time that is left
MOST_CUTS = 4


@dataclass
class Clock:
    """A share of the time of a search."""

    search: Search
    until: float

    @classmethod
    def of(cls, search: Search) -> Clock:
        """A share of what is left now."""
        now = time.monotonic()
        return cls(search, now + SHARE * (search.bench.deadline - now))

    def check(self) -> None:
        """Raises ``OutOfTime`` when the share, or all of it, is used up."""
        self.search.bench.check_time()
        if time.monotonic() > self.until:
            raise OutOfTime


@dataclass
class _Shown:
    """What is shown first, and how a goal follows in a context that has it as facts."""

    close: Callable[[Context], Proof | None]
    lemmas: list[Labelled] = field(default_factory=list)


def _accepts(ctx: Context, goal: Term) -> bool:
    return (
        goal[0] in ("<", "<=", "!=")
        and _only_name(ctx, goal) is not None
        and all(fits(sort_of(side, ctx.names), "real") for side in goal[1:])
        and all(term[0] in _READ for term in subterms(goal) if isinstance(term, tuple))
    )


def _is_transcendental(ctx: Context, goal: Term) -> bool:
    return any(term[0] in _TRANSCENDENTAL for term in subterms(goal)) and _accepts(ctx, goal)


def _is_algebraic(ctx: Context, goal: Term) -> bool:
    return _accepts(ctx, goal) and not _is_transcendental(ctx, goal)


_TRANSCENDENTAL = frozenset(["exp", "log", "sin", "cos"])
_READ = frozenset(
    ["<", "<=", "!=", "+", "-", "*", "/", "^", "exp", "log", "sin", "cos", "sqrt", "abs", "pi"]
)


def _only_name(ctx: Context, goal: Term) -> str | None:
    names = [name for name in ctx.names if mentions(goal, name)]
    return names[0] if len(names) == 1 and ctx.names[names[0]] == "real" else None


def _prove(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    name = _only_name(ctx, goal)
    if depth > 4 or name is None:
        return None
    if goal[0] == "!=":
        return _apart(search, ctx, goal, name, depth)
    outer, bars = ctx, _without_bars(ctx, name)
    ctx = ctx.extended()
    for label, fact, _ in bars:
        ctx.assume(label, fact)
    stretch = stretch_of(ctx, name)
    clock = Clock.of(search)
    signs = CurveSigns(search.bench, ctx, clock.check)
    try:
        found = _shown(signs, ctx, goal, name, stretch, MOST_CUTS)
        if found is None:
            return None
        inner = ctx.extended()
        for label, formula, _ in found.lemmas:
            inner.assume(label, formula)
        then = found.close(inner)
        proof = then and with_steps([*bars, *found.lemmas], then)
    except OutOfTime:
        search.bench.check_time()
        return None
    finally:
        search.bench.note("the sign of a function of one number, by its slopes and enclosures")
    return proof if proof and search.bench.works(outer, goal, proof) else None


def _apart(search: Search, ctx: Context, goal: Term, name: str, depth: int) -> Proof | None:
    """Two sides that are never equal, as one is always the greater."""
    gap = Curve(close(("+", goal[2], ("-", goal[1])), name))
    way = sign_of(gap, stretch_of(ctx, name))
    if way == 0:
        return None
    fact = ("<", *(goal[1:] if way > 0 else reversed(goal[1:])))
    proof = _prove(search, ctx, fact, depth + 1)
    label = f"apart{len(ctx.facts)}"
    return with_steps([(label, fact, proof)], {"rule": "inspect"}) if proof else None


def _without_bars(ctx: Context, name: str) -> list[Labelled]:
    """−B < u and u < B, for each fact |u| < B about the number."""
    found: list[Labelled] = []
    for label, fact in ctx.facts.items():
        if fact[0] not in ("<", "<=") or fact[1][0] != "abs" or not mentions(fact[1], name):
            continue
        inside, most = fact[1][1], fact[2]
        for side, one in (("above", inside), ("below", ("-", inside))):
            below = ("<=", one, fact[1])
            plain: Proof = {"rule": "inspect"}
            cases: Proof = {
                "rule": "cases", "on": [to_lists(inside), "0"], "as": f"{label}_{side}_sign",
                "less": plain, "equal": plain, "greater": plain,
            }  # fmt: skip
            found.append((f"{label}_{side}", (fact[0], one, most), {
                "rule": "have", "fact": to_lists(below), "as": f"{label}_{side}_least",
                "proof": cases, "then": {
                    "rule": "combine",
                    "items": [{"fact": f"{label}_{side}_least"}, {"fact": label}],
                },
            }))  # fmt: skip
    return found


def stretch_of(ctx: Context, name: str) -> Stretch:
    """Where the facts say that the number lies: the narrowest closed bounds."""
    lows: list[tuple[float, bool, Term]] = []
    highs: list[tuple[float, bool, Term]] = []
    for fact in ctx.facts.values():
        if fact[0] not in ("<", "<=") or not mentions(fact, name):
            continue
        found = _bound(ctx, fact, name)
        if found is None:
            continue
        end, is_low = found
        value = closed_value(end)
        if value != value:
            continue
        if is_low:
            lows.append((value, fact[0] == "<", end))
        else:
            highs.append((-value, fact[0] == "<", end))
    stretch = Stretch(None, None)
    if lows:
        _, is_open, end = max(lows, key=lambda one: one[:2])
        stretch = replace(stretch, low=end, low_open=is_open)
    if highs:
        _, is_open, end = max(highs, key=lambda one: one[:2])
        stretch = replace(stretch, high=end, high_open=is_open)
    return stretch


def _bound(ctx: Context, fact: Term, name: str) -> tuple[Term, bool] | None:
    """The closed term that a fact compares the number with, and whether it is below."""
    left, right = fact[1:]
    if right == name and is_closed(ctx, left):
        return left, True
    if left == name and is_closed(ctx, right):
        return right, False
    try:
        difference = ctx.normal.scalar(right) - ctx.normal.scalar(left)
        single = ((ctx.atoms.intern("name", name), 1),)
        if difference.under or single not in difference.over:
            return None
        slope = difference.over[single]
        rest = {m: -c / slope for m, c in difference.over.items() if m != single}
        end = scalar_term(ctx.atoms, type(difference)(rest))
    except (Rejected, ValueError):
        return None
    return (end, slope > 0) if is_closed(ctx, end) else None


def _shown(
    signs: CurveSigns, ctx: Context, goal: Term, name: str, stretch: Stretch, cuts: int
) -> _Shown | None:
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
) -> _Shown | None:  # fmt: skip
    """The goal on both sides of a number; ``apart`` if the number itself is excluded."""
    if not places or cuts == 0:
        return None
    at = places[0]
    below, above = stretch.parted(at)
    if apart:
        below, above = replace(below, high_open=True), replace(above, low_open=True)
    parts = [_shown(signs, ctx, goal, name, part, cuts - 1) for part in (below, above)]
    one, other = parts
    if one is None or other is None:
        return None
    label = signs.label()

    def closed(here: Context) -> Proof | None:
        proof: Proof = {"rule": "cases", "on": [name, to_lists(at)], "as": label}
        for branch, fact, part in (
            ("less", ("<", name, at), one), ("equal", ("=", name, at), one),
            ("greater", ("<", at, name), other),
        ):  # fmt: skip
            inner = here.extended()
            inner.assume(label, fact)
            if branch != "equal":
                found = part.close(inner)
            elif apart:
                found = _absurd(inner, name, at, label)
            else:
                found = _at_the_number(signs, inner, goal, name, at, label) or part.close(inner)
            if found is None:
                return None
            proof[branch] = found
        return proof

    return _Shown(closed, [*one.lemmas, *other.lemmas])


def _both_ways(
    signs: CurveSigns, ctx: Context, goal: Term, name: str, stretch: Stretch, cuts: int,
    inside: Term,
) -> _Shown | None:  # fmt: skip
    """The goal with u, and with −u, in the place of |u|."""
    if cuts == 0:
        return None
    parts: list[_Shown] = []
    goals: list[Term] = []
    for written in (("-", inside), inside):
        goals.append(Curve(template_of(goal, ("abs", inside))).at(written))
        found = _shown(signs, ctx, goals[-1], name, stretch, cuts - 1)
        if found is None:
            return None
        parts.append(found)
    one, other = parts
    label = signs.label()

    def closed(here: Context) -> Proof | None:
        proof: Proof = {"rule": "cases", "on": [to_lists(inside), "0"], "as": label}
        for branch, fact, k in (
            ("less", ("<", inside, "0"), 0), ("equal", ("=", inside, "0"), 1),
            ("greater", ("<", "0", inside), 1),
        ):  # fmt: skip
            inner = here.extended()
            inner.assume(label, fact)
            found = parts[k].close(inner)
            if found is None:
                return None
            plain = f"{label}_plain"
            proof[branch] = {
                "rule": "have",
                "fact": to_lists(goals[k]),
                "as": plain,
                "proof": found,
                "then": {"rule": "combine", "items": [{"fact": plain}]},
            }
        return proof

    return _Shown(closed, [*one.lemmas, *other.lemmas])


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
            return {
                "rule": "rewrite", "template": to_lists(close(goal, name)), "from": name,
                "to": to_lists(at), "equal": {"rule": "assumption", "fact": label}, "then": then,
            }  # fmt: skip
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
            "proof": {
                "rule": "rewrite", "template": to_lists(template), "from": to_lists(at),
                "to": name, "equal": equal, "then": {"rule": "assumption", "fact": known},
            },
            "then": {"rule": "suppose", "as": f"{label}_no", "then": {"rule": "inspect"}},
        }  # fmt: skip
    return None


def _at_once(
    signs: CurveSigns, goal: Term, name: str, stretch: Stretch, gap: Term
) -> _Shown | None:
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
        proofs = _definedness(signs, inner, goal, name, stretch)
        if proofs is None:
            return None
        then: Proof = {"rule": "combine", "items": [{"fact": steps[-1][0]}]}
        if proofs:
            then["defined"] = proofs
        return with_steps(steps, then)

    return _Shown(closed, lemmas)


def _definedness(
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


PROVER = Prover("one number", _is_transcendental, _prove)
OTHERWISE = Prover("one number, otherwise", _is_algebraic, _prove)
