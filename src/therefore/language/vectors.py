"""Vectors of any dimension and sequences of them, inner product and norm."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sympy import Basic, Lambda, S

from therefore.language.base import (
    Declared,
    NumberWithin,
    Object,
    Term,
    binds,
    name_argument,
    size_argument,
)
from therefore.language.errors import IllFormed

__all__ = [
    "Basis",
    "Component",
    "Inner",
    "Item",
    "Norm",
    "RealSequence",
    "Sequence",
    "SizeSequence",
    "Vector",
    "VectorSequence",
    "basis",
    "component",
    "inner",
    "norm",
    "real_sequence",
    "sequence",
    "size_sequence",
    "vector",
    "vector_sequence",
    "with_sequences",
]


class Vector(Declared, Term):
    """A vector in R^d."""

    def __new__(cls, name: Any, size: Any) -> Any:
        return Term.__new__(cls, name_argument(name), size_argument(size))

    @property
    def size(self) -> Any:
        """The dimension d."""
        return self.args[1]


class Sequence(Declared, Object):
    """Vectors w[t] in R^d, one for every integer t."""

    is_real_valued = False

    def __new__(cls, name: Any, size: Any) -> Any:
        return Object.__new__(cls, name_argument(name), size_argument(size))

    @property
    def size(self) -> Any:
        """The dimension d."""
        return self.args[1]

    def __getitem__(self, index: Any) -> Item:
        return Item(self, index)


class SizeSequence(Declared, Object):
    """Sizes n[k], integers of at least 1, one for every integer k."""

    is_real_valued = True

    def __new__(cls, name: Any) -> Any:
        return Object.__new__(cls, name_argument(name))

    def __getitem__(self, index: Any) -> Item:
        return Item(self, index)


class VectorSequence(Declared, Object):
    """Vectors v[k], one for every integer k, whose dimension may depend on k."""

    is_real_valued = False

    def __new__(cls, name: Any, index: Any, size: Any) -> Any:
        return Object.__new__(cls, name_argument(name), index, size_argument(size))

    @property
    def free_symbols(self) -> set[Any]:
        """The sequence itself, and what its dimension speaks of besides its index."""
        _, index, size = self.args
        return {self} | (set(size.free_symbols) - {index})

    def _eval_subs(self, old: Any, new: Any) -> Any:
        return binds(self, self.args[1:2], old, new)

    def __getitem__(self, index: Any) -> Item:
        return Item(self, index)


class RealSequence(Declared, Object):
    """Real numbers a[t], one for every integer t."""

    is_real_valued = True

    def __new__(cls, name: Any) -> Any:
        return Object.__new__(cls, name_argument(name))

    def __getitem__(self, index: Any) -> Item:
        return Item(self, index)


class Item(Term):
    """One member of a sequence: w[t]. A member of ``Lambda(k, ...)`` is what that says it is."""

    def __new__(cls, sequence: Any, index: Any) -> Any:
        if isinstance(sequence, Lambda):
            return sequence(index)
        return Term.__new__(cls, sequence, index)

    def __init__(self, sequence: Any, index: Any) -> None:
        """Takes a sequence and an integer (or, for a cyclic sequence, a residue)."""

    @property
    def _diff_wrt(self) -> bool:
        """Whether SymPy may take derivatives in it: where it is a number."""
        return bool(self.sequence.is_real_valued)

    @property
    def is_symbol(self) -> bool:
        """As SymPy's ``Indexed``: a derivative in it is one in every member that it may be."""
        return self._diff_wrt

    def _eval_derivative(self, member: Any) -> Any:
        from therefore.language.cyclic import Delta

        if not isinstance(member, Item) or member.sequence != self.sequence:
            return S.Zero
        return S.One if member == self else Delta(self.index, member.index)

    @property
    def sequence(self) -> Any:
        """The sequence w."""
        return self.args[0]

    @property
    def index(self) -> Any:
        """The index t."""
        return self.args[1]

    @property
    def is_size(self) -> bool:
        """Whether it is a size: a member of a sequence of sizes."""
        return isinstance(self.sequence, SizeSequence)

    def _eval_is_real(self) -> bool | None:
        return True if self.sequence.is_real_valued else None

    def _eval_is_integer(self) -> bool | None:
        return True if self.is_size else None

    def _sympystr(self, printer: Any) -> str:
        return f"{printer._print(self.sequence)}[{printer._print(self.index)}]"

    def _latex(self, printer: Any, exp: str | None = None, **options: Any) -> str:
        base = printer._print(self.sequence)
        text = f"{{{base}}}" if "_" in base else base
        text = f"{text}_{{{printer._print(self.index)}}}"
        return text if exp is None else f"{{{text}}}^{{{exp}}}"

    def _numpycode(self, printer: Any) -> str:
        at = printer._print(self.index)
        modulus = getattr(self.sequence, "modulus", None)
        if modulus is not None:
            at = f"({at}) % {printer._print(modulus)}"
        return f"{printer._print(self.sequence)}[{at}]"


