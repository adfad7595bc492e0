"""Print how long worst-case rates take us and PEPit, as a Markdown table.

    pip install -e ".[sos,bench]"
    python benchmarks/rates.py                   every problem, once
    python benchmarks/rates.py --runs 3 --only proximal
    python benchmarks/rates.py --without-pepit

Ours is the time from the goal, with nothing known and nothing cached, to a certificate that the
kernel has accepted; the bound is exact. PEPit's is the time in which it makes its semidefinite
program of the same problem and Clarabel solves it; its value is a floating-point number, and it is
below ours where the bound is not tight. Times are those of the processor, on one core, in this
process: ours and PEPit's in turn, once a first problem that does not count has loaded the libraries
of both. Of several runs the quickest counts.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TypeVar

import one_thread  # noqa: F401  (before the modules that load NumPy)
from rate_problems import Problem, problems

from therefore.provers import prove
from therefore.provers.attempt import Attempt
from therefore.reading.modules import tasks_of_claim
from therefore.task import Task

__all__ = ["Row", "measured", "table"]

Value = TypeVar("Value")


@dataclass(frozen=True)
class Row:
    """What became of one problem: seconds, bytes of the certificate, values."""

    problem: Problem
    ours: float | None
    size: int
    theirs: float | None
    value: float | None


def measured(problem: Problem, runs: int, with_pepit: bool, budget: float = 10) -> Row:
    """The quickest of some runs of each, in seconds of the processor."""
    (task,) = [one for one in tasks_of_claim(problem.stated) if not one.uses][:1]
    ours, attempt = _quickest(lambda: _certified(task, budget), runs)
    size = len(json.dumps(attempt.proof)) if attempt.proof else 0
    theirs = value = None
    if with_pepit:
        theirs, value = _quickest(lambda: _worst_case(problem), runs)
    return Row(problem, ours if attempt.proof else None, size, theirs, value)


def _quickest(run: Callable[[], Value], runs: int) -> tuple[float, Value]:
    seconds = []
    for _ in range(runs):
        gc.collect()  # of neither is the other's litter to be cleared away
        started = time.process_time()
        value = run()
        seconds.append(time.process_time() - started)
    return min(seconds), value


def _certified(task: Task, budget: float) -> Attempt:
    return prove(task, [], budget=budget)


def _worst_case(problem: Problem) -> float:
    from PEPit import PEP

    pep = PEP()
    problem.model(pep)
    return float(pep.solve(verbose=0, solver="CLARABEL"))


def table(rows: Sequence[Row]) -> str:
    """The rows and the medians in Markdown."""
    lines = [
        "| problem | exact bound | PEPit's value | ours, ms | PEPit, ms | bytes |",
        "| --- | --: | --: | --: | --: | --: |",
    ]
    for row in rows:
        bound = f"{row.problem.bound}" + ("" if row.problem.is_tight else " (not tight)")
        value = "" if row.value is None else f"{row.value:.6f}"
        cells = [row.problem.name, bound, value, _ms(row.ours), _ms(row.theirs), str(row.size)]
        lines.append("| " + " | ".join(cells) + " |")
    proved = [row.ours for row in rows if row.ours is not None]
    solved = [row.theirs for row in rows if row.theirs is not None]
    if proved:
        medians = _ms(statistics.median(proved)), _ms(statistics.median(solved) if solved else None)
        lines.append(f"| median | | | {medians[0]} | {medians[1]} | |")
    return "\n".join(lines)


def _ms(seconds: float | None) -> str:
    return "–" if seconds is None else f"{1000 * seconds:.0f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--only", default="", help="a part of the problems' names")
    parser.add_argument("--without-pepit", action="store_true")
    options = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    with_pepit = not options.without_pepit
    if with_pepit and find_spec("PEPit") is None:
        parser.error('PEPit is missing: pip install -e ".[bench]", or --without-pepit')
    rows = []
    measured(next(problems()), 1, with_pepit)  # what is loaded once does not count
    gc.collect()
    gc.freeze()  # nor does it, for either, when litter is looked for
    for problem in problems():
        if options.only in problem.name:
            rows.append(measured(problem, options.runs, with_pepit))
            print(problem.name, _ms(rows[-1].ours), _ms(rows[-1].theirs), file=sys.stderr)
    print(table(rows))


if __name__ == "__main__":
    main()
