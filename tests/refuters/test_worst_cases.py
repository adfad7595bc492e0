"""Bounds that are a little too good: worst-case functions in one dimension, found and certified."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import derivations
import pytest

from therefore.goal import Goal, Term
from therefore.kernel.axioms import convex
from therefore.provers import certify_refutation
from therefore.reading.sources import read
from therefore.refuters import find_counterexamples
from therefore.refuters.candidates import values_at
from therefore.refuters.shapes import stationary_of, strength_of
from therefore.refuters.terms import open_goal
from therefore.refuters.worst_case import speaks_of_smooth_function, worst_cases

SPACE = ("vector", "d")
SEED = 20240229
AWAY = ("+", "#1", ("-", "#0"))
SLOPES = ("+", ("gradient", "f", "#1"), ("-", ("gradient", "f", "#0")))
SMOOTH = ("forall", SPACE, ("forall", SPACE, (
    "<=", ("norm", SLOPES), ("*", "L", ("norm", AWAY)),
)))  # fmt: skip
G = ("gradient", "f", "x")
FALL = ("+", ("app", "f", "x"), ("-", ("app", "f", "next")))
BASE = (
    ("<", "0", "L"), ("differentiable", "f"), SMOOTH,
    ("=", "next", ("+", "x", ("-", ("/", G, "L")))),
)  # fmt: skip


def one_step(conclusion: Term, *more: Term) -> Goal:
    """A statement on one step of gradient descent."""
    return Goal(
        declarations=(
            ("d", "size"), ("f", ("function", (SPACE,), "real")), ("L", "real"), ("x", SPACE),
            ("next", SPACE), ("best", SPACE),
        ),
        definitions=(),
        hypotheses=(*BASE, *more),
        conclusion=conclusion,
    )  # fmt: skip


def rate(number: str) -> Goal:
    """f(next) − f(best) ≤ L‖x − best‖² / number for a convex f with least value at best."""
    gap = ("+", ("app", "f", "next"), ("-", ("app", "f", "best")))
    square = ("^", ("norm", ("+", "x", ("-", "best"))), "2")
    least = ("=", ("gradient", "f", "best"), ("zero", "d"))
    return one_step(("<=", gap, ("/", ("*", "L", square), number)), convex("f", "d"), least)


def drop(number: str) -> Goal:
    """2‖g‖² + ‖g of the next point‖² ≤ number · L (f(x) − f(next))."""
    after = ("^", ("norm", ("gradient", "f", "next")), "2")
    energy = ("+", ("*", "2", ("^", ("norm", G), "2")), after)
    return one_step(("<=", energy, ("*", number, "L", FALL)))


@pytest.mark.parametrize("goal", [rate("13/2"), drop("15/4")])
def test_a_bound_that_is_a_little_too_good_is_refuted(goal: Goal) -> None:
    """With a worst-case function, whose class the kernel sees."""
    (problem,) = open_goal(goal)
    attempts = islice(worst_cases(problem, SEED, {}), 3)
    values = [found for found in map(values_at, attempts) if found is not None]
    assert values
    assert any(certify_refutation(goal, found) is not None for found in values)
    again = map(values_at, worst_cases(problem, SEED, {}))
    assert next(iter(again)) == values[0]  # the same seed finds the same function


@pytest.mark.parametrize("goal", [rate("6"), drop("4")])
def test_the_tight_bound_has_no_worst_case(goal: Goal) -> None:
    """Nothing is found that breaks what is true."""
    (problem,) = open_goal(goal)
    assert list(worst_cases(problem, SEED, {})) == []


def test_goals_of_other_kinds_are_left_alone() -> None:
    """No function, or none that is called smooth, or an equation."""
    goal = one_step(("=", FALL, "0"))
    (problem,) = open_goal(goal)
    assert not speaks_of_smooth_function(problem)
    assert list(worst_cases(problem, SEED, {})) == []


def test_shapes_of_strong_convexity_and_of_points_of_rest() -> None:
    """As they are written in derivations."""
    away = ("+", "#0", ("-", "#1"))
    tangent = ("+", ("app", "f", "#1"), ("inner", ("gradient", "f", "#1"), away))
    square = ("*", ("/", "mu", "2"), ("^", ("norm", away), "2"))
    body = ("<=", ("+", tangent, square), ("app", "f", "#0"))
    strong = ("forall", SPACE, ("forall", SPACE, body))
    assert strength_of(strong) == ("f", ("*", "2", ("/", "mu", "2")))
    assert strength_of(SMOOTH) is None
    assert stationary_of(("=", G, ("zero", "d"))) == ("f", "x")
    assert stationary_of(("forall", SPACE, ("<=", ("app", "f", "x"), ("app", "f", "#0")))) == (
        "f", "x",
    )  # fmt: skip


def test_the_constant_of_the_least_gradient_is_not_one() -> None:
    """L for 4L/3 fails from T = 3 on, for a function whose derivative goes up and down."""
    module = Path(derivations.__file__).parent / "optimization" / "least_gradient.py"
    (twin,) = (
        task for task in read(module).tasks if task.label == "least_gradient.false_twin"
    )
    found = find_counterexamples(twin.goal, hints_at=dict(twin.hints.at), seconds=20.0)
    values = next(found)
    assert values["T"] == "3"
    assert certify_refutation(twin.goal, values, budget=20.0) is not None
