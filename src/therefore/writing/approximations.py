"""The two sides of a false line in digits, where they are no fractions: 0.731059 and 3/4.

This decides nothing: a counterexample is a counterexample because the kernel accepted it. The
digits are those of an enclosure, so each of them is right but for the rounding of the last.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from therefore.goal import Goal, Term

__all__ = ["sides_in_digits"]

_RELATIONS = ("=", "<=", "<", "!=")
_DIGITS = 6


def sides_in_digits(goal: Goal, values: Mapping[str, Term]) -> str:
    """``left about 0.731059, right 3/4`` for the part of the conclusion that fails, or nothing."""
    from therefore.refuters.domains import unused_draw
    from therefore.refuters.exact import ExactInterpreter
    from therefore.refuters.literals import load_values
    from therefore.refuters.logic import Truth
    from therefore.refuters.terms import open_goal

    try:
        problem = open_goal(goal)[0]
        sizes, given = load_values(problem, values)
        exactly = ExactInterpreter(problem, sizes, draw=unused_draw, given=given)
        for part in _relations(goal.conclusion):
            if exactly.formula(part) == Truth.FALSE:
                left, right = (_written(exactly.term(side, ())) for side in part[1:])
                return f"left {left}, right {right}" if left and right and left != right else ""
    except Exception:  # whatever cannot be evaluated is not shown
        return ""
    return ""


def _relations(conclusion: Term) -> list[Term]:
    if conclusion[0] == "and":
        return [relation for part in conclusion[1:] for relation in _relations(part)]
    return [conclusion] if conclusion[0] in _RELATIONS else []


def _written(value: Any) -> str:
    """A fraction as it is, another number to some digits; nothing for what is no number."""
    from therefore.refuters.reals import Real
    from therefore.refuters.surds import Surd

    if isinstance(value, int | Fraction):
        return str(value).replace("-", "−")
    if not isinstance(value, Real | Surd):
        return ""
    low, high = Real("+", value, Fraction(0)).enclosure(128)
    if low == high:
        return str(low).replace("-", "−")
    return f"about {float(low):.{_DIGITS}g}".replace("-", "−")
