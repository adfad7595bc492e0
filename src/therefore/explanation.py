"""What was tried on a line, as plain data: one entry for each step, in their order.

Every entry says ``by`` whom, what came of it (``said``), and, where something was searched, the
``seconds``. The entry of the provers has the ``goals`` with those who tried them, in their order,
each with its outcome, notes, seconds and the smaller goals that it opened; and in ``provers``, for
each of them, how often it was asked, how often it found a proof, and its own seconds, at all
depths. The entry of the refuters has the ``stages`` of what they looked at. But for the seconds,
two runs say the same, as long as no budget is used up.
"""

from __future__ import annotations

from typing import Any

from therefore.goal import from_lists
from therefore.search import Proof, Refutation, Sample
from therefore.task import Task

__all__ = ["Explanation", "of_provers", "of_refuters", "of_sample", "of_witness", "said_by"]

Explanation = dict[str, Any]


def said_by(whom: str, what: str) -> Explanation:
    """An entry of a step that searches nothing."""
    return {"by": whom, "said": what}


def of_sample(sample: Sample, seconds: float) -> Explanation:
    """What random instances say."""
    agreement = sample.agreement
    if sample.failure or agreement is None:
        said = sample.failure or "none were drawn"
    elif agreement.precision == "exact":
        said = "decided exactly" if agreement.usable else "the hypotheses do not hold"
    else:
        sizes = ", ".join(f"{name} {size}" for name, size in agreement.sizes.items())
        said = (
            f"{agreement.agreeing} of {agreement.usable} that satisfy the hypotheses agree"
            f"{f', with {sizes}' if sizes else ''}; {agreement.tried} drawn"
        )
        if sample.confirmed:
            said += f"; {sample.confirmed} disagree exactly"
    notes = [*sample.notes]
    return {"by": "random instances", "said": said, "notes": notes, "seconds": _rounded(seconds)}


def of_provers(task: Task, found: Proof) -> Explanation:
    """What the provers did, with goals as text in the notation of the task."""
    account = found.account or {"goals": [], "provers": [], "seconds": 0.0}
    goals = [_goal(task, one) for one in account["goals"]]
    if found.proof is not None:
        last = goals[-1]["trials"][-1] if goals and goals[-1]["trials"] else None
        said = f"proved by {last['prover']}" if last else "proved"
    else:
        said = found.failure or "nothing found"
    ends = [*found.tried[-1:]] if found.proof is None and not goals else []
    return {
        "by": "provers",
        "said": "; ".join([said, *ends]),
        "seconds": _rounded(account["seconds"]),
        "goals": goals,
        "provers": [
            {**one, "seconds": _rounded(one["seconds"])} for one in account["provers"]
        ],
    }  # fmt: skip


def of_witness(found: Proof) -> Explanation:
    """Whether values that satisfy the hypotheses were found."""
    some = "values that satisfy the hypotheses were found"
    none = "no values were found that satisfy the hypotheses"
    seconds = (found.account or {}).get("witness_seconds", 0.0)
    said = none if found.witness is None else some
    return {"by": "witness", "said": said, "seconds": _rounded(seconds)}


def of_refuters(found: Refutation, seconds: float) -> Explanation:
    """What the refuters looked at, and how many candidates came of it."""
    count = f"{found.tried or 'no'} candidate{'' if found.tried == 1 else 's'}"
    if found.failure:
        said = found.failure
    elif found.certificate is not None:
        said = f"a counterexample, the last of {count}" if found.tried > 1 else "a counterexample"
    else:
        said = f"no counterexample; {count}"
    stages = [one for one in found.account if one["evaluated"]]
    return {"by": "refuters", "said": said, "seconds": _rounded(seconds), "stages": stages}


def _goal(task: Task, data: dict[str, Any]) -> dict[str, Any]:
    from therefore.writing.names import Names
    from therefore.writing.readings import written
    from therefore.writing.text_terms import TextPrinter

    printer = TextPrinter(Names.of(task.goal, task.notation))

    def of(one: dict[str, Any]) -> dict[str, Any]:
        return {
            "goal": written(printer, from_lists(one["goal"])),
            "outcome": one["outcome"],
            "trials": [
                {
                    **trial,
                    "goals": [of(inner) for inner in trial["goals"]],
                    "seconds": _rounded(trial["seconds"]),
                }
                for trial in one["trials"]
            ],
        }

    return of(data)


def _rounded(seconds: float) -> float:
    return round(seconds, 4)
