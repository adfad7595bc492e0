"""Values at which a statement fails, exactly: what makes a mutant a false one."""

from __future__ import annotations

import contextlib
import signal
import time
import traceback
from collections.abc import Iterable
from dataclasses import replace

from therefore import worker
from therefore.goal import Goal, Term
from therefore.provers import certify_refutation
from therefore.refuters import DEFAULT_SEED
from therefore.refuters.candidates import Searcher, values_at
from therefore.refuters.domains import size_choices
from therefore.refuters.logic import Truth
from therefore.refuters.terms import open_goal
from therefore.refuters.values import Unreadable

__all__ = ["Values", "counterexample", "refuted", "refuted_at", "touched"]

Values = dict[str, Term]

_SIZES = 3
_MOST_SIZES = 8
_CANDIDATES = (150, 50)
_LEAST = 0.1  # seconds for the kernel's look at one known point


def counterexample(goal: Goal, seconds: float) -> tuple[str, Values | None]:
    """"false" or "undefined", with values that break the goal in exact arithmetic; else "".

    Every hypothesis is decided there, and not merely sampled. Where the conclusion can be made
    false it is not called undefined.
    """
    until = time.monotonic() + seconds
    found: tuple[str, Values | None] = ("", None)
    with contextlib.suppress(Unreadable):
        for problem in open_goal(goal):
            for sizes in size_choices(problem, _SIZES)[:_MOST_SIZES]:
                searcher = Searcher(problem, sizes)
                for attempt in searcher.attempts(_CANDIDATES, DEFAULT_SEED, until=until):
                    if not (attempt.usable and attempt.sure):
                        continue
                    if attempt.truth == Truth.FALSE:
                        return "false", values_at(attempt)
                    if attempt.truth == Truth.UNDEFINED and not found[0]:
                        found = "undefined", values_at(attempt)
    return found


def refuted_at(goal: Goal, points: Iterable[Values], seconds: float) -> Values | None:
    """The first of the points at which the kernel accepts that the goal fails."""
    for values in points:
        if certify_refutation(goal, values, budget=max(_LEAST, seconds)) is not None:
            return values
    return None


def refuted(goal: Goal, seconds: float) -> Values | None:
    """The values of a counterexample that the checker finds and the kernel accepts."""
    request = {"do": "refute", "goal": goal.to_text(), "seed": DEFAULT_SEED, "at": {},
               "budget": seconds}  # fmt: skip
    signal.signal(signal.SIGVTALRM, _stop)
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, 4 * seconds)  # instances are not told to hurry
        certificate = worker._answer(request)["certificate"]
        return None if certificate is None else certificate["values"]
    except _Overrun:
        return None
    except Exception:
        traceback.print_exc()
        return None
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


class _Overrun(BaseException):
    """A search does not look at its clock."""


def _stop(*_: object) -> None:
    raise _Overrun


def touched(goal: Goal) -> Goal | None:
    """The goal with < for <= in its conclusion: it fails where both sides are equal.

    There a constant moved by little makes the goal itself fail.
    """
    strict = _strict(goal.conclusion)
    return None if strict == goal.conclusion else replace(goal, conclusion=strict)


def _strict(formula: Term) -> Term:
    if formula[0] in ("forall", "implies"):
        return (*formula[:-1], _strict(formula[-1]))
    if formula[0] in ("and", "or"):
        return (formula[0], *map(_strict, formula[1:]))
    return ("<", *formula[1:]) if formula[0] == "<=" else formula
