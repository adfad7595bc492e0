"""The ledger: what the five solutions claim line by line, and whether it holds.

``ledger.yaml`` was worked out by hand, apart from every checker. A line of it stands in the
documents of ``proofs`` under its id; a line that makes several claims stands there as that id and
as id.2, id.3 …, in their order.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

__all__ = ["HERE", "ROOT", "Line", "by_line", "joined", "lines", "open_lines", "records_of_run"]

HERE = Path(__file__).parent
ROOT = HERE.parents[1]

# The verdict that a line should get, by its truth.
RIGHT = {
    "holds": ("PROVED", "SUPPORTED"),
    "fails": ("REFUTED",),
    "needs": ("REFUTED",),
    "ill-typed": ("ILL_FORMED",),
}
# Verdicts that say something false of a line: of one that holds, and of one that does not.
WRONG = {
    True: ("REFUTED", "ILL_FORMED", "VACUOUS", "CONTRADICTION"),
    False: ("PROVED", "VACUOUS", "CONTRADICTION"),
}
# Of the verdicts on the parts of a line the first in this list is that on the whole.
_WORST_FIRST = (
    "CONTRADICTION", "ILL_FORMED", "REFUTED", "VACUOUS", "INCOMPLETE", "UNDECIDED", "SUPPORTED",
    "PROVED",
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One line of the ledger."""

    id: str
    document: str
    given: str
    latex: str
    truth: str

    @property
    def holds(self) -> bool:
        """Whether it is true under what is given."""
        return self.truth == "holds"


def lines() -> list[Line]:
    """The lines of the ledger, in its order."""
    data = yaml.safe_load((HERE / "ledger.yaml").read_text(encoding="utf-8"))
    return [
        Line(entry["id"], document, entry["given"], entry["line"], entry["truth"])
        for document, entries in data.items()
        for entry in entries
    ]


def open_lines() -> dict[str, dict[str, str]]:
    """The lines on which the checker has no verdict yet, with what it says and why."""
    found = yaml.safe_load((HERE / "open_lines.yaml").read_text(encoding="utf-8"))
    return found or {}


def records_of_run(*arguments: str) -> list[dict[str, Any]]:
    """The records of one run over the documents, with the committed certificates alone."""
    command = [
        sys.executable, "-m", "therefore", "check", "proofs", "--locked", "--json", "-",
        *arguments,
    ]  # fmt: skip
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=1800)
    found: list[dict[str, Any]] = json.loads(answer.stdout)
    return found


def by_line(records: Iterable[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """The records that belong to each line of the ledger, in order."""
    found: dict[str, list[dict[str, Any]]] = {line.id: [] for line in lines()}
    for record in records:
        label = record["id"].rpartition("::")[2]
        own = label if label in found else re.sub(r"\.\d+$", "", label)
        if own in found:
            found[own].append(record)
    return found


def joined(records: Iterable[dict[str, Any]]) -> str:
    """The verdict on a whole line, given its parts; "MISSING" if there are none."""
    statuses = {record["status"] for record in records}
    return next((status for status in _WORST_FIRST if status in statuses), "MISSING")
