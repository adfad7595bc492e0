"""Help for a refuted line: the workers look for it, the kernel decides what is told as true.

Nothing here changes a verdict, and whatever goes wrong is left untold.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from therefore.helping.findings import Proposal, from_data
from therefore.kernel_process import Accepted, KernelProcess
from therefore.search import LemmaData, Workers
from therefore.task import Task

__all__ = ["KINDS", "look_for_help", "tell"]

FORMAT = "therefore-1"
KINDS = ("digits", "sides", "nearest", "conditions")
# Seconds for each kind of help, and for one search for a proof in it.
BUDGET = 5.0
STEP = 3.0


def look_for_help(task: Task, lemmas: Sequence[LemmaData], workers: Workers) -> list[Any]:
    """What the workers find of each kind, as data that ``tell`` reads."""
    found: list[Any] = []
    for kind in KINDS:
        found += workers.help(task, lemmas, kind=kind, budget=BUDGET, step=STEP)
    return found


def tell(task: Task, found: Sequence[Any], kernel: KernelProcess) -> tuple[str, ...]:
    """The findings in sentences. A proof in them counts once the kernel has accepted it."""
    from therefore.writing.help import sentence

    told: dict[str, None] = {}
    for data in found:
        try:
            finding = from_data(data)
            proved = tuple(_accepted(one, kernel) for one in finding.proposals)
            text = sentence(task, finding, proved)
        except Exception:
            # A cache may hold anything, and a term may have no words: then nothing is told.
            continue
        if text:
            told[text] = None
    return tuple(told)


def _accepted(proposal: Proposal, kernel: KernelProcess) -> bool:
    from therefore.kernel import goal_hash

    if proposal.proof is None or proposal.witness is None:
        return False
    text = proposal.goal.to_text()
    certificate: Mapping[str, Any] = {
        "format": FORMAT,
        "goal": goal_hash(text),
        "kind": "proof",
        "proof": proposal.proof,
        "witness": proposal.witness,
    }
    answer = kernel.accept(text, json.dumps(certificate, separators=(",", ":")))
    return isinstance(answer, Accepted) and answer.kind == "proof"
