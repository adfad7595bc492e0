"""Limits, corners, and max and |·| by cases: found within a budget, refuted where false."""

from __future__ import annotations

import json

import pytest
from test_search import goal, proved, task

from therefore.goal import Term
from therefore.kernel import Kernel
from therefore.provers import certify_refutation, prove

X = "#0"
SLOPE = {"alpha": "real"}
BETWEEN = [("<", "0", "alpha"), ("<", "alpha", "1")]
DECAYING = ("exp", ("-", X))
LEAKY = ("/", ("+", ("*", "alpha", X), X, ("abs", ("+", ("*", "alpha", X), ("-", X)))), "2")
SIGMOID = ("/", "1", ("+", "1", DECAYING))
SWISH = ("/", X, ("+", "1", DECAYING))
SIGN = ("/", ("abs", X), X)
RATIONAL = ("/", ("+", ("*", "3", ("^", X, "2")), "1"), ("+", ("^", X, "2"), ("-", ("*", "7", X))))


RELU = ("/", ("+", X, ("abs", X)), "2")  # on one side of 0 the quotient to be found is 0


def square(u: Term) -> Term:
    return ("^", u, "2")


def exponential(rate: str) -> Term:
    return ("exp", ("*", rate, X))


def leaky(at: str) -> Term:
    return ("/", ("+", ("*", "alpha", at), at, ("abs", ("+", ("*", "alpha", at), ("-", at)))), "2")


def bell(rate: str) -> Term:
    return ("/", exponential(rate), square(("+", exponential(rate), "1")))


LIMITS: dict[str, tuple[Term, Term, Term]] = {
    "a power of 1/x": (("/", "1", square(("+", "1", ("abs", X)))), "+oo", "0"),
    "a derivative": (("derivative", ("/", X, ("+", "1", ("abs", X))), X), "-oo", "0"),
    "a fraction with a pole far out": (RATIONAL, "+oo", "3"),
    "a parameter": (("/", ("+", ("*", "alpha", X), "1"), ("+", X, "alpha")), "+oo", "alpha"),
    "a common factor": (("/", ("+", square(X), "-1"), ("+", X, "-1")), "1", "2"),
    "a common factor with a parameter": (
        ("/", ("+", square(X), ("-", square("alpha"))), ("+", X, ("-", "alpha"))),
        "alpha",
        ("*", "2", "alpha"),
    ),
    "a root": (("/", ("+", ("sqrt", X), "-1"), ("+", X, "-1")), "1", "1/2"),
    "from the right": (SIGN, ("right", "0"), "1"),
    "from the left": (SIGN, ("left", "0"), "-1"),
    "a slope to the right": (("derivative", LEAKY, X), "+oo", "1"),
    "a slope to the left": (("derivative", LEAKY, X), "-oo", "alpha"),
    "an exponential, to the right": (bell("2"), "+oo", "0"),
    "an exponential, to the left": (bell("2"), "-oo", "0"),
    "saturation": (SIGMOID, "+oo", "1"),
    "a power of x against an exponential": (
        ("*", square(X), exponential("3")), "-oo", "0",
    ),
    "a slope with an exponential": (("derivative", SWISH, X), "-oo", "0"),
}  # fmt: skip


@pytest.mark.parametrize("name", LIMITS)
def test_limits(name: str) -> None:
    claim = goal(SLOPE, BETWEEN, ("tends", *LIMITS[name]))
    assert proved(claim, {"alpha": "1/2"}).kind == "proof"


@pytest.mark.parametrize(
    ("conclusion", "rule"),
    [
        pytest.param(("tends", SIGN, "0", "1"), "sides", id="|x|/x at 0"),
        pytest.param(("tends", SIGN, "0", "-1"), "sides", id="|x|/x at 0, the other"),
        pytest.param(("tends", RATIONAL, "+oo", "0"), "another", id="a fraction"),
        pytest.param(("tends", SIGMOID, "+oo", "0"), "another", id="the other end"),
        pytest.param(("=", ("derivative", leaky(X), "0"), "alpha"), "undefined", id="leaky at 0"),
        pytest.param(("=", ("derivative", ("abs", X), "0"), "1"), "undefined", id="|x| at 0"),
        pytest.param(("=", ("derivative", RELU, "0"), "0"), "undefined", id="ReLU at 0"),
    ],
)
def test_false_ones_are_refuted(conclusion: Term, rule: str) -> None:
    claim = goal(SLOPE, BETWEEN, conclusion)
    certificate = certify_refutation(claim, {"alpha": "1/2"})
    assert certificate is not None
    assert certificate["conclusion"]["rule"] == rule
    assert Kernel().accept(claim.to_text(), json.dumps(certificate)).kind == "refutation"


REAL: dict[str, Term] = {"x": "real", "a": "real", "alpha": "real"}
POSITIVE, NEGATIVE = ("<", "0", "x"), ("<", "x", "0")
CASES: dict[str, Term] = {
    "the slopes of max(αx, x)": (
        "and",
        ("implies", POSITIVE, ("=", ("derivative", LEAKY, "x"), "1")),
        ("implies", NEGATIVE, ("=", ("derivative", LEAKY, "x"), "alpha")),
    ),
    "max(αx, x) by cases": (
        "and",
        ("implies", POSITIVE, ("=", leaky("x"), "x")),
        ("implies", ("<=", "x", "0"), ("=", leaky("x"), ("*", "alpha", "x"))),
    ),
    "|αx| = α|x|": ("=", ("abs", ("*", "alpha", "x")), ("*", "alpha", ("abs", "x"))),
    "|ax| = |a|·|x|": ("=", ("abs", ("*", "a", "x")), ("*", ("abs", "a"), ("abs", "x"))),
    "the triangle inequality": (
        "<=", ("abs", ("+", "a", "x")), ("+", ("abs", "a"), ("abs", "x")),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_cases(name: str) -> None:
    claim = goal(REAL, BETWEEN, CASES[name])
    assert proved(claim, {"x": "1", "a": "1", "alpha": "1/2"}).kind == "proof"


FALSE: dict[str, Term] = {
    "one side for both": ("tends", SIGN, "0", "1"),
    "at a pole": ("tends", ("/", "1", X), "0", "0"),
    "an infinite limit": ("tends", X, "+oo", "0"),
    "a root from both sides": ("tends", ("sqrt", X), "0", "0"),
    "a slope at a corner": ("=", ("derivative", LEAKY, "0"), "1"),
    "no corner where there is none": ("not", ("has_derivative", square(X), "0", "0")),
    "not the limit that it is": ("not", ("tends", SIGMOID, "+oo", "1")),
    "a limit for the value": ("=", ("/", "0", "0"), "1"),
}


@pytest.mark.parametrize("name", FALSE)
def test_nothing_false_is_found(name: str) -> None:
    claim = goal(SLOPE, BETWEEN, FALSE[name])
    assert prove(task(claim), [], budget=5).proof is None
