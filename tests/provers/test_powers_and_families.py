"""Goals with powers and with sequences of matrices: found within the budget."""

from __future__ import annotations

import json

import pytest

from therefore.goal import Goal, Term
from therefore.kernel import FORMAT, Kernel, goal_hash
from therefore.provers import certify_witness, prove
from therefore.task import Hints, Source, Task

BUDGET = 60.0  # of a slow machine; what is found is found in a few seconds
SIZES: Term = ("function", ("integer",), "size")


def plus(*parts: Term) -> Term:
    return ("+", *parts)


def power(base: Term, exponent: Term) -> Term:
    return ("power", base, exponent)


def steps(low: Term, high: Term, body: Term) -> Term:
    inside = ("implies", ("<=", low, "#0"), ("implies", ("<=", "#0", high), body))
    return ("forall", "integer", inside)


def family(*sizes: Term) -> Term:
    return (
        "family",
        ("matrix" if len(sizes) == 2 else "vector", *(("app", "n", s) for s in sizes)),
    )


NEXT, BEFORE = plus("#0", "1"), plus("#0", "-1")
GOALS: dict[str, tuple[Goal, dict[str, Term], str]] = {
    "a contraction": (
        Goal(
            (("t", "integer"), ("r", "real"), ("V", ("function", ("integer",), "real"))),
            (),
            (
                ("<=", "0", "t"),
                ("<=", "0", "r"),
                steps(
                    "0", plus("t", "-1"), ("<=", ("app", "V", NEXT), ("*", "r", ("app", "V", "#0")))
                ),
            ),
            ("<=", ("app", "V", "t"), ("*", power("r", "t"), ("app", "V", "0"))),
        ),
        {"t": "0", "r": "0", "V": ("table", "0", "0")},
        "t",
    ),
    "a geometric sum": (
        Goal(
            (("k", "integer"), ("x", "real")),
            (),
            (("<=", "0", "k"),),
            (
                "=",
                ("*", plus("1", ("-", "x")), ("sum", "0", "k", power("x", "#0"))),
                plus("1", ("-", power("x", plus("k", "1")))),
            ),
        ),
        {"k": "0", "x": "0"},
        "k",
    ),
    "tangents and adjoints": (
        Goal(
            (
                ("n", SIZES),
                ("m", "integer"),
                ("J", family("#0", BEFORE)),
                ("t", family("#0")),
                ("a", family("#0")),
            ),
            (),
            (
                ("<=", "0", "m"),
                steps(
                    "1",
                    "m",
                    ("=", ("app", "t", "#0"), ("matmul", ("app", "J", "#0"), ("app", "t", BEFORE))),
                ),
                steps(
                    "1",
                    "m",
                    (
                        "=",
                        ("app", "a", BEFORE),
                        ("matmul", ("transpose", ("app", "J", "#0")), ("app", "a", "#0")),
                    ),
                ),
            ),
            (
                "=",
                ("inner", ("app", "a", "m"), ("app", "t", "m")),
                ("inner", ("app", "a", "0"), ("app", "t", "0")),
            ),
        ),
        {
            "n": ("table", "0", "2"),
            "m": "0",
            "J": ("table", "0", ("rows", ("row", "0"), ("row", "1"))),
            "t": ("table", "0", ("vector", "1", "0")),
            "a": ("table", "0", ("vector", "0", "1")),
        },
        "m",
    ),
}


@pytest.mark.parametrize("name", GOALS)
def test_it_is_found_by_induction(name: str) -> None:
    goal, values, index = GOALS[name]
    task = Task(name, name, "claim", Source("here", 1), goal, hints=Hints(induction=index))
    attempt = prove(task, [], budget=BUDGET)
    assert attempt.proof is not None, attempt.tried
    text = goal.to_text()
    certificate = {
        "format": FORMAT,
        "goal": goal_hash(text),
        "kind": "proof",
        "proof": attempt.proof,
        "witness": certify_witness(goal, values),
    }
    assert Kernel().accept(text, json.dumps(certificate)).kind == "proof"
