"""Inequalities of one number that fail by little: where they do is found, a short fraction."""

from __future__ import annotations

from fractions import Fraction

import pytest

from therefore.goal import Goal, Term
from therefore.provers import certify_refutation
from therefore.refuters.least_values import least_values

X = "x"
FROM_0: Term = ("<=", "0", X)
POSITIVE: Term = ("<", "0", X)
SIN_OVER_EXP: Term = ("*", ("exp", ("-", X)), ("sin", X))
FAILING: dict[str, tuple[list[Term], Term]] = {
    "near an end": ([FROM_0], ("<=", ("+", "1", X, ("*", "101/200", ("^", X, "2"))), ("exp", X))),
    "inside": ([FROM_0], ("<", SIN_OVER_EXP, "322/1000")),
    "on the whole line": ([], ("<=", ("+", ("sin", X), ("cos", X)), "14142/10000")),
    "far out": ([POSITIVE], ("<=", ("/", ("log", X), ("+", X, "1")), "278/1000")),
    "up to an end made of pi": (
        [FROM_0, ("<=", X, ("/", ("pi",), "2"))],
        ("<=", ("/", ("*", "202/100", X), ("pi",)), ("sin", X)),
    ),
}
HOLDING: dict[str, tuple[list[Term], Term]] = {
    "tight": ([POSITIVE], ("<=", ("log", X), ("+", X, "-1"))),
    "by little": ([FROM_0], ("<", SIN_OVER_EXP, "323/1000")),
}


EQUAL: dict[str, tuple[list[Term], Term, Term]] = {
    "at a power of e":
        ([POSITIVE], ("<", ("-", ("exp", "-1")), ("*", X, ("log", X))), ("exp", "-1")),
    "at a part of pi": (
        [FROM_0, ("<=", X, "2")], ("<", ("sin", X), "1"), ("*", "1/2", ("pi",)),
    ),
}  # fmt: skip


def goal(hypotheses: list[Term], conclusion: Term) -> Goal:
    return Goal(((X, "real"),), (), tuple(hypotheses), conclusion)


@pytest.mark.parametrize("name", FAILING)
def test_where_it_fails_is_found(name: str) -> None:
    """And the kernel agrees."""
    claim = goal(*FAILING[name])
    (values, *_) = least_values(claim)
    assert Fraction(values[X]).denominator < 100_000
    assert certify_refutation(claim, values) is not None


@pytest.mark.parametrize("name", HOLDING)
def test_nothing_is_found_where_it_holds(name: str) -> None:
    assert not list(least_values(goal(*HOLDING[name])))


@pytest.mark.parametrize("name", EQUAL)
def test_where_both_sides_are_equal(name: str) -> None:
    hypotheses, conclusion, place = EQUAL[name]
    claim = goal(hypotheses, conclusion)
    (values,) = least_values(claim)
    assert values == {X: place}
    assert certify_refutation(claim, values) is not None
