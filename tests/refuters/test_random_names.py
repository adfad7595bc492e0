"""Random names as noise: exact moments, exact laws of counterexamples, values there and back."""

from __future__ import annotations

from fractions import Fraction
from math import prod
from typing import Any

import pytest

from therefore.goal import Goal, Term
from therefore.provers import certify_refutation, certify_witness
from therefore.refuters.randomness import made_concrete, outcomes
from therefore.refuters.search import find_counterexamples
from therefore.refuters.witnesses import find_witness

VECTOR = ("function", ("outcome",), ("vector", "n"))
NUMBER = ("function", ("outcome",), "real")
NAMES: dict[str, Term] = {
    "n": "size", "x": VECTOR, "z": VECTOR, "X": NUMBER, "Y": NUMBER,
    "Q": ("function", ("outcome",), ("matrix", "n", "n")), "m": ("vector", "n"),
    "S": ("matrix", "n", "n"), "s": "real",
}  # fmt: skip
x, z, X, Y, Q = (("app", name, "#0") for name in "xzXYQ")


def mean(body: Term) -> Term:
    return ("expectation", body)


def spread(one: Term, other: Term, head: str = "outer") -> Term:
    return mean((head, *(("+", body, ("-", mean(body))) for body in (one, other))))


def goal(conclusion: Term, *given: Term, names: str) -> Goal:
    return Goal(tuple((name, NAMES[name]) for name in names), (), given, conclusion)


@pytest.mark.parametrize(("body", "most"), [("^3", 3), ("^5", 5), ("^9", 9)])
def test_noise_has_normal_moments(body: str, most: int) -> None:
    claim = goal(("=", mean(("^", X, body[1:])), "0"), ("gaussian", "x", "m", "S"), names="nxmSX")
    _, randomness = made_concrete(claim)
    for power in range(most + 1):
        found = sum(weight * Fraction(noise[0]) ** power for weight, noise in outcomes(randomness))
        assert found == (0 if power % 2 else prod(range(1, power, 2)))


def test_definitions_count_with_what_they_hold() -> None:
    square = ("w", ("outcome",), ("*", X, X))
    claim = Goal((("X", NUMBER),), (square,), (), ("=", mean(("^", ("app", "w", "#0"), "2")), "0"))
    concrete, randomness = made_concrete(claim)
    assert randomness.degree == 4 and randomness.law == "skewed"
    assert "X_mean" in str(concrete.definitions)


def test_noise_of_no_law_has_a_third_moment() -> None:
    _, randomness = made_concrete(goal(("=", mean(("^", X, "3")), "0"), names="X"))
    moments = [
        sum(weight * noise[0] ** power for weight, noise in outcomes(randomness))
        for power in range(4)
    ]
    assert moments[:3] == [1, 0, 1] and moments[3]


FALSE: dict[str, Goal] = {
    "a mean that need not vanish": goal(("=", mean(x), ("zero", "n")), ("moments", "x", "1"),
                                        names="nx"),
    "second moments": goal(
        ("=", mean(("outer", x, x)), ("outer", "m", "m")), ("moments", "x", "2"),
        ("=", mean(x), "m"), names="nxm"),
    "a number and a vector": goal(
        ("=", mean(("*", X, x)), ("*", mean(X), mean(x))), ("moments", "x", "2"),
        ("moments", "X", "2"), names="nxX"),
    "a given covariance": goal(
        ("=", mean(("inner", x, x)), "0"), ("moments", "x", "2"),
        ("=", spread(x, x), ("identity", "n")), names="nx"),
    "a random matrix": goal(
        ("=", mean(("matmul", Q, Q)), ("matmul", mean(Q), mean(Q))), ("moments", "Q", "2"),
        names="nQ"),
    "a third moment": goal(
        ("=", mean(("^", X, "3")), "0"), ("moments", "X", "3"), ("=", mean(X), "0"), names="X"),
    "an absolute value": goal(
        ("=", mean(("abs", X)), ("abs", mean(X))), ("moments", "X", "1"), names="X"),
    "independent, yet not alone": goal(
        ("=", mean(("*", X, Y)), "0"), ("moments", "X", "2"), ("moments", "Y", "2"),
        ("independent", "X", "Y"), names="XY"),
    "independent vectors": goal(
        ("=", mean(("inner", x, z)), mean(("inner", x, x))), ("moments", "x", "2"),
        ("moments", "z", "2"), ("independent", "z", "x"), names="nxz"),
    "of Gaussian vectors": goal(
        ("=", mean(("^", ("inner", x, x), "2")), ("^", mean(("inner", x, x)), "2")),
        ("gaussian", "x", "m", "S"), names="nxmS"),
}  # fmt: skip


@pytest.mark.parametrize("case", FALSE)
def test_a_false_statement_has_an_exact_counterexample(case: str) -> None:
    claim = FALSE[case]
    values: Any = next(iter(find_counterexamples(claim)))
    assert certify_refutation(claim, values) is not None
    _, randomness = made_concrete(claim)
    assert randomness.joined(randomness.parted(values)) == values


def test_hypotheses_on_random_names_have_a_witness() -> None:
    claim = goal(
        ("=", "s", "s"), ("gaussian", "x", "m", "S"), ("moments", "X", "2"),
        ("=", spread(X, X, "*"), "s"), ("independent", "x", "X"), names="nxmSXs",
    )  # fmt: skip
    assert certify_witness(claim, next(iter(find_witness(claim)))) is not None


def test_what_is_no_literal_of_noise_is_refused() -> None:
    _, randomness = made_concrete(FALSE["a third moment"])
    with pytest.raises(ValueError, match="no value of X"):
        randomness.parted({"X": "0"})
