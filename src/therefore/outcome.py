"""What was found out about one line, and by what a search that found nothing is remembered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from therefore.explanation import Explanation
from therefore.search import LemmaData, Sample
from therefore.store import Entry
from therefore.task import Task
from therefore.verdict import Status, Verdict

__all__ = ["Outcome", "failure_key", "remarked"]


@dataclass(frozen=True)
class Outcome:
    """What was found out about one task, with all that later tasks and the store need.

    ``lemmas`` are the hashes that the certificate cites; ``note`` says what is wrong with a stored
    entry; ``searched`` says that a search was made, and went to its end; ``failed`` holds the
    searches that found nothing, by what they could depend on; ``sample`` is what the random
    instances said, for a second search with more lemmas. ``help_found`` is what was looked for
    and found to help with a refuted line, by what it could depend on, unless it was remembered.
    ``explained`` is what was tried, step by step.
    """

    task: Task
    hash: str
    verdict: Verdict
    entry: Entry | None = None
    lemmas: tuple[str, ...] = ()
    axioms: tuple[str, ...] = ()
    note: str = ""
    stale: bool = False
    searched: bool = False
    failed: dict[str, Any] = field(default_factory=dict, repr=False)
    help_found: dict[str, Any] = field(default_factory=dict, repr=False)
    sample: Sample | None = field(default=None, repr=False)
    explained: tuple[Explanation, ...] = field(default=(), repr=False)

    @property
    def settled(self) -> bool:
        """Whether lemmas could not change the verdict."""
        open_ = (Status.SUPPORTED, Status.UNDECIDED)
        return self.verdict.status not in open_ or self.sample is None

    @property
    def proved(self) -> bool:
        """Whether the kernel accepted a proof of the task's goal."""
        return self.verdict.status is Status.PROVED


def remarked(outcome: Outcome, remark: str) -> Outcome:
    verdict = outcome.verdict
    return replace(outcome, verdict=replace(verdict, remarks=(*verdict.remarks, remark)))


def failure_key(task: Task, name: str, lemmas: Sequence[LemmaData]) -> str:
    """What a search that found nothing is remembered by: all that it could depend on."""
    hints = task.hints
    parts = [name, hints.induction, repr(hints.cases), repr(hints.witness), repr(hints.at)]
    return "|".join([*parts, *sorted(lemma.hash for lemma in lemmas)])
