"""Whether the lines of a document reach what they are to prove."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from therefore.goal import Goal
from therefore.joining import final_chain, missing, same_ends
from therefore.judge import Judge
from therefore.outcome import Outcome
from therefore.search import LemmaData
from therefore.task import Task
from therefore.verdict import Status, Verdict
from therefore.writing.names import Names
from therefore.writing.readings import written
from therefore.writing.text_terms import TextPrinter

__all__ = ["judge_proof", "judge_target"]

_MOST_LEMMAS = 12
_LONGEST_CHAIN = 40


def judge_proof(
    judge: Judge,
    task: Task,
    known: Sequence[Outcome],
    claim: Outcome | None,
    unread: frozenset[str],
) -> Outcome:
    """The outcome of an author's proof, given those of its lines and of the claim by itself.

    That the claim can be proved in some way is not enough: the lines have to lead to it.
    """
    steps = [o for o in known if o.task.parent == task.id]
    nothing = _unproved(task, claim)
    if not all(step.proved for step in steps) or set(task.uses) & unread:
        return nothing  # of these lines the weakest decides
    goals = [step.task.goal for step in steps]
    last = _last(task.goal, steps)
    if last:
        same = [o for o in last if o.task.goal == task.goal]
        outcome = judge.judge(task, _lemmas(last, task), same)
        within = all(_within(o.task.goal, task.goal) for o in last)
        if not outcome.proved and claim is not None and claim.proved and within:
            return judge.judge(task, [], [claim])
        return outcome
    if claim is not None and claim.proved:
        return _stops(nothing, task.goal, goals, steps[-1])
    outcome = judge.judge(task, _lemmas(steps, task))
    if outcome.proved and not set(outcome.lemmas) & {step.hash for step in steps}:
        return _stops(outcome, task.goal, goals, steps[-1])
    if outcome.verdict.status in (Status.SUPPORTED, Status.UNDECIDED):
        return _stops(outcome, task.goal, goals, steps[-1])
    return outcome


def _last(goal: Goal, steps: Sequence[Outcome]) -> list[Outcome]:
    """The last of the steps that say the goal; none if they do not reach it."""
    goals = [step.task.goal for step in steps]
    if goals[-1].conclusion == goal.conclusion:
        return [steps[-1]]
    chain = final_chain(goal, goals) or same_ends(goal, goals) or []
    return [steps[place] for place in chain]


def judge_target(judge: Judge, task: Task, lines: Sequence[Outcome]) -> Outcome:
    """Whether one of the lines, or the chain that they end with, is a claim that was set.

    A line that rests on a hypothesis of the author's own reaches less than was asked for.
    """
    ways = _ways(task.goal, lines)
    free = [way for way in ways if all(_within(o.task.goal, task.goal) for o in way)]
    for way in free:
        if all(o.proved for o in way):
            exact = [o for o in way if o.task.goal == task.goal]
            outcome = judge.judge(task, _lemmas(way, task), exact)
            if outcome.proved:
                return _remarked(outcome, f"reached by {_listed(way)}")
    alone = judge.judge(task, [])
    if alone.verdict.status in (Status.REFUTED, Status.CONTRADICTION, Status.ILL_FORMED):
        return _remarked(alone, "not reached; and what was set is itself not true")
    if free:
        worst = next((o for o in free[-1] if not o.proved), free[-1][-1])
        said = f"not reached: {_listed(free[-1])} says it, and is {_said(worst.verdict.status)}"
        return _demoted(alone, Status.UNDECIDED, said)
    if ways:
        known = set(task.goal.hypotheses)
        own = dict.fromkeys(
            hypothesis for o in ways[-1] for hypothesis in o.task.goal.hypotheses
            if hypothesis not in known
        )  # fmt: skip
        printer = _printer(ways[-1][0].task)
        listed = "; ".join(written(printer, one) for one in own)
        said = f"not reached: {_listed(ways[-1])} says it only where also {listed}"
        return _demoted(alone, Status.INCOMPLETE, said)
    return _demoted(alone, Status.INCOMPLETE, "not reached: no line says it")


def _ways(goal: Goal, lines: Sequence[Outcome]) -> list[list[Outcome]]:
    """The lines that say a goal, and the chains of lines from one of its sides to the other."""
    ways = [[o] for o in lines if o.task.goal.conclusion == goal.conclusion]
    for end in range(2, len(lines) + 1):
        near = lines[max(0, end - _LONGEST_CHAIN) : end]
        chain = final_chain(goal, [o.task.goal for o in near])
        if chain is not None and len(chain) > 1:
            ways.append([near[place] for place in chain])
    return ways


def _stops(outcome: Outcome, goal: Goal, steps: Sequence[Goal], last: Outcome) -> Outcome:
    said = [f"the proof stops at {last.task.label} ({last.task.source}), and that is not the claim"]
    left = missing(goal, steps)
    if left is not None:
        said.append(f"missing: {written(_printer(outcome.task, last.task), left)}")
    demoted = _demoted(outcome, Status.INCOMPLETE, said[0])
    return _remarked(demoted, *said[1:])


def _printer(*tasks: Task) -> TextPrinter:
    """What writes the terms of these tasks, in the notation of the first that has one."""
    notation = {name: latex for task in reversed(tasks) for name, latex in task.notation.items()}
    declared = {one[0]: one for task in tasks for one in task.goal.declarations}
    defined = {one[0]: one for task in tasks for one in task.goal.definitions}
    goal = replace(
        tasks[0].goal,
        declarations=tuple(declared.values()),
        definitions=tuple(defined.values()),
    )
    return TextPrinter(Names.of(goal, notation))


def _unproved(task: Task, claim: Outcome | None) -> Outcome:
    """An outcome for a proof of which nothing is known but its claim's instances."""
    agreement = claim.verdict.agreement if claim else None
    verdict = Verdict(Status.UNDECIDED, agreement=agreement)
    return Outcome(task, claim.hash if claim else "", verdict)


def _demoted(outcome: Outcome, status: Status, remark: str) -> Outcome:
    verdict = outcome.verdict
    kept = tuple(one for one in verdict.remarks if not one.startswith("tried: "))
    return replace(
        outcome,
        entry=None,
        verdict=replace(
            verdict,
            status=status,
            method="",
            certificate="",
            counterexample=None,
            remarks=(remark, *kept),
        ),
    )


def _remarked(outcome: Outcome, *remarks: str) -> Outcome:
    verdict = outcome.verdict
    return replace(outcome, verdict=replace(verdict, remarks=(*verdict.remarks, *remarks)))


def _within(line: Goal, goal: Goal) -> bool:
    """Whether a line assumes no more than a goal does."""
    return set(line.hypotheses) <= set(goal.hypotheses)


def _lemmas(outcomes: Sequence[Outcome], task: Task) -> list[LemmaData]:
    return [
        LemmaData(o.task.id, o.task.goal.to_text(), o.hash)
        for o in outcomes[-_MOST_LEMMAS:]
        if o.proved and o.task.goal != task.goal
    ]


def _listed(outcomes: Sequence[Outcome]) -> str:
    return ", ".join(o.task.label for o in outcomes)


def _said(status: Status) -> str:
    return status.value.lower().replace("_", "-")
