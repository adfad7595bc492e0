"""Claims as NumPy functions: exact values where floats are exact."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from sympy import Abs, Derivative, Sum

from therefore import language as th
from therefore.claim import claim
from therefore.language import IllFormed
from therefore.language.numeric import numpy_sides

x = th.real("x")
d, n, T = th.dimension("d"), th.dimension("n"), th.horizon("T")
t, lam = th.index("t", 1, T), th.positive(r"\lambda")
w, u = th.sequence("w", d), th.vector("u", d)
f = th.function("f", d)


class HalfSquare:
    """f(x) = <x, x> / 2, whose gradient is x."""

    def __call__(self, point: Any) -> Any:
        return np.dot(point, point) / 2

    def gradient(self, point: Any) -> Any:
        return point


def test_a_claim_gives_both_sides() -> None:
    with th.as_written():
        g = th.define("g", (x,), x / (1 + Abs(x)))
        odd = claim(th.equal(g(-x), -g(x)))
    left, right = odd.numpy()(x=np.array([-3.0, 0.0, 1.0]))
    assert left.tolist() == right.tolist() == [0.75, 0.0, -0.5]


def test_sums_of_vectors_and_norms() -> None:
    with th.as_written():
        both = numpy_sides(
            th.at_most(th.norm(Sum(w[t], (t, 1, T))), Sum(th.inner(w[t], u), (t, 1, T)))
        )
    rows = {1: np.array([1.0, 2.0]), 2: np.array([2.0, 2.0])}
    assert both(w=rows, u=np.array([1.0, 0.0]), T=2) == (5.0, 3.0)


def test_gradients_of_functions_and_of_expressions() -> None:
    with th.as_written():
        objective = f(u) + lam / 2 * th.norm(u - w[1]) ** 2
        both = numpy_sides(th.equal(th.grad(objective, u), th.gradient(f)(u) + lam * (u - w[1])))
    left, right = both(f=HalfSquare(), u=np.array([1.0, 3.0]), w=[0, np.ones(2)], lambda_=4.0)
    assert left.tolist() == right.tolist() == [1.0, 11.0]


def test_derivatives_are_worked_out() -> None:
    with th.as_written():
        g = th.define("g", (x,), x / (1 + Abs(x)))
        both = numpy_sides(th.equal(Derivative(g(x), x), 1 / (1 + Abs(x)) ** 2))
    assert both(x=-1.0) == (0.25, 0.25)


def test_matrices_modulo_n() -> None:
    i, j, k = (th.cyclic_index(name, n) for name in "ijk")
    c, a = th.cyclic_sequence("c", n), th.real_sequence("a")
    with th.as_written():
        J = th.shift(n)
        commutes = numpy_sides(th.equal(th.circulant(c) * J, J * th.circulant(c)))
        toeplitz = numpy_sides(th.equal(th.toeplitz(a, n), th.matrix_by_entries((i, j), c[i - j])))
        entry = numpy_sides(
            th.equal((J * J)[i, j], th.cyclic_sum(th.delta(i, k + 1) * th.delta(k, j + 1), k))
        )
    left, right = commutes(c=np.array([1.0, 2.0, 3.0]), n=3)
    assert left.tolist() == right.tolist() == [[3.0, 2.0, 1.0], [1.0, 3.0, 2.0], [2.0, 1.0, 3.0]]
    left, right = toeplitz(a={-1: 5, 0: 1, 1: 7}, c=[1, 7], n=2)
    assert left.tolist() == [[1, 5], [7, 1]]
    assert right.tolist() == [[1, 7], [7, 1]]
    assert entry(n=3, i=2, j=0) == (1.0, 1)


def test_exact_numbers_stay_exact() -> None:
    with th.as_written():
        both = numpy_sides(th.equal(x**2, x * x))
    assert both(x=Fraction(1, 3)) == (Fraction(1, 9), Fraction(1, 9))


def test_missing_and_unknown_names_are_named() -> None:
    with th.as_written():
        both = numpy_sides(th.equal(x, 0))
    with pytest.raises(TypeError, match="missing values: \\['x'\\]"):
        both()
    with pytest.raises(TypeError, match="unknown names: \\['y'\\]"):
        both(x=1, y=2)


def test_only_relations_turn_into_numpy() -> None:
    with pytest.raises(IllFormed, match="no two sides"):
        numpy_sides(th.convex(f))


def test_a_gradient_that_is_not_worked_out_is_said_to_be() -> None:
    with th.as_written(), pytest.raises(IllFormed, match="not worked out"):
        numpy_sides(th.equal(th.grad(Abs(th.inner(u, u)), u), 0))
