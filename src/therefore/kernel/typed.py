"""The sorts of terms: which terms are well typed, and of which sort each of them is."""

from __future__ import annotations

from collections.abc import Callable

from .binders import NAME, Names, close, is_number, mentions, open_binder
from .data import Term
from .errors import Rejected
from .fields import check_field
from .size_terms import SIZES, check_members, settled, sort_of_member
from .sorts import check_size, check_sort, fits, internal, joined

__all__ = ["SIGNATURES", "check_value", "coerced", "number_of", "sort_of"]


def check_value(term: Term, sort: Term, names: Names) -> None:
    """Raise ``ILL_TYPED`` unless the term is a value of the sort."""
    if sort == "size":
        check_size(term, names)
    elif sort == "field":
        check_field(term, names)
    elif sort[0] == "family" and not (isinstance(term, str) and names.get(term) == sort):
        check_members(check_value, term, sort, names)
    elif sort[0] == "function" and not (isinstance(term, str) and names.get(term) == sort):
        arguments, result = sort[1], sort[2]
        rest = ("function", arguments[1:], result) if arguments[1:] else result
        if term[0] == "lambda" and len(term) == 3 and term[1] == arguments[0]:
            fresh = internal(names)
            check_value(open_binder(term[2], fresh), rest, {**names, fresh: term[1]})
        elif term[0] == "table" and len(term) >= 3 and arguments == ("integer",):
            _check_start(term[1])
            for value in term[2:]:
                check_value(value, result, names)
        elif term[0] == "cycle" and arguments == (("residue", str(len(term) - 1)),):
            for value in term[1:]:
                check_value(value, result, names)
        else:
            raise Rejected("ILL_TYPED", f"not a function of this sort: {term}")
    elif not fits(sort_of(term, names), sort):
        raise Rejected("ILL_TYPED", f"{term} is not of the sort {sort}")


def sort_of(term: Term, names: Names) -> Term:
    """The sort of a term, its sizes in one form. Raises ``ILL_TYPED`` if it has none."""
    return settled(_sort_of(term, names))


def _sort_of(term: Term, names: Names) -> Term:
    if isinstance(term, str):
        if is_number(term):
            return "real" if "/" in term else "integer"
        if not NAME.fullmatch(term) or term not in names:
            raise Rejected("ILL_TYPED", f"an undeclared name: {term}")
        return names[term]
    head, parts = term[0], term[1:]
    if (head in ("+", "*") and len(parts) >= 2) or (head == "-" and len(parts) == 1):
        return joined(head, [sort_of(part, names) for part in parts])
    if head == "app" and len(parts) >= 2:
        return _applied(parts[0], parts[1:], names)
    if head in _LITERALS and parts:
        return _LITERALS[head](names, *parts)
    if (head, len(parts)) not in SIGNATURES:
        raise Rejected("ILL_TYPED", f"an unknown operation, or the wrong number of parts: {term}")
    return SIGNATURES[head, len(parts)](names, *parts)


def _applied(function: Term, arguments: tuple[Term, ...], names: Names) -> Term:
    """The sort of a function's value. A size is put into the body, as sorts may depend on it."""
    if isinstance(function, str):
        sort = names.get(function, "")
        if sort[:1] == ("family",) and len(arguments) == 1:
            check_value(arguments[0], "integer", names)
            return open_binder(sort[1], arguments[0])
        if sort[:1] != ("function",) or len(sort[1]) != len(arguments):
            raise Rejected("ILL_TYPED", f"{function} does not take {len(arguments)} arguments")
        for argument, expected in zip(arguments, sort[1], strict=True):
            check_value(argument, expected, names)
        return sort[2]
    least = {"table": 3, "cycle": 2}.get(function[0], 0)
    if least and len(arguments) == 1 and len(function) >= least:
        if function[0] == "cycle":
            check_value(arguments[0], ("residue", str(len(function) - 1)), names)
            return _common([sort_of(value, names) for value in function[1:]])
        _check_start(function[1])
        check_value(arguments[0], "integer", names)
        return _common([sort_of(value, names) for value in function[2:]])
    if function[0] == "members" and len(arguments) == 1 and len(function) >= 4:
        check_value(arguments[0], "integer", names)
        return sort_of_member(check_value, function, arguments[0], names)
    if function[0] != "lambda" or len(function) != 3:
        raise Rejected("ILL_TYPED", f"not a function: {function}")
    check_sort(function[1], names)
    check_value(arguments[0], function[1], names)
    place, inner = arguments[0], names
    if function[1] not in ("size", "integer", "field"):
        place = internal(names)
        inner = {**names, place: function[1]}
    body = open_binder(function[2], place)
    return _applied(body, arguments[1:], inner) if arguments[1:] else sort_of(body, inner)


def _common(sorts: list[Term]) -> Term:
    """The one sort of the values of a written-out function."""
    return joined("+", sorts) if len(sorts) > 1 else sorts[0]


def _check_start(start: Term) -> None:
    if not is_number(start) or "/" in start:
        raise Rejected("ILL_TYPED", "a table starts at an integer")


