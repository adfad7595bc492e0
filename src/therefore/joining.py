"""How verdicts join upward: from the lines to what they are to prove."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from therefore.goal import Goal, Term
from therefore.outcome import Outcome
from therefore.task import Task
from therefore.verdict import Status

__all__ = ["derives", "final_chain", "joined", "missing", "reached", "same_ends"]

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
_STEPS = ("step", "line", "claim")


def derives(derivation: Task, claim: Task) -> bool:
    """Whether a derivation is one of this claim: of the same goal, or named as such."""
    return derivation.kind == "derivation" and (
        derivation.parent == claim.id or derivation.goal == claim.goal
    )


def joined(outcome: Outcome, before: Sequence[Outcome], unread: frozenset[str]) -> Outcome:
    """An outcome that is no better than the weakest line that it is made of."""
    task = outcome.task
    if task.kind == "derivation":
        steps = [o for o in before if o.task.kind in _STEPS and o.task.parent == task.id]
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
    if steps and weakest.verdict.status is not Status.PROVED:
        # The line itself may be true: that a step is refuted says nothing against it, and the
        # step's counterexample belongs to the step.
        place = f"{weakest.task.label} ({weakest.task.source})"
        refuted = weakest.verdict.status is Status.REFUTED
        status = Status.UNDECIDED if refuted else weakest.verdict.status
        how = "refuted" if refuted else "the weakest"
        return _without_proof(outcome, status, f"of its steps, {place} is {how}")
    if unread:
        names = ", ".join(name.rpartition("::")[2] for name in unread)
        return _without_proof(outcome, Status.INCOMPLETE, f"{names} could not be read")
    if status is Status.PROVED and not _leads(outcome, steps):
        return _with(outcome, Status.INCOMPLETE, "the claim holds, but these steps do not reach it")
    if status in (Status.SUPPORTED, Status.UNDECIDED):
        remark = "every step is proved, but the last line is not the claim"
        return _with(outcome, Status.INCOMPLETE, remark)
    return outcome


def _leads(outcome: Outcome, steps: Sequence[Outcome]) -> bool:
    """Whether the steps lead to the goal: it cites one, is the last, or is the chain's ends."""
    if set(outcome.lemmas) & {step.hash for step in steps}:
        return True
    return reached(outcome.task.goal, [step.task.goal for step in steps])


def reached(goal: Goal, steps: Sequence[Goal]) -> bool:
    """Whether the last of the steps is the goal, or the goal is the ends of their chain."""
    lines = [step.conclusion for step in steps]
    if not lines:
        return False
    return (
        lines[-1] == goal.conclusion
        or final_chain(goal, steps) is not None
        or same_ends(goal, steps) is not None
    )


def final_chain(goal: Goal, steps: Sequence[Goal]) -> list[int] | None:
    """The last steps, by their places, if they are a chain from one side of the goal to the other.

    A chain goes one way: ``a <= b`` and ``c <= b`` are none from a to c.
    """
    conclusion = goal.conclusion
    if not _is_order(conclusion):
        return None
    lines = [step.conclusion for step in steps]
    for start in range(len(lines) - 1, -1, -1):
        for side in (1, 2):
            end = _end_of_chain(conclusion, side, lines[start:])
            strict = conclusion[0] != "<" or any(line[0] == "<" for line in lines[start:])
            if end == conclusion[3 - side] and strict:
                return list(range(start, len(lines)))
    return None


def missing(goal: Goal, steps: Sequence[Goal]) -> Term | None:
    """What is left to prove after the last steps, if they begin with a side of the goal."""
    conclusion = goal.conclusion
    if not _is_order(conclusion):
        return None
    lines = [step.conclusion for step in steps]
    for start in range(len(lines)):
        for side in (1, 2):
            end = _end_of_chain(conclusion, side, lines[start:])
            if end is not None and end != conclusion[side]:
                strict = any(line[0] == "<" for line in lines[start:])
                head = "<=" if conclusion[0] == "<" and strict else conclusion[0]
                sides = (end, conclusion[2]) if side == 1 else (conclusion[1], end)
                return (head, *sides)
    return None


def same_ends(goal: Goal, steps: Sequence[Goal]) -> list[int] | None:
    """The last steps, by their places, if what they say together is the goal written otherwise:
    a relation of the same kind whose sides differ by as much, to the kernel's normal form."""
    lines = [step.conclusion for step in steps]
    for start in range(len(lines) - 1, -1, -1):
        if not _is_order(lines[start]):
            return None
        for side in (1, 2):
            heads = {line[0] for line in lines[start:]}
            head = "<" if "<" in heads else "<=" if "<=" in heads else "="
            first = lines[start][side]
            end = _end_of_chain((head, first, first), side, lines[start:])
            if end is not None:
                sides = (first, end) if side == 1 else (end, first)
                if _same_statement(goal, (head, *sides), steps[start:]):
                    return list(range(start, len(lines)))
    return None


def _same_statement(goal: Goal, formula: Term, steps: Sequence[Goal]) -> bool:
    conclusion = goal.conclusion
    if not _is_order(conclusion) or (conclusion[0], formula[0]) not in (
        ("=", "="), ("<=", "<="), ("<", "<"), ("<=", "<"),
    ):  # fmt: skip
        return False
    from therefore.kernel import Rejected
    from therefore.provers.bench import Bench
    from therefore.task import Hints

    declared = {one[0]: one for each in (goal, *steps) for one in each.declarations}
    defined = {one[0]: one for each in (goal, *steps) for one in each.definitions}
    both = Goal(
        tuple(declared.values()),
        tuple(defined.values()),
        goal.hypotheses,
        ("and", conclusion, formula),
    )
    try:
        ctx, (_, ours, theirs) = Bench([], Hints(), float("inf")).start(both.to_text())
        gaps = [("+", one[2], ("-", one[1])) for one in (ours, theirs)]
        return bool(ctx.equal(*gaps))
    except (Rejected, KeyError, ValueError, RecursionError):
        return False


def _is_order(formula: Term) -> bool:
    return len(formula) == 3 and formula[0] in ("=", "<=", "<")


def _end_of_chain(conclusion: Term, side: int, lines: Sequence[Term]) -> Term | None:
    """Where lines lead from a side of the conclusion, each from where the one before ends."""
    at = conclusion[side]
    for line in lines:
        if not _is_order(line) or (conclusion[0] == "=" and line[0] != "="):
            return None
        if line[side] == at:
            at = line[3 - side]
        elif line[0] == "=" and line[3 - side] == at:
            at = line[side]
        else:
            return None
    return at


def _with(outcome: Outcome, status: Status, remark: str) -> Outcome:
    verdict = outcome.verdict
    return replace(
        outcome, verdict=replace(verdict, status=status, remarks=(remark, *verdict.remarks))
    )


def _without_proof(outcome: Outcome, status: Status, remark: str) -> Outcome:
    capped = _with(outcome, status, remark)
    return replace(
        capped, verdict=replace(capped.verdict, method="", certificate="", counterexample=None)
    )
