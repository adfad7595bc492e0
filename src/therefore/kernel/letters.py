"""Letters and words: what stands next to its inverse goes, and powers stand in order.

A letter is an atom: a matrix that has a name, an inverse, a power, a part of blocks, a Kronecker or
Hadamard product, or the transpose of such a letter. A word is a product of letters. Which letters
there are besides names, inverses and powers is said in tables, by their heads.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING, cast

from .atoms import Atom, Matrix, Residue
from .data import Term
from .polynomials import Scalar
from .size_terms import settled_size

if TYPE_CHECKING:
    from .images import Images
    from .values import Vector

__all__ = [
    "ENTRIES", "FLIPPED", "INVERSES", "JOINED", "MOVERS", "ONTO", "SHAPES", "SORTS", "Word",
    "backwards", "flipped", "joint", "letters", "shortened", "size_of", "sizes",
]  # fmt: skip

Word = tuple[int, ...]

# The kinds of the atoms that are no numbers, by head.
SORTS: dict[str, Term] = {
    **dict.fromkeys(("gradient", "vector sum", "basis", "unit", "act"), ("vector",)),
    **dict.fromkeys(("word", "outer", "inverse", "transposed"), ("matrix",)),
    **dict.fromkeys(("matrix power", "grid", "matrix sum"), ("matrix",)),
}
# By the head of a letter: its entry in a row and a column.
ENTRIES: dict[str, Callable[[Images, Atom, Residue, Residue], Scalar]] = {}
# By the head of a letter: the word with this letter, the k-th, in its place, or ``None``.
MOVERS: dict[str, Callable[[Images, Word, int], Word | None]] = {}
# By the head of a letter: its numbers of rows and columns, its transpose, and its inverse.
SHAPES: dict[str, Callable[[Atom], tuple[Term, Term]]] = {}
FLIPPED: dict[str, Callable[[Images, int], int]] = {}
INVERSES: dict[str, Callable[[Images, Atom], Matrix | None]] = {}
# By the heads of two letters: their product, where it is not the word that they are.
JOINED: dict[tuple[str, str], Callable[[Images, Atom, Atom], Matrix | None]] = {}
# By the head of a vector atom: a letter applied to it, where that is not an atom by itself.
ONTO: dict[str, Callable[[Images, Atom, Atom], Vector | None]] = {}

def _row(nf: Images, index: int) -> Atom:
    return nf.atoms.rows[index]


def letters(row: Atom) -> Word:
    """The letters of a word, or the two vectors of an outer product."""
    return tuple(cast(int, part) for part in row.arguments)


def sizes(nf: Images, letter: int) -> tuple[Term, Term]:
    """The numbers of rows and columns of a letter."""
    row = _row(nf, letter)
    if row.head == "transposed":
        rows, columns = sizes(nf, letters(row)[0])
        return columns, rows
    if row.head in ("inverse", "matrix power"):
        return row.arguments[0], row.arguments[0]
    if row.head in ("grid", "matrix sum"):
        return row.arguments[0], row.arguments[1]
    if row.head in SHAPES:
        return SHAPES[row.head](row)
    _, rows, columns = nf.sort_of_atom(row)
    return rows, columns


def flipped(nf: Images, letter: int) -> int:
    """The transposed letter."""
    row = _row(nf, letter)
    if row.head == "transposed":
        return letters(row)[0]
    if row.head in FLIPPED:
        return FLIPPED[row.head](nf, letter)
    return nf.atoms.intern("transposed", letter)


def backwards(nf: Images, word: Word) -> Word:
    """(AB)ᵀ = BᵀAᵀ."""
    return tuple(flipped(nf, letter) for letter in reversed(word))


def _undone(nf: Images, letter: int) -> Word:
    """The word whose inverse a letter is; empty if it is the inverse of no single word."""
    row = _row(nf, letter)
    if row.head == "transposed":
        return backwards(nf, _undone(nf, letters(row)[0]))
    if row.head == "inverse":
        parts = cast(Matrix, row.arguments[1]).parts
        only = _row(nf, next(iter(parts)))
        if len(parts) == 1 and only.head == "word":  # its factor is 1 (see ``inverse``)
            return letters(only)
    return ()


def shortened(nf: Images, word: Word) -> Word:
    """The word without what stands next to its inverse, and with its powers in order."""
    nf.atoms.spend()
    for k, letter in enumerate(word):
        undone = _undone(nf, letter)
        length = len(undone)
        if undone and word[k + 1 : k + 1 + length] == undone:
            return shortened(nf, word[:k] + word[k + 1 + length :])
        if undone and k >= length and word[k - length : k] == undone:
            return shortened(nf, word[: k - length] + word[k + 1 :])
        mover = MOVERS.get(_row(nf, letter).head)
        moved = mover(nf, word, k) if mover else None
        if moved is not None:
            return shortened(nf, moved)
    return word


def joint(nf: Images, word: Word) -> tuple[int, Matrix] | None:
    """The first place of a word at which two letters are not a word, and their product there."""
    for k, pair in enumerate(pairwise(word)):
        rows = [_row(nf, letter) for letter in pair]
        joined = JOINED.get((rows[0].head, rows[1].head))
        value = joined(nf, *rows) if joined else None
        if value is not None:
            return k, value
    return None


def size_of(nf: Images, index: int) -> Term:
    """The size of a vector atom, as far as it shows."""
    row = _row(nf, index)
    if row.head == "act":
        return sizes(nf, letters(row)[0])[0]
    if row.head == "unit":
        return cast(Residue, row.arguments[0]).size
    if row.head in SHAPES:
        return SHAPES[row.head](row)[0]
    if row.head == "gradient":
        return settled_size(nf.names[str(row.arguments[0])][1][0][1])
    return nf.sort_of_atom(row)[1] if row.head in ("name", "app") else ""
