"""A task: one line of a source, ready to be judged."""

from __future__ import annotations

from dataclasses import dataclass, field

from therefore.goal import Goal, Term
from therefore.verdict import Status

__all__ = ["Hints", "Source", "Task"]


@dataclass(frozen=True)
class Source:
    """Where a line stands: a path, a line and a column, both counted from 1."""

    path: str
    line: int
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


@dataclass(frozen=True)
class Hints:
    """What the author said of the way to prove a line. A prover may ignore all of it.

    ``induction`` names the integer to induct over; the signs of ``cases`` split the proof;
    ``witness`` gives the values of the conclusion's existential quantifiers, outermost first;
    ``at`` suggests values for the declared names of a statement that is false.
    """

    induction: str = ""
    cases: tuple[Term, ...] = ()
    witness: tuple[Term, ...] = ()
    at: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Task:
    """One line of a source as a goal, with what the source says around it.

    ``kind`` is "claim", "derivation", "step" or "twin", or "line" for a line of a document and
    "target" for a claim that a document is to reach; ``uses`` holds the ids of earlier
    tasks that a proof may cite; ``parent`` is the claim or derivation that the line belongs
    to; ``notation`` maps a kernel name to the author's LaTeX.

    Of a document (``in_document``) a claim is one that a derivation is announced for, and
    ``uses`` only says what may be cited, not what has to be waited for. There ``written`` is the
    author's line, ``said`` the LaTeX of its two sides, ``follows`` the lines that it goes on
    from, and ``assumed`` those of its hypotheses that are the author's own where somebody else
    has set the task.
    """

    id: str
    label: str
    kind: str
    source: Source
    goal: Goal
    expected: Status = Status.PROVED
    uses: tuple[str, ...] = ()
    hints: Hints = field(default_factory=Hints)
    notation: dict[str, str] = field(default_factory=dict)
    parent: str = ""
    in_document: bool = False
    written: str = ""
    said: tuple[str, str] = ("", "")
    follows: tuple[str, ...] = ()
    assumed: tuple[Term, ...] = ()

    @property
    def document(self) -> str:
        """The path of the file that was asked for; the line may stand in one that it takes in."""
        return self.id.rpartition("::")[0] or self.source.path
