"""The few base classes of our own SymPy objects."""

from __future__ import annotations

from typing import Any

from sympy import Basic, Expr, sympify
from sympy.core.symbol import Str
from sympy.logic.boolalg import Boolean

from therefore.language.errors import IllFormed
from therefore.language.names import kernel_name

__all__ = [
    "Declared",
    "NumberWithin",
    "Object",
    "Statement",
    "Term",
    "binds",
    "name_argument",
    "size_argument",
]


class Object(Basic):  # type: ignore[misc]
    """Something that has a name and is no number or vector itself: a function, a sequence."""

    # SymPy takes whatever can be iterated apart; an object with items is still one thing.
    __iter__ = None

    def __new__(cls, *args: Any) -> Any:
        return Basic.__new__(cls, *(sympify(arg, strict=True) for arg in args))


class Term(Expr):  # type: ignore[misc]
    """A number, a vector or a matrix of our own; ``args`` rebuild it, as in all of SymPy."""

    is_commutative = True
    __iter__ = None

    def __new__(cls, *args: Any) -> Any:
        return Expr.__new__(cls, *(sympify(arg, strict=True) for arg in args))

    def __rmatmul__(self, other: Any) -> Any:
        """A sum or a multiple of matrices times this; a matrix itself is asked first."""
        from therefore.language.matrices import Image, Product

        factor = sympify(other, strict=True)
        if factor.is_commutative:
            return NotImplemented
        return Image(factor, self) if self.is_commutative else Product(factor, self)


class NumberWithin(Term):
    """One number of a vector or a matrix, the first argument; the others say where it stands."""

    @property
    def _diff_wrt(self) -> bool:
        """Whether SymPy may take derivatives in it: where the first argument is declared."""
        return isinstance(self.args[0], Declared)

    @property
    def is_symbol(self) -> bool:
        """As SymPy's ``Indexed``: a derivative in it is one in every number that it may be."""
        return self._diff_wrt

    def _eval_is_real(self) -> bool:
        return True


class Statement(Boolean):  # type: ignore[misc]
    """Something that is true or false, and that SymPy leaves alone."""

    def __new__(cls, *args: Any) -> Any:
        return Boolean.__new__(cls, *(sympify(arg, strict=True) for arg in args))


class Declared:
    """What was declared under a name of its own, which is its first argument."""

    args: tuple[Any, ...]

    @property
    def name(self) -> str:
        """The name as the author wrote it, in LaTeX."""
        return str(self.args[0].name)

    @property
    def free_symbols(self) -> set[Any]:
        """The object itself, and its sizes."""
        return {self}.union(*(arg.free_symbols for arg in self.args[1:]))

    def _sympystr(self, printer: Any) -> str:
        return kernel_name(self.name)

    def _latex(self, printer: Any, **options: Any) -> str:
        return latex_name(self.name)

    def _numpycode(self, printer: Any) -> str:
        return kernel_name(self.name)


def latex_name(name: str) -> str:
    """The name in LaTeX as SymPy would print a symbol of that name."""
    from sympy import Symbol, latex

    return str(latex(Symbol(name)))


def name_argument(name: object) -> Any:
    """The name as a SymPy argument. Raises ``BadName`` where the kernel could not spell it."""
    text = name.name if isinstance(name, Str) else str(name)
    kernel_name(text)
    return Str(text)


def size_argument(size: object) -> Any:
    """A size as a SymPy argument: a declared size, an integer of at least 1, or made of such.

    Sums and products of sizes are sizes.
    """
    value = sympify(size, strict=True)
    if (value.is_Add or value.is_Mul) and value.is_integer and value.is_positive:
        for part in value.args:
            size_argument(part)
        return value
    is_member = getattr(value, "is_size", False)
    if not (value.is_Symbol or is_member or (value.is_Integer and value >= 1)):
        raise IllFormed(f"{value} is no size; declare one by dimension(...) or write 1, 2, 3 ...")
    return value


def binds(expression: Any, bound: tuple[Any, ...], old: Any, new: Any) -> Any:
    """What SymPy's ``_eval_subs`` returns for an expression that binds ``bound``.

    A bound variable is not replaced. Raises ``IllFormed`` where the new part speaks of one,
    because it would then mean something else inside.
    """
    if old in bound:
        return expression
    captured = [str(one) for one in bound if one in new.free_symbols]
    if captured and expression.has(old):
        raise IllFormed(
            f"{new} cannot stand for {old} where {', '.join(captured)} is bound; rename one of them"
        )
    return None
