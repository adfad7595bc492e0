"""Sums of matrices over a range of integers.

What does not depend on the index moves out of a word on both sides: Σ c·L·M·R = L·(Σ c·M)·R, and
out of an outer product on one: Σ c·u·vᵀ = u·(Σ c·v)ᵀ. What is left is a letter, whose entries are
the sums of the entries. Ends are moved and terms spilled as in sums of vectors (see ``sums``).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from .atoms import Argument, Matrix, Vector
from .errors import Rejected
from .images import BOUND_IMAGES, Images, Value
from .inverses import product
from .polynomials import ONE, Scalar
from .sums import LETTERS, MOVED_OUT, OF_KIND, sum_over
from .total import moves_out
from .words import Word, letters, of_letter, outer, size_of, sizes

__all__: list[str] = []


def _split(word: Word, moves: Callable[[int], bool]) -> tuple[Word, Word, Word]:
    """The letters before and after those that do not move out, which stand between."""
    staying = [k for k, letter in enumerate(word) if not moves(letter)]
    first, last = staying[0], staying[-1] + 1
    return word[:first], word[first:last], word[last:]


def _moved_out(
    nf: Images, low: Scalar, high: Scalar, variable: int, inside: Scalar, index: int
) -> Matrix | None:
    """Σ c·L·M·R = L·(Σ c·M)·R and Σ c·u·vᵀ = u·(Σ c·v)ᵀ, for what is free of the variable."""
    row = nf.atoms.rows[index]

    def moves(letter: int) -> bool:
        return moves_out(nf, low, high, variable, letter)

    if row.head == "word":
        left, word, right = _split(letters(row), moves)
        if not left and not right:
            return None
        moving = Matrix({nf.atoms.intern("word", *word): inside})
        swept = cast(Matrix, sum_over(nf, low, high, variable, moving))
        first, last = (Matrix({nf.atoms.intern("word", *part): ONE}) for part in (left, right))
        return product(nf, product(nf, first, swept), last)
    ends = letters(row)
    free = [moves(end) for end in ends]
    if not any(free):
        return None
    sides: list[Vector] = []
    for end, is_free in zip(ends, free, strict=True):
        side = Vector({end: ONE if is_free else inside})
        sides.append(side if is_free else cast(Vector, sum_over(nf, low, high, variable, side)))
    return outer(nf, *sides)


def _shape(nf: Images, index: int) -> tuple[str, str]:
    """The numbers of rows and columns of a word that is not empty, or of an outer product."""
    row = nf.atoms.rows[index]
    if row.head == "word":
        return sizes(nf, letters(row)[0])[0], sizes(nf, letters(row)[-1])[1]
    rows, columns = (size_of(nf, end) for end in letters(row))
    if not rows or not columns:
        raise Rejected("UNSUPPORTED", "a sum of outer products")
    return rows, columns


def _letter(nf: Images, low: Scalar, high: Scalar, variable: int, body: Matrix) -> Value:
    """The letter that a sum is."""
    (index,) = body.parts
    shape = _shape(nf, index)
    return of_letter(nf, nf.bound("matrix sum", variable, body, *shape, low, high))


def _sum_again(nf: Images, variable: int, body: Value, *ends: Argument) -> Value:
    low, high = (cast(Scalar, end) for end in ends[2:])
    return sum_over(nf, low, high, variable, body)


OF_KIND |= dict.fromkeys(("word", "outer"), Matrix)
MOVED_OUT |= dict.fromkeys(("word", "outer"), _moved_out)
LETTERS[Matrix] = _letter
BOUND_IMAGES["matrix sum"] = (lambda row: "integer", _sum_again)
