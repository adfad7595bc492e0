r"""Complex matrices: A + iB, of real A and B, is read as the real matrix of blocks A, −B; B, A.

Sums, products, real multiples and inverses of such blocks are those of the complex matrices, two
are equal if their blocks are, and the transpose of the blocks belongs to the conjugate transpose
``^H``. What does not carry over (determinants, traces, ``^T`` of an inverse, orders, norms) is
refused, and so are equations of complex numbers. Source: Horn and Johnson, Matrix Analysis,
1.3.P20.

A complex number is a pair ("complex", a, b), which never leaves the reader.
"""

from __future__ import annotations

from therefore.goal import Term
from therefore.kernel.size_terms import settled_size
from therefore.reading.latex.errors import Unreadable
from therefore.reading.latex.identity import agreeing, is_open, sized
from therefore.reading.latex.names import described
from therefore.reading.latex.tokens import Place
from therefore.reading.latex.values import Value, is_number, kind_of

__all__ = [
    "UNIT", "added", "blocks_of", "conjugate_transposed", "divided_by", "inverted", "is_complex",
    "multiplied_by", "opposite", "transposed",
]  # fmt: skip

UNIT = Value(("complex", "0", "1"), ("complex",))
_Pair = tuple[Term, Term]  # the real and the imaginary part; "0" where there is none


def is_complex(value: Value) -> bool:
    """Whether the value was made with the imaginary unit."""
    return kind_of(value.sort) == "complex"


def _is_matrix(value: Value) -> bool:
    return kind_of(value.sort) == "matrix" or (is_complex(value) and len(value.sort) == 3)


# -------------------------------------------------------------- real and imaginary parts


def _minus(term: Term) -> Term:
    if term == "0":
        return "0"
    return term[1] if term[0] == "-" else ("-", term)


def _plus(terms: list[Term]) -> Term:
    found = [term for term in terms if term != "0"]
    return "0" if not found else found[0] if len(found) == 1 else ("+", *found)


def _times(*factors: Term) -> Term:
    if "0" in factors:
        return "0"
    found = [factor for factor in factors if factor != "1"]
    return "1" if not found else found[0] if len(found) == 1 else ("*", *found)


def _block(part: Term, rows: Term, columns: Term) -> Term:
    return ("zero", rows, columns) if part == "0" else part


def _made(pair: _Pair, rows: Term, columns: Term) -> Value:
    if pair[1] == "0" and pair[0] == ("identity", rows):
        return Value(("identity", settled_size(("+", rows, rows))), ("complex", rows, columns))
    p, minus, q = (_block(one, rows, columns) for one in (pair[0], _minus(pair[1]), pair[1]))
    return Value(("blocks", ("row", p, minus), ("row", q, p)), ("complex", rows, columns))


def _pair(value: Value) -> _Pair | None:
    """The parts of a real matrix, or of blocks that are written out."""
    if kind_of(value.sort) == "matrix":
        return value.term, "0"
    term, (_, rows, columns) = value.term, value.sort
    if term[0] == "identity":
        return ("identity", rows), "0"
    if term[0] != "blocks":
        return None
    p, q = ("0" if one == ("zero", rows, columns) else one for one in (term[1][1], term[2][1]))
    return (p, q) if _made((p, q), rows, columns).term == term else None


def blocks_of(value: Value, like: Value) -> Value:
    """The value as blocks, where ``like`` is a complex matrix and tells sizes that are open."""
    rows, columns = like.sort[1:]
    if value.term == "0":
        return _made(("0", "0"), rows, columns)
    if is_open(value) and rows == columns:
        value = sized(value, rows)
    return _made((value.term, "0"), *value.sort[1:]) if kind_of(value.sort) == "matrix" else value


# -------------------------------------------------------------- operations


def opposite(value: Value) -> Value:
    """−z, −M."""
    pair = _pair(value) if _is_matrix(value) else None
    if pair is not None:
        return _made((_minus(pair[0]), _minus(pair[1])), *value.sort[1:])
    if _is_matrix(value):
        return Value(("-", value.term), value.sort)
    return Value(("complex", _minus(value.term[1]), _minus(value.term[2])), value.sort)


def added(parts: list[tuple[Value, Place]]) -> Value:
    """A sum in which something is complex."""
    if not any(_is_matrix(value) for value, _ in parts):
        pairs = [_number(value, place) for value, place in parts]
        return Value(
            ("complex", _plus([a for a, _ in pairs]), _plus([b for _, b in pairs])), UNIT.sort
        )
    like = next(v for v, _ in parts if _is_matrix(v) and not is_open(v))
    values = []
    for value, place in parts:
        value = agreeing(value, Value("", ("matrix", *like.sort[1:])))[0]
        if not _is_matrix(value) or value.sort[1:] != like.sort[1:]:
            raise Unreadable(
                f"{described(like.sort)} and {described(value.sort)} do not add up", place
            )
        values.append(value)
    found = [_pair(value) for value in values]
    pairs = [pair for pair in found if pair is not None]
    if len(pairs) == len(found):
        sums = _plus([p for p, _ in pairs]), _plus([q for _, q in pairs])
        return _made(sums, *like.sort[1:])
    whole = Value("", ("complex", *like.sort[1:]))
    return Value(("+", *(blocks_of(value, whole).term for value in values)), whole.sort)


