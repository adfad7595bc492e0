"""A relation of one number from facts on that number, of which none need bound it plainly.

Were it false, then wherever the number lies one fact would fail. So the line is cut into pieces on
each of which the denial of the relation, or of one of the facts, has the wrong sign throughout.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from therefore.goal import Term, to_lists
from therefore.kernel.atoms import Atoms
from therefore.kernel.context import Context
from therefore.kernel.formulas import negation
from therefore.kernel.terms import close, fits, mentions, sort_of
from therefore.provers.attempt import Labelled, Proof, with_steps
from therefore.provers.bench import OutOfTime
from therefore.provers.curves.curve_signs import CurveSigns
from therefore.provers.curves.curves import Curve, closed_value
from therefore.provers.curves.in_cases import MOST_CUTS, definedness, shown
from therefore.provers.curves.known_bounds import stretch_of
from therefore.provers.curves.one_number import Clock, is_read, is_transcendental, only_name
from therefore.provers.curves.stretches import Stretch
from therefore.provers.curves.touching import crossing_points
from therefore.provers.inequalities import polynomials
from therefore.provers.prover import Prover
from therefore.provers.relations.adding import prove_by_adding

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["PROVER"]

MOST_PIECES = 6
_SLACK = 1e-9
_BETWEEN = 8  # numbers that are looked at between two samples


@dataclass(frozen=True)
class _Known:
    """A relation that is known: its label, its right side minus its left, and whether it is <."""

    label: str
    gap: Curve
    relation: Term

    def fails(self, place: float) -> bool:
        """Whether it seems not to hold, or only just; what is not known may be either."""
        value = self.gap.value(place)
        slack = _SLACK if self.relation[0] == "<" else _SLACK / 1000
        return not value > slack * self.gap.magnitude(place)


def _accepts(ctx: Context, goal: Term) -> bool:
    if goal[0] not in ("<", "<=") or not is_read(goal):
        return False
    if not all(fits(sort_of(side, ctx.names), "real") for side in goal[1:]):
        return False
    name = only_name(ctx, goal)
    return name is not None and any(_is_news(ctx, fact, name) for fact in ctx.facts.values())


def _is_news(ctx: Context, fact: Term, name: str) -> bool:
    """Whether a fact speaks of the number alone, and is no plain bound."""
    if fact[0] not in ("<", "<=", "=") or only_name(ctx, fact) != name or not is_read(_plain(fact)):
        return False
    is_bound = name in fact[1:] and not all(mentions(side, name) for side in fact[1:])
    return not is_bound or fact[0] == "="


def _plain(fact: Term) -> Term:
    """The fact, for an equation as an inequality."""
    return ("<=", *fact[1:])


def _prove(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    name = only_name(ctx, goal)
    if depth > 4 or name is None:
        return None
    search.bench.note("where known relations of one number can hold")
    against = f"against{len(ctx.facts)}"
    inner = ctx.extended()
    inner.assume(against, negation(goal))
    known: list[_Known] = []
    for label, fact in inner.facts.items():
        if label == against or _is_news(ctx, fact, name):
            ways = [_plain(fact), ("<=", fact[2], fact[1])] if fact[0] == "=" else [fact]
            for one in ways:
                gap = Curve(close(("+", one[2], ("-", one[1])), name))
                known.append(_Known(label, gap, one))
    clock = Clock.of(search)
    stretch = stretch_of(inner, name)
    signs = CurveSigns(search.bench, inner, clock.check)
    try:
        then = _absurd(search, signs, inner, name, stretch, known, MOST_PIECES)
        defined = definedness(signs, ctx, goal, name, stretch_of(ctx, name)) if then else None
    except OutOfTime:
        search.bench.check_time()
        return None
    if then is None or defined is None:
        return None
    proof: Proof = {"rule": "suppose", "as": against, "then": then}
    if defined:
        proof["defined"] = defined
    return proof if search.bench.works(ctx, goal, proof) else None


def _absurd(
    search: Search,
    signs: CurveSigns,
    ctx: Context,
    name: str,
    stretch: Stretch,
    known: list[_Known],
    pieces: int,
) -> Proof | None:
    """That no number of the stretch is as known."""
    low, high = stretch.ends
    if not low < high:
        return _none_left(signs, ctx, known)
    places = stretch.samples
    failing = [one for one in known if all(one.fails(place) for place in places)]
    if pieces == MOST_PIECES:
        for one in failing:
            denial = negation(one.relation)
            if is_transcendental(denial):
                continue
            by_squares = polynomials.PROVER.prove(search, _without(ctx, one), denial, 1)
            if by_squares is not None:
                return _contradicted(signs, ctx, one, [], denial, by_squares)
    for one in failing:
        proof = _denied(signs, ctx, name, stretch, one)
        if proof is not None:
            return proof
    if pieces == 0:
        return None
    for at in _cuts(stretch, known)[: 2 if pieces == MOST_PIECES else 1]:
        signs.check_time()
        found: dict[str, Proof] = {}
        label = signs.label()
        below, above = stretch.parted(at)
        for branch, fact, part in (
            ("less", ("<", name, at), below), ("equal", ("=", name, at), below),
            ("greater", ("<", at, name), above),
        ):  # fmt: skip
            inner = ctx.extended()
            inner.assume(label, fact)
            proof = _absurd(search, signs, inner, name, part, known, pieces - 1)
            if proof is None:
                break
            found[branch] = proof
        if len(found) == 3:
            return {"rule": "cases", "on": [name, to_lists(at)], "as": label, **found}
    return None


def _without(ctx: Context, one: _Known) -> Context:
    """The context without a fact: its denial is better shown from what else is known."""
    plain = Context(Atoms())
    for name, sort in ctx.names.items():
        plain.declare(name, sort)
    for label, fact in ctx.facts.items():
        if label != one.label:
            plain.assume(label, fact)
    return plain


def _none_left(signs: CurveSigns, ctx: Context, known: list[_Known]) -> Proof | None:
    """By bounds of the number that exclude each other."""
    for one in known:
        denial = negation(one.relation)
        added = prove_by_adding(signs.bench, ctx, denial)
        if added is not None:
            return _contradicted(signs, ctx, one, [], denial, added)
    return None


def _denied(
    signs: CurveSigns, ctx: Context, name: str, stretch: Stretch, one: _Known
) -> Proof | None:
    """By the denial of a known relation, which holds throughout the stretch."""
    denial = negation(one.relation)
    found = shown(signs, ctx, denial, name, stretch, MOST_CUTS)
    if found is None:
        return None
    inner = ctx.extended()
    for label, formula, _ in found.lemmas:
        inner.assume(label, formula)
    proof = found.close(inner)
    return proof and _contradicted(signs, ctx, one, found.lemmas, denial, proof)


def _contradicted(
    signs: CurveSigns,
    ctx: Context,
    one: _Known,
    lemmas: list[Labelled],
    denial: Term,
    proof: Proof,
) -> Proof:
    """From a known relation and its denial."""
    label, fact = signs.label(), ctx.facts[one.label]
    times = "-1" if fact[0] == "=" and fact[1:] != one.relation[1:] else "1"
    items = [{"fact": one.label, "times": times}, {"fact": label}]
    last: Proof = {"rule": "combine", "items": items}
    return with_steps([*lemmas, (label, denial, proof)], last)


def _cuts(stretch: Stretch, known: list[_Known]) -> list[Term]:
    """Where to cut: at the end of the longest run, from below, on which one relation fails."""
    places = stretch.samples
    runs: list[tuple[int, _Known]] = []
    for one in known:
        run = 0
        while run < len(places) and one.fails(places[run]):
            run += 1
        runs.append((run, one))
    run, best = max(runs, key=lambda pair: pair[0])
    if run in (0, len(places)):
        return []
    low, high = places[run - 1], places[run]
    # An exact zero of what fails, or of what fails next, between the two samples.
    next_ones = [other for other in known if other is not best and other.fails(high)]
    found = [
        term for one in (best, *next_ones) for term in crossing_points(one.gap, stretch)
        if low <= closed_value(term) <= high
    ]  # fmt: skip
    # Else a short number at which it still fails, as far as can be, and the next one does, too.
    between = [low + (high - low) * k / _BETWEEN for k in range(_BETWEEN)]
    still = max((place for place in between if best.fails(place)), default=low)
    overlap = [place for place in (still, low) if next_ones and next_ones[0].fails(place)]
    found += [_short(place, low) for place in (*overlap, still)]
    least, most = stretch.ends
    return [one for one in dict.fromkeys(found) if least < closed_value(one) < most]


def _short(place: float, least: float) -> Term:
    """A short fraction that is at most the place, and near it."""
    for most in (1, 2, 4, 8, 16, 64, 256, 1024):
        near = Fraction(math.floor(place * most), most)
        if near > least or float(near) == place:
            return str(near)
    return str(Fraction(place).limit_denominator(10**6))


PROVER = Prover("where facts hold", _accepts, _prove)
