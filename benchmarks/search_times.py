"""Print how long searching and re-checking take, as Markdown tables.

    python benchmarks/search_times.py                  derivations, from nothing, on one core
    python benchmarks/search_times.py PATH … --slowest 5

Searched is with no certificate and an empty cache, in one process that is kept to one core, so
the times of the parts add up: the random instances, each prover by itself (without what it asks
of others), the search for a witness, the refuters, the kernel. Nothing is written.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from therefore import check, judge, search, store, worker
from therefore.kernel_process import KernelProcess
from therefore.provers import search as provers
from therefore.record import Record

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "kernel"))


class Clock:
    """Seconds by line and by part; a part that calls another does not count the other's time."""

    def __init__(self) -> None:
        self.spent: dict[str, Counter[str]] = defaultdict(Counter)
        self.line = ""
        self._inner: list[float] = []

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """Count what happens inside for a part of the current line."""
        started = time.perf_counter()
        self._inner.append(0.0)
        try:
            yield
        finally:
            whole = time.perf_counter() - started
            self.spent[self.line][name] += whole - self._inner.pop()
            if self._inner:
                self._inner[-1] += whole

    def timed(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, counted as a part."""

        def wrapped(*arguments: Any, **options: Any) -> Any:
            with self.part(name):
                return function(*arguments, **options)

        return wrapped


def searched(paths: Sequence[str], clock: Clock) -> list[Record]:
    """The records of a search from nothing, with the clock running in every part."""
    parts = {"prove": "search itself", "sample": "random instances", "refute": "refuters"}

    class Here(search.Workers):
        """The worker's answers, given in this process."""

        def _ask(self, request: dict[str, Any], *, limit: float) -> dict[str, Any]:
            with clock.part(parts.get(request["do"], request["do"])):
                return worker._answer(json.loads(json.dumps(request)))

    one_line = judge.Judge.judge

    def judged(self: judge.Judge, task: Any, *others: Any) -> judge.Outcome:
        clock.line = task.id
        with clock.part("the rest"):
            return one_line(self, task, *others)

    check.Workers = Here  # type: ignore[attr-defined, misc]
    judge.Judge.judge = judged  # type: ignore[method-assign, assignment]
    KernelProcess.accept = clock.timed("kernel", KernelProcess.accept)  # type: ignore[method-assign]
    worker._witness = clock.timed("witness", worker._witness)
    provers.PROVERS = tuple(
        replace(one, prove=clock.timed(f"prover {one.name}", one.prove)) for one in provers.PROVERS
    )
    with tempfile.TemporaryDirectory() as folder:
        options = check.Options(stored=False, write="nowhere", jobs=1, root=Path(folder))
        return check.check_paths(paths, options)


def owners(records: Sequence[Record]) -> dict[str, str]:
    """The claim, or the derivation without a claim, that each line belongs to."""
    parents = {record.id: record.parent for record in records}
    found = {}
    for record in records:
        root = record.id
        while parents.get(root) in parents:
            root = parents[root]
        found[record.id] = root
    return found


def sizes(source: str) -> tuple[int, int]:
    """How many certificates a module has, and how many bytes these are."""
    entries, _ = store.load(store.certificate_path(Path(source), Path()))
    return len(entries), sum(len(entry.certificate_text) for entry in entries)


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print a table; the columns after the first hold numbers."""
    print(f"| {' | '.join(head)} |")
    print(f"| --- |{' ---: |' * (len(head) - 1)}")
    for row in rows:
        print(f"| {' | '.join(str(cell) for cell in row)} |")
    print()


def print_search(records: Sequence[Record], clock: Clock, slowest: int) -> None:
    """The time of each module and of its slowest claim; then where the slowest claims take it."""
    of = owners(records)
    by_claim: dict[str, Counter[str]] = defaultdict(Counter)
    for line, spent in clock.spent.items():
        by_claim[of.get(line, line)] += spent
    seconds = {claim: spent.total() for claim, spent in by_claim.items()}
    rows = []
    for file in dict.fromkeys(record.file for record in records):
        own = {claim: took for claim, took in seconds.items() if claim.startswith(f"{file}::")}
        worst = max(own, key=own.__getitem__)
        count, size = sizes(file)
        lines = sum(record.file == file for record in records)
        rows.append((f"`{file}`", lines, f"{sum(own.values()):.1f}", f"`{_name(worst)}`",
                     f"{own[worst]:.1f}", count, f"{size / 1000:.1f}"))  # fmt: skip
    total = sum(seconds.values())
    rows.append(("all", len(records), f"{total:.1f}", "", "", sum(row[5] for row in rows),
                 f"{sum(float(row[6]) for row in rows):.1f}"))  # fmt: skip
    table(("module", "lines", "search s", "slowest claim", "s", "certificates", "kB"), rows)
    for claim in sorted(seconds, key=seconds.__getitem__, reverse=True)[:slowest]:
        print(f"`{claim}`: {seconds[claim]:.1f} s in {sum(c == claim for c in of.values())} lines")
        most = by_claim[claim].most_common(7)
        shares = [f"{part} {took:.1f} s" for part, took in most if took >= 0.05]
        print(f"  {', '.join(shares)}\n")


def print_claims(records: Sequence[Record], clock: Clock) -> None:
    """The time of each claim with its derivations, steps and twins."""
    of = owners(records)
    took: Counter[str] = Counter()
    for line, spent in clock.spent.items():
        took[of.get(line, line)] += spent.total()
    table(("claim", "search s"), [(f"`{claim}`", f"{took[claim]:.2f}") for claim in took])


def print_kernel(paths: Sequence[str]) -> None:
    """How long the kernel takes over the stored certificates, and how long its files are."""
    from counting import code_lines

    stored = [
        store.certificate_path(Path(path), Path()) if path.endswith(".py")
        else Path(store.CERTIFICATES) / path
        for path in paths
    ]  # fmt: skip
    command = [sys.executable, "-m", "therefore", "recheck", *map(str, stored)]
    started = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True)
    took = time.perf_counter() - started
    print(f"recheck: {took:.1f} s, {(done.stdout.strip().splitlines() or ['nothing'])[-1]}\n")
    kernel = Path(store.__file__).parent / "kernel"
    texts = {file.name: file.read_text(encoding="utf-8") for file in kernel.glob("*.py")}
    lines = {name: code_lines(text) for name, text in texts.items()}
    rows = sorted(lines.items(), key=lambda row: (-row[1], row[0]))
    table(("kernel", "lines of code"), [*rows, ("all", sum(lines.values()))])


def _name(line: str) -> str:
    return line.rpartition("::")[2]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables; returns 1 if some verdict of the search is not as expected."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("paths", nargs="*", default=["derivations"])
    parser.add_argument("--slowest", type=int, default=3, help="claims that are looked into")
    parser.add_argument("--claims", action="store_true", help="print the time of every claim too")
    options = parser.parse_args(arguments)
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    clock = Clock()
    records = searched(options.paths, clock)
    print_search(records, clock, options.slowest)
    if options.claims:
        print_claims(records, clock)
    print_kernel(options.paths)
    wrong = [record.id for record in records if not record.as_expected()]
    print("\n".join(f"not as expected: {one}" for one in wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
