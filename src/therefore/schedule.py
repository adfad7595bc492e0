"""The order of the work, and how verdicts join upward.

Every task is judged once all that it may cite has been judged, on as many cores as there are,
with the same outcome on any number of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import replace
from typing import TypeAlias

from therefore.goal import Term
from therefore.judge import Judge, Outcome
from therefore.search import LemmaData
from therefore.task import Task
from therefore.verdict import Status

__all__ = ["Progress", "derives", "given", "schedule"]

# Called with how many tasks are done, of how many, and the id of the oldest one in work.
Progress: TypeAlias = Callable[[int, int, str], None]

# From the best to the worst: a line is never better than the weakest that it rests on.
_RANK = (
    Status.PROVED,
    Status.SUPPORTED,
    Status.UNDECIDED,
    Status.VACUOUS,
    Status.INCOMPLETE,
    Status.REFUTED,
    Status.ILL_FORMED,
    Status.CONTRADICTION,
)


def schedule(
    tasks: Sequence[Task],
    judge: Judge,
    jobs: int,
    *,
    unread: frozenset[str] = frozenset(),
    progress: Progress | None = None,
) -> list[Outcome]:
    """The outcomes of the tasks, in their order; ``unread`` are the ids of ill-formed lines."""
    waits = _dependencies(tasks)
    done: dict[int, Outcome] = {}
    running: dict[Future[Outcome], int] = {}
    waiting = list(range(len(tasks)))
    with ThreadPoolExecutor(max_workers=jobs) as pool:
        while waiting or running:
            ready = [place for place in waiting if waits[place] <= done.keys()]
            if not ready and not running:  # a cycle of citations: break it at its first line
                ready = waiting[:1]
            for place in ready[: max(0, jobs - len(running))]:
                waiting.remove(place)
                task = tasks[place]
                before = [done[k] for k in sorted(waits[place]) if k in done]
                running[pool.submit(judge.judge, task, *given(task, before))] = place
            finished, _ = wait(running, timeout=0.5, return_when=FIRST_COMPLETED)
            for future in finished:
                place = running.pop(future)
                before = [done[k] for k in sorted(waits[place]) if k in done]
                done[place] = _joined(future.result(), before, unread)
            if progress is not None:
                current = min(running.values(), default=len(tasks) - 1)
                progress(len(done), len(tasks), tasks[current].id)
    return [done[place] for place in range(len(tasks))]


def _dependencies(tasks: Sequence[Task]) -> list[set[int]]:
    """For each task the places of those that have to be judged before it."""
    places = {task.id: place for place, task in enumerate(tasks)}
    waits = [{places[name] for name in task.uses if name in places} for task in tasks]
    for place, task in enumerate(tasks):
        for other, derivation in enumerate(tasks):
            if task.kind == "claim" and derives(derivation, task):
                waits[place].add(other)
                waits[other].discard(place)
            if task.kind == "derivation" and derivation.parent == task.id:
                waits[place].add(other)
        waits[place].discard(place)
    return waits


def derives(derivation: Task, claim: Task) -> bool:
    """Whether a derivation is one of this claim: of the same goal, or named as such."""
    return derivation.kind == "derivation" and (
        derivation.parent == claim.id or derivation.goal == claim.goal
    )


def given(task: Task, before: Sequence[Outcome]) -> tuple[list[LemmaData], list[Outcome]]:
    """The lemmas that a task may cite, and the outcomes that settle the same goal for it."""
    lemmas = [
        LemmaData(outcome.task.id, outcome.task.goal.to_text(), outcome.hash)
        for outcome in before
        if outcome.proved and outcome.task.id in task.uses and outcome.task.goal != task.goal
    ]
    return lemmas, [o for o in before if derives(o.task, task) or _is_last_step(o.task, task)]


def _is_last_step(step: Task, derivation: Task) -> bool:
    """Whether a step of a derivation says just what the derivation is to prove."""
    own = step.kind == "step" and derivation.kind == "derivation" and step.parent == derivation.id
    return own and step.goal == derivation.goal


def _joined(outcome: Outcome, before: Sequence[Outcome], unread: frozenset[str]) -> Outcome:
    """An outcome that is no better than the weakest line that it is made of."""
    task = outcome.task
    if task.kind == "derivation":
        steps = [o for o in before if o.task.kind == "step" and o.task.parent == task.id]
        broken = sorted(name for name in task.uses if name in unread)
        return _of_derivation(outcome, steps, broken)
    if task.kind == "claim" and outcome.proved:
        failed = [o.task.label for o in before if derives(o.task, task) and not o.proved]
        if failed:
            remark = f"not by {', '.join(failed)}, which does not hold to its end"
            return _with(outcome, outcome.verdict.status, remark)
    return outcome


def _of_derivation(outcome: Outcome, steps: Sequence[Outcome], unread: Sequence[str]) -> Outcome:
    status = outcome.verdict.status
    if status is Status.CONTRADICTION or not (steps or unread):
        return outcome
    weakest = max(steps, key=lambda step: _RANK.index(step.verdict.status), default=outcome)
    if weakest.verdict.status is not Status.PROVED:
        # The line itself may be true: that a step is refuted says nothing against it, and the
        # step's counterexample belongs to the step.
        place = f"{weakest.task.label} ({weakest.task.source})"
        refuted = weakest.verdict.status is Status.REFUTED
        status = Status.UNDECIDED if refuted else weakest.verdict.status
        how = "refuted" if refuted else "the weakest"
        capped = _with(outcome, status, f"of its steps, {place} is {how}")
        return replace(
            capped,
            verdict=replace(capped.verdict, method="", certificate="", counterexample=None),
        )
    if unread:
        return _with(outcome, Status.INCOMPLETE, f"{', '.join(unread)} could not be read")
    if status is Status.PROVED and not _leads(outcome, steps):
        return _with(outcome, Status.INCOMPLETE, "the claim holds, but these steps do not reach it")
    if status in (Status.SUPPORTED, Status.UNDECIDED):
        remark = "every step is proved, but the last line is not the claim"
        return _with(outcome, Status.INCOMPLETE, remark)
    return outcome


def _leads(outcome: Outcome, steps: Sequence[Outcome]) -> bool:
    """Whether the steps lead to the goal: it cites one, is the last, or is the chain's ends."""
    goal = outcome.task.goal.conclusion
    if set(outcome.lemmas) & {step.hash for step in steps}:
        return True
    lines = [step.task.goal.conclusion for step in steps]
    if lines[-1] == goal:
        return True
    return len(goal) == 3 and (_chains(goal[1], lines, goal[2]) or _chains(goal[2], lines, goal[1]))


def _chains(start: Term, lines: Sequence[Term], end: Term) -> bool:
    for line in lines:
        if len(line) != 3 or start not in line[1:]:
            return False
        start = line[2] if line[1] == start else line[1]
    return bool(start == end)


def _with(outcome: Outcome, status: Status, remark: str) -> Outcome:
    verdict = outcome.verdict
    return replace(
        outcome, verdict=replace(verdict, status=status, remarks=(remark, *verdict.remarks))
    )
