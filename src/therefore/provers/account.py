"""What a search did, told afterwards: which provers were asked, in which order, what came of it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from therefore.goal import Term, to_lists
from therefore.kernel.errors import Rejected

__all__ = ["Account", "Goal", "Trial"]

# Goals within goals within goals are told, so many of each trial, and so many trials in all; of the
# rest there is the sum.
DEEPEST = 3
MOST_TRIALS = 150
MOST_GOALS = 8


@dataclass
class Trial:
    """A prover at work on a goal: what it noted, the goals that it opened, and its end."""

    prover: str
    outcome: str = "nothing"
    notes: list[str] = field(default_factory=list)
    goals: list[Goal] = field(default_factory=list)
    seconds: float = 0.0


@dataclass
class Goal:
    """A goal, those who tried it, and whether it was proved; ``remembered`` is no new search."""

    formula: Term
    outcome: str = "nothing"
    trials: list[Trial] = field(default_factory=list)


@dataclass
class _Total:
    """All the trials of one prover, at every depth, without the time of those within them."""

    asked: int = 0
    found: int = 0
    seconds: float = 0.0


class Account:
    """Kept while a search goes on; a search is the same with one and without."""

    def __init__(self) -> None:
        self.goals: list[Goal] = []
        self.totals: dict[str, _Total] = {}
        self._goals: list[Goal] = []
        self._trials: list[Trial] = []
        self._inner: list[float] = []
        self._told = 0

    @contextmanager
    def goal(self, formula: Term) -> Iterator[Goal]:
        """A goal that is searched for from here on."""
        opened = Goal(formula)
        self._enter(opened)
        self._goals.append(opened)
        try:
            yield opened
        except BaseException as error:
            opened.outcome = _said(error)
            raise
        finally:
            self._goals.pop()

    def remembered(self, formula: Term, *, proved: bool) -> None:
        """A goal that was searched for before in the same search."""
        self._enter(Goal(formula, "proved before" if proved else "nothing, as before"))

    @contextmanager
    def trial(self, prover: str) -> Iterator[Trial]:
        """A prover that has a say on the goal and is asked."""
        made, started = Trial(prover), time.monotonic()
        if len(self._goals) <= DEEPEST and self._told < MOST_TRIALS:
            self._goals[-1].trials.append(made)
            self._told += 1
        self._trials.append(made)
        self._inner.append(0.0)
        try:
            yield made
        except BaseException as error:
            made.outcome = _said(error)
            raise
        finally:
            self._trials.pop()
            made.seconds = time.monotonic() - started
            total = self.totals.setdefault(prover, _Total())
            total.asked += 1
            total.found += made.outcome == "proved"
            total.seconds += made.seconds - self._inner.pop()
            if self._inner:
                self._inner[-1] += made.seconds

    def note(self, what: str) -> None:
        """What the prover at work says of what it tries."""
        if self._trials and what not in self._trials[-1].notes:
            self._trials[-1].notes.append(what)

    def _enter(self, goal: Goal) -> None:
        (self._trials[-1].goals if self._trials else self.goals).append(goal)

    def to_data(self) -> dict[str, Any]:
        """The account as JSON data; formulas are lists."""
        return {
            "goals": [_goal_data(one) for one in self.goals],
            "provers": [
                {"prover": name, "asked": one.asked, "found": one.found, "seconds": one.seconds}
                for name, one in self.totals.items()
            ],
        }


def _said(error: BaseException) -> str:
    if isinstance(error, Rejected):
        return f"refused ({error.code})"
    return "nothing" if isinstance(error, KeyError) else "the budget is used up"


def _goal_data(one: Goal) -> dict[str, Any]:
    return {
        "goal": to_lists(one.formula),
        "outcome": one.outcome,
        "trials": [
            {
                "prover": trial.prover,
                "outcome": trial.outcome,
                "notes": trial.notes,
                "goals": [_goal_data(inner) for inner in trial.goals[:MOST_GOALS]],
                "more_goals": max(0, len(trial.goals) - MOST_GOALS),
                "seconds": trial.seconds,
            }
            for trial in one.trials
        ],
    }
