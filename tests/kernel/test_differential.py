"""The derivative of a term by structure: against the derivatives of calculus, and its refusals."""

from __future__ import annotations

from typing import Any

import pytest

from therefore.kernel import Rejected
from therefore.kernel.atoms import Atoms
from therefore.kernel.axioms import AXIOMS
from therefore.kernel.context import Context
from therefore.kernel.differential import differential
from therefore.kernel.proofs import Checker

Term = Any
VECTOR = ("vector", "d")
NAMES: dict[str, Term] = {
    "d": "size",
    "n": "size",
    "i": "integer",
    "x": "real",
    "y": "real",
    "u": VECTOR,
    "v": VECTOR,
    "h": VECTOR,
    "f": ("function", (VECTOR,), "real"),
    "g": ("function", ("real",), "real"),
    "a": ("function", ("integer",), "real"),
    "w": ("function", ("integer",), VECTOR),
    "F": ("function", (VECTOR,), VECTOR),
}


def context() -> Context:
    """All names, with the point away from zero."""
    ctx = Context(Atoms())
    for name, sort in NAMES.items():
        ctx.declare(name, sort)
    return ctx


def square(part: Term) -> Term:
    return ("^", part, "2")


OF_REALS: list[tuple[Term, Term]] = [
    ("x", "1"),
    ("y", "0"),
    ("u", ("zero", "d")),
    (("abs", "y"), "0"),
    (("app", "g", "y"), "0"),
    (("app", "g", "x"), ("derivative", ("app", "g", "#0"), "x")),
    (("+", "1", ("app", "g", ("*", "2", "x"))),
     ("*", "2", ("derivative", ("app", "g", "#0"), ("*", "2", "x")))),
    (("+", "x", "y", ("*", "3", "x")), "4"),
    (("-", "x"), "-1"),
    (("*", "x", "x", "x"), ("*", "3", square("x"))),
    (("*", "y", "x"), "y"),
    (("sum_mod", "n", square("x")), ("*", "2", "n", "x")),
    (("sum_mod", "n", ("*", "x", ("lift", "#0"))), ("sum_mod", "n", ("lift", "#0"))),
    (("*", "x", "u"), "u"),
    (("/", "x", "y"), ("/", "1", "y")),
    (("/", "1", "x"), ("-", ("/", "1", square("x")))),
    (("/", ("+", "x", "1"), ("+", "x", "y")), ("/", ("+", "y", "-1"), square(("+", "x", "y")))),
    (("/", "u", "x"), ("-", ("/", "u", square("x")))),
    (("^", "x", "0"), "0"),
    (("^", "x", "1"), "1"),
    (("^", ("+", ("*", "2", "x"), "1"), "3"), ("*", "6", square(("+", ("*", "2", "x"), "1")))),
    (("abs", "x"), ("/", "x", ("abs", "x"))),
    (square(("abs", "x")), ("*", "2", "x")),
    (("^", ("abs", "x"), "4"), ("*", "4", ("^", "x", "3"))),
    (("^", ("abs", "x"), "3"), ("*", "3", square("x"), ("/", "x", ("abs", "x")))),
    (("*", "x", ("abs", "x")), ("*", "2", ("abs", "x"))),
    (("*", ("-", "x"), ("abs", ("-", "x"))), ("*", "-2", ("abs", "x"))),
    (("*", square("x"), ("abs", square("x"))), ("*", "4", "x", square("x"))),
    (("*", "x", ("abs", "y")), ("abs", "y")),
    (("sqrt", ("+", "x", "y")), ("/", "1/2", ("sqrt", ("+", "x", "y")))),
    (("inner", ("*", "x", "u"), ("+", "v", ("*", "x", "v"))),
     ("*", ("+", "1", ("*", "2", "x")), ("inner", "u", "v"))),
    (("norm", ("+", "v", ("*", "x", "u"))),
     ("/", ("inner", "u", ("+", "v", ("*", "x", "u"))), ("norm", ("+", "v", ("*", "x", "u"))))),
    (square(("norm", ("*", "x", "u"))), ("*", "2", "x", ("inner", "u", "u"))),
    (("app", "f", ("*", "x", "u")), ("inner", "u", ("gradient", "f", ("*", "x", "u")))),
    (("vector", "x", square("x")), ("vector", "1", ("*", "2", "x"))),
    (("sum", "1", "i", ("*", ("app", "a", "#0"), square("x"))),
     ("*", "2", "x", ("sum", "1", "i", ("app", "a", "#0")))),
    (("sum", "1", "i", ("sum", "1", "#0", ("*", "x", ("app", "a", ("+", "#0", "#1"))))),
     ("sum", "1", "i", ("sum", "1", "#0", ("app", "a", ("+", "#0", "#1"))))),
    (("sum", "1", "i", ("*", "x", ("app", "w", "#0"))), ("sum", "1", "i", ("app", "w", "#0"))),
]  # fmt: skip

