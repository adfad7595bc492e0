"""Relations over boxes: found at once or in pieces, within a budget; false ones are not found."""

from __future__ import annotations

import pytest
from test_search import goal, proved, task

from therefore.goal import Term
from therefore.provers import prove

NAMES = {"x": "real", "y": "real", "n": "integer"}
BOX = [("<=", "1/2", "x"), ("<=", "x", "2"), ("<=", "x", "y"), ("<", "y", ("+", "x", "1"))]
WITNESS = {"x": "1", "y": "1", "n": "2"}
SIGMOID = ("/", "1", ("+", "1", ("exp", ("-", "x"))))

FOUND: dict[str, Term] = {
    "at once": ("<", ("exp", "x"), "739/100"),
    "a bound that speaks of a name": ("<", ("exp", ("/", "y", "2")), "9/2"),
    "a name in several places": ("<", ("*", SIGMOID, ("+", "1", ("-", SIGMOID))), "26/100"),
    "a derivative": ("<", ("derivative", ("*", ("cos", "#0"), "y"), "x"), "-1/5"),
    "what is not 0": ("!=", ("+", ("exp", "x"), ("-", ("*", "9/10", "x"))), "1/2"),
    "in pieces": ("<", ("+", ("^", "x", "2"), ("-", ("sin", ("*", "2", "x")))), "48/10"),
}
FALSE: dict[str, Term] = {
    "outside": ("<", ("exp", "x"), "7"),
    "at one point": ("<", ("^", ("+", "x", "-1"), "2"), "1"),
    "without a bound": ("<", ("sin", "n"), "9/10"),
    "undefined inside": ("<", ("/", "1", ("+", "x", "-1")), "1000"),
}


@pytest.mark.parametrize("name", FOUND)
def test_found(name: str) -> None:
    assert proved(goal(NAMES, BOX, FOUND[name]), WITNESS).kind == "proof"


@pytest.mark.parametrize("name", FALSE)
def test_not_found(name: str) -> None:
    assert prove(task(goal(NAMES, BOX, FALSE[name])), [], budget=2).proof is None
