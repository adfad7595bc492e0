"""Blocks, Kronecker and Hadamard products and vec: how they print, compute and are read."""

from __future__ import annotations

import numpy as np
import pytest

from therefore import language as th
from therefore.language import IllFormed, latex
from therefore.language.errors import WrongShape
from therefore.language.vectorised import numpy_function
from therefore.reading.formulas import Reader
from therefore.reading.sympy_terms import Scope

m, n, h, x = th.dimension("m"), th.dimension("n"), th.dimension("h"), th.real("x")
A, D = th.matrix("A", m, m), th.matrix("D", n, n)
B, C = th.matrix("B", m, n), th.matrix("C", n, m)
u, y = th.vector("u", m), th.vector("y", n)
WHOLE = th.block_matrix([[A, B], [C, D]])
VALUES = {
    A: np.array([[1.0, 2.0], [3.0, 4.0]]), B: np.array([[5.0], [6.0]]), C: np.array([[7.0, 8.0]]),
    D: np.array([[9.0]]), u: np.array([1.0, 2.0]), y: np.array([3.0]),
}  # fmt: skip
ZEROS = (("zero", "m", "n"), ("zero", "n", "m"))

with th.as_written():
    CASES = [
        (WHOLE, r"\begin{bmatrix} A & B \\ C & D \end{bmatrix}", "block_matrix([[A, B], [C, D]])",
         ("blocks", ("row", "A", "B"), ("row", "C", "D")),
         [[1, 2, 5], [3, 4, 6], [7, 8, 9]]),
        (th.block_diagonal(A, D), r"\begin{bmatrix} A & 0 \\ 0 & D \end{bmatrix}",
         "block_matrix([[A, 0], [0, D]])",
         ("blocks", ("row", "A", ZEROS[0]), ("row", ZEROS[1], "D")),
         [[1, 2, 0], [3, 4, 0], [0, 0, 9]]),
        (th.kronecker(A, B), r"A \otimes B", "kronecker(A, B)", ("kronecker", "A", "B"),
         np.kron(VALUES[A], VALUES[B])),
        (th.kronecker(u, y), r"u \otimes y", "kronecker(u, y)", ("kronecker", "u", "y"), [3, 6]),
        (th.hadamard(A, A * A), r"A \circ \left(A A\right)", "hadamard(A, A*A)",
         ("hadamard", "A", ("matmul", "A", "A")), [[7, 20], [45, 88]]),
        (th.hadamard(u, u), r"u \circ u", "hadamard(u, u)", ("hadamard", "u", "u"), [1, 4]),
        (th.vec(A), r"\operatorname{vec}\left(A\right)", "vec(A)", ("vec", "A"), [1, 3, 2, 4]),
    ]  # fmt: skip


@pytest.mark.parametrize(("expression", "written", "plain", "term", "value"), CASES)
def test_an_array_prints_computes_and_is_read(expression, written, plain, term, value):
    assert latex(expression) == written
    assert str(expression) == plain
    assert Reader().term(expression, Scope())[0] == term
    names = sorted(expression.free_symbols & VALUES.keys(), key=str)
    function = numpy_function(expression, *names)
    assert np.all(function(*(VALUES[name] for name in names)) == np.array(value))


@pytest.mark.parametrize("made", [
    th.hadamard(A, D), th.block_matrix([[A, B], [D, C]]), th.vec(th.vec(A)), th.kronecker(u, x),
])  # fmt: skip
def test_shapes_that_do_not_fit_are_refused_where_they_are_read(made):
    with pytest.raises(WrongShape):
        Reader().term(made, Scope())


def test_sizes_are_sums_and_products():
    N = th.matrix("N", 2 * h + 1, m * n)
    assert N.args[1:] == (2 * h + 1, m * n)


@pytest.mark.parametrize(
    "made",
    [
        lambda: th.kronecker(A, u), lambda: th.hadamard(A, u), lambda: th.block_matrix([]),
        lambda: th.block_matrix([[]]), lambda: th.block_matrix([[A, B], [C]]),
        lambda: th.block_matrix([[A, 0], [C, 0]]), lambda: th.block_matrix([[0, 0], [C, D]]),
        lambda: th.matrix("N", m - n, m), lambda: th.matrix("N", x + 1, m),
        lambda: th.matrix("N", m / 2, m),
    ],
)  # fmt: skip
def test_wrong_use_is_refused_at_once(made):
    with pytest.raises(IllFormed):
        made()
