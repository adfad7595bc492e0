"""Expectations of which no fact tells more: letters, out of which what is constant has moved.

E[f · W x] = W E[f · x] and E[f · L X R] = L E[f · X] R for constant matrices W, L and R.
"""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING, TypeAlias, cast

from .atoms import Atom, Matrix, Vector
from .data import Term
from .errors import Rejected
from .letters import FLIPPED, SHAPES, SORTS
from .polynomials import ONE, Scalar, atom
from .traces import word_matrix
from .words import (
    Word,
    act_word,
    backwards,
    chain,
    letters,
    moved_out,
    of_letter,
    outer,
    product,
    size_of,
    sizes,
    transposed,
)

if TYPE_CHECKING:
    from .normal import Normaliser as Images

__all__ = ["Value", "act_all", "letter_of", "normal_moment"]

Value: TypeAlias = Scalar | Vector


def act_all(nf: Images, word: Word, matrix: Matrix) -> Matrix:
    """W M for a word W."""
    return product(nf, word_matrix(nf, word), matrix) if word else matrix


def letter_of(nf: Images, variable: int, factor: Scalar, index: int | None) -> Value:
    """The expectation of a random number, times a random vector or matrix: constants move out."""
    if index is None:
        return atom(nf.bound("expected number", variable, factor))
    row = nf.atoms.rows[index]

    def moves(letter: int) -> bool:
        return variable not in nf.atoms.rows[letter].free

    if row.head not in ("outer", "word"):
        word, base = moved_out(nf, moves, index)
        inside = nf.bound("expected vector", variable, Vector({base: factor}))
        return act_word(nf, word, Vector({inside: ONE}))
    if row.head == "word":
        word = letters(row)
        staying = [k for k, letter in enumerate(word) if not moves(letter)]
        first, last = word[: staying[0]], word[staying[-1] + 1 :]
        middle = word[staying[0] : staying[-1] + 1]
        shape = sizes(nf, middle[0])[0], sizes(nf, middle[-1])[1]
        core = word_matrix(nf, middle)
    else:
        left, right = letters(row)
        if moves(left) or moves(right):
            sides = (
                Vector({k: ONE}) if moves(k) else cast(Vector, letter_of(nf, variable, factor, k))
                for k in (left, right)
            )
            return outer(nf, *sides)
        if _name_of(nf, right) < _name_of(nf, left):
            other = letter_of(nf, variable, factor, nf.atoms.intern("outer", right, left))
            return transposed(nf, cast(Matrix, other))
        (first, left), (second, right) = (moved_out(nf, moves, k) for k in (left, right))
        last = backwards(nf, second)
        shape = size_of(nf, left), size_of(nf, right)
        core = Matrix({nf.atoms.intern("outer", left, right): ONE})
    if "" in shape:
        raise Rejected("UNSUPPORTED", "the expectation of a matrix of unknown size")
    inside = nf.bound("expected matrix", variable, core.scaled(factor), *shape)
    total = act_all(nf, first, of_letter(nf, inside))
    return product(nf, total, word_matrix(nf, last)) if last else total


def _name_of(nf: Images, vector: int) -> str:
    """The name of which a vector atom is the image, by which the sides of E[u vᵀ] are ordered."""
    return str(nf.atoms.rows[chain(nf, vector)[1]].arguments[0])


def normal_moment(exponent: int) -> int:
    """E[g^e] for a standard normal g: 0 for odd e, 1·3·…·(e − 1) for even e."""
    return 0 if exponent % 2 else prod(range(1, exponent, 2))


def _shape(row: Atom) -> tuple[Term, Term]:
    return row.arguments[0], row.arguments[1]


def _flipped(nf: Images, letter: int) -> int:
    """E[M]ᵀ is E[M] where Mᵀ is M."""
    inside = cast(Matrix, nf.atoms.rows[letter].arguments[-1])
    if nf.atoms.is_zero(inside - transposed(nf, inside)):
        return letter
    return nf.atoms.intern("transposed", letter)


SORTS |= {"expected vector": ("vector",), "expected matrix": ("matrix",)}
SHAPES["expected matrix"] = _shape
FLIPPED["expected matrix"] = _flipped  # type: ignore[assignment]
