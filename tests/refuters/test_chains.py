"""Functions of a number with their derivatives: drawn so that the hypotheses hold."""

from __future__ import annotations

import numpy as np
import pytest
from five_claims import app

from therefore.goal import Goal, Term
from therefore.refuters.chains import LITERALS, PowersAndWaves, derivative_literal
from therefore.refuters.instances import sample_instances
from therefore.refuters.search import find_counterexamples
from therefore.refuters.shapes import slope_of
from therefore.refuters.values import Unreadable

OF_NUMBERS = ("function", ("real",), "real")


def slope(f: str, g: str) -> Term:
    return ("forall", "real", ("has_derivative", app(f, "#0"), "#0", app(g, "#0")))


def about(conclusion: Term) -> Goal:
    """A statement on f at x, with f′ = g and g′ = k everywhere."""
    names = {"f": OF_NUMBERS, "g": OF_NUMBERS, "k": OF_NUMBERS, "x": "real"}
    return Goal(tuple(names.items()), (), (slope("f", "g"), slope("g", "k")), conclusion)


def test_derivatives_are_the_slopes_of_the_values() -> None:
    members = PowersAndWaves.draw(np.random.default_rng(1), 32)
    x, step = np.linspace(-2, 2, 32), 1e-6
    slopes = (members(x + step) - members(x - step)) / (2 * step)
    assert np.allclose(members.derivative()(x), slopes, atol=1e-4)
    assert np.array_equal(members.gradient(x), members.derivative()(x))
    assert not members.convex


def test_literals_are_the_members() -> None:
    members = PowersAndWaves.draw(np.random.default_rng(2), 32)
    written = {str(members.derivative().literal(row)) for row in range(32)}
    assert any("cos" in text for text in written)
    assert members.literal(0) == ("*", "1", ("^", "#0", "1"))
    assert PowersAndWaves(*(np.zeros(s) for s in ((1, 5), 1, 1, 1))).literal(0) == "0"


def test_the_derivative_of_a_literal() -> None:
    assert [derivative_literal(body) for body in LITERALS[:3]] == ["0", "1", "#0"]
    with pytest.raises(Unreadable):
        derivative_literal(("floor", "#0"))


def test_what_says_that_one_function_is_the_derivative_of_another() -> None:
    assert slope_of(slope("f", "g")) == ("f", "g")
    assert slope_of(slope("f", "f")) is None
    assert slope_of(("forall", "real", ("=", app("f", "#0"), app("g", "#0")))) is None
    assert slope_of(("=", "x", "x")) is None


@pytest.mark.parametrize(("times", "of"), [(1, "g"), (2, "k")])
def test_derivatives_in_the_conclusion_are_those_drawn(times: int, of: str) -> None:
    value: Term = app("f", "x")
    for _ in range(times):
        value = ("derivative", _in_place_of_x(value), "x")
    sampling = sample_instances(about(("=", value, app(of, "x"))))
    assert sampling.agreement.usable >= 128
    assert sampling.failing == 0
    assert sample_instances(about(("=", value, app("f", "x")))).failing > 0


def _in_place_of_x(term: Term, depth: int = 0) -> Term:
    if isinstance(term, str):
        return f"#{depth}" if term == "x" else term
    under = 1 if term[0] == "derivative" else 0
    return tuple(_in_place_of_x(p, depth + (under if k == 1 else 0)) for k, p in enumerate(term))


def test_a_counterexample_is_a_function_with_its_derivatives() -> None:
    found = next(find_counterexamples(about(("<=", app("f", "x"), app("k", "x")))))
    assert found.keys() == {"f", "g", "k", "x"}
