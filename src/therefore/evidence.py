"""The evidence on one line, and the verdict that it supports."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from therefore.explanation import Explanation
from therefore.kernel_process import Accepted
from therefore.search import Sample
from therefore.store import Entry
from therefore.task import Task
from therefore.verdict import Counterexample, Status, Verdict

__all__ = ["Evidence", "counterexample_of", "verdict_of"]


@dataclass
class Evidence:
    """What has been gathered of one task so far."""

    sample: Sample
    proof: Accepted | None = None
    refutation: Accepted | None = None
    entry: Entry | None = None
    method: str = ""
    counterexample: Counterexample | None = None
    tried: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    disagreement: str = ""
    ill_formed: str = ""
    no_rules: str = ""
    note: str = ""
    stale: bool = False
    searched: bool = False
    crashed: bool = False
    witness: bool | None = None
    explained: list[Explanation] = field(default_factory=list)


def counterexample_of(task: Task, certificate: Mapping[str, Any]) -> Counterexample | None:
    from therefore.goal import from_lists
    from therefore.writing.counterexamples import explain

    values = certificate.get("values")
    if not isinstance(values, dict) or not values:
        return None
    closed = {name: from_lists(value) for name, value in values.items()}
    return explain(task.goal, task.notation, closed, certificate.get("conclusion"))


def verdict_of(task: Task, evidence: Evidence, seconds: float) -> Verdict:
    """The verdict that the evidence supports, and no better one."""
    sample, agreement = evidence.sample, evidence.sample.agreement
    broken = agreement.usable - agreement.agreeing if agreement else 0
    status, method, remarks = Status.UNDECIDED, evidence.method, list(evidence.remarks)
    stored = evidence.entry is not None and evidence.counterexample is None
    if evidence.refutation is not None and evidence.entry is not None and stored:
        evidence.counterexample = counterexample_of(task, evidence.entry.certificate)
    if evidence.disagreement:
        status, method = Status.CONTRADICTION, ""
        remarks.append(evidence.disagreement)
    elif evidence.proof is not None and evidence.refutation is not None:
        status = Status.CONTRADICTION
        remarks.append("the kernel accepted a proof and a counterexample")
    elif evidence.proof is not None and (sample.confirmed or broken > sample.unconfirmed):
        status = Status.CONTRADICTION
        remarks.append(f"proved, but {broken} of {_instances(agreement)} disagree")
    elif evidence.proof is not None:
        status = Status.PROVED
        if agreement is not None and broken:  # in floating point only, and not decided exactly
            agreement = replace(agreement, usable=agreement.agreeing)
            remarks.append(f"not counted: {_undecided(broken)}")
    elif evidence.refutation is not None:
        status = Status.REFUTED
    elif evidence.ill_formed:
        status = Status.ILL_FORMED
        remarks.append(evidence.ill_formed)
    elif evidence.no_rules:
        agrees = agreement is not None and agreement.usable and not (broken or sample.doubtful)
        status, method = (Status.SUPPORTED, "random instances") if agrees else (status, "")
        remarks.append(f"there are no rules yet for {evidence.no_rules}, so it is not proved")
        if broken and agreement is not None:
            remarks.append(f"{broken} of {_instances(agreement)} disagree in {agreement.precision}")
    elif agreement is not None and agreement.tried and not (agreement.usable or evidence.witness):
        status = Status.VACUOUS
        remarks.append(
            f"none of {agreement.tried} random instances satisfies the hypotheses, "
            "and no values were found that do"
        )
    elif sample.doubtful and not broken:
        remarks.append(
            f"{sample.doubtful} instances disagree, on which a hypothesis holds only as far as it "
            "was sampled"
        )
    elif agreement is not None and agreement.usable and not broken:
        status, method = Status.SUPPORTED, "random instances"
    elif broken:
        remarks.append(
            f"{broken} of {_instances(agreement)} disagree in {agreement.precision}, "
            "and none of them could be confirmed exactly"
            if agreement
            else ""
        )
    if status in (Status.SUPPORTED, Status.UNDECIDED, Status.VACUOUS) and evidence.tried:
        remarks.append("tried: " + "; ".join(dict.fromkeys(evidence.tried)))
    accepted = evidence.entry is not None and status in (Status.PROVED, Status.REFUTED)
    return Verdict(
        status=status,
        method=method,
        certificate=json.dumps(evidence.entry.certificate) if accepted and evidence.entry else "",
        counterexample=evidence.counterexample,
        agreement=agreement,
        remarks=tuple(remarks),
        seconds=seconds,
    )


def _undecided(count: int) -> str:
    return f"{count} {'instance' if count == 1 else 'instances'} that rounding leaves open"


def _instances(agreement: Any) -> str:
    return f"{agreement.usable} instances" if agreement else "the instances"
