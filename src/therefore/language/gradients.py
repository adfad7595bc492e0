"""The gradient of an expression worked out, for those who want its value. Nothing trusts it."""

from __future__ import annotations

from typing import Any

from sympy import Add, Integer, Mul, Pow

from therefore.language.errors import IllFormed
from therefore.language.functions import Defined, GradientAt, Value
from therefore.language.vectors import Inner, Norm

__all__ = ["gradient_of"]


def gradient_of(expression: Any, variable: Any) -> Any:
    """The gradient of a number with respect to a vector, written out; 0 where it is constant.

    Raises ``IllFormed`` where the expression is made of anything but sums, products and powers
    of inner products, norms and function values of multiples of the vector plus constants.
    """
    if not expression.has(variable):
        return Integer(0)
    if isinstance(expression, Defined):
        return gradient_of(expression.unfold(), variable)
    if isinstance(expression, Add):
        return Add(*(gradient_of(arg, variable) for arg in expression.args))
    if isinstance(expression, Mul):
        return Add(
            *(_with_rest(expression.args, at, variable) for at in range(len(expression.args)))
        )
    if isinstance(expression, Pow) and not expression.exp.has(variable):
        base, exponent = expression.args
        if isinstance(base, Norm) and exponent == 2:  # defined at 0, unlike that of the norm
            return 2 * _multiple(base.args[0], variable) * base.args[0]
        return exponent * base ** (exponent - 1) * gradient_of(base, variable)
    if isinstance(expression, Inner):
        left, right = expression.args
        return _multiple(left, variable) * right + _multiple(right, variable) * left
    if isinstance(expression, Norm):
        (inside,) = expression.args
        return _multiple(inside, variable) * inside / expression
    if isinstance(expression, Value):
        function, point = expression.args
        return _multiple(point, variable) * GradientAt(function, point)
    raise IllFormed(f"the gradient of {expression} in {variable} is not worked out")


def _with_rest(factors: tuple[Any, ...], at: int, variable: Any) -> Any:
    """One term of the product rule."""
    rest = Mul(*(factor for place, factor in enumerate(factors) if place != at))
    return rest * gradient_of(factors[at], variable)


def _multiple(vector: Any, variable: Any) -> Any:
    """How often the variable stands in a vector that is a multiple of it plus a constant."""
    if vector == variable:
        return Integer(1)
    if not vector.has(variable):
        return Integer(0)
    if isinstance(vector, Add):
        return Add(*(_multiple(arg, variable) for arg in vector.args))
    if isinstance(vector, Mul):
        *others, last = sorted(vector.args, key=lambda arg: bool(arg.has(variable)))
        if not any(other.has(variable) for other in others):
            return Mul(*others) * _multiple(last, variable)
    raise IllFormed(f"{vector} is no multiple of {variable} plus a constant")
