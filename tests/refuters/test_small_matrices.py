"""Matrices of which much is assumed: exact ones, of every size that instances have."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from interpreting import exact

from therefore.reading.latex.document import Document
from therefore.refuters.domains import unused_draw
from therefore.refuters.exact import Array, ExactInterpreter
from therefore.refuters.logic import Truth
from therefore.refuters.small_matrices import SmallMatrices
from therefore.refuters.terms import open_goal


def problem_of(words: str):
    document = Document("test.tex", None)
    document.read(rf"Let $A \in \mathbb{{R}}^{{n\times n}}$ {words}. Then $A = A$.")
    assert document.errors == []
    return open_goal(document.tasks[0].goal)[0]


@pytest.mark.parametrize("size", [1, 2, 3, 5])
@pytest.mark.parametrize(
    "words",
    ["be idempotent", "be an orthogonal projection", "be positive definite", "be orthogonal",
     "be positive semidefinite", "be singular", "with $A^2 = 0$", "be an involution"],
)  # fmt: skip
def test_a_pool_satisfies_what_is_assumed(words, size):
    problem = problem_of(words)
    pool = SmallMatrices(problem, {"n": size}).pools()["A"]
    for grid in pool:
        assert len(grid) == size
        given = {("A", i, j): x for i, row in enumerate(grid) for j, x in enumerate(row)}
        one = ExactInterpreter(problem, {"n": size}, draw=unused_draw, given=given)
        assert all(one.formula(said) == Truth.TRUE for said in problem.hypotheses)
    assert size == 1 or len(pool) > 1 or words == "with $A^2 = 0$"


def test_a_matrix_of_which_little_is_assumed_has_no_pool():
    assert SmallMatrices(problem_of("be symmetric"), {"n": 2}).pools() == {}


def test_a_definite_form_is_decided():
    problem = problem_of("be positive definite")
    form = problem.hypotheses[-1]
    for entry, truth in ((1, Truth.TRUE), (2, Truth.FALSE), (3, Truth.FALSE)):
        grid = ((Fraction(1), Fraction(entry, 2)), (Fraction(entry, 2), Fraction(1)))
        given = {("A", i, j): x for i, row in enumerate(grid) for j, x in enumerate(row)}
        one = ExactInterpreter(problem, {"n": 2}, draw=unused_draw, given=given)
        assert one.formula(form) == truth


def test_pivots_tell_what_the_minors_tell():
    entries = [Fraction(x) for x in (-1, 0, 1, 2)]
    for a, b, c, d in product(entries, repeat=4):
        rows = [[a, b, b], [b, c, d], [b, d, c]]
        minors = [a, a * c - b * b, a * (c * c - d * d) - 2 * b * b * (c - d)]
        others = [c, c, c * c - d * d, a * c - b * b]
        matrix = Array(tuple(Array(tuple(row)) for row in rows))
        whole = exact()
        assert (whole.definite(matrix, True) == Truth.TRUE) == all(x > 0 for x in minors)
        assert (whole.definite(matrix, False) == Truth.TRUE) == (min(minors + others) >= 0)
