"""What a derivation module exports: its formulas as plain SymPy."""

from __future__ import annotations

from typing import Any

from sympy import (
    Basic,
    Derivative,
    Function,
    IndexedBase,
    KroneckerDelta,
    Piecewise,
    Subs,
    evaluate,
    sympify,
)

from therefore.language.cyclic import CyclicIndex, Delta
from therefore.language.functions import Defined, RealFunction, Value
from therefore.language.indicators import Indicator
from therefore.language.vectors import Item, RealSequence

__all__ = ["formula"]


def formula(expression: Any) -> Any:
    """The expression as plain SymPy, to be differentiated, substituted, printed and lambdified.

    Definitions are put in, derivatives and values at a point are worked out, and members of
    sequences of numbers become SymPy's ``Indexed``: ``z[i]`` of ``IndexedBase("z")``; a delta of
    integers, a bracket of a relation and a declared function of a number become SymPy's. Sums stay
    sums. Vectors, matrices and what is counted modulo n stay what they are. The expression is best
    a side of a claim (``formula(slope.rhs)``), so that what is exported is what is proved.

    >>> from sympy import Derivative, exp
    >>> from therefore import as_written, define, formula, real
    >>> x = real("x")
    >>> with as_written():
    ...     f = define("f", (x,), x * exp(-x))
    >>> formula(f(2 * x))
    2*x*exp(-2*x)
    >>> formula(Derivative(f(x), x))
    -x*exp(-x) + exp(-x)
    """
    with evaluate(True):
        return _plain(_unfolded(sympify(expression, strict=True)))


def _unfolded(expression: Any) -> Any:
    """Without definitions. Those in a body are unfolded in turn; they are never circular."""
    while expression.has(Defined):
        expression = expression.replace(
            lambda one: isinstance(one, Defined), lambda one: one.unfold()
        )
    return expression


def _plain(expression: Any) -> Any:
    """Built anew from its parts, so that SymPy evaluates what was kept as it was written."""
    if not isinstance(expression, Basic) or not expression.args:
        return expression
    if isinstance(expression, Item) and isinstance(expression.sequence, RealSequence):
        return IndexedBase(expression.sequence.name, real=True)[_plain(expression.index)]
    if isinstance(expression, Delta) and not expression.atoms(CyclicIndex):
        return KroneckerDelta(*map(_plain, expression.args))
    if isinstance(expression, Value) and isinstance(expression.args[0], RealFunction):
        return Function(expression.args[0].name, real=True)(_plain(expression.args[1]))
    if isinstance(expression, Indicator):
        return Piecewise((1, _plain(expression.args[0])), (0, True))
    if isinstance(expression, Derivative):
        body, *variables = (_plain(arg) for arg in expression.args)
        return body.diff(*variables)
    if isinstance(expression, Subs):
        body, variables, points = (_plain(arg) for arg in expression.args)
        return body.subs(list(zip(variables, points, strict=True)), simultaneous=True)
    return expression.func(*(_plain(arg) for arg in expression.args))
