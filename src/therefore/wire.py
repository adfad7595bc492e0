"""Tasks, lemmas and agreements as plain JSON data, for the worker processes."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from therefore.goal import Goal, from_lists, to_lists
from therefore.task import Hints, Source, Task
from therefore.verdict import Agreement, Status

__all__ = ["agreement_from_data", "agreement_to_data", "task_from_data", "task_to_data"]


def task_to_data(task: Task) -> dict[str, Any]:
    """The task as JSON data."""
    return {
        "id": task.id,
        "label": task.label,
        "kind": task.kind,
        "source": [task.source.path, task.source.line, task.source.column],
        "goal": task.goal.to_text(),
        "expected": task.expected.value,
        "uses": list(task.uses),
        "hints": {
            "induction": task.hints.induction,
            "cases": to_lists(task.hints.cases),
            "witness": to_lists(task.hints.witness),
            "at": dict(task.hints.at),
        },
        "notation": dict(task.notation),
        "parent": task.parent,
    }


def task_from_data(data: dict[str, Any]) -> Task:
    """The task that ``task_to_data`` wrote."""
    hints = data["hints"]
    return Task(
        id=data["id"],
        label=data["label"],
        kind=data["kind"],
        source=Source(*data["source"]),
        goal=Goal.from_text(data["goal"]),
        expected=Status(data["expected"]),
        uses=tuple(data["uses"]),
        hints=Hints(
            induction=hints["induction"],
            cases=from_lists(hints["cases"]),
            witness=from_lists(hints["witness"]),
            at=hints["at"],
        ),
        notation=data["notation"],
        parent=data["parent"],
    )


def agreement_to_data(agreement: Agreement) -> dict[str, Any]:
    """The agreement as JSON data."""
    return asdict(agreement)


def agreement_from_data(data: dict[str, Any]) -> Agreement:
    """The agreement that ``agreement_to_data`` wrote."""
    return Agreement(**data)
