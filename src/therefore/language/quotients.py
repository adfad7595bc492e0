"""Products and sums as the author wrote them, without what SymPy adds to them."""

from __future__ import annotations

from typing import Any

from sympy import Mul, Pow, Rational, S

__all__ = ["denominator_of", "fraction_parts", "sum_body"]


def fraction_parts(product: Any) -> tuple[bool, tuple[Any, ...], tuple[Any, ...]]:
    """Whether a minus sign leads, the factors of the numerator, those of the denominator.

    ``product`` is a SymPy ``Mul`` or ``Pow``. Nothing is multiplied out and nothing moves,
    except that factors with a negative exponent go to the denominator.
    """
    factors = product.args if isinstance(product, Mul) else (product,)
    negative = len(factors) > 1 and factors[0] is S.NegativeOne
    if negative:
        factors = factors[1:]
    numerator, denominator = [], []
    for factor in factors:
        below = denominator_of(factor)
        if below is None:
            numerator.append(factor)
        else:
            denominator.append(below)
    return negative, tuple(numerator), tuple(denominator)


def denominator_of(factor: Any) -> Any:
    """``b`` where the factor is ``1 / b``, else ``None``.

    >>> from sympy import Symbol
    >>> x = Symbol("x")
    >>> denominator_of(1 / x**2), denominator_of(x)
    (x**2, None)
    """
    if not isinstance(factor, Pow):
        return None
    base, exponent = factor.args
    if not isinstance(exponent, Rational) or exponent >= 0:
        return None
    return base if exponent == -1 else Pow(base, -exponent, evaluate=False)


def sum_body(total: Any) -> Any:
    """The summand of a SymPy ``Sum``.

    Where SymPy evaluates nothing it stores ``1 * summand``, once for each index.
    """
    body = total.function
    for _ in total.limits:
        if isinstance(body, Mul) and len(body.args) == 2 and body.args[0] is S.One:
            body = body.args[1]
    return body
