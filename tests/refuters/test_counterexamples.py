"""Counterexamples: exact, small, found quickly; and witnesses of hypotheses."""

from __future__ import annotations

import itertools
import json
import time
from fractions import Fraction

import pytest
from five_claims import (
    A_SEQUENCE,
    FALSE_CLAIMS,
    FUNCTION,
    TRUE_CLAIMS,
    VECTOR,
    X,
    app,
    telescope_too_short,
)

from therefore.goal import Goal, Term
from therefore.refuters import find_counterexamples, find_witness, shrink
from therefore.refuters.candidates import Searcher
from therefore.refuters.domains import unused_draw
from therefore.refuters.exact import ExactInterpreter
from therefore.refuters.literals import load_values
from therefore.refuters.logic import Truth
from therefore.refuters.terms import Problem, open_goal

SECONDS = 5.0


def at(problem: Problem, values: dict[str, Term]) -> ExactInterpreter:
    """The values alone decide: nothing is drawn, and no rule is followed."""
    sizes, cells = load_values(problem, values)
    return ExactInterpreter(problem, sizes, draw=unused_draw, given=cells)


def satisfied(goal: Goal, values: dict[str, Term]) -> bool:
    """Whether the hypotheses hold at the values."""
    closed = Problem(goal, dict(goal.declarations), goal.hypotheses, (), ("=", "0", "0"), ())
    interpreter = at(closed, values)
    return all(interpreter.formula(h) >= Truth.PLAUSIBLE for h in goal.hypotheses)


def conclusion_at(goal: Goal, values: dict[str, Term]) -> Truth:
    """The truth of the conclusion, looked for where it speaks of all numbers or vectors."""
    truths = []
    for problem in open_goal(goal):
        if problem.opened or problem.premises:
            attempts = Searcher(problem, *load_values(problem, values)[:1]).attempts(
                (200, 50), 0, load_values(problem, values)[1]
            )
            truths.append(min((a.truth for a in attempts if a.usable), default=Truth.UNKNOWN))
        else:
            truths.append(at(problem, values).formula(problem.conclusion))
    return min(truths)


@pytest.mark.parametrize("name", FALSE_CLAIMS)
def test_a_false_claim_has_a_small_exact_counterexample_soon(name: str) -> None:
    goal = FALSE_CLAIMS[name]
    start = time.monotonic()
    values = next(find_counterexamples(goal))
    assert time.monotonic() - start < SECONDS
    assert list(values) == [declared for declared, _ in goal.declarations]
    for declared, sort in goal.declarations:
        if sort == "size":
            assert int(values[declared]) <= 3
    assert satisfied(goal, values)
    assert conclusion_at(goal, values) <= Truth.UNDEFINED


@pytest.mark.parametrize("name", TRUE_CLAIMS)
def test_a_true_claim_has_none(name: str) -> None:
    assert list(find_counterexamples(TRUE_CLAIMS[name])) == []


EXPECTED: dict[str, dict[str, Term]] = {
    "odd without modulus": {"x": "2"},
    "slope without modulus": {"x": "2"},
    "telescope too short": {"T": "1", "a": ("table", "1", "0", "1")},
    "pythagoras without right angle": {"d": "1", "u": ("vector", "1"), "v": ("vector", "1")},
    "self quotient": {"x": "0"},
    "root of a square": {"x": "-1"},
    "any matrix commutes": {"n": "2", "B": ("rows", ("row", "0", "0"), ("row", "0", "1"))},
    "jensen reversed": {
        "d": "1",
        "T": "2",
        "f": ("lambda", ("vector", "1"), ("*", "1/2", ("inner", "#0", "#0"))),
        "w": ("table", "1", ("vector", "0"), ("vector", "1")),
        "w_star": ("vector", "0"),
    },
    "regret by a third": {
        "d": "1",
        "T": "1",
        "eta": "1",
        "w": ("table", "1", ("vector", "0"), ("vector", "-1")),
        "v": ("table", "1", ("vector", "1")),
        "w_star": ("vector", "-1"),
    },
}


@pytest.mark.parametrize("name", EXPECTED)
def test_the_first_counterexample_reads_well(name: str) -> None:
    assert next(find_counterexamples(FALSE_CLAIMS[name])) == EXPECTED[name]


def test_the_same_seed_gives_the_same_counterexamples_and_none_twice() -> None:
    goal = FALSE_CLAIMS["jensen reversed"]
    first = list(itertools.islice(find_counterexamples(goal, seed=5), 6))
    assert first == list(itertools.islice(find_counterexamples(goal, seed=5), 6))
    assert len({json.dumps(values) for values in first}) == 6


def test_false_comes_before_undefined() -> None:
    goal = Goal(X, (), (), ("<", "0", ("/", "1", "x")))
    assert next(find_counterexamples(goal)) == {"x": "-1"}


def test_hints_are_tried_first() -> None:
    goal = FALSE_CLAIMS["root of a square"]
    assert next(find_counterexamples(goal, hints_at={"x": "-7/3"})) == {"x": "-7/3"}
    hinted = next(find_counterexamples(telescope_too_short, hints_at={"T": "3"}))
    assert hinted["T"] == "3"
    vector = FALSE_CLAIMS["pythagoras without right angle"]
    hints = {"d": "2", "u": '["vector", "3", "0"]'}
    assert next(find_counterexamples(vector, hints_at=hints))["u"] == ("vector", "3", "0")
    table = {"a": '["table", "1", "5", "5"]'}
    hinted = next(find_counterexamples(telescope_too_short, hints_at=table))
    assert hinted["a"][1:3] == ("1", "5")


