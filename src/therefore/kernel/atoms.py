"""Atoms: what the normal form does not look into, except to see when two are the same.

Two atoms are one as soon as their heads agree and their arguments are equal by normal form,
so f(m/(m+1) · (1/m) · u) and f(u/(m+1)) are one atom although no fraction is ever reduced.
The old one must be defined wherever the new one is, or it would lend what is true elsewhere.
The few relations that atoms obey (|u|² = u², √u² = u, ‖u‖² = ⟨u,u⟩, δ² = δ) are used here, when
a fraction is tested for zero. Each is true wherever the atom is defined.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from .errors import Rejected
from .polynomials import ONE, ZERO, Polynomial, Scalar, atom, number
from .values import (
    Argument,
    Atom,
    Matrix,
    Residue,
    Vector,
    atoms_in,
    is_partial,
    needs,
    scalar_in,
    scalars_in,
)

__all__ = [
    "POWERS",
    "Argument",
    "Atom",
    "Atoms",
    "Matrix",
    "Residue",
    "Vector",
    "atoms_in",
    "scalar_in",
    "scalars_in",
]

MOST_STEPS = 500_000
_SIGNED = ("abs", "sqrt", "norm", "log")
BINDERS = (
    "sum", "vector sum", "matrix sum", "sum_mod", "derivative", "integral", "grid", "grid row",
    "expected number", "expected vector", "expected matrix",
)  # fmt: skip

# The relations that atoms of a head obey: the least exponent that can be rewritten, and what
# that power is. A theory enters its own.
POWERS: dict[str, tuple[Callable[[Atom], int], Callable[[Atoms, int], Scalar]]] = {
    "abs": (lambda row: 2, lambda atoms, index: scalar_in(atoms.rows[index]) ** 2),
    "sqrt": (lambda row: 2, lambda atoms, index: scalar_in(atoms.rows[index])),
    "norm": (lambda row: 2, lambda atoms, index: scalar_in(atoms.rows[index])),
    "delta": (lambda row: 2, lambda atoms, index: atom(index)),
}


@dataclass
class Atoms:
    """The atoms of one run, numbered."""

    rows: list[Atom] = field(default_factory=list)
    by_head: dict[str, list[int]] = field(default_factory=dict)
    found: dict[Any, int] = field(default_factory=dict)
    steps: int = 0
    is_in_haste: bool = False  # whether signs are looked for without adding facts up

    def spend(self, steps: int = 1) -> None:
        """Count steps. Raises ``TOO_LARGE`` when the run has had its share."""
        self.steps += steps
        if self.steps > MOST_STEPS:
            raise Rejected("TOO_LARGE", f"more than {MOST_STEPS} steps")

    def find(self, head: str, *arguments: Argument, height: int = 0) -> int | None:
        """The number of the atom with this head and equal arguments, if there is one."""
        key = (head, height, *map(_key, arguments))
        # Numbers and words are equal only if written alike, and what was interned is in the table.
        plain = not height and all(isinstance(one, int | str) for one in arguments)
        if not plain and key not in self.found:
            found = self._search(head, arguments, height)
            if found is not None:
                self.found[key] = found  # of equal atoms it is the first, and stays the first
        return self.found.get(key)

    def _search(self, head: str, arguments: tuple[Argument, ...], height: int) -> int | None:
        for index in self.by_head.get(head, ()):
            row = self.rows[index]
            if height not in (0, row.height) or not self._same(row.arguments, arguments):
                continue
            # √(1 + √x·√x) is positive where it is defined, and √(1 + x) need not be: the sign of
            # these is read off their argument; and a logarithm is split by the signs of the
            # factors of its argument.
            if head in _SIGNED and not _written_alike(row.arguments[0], arguments[0]):
                continue
            # Any atom may be read out again, as log(exp u) = u, and wherever the new one is
            # defined the old one must be, for what it lends.
            if not row.needs or row.needs - {index} <= needs(self.rows, *arguments):
                return index
        return None

    def intern(self, head: str, *arguments: Argument, height: int = 0) -> int:
        """The number of this atom, an old one if the arguments are equal.

        An atom that binds says by its ``height`` which index it binds.
        """
        found = self.find(head, *arguments, height=height)
        if found is not None:
            return found
        key = (head, height, *map(_key, arguments))
        free: frozenset[int] = frozenset().union(*map(self.free, arguments))
        if height:
            free -= {self.index(height)}
        else:
            height = max(map(self.height, arguments), default=0)
        index = len(self.rows)
        if head in ("name", "index"):
            free = frozenset({index})
        room = needs(self.rows, *arguments)
        if is_partial(head, next(iter(arguments), None)):
            room |= {index}
        self.rows.append(Atom(head, arguments, free, height, room))
        self.by_head.setdefault(head, []).append(index)
        self.found[key] = index
        return index

    def index(self, height: int) -> int:
        """The bound variable of that number."""
        return self.intern("index", str(height))

    def _same(self, left: tuple[Argument, ...], right: tuple[Argument, ...]) -> bool:
        if len(left) != len(right):
            return False
        for a, b in zip(left, right, strict=True):
            if isinstance(a, Scalar | Vector) and type(a) is type(b):
                equal = self.is_zero(a - b)  # type: ignore[operator]
            elif isinstance(a, Residue) and isinstance(b, Residue):
                equal = a.size == b.size and not self.reduced(a.size, a.value - b.value).over
            else:
                equal = a == b
            if not equal:
                return False
        return True

    def free(self, value: Argument) -> frozenset[int]:
        """The atoms on which a value depends."""
        return frozenset().union(*(self.rows[index].free for index in atoms_in(value)))

    def height(self, value: Argument) -> int:
        """The largest number of a variable bound inside a value."""
        return max((self.rows[index].height for index in atoms_in(value)), default=0)

    def is_zero(self, value: Scalar | Vector) -> bool:
        """Whether a value vanishes modulo the relations of its atoms."""
        if isinstance(value, Vector):
            return all(self.is_zero(part) for part in value.parts.values())
        poly = value.over
        while poly and any(self.reducible(i, e) for m in poly for i, e in m):
            poly = self.rewritten(poly).over
        return not poly

    def reducible(self, index: int, exponent: int) -> bool:
        row = self.rows[index]
        return row.head in POWERS and exponent >= POWERS[row.head][0](row)

    def rewritten(self, poly: Polynomial) -> Scalar:
        total = ZERO
        for monomial, coefficient in poly.items():
            term = number(coefficient)
            for index, exponent in monomial:
                if self.reducible(index, exponent):
                    row = self.rows[index]
                    least, image = POWERS[row.head]
                    whole, rest = divmod(exponent, least(row))
                    odd = atom(index, rest) if rest else ONE
                    term = term * image(self, index) ** whole * odd
                else:
                    term = term * atom(index, exponent)
            total = total + term
        return total

    def reduced(self, size: str, value: Scalar) -> Scalar:
        """A representative of an integer polynomial modulo the size; multiples of it vanish."""
        total = ZERO
        for monomial, coefficient in value.over.items():
            term = number(coefficient)
            for index, exponent in monomial:
                row = self.rows[index]
                if row.head == "name" and row.arguments == (size,):
                    term = ZERO
                elif row.head == "lift" and isinstance(row.arguments[0], Residue):
                    inner = row.arguments[0]
                    same = inner.size == size
                    term = term * (inner.value if same else atom(index)) ** exponent
                else:
                    term = term * atom(index, exponent)
            total = total + term
        if size.isdigit():
            smaller = {m: c % int(size) for m, c in total.over.items()}
            return Scalar({m: c for m, c in smaller.items() if c})
        return total


def _key(value: Argument) -> Any:
    """What two arguments share only if they are written in the same way."""
    if isinstance(value, Scalar):
        return frozenset(value.over.items()), value.under
    if isinstance(value, Vector):
        return type(value), frozenset((index, _key(c)) for index, c in value.parts.items())
    return (value.size, _key(value.value)) if isinstance(value, Residue) else value


def _written_alike(left: Argument, right: Argument) -> bool:
    """Whether two fractions are one without the relations of atoms, over the same factors."""
    if not isinstance(left, Scalar) or not isinstance(right, Scalar):
        return left == right
    return dict(left.under).keys() == dict(right.under).keys() and not (left - right).over
