"""From integrals and brackets of relations to kernel terms. TRUSTED."""

from __future__ import annotations

from typing import Any

import sympy

from therefore.goal import Term
from therefore.language.errors import IllFormed
from therefore.language.indicators import Indicator
from therefore.language.quotients import sum_body
from therefore.reading.matrix_terms import MatrixReader
from therefore.reading.sympy_terms import Read, Scope

__all__ = ["IntegralReader"]


class IntegralReader(MatrixReader):
    """Reads integrals and brackets, besides everything else."""

    def __init__(self) -> None:
        super().__init__()
        self.readers |= {sympy.Integral: self._integral, Indicator: self._indicator}

    def _integral(self, expression: Any, scope: Scope) -> Read:
        ends: list[tuple[Term, Term]] = []
        inside = scope
        for limit in reversed(expression.limits):  # SymPy lists the innermost variable first
            if len(limit) != 3:
                raise IllFormed(f"{expression} needs both ends of its range")
            variable, low, high = limit
            self.plain_real(variable, "an integral is taken in", signed=False)
            if any(variable in end.free_symbols for end in (low, high)):
                raise IllFormed(f"the range of {variable} speaks of {variable} itself")
            ends.append(
                (
                    "-oo" if low == -sympy.oo else self.number(low, inside),
                    "+oo" if high == sympy.oo else self.number(high, inside),
                )
            )
            inside = self.bind(variable, "real", inside)
        term = self.number(sum_body(expression), inside)
        for low, high in reversed(ends):
            term = ("integral", low, high, term)
        return term, "real"

    def _indicator(self, expression: Any, scope: Scope) -> Read:
        (relation,) = expression.args
        left, right = (self.number(side, scope) for side in relation.args)
        at_most, at_least = _step(left, right), _step(right, left)
        said = {
            sympy.Le: at_most,
            sympy.Ge: at_least,
            sympy.Lt: _except(at_least),
            sympy.Gt: _except(at_most),
            sympy.Eq: ("*", at_most, at_least),
            sympy.Ne: _except(("*", at_most, at_least)),
        }
        if type(relation) not in said:
            raise IllFormed(f"{relation} is not a relation between numbers")
        return said[type(relation)], "real"


def _step(left: Term, right: Term) -> Term:
    """[left <= right]."""
    return ("step", ("+", right, ("-", left)))


def _except(bracket: Term) -> Term:
    """The bracket of the negation."""
    return ("+", "1", ("-", bracket))
