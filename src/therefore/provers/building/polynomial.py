"""Polynomials in numbered atoms, as the kernel has them, for provers: products, powers, degrees.

They are dictionaries from the kernel's monomials to coefficients, here without its limits.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import combinations_with_replacement

from therefore.kernel.polynomials import Monomial, Polynomial

__all__ = [
    "ONE", "atoms_of", "common_monomial", "degree", "degree_of", "divided", "homogeneous",
    "merged", "monomials", "plus", "power", "times",
]  # fmt: skip

ONE: Polynomial = {(): Fraction(1)}


def merged(m: Monomial, n: Monomial) -> Monomial:
    """The product of two monomials."""
    if not m or not n:
        return m or n
    exponents = dict(m)
    for a, e in n:
        exponents[a] = exponents.get(a, 0) + e
    return tuple(sorted(exponents.items()))


def divided(m: Monomial, by: Monomial) -> Monomial:
    """The quotient of a monomial by one that divides it."""
    less = dict(by)
    return tuple((a, e - less.get(a, 0)) for a, e in m if e != less.get(a, 0))


def times(left: Polynomial, right: Polynomial) -> Polynomial:
    """The product."""
    product: Polynomial = {}
    for m, c in left.items():
        for n, e in right.items():
            key = merged(m, n)
            product[key] = product.get(key, Fraction(0)) + c * e
    return {m: c for m, c in product.items() if c}


def plus(left: Polynomial, right: Polynomial, factor: Fraction | int = 1) -> Polynomial:
    """left + factor · right."""
    total = dict(left)
    for m, c in right.items():
        total[m] = total.get(m, Fraction(0)) + factor * c
    return {m: c for m, c in total.items() if c}


def power(base: Polynomial, exponent: int) -> Polynomial:
    """A power; the zeroth is 1."""
    product = ONE
    for _ in range(exponent):
        product = times(product, base)
    return product


def degree_of(m: Monomial) -> int:
    """The degree of a monomial."""
    return sum(e for _, e in m)


def degree(poly: Polynomial) -> int:
    """The highest degree; 0 for the zero polynomial."""
    return max(map(degree_of, poly), default=0)


def homogeneous(poly: Polynomial) -> bool:
    """Whether all terms have one degree."""
    return len({degree_of(m) for m in poly}) <= 1


def atoms_of(polynomials: Iterable[Polynomial]) -> list[int]:
    """The atoms that occur."""
    return sorted({a for poly in polynomials for m in poly for a, _ in m})


def common_monomial(poly: Polynomial) -> Monomial:
    """The largest monomial that divides all terms."""
    if not poly:
        return ()
    shared = {a: min(dict(m).get(a, 0) for m in poly) for a, _ in next(iter(poly))}
    return tuple((a, e) for a, e in sorted(shared.items()) if e)


def monomials(atoms: Sequence[int], least: int, most: int) -> Iterator[Monomial]:
    """All monomials in the atoms of the degrees from ``least`` to ``most``."""
    for total in range(least, most + 1):
        for chosen in combinations_with_replacement(sorted(atoms), total):
            yield tuple((a, chosen.count(a)) for a in dict.fromkeys(chosen))
