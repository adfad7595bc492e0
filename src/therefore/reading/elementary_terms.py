"""From exp, log, waves, arctan, tanh, Max, Min, π and SymPy's Subs to kernel terms. TRUSTED."""

from __future__ import annotations

from typing import Any

import sympy

from therefore.goal import Term
from therefore.language.errors import BadName, IllFormed
from therefore.reading.sorts import Sort
from therefore.reading.standard import HIGHEST_ROOT, LATEX, STANDARD, applied, root
from therefore.reading.sympy_terms import Read, Scope, TermReader

__all__ = ["ElementaryReader"]

# How SymPy writes the functions of one number: operations of the kernel, and standard functions.
_OF_ONE_NUMBER = {
    sympy.exp: "exp", sympy.log: "log", sympy.sin: "sin", sympy.cos: "cos", sympy.tanh: "tanh",
    sympy.sinh: "sinh", sympy.cosh: "cosh", sympy.tan: "tan", sympy.cot: "cot",
    sympy.atan: "arctan",
}  # fmt: skip
_OF_SEVERAL = {sympy.Max: "max", sympy.Min: "min"}


class ElementaryReader(TermReader):
    """Reads the elementary functions, besides everything else."""

    def __init__(self) -> None:
        super().__init__()
        self._standard: set[str] = set()
        self.readers |= dict.fromkeys(_OF_ONE_NUMBER, self._of_one_number)
        self.readers |= dict.fromkeys(_OF_SEVERAL, self._of_several)
        self.readers[sympy.Subs] = self._at_a_point

    def _numeral(self, number: Any) -> Read:
        known: dict[Any, Term] = {sympy.pi: ("pi",), sympy.E: ("exp", "1")}
        return (known[number], "real") if number in known else super()._numeral(number)

    def _of_one_number(self, expression: Any, scope: Scope) -> Read:
        if len(expression.args) != 1:
            raise IllFormed(f"{expression} is read of one number only")
        return self._applied(
            _OF_ONE_NUMBER[type(expression)], self.number(expression.args[0], scope)
        )

    def _of_several(self, expression: Any, scope: Scope) -> Read:
        """More than two numbers nest: the greatest of a, b, c is that of a and max(b, c)."""
        return self._applied(
            _OF_SEVERAL[type(expression)], *(self.number(arg, scope) for arg in expression.args)
        )

    def fractional_power(self, expression: Any, base: Term, exponent: Any) -> Term:
        """u**Rational(p, q), cbrt(u) and root(u, q), for 0 <= u."""
        if max(exponent.p, exponent.q) > HIGHEST_ROOT:
            raise IllFormed(f"{expression} has an exponent beyond {HIGHEST_ROOT}")
        if exponent.q > 2:
            self._standard.add("nth_root")
        power = root(int(exponent.q), base)
        return power if exponent.p == 1 else ("^", power, str(int(exponent.p)))

    def _at_a_point(self, expression: Any, scope: Scope) -> Read:
        """SymPy's ``Subs``: u where x is a, as ``Derivative(u, x).subs(x, a)`` makes it."""
        body, variables, points = expression.args
        for variable, point in zip(variables, points, strict=True):
            self.plain_real(variable, "a value is put for", signed=False)
            self.number(point, scope)
        # All at once: what is put for one variable does not change what is put for another.
        put = {one: (point, scope) for one, point in zip(variables, points, strict=True)}
        return self.number(body, Scope(scope.depth, scope.bound | put)), "real"

    def definitions(self) -> tuple[tuple[str, tuple[Sort, ...], Term], ...]:
        """The definitions that were used, standard functions first."""
        taken = sorted(self._standard & self.vocabulary.objects.keys())
        if taken:
            raise BadName(f"{taken[0]} is a standard function already; take another name")
        standard = [(name, *STANDARD[name]) for name in STANDARD if name in self._standard]
        return (*standard, *super().definitions())

    def notation(self) -> dict[str, str]:
        """The author's LaTeX for every name."""
        standard = {name: LATEX[name] for name in LATEX if name in self._standard}
        return {**standard, **self.vocabulary.notation()}

    def _applied(self, head: str, *arguments: Term) -> Read:
        self._standard |= {head} & STANDARD.keys()
        return applied(head, *arguments), "real"
