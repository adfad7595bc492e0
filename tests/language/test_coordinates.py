"""Formulas in coordinates: exact numbers, gradients worked out, and what does not fit is said."""

from __future__ import annotations

from typing import Any

import pytest
from sympy import Derivative, Expr, Matrix, Rational, Sum, sqrt

from therefore import IllFormed, as_written, define, gradient
from therefore import language as th
from therefore.language.coordinates import in_coordinates

d, n, T = th.dimension("d"), th.dimension("n"), th.horizon("T")
t = th.index("t", 1, T)
x, u, b = th.vector("x", d), th.vector("u", d), th.vector("b", n)
H, X = th.matrix("H", d, d), th.matrix("X", n, d)
w, z, y = th.sequence("w", d), th.real_sequence("z"), th.real("y")
VALUES = {
    d: 2, n: 1, x: (3, -4), u: (Rational(1, 2), y), b: (5,),
    H: ((1, 2), (2, 1)), X: ((1, y),),
    w: lambda k: k * x, z: lambda k: 2 * k - y,
}  # fmt: skip

with as_written():
    f = define("f", (x,), th.inner(x, H @ x) / 2 + th.norm(x) ** 2 / 2)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        (x - 2 * u, [2, -4 - 2 * y]),
        (th.inner(x, u), Rational(3, 2) - 4 * y),
        (th.norm(x), 5),
        (H @ x, [-5, 2]),
        (th.inverse(H) @ x, [Rational(-11, 3), Rational(10, 3)]),
        (th.inverse(H + 2 * th.identity(d)) @ x, [Rational(17, 5), Rational(-18, 5)]),
        (th.transpose(X) @ b, [5, 5 * y]),
        ((X * th.transpose(X)) @ b, [5 + 5 * y**2]),
        (H**2 @ x, [-1, -8]),
        (th.outer(u, x) @ x, [Rational(25, 2), 25 * y]),
        (f(x), Rational(-23, 2) + Rational(25, 2)),
        (th.grad(f(x), x), [-2, -2]),
        (th.grad(th.norm(X @ x - b) ** 2, x), [-4 - 8 * y, (-4 - 8 * y) * y]),
        (gradient(f)(u), [1 + 2 * y, 1 + 2 * y]),
        (w[3] + x, [12, -16]),
        (z[T] / 2, T - y / 2),
        (Derivative(y**3, y), 3 * y**2),
        (sqrt(th.norm(x) + 4), 3),
    ],
    ids=str,
)
def test_the_exact_numbers(expression: Any, expected: Any) -> None:
    """Vectors are columns of numbers; a name without a value stays."""
    found = in_coordinates(expression, VALUES)
    if isinstance(expected, list):
        assert list((found - Matrix(expected)).expand()) == [0] * len(expected)
    else:
        assert isinstance(found, Expr) and (found - expected).expand() == 0


def test_sums_of_vectors_are_taken_entry_by_entry() -> None:
    """With an end that has no value they stay sums, and their index is their own."""
    total = in_coordinates(Sum(w[t], (t, 1, T)), {**VALUES, t: 7})
    assert total == Matrix([Sum(3 * t, (t, 1, T)), Sum(-4 * t, (t, 1, T))])
    nested = in_coordinates(Sum(z[t] * y, (y, 0, t), (t, 1, T)), {z: lambda k: k})
    assert nested.subs(T, 2).doit() == 1 + 2 * 3


@pytest.mark.parametrize(
    ("expression", "values", "said"),
    [
        (x, {d: 3, x: (1, 2)}, "the value of x has 2 for the size d = 3"),
        (H @ x, {d: 2, x: (1, 2), H: ((1, 2),)}, "the value of H has 1 for the size d = 2"),
        (w[1], {d: 1, w: lambda k: (1, 2)}, "has 2 for the size d = 1"),
        (th.inner(x, u), {x: (1, 2), u: (1, 2, 3)}, "Dimensions incorrect"),
        (th.inverse(H) @ x, {d: 1, H: ((0,),), x: (1,)}, "not invertible"),
        (th.norm(x), {}, "x has no coordinates"),
        (th.component(x, 0) + y, {d: 1, x: (1,)}, "has no coordinates"),
    ],
    ids=["vector", "matrix", "member", "inner", "inverse", "name", "component"],
)
def test_what_has_no_coordinates(expression: Any, values: Any, said: str) -> None:
    with pytest.raises(IllFormed, match=said):
        in_coordinates(expression, values)
