"""Searching exact counterexamples, the readable ones first.

Small sizes are tried before large ones and simple numbers before others. Each candidate is
evaluated over fractions; one is delivered only if every hypothesis holds there and the
conclusion is false or undefined. The kernel checks it again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from therefore.goal import Goal, Term
from therefore.refuters.candidates import Attempt, Searcher, values_at
from therefore.refuters.domains import size_choices, unused_draw
from therefore.refuters.exact import ExactInterpreter
from therefore.refuters.hints import read_hints
from therefore.refuters.instances import DEFAULT_SEED, Suspect, sample_instances
from therefore.refuters.logic import Truth
from therefore.refuters.shrink import shrink
from therefore.refuters.terms import Problem, open_goal
from therefore.refuters.values import Unreadable

__all__ = ["confirm", "find_counterexamples"]

_LARGEST = 3
_MOST_SIZES = 14
# Choices tried, by rising complexity and then at random, and for how many of the sizes: first
# the smallest sizes well, then all of them a little. Only where random instances found something
# suspicious, all of them well.
_SMALLEST = ((250, 0), 2)
_ALL = ((60, 10), _MOST_SIZES)
_WELL = ((400, 200), _MOST_SIZES)


def find_counterexamples(
    goal: Goal, *, seed: int = DEFAULT_SEED, hints_at: Mapping[str, str] | None = None
) -> Iterator[dict[str, Term]]:
    """Values of the declared names at which the goal fails, as closed kernel terms.

    First come those that agree with the hints, then small ones, then those that random
    instances suggest, shrunk. Where the conclusion is merely undefined, values that make it
    false come first. The iterator may be empty; nothing in it is delivered twice.
    """
    delivered: set[tuple[tuple[str, Term], ...]] = set()

    def fresh(attempt: Attempt, *, small: bool = True) -> dict[str, Term] | None:
        values = values_at(attempt)
        if values is not None and not small:
            values = shrink(goal, values)
        if values is None or tuple(values.items()) in delivered:
            return None
        delivered.add(tuple(values.items()))
        return values

    problems = open_goal(goal)
    if hints_at:
        for problem in problems:
            for attempt in _at_hints(problem, hints_at, seed):
                values = fresh(attempt)
                if values is not None:
                    yield values
    suspects = sample_instances(goal, seed=seed, count=64).suspects
    stages = (_SMALLEST, _ALL, _WELL) if suspects else (_SMALLEST, _ALL)
    for limits, reach in stages:
        for problem in problems:
            for sizes in size_choices(problem, _LARGEST)[:reach]:
                for attempt in _failing(problem, sizes, limits, seed):
                    values = fresh(attempt, small=not attempt.at_random)
                    if values is not None:
                        yield values
    for suspect in suspects:
        confirmed = confirm(suspect)
        if confirmed is not None and confirmed.truth <= Truth.UNDEFINED:
            values = fresh(confirmed, small=False)
            if values is not None:
                yield values


def _failing(
    problem: Problem, sizes: Mapping[str, int], limits: tuple[int, int], seed: int
) -> Iterator[Attempt]:
    """Counterexamples of these sizes: where the conclusion is false, then where undefined."""
    undefined: list[Attempt] = []
    try:
        for attempt in Searcher(problem, sizes).attempts(limits, seed):
            if attempt.usable and attempt.truth == Truth.FALSE:
                yield attempt
            elif attempt.usable and attempt.truth == Truth.UNDEFINED:
                undefined.append(attempt)
    except Unreadable:
        return
    yield from undefined[:3]


def confirm(suspect: Suspect) -> Attempt | None:
    """A suspect evaluated exactly; ``None`` if that cannot be done.

    Its numbers are rounded to short fractions, what the hypotheses determine is computed anew,
    and a function that has no literal is replaced by the simplest that fits.
    """
    try:
        searcher = Searcher(suspect.problem, suspect.sizes)
        given = {key: searcher.value(cell) for key, cell in suspect.cells.items()}
        attempt = searcher.attempt((), given)
    except Unreadable:
        return None
    return attempt if attempt is not None and attempt.usable else None


def _at_hints(problem: Problem, hints: Mapping[str, str], seed: int) -> Iterator[Attempt]:
    for sizes in size_choices(problem, 6):
        whole = ExactInterpreter(problem, sizes, draw=unused_draw)
        given = read_hints(problem, sizes, hints, whole)
        if given is None:
            continue
        searcher = Searcher(problem, sizes)
        # A hint for a sequence is a hint for each of its cells.
        for attempt in searcher.attempts((80, 20), seed, given):
            if attempt.usable and attempt.truth <= Truth.UNDEFINED:
                yield attempt
                return
