"""Numbers made of matrices, and derivatives in vectors and matrices."""

from __future__ import annotations

from typing import Any

from sympy import sympify

from therefore.language.base import Term
from therefore.language.errors import IllFormed
from therefore.language.functions import GradientWithRespectTo
from therefore.language.matrices import Matrix, MatrixTerm

__all__ = [
    "Determinant",
    "Differential",
    "DifferentialOfMatrix",
    "FrobeniusNorm",
    "GradientInMatrix",
    "Hessian",
    "Jacobian",
    "Trace",
    "det",
    "differential",
    "frobenius_norm",
    "grad",
    "hessian",
    "jacobian",
    "trace",
]


class _NumberOfMatrix(Term):
    """A number that belongs to a matrix."""

    word = ""
    latex_word = ""
    numpy_word = ""

    def __init__(self, matrix: Any) -> None:
        """Takes a matrix."""

    def _eval_is_real(self) -> bool:
        return True

    def _sympystr(self, printer: Any) -> str:
        return f"{self.word}({printer._print(self.args[0])})"

    def _latex(self, printer: Any, exp: str | None = None, **options: Any) -> str:
        text = rf"{self.latex_word}\left({printer._print(self.args[0])}\right)"
        return text if exp is None else rf"\left({text}\right)^{{{exp}}}"

    def _numpycode(self, printer: Any) -> str:
        return f"{printer._module_format(self.numpy_word)}({printer._print(self.args[0])})"


class Trace(_NumberOfMatrix):
    """The sum of the entries on the diagonal of a square matrix."""

    word, latex_word, numpy_word = "trace", r"\operatorname{tr}", "numpy.trace"


class Determinant(_NumberOfMatrix):
    """The determinant of a square matrix."""

    word, latex_word, numpy_word = "det", r"\det", "numpy.linalg.det"


class FrobeniusNorm(_NumberOfMatrix):
    """The square root of the sum of the squares of all entries of a matrix."""

    word, numpy_word = "frobenius_norm", "numpy.linalg.norm"

    def _eval_is_nonnegative(self) -> bool:
        return True

    def _latex(self, printer: Any, exp: str | None = None, **options: Any) -> str:
        text = rf"\left\lVert {printer._print(self.args[0])} \right\rVert_F"
        return text if exp is None else f"{text}^{{{exp}}}"


def _partial(of: Any, printer: Any) -> str:
    expression, variable = of.args
    text = printer._print(expression)
    if expression.is_Add:
        text = rf"\left[{text}\right]"
    return rf"\frac{{\partial}}{{\partial {printer._print(variable)}}} {text}"


class GradientInMatrix(MatrixTerm):
    """The matrix of the partial derivatives of a number by the entries of a matrix."""

    def __init__(self, expression: Any, variable: Any) -> None:
        """Takes a number that depends on a declared matrix, and that matrix."""

    def _sympystr(self, printer: Any) -> str:
        return f"grad({printer._print(self.args[0])}, {printer._print(self.args[1])})"

    def _latex(self, printer: Any, **options: Any) -> str:
        return _partial(self, printer)


class Jacobian(MatrixTerm):
    """The matrix of the partial derivatives of a vector, row by row, in a vector."""

    def __init__(self, expression: Any, variable: Any) -> None:
        """Takes a vector that depends on a declared vector, and that vector."""

    def _sympystr(self, printer: Any) -> str:
        return f"jacobian({printer._print(self.args[0])}, {printer._print(self.args[1])})"

    def _latex(self, printer: Any, **options: Any) -> str:
        return _partial(self, printer)


class Hessian(MatrixTerm):
    """The matrix of the second partial derivatives of a number in a vector."""

    def __init__(self, expression: Any, variable: Any) -> None:
        """Takes a number that depends on a declared vector, and that vector."""

    def _sympystr(self, printer: Any) -> str:
        return f"hessian({printer._print(self.args[0])}, {printer._print(self.args[1])})"

    def _latex(self, printer: Any, **options: Any) -> str:
        expression, variable = self.args
        name = printer._print(variable)
        above = rf"\partial^2 \left[{printer._print(expression)}\right]"
        return rf"\frac{{{above}}}{{\partial {name} \, \partial {name}^{{\top}}}}"


class Differential(Term):
    """The derivative of a number or a vector along directions."""

    def __init__(self, expression: Any, *moved: Any) -> None:
        """Takes an expression, and declared things, each followed by its direction."""

    def _sympystr(self, printer: Any) -> str:
        return f"differential({', '.join(map(printer._print, self.args))})"

    def _latex(self, printer: Any, **options: Any) -> str:
        return rf"\partial\left({printer._print(self.args[0])}\right)"


class DifferentialOfMatrix(MatrixTerm):
    """The derivative of a matrix along directions."""

    def __init__(self, expression: Any, *moved: Any) -> None:
        """Takes a matrix, and declared things, each followed by its direction."""

    def _sympystr(self, printer: Any) -> str:
        return f"differential({', '.join(map(printer._print, self.args))})"

    def _latex(self, printer: Any, **options: Any) -> str:
        return rf"\partial\left({printer._print(self.args[0])}\right)"


def trace(matrix: Any) -> Trace:
    """The trace of a square matrix."""
    made: Trace = Trace(matrix)
    return made


def det(matrix: Any) -> Determinant:
    """The determinant of a square matrix."""
    made: Determinant = Determinant(matrix)
    return made


def frobenius_norm(matrix: Any) -> FrobeniusNorm:
    """The norm ‖A‖_F of a matrix of any shape, the square root of ``trace(transpose(A) * A)``."""
    made: FrobeniusNorm = FrobeniusNorm(matrix)
    return made


def grad(expression: Any, variable: Any) -> GradientWithRespectTo | GradientInMatrix:
    """The gradient of a number in a vector or a matrix on which it depends.

    In a matrix X it is the matrix of the same shape whose entry (i, j) is the partial derivative
    by X[i, j].
    """
    kind = GradientInMatrix if isinstance(variable, Matrix) else GradientWithRespectTo
    made: GradientWithRespectTo | GradientInMatrix = kind(expression, variable)
    return made


def jacobian(expression: Any, variable: Any) -> Jacobian:
    """The matrix whose entry (i, j) is the partial derivative of part i of a vector by x[j]."""
    made: Jacobian = Jacobian(expression, variable)
    return made


def hessian(expression: Any, variable: Any) -> Hessian:
    """The matrix whose entry (i, j) is the second partial derivative of a number by x[i], x[j]."""
    made: Hessian = Hessian(expression, variable)
    return made


def differential(expression: Any, *moved: tuple[Any, Any]) -> Any:
    """The derivative of an expression as X moves along dX, for every pair ``(X, dX)``.

    ``differential(X * Y, (X, dX), (Y, dY))`` is the derivative of (X + s dX)(Y + s dY) at s = 0.
    """
    if not moved or any(not isinstance(pair, tuple) or len(pair) != 2 for pair in moved):
        raise IllFormed("differential(F, (X, dX)) takes pairs of what moves and its direction")
    value = sympify(expression, strict=True)
    kind = Differential if value.is_commutative else DifferentialOfMatrix
    return kind(value, *(part for pair in moved for part in pair))
