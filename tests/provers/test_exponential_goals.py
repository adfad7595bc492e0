"""Goals with exponentials of matrices: found, accepted by the kernel, and their false twins not."""

from __future__ import annotations

from typing import Any

import pytest
from prover_goals import goal_in

from therefore.goal import Goal, Term
from therefore.provers import certify_refutation, prove
from therefore.task import Source, Task

BUDGET = 60.0  # of a slow machine; what is found is found in a few seconds
SQUARE = ("matrix", "n", "n")
SORTS: dict[str, Term] = {"n": "size", "t": "real", "s": "real", "A": SQUARE, "B": SQUARE}


def sought(claim: Goal, budget: float = BUDGET) -> Any:
    return prove(Task("t", "t", "claim", Source("t.py", 1), claim), [], budget=budget)


def e(matrix: Term) -> Term:
    return ("exponential", matrix)


def mm(*factors: Term) -> Term:
    first, *rest = factors
    return ("matmul", first, mm(*rest)) if rest else first


def turned(term: Term) -> Term:
    return ("transpose", term)


ONE = ("identity", "n")
COMMUTE = ("=", mm("A", "B"), mm("B", "A"))
SIMILAR = mm("B", "A", ("inverse", "B"))
PROVED: dict[str, tuple[Term, ...]] = {
    "a product, where the exponents commute": (
        ("=", mm(e("A"), e("B")), e(("+", "A", "B"))), COMMUTE),
    "the inverse": (("=", ("inverse", e("A")), e(("-", "A"))),),
    "the transpose": (("=", e(turned("A")), turned(e("A"))),),
    "the determinant": (("=", ("det", e("A")), ("exp", ("trace", "A"))),),
    "the derivative, from both sides": (
        ("=", ("velocity", e(("*", "#0", "A")), "t"), mm(e(("*", "t", "A")), "A")),),
    "a sum of times": (
        ("=", e(("*", ("+", "s", "t"), "A")), mm(e(("*", "s", "A")), e(("*", "t", "A")))),),
    "similar exponents": (
        ("=", e(SIMILAR), mm("B", e("A"), ("inverse", "B"))), ("invertible", "B")),
    "factors in the other order": (("=", mm("A", e(mm("B", "A"))), mm(e(mm("A", "B")), "A")),),
    "a projection": (
        ("=", e("A"), ("+", ONE, ("*", ("+", ("exp", "1"), "-1"), "A"))),
        ("=", mm("A", "A"), "A")),
    "a series that ends": (
        ("=", e("A"), ("+", ONE, "A")), ("=", mm("A", "A"), ("zero", "n", "n"))),
    "a rotation": (("=", mm(turned(e("A")), e("A")), ONE), ("=", turned("A"), ("-", "A"))),
}  # fmt: skip


@pytest.mark.parametrize("name", PROVED)
def test_proved(name: str) -> None:
    assert sought(goal_in(SORTS, *PROVED[name])).proof is not None


UPPER, LOWER = (
    ("rows", ("row", "0", x), ("row", y, "0")) for x, y in (("1", "0"), ("0", "1"))
)
FALSE: dict[str, tuple[Term, dict[str, Term]]] = {
    "a product": (("=", mm(e("A"), e("B")), e(("+", "A", "B"))),
                  {"n": "2", "A": UPPER, "B": LOWER}),
    "what commutes": (("=", mm(e("A"), "B"), mm("B", e("A"))), {"n": "2", "A": UPPER, "B": LOWER}),
    "a symmetric value": (("=", turned(e("A")), e("A")), {"n": "2", "A": UPPER}),
    "the inverse": (("=", ("inverse", e("A")), e("A")), {"n": "2", "A": UPPER}),
    "the determinant": (("=", ("det", e("A")), ("exp", ("*", "2", ("trace", "A")))),
                        {"n": "1", "A": ("rows", ("row", "1"))}),
    "the trace": (("=", ("trace", e("A")), ("exp", ("trace", "A"))),
                  {"n": "2", "A": ("rows", ("row", "0", "1"), ("row", "1", "0"))}),
}  # fmt: skip


@pytest.mark.parametrize("name", FALSE)
def test_false(name: str) -> None:
    conclusion, values = FALSE[name]
    claim = goal_in(SORTS, conclusion)
    assert certify_refutation(claim, values, budget=BUDGET)
    assert sought(claim, 2.0).proof is None