@pytest.mark.parametrize("hint", ["4", "sqrt(2)", "[", '["log", "1"]', ""])
def test_a_hint_that_does_not_help_does_not_hinder(hint: str) -> None:
    goal = FALSE_CLAIMS["root of a square"]
    hints = {"x": hint, "y": "1"}
    assert next(find_counterexamples(goal, hints_at=hints)) == {"x": "-1"}


def test_a_root_of_two_is_decided_exactly() -> None:
    goal = Goal((("T", "size"),), (), (("=", "T", "2"),), ("=", ("sqrt", "T"), "7/5"))
    assert next(find_counterexamples(goal)) == {"T": "2"}


def test_a_wrong_limit_needs_no_values() -> None:
    softsign = ("/", "#0", ("+", "1", ("abs", "#0")))
    assert next(find_counterexamples(Goal((), (), (), ("tends", softsign, "+oo", "0")))) == {}
    assert list(find_counterexamples(Goal((), (), (), ("tends", softsign, "+oo", "1")))) == []


def test_a_counterexample_that_needs_an_uncommon_number_is_found_from_the_instances() -> None:
    far = Goal(X, (), (("<", "x", "3"),), ("<", "x", "14/5"))
    values = next(find_counterexamples(far))
    assert Fraction(14, 5) <= Fraction(values["x"]) < 3


# --- shrinking ------------------------------------------------------------------------------


def test_shrinking_brings_sizes_down_and_numbers_towards_nought_and_one() -> None:
    goal = FALSE_CLAIMS["regret by a third"]
    large = {
        "d": "2",
        "T": "2",
        "eta": "1/2",
        "w": ("table", "1", ("vector", "0", "0"), ("vector", "-2", "0"), ("vector", "-4", "0")),
        "v": ("table", "1", ("vector", "4", "0"), ("vector", "4", "0")),
        "w_star": ("vector", "-4", "0"),
    }
    assert satisfied(goal, large) and conclusion_at(goal, large) == Truth.FALSE
    small = shrink(goal, large)
    assert small == EXPECTED["regret by a third"]


def test_shrinking_simplifies_functions_too() -> None:
    goal = Goal(
        (("f", ("function", ("real",), "real")), *X), (), (), ("=", app("f", "x"), "0")
    )
    cube: Term = ("lambda", "real", ("+", ("^", "#0", "3"), "5"))
    small = shrink(goal, {"f": cube, "x": "3/2"})
    assert small["x"] == "0"
    assert conclusion_at(goal, small) == Truth.FALSE


def test_shrinking_leaves_alone_what_is_no_counterexample() -> None:
    values = {"x": "3"}
    assert shrink(FALSE_CLAIMS["root of a square"], values) == values
    assert shrink(FALSE_CLAIMS["root of a square"], {"x": ("log", "1")}) == {"x": ("log", "1")}


# --- witnesses ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [*TRUE_CLAIMS, *FALSE_CLAIMS])
def test_hypotheses_hold_together_at_a_small_witness(name: str) -> None:
    goal = {**TRUE_CLAIMS, **FALSE_CLAIMS}[name]
    values = next(find_witness(goal))
    assert list(values) == [declared for declared, _ in goal.declarations]
    assert satisfied(goal, values)
    assert all(int(values[n]) == 1 for n, sort in goal.declarations if sort == "size")


def test_the_simplest_witness_has_the_zero_function() -> None:
    values = next(find_witness(TRUE_CLAIMS["rate"]))
    assert values["f"] == ("lambda", ("vector", "1"), "0")
    assert values["w_star"] == ("vector", "0")
    assert (values["B"], values["rho"], values["eta"]) == ("1", "1", "1")


@pytest.mark.parametrize("first", ["4", "10", "20"])
def test_integers_that_begin_late(first: str) -> None:
    """Small values do not satisfy "10 <= T", so that larger ones are looked at."""
    late = (("<=", first, "T"),)
    assert next(find_witness(Goal(A_SEQUENCE, (), late, ("=", "T", "T"))))["T"] == first
    found = next(find_counterexamples(Goal(A_SEQUENCE, (), late, ("<", first, "T")), seconds=2))
    assert found["T"] == first


def test_no_witness_where_there_is_none() -> None:
    assert not list(find_witness(Goal(X, (), (("<", "x", "x"),), ("=", "x", "x"))))
    assert not list(find_witness(Goal(A_SEQUENCE, (), (("<", "T", "1"),), ("=", "T", "T"))))


def test_a_witness_for_an_equation_is_solved_for() -> None:
    goal = Goal(
        (("d", "size"), ("f", FUNCTION), ("p", VECTOR)), (),
        (("=", ("gradient", "f", "p"), ("vector", "7/3")), ("differentiable", "f")),
        ("=", "p", "p"),
    )  # fmt: skip
    assert satisfied(goal, next(find_witness(goal)))
