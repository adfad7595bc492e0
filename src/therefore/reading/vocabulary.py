"""The names that a line speaks of, each with one meaning."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sympy import Add, Dummy, Integer, Mul, Symbol

from therefore.goal import Term
from therefore.kernel.binders import mentions
from therefore.kernel.size_terms import SIZES, settled_size
from therefore.language.base import latex_name
from therefore.language.cyclic import CyclicIndex, CyclicSequence
from therefore.language.errors import BadName, IllFormed, UnknownName
from therefore.language.fields import Element, ElementSequence, FieldName
from therefore.language.functions import AbstractFunction, RealFunction, VectorMap
from therefore.language.matrices import Matrix, MatrixSequence
from therefore.language.names import kernel_name
from therefore.language.randomness import RandomMatrix, RandomNumber, RandomVector
from therefore.language.scalars import Index
from therefore.language.vectors import RealSequence, Sequence, SizeSequence, Vector, VectorSequence
from therefore.reading.sorts import Sort

__all__ = ["Vocabulary", "sign_condition", "symbol_sort"]

# The assumptions of SymPy symbols that can be said in a hypothesis, as the symbol stands in it.
_SIGNS: tuple[tuple[str, str], ...] = (
    ("positive", "0 <"),
    ("nonnegative", "0 <="),
    ("negative", "< 0"),
    ("nonpositive", "<= 0"),
    ("nonzero", "!= 0"),
)


def _known_assumptions() -> dict[frozenset[Any], tuple[Sort, str]]:
    known: dict[frozenset[Any], tuple[Sort, str]] = {}
    for sort in ("real", "integer"):
        for assumption, sign in (("", ""), *_SIGNS):
            assumptions = {sort: True} | ({assumption: True} if assumption else {})
            facts = Symbol("x", **assumptions).assumptions0
            known[frozenset(facts.items())] = (sort, sign)
    return known


_KNOWN = _known_assumptions()


def symbol_sort(symbol: Any) -> tuple[Sort, str]:
    """``"real"`` or ``"integer"``, and the sign that the symbol's assumptions give it.

    Raises ``UnknownName`` for a symbol that is not known to be real, and ``BadName`` for a
    dummy or for an assumption (even, prime ...) that no hypothesis could say.
    """
    if isinstance(symbol, Dummy) or type(symbol) not in (Symbol, Index):
        raise BadName(f"{symbol} is a {type(symbol).__name__}; use real, integer, positive ...")
    found = _KNOWN.get(frozenset(symbol.assumptions0.items()))
    if found is not None:
        return found
    if not symbol.is_real:
        raise UnknownName(
            f"{symbol} is not declared real; declare it by real({symbol.name!r}), "
            f"positive({symbol.name!r}) or integer({symbol.name!r})"
        )
    raise BadName(f"{symbol} has assumptions that are not in the language; state them in given=")


def sign_condition(sort: Sort, sign: str, term: Term) -> Term:
    """The hypothesis that a symbol's assumptions make, for the term that stands for it."""
    if sort == "integer" and sign in ("0 <", "< 0"):
        return ("<=", "1", term) if sign == "0 <" else ("<=", term, "-1")
    relation = sign.strip("0 ")
    return (relation, "0", term) if sign.startswith("0") else (relation, term, "0")


def _family(kind: str, *sizes: Term) -> Sort:
    """The sort of a sequence of vectors or matrices; the index of its sizes is #0."""
    member = (kind, *sizes)
    return ("family", member) if mentions(member, "#0") else ("function", ("integer",), member)


