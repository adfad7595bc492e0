"""Reading the values that an author suggests for a false statement."""

from __future__ import annotations

import json
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from therefore.goal import from_lists
from therefore.refuters.exact import Array, ExactInterpreter
from therefore.refuters.jets import Undefined, Unknown
from therefore.refuters.terms import Problem, is_discrete, is_number
from therefore.refuters.values import Cell, Closure, Table, Unreadable

__all__ = ["read_hints"]


def read_hints(
    problem: Problem,
    sizes: Mapping[str, int],
    hints: Mapping[str, str],
    interpreter: ExactInterpreter,
) -> dict[Cell, Any] | None:
    """The cells that hints give, or ``None`` if the sizes are not those of the hints.

    A hint is a number, or a closed kernel term as JSON. A number for a vector is each of its
    entries. Hints that cannot be read, and names that are not declared, are passed over.
    """
    cells: dict[Cell, Any] = {}
    for name, text in hints.items():
        if name not in problem.sorts:
            continue
        sort = problem.sorts[name]
        if is_discrete(sort):
            if is_number(str(text)) and Fraction(str(text)) != sizes[name]:
                return None
            continue
        value = _value(str(text), interpreter)
        if value is None:
            continue
        if isinstance(value, Table):
            for offset, part in enumerate(value.values):
                cells[name, value.lo + offset] = _fit(part, sort[2], interpreter)
        elif isinstance(sort, tuple) and sort[0] == "matrix" and isinstance(value, Array):
            for i, row in enumerate(value.parts):
                for j, entry in enumerate(row.parts):
                    cells[name, i, j] = Fraction(entry)
        elif isinstance(value, Closure) or not (isinstance(sort, tuple) and sort[0] != "vector"):
            cells[name,] = _fit(value, sort, interpreter)
    return cells


def _value(text: str, interpreter: ExactInterpreter) -> Any:
    if is_number(text):
        return Fraction(text)
    try:
        return interpreter.term(from_lists(json.loads(text)))
    except (ValueError, Unreadable, Undefined, Unknown, KeyError, IndexError, TypeError):
        return None


def _fit(value: Any, sort: Any, interpreter: ExactInterpreter) -> Any:
    if isinstance(sort, tuple) and sort[0] == "vector" and isinstance(value, int | Fraction):
        return Array((Fraction(value),) * interpreter.size(sort[1]))
    return Fraction(value) if isinstance(value, int) else value
