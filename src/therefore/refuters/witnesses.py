"""Witnesses: values at which all hypotheses of a goal hold together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from therefore.goal import Goal, Term
from therefore.refuters.candidates import Searcher
from therefore.refuters.domains import size_choices
from therefore.refuters.instances import DEFAULT_SEED
from therefore.refuters.jets import Undefined, Unknown
from therefore.refuters.literals import values_of
from therefore.refuters.points_on_equations import points_on_equations
from therefore.refuters.terms import open_goal
from therefore.refuters.values import Unreadable

__all__ = ["find_witness"]

_LARGEST = 3
_MOST_SIZES = 10
_LIMITS = (200, 60)


def find_witness(goal: Goal, *, seed: int = DEFAULT_SEED) -> Iterator[dict[str, Term]]:
    """Values of the declared names that satisfy every hypothesis, the simplest first.

    Values are closed kernel terms. The premises within the conclusion are not asked for: they
    may fail, and the goal is then true for another reason.
    """
    problem = replace(open_goal(goal)[0], premises=())
    delivered: set[tuple[tuple[str, Term], ...]] = set()
    for sizes in size_choices(problem, _LARGEST)[:_MOST_SIZES]:
        try:
            for attempt in Searcher(problem, sizes).attempts(_LIMITS, seed, conclude=False):
                if not attempt.usable:
                    continue
                try:
                    values = values_of(attempt.interpreter)
                except (Undefined, Unknown):
                    continue
                if tuple(values.items()) not in delivered:
                    delivered.add(tuple(values.items()))
                    yield values
        except Unreadable:
            continue
    yield from points_on_equations(goal, conclude=False)
