"""Matrices made of others, entry by entry: blocks, Kronecker and Hadamard products, vec, A⁺."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from therefore.goal import Term
from therefore.refuters.values import Bound, Unreadable

if TYPE_CHECKING:
    from therefore.refuters.meaning import Meaning

__all__ = ["OPERATIONS", "SHAPES", "VECTOR_SIZES"]

Shape = tuple[int, int]


def _shape(meaning: Meaning, term: Term, bound: Bound) -> Shape:
    shape = meaning._matrix_shape(term, bound)
    if shape is None:
        raise Unreadable("a matrix whose shape is not told")
    return shape


def _entries(meaning: Meaning, term: Term, bound: Bound) -> list[list[Any]]:
    """The entries of a matrix, or of a vector as a column."""
    value, length = meaning.term(term, bound), meaning._vector_size(term, bound)
    if length is not None:
        return [[meaning.component(value, i)] for i in range(length)]
    rows, columns = _shape(meaning, term, bound)
    return [[meaning.entry(value, i, j) for j in range(columns)] for i in range(rows)]


def _made(meaning: Meaning, rows: list[list[Any]], is_vector: bool) -> Any:
    return meaning.vector([row[0] for row in rows]) if is_vector else meaning.matrix(rows)


def _blocks(meaning: Meaning, term: Term, bound: Bound) -> Any:
    rows: list[list[Any]] = []
    for row in term[1:]:
        parts = [_entries(meaning, block, bound) for block in row[1:]]
        rows += [[entry for piece in line for entry in piece] for line in zip(*parts, strict=True)]
    return meaning.matrix(rows)


def _kronecker(meaning: Meaning, term: Term, bound: Bound) -> Any:
    left, right = (_entries(meaning, part, bound) for part in term[1:])
    rows = [
        [meaning.multiply(a, b) for a in first for b in second]
        for first in left for second in right
    ]  # fmt: skip
    return _made(meaning, rows, meaning._vector_size(term[1], bound) is not None)


def _hadamard(meaning: Meaning, term: Term, bound: Bound) -> Any:
    left, right = (_entries(meaning, part, bound) for part in term[1:])
    rows = [
        [meaning.multiply(a, b) for a, b in zip(first, second, strict=True)]
        for first, second in zip(left, right, strict=True)
    ]
    return _made(meaning, rows, meaning._vector_size(term[1], bound) is not None)


def _vec(meaning: Meaning, term: Term, bound: Bound) -> Any:
    columns = zip(*_entries(meaning, term[1], bound), strict=True)
    return meaning.vector([entry for column in columns for entry in column])


def _pseudo_inverse(meaning: Meaning, term: Term, bound: Bound) -> Any:
    return meaning.pseudo_inverse(meaning.term(term[1], bound))


def _exponential(meaning: Meaning, term: Term, bound: Bound) -> Any:
    value = meaning.term(term[1], bound)
    if meaning.matrix_shape(value) is None:  # an empty sum, or 0 times a matrix
        value = meaning.add(meaning.zero_matrix(*_shape(meaning, term[1], bound)), value)
    return meaning.exponential(value)


def _turned_shape(meaning: Meaning, term: Term, bound: Bound) -> Shape:
    rows, columns = _shape(meaning, term[1], bound)
    return columns, rows


def _shape_of_blocks(meaning: Meaning, term: Term, bound: Bound) -> Shape:
    heights = [_shape(meaning, row[1], bound)[0] for row in term[1:]]
    return sum(heights), sum(_shape(meaning, block, bound)[1] for block in term[1][1:])


def _shape_of_kronecker(meaning: Meaning, term: Term, bound: Bound) -> Shape | None:
    if meaning._vector_size(term[1], bound) is not None:
        return None
    (m, n), (p, q) = (_shape(meaning, part, bound) for part in term[1:])
    return m * p, n * q


def _size_of_kronecker(meaning: Meaning, term: Term, bound: Bound) -> int | None:
    left, right = (meaning._vector_size(part, bound) for part in term[1:])
    return None if left is None or right is None else left * right


def _size_of_vec(meaning: Meaning, term: Term, bound: Bound) -> int:
    rows, columns = _shape(meaning, term[1], bound)
    return rows * columns


OPERATIONS: dict[str, Callable[[Meaning, Term, Bound], Any]] = {
    "blocks": _blocks, "kronecker": _kronecker, "hadamard": _hadamard, "vec": _vec,
    "pseudoinverse": _pseudo_inverse, "exponential": _exponential,
}  # fmt: skip
SHAPES: dict[str, Callable[[Meaning, Term, Bound], Shape | None]] = {
    "blocks": _shape_of_blocks,
    "kronecker": _shape_of_kronecker,
    "hadamard": lambda meaning, term, bound: meaning._matrix_shape(term[1], bound),
    "pseudoinverse": _turned_shape,
    "exponential": lambda meaning, term, bound: meaning._matrix_shape(term[1], bound),
}
VECTOR_SIZES: dict[str, Callable[[Meaning, Term, Bound], int | None]] = {
    "kronecker": _size_of_kronecker,
    "vec": _size_of_vec,
    "hadamard": lambda meaning, term, bound: meaning._vector_size(term[1], bound),
}
