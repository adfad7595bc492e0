"""A record: one line of the report, for a claim, a derivation, a step or a false twin."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from therefore.task import Task
from therefore.verdict import Agreement, Status, Verdict

if TYPE_CHECKING:
    from therefore.explanation import Explanation
    from therefore.writing.proofs import Cited

__all__ = ["Problem", "Record", "Run"]


@dataclass(frozen=True)
class Problem:
    """Something wrong with a file, said with its place. ``misuse`` is a wrong command line."""

    file: str
    line: int
    message: str
    misuse: bool = False
    fails: bool = True

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.message}"


@dataclass(frozen=True)
class Record:
    """One line of a source and what was found out about it.

    ``certificate`` is the certificate in one line of mathematics; ``proof`` is the certificate
    itself, as data, and ``cited`` the goals that it may cite, by their hash;
    ``task`` and ``verdict`` are what the record was made from.

    Of a document: ``document`` is its path, where ``file`` may be one that it takes in;
    ``written`` is the author's line beside the checker's ``reading``; ``assumed`` are those of
    the hypotheses that are the author's own, where a task was set; ``declarations`` would mend a
    line that could not be read, and ``place`` is where that stands among the other lines.
    ``explained`` is what was tried, step by step, where that was asked for.
    """

    id: str
    label: str
    kind: str
    file: str
    line: int
    status: Status
    expected: Status
    method: str = ""
    rests_on: tuple[str, ...] = ()
    hypotheses: tuple[str, ...] = ()
    definitions: tuple[str, ...] = ()
    instances: Agreement | None = None
    counterexample: str = ""
    reading: str = ""
    certificate: str = ""
    remarks: tuple[str, ...] = ()
    help: tuple[str, ...] = ()
    parent: str = ""
    column: int = 1
    document: str = ""
    written: str = ""
    assumed: tuple[str, ...] = ()
    declarations: tuple[str, ...] = ()
    seconds: float = 0.0
    explained: tuple[Explanation, ...] = field(default=(), repr=False, compare=False)
    proof: dict[str, Any] | None = field(default=None, repr=False, compare=False)
    cited: dict[str, Cited] = field(default_factory=dict, repr=False, compare=False)
    place: tuple[int, ...] = field(default=(), repr=False, compare=False)
    task: Task | None = field(default=None, repr=False, compare=False)
    verdict: Verdict | None = field(default=None, repr=False, compare=False)

    def as_expected(self, *, accept_supported: bool = False) -> bool:
        """Whether the status is the expected one, or one that is accepted in its place."""
        if accept_supported and self.expected is Status.PROVED:
            return self.status in (Status.PROVED, Status.SUPPORTED)
        return self.status is self.expected

    def verdict_or_raise(self) -> Verdict:
        """The verdict that the record was made from. Raises ``ValueError`` if there is none."""
        if self.verdict is None:
            raise ValueError(f"{self.id} could not be read, so there is no verdict on it")
        return self.verdict

    @property
    def position(self) -> str:
        """Where the line stands: a file, a line, and in a document a column."""
        if not self.line:
            return self.file
        return f"{self.file}:{self.line}" + (f":{self.column}" if self.in_document else "")

    @property
    def in_document(self) -> bool:
        """Whether the line stands in a LaTeX document."""
        return (self.document or self.file).endswith(".tex")

    def to_json(self) -> dict[str, Any]:
        """The record as plain data, in the order in which the report documents it."""
        return {
            "id": self.id,
            "label": self.label,
            "kind": self.kind,
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "document": self.document or self.file,
            "status": self.status.value,
            "expected": self.expected.value,
            "method": self.method,
            "rests_on": list(self.rests_on),
            "hypotheses": list(self.hypotheses),
            "assumed": list(self.assumed),
            "definitions": list(self.definitions),
            "instances": asdict(self.instances) if self.instances else None,
            "counterexample": self.counterexample or None,
            "written": self.written or None,
            "reading": self.reading,
            "certificate": self.certificate or None,
            "remarks": list(self.remarks),
            "help": list(self.help),
            "declarations": list(self.declarations),
            "parent": self.parent or None,
            "seconds": round(self.seconds, 3),
            "explained": list(self.explained),
        }


@dataclass(frozen=True)
class Run:
    """Everything that one run of the checker found; ``notes`` are told after the summary."""

    records: tuple[Record, ...]
    problems: tuple[Problem, ...] = ()
    seconds: float = 0.0
    notes: tuple[str, ...] = ()

    def exit_code(self, *, accept_supported: bool = False) -> int:
        """0 all as expected, 1 something is not, 2 misuse or nothing checked, 3 a contradiction."""
        if any(record.status is Status.CONTRADICTION for record in self.records):
            return 3
        if any(problem.misuse for problem in self.problems) or not self.records:
            return 2
        unexpected = any(
            not record.as_expected(accept_supported=accept_supported) for record in self.records
        )
        return 1 if unexpected or any(problem.fails for problem in self.problems) else 0
