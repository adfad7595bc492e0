"""What is said beside the verdicts of a document: what was not used, and what contradicts what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from therefore.goal import Term
from therefore.outcome import Outcome
from therefore.verdict import Status

__all__ = ["with_side_remarks"]

_SAID = {
    Status.REFUTED: "which is refuted",
    Status.UNDECIDED: "which is undecided",
    Status.SUPPORTED: "which is supported by instances only",
    Status.VACUOUS: "whose hypotheses nothing satisfies",
    Status.INCOMPLETE: "which is not proved to its end",
    Status.CONTRADICTION: "of which proof and instances disagree",
    Status.ILL_FORMED: "which has no truth value",
}


@dataclass(frozen=True)
class _Range:
    """What a line says of an expression: that it lies in a range of numbers."""

    low: Fraction | None
    high: Fraction | None
    open_low: bool = False
    open_high: bool = False

    def excludes(self, other: _Range) -> bool:
        """Whether no number lies in both."""
        return self._below(other) or other._below(self)

    def _below(self, other: _Range) -> bool:
        if self.high is None or other.low is None:
            return False
        touching = self.high == other.low and (self.open_high or other.open_low)
        return self.high < other.low or touching


def with_side_remarks(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """The outcomes, those of documents with a remark on each line that was no premise of theirs,
    and on each other line that says the opposite."""
    by_id = {outcome.task.id: outcome for outcome in outcomes}
    remarks: dict[str, list[str]] = {}
    for outcome in outcomes:
        if not outcome.task.in_document:
            continue
        for name in outcome.task.follows:
            before = by_id.get(name)
            if before is not None and before.verdict.status in _SAID:
                said = _SAID[before.verdict.status]
                remarks.setdefault(outcome.task.id, []).append(
                    f"not used: {before.task.label}, {said}"
                )
    _contradictions(outcomes, remarks)
    return [_remarked(outcome, remarks) for outcome in outcomes]


def _remarked(outcome: Outcome, remarks: Mapping[str, list[str]]) -> Outcome:
    found = remarks.get(outcome.task.id)
    if not found:
        return outcome
    verdict = outcome.verdict
    return replace(outcome, verdict=replace(verdict, remarks=(*verdict.remarks, *found)))


def _contradictions(outcomes: Sequence[Outcome], remarks: dict[str, list[str]]) -> None:
    """Two lines that cannot both hold, of which one is proved and one is refuted."""
    said: dict[Any, list[tuple[Outcome, _Range]]] = {}
    for outcome in outcomes:
        task = outcome.task
        if not task.in_document or task.kind not in ("line", "claim"):
            continue
        if outcome.verdict.status not in (Status.PROVED, Status.REFUTED):
            continue
        found = _range_of(task.goal.conclusion)
        if found is None:
            continue
        of, here = found
        key = (task.document, of, task.goal.hypotheses, task.goal.definitions)
        for other, there in said.get(key, []):
            if other.verdict.status is not outcome.verdict.status and here.excludes(there):
                for one, against in ((outcome, other), (other, outcome)):
                    status = against.verdict.status.lower()
                    remarks.setdefault(one.task.id, []).append(
                        f"contradicts {against.task.label}, which is {status}"
                    )
        said.setdefault(key, []).append((outcome, here))


def _range_of(formula: Term) -> tuple[Term, _Range] | None:
    """The expression of which a formula gives the value or a bound, and its range."""
    if formula[0] == "and" and len(formula) == 3:
        first, second = _range_of(formula[1]), _range_of(formula[2])
        if first is None or second is None or first[0] != second[0]:
            return None
        low, high = (first[1], second[1]) if first[1].low is not None else (second[1], first[1])
        return first[0], _Range(low.low, high.high, low.open_low, high.open_high)
    if len(formula) != 3 or formula[0] not in ("=", "<", "<="):
        return None
    left, right = _number(formula[1]), _number(formula[2])
    strict = formula[0] == "<"
    if (left is None) == (right is None):
        return None
    if formula[0] == "=":
        value = right if left is None else left
        return (formula[1] if left is None else formula[2]), _Range(value, value)
    if left is None:
        return formula[1], _Range(None, right, open_high=strict)
    return formula[2], _Range(left, None, open_low=strict)


def _number(term: Term) -> Fraction | None:
    """The value of a term that is arithmetic on rational numbers, and nothing else."""
    if isinstance(term, str):
        try:
            return Fraction(term) if len(term) < 40 else None
        except (ValueError, ZeroDivisionError):
            return None
    parts = [_number(part) for part in term[1:]]
    values = [part for part in parts if part is not None]
    if not parts or len(values) < len(parts):
        return None
    if term[0] == "+":
        return sum(values, Fraction(0))
    if term[0] == "-" and len(values) == 1:
        return -values[0]
    if term[0] == "*":
        product = Fraction(1)
        for value in values:
            product *= value
        return product
    if term[0] == "/" and len(values) == 2 and values[1] != 0:
        return values[0] / values[1]
    return None
