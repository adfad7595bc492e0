"""What an arithmetic must supply for terms and formulas to have values."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from therefore.goal import Term
from therefore.refuters.values import Bound

__all__ = ["Arithmetic"]


class Arithmetic(ABC):
    """Numbers, vectors, matrices, derivatives and relations, in floats or exactly.

    Whole numbers are plain ``int`` in every arithmetic, and so is the value of an empty sum.
    """

    @abstractmethod
    def number(self, value: Fraction) -> Any: ...
    @abstractmethod
    def add(self, a: Any, b: Any) -> Any: ...
    @abstractmethod
    def negate(self, a: Any) -> Any: ...
    @abstractmethod
    def multiply(self, a: Any, b: Any) -> Any: ...
    @abstractmethod
    def divide(self, a: Any, b: Any) -> Any: ...
    @abstractmethod
    def power(self, a: Any, exponent: int) -> Any: ...
    @abstractmethod
    def absolute(self, a: Any) -> Any: ...
    @abstractmethod
    def step(self, a: Any) -> Any:
        """1 where a number is not negative, else 0."""

    @abstractmethod
    def root(self, a: Any) -> Any: ...
    @abstractmethod
    def floor(self, a: Any) -> Any:
        """The greatest integer that is at most the number."""

    @abstractmethod
    def inner(self, u: Any, v: Any) -> Any: ...
    @abstractmethod
    def norm(self, u: Any) -> Any: ...
    @abstractmethod
    def flattened(self, a: Any) -> Any:
        """The entries of a matrix as a vector; any other value as it is."""

    @abstractmethod
    def zero(self, size: int) -> Any: ...
    @abstractmethod
    def vector(self, parts: list[Any]) -> Any: ...
    @abstractmethod
    def matrix(self, rows: list[list[Any]]) -> Any: ...
    @abstractmethod
    def matmul(self, a: Any, b: Any) -> Any: ...
    @abstractmethod
    def entry(self, a: Any, row: int, column: int) -> Any: ...
    @abstractmethod
    def component(self, u: Any, at: int) -> Any: ...
    @abstractmethod
    def elementary(self, name: str, a: Any) -> Any:
        """exp, log, sin, cos or arctan of a number."""

    @abstractmethod
    def pi(self) -> Any: ...
    @abstractmethod
    def transpose(self, a: Any) -> Any: ...
    @abstractmethod
    def inverse(self, a: Any) -> Any: ...
    @abstractmethod
    def identity(self, size: int) -> Any: ...
    @abstractmethod
    def outer(self, u: Any, v: Any) -> Any: ...
    @abstractmethod
    def zero_matrix(self, rows: int, columns: int) -> Any: ...
    @abstractmethod
    def trace(self, a: Any) -> Any: ...
    @abstractmethod
    def determinant(self, a: Any) -> Any: ...
    @abstractmethod
    def invertible(self, a: Any) -> Any: ...
    @abstractmethod
    def pseudo_inverse(self, a: Any) -> Any: ...
    @abstractmethod
    def exponential(self, a: Any) -> Any:
        """e^A of a square matrix."""

    @abstractmethod
    def definite(self, a: Any, strict: bool) -> Any: ...
    @abstractmethod
    def derivative(self, body: Term, point: Any, bound: Bound) -> Any: ...
    @abstractmethod
    def integral(self, body: Term, low: Any, high: Any, bound: Bound) -> Any: ...
    @abstractmethod
    def integrates(self, formula: Term, bound: Bound) -> Any: ...
    @abstractmethod
    def gradient(self, function: Any, point: Any) -> Any: ...
    @abstractmethod
    def jacobian(self, function: Any, point: Any) -> Any:
        """The matrix of the partial derivatives of a vector, row i those of its part i."""

    @abstractmethod
    def hessian(self, function: Any, point: Any) -> Any:
        """The matrix of the second partial derivatives."""

    def steepness(self, function: Any, point: Any) -> Any:
        """The gradient, as exactly as it takes to tell whether a point is stationary."""
        return self.gradient(function, point)

    @abstractmethod
    def relation(self, op: str, left: Term, right: Term, bound: Bound) -> Any: ...
    @abstractmethod
    def tends(self, body: Term, place: Term, value: Term, bound: Bound) -> Any: ...
    @abstractmethod
    def has_derivative(self, body: Term, point: Term, value: Term, bound: Bound) -> Any: ...
    @abstractmethod
    def some_derivative(self, body: Term, point: Term, bound: Bound) -> Any: ...
    @abstractmethod
    def differentiable(self, function: Any) -> Any: ...
    @abstractmethod
    def nonnegative(self, a: Any) -> Any:
        """The value itself where it is >= 0, undefined elsewhere."""

    @abstractmethod
    def matrix_shape(self, value: Any) -> tuple[int, int] | None:
        """The numbers of rows and columns of a matrix value; ``None`` for any other value."""

    @abstractmethod
    def vector_length(self, value: Any) -> int | None:
        """The length of a vector value; ``None`` for any other value."""

    @abstractmethod
    def stationary(self, formula: Term, bound: Bound) -> Any:
        """``FALSE`` where the formula's minimiser is not stationary, else ``TRUE``."""

    @abstractmethod
    def samples(self, sorts: list[Term], bound: Bound) -> Iterable[tuple[Any, ...]]: ...
    @abstractmethod
    def solve(self, sorts: list[Term], body: Term, bound: Bound) -> Any: ...
