"""Determinants of matrices of any size.

det(AB) = det A · det B for square A and B, det(Aᵀ) = det A, det(A⁻¹) = 1/det A,
det(A^k) = (det A)^k, det(cA) = cⁿ·det A, det I = 1; of written-out sizes the determinant is
computed. A word is cut into its shortest square parts, so that det(XᵀAX) is (det X)²·det A for
square X, and one atom for X with fewer columns than rows. det(AᵀA) is never negative. A square
matrix is invertible where its determinant is not 0, and nowhere else (see ``context``).
Source: Axler, Linear Algebra Done Right, 9C; Horn and Johnson, Matrix Analysis, 0.3 and 0.8.

The derivative of det A is det A · tr(A⁻¹A′), said only where A is invertible; det is a polynomial,
and so differentiable everywhere. Source: Jacobi's formula (Horn and Johnson, 0.8.10).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import cast

from .atoms import Matrix
from .binders import Names
from .calculus import CONTINUOUS
from .data import Term
from .differential import CHANGES, Change
from .errors import Rejected
from .images import IMAGES, Images
from .inverses import written_determinant
from .normal import FORMS, Normaliser
from .polynomials import ONE, ZERO, Scalar, atom
from .powers import number_power
from .signs import ANY, NONNEGATIVE, SIGNS_OF_ATOMS, Inspection, Signs
from .traces import number_of_size
from .typed import sort_of
from .words import Word, backwards, is_written, letters, sizes, transposed

__all__ = ["READINGS", "determinant"]

# Ways to see the determinant of a matrix that is no product, from its size and normal form.
READINGS: list[Callable[[Images, Term, Matrix], Scalar | None]] = []


def determinant(nf: Images, size: Term, matrix: Matrix) -> Scalar:
    """The determinant of a square matrix."""
    if is_written(size):
        written = written_determinant(nf, cast(str, size), matrix)
        return _atom(nf, size, matrix) if written is None else written
    if not matrix.parts:
        return ZERO
    first = min(matrix.parts)
    leading = matrix.parts[first]
    row = nf.atoms.rows[first]
    if len(matrix.parts) > 1 or row.head != "word":
        if leading.constant() is None or len(matrix.parts) == 1:
            return _atom(nf, size, matrix)
        rest = _atom(nf, size, matrix.scaled(leading.inverse()))
        return rest * _power_of_size(nf, leading, size)
    total = _power_of_size(nf, leading, size)
    for part in _square_parts(nf, letters(row)):
        total = total * _of_part(nf, part)
    return total


def _power_of_size(nf: Images, factor: Scalar, size: Term) -> Scalar:
    """cⁿ."""
    if factor.constant() == 1:
        return ONE
    return number_power(nf, factor, number_of_size(nf, size))


def _square_parts(nf: Images, word: Word) -> Iterator[Word]:
    """The word in pieces, each the shortest that begins where the last one ended and is square.

    It is cut before a letter that has as many rows as the first one, so no letter is lost.
    """
    start = 0
    for k in range(1, len(word)):
        if sizes(nf, word[start])[0] == sizes(nf, word[k])[0]:
            yield word[start:k]
            start = k
    if word:
        yield word[start:]


def _of_part(nf: Images, word: Word) -> Scalar:
    row = nf.atoms.rows[word[0]]
    if len(word) == 1 and row.head == "transposed":
        return _of_part(nf, letters(row))
    size = sizes(nf, word[0])[0]
    if len(word) == 1 and row.head == "inverse":
        return determinant(nf, size, cast(Matrix, row.arguments[1])).inverse()
    if len(word) == 1 and row.head == "matrix power":
        base = determinant(nf, size, cast(Matrix, row.arguments[1]))
        return number_power(nf, base, cast(Scalar, row.arguments[2]))
    return _atom(nf, size, Matrix({nf.atoms.intern("word", *word): ONE}))


def _atom(nf: Images, size: Term, matrix: Matrix) -> Scalar:
    """The determinant as an atom, of the matrix or of its transpose, unless it is read."""
    for reading in READINGS:
        value = reading(nf, size, matrix)
        if value is not None:
            return value
    found = nf.atoms.find("det", cast(str, size), transposed(nf, matrix))
    if found is None:
        found = nf.atoms.intern("det", cast(str, size), matrix)
    return atom(found)


def _signs(seen: Inspection, index: int) -> Signs:
    """0 ≤ det(AᵀA), for A of any shape."""
    parts = cast(Matrix, seen.atoms.rows[index].arguments[1]).parts
    row = seen.atoms.rows[next(iter(parts))]
    if len(parts) == 1 and row.head == "word":
        word = letters(row)  # its factor is 1 (see ``determinant``)
        half, odd = divmod(len(word), 2)
        if not odd and backwards(seen.normal, word[:half]) == word[half:]:
            return NONNEGATIVE
    return ANY


# ------------------------------------------------------------------ the derivative


def _factors(term: Term) -> list[Term]:
    return [*_factors(term[1]), *_factors(term[2])] if term[0] == "matmul" else [term]


def _pieces(names: Names, term: Term) -> Iterator[Term]:
    """Square matrices whose product is the term."""
    piece: Term = ""
    for factor in _factors(term):
        piece = ("matmul", piece, factor) if piece else factor
        _, rows, columns = sort_of(piece, names)
        if rows == columns:
            yield piece
            piece = ""


def _change(change: Change, matrix: Term) -> Term:
    """det(AB)′ = det(AB)·(tr(A⁻¹A′) + tr(B⁻¹B′)); what does not change may be singular.

    For A^k the trace is k·tr(A⁻¹A′).
    """
    traces: list[Term] = []
    for piece in _pieces(change.names, matrix):
        base, times = (piece[1], piece[2]) if piece[0] == "power" else (piece, "1")
        moved = change(base)
        if change(times) != "0":
            raise Rejected("NOT_SMOOTH", "an exponent that moves")
        if moved[0] != "zero":
            traces.append(("*", times, ("trace", ("matmul", ("inverse", base), moved))))
    return ("*", ("det", matrix), ("+", "0", *traces))


def _form(nf: Normaliser, matrix: Term) -> Scalar:
    return determinant(nf, sort_of(matrix, nf.names)[1], nf.matrix(matrix))


FORMS["det"] = _form
IMAGES["det"] = determinant
SIGNS_OF_ATOMS["det"] = _signs
CHANGES["det"] = _change
CONTINUOUS.add("det")
