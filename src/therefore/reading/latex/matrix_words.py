"""What sentences say of matrices in words: symmetric, invertible, orthogonal, of full rank …

The words are definitions: each becomes the formula that it stands for.
"""

from __future__ import annotations

from therefore.goal import Term
from therefore.kernel.terms import close
from therefore.reading.latex.errors import Ambiguous, Unreadable
from therefore.reading.latex.names import Names, described
from therefore.reading.latex.tokens import Place
from therefore.reading.latex.values import Value, kind_of
from therefore.reading.latex.words import words

__all__ = ["MATRIX_RANK", "MATRIX_WORDS", "said_of_matrix"]

_PLAIN = words("symmetric invertible nonsingular non-singular regular orthogonal")
_DEFINITE = words("definite semidefinite semi-definite positive-definite positive-semidefinite")
MATRIX_RANK = words("rank row-rank column-rank")
MATRIX_WORDS = _PLAIN | _DEFINITE | MATRIX_RANK


def said_of_matrix(value: Value, said: set[str], names: Names, place: Place | None) -> list[Term]:
    """The formulas that words say of a matrix. Raises ``Unreadable`` and ``Ambiguous``."""
    if kind_of(value.sort) != "matrix":
        word = sorted(said & (MATRIX_WORDS | {"square"}))[0]
        raise Unreadable(f"{described(value.sort)} is not {word}; a matrix may be", place)
    term, (_, rows, columns) = value.term, value.sort
    if rows != columns and said & (_PLAIN | _DEFINITE | {"square"}):
        raise Unreadable(f"{described(value.sort)} is not square", place)
    if "regular" in said:
        raise Unreadable("write invertible for regular", place)
    turned: Term = ("transpose", term)
    found: list[Term] = []
    if "symmetric" in said:
        found.append(("=", turned, term))
    if said & words("invertible nonsingular non-singular"):
        found.append(("invertible", term))
    if "orthogonal" in said:
        found.append(("=", ("matmul", turned, term), ("identity", rows)))
        found.append(("=", ("matmul", term, turned), ("identity", rows)))
    if said & MATRIX_RANK:
        found.append(_full_rank(value, said, place))
    if said & _DEFINITE:
        found.append(_definite(value, said, [*names.hypotheses, *found], place))
    return found


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


def _definite(value: Value, said: set[str], known: list[Term], place: Place | None) -> Term:
    term, size = value.term, value.sort[1]
    half = bool(said & words("semidefinite semi-definite positive-semidefinite"))
    if not said & words("positive positive-definite positive-semidefinite"):
        raise Unreadable("positive definite and positive semidefinite are read", place)
    if ("=", ("transpose", term), term) not in known:
        raise Ambiguous(
            ("x^\\top A x > 0 for every x", "the same, of a symmetric A"),
            "say that it is symmetric before this, or write the inequality",
            place,
        )
    form: Term = ("inner", "%x", ("matmul", term, "%x"))
    claim: Term = ("<=", "0", form)
    if not half:
        claim = ("implies", ("!=", "%x", ("zero", size)), ("<", "0", form))
    return ("forall", ("vector", size), close(claim, "%x"))
