"""Derivatives in vectors and matrices of any size, differentials and norms, as they are read."""

from __future__ import annotations

import pytest

from therefore.kernel.terms import close
from therefore.reading.latex.document import Document

NAMES = r"""
Let $X, A, B \in \mathbb{R}^{n\times n}$, $Y \in \mathbb{R}^{n\times m}$, $x, a \in \mathbb{R}^n$,
$s \in \mathbb{R}$. Define $Z = A + s B$.
"""
SQUARE, VECTOR = ("matrix", "n", "n"), ("vector", "n")


def goals(text):
    document = Document("test.tex", None)
    document.read(NAMES + text)
    return [task.goal.conclusion for task in document.tasks], [e.message for e in document.errors]


def left(formula):
    """The left side of an equation that is read."""
    conclusions, errors = goals(rf"Then $${formula}.$$")
    assert errors == []
    return conclusions[0][1]


def of(head, body, variable, sort):
    return (head, ("lambda", sort, close(body, variable)), variable)


TRACE = ("trace", ("matmul", "A", "X"))
GRADIENT = of("gradient", TRACE, "X", SQUARE)
FORM = ("inner", "x", ("matmul", "A", "x"))


@pytest.mark.parametrize(
    ("formula", "term"),
    [
        (r"\frac{\partial}{\partial X}\mathrm{Tr}(AX) = A", GRADIENT),
        (r"\frac{\partial\operatorname{tr}(AX)}{\partial X} = A", GRADIENT),
        (r"\nabla_X \mathrm{Tr}(AX) = A", GRADIENT),
        (r"\frac{\partial^2 x^\top A x}{\partial x\,\partial x^\top} = A",
         of("hessian", FORM, "x", VECTOR)),
        (r"\frac{\partial}{\partial x}(Ax) = A", of("jacobian", ("matmul", "A", "x"), "x", VECTOR)),
        (r"\|Y\|_F = 1", ("norm", "Y")),
        (r"X^{-T} = A", ("transpose", ("inverse", "X"))),
        (r"X^{-2} = A", ("matmul", ("inverse", "X"), ("inverse", "X"))),
        (r"\partial(X^{-1}) = \partial X",
         ("velocity", ("inverse", ("+", "X", ("*", "#0", "partial_X"))), "0")),
        (r"\partial\mathrm{Tr}(X) = \mathrm{Tr}(\partial X)",
         ("velocity", ("trace", ("+", "X", ("*", "#0", "partial_X"))), "0")),
        (r"\partial X^T = (\partial X)^T", ("transpose", "partial_X")),
        (r"Z' = B", ("velocity", ("+", "A", ("*", "#0", "B")), "s")),
        (r"\frac{\partial Z}{\partial s} = B", ("velocity", ("+", "A", ("*", "#0", "B")), "s")),
        (r"\det Z (s + 1) = 1", ("*", ("det", "Z"), ("+", "s", "1"))),
        (r"\sum_{r=0}^{n} X^{r} = A", ("sum", "0", "n", ("power", "X", "#0"))),
    ],
)  # fmt: skip
def test_what_is_read(formula, term):
    assert left(formula) == term


DIAGONAL = ("hadamard", GRADIENT, ("identity", "n"))
SYMMETRIC = ("+", GRADIENT, ("transpose", GRADIENT), ("-", DIAGONAL))
CLAIM = r"\frac{\partial}{\partial X}\mathrm{Tr}(AX) = A"


@pytest.mark.parametrize(
    ("text", "term"),
    [
        (rf"Then $${CLAIM}\ (X = X^T).$$", SYMMETRIC),
        (rf"Suppose $X$ is symmetric. Then $${CLAIM}.$$", None),
        (f"Suppose $X$ is symmetric.\n% therefore: convention all entries\n\nThen $${CLAIM}.$$",
         GRADIENT),
        (f"Suppose $X$ is symmetric.\n% therefore: convention free entries\n\nThen $${CLAIM}.$$",
         SYMMETRIC),
        (rf"Suppose $A$ is symmetric. Then $${CLAIM}.$$", GRADIENT),
    ],
)  # fmt: skip
def test_by_which_entries_of_a_symmetric_matrix(text, term):
    conclusions, errors = goals(text)
    if term is None:
        assert conclusions == [] and "free entries" in errors[0]
    else:
        assert errors == [] and conclusions[0][1] == term


@pytest.mark.parametrize(
    "formula",
    [
        r"\|X\|_2 = 1", r"\|X\| = 1", r"\partial(A) = B", r"\partial X^{-1} = A",
        r"\partial X A = B", r"\partial (X)^2 = \partial X", r"\partial 2 = A",
        r"\frac{\partial}{\partial X} (AX) = A", r"\frac{\partial^2 x^\top A x}{\partial x^2} = A",
        r"\frac{\partial^2 Ax}{\partial x\,\partial x^\top} = A", r"A' = B", r"\det A B = 1",
        r"\frac{\partial}{\partial X}\mathrm{Tr}(A) = A", r"X^{-T} Y = X^{-T}",
    ],
)  # fmt: skip
def test_what_is_refused(formula):
    conclusions, errors = goals(rf"Then $${formula}.$$")
    assert conclusions == [] and len(errors) == 1


def test_a_direction_in_which_an_assumption_may_fail():
    """Of an orthogonal X, ∂X may be any direction, or one that keeps it orthogonal."""
    claim = r"Suppose $X^\top X = I$. Then $$\partial(XX) = X(\partial X) + (\partial X)X.$$"
    conclusions, errors = goals(claim)
    assert conclusions == [] and "an assumption stays true" in errors[0]
    conclusions, errors = goals("% therefore: convention all entries\n\n" + claim)
    assert len(conclusions) == 1 and errors == []


def test_a_product_of_which_one_factor_does_not_move():
    """``\\partial(AX) = A(\\partial X)`` for a constant A, or a term is forgotten."""
    claim = r"Then $$\partial(AX) = A(\partial X).$$"
    conclusions, errors = goals(claim)
    assert conclusions == [] and "does not move" in errors[0]
    conclusions, errors = goals("% therefore: convention fixed names\n\n" + claim)
    moved = ("+", "X", ("*", "#0", "partial_X"))
    assert errors == [] and conclusions[0][1] == ("velocity", ("matmul", "A", moved), "0")
