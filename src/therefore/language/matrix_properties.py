"""What may be assumed of a matrix in a word: symmetric, orthogonal, definite, a projection."""

from __future__ import annotations

from typing import Any

from sympy import Eq
from sympy.core.symbol import Str

from therefore.language.base import Statement
from therefore.language.matrices import Product

__all__ = [
    "MatrixProperty",
    "commute",
    "full_column_rank",
    "full_row_rank",
    "idempotent",
    "orthogonal",
    "orthogonal_projection",
    "positive_definite",
    "positive_semidefinite",
    "projection",
    "skew_symmetric",
    "symmetric",
]


class MatrixProperty(Statement):
    """A matrix is what a word says: args are the word and the matrix."""

    def _latex(self, printer: Any, **options: Any) -> str:
        word, matrix = self.args
        return rf"{printer._print(matrix)} \text{{ is {word.name}}}"

    def _sympystr(self, printer: Any) -> str:
        word, matrix = self.args
        return f"{printer._print(matrix)} is {word.name}"


def _said(word: str, matrix: Any) -> MatrixProperty:
    made: MatrixProperty = MatrixProperty(Str(word), matrix)
    return made


def symmetric(matrix: Any) -> MatrixProperty:
    """The transpose of the square matrix is the matrix."""
    return _said("symmetric", matrix)


def skew_symmetric(matrix: Any) -> MatrixProperty:
    """The transpose of the square matrix is minus the matrix."""
    return _said("skew-symmetric", matrix)


def orthogonal(matrix: Any) -> MatrixProperty:
    """The transpose of the square matrix is its inverse, from both sides."""
    return _said("orthogonal", matrix)


def idempotent(matrix: Any) -> MatrixProperty:
    """The square matrix times itself is the matrix."""
    return _said("idempotent", matrix)


def projection(matrix: Any) -> MatrixProperty:
    """The same as ``idempotent``: P P = P."""
    return _said("projection", matrix)


def orthogonal_projection(matrix: Any) -> MatrixProperty:
    """P P = P, and P is symmetric."""
    return _said("orthogonal projection", matrix)


def positive_definite(matrix: Any) -> MatrixProperty:
    """The square matrix is symmetric, and 0 < <x, A x> for every vector x that is not 0."""
    return _said("positive definite", matrix)


def positive_semidefinite(matrix: Any) -> MatrixProperty:
    """The square matrix is symmetric, and 0 <= <x, A x> for every vector x."""
    return _said("positive semidefinite", matrix)


def full_row_rank(matrix: Any) -> MatrixProperty:
    """The matrix times its transpose is invertible."""
    return _said("full row rank", matrix)


def full_column_rank(matrix: Any) -> MatrixProperty:
    """The transpose of the matrix times the matrix is invertible."""
    return _said("full column rank", matrix)


def commute(left: Any, right: Any) -> Any:
    """A B = B A, for square matrices of one size."""
    return Eq(Product(left, right), Product(right, left), evaluate=False)
