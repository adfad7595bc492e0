"""Building atoms, and substituting in normal forms: each atom is built anew from its parts.

Inside a normal form a sum of a total body means S(high) − S(low − 1) for every pair of ends,
which is the sum itself wherever low ≤ high + 1, an obligation.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from math import isqrt
from typing import cast

from . import words
from .atoms import BINDERS, Argument, Atom, Atoms, Residue, Vector
from .binders import open_binder
from .data import Term
from .laws import Laws
from .polynomials import ONE, ZERO, Scalar, added, atom, number
from .size_terms import settled, written_index
from .sums import sum_mod_over, sum_over

__all__ = ["BOUND_IMAGES", "IMAGES", "Images", "Value"]

Value = Scalar | Vector

# What becomes of the atoms that a theory adds, by head: built anew from their new parts.
IMAGES: dict[str, Callable[..., Value]] = {}
# The same of those that bind: the sort of their variable, and the atom with a new body.
BOUND_IMAGES: dict[str, tuple[Callable[[Atom], Term], Callable[..., Value]]] = {}


class Images:
    """Atoms under declared names, and what they become when something is put for a name.

    ``sign`` tells what is known of a fraction's sign (see ``signs``); it is used to write |u|
    as u or −u, and to split sums whose body is not defined everywhere.
    """

    def __init__(
        self,
        atoms: Atoms,
        names: Mapping[str, Term],
        sign: Callable[[Scalar], frozenset[int]],
    ) -> None:
        self.atoms, self.names, self.sign = atoms, dict(names), sign
        self.laws, self.symmetric = Laws(), set[str]()
        self.done: dict[Term, Value] = {}  # by term; emptied when more becomes known

    def open(self, body: Term, sort: Term) -> tuple[int, Term]:
        """The body at a new internal name, and that name's atom."""
        name = f"%{len(self.atoms.rows)}"
        self.names[name] = sort
        return self.atoms.intern("name", name), open_binder(body, name)

    # -------------------------------------------------------------- atoms from normal forms

    def inner(self, left: Vector, right: Vector) -> Scalar:
        """The inner product: symmetric, bilinear, orthonormal on basis vectors."""
        return added(
            c * e * words.inner_of(self, i, j)
            for i, c in left.parts.items()
            for j, e in right.parts.items()
        )

    def alone(self, index: int) -> Value:
        """What an atom is by itself: a number, a vector or a matrix."""
        row = self.atoms.rows[index]
        if row.head in ("name", "app"):
            sort = self.sort_of_atom(row)
        else:
            sort = words.SORTS.get(row.head, "real")
        if sort[0] == "matrix":
            return words.of_letter(self, index)
        return words.spread(self, index) if sort[0] == "vector" else atom(index)

    def sort_of_atom(self, row: Atom) -> Term:
        """The sort of a name, or of a function with a name at its arguments."""
        sort = self.names[str(row.arguments[0])]
        if row.head == "app" and sort[0] == "family":
            index = cast(Scalar, row.arguments[1])
            sort = open_binder(sort[1], written_index(index.over, self._name_of))
        return settled(sort[2] if row.head == "app" and sort[0] == "function" else sort)

    def _name_of(self, index: int) -> str:
        row = self.atoms.rows[index]
        return str(row.arguments[0]) if row.head == "name" else f"%a{index}"

    def absolute(self, value: Scalar) -> Scalar:
        signs = self.sign(value)
        if signs <= {0, 1}:
            return value
        if signs <= {0, -1}:
            return -value
        opposite = self.atoms.find("abs", -value)
        return atom(self.atoms.intern("abs", value) if opposite is None else opposite)

    def root(self, head: str, value: Scalar) -> Scalar:
        constant = value.constant()
        if constant is not None and constant >= 0:
            over, under = isqrt(constant.numerator), isqrt(constant.denominator)
            if Fraction(over * over, under * under) == constant:
                return number(Fraction(over, under))
        return atom(self.atoms.intern(head, value))

    def applied(self, function: str, *values: Argument) -> Value:
        return self.alone(self.atoms.intern("app", function, *values))

    def equal(self, difference: Residue | Scalar) -> Scalar:
        """1 if the residue or integer is zero, 0 if it is another number, else an atom."""
        if isinstance(difference, Scalar):
            return self._equal_integers(difference)
        size = difference.size
        value = self.atoms.reduced(size, difference.value)
        constant = value.constant()
        if constant == 0:
            return ONE
        if constant is not None and size.isdigit():  # it is reduced
            return ZERO
        opposite = self.atoms.find("delta", Residue(size, -value))
        if opposite is not None:
            return atom(opposite)
        return atom(self.atoms.intern("delta", Residue(size, value)))

    def _equal_integers(self, difference: Scalar) -> Scalar:
        signs = self.sign(difference)
        if signs <= {0} or 0 not in signs:
            return ONE if signs <= {0} else ZERO
        opposite = self.atoms.find("delta", -difference)
        return atom(self.atoms.intern("delta", difference) if opposite is None else opposite)

    def lifted(self, residue: Residue) -> Scalar:
        value = self.atoms.reduced(residue.size, residue.value)
        constant = value.constant()
        if constant is not None and (constant == 0 or residue.size.isdigit()):
            return number(constant)
        return atom(self.atoms.intern("lift", Residue(residue.size, value)))

    def bound(self, head: str, variable: int, body: Value, *ends: Argument) -> int:
        """The atom that binds ``variable`` in the body, under a number that nothing inside has."""
        height = 1 + max(map(self.atoms.height, (*ends, body)))
        while self.atoms.index(height) in self.atoms.free(body):  # an outer variable's number
            height += 1
        renamed = self.substituted(body, {variable: atom(self.atoms.index(height))})
        return self.atoms.intern(head, *ends, renamed, height=height)

    # -------------------------------------------------------------- substitution

    def substituted(self, value: Value, by: Mapping[int, Scalar]) -> Value:
        """The value with fractions for some of its free atoms."""
        if not self.atoms.free(value) & by.keys():
            return value
        if isinstance(value, Vector):
            total = type(value)({})
            for index, factor in value.parts.items():
                image = cast(Vector, self._image(index, by))
                total = total + image.scaled(self._number_at(factor, by))
            return total
        under = ONE
        for below, exponent in value.under:
            under = under * self._number_at(Scalar(dict(below)), by) ** exponent
        over = ZERO
        for monomial, coefficient in value.over.items():
            term = number(coefficient)
            for index, exponent in monomial:
                term = term * cast(Scalar, self._image(index, by)) ** exponent
            over = over + term
        return over * under.inverse()

    def _number_at(self, value: Scalar, by: Mapping[int, Scalar]) -> Scalar:
        return cast(Scalar, self.substituted(value, by))

    def _image(self, index: int, by: Mapping[int, Scalar]) -> Value:
        """An atom after substitution, built anew from its parts."""
        self.atoms.spend()
        row = self.atoms.rows[index]
        if index in by:
            return by[index]
        if not row.free & by.keys():
            return self.alone(index)
        if row.head in BINDERS:
            return self._bound_image(row, by)
        parts = [self._argument_image(part, by) for part in row.arguments]
        if row.head == "inner":
            return self.inner(cast(Vector, parts[0]), cast(Vector, parts[1]))
        if row.head == "abs":
            return self.absolute(cast(Scalar, parts[0]))
        if row.head in ("sqrt", "norm"):
            return self.root(row.head, cast(Scalar, parts[0]))
        if row.head == "app":
            return self.applied(str(parts[0]), *parts[1:])
        if row.head in IMAGES:
            return IMAGES[row.head](self, *parts)
        if row.head == "delta":
            return self.equal(cast(Residue | Scalar, parts[0]))
        if row.head == "lift":
            return self.lifted(cast(Residue, parts[0]))
        return self.alone(self.atoms.intern(row.head, *parts))

    def _argument_image(self, part: Argument, by: Mapping[int, Scalar]) -> Argument:
        if isinstance(part, int):
            return self._image(part, by)
        if isinstance(part, Residue):
            return Residue(part.size, self._number_at(part.value, by))
        return part if isinstance(part, str) else self.substituted(part, by)

    def _bound_image(self, row: Atom, by: Mapping[int, Scalar]) -> Value:
        """A sum (or derivative) after substitution: its variable is renamed before and after."""
        *ends, body = row.arguments
        sort: Term = "real" if row.head in ("derivative", "integral") else "integer"
        if row.head == "sum_mod":
            sort = ("residue", str(ends[0]))
        if row.head in BOUND_IMAGES:
            sort = BOUND_IMAGES[row.head][0](row)
        variable, _ = self.open("#0", sort)
        inner = {**by, self.atoms.index(row.height): atom(variable)}
        opened = cast(Scalar, self._argument_image(body, inner))
        if row.head in BOUND_IMAGES:
            again = (self._argument_image(end, by) for end in ends)
            return BOUND_IMAGES[row.head][1](self, variable, opened, *again)
        if row.head == "sum_mod":
            return sum_mod_over(self, str(ends[0]), variable, opened)
        places = [cast(Scalar, self._argument_image(end, by)) for end in ends]
        if row.head in ("derivative", "integral"):
            return atom(self.bound(row.head, variable, opened, *places))
        low, high = places
        return sum_over(self, low, high, variable, opened)
