"""Normal forms as vectors over a field: coordinates are monomials in what is not a parameter.

The parameters are the scalar names of a goal and their square roots; the field is ℚ(parameters).
Over it, multipliers of equations are found by plain elimination.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any, TypeAlias

from therefore.kernel.atoms import Atoms
from therefore.kernel.polynomials import ZERO, Monomial, Polynomial, Scalar, atom, number

__all__ = ["Column", "Field", "settled"]

Element: TypeAlias = Any  # an element of a SymPy fraction field, or of QQ
Column: TypeAlias = dict[Monomial, Element]


class Field:
    """ℚ(parameters) for the atoms that occur in some fractions, and coordinates over it."""

    def __init__(self, atoms: Atoms, values: list[Scalar], main: frozenset[int] = frozenset()):
        from sympy import QQ
        from sympy.polys.fields import field

        self.atoms = atoms
        values = [settled(atoms, value) for value in values]
        present: set[int] = set().union(*map(_direct, values))
        # √x stands for x: the field has the root as its parameter.
        inside = ((self._name_inside(a), a) for a in sorted(present))
        self.roots = {name: root for name, root in inside if name is not None}
        # What stands in a denominator cannot be a coordinate: exp x in 1/(1 + exp x).
        below = {a for value in values for f, _ in value.under for m, _ in f for a, _ in m}
        heads = ("name", "index")
        self.parameters = [
            a for a in sorted(present | set(self.roots.values()))
            if a not in self.roots and (a not in main or a in below)
            and (a in below or atoms.rows[a].head in heads or a in self.roots.values())
        ]  # fmt: skip
        if self.parameters:
            names = [f"p{a}" for a in self.parameters]
            self.domain, *generators = field(names, QQ)
            self.of = dict(zip(self.parameters, generators, strict=True))
        else:
            self.domain, self.of = QQ, {}

    def _name_inside(self, index: int) -> int | None:
        """The x of an atom √x."""
        row = self.atoms.rows[index]
        if row.head == "sqrt" and isinstance(row.arguments[0], Scalar):
            for a in sorted(_direct(row.arguments[0])):
                name = self.atoms.rows[a].head == "name"
                if name and self.atoms.is_zero(row.arguments[0] - atom(a)):
                    return a
        return None

    def column(self, value: Scalar) -> Column:
        """The coordinates of a fraction, modulo the relations of its atoms."""
        value = settled(self.atoms, value)
        under = self.domain.one if hasattr(self.domain, "one") else self.domain(1)
        for factor, exponent in value.under:
            inside = self._element(dict(factor))
            if inside is None or not inside:
                raise ValueError("a denominator is not a parameter")
            under = under * inside**exponent
        column: Column = {}
        for monomial, coefficient in value.over.items():
            main = tuple((a, e) for a, e in monomial if not self._is_parameter(a))
            element = self._element({tuple(p for p in monomial if p not in main): coefficient})
            column[main] = column.get(main, 0) + element / under
        return {m: c for m, c in column.items() if c}

    def _is_parameter(self, index: int) -> bool:
        return index in self.of or index in self.roots

    def _element(self, poly: Polynomial) -> Element:
        """A polynomial in parameters as an element of the field; None if it is not one."""
        total = self.domain(0) if not self.of else self.domain.zero
        for monomial, coefficient in poly.items():
            term = self._rational(coefficient)
            for index, exponent in monomial:
                if index in self.of:
                    term = term * self.of[index] ** exponent
                elif index in self.roots:
                    term = term * self.of[self.roots[index]] ** (2 * exponent)
                else:
                    return None
            total = total + term
        return total

    def _rational(self, value: Fraction) -> Element:
        from sympy import QQ

        element = QQ(value.numerator, value.denominator)
        return self.domain.one * element if self.of else element

    def scalar(self, element: Element) -> Scalar:
        """The fraction that an element of the field stands for."""
        if not self.of:
            return number(Fraction(int(element.numerator), int(element.denominator)))
        return self._polynomial(element.numer) * self._polynomial(element.denom).inverse()

    def _polynomial(self, poly: Any) -> Scalar:
        total = ZERO
        back = {root: name for name, root in self.roots.items()}
        for exponents, coefficient in poly.terms():
            value = Fraction(int(coefficient.numerator), int(coefficient.denominator))
            term = number(value)
            for index, exponent in zip(self.parameters, exponents, strict=True):
                if index in back:  # an even power of √x is a power of x
                    term = term * atom(back[index]) ** (exponent // 2)
                    exponent %= 2
                if exponent:
                    term = term * atom(index, exponent)
            total = total + term
        return total


def settled(atoms: Atoms, value: Scalar) -> Scalar:
    """The fraction after the relations of its atoms were used as often as they apply."""
    for _ in range(20):
        if not any(atoms.reducible(i, e) for m in value.over for i, e in m):
            break
        over = atoms.rewritten(value.over)
        value = over * Scalar({(): Fraction(1)}, value.under)
    return value


def _direct(value: Scalar) -> set[int]:
    polys = (value.over, *(dict(factor) for factor, _ in value.under))
    return {index for poly in polys for monomial in poly for index, _ in monomial}
