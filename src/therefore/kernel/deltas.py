"""Kronecker deltas in sums: Σ_k [k = e]·g(k) is g(e) where e is in the range, 0 where it is not.

A delta pins the index of a sum if it says that the index is an e without that index in it. Over
all residues every e is in the range. Over integers the sum stays as it is unless it is known where
e is: Σ_{k=1}^{K} [k = j]·a_k is a_j for 1 ≤ j ≤ K. That the sum is 0 for an e outside must not be
said of a range that may run backwards, as one does inside a normal form (see ``images``). Source:
the definition of a sum.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .atoms import Argument, Residue
from .polynomials import ONE, Scalar, atom, number

if TYPE_CHECKING:
    from .images import Images

__all__ = ["pinned_in_range", "pinned_residues"]

Pinned = tuple[Scalar, Scalar]  # the rest of the monomial, and the place of the index


def _pinned(nf: Images, variable: int, inside: Scalar, size: str) -> Iterator[Pinned]:
    """The deltas of one monomial that pin the variable; ``size`` is "" for integers."""
    ((monomial, coefficient),) = inside.over.items()
    for index, _ in monomial:
        row = nf.atoms.rows[index]
        difference = _difference(row.arguments[0], size) if row.head == "delta" else None
        if difference is None:
            continue
        for sign in (1, -1):
            place = atom(variable) - difference * number(sign)
            if variable not in nf.atoms.free(place):
                rest = tuple((a, e) for a, e in monomial if a != index)
                yield Scalar({rest: coefficient}, inside.under), place


def _difference(argument: Argument, size: str) -> Scalar | None:
    """What a delta compares with 0: modulo the size, or an integer if there is none."""
    if isinstance(argument, Residue):
        return argument.value if argument.size == size else None
    return argument if isinstance(argument, Scalar) and not size else None


def pinned_residues(nf: Images, variable: int, inside: Scalar, size: str) -> Pinned | None:
    """What is left of a monomial summed over all residues, and the residue to put in."""
    return next(_pinned(nf, variable, inside, size), None)


def pinned_in_range(
    nf: Images, variable: int, inside: Scalar, low: Scalar, high: Scalar
) -> tuple[Scalar | None, Scalar] | None:
    """The same of a monomial summed from ``low`` to ``high``; None for a sum that is 0."""
    for rest, place in _pinned(nf, variable, inside, ""):
        above, below = nf.sign(place - low), nf.sign(high - place)
        if above <= {0, 1} and below <= {0, 1}:
            return rest, place
        runs_forwards = nf.sign(high - low + ONE) <= {0, 1}
        if runs_forwards and (above <= {-1} or below <= {-1}):
            return None, place
    return None
