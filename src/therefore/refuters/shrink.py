"""Making a counterexample small: smaller sizes first, then simpler numbers and functions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from therefore.goal import Goal, Term
from therefore.refuters.candidates import Attempt, Searcher, values_at
from therefore.refuters.domains import SIMPLE, size_choices, unused_draw
from therefore.refuters.exact import Array, ExactInterpreter
from therefore.refuters.jets import Undefined, Unknown
from therefore.refuters.literals import load_values
from therefore.refuters.logic import Truth
from therefore.refuters.meaning import is_function, member_sort
from therefore.refuters.terms import Problem, open_goal
from therefore.refuters.values import Cell, Closure, Unreadable

__all__ = ["shrink"]

_MOST_CHANGES = 200


def shrink(goal: Goal, values: Mapping[str, Term]) -> dict[str, Term]:
    """A counterexample no larger than the given one: smaller sizes, then simpler numbers.

    Where smaller sizes have a counterexample that keeps what it can of the values, or any
    other, it is taken; then every free number is replaced by the first of its pool that still
    breaks the goal, and functions by simpler ones. Returns the values themselves if nothing can
    be made simpler, or if they are none that this module can read.
    """
    best = dict(values)
    for problem in open_goal(goal):
        try:
            loaded = load_values(problem, values)
        except (Unreadable, Undefined, Unknown, ValueError):
            continue
        found = _breaks(problem, *loaded)
        if found is None:
            continue
        attempt = _smaller_sizes(problem, *loaded, found)
        attempt = _simpler_numbers(problem, attempt)
        exported = values_at(attempt)
        if exported is not None:
            best = exported
        break
    return best


def _breaks(
    problem: Problem, sizes: Mapping[str, int], given: Mapping[Cell, Any]
) -> Attempt | None:
    """A counterexample of these sizes and cells, soon found or not at all."""
    try:
        for attempt in Searcher(problem, sizes).attempts((60, 0), 0, given):
            if attempt.usable and attempt.truth <= Truth.UNDEFINED:
                return attempt
    except (Unreadable, IndexError, ValueError):
        return None
    return None


def _smaller_sizes(
    problem: Problem, sizes: dict[str, int], given: dict[Cell, Any], found: Attempt
) -> Attempt:
    largest = max([*sizes.values(), 1])
    for smaller in size_choices(problem, min(largest, 6)):
        if smaller == sizes:
            break
        if any(smaller[name] > sizes[name] for name in sizes):
            continue
        cut = {}
        for key, value in given.items():
            if isinstance(value, Array):
                sort = problem.sorts[key[0]]
                sort = member_sort(sort, key[1:]) if is_function(sort) else sort
                whole = ExactInterpreter(problem, smaller, draw=unused_draw)
                value = Array(value.parts[: whole.size(sort[1])])
            cut[key] = value
        numbers = {key: value for key, value in cut.items() if _is_number(value)}
        attempt = _breaks(problem, smaller, numbers) or _breaks(problem, smaller, {})
        if attempt is not None:
            return attempt
    return found


def _simpler_numbers(problem: Problem, attempt: Attempt) -> Attempt:
    searcher = Searcher(problem, attempt.interpreter.sizes)
    for _ in range(_MOST_CHANGES):
        changed = False
        for key, value in list(attempt.interpreter.free.items()):
            for simpler in _simpler(searcher, problem, key, value):
                given = {**attempt.interpreter.free, key: simpler}
                after = searcher.attempt((), given)
                if (
                    after is not None
                    and after.usable
                    and after.truth <= Truth.UNDEFINED
                    and (after.truth == Truth.FALSE or attempt.truth == Truth.UNDEFINED)
                    and after.interpreter.free.get(key) == simpler
                ):
                    attempt, changed = after, True
                    break
            if changed:
                break
        if not changed:
            break
    return attempt


def _simpler(searcher: Searcher, problem: Problem, key: Cell, value: Any) -> Iterator[Any]:
    """Values that read better than this one, the best first."""
    if isinstance(value, Closure):
        for literal in searcher.literals(key[0], problem.sorts[key[0]]):
            if (literal[1], literal[2]) == (value.sort, value.body):
                return
            yield searcher.value(literal)
    elif isinstance(value, Array):
        for k, part in enumerate(value.parts):
            for number in SIMPLE:
                if number == part:
                    break
                yield Array((*value.parts[:k], number, *value.parts[k + 1 :]))
    else:
        pool = searcher.intervals[key].pool() if key in searcher.intervals else SIMPLE
        for number in pool:
            if number == value:
                return
            yield number


def _is_number(value: Any) -> bool:
    return isinstance(value, int | Fraction | Array)
