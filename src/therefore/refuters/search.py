"""Searching exact counterexamples, the readable ones first.

Small sizes are tried before large ones and simple numbers before others. Each candidate is
evaluated over fractions; one is delivered only if every hypothesis holds there and the
conclusion is false or undefined. The kernel checks it again.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import chain
from math import inf
from typing import TypeAlias

from therefore.goal import Goal, Term
from therefore.refuters.account import Account
from therefore.refuters.candidates import Attempt, Searcher, values_at
from therefore.refuters.domains import size_choices, unused_draw
from therefore.refuters.exact import ExactInterpreter
from therefore.refuters.hints import read_hints
from therefore.refuters.instances import DEFAULT_SEED, Suspect, sample_instances
from therefore.refuters.least_values import least_values
from therefore.refuters.logic import Truth
from therefore.refuters.points_on_equations import points_on_equations
from therefore.refuters.shrink import shrink
from therefore.refuters.terms import Problem, is_closed, open_goal
from therefore.refuters.values import Unreadable
from therefore.refuters.worst_case import speaks_of_smooth_function, worst_cases

__all__ = ["confirm", "find_counterexamples"]

_LARGEST = 3
_MOST_SIZES = 14
# Choices tried, by rising complexity and then at random, and for how many of the sizes: first
# the smallest sizes well, then all of them a little. Only where random instances found something
# suspicious, all of them well.
_FEW = (24, 0)
_SMALLEST = ((250, 0), 2)
_ALL = ((60, 10), _MOST_SIZES)
_WELL = ((400, 200), _MOST_SIZES)
# With a part of the conclusion made to vanish.
_VANISHING = ((20, 0), 3)
_MOST_ZEROS = 16
# Implicit steps: choices of their functions, and choices of all else for each of them.
_MOST_FUNCTIONS, _FOR_EACH = 16, (35, 0)
_NAMES = {
    _SMALLEST: "small values of the smallest sizes",
    _VANISHING: "values at which a part of the conclusion vanishes",
    _ALL: "small values of all sizes",
    _WELL: "more values of all sizes, since random instances are suspicious",
}
_MOST_NOT_EVALUATED = 3
_VALUED = frozenset([
    "+", "-", "*", "/", "^", "abs", "sqrt", "inner", "norm", "app", "sum", "gradient", "derivative",
    "matmul", "exp", "log", "sin", "cos", "entry", "det", "trace", "jacobian", "hessian",
    "arctan", "velocity",
])
_Stage: TypeAlias = tuple[tuple[int, int], int]
# What may be a counterexample, and whether it is small as it is.
_Suggestion: TypeAlias = tuple[Attempt | dict[str, Term], bool]


def find_counterexamples(
    goal: Goal,
    *,
    seed: int = DEFAULT_SEED,
    hints_at: Mapping[str, str] | None = None,
    seconds: float = inf,
    account: Account | None = None,
) -> Iterator[dict[str, Term]]:
    """Values of the declared names at which the goal fails, as closed kernel terms.

    First come those that agree with the hints, then worst-case functions, then implicit steps with
    simple functions, then small values, then those at which a part of the conclusion vanishes,
    then those that random instances suggest, shrunk; last come values that floats suspect and
    exact arithmetic cannot decide, and such at which the conclusion cannot be evaluated. Where the
    conclusion is merely undefined, values that make it false come first. The iterator may be
    empty; nothing in it is delivered twice, and nothing is looked for after so many ``seconds``.
    The ``account``, where there is one, tells afterwards what was looked at.
    """
    account = account or Account()
    delivered: set[tuple[tuple[str, Term], ...]] = set()
    until = time.monotonic() + seconds
    for found, is_small in _suggested(goal, seed, hints_at or {}, until, account):
        values = values_at(found) if isinstance(found, Attempt) else found
        if values is not None and not is_small:
            values = shrink(goal, values)
        if values is not None and tuple(values.items()) not in delivered:
            delivered.add(tuple(values.items()))
            yield values


def _suggested(
    goal: Goal, seed: int, hints_at: Mapping[str, str], until: float, account: Account
) -> Iterator[_Suggestion]:
    """What may be a counterexample, in the order in which it is looked for, stage by stage."""
    problems = open_goal(goal)
    if not any(problem.sorts for problem in problems):
        account.stage("the one instance that there is")
        yield from ((values, True) for values in _closed(problems, account))
        return
    if hints_at:
        account.stage("the values that the author names")
        for problem in problems:
            hinted = _at_hints(problem, hints_at, seed, account)
            yield from ((attempt, True) for attempt in hinted)
    for problem in filter(speaks_of_smooth_function, problems):
        account.stage("a few simple values, then worst-case functions")
        simple = (_failing(problem, sizes, _FEW, seed, until, account)
                  for sizes in size_choices(problem, _LARGEST)[:1])  # fmt: skip
        worst = worst_cases(problem, seed, hints_at, until)
        yield from ((attempt, True) for attempt in chain(*simple, worst))
    for problem in problems:
        yield from ((attempt, True) for attempt in _at_steps(problem, seed, until, account))
    suspects = sample_instances(goal, seed=seed, count=64).suspects
    stages: tuple[_Stage, ...] = (_SMALLEST, _VANISHING, _ALL)
    for stage in (*stages, _WELL) if suspects else stages:
        yield from _of_stage(problems, stage, seed, until, account)
    account.stage("the least values of a function of one number")
    yield from ((values, True) for values in least_values(goal))
    unsure: list[Attempt] = []
    account.stage("random instances in which something is suspicious")
    for suspect in suspects:
        confirmed = confirm(suspect) if time.monotonic() < until else None
        if confirmed is not None:
            account.saw(confirmed, suspect.sizes)
        if confirmed is not None and confirmed.truth <= Truth.UNDEFINED:
            yield confirmed, False
        elif confirmed is not None and confirmed.truth == Truth.UNKNOWN:
            unsure.append(confirmed)
    account.stage("simple points on the equations that are known")
    yield from ((values, True) for values in points_on_equations(goal, conclude=True))
    account.stage("simple values at which the conclusion cannot be evaluated")
    left = chain(unsure, _not_evaluated(problems, seed, until, account))
    yield from ((attempt, True) for attempt in left)


def _of_stage(
    problems: tuple[Problem, ...], stage: _Stage, seed: int, until: float, account: Account
) -> Iterator[_Suggestion]:
    """Values at which the goal fails, of simple numbers, sizes by sizes."""
    limits, reach = stage
    account.stage(_NAMES[stage])
    for problem in problems:
        for sizes in size_choices(problem, _LARGEST)[:reach]:
            for variant in _with_zeros(problem) if stage == _VANISHING else [problem]:
                for attempt in _failing(variant, sizes, limits, seed, until, account):
                    yield attempt, not attempt.at_random


def _not_evaluated(
    problems: tuple[Problem, ...], seed: int, until: float, account: Account
) -> Iterator[Attempt]:
    """The simplest values at which the hypotheses hold and the conclusion cannot be evaluated.

    There is no evaluating "for every matrix" and "for some function"; a proof may decide it.
    """
    for problem in problems:
        found = 0
        for sizes in size_choices(problem, _LARGEST)[:_MOST_NOT_EVALUATED]:
            try:
                for attempt in Searcher(problem, sizes).attempts((4, 0), seed, until=until):
                    account.saw(attempt, sizes)
                    if attempt.usable and attempt.truth == Truth.UNKNOWN:
                        found += 1
                        yield attempt
                    if found >= _MOST_NOT_EVALUATED:
                        return
            except Unreadable:
                break


def _closed(problems: tuple[Problem, ...], account: Account) -> Iterator[dict[str, Term]]:
    """A goal without names has but one instance, unless it plainly holds there."""
    truths = []
    for problem in problems:
        try:
            attempt = Searcher(problem, {}).attempt()
        except Unreadable:
            return
        truths.append(Truth.UNKNOWN if attempt is None else attempt.truth)
        if attempt is not None:
            account.saw(attempt, {})
    if any(truth <= Truth.UNKNOWN for truth in truths):
        yield {}


def _with_zeros(problem: Problem) -> list[Problem]:
    """The problem with a part of its conclusion made to vanish, one part after the other.

    Strict relations fail where their sides are equal, and much else where something is zero.
    """
    conclusion = problem.conclusion
    equations: dict[Term, None] = {}
    if conclusion[0] in ("<", "!="):
        equations["=", conclusion[1], conclusion[2]] = None
    for part in _parts(problem, conclusion):
        equations["=", part, ("*", "0", part)] = None
    return [
        replace(problem, hypotheses=(*problem.hypotheses, equation))
        for equation in list(equations)[:_MOST_ZEROS]
    ]


def _parts(problem: Problem, term: Term) -> Iterator[Term]:
    """The terms without bound variables within a formula, the smaller ones later."""
    definitions = {name: body for name, sorts, body in problem.goal.definitions if not sorts}
    if isinstance(term, str):
        if term in definitions:
            yield from _parts(problem, definitions[term])
        return
    if term[0] in _VALUED and is_closed(term):
        yield term
    for part in term[1:]:
        yield from _parts(problem, part)


def _failing(
    problem: Problem, sizes: Mapping[str, int], limits: tuple[int, int], seed: int, until: float,
    account: Account,
) -> Iterator[Attempt]:
    """Counterexamples of these sizes: where the conclusion is false, then where undefined."""
    undefined: list[Attempt] = []
    try:
        for attempt in Searcher(problem, sizes).attempts(limits, seed, until=until):
            account.saw(attempt, sizes)
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


def _at_steps(
    problem: Problem, seed: int, until: float, account: Account
) -> Iterator[Attempt]:
    """Where steps are proximal points or subgradients: simple values, one function at a time.

    Else the absolute value, at which bounds of such methods are met, would come late.
    """
    for sizes in size_choices(problem, _LARGEST)[:1]:
        try:
            searcher = Searcher(problem, sizes)
            for number, given in enumerate(searcher.steps_by_function()):
                if not number:
                    account.stage("implicit steps with simple functions")
                if number >= _MOST_FUNCTIONS:
                    return
                for attempt in searcher.attempts(_FOR_EACH, seed, given, until=until):
                    account.saw(attempt, sizes)
                    if attempt.usable and attempt.truth == Truth.FALSE:
                        yield attempt
                        return
        except Unreadable:
            return


def _at_hints(
    problem: Problem, hints: Mapping[str, str], seed: int, account: Account
) -> Iterator[Attempt]:
    for sizes in size_choices(problem, 6):
        whole = ExactInterpreter(problem, sizes, draw=unused_draw)
        given = read_hints(problem, sizes, hints, whole)
        if given is None:
            continue
        searcher = Searcher(problem, sizes)
        # A hint for a sequence is a hint for each of its cells.
        for attempt in searcher.attempts((80, 20), seed, given):
            account.saw(attempt, sizes)
            if attempt.usable and attempt.truth <= Truth.UNDEFINED:
                yield attempt
                return
