"""Rates that are a little too good, or lack a hypothesis: none is proved.

Each of the bounds is attained, so one that is smaller by 1 % is false; so is the bound without one
of its hypotheses, of which each is needed.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from sympy import Integer, Rational

from therefore import (
    as_written,
    at_least,
    at_most,
    claim,
    convex,
    dimension,
    equal,
    for_all,
    function,
    gradient,
    inner,
    norm,
    sequence,
    smooth,
    vector,
)
from therefore.provers import prove
from therefore.reading.modules import tasks_of_claim

d = dimension("d")
f = function("f", d)
x, g = sequence("x", d), sequence("g", d)
x_star, u = vector("x^*", d), vector("u", d)
slope = gradient(f)
BUDGET = 3


def descent(steps: int, factor: Fraction) -> tuple[Any, list[Any]]:
    """Gradient descent with L = 1: f(x_N) − f(x*) ≤ ‖x_0 − x*‖²/(4N + 2)."""
    with as_written():
        given = [convex(f), smooth(f, Integer(1)), equal(slope(x_star), 0)]
        given += [equal(x[k + 1], x[k] - slope(x[k])) for k in range(steps)]
        bound = _times(factor / (4 * steps + 2)) * norm(x[0] - x_star) ** 2
        return at_most(f(x[steps]) - f(x_star), bound), given


def proximal(steps: int, factor: Fraction) -> tuple[Any, list[Any]]:
    """The proximal point method with γ = 1: f(x_N) − f(x*) ≤ ‖x_0 − x*‖²/(4N)."""
    with as_written():
        given = [
            for_all(u, at_least(f(u), f(x[k]) + inner(g[k], u - x[k]))) for k in range(1, steps + 1)
        ]
        given += [equal(x[k + 1], x[k] - g[k + 1]) for k in range(steps)]
        bound = _times(factor / (4 * steps)) * norm(x[0] - x_star) ** 2
        return at_most(f(x[steps]) - f(x_star), bound), given


def _times(number: Fraction) -> Rational:
    return Rational(number.numerator, number.denominator)


def proved(conclusion: Any, given: list[Any], budget: float = BUDGET) -> bool:
    (task, *_) = tasks_of_claim(claim(conclusion, given=given))
    return prove(task, [], budget=budget).proof is not None


CASES = [(descent, 1), (descent, 2), (proximal, 1), (proximal, 2)]


@pytest.mark.parametrize(("method", "steps"), CASES)
def test_only_what_is_true_is_proved(method: Any, steps: int) -> None:
    assert proved(*method(steps, Fraction(1)), budget=10)
    assert not proved(*method(steps, Fraction(99, 100)))


@pytest.mark.parametrize(("method", "steps"), CASES)
def test_no_hypothesis_is_dispensable(method: Any, steps: int) -> None:
    conclusion, given = method(steps, Fraction(1))
    left_out = range(len(given)) if steps == 1 else [len(given) - 1]
    for k in left_out:
        rest = given[:k] + given[k + 1 :]
        if method is descent and k == 1:
            continue  # the gradient is formed only where f is differentiable
        assert not proved(conclusion, rest), k
