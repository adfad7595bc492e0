"""Print what the front door says of the corpus's cases, and how long it takes, by their kind.

    python benchmarks/cases.py                      all of tests/corpus/matrix_cases.py
    python benchmarks/cases.py --of inequalities    all of tests/corpus/inequality_cases.py
    python benchmarks/cases.py --keep FOLDER        leaves the certificates there

Times and the budget are seconds of the processor in one process, so a loaded machine tells the
same as an idle one. To the certificate: the provers, the witness and the refuters, random instances
not counted. To re-check: the kernel alone, on the texts of the goal and the certificate.
"""

from __future__ import annotations

import argparse
import importlib
import json
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from therefore import check, search, store, worker
from therefore.kernel import Kernel
from therefore.record import Record

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "corpus"))

# Modules in tests/corpus: their cases, and a document of each.
CASES = {"matrices": "matrix_cases", "inequalities": "inequality_cases"}
Case = dict[str, Any]
STATUSES = ("PROVED", "SUPPORTED", "REFUTED", "UNDECIDED", "VACUOUS", "ILL_FORMED", "CONTRADICTION")


@dataclass(frozen=True)
class Line:
    """A line of a case, with the seconds that its search and its re-checking took."""

    case: Case
    record: Record
    searched: float
    rechecked: float | None
    size: int


def judged(
    cases: Sequence[Case], document: Callable[[Case], str], folder: Path, budget: float
) -> list[Line]:
    """Every case searched from nothing; the certificates stand in the folder afterwards."""
    spent: Counter[str] = Counter()

    class Here(search.Workers):
        """The worker's answers, given in this process."""

        def _ask(self, request: dict[str, Any], *, limit: float) -> dict[str, Any]:
            started = time.process_time()
            try:
                return worker._answer(json.loads(json.dumps(request)))
            finally:
                if request["do"] in ("prove", "refute"):
                    spent[case["id"]] += time.process_time() - started

    check.Workers = Here  # type: ignore[attr-defined, misc]
    time.monotonic = time.process_time
    lines = []
    options = check.Options(budget=budget, stored=False, jobs=1, root=folder)
    for case in cases:
        path = folder / f"{case['id']}.tex"
        path.write_text(document(case), encoding="utf-8")
        records = check.check_paths([path], options)
        entries = {e.id: e for e in store.load(store.certificate_path(path, folder))[0]}
        worst = min(records, key=lambda one: one.status == "PROVED", default=None)
        if worst is not None:
            seconds, size = rechecked(entries.values())
            lines.append(Line(case, worst, spent[case["id"]], seconds, size))
        print(lines[-1].record.status, case["id"], file=sys.stderr)
    return lines


def rechecked(entries: Iterable[store.Entry]) -> tuple[float | None, int]:
    """The kernel's seconds over these entries, the least of three, and the bytes of their proofs.

    Of a counterexample these are the bytes of its values.
    """
    times, size = [], 0
    for _ in range(3):
        kernel, size, started = Kernel(), 0, time.process_time()
        for entry in entries:
            kernel.accept(entry.goal_text, entry.certificate_text)
            size += sum(len(in_bytes(entry.certificate.get(part))) for part in ("proof", "values"))
        times.append(time.process_time() - started)
    return (min(times), size) if size else (None, 0)


def in_bytes(data: Any) -> bytes:
    """A part of a certificate as JSON without spaces."""
    return b"" if data is None else json.dumps(data, separators=(",", ":")).encode()


def print_table(lines: Sequence[Line]) -> None:
    """A row for each kind and truth: verdicts, then median and largest of times and sizes."""
    shown = [one for one in STATUSES if any(line.record.status == one for line in lines)]
    head = [*shown, "search s", "largest", "re-check ms", "largest", "proof bytes", "largest"]
    print(f"| kind | truth | cases | {' | '.join(head)} |")
    print(f"| --- | --- | ---: |{' ---: |' * len(head)}")
    for kind in (*dict.fromkeys(_kind(line.case) for line in lines), "all"):
        for truth in (True, False):
            own = [
                line for line in lines
                if kind in (_kind(line.case), "all") and line.case["truth"] is truth
            ]  # fmt: skip
            if own:
                count = Counter(str(line.record.status) for line in own)
                found = [line for line in own if line.rechecked is not None]
                cells = [str(count[one] or "") for one in shown]
                cells += _both([line.searched for line in found], "{:.2f}")
                cells += _both([1000 * (line.rechecked or 0) for line in found], "{:.1f}")
                cells += _both([line.size for line in found], "{:.0f}")
                print(f"| {kind} | {str(truth).lower()} | {len(own)} | {' | '.join(cells)} |")
    print("\nwithout a certificate:")
    for line in lines:
        if line.rechecked is None:
            said = "; ".join(line.record.remarks)[:200]
            print(f"  {line.case['id']} {line.record.status} {line.searched:.1f} s {said}")


def _kind(case: Case) -> str:
    return str(case.get("kind") or case.get("klass") or "others")


def _both(values: Sequence[float], shown: str) -> list[str]:
    return [shown.format(of(values)) for of in (statistics.median, max)] if values else ["", ""]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; returns 1 if a true case is refuted or a false one proved."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("names", nargs="*", help="cases; all of them if none is named")
    parser.add_argument("--of", choices=CASES, default="matrices")
    parser.add_argument("--budget", type=float, default=10.0)
    parser.add_argument("--keep", type=Path, help="a folder for documents and certificates")
    options = parser.parse_args(arguments)
    corpus = importlib.import_module(CASES[options.of])
    cases = [case for case in corpus.load() if not options.names or case["id"] in options.names]
    with tempfile.TemporaryDirectory() as folder:
        place = options.keep or Path(folder)
        place.mkdir(parents=True, exist_ok=True)
        lines = judged(cases, corpus.document, place.resolve(), options.budget)
    print_table(lines)
    never = {True: "REFUTED", False: "PROVED"}
    return int(any(line.record.status == never[line.case["truth"]] for line in lines))


if __name__ == "__main__":
    sys.exit(main())
