"""Rates of methods and classes beside the first ones: as good as they can be, and no better."""

from __future__ import annotations

from typing import Any

import pytest
from sympy import Integer, Rational

from therefore import (
    as_written,
    at_most,
    bregman_distance,
    claim,
    convex,
    differentiable,
    dimension,
    equal,
    function,
    gradient,
    less,
    lipschitz,
    minimiser,
    norm,
    positive,
    real,
    relatively_smooth,
    sequence,
    smooth,
    strongly_convex,
    strongly_monotone,
    vector,
    vector_map,
)
from therefore.provers import prove
from therefore.reading.modules import tasks_of_claim

pytest.importorskip("clarabel")

d = dimension("d")
f, h, operator = function("f", d), function("h", d), vector_map("A", d, d)
x, y, x_star, m = sequence("x", d), sequence("y", d), vector("x^*", d), real("m")
slope, mirror = gradient(f), gradient(h)
L, mu, gamma = positive("L"), positive("mu"), positive("gamma")
Stated = tuple[Any, list[Any]]


def strongly_convex_with_letters(factor: Rational) -> Stated:
    given = [smooth(f, L), strongly_convex(f, mu), less(mu, L), equal(slope(x_star), 0)]
    given.append(equal(x[1], x[0] - slope(x[0]) / L))
    bound = factor * (1 - mu / L) ** 2 * norm(x[0] - x_star) ** 2
    return at_most(norm(x[1] - x_star) ** 2, bound), given


def operators_with_letters(factor: Rational) -> Stated:
    given = [strongly_monotone(operator, mu), lipschitz(operator, L)]
    given += [equal(p[1], p[0] - gamma * operator(p[0])) for p in (x, y)]
    bound = factor * (1 - 2 * gamma * mu + gamma**2 * L**2) * norm(x[0] - y[0]) ** 2
    return at_most(norm(x[1] - y[1]) ** 2, bound), given


def bregman(factor: Rational) -> Stated:
    given = [convex(f), differentiable(f), convex(h), differentiable(h)]
    given.append(relatively_smooth(f, h, Integer(1)))
    given += [equal(mirror(x[k + 1]), mirror(x[k]) - slope(x[k])) for k in range(2)]
    return at_most(f(x[2]) - f(x_star), factor * bregman_distance(h, x_star, x[0]) / 2), given


def least_gradient(factor: Rational) -> Stated:
    given = [smooth(f, Integer(1)), minimiser(x_star, f), equal(x[1], x[0] - slope(x[0]))]
    given += [at_most(m, norm(slope(x[k])) ** 2) for k in range(2)]
    return at_most(m, factor * 4 * (f(x[0]) - f(x_star)) / 5), given


ALL = [strongly_convex_with_letters, operators_with_letters, bregman, least_gradient]


@pytest.mark.parametrize("stated", ALL)
def test_what_is_true_is_proved(stated: Any) -> None:
    assert proved(stated, Rational(1), budget=20)


@pytest.mark.parametrize("stated", ALL[2:])
def test_what_is_a_little_better_is_not(stated: Any) -> None:
    assert not proved(stated, Rational(99, 100), budget=1)


def proved(stated: Any, factor: Rational, budget: float) -> bool:
    with as_written():
        conclusion, given = stated(factor)
    (task, *_) = tasks_of_claim(claim(conclusion, given=given))
    return prove(task, [], budget=budget).proof is not None
