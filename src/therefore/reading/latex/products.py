"""Products, sums and powers of numbers, vectors, rows and matrices."""

from __future__ import annotations

from therefore.goal import Term
from therefore.reading.latex.blocks import hadamard
from therefore.reading.latex.complexes import (
    added,
    divided_by,
    is_complex,
    multiplied_by,
    opposite,
)
from therefore.reading.latex.errors import Ambiguous, Unreadable
from therefore.reading.latex.identity import agreeing, is_open, sized, zero_like
from therefore.reading.latex.names import described
from therefore.reading.latex.tokens import Place
from therefore.reading.latex.values import Value, is_number, kind_of

__all__ = [
    "Value",
    "cells",
    "components",
    "divided",
    "entrywise",
    "is_number",
    "kind_of",
    "multiplied",
    "negated",
    "summed",
]


# Vectors and matrices up to this size are written out where the kernel has no operation.
MOST_WRITTEN_OUT = 8


def negated(value: Value) -> Value:
    """The value with a minus sign before it."""
    if is_complex(value):
        return opposite(value)
    sort = "integer" if value.sort == "size" else value.sort
    return Value(("-", value.term), sort)


def summed(parts: list[tuple[Value, Place]], broadcast: bool = False) -> Value:
    """A sum. 0 beside a vector is the zero vector. Raises ``Unreadable`` where kinds differ.

    With ``broadcast``, a number beside a vector of literal size is added to every entry.
    """
    if len(parts) == 1:
        return parts[0][0]
    if any(is_complex(value) for value, _ in parts):
        return added(parts)
    if broadcast:
        parts = _spread(parts)
    first = next(
        (v for v, _ in parts if v.term != "0" and not is_open(v)),
        next((v for v, _ in parts if v.term != "0"), parts[0][0]),
    )
    sort = first.sort
    terms: list[Term] = []
    for value, place in parts:
        value = zero_like(agreeing(value, first)[0], first.sort)
        if is_number(value.sort) and is_number(sort):
            both = value.sort != "real" and sort != "real"
            sort = "integer" if both else "real"
        elif value.sort == "integer" and kind_of(sort) == "residue":
            pass
        elif sort == "integer" and kind_of(value.sort) == "residue":
            sort = value.sort
        elif value.sort != sort:
            raise Unreadable(f"{described(sort)} and {described(value.sort)} do not add up", place)
        terms.append(value.term)
    return Value(("+", *terms), sort)


def _spread(parts: list[tuple[Value, Place]]) -> list[tuple[Value, Place]]:
    """The summands, where numbers beside a small vector are vectors of one number."""
    like = next((v for v, _ in parts if components(v) is not None), None)
    if like is None:
        return parts
    size = int(like.sort[1])
    return [
        (Value(("vector", *([v.term] * size)), like.sort), place) if is_number(v.sort) else
        (v, place)
        for v, place in parts
    ]  # fmt: skip


def multiplied(factors: list[tuple[Value, str, Place]], entries: bool = False) -> Value:
    r"""A product; each factor comes with the sign before it: "", "cdot", "times" or "star".

    Numbers come first, then what is left of the vectors and matrices, in the author's order.
    ``x^\top y`` is an inner product, and so is ``x \cdot y``. With ``entries``, a bare product
    of two vectors is taken entry by entry. Raises ``Unreadable``.
    """
    if len(factors) == 1:
        return factors[0][0]
    if any(is_complex(value) for value, _, _ in factors):
        return multiplied_by(factors)
    numbers = [value for value, _, _ in factors if kind_of(value.sort) == "number"]
    others = [one for one in factors if kind_of(one[0].sort) not in ("number", "residue")]
    residues = [value for value, _, _ in factors if kind_of(value.sort) == "residue"]
    if residues:
        sort = residues[0].sort
        if others or any(v.sort != sort for v in residues) or any(
            v.sort == "real" for v in numbers
        ):  # fmt: skip
            raise Unreadable("a residue is multiplied by residues and integers", factors[0][2])
        return Value(("*", *(value.term for value, _, _ in factors)), sort)
    if not others:
        sort = "real" if any(v.sort == "real" for v in numbers) else "integer"
        return Value(("*", *(value.term for value in numbers)), sort)
    signs = {before for _, before, _ in others[1:]}
    has_matrix = any(kind_of(value.sort) == "matrix" for value, _, _ in others)
    if "odot" in signs and len(signs) > 1 and has_matrix:
        raise Ambiguous(("(AB) \\odot C", "A(B \\odot C)"), "write brackets", others[0][2])
    try:
        right = _from_the_right(others, entries)
    except Ambiguous:
        raise
    except Unreadable:
        # m^T A m (S - m m^T): a number times a matrix. Products are associative.
        from_the_left = None if signs - {""} else _from_the_left(others)
        if from_the_left is None:
            raise
        right = from_the_left
    if not numbers:
        return right
    scalars = [value.term for value in numbers]
    if kind_of(right.sort) == "number":
        return Value(("*", *scalars, right.term), "real")
    return Value(("*", *scalars, right.term), right.sort)


def _from_the_right(others: list[tuple[Value, str, Place]], entries: bool) -> Value:
    right = others[-1][0]
    sign = others[-1][1]
    for value, before, place in reversed(others[:-1]):
        bare = entries and not sign and value.sort == right.sort and kind_of(value.sort) == "vector"
        right = _joined(value, right, "odot" if bare else sign, place)
        sign = before
    return right


def _from_the_left(others: list[tuple[Value, str, Place]]) -> Value | None:
    """The product, each factor joined to all before it; ``None`` where they do not fit."""
    left = others[0][0]
    for value, _, place in others[1:]:
        try:
            left = _joined(left, value, "", place)
        except Unreadable:
            return None
    return left


