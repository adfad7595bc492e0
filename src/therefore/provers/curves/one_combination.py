"""Relations of two numbers x and y that are about x − y, x + y or x·y alone, as relations of one.

What else is a factor of the difference of the sides, such as exp(y), has to be seen to be positive.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from itertools import permutations
from typing import TYPE_CHECKING

from therefore.goal import Term, to_lists
from therefore.kernel.atoms import Atoms
from therefore.kernel.context import Context
from therefore.kernel.enclosures import Enclosure
from therefore.kernel.errors import Rejected
from therefore.kernel.terms import mentions, sort_of, substitute
from therefore.provers.attempt import Labelled, Proof, with_steps
from therefore.provers.building.factors import factored, product
from therefore.provers.building.field import settled
from therefore.provers.building.terms import has_bound
from therefore.provers.building.unnormal import scalar_term
from therefore.provers.curves.boxes import box_of, proof_of_box
from therefore.provers.curves.curve_signs import CurveSigns
from therefore.provers.curves.curves import Curve
from therefore.provers.curves.known_bounds import stretch_of
from therefore.provers.curves.one_number import Clock, first_that_works, is_read, is_transcendental
from therefore.provers.prover import Prover

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["PROVER"]


@dataclass(frozen=True)
class _Combination:
    """A term u of x and y, and what x is where u is t."""

    term: Term
    x: str
    inverse: Term


def _accepts(ctx: Context, goal: Term) -> bool:
    names = _names(ctx, goal)
    return (
        goal[0] in ("<", "<=")
        and len(names) == 2
        and all(ctx.names[name] == "real" for name in names)
        and all(sort_of(side, ctx.names) == "real" for side in goal[1:])
        and is_read(goal)
        and (is_transcendental(goal) or any("sqrt" in str(side) for side in goal[1:]))
    )


def _names(ctx: Context, goal: Term) -> list[str]:
    return [name for name in ctx.names if mentions(goal, name)]


def _combinations(names: list[str], t: str) -> Iterator[_Combination]:
    for x, y in permutations(names):
        yield _Combination(("+", x, ("-", y)), x, ("+", t, y))
    x, y = names
    yield _Combination(("*", x, y), x, ("/", t, y))
    yield _Combination(("+", x, y), x, ("+", t, ("-", y)))


def _prove(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    if depth > 2:
        return None
    names, t = _names(ctx, goal), ctx.fresh("t")
    tries = []
    for combination in _combinations(names, t):
        (y,) = (name for name in names if name != combination.x)
        tries.append(partial(_of_one, search, ctx, goal, combination, y, t))
    return first_that_works(search, ctx, goal, tries)


def _of_one(
    search: Search, ctx: Context, goal: Term, combination: _Combination, y: str, t: str
) -> Proof | None:
    plain = Context(Atoms())
    plain.declare(t, "real")
    plain.declare(y, "real")
    gap = substitute(("+", goal[2], ("-", goal[1])), {combination.x: combination.inverse})
    whole = factored(plain, settled(plain.atoms, plain.normal.scalar(gap)), t)
    about_t = tuple(part for part in whole.factors if has_bound(part[0]))
    others = tuple(part for part in whole.factors if not has_bound(part[0]))
    if any(mentions(body, y) for body, _ in about_t) or not about_t:
        return None
    beside = product(whole.constant, others)
    way = 1 if ctx.holds(("<", "0", beside)) else -1 if ctx.holds(("<", beside, "0")) else 0
    if way == 0:
        return None
    search.bench.note("one number in the place of two")
    steps: list[Labelled] = []
    for k, (fact, proof) in enumerate(_bounds(search, ctx, combination, t, plain)):
        label = f"t{k}_{len(ctx.facts)}"
        plain.assume(label, fact)
        steps.append((label, substitute(fact, {t: combination.term}), proof))
    body = product(Fraction(way), about_t)
    signs = CurveSigns(search.bench, ctx, Clock.of(search).check)
    stretch = stretch_of(plain, t)
    curve = Curve(body)
    found = signs.prove(curve, stretch, goal[0] == "<")
    if found is None:
        return None
    label = signs.label()
    lemma: Labelled = (label, stretch.stated((goal[0], "0", curve.body)), found)
    at_it = (goal[0], "0", curve.at(combination.term))
    steps.append((f"{label}_at", at_it, signs.cite(label, combination.term)))
    times = beside if way > 0 else ("-", beside)
    item = {"fact": f"{label}_at", "times": to_lists(times)}
    return with_steps([lemma, *steps], {"rule": "combine", "items": [item]})


def _bounds(
    search: Search, ctx: Context, combination: _Combination, t: str, plain: Context
) -> Iterator[tuple[Term, Proof]]:
    """What is known of the combination: its sign, facts about it, and bounds from a box."""
    for relation in (("<", "0", t), ("<=", "0", t), ("<", t, "0")):
        if ctx.holds(substitute(relation, {t: combination.term})):
            yield relation, {"rule": "inspect"}
            break
    for label, fact in list(ctx.facts.items()):
        if fact[0] not in ("<", "<=") or not mentions(fact, combination.x):
            continue
        sides = [substitute(side, {combination.x: combination.inverse}) for side in fact[1:]]
        try:
            gap = plain.normal.scalar(sides[1]) - plain.normal.scalar(sides[0])
        except Rejected:
            continue
        bound = (fact[0], "0", scalar_term(plain.atoms, gap))
        if gap.over and mentions(bound, t) and not gap.under and len(_names(plain, bound)) == 1:
            yield bound, {"rule": "combine", "items": [{"fact": label}]}
    box = box_of(ctx, ("<=", "0", combination.term))
    if box is None:
        return
    enclosure = Enclosure(64, ctx.atoms.spend)
    for name, side in box.items():
        enclosure.names[name] = ctx.names[name]
        enclosure.values[name] = (side.low, side.high)
    low, high = enclosure.number(combination.term)
    yield ("<=", str(low), t), proof_of_box(box)
    yield ("<=", t, str(high)), proof_of_box(box)


PROVER = Prover("one number instead of two", _accepts, _prove)
