"""Goals that the provers must find a proof of, each within a stated budget, and then the kernel.

None of them is a line of a derivation: the methods have to carry over.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from therefore.goal import Goal, Term, to_lists
from therefore.kernel import FORMAT, Kernel, goal_hash
from therefore.provers import certify_witness, prove
from therefore.task import Hints, Source, Task

VECTORS = ("function", ("integer",), ("vector", "d"))
NUMBERS = ("function", ("integer",), "real")
BUDGET = 10.0  # 60 for what is to be found, on a slow machine


def minus(a: Term, b: Term) -> Term:
    return ("+", a, ("-", b))


def square(u: Term) -> Term:
    return ("^", ("norm", u), "2")


def task(goal: Goal, hints: Hints | None = None) -> Task:
    return Task("t", "t", "claim", Source("t.py", 1), goal, hints=hints or Hints())


def proved(goal: Goal, witness: dict[str, Term], hints: Hints | None = None) -> Any:
    """The kernel's acceptance of what the provers find."""
    attempt = prove(task(goal, hints), [], budget=6 * BUDGET)
    assert attempt.proof is not None, attempt.tried
    text = goal.to_text()
    shown = certify_witness(goal, witness)
    assert shown is not None
    certificate = {
        "format": FORMAT, "goal": goal_hash(text), "kind": "proof",
        "proof": attempt.proof, "witness": shown,
    }  # fmt: skip
    return Kernel().accept(text, json.dumps(certificate))


def goal(declarations: dict[str, Term], hypotheses: list[Term], conclusion: Term) -> Goal:
    return Goal(tuple(declarations.items()), (), tuple(hypotheses), conclusion)


T_POSITIVE = ("<=", "1", "T")


@pytest.mark.parametrize(
    ("declarations", "hypotheses", "conclusion", "witness"),
    [
        pytest.param(  # the parallelogram law
            {"d": "size", "u": ("vector", "d"), "v": ("vector", "d")},
            [],
            (
                "=",
                ("+", square(("+", "u", "v")), square(minus("u", "v"))),
                ("+", ("*", "2", square("u")), ("*", "2", square("v"))),
            ),
            {"d": "1", "u": ("vector", "0"), "v": ("vector", "0")},
            id="parallelogram",
        ),
        pytest.param(  # Young's inequality with a parameter
            {"d": "size", "u": ("vector", "d"), "v": ("vector", "d"), "c": "real"},
            [("<", "0", "c")],
            (
                "<=",
                ("*", "2", ("inner", "u", "v")),
                ("+", ("*", "c", square("u")), ("/", square("v"), "c")),
            ),
            {"d": "1", "u": ("vector", "0"), "v": ("vector", "0"), "c": "1"},
            id="young",
        ),
        pytest.param(  # a telescoping sum of numbers
            {"T": "integer", "a": NUMBERS},
            [T_POSITIVE],
            (
                "=",
                ("sum", "1", "T", minus(("app", "a", ("+", "#0", "1")), ("app", "a", "#0"))),
                minus(("app", "a", ("+", "T", "1")), ("app", "a", "1")),
            ),
            {"T": "1", "a": ("table", "1", "0")},
            id="telescoping",
        ),
        pytest.param(  # Gauss's sum, by an induction that nobody asked for
            {"T": "integer"},
            [T_POSITIVE],
            ("=", ("sum", "1", "T", "#0"), ("/", ("*", "T", ("+", "T", "1")), "2")),
            {"T": "1"},
            id="gauss",
        ),
        pytest.param(  # a sum whose terms are not defined outside its range
            {"T": "integer"},
            [T_POSITIVE],
            (
                "=",
                ("sum", "1", "T", ("/", "1", ("*", "#0", ("+", "#0", "1")))),
                ("/", "T", ("+", "T", "1")),
            ),
            {"T": "1"},
            id="partial fractions",
        ),
        pytest.param(  # a step with weights that depend on nothing but the recurrence
            {"d": "size", "T": "integer", "x": VECTORS, "g": VECTORS, "z": ("vector", "d")},
            [
                T_POSITIVE,
                (
                    "forall",
                    "integer",
                    (
                        "implies",
                        ("<=", "1", "#0"),
                        (
                            "implies",
                            ("<=", "#0", "T"),
                            (
                                "=",
                                ("app", "x", ("+", "#0", "1")),
                                minus(("app", "x", "#0"), ("app", "g", "#0")),
                            ),
                        ),
                    ),
                ),
            ],
            (
                "<=",
                (
                    "*",
                    "2",
                    (
                        "sum",
                        "1",
                        "T",
                        ("inner", ("app", "g", "#0"), minus(("app", "x", "#0"), "z")),
                    ),
                ),
                (
                    "+",
                    square(minus(("app", "x", "1"), "z")),
                    ("sum", "1", "T", square(("app", "g", "#0"))),
                ),
            ),
            {
                "d": "1",
                "T": "1",
                "x": ("table", "1", ("vector", "0")),
                "g": ("table", "1", ("vector", "0")),
                "z": ("vector", "0"),
            },
            id="regret from any start",
        ),
        pytest.param(  # a sign that needs cases
            {"x": "real"},
            [],
            ("<=", "x", ("abs", "x")),
            {"x": "0"},
            id="at most its absolute value",
        ),
        pytest.param(
            {"x": "real"},
            [("!=", "x", "0")],
            ("=", ("derivative", ("abs", "#0"), "x"), ("/", "x", ("abs", "x"))),
            {"x": "1"},
            id="slope of the absolute value",
        ),
        pytest.param(
            {"n": "size", "c": ("function", (("residue", "n"),), "real")},
            [],
            (
                "=",
                ("sum_mod", "n", ("app", "c", "#0")),
                ("sum_mod", "n", ("app", "c", ("-", "#0"))),
            ),
            {"n": "1", "c": ("cycle", "0")},
            id="reflected",
        ),
    ],
)
def test_found_within_the_budget(
    declarations: dict[str, Term],
    hypotheses: list[Term],
    conclusion: Term,
    witness: dict[str, Term],
) -> None:
    assert proved(goal(declarations, hypotheses, conclusion), witness).kind == "proof"


