"""arctan: odd, with a slope that is a fraction, and enclosed by its series."""

from __future__ import annotations

import random
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import mpmath
import pytest
from kernel_goals import COMBINE, INSPECT, goal, prove

from therefore.kernel import Rejected
from therefore.kernel.arctangent import enclosed_arctangent
from therefore.kernel.calculus import require_continuous
from therefore.kernel.differential import differential
from therefore.kernel.intervals import Intervals, point

X: dict[str, Any] = {"x": "real", "y": "real"}
AT_ONE = {"x": "1", "y": "1"}
OF_X = ("arctan", "x")
ENCLOSE = {"rule": "enclose", "bits": "40"}

ACCEPTED: dict[str, tuple[Any, Any, Any]] = {
    "at 0": (("=", ("arctan", ("+", "x", ("-", "x"))), "0"), (), COMBINE),
    "at 1": (("=", ("arctan", "1"), ("/", ("pi",), "4")), (), COMBINE),
    "at -1": (("=", ("arctan", "-1"), ("-", ("/", ("pi",), "4"))), (), COMBINE),
    "odd": (("=", ("arctan", ("+", "y", ("-", "x"))), ("-", ("arctan", ("+", "x", ("-", "y"))))),
            (), COMBINE),
    "positive": (("<", "0", OF_X), (("<", "0", "x"),), INSPECT),
    "not negative": (("<=", "0", OF_X), (("<=", "0", "x"),), INSPECT),
    "its slope": (
        ("has_derivative", ("arctan", ("*", "2", "#0")), "x",
         ("/", "2", ("+", "1", ("*", "4", "x", "x")))),
        (), {"rule": "differentiate", "name": "z", "value": COMBINE},
    ),
    "enclosed": (("<", ("arctan", "2"), "111/100"), (), ENCLOSE),
    "of many": (("<", "157/100", ("arctan", "10000")), (), ENCLOSE),
}  # fmt: skip
REFUSED: dict[str, tuple[Any, Any, Any, str]] = {
    "of a vector": (("=", ("arctan", ("vector", "1", "2")), "1"), (), COMBINE, "ILL_TYPED"),
    "of nothing": (("=", ("arctan",), "0"), (), COMBINE, "ILL_TYPED"),
    "of an undefined number": (
        ("=", ("arctan", ("/", "1", "x")), ("arctan", ("/", "1", "x"))), (), COMBINE, "UNDEFINED",
    ),
    "of a sum": (
        ("=", ("arctan", ("+", "x", "y")), ("+", OF_X, ("arctan", "y"))), (), COMBINE, "NOT_EQUAL",
    ),
    "even": (("=", ("arctan", ("-", "x")), OF_X), (), COMBINE, "NOT_EQUAL"),
    "its sign": (("<=", "0", OF_X), (), INSPECT, "NOT_SEEN"),
    "strictly": (("<", "0", OF_X), (("<=", "0", "x"),), INSPECT, "NOT_SEEN"),
    "a wrong slope": (
        ("has_derivative", ("arctan", "#0"), "x", ("/", "1", ("+", "2", ("*", "x", "x")))),
        (), {"rule": "differentiate", "name": "z", "value": COMBINE}, "NOT_EQUAL",
    ),
    "too little": (("<", ("arctan", "1"), ("/", ("pi",), "4")), (), ENCLOSE, "UNDECIDED"),
}  # fmt: skip


@pytest.mark.parametrize("name", ACCEPTED)
def test_accepted(name: str) -> None:
    conclusion, given, proof = ACCEPTED[name]
    prove(goal(conclusion, *given, names=X), proof, AT_ONE)


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str) -> None:
    conclusion, given, proof, code = REFUSED[name]
    with pytest.raises(Rejected) as no:
        prove(goal(conclusion, *given, names=X), proof, AT_ONE)
    assert no.value.code == code


def test_it_is_continuous_and_smooth() -> None:
    require_continuous(OF_X, "x")
    assert differential({"x": "real"}, OF_X, "x", "1") == ("/", "1", ("+", "1", ("^", "x", "2")))


def _numbers() -> Iterator[Fraction]:
    rng = random.Random(4)
    for _ in range(120):
        over, under = 10 ** rng.randint(0, 20), 10 ** rng.randint(0, 20)
        yield Fraction(rng.randint(-over, over), rng.randint(1, under))
    yield from (Fraction(n, 12) for n in range(-30, 31))


@pytest.mark.parametrize("bits", [1, 8, 53, 200, 1000])
def test_it_is_enclosed(bits: int) -> None:
    """The interval holds the value, and is as narrow as the bits say."""
    ends = Intervals(bits)
    with mpmath.workprec(4000):
        for x in _numbers():
            low, high = enclosed_arctangent(ends, point(x))
            value = mpmath.atan(mpmath.mpf(x.numerator) / x.denominator)
            assert mpmath.mpf(low.numerator) / low.denominator <= value, x
            assert value <= mpmath.mpf(high.numerator) / high.denominator, x
            assert high - low <= Fraction(4, 1 << bits), x


def test_it_is_enclosed_over_an_interval() -> None:
    low, high = enclosed_arctangent(Intervals(60), (Fraction(-1, 3), Fraction(7)))
    assert low < Fraction(-32, 100) and Fraction(142, 100) < high
