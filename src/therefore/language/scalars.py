"""Numbers, sizes and indices: SymPy symbols with the assumptions that their kind implies."""

from __future__ import annotations

from typing import Any

from sympy import Symbol, sympify

from therefore.language.names import kernel_name

__all__ = [
    "Index",
    "dimension",
    "horizon",
    "index",
    "integer",
    "natural",
    "nonnegative",
    "positive",
    "real",
]


def real(name: str) -> Symbol:
    """A real number."""
    return _symbol(name, real=True)


def positive(name: str) -> Symbol:
    """A real number above 0; ``0 < name`` is a hypothesis of every claim that uses it."""
    return _symbol(name, positive=True)


def nonnegative(name: str) -> Symbol:
    """A real number of at least 0; ``0 <= name`` is a hypothesis where it is used."""
    return _symbol(name, nonnegative=True)


def integer(name: str) -> Symbol:
    """An integer of either sign."""
    return _symbol(name, integer=True)


def natural(name: str) -> Symbol:
    """An integer of at least 0; ``0 <= name`` is a hypothesis where it is used."""
    return _symbol(name, integer=True, nonnegative=True)


def dimension(name: str) -> Symbol:
    """The size of a vector or a matrix, or a modulus: an integer of at least 1."""
    return _symbol(name, integer=True, positive=True)


def horizon(name: str) -> Symbol:
    """The last index of a sum or of a range: an integer of at least 1."""
    return _symbol(name, integer=True, positive=True)


class Index(Symbol):  # type: ignore[misc]
    """An integer with a range; where it stands free, its range is a hypothesis."""

    __slots__ = ("bounds",)

    bounds: tuple[Any, Any] | None

    def __new__(cls, name: str, lo: Any = None, hi: Any = None) -> Any:
        kernel_name(name)
        made = Symbol.__xnew__(cls, name, integer=True)
        if (lo is None) is not (hi is None):
            raise TypeError(f"index({name!r}, ...) takes both ends of its range or neither")
        made.bounds = None if lo is None else (_exact(lo), _exact(hi))
        return made

    def __getnewargs_ex__(self) -> tuple[tuple[Any, ...], dict[str, Any]]:
        return (self.name, *(self.bounds or ())), {}

    def _hashable_content(self) -> tuple[Any, ...]:
        return (*super()._hashable_content(), self.bounds)


def index(name: str, lo: Any = None, hi: Any = None) -> Index:
    """An integer that runs from ``lo`` to ``hi``, both included.

    Bound by ``Sum`` or ``for_all`` it runs over the range given there; standing free, it has
    the hypotheses ``lo <= name`` and ``name <= hi``, if it was given a range.
    """
    made: Index = Index(name, lo, hi)
    return made


def _symbol(name: str, **assumptions: bool) -> Symbol:
    kernel_name(name)
    return Symbol(name, **assumptions)


def _exact(value: Any) -> Any:
    return sympify(value, strict=True)