def _joined(left: Value, right: Value, sign: str, place: Place) -> Value:
    if is_open(left) and kind_of(right.sort) in ("vector", "matrix") and not is_open(right):
        left = sized(left, right.sort[1])
    if is_open(right) and kind_of(left.sort) in ("row", "matrix") and not is_open(left):
        right = sized(right, left.sort[-1])
    kinds = kind_of(left.sort), kind_of(right.sort)
    if sign == "odot":
        return entrywise(left, right, place)
    if sign in ("times", "star") and kinds != ("matrix", "matrix"):
        raise Ambiguous(
            ("a cross product", "a convolution", "a product entry by entry"),
            "write \\langle x, y\\rangle or x^\\top y for the inner product",
            place,
        )
    if kinds == ("row", "vector") or (kinds == ("vector", "vector") and sign == "cdot"):
        if left.sort[1] != right.sort[1]:
            raise Unreadable(_misfit(left, right), place)
        return Value(("inner", left.term, right.term), "real")
    if kinds == ("matrix", "vector"):
        if left.sort[2] != right.sort[1]:
            raise Unreadable(_misfit(left, right), place)
        rows = cells(left)
        if rows is not None and len(rows) == 1:
            # One row times a column is a number.
            return Value(("inner", ("vector", *rows[0]), right.term), "real")
        if rows is not None:
            # Written out, row by row: the kernel multiplies matrices with matrices only.
            parts = (("inner", ("vector", *row), right.term) for row in rows)
            return Value(("vector", *parts), ("vector", left.sort[1]))
        return Value(("matmul", left.term, right.term), ("vector", left.sort[1]))
    if kinds == ("matrix", "matrix"):
        if left.sort[2] != right.sort[1]:
            raise Unreadable(_misfit(left, right), place)
        return Value(("matmul", left.term, right.term), ("matrix", left.sort[1], right.sort[2]))
    if kinds == ("row", "matrix"):
        if left.sort[1] != right.sort[1]:
            raise Unreadable(_misfit(left, right), place)
        turned = ("matmul", ("transpose", right.term), left.term)
        return Value(turned, ("row", right.sort[2]))
    if kinds == ("vector", "row"):
        return _outer(left, Value(right.term, ("vector", right.sort[1])))
    if kinds == ("vector", "matrix") and right.sort[1] == "1" and right.term[0] == "rows":
        row = Value(("vector", *right.term[1][1:]), ("vector", right.sort[2]))
        return _outer(left, row)
    if kinds[1] == "number":
        return Value(("*", right.term, left.term), left.sort)
    if kinds[0] == "number":
        return Value(("*", left.term, right.term), right.sort)
    if kinds == ("vector", "vector") and left.sort == right.sort and not sign:
        raise Ambiguous(
            ("an inner product", "a product entry by entry", "the matrix x y^\\top"),
            "write x^\\top y, x \\odot y or x y^\\top, or put before it: "
            "% therefore: convention entrywise",
            place,
        )
    raise Unreadable(_misfit(left, right), place)


def _outer(left: Value, right: Value) -> Value:
    sort = ("matrix", left.sort[1], right.sort[1])
    down, across = components(left), components(right)
    if down is None or across is None:
        return Value(("outer", left.term, right.term), sort)
    return Value(("rows", *(("row", *(("*", a, b) for b in across)) for a in down)), sort)


def entrywise(left: Value, right: Value, place: Place) -> Value:
    """The product entry by entry, written out for vectors of a small size that is a number."""
    down, across = components(left), components(right)
    if left.sort != right.sort or down is None or across is None:
        return hadamard(left, right, "\\odot", place)
    return Value(("vector", *(("*", a, b) for a, b in zip(down, across, strict=True))), left.sort)


def components(value: Value) -> list[Term] | None:
    """The components of a vector of a small literal size; ``None`` for any other."""
    if kind_of(value.sort) != "vector" or not _small(value.sort[1]):
        return None
    if value.term[0] == "vector":
        return list(value.term[1:])
    size = int(value.sort[1])
    units = (("vector", *("1" if k == at else "0" for k in range(size))) for at in range(size))
    return [("inner", value.term, unit) for unit in units]


def cells(value: Value) -> list[list[Term]] | None:
    """The entries of a matrix of a small literal size, row by row; ``None`` for any other."""
    if not (_small(value.sort[1]) and _small(value.sort[2])):
        return None
    if value.term[0] == "rows":
        return [list(row[1:]) for row in value.term[1:]]
    return [
        [("entry", value.term, str(row), str(column)) for column in range(int(value.sort[2]))]
        for row in range(int(value.sort[1]))
    ]


def _small(size: Term) -> bool:
    return isinstance(size, str) and size.isdigit() and int(size) <= MOST_WRITTEN_OUT


def _misfit(left: Value, right: Value) -> str:
    hint = "; write x^\\top y or \\langle x, y\\rangle" if kind_of(left.sort) == "vector" else ""
    return f"{described(left.sort)} times {described(right.sort)} is no product{hint}"


def divided(over: Value, under: Value, place: Place) -> Value:
    """A quotient. Raises ``Unreadable`` unless the divisor is a number."""
    if is_complex(over):
        return divided_by(over, under, place)
    if not is_number(under.sort):
        raise Unreadable(f"a division by {described(under.sort)}", place)
    kind = kind_of(over.sort)
    if kind in ("residue", "row", "function"):
        raise Unreadable(f"{described(over.sort)} cannot be divided", place)
    if kind == "matrix":
        return Value(("*", ("/", "1", under.term), over.term), over.sort)
    return Value(("/", over.term, under.term), "real" if kind == "number" else over.sort)
