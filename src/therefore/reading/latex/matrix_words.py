"""What sentences say of matrices in words: symmetric, invertible, orthogonal, of full rank …

The words are definitions: each becomes the formula that it stands for. A projection is any P with
PP = P, an orthogonal projection a symmetric one; what is positive definite is symmetric.
"""

from __future__ import annotations

from therefore.goal import Term
from therefore.kernel.terms import close
from therefore.reading.latex.complexes import is_complex
from therefore.reading.latex.errors import Ambiguous, Unreadable
from therefore.reading.latex.names import Names, described
from therefore.reading.latex.tokens import Place
from therefore.reading.latex.values import Value, kind_of
from therefore.reading.latex.words import words

__all__ = [
    "BESIDE_MATRIX_WORDS", "MATRIX_RANK", "MATRIX_WORDS", "commuting", "definite",
    "said_of_matrix", "says_together",
]  # fmt: skip

_SQUARE = words(
    "symmetric invertible nonsingular non-singular regular orthogonal skew-symmetric skew "
    "antisymmetric anti-symmetric idempotent projection projections projector projectors "
    "involutory involution singular"
)
_DEFINITE = words("definite semidefinite semi-definite positive-definite positive-semidefinite")
_INVERTIBLE = words("invertible nonsingular non-singular")
_TOGETHER = words("commute commutes commuting")
_NOT_READ = {
    "nilpotent": "say which power vanishes: A^3 = 0", "regular": "write invertible for regular",
}  # fmt: skip
MATRIX_RANK = words("rank row-rank column-rank")
_ORTHONORMAL = words("orthonormal")
_LINES = words("row rows column columns")
MATRIX_WORDS = _SQUARE | _DEFINITE | MATRIX_RANK | _ORTHONORMAL | _TOGETHER | set(_NOT_READ)
# What may stand beside these words, as a part of what is said.
BESIDE_MATRIX_WORDS = words("full positive") | _LINES


def said_of_matrix(value: Value, said: set[str], names: Names, place: Place | None) -> list[Term]:
    """The formulas that words say of a matrix. Raises ``Unreadable`` and ``Ambiguous``."""
    if is_complex(value) and said & _INVERTIBLE and not said - _INVERTIBLE - {"square"}:
        value = Value(value.term, ("matrix", *value.sort[1:]))  # its blocks have an inverse then
    if kind_of(value.sort) != "matrix":
        word = sorted(said & (MATRIX_WORDS | {"square"}))[0]
        raise Unreadable(f"{described(value.sort)} is not {word}; a matrix may be", place)
    for word in sorted(said & set(_NOT_READ)):
        raise Unreadable(_NOT_READ[word], place)
    term, (_, rows, columns) = value.term, value.sort
    if rows != columns and said & (_SQUARE | _DEFINITE | {"square"}):
        raise Unreadable(f"{described(value.sort)} is not square", place)
    if said & _LINES and not said & (MATRIX_RANK | _ORTHONORMAL):
        raise Unreadable("what is said of these rows or columns?", place)
    turned: Term = ("transpose", term)
    found: list[Term] = []
    projects = bool(said & words("projection projections projector projectors"))
    if "symmetric" in said or (projects and "orthogonal" in said):
        found.append(("=", turned, term))
    if said & words("skew-symmetric skew antisymmetric anti-symmetric"):
        found.append(("=", turned, ("-", term)))
    if said & _INVERTIBLE:
        found.append(("invertible", term))
    if "singular" in said:
        found.append(("not", ("invertible", term)))
    if projects or "idempotent" in said:
        found.append(("=", ("matmul", term, term), term))
    if said & words("involutory involution"):
        found.append(("=", ("matmul", term, term), ("identity", rows)))
    if "orthogonal" in said and not projects:
        found.append(("=", ("matmul", turned, term), ("identity", rows)))
        found.append(("=", ("matmul", term, turned), ("identity", rows)))
    if said & _ORTHONORMAL:
        found.append(_orthonormal(value, said, place))
    if said & MATRIX_RANK:
        found.append(_full_rank(value, said, place))
    if said & _DEFINITE:
        found += [one for one in _definite(value, said, place) if one not in found]
    return found


def commuting(values: list[Value], place: Place | None) -> list[Term]:
    """``AB = BA``, for each two of several square matrices."""
    if len(values) < 2 or any(
        kind_of(one.sort) != "matrix" or one.sort[1] != one.sort[2] or one.sort != values[0].sort
        for one in values
    ):
        raise Unreadable("square matrices of one size may commute, two or more of them", place)
    return [
        ("=", ("matmul", one.term, other.term), ("matmul", other.term, one.term))
        for k, one in enumerate(values)
        for other in values[k + 1 :]
    ]


def says_together(said: set[str]) -> bool:
    """Whether words are said of several matrices together, and not of each."""
    return bool(said & _TOGETHER)


def _orthonormal(value: Value, said: set[str], place: Place | None) -> Term:
    term, (_, rows, columns) = value.term, value.sort
    turned: Term = ("transpose", term)
    if said & words("column columns") and not said & words("row rows"):
        return ("=", ("matmul", turned, term), ("identity", columns))
    if said & words("row rows") and not said & words("column columns"):
        return ("=", ("matmul", term, turned), ("identity", rows))
    raise Unreadable("say whether its rows or its columns are orthonormal", place)


def _full_rank(value: Value, said: set[str], place: Place | None) -> Term:
    term, (_, rows, columns) = value.term, value.sort
    turned: Term = ("transpose", term)
    if "full" not in said:
        raise Unreadable("a rank is read as full row rank, or full column rank", place)
    if said & {"row", "row-rank"}:
        return ("invertible", ("matmul", term, turned))
    if said & {"column", "column-rank"}:
        return ("invertible", ("matmul", turned, term))
    if rows == columns:
        return ("invertible", term)
    raise Ambiguous(("full row rank", "full column rank"), "say which one", place)


def _definite(value: Value, said: set[str], place: Place | None) -> list[Term]:
    """Of a symmetric matrix: only of such a one it is said."""
    half = bool(said & words("semidefinite semi-definite positive-semidefinite"))
    if not said & words("positive positive-definite positive-semidefinite"):
        raise Unreadable("positive definite and positive semidefinite are read", place)
    return definite(value, half)


def definite(value: Value, half: bool) -> list[Term]:
    """That a matrix is symmetric and positive definite, or (``half``) positive semidefinite."""
    term, size = value.term, value.sort[1]
    form: Term = ("inner", "%x", ("matmul", term, "%x"))
    claim: Term = ("<=", "0", form)
    if not half:
        claim = ("implies", ("!=", "%x", ("zero", size)), ("<", "0", form))
    symmetric = ("=", ("transpose", term), term)
    return [symmetric, ("forall", ("vector", size), close(claim, "%x"))]
