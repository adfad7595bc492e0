"""Help for a refuted line in a sentence: what is proved is told as true, the rest as it seems."""

from __future__ import annotations

from collections.abc import Sequence

from therefore.helping.findings import Finding
from therefore.task import Task
from therefore.writing.names import Names
from therefore.writing.text_terms import TextPrinter

__all__ = ["sentence"]


def sentence(task: Task, finding: Finding, proved: Sequence[bool]) -> str:
    """One piece of help; ``proved`` says of each proposal whether the kernel accepted a proof."""
    printer = TextPrinter(Names.of(task.goal, task.notation))
    shown = [printer.write(term) for term in finding.terms]
    count = finding.proposals[0].instances
    if finding.kind == "digits":
        return _digits(finding, shown, proved[0])
    if finding.kind == "nearest":
        if shown[0] == printer.write(task.goal.conclusion):
            return ""
        if proved[0]:
            return f"nearest true line: {shown[0]}"
        return f"nearest line that may be true: {shown[0]} (it holds on {count} instances)"
    if finding.kind == "condition":
        return _condition(finding, shown[0], proved)
    if finding.kind == "side" and shown[0] == printer.write(task.goal.conclusion[1]):
        return ""
    what = "the limit" if finding.kind == "limit" else "the left side"
    if proved[0]:
        return f"{what} is {shown[0]}"
    return f"{what} seems to be {shown[0]} (so it is on {count} instances)"


def _digits(finding: Finding, shown: Sequence[str], proved: bool) -> str:
    words = finding.words
    value = words["value"] or shown[0]
    to_what = {"exact": "", "digits": " to the digits shown"}
    how = to_what.get(words["how"], f" to {words['how']}")
    many = words.get("entries", "1") != "1"
    what = "the entries of the left side" if many else "the left side"
    verb = ("are" if many else "is") if proved else ("seem" if many else "seems") + " to be"
    text = f"{what} {verb} {value}{how}"
    if "cut" in words:
        text += f"; {words['cut']} is cut off, not rounded"
    return text


def _condition(finding: Finding, shown: str, proved: Sequence[bool]) -> str:
    count = finding.proposals[0].instances
    exact = len(finding.proposals) > 1
    if exact and all(proved):
        return f"true exactly when {shown}"
    if proved[0] and exact:
        other = finding.proposals[1].instances
        return f"true if {shown}, and false on all of {other} instances otherwise"
    if proved[0]:
        return f"true if {shown}"
    if exact:
        other = finding.proposals[1].instances
        return (
            f"seems to be true exactly when {shown} (true on {count} instances, "
            f"false on {other} others)"
        )
    return f"seems to be true if {shown} (so it is on {count} instances)"
