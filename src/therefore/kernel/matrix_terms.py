"""The operations on matrices and vectors of any size, as they enter the tables of the core.

| term | what it is | shapes |
| --- | --- | --- |
| matmul A B | the product | (m×k)(k×n) → m×n, (m×k)·k → m |
| transpose A | Aᵀ | m×n → n×m |
| inverse A | A⁻¹, with the obligation "A is invertible" | n×n → n×n |
| identity n, zero m n | I, 0 | n×n, m×n |
| outer u v | u vᵀ | m, n → m×n |
| unit n i | 1 at the place i, 0 elsewhere | i modulo n → n |
| entry v i, entry A i j | an entry | i modulo n → a number |
"""

from __future__ import annotations

from typing import cast

from . import words
from .atoms import Matrix, Residue, Vector
from .binders import Names, mentions, open_binder
from .calculus import CONTINUOUS
from .data import Term
from .differential import CHANGES, Change
from .errors import Rejected
from .formulas import FORMULAS
from .grids import grid
from .images import IMAGES, Images, Value
from .inverses import inverse, product
from .normal import FORMS, Normaliser
from .polynomials import Scalar
from .proofs import OBLIGATIONS
from .reduction import PARTIAL
from .signs import ANY, POSITIVE, SIGNS_OF_ATOMS, Inspection
from .size_terms import SIZES, settled_size
from .sorts import check_size, check_sort
from .typed import SIGNATURES, check_value, coerced, sort_of

__all__: list[str] = []


# -------------------------------------------------------------- sorts


def _of_kind(names: Names, term: Term, kind: str) -> Term:
    sort = sort_of(term, names)
    if sort[0] != kind:
        raise Rejected("ILL_TYPED", f"not a {kind}: {term}")
    return sort


def _square(names: Names, term: Term) -> Term:
    sort = _of_kind(names, term, "matrix")
    if sort[1] != sort[2]:
        raise Rejected("ILL_TYPED", f"not a square matrix: {term}")
    return sort


def _matmul_sort(names: Names, left: Term, right: Term) -> Term:
    first, second = _of_kind(names, left, "matrix"), sort_of(right, names)
    if second[0] not in ("matrix", "vector") or first[2] != second[1]:
        raise Rejected("ILL_TYPED", "a product of matrices whose sizes do not fit")
    return (second[0], first[1], *second[2:])


def _transpose_sort(names: Names, term: Term) -> Term:
    _, rows, columns = _of_kind(names, term, "matrix")
    return ("matrix", columns, rows)


def _identity_sort(names: Names, size: Term) -> Term:
    check_size(size, names)
    return ("matrix", size, size)


def _outer_sort(names: Names, left: Term, right: Term) -> Term:
    return ("matrix", _of_kind(names, left, "vector")[1], _of_kind(names, right, "vector")[1])


def _zero_sort(names: Names, rows: Term, columns: Term) -> Term:
    check_size(rows, names)
    check_size(columns, names)
    return ("matrix", rows, columns)


def _unit_sort(names: Names, size: Term, place: Term) -> Term:
    check_sort(("residue", size), names)
    check_value(place, ("residue", size), names)
    return ("vector", size)


def _entry_sort(names: Names, whole: Term, *places: Term) -> Term:
    sort = _of_kind(names, whole, "matrix" if len(places) == 2 else "vector")
    for place, size in zip(places, sort[1:], strict=True):
        check_sort(("residue", size), names)
        check_value(place, ("residue", size), names)
    return "real"


def _number_of_square(names: Names, term: Term) -> Term:
    _square(names, term)
    return "real"


def _is_size(seen: Inspection, index: int) -> bool:
    """Whether an atom is a member of a sequence of sizes."""
    return bool(seen.normal.names[str(seen.atoms.rows[index].arguments[0])] == SIZES)


SIGNATURES.update({
    ("matmul", 2): _matmul_sort, ("transpose", 1): _transpose_sort, ("inverse", 1): _square,
    ("identity", 1): _identity_sort, ("outer", 2): _outer_sort, ("zero", 2): _zero_sort,
    ("unit", 2): _unit_sort, ("entry", 2): _entry_sort, ("entry", 3): _entry_sort,
    ("trace", 1): _number_of_square, ("det", 1): _number_of_square,
})  # fmt: skip
SIGNS_OF_ATOMS["app"] = lambda seen, index: POSITIVE if _is_size(seen, index) else ANY
FORMULAS["invertible", 1] = _square
OBLIGATIONS["inverse"] = lambda matrix: ("invertible", matrix)
PARTIAL.add("inverse")
CONTINUOUS.update(("matmul", "transpose", "outer", "rows", "row", "entry", "inverse"))


# -------------------------------------------------------------- normal forms


def _matmul(nf: Normaliser, left: Term, right: Term) -> Value:
    first, second = nf.matrix(left), nf.value(right)
    if isinstance(second, Matrix):
        return product(nf, first, second)
    return words.act(nf, first, cast(Vector, second))


def _place(nf: Normaliser, place: Term, size: Term) -> Residue:
    if not isinstance(size, str):
        raise Rejected("UNSUPPORTED", "an entry of a matrix whose sizes depend on an index")
    return Residue(size, nf.scalar(coerced(place, ("residue", size), nf.names)))


