"""Formulas in coordinates: with numbers for their vectors and matrices, as plain SymPy, exactly."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from operator import add, mul
from typing import Any

import sympy
from sympy import Basic, Dummy, ImmutableMatrix, Sum, evaluate, sympify
from sympy.matrices.exceptions import MatrixError

from therefore.language import matrices, vectors
from therefore.language.errors import IllFormed, WrongShape
from therefore.language.formulas import formula
from therefore.language.functions import (
    Defined,
    Definition,
    GradientAt,
    GradientWithRespectTo,
)

__all__ = ["in_coordinates"]


def in_coordinates(expression: Any, values: Mapping[Any, Any]) -> Any:
    """The expression with values in the place of names, worked out exactly by SymPy.

    ``values`` gives a number for a number or a size, a tuple for a vector, a tuple of rows for a
    matrix, and for a sequence a function of the index, which may speak of other names. Gradients
    are worked out. A vector becomes a column of numbers. Names without a value stay.

    Raises ``WrongShape`` where a value does not fit the sizes that were declared, and
    ``IllFormed`` for what has no coordinates.

    >>> from therefore import grad, norm, vector
    >>> x = vector("x", 2)
    >>> in_coordinates(grad(norm(x) ** 2, x), {x: (3, -4)})
    Matrix([
    [ 6],
    [-8]])
    """
    with evaluate(True):
        try:
            return _Coordinates(values).of(sympify(expression, strict=True))
        except MatrixError as error:
            raise WrongShape(f"{expression}: {error}") from error


class _Coordinates:
    def __init__(self, values: Mapping[Any, Any]) -> None:
        self.values = values

    def of(self, one: Any) -> Any:
        """The expression in coordinates: a number of SymPy, or a matrix of such numbers."""
        if one in self.values:
            return self._value(one)
        if isinstance(one, vectors.Item) and one.sequence in self.values:
            return self._member(one)
        if isinstance(one, Defined):
            return self.of(one.unfold())
        if isinstance(one, GradientWithRespectTo):
            return self._gradient(*one.args)
        if isinstance(one, GradientAt) and isinstance(one.args[0], Definition):
            function, point = one.args
            (variable,) = function.parameters
            return self._gradient(function.body, variable, point)
        if isinstance(one, Sum):
            return self._sum(one)
        if not isinstance(one, Basic) or not one.args:
            return one
        if isinstance(one, vectors.Vector | matrices.Matrix):
            raise IllFormed(f"{one} has no coordinates: give it a value")
        parts = [self.of(part) for part in one.args]
        return self._made(one, parts)

    def _made(self, one: Any, parts: list[Any]) -> Any:
        if one.is_Add:
            return reduce(add, parts)
        if one.is_Mul or isinstance(one, matrices.Image | matrices.Product):
            return reduce(mul, parts)
        if isinstance(one, vectors.Inner):
            return parts[0].dot(parts[1])
        if isinstance(one, vectors.Norm):
            return sympy.sqrt(parts[0].dot(parts[0]))
        if isinstance(one, matrices.Outer):
            return parts[0] * parts[1].T
        if isinstance(one, matrices.Transpose):
            return parts[0].T
        if isinstance(one, matrices.Inverse):
            return parts[0].inv()
        if isinstance(one, matrices.Power):
            return parts[0] ** parts[1]
        if isinstance(one, matrices.Identity):
            return ImmutableMatrix.eye(int(parts[0]))
        if any(isinstance(part, sympy.MatrixBase) for part in parts):
            raise IllFormed(f"{one} has no coordinates")
        return formula(one.func(*parts))

    def _value(self, one: Any) -> Any:
        """The value of a name, with the sizes that were declared."""
        given = self.values[one]
        if isinstance(one, vectors.Vector):
            return self._column(given, one.size, one)
        if isinstance(one, matrices.Matrix):
            rows = [[sympify(entry, strict=True) for entry in row] for row in given]
            made = ImmutableMatrix(rows)
            self._fits(made.rows, one.args[1], one)
            self._fits(made.cols, one.args[2], one)
            return made
        return sympify(given, strict=True)

    def _member(self, one: Any) -> Any:
        """A member of a sequence, whose value is a function of the index."""
        given = self.values[one.sequence](self.of(one.index))
        if isinstance(one.sequence, vectors.Sequence) and isinstance(given, tuple | sympy.Tuple):
            return self._column(given, one.sequence.size, one)
        return self.of(sympify(given, strict=True))

    def _column(self, given: Any, size: Any, one: Any) -> Any:
        made = ImmutableMatrix([self.of(sympify(entry, strict=True)) for entry in given])
        self._fits(made.rows, size, one)
        return made

    def _fits(self, length: int, size: Any, one: Any) -> None:
        expected = self.of(size)
        if expected.is_number and expected != length:
            raise WrongShape(f"the value of {one} has {length} for the size {size} = {expected}")

    def _gradient(self, expression: Any, variable: Any, point: Any = None) -> Any:
        """The derivative in every coordinate, at the point."""
        at = self.of(variable if point is None else point)
        places = [Dummy(f"x_{place}", real=True) for place in range(len(at))]
        inside = _Coordinates({**self.values, variable: tuple(places)}).of(expression)
        slopes = [inside.diff(place) for place in places]
        there = dict(zip(places, at, strict=True))
        return ImmutableMatrix([slope.xreplace(there) for slope in slopes])

    def _sum(self, one: Any) -> Any:
        """The sum of numbers, or of vectors entry by entry, without a value for the index."""
        *inner, (index, *ends) = one.limits
        body = Sum(one.function, *inner) if inner else one.function
        limits = (index, *map(self.of, ends))
        inside = {name: value for name, value in self.values.items() if name != index}
        terms = _Coordinates(inside).of(body)
        if isinstance(terms, sympy.MatrixBase):
            return terms.applyfunc(lambda term: Sum(term, limits))
        return Sum(terms, limits)
