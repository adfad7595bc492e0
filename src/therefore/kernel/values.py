"""What normal forms are made of: fractions, combinations of vectors, residues and atoms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self, TypeAlias, cast

from .polynomials import ZERO, Factor, Scalar, number

__all__ = [
    "Argument",
    "Atom",
    "Matrix",
    "Residue",
    "Vector",
    "atoms_in",
    "is_partial",
    "needs",
    "scalar_in",
    "scalars_in",
]

_OF_POSITIVES = ("sqrt", "log")
_PARTIAL = (
    "inverse", "gradient", "derivative", "integral", "sum", "vector sum", "matrix sum", "turn",
    "expected number", "expected vector", "expected matrix",
)  # fmt: skip
_POSITIVE = ("exp", "pi")
_NEVER_NEGATIVE = ("abs", "norm", "sqrt", "delta", "lift", *_POSITIVE)


@dataclass(frozen=True, eq=False)
class Vector:
    """A linear combination of vector atoms: atom -> coefficient. No coordinates, no dimension."""

    parts: dict[int, Scalar]

    def __add__(self, other: Vector) -> Self:
        total = dict(self.parts)
        for index, coefficient in other.parts.items():
            total[index] = total.get(index, ZERO) + coefficient
        return type(self)({i: c for i, c in total.items() if c.over})

    def scaled(self, factor: Scalar) -> Self:
        return type(self)({i: c * factor for i, c in self.parts.items() if factor.over})

    def __sub__(self, other: Vector) -> Self:
        return self + other.scaled(number(-1))


class Matrix(Vector):
    """A linear combination of words in matrices and of outer products (see ``words``)."""


@dataclass(frozen=True, eq=False)
class Residue:
    """An integer polynomial modulo a size."""

    size: str
    value: Scalar


Argument: TypeAlias = "str | int | Scalar | Vector | Residue"


@dataclass(frozen=True)
class Atom:
    """``free`` holds the atoms on which it depends; ``height`` numbers its own bound variable.

    ``needs`` holds the denominators and the atoms on which it depends that may be undefined.
    """

    head: str
    arguments: tuple[Argument, ...]
    free: frozenset[int]
    height: int
    needs: frozenset[int | Factor]


def scalar_in(row: Atom) -> Scalar:
    """The u of |u|, √u and ‖u‖, whose atom holds ⟨u, u⟩."""
    return cast(Scalar, row.arguments[0])


def scalars_in(value: Argument) -> list[Scalar]:
    """The fractions of which a value consists."""
    if isinstance(value, Vector):
        return list(value.parts.values())
    if isinstance(value, Residue):
        return [value.value]
    return [value] if isinstance(value, Scalar) else []


def atoms_in(value: Argument) -> set[int]:
    """The atoms that stand directly in a value."""
    found = set(value.parts) if isinstance(value, Vector) else set()
    if isinstance(value, int):
        found = {value}
    for scalar in scalars_in(value):
        for poly in (scalar.over, *(dict(factor) for factor, _ in scalar.under)):
            found |= {index for monomial in poly for index, _ in monomial}
    return found


# -------------------------------------------------------------- what must be defined


def is_partial(head: str, first: Argument | None) -> bool:
    """Whether an atom with this first argument may be undefined; √2 and log 2 are not."""
    is_positive = isinstance(first, Scalar) and (first.constant() or 0) > 0
    return head in _PARTIAL or (head in _OF_POSITIVES and not is_positive)


def needs(rows: list[Atom], *values: Argument) -> frozenset[int | Factor]:
    """The denominators in values, at any depth, and the atoms that may be undefined."""
    found: set[int | Factor] = set()
    for value in values:
        below = (factor for part in scalars_in(value) for factor, _ in part.under)
        found.update(factor for factor in below if not _is_positive(rows, factor))
        found.update(*(rows[index].needs for index in atoms_in(value)))
    return frozenset(found)


def _is_positive(rows: list[Atom], factor: Factor) -> bool:
    """Whether a denominator is positive by its form, wherever its atoms are defined."""
    heads = [{(rows[i].head, e % 2) for i, e in monomial} for monomial, _ in factor]
    return (
        all(c > 0 for _, c in factor)
        and all(odd == 0 or head in _NEVER_NEGATIVE for each in heads for head, odd in each)
        and any(all(head in _POSITIVE for head, _ in each) for each in heads)
    )
