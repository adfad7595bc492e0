"""Where a known equation can be put into a product: the words in a normal form, piece by piece."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from therefore.goal import Term
from therefore.kernel import words
from therefore.kernel.atoms import Argument, Matrix, Vector
from therefore.kernel.context import Context
from therefore.kernel.polynomials import Monomial, Scalar

__all__ = ["Piece", "Place", "monomials", "pieces", "places"]

Word = tuple[int, ...]


@dataclass(frozen=True)
class Piece:
    """A word that stands between vectors, in a product with a monomial of numbers.

    ``start`` and ``end`` are vector atoms: ⟨start, word · end⟩, word · end, or word alone.
    ``beside`` is the other vector of an outer product (word · end) besideᵀ.
    """

    word: Word
    start: int | None
    end: int | None
    beside: int | None
    rest: Monomial
    sizes: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class Place:
    """What an equation is multiplied by from the left and from the right, to stand in a piece."""

    left: Word
    start: int | None
    right: Word
    end: int | None
    beside: int | None
    rest: Monomial
    size: str = ""


def _chain(ctx: Context, index: int) -> tuple[Word, int]:
    row = ctx.atoms.rows[index]
    if row.head != "act":
        return (), index
    parts = words.letters(row)
    return parts[:-1], parts[-1]


def _backwards(ctx: Context, word: Word) -> Word:
    return tuple(words.flipped(ctx.normal, letter) for letter in reversed(word))


def pieces(ctx: Context, value: Scalar | Vector, sizes: tuple[str, ...]) -> Iterator[Piece]:
    """The words in a normal form; ``sizes`` are those of the value."""
    if isinstance(value, Scalar):
        for monomial in value.over:
            yield from _of_numbers(ctx, monomial)
        return
    for index, factor in value.parts.items():
        row = ctx.atoms.rows[index]
        for monomial in factor.over:
            if not isinstance(value, Matrix):
                word, end = _chain(ctx, index)
                yield Piece(word, None, end, None, monomial, (sizes[0], ""))
            elif row.head == "word":
                yield Piece(words.letters(row), None, None, None, monomial, (sizes[0], sizes[1]))
            else:
                left, right = words.letters(row)
                word, end = _chain(ctx, left)
                yield Piece(word, None, end, right, monomial, (sizes[0], sizes[1]))


def _of_numbers(ctx: Context, monomial: Monomial) -> Iterator[Piece]:
    for k, (index, exponent) in enumerate(monomial):
        row = ctx.atoms.rows[index]
        if row.head != "inner":
            continue
        less = ((index, exponent - 1),) if exponent > 1 else ()
        rest = monomial[:k] + less + monomial[k + 1 :]
        (left, u), (right, v) = (_chain(ctx, end) for end in words.letters(row))
        word = _backwards(ctx, left) + right
        yield Piece(word, u, v, None, rest)
        yield Piece(_backwards(ctx, word), v, u, None, rest)


def monomials(ctx: Context, value: Argument) -> Iterator[tuple[Word, int | None]]:
    """The words of a matrix, or the words and their vectors of a vector."""
    if isinstance(value, Vector):
        for index in value.parts:
            row = ctx.atoms.rows[index]
            if not isinstance(value, Matrix):
                yield _chain(ctx, index)
            elif row.head == "word":
                yield words.letters(row), None


def places(
    ctx: Context, piece: Piece, word: Word, end: int | None, size: Term
) -> Iterator[Place]:
    """Where the word (with its vector) of an equation stands in the piece.

    ``size`` is that of the identity: the empty word stands between letters of that size only.
    """
    if end is not None:
        if piece.end == end and piece.word[len(piece.word) - len(word) :] == word:
            before = piece.word[: len(piece.word) - len(word)]
            yield Place(before, piece.start, (), None, piece.beside, piece.rest)
        return
    for k in range(len(piece.word) - len(word) + 1):
        before, inside, after = (
            piece.word[:k], piece.word[k : k + len(word)], piece.word[k + len(word) :],
        )  # fmt: skip
        if inside == word and (word or _gap(ctx, piece, k) == size):
            yield Place(before, piece.start, after, piece.end, piece.beside, piece.rest, size)


def _gap(ctx: Context, piece: Piece, k: int) -> Term:
    """The size between two letters of a piece."""
    if k < len(piece.word):
        return words.sizes(ctx.normal, piece.word[k])[0]
    if piece.word:
        return words.sizes(ctx.normal, piece.word[-1])[1]
    if piece.end is not None:
        return words.size_of(ctx.normal, piece.end) or piece.sizes[0]
    return piece.sizes[0]
