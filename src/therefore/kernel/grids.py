"""Matrices that are given by their entries, as letters; sums over as many terms as residues.

The letter of a matrix with the entries f(i, j) binds i, and in its body a second atom binds j. It
takes part in words like a matrix that has a name, and its entries are the values of f. A sum over
n consecutive integers whose body depends on the index only modulo n is a sum over the residues.
"""

from __future__ import annotations

from fractions import Fraction
from typing import cast

from .atoms import Argument, Atom, Residue, atoms_in
from .binders import open_binder
from .data import Term
from .images import BOUND_IMAGES, Images, Value
from .polynomials import ONE, Scalar, atom, number
from .sums import MOST_SPILLED, PERIODS, signed_terms, sum_mod_over
from .total import is_total
from .words import ENTRIES, of_letter

__all__ = ["grid"]


def grid(nf: Images, rows: str, columns: str, body: Term) -> Value:
    """The letter of a matrix that is given by its entries."""
    row, i = nf.open("#0", ("residue", rows))
    column, j = nf.open("#0", ("residue", columns))
    inside = cast(Scalar, nf.value(open_binder(body, i, j)))  # type: ignore[attr-defined]
    whole = nf.bound("grid row", column, inside, columns)
    return of_letter(nf, nf.bound("grid", row, atom(whole), rows, columns))


def _entry(nf: Images, letter: Atom, i: Residue, j: Residue) -> Scalar:
    """The body with both places put in, the row first."""
    body = cast(Scalar, letter.arguments[-1])
    opened = nf.substituted(body, {nf.atoms.index(letter.height): i.value})
    (index,) = atoms_in(opened)
    row = nf.atoms.rows[index]
    inside = cast(Scalar, row.arguments[-1])
    return cast(Scalar, nf.substituted(inside, {nf.atoms.index(row.height): j.value}))


def _row_again(nf: Images, variable: int, body: Value, *ends: Argument) -> Value:
    return atom(nf.bound("grid row", variable, body, *ends))


def _grid_again(nf: Images, variable: int, body: Value, *ends: Argument) -> Value:
    return of_letter(nf, nf.bound("grid", variable, body, *ends))


# ------------------------------------------------------------------ full periods


def _full_period(
    nf: Images, low: Scalar, high: Scalar, variable: int, body: Scalar
) -> Scalar | None:
    """The sum over all residues modulo n that a sum of n terms is, and the terms left over.

    ``None`` where it is no such sum. Fewer than n terms may leave out where it is undefined.
    """
    count = high - low + ONE
    more = count.over.get((), Fraction(0))
    size = _size(nf, count - number(more))
    if size is None or more.denominator != 1 or abs(more) > MOST_SPILLED:
        return None
    if not _is_periodic(nf, variable, size, body):
        return None
    if more < 0 and not is_total(nf, variable, body):
        return None
    residue, _ = nf.open("#0", ("residue", size))
    again = cast(Scalar, nf.substituted(body, {variable: atom(residue)}))
    rest = signed_terms(nf, variable, body, high + ONE - number(more), int(more))
    return sum_mod_over(nf, size, residue, again) + cast(Scalar, rest)


def _size(nf: Images, count: Scalar) -> str | None:
    """The declared size that a number is."""
    if count.under or len(count.over) != 1:
        return None
    ((monomial, coefficient),) = count.over.items()
    if coefficient != 1 or [exponent for _, exponent in monomial] != [1]:
        return None
    row = nf.atoms.rows[monomial[0][0]]
    name = str(row.arguments[0])
    return name if row.head == "name" and nf.names[name] == "size" else None


def _is_periodic(nf: Images, variable: int, size: str, value: Argument) -> bool:
    """Whether n more in the variable's place makes no difference to the value."""
    for index in atoms_in(value):
        if index == variable:
            return False
        row = nf.atoms.rows[index]
        if variable in row.free and not all(
            _is_periodic(nf, variable, size, _without(variable, size, part))
            for part in row.arguments
        ):
            return False
    return True


def _without(variable: int, size: str, part: Argument) -> Argument:
    """A residue modulo n: its integer polynomial without the variable."""
    if not isinstance(part, Residue) or part.size != size or part.value.under:
        return part
    # Only which atoms are left matters, so it does no harm that coefficients get lost.
    left = {tuple((a, e) for a, e in m if a != variable): c for m, c in part.value.over.items()}
    return Residue(size, Scalar(left))


ENTRIES["grid"] = _entry
BOUND_IMAGES |= {
    "grid row": (lambda row: ("residue", row.arguments[0]), _row_again),
    "grid": (lambda row: ("residue", row.arguments[0]), _grid_again),
}
PERIODS.append(_full_period)
