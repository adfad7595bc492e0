"""Signs by inspection: what is plain to see of a fraction, given what is known.

Inspection decides signs from the signs of atoms, from rational bounds on atoms, and from the
facts at hand added up with coefficient one. It may fail to see a sign; it never invents one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from itertools import combinations_with_replacement, zip_longest
from math import prod
from typing import Any

from .atoms import Atoms, Residue
from .normal import Normaliser
from .polynomials import ONE, Polynomial, Scalar, atom, number

__all__ = [
    "ANY", "NONNEGATIVE", "POSITIVE", "SIGNS_OF_ATOMS", "SIGNS_OF_HEADS", "WAYS", "Inspection",
    "Signs", "signs_of_product",
]  # fmt: skip

Signs = frozenset[int]
ANY: Signs = frozenset({-1, 0, 1})
POSITIVE: Signs = frozenset({1})
NONNEGATIVE: Signs = frozenset({0, 1})
# The signs that every atom of a head has; a theory enters its heads here.
SIGNS_OF_HEADS: dict[str, Signs] = dict.fromkeys(("abs", "delta", "lift", "shifted"), NONNEGATIVE)
# The signs of an atom that depend on its parts, and ways to write it by others of known signs.
SIGNS_OF_ATOMS: dict[str, Callable[[Inspection, int], Signs]] = {}
WAYS: dict[str, Callable[[Inspection, int], Iterator[Scalar | None]]] = {}


class Inspection:
    """The signs of fractions under known facts.

    ``known`` holds, for each scalar fact, a fraction and its possible signs.
    """

    def __init__(self, atoms: Atoms, known: list[tuple[Scalar, Signs]]) -> None:
        self.atoms, self.known = atoms, known
        self.seen: dict[Any, Any] = {}  # what a theory worked out, under so many known facts
        self.normal = Normaliser(atoms, {}, self.signs)

    def signs(self, value: Scalar) -> Signs:
        """The possible signs of a defined fraction, as far as inspection sees."""
        signs = self.signs_of_fraction(value)
        if signs != ANY or self.atoms.is_in_haste:
            return signs
        return self._signs_by_facts(value)

    def signs_of_fraction(self, value: Scalar) -> Signs:
        """Signs from atoms and bounds alone, without adding facts up."""
        under = (
            frozenset(s**e for s in self._signs_of_polynomial(dict(f), 1) - {0})
            for f, e in value.under
        )
        return signs_of_product([self._signs_of_factored(value.over), *under])

    def _signs_of_factored(self, poly: Polynomial) -> Signs:
        """Signs of a polynomial, looked at without its common monomial first."""
        if len(poly) < 2:
            return self._signs_of_polynomial(poly, 1)
        common = {a: min(dict(m).get(a, 0) for m in poly) for a, _ in next(iter(poly))}
        common = {a: e for a, e in common.items() if e}
        rest = {tuple((a, e - common.get(a, 0)) for a, e in m if e != common.get(a, 0)): c
                for m, c in poly.items()}  # fmt: skip
        return signs_of_product(
            [self._signs_of_power(a, e) for a, e in common.items()]
            + [self._signs_of_polynomial(rest, 1)]
        )

    def _signs_by_facts(self, value: Scalar) -> Signs:
        """value − fact and value − fact − fact, for facts that are not negative."""
        useful = [(fact, signs) for fact, signs in self.known if signs <= NONNEGATIVE]
        useful += self._bounds_of_representatives(value)
        for count in (1, 2):
            for way in (1, -1):
                for chosen in combinations_with_replacement(useful, count):
                    rest = value * number(way)
                    for fact, _ in chosen:
                        rest = rest - fact
                    if not rest.under:
                        signs = self._signs_of_polynomial(rest.over, 2 - count)
                        if signs <= NONNEGATIVE:
                            strict = any(s == POSITIVE for s in (signs, *(s for _, s in chosen)))
                            return frozenset({way} if strict else {0, way})
        return ANY

    def _bounds_of_representatives(self, value: Scalar) -> list[tuple[Scalar, Signs]]:
        """The representative of a residue modulo n is at most n − 1."""
        bounds = []
        for index in {a for monomial in value.over for a, _ in monomial}:
            place = self.atoms.rows[index].arguments[0]
            if self.atoms.rows[index].head == "lift" and isinstance(place, Residue):
                bounds.append((self.normal.scalar(place.size) - ONE - atom(index), NONNEGATIVE))
        return bounds

    def _signs_of_polynomial(self, poly: Polynomial, shifts: int) -> Signs:
        """Signs term by term, then again with each bounded atom written from its bound."""
        self.atoms.spend()
        if not poly:
            return frozenset({0})
        known = ANY
        for fact, signs in self.known:
            ratio = 0 if fact.under else _ratio(poly, fact.over)
            if ratio:
                known &= signs if ratio > 0 else frozenset(-s for s in signs)
        if not {-1, 1} <= known:
            return known
        each = [
            signs_of_product(
                [frozenset({1 if c > 0 else -1}), *(self._signs_of_power(a, e) for a, e in m)]
            )
            for m, c in poly.items()
        ]
        for way in (1, -1):
            if all(s * way >= 0 for signs in each for s in signs):
                certain = any(0 not in signs for signs in each)
                nowhere = all(signs == {0} for signs in each)
                return frozenset({0} if nowhere else {way} if certain else {0, way})
        if len(each) == 1:
            return each[0] & known
        for by in self._bounds(poly) if shifts else ():
            signs = self._signs_of_polynomial(_shifted(poly, by), 0)
            if signs != ANY:
                return signs
        return known

    def _signs_of_power(self, index: int, exponent: int) -> Signs:
        return frozenset(s**exponent for s in self._signs_of_atom(index))

    def _signs_of_atom(self, index: int) -> Signs:
        row = self.atoms.rows[index]
        signs = SIGNS_OF_HEADS.get(row.head, ANY)
        if row.head in SIGNS_OF_ATOMS:
            signs = SIGNS_OF_ATOMS[row.head](self, index)
        if row.head == "inner" and row.arguments[0] == row.arguments[1]:
            signs = NONNEGATIVE
        inside = row.arguments[0]
        if row.head == "abs" and isinstance(inside, Scalar) and self._is_known_nonzero(inside):
            signs = POSITIVE
        if row.head in ("sqrt", "norm") and isinstance(inside, Scalar):
            signs = POSITIVE if self.signs_of_fraction(inside) == POSITIVE else NONNEGATIVE
        single = ((index, 1),)
        for fact, allowed in self.known:
            if not fact.under and fact.over.keys() <= {single, ()} and single in fact.over:
                slope, shift = fact.over[single], fact.over.get((), 0)
                if shift == 0:
                    signs &= frozenset(s if slope > 0 else -s for s in allowed)
                elif -1 not in allowed and shift < 0:  # slope · atom ≥ −shift > 0
                    signs &= frozenset({1 if slope > 0 else -1})
        return signs

    def _is_known_nonzero(self, value: Scalar) -> bool:
        """Whether the fraction, or its negative, is a fact that is not zero."""
        nonzero = [fact for fact, signs in self.known if 0 not in signs]
        return any(self.atoms.is_zero(f - value) or self.atoms.is_zero(f + value) for f in nonzero)

    def _bounds(self, poly: Polynomial) -> Iterator[dict[int, Scalar]]:
        """Ways to write the atoms of the polynomial as rational bound ± something not negative."""
        lower: dict[int, Scalar] = {}
        upper: dict[int, Scalar] = {}
        present = {a for m in poly for a, _ in m}
        for fact, allowed in self.known:
            names = [m for m in fact.over if m]
            if fact.under or len(names) != 1 or not allowed <= NONNEGATIVE:
                continue
            ((index, exponent), *more) = names[0]
            if exponent != 1 or more or index not in present:
                continue
            slope, shift = fact.over[names[0]], fact.over.get((), 0)
            # The gap is named by its bound: a − 0 and 1 − a are not one number.
            bound, side = number(-shift / slope), "above" if slope > 0 else "below"
            gap = atom(self.atoms.intern("shifted", index, side, bound))
            if slope > 0:
                lower[index] = bound + gap
            else:
                upper[index] = bound - gap
        for by in (lower, upper, {**upper, **lower}, {**lower, **upper}):
            if by:
                yield by
        yield from self._ways(present)

    def _ways(self, present: set[int]) -> Iterator[dict[int, Scalar]]:
        """The atoms that can be written by others: the first way of each, then the second …"""
        heads = {index: self.atoms.rows[index].head for index in sorted(present)}
        found = {index: WAYS[head](self, index) for index, head in heads.items() if head in WAYS}
        for ways in zip_longest(*found.values()):
            by = {index: way for index, way in zip(found, ways, strict=True) if way is not None}
            if by:
                yield by


def signs_of_product(factors: Iterable[Signs]) -> Signs:
    found: Signs = POSITIVE
    for signs in factors:
        found = frozenset(prod((s, t)) for s in found for t in signs)
    return found


def _shifted(poly: Polynomial, by: dict[int, Scalar]) -> Polynomial:
    """The polynomial with others for some of its own atoms; what stands inside atoms stays."""
    total = number(0)
    for monomial, coefficient in poly.items():
        term = number(coefficient)
        for index, exponent in monomial:
            term = term * (by[index] ** exponent if index in by else atom(index, exponent))
        total = total + term
    return total.over


def _ratio(poly: Polynomial, other: Polynomial) -> Fraction:
    """The number by which the one polynomial is a multiple of the other; 0 for none, or numbers."""
    if poly.keys() != other.keys() or poly.keys() == {()}:
        return Fraction(0)
    first = next(iter(poly))
    ratio = poly[first] / other[first]
    return ratio if all(c == ratio * other[m] for m, c in poly.items()) else Fraction(0)
