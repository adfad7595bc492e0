"""Cases through the front door: each as a document, and what the command says of all of them.

A case has an ``id`` and a ``truth``; the modules of cases say how it becomes a document.
"""

from __future__ import annotations

import contextlib
import io
import json
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

__all__ = ["Case", "judged_documents", "table"]

Case = dict[str, Any]

# The statuses that tell most, where a case has several records; any other tells less.
_TELLING = ("CONTRADICTION", "ILL_FORMED", "REFUTED", "VACUOUS", "UNDECIDED", "SUPPORTED")


def judged_documents(documents: dict[str, str], budget: float) -> dict[str, list[Any]]:
    """The records of each document in JSON, by its name, from one run over all of them."""
    from therefore.cli import main

    found: dict[str, list[Any]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, text in documents.items():
            Path(folder, f"{name}.tex").write_text(text, encoding="utf-8")
        with contextlib.chdir(folder), contextlib.redirect_stdout(io.StringIO()) as out:
            main(["check", ".", "--budget", str(budget), "--json", "-"])
    for record in json.loads(out.getvalue()):
        found.setdefault(Path(record["file"]).stem, []).append(record)
    return found


def table(
    cases: Iterable[Case], found: dict[str, list[Any]], name: Callable[[Case], str]
) -> str:
    """A row for each case, and how many of each truth have each verdict."""
    lines: list[str] = []
    counted: Counter[tuple[str, str]] = Counter()
    for case in cases:
        status, why = _summary(found[case["id"]]) if case["id"] in found else ("none", "")
        counted["true" if case["truth"] else "false", status] += 1
        lines.append(f"{name(case)} {case['truth']!s:5} {status:11} {why[:150]}")
    lines += [f"{truth}: {status} {count}" for (truth, status), count in sorted(counted.items())]
    return "\n".join(line.rstrip() for line in lines)


def _summary(records: list[Any]) -> tuple[str, str]:
    """The most telling status of a case's records, and what is said of it."""
    worst = min(
        records,
        key=lambda one: (
            _TELLING.index(one["status"]) if one["status"] in _TELLING else len(_TELLING)
        ),
    )
    said = worst["counterexample"] or worst["certificate"] or " ".join(worst["remarks"])
    return worst["status"], f"{worst['seconds'] or 0:5.1f} s  {said}"
