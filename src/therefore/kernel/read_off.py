"""The gradient that a derivative along a direction h has: read off its normal form.

What is linear in h is ⟨g, h⟩ for one vector g only, tr(GᵀH) for one matrix G where h is a matrix H,
and M·h for one matrix M where it is a vector. A term that is not seen to be linear is refused.
Source: the Riesz representation (Axler, Linear Algebra Done Right, 6.42).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import cast

from . import words
from .atoms import Atom, Matrix, Residue, Vector
from .errors import Rejected
from .images import Images
from .polynomials import ONE, Monomial, Scalar, atom
from .sums import sum_over
from .traces import opened_sum, word_matrix

__all__ = ["matrix_of", "read_off"]


def _linear(nf: Images, change: Scalar, h: int) -> Iterator[tuple[int, Scalar]]:
    """The atoms with h in them, each with its factor; there is one in each term."""
    for monomial, coefficient in change.over.items():
        steps = [(a, e) for a, e in monomial if _depends(nf, a, h)]
        rest: Monomial = tuple((a, e) for a, e in monomial if (a, e) not in steps)
        factor = Scalar({rest: coefficient}, change.under)
        if [e for _, e in steps] != [1] or h in nf.atoms.free(factor):
            raise Rejected("UNSUPPORTED", "this gradient")
        yield steps[0][0], factor


def _depends(nf: Images, index: int, h: int) -> bool:
    """Whether an atom speaks of h; an entry of a matrix holds its name only."""
    row = nf.atoms.rows[index]
    return h in row.free or (row.head == "entry" and nf.atoms.find("name", row.arguments[0]) == h)


def read_off(nf: Images, change: Scalar, h: int, zero: Vector) -> Vector:
    """The g for which ``change`` is ⟨g, h⟩, or the G for which it is tr(GᵀH)."""
    total = zero
    for index, factor in _linear(nf, change, h):
        row = nf.atoms.rows[index]
        reader = _READERS.get(row.head)
        if reader is None:
            raise Rejected("UNSUPPORTED", "this gradient")
        total = total + reader(nf, row, h, zero).scaled(factor)
    return total


def _of_inner(nf: Images, row: Atom, h: int, zero: Vector) -> Vector:
    """⟨a, W h⟩ = ⟨Wᵀa, h⟩, and ⟨a, P H Q b⟩ = tr((Pᵀa)(Q b)ᵀ Hᵀ)."""
    (left, a), (right, b) = (words.chain(nf, index) for index in words.letters(row))
    word = words.backwards(nf, left) + right
    if b == h:
        return words.applied(nf, words.backwards(nf, word), a)
    if a == h:
        return words.applied(nf, word, b)
    for k, letter in enumerate(word):
        if h not in nf.atoms.rows[letter].free:
            continue
        before = words.applied(nf, words.backwards(nf, word[:k]), a)
        after = words.applied(nf, word[k + 1 :], b)
        if letter == h:
            return words.outer(nf, before, after)
        if letter == words.flipped(nf, h):
            return words.outer(nf, after, before)
        opened = opened_sum(nf, letter)
        if opened is not None:
            low, high, variable, body = opened
            inside = nf.inner(before, words.act(nf, body, after))
            return _summed(nf, low, high, variable, read_off(nf, inside, h, zero))
    for end, way, other in ((a, word, b), (b, words.backwards(nf, word), a)):
        base = nf.atoms.rows[end]
        if h in base.free and base.head == "vector sum":
            variable, vectors = _opened(nf, base)
            inside = nf.inner(cast(Vector, vectors), words.applied(nf, way, other))
            low, high = cast("tuple[Scalar, Scalar]", base.arguments[:2])
            return _summed(nf, low, high, variable, read_off(nf, inside, h, zero))
    raise Rejected("UNSUPPORTED", "this gradient")


def _opened(nf: Images, row: Atom) -> tuple[int, Scalar | Vector]:
    """A new variable, and the body of a sum at it."""
    variable, _ = nf.open("#0", "integer")
    body = cast("Scalar | Vector", row.arguments[-1])
    return variable, nf.substituted(body, {nf.atoms.index(row.height): atom(variable)})


def _summed(nf: Images, low: Scalar, high: Scalar, variable: int, body: Vector) -> Vector:
    return cast(Vector, sum_over(nf, low, high, variable, body))


def _of_trace(nf: Images, row: Atom, h: int, zero: Vector) -> Vector:
    """tr(P H Q) = tr(Q P H), and so G is (Q P)ᵀ."""
    word = cast(words.Word, row.arguments[1:])
    for k, letter in enumerate(word):
        rest = word[k + 1 :] + word[:k]
        if letter == h:
            return words.transposed(nf, word_matrix(nf, rest))
        if letter == words.flipped(nf, h):
            return word_matrix(nf, rest)
    raise Rejected("UNSUPPORTED", "this gradient")


def _of_entry(nf: Images, row: Atom, h: int, zero: Vector) -> Vector:
    """H_ij = tr((e_i e_jᵀ)ᵀ H)."""
    places = (cast(Residue, place) for place in row.arguments[1:])
    ends = [Vector({words.unit(nf, place): ONE}) for place in places]
    return words.outer(nf, *ends)


def _of_sum(nf: Images, row: Atom, h: int, zero: Vector) -> Vector:
    """Σ ⟨g, h⟩ = ⟨Σ g, h⟩."""
    variable, body = _opened(nf, row)
    low, high = cast("tuple[Scalar, Scalar]", row.arguments[:2])
    return _summed(nf, low, high, variable, read_off(nf, cast(Scalar, body), h, zero))


_READERS: dict[str, Callable[[Images, Atom, int, Vector], Vector]] = {
    "inner": _of_inner, "trace": _of_trace, "entry": _of_entry, "sum": _of_sum,
}  # fmt: skip


def matrix_of(nf: Images, change: Vector, h: int) -> Matrix:
    """The matrix M for which ``change`` is M·h."""
    total = Matrix({})
    for index, factor in change.parts.items():
        place = Vector({index: ONE})
        word, base = words.chain(nf, index)
        if h in nf.atoms.free(factor):
            rows = read_off(nf, factor, h, Vector({}))
            total = total + words.outer(nf, place, rows)
        elif base == h and not any(h in nf.atoms.rows[letter].free for letter in word):
            total = total + word_matrix(nf, word).scaled(factor)
        else:
            raise Rejected("UNSUPPORTED", "this matrix of derivatives")
    return total
