"""Indices modulo n and what is indexed by them."""

from __future__ import annotations

from typing import Any

from therefore.language.base import (
    Declared,
    Object,
    Term,
    binds,
    name_argument,
    size_argument,
)
from therefore.language.vectors import Item

__all__ = [
    "CyclicIndex",
    "CyclicSequence",
    "CyclicSum",
    "Delta",
    "Representative",
    "cyclic_index",
    "cyclic_sequence",
    "cyclic_sum",
    "delta",
    "representative",
]


class CyclicIndex(Declared, Term):
    """An index modulo n; integers beside it are read modulo n as well."""

    is_integer = True
    is_symbol = True

    def __new__(cls, name: Any, modulus: Any) -> Any:
        return Term.__new__(cls, name_argument(name), size_argument(modulus))

    @property
    def modulus(self) -> Any:
        """The modulus n."""
        return self.args[1]


class CyclicSequence(Declared, Object):
    """Real numbers c[i], one for every residue i modulo n."""

    is_real_valued = True

    def __new__(cls, name: Any, modulus: Any) -> Any:
        return Object.__new__(cls, name_argument(name), size_argument(modulus))

    @property
    def modulus(self) -> Any:
        """The modulus n."""
        return self.args[1]

    def __getitem__(self, index: Any) -> Item:
        return Item(self, index)


class CyclicSum(Term):
    """The sum of an expression over all residues of an index."""

    def __init__(self, body: Any, index: Any) -> None:
        """Takes a number and the cyclic index that it is summed over."""

    def _eval_is_real(self) -> bool | None:
        real: bool | None = self.args[0].is_real
        return real

    @property
    def free_symbols(self) -> set[Any]:
        """What the sum speaks of besides its index."""
        body, index = self.args
        return (set(body.free_symbols) - {index}) | set(index.modulus.free_symbols)

    @property
    def bound_symbols(self) -> list[Any]:
        """The index."""
        return [self.args[1]]

    def _eval_subs(self, old: Any, new: Any) -> Any:
        return binds(self, (self.args[1],), old, new)

    def _sympystr(self, printer: Any) -> str:
        return f"cyclic_sum({printer._print(self.args[0])}, {printer._print(self.args[1])})"

    def _latex(self, printer: Any, exp: str | None = None, **options: Any) -> str:
        body, index = self.args
        inside = printer._print(body)
        if body.is_Add:
            inside = rf"\left({inside}\right)"
        modulus = printer._print(index.modulus)
        text = rf"\sum_{{{printer._print(index)} \in \mathbb{{Z}}_{{{modulus}}}}} {inside}"
        return text if exp is None else rf"\left({text}\right)^{{{exp}}}"

    def _numpycode(self, printer: Any) -> str:
        body, index = self.args
        name, modulus = printer._print(index), printer._print(index.modulus)
        return f"builtins.sum({printer._print(body)} for {name} in range({modulus}))"


class Delta(Term):
    """1 where two integers, or two residues, are equal, else 0."""

    # Not SymPy's KroneckerDelta, which takes j and j + 1 for different even modulo 1.

    def __init__(self, left: Any, right: Any) -> None:
        """Takes two integers, or two residues of one modulus."""

    def _eval_is_integer(self) -> bool:
        return True

    def _sympystr(self, printer: Any) -> str:
        left, right = (printer._print(arg) for arg in self.args)
        return f"delta({left}, {right})"

    def _latex(self, printer: Any, exp: str | None = None, **options: Any) -> str:
        left, right = (printer._print(arg) for arg in self.args)
        text = rf"\delta_{{{left}, {right}}}"
        return text if exp is None else f"{text}^{{{exp}}}"

    def _numpycode(self, printer: Any) -> str:
        left, right = (printer._print(arg) for arg in self.args)
        indices = self.atoms(CyclicIndex)
        if not indices:
            return f"int(({left}) == ({right}))"
        modulus = printer._print(min(indices, key=str).modulus)
        return f"int((({left}) - ({right})) % {modulus} == 0)"


class Representative(Term):
    """The integer 0 ... n - 1 that a residue modulo n stands for."""

    def __init__(self, residue: Any) -> None:
        """Takes a residue."""

    def _eval_is_integer(self) -> bool:
        return True

    def _sympystr(self, printer: Any) -> str:
        return f"representative({printer._print(self.args[0])})"

    def _latex(self, printer: Any, **options: Any) -> str:
        return rf"\left\lfloor {printer._print(self.args[0])} \right\rfloor"

    def _numpycode(self, printer: Any) -> str:
        indices = self.atoms(CyclicIndex)
        modulus = printer._print(min(indices, key=str).modulus) if indices else "1"
        return f"(({printer._print(self.args[0])}) % {modulus})"


def cyclic_index(name: str, modulus: Any) -> CyclicIndex:
    """An index modulo ``modulus``."""
    made: CyclicIndex = CyclicIndex(name, modulus)
    return made


def cyclic_sequence(name: str, modulus: Any) -> CyclicSequence:
    """Real numbers ``c[i]`` whose index is read modulo ``modulus``."""
    made: CyclicSequence = CyclicSequence(name, modulus)
    return made


def cyclic_sum(body: Any, index: CyclicIndex) -> CyclicSum:
    """The sum of ``body`` over all residues that ``index`` can be."""
    made: CyclicSum = CyclicSum(body, index)
    return made


def delta(left: Any, right: Any) -> Delta:
    """1 if the two integers, or residues, are equal, else 0."""
    made: Delta = Delta(left, right)
    return made


def representative(residue: Any) -> Representative:
    """The integer 0 ... n - 1 that stands for a residue modulo n."""
    made: Representative = Representative(residue)
    return made
