"""Inequalities by the mean value theorem: what is found within a budget, and what is not."""

from __future__ import annotations

import pytest
from test_search import goal, proved, task

from therefore.goal import Term
from therefore.provers import prove

OF_NUMBERS = ("function", ("real",), "real")
NAMES = {"f": OF_NUMBERS, "g": OF_NUMBERS, "x": "real", "M": "real", "h": "real"}
ZERO = ("lambda", "real", "0")
WITNESS = {"f": ZERO, "g": ZERO, "x": "0", "M": "0", "h": "1"}
SLOPE = ("forall", "real", ("has_derivative", ("app", "f", "#0"), "#0", ("app", "g", "#0")))
BOUNDED = ("forall", "real", ("<=", ("abs", ("app", "g", "#0")), "M"))
AFTER, BEFORE = ("<=", "0", "h"), ("<=", "h", "0")


def change(step: Term) -> Term:
    return ("+", ("app", "f", ("+", "x", step)), ("-", ("app", "f", "x")))


def near(premise: Term) -> Term:
    """|g| is at most M at the numbers of which the premise, with #0 for them, holds."""
    return ("forall", "real", ("implies", premise, ("<=", ("abs", ("app", "g", "#0")), "M")))


RISING: dict[str, tuple[list[Term], Term]] = {
    "from above": ([SLOPE, BOUNDED, AFTER], ("<=", change("h"), ("*", "M", "h"))),
    "from below": ([SLOPE, BOUNDED, AFTER], ("<=", ("-", ("*", "M", "h")), change("h"))),
    "to the left": ([SLOPE, BOUNDED, BEFORE], ("<=", change("h"), ("-", ("*", "M", "h")))),
    "bounded in between": (
        [SLOPE, near(("and", ("<=", "x", "#0"), ("<=", "#0", ("+", "x", "h")))), AFTER],
        ("<=", change("h"), ("*", "M", "h")),
    ),
    "strictly": (
        [SLOPE, ("forall", "real", ("<", "0", ("app", "g", "#0"))), ("<", "0", "h")],
        ("<", "0", change("h")),
    ),
}  # fmt: skip

NOT_RISING: dict[str, tuple[list[Term], Term]] = {
    "another slope": ([BOUNDED, AFTER], ("<=", change("h"), ("*", "M", "h"))),
    "bounded elsewhere": (
        [SLOPE, near(("<=", "#0", "x")), AFTER], ("<=", change("h"), ("*", "M", "h")),
    ),
    "the wrong side": ([SLOPE, BOUNDED, BEFORE], ("<=", change("h"), ("*", "M", "h"))),
    "too small a bound": (
        [SLOPE, BOUNDED, AFTER], ("<=", change("h"), ("*", "1/2", "M", "h")),
    ),
}  # fmt: skip


def stated(hypotheses: list[Term], conclusion: Term):  # type: ignore[no-untyped-def]
    return goal(NAMES, hypotheses, conclusion)


@pytest.mark.parametrize("name", RISING)
def test_found(name: str) -> None:
    hypotheses, conclusion = RISING[name]
    values = {**WITNESS, "h": "0"} if BEFORE in hypotheses else WITNESS
    if name == "strictly":
        values = {**WITNESS, "f": ("lambda", "real", "#0"), "g": ("lambda", "real", "1")}
    assert proved(stated(hypotheses, conclusion), values).kind == "proof"


@pytest.mark.parametrize("name", NOT_RISING)
def test_not_found(name: str) -> None:
    assert prove(task(stated(*NOT_RISING[name])), [], budget=10).proof is None
