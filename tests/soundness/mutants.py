r"""False statements near true ones: none of them may be proved.

A mutant is a true statement with one small thing changed. It counts once an exact counterexample
has shown it to be false: values at which every hypothesis holds, evaluated over fractions, apart
from the kernel and the provers. Then the provers are asked for a proof. Run by itself this prints
a table by what was changed:

    python tests/soundness/mutants.py --kind matrices --count 2000 [--log mutants.jsonl]

Those are REFUTED of which the kernel accepts a counterexample that the checker's own search finds.
The budget of a search is in seconds of the processor, so that a busy machine searches as far as an
idle one.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import importlib
import itertools
import json
import os
import random
import resource
import select
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from mutant_sources import sources
from mutating import mutants

from therefore import worker
from therefore.goal import Goal, Term
from therefore.kernel import goal_hash
from therefore.kernel.data import parse
from therefore.kernel.door import _read_goal
from therefore.kernel.errors import Rejected
from therefore.provers import Lemma, certify_refutation, prove
from therefore.refuters import DEFAULT_SEED, sample
from therefore.refuters.candidates import Searcher, values_at
from therefore.refuters.domains import size_choices
from therefore.refuters.logic import Truth
from therefore.refuters.terms import open_goal
from therefore.refuters.values import Unreadable
from therefore.task import Source, Task

__all__ = ["Mutant", "ask", "counterexample", "made"]

_SIZES = 3
_MOST_SIZES = 8
_CANDIDATES = (150, 50)


@dataclass(frozen=True)
class Mutant:
    """A changed goal, where it comes from, and what was changed."""

    origin: str
    what: str
    goal: Goal
    neighbour: Goal


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


# ------------------------------------------------------------ verified to be false


def counterexample(goal: Goal, seconds: float) -> tuple[str, dict[str, Term] | None]:
    """"false" or "undefined", with values that break the goal in exact arithmetic; else "".

    Every hypothesis is decided there, and not merely sampled. Where the conclusion can be made
    false it is not called undefined.
    """
    until = time.monotonic() + seconds
    found: tuple[str, dict[str, Term] | None] = ("", None)
    with contextlib.suppress(Unreadable):
        for problem in open_goal(goal):
            for sizes in size_choices(problem, _SIZES)[:_MOST_SIZES]:
                searcher = Searcher(problem, sizes)
                for attempt in searcher.attempts(_CANDIDATES, DEFAULT_SEED, until=until):
                    if not (attempt.usable and attempt.sure):
                        continue
                    if attempt.truth == Truth.FALSE:
                        return "false", values_at(attempt)
                    if attempt.truth == Truth.UNDEFINED and not found[0]:
                        found = "undefined", values_at(attempt)
    return found


def refuted(goal: Goal, values: dict[str, Term] | None, seconds: float) -> bool:
    """Whether the kernel accepts a counterexample: these values, or what the checker finds."""
    request = {"do": "refute", "goal": goal.to_text(), "seed": DEFAULT_SEED, "at": {},
               "budget": seconds}  # fmt: skip
    signal.signal(signal.SIGVTALRM, _stop)
    try:
        if values is not None and certify_refutation(goal, values, budget=seconds) is not None:
            return True
        signal.setitimer(signal.ITIMER_VIRTUAL, 4 * seconds)  # instances are not told to hurry
        return worker._answer(request)["certificate"] is not None
    except _Overrun:
        return False
    except Exception:
        traceback.print_exc()
        return False
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


class _Overrun(BaseException):
    """A search does not look at its clock."""


def _stop(*_: object) -> None:
    raise _Overrun


# --------------------------------------------------------------------- the question


def ask(mutant: Mutant, budget: float, *, cite: bool) -> tuple[bool, tuple[str, ...]]:
    """Whether the provers find a proof that the kernel's rules accept, and what they tried.

    With ``cite`` they may cite the true statement beside the mutant.
    """
    text = mutant.neighbour.to_text()
    lemmas = [Lemma(id="true", goal=mutant.neighbour, hash=goal_hash(text))] if cite else []
    task = Task("mutant", "mutant", "claim", Source("mutant.py", 1), mutant.goal)
    attempt = prove(task, lemmas, budget=budget)
    return attempt.proof is not None, attempt.tried


def judged(mutant: Mutant, budget: float, *, cite: bool) -> dict[str, object]:
    """All that is said of one mutant, in a process that is killed if it does not end."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        status = 1
        try:
            os.close(reading)
            time.monotonic = time.process_time
            longest = int(6 * budget + 6)
            resource.setrlimit(resource.RLIMIT_CPU, (longest, longest))
            with os.fdopen(writing, "w") as out:
                for found in _found(mutant, budget, cite=cite):
                    out.write(json.dumps(found) + "\n")
                    out.flush()
            status = 0
        except Exception:
            traceback.print_exc()
        finally:
            os._exit(status)
    os.close(writing)
    record: dict[str, object] = {
        "name": name_of(mutant), "origin": mutant.origin, "what": mutant.what, "cite": cite,
    }  # fmt: skip
    for line in _lines(reading, time.monotonic() + 200 * budget + 200):
        record |= json.loads(line)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    is_false = record.get("false") or record.get("refuted")
    record.setdefault("verdict", "overrun" if is_false else "not false")
    return record


