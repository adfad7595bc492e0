"""From traces, determinants and derivatives in vectors and matrices to kernel terms. TRUSTED."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sympy import Symbol

from therefore.goal import Term
from therefore.language import matrices, matrix_calculus, vectors
from therefore.language.errors import IllFormed, WrongShape
from therefore.reading.integrals import IntegralReader
from therefore.reading.sorts import described, is_number, is_vector
from therefore.reading.sympy_terms import Read, Scope

__all__ = ["MatrixCalculusReader"]


@dataclass(frozen=True, eq=False)
class _Step:
    """The number s in X + s·dX."""


@dataclass(frozen=True, eq=False)
class _Varied:
    """X + s·dX in the place of a declared X."""

    whole: Any
    direction: Any
    step: _Step
    outside: Scope


class MatrixCalculusReader(IntegralReader):
    """Reads derivatives in vectors and matrices of any size, besides everything else."""

    def __init__(self) -> None:
        super().__init__()
        self.readers |= {
            matrix_calculus.Trace: self._trace,
            matrix_calculus.Determinant: self._determinant,
            matrix_calculus.FrobeniusNorm: self._frobenius_norm,
            matrix_calculus.GradientInMatrix: self._gradient_in_matrix,
            matrix_calculus.Jacobian: self._jacobian,
            matrix_calculus.Hessian: self._hessian,
            matrix_calculus.Differential: self._differential,
            matrix_calculus.DifferentialOfMatrix: self._differential,
            _Varied: self._varied,
        }

    def _trace(self, expression: Any, scope: Scope) -> Read:
        matrix, _ = self._square(expression.args[0], scope)
        return ("trace", matrix), "real"

    def _determinant(self, expression: Any, scope: Scope) -> Read:
        matrix, _ = self._square(expression.args[0], scope)
        return ("det", matrix), "real"

    def _frobenius_norm(self, expression: Any, scope: Scope) -> Read:
        matrix, _, _ = self._matrix(expression.args[0], scope)
        return ("norm", matrix), "real"

    def _gradient_in_matrix(self, expression: Any, scope: Scope) -> Read:
        body, variable = expression.args
        if not isinstance(variable, matrices.Matrix):
            raise IllFormed(f"a gradient is taken in a declared matrix, and {variable} is none")
        point, space = self._name(variable, scope)
        inside = self.number(body, scope.bind(variable, space))
        return ("gradient", ("lambda", space, inside), point), space

    def _in_vector(self, variable: Any, scope: Scope, what: str) -> Read:
        if not isinstance(variable, vectors.Vector):
            raise IllFormed(f"a {what} is taken in a declared vector, and {variable} is none")
        return self._name(variable, scope)

    def _jacobian(self, expression: Any, scope: Scope) -> Read:
        body, variable = expression.args
        point, space = self._in_vector(variable, scope, "Jacobian")
        inside, sort = self.term(body, scope.bind(variable, space))
        if not is_vector(sort):
            raise WrongShape(f"{body} is {described(sort)}, and a Jacobian is of a vector")
        return ("jacobian", ("lambda", space, inside), point), ("matrix", sort[1], space[1])

    def _hessian(self, expression: Any, scope: Scope) -> Read:
        body, variable = expression.args
        point, space = self._in_vector(variable, scope, "Hessian")
        inside = self.number(body, scope.bind(variable, space))
        return ("hessian", ("lambda", space, inside), point), ("matrix", space[1], space[1])

    def _differential(self, expression: Any, scope: Scope) -> Read:
        """The derivative at s = 0, where X + s·dX stands for every X that moves."""
        body, *moved = expression.args
        step = _Step()
        inside = scope.bind(step, "real")
        put: dict[Any, Any] = {}
        for whole, direction in zip(moved[::2], moved[1::2], strict=True):
            if not isinstance(whole, vectors.Vector | matrices.Matrix | Symbol) or whole in put:
                raise IllFormed(f"{whole} does not move: it is no declared number or matrix")
            put[whole] = (_Varied(whole, direction, step, inside), inside)
        term, sort = self.term(body, Scope(inside.depth, inside.bound | put))
        return ("velocity", term, "0"), "real" if is_number(sort) else sort

    def _varied(self, varied: _Varied, scope: Scope) -> Read:
        outside = Scope(scope.depth, varied.outside.bound)
        whole, sort = self._name(varied.whole, outside)
        if sort in ("integer", "size"):
            raise IllFormed(f"{varied.whole} is an integer, and does not move")
        what = f"the direction of {varied.whole} does not fit"
        direction = self.term_of_sort(varied.direction, outside, sort, what)
        level, _ = outside.bound[varied.step]
        step: Term = outside.index(level)
        return ("+", whole, ("*", step, direction)), sort