class Component(NumberWithin):
    """One number of a vector, whose places are counted from 0 and modulo its size."""

    def __init__(self, vector: Any, place: Any) -> None:
        """Takes a vector and a residue modulo its size."""

    def _sympystr(self, printer: Any) -> str:
        vector, place = (printer._print(arg) for arg in self.args)
        return f"component({vector}, {place})"

    def _latex(self, printer: Any, exp: str | None = None, **options: Any) -> str:
        vector, place = (printer._print(arg) for arg in self.args)
        base = vector if isinstance(self.args[0], Vector) else rf"\left({vector}\right)"
        text = f"{{{base}}}_{{{place}}}"
        return text if exp is None else f"{{{text}}}^{{{exp}}}"

    def _numpycode(self, printer: Any) -> str:
        vector, place = (printer._print(arg) for arg in self.args)
        return f"({vector})[({place}) % len({vector})]"


class Basis(Term):
    """The vector that is 1 at one place and 0 elsewhere."""

    def __init__(self, size: Any, place: Any) -> None:
        """Takes the size of the vector and a residue modulo it."""

    def _sympystr(self, printer: Any) -> str:
        size, place = (printer._print(arg) for arg in self.args)
        return f"basis({size}, {place})"

    def _latex(self, printer: Any, **options: Any) -> str:
        return f"e_{{{printer._print(self.args[1])}}}"

    def _numpycode(self, printer: Any) -> str:
        size, place = (printer._print(arg) for arg in self.args)
        return f"{printer._module_format('numpy.eye')}({size})[({place}) % {size}]"


class Inner(Term):
    """The inner product of two vectors of one dimension: symmetric and bilinear."""

    def __init__(self, left: Any, right: Any) -> None:
        """Takes two vectors."""

    def _eval_is_real(self) -> bool:
        return True

    def _sympystr(self, printer: Any) -> str:
        left, right = (printer._print(arg) for arg in self.args)
        return f"inner({left}, {right})"

    def _latex(self, printer: Any, exp: str | None = None, **options: Any) -> str:
        left, right = (printer._print(arg) for arg in self.args)
        text = rf"\left\langle {left}, {right} \right\rangle"
        return text if exp is None else f"{text}^{{{exp}}}"

    def _numpycode(self, printer: Any) -> str:
        left, right = (printer._print(arg) for arg in self.args)
        return f"{printer._module_format('numpy.dot')}({left}, {right})"


class Norm(Term):
    """The Euclidean norm of a vector."""

    def __init__(self, vector: Any) -> None:
        """Takes one vector."""

    def _eval_is_nonnegative(self) -> bool:
        return True

    def _sympystr(self, printer: Any) -> str:
        return f"norm({printer._print(self.args[0])})"

    def _latex(self, printer: Any, exp: str | None = None, **options: Any) -> str:
        text = rf"\left\lVert {printer._print(self.args[0])} \right\rVert"
        return text if exp is None else f"{text}^{{{exp}}}"

    def _numpycode(self, printer: Any) -> str:
        vector = printer._print(self.args[0])
        # A sum without terms is the number 0 in Python; as a vector it has the norm 0.
        return f"{printer._module_format('numpy.linalg.norm')}({vector})"


def vector(name: str, size: Any) -> Vector:
    """A vector in R^size."""
    made: Vector = Vector(name, size)
    return made


def sequence(name: str, size: Any) -> Sequence:
    """A sequence of vectors in R^size: ``w[t]`` for integers t."""
    made: Sequence = Sequence(name, size)
    return made


def size_sequence(name: str) -> SizeSequence:
    """A sequence of sizes: ``n[k]`` is an integer of at least 1, for every integer k."""
    made: SizeSequence = SizeSequence(name)
    return made


def vector_sequence(name: str, index: Any, size: Any) -> VectorSequence:
    """Vectors ``v[k]``; ``size`` may depend on ``index``, which stands for k."""
    made: VectorSequence = VectorSequence(name, index, size)
    return made


def real_sequence(name: str) -> RealSequence:
    """A sequence of real numbers: ``a[t]`` for integers t, negative ones too."""
    made: RealSequence = RealSequence(name)
    return made


def with_sequences(expression: Any, by: Mapping[Any, Any]) -> Any:
    """The expression with other sequences, or ``Lambda(k, ...)``, in the place of some.

    Raises ``IllFormed`` where they speak of a variable that is bound where they are put.
    """
    if not isinstance(expression, Basic) or not expression.has(*by):
        return expression
    if expression in by:
        return by[expression]
    bound = set(getattr(expression, "bound_symbols", ()))
    captured = bound & _free(by.values())
    if captured:
        names = ", ".join(sorted(map(str, captured)))
        raise IllFormed(f"{names} is bound in {expression}; rename it there")
    return expression.func(*(with_sequences(part, by) for part in expression.args))


def _free(values: Iterable[Any]) -> set[Any]:
    return set().union(*(value.free_symbols for value in values))


def component(vector: Any, place: Any) -> Component:
    """The number at a place of a vector; places are counted from 0 and modulo its size."""
    made: Component = Component(vector, place)
    return made


def basis(size: Any, place: Any) -> Basis:
    """The vector in R^size that is 1 at the place and 0 elsewhere."""
    made: Basis = Basis(size_argument(size), place)
    return made


def inner(left: Any, right: Any) -> Inner:
    """The inner product of two vectors of the same dimension."""
    made: Inner = Inner(left, right)
    return made


def norm(vector: Any) -> Norm:
    """The Euclidean norm, the square root of ``inner(vector, vector)``."""
    made: Norm = Norm(vector)
    return made
