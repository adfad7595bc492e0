"""Goals on derivatives in matrices: found, accepted by the kernel, and their near twins are not."""

from __future__ import annotations

from typing import Any

import pytest
from matrix_words import mm, turned
from prover_goals import goal_in

from therefore.goal import Goal, Term
from therefore.kernel.terms import close
from therefore.provers import certify_refutation, prove
from therefore.task import Source, Task

BUDGET = 60.0  # of a slow machine; what is found is found in a few seconds
SQUARE = ("matrix", "n", "n")
SORTS: dict[str, Term] = {
    "n": "size", "k": "integer", "X": SQUARE, "A": SQUARE, "W": SQUARE,
    "a": ("vector", "n"), "x": ("vector", "n"), "s": ("vector", "n"), "t": "real",
}  # fmt: skip


def gradient(body: Term, variable: str = "X") -> Term:
    return ("gradient", ("lambda", SORTS[variable], close(body, variable)), variable)


INVERSE = ("inverse", "X")
DEFINITE = ("forall", ("vector", "n"), ("implies", ("!=", "#0", ("zero", "n")), (
    "<", "0", ("inner", "#0", mm("X", "#0")))))  # fmt: skip
GAP = ("+", "x", ("-", mm("A", "s")))
LAST, ONE = ("+", "k", "-1"), ("<=", "1", "k")
UNIT = ("rows", ("row", "1"))
BETWEEN = ("sum", "0", LAST, turned(mm(("power", "X", "#0"), "A", ("power", "X", (
    "+", LAST, ("-", "#0"))))))  # fmt: skip
MOVED = ("+", "X", ("*", "#0", "A"))
PROVED: dict[str, tuple[Term, ...]] = {
    "the logarithm of a determinant": (
        ("=", gradient(("log", ("det", "X"))), INVERSE), ("=", turned("X"), "X"), DEFINITE),
    "a determinant that is plainly positive": (
        ("=", gradient(("log", ("det", ("+", ("identity", "n"), mm(turned("X"), "X"))))),
         ("*", "2", mm("X", ("inverse", ("+", ("identity", "n"), mm(turned("X"), "X")))))),),
    "a symmetric weight": (
        ("=", gradient(("inner", GAP, mm("W", GAP)), "A"),
         ("*", "-2", ("outer", mm("W", GAP), "s"))), ("=", turned("W"), "W")),
    "a sum in the other order": (
        ("=", gradient(("trace", mm("A", ("power", "X", "k")))), BETWEEN), ONE),
    "a second derivative": (
        ("=", ("derivative", ("derivative", ("log", ("det", MOVED)), "#0"), "t"),
         ("-", ("trace", mm(("inverse", ("+", "X", ("*", "t", "A"))), "A",
                            ("inverse", ("+", "X", ("*", "t", "A"))), "A")))),
        ("<", "0", ("det", ("+", "X", ("*", "t", "A"))))),
}  # fmt: skip
FALSE: dict[str, tuple[dict[str, Term], tuple[Term, ...]]] = {
    "a weight that is not symmetric": (
        {"n": "2", "x": ("vector", "1", "0"), "s": ("vector", "0", "1"),
         "A": ("rows", ("row", "0", "0"), ("row", "0", "0")),
         "W": ("rows", ("row", "0", "1"), ("row", "0", "0"))},
        (PROVED["a symmetric weight"][0],)),
    "a factor": (
        {"n": "1", "X": UNIT},
        (("=", gradient(("log", ("det", "X"))), ("*", "2", INVERSE)), ("invertible", "X"))),
    "an order": (
        {"n": "2", "X": ("rows", ("row", "1", "1"), ("row", "0", "1")),
         "A": ("rows", ("row", "0", "0"), ("row", "1", "0"))},
        (("=", ("velocity", ("inverse", MOVED), "0"), ("-", mm(INVERSE, INVERSE, "A"))),
         ("invertible", "X"))),
    "a layout": (
        {"n": "2", "X": ("rows", ("row", "1", "1"), ("row", "0", "1"))},
        (("=", gradient(("det", "X")), ("*", ("det", "X"), INVERSE)), ("invertible", "X"))),
}  # fmt: skip


def sought(claim: Goal, budget: float = BUDGET) -> Any:
    return prove(Task("t", "t", "claim", Source("t.py", 1), claim), [], budget=budget)


@pytest.mark.parametrize("name", PROVED)
def test_proved(name: str) -> None:
    assert sought(goal_in(SORTS, *PROVED[name])).proof is not None


@pytest.mark.parametrize("name", FALSE)
def test_false(name: str) -> None:
    values, (equation, *given) = FALSE[name]
    claim = goal_in(SORTS, equation, *given)
    assert certify_refutation(claim, values, budget=BUDGET)
    assert sought(claim, 2.0).proof is None
