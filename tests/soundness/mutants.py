r"""False statements near true ones: none of them may be proved.

A mutant is a true statement with one small thing changed. It counts once an exact counterexample
has shown it to be false: values at which every hypothesis holds and the conclusion fails, found
over fractions, apart from the kernel and the provers, or accepted by the kernel as a refutation.
Then the provers are asked for a proof. Run by itself this prints a table by what was changed:

    python tests/soundness/mutants.py --kind matrices --count 2000 [--log mutants.jsonl]

Points are looked at in this order: those that broke other mutants of the same statement, those at
which both its sides are equal, what a short search finds, and what the checker's own search finds.
Those are REFUTED of which the kernel accepts a counterexample. The budgets are in seconds of the
processor, so that a busy machine searches as far as an idle one. With ``--again`` the false ones
of logs are asked anew, after a change of the provers; that they are false stands there.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import importlib
import itertools
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from asking import Mutant, Points, apart, ask, judged, name_of
from falsifying import refuted
from mutant_sources import sources
from mutating import mutants

from therefore.goal import Goal
from therefore.kernel.data import parse
from therefore.kernel.door import _read_goal
from therefore.kernel.errors import Rejected

__all__ = ["made"]


def made(kind: str, seed: int) -> Iterator[Mutant]:
    """Well-typed mutants, none twice: the kinds of change take turns.

    Of inequalities our claims and the cases take turns too, for the claims have many more. When
    the small changes are used up, small changes of these follow.
    """
    rng = random.Random(seed)
    true = [Mutant(name, "", goal, goal) for name, goal in sources(kind)]
    seen = {one.goal for one in true}
    first = []
    for one in _in_turns(_changed(true, kind, seen), kind, rng):
        if _is_typed(one.goal.to_text()):
            first.append(one)
            yield one
    rng.shuffle(first)
    for one in first:
        again = _in_turns(_changed([one], kind, seen), kind, rng)
        yield from itertools.islice(filter(lambda two: _is_typed(two.goal.to_text()), again), 3)


def _changed(mutated: list[Mutant], kind: str, seen: set[Goal]) -> Iterator[Mutant]:
    for one in mutated:
        for what, goal in mutants(one.goal, kind):
            if goal not in seen:
                seen.add(goal)
                twice = f"{one.what}, {what}" if one.what else what
                yield Mutant(one.origin, twice, goal, one.neighbour)


def _in_turns(mutated: Iterable[Mutant], kind: str, rng: random.Random) -> Iterator[Mutant]:
    by_kind: dict[tuple[str, bool], list[Mutant]] = {}
    for one in mutated:
        of_case = kind == "inequalities" and "/" not in one.origin
        by_kind.setdefault((one.what, of_case), []).append(one)
    for group in by_kind.values():
        rng.shuffle(group)
    for row in itertools.zip_longest(*by_kind.values()):
        yield from (one for one in row if one is not None)


def _is_typed(text: str) -> bool:
    try:
        _read_goal(parse(text))
    except Rejected:
        return False
    return True


# ------------------------------------------------------------------------ the table

VERDICTS = ("PROVED", "REFUTED", "UNDECIDED", "SUPPORTED", "overrun")


def table(records: list[dict[str, object]]) -> str:
    """A row for each kind of change: made, not false, false, and what became of these."""
    counts: dict[str, Counter[str]] = {}
    for record in records:
        verdict, what = str(record["verdict"]), str(record["what"])
        kind = "two changes" if ", " in what else what
        for row in (kind, "all"):
            row_of = counts.setdefault(row, Counter())
            row_of["made"] += 1
            row_of[verdict] += 1
            row_of["false"] += verdict != "not false"
            row_of["used up"] += bool(record.get("used up"))
    head = ("made", "not false", "false", *VERDICTS, "used up")
    lines = [f"{'what was changed':24}" + "".join(f"{one:>11}" for one in head)]
    for kind in sorted(counts, key=lambda kind: (kind == "all", kind)):
        lines.append(f"{kind:24}" + "".join(f"{counts[kind][one]:11}" for one in head))
    return "\n".join(lines)


def _known(logs: Iterable[Path]) -> dict[str, dict[str, object]]:
    """What stands in the logs of runs, whole or broken off."""
    texts = [log.read_text(encoding="utf-8") for log in logs if log.exists()]
    records = [json.loads(line) for text in texts for line in text.splitlines()]
    return {record["name"]: record for record in records}


def _main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kind", choices=("matrices", "inequalities"), default="matrices")
    parser.add_argument("--count", type=int, default=2000, help="how many false ones")
    parser.add_argument("--budget", type=float, default=1.0, help="seconds for each search")
    parser.add_argument("--seed", type=int, default=20260101)
    parser.add_argument("--part", default="0/1", help="every n-th only: 0/2 and 1/2 make all")
    parser.add_argument("--log", type=Path, help="a line of JSON for each mutant")
    parser.add_argument("--again", type=Path, nargs="+", help="the false mutants of these logs")
    parser.add_argument("--only", nargs="+", help="only these kinds of change")
    parser.add_argument("--true", action="store_true", help="how many of the true are proved")
    parser.add_argument("--table", type=Path, nargs="+", help="only the table of these logs")
    options = parser.parse_args()
    if options.table:
        print(table(list(_known(options.table).values())))
        return
    start = time.monotonic()
    load_all(options.kind, options.budget)
    if options.true:
        _ask_the_true(options.kind, options.budget)
        return
    records = list(_asked(options))
    print(table(records))
    print(f"{time.monotonic() - start:.0f} s")
    sys.exit(any(record["verdict"] == "PROVED" for record in records))


def load_all(kind: str, budget: float) -> None:
    """Have everything loaded that is loaded at first use, so that no process loads it anew."""
    for library in ("clarabel", "scipy.linalg", "sympy"):
        with contextlib.suppress(ImportError):
            importlib.import_module(library)
    name, goal = sources(kind)[0]
    refuted(goal, budget)
    ask(Mutant(name, "", goal, goal), budget, cite=False)
    gc.collect()
    gc.freeze()  # what stands here is not looked through again in each process


def _asked(options: argparse.Namespace) -> Iterator[dict[str, object]]:
    """The records of the mutants of one part, until enough are false."""
    known, points, false = _known([options.log] if options.log else []), Points(), 0
    part, parts = map(int, options.part.split("/"))
    for record in known.values():
        points.add(str(record["origin"]), record)
    if options.again:
        every = _again(options.again, options.kind)
    else:
        every = ((mutant, None) for mutant in made(options.kind, options.seed)
                 if mutant.what in (options.only or [mutant.what]))  # fmt: skip
    for number, (mutant, before) in enumerate(itertools.islice(every, part, None, parts)):
        record = known.get(name_of(mutant))
        if record is None:
            there = [] if before else points.of(mutant, options.budget)
            cite = number % 2 == 1 and mutant.neighbour != mutant.goal
            record = judged(mutant, options.budget, cite=cite, points=there, before=before)
            line = {**record, "goal": json.loads(mutant.goal.to_text())}
            if options.log:
                with options.log.open("a", encoding="utf-8") as log:
                    log.write(json.dumps(line) + "\n")
        points.add(mutant.origin, record)
        yield record
        if record["verdict"] == "PROVED":
            print(f"PROVED though false: {mutant.origin}, {mutant.what}\n{mutant.goal}")
        false += record["verdict"] != "not false"
        if false >= options.count:
            break


def _again(logs: Iterable[Path], kind: str) -> Iterator[tuple[Mutant, dict[str, object] | None]]:
    """The false mutants of logs, with what was said of them; those are cited that still stand."""
    true = dict(sources(kind))
    for record in _known(logs).values():
        if record["verdict"] != "not false":
            goal, origin = Goal.from_text(json.dumps(record["goal"])), str(record["origin"])
            yield Mutant(origin, str(record["what"]), goal, true.get(origin, goal)), record


def _ask_the_true(kind: str, budget: float) -> None:
    """How many of the true statements are proved in as many seconds as the false ones have."""
    true = sources(kind)
    proved = sum(
        bool(apart(({"proved": ask(Mutant(name, "", goal, goal), budget, cite=False)[0]}
                     for _ in "1"), budget).get("proved")) for name, goal in true
    )  # fmt: skip
    print(f"{proved} of {len(true)} true statements are proved")


if __name__ == "__main__":
    _main()
