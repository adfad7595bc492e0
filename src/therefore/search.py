"""The checker's side of the worker processes: ask, wait, and kill what hangs."""

from __future__ import annotations

import json
import queue
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from therefore.goal import Goal
from therefore.line_process import LineProcess, Stopped
from therefore.task import Task
from therefore.verdict import Agreement
from therefore.wire import agreement_from_data, task_to_data

__all__ = ["LemmaData", "Proof", "Refutation", "Sample", "Workers"]

WORKER = (sys.executable, "-P", "-m", "therefore.worker")
# Seconds that a worker may take to start and to load its libraries, on a slow machine.
_START = 30.0
# Seconds beyond twice its budget that a search may take before its process is killed.
GRACE = 5.0


@dataclass(frozen=True)
class LemmaData:
    """A goal that the kernel has accepted and that a proof may cite."""

    id: str
    goal: str
    hash: str


@dataclass(frozen=True)
class Proof:
    """What the provers found: a proof and a witness, or neither, and what was tried.

    ``defined`` holds proofs that the hypotheses are defined; ``account``, where it was asked for,
    is what the search did.
    """

    proof: dict[str, Any] | None
    witness: dict[str, Any] | None
    tried: tuple[str, ...]
    failure: str = ""
    defined: tuple[dict[str, Any], ...] = ()
    account: dict[str, Any] | None = None


@dataclass(frozen=True)
class Refutation:
    """What the refuters found: a certificate of a counterexample, or none.

    ``account`` has the values that they looked at, way by way.
    """

    certificate: dict[str, Any] | None
    tried: int
    failure: str = ""
    account: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True)
class Sample:
    """How a goal fared on random instances, and what could not be tried.

    Of the instances that disagree in floating point, exact arithmetic ``confirmed`` some and
    could not decide ``unconfirmed`` ones. On ``doubtful`` others the conclusion fails, and a
    hypothesis holds only as far as it was sampled: they refute nothing, and support nothing.
    """

    agreement: Agreement | None
    confirmed: int = 0
    unconfirmed: int = 0
    notes: tuple[str, ...] = ()
    failure: str = ""
    doubtful: int = 0


class Workers:
    """As many worker processes as there are threads that ask at one time."""

    def __init__(self, *, budget: float, seed: int, explain: bool = False) -> None:
        self._budget = budget
        self._explain = explain
        self._seed = seed
        self._idle: queue.SimpleQueue[LineProcess] = queue.SimpleQueue()
        self._all: list[LineProcess] = []

    def prove(self, task: Task, lemmas: Sequence[LemmaData]) -> Proof:
        """Ask the provers for a proof of the task's goal from the lemmas."""
        request = {
            "do": "prove",
            "task": task_to_data(task),
            "lemmas": [vars(lemma) for lemma in lemmas],
            "budget": self._budget,
            "explain": self._explain,
        }
        try:
            answer = self._ask(request, limit=2 * self._budget + GRACE)
        except Stopped as stopped:
            return Proof(None, None, (), f"the provers were stopped: {stopped}")
        return Proof(
            answer["proof"],
            answer["witness"],
            tuple(answer["tried"]),
            defined=tuple(answer["defined"]),
            account=answer.get("account"),
        )

    def sample(self, goal: Goal, *, count: int) -> Sample:
        """Evaluate the goal on ``count`` random instances."""
        request = {"do": "sample", "goal": goal.to_text(), "seed": self._seed, "count": count}
        try:
            answer = self._ask(request, limit=2 * self._budget + GRACE)
        except Stopped as stopped:
            return Sample(None, failure=f"the sampling was stopped: {stopped}")
        return Sample(
            agreement_from_data(answer["agreement"]),
            answer["confirmed"],
            answer["unconfirmed"],
            tuple(answer["notes"]),
            doubtful=answer["doubtful"],
        )

    def refute(self, goal: Goal, *, at: Mapping[str, str]) -> Refutation:
        """Ask the refuters for a counterexample; ``at`` holds values to look at first."""
        request = {
            "do": "refute",
            "goal": goal.to_text(),
            "seed": self._seed,
            "at": dict(at),
            "budget": self._budget,
        }
        try:
            answer = self._ask(request, limit=2 * self._budget + GRACE)
        except Stopped as stopped:
            return Refutation(None, 0, f"the refuters were stopped: {stopped}")
        account = tuple(answer.get("account", ()))
        return Refutation(answer["certificate"], answer["tried"], account=account)

    def help(
        self, task: Task, lemmas: Sequence[LemmaData], *, kind: str, budget: float, step: float
    ) -> list[Any]:
        """What one kind of help finds for a refuted line, as data; nothing if it is stopped."""
        request = {
            "do": "help",
            "kind": kind,
            "task": task_to_data(task),
            "lemmas": [vars(lemma) for lemma in lemmas],
            "seed": self._seed,
            "budget": budget,
            "step": step,
        }
        try:
            answer = self._ask(request, limit=budget + GRACE)
        except Stopped:
            return []
        found = answer.get("found")
        return found if isinstance(found, list) else []

    def close(self) -> None:
        """End every worker."""
        for process in self._all:
            process.stop()

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _ask(self, request: dict[str, Any], *, limit: float) -> dict[str, Any]:
        with self._worker() as process:
            limit += 0 if process.running else _START
            answer = process.ask(json.dumps(request), timeout=limit)
        if not isinstance(answer, dict):
            raise Stopped("an answer of another kind")
        if "error" in answer:
            raise Stopped(str(answer["error"]))
        return answer

    @contextmanager
    def _worker(self) -> Iterator[LineProcess]:
        try:
            process = self._idle.get_nowait()
        except queue.Empty:
            process = LineProcess(WORKER)
            self._all.append(process)
        try:
            yield process
        finally:
            self._idle.put(process)
