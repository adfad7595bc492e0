"""A counterexample in words: ``d = 1, T = 1, η = 1, w* = 1: left 1, right 5/6``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from therefore.goal import Goal, Term
from therefore.verdict import Counterexample
from therefore.writing.approximations import sides_in_digits
from therefore.writing.evaluate import Evaluator, Failure, failing_relation
from therefore.writing.exact_values import Residue, Unshown
from therefore.writing.names import Names
from therefore.writing.terms import Printer
from therefore.writing.text_terms import TextPrinter

__all__ = ["explain", "in_order", "show_value", "sides"]


def explain(
    goal: Goal, notation: Mapping[str, str], values: Mapping[str, Term], proof: Any = None
) -> Counterexample:
    """The counterexample with each value and both sides written out.

    ``proof`` is the kernel's proof that the conclusion fails at the values.
    """
    names = Names.of(goal, notation)
    printer = TextPrinter(names)
    shown = {name: printer.binding(name, values[name]) for name in in_order(goal, values)}
    return Counterexample(dict(values), shown, sides(goal, values, printer, proof))


_KINDS = (
    "size", "field", "integer", "residue", "element", "real", "vector", "matrix", "function",
    "family",
)  # fmt: skip


def in_order(goal: Goal, values: Mapping[str, Term]) -> list[str]:
    """The names of a counterexample in the order of reading: sizes, numbers, vectors, functions."""
    kinds = {name: sort if isinstance(sort, str) else sort[0] for name, sort in goal.declarations}
    return sorted((name for name in kinds if name in values), key=lambda n: _KINDS.index(kinds[n]))


def sides(goal: Goal, values: Mapping[str, Term], printer: Printer, proof: Any = None) -> str:
    """What the two sides of the conclusion become at these values, where it can be shown."""
    try:
        failure = failing_relation(Evaluator(goal, values), goal.conclusion, proof=proof)
    except Unshown as unshown:
        why = str(unshown)
        if why.startswith("undefined"):
            return f"the conclusion is {why}"
        return sides_in_digits(goal, values)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        return sides_in_digits(goal, values)
    return "" if failure is None else _both(failure, printer)


def _both(failure: Failure, printer: Printer) -> str:
    left, right = failure.left, failure.right
    letters: list[str] = []
    for sort in failure.sorts:
        letters.append(printer.names.fresh(sort, letters))
    shown = [f"{x} = {show_value(v)}" for x, v in zip(letters, failure.bound, strict=True)]
    where = f" at {', '.join(shown)}" if shown else ""
    if isinstance(left, list) and isinstance(right, list):
        for i, (row, other) in enumerate(zip(left, right, strict=True)):
            for j, (x, y) in enumerate(zip(row, other, strict=True)):
                if x != y:
                    return f"entry ({i}, {j}): left {show_value(x)}, right {show_value(y)}"
    return f"left {show_value(left)}, right {show_value(right)}{where}"


def show_value(value: Any) -> str:
    """A value as text: a number, or a vector in brackets."""
    if isinstance(value, tuple):
        if len(value) == 1:
            return show_value(value[0])
        return "(" + ", ".join(show_value(part) for part in value) + ")"
    if isinstance(value, Residue):
        return str(value.value)
    return str(value).replace("-", "−")
