"""The values that terms may have besides numbers, vectors and matrices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

from therefore.goal import Term

__all__ = ["Atom", "Bound", "Cell", "Closure", "Residue", "Table", "Unreadable"]

Cell: TypeAlias = tuple[Any, ...]
"""A part of a declared name: ``("x",)``, ``("w", 3)``, ``("B", 0, 1)``."""

Bound: TypeAlias = tuple[Any, ...]
"""The values of the bound variables, that of ``#0`` first."""


class _Evaluator(Protocol):
    def term(self, term: Term, bound: Bound = ()) -> Any: ...
    def coerce(self, value: Any, sort: Term, bound: Bound) -> Any: ...


class Unreadable(ValueError):
    """A term that is not of the kernel's language, or whose sorts do not fit."""


@dataclass(frozen=True, slots=True)
class Residue:
    """A residue: ``value`` in 0..modulus-1."""

    value: int
    modulus: int


@dataclass(frozen=True, slots=True)
class Table:
    """A function given by its values from index ``lo`` on; 0 outside."""

    lo: int
    values: tuple[Any, ...]

    def __call__(self, index: Any) -> Any:
        at = (index.value if isinstance(index, Residue) else index) - self.lo
        return self.values[at] if 0 <= at < len(self.values) else 0


@dataclass(frozen=True)
class Closure:
    """A function literal with the values of the bound variables around it."""

    interpreter: _Evaluator
    sort: Term
    body: Term
    bound: Bound

    def __call__(self, argument: Any) -> Any:
        argument = self.interpreter.coerce(argument, self.sort, self.bound)
        return self.interpreter.term(self.body, (argument, *self.bound))


@dataclass(frozen=True)
class Atom:
    """A relation inside a hypothesis, with the values of the whole-number quantifiers."""

    relation: str
    left: Term
    right: Term
    bound: Bound
