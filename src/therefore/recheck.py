"""Check stored certificates again, with the kernel alone.

Nothing of a derivation is read here, and neither SymPy nor NumPy is imported: each entry of a
certificate file holds the goal that it is for, and that is the goal that is proved and printed.
Whether it is the goal of its source is what ``therefore check`` says.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from therefore import store
from therefore.goal import Goal
from therefore.kernel_process import Accepted, Answer, KernelProcess
from therefore.record import Problem
from therefore.store import Entry

__all__ = ["Rechecked", "recheck", "said"]


@dataclass(frozen=True)
class Rechecked:
    """One stored certificate and what the kernel said of it."""

    entry: Entry
    answer: Answer
    seconds: float

    @property
    def accepted(self) -> bool:
        """Whether the kernel accepted the certificate."""
        return isinstance(self.answer, Accepted)


def recheck(paths: Sequence[str | Path]) -> tuple[list[Rechecked], list[Problem]]:
    """Send every certificate below these paths to the kernel, in an order in which they build
    on each other; the results come in the order of the files."""
    problems: list[Problem] = []
    entries: list[Entry] = []
    for path in _files(paths, problems):
        found, wrong = store.load(path, str(path))
        entries += found
        problems += wrong
    asked = len(entries)
    entries += _cited_elsewhere(entries)
    results: dict[int, Rechecked] = {}
    with KernelProcess() as kernel:
        for place in store.in_dependence_order(entries):
            started = time.monotonic()
            entry = entries[place]
            answer = kernel.accept(entry.goal_text, entry.certificate_text)
            results[place] = Rechecked(entry, answer, time.monotonic() - started)
    return [results[place] for place in range(asked)], problems


def _cited_elsewhere(entries: Sequence[Entry]) -> list[Entry]:
    """The entries of neighbouring files that these cite, and so on: they are checked with them."""
    missing = store.cited_but_missing(entries)
    folders = {_folder(Path(entry.file)) for entry in entries}
    known = {Path(entry.file).resolve() for entry in entries}
    others: list[Entry] = []
    if missing:
        for path in sorted(p for folder in folders for p in folder.rglob("*.json")):
            if path.resolve() not in known:
                others += store.load(path)[0]
    found: list[Entry] = []
    while missing:
        more = [entry for entry in others if store.goal_name(entry) in missing]
        if not more:
            break
        found += more
        missing = store.cited_but_missing([*entries, *found])
        others = [entry for entry in others if entry not in more]
    return found


def _folder(file: Path) -> Path:
    """The folder of certificates that a file belongs to."""
    above = [folder for folder in file.resolve().parents if folder.name == store.CERTIFICATES]
    return above[-1] if above else file.resolve().parent


def said(entry: Entry) -> str:
    """The goal of an entry in plain text: what is proved if the kernel accepts."""
    from therefore.writing.names import Names
    from therefore.writing.text_terms import TextPrinter

    try:
        goal = Goal.from_text(entry.goal_text)
        printer = TextPrinter(Names.of(goal))
        given = "; ".join(printer.write(hypothesis) for hypothesis in goal.hypotheses)
        conclusion = printer.write(goal.conclusion)
        return f"{given}  ⊢  {conclusion}" if given else conclusion
    except (ValueError, TypeError, IndexError, KeyError, AttributeError, RecursionError):
        return "(its goal is not one)"


def _files(paths: Iterable[str | Path], problems: list[Problem]) -> list[Path]:
    files: list[Path] = []
    for path in map(Path, paths):
        if path.is_dir():
            found = sorted(path.rglob("*.json"))
            if not found:
                problems.append(Problem(str(path), 0, "no certificates here", misuse=True))
            files += found
        elif path.suffix in (".py", ".tex") and path.is_file():
            files += _of_source(path, problems)
        elif path.is_file():
            files.append(path)
        else:
            problems.append(Problem(str(path), 0, "no such file or folder", misuse=True))
    return list(dict.fromkeys(files))


def _of_source(source: Path, problems: list[Problem]) -> list[Path]:
    """The certificate file of a source file."""
    for shared in (True, False):
        path = store.certificate_path(source, Path(), shared=shared)
        if path.exists():
            return [path]
    problems.append(Problem(str(source), 0, "no certificates of this file", misuse=True))
    return []


