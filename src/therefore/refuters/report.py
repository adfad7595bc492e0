"""What random instances say of a goal, the suspects among them decided exactly."""

from __future__ import annotations

from dataclasses import dataclass, replace

from therefore.goal import Goal, Term
from therefore.refuters.candidates import values_at
from therefore.refuters.instances import DEFAULT_SEED, sample_instances
from therefore.refuters.logic import Truth
from therefore.refuters.search import confirm
from therefore.verdict import Agreement

__all__ = ["Report", "sample"]

_MOST_CONFIRMED = 8


@dataclass(frozen=True)
class Report:
    """How a goal fared on random instances.

    ``suspects`` are those that exact arithmetic confirmed: values of the declared names, as
    closed kernel terms, at which the hypotheses hold and the conclusion does not.
    ``unconfirmed`` counts those that it could not decide. ``notes`` say what could not be tried.
    """

    agreement: Agreement
    suspects: tuple[dict[str, Term], ...] = ()
    unconfirmed: int = 0
    notes: tuple[str, ...] = ()


def sample(goal: Goal, *, seed: int = DEFAULT_SEED, count: int = 128) -> Report:
    """Evaluate a goal on at least ``count`` random instances that satisfy its hypotheses.

    Fewer are ``usable`` where the hypotheses are hard or impossible to satisfy. The same seed
    gives the same report. A suspect that exact arithmetic finds sound counts as agreeing.
    """
    sampling = sample_instances(goal, seed=seed, count=count)
    confirmed: list[dict[str, Term]] = []
    cleared = unconfirmed = 0
    smallest = sorted(sampling.suspects, key=lambda suspect: sum(suspect.sizes.values()))
    for suspect in smallest[:_MOST_CONFIRMED]:
        attempt = confirm(suspect)
        values = None if attempt is None else values_at(attempt)
        if attempt is None or attempt.truth == Truth.UNKNOWN or values is None:
            unconfirmed += 1
        elif attempt.truth >= Truth.PLAUSIBLE:
            cleared += suspect.complete
            unconfirmed += not suspect.complete
        else:
            confirmed.append(values)
    agreement = sampling.agreement
    if not confirmed and cleared:
        sound = min(agreement.usable, agreement.agreeing + cleared)
        agreement = replace(agreement, agreeing=sound)
    return Report(agreement, tuple(confirmed), unconfirmed, sampling.notes)
