"""Multipliers that depend on letters, for one step of a potential at every k and T."""

from __future__ import annotations

from typing import Any

import pytest

from therefore import (
    as_written,
    at_least,
    at_most,
    claim,
    dimension,
    equal,
    for_all,
    function,
    horizon,
    index,
    inner,
    norm,
    positive,
    sequence,
    vector,
)
from therefore.provers import Attempt, prove
from therefore.reading.modules import tasks_of_claim

d, T, gamma = dimension("d"), horizon("T"), positive("gamma")
t, i = index("t", 0, T - 1), index("i", 1, T)
f, x, g = function("f", d), sequence("x", d), sequence("g", d)
x_star, u = vector("x^*", d), vector("u", d)

with as_written():
    below_last = at_most(f(x[t + 1]) + inner(g[t + 1], x[t] - x[t + 1]), f(x[t]))
    below_point = at_most(f(x[t + 1]) + inner(g[t + 1], x_star - x[t + 1]), f(x_star))
    steps = for_all(t, 0, T - 1, equal(x[t + 1], x[t] - gamma * g[t + 1]))
    subgradients = for_all(i, 1, T, for_all(u, at_least(f(u), f(x[i]) + inner(g[i], u - x[i]))))


def potential(k: Any) -> Any:
    return k * (2 * T - k) * (f(x[k]) - f(x_star)) + (T - k) * norm(x[k] - x_star) ** 2 / gamma


def attempted(given: list[Any], factor: Any = 1, budget: float = 10) -> Attempt:
    """Whether the potential over (2T − t)² does not grow; its next value counted by a factor."""
    with as_written():
        left = factor * (2 * T - t) ** 2 * potential(t + 1)
        stated = claim(at_most(left, (2 * T - t - 1) ** 2 * potential(t)), given=given)
    return prove(tasks_of_claim(stated)[0], [], budget=budget)


def test_one_step_of_a_potential() -> None:
    attempt = attempted([below_last, below_point, steps])
    assert attempt.proof is not None, attempt.tried
    items = attempt.proof["items"]
    assert sum("square" in item for item in items) == 1
    assert all("T" in str(item["times"]) for item in items)


@pytest.mark.parametrize(
    ("given", "factor"),
    [
        pytest.param([below_last, below_point, steps], 2, id="a factor of 2"),
        pytest.param([below_last, steps], 1, id="a relation left out"),
        pytest.param([below_last, below_point], 1, id="the steps left out"),
    ],
)
def test_nothing_false_is_found(given: list[Any], factor: int) -> None:
    assert attempted(given, factor, budget=2).proof is None
