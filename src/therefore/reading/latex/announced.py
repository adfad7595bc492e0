"""Claims that a document announces, and the lines that are to prove them.

A claim is announced by a directive, by "Show that" or "Prove that", or as the one line of a
theorem. Its proof is the ``proof`` environment that follows, or else the lines up to the next
announced claim or the end of the section.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from therefore.reading.latex.words import words
from therefore.task import Source, Task
from therefore.verdict import Status

__all__ = ["Announced", "announces"]

_THEOREMS = words("theorem lemma proposition corollary claim")
_GOALS = frozenset(["show", "prove"])
# "We are left to show" and "it suffices to show" announce a step, and not what was to be proved.
_STEPS = words("suffices enough remains left sufficient")
# What may stand before the word: "to show", "we show"; "we have to show". Nothing else.
_BEFORE = words("to must will shall we now first next us let please and you should")


def announces(keyword: str, before: list[str]) -> bool:
    """Whether a sentence announces what its formula says; ``before`` are the words up to it."""
    if keyword not in _GOALS or set(before) & _STEPS:
        return False
    return not before or before[-1] in _BEFORE or not before[-1][:1].isalpha()


class Announced:
    """Which lines of a document prove which claim; ``tasks`` are the document's, in order."""

    def __init__(self, tasks: list[Task], unique: Callable[[str], str]) -> None:
        self._tasks = tasks
        self._unique = unique
        self._claim: Task | None = None
        self._expected = ""
        self._hoped: list[Status] = []
        self._name = ""
        self._steps: list[str] = []
        self._unread: list[str] = []
        self._inside = False
        self._theorem: int | None = None
        self._stated: int | None = None

    def may_begin(self) -> bool:
        """Whether a claim can be announced here: not within the proof of another one."""
        return not self._inside

    @property
    def parent(self) -> str:
        """The id of the proof that the next line belongs to, or nothing."""
        return self._name

    @property
    def own_claim(self) -> str:
        """The id of the claim that is being proved, and so must not be cited, or nothing."""
        return self._claim.id if self._claim else ""

    def begin(self, claim: Task, expected: str = "") -> None:
        """A claim was announced; what ``expected`` says is expected of its proof."""
        self.end()
        self._claim, self._expected = claim, expected
        self._name = f"{claim.id}.proof"

    def line(self, task: Task) -> None:
        """A line was read."""
        if self._claim is not None:
            self._steps.append(task.id)
            self._hoped.append(task.expected)

    def refused(self, name: str, expected: str) -> None:
        """A line could not be read, of which something may be expected."""
        if self._claim is not None and name:
            self._unread.append(name)
            self._hoped.append(Status(expected or Status.PROVED))

    def environment(self, text: str, theorems: set[str]) -> None:
        """An environment begins or ends: ``text`` is "begin" or "end" and its name."""
        edge, _, name = text.partition(" ")
        bare = name.removesuffix("*")
        if bare == "proof":
            if edge == "begin":
                self._begin_proof()
            else:
                self.end()
        elif bare in _THEOREMS or bare in theorems:
            if edge == "begin":
                self.end()
                self._theorem = len(self._tasks)
            elif self._theorem is not None:
                alone = len(self._tasks) == self._theorem + 1
                self._stated = self._theorem if alone else None
                self._theorem = None

    def end(self) -> None:
        """The proof ends here: it becomes a task of its own, unless it has no line."""
        claim, steps = self._claim, self._steps
        self._claim, self._name, self._inside = None, "", False
        self._steps, unread, hoped = [], self._unread, self._hoped
        self._unread, self._hoped = [], []
        if claim is None or not (steps or unread):
            return
        places = {task.id: task.source for task in self._tasks}
        stop: Source = places[steps[-1]] if steps else claim.source
        self._tasks.append(
            replace(
                claim,
                id=f"{claim.id}.proof",
                label=self._unique(f"{claim.label}.proof"),
                kind="derivation",
                source=stop,
                expected=Status(self._expected) if self._expected else _expected_of(hoped),
                uses=(*steps, *unread),
                parent=claim.id,
                written="",
                follows=(),
            )
        )

    def _begin_proof(self) -> None:
        stated = self._stated
        if self._claim is None and stated is not None and stated + 1 == len(self._tasks):
            self._tasks[stated] = replace(self._tasks[stated], kind="claim")
            self.begin(self._tasks[stated])
        elif self._claim is not None:  # what stands between the claim and its proof is no part
            between = set(self._steps)
            for place, task in enumerate(self._tasks):
                if task.id in between:
                    self._tasks[place] = replace(task, parent="")
            self._steps, self._unread, self._hoped = [], [], []
        self._inside = True


def _expected_of(steps: list[Status]) -> Status:
    """What is expected of a proof of which only its lines are spoken of."""
    if Status.REFUTED in steps:
        return Status.UNDECIDED
    if Status.ILL_FORMED in steps:
        return Status.INCOMPLETE
    return next((status for status in steps if status is not Status.PROVED), Status.PROVED)