class Vocabulary:
    """What is declared and what is defined, in the order in which the lines speak of it.

    A name that a range speaks of (the T in t = 1 ... T) comes before the name with that range.
    """

    def __init__(self) -> None:
        self.objects: dict[str, Any] = {}
        self.definitions: dict[str, tuple[Any, tuple[Sort, ...], Term]] = {}
        self._sorts: dict[str, Sort] = {}
        self._ranges: dict[str, tuple[Term, Term]] = {}
        self._sizes: set[str] = set()
        self._bound: dict[str, Any] = {}

    def declare(self, one: Any) -> str:
        """The kernel name of a declared object, which from now on means just this object."""
        name = self.claim_name(one)
        if name not in self._sorts:
            self._sorts[name] = self.sort(one)
            # Sizes come to be known while the sort is found; they stand first in any case.
            self.objects[name] = self.objects.pop(name)
        return name

    def claim_name(self, one: Any) -> str:
        """The kernel name of an object. Raises ``BadName`` if another object has that name."""
        name = kernel_name(one.name)
        known = self.objects.setdefault(name, one)
        if known != one:
            raise BadName(
                f"two different things are called {name}: declare it once and use that everywhere"
            )
        return name

    def sort(self, one: Any) -> Sort:
        """The sort of a declared object. Raises ``IllFormed`` if it never was declared."""
        if isinstance(one, Symbol):
            return symbol_sort(one)[0]
        if isinstance(one, RandomNumber | RandomVector | RandomMatrix):
            return ("function", ("outcome",), self._value_sort(one))
        if isinstance(one, Vector):
            return ("vector", self.size(one.size))
        if isinstance(one, Sequence):
            return ("function", ("integer",), ("vector", self.size(one.size)))
        if isinstance(one, RealSequence):
            return ("function", ("integer",), "real")
        if isinstance(one, SizeSequence):
            return SIZES
        if isinstance(one, VectorSequence):
            _, index, dimension = one.args
            return _family("vector", self.size(dimension, {index: "#0"}))
        if isinstance(one, MatrixSequence):
            _, index, rows, columns = one.args
            here = {index: "#0"}
            return _family("matrix", self.size(rows, here), self.size(columns, here))
        if isinstance(one, AbstractFunction):
            return ("function", (("vector", self.size(one.size)),), "real")
        if isinstance(one, RealFunction):
            return ("function", ("real",), "real")
        if isinstance(one, FieldName):
            return "field"
        if isinstance(one, Element):
            return ("element", self.declare(one.field))
        if isinstance(one, ElementSequence):
            places = (("residue", self.size(one.modulus)),)
            return ("function", places, ("element", self.declare(one.field)))
        if isinstance(one, VectorMap):
            places = (("vector", self.size(one.args[1])),)
            return ("function", places, ("vector", self.size(one.args[2])))
        if isinstance(one, CyclicIndex):
            return ("residue", self.size(one.modulus))
        if isinstance(one, CyclicSequence):
            return ("function", (("residue", self.size(one.modulus)),), "real")
        if isinstance(one, Matrix):
            return ("matrix", self.size(one.args[1]), self.size(one.args[2]))
        raise UnknownName(f"{one} is not declared by anything in the language")

    def _value_sort(self, one: Any) -> Sort:
        """The sort of the values of a random number, vector or matrix."""
        if isinstance(one, RandomNumber):
            return "real"
        if isinstance(one, RandomVector):
            return ("vector", self.size(one.size))
        return ("matrix", self.size(one.args[1]), self.size(one.args[2]))

    def size(self, size: Any, bound: Mapping[Any, str] | None = None) -> Term:
        """A size as a kernel term: the name of a declared size, or a number of at least 1.

        Also a member of a sequence of sizes; ``bound`` has the terms of bound variables.
        """
        if getattr(size, "is_size", False):
            return ("app", self.declare(size.sequence), self._place(size.index, bound or {}))
        if size.is_Integer and size >= 1:
            return str(int(size))
        if isinstance(size, Add | Mul):
            head = "+" if isinstance(size, Add) else "*"
            return settled_size((head, *(self.size(part, bound) for part in size.args)))
        if not isinstance(size, Symbol) or symbol_sort(size) != ("integer", "0 <"):
            raise IllFormed(f"{size} is used as a size; declare it by dimension(...)")
        name = self.declare(size)
        self._sizes.add(name)
        return name

    def _place(self, index: Any, bound: Mapping[Any, str]) -> Term:
        """The index of a size: a sum or product of integers."""
        if index in bound:
            return bound[index]
        if isinstance(index, Integer):
            return str(int(index))
        if isinstance(index, Add | Mul):
            head = "+" if isinstance(index, Add) else "*"
            return (head, *(self._place(part, bound) for part in index.args))
        if not isinstance(index, Symbol) or symbol_sort(index)[0] != "integer":
            raise IllFormed(f"{index} is no index of a sequence of sizes")
        if getattr(index, "bounds", None) is not None:
            raise IllFormed(f"{index} has a range, and a size depends on it; take integer(...)")
        return self.declare(index)

    def set_range(self, name: str, lo: Term, hi: Term) -> None:
        """Note the range of a free index."""
        self._ranges[name] = (lo, hi)
        # What the range speaks of was declared just now and has to stand before the index.
        self.objects[name] = self.objects.pop(name)

    def has_range(self, name: str) -> bool:
        """Whether the range of this index was noted already."""
        return name in self._ranges

    def note_bound(self, one: Any) -> None:
        """Note a bound variable. Raises ``BadName`` if something else is bound by that name."""
        name = kernel_name(one.name)
        if self._bound.setdefault(name, one) != one:
            raise BadName(f"two different bound variables are called {name}; rename one of them")

    def check_bound(self) -> None:
        """Raises ``BadName`` where a bound variable is a size or shares its name."""
        for name, one in self._bound.items():
            if name in self._sizes and self.objects[name] == one:
                raise BadName(f"{name} is a size, and a size cannot be bound")
            if name in self.objects and self.objects[name] != one:
                raise BadName(
                    f"{name} is bound in one place and means something else in another; "
                    "rename one of them"
                )

    def declarations(self) -> tuple[tuple[str, Sort], ...]:
        """Every declared name with its sort, sizes first."""
        sizes = [(name, "size") for name in self.objects if name in self._sizes]
        others = [
            (name, self._sorts[name])
            for name in self.objects
            if name in self._sorts and name not in self._sizes
        ]
        return (*sizes, *others)

    def implied(self) -> tuple[Term, ...]:
        """The hypotheses that the declarations make: signs and ranges, in order."""
        found: list[Term] = []
        for name, one in self.objects.items():
            if not isinstance(one, Symbol) or name in self._sizes:
                continue
            sort, sign = symbol_sort(one)
            if sign:
                found.append(sign_condition(sort, sign, name))
            if name in self._ranges:
                lo, hi = self._ranges[name]
                found += [("<=", lo, name), ("<=", name, hi)]
        return tuple(found)

    def notation(self) -> dict[str, str]:
        """The author's LaTeX for every name."""
        return {name: latex_name(one.name) for name, one in self.objects.items()}
