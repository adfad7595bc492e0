"""The sides of a false line in digits: what is shown of irrational values, and what is not."""

from __future__ import annotations

from typing import Any

import pytest

from therefore.goal import Goal
from therefore.writing.approximations import sides_in_digits
from therefore.writing.counterexamples import explain

E = ("exp", "x")
LOGISTIC = ("app", "s", "x")
DEFINED = (("s", ("real",), ("/", "1", ("+", "1", ("exp", ("-", "#0"))))),)


def goal(conclusion: Any) -> Goal:
    """A conclusion on a real x and the logistic function s."""
    return Goal((("x", "real"),), DEFINED, (), conclusion)


@pytest.mark.parametrize(
    ("conclusion", "x", "said"),
    [
        (("<=", E, "2"), "1", "left about 2.71828, right 2"),
        (("=", LOGISTIC, "1/3"), "0", "left 1/2, right 1/3"),
        (("=", ("derivative", ("app", "s", "#0"), "x"), "1"), "0", "left 1/4, right 1"),
        (("and", ("<", "0", E), ("<", LOGISTIC, ("-", "1"))), "-2",
         "left about 0.119203, right −1"),
        (("<=", ("sqrt", "x"), "1"), "2", "left about 1.41421, right 1"),
    ],
)  # fmt: skip
def test_sides(conclusion: Any, x: str, said: str) -> None:
    """Fractions are exact, other numbers are told to six digits, and of parts the false one."""
    assert sides_in_digits(goal(conclusion), {"x": x}) == said
    assert explain(goal(conclusion), {}, {"x": x}).explanation in (said, "")


@pytest.mark.parametrize(
    ("conclusion", "values"),
    [
        (("<=", E, "3"), {"x": "1"}),  # it holds
        (("=", ("log", "x"), "0"), {"x": "-1"}),  # it is undefined
        (("<=", E, "3"), {}),
        (("not", ("=", E, "1")), {"x": "0"}),
        (("strange", "x"), {"x": "0"}),
    ],
)
def test_nothing_to_show(conclusion: Any, values: dict[str, Any]) -> None:
    """What does not fail, or cannot be evaluated, has no sides."""
    assert sides_in_digits(goal(conclusion), values) == ""
