"""Formulas as NumPy functions: the right digits everywhere, vectorised, and no overflow."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from typing import Any

import mpmath
import numpy as np
import pytest
import sympy
from sympy import Derivative, IndexedBase, Integer, Max, Piecewise, Sum, exp, lambdify, log, sqrt

from therefore import IllFormed, as_written, define, formula, numpy_function
from therefore import language as th

x, y = th.real("x"), th.real("y")
K, n, d = th.horizon("K"), th.dimension("n"), th.dimension("d")
i, j = th.index("i", 1, K), th.index("j", 1, K)
z = th.real_sequence("z")

sigmoid = 1 / (1 + exp(-x))
softmax = exp(z[i]) / Sum(exp(z[j]), (j, 1, K))
log_sum_exp = log(Sum(exp(z[j]), (j, 1, K)))
FAR = [-1e5, -1000.0, -745.0, -700.0, -40.0, -1e-9, 0.0, 1e-3, 0.5, 30.0, 40.0, 700.0, 1000.0, 1e5]


@pytest.fixture(autouse=True)
def no_warnings() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


@pytest.mark.parametrize(
    "expression",
    [
        sigmoid,
        exp(-x) / (1 + exp(-x)) ** 2,
        exp(-x) * (exp(-x) - 1) / (1 + exp(-x)) ** 3,
        (exp(2 * x) - 1) / (exp(2 * x) + 1),
        4 * exp(2 * x) / (exp(2 * x) + 1) ** 2,
        log(1 + exp(x)),
        log(exp(x) * 3),
        x * exp(-(x**2)),
        (exp(x) - exp(-x)) / (exp(x) + exp(-x)),
        sqrt(exp(x) / (1 + exp(x))),
    ],
    ids=str,
)
def test_all_digits_are_right_near_and_far(expression: Any) -> None:
    """Within a few units in the last place of 60 digits, from −100,000 to 100,000."""
    found = numpy_function(expression, x)(np.array(FAR))
    exactly = lambdify(x, expression, "mpmath")
    with mpmath.workdps(60), warnings.catch_warnings():
        for at, value in zip(FAR, found.tolist(), strict=True):
            true = exactly(mpmath.mpf(at))
            # Below 1e-300 floats have fewer digits, or are 0.
            assert abs(mpmath.mpf(value) - true) <= max(abs(true) * 1e-15 * 4, 1e-300), at


def test_exactly_saturated() -> None:
    assert numpy_function(sigmoid, x)([-1000, 0, 1000]).tolist() == [0.0, 0.5, 1.0]
    assert numpy_function(sigmoid, x)([-np.inf, np.inf]).tolist() == [0.0, 1.0]


def test_softmax_and_log_sum_exp_as_they_are_written() -> None:
    logits, places = np.array([1000.0, 1000.0, -1000.0]), np.arange(1, 4)
    assert numpy_function(softmax, z, i, K)(logits, places, 3).tolist() == [0.5, 0.5, 0.0]
    assert numpy_function(log_sum_exp, z, K)(logits, 3).tolist() == 1000 + np.log(2)
    assert numpy_function(softmax, z, i, K, first=0)(logits, 2, 2) == 0.0  # z_1 and z_2 of z_0 ...


def test_what_would_cancel_is_put_together_first() -> None:
    loss = numpy_function(-y * log(sigmoid) - (1 - y) * log(1 - sigmoid), x, y)
    assert loss([-1000.0, 0.0, 1000.0], [1.0, 0.5, 0.25]).tolist() == [1000.0, np.log(2), 750.0]
    assert numpy_function(sigmoid * (1 - sigmoid), x)(700.0) == np.exp(-700.0)
    wide = sum((exp(x * k) for k in range(2, 90)), exp(x))
    assert numpy_function(wide, x)(0.0) == 89.0


def test_a_table_of_all_pairs() -> None:
    """Indices may be arrays of their own: the Jacobian of softmax, worked out by SymPy."""
    members = IndexedBase("z", real=True)
    jacobian = numpy_function(formula(softmax).diff(members[K]), z, i, K)  # in the last one
    logits = np.array([0.0, 0.0])
    assert jacobian(logits, np.array([[1], [2]]), 2).tolist() == [[-0.25], [0.25]]


def test_sums_nest_and_spread() -> None:
    both = numpy_function(Sum(z[i] * z[j] + x, (i, 1, j), (j, 1, K)), z, x, K)
    assert both(np.array([1.0, 2.0]), np.array([0.0, 1.0]), 2).tolist() == [7.0, 10.0]
    product = numpy_function(Sum(Sum(exp(z[i] + z[j]), (i, 1, K)), (j, 1, K)), z, K)
    assert product(np.zeros(3), 3) == 9.0
    assert numpy_function(Sum(exp(x), (j, 1, K)), x, K)([0.0, 0.0], 4).tolist() == [4.0, 4.0]
    assert numpy_function(1 + Sum(exp(x), (j, 1, K)), x, K)(0.0, 0) == 1.0


def test_cyclic_sums() -> None:
    k, r = th.cyclic_index("k", n), th.cyclic_index("r", n)
    c = th.cyclic_sequence("c", n)
    with as_written():
        convolved = th.cyclic_sum(c[r - k] * c[k] + th.delta(k, r), k)
    entry = numpy_function(convolved, c, r, n)
    assert entry(np.array([1.0, 2.0, 3.0]), np.arange(3), 3).tolist() == [14.0, 14.0, 11.0]


def test_other_functions() -> None:
    leaky = numpy_function(Max(x / 4, x), x)
    assert leaky([-4.0, 0.0, 4.0]).tolist() == [-1.0, 0.0, 4.0]
    pieces = numpy_function(Piecewise((log(x), x > 0), (Integer(7), True)), x)
    assert pieces([1.0, -1.0]).tolist() == [0.0, 7.0]
    assert numpy_function(sympy.KroneckerDelta(i, j), i, j)([1, 2], 2).tolist() == [0.0, 1.0]
    assert numpy_function(sympy.sign(x) * sympy.pi * 0, x)(3.0) == 0.0
    assert numpy_function(exp(x) ** 0 * sqrt(exp(2 * x)), x)(0.0) == 1.0


def test_differences_of_exponentials() -> None:
    assert numpy_function(exp(x) - exp(y), x, y)(1000.0, 1000.0) == 0.0
    assert numpy_function(exp(x) - exp(y), x, y)(1.0, np.array([1.0, 0.0]))[0] == 0.0
    assert numpy_function(-exp(x) - exp(y), x, y)(0.0, 0.0) == -2.0
    assert numpy_function(1 + x * exp(1000 * x), x)(0.0) == 1.0


def test_vectors() -> None:
    u, v = th.vector("u", d), th.vector("v", d)
    length = numpy_function(th.norm(u) + th.inner(u, v), u, v)
    assert length([3.0, 4.0], [1.0, 0.0]) == 8.0


def test_definitions_and_derivatives() -> None:
    with as_written():
        f = define("f", (x,), x**2 * y)
        g = define("g", (x,), f(x) + 1)
        slopes = Derivative(g(x), x, x), Derivative(g(x), x).subs(x, y), f(y) - f(y)
    assert [formula(one) for one in slopes] == [2 * y, 2 * y**2, 0]
    assert numpy_function(slopes[0], y)(3.0) == 6.0


def test_misuse_is_said() -> None:
    with pytest.raises(IllFormed, match="K, z is no argument"):
        numpy_function(softmax, i)
    with pytest.raises(IllFormed, match="x is the name of two different things"):
        numpy_function(x + th.positive("x"), x)
    with pytest.raises(TypeError, match="takes x, not 2 values"):
        numpy_function(sigmoid, x)(1.0, 2.0)
    with pytest.raises(IndexError, match="members 1 to 2 only"):
        numpy_function(softmax, z, i, K)(np.zeros(2), 1, 3)
    with pytest.raises(IllFormed, match="more than one index"):
        numpy_function(IndexedBase("z")[1, 2], z)(np.zeros(2))
    with pytest.raises(IllFormed, match="no NumPy form"):
        numpy_function(sympy.Tuple(x, x), x)(1.0)


def test_matrices() -> None:
    """The rows and columns are the last two axes; numbers are spread against each other."""
    turn = numpy_function(sympy.ImmutableMatrix([[x, 1 / (1 + exp(-y))], [0, x * y]]), x, y)
    assert turn(2, 0).tolist() == [[2.0, 0.5], [0.0, 0.0]]
    assert turn([1, 2, 3], 0).shape == (3, 2, 2)
    assert turn(2, [0, -1000])[1].tolist() == [[2.0, 0.0], [0.0, -2000.0]]


def test_elements_of_the_complex_numbers() -> None:
    """The transform of the fourth order, with the powers of i as they are, and its columns."""
    field = th.field("F")
    k, s = th.cyclic_index("k", n), th.cyclic_index("s", n)
    omega, c = th.element("omega", field), th.element_sequence("c", n, field)
    transform = numpy_function(th.cyclic_sum(c[s] * omega ** (-s * k), s), c, omega, k, n)
    assert np.abs(transform([1, 2, 3, 4], 1j, np.arange(4), 4) - np.fft.fft([1, 2, 3, 4])).max() < (
        1e-12
    )
