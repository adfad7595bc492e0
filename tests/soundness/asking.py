"""Asking the provers for a proof of a mutant, once it is known to be false."""

from __future__ import annotations

import hashlib
import json
import os
import resource
import select
import signal
import time
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from falsifying import Values, counterexample, refuted, refuted_at, touched

from therefore.goal import Goal, from_lists
from therefore.kernel import goal_hash
from therefore.provers import Lemma, prove
from therefore.refuters import DEFAULT_SEED, sample
from therefore.task import Source, Task

__all__ = ["Mutant", "Points", "apart", "ask", "judged", "name_of"]

_MOST_POINTS = 6  # known points of a statement at which its mutants are looked at first


@dataclass(frozen=True)
class Mutant:
    """A changed goal, where it comes from, and what was changed."""

    origin: str
    what: str
    goal: Goal
    neighbour: Goal


def ask(mutant: Mutant, budget: float, *, cite: bool) -> tuple[bool, tuple[str, ...]]:
    """Whether the provers find a proof that the kernel's rules accept, and what they tried.

    With ``cite`` they may cite the true statement beside the mutant.
    """
    text = mutant.neighbour.to_text()
    lemmas = [Lemma(id="true", goal=mutant.neighbour, hash=goal_hash(text))] if cite else []
    task = Task("mutant", "mutant", "claim", Source("mutant.py", 1), mutant.goal)
    attempt = prove(task, lemmas, budget=budget)
    return attempt.proof is not None, attempt.tried


def judged(
    mutant: Mutant, budget: float, *, cite: bool, points: Sequence[Values] = (),
    before: dict[str, object] | None = None,
) -> dict[str, object]:
    """All that is said of one mutant, in a process that is killed if it does not end.

    What was found ``before`` to be false is not verified again.
    """
    record: dict[str, object] = {
        "name": name_of(mutant), "origin": mutant.origin, "what": mutant.what, "cite": cite,
    }  # fmt: skip
    if before is None:
        found = _found(mutant, budget, cite=cite, points=points)
    else:
        record |= {key: before.get(key) for key in ("false", "refuted", "values")}
        found = _asked(mutant, budget, cite=cite, is_refuted=bool(before.get("refuted")))
    record |= apart(found, budget)
    is_false = record.get("false") or record.get("refuted")
    record.setdefault("verdict", "overrun" if is_false else "not false")
    return record


def apart(found: Iterator[dict[str, object]], budget: float) -> dict[str, object]:
    """What is found in a process that is killed if it does not end."""
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
                for part in found:
                    out.write(json.dumps(part) + "\n")
                    out.flush()
            status = 0
        except Exception:
            traceback.print_exc()
        finally:
            os._exit(status)
    os.close(writing)
    record: dict[str, object] = {}
    for line in _lines(reading, time.monotonic() + 200 * budget + 200):
        record |= json.loads(line)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
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


def _found(
    mutant: Mutant, budget: float, *, cite: bool, points: Sequence[Values]
) -> Iterator[dict[str, object]]:
    start = time.monotonic()
    is_false, values = "", refuted_at(mutant.goal, points, 0.0)
    is_refuted = values is not None
    if values is None:
        is_false, values = counterexample(mutant.goal, budget / 2)
        is_refuted = values is not None and bool(refuted_at(mutant.goal, [values], budget))
    yield {"false": is_false, "verified": _since(start), "values": values}
    if not is_refuted:
        there = refuted(mutant.goal, budget / 2)
        is_refuted, values = there is not None, there or values
    yield {"refuted": is_refuted, "looked": _since(start), "values": values}
    if is_false or is_refuted:
        yield from _asked(mutant, budget, cite=cite, is_refuted=is_refuted)


def _asked(
    mutant: Mutant, budget: float, *, cite: bool, is_refuted: bool
) -> Iterator[dict[str, object]]:
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


def _touching(goal: Goal, budget: float) -> Iterator[dict[str, object]]:
    """A point at which the sides of a true inequality are equal, where one is found."""
    strict = touched(goal)
    if strict is not None:
        _, values = counterexample(strict, budget)
        yield {"values": values or refuted(strict, budget)}


class Points:
    """For each true statement the points that broke its mutants, the latest first."""

    def __init__(self) -> None:
        self._of: dict[str, list[Values]] = {}

    def of(self, mutant: Mutant, budget: float) -> list[Values]:
        """Known points; at first only one at which both sides are equal."""
        if mutant.origin not in self._of:
            self._of[mutant.origin] = []
            self.add(mutant.origin, apart(_touching(mutant.neighbour, budget), budget))
        return self._of[mutant.origin]

    def add(self, origin: str, record: dict[str, object]) -> None:
        """Remember the point of a record, if there is one."""
        if record.get("values") is not None:
            values: Values = {name: from_lists(term) for name, term in record["values"].items()}
            others = [one for one in self._of.get(origin, []) if one != values]
            self._of[origin] = [values, *others][:_MOST_POINTS]


def _since(start: float) -> float:
    return round(time.monotonic() - start, 2)