FALSE = {
    "x/x without x ≠ 0": ({"x": "real"}, [], ("=", ("/", "x", "x"), "1")),
    "√x² = x": ({"x": "real"}, [], ("=", ("sqrt", ("^", "x", "2")), "x")),
    "Pythagoras for all": (
        {"d": "size", "u": ("vector", "d"), "v": ("vector", "d")},
        [],
        ("=", square(("+", "u", "v")), ("+", square("u"), square("v"))),
    ),
    "telescoping off by one": (
        {"T": "integer", "a": NUMBERS},
        [T_POSITIVE],
        (
            "=",
            ("sum", "1", "T", minus(("app", "a", "#0"), ("app", "a", ("+", "#0", "1")))),
            minus(("app", "a", "1"), ("app", "a", "T")),
        ),
    ),
    "Gauss plus one": (
        {"T": "integer"},
        [T_POSITIVE],
        ("=", ("sum", "1", "T", "#0"), ("+", ("/", ("*", "T", ("+", "T", "1")), "2"), "1")),
    ),
    "slope of |x| at 0 too": (
        {"x": "real"},
        [],
        ("=", ("derivative", ("abs", "#0"), "x"), ("/", "x", ("abs", "x"))),
    ),
}


@pytest.mark.parametrize("name", FALSE)
def test_nothing_false_is_found(name: str) -> None:
    assert prove(task(goal(*FALSE[name])), [], budget=BUDGET).proof is None


def test_a_search_keeps_to_its_budget() -> None:
    hard = goal({"x": "real", "y": "real"}, [], ("<=", ("*", "x", "y"), "1"))
    attempt = prove(task(hard), [], budget=0.0)
    assert attempt.proof is None
    assert "budget" in attempt.tried[-1]


def test_the_same_goal_gives_the_same_proof() -> None:
    gauss = goal(
        {"T": "integer"},
        [T_POSITIVE],
        ("=", ("sum", "1", "T", "#0"), ("/", ("*", "T", ("+", "T", "1")), "2")),
    )
    first, second = (prove(task(gauss), [], budget=BUDGET).proof for _ in range(2))
    assert json.dumps(first) == json.dumps(second)


def test_terms_survive_the_way_to_lists_and_back() -> None:
    from therefore.goal import from_lists

    term = ("sum", "1", "T", ("app", "a", "#0"))
    assert from_lists(to_lists(term)) == term