def _number(value: Value, place: Place) -> _Pair:
    if is_number(value.sort):
        return value.term, "0"
    if is_complex(value) and len(value.sort) == 1:
        return value.term[1], value.term[2]
    raise Unreadable(f"a complex number and {described(value.sort)} do not add up", place)


def multiplied_by(factors: list[tuple[Value, str, Place]]) -> Value:
    """A product in which something is complex: numbers, and matrices in their order."""
    scalar: _Pair = ("1", "0")
    matrices: list[Value] = []
    for value, sign, place in factors:
        if sign not in ("", "cdot"):
            raise Unreadable("this product of complex matrices is not read", place)
        if _is_matrix(value):
            matrices.append(value)
        else:
            (a, b), (c, d) = scalar, _number(value, place)
            scalar = (
                _plus([_times(a, c), _minus(_times(b, d))]), _plus([_times(a, d), _times(b, c)])
            )  # fmt: skip
    if not matrices:
        return Value(("complex", *scalar), UNIT.sort)
    whole = matrices[-1]
    for left in reversed(matrices[:-1]):
        whole = _product(left, whole, factors[0][2])
    return _scaled(scalar, whole, factors[0][2])


def _product(left: Value, right: Value, place: Place) -> Value:
    if is_open(left) and not is_open(right):
        left = sized(left, right.sort[1])
    if is_open(right) and not is_open(left):
        right = sized(right, left.sort[2])
    if left.sort[2] != right.sort[1]:
        raise Unreadable(
            f"{described(left.sort)} times {described(right.sort)} is no product", place
        )
    sizes = left.sort[1], right.sort[2]
    if not (is_complex(left) or is_complex(right)):
        return Value(("matmul", left.term, right.term), ("matrix", *sizes))
    term = ("matmul", blocks_of(left, left).term, blocks_of(right, right).term)
    return Value(term, ("complex", *sizes))


def _scaled(scalar: _Pair, value: Value, place: Place) -> Value:
    a, b = scalar
    if is_open(value):
        raise Unreadable("write I_n for an identity beside i: its size is not told", place)
    rows, columns = value.sort[1:]
    pair = _pair(value)
    if pair is not None and ("0" in scalar or "0" in pair):
        p, q = pair
        return _made(
            (_plus([_by(a, p), _minus(_by(b, q))]), _plus([_by(a, q), _by(b, p)])), rows, columns
        )
    if b == "0":
        return Value(_by(a, value.term), value.sort)
    left = _made((_by(a, ("identity", rows)), _by(b, ("identity", rows))), rows, rows)
    return Value(("matmul", left.term, value.term), value.sort)


def _by(number: Term, matrix: Term) -> Term:
    """A number times a matrix; the 0 of either is 0."""
    if "0" in (number, matrix):
        return "0"
    if number == "1":
        return matrix
    if isinstance(number, tuple) and number[0] == "-":
        return _minus(_by(number[1], matrix))
    return ("*", number, matrix)


def divided_by(over: Value, under: Value, place: Place) -> Value:
    """A quotient by a real number."""
    if not is_number(under.sort):
        raise Unreadable(f"a division by {described(under.sort)} is not read", place)
    return multiplied_by([(Value(("/", "1", under.term), "real"), "", place), (over, "", place)])


def inverted(value: Value, place: Place) -> Value:
    """The inverse of a square complex matrix."""
    if not _is_matrix(value) or value.sort[1] != value.sort[2]:
        raise Unreadable(f"no inverse of {described(value.sort)} is read", place)
    return Value(("inverse", value.term), value.sort)


def conjugate_transposed(value: Value, place: Place) -> Value:
    """The conjugate transpose, whose blocks are the transpose."""
    if not _is_matrix(value):
        raise Unreadable(f"{described(value.sort)} has no transpose", place)
    _, rows, columns = value.sort
    pair = _pair(value)
    if pair is None:
        return Value(("transpose", value.term), ("complex", columns, rows))
    p, q = ("0" if part == "0" else ("transpose", part) for part in pair)
    return _made((p, _minus(q)), columns, rows)


def transposed(value: Value, place: Place) -> Value:
    """The transpose without conjugation, where both parts are written out."""
    pair = _pair(value) if _is_matrix(value) else None
    if pair is None:
        raise Unreadable("this transpose of a complex matrix is not read; ^H is", place)
    p, q = ("0" if part == "0" else ("transpose", part) for part in pair)
    return _made((p, q), value.sort[2], value.sort[1])

