"""LaTeX that keeps the author's order and the author's fractions."""

from __future__ import annotations

from typing import Any

from sympy import Add, Expr, Sum, evaluate
from sympy.printing.latex import LatexPrinter

from therefore.language.quotients import fraction_parts, sum_body

__all__ = ["latex"]


class _AuthorPrinter(LatexPrinter):  # type: ignore[misc]
    """SymPy's printer, for expressions that SymPy did not evaluate."""

    def _print_Add(self, total: Any, order: Any = None) -> str:
        # a - b + c is the sum of (a - b) and c, and needs no brackets to say so.
        return str(super()._print_Add(Add(*_terms(total), evaluate=False), order=order))

    def _print_Mul(self, product: Any) -> str:
        negative, above, below = fraction_parts(product)
        sign = "- " if negative else ""
        if not below:
            return sign + self._product(above)
        numerator = self._product(above) if above else "1"
        return rf"{sign}\frac{{{numerator}}}{{{self._product(below)}}}"

    def _product(self, factors: tuple[Any, ...]) -> str:
        if len(factors) == 1:
            return str(self._print(factors[0]))
        texts: list[str] = []
        for place, factor in enumerate(factors):
            text = str(self._print(factor))
            last = place == len(factors) - 1
            if self._needs_mul_brackets(factor, first=place == 0, last=last):
                text = rf"\left({text}\right)"
            elif place and factor.is_Number:
                text = rf"\left({text}\right)" if text.startswith("-") else rf"\cdot {text}"
            texts.append(text)
        return " ".join(texts)

    def _print_Sum(self, total: Any) -> str:
        body = sum_body(total)
        return str(super()._print_Sum(Expr.__new__(Sum, body, *total.limits)))


def _terms(total: Any) -> tuple[Any, ...]:
    first, *rest = total.args
    return (*(_terms(first) if first.is_Add else (first,)), *rest)


def latex(expression: Any) -> str:
    r"""The expression in LaTeX, in the order in which it was written.

    >>> from sympy import Symbol
    >>> from therefore.language import as_written
    >>> x, y = Symbol("x", real=True), Symbol("y", real=True)
    >>> with as_written():
    ...     print(latex(y - x / (2 * y)))
    y - \frac{x}{2 y}
    """
    # SymPy's own printers rely on evaluation, for example to count the orders of a derivative.
    with evaluate(True):
        return str(_AuthorPrinter({"order": "none"}).doprint(expression))
