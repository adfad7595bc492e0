"""Fields of which nothing is known but that they are fields, their elements, roots of unity."""

from __future__ import annotations

from typing import Any

from therefore.language.base import (
    Declared,
    Object,
    Statement,
    Term,
    name_argument,
    size_argument,
)
from therefore.language.errors import IllFormed
from therefore.language.vectors import Item

__all__ = [
    "Element",
    "ElementSequence",
    "FieldName",
    "RootOfUnity",
    "element",
    "element_sequence",
    "field",
    "root_of_unity",
]


class FieldName(Declared, Object):
    """An arbitrary field: of rational, real or complex numbers, of numbers modulo p, or another."""

    def __new__(cls, name: Any) -> Any:
        return Object.__new__(cls, name_argument(name))


class Element(Declared, Term):
    """An element of a field. Integers beside it are read as elements; it is not divided by."""

    def __new__(cls, name: Any, of: Any) -> Any:
        return Term.__new__(cls, name_argument(name), _field(of))

    @property
    def field(self) -> Any:
        """The field."""
        return self.args[1]


class ElementSequence(Declared, Object):
    """Elements c[i] of a field, one for every residue i modulo n."""

    is_real_valued = False

    def __new__(cls, name: Any, modulus: Any, of: Any) -> Any:
        return Object.__new__(cls, name_argument(name), size_argument(modulus), _field(of))

    @property
    def modulus(self) -> Any:
        """The modulus n."""
        return self.args[1]

    @property
    def field(self) -> Any:
        """The field."""
        return self.args[2]

    def __getitem__(self, index: Any) -> Item:
        return Item(self, index)


class RootOfUnity(Statement):
    """w^n = 1, so that w^r is told by the residue of r modulo n: args are w and n."""

    def _latex(self, printer: Any, **options: Any) -> str:
        base, size = (printer._print(arg) for arg in self.args)
        return rf"{{{base}}}^{{{size}}} = 1"


def field(name: str) -> FieldName:
    """An arbitrary field."""
    made: FieldName = FieldName(name)
    return made


def element(name: str, of: FieldName) -> Element:
    """An element of a field; ``w**r`` for a residue r modulo n is for a w with w^n = 1."""
    made: Element = Element(name, of)
    return made


def element_sequence(name: str, modulus: Any, of: FieldName) -> ElementSequence:
    """Elements ``c[i]`` of a field whose index is read modulo ``modulus``."""
    made: ElementSequence = ElementSequence(name, modulus, of)
    return made


def root_of_unity(base: Any, size: Any) -> RootOfUnity:
    """``base`` to the power ``size`` is 1; ``size`` is a declared size."""
    made: RootOfUnity = RootOfUnity(base, size_argument(size))
    return made


def _field(of: Any) -> FieldName:
    if not isinstance(of, FieldName):
        raise IllFormed(f"{of} is no field; declare one by field(...)")
    return of
