"""What was tried on a line, for the terminal: each step, and below it what it consisted of."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from therefore.record import Record
from therefore.writing.rows import counted
from therefore.writing.style import Style, pad

__all__ = ["explained_rows"]

_LABEL = 5
_LONGEST_GOAL = 160
# So many provers are listed with their share of the time, where goals were opened.
_MOST_TOTALS = 4


def explained_rows(record: Record, indent: int, style: Style) -> Iterator[str]:
    """The rows below a line; none where nothing was asked for."""
    head = "tried"
    for entry in record.explained:
        for depth, text in _entry(entry):
            yield from _wrapped(head, text, indent, depth, style)
            head = ""


def _wrapped(head: str, text: str, indent: int, depth: int, style: Style) -> Iterator[str]:
    within = " " * (2 * depth)
    room = max(40, style.columns - indent - _LABEL - 2 - len(within))
    for row, part in enumerate(textwrap.wrap(text, room, break_on_hyphens=False)):
        word = pad("" if row else head, _LABEL)
        hanging = "  " if row else ""
        yield f"{' ' * indent}{style.paint(f'{word}  {within}{hanging}{part}', 'dim')}"


_Rows = Iterator[tuple[int, str]]


def _entry(entry: dict[str, Any]) -> _Rows:
    took = f" ({entry['seconds']:.2f} s)" if "seconds" in entry else ""
    yield 0, f"{entry['by']}: {entry['said']}{took}"
    for note in entry.get("notes", ()):
        yield 1, note
    for goal in entry.get("goals", ()):
        # The line itself stands above; another goal is one that makes a hypothesis defined.
        if len(entry["goals"]) > 1:
            yield 1, f"{_short(goal['goal'])}: {goal['outcome']}"
        yield from _trials(goal["trials"], 1)
    yield from _totals(entry.get("provers", ()))
    for stage in entry.get("stages", ()):
        yield 1, _stage(stage)


def _trials(trials: list[dict[str, Any]], depth: int) -> _Rows:
    """Those who tried in vain, with nothing to tell of it, stand together in one row."""
    for silent, group in groupby(trials, key=_is_silent):
        several = list(group)
        if silent:
            seconds = sum(trial["seconds"] for trial in several)
            names = ", ".join(trial["prover"] for trial in several)
            yield depth, f"{names}: nothing ({seconds:.2f} s)"
            continue
        for trial in several:
            notes = f": {', '.join(trial['notes'])}" if trial["notes"] else ""
            took = f"({trial['seconds']:.2f} s)"
            yield depth, f"{trial['prover']}: {trial['outcome']} {took}{notes}"
            for goal in trial["goals"]:
                yield depth + 1, f"{_short(goal['goal'])}: {goal['outcome']}"
                yield from _trials(goal["trials"], depth + 2)
            if trial["more_goals"]:
                yield depth + 1, f"and {counted(trial['more_goals'], 'other goal')}"


def _is_silent(trial: dict[str, Any]) -> bool:
    return trial["outcome"] == "nothing" and not trial["notes"] and not trial["goals"]


def _totals(provers: list[dict[str, Any]]) -> _Rows:
    if any(one["asked"] > 1 for one in provers):
        slowest = sorted(provers, key=lambda one: -one["seconds"])[:_MOST_TOTALS]
        parts = (
            f"{one['prover']} {one['seconds']:.2f} s, {one['found']} of {one['asked']} found"
            for one in slowest
        )
        yield 1, f"most time in: {'; '.join(parts)}"


def _stage(stage: dict[str, Any]) -> str:
    sizes = ", ".join(f"{name} {_span(values)}" for name, values in stage["sizes"].items())
    said = f"{stage['stage']}: {stage['evaluated']} looked at, {stage['usable']} satisfy the "
    said += f"hypotheses, {stage['failing']} break the conclusion"
    if stage["unknown"]:
        said += f", {stage['unknown']} could not be decided"
    return f"{said}; {sizes}" if sizes else said


def _span(values: list[int]) -> str:
    low, high = values[0], values[-1]
    return str(low) if low == high else f"{low}..{high}"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_GOAL else f"{text[: _LONGEST_GOAL - 1]}…"
