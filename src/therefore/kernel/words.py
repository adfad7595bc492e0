"""Matrices of any size: linear combinations of words and of outer products.

A letter is an atom: a matrix that has a name, an inverse, or the transpose of such a letter. A
word is a product of letters, the empty one the identity. An outer product u vᵀ is of two vector
atoms, and a word applied to a vector atom is a vector atom, so that whatever has rank one is a
matter of vectors. ⟨Au, Bv⟩ is split in the middle of the word AᵀB, in the one of its two readings
that comes first. What has a written-out size has coordinates: A of two columns is
(A e₀) e₀ᵀ + (A e₁) e₁ᵀ. Sizes are never mixed here: terms are typed before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, cast

from .atoms import Atom, Matrix, Residue, Vector
from .data import Term
from .letters import (
    ENTRIES,
    FLIPPED,
    MOVERS,
    ONTO,
    SORTS,
    Word,
    backwards,
    flipped,
    joint,
    letters,
    shortened,
    size_of,
    sizes,
)  # fmt: skip
from .polynomials import ONE, ZERO, Scalar, atom, number

if TYPE_CHECKING:
    from .images import Images

__all__ = [
    "ENTRIES", "INNERS", "MOST_WRITTEN", "MOVERS", "SORTS", "Word", "act", "act_word", "applied",
    "backwards", "chain", "flipped", "identity", "inner_of", "is_written", "letters", "moved_out",
    "multiplied", "of_letter", "outer", "product", "shortened", "size_of", "sizes", "spread",
    "transposed", "unit",
]  # fmt: skip

MOST_WRITTEN = 16  # longer vectors of written-out size are treated as if their size were a name
# By the heads of two vector atoms: their inner product, where that is not an atom by itself.
INNERS: dict[tuple[str, str], Callable[[Images, Atom, Atom], Scalar | None]] = {}


def is_written(size: Term) -> bool:
    """Whether vectors of the size are written by their coordinates."""
    return isinstance(size, str) and size.isdigit() and int(size) <= MOST_WRITTEN


def _row(nf: Images, index: int) -> Atom:
    return nf.atoms.rows[index]


def of_letter(nf: Images, letter: int) -> Matrix:
    """The matrix that is one letter (or one word, or one outer product)."""
    if _row(nf, letter).head in ("word", "outer"):
        return Matrix({letter: ONE})
    rows, columns = sizes(nf, letter)
    if is_written(columns):
        units = _units(nf, columns)
        return _added(outer(nf, applied(nf, (letter,), e), Vector({e: ONE})) for e in units)
    if is_written(rows):
        other = (flipped(nf, letter),)
        units = _units(nf, rows)
        return _added(outer(nf, Vector({e: ONE}), applied(nf, other, e)) for e in units)
    return Matrix({nf.atoms.intern("word", letter): ONE})


def _added(parts: Iterable[Matrix]) -> Matrix:
    total = Matrix({})
    for part in parts:
        total = total + part
    return total


def _units(nf: Images, size: Term) -> list[int]:
    return [nf.atoms.intern("basis", str(k)) for k in range(int(size))]


def unit(nf: Images, place: Residue) -> int:
    """The vector with 1 at a place and 0 elsewhere."""
    value = nf.atoms.reduced(place.size, place.value)
    constant = value.constant()
    if constant is not None and place.size.isdigit():  # it is reduced
        return nf.atoms.intern("basis", str(constant))
    return nf.atoms.intern("unit", Residue(place.size, value))


def identity(nf: Images, size: Term) -> Matrix:
    if is_written(size):
        return _added(Matrix({nf.atoms.intern("outer", e, e): ONE}) for e in _units(nf, size))
    return Matrix({nf.atoms.intern("word"): ONE})


# -------------------------------------------------------------- vectors


def chain(nf: Images, index: int) -> tuple[Word, int]:
    """The word and the vector to which it is applied."""
    row = _row(nf, index)
    return (letters(row)[:-1], letters(row)[-1]) if row.head == "act" else ((), index)


def _raw(nf: Images, word: Word, base: int) -> int:
    return nf.atoms.intern("act", *word, base) if word else base


def applied(nf: Images, word: Word, base: int) -> Vector:
    """A word applied to a vector atom."""
    word = shortened(nf, word)
    if joint(nf, word) is not None:
        return act(nf, multiplied(nf, word), Vector({base: ONE}))
    onto = ONTO.get(_row(nf, base).head) if word else None
    image = onto(nf, _row(nf, word[-1]), _row(nf, base)) if onto else None
    if image is not None:
        return act_word(nf, word[:-1], image)
    return spread(nf, _raw(nf, word, base))


def multiplied(nf: Images, word: Word) -> Matrix:
    """The product of letters: a word, or what becomes of it where two of them are not one."""
    word = shortened(nf, word)
    at = joint(nf, word)
    if at is None:
        return Matrix({nf.atoms.intern("word", *word): ONE})
    place, value = at
    before, after = (
        Matrix({nf.atoms.intern("word", *part): ONE}) for part in (word[:place], word[place + 2 :])
    )
    value = product(nf, before, value) if place else value
    value = product(nf, value, after) if place + 2 < len(word) else value
    return value


def spread(nf: Images, index: int) -> Vector:
    """A vector atom, by coordinates if its size is written out."""
    size = size_of(nf, index)
    if not is_written(size):
        return Vector({index: ONE})
    coordinates = {e: inner_of(nf, e, index) for e in _units(nf, size)}
    return Vector({e: c for e, c in coordinates.items() if c.over})


def inner_of(nf: Images, i: int, j: int) -> Scalar:
    """⟨Au, Bv⟩ of two vector atoms: ⟨u, AᵀBv⟩ = ⟨v, BᵀAu⟩, split in the middle."""
    (left, u), (right, v) = chain(nf, i), chain(nf, j)
    word = shortened(nf, backwards(nf, left) + right) if left or right else ()
    if word and joint(nf, word) is not None:
        return nf.inner(Vector({u: ONE}), applied(nf, word, v))
    back = backwards(nf, word)
    for one, path, other in ((u, word, v), (v, back, u)) if word else ():
        onto = ONTO.get(_row(nf, other).head)
        if onto and (image := onto(nf, _row(nf, path[-1]), _row(nf, other))) is not None:
            return nf.inner(Vector({one: ONE}), act_word(nf, path[:-1], image))
    if (v, back, u) < (u, word, v):
        u, word, v = v, back, u
    ends = [_row(nf, end) for end in (u, v)]
    if all(row.head in ("basis", "unit") for row in ends):
        if not word:
            return _delta(nf, *ends)
        letter, row = word[0], _row(nf, word[0])
        if row.head == "transposed":
            letter, ends = letters(row)[0], ends[::-1]
        entry = ENTRIES.get(_row(nf, letter).head)
        if len(word) == 1 and entry is not None:
            places = map(_place, ends, sizes(nf, letter))
            return entry(nf, _row(nf, letter), *places)
    reading = None if word else INNERS.get((ends[0].head, ends[1].head))
    value = reading(nf, *ends) if reading else None
    if value is not None:
        return value
    half = len(word) // 2
    first, second = _raw(nf, backwards(nf, word[:half]), u), _raw(nf, word[half:], v)
    return atom(nf.atoms.intern("inner", min(first, second), max(first, second)))


def _place(row: Atom, size: str) -> Residue:
    """The place at which a unit vector of the size has its 1."""
    if row.head == "basis":
        return Residue(size, number(int(str(row.arguments[0]))))
    return cast(Residue, row.arguments[0])


def _delta(nf: Images, left: Atom, right: Atom) -> Scalar:
    if left.head == right.head == "basis":
        return ONE if left.arguments == right.arguments else ZERO
    size = cast(Residue, (left if left.head == "unit" else right).arguments[0]).size
    a, b = _place(left, size), _place(right, size)
    return nf.equal(Residue(size, a.value - b.value))


def _entry(nf: Images, name: Atom, row: Residue, column: Residue) -> Scalar:
    """The entry of a matrix that has a name."""
    return atom(nf.atoms.intern("entry", name.arguments[0], row, column))


ENTRIES["name"] = _entry


# -------------------------------------------------------------- matrices


def moved_out(nf: Images, moves: Callable[[int], bool], index: int) -> tuple[Word, int]:
    """The letters before the first that does not move, and what they are applied to."""
    word, base = chain(nf, index)
    first = [*map(moves, word), False].index(False)
    return word[:first], _raw(nf, word[first:], base)


def act_word(nf: Images, word: Word, vector: Vector) -> Vector:
    """A word applied to a vector."""
    total = Vector({})
    for place, weight in vector.parts.items():
        inside, base = chain(nf, place)
        total = total + applied(nf, word + inside, base).scaled(weight)
    return total


def act(nf: Images, matrix: Matrix, vector: Vector) -> Vector:
    """A matrix applied to a vector."""
    total = Vector({})
    for index, factor in matrix.parts.items():
        row = _row(nf, index)
        if row.head == "outer":
            u, v = letters(row)
            part = Vector({u: nf.inner(Vector({v: ONE}), vector)})
        else:
            part = act_word(nf, letters(row), vector)
        total = total + part.scaled(factor)
    return total


def outer(nf: Images, left: Vector, right: Vector) -> Matrix:
    """u vᵀ."""
    return Matrix(
        {
            nf.atoms.intern("outer", i, j): c * e
            for i, c in left.parts.items()
            for j, e in right.parts.items()
        }
    )


def transposed(nf: Images, matrix: Matrix) -> Matrix:
    total = Matrix({})
    for index, factor in matrix.parts.items():
        row = _row(nf, index)
        word = letters(row)
        turned = word[::-1] if row.head == "outer" else shortened(nf, backwards(nf, word))
        total = total + Matrix({nf.atoms.intern(row.head, *turned): factor})
    return total


def product(nf: Images, left: Matrix, right: Matrix) -> Matrix:
    """The product of two matrices."""
    total, back = Matrix({}), transposed(nf, right)
    for i, factor in left.parts.items():
        row = nf.atoms.rows[i]
        if row.head == "outer":
            u, v = letters(row)
            rest = act(nf, back, Vector({v: ONE}))
            total = total + outer(nf, Vector({u: ONE}), rest).scaled(factor)
            continue
        for j, weight in right.parts.items():
            other = nf.atoms.rows[j]
            if other.head == "outer":
                u, v = letters(other)
                image = act(nf, Matrix({i: ONE}), Vector({u: ONE}))
                part = outer(nf, image, Vector({v: ONE}))
            else:
                part = multiplied(nf, letters(row) + letters(other))
            total = total + part.scaled(factor * weight)
    return total


def _own(nf: Images, letter: int) -> int:
    """A symmetric inverse or power is its own transpose."""
    inside = cast(Matrix, _row(nf, letter).arguments[1])
    is_symmetric = nf.atoms.is_zero(inside - transposed(nf, inside))
    return letter if is_symmetric else nf.atoms.intern("transposed", letter)


FLIPPED |= {"inverse": _own, "matrix power": _own}
