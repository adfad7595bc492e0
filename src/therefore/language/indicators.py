"""Iverson's brackets: 1 where a relation between numbers holds, and 0 where it does not."""

from __future__ import annotations

from typing import Any

from sympy import Piecewise
from sympy.core.relational import Relational

from therefore.language.base import Term
from therefore.language.errors import IllFormed

__all__ = ["Indicator", "indicator"]


class Indicator(Term):
    """The number 1 where the relation holds, else 0."""

    def __init__(self, relation: Any) -> None:
        """Takes a relation between numbers: at_most, less, at_least, greater, equal, not_equal."""

    def doit(self, **hints: Any) -> Any:
        """The bracket as SymPy's Piecewise."""
        return Piecewise((1, self.args[0]), (0, True))

    def _eval_is_real(self) -> bool:
        return True

    def _eval_is_nonnegative(self) -> bool:
        return True

    def _sympystr(self, printer: Any) -> str:
        return f"indicator({printer._print(self.args[0])})"

    def _latex(self, printer: Any, exp: str | None = None, **options: Any) -> str:
        bracket = rf"\left[{printer._print(self.args[0])}\right]"
        return bracket if exp is None else rf"{bracket}^{{{exp}}}"

    def _numpycode(self, printer: Any) -> str:
        return f"(1.0*({printer._print(self.args[0])}))"


def indicator(relation: Any) -> Indicator:
    """1 where ``relation`` holds, else 0: ``Sum(indicator(less(y[i], q)), (i, 1, n))`` counts."""
    if not isinstance(relation, Relational):
        raise IllFormed(f"indicator(...) takes a relation such as less(a, b), not {relation}")
    made: Indicator = Indicator(relation)
    return made
