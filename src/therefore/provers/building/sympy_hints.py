"""Scalar kernel terms as SymPy objects and back, for hints only: nothing here is believed.

Terms are handed over as objects, never as text. What is no plain scalar operation becomes a
symbol of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

import sympy

from therefore.goal import Term
from therefore.kernel.binders import is_number

__all__ = ["FAILURES", "NoTerm", "Symbols", "plain"]


class NoTerm(Exception):
    """SymPy came up with something for which there is no kernel term."""


# What SymPy raises where it can not do what it was asked for.
FAILURES = (
    NoTerm, ArithmeticError, AttributeError, NotImplementedError, TypeError, ValueError,
    sympy.PolynomialError,
)  # fmt: skip


class Symbols:
    """The symbols that stand for names and for other terms; some of them are positive."""

    def __init__(self, positive: Iterable[Term] = ()) -> None:
        self._symbols: dict[Term, Any] = {}
        self._terms: dict[Any, Term] = {}
        self._positive = frozenset(positive)

    def to_sympy(self, term: Term) -> Any:
        """The term as a SymPy object."""
        if isinstance(term, str):
            if is_number(term):
                value = Fraction(term)
                return sympy.Rational(value.numerator, value.denominator)
            return self.symbol(term)
        head, *parts = term
        if head in ("+", "*"):
            made = [self.to_sympy(part) for part in parts]
            return sympy.Add(*made) if head == "+" else sympy.Mul(*made)
        if head == "-":
            return -self.to_sympy(parts[0])
        if head == "/":
            return self.to_sympy(parts[0]) / self.to_sympy(parts[1])
        if head == "^":
            return self.to_sympy(parts[0]) ** int(parts[1])
        if head in _FUNCTIONS:
            return _FUNCTIONS[head](self.to_sympy(parts[0]))
        if head == "pi":
            return sympy.pi
        return self.symbol(term)

    def symbol(self, term: Term) -> Any:
        """The symbol that stands for a term."""
        if term not in self._symbols:
            positive = True if term in self._positive else None
            symbol = sympy.Symbol(f"_{len(self._symbols)}", real=True, positive=positive)
            self._symbols[term], self._terms[symbol] = symbol, term
        return self._symbols[term]

    def to_term(self, there: Any) -> Term:
        """The kernel term of a SymPy object. Raises ``NoTerm``."""
        if there in self._terms:
            return self._terms[there]
        if isinstance(there, sympy.Rational) and not there.is_infinite:
            return str(Fraction(int(there.p), int(there.q)))
        if there is sympy.pi:
            return ("pi",)
        if there is sympy.E:
            return ("exp", "1")
        if isinstance(there, sympy.Add):
            terms = [self.to_term(part) for part in _in_order(there.args)]
            return ("+", *sorted(terms, key=lambda one: isinstance(one, tuple) and one[0] == "-"))
        if isinstance(there, sympy.Mul):
            return self._product(there)
        if isinstance(there, sympy.Pow):
            return self._power(there.base, there.exp)
        for head, function in _FUNCTIONS.items():
            if head != "sqrt" and isinstance(there, function) and len(there.args) == 1:
                return (head, self.to_term(there.args[0]))
        raise NoTerm(str(type(there)))

    def _product(self, there: Any) -> Term:
        number, factors = there.as_coeff_mul()
        if not isinstance(number, sympy.Rational):
            raise NoTerm(str(number))
        above: list[Term] = []
        below: list[Term] = []
        for factor in _in_order(factors):
            base, exponent = factor.as_base_exp()
            if exponent.could_extract_minus_sign() and not isinstance(factor, sympy.exp):
                below.append(self.to_term(base**-exponent))
            else:
                above.append(self.to_term(factor))
        value = abs(Fraction(int(number.p), int(number.q)))
        if value.numerator != 1 or not above:
            above.insert(0, str(value.numerator))
        if value.denominator != 1:
            below.insert(0, str(value.denominator))
        top = above[0] if len(above) == 1 else ("*", *above)
        if below:
            top = ("/", top, below[0] if len(below) == 1 else ("*", *below))
        return ("-", top) if number < 0 else top

    def _power(self, base: Any, exponent: Any) -> Term:
        if exponent.could_extract_minus_sign():
            return ("/", "1", self.to_term(base**-exponent))
        if isinstance(exponent, sympy.Integer) and exponent <= 64:
            return ("^", self.to_term(base), str(int(exponent)))
        if isinstance(exponent, sympy.Rational) and exponent.q == 2 and exponent.p <= 64:
            root: Term = ("sqrt", self.to_term(base))
            return root if exponent.p == 1 else ("^", root, str(int(exponent.p)))
        raise NoTerm(str(exponent))


_FUNCTIONS: dict[str, Any] = {
    "abs": sympy.Abs, "sqrt": sympy.sqrt, "exp": sympy.exp, "log": sympy.log, "sin": sympy.sin,
    "cos": sympy.cos, "arctan": sympy.atan, "floor": sympy.floor,
}  # fmt: skip


def _in_order(parts: Any) -> list[Any]:
    """Parts in an order that does not depend on the run."""
    return sorted(parts, key=sympy.default_sort_key)


def plain(there: Any) -> Any:
    """x² for |x|², and no signs or hyperbolic functions."""
    return there.replace(
        lambda e: isinstance(e, sympy.Pow) and isinstance(e.base, sympy.Abs) and e.exp.is_even,
        lambda e: e.base.args[0] ** e.exp,
    ).rewrite(sympy.exp, [sympy.tanh, sympy.cosh, sympy.sinh])