OF_VECTORS: list[tuple[Term, Term]] = [
    ("u", "h"),
    (("inner", "u", "u"), ("*", "2", ("inner", "u", "h"))),
    (square(("norm", "u")), ("*", "2", ("inner", "u", "h"))),
    (("norm", "u"), ("/", ("inner", "u", "h"), ("norm", "u"))),
    (("app", "f", ("+", "u", "v")), ("inner", "h", ("gradient", "f", ("+", "u", "v")))),
    (("/", "u", "x"), ("/", "h", "x")),
    (("sum", "1", "i", ("inner", "u", ("app", "w", "#0"))),
     ("inner", "h", ("sum", "1", "i", ("app", "w", "#0")))),
]  # fmt: skip


@pytest.mark.parametrize(("term", "change"), OF_REALS)
def test_the_derivative_of_a_function_of_a_number(term: Term, change: Term) -> None:
    """By the rules of the sum, product, quotient and chain."""
    assert context().equal(differential(NAMES, term, "x", "1"), change)


@pytest.mark.parametrize(("term", "change"), OF_VECTORS)
def test_the_derivative_of_a_function_of_a_vector(term: Term, change: Term) -> None:
    """Along a direction h, in which it is linear."""
    assert context().equal(differential(NAMES, term, "u", "h"), change)


def test_a_number_times_its_absolute_value_is_smooth_at_zero_too() -> None:
    """(u·|u|)/u tends to 0 at u = 0; its own derivative 2|u| is not differentiable there."""
    body: Term = ("*", ("+", "#0", "-1"), ("abs", ("+", "#0", "-1")))
    proof = {"rule": "differentiate", "name": "z", "value": {"rule": "combine"}}
    checker = Checker({}, AXIOMS)
    checker.prove(context(), ("has_derivative", body, "1", "0"), proof)
    for goal in (
        ("has_derivative", body, "1", "2"),
        ("has_derivative", ("*", "#0", ("abs", ("+", "#0", "-1"))), "1", "1"),
        ("has_derivative", ("derivative", body, "#0"), "1", "0"),
    ):
        with pytest.raises(Rejected):
            checker.prove(context(), goal, proof)


@pytest.mark.parametrize(
    "term",
    [
        ("app", ("lambda", "real", "#0"), "x"),
        ("derivative", ("app", "g", "#0"), "x"),
        ("derivative", ("*", "#0", ("app", "g", ("*", "2", "#0"))), "x"),
        ("derivative", ("derivative", ("app", "g", ("+", "#0", "#1")), "#0"), "x"),
        ("sum", "1", "x", "1"),
        ("sum", "x", "1", "1"),
        ("derivative", ("*", "#0", "x"), "1"),
        ("gradient", "f", ("*", "x", "u")),
        ("matrix", "n", "n", "x"),
        ("app", ("lambda", "real", ("lambda", "real", "#0")), "x", "x"),
        ("app", "F", ("*", "x", "u")),
    ],
)
def test_what_is_not_differentiated(term: Term) -> None:
    """Of the derivative of a function that is only declared nothing is known, and so on."""
    with pytest.raises(Rejected) as refusal:
        differential(NAMES, term, "x", "1")
    assert refusal.value.code == "NOT_SMOOTH"
