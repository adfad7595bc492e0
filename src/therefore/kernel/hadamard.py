"""Hadamard products: A ∘ B, entry by entry, of matrices or vectors of any size.

| term | what it is | shapes |
| --- | --- | --- |
| hadamard A B | A_ij B_ij in the row i and the column j | m×n, m×n → m×n |
| hadamard u v | u_i v_i in the place i | n, n → n |

By entries, ∘ is linear in each factor, commutative and associative, (A ∘ B)ᵀ = Aᵀ ∘ Bᵀ, and
(u vᵀ) ∘ (x yᵀ) = (u ∘ x)(v ∘ y)ᵀ. I ∘ A is diagonal, so I ∘ A = I ∘ Aᵀ and I ∘ I = I. Of vectors,
e_i ∘ u = u_i e_i. tr(Aᵀ(B ∘ C)) is the sum of the entries of A ∘ B ∘ C, whatever their order; that
of the entries of I ∘ A is tr(A), and that of (u vᵀ) ∘ A is ⟨u, A v⟩. A letter is a product of words
and of outer products, in order. Source: Horn and Johnson, Topics in Matrix Analysis, 5.1.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import product as choices
from typing import TYPE_CHECKING, cast

from .atoms import Atom, Matrix, Vector
from .binders import Names
from .blocks import named_sizes
from .calculus import CONTINUOUS
from .data import Term
from .differential import CHANGES
from .errors import Rejected
from .images import IMAGES
from .letters import FLIPPED, SHAPES, SORTS
from .normal import FORMS, Normaliser
from .polynomials import ONE, ZERO, Scalar, atom
from .traces import TRACES, trace
from .typed import SIGNATURES, sort_of
from .words import Word, act, inner_of, letters, multiplied, of_letter, outer, transposed

if TYPE_CHECKING:
    from .images import Images

__all__ = ["hadamard"]

Shape = tuple[Term, ...]


def _sort(names: Names, left: Term, right: Term) -> Term:
    sort = sort_of(left, names)
    if sort[0] not in ("vector", "matrix") or sort != sort_of(right, names):
        raise Rejected("ILL_TYPED", "a Hadamard product is of two matrices of one shape")
    return sort


def hadamard(nf: Images, shape: Shape, *values: Vector) -> Vector:
    """The product of matrices, or of vectors, by the parts of which they are sums."""
    join = _of_words if len(shape) == 2 else _of_vectors
    total = type(values[0])({})
    for chosen in choices(*(list(value.parts.items()) for value in values)):
        weight = ONE
        for _, factor in chosen:
            weight = weight * factor
        part = join(nf, shape, [index for index, _ in chosen])
        total = total + part.scaled(weight)
    return total


def _flat(nf: Images, head: str, indices: list[int]) -> list[int]:
    """The factors, those of products among them one by one, in order."""
    found: list[int] = []
    for index in indices:
        row = nf.atoms.rows[index]
        if row.head == "word" and len(row.arguments) == 1:
            row = nf.atoms.rows[letters(row)[0]]
        is_product = row.head == head
        found += cast("list[int]", list(row.arguments[1:])) if is_product else [index]
    return sorted(found)


def _of_words(nf: Images, shape: Shape, indices: list[int]) -> Vector:
    """The product of words and of outer products; those of outer products are multiplied out."""
    flat = _flat(nf, "hadamard", indices)
    if any(_is_identity(nf, index) for index in flat):
        rest = [min(index, _turned(nf, index)) for index in flat if not _is_identity(nf, index)]
        flat = [next(index for index in flat if _is_identity(nf, index)), *sorted(rest)]
    ends = [letters(nf.atoms.rows[index]) for index in flat if _is_outer(nf, index)]
    words = [index for index in flat if not _is_outer(nf, index)]
    if not ends:
        return _letter(nf, shape, words)
    pairs = ([pair[k] for pair in ends] for k in (0, 1))
    sides = [_of_vectors(nf, (n,), side) for n, side in zip(shape, pairs, strict=True)]
    total = Matrix({})
    for index, factor in outer(nf, *sides).parts.items():
        total = total + _letter(nf, shape, [*words, index]).scaled(factor)
    return total


def _letter(nf: Images, shape: Shape, indices: list[int]) -> Matrix:
    if len(indices) == 1:
        return Matrix({indices[0]: ONE})
    return of_letter(nf, nf.atoms.intern("hadamard", cast(str, shape), *sorted(indices)))


def _is_identity(nf: Images, index: int) -> bool:
    row = nf.atoms.rows[index]
    return row.head == "word" and not row.arguments


def _is_outer(nf: Images, index: int) -> bool:
    return nf.atoms.rows[index].head == "outer"


def _turned(nf: Images, index: int) -> int:
    return next(iter(transposed(nf, Matrix({index: ONE})).parts))


def _flipped(nf: Images, letter: int) -> int:
    shape, *indices = nf.atoms.rows[letter].arguments
    turned = [_turned(nf, cast(int, index)) for index in indices]
    rows, columns = cast("tuple[Term, Term]", shape)
    product = _of_words(nf, (columns, rows), turned)
    return letters(nf.atoms.rows[next(iter(product.parts))])[0]


def _of_vectors(nf: Images, shape: Shape, indices: list[int]) -> Vector:
    """The product of vector atoms; e_i ∘ u = u_i e_i."""
    flat = _flat(nf, "hadamard vector", indices)
    units = [index for index in flat if nf.atoms.rows[index].head in ("basis", "unit")]
    if not units:
        if len(flat) > 1:
            flat = [nf.atoms.intern("hadamard vector", cast(str, shape), *flat)]
        return Vector({flat[0]: ONE})
    first, weight = units[0], ONE
    flat.remove(first)
    for index in flat:
        weight = weight * inner_of(nf, first, index)
    return Vector({first: weight} if weight.over else {})


# ------------------------------------------------------------------ traces


def _trace(nf: Images, word: Word) -> Scalar | None:
    """tr(W H) is the sum of the entries of Wᵀ ∘ H, where H is the only product in the word."""
    places = [k for k, letter in enumerate(word) if nf.atoms.rows[letter].head == "hadamard"]
    if len(places) > 1:
        return None
    (place,) = places
    shape, *indices = nf.atoms.rows[word[place]].arguments
    rest = transposed(nf, multiplied(nf, word[place + 1 :] + word[:place]))
    factors = (Matrix({cast(int, index): ONE}) for index in indices)
    return _sum_of_entries(nf, cast(Shape, shape), rest, *factors)


def _sum_of_entries(nf: Images, shape: Shape, *factors: Matrix) -> Scalar:
    """Σ of the entries of a product: tr(A) of I ∘ A, ⟨u, A v⟩ of A ∘ u vᵀ, else an atom."""
    total = ZERO
    for index, weight in hadamard(nf, shape, *factors).parts.items():
        parts = _flat(nf, "hadamard", [index])
        ends = next((letters(nf.atoms.rows[k]) for k in parts if _is_outer(nf, k)), ())
        if ends:
            parts = [k for k in parts if not _is_outer(nf, k)]
            u, v = (Vector({end: ONE}) for end in ends)
            one = nf.inner(u, act(nf, _letter(nf, shape, parts), v))
        elif len(parts) == 2 and any(_is_identity(nf, k) for k in parts):
            other = next(k for k in parts if not _is_identity(nf, k))
            one = trace(nf, shape[0], Matrix({other: ONE}))
        else:
            ways = (parts, shape), (sorted(_turned(nf, k) for k in parts), shape[::-1])
            least, sizes = min(ways, key=lambda way: way[0])
            one = atom(nf.atoms.intern("entries", cast(str, sizes), *least))
        total = total + one * weight
    return total


# ------------------------------------------------------------------ entered


def _form(nf: Normaliser, left: Term, right: Term) -> Vector:
    sort = sort_of(left, nf.names)
    values = (cast(Vector, nf.value(side)) for side in (left, right))
    return hadamard(nf, named_sizes(*sort[1:]), *values)


def _change(change: Callable[[Term], Term], left: Term, right: Term) -> Term:
    return ("+", ("hadamard", change(left), right), ("hadamard", left, change(right)))


def _shape(row: Atom) -> tuple[Term, Term]:
    return cast("tuple[Term, Term]", row.arguments[0])


SORTS["hadamard"], SORTS["hadamard vector"] = ("matrix",), ("vector",)
SHAPES |= {"hadamard": _shape, "hadamard vector": _shape}
FLIPPED["hadamard"] = _flipped
SIGNATURES["hadamard", 2] = _sort
FORMS["hadamard"] = _form
IMAGES |= {"hadamard": hadamard, "hadamard vector": hadamard, "entries": _sum_of_entries}
TRACES["hadamard"] = _trace
CHANGES["hadamard"] = _change
CONTINUOUS.add("hadamard")
