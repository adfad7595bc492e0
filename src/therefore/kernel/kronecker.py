"""Kronecker products, and matrices as vectors: A ⊗ B and vec A, of any sizes.

| term | what it is | shapes |
| --- | --- | --- |
| kronecker A B | A_ij B_kl in the row (i, k) and the column (j, l) | m×n, p×q → mp×nq |
| kronecker u v | u_i v_k in the place (i, k) | m, p → mp |
| vec A | the columns of A, one below the other | m×n → nm |

The place (i, k) of m·p is i·p + k, so that vec(A) has A_ki in the place (i, k), and u ⊗ v is
vec(v uᵀ). By entries, ⊗ is linear in each factor and associative; (A ⊗ B)ᵀ = Aᵀ ⊗ Bᵀ;
(A ⊗ B)(C ⊗ D) = AC ⊗ BD where A has as many columns as C has rows, and B as D;
(A ⊗ B) vec X = vec(B X Aᵀ); ⟨vec A, vec B⟩ = tr(AᵀB) for A and B of one shape; and tr(A ⊗ B) is
tr(A)·tr(B) for square A and B, the sum of A_ii B_kk. For square A and B,
A ⊗ B has an inverse only if both have, as its rank is the product of theirs, and it is A⁻¹ ⊗ B⁻¹.
A letter is a product of words and of outer products, each with its sizes; what is 1×1 is a number
and stands in no product. Source: Horn and Johnson, Topics in Matrix Analysis, 4.2 and 4.3.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
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
from .inverses import inverse
from .letters import FLIPPED, INVERSES, JOINED, ONTO, SHAPES, SORTS
from .normal import FORMS, Normaliser
from .polynomials import ONE, Scalar
from .size_terms import settled_size
from .traces import TRACES, trace
from .typed import SIGNATURES, sort_of
from .words import (
    INNERS,
    Word,
    identity,
    is_written,
    letters,
    of_letter,
    outer,
    product,
    transposed,
)

if TYPE_CHECKING:
    from .images import Images

__all__ = ["kronecker", "vec"]

Shape = tuple[Term, Term]
Factor = tuple[Shape, Matrix]


def _times(sizes: Iterable[Term]) -> Term:
    parts = tuple(sizes)
    return settled_size(("*", *parts) if len(parts) > 1 else parts[0])


def _sort(names: Names, left: Term, right: Term) -> Term:
    sorts = sort_of(left, names), sort_of(right, names)
    if sorts[0][0] != sorts[1][0] or sorts[0][0] not in ("vector", "matrix"):
        raise Rejected("ILL_TYPED", "a Kronecker product is of two matrices or of two vectors")
    return (sorts[0][0], *(_times(pair) for pair in zip(sorts[0][1:], sorts[1][1:], strict=True)))


def _sort_of_vec(names: Names, matrix: Term) -> Term:
    sort = sort_of(matrix, names)
    if sort[0] != "matrix":
        raise Rejected("ILL_TYPED", f"not a matrix: {matrix}")
    return ("vector", _times((sort[2], sort[1])))


# ------------------------------------------------------------------ products


def kronecker(nf: Images, factors: list[Factor]) -> Matrix:
    """The product of matrices of these shapes, by the parts of which they are sums."""
    total = Matrix({})
    for chosen in choices(*(list(matrix.parts.items()) for _, matrix in factors)):
        weight = ONE
        for _, factor in chosen:
            weight = weight * factor
        parts = [(shape, index) for (shape, _), (index, _) in zip(factors, chosen, strict=True)]
        total = total + _of_atoms(nf, parts).scaled(weight)
    return total


def _of_atoms(nf: Images, parts: list[tuple[Shape, int]]) -> Matrix:
    """The product of words and of outer products."""
    nf.atoms.spend()
    flat: list[tuple[Shape, int]] = []
    for shape, index in parts:
        row = nf.atoms.rows[index]
        first = nf.atoms.rows[letters(row)[0]] if row.head == "word" and row.arguments else row
        if first.head == "kronecker" and len(row.arguments) == 1:
            flat += _factors(first)
        elif shape != ("1", "1"):
            flat.append((shape, index))
    if not flat:
        return identity(nf, "1")
    if len(flat) == 1:
        return of_letter(nf, flat[0][1])
    rows = [nf.atoms.rows[index] for _, index in flat]
    if all(row.head == "outer" for row in rows):
        ends = zip(*(letters(row) for row in rows), strict=True)
        sides = [
            _of_vectors(nf, [(shape[k], end) for (shape, _), end in zip(flat, side, strict=True)])
            for k, side in enumerate(ends)
        ]
        return outer(nf, *sides)
    shapes = tuple(shape for shape, _ in flat)
    if not any(row.arguments for row in rows):
        return identity(nf, _times(shape[0] for shape in shapes))
    letter = nf.atoms.intern("kronecker", cast(str, shapes), *(index for _, index in flat))
    return of_letter(nf, letter)


def _factors(row: Atom) -> list[tuple[Shape, int]]:
    shapes, *indices = row.arguments
    return list(zip(cast("tuple[Shape, ...]", shapes), cast("list[int]", indices), strict=True))


def _matrices(row: Atom) -> list[Factor]:
    return [(shape, Matrix({index: ONE})) for shape, index in _factors(row)]


def _shape(row: Atom) -> Shape:
    shapes = cast("tuple[Shape, ...]", row.arguments[0])
    return _times(shape[0] for shape in shapes), _times(shape[1] for shape in shapes)


def _flipped(nf: Images, letter: int) -> int:
    shapes, *indices = nf.atoms.rows[letter].arguments
    turned = tuple((n, m) for m, n in cast("tuple[Shape, ...]", shapes))
    backs = (transposed(nf, Matrix({cast(int, index): ONE})) for index in indices)
    return nf.atoms.intern("kronecker", cast(str, turned), *(next(iter(m.parts)) for m in backs))


def _mixed(nf: Images, left: Atom, right: Atom) -> Matrix | None:
    """(A ⊗ B)(C ⊗ D) = AC ⊗ BD, where the sizes fit one by one."""
    pairs = list(zip(_matrices(left), _matrices(right), strict=False))
    if len(left.arguments) != len(right.arguments) or any(a[0][1] != b[0][0] for a, b in pairs):
        return None
    return kronecker(nf, [((a[0][0], b[0][1]), product(nf, a[1], b[1])) for a, b in pairs])


def _inverse(nf: Images, row: Atom) -> Matrix | None:
    """(A ⊗ B)⁻¹ = A⁻¹ ⊗ B⁻¹ for square A and B."""
    factors = _matrices(row)
    if any(m != n for (m, n), _ in factors):
        return None
    return kronecker(nf, [(shape, inverse(nf, shape[0], one)) for shape, one in factors])


# ------------------------------------------------------------------ vectors


def _of_vectors(nf: Images, parts: list[tuple[Term, int]]) -> Vector:
    """u ⊗ v ⊗ …, for vector atoms of these sizes: vec(v uᵀ), the first factors taken together."""
    flat: list[tuple[Term, int]] = []
    for size, index in parts:
        flat += _tensors(nf, size, index) if size != "1" else []
    if not flat:
        return Vector({nf.atoms.intern("basis", "0"): ONE})
    size, index = flat[0]
    for other, end in flat[1:]:
        whole, rows = _times((size, other)), [nf.atoms.rows[k] for k in (index, end)]
        if is_written(whole):
            first, second = (int(str(row.arguments[0])) for row in rows)
            index = nf.atoms.intern("basis", str(first * int(other) + second))
        else:
            matrix = nf.atoms.intern("outer", end, index)
            index = nf.atoms.intern("vec", cast(str, (other, size)), matrix)
        size = whole
    return Vector({index: ONE})


def _tensors(nf: Images, size: Term, index: int) -> list[tuple[Term, int]]:
    """The factors of a vector atom."""
    row = nf.atoms.rows[index]
    if row.head == "vec":
        (m, n), inside = cast(Shape, row.arguments[0]), cast(int, row.arguments[1])
        if nf.atoms.rows[inside].head == "outer":
            second, first = letters(nf.atoms.rows[inside])
            return [*_tensors(nf, n, first), (m, second)]
    return [(size, index)]


def vec(nf: Images, shape: Shape, matrix: Matrix) -> Vector:
    """The columns of a matrix, one below the other."""
    total = Vector({})
    for index, factor in matrix.parts.items():
        row = nf.atoms.rows[index]
        if row.head == "outer":
            second, first = letters(row)
            one = _of_vectors(nf, [(shape[1], first), (shape[0], second)])
        else:
            one = Vector({nf.atoms.intern("vec", cast(str, shape), index): ONE})
        total = total + one.scaled(factor)
    return total


def _inside(row: Atom) -> tuple[Shape, Matrix]:
    return cast(Shape, row.arguments[0]), Matrix({cast(int, row.arguments[1]): ONE})


def _image_of_vec(nf: Images, letter: Atom, row: Atom) -> Vector | None:
    """(A ⊗ B) vec X = vec(B X Aᵀ), where the sizes fit."""
    (m, n), matrix = _inside(row)
    factors = _matrices(letter) if letter.head == "kronecker" else []
    for k in range(1, len(factors)):
        halves = [
            (_times(s[0] for s, _ in half), _times(s[1] for s, _ in half), kronecker(nf, half))
            for half in (factors[:k], factors[k:])
        ]
        (rows, inner, left), (others, outside, right) = halves
        if (inner, outside) == (n, m):
            image = product(nf, product(nf, right, matrix), transposed(nf, left))
            return vec(nf, (others, rows), image)
    return None


def _inner(nf: Images, left: Atom, right: Atom) -> Scalar | None:
    """⟨vec A, vec B⟩ = tr(AᵀB), for matrices of one shape."""
    (shape, a), (other, b) = _inside(left), _inside(right)
    return trace(nf, shape[1], product(nf, transposed(nf, a), b)) if shape == other else None


def _trace(nf: Images, word: Word) -> Scalar | None:
    """tr(A ⊗ B) = tr(A) tr(B), for square A and B."""
    factors = _matrices(nf.atoms.rows[word[0]]) if len(word) == 1 else []
    if not factors or any(m != n for (m, n), _ in factors):
        return None
    total = ONE
    for (size, _), matrix in factors:
        total = total * trace(nf, size, matrix)
    return total


# ------------------------------------------------------------------ entered


def _form(nf: Normaliser, left: Term, right: Term) -> Vector:
    sorts = [sort_of(side, nf.names) for side in (left, right)]
    values = [nf.value(side) for side in (left, right)]
    for sort in sorts:
        named_sizes(*sort[1:])
    if sorts[0][0] == "vector":
        inside = outer(nf, cast(Vector, values[1]), cast(Vector, values[0]))
        return vec(nf, (sorts[1][1], sorts[0][1]), inside)
    return kronecker(nf, [
        ((sort[1], sort[2]), cast(Matrix, value)) for sort, value in zip(sorts, values, strict=True)
    ])  # fmt: skip


def _form_of_vec(nf: Normaliser, matrix: Term) -> Vector:
    sort = sort_of(matrix, nf.names)
    return vec(nf, cast(Shape, named_sizes(*sort[1:])), nf.matrix(matrix))


def _change(change: Callable[[Term], Term], left: Term, right: Term) -> Term:
    return ("+", ("kronecker", change(left), right), ("kronecker", left, change(right)))


SORTS["kronecker"], SORTS["vec"] = ("matrix",), ("vector",)
SHAPES["kronecker"] = _shape
SHAPES["vec"] = lambda row: (_times(cast(Shape, row.arguments[0])[::-1]), "1")
FLIPPED["kronecker"] = _flipped
INVERSES["kronecker"] = _inverse
JOINED["kronecker", "kronecker"] = _mixed
ONTO["vec"] = _image_of_vec
INNERS["vec", "vec"] = _inner
TRACES["kronecker"] = _trace
SIGNATURES |= {("kronecker", 2): _sort, ("vec", 1): _sort_of_vec}
FORMS |= {"kronecker": _form, "vec": _form_of_vec}
IMAGES["kronecker"] = lambda nf, shapes, *parts: kronecker(nf, [*zip(shapes, parts, strict=True)])
IMAGES["vec"] = vec
CHANGES |= {"kronecker": _change, "vec": lambda change, a: ("vec", change(a))}
CONTINUOUS.update(("kronecker", "vec"))
