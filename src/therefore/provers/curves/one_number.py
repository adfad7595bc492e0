"""Inequalities of one number between closed bounds, by the sign of a function on a stretch.

The difference of the two sides is a function of the number.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from therefore.goal import Term
from therefore.kernel.context import Context
from therefore.kernel.errors import Rejected
from therefore.kernel.terms import close, fits, mentions, sort_of
from therefore.provers.attempt import Proof, with_steps
from therefore.provers.bench import OutOfTime
from therefore.provers.building.terms import subterms
from therefore.provers.curves.curve_looks import sign_of
from therefore.provers.curves.curve_signs import CurveSigns
from therefore.provers.curves.curves import Curve
from therefore.provers.curves.in_cases import MOST_CUTS, shown
from therefore.provers.curves.known_bounds import stretch_of, without_bars
from therefore.provers.prover import Prover

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = [
    "OTHERWISE", "PROVER", "Clock", "first_that_works", "is_read", "is_transcendental", "only_name",
]  # fmt: skip

SHARE = 0.6  # of the time that is left


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


def _accepts(ctx: Context, goal: Term) -> bool:
    return (
        goal[0] in ("<", "<=", "!=")
        and only_name(ctx, goal) is not None
        and all(fits(sort_of(side, ctx.names), "real") for side in goal[1:])
        and is_read(goal)
    )


def is_read(relation: Term) -> bool:
    """Whether it is made of operations that functions of one number are made of."""
    return all(term[0] in _READ for term in subterms(relation) if isinstance(term, tuple))


def is_transcendental(relation: Term) -> bool:
    """Whether exponentials, logarithms or waves stand in it."""
    return any(term[0] in _TRANSCENDENTAL for term in subterms(relation))


def _is_transcendental(ctx: Context, goal: Term) -> bool:
    return is_transcendental(goal) and _accepts(ctx, goal)


def _is_algebraic(ctx: Context, goal: Term) -> bool:
    return _accepts(ctx, goal) and not is_transcendental(goal)


_TRANSCENDENTAL = frozenset(["exp", "log", "sin", "cos", "arctan"])
_READ = _TRANSCENDENTAL | frozenset(["<", "<=", "!=", "+", "-", "*", "/", "^", "sqrt", "abs", "pi"])


def only_name(ctx: Context, goal: Term) -> str | None:
    names = [name for name in ctx.names if mentions(goal, name)]
    return names[0] if len(names) == 1 and ctx.names[names[0]] == "real" else None


def first_that_works(
    search: Search, ctx: Context, goal: Term, tries: Iterable[Callable[[], Proof | None]]
) -> Proof | None:
    """The first proof that the kernel takes; a try may fail, or use up its share of the time."""
    for one in tries:
        try:
            proof = one()
        except (Rejected, ValueError, KeyError, ZeroDivisionError):
            continue
        except OutOfTime:
            search.bench.check_time()
            continue
        if proof is not None and search.bench.works(ctx, goal, proof):
            return proof
    return None


def _prove(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    name = only_name(ctx, goal)
    if depth > 4 or name is None:
        return None
    if goal[0] == "!=":
        return _apart(search, ctx, goal, name, depth)
    outer, bars = ctx, without_bars(ctx, name)
    ctx = ctx.extended()
    for label, fact, _ in bars:
        ctx.assume(label, fact)
    stretch = stretch_of(ctx, name)
    clock = Clock.of(search)
    signs = CurveSigns(search.bench, ctx, clock.check)
    try:
        found = shown(signs, ctx, goal, name, stretch, MOST_CUTS)
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


PROVER = Prover("one number", _is_transcendental, _prove)
OTHERWISE = Prover("one number, otherwise", _is_algebraic, _prove)
