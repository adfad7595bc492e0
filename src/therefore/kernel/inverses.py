"""Products and inverses of matrices, and what is known to be invertible.

(AB)⁻¹ = B⁻¹A⁻¹ for square A and B, (cA)⁻¹ = A⁻¹/c, (Aᵀ)⁻¹ = (A⁻¹)ᵀ, and the inverse of a matrix
of numbers is computed. Every other inverse is a letter. All this is true wherever the inverse
exists, which is an obligation, and is asked first.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, cast

from .atoms import Matrix
from .errors import Rejected
from .letters import INVERSES
from .polynomials import ONE, ZERO, Scalar, number
from .words import (
    Word,
    flipped,
    identity,
    is_written,
    letters,
    of_letter,
    product,
    sizes,
    transposed,
)

if TYPE_CHECKING:
    from .images import Images

__all__ = ["inverse", "is_invertible", "product", "written_determinant"]

Grid = list[list[Scalar]]
MOST_UNKNOWN = 3  # the largest matrix of entries that are no numbers whose inverse is written out


# -------------------------------------------------------------- matrices of written-out size


def _grid(nf: Images, size: str, matrix: Matrix) -> Grid | None:
    """The entries of a square matrix of written-out size, where they are to be written out."""
    if not is_written(size):
        return None
    places = range(int(size))
    entries = {(i, j): ZERO for i in places for j in places}
    for index, factor in matrix.parts.items():
        ends = [nf.atoms.rows[end] for end in letters(nf.atoms.rows[index])]
        i, j = (int(str(row.arguments[0])) for row in ends)
        entries[i, j] = factor
    if len(places) > MOST_UNKNOWN and any(e.constant() is None for e in entries.values()):
        return None
    return [[entries[i, j] for j in places] for i in places]


def _leverrier(grid: Grid) -> tuple[Scalar, Grid]:
    """The determinant and the adjugate, without a division by an entry. Faddeev and LeVerrier."""
    size = len(grid)
    places = range(size)
    power: Grid = [[ZERO for _ in places] for _ in places]
    last = ONE
    for k in range(1, size + 1):
        shifted = [[_dot(grid[i], column) for column in zip(*power, strict=True)] for i in places]
        power = [
            [shifted[i][j] + last if i == j else shifted[i][j] for j in places] for i in places
        ]
        traced = _sum_of(_dot(grid[i], [power[j][i] for j in places]) for i in places)
        last = traced * number(-1) * number(k).inverse()
    sign = number(1 if size % 2 else -1)
    return last * sign * number(-1), [[entry * sign for entry in row] for row in power]


def _dot(left: Iterable[Scalar], right: Iterable[Scalar]) -> Scalar:
    return _sum_of(a * b for a, b in zip(left, right, strict=True))


def _sum_of(parts: Iterable[Scalar]) -> Scalar:
    total = ZERO
    for part in parts:
        total = total + part
    return total


def written_determinant(nf: Images, size: str, matrix: Matrix) -> Scalar | None:
    """The determinant, where the entries are written out."""
    grid = _grid(nf, size, matrix)
    return None if grid is None else _leverrier(grid)[0]


# -------------------------------------------------------------- inverses


def inverse(nf: Images, size: str, matrix: Matrix) -> Matrix:
    """The inverse of a square matrix that has one."""
    grid = _grid(nf, size, matrix)
    if grid is not None:
        return _inverse_of_grid(nf, grid)
    if not matrix.parts:
        raise Rejected("DIVISION_BY_ZERO", "the inverse of a zero matrix")
    first = min(matrix.parts)
    factor = matrix.parts[first]
    if len(matrix.parts) > 1:
        over = _leading(matrix).inverse()
        return _letter(nf, size, matrix.scaled(over)).scaled(over)
    row = nf.atoms.rows[first]
    if row.head == "word" and all(_is_square(nf, letter) for letter in letters(row)):
        turned = identity(nf, size)
        for letter in letters(row):
            turned = product(nf, _inverse_of_letter(nf, letter), turned)
    else:
        turned = _letter(nf, size, Matrix({first: ONE}))
    return turned.scaled(factor.inverse())


def _leading(matrix: Matrix) -> Scalar:
    """The number in front of the first part of a sum; 1 where it is not plainly a number."""
    factor = matrix.parts[min(matrix.parts)]
    return ONE if factor.constant() is None else factor


def _is_square(nf: Images, letter: int) -> bool:
    rows, columns = sizes(nf, letter)
    return bool(rows == columns)


def _letter(nf: Images, size: str, matrix: Matrix) -> Matrix:
    """The letter that is the inverse, or the transpose of the inverse of the transpose."""
    letter = nf.atoms.find("inverse", size, matrix)
    if letter is None:
        other = nf.atoms.find("inverse", size, transposed(nf, matrix))
        letter = nf.atoms.intern("inverse", size, matrix) if other is None else flipped(nf, other)
    return of_letter(nf, letter)


def _inverse_of_letter(nf: Images, letter: int) -> Matrix:
    row = nf.atoms.rows[letter]
    if row.head == "transposed":
        return transposed(nf, _inverse_of_letter(nf, letters(row)[0]))
    if row.head == "inverse":
        return cast(Matrix, row.arguments[1])
    known = INVERSES[row.head](nf, row) if row.head in INVERSES else None
    size = sizes(nf, letter)[0]
    return known or _letter(nf, size, Matrix({nf.atoms.intern("word", letter): ONE}))


def _inverse_of_grid(nf: Images, grid: Grid) -> Matrix:
    below, adjugate = _leverrier(grid)
    over = below.inverse()
    units = [nf.atoms.intern("basis", str(k)) for k in range(len(grid))]
    total = Matrix({})
    for i, row in zip(units, adjugate, strict=True):
        for j, entry in zip(units, row, strict=True):
            total = total + Matrix({nf.atoms.intern("outer", i, j): entry * over})
    return total


# -------------------------------------------------------------- what is invertible


def is_invertible(nf: Images, size: str, matrix: Matrix, known: list[Matrix]) -> bool:
    """Whether a matrix is one of the known invertible ones, or plainly made of such.

    Its transpose may be known instead, and a factor that is not zero does not matter. A product
    of square matrices is invertible if each of them is.
    """
    grid = _grid(nf, size, matrix)
    if grid is not None:
        below = _leverrier(grid)[0]
        if 0 not in nf.sign(below) or 0 not in nf.sign(-below):
            return True
    if not matrix.parts:
        return False
    for other in known:
        for turned in (other, transposed(nf, other)) if other.parts else ():
            times = _leading(matrix) * _leading(turned).inverse()
            if nf.atoms.is_zero(matrix - turned.scaled(times)):
                return True
    if len(matrix.parts) != 1:
        return False
    ((index, factor),) = matrix.parts.items()
    word: Word = letters(nf.atoms.rows[index])
    if nf.atoms.rows[index].head != "word" or 0 in nf.sign(factor):
        return False
    if len(word) == 1:
        row = nf.atoms.rows[word[0]]
        if row.head == "transposed":
            row = nf.atoms.rows[letters(row)[0]]
        if row.head == "inverse" or factor.constant() == 1:
            return row.head == "inverse"
    return all(
        _is_square(nf, letter)
        and is_invertible(nf, sizes(nf, letter)[0], of_letter(nf, letter), known)
        for letter in word
    )
