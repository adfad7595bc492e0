"""Matrices that are made of blocks: [[A, B], [C, D]], of any sizes.

| term | what it is | shapes |
| --- | --- | --- |
| blocks (row A B) (row C D) | A and B in the first rows | m×n, m×q, p×n, p×q → (m+p)×(n+q) |

The letter E_i of sizes n_1, …, n_r is the n×n_i matrix, n = n_1 + … + n_r, that is the identity in
the rows of the block i and 0 elsewhere; so the matrix of the blocks A_ij is Σ E_i A_ij F_jᵀ, a sum
of words. By entries, E_iᵀE_i = I and E_iᵀE_j = 0 for i ≠ j, and Σ E_i E_iᵀ = I, by which E_r E_rᵀ
is written by the others for the last block whose size is not written out. From these products, sums
and transposes by blocks follow, and matrices are equal if their blocks are. The determinant of a
triangular matrix of square blocks is the product of theirs: in the sum over permutations only those
that keep each block's rows are not 0. Source: Horn and Johnson, Matrix Analysis, 0.7 and 0.9.4.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from .atoms import Atom, Matrix, Vector
from .binders import Names
from .calculus import CONTINUOUS
from .data import Term
from .determinants import READINGS, determinant
from .differential import CHANGES
from .errors import Rejected
from .letters import FLIPPED, JOINED, SHAPES, SORTS
from .normal import FORMS, Normaliser
from .polynomials import ONE, Scalar
from .size_terms import settled_size
from .typed import SIGNATURES, sort_of
from .words import identity, is_written, letters, of_letter, outer, product, transposed

if TYPE_CHECKING:
    from .images import Images

__all__ = ["embedding", "named_sizes", "partitions"]

MOST_BLOCKS = 8  # in a row or in a column


def named_sizes(*sizes: Term) -> tuple[Term, ...]:
    """The sizes, none of which depends on an index. Raises ``UNSUPPORTED``."""
    for size in sizes:
        if not isinstance(size, str):
            if size[0] == "app":
                raise Rejected("UNSUPPORTED", "blocks of sizes that depend on an index")
            named_sizes(*size[1:])
    return sizes


def _sort(names: Names, *rows: Term) -> Term:
    grid = []
    for row in rows:
        if row[0] != "row" or len(row) != len(rows[0]) or not 2 <= len(row) <= MOST_BLOCKS + 1:
            raise Rejected("ILL_TYPED", "the rows of blocks have one length")
        grid.append([sort_of(block, names) for block in row[1:]])
    if any(sort[0] != "matrix" for row in grid for sort in row):
        raise Rejected("ILL_TYPED", "a block is a matrix")
    heights, widths = [row[0][1] for row in grid], [sort[2] for sort in grid[0]]
    for height, row in zip(heights, grid, strict=True):
        for width, sort in zip(widths, row, strict=True):
            if sort != ("matrix", height, width):
                raise Rejected("ILL_TYPED", "blocks whose sizes do not fit together")
    return ("matrix", _whole(tuple(heights)), _whole(tuple(widths)))


def _whole(parts: tuple[Term, ...]) -> Term:
    return settled_size(("+", *parts) if len(parts) > 1 else parts[0])


# ------------------------------------------------------------------ letters


def embedding(nf: Images, parts: tuple[Term, ...], place: int) -> Matrix:
    """The E_i of the sizes of some blocks."""
    if len(parts) == 1:
        return identity(nf, parts[0])
    if not is_written(_whole(parts)):
        return of_letter(nf, nf.atoms.intern("embedding", cast(str, parts), str(place)))
    before, total = sum(map(int, parts[:place])), Matrix({})
    for k in range(int(parts[place])):
        ends = (nf.atoms.intern("basis", str(i)) for i in (before + k, k))
        total = total + outer(nf, *(Vector({end: ONE}) for end in ends))
    return total


def _parts(row: Atom) -> tuple[tuple[Term, ...], int]:
    return cast("tuple[Term, ...]", row.arguments[0]), int(str(row.arguments[1]))


def _shape(row: Atom) -> tuple[Term, Term]:
    parts, place = _parts(row)
    return _whole(parts), parts[place]


def _flipped(nf: Images, letter: int) -> int:
    row = nf.atoms.rows[letter]
    head = "restriction" if row.head == "embedding" else "embedding"
    return nf.atoms.intern(head, *row.arguments)


def _cut(nf: Images, left: Atom, right: Atom) -> Matrix | None:
    """E_iᵀE_i = I, and E_iᵀE_j = 0 for i ≠ j."""
    (parts, i), (others, j) = _parts(left), _parts(right)
    if parts != others:
        return None
    return identity(nf, parts[i]) if i == j else Matrix({})


def _completed(nf: Images, left: Atom, right: Atom) -> Matrix | None:
    """E_r E_rᵀ = I − Σ E_i E_iᵀ, over the blocks i before and after r."""
    parts, place = _parts(left)
    last = max((k for k, part in enumerate(parts) if not is_written(part)), default=-1)
    if left.arguments != right.arguments or place != last:
        return None
    total = identity(nf, _whole(parts))
    for k in range(len(parts)):
        if k != last:
            one = embedding(nf, parts, k)
            total = total - product(nf, one, transposed(nf, one))
    return total


def _triangular(nf: Images, size: Term, matrix: Matrix) -> Scalar | None:
    """det [[A, B], [0, D]] = det A · det D for square A and D, and so on for more blocks."""
    for parts in partitions(nf, matrix):
        places = range(len(parts))
        ones = [embedding(nf, parts, k) for k in places]
        backs = [product(nf, transposed(nf, one), matrix) for one in ones]
        grid = [[product(nf, back, one) for one in ones] for back in backs]
        is_zero = [[nf.atoms.is_zero(block) for block in row] for row in grid]
        for way in (1, -1):
            if all(is_zero[i][j] for i in places for j in places if (i - j) * way > 0):
                total = ONE
                for k in places:
                    total = total * determinant(nf, parts[k], grid[k][k])
                return total
    return None


def partitions(nf: Images, matrix: Matrix) -> set[tuple[Term, ...]]:
    """The sizes of the blocks in whose rows the words of a matrix stand."""
    found = set()
    for index in matrix.parts:
        row = nf.atoms.rows[index]
        if row.head == "outer":
            row = nf.atoms.rows[letters(row)[0]]
        if row.head in ("word", "act") and row.arguments:
            row = nf.atoms.rows[letters(row)[0]]
        if row.head == "embedding":
            found.add(_parts(row)[0])
    return found


# ------------------------------------------------------------------ entered


def _form(nf: Normaliser, *rows: Term) -> Matrix:
    grid = [[sort_of(block, nf.names) for block in row[1:]] for row in rows]
    heights = named_sizes(*(row[0][1] for row in grid))
    widths = named_sizes(*(sort[2] for sort in grid[0]))
    total = Matrix({})
    for i, row in enumerate(rows):
        for j, block in enumerate(row[1:]):
            inside = product(nf, embedding(nf, heights, i), nf.matrix(block))
            total = total + product(nf, inside, transposed(nf, embedding(nf, widths, j)))
    return total


def _change(change: Callable[[Term], Term], *rows: Term) -> Term:
    return ("blocks", *(("row", *map(change, row[1:])) for row in rows))


SORTS |= dict.fromkeys(("embedding", "restriction"), ("matrix",))
SHAPES["embedding"] = _shape
SHAPES["restriction"] = lambda row: (_shape(row)[1], _shape(row)[0])
FLIPPED |= dict.fromkeys(("embedding", "restriction"), _flipped)
JOINED["restriction", "embedding"] = _cut
JOINED["embedding", "restriction"] = _completed
SIGNATURES |= {("blocks", count): _sort for count in range(1, MOST_BLOCKS + 1)}
FORMS["blocks"] = _form
READINGS.append(_triangular)
CHANGES["blocks"] = _change
CONTINUOUS.add("blocks")
