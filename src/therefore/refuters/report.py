"""What random instances say of a goal, the suspects among them decided exactly."""

from __future__ import annotations

from dataclasses import dataclass, replace

from therefore.goal import Goal, Term
from therefore.refuters.candidates import Searcher, values_at
from therefore.refuters.instances import DEFAULT_SEED, sample_instances
from therefore.refuters.logic import Truth
from therefore.refuters.search import confirm
from therefore.refuters.terms import is_discrete, open_goal
from therefore.refuters.values import Unreadable
from therefore.verdict import Agreement

__all__ = ["Report", "sample"]

_MOST_CONFIRMED = 8
_FEW = 40  # one instance in so many may satisfy the hypotheses in floating point only


@dataclass(frozen=True)
class Report:
    """How a goal fared on random instances.

    ``suspects`` are those that exact arithmetic confirmed: values of the declared names, as
    closed kernel terms, at which the hypotheses hold and the conclusion does not.
    ``unconfirmed`` counts those that it could not decide. ``notes`` say what could not be
    tried, and ``doubtful`` counts what the sampling says of it.
    """

    agreement: Agreement
    suspects: tuple[dict[str, Term], ...] = ()
    unconfirmed: int = 0
    notes: tuple[str, ...] = ()
    doubtful: int = 0


def sample(goal: Goal, *, seed: int = DEFAULT_SEED, count: int = 128) -> Report:
    """Evaluate a goal on at least ``count`` random instances that satisfy its hypotheses.

    Fewer are ``usable`` where the hypotheses are hard or impossible to satisfy. The same seed
    gives the same report. A suspect that exact arithmetic finds sound counts as agreeing.
    """
    decided = _decided(goal, seed)
    if decided is not None:
        return decided
    sampling = sample_instances(goal, seed=seed, count=count)
    agreement = sampling.agreement
    confirmed: list[dict[str, Term]] = []
    cleared = unconfirmed = inexact = 0
    smallest = sorted(sampling.suspects, key=lambda suspect: sum(suspect.sizes.values()))
    for suspect in smallest[:_MOST_CONFIRMED]:
        attempt = confirm(suspect)
        values = None if attempt is None else values_at(attempt)
        if attempt is None:
            inexact += 1
        elif attempt.truth == Truth.UNKNOWN or values is None:
            unconfirmed += 1
        elif attempt.truth <= Truth.UNDEFINED and not attempt.sure:
            unconfirmed += 1  # it may be the hypothesis that breaks
        elif attempt.truth >= Truth.PLAUSIBLE:
            cleared += suspect.complete
            unconfirmed += not suspect.complete
        else:
            confirmed.append(values)
    if agreement.usable < count:
        for suspect in sampling.undecided:
            attempt = confirm(suspect)
            values = None if attempt is None else values_at(attempt)
            if attempt is None or attempt.truth == Truth.UNKNOWN or values is None:
                continue
            sound = attempt.truth >= Truth.PLAUSIBLE
            if not sound and not attempt.sure:
                continue
            if not sound:
                confirmed.append(values)
            agreement = replace(
                agreement,
                tried=max(agreement.tried, agreement.usable + 1),
                usable=agreement.usable + 1,
                agreeing=agreement.agreeing + sound,
            )
    if inexact > 1 or inexact * _FEW > agreement.usable:
        unconfirmed += inexact
    if not confirmed and sampling.failing and not unconfirmed:
        # A single one that satisfies the hypotheses but for rounding errors is no instance.
        # What was looked at is sound; what was not looked at does not count.
        sound_instances = agreement.usable - sampling.failing + min(cleared, sampling.failing)
        agreement = replace(agreement, usable=sound_instances, agreeing=sound_instances)
    elif not confirmed and sampling.failing:
        unconfirmed = max(sampling.failing - cleared, 1)
        agreement = replace(agreement, agreeing=agreement.usable - unconfirmed)
    return Report(
        agreement, tuple(confirmed), unconfirmed, sampling.notes, sampling.doubtful
    )


def _decided(goal: Goal, seed: int) -> Report | None:
    """A goal that leaves nothing to choose has but one instance: decided exactly, not sampled."""
    problems = open_goal(goal)
    truths = []
    for problem in problems:
        if any(is_discrete(sort) for sort in problem.sorts.values()):
            return None
        try:
            attempt = Searcher(problem, {}).attempt()
        except Unreadable as error:
            if problem.sorts:
                return None
            return Report(Agreement(seed, 0, 0, 0), notes=(str(error),))
        if attempt is None or attempt.interpreter.free or attempt.truth == Truth.UNKNOWN:
            return None
        if not attempt.usable:
            return None if problem.sorts else Report(Agreement(seed, 1, 0, 0, precision="exact"))
        truths.append(attempt)
    sound = all(attempt.truth >= Truth.PLAUSIBLE for attempt in truths)
    agreement = Agreement(seed, 1, 1, int(sound), precision="exact")
    wrong = next((attempt for attempt in truths if attempt.truth <= Truth.UNDEFINED), None)
    values = None if wrong is None else values_at(wrong)
    return Report(agreement, () if values is None else (values,))
