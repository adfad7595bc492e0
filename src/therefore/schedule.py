"""The order of the work: what is judged when, on as many cores as there are.

Of a derivation in Python a line is judged once all that it may cite has been judged. The lines
of a document may cite every proved line before them, which would make each wait for the last:
so all of them are judged without the others first, and those that are still open are tried
again, in order, with the nearest proved lines that speak of the same names. The outcome is the
same on any number of cores.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import TypeAlias

from therefore.goal import Term
from therefore.joining import derives, joined
from therefore.judge import Judge
from therefore.outcome import Outcome
from therefore.proofs_of_documents import judge_proof, judge_target
from therefore.search import LemmaData
from therefore.task import Task

__all__ = ["MOST_LEMMAS", "Progress", "given", "schedule"]

# Called with how many tasks are done, of how many, and the id of the oldest one in work.
Progress: TypeAlias = Callable[[int, int, str], None]
_Job: TypeAlias = Callable[[], Outcome]

# How many earlier lines of a document a line may cite.
MOST_LEMMAS = 12


def schedule(
    tasks: Sequence[Task],
    judge: Judge,
    jobs: int,
    *,
    unread: frozenset[str] = frozenset(),
    progress: Progress | None = None,
) -> list[Outcome]:
    """The outcomes of the tasks, in their order; ``unread`` are the ids of ill-formed lines."""
    board = _Board(tasks, judge, unread)
    running: dict[Future[Outcome], int] = {}
    with ThreadPoolExecutor(max_workers=jobs) as pool:
        while board.waiting or running:
            board.start(pool, running, jobs)
            finished, _ = wait(running, timeout=0.5, return_when=FIRST_COMPLETED)
            for future in finished:
                board.finish(running.pop(future), future.result())
            if progress is not None:
                current = min(running.values(), default=len(tasks) - 1)
                progress(len(board.done), len(tasks), tasks[current].id)
    return [board.done[place] for place in range(len(tasks))]


class _Board:
    """What is done, what waits, and for what. A task is known by its place."""

    def __init__(self, tasks: Sequence[Task], judge: Judge, unread: frozenset[str]) -> None:
        self.tasks = tasks
        self.done: dict[int, Outcome] = {}
        self.waiting = list(range(len(tasks)))
        self._judge = judge
        self._unread = unread
        self._places = {task.id: place for place, task in enumerate(tasks)}
        self._waits = _dependencies(tasks)
        # What was found of a line of a document by itself, and what it waits for since then.
        self._alone: dict[int, Outcome] = {}
        self._speaks = [_names_of(task) if task.in_document else set() for task in tasks]
        self._wait_for_stored()

    def start(
        self, pool: ThreadPoolExecutor, running: dict[Future[Outcome], int], jobs: int
    ) -> None:
        """Begin what can be begun, in the order of the tasks."""
        begun = True
        while begun and len(running) < jobs:
            begun = False
            for place in list(self.waiting):
                if len(running) >= jobs:
                    return
                if self._ready(place):
                    begun = True
                    self._begin(place, pool, running)
            if not begun and not running and self.waiting:
                # A cycle of citations: break it at its first line.
                self._begin(self.waiting[0], pool, running)
                begun = True

    def finish(self, place: int, outcome: Outcome) -> None:
        """Enter what was found of a task."""
        task = self.tasks[place]
        if _is_line(task) and place not in self._alone:
            self._alone[place] = outcome
            if outcome.settled:
                self.done[place] = outcome
            else:
                self._waits[place] = self._before(place)
                self.waiting.append(place)
                self.waiting.sort()
            return
        self.done[place] = joined(outcome, self._known(place), self._unread)

    def _begin(
        self, place: int, pool: ThreadPoolExecutor, running: dict[Future[Outcome], int]
    ) -> None:
        self.waiting.remove(place)
        job = self._job(place)
        if job is None:
            self.done[place] = self._alone[place]
        else:
            running[pool.submit(job)] = place

    def _ready(self, place: int) -> bool:
        task = self.tasks[place]
        if task.in_document and task.kind == "derivation":
            claim = self._places.get(task.parent)
            if claim is not None and claim not in self._alone:
                return False
        return self._waits[place] <= self.done.keys()

    def _job(self, place: int) -> _Job | None:
        """What is to be done for a task; ``None`` if there is no use in a second search."""
        task, judge = self.tasks[place], self._judge
        known = self._known(place)
        if task.in_document and task.kind == "derivation":
            claim = self._alone.get(self._places.get(task.parent, -1))
            return lambda: judge_proof(judge, task, known, claim, self._unread)
        if task.kind == "target":
            return lambda: judge_target(judge, task, known)
        if not _is_line(task):
            lemmas, same = given(task, known)
            return lambda: judge.judge(task, lemmas, same)
        if place not in self._alone:
            return lambda: judge.judge(task, [])
        alone = self._alone[place]
        proofs = [o for o in known if o.proved and o.task.goal == task.goal]
        if proofs:
            return lambda: judge.judge(task, [], proofs)
        proved = [o for o in known if o.proved and o.task.kind != "derivation"]
        near = proved[-MOST_LEMMAS:]
        if not near:
            return None
        return lambda: judge.again(alone, [_lemma(o) for o in near])

    def _known(self, place: int) -> list[Outcome]:
        return [self.done[k] for k in sorted(self._waits[place]) if k in self.done]

    def _before(self, place: int) -> set[int]:
        """The places of the lines whose outcome may help with one that is still open."""
        task, speaks = self.tasks[place], self._speaks[place]
        cited = {self._places[name] for name in task.uses if name in self._places}
        found = {k for k in cited if k < place and self._speaks[k] & speaks}
        if task.kind == "claim":
            found |= {k for k, o in enumerate(self.tasks) if o.in_document and derives(o, task)}
        return found

    def _wait_for_stored(self) -> None:
        """Let a line wait for those that its stored certificate builds on."""
        from therefore.kernel import Rejected, goal_hash

        proving: dict[str, list[int]] = {}
        cites = [self._judge.cites(task) if _is_line(task) else set() for task in self.tasks]
        if not any(cites):
            return
        for place, task in enumerate(self.tasks):
            if task.in_document:
                try:
                    proving.setdefault(goal_hash(task.goal.to_text()), []).append(place)
                except Rejected:
                    continue
        for place, hashes in enumerate(cites):
            cited = {k for name in hashes for k in proving.get(name, ())}
            self._waits[place] |= cited & (self._before(place) | _own_steps(self.tasks, place))


def _own_steps(tasks: Sequence[Task], place: int) -> set[int]:
    """The places of the lines that prove an announced claim."""
    proofs = {task.id for task in tasks if task.in_document and task.parent == tasks[place].id}
    return {k for k, task in enumerate(tasks) if task.parent in proofs}


def _is_line(task: Task) -> bool:
    return task.in_document and task.kind in ("line", "claim")


def _names_of(task: Task) -> set[str]:
    """The names that a line speaks of."""
    known = {name for name, _ in task.goal.declarations} | {one[0] for one in task.goal.definitions}
    found: set[str] = set()
    waiting: list[Term] = [task.goal.conclusion]
    while waiting:
        part = waiting.pop()
        if isinstance(part, tuple):
            waiting += part
        elif part in known:
            found.add(part)
    return found


def _dependencies(tasks: Sequence[Task]) -> list[set[int]]:
    """For each task the places of those that have to be judged before it."""
    places = {task.id: place for place, task in enumerate(tasks)}
    waits: list[set[int]] = [
        set() if _is_line(task) else {places[name] for name in task.uses if name in places}
        for task in tasks
    ]
    for place, task in enumerate(tasks):
        if not task.in_document:
            for other, derivation in enumerate(tasks):
                if derivation.in_document:
                    continue
                if task.kind == "claim" and derives(derivation, task):
                    waits[place].add(other)
                    waits[other].discard(place)
                if task.kind == "derivation" and derivation.parent == task.id:
                    waits[place].add(other)
        waits[place].discard(place)
    return waits


def given(task: Task, before: Sequence[Outcome]) -> tuple[list[LemmaData], list[Outcome]]:
    """The lemmas that a task may cite, and the outcomes that settle the same goal for it."""
    lemmas = [
        _lemma(outcome)
        for outcome in before
        if outcome.proved and outcome.task.id in task.uses and outcome.task.goal != task.goal
    ]
    return lemmas, [o for o in before if derives(o.task, task) or _is_last_step(o.task, task)]


def _lemma(outcome: Outcome) -> LemmaData:
    return LemmaData(outcome.task.id, outcome.task.goal.to_text(), outcome.hash)


def _is_last_step(step: Task, derivation: Task) -> bool:
    """Whether a step of a derivation says just what the derivation is to prove."""
    own = step.kind == "step" and derivation.kind == "derivation" and step.parent == derivation.id
    return own and step.goal == derivation.goal
