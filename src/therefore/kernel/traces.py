"""The trace of matrices of any size, and ‖A‖ = √tr(AᵀA).

tr is linear, tr(u vᵀ) = ⟨u, v⟩, tr(I) is the size, and the trace of a sum over a range is the sum
of the traces. tr(AB) = tr(BA) for A of m×n and B of n×m, and tr(Aᵀ) = tr(A): a word stands for its
cyclic shifts and those of its transpose, for the shortest of them that comes first. So
tr(A⁻¹BA) is tr(B). Source: Axler, Linear Algebra Done Right, 8.49 to 8.56.

| term | what it is | shapes |
| --- | --- | --- |
| trace A | the sum of the diagonal | n×n → a number |
| norm A | √tr(AᵀA), the Frobenius norm | m×n → a number |
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias, cast

from .atoms import Matrix, Vector
from .calculus import CONTINUOUS
from .data import Term
from .differential import CHANGES
from .errors import Rejected
from .images import IMAGES, Images
from .inverses import product
from .letters import joint
from .normal import FORMS, Normaliser
from .polynomials import ONE, ZERO, Scalar, atom, number
from .signs import ANY, NONNEGATIVE, SIGNS_OF_ATOMS, Inspection, Signs
from .sums import sum_over
from .typed import sort_of
from .words import Word, backwards, letters, multiplied, shortened, sizes, transposed

__all__ = ["TRACES", "Opened", "number_of_size", "opened_sum", "trace", "word_matrix"]

Opened: TypeAlias = tuple[Scalar, Scalar, int, Matrix]
# By the head of a letter: the trace of a word that holds it, where that can be told.
TRACES: dict[str, Callable[[Images, Word], Scalar | None]] = {}


def trace(nf: Images, size: Term, matrix: Matrix) -> Scalar:
    """The trace of a square matrix."""
    total = ZERO
    for index, factor in matrix.parts.items():
        row = nf.atoms.rows[index]
        if row.head == "outer":
            left, right = (Vector({k: ONE}) for k in letters(row))
            total = total + nf.inner(left, right) * factor
        else:
            total = total + _of_word(nf, size, letters(row)) * factor
    return total


def word_matrix(nf: Images, word: Word) -> Matrix:
    """The matrix that is a word of letters whose sizes are not written out."""
    return multiplied(nf, word)


def _shifts(nf: Images, word: Word) -> Iterator[tuple[Term, Word]]:
    """The cyclic shifts of a word, each with its size and shortened."""
    for k in range(len(word)):
        yield sizes(nf, word[k])[0], shortened(nf, word[k:] + word[:k])


def _of_word(nf: Images, size: Term, word: Word) -> Scalar:
    if not word:
        return number_of_size(nf, size)
    for k, letter in enumerate(word):
        if _sum_behind(nf, letter) is not None:
            return _of_sum(nf, letter, word[k + 1 :] + word[:k])
        reading = TRACES.get(nf.atoms.rows[letter].head)
        value = reading(nf, word) if reading else None
        if value is not None:
            return value
    shifts = list(_shifts(nf, word))
    for other, shift in shifts:
        if joint(nf, shift) is not None:
            return trace(nf, other, multiplied(nf, shift))
        if len(shift) < len(word):
            return _of_word(nf, other, shift)
    shifts += _shifts(nf, backwards(nf, word))
    least, size = min(((shift, other) for other, shift in shifts), key=lambda pair: pair[0])
    return atom(nf.atoms.intern("trace", cast(str, size), *least))


def number_of_size(nf: Images, size: Term) -> Scalar:
    """A size as a number. Raises ``UNSUPPORTED`` where it depends on an index."""
    if isinstance(size, str):
        return number(int(size)) if size.isdigit() else atom(nf.atoms.intern("name", size))
    if size[0] == "app":
        raise Rejected("UNSUPPORTED", "a number that is a size which depends on an index")
    total, *rest = (number_of_size(nf, part) for part in size[1:])
    for part in rest:
        total = total + part if size[0] == "+" else total * part
    return total


def _sum_behind(nf: Images, letter: int) -> int | None:
    """The sum of matrices that a letter, or its transpose, is."""
    row = nf.atoms.rows[letter]
    if row.head == "transposed":
        return _sum_behind(nf, letters(row)[0])
    return letter if row.head == "matrix sum" else None


def opened_sum(nf: Images, letter: int) -> Opened | None:
    """The ends, the variable and the body of a letter that is a sum, or is transposed such a sum.

    ``None`` for any other letter.
    """
    inside = _sum_behind(nf, letter)
    if inside is None:
        return None
    row = nf.atoms.rows[inside]
    low, high, body = row.arguments[2:]
    variable, _ = nf.open("#0", "integer")
    opened = cast(
        Matrix, nf.substituted(cast(Matrix, body), {nf.atoms.index(row.height): atom(variable)})
    )
    turned = opened if inside == letter else transposed(nf, opened)
    return cast(Scalar, low), cast(Scalar, high), variable, turned


def _of_sum(nf: Images, letter: int, rest: Word) -> Scalar:
    """tr(Σ M · R) = Σ tr(M · R)."""
    low, high, variable, body = cast(Opened, opened_sum(nf, letter))
    size = sizes(nf, letter)[0]
    traced = trace(nf, size, product(nf, body, word_matrix(nf, rest)))
    return cast(Scalar, sum_over(nf, low, high, variable, traced))


def _image(nf: Images, size: Term, *parts: Matrix) -> Scalar:
    total = parts[0]
    for part in parts[1:]:
        total = product(nf, total, part)
    return trace(nf, size, total)


def _signs(seen: Inspection, index: int) -> Signs:
    """0 ≤ tr(AᵀA)."""
    word = cast(Word, seen.atoms.rows[index].arguments[1:])
    half, odd = divmod(len(word), 2)
    shifts = (word[k:] + word[:k] for k in range(len(word)))
    if not odd and any(backwards(seen.normal, shift[:half]) == shift[half:] for shift in shifts):
        return NONNEGATIVE
    return ANY


def _form(nf: Normaliser, matrix: Term) -> Scalar:
    return trace(nf, sort_of(matrix, nf.names)[1], nf.matrix(matrix))


def _change(change: Callable[[Term], Term], matrix: Term) -> Term:
    """tr(A)′ = tr(A′), and tr(A^k)′ = k·tr(A^{k−1}·A′) for 1 ≤ k, as it speaks of A^{k−1}."""
    if matrix[0] == "power" and change(matrix[2]) == "0":
        _, base, exponent = matrix
        lower = ("power", base, ("+", exponent, "-1"))
        return ("*", exponent, ("trace", ("matmul", lower, change(base))))
    return ("trace", change(matrix))


FORMS["trace"] = _form
IMAGES["trace"] = _image
SIGNS_OF_ATOMS["trace"] = _signs
CHANGES["trace"] = _change
CONTINUOUS.add("trace")