def coerced(term: Term, sort: Term, names: Names) -> Term:
    """The term as a value of the sort: an integer in a residue's place says its modulus.

    So it stays a residue wherever it is put. The values of a written-out function do the same.
    """
    if sort[0] == "family" or sort == SIZES:
        return ("members", sort[-1], *term[1:]) if term[0] == "table" else term
    if sort[0] == "function" and not isinstance(term, str):
        head, *parts = term
        if head == "lambda":
            place = internal(names)
            rest = ("function", sort[1][1:], sort[2]) if sort[1][1:] else sort[2]
            body = coerced(open_binder(parts[1], place), rest, {**names, place: parts[0]})
            return (head, parts[0], close(body, place))
        kept = 1 if head == "table" else 0
        return (head, *parts[:kept], *(coerced(part, sort[2], names) for part in parts[kept:]))
    if sort[0] != "residue" or sort_of(term, names) == sort:
        return term
    return ("mod", sort[1], term)


def _mod(names: Names, size: Term, term: Term) -> Term:
    check_sort(("residue", size), names)
    check_value(term, "integer", names)
    return ("residue", size)


def number_of(names: Names, *parts: Term) -> Term:
    """The sort of an operation that makes a real number of real numbers."""
    for part in parts:
        check_value(part, "real", names)
    return "real"


def _power(names: Names, base: Term, exponent: Term) -> Term:
    if not (isinstance(exponent, str) and exponent.isdigit() and int(exponent) <= 64):
        raise Rejected("ILL_TYPED", f"an exponent is a literal from 0 to 64, not {exponent}")
    sort = sort_of(base, names)
    if not fits(sort, "real"):
        raise Rejected("ILL_TYPED", f"not a number: {base}")
    return "integer" if fits(sort, "integer") else "real"


def _quotient(names: Names, over: Term, under: Term) -> Term:
    check_value(under, "real", names)
    sort = sort_of(over, names)
    if fits(sort, "real"):
        return "real"
    if sort[0] not in ("vector", "matrix"):
        raise Rejected("ILL_TYPED", f"{sort} cannot be divided")
    return sort


def _vector(names: Names, term: Term) -> Term:
    sort = sort_of(term, names)
    if sort[0] != "vector":
        raise Rejected("ILL_TYPED", f"not a vector: {term}")
    return sort


def _norm(names: Names, term: Term) -> Term:
    if sort_of(term, names)[0] not in ("vector", "matrix"):
        raise Rejected("ILL_TYPED", f"neither a vector nor a matrix: {term}")
    return "real"


def _inner(names: Names, u: Term, v: Term) -> Term:
    if _vector(names, u) != _vector(names, v):
        raise Rejected("ILL_TYPED", "an inner product of vectors of two sizes")
    return "real"


def _literal(names: Names, *parts: Term) -> Term:
    number_of(names, *parts)
    return ("vector", str(len(parts)))


def _rows(names: Names, *rows: Term) -> Term:
    for row in rows:
        if row[0] != "row" or len(row) != len(rows[0]) or len(row) < 2:
            raise Rejected("ILL_TYPED", "the rows of a matrix have one length")
        number_of(names, *row[1:])
    return ("matrix", str(len(rows)), str(len(rows[0]) - 1))


def _sum(names: Names, low: Term, high: Term, body: Term) -> Term:
    check_value(low, "integer", names)
    check_value(high, "integer", names)
    fresh = internal(names)
    sort = sort_of(open_binder(body, fresh), {**names, fresh: "integer"})
    if sort[0] not in ("vector", "matrix") and not fits(sort, "real"):
        raise Rejected("ILL_TYPED", "a sum is of numbers, of vectors or of matrices")
    if mentions(sort, fresh):
        raise Rejected("ILL_TYPED", "a sum of things of different sizes")
    return sort


def _sum_mod(names: Names, size: Term, body: Term) -> Term:
    check_sort(("residue", size), names)
    fresh = internal(names)
    check_value(open_binder(body, fresh), "real", {**names, fresh: ("residue", size)})
    return "real"


def _derivative(names: Names, body: Term, point: Term) -> Term:
    fresh = internal(names)
    check_value(open_binder(body, fresh), "real", {**names, fresh: "real"})
    return number_of(names, point)


def _delta(names: Names, i: Term, j: Term) -> Term:
    sort = joined("+", [sort_of(i, names), sort_of(j, names)])
    if sort != "integer" and sort[0] != "residue":
        raise Rejected("ILL_TYPED", "delta compares integers or residues")
    return "integer"


def _lift(names: Names, residue: Term) -> Term:
    if sort_of(residue, names)[0] != "residue":
        raise Rejected("ILL_TYPED", "only a residue has a representative")
    return "integer"


def _matrix(names: Names, rows: Term, columns: Term, body: Term) -> Term:
    check_sort(("residue", rows), names)
    check_sort(("residue", columns), names)
    row, column = internal(names), internal(names) + "_"
    inner = {**names, row: ("residue", rows), column: ("residue", columns)}
    check_value(open_binder(body, row, column), "real", inner)
    return ("matrix", rows, columns)


def _zero(names: Names, size: Term) -> Term:
    check_size(size, names)
    return ("vector", size)


_LITERALS: dict[str, Callable[..., Term]] = {"vector": _literal, "rows": _rows}
# By head and number of parts; a theory of its own file enters its operations here.
SIGNATURES: dict[tuple[str, int], Callable[..., Term]] = {
    ("/", 2): _quotient, ("^", 2): _power, ("abs", 1): number_of, ("sqrt", 1): number_of,
    ("inner", 2): _inner, ("norm", 1): _norm,
    ("sum", 3): _sum, ("sum_mod", 2): _sum_mod, ("derivative", 2): _derivative,
    ("delta", 2): _delta, ("lift", 1): _lift,
    ("matrix", 3): _matrix, ("zero", 1): _zero,
    ("mod", 2): _mod,
}  # fmt: skip
