r"""Matrices of blocks, and products of matrices that are no matrix products: ⊗ and ∘.

The blocks of ``\begin{bmatrix} A & b \\ c^\top & 0 \end{bmatrix}`` have the sizes that their names
were declared with. A plain 0 and an identity ``I`` take theirs from the blocks beside and above
them; what is still open then is refused.
"""

from __future__ import annotations

from therefore.goal import Term
from therefore.kernel.size_terms import settled_size
from therefore.reading.latex.errors import Ambiguous, Unreadable
from therefore.reading.latex.identity import OPEN, is_open, sized
from therefore.reading.latex.names import described
from therefore.reading.latex.tokens import Place, Token
from therefore.reading.latex.values import Value, is_number, kind_of
from therefore.reading.sorts import Sort

__all__ = ["block_diagonal", "block_matrix", "hadamard", "kronecker", "vectorised"]

_ONE: Term = ("vector", "1")


def block_matrix(rows: list[list[Value]], place: Place | None) -> Value:
    """The matrix of blocks; a column of vectors is a vector. Raises ``Unreadable``."""
    for value in (value for row in rows for value in row):
        if not is_number(value.sort) and kind_of(value.sort) not in ("matrix", "vector", "row"):
            raise Unreadable(f"{described(value.sort)} is no block of a matrix", place)
    heights, widths = _sizes(rows, place)
    blocks = tuple(
        ("row", *(_as_block(v, h, w) for v, w in zip(row, widths, strict=True)))
        for row, h in zip(rows, heights, strict=True)
    )
    total, across = _whole(heights), _whole(widths)
    if len(widths) == 1 and all(kind_of(row[0].sort) != "matrix" for row in rows):
        return Value(("matmul", ("blocks", *blocks), _ONE), ("vector", total))
    return Value(("blocks", *blocks), ("matrix", total, across))


def _whole(sizes: list[Term]) -> Term:
    return settled_size(("+", *sizes)) if len(sizes) > 1 else sizes[0]


def _sizes(rows: list[list[Value]], place: Place | None) -> tuple[list[Term], list[Term]]:
    """The numbers of rows of each row of blocks, and of columns of each column."""
    heights: list[Term] = [OPEN] * len(rows)
    widths: list[Term] = [OPEN] * len(rows[0])
    for _ in range(len(rows) + len(widths)):
        for i, row in enumerate(rows):
            for j, value in enumerate(row):
                height, width = _shape(value)
                if is_open(value):
                    height = width = next((s for s in (heights[i], widths[j]) if s != OPEN), OPEN)
                heights[i] = _agreed(heights[i], height, place)
                widths[j] = _agreed(widths[j], width, place)
    if OPEN in (*heights, *widths):
        raise Unreadable(
            "the size of a block is not told by those beside it; write I_n for an identity, and "
            "declare a zero matrix by a name",
            place,
        )
    return heights, widths


def _agreed(known: Term, new: Term, place: Place | None) -> Term:
    if OPEN in (known, new) or known == new:
        return new if known == OPEN else known
    raise Unreadable("the blocks of this matrix do not fit together", place)


def _shape(value: Value) -> tuple[Term, Term]:
    """The numbers of rows and columns of a block, as far as it tells them."""
    kind = kind_of(value.sort)
    if kind == "matrix":
        return value.sort[1], value.sort[2]
    if kind == "number":
        return (OPEN, OPEN) if value.term == "0" else ("1", "1")
    return (value.sort[1], "1") if kind == "vector" else ("1", value.sort[1])


def _as_block(value: Value, height: Term, width: Term) -> Term:
    kind = kind_of(value.sort)
    if kind == "vector":
        return ("outer", value.term, _ONE)
    if kind == "row":
        return ("outer", _ONE, value.term)
    if kind == "number":
        is_zero = value.term == "0"
        return ("zero", height, width) if is_zero else ("rows", ("row", value.term))
    return sized(value, height).term


def block_diagonal(parts: list[Value], of: Token) -> Value:
    r"""``\operatorname{diag}(A, D)`` of square matrices and numbers."""
    if len(parts) < 2:
        raise Ambiguous(
            ("the diagonal of a matrix", "a matrix with this diagonal"),
            "write the entries, or the blocks, one by one",
            of.place,
        )
    for value in parts:
        square = kind_of(value.sort) == "matrix" and value.sort[1] == value.sort[2]
        if is_open(value) or not (square or is_number(value.sort)):
            raise Unreadable(
                f"{of.command} is read of numbers and of square matrices of known size", of.place
            )
    sizes = [value.sort[1] if kind_of(value.sort) == "matrix" else "1" for value in parts]
    if all(is_number(value.sort) for value in parts):
        rows = [
            [value.term if i == j else "0" for j in range(len(parts))]
            for i, value in enumerate(parts)
        ]
        term: Term = ("rows", *(("row", *row) for row in rows))
        return Value(term, ("matrix", str(len(parts)), str(len(parts))))
    blocks = [
        [
            _as_block(value, size, size) if i == j else ("zero", size, other)
            for j, other in enumerate(sizes)
        ]
        for i, (value, size) in enumerate(zip(parts, sizes, strict=True))
    ]
    total = _whole(list(sizes))
    return Value(("blocks", *(("row", *row) for row in blocks)), ("matrix", total, total))


def kronecker(left: Value, right: Value, place: Place) -> Value:
    """The Kronecker product of two matrices or of two vectors. Raises ``Unreadable``."""
    if is_open(left) or is_open(right):
        raise Unreadable("write I_n for an identity beside \\otimes: its size is not told", place)
    kinds = kind_of(left.sort), kind_of(right.sort)
    if kinds not in (("matrix", "matrix"), ("vector", "vector")):
        raise Unreadable(
            f"\\otimes between {described(left.sort)} and {described(right.sort)}; it is read "
            "between two matrices, or two vectors",
            place,
        )
    sizes = (
        settled_size(("*", a, b)) for a, b in zip(left.sort[1:], right.sort[1:], strict=True)
    )
    return Value(("kronecker", left.term, right.term), (kinds[0], *sizes))


def hadamard(left: Value, right: Value, sign: str, place: Place) -> Value:
    """The product entry by entry of two matrices of one shape. Raises ``Unreadable``."""
    for one, other in ((left, right), (right, left)):
        if is_open(one) and kind_of(other.sort) == "matrix" and other.sort[1] == other.sort[2]:
            left, right = sized(left, other.sort[1]), sized(right, other.sort[1])
    fits: Sort = left.sort if kind_of(left.sort) in ("matrix", "vector") else ""
    if left.sort != right.sort or not fits or is_open(left):
        raise Unreadable(
            f"{sign} between {described(left.sort)} and {described(right.sort)}; it is read "
            "between two matrices of one shape, or two vectors of one size",
            place,
        )
    return Value(("hadamard", left.term, right.term), left.sort)


def vectorised(value: Value, of: Token) -> Value:
    r"""``\operatorname{vec}(A)``: the columns of a matrix, one below the other."""
    if kind_of(value.sort) != "matrix" or is_open(value):
        raise Unreadable(f"vec of {described(value.sort)}; a matrix is needed", of.place)
    return Value(
        ("vec", value.term), ("vector", settled_size(("*", value.sort[2], value.sort[1])))
    )
