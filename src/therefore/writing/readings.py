"""What the reader understood of a LaTeX document, line by line, with nothing checked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from therefore.goal import Term
from therefore.task import Task
from therefore.writing.names import Names
from therefore.writing.text_terms import TextPrinter

if TYPE_CHECKING:
    from therefore.reading.modules import ReadError

__all__ = ["readings", "written"]


def readings(tasks: Sequence[Task], errors: Sequence[ReadError]) -> str:
    """The lines in the order of the document, each with its place; then a summary."""
    tasks = [task for task in tasks if task.kind != "derivation"]  # it says what its claim says
    found = [(task.source.line, _reading(task)) for task in tasks]
    found += [(error.line, f"✗ {error}") for error in errors]
    parts = [text for _, text in sorted(found, key=lambda one: one[0])]
    lines = f"{len(tasks)} line{'s' * (len(tasks) != 1)} read, {len(errors)} not"
    return "\n\n".join([*parts, lines])


def _reading(task: Task) -> str:
    printer = TextPrinter(Names.of(task.goal, task.notation))
    given = [f"    given  {written(printer, one)}" for one in task.goal.hypotheses]
    head = f"{task.source.path}:{task.source.line}:{task.source.column}  {task.label}"
    return "\n".join([head, *given, f"    says   {written(printer, task.goal.conclusion)}"])


def written(printer: TextPrinter, formula: Term) -> str:
    """The formula as text; as a bare term where it holds an operation without a notation yet."""
    try:
        return printer.write(formula)
    except (AttributeError, KeyError, IndexError, TypeError, ValueError):
        return _bare(formula)


def _bare(term: Term) -> str:
    return term if isinstance(term, str) else "(" + " ".join(_bare(part) for part in term) + ")"
