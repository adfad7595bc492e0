"""Taylor polynomials with remainders, by the mean value theorem: found, or not, in seconds."""

from __future__ import annotations

import pytest
from test_search import goal, proved, task

from therefore.goal import Term
from therefore.provers import prove

X = "x"
FROM_0, TO_0 = ("<=", "0", X), ("<=", X, "0")


def power(n: int) -> Term:
    return ("^", X, str(n))


def minus(*parts: Term) -> Term:
    return ("+", parts[0], *(("-", part) for part in parts[1:]))


SIGMOID = ("/", "1", ("+", "1", ("exp", ("-", X))))
LINE = ("+", "1/2", ("*", "1/4", X))
FOUND: dict[str, tuple[list[Term], Term]] = {
    "exp, third order": (
        [("<", "0", X)],
        ("<", ("+", "1", X, ("*", "1/2", power(2)), ("*", "1/6", power(3))), ("exp", X)),
    ),
    "exp, from 0 both ways": (
        [], ("<=", ("+", "1", X, ("*", "1/2", power(2)), ("*", "1/6", power(3))), ("exp", X)),
    ),
    "sin": ([FROM_0], ("<=", minus(X, ("*", "1/6", power(3))), ("sin", X))),
    "the sigmoid, below": ([TO_0], ("<=", LINE, SIGMOID)),
    "greatest at 1": ([], ("<=", ("*", X, ("exp", ("-", X))), ("exp", "-1"))),
    "with a parameter": (
        [("<", "0", "a"), FROM_0],
        ("<=", ("exp", ("-", ("*", "a", X))),
            ("+", "1", ("-", ("*", "a", X)), ("*", "1/2", ("^", "a", "2"), power(2)))),
    ),
}  # fmt: skip
NOT_FOUND: dict[str, tuple[list[Term], Term]] = {
    "on the other side": ([TO_0], ("<=", SIGMOID, LINE)),
    "from too low a start": ([FROM_0], ("<=", ("+", "2", X), ("exp", X))),
}


@pytest.mark.parametrize("name", FOUND)
def test_found(name: str) -> None:
    hypotheses, conclusion = FOUND[name]
    assert proved(goal({"x": "real", "a": "real"}, hypotheses, conclusion),
                  {"x": "0" if hypotheses[-1:] == [TO_0] else "1", "a": "1"})  # fmt: skip


@pytest.mark.parametrize("name", NOT_FOUND)
def test_what_is_false_is_not_found(name: str) -> None:
    claim = goal({"x": "real"}, *NOT_FOUND[name])
    assert prove(task(claim), [], budget=3.0).proof is None
