"""Random numbers and vectors, their expectations and covariances, and what is known of them."""

from __future__ import annotations

from typing import Any

from sympy import sympify

from therefore.language.base import Declared, Statement, Term, name_argument, size_argument
from therefore.language.errors import IllFormed
from therefore.language.matrices import Matrix, MatrixTerm
from therefore.language.vectors import Vector

__all__ = [
    "Covariance",
    "CrossCovariance",
    "Expectation",
    "ExpectedMatrix",
    "FiniteMoments",
    "Gaussian",
    "Independent",
    "RandomMatrix",
    "RandomNumber",
    "RandomVector",
    "Variance",
    "covariance",
    "expectation",
    "finite_moments",
    "gaussian",
    "independent",
    "random_matrix",
    "random_number",
    "random_vector",
    "variance",
]


class RandomVector(Vector):
    """A random vector in R^n. It stands within expectations only."""


class RandomMatrix(Matrix):
    """A random matrix with m rows and n columns. It stands within expectations only."""


class RandomNumber(Declared, Term):
    """A random number. It stands within expectations only."""

    def __new__(cls, name: Any) -> Any:
        return Term.__new__(cls, name_argument(name))


class Expectation(Term):
    """The expectation of a random number or vector."""

    def __init__(self, body: Any) -> None:
        """Takes a polynomial in random names."""

    def _sympystr(self, printer: Any) -> str:
        return f"expectation({printer._print(self.args[0])})"

    def _latex(self, printer: Any, exp: str | None = None, **options: Any) -> str:
        text = rf"\mathbb{{E}}\left[{printer._print(self.args[0])}\right]"
        return text if exp is None else rf"{text}^{{{exp}}}"


class ExpectedMatrix(MatrixTerm):
    """The expectation of a random matrix."""

    def __init__(self, body: Any) -> None:
        """Takes a matrix that is a polynomial in random names."""

    def _sympystr(self, printer: Any) -> str:
        return f"expectation({printer._print(self.args[0])})"

    def _latex(self, printer: Any, **options: Any) -> str:
        return rf"\mathbb{{E}}\left[{printer._print(self.args[0])}\right]"


class Covariance(MatrixTerm):
    """The covariance E[(u - E u)(v - E v)^T] of two random vectors."""

    def __init__(self, left: Any, right: Any) -> None:
        """Takes two random vectors."""

    def _sympystr(self, printer: Any) -> str:
        left, right = (printer._print(arg) for arg in self.args)
        return f"covariance({left})" if left == right else f"covariance({left}, {right})"

    def _latex(self, printer: Any, **options: Any) -> str:
        left, right = (printer._print(arg) for arg in self.args)
        inside = left if left == right else f"{left}, {right}"
        return rf"\operatorname{{Cov}}\left[{inside}\right]"


class CrossCovariance(Term):
    """The covariance E[(X - E X)(Y - E Y)] of two random numbers."""

    def __init__(self, left: Any, right: Any) -> None:
        """Takes two random numbers."""

    def _sympystr(self, printer: Any) -> str:
        left, right = (printer._print(arg) for arg in self.args)
        return f"covariance({left}, {right})"

    def _latex(self, printer: Any, **options: Any) -> str:
        left, right = (printer._print(arg) for arg in self.args)
        return rf"\operatorname{{Cov}}\left[{left}, {right}\right]"


class Variance(Term):
    """The variance E[(X - E X)^2] of a random number."""

    def __init__(self, body: Any) -> None:
        """Takes a random number."""

    def _sympystr(self, printer: Any) -> str:
        return f"variance({printer._print(self.args[0])})"

    def _latex(self, printer: Any, exp: str | None = None, **options: Any) -> str:
        text = rf"\operatorname{{Var}}\left[{printer._print(self.args[0])}\right]"
        return text if exp is None else rf"{text}^{{{exp}}}"


class FiniteMoments(Statement):
    """E |x|^k is finite."""

    def _latex(self, printer: Any, **options: Any) -> str:
        name, order = (printer._print(arg) for arg in self.args)
        return rf"\mathbb{{E}}\left[\left\|{name}\right\|^{{{order}}}\right] < \infty"


class Gaussian(Statement):
    """x is normal with this mean and this covariance, which may be singular."""

    def _latex(self, printer: Any, **options: Any) -> str:
        name, mean, spread = (printer._print(arg) for arg in self.args)
        return rf"{name} \sim \mathcal{{N}}\left({mean}, {spread}\right)"


class Independent(Statement):
    """The two random names are independent."""

    def _latex(self, printer: Any, **options: Any) -> str:
        one, other = (printer._print(arg) for arg in self.args)
        return rf"{one} \text{{ and }} {other} \text{{ are independent}}"


def random_vector(name: str, size: Any) -> RandomVector:
    """A random vector in R^size, to stand within ``expectation`` and ``covariance``."""
    made: RandomVector = RandomVector(name, size)
    return made


def random_matrix(name: str, rows: Any, columns: Any) -> RandomMatrix:
    """A random matrix, to stand within ``expectation``."""
    size_argument(rows), size_argument(columns)
    made: RandomMatrix = RandomMatrix(name, rows, columns)
    return made


def random_number(name: str) -> RandomNumber:
    """A random number, to stand within ``expectation``, ``variance`` and ``covariance``."""
    made: RandomNumber = RandomNumber(name)
    return made


def expectation(body: Any) -> Any:
    """E[body]: of a number, a vector or a matrix, polynomial in what is random.

    A line needs that it exists: by ``finite_moments`` of the degree of the body, or ``gaussian``.
    """
    body = sympify(body, strict=True)
    return Expectation(body) if body.is_commutative else ExpectedMatrix(body)


def covariance(left: Any, right: Any = None) -> Any:
    """E[(u - E u)(v - E v)^T] of two random vectors, with v = u where there is only one.

    Of two random numbers it is a number.
    """
    left = sympify(left, strict=True)
    right = left if right is None else sympify(right, strict=True)
    numbers = [_is_number(one) for one in (left, right)]
    if any(numbers):
        if not all(numbers):
            raise IllFormed("the covariance of a number and a vector is not in the language")
        return CrossCovariance(left, right)
    return Covariance(left, right)


def variance(body: Any) -> Any:
    """E[(X - E X)^2] of a random number; of a random vector, its covariance."""
    body = sympify(body, strict=True)
    return Variance(body) if _is_number(body) else Covariance(body, body)


def _is_number(body: Any) -> bool:
    """Whether an expression is made of random numbers: none of its vectors stands alone."""
    if isinstance(body, Vector):
        return False
    from therefore.language.vectors import Inner, Norm

    if isinstance(body, Inner | Norm):
        return True
    if body.is_Add or body.is_Mul:
        return all(_is_number(arg) for arg in body.args)
    from therefore.language.matrices import Image

    return not isinstance(body, Image | MatrixTerm)


def finite_moments(random: Any, order: int) -> FiniteMoments:
    """E |x|^order is finite, for a random vector or number: so are all the lower ones."""
    made: FiniteMoments = FiniteMoments(random, order)
    return made


def independent(one: Any, other: Any) -> Independent:
    """The two random vectors or numbers are independent."""
    made: Independent = Independent(one, other)
    return made


def gaussian(random: Any, mean: Any, spread: Any) -> Gaussian:
    """The random vector is normal with this mean and this covariance, which may be singular."""
    made: Gaussian = Gaussian(random, mean, spread)
    return made
