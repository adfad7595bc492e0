"""Polynomials over the rationals in numbered atoms, and fractions of them.

A monomial is a sorted tuple of (atom, exponent); a polynomial maps monomials to nonzero
coefficients. A fraction keeps its denominator as factors and is never reduced: no greatest
common divisor is needed to see whether it is zero. What an atom *is* this file does not know.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from .errors import Rejected

__all__ = ["ONE", "ZERO", "Factor", "Monomial", "Polynomial", "Scalar", "added", "atom", "number"]

Monomial: TypeAlias = tuple[tuple[int, int], ...]
Polynomial: TypeAlias = dict[Monomial, Fraction]
Factor: TypeAlias = tuple[tuple[Monomial, Fraction], ...]  # a polynomial, its terms sorted

MOST_TERMS = 20_000
HIGHEST_POWER = 500
MOST_BITS = 20_000


@dataclass(frozen=True, eq=False)
class Scalar:
    """The fraction of ``over`` and the product of the factors of ``under`` with exponents."""

    over: Polynomial
    under: tuple[tuple[Factor, int], ...] = ()

    def __add__(self, other: Scalar) -> Scalar:
        if not self.under and not other.under:
            return Scalar(_plus(dict(self.over), other.over))
        mine, theirs = dict(self.under), dict(other.under)
        common = {f: max(mine.get(f, 0), theirs.get(f, 0)) for f in (*mine, *theirs)}
        total = dict(_times(self.over, _missing(common, mine)))
        _plus(total, _times(other.over, _missing(common, theirs)))
        return Scalar(total, tuple(common.items()) if total else ())

    def __mul__(self, other: Scalar) -> Scalar:
        if not self.under and not other.under:
            return Scalar(_times(self.over, other.over))
        under = dict(self.under)
        for factor, exponent in other.under:
            under[factor] = under.get(factor, 0) + exponent
        return _cancelled(_times(self.over, other.over), under)

    def __neg__(self) -> Scalar:
        return Scalar({m: -c for m, c in self.over.items()}, self.under)

    def __sub__(self, other: Scalar) -> Scalar:
        return self + -other

    def __pow__(self, exponent: int) -> Scalar:
        power = ONE
        for _ in range(exponent):
            power = power * self
        return power

    def inverse(self) -> Scalar:
        """One over this fraction. Raises ``DIVISION_BY_ZERO`` for the zero polynomial."""
        if not self.over:
            raise Rejected("DIVISION_BY_ZERO", "a denominator is zero")
        common = set.intersection(*(set(dict(m)) for m in self.over))
        lowest = {a: min(dict(m)[a] for m in self.over) for a in common}
        rest = sorted((_divided(m, lowest), c) for m, c in self.over.items())
        leading = rest[0][1]
        under: dict[Factor, int] = {((((a, 1),), Fraction(1)),): e for a, e in lowest.items()}
        if len(rest) > 1:
            under[tuple((m, c / leading) for m, c in rest)] = 1
        return Scalar({(): 1 / leading}, tuple(under.items())) * Scalar(_missing(dict(self.under)))

    def constant(self) -> Fraction | None:
        """The number that this is, when it is plainly one."""
        if self.under or any(self.over.keys() - {()}):
            return None
        return self.over.get((), Fraction(0))


_UNIT = Fraction(1)  # of every atom, so that most products need no multiplication


def number(value: Fraction | int) -> Scalar:
    return Scalar({(): Fraction(value)} if value else {})


def atom(index: int, exponent: int = 1) -> Scalar:
    return Scalar({((index, exponent),): _UNIT})


ZERO, ONE = number(0), number(1)


def added(values: Iterable[Scalar]) -> Scalar:
    """The sum of fractions; those without a denominator are added in one place."""
    total: Polynomial = {}
    rest = ZERO
    for value in values:
        if value.under:
            rest = rest + value
        else:
            _plus(total, value.over)
    return Scalar(total) + rest if rest.over else Scalar(total)


def _plus(total: Polynomial, other: Polynomial) -> Polynomial:
    """The first polynomial, with the other one added to it."""
    for monomial, coefficient in other.items():
        old = total.get(monomial)
        value = coefficient if old is None else old + coefficient
        if value:
            total[monomial] = _small(value)
        else:
            del total[monomial]
    return total


def _times(left: Polynomial, right: Polynomial) -> Polynomial:
    if len(left) * len(right) > MOST_TERMS:
        raise Rejected("TOO_LARGE", "a product of polynomials")
    for one, other in ((left, right), (right, left)):
        if len(one) == 1 and () in one:  # a number
            factor = one[()]
            if factor in (1, -1):
                return other if factor == 1 else {m: -c for m, c in other.items()}
            return {m: _small(factor * c) for m, c in other.items()}
    product: Polynomial = {}
    for m, c in left.items():
        for n, e in right.items():
            monomial = _merged(m, n)
            value = e if c is _UNIT else c if e is _UNIT else c * e
            old = product.get(monomial)
            if old is not None:
                value = old + value
            if value:
                product[monomial] = _small(value)
            else:
                del product[monomial]
    return product


def _small(value: Fraction) -> Fraction:
    if value.numerator.bit_length() > MOST_BITS or value.denominator.bit_length() > MOST_BITS:
        raise Rejected("TOO_LARGE", "a coefficient")
    return value


def _merged(m: Monomial, n: Monomial) -> Monomial:
    if not m or not n:
        return m or n
    if m[-1][0] < n[0][0] or n[-1][0] < m[0][0]:
        return m + n if m[0][0] < n[0][0] else n + m
    exponents = dict(m)
    for a, e in n:
        exponents[a] = exponents.get(a, 0) + e
        if exponents[a] > HIGHEST_POWER:
            raise Rejected("TOO_LARGE", "a power")
    return tuple(sorted(exponents.items()))


def _divided(m: Monomial, by: dict[int, int]) -> Monomial:
    return tuple((a, e - by.get(a, 0)) for a, e in m if e != by.get(a, 0))


def _missing(common: dict[Factor, int], present: dict[Factor, int] | None = None) -> Polynomial:
    """The product of the factors of ``common`` that ``present`` lacks."""
    product: Polynomial = {(): Fraction(1)}
    for factor, exponent in common.items():
        for _ in range(exponent - (present or {}).get(factor, 0)):
            product = _times(product, dict(factor))
    return product


def _cancelled(over: Polynomial, under: dict[Factor, int]) -> Scalar:
    """Drop denominators that plainly divide the numerator. They are nonzero by obligation."""
    for factor in list(under):
        if len(factor) == 1:
            ((index, _),) = factor[0][0]
            common = min((dict(m).get(index, 0) for m in over), default=0)
            common = min(common, under[factor])
            over = {_divided(m, {index: common}): c for m, c in over.items()}
            under[factor] -= common
        elif under[factor] and len(factor) == len(over):
            rest = sorted(over.items())
            if tuple((m, c / rest[0][1]) for m, c in rest) == factor:
                over = {(): rest[0][1]}
                under[factor] -= 1
    return Scalar(over, tuple((f, e) for f, e in under.items() if e) if over else ())
