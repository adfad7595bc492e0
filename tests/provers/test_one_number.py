"""Inequalities of one number by the sign of a function: found, and their false neighbours not."""

from __future__ import annotations

import pytest
from test_search import proved, task
from written_goals import written_goal

from therefore.provers import prove

FOUND = {
    "rising from an end": ("x >= 0 | 2*x/(2 + x) <= log(1 + x)", "1"),
    "tight at both ends": ("0 < x; x < 1/2 | 1 - 2*x < cos(pi*x)", "1/3"),
    "tight inside": ("x > 0 | x*log(x) >= -1/e", "1"),
    "up to an ugly end": ("0 < x; x <= 582811643/1000000000 | abs(log(1 - x)) <= 3*x/2", "1/2"),
    "a minimum nowhere tight": ("| 2*x < exp(x)", "0"),
    "far out it tends to 0": ("x > 0 | log(1 + 1/x) >= 2/(2*x + 1)", "1"),
    "a root": ("x > 0 | log(x) <= sqrt(x)", "1"),
    "logarithms of sums": ("x > 0 | log(1 + exp(x)) > x", "1"),
    "waves that fade": ("x >= 0 | exp(-x)*sin(x) < 33/100", "0"),
    "absolute values": ("| abs(sin(x)) <= abs(x)", "0"),
    "a bounded absolute value": ("abs(x) < 1 | abs(exp(x) - 1) <= 7*abs(x)/4", "0"),
    "all but one number": ("x != 0 | exp(x) > 1 + x", "1"),
    "below a line": ("-pi/2 < x; x < pi/2 | x*sin(x)/cos(x) >= x**2", "1"),
    "products of powers": ("| exp(x) + exp(-x) <= 2*exp(x**2/2)", "1"),
}
# Strict where it is not, a constant too large or too small, a stretch a little too long.
NOT_FOUND = {
    "strict at an end": "x >= 0 | sin(x) < x",
    "strict inside": "x > 0 | x*log(x) > -1/e",
    "too long on the right": "0 < x; x < 51/100 | 1 - 2*x < cos(pi*x)",
    "closed on the right": "0 < x; x <= 1/2 | 1 - 2*x < cos(pi*x)",
    "past the ugly end": "0 < x; x <= 582811644/1000000000 | abs(log(1 - x)) <= 3*x/2",
    "a constant": "x >= 0 | 202*x/(200 + 100*x) <= log(1 + x)",
    "a constant inside": "x >= 0 | exp(-x)*sin(x) < 322/1000",
    "far out it fails": "x > 0 | log(1 + 1/x) >= 201/(200*x + 100)",
    "at the one number": "| exp(x) > 1 + x",
    "undefined at an end": "0 <= x; x < 1 | x*log(x) <= 0",
    "undefined inside": "0 <= x; x <= 2 | sin(x)/cos(x) < 10**6",
}
FOUND_OF_TWO = {
    "the logarithmic mean": "0 < y; y < x | (x - y)/(x + y) < log(x/y)/2",
    "relative entropy": "x > 0; y > 0 | x*log(x/y) >= x - y",
    "entropies": "x > 0; y > 0 | x*log(x) + y*log(y) >= (x + y)*log((x + y)/2)",
}
NOT_FOUND_OF_TWO = {
    "closed": "0 < y; y <= x | (x - y)/(x + y) < log(x/y)/2",
    "strict": "x > 0; y > 0 | x*log(x/y) > x - y",
}


@pytest.mark.parametrize("name", FOUND)
def test_found(name: str) -> None:
    text, witness = FOUND[name]
    assert proved(written_goal(text), {"x": witness})


@pytest.mark.parametrize("name", NOT_FOUND)
def test_what_is_false_is_not_found(name: str) -> None:
    assert prove(task(written_goal(NOT_FOUND[name])), [], budget=2.0).proof is None


@pytest.mark.parametrize("name", FOUND_OF_TWO)
def test_found_of_a_ratio(name: str) -> None:
    assert proved(written_goal(FOUND_OF_TWO[name]), {"x": "2", "y": "1"})


@pytest.mark.parametrize("name", NOT_FOUND_OF_TWO)
def test_what_is_false_of_a_ratio_is_not_found(name: str) -> None:
    assert prove(task(written_goal(NOT_FOUND_OF_TWO[name])), [], budget=2.0).proof is None