def name_of(mutant: Mutant) -> str:
    """A short name of a mutant's goal."""
    return hashlib.sha256(mutant.goal.to_text().encode()).hexdigest()[:12]


def _lines(reading: int, until: float) -> list[str]:
    """The whole lines that come through a pipe until it is closed, or the time is up."""
    text = b""
    while select.select([reading], [], [], max(0.0, until - time.monotonic()))[0]:
        more = os.read(reading, 65536)
        if not more:
            break
        text += more
    os.close(reading)
    return text.decode().rpartition("\n")[0].splitlines()


def _found(mutant: Mutant, budget: float, *, cite: bool) -> Iterator[dict[str, object]]:
    start = time.monotonic()
    is_false, values = counterexample(mutant.goal, budget)
    yield {"false": is_false, "verified": _since(start)}
    is_refuted = refuted(mutant.goal, values, budget)
    yield {"refuted": is_refuted, "looked": _since(start)}
    if not (is_false or is_refuted):
        return
    start = time.monotonic()
    proved, tried = ask(mutant, budget, cite=cite)
    used_up = any("is used up" in note for note in tried)
    yield {"searched": _since(start), "used up": used_up}
    if proved:
        yield {"verdict": "PROVED"}
    elif is_refuted:
        yield {"verdict": "REFUTED"}
    else:
        agreement = sample(mutant.goal, seed=DEFAULT_SEED, count=200).agreement
        agrees = agreement and agreement.usable and agreement.usable == agreement.agreeing
        yield {"verdict": "SUPPORTED" if agrees else "UNDECIDED"}


def _since(start: float) -> float:
    return round(time.monotonic() - start, 2)


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


def _known(log: Path | None) -> dict[str, dict[str, object]]:
    """What stands in the log of a run that was broken off."""
    if log is None or not log.exists():
        return {}
    lines = log.read_text(encoding="utf-8").splitlines()
    return {record["name"]: record for record in map(json.loads, lines)}


def _main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kind", choices=("matrices", "inequalities"), default="matrices")
    parser.add_argument("--count", type=int, default=2000, help="how many false ones")
    parser.add_argument("--budget", type=float, default=1.0, help="seconds for each search")
    parser.add_argument("--seed", type=int, default=20260101)
    parser.add_argument("--part", default="0/1", help="every n-th only: 0/2 and 1/2 make all")
    parser.add_argument("--log", type=Path, help="a line of JSON for each mutant")
    parser.add_argument("--table", type=Path, nargs="+", help="only the table of these logs")
    options = parser.parse_args()
    if options.table:
        known = {name: one for log in options.table for name, one in _known(log).items()}
        print(table(list(known.values())))
        return
    records, start = [], time.monotonic()
    for library in ("clarabel", "scipy.linalg", "sympy"):  # so that no process loads them anew
        with contextlib.suppress(ImportError):
            importlib.import_module(library)
    known = _known(options.log)
    part, parts = map(int, options.part.split("/"))
    mine = itertools.islice(made(options.kind, options.seed), part, None, parts)
    for number, mutant in enumerate(mine):
        record = known.get(name_of(mutant))
        if record is None:
            record = judged(mutant, options.budget, cite=number % 2 == 1)
            line = {**record, "goal": json.loads(mutant.goal.to_text())}
            if options.log:
                with options.log.open("a", encoding="utf-8") as log:
                    log.write(json.dumps(line) + "\n")
        records.append(record)
        if record["verdict"] == "PROVED":
            print(f"PROVED though false: {mutant.origin}, {mutant.what}\n{mutant.goal}")
        if sum(one["verdict"] != "not false" for one in records) >= options.count:
            break
    print(table(records))
    print(f"{time.monotonic() - start:.0f} s")
    sys.exit(any(record["verdict"] == "PROVED" for record in records))


if __name__ == "__main__":
    _main()
