"""Words for matrices mean the same in Python and in a document."""

from __future__ import annotations

import pytest

from therefore import language as th
from therefore.language.errors import WrongShape
from therefore.reading.formulas import Reader
from therefore.reading.latex.document import Document
from therefore.reading.sympy_terms import Scope

m, n = th.dimension("m"), th.dimension("n")
A, B, X = th.matrix("A", n, n), th.matrix("B", n, n), th.matrix("X", m, n)
SAID = {
    "Let $A$ be symmetric.": th.symmetric(A),
    "Let $A$ be skew-symmetric.": th.skew_symmetric(A),
    "Let $A$ be orthogonal.": th.orthogonal(A),
    "Let $A$ be idempotent.": th.idempotent(A),
    "Let $A$ be a projection.": th.projection(A),
    "Let $A$ be an orthogonal projection.": th.orthogonal_projection(A),
    "Let $A$ be positive definite.": th.positive_definite(A),
    "Let $A$ be positive semidefinite.": th.positive_semidefinite(A),
    "Let $X$ have full row rank.": th.full_row_rank(X),
    "Let $X$ have full column rank.": th.full_column_rank(X),
    "Let $A$ and $B$ commute.": th.commute(A, B),
    "Suppose $A$ is invertible.": th.invertible(A),
}
with th.as_written():
    SAME = th.equal(A, A)
    TURNED = th.equal(th.pseudo_inverse(X) * X, th.identity(n))


@pytest.mark.parametrize("sentence", SAID)
def test_a_word_means_the_same_in_both(sentence: str) -> None:
    document = Document("test.tex", None)
    declared = r"Let $A, B \in \mathbb{R}^{n\times n}$, $X \in \mathbb{R}^{m\times n}$. "
    document.read(declared + sentence)
    assert document.errors == []
    read = Reader().goal(SAME, (SAID[sentence],))
    assert list(read.hypotheses) == document.names.hypotheses


def test_under_a_quantifier_the_form_keeps_its_variables_apart() -> None:
    k = th.integer("k")
    sequence = th.matrix_sequence("S", k, n, n)
    read = Reader().formula(
        th.for_all(k, th.positive_semidefinite(sequence[k])), Scope()
    )  # fmt: skip
    form = read[2][2]
    assert form[2] == ("<=", "0", ("inner", "#0", ("matmul", ("app", "S", "#1"), "#0")))


def test_a_wide_matrix_is_not_symmetric() -> None:
    with pytest.raises(WrongShape):
        Reader().formula(th.symmetric(X), Scope())


def test_a_pseudo_inverse_has_the_turned_shape() -> None:
    read = Reader().formula(TURNED, Scope())
    assert read == ("=", ("matmul", ("pseudoinverse", "X"), "X"), ("identity", "n"))
    assert th.latex(th.pseudo_inverse(X)) == "X^{+}"
    assert str(th.pseudo_inverse(A * B)) == "pseudo_inverse(A*B)"


def test_an_exponential_is_of_square_matrices() -> None:
    with th.as_written():
        power = th.equal(th.matrix_exponential(A + B), th.identity(n))
        wide = th.equal(th.matrix_exponential(X), X)
    read = Reader().formula(power, Scope())
    assert read == ("=", ("exponential", ("+", "A", "B")), ("identity", "n"))
    assert th.latex(th.matrix_exponential(A)) == "e^{A}"
    assert str(th.matrix_exponential(A * B)) == "matrix_exponential(A*B)"
    with pytest.raises(WrongShape):
        Reader().formula(wide, Scope())