def _unit(nf: Normaliser, size: str, place: Term) -> Value:
    return words.spread(nf, words.unit(nf, _place(nf, place, size)))


def _zero(nf: Normaliser, *sizes: str) -> Value:
    return Matrix({}) if len(sizes) == 2 else Vector({})


def _rows(nf: Normaliser, *rows: Term) -> Value:
    return _written(nf, [[nf.scalar(entry) for entry in row[1:]] for row in rows])


def _lambda(nf: Normaliser, rows: str, columns: str, body: Term) -> Value:
    if not (words.is_written(rows) and words.is_written(columns)):
        return grid(nf, rows, columns, body)
    return _written(nf, [
        [
            nf.scalar(open_binder(body, ("mod", rows, str(i)), ("mod", columns, str(j))))
            for j in range(int(columns))
        ]
        for i in range(int(rows))
    ])  # fmt: skip


def _written(nf: Normaliser, grid: list[list[Scalar]]) -> Matrix:
    total = Matrix({})
    for i, row in enumerate(grid):
        for j, entry in enumerate(row):
            ends = (nf.atoms.intern("basis", str(k)) for k in (i, j))
            total = total + Matrix({nf.atoms.intern("outer", *ends): entry})
    return total


def _inverse(nf: Normaliser, matrix: Term) -> Value:
    return inverse(nf, sort_of(matrix, nf.names)[1], nf.matrix(matrix))


def _entry(nf: Normaliser, whole: Term, *at: Term) -> Value:
    sort = sort_of(whole, nf.names)
    if sort[0] == "vector":
        place = words.spread(nf, words.unit(nf, _place(nf, at[0], sort[1])))
        return nf.inner(place, nf.vector(whole))
    i, j = (coerced(k, ("residue", n), nf.names) for k, n in zip(at, sort[1:], strict=True))
    head = whole[0] if isinstance(whole, tuple) else ""
    if head == "matrix":
        return nf.value(open_binder(whole[3], i, j))
    if head in ("+", "-", "*", "/"):
        spread = (
            ("entry", part, i, j) if sort_of(part, nf.names)[0] == "matrix" else part
            for part in whole[1:]
        )
        return nf.value((head, *spread))
    if head == "transpose":
        return nf.value(("entry", whole[1], j, i))
    if head == "sum":
        return nf.value((*whole[:3], ("entry", whole[3], i, j)))
    if head == "power" and not words.is_written(sort[1]):
        whole = _unrolled(nf, whole)
        head = whole[0]
    if head == "matmul" and not (words.is_written(sort[1]) and words.is_written(sort[2])):
        inner = ("*", ("entry", whole[1], i, "#0"), ("entry", whole[2], "#0", j))
        return nf.value(("sum_mod", sort_of(whole[1], nf.names)[2], inner))
    places = (_place(nf, k, n) for k, n in zip((i, j), sort[1:], strict=True))
    row, column = (words.spread(nf, words.unit(nf, place)) for place in places)
    return nf.inner(row, words.act(nf, nf.matrix(whole), column))


def _unrolled(nf: Normaliser, power: Term) -> Term:
    """A^{p+1} as A·A^p, where p is seen not to be negative."""
    lower = ("+", power[2], "-1")
    if nf.sign(nf.scalar(lower)) <= {0, 1}:
        return ("matmul", power[1], ("power", power[1], lower))
    return power


FORMS.update({
    "matmul": _matmul, "inverse": _inverse, "unit": _unit, "zero": _zero, "rows": _rows,
    "matrix": _lambda, "entry": _entry,
    "identity": lambda nf, size: words.identity(nf, settled_size(size)),
    "transpose": lambda nf, matrix: words.transposed(nf, nf.matrix(matrix)),
    "outer": lambda nf, left, right: words.outer(nf, nf.vector(left), nf.vector(right)),
})  # fmt: skip


def _image_of_word(nf: Images, *parts: Matrix) -> Value:
    total = parts[0]
    for part in parts[1:]:
        total = product(nf, total, part)
    return total


def _image_of_act(nf: Images, *parts: Value) -> Value:
    *matrices, vector = parts
    for matrix in reversed(matrices):
        vector = words.act(nf, cast(Matrix, matrix), cast(Vector, vector))
    return vector


IMAGES.update({
    "word": _image_of_word, "act": _image_of_act, "outer": words.outer, "inverse": inverse,
    "transposed": words.transposed,
    "unit": lambda nf, place: words.spread(nf, words.unit(nf, place)),
})  # fmt: skip


# -------------------------------------------------------------- differentials


def _change_of_entry(change: Change, whole: Term, *places: Term) -> Term:
    if any(mentions(place, change.name) for place in places):
        raise Rejected("NOT_SMOOTH", "an index that moves")
    return ("entry", change(whole), *places)


CHANGES.update({
    "matmul": lambda change, a, b: ("+", ("matmul", change(a), b), ("matmul", a, change(b))),
    "outer": lambda change, u, v: ("+", ("outer", change(u), v), ("outer", u, change(v))),
    "transpose": lambda change, a: ("transpose", change(a)),
    "inverse": lambda change, a: (
        "-", ("matmul", ("matmul", ("inverse", a), change(a)), ("inverse", a)),
    ),
    "rows": lambda change, *rows: ("rows", *(("row", *map(change, row[1:])) for row in rows)),
    "entry": _change_of_entry,
})  # fmt: skip
