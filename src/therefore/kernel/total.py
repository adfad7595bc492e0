"""What is defined for every integer in the place of an index, and so may leave the sum over it.

A range may be empty, and a term then be defined nowhere. What moves out of a sum has to be defined
all the same: what it hides, such as 1/(n − 1) in √u, could come out later on and cancel the length.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .atoms import Argument, atoms_in, scalar_in, scalars_in
from .polynomials import ONE, Scalar

if TYPE_CHECKING:
    from .images import Images

__all__ = ["is_total", "moves_out"]

_UNDEFINED = ("derivative", "matrix power")  # at some integers
_PERHAPS = ("inverse", "integral", "expected number", "expected vector", "expected matrix")
_ROOM = {"sqrt": {0, 1}, "log": {1}}  # the signs that the argument must have


def moves_out(nf: Images, low: Scalar, high: Scalar, variable: int, index: int) -> bool:
    """Whether an atom may stand before a sum: it is free of the index, and defined anyhow.

    Or the range is known not to be empty.
    """
    if variable in nf.atoms.rows[index].free:
        return False
    return _is_total_atom(nf, variable, index) or nf.sign(high - low + ONE) <= {1}


def is_total(nf: Images, variable: int, value: Argument) -> bool:
    """Whether the value is defined for every integer in the variable's place.

    What is free of the variable counts too: where the range is empty, it may be undefined.
    """
    for scalar in scalars_in(value):
        for factor, _ in scalar.under:
            below = Scalar(dict(factor))
            if variable in nf.atoms.free(below) or 0 in nf.sign(below):
                return False
    return all(_is_total_atom(nf, variable, index) for index in atoms_in(value))


def _is_total_atom(nf: Images, variable: int, index: int) -> bool:
    row = nf.atoms.rows[index]
    moves = variable in row.free
    if row.head in _PERHAPS or (row.head in _UNDEFINED and moves):
        return False
    if row.head in _ROOM and (moves or not nf.sign(scalar_in(row)) <= _ROOM[row.head]):
        return False
    if row.head in ("sum", "vector sum", "matrix sum"):
        own = nf.atoms.index(row.height)
        if moves and not is_total(nf, own, row.arguments[-1]):
            return False
    return all(is_total(nf, variable, a) for a in row.arguments if not isinstance(a, str))
