"""Goals with exp, log, sin and cos that the provers must find a proof of, and false ones."""

from __future__ import annotations

import json
from typing import Any

import pytest
from matrix_words import minus

from therefore.goal import Goal, Term
from therefore.kernel import FORMAT, Kernel, goal_hash
from therefore.provers import certify_witness, prove
from therefore.task import Source, Task

BUDGET = 60.0  # of a slow machine; what is found is found in a few seconds
E_2X = ("exp", ("*", "2", "#0"))
ONE_AND_E = ("+", "1", ("exp", ("-", "#0")))
DEFINITIONS = (
    ("sigma", ("real",), ("/", "1", ONE_AND_E)),
    ("tanh", ("real",), ("/", ("+", E_2X, "-1"), ("+", E_2X, "1"))),
    ("f", ("real", "real"), ("+", ("*", ("cos", "#1"), ("cos", "#0")), ("app", "sigma", "#0"))),
    ("g", ("real", "real"), ("+", ("log", ("+", "#1", "#0")), ("*", ("^", "#1", "2"), "#0"))),
)
X, Y = "x", "y"
NAMES = (("x", "real"), ("y", "real"))
AT = (("=", "x", "1"), ("=", "2", "y"))
AT_VALUES = {"x": "1", "y": "2"}
POSITIVE = (("<", "0", "x"), ("<", "x", "y"))


def sigma(u: Term) -> Term:
    return ("app", "sigma", u)


def tanh(u: Term) -> Term:
    return ("app", "tanh", u)


def f(u: Term, v: Term) -> Term:
    return ("app", "f", u, v)


def g(u: Term, v: Term) -> Term:
    return ("app", "g", u, v)


def slope(body: Term, point: Term) -> Term:
    return ("derivative", body, point)


def between(low: str, value: Term, high: str) -> Term:
    return ("and", ("<=", low, value), ("<=", value, high))


def search(conclusion: Term, hypotheses: tuple[Term, ...] = ()) -> tuple[Goal, Any]:
    goal = Goal(NAMES, DEFINITIONS, hypotheses, conclusion)
    task = Task("t", "t", "claim", Source("t.py", 1), goal)
    return goal, prove(task, [], budget=BUDGET)


def accepted(conclusion: Term, hypotheses: tuple[Term, ...] = ()) -> Any:
    """The kernel's acceptance of what the provers find."""
    goal, attempt = search(conclusion, hypotheses)
    assert attempt.proof is not None, attempt.tried
    witness = certify_witness(goal, AT_VALUES)
    assert witness is not None
    certificate = {
        "format": FORMAT, "goal": goal_hash(goal.to_text()), "kind": "proof",
        "proof": attempt.proof, "witness": witness,
    }  # fmt: skip
    return Kernel().accept(goal.to_text(), json.dumps(certificate))


@pytest.mark.parametrize(
    "conclusion",
    [
        between("0.88075", sigma("2"), "0.88085"),
        between("0.6559515", f("1", "2"), "0.6559525"),
        between("3.0985", g("1", "2"), "3.0987"),
        between("0.345", ("/", minus(f("101/100", "2"), f("1", "2")), "1/100"), "0.355"),
        between("0.1049935", slope(sigma("#0"), "2"), "0.1049945"),
        ("not", ("<=", ("log", "3"), "1")),
    ],
    ids=str,
)
def test_closed_numbers(conclusion: Term) -> None:
    exact = _exact(conclusion)
    assert accepted(exact).kind == "proof"


def _exact(term: Term) -> Term:
    """Decimals as fractions."""
    if isinstance(term, str):
        whole, _, digits = term.partition(".")
        return f"{int(whole + digits)}/{10 ** len(digits)}" if digits else term
    return tuple(_exact(part) for part in term)


@pytest.mark.parametrize(
    "conclusion",
    [
        between("0.345", slope(f("#0", "y"), "x"), "0.355"),
        between("-0.395", slope(f("x", "#0"), "y"), "-0.385"),
        between("4.325", slope(g("#0", "y"), "x"), "4.335"),
        ("!=", slope(f("#0", "y"), "x"), "0.3513"),
        ("=", slope(g("x", "#0"), "y"), "4/3"),
    ],
    ids=str,
)
def test_numbers_at_a_point_that_the_hypotheses_give(conclusion: Term) -> None:
    assert accepted(_exact(conclusion), AT).kind == "proof"


S = sigma("x")


@pytest.mark.parametrize(
    "conclusion",
    [
        ("=", slope(sigma("#0"), "x"), ("*", S, minus("1", S))),
        ("=", slope(tanh("#0"), "x"), minus("1", ("^", tanh("x"), "2"))),
        ("=", tanh("x"), minus(("*", "2", sigma(("*", "2", "x"))), "1")),
        ("=", sigma(("-", "x")), minus("1", S)),
        ("=", slope(slope(sigma("#0"), "#0"), "x"),
         ("*", S, minus("1", S), minus("1", ("*", "2", S)))),
        ("=", slope(slope(sigma("#0"), "#0"), "0"), "0"),
        ("<=", slope(sigma("#0"), "x"), "1/4"),
        ("and", ("<", "0", S), ("<", S, "1")),
        ("=", slope(("log", ("+", "1", ("exp", "#0"))), "x"), S),
        ("=", slope(f("#0", "y"), "x"), ("-", ("*", ("sin", "x"), ("cos", "y")))),
        ("=", slope(("sin", ("exp", ("*", "2", "#0"))), "x"),
         ("*", slope(("sin", "#0"), ("exp", ("*", "2", "x"))),
          slope(("exp", "#0"), ("*", "2", "x")), slope(("*", "2", "#0"), "x"))),
        ("<=", ("+", "1", "x"), ("exp", "x")),
        ("<=", ("abs", ("sin", "x")), "1"),
        ("<=", "-1", ("cos", ("*", "x", "y"))),
    ],
    ids=str,
)  # fmt: skip
def test_identities_and_bounds(conclusion: Term) -> None:
    assert accepted(conclusion).kind == "proof"


@pytest.mark.parametrize(
    "conclusion",
    [
        ("<", ("exp", "x"), ("exp", "y")),
        ("<=", ("log", "x"), minus("x", "1")),
        ("=", ("log", ("*", "x", "y")), ("+", ("log", "x"), ("log", "y"))),
        ("=", ("exp", ("*", "2", ("log", "x"))), ("^", "x", "2")),
        ("=", slope(slope(("*", "#0", ("log", "#0")), "#0"), "x"), ("/", "1", "x")),
    ],
    ids=str,
)
def test_what_holds_for_positive_numbers(conclusion: Term) -> None:
    assert accepted(conclusion, POSITIVE).kind == "proof"


@pytest.mark.parametrize(
    "conclusion",
    [
        between("0.88065", sigma("2"), "0.88075"),
        ("=", slope(sigma("#0"), "x"), S),
        ("=", ("log", ("*", "x", "y")), ("+", ("log", "x"), ("log", "y"))),
        ("=", ("exp", ("log", "x")), "x"),
        ("<", ("exp", "x"), ("exp", "y")),
        ("not", ("<", "3", ("pi",))),
        ("<=", ("sin", "x"), "1/2"),
    ],
    ids=str,
)
def test_nothing_false_or_undefined_is_proved(conclusion: Term) -> None:
    assert search(_exact(conclusion))[1].proof is None


def test_an_equation_that_cannot_be_closed_is_left_alone() -> None:
    """x = y leads round in a circle, and to no number."""
    assert search(("<", ("exp", "x"), "3"), (("=", "x", "y"), ("=", "y", "x")))[1].proof is None
