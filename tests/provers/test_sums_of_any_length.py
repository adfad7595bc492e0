"""Cauchy and Schwarz, and the triangle inequality, for sums of any length; and what is false."""

from __future__ import annotations

import pytest
from prover_goals import goal_in, square
from test_search import proved, task

from therefore.goal import Goal, Term
from therefore.provers import prove

NUMBERS = ("function", ("integer",), "real")
VECTORS = ("function", ("integer",), ("vector", "d"))
SORTS: dict[str, Term] = {
    "d": "size", "T": "integer", "a": NUMBERS, "b": NUMBERS, "p": NUMBERS, "v": VECTORS,
    "w": VECTORS, "u": ("vector", "d"),
}  # fmt: skip
A, B, P, V, W = (("app", name, "#0") for name in "abpvw")
T_POSITIVE: Term = ("<=", "1", "T")
IN_RANGE: Term = ("and", ("<=", "1", "#0"), ("<=", "#0", "T"))
WEIGHTS: Term = ("forall", "integer", ("implies", IN_RANGE, ("<=", "0", P)))


def total(body: Term) -> Term:
    return ("sum", "1", "T", body)


def squared(term: Term) -> Term:
    return ("^", term, "2")


ADD_TO_1: Term = ("=", total(P), "1")
MEAN = ("*", ("/", "1", "T"), total(V))
FOUND: dict[str, tuple[Term, ...]] = {
    "numbers": ("<=", squared(total(("*", A, B))), ("*", total(squared(A)), total(squared(B)))),
    "inner products":
        ("<=", squared(total(("inner", V, W))), ("*", total(square(V)), total(square(W)))),
    "numbers times vectors":
        ("<=", square(total(("*", A, V))), ("*", total(squared(A)), total(square(V)))),
    "roots": (
        "<=", total(("*", A, B)),
        ("*", ("sqrt", total(squared(A))), ("sqrt", total(squared(B)))),
    ),
    "one norm by the other":
        ("<=", total(("abs", A)), ("sqrt", ("*", "T", total(squared(A))))),
    "sizes": ("<=", ("abs", total(("*", A, B))), total(("*", ("abs", A), ("abs", B)))),
    "norms": ("<=", ("norm", total(V)), total(("norm", V))),
    "norms with weights":
        ("<=", ("norm", total(("*", A, V))), total(("*", ("abs", A), ("norm", V)))),
    "the distance of a mean": (
        "<=", ("norm", ("+", MEAN, ("-", "u"))),
        ("*", ("/", "1", "T"), total(("norm", ("+", V, ("-", "u"))))),
    ),
}  # fmt: skip
FOUND_FOR_WEIGHTS: dict[str, tuple[Term, ...]] = {
    "squares": ("<=", squared(total(("*", P, A))), total(("*", P, squared(A)))),
    "norms": ("<=", ("norm", total(("*", P, V))), total(("*", P, ("norm", V)))),
}
NOT_FOUND: dict[str, tuple[Term, ...]] = {
    "strict": ("<", squared(total(("*", A, B))), ("*", total(squared(A)), total(squared(B)))),
    "without T": ("<=", total(("abs", A)), ("sqrt", total(squared(A)))),
    "the other way": ("<=", total(("norm", V)), ("norm", total(V))),
    "weights of any sign": ("<=", ("abs", total(("*", P, A))), total(("*", P, ("abs", A)))),
}


def claim(conclusion: Term, *given: Term) -> Goal:
    return goal_in(SORTS, conclusion, T_POSITIVE, *given)


def values(goal: Goal) -> dict[str, Term]:
    """T = d = 1 and zeros; the one weight is 1."""
    zero: dict[Term, Term] = {
        NUMBERS: ("lambda", "integer", "0"), VECTORS: ("lambda", "integer", ("vector", "0")),
        "integer": "1", "size": "1", ("vector", "d"): ("vector", "0"),
    }  # fmt: skip
    found = {name: zero[sort] for name, sort in goal.declarations}
    return {**found, **({"p": ("lambda", "integer", "1")} if "p" in found else {})}


@pytest.mark.parametrize("name", FOUND)
def test_found(name: str) -> None:
    goal = claim(FOUND[name])
    assert proved(goal, values(goal))


@pytest.mark.parametrize("name", FOUND_FOR_WEIGHTS)
def test_found_for_weights(name: str) -> None:
    goal = claim(FOUND_FOR_WEIGHTS[name], WEIGHTS, ADD_TO_1)
    assert proved(goal, values(goal))


@pytest.mark.parametrize("name", NOT_FOUND)
def test_what_is_false_is_not_found(name: str) -> None:
    assert prove(task(claim(NOT_FOUND[name], ADD_TO_1)), [], budget=2.0).proof is None
