"""Terms and their sorts.

A term is text (a name, a number, a bound variable ``#k``) or a tuple whose first part is its
head. Bound variables are numbered from the innermost binder. A binder is opened by putting a
closed term for its variable, so that substitution cannot capture.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from .data import Term
from .errors import Rejected

__all__ = [
    "check_formula",
    "check_sort",
    "check_value",
    "close",
    "coerced",
    "fits",
    "is_number",
    "mentions",
    "negation",
    "new_name",
    "open_binder",
    "reduced",
    "sort_of",
    "substitute",
]

Names = Mapping[str, Term]
_NUMBER = re.compile(r"-?\d+(/\d+)?", re.ASCII)
_NAME = re.compile(r"[%A-Za-z][A-Za-z0-9_]*", re.ASCII)

# head: (position of the body, how many variables it binds)
_BINDERS = {
    "sum": (3, 1), "sum_mod": (2, 1), "derivative": (1, 1), "matrix": (3, 2), "lambda": (2, 1),
    "forall": (2, 1), "exists": (2, 1), "tends": (1, 1), "has_derivative": (1, 1),
}  # fmt: skip
_RELATIONS = ("=", "!=", "<=", "<")


RESERVED = frozenset(
    [
        "abs",
        "and",
        "app",
        "cycle",
        "delta",
        "derivative",
        "differentiable",
        "entry",
        "exists",
        "false",
        "forall",
        "function",
        "gradient",
        "has_derivative",
        "implies",
        "inner",
        "integer",
        "lambda",
        "lift",
        "matmul",
        "matrix",
        "mod",
        "norm",
        "not",
        "or",
        "real",
        "residue",
        "row",
        "rows",
        "size",
        "sqrt",
        "sum",
        "sum_mod",
        "table",
        "tends",
        "vector",
        "zero",
    ]
)


def new_name(term: Term) -> str:
    """A name that may be declared: a word that is no operation. Raises ``MALFORMED``."""
    if isinstance(term, str) and _NAME.fullmatch(term) and term[0] != "%":
        if term not in RESERVED:
            return term
    raise Rejected("MALFORMED", f"not a name for a variable: {term}")


def is_number(term: Term) -> bool:
    return isinstance(term, str) and bool(_NUMBER.fullmatch(term))


def _binds(term: Term, position: int) -> int:
    body, count = _BINDERS.get(term[0], (0, 0)) if isinstance(term[0], str) else (0, 0)
    return count if position == body else 0


def open_binder(body: Term, *values: Term, depth: int = 0) -> Term:
    """The body with closed terms for its bound variables, the outermost first."""
    if isinstance(body, str):
        if body[0] != "#" or int(body[1:]) < depth:
            return body
        if int(body[1:]) - depth >= len(values):
            return f"#{int(body[1:]) - len(values)}"
        return values[len(values) - 1 - (int(body[1:]) - depth)]
    return tuple(
        open_binder(part, *values, depth=depth + _binds(body, k)) for k, part in enumerate(body)
    )


def close(term: Term, name: str, depth: int = 0) -> Term:
    """The body of a binder over ``name``: the inverse of opening it with that name."""
    if isinstance(term, str):
        return f"#{depth}" if term == name else term
    return tuple(close(part, name, depth + _binds(term, k)) for k, part in enumerate(term))


def substitute(term: Term, values: Mapping[str, Term]) -> Term:
    """The term with closed terms for names, all at once. Heads are words, not names."""
    if isinstance(term, str):
        return values.get(term, term)
    return (
        term[:1] + tuple(substitute(part, values) for part in term[1:])
        if isinstance(term[0], str)
        else tuple(substitute(part, values) for part in term)
    )


def reduced(term: Term, names: Names) -> Term:
    """The term with every applied lambda replaced by its body at the argument."""
    if isinstance(term, str):
        return term
    sorts = _bound_sorts(term)
    if sorts:
        position = _BINDERS[term[0]][0]
        fresh = [f"%e{len(names) + k}" for k in range(len(sorts))]
        inner = {**names, **dict(zip(fresh, sorts, strict=True))}
        body = reduced(open_binder(term[position], *fresh), inner)
        for k, name in enumerate(reversed(fresh)):
            body = close(body, name, k)
        term = term[:position] + (body,) + term[position + 1 :]
        return tuple(part if k == position else reduced(part, names) for k, part in enumerate(term))
    term = tuple(reduced(part, names) for part in term)
    if term[0] == "app" and term[1][0] == "lambda":
        argument = coerced(term[2], term[1][1], names)
        body = open_binder(term[1][2], argument)
        return reduced(("app", body, *term[3:]) if term[3:] else body, names)
    return term


def _bound_sorts(term: Term) -> list[Term]:
    """The sorts of the variables that a term binds, the outermost first."""
    head = (
        term[0] if isinstance(term[0], str) and len(term) > _BINDERS.get(term[0], (0,))[0] else ""
    )
    if head in ("forall", "exists", "lambda"):
        return [term[1]]
    if head == "sum_mod":
        return [("residue", term[1])]
    if head == "matrix":
        return [("residue", term[1]), ("residue", term[2])]
    return {"sum": ["integer"], "derivative": ["real"], "tends": ["real"],
            "has_derivative": ["real"]}.get(head, [])  # fmt: skip


def mentions(term: Term, name: str) -> bool:
    """Whether the name (or bound variable at this level) occurs in the term."""
    return term == name if isinstance(term, str) else any(mentions(part, name) for part in term)


def negation(formula: Term) -> Term:
    """What it means that a defined formula is false."""
    head = formula[0]
    if head in ("=", "!="):
        return ("!=" if head == "=" else "=", *formula[1:])
    if head in ("<=", "<"):
        return ("<" if head == "<=" else "<=", formula[2], formula[1])
    if head in ("and", "or"):
        return ("or" if head == "and" else "and", *(negation(part) for part in formula[1:]))
    if head == "implies":
        return ("and", formula[1], negation(formula[2]))
    if head in ("forall", "exists"):
        return ("exists" if head == "forall" else "forall", formula[1], negation(formula[2]))
    if head in ("tends", "has_derivative"):
        return ("not", formula)
    raise Rejected("UNSUPPORTED", f"the negation of {head}")


# ------------------------------------------------------------------ sorts


def fits(actual: Term, expected: Term) -> bool:
    """Whether a value of one sort may stand where the other is expected."""
    if actual == expected:
        return True
    if expected in ("real", "integer"):
        return actual in ("integer", "size")
    return expected[0] == "residue" and actual in ("integer", "size")


def check_size(size: Term, names: Names) -> None:
    if is_number(size) and size.isdigit() and int(size) >= 1:
        return
    if not isinstance(size, str) or names.get(size) != "size":
        raise Rejected("ILL_TYPED", f"not a size: {size}")


def check_sort(sort: Term, names: Names) -> None:
    """Raise ``ILL_TYPED`` unless this is a sort whose sizes are declared."""
    if sort in ("real", "integer", "size"):
        return
    if isinstance(sort, tuple) and sort[0] == "function" and len(sort) == 3 and sort[1]:
        for part in (*sort[1], sort[2]):
            if part == "size" or part[0] == "function":
                raise Rejected("ILL_TYPED", "a function takes and returns numbers and vectors")
            check_sort(part, names)
    elif isinstance(sort, tuple) and (sort[0], len(sort)) in (
        ("vector", 2), ("residue", 2), ("matrix", 3),
    ):  # fmt: skip
        for size in sort[1:]:
            check_size(size, names)
    else:
        raise Rejected("ILL_TYPED", f"not a sort: {sort}")


def check_value(term: Term, sort: Term, names: Names) -> None:
    """Raise ``ILL_TYPED`` unless the term is a value of the sort."""
    if sort == "size":
        check_size(term, names)
    elif sort[0] == "function" and not (isinstance(term, str) and names.get(term) == sort):
        arguments, result = sort[1], sort[2]
        rest = ("function", arguments[1:], result) if arguments[1:] else result
        if term[0] == "lambda" and len(term) == 3 and term[1] == arguments[0]:
            fresh = _internal(names)
            check_value(open_binder(term[2], fresh), rest, {**names, fresh: term[1]})
        elif term[0] == "table" and len(term) >= 3 and arguments == ("integer",):
            if not is_number(term[1]) or "/" in term[1]:
                raise Rejected("ILL_TYPED", "a table starts at an integer")
            for value in term[2:]:
                check_value(value, result, names)
        elif term[0] == "cycle" and arguments == (("residue", str(len(term) - 1)),):
            for value in term[1:]:
                check_value(value, result, names)
        else:
            raise Rejected("ILL_TYPED", f"not a function of this sort: {term}")
    elif not fits(sort_of(term, names), sort):
        raise Rejected("ILL_TYPED", f"{term} is not of the sort {sort}")


def _internal(names: Names) -> str:
    """A name that no input can hold."""
    return f"%b{len(names)}"


def sort_of(term: Term, names: Names) -> Term:
    """The sort of a term. Raises ``ILL_TYPED`` if it has none."""
    if isinstance(term, str):
        if is_number(term):
            return "real" if "/" in term else "integer"
        if not _NAME.fullmatch(term) or term not in names:
            raise Rejected("ILL_TYPED", f"an undeclared name: {term}")
        return names[term]
    head, parts = term[0], term[1:]
    if (head in ("+", "*") and len(parts) >= 2) or (head == "-" and len(parts) == 1):
        return _joined(head, [sort_of(part, names) for part in parts])
    if head == "app" and len(parts) >= 2:
        return _applied(parts[0], parts[1:], names)
    if head in _LITERALS and parts:
        return _LITERALS[head](names, *parts)
    if (head, len(parts)) not in _SIGNATURES:
        raise Rejected("ILL_TYPED", f"an unknown operation, or the wrong number of parts: {term}")
    return _SIGNATURES[head, len(parts)](names, *parts)


def _joined(head: str, sorts: list[Term]) -> Term:
    """The sort of a sum or product: numbers with anything, else all of one sort."""
    plain = [sort for sort in sorts if sort not in ("real", "integer", "size")]
    if not plain:
        return "real" if "real" in sorts else "integer"
    only = plain[0]
    many = len(plain) if head == "*" else len(sorts)
    if only[0] == "residue" and "real" not in sorts and all(sort == only for sort in plain):
        return only
    if (
        only[0] in ("vector", "matrix")
        and all(sort == only for sort in plain)
        and (many == 1 if head == "*" else len(plain) == len(sorts))
    ):
        return only
    raise Rejected("ILL_TYPED", f"these cannot be joined by {head}: {sorts}")


def _applied(function: Term, arguments: tuple[Term, ...], names: Names) -> Term:
    if isinstance(function, str):
        sort = names.get(function, "")
        if sort[:1] != ("function",) or len(sort[1]) != len(arguments):
            raise Rejected(
                "ILL_TYPED", f"{function} is not a function of {len(arguments)} arguments"
            )
        for argument, expected in zip(arguments, sort[1], strict=True):
            check_value(argument, expected, names)
        return sort[2]
    if function[0] in ("table", "cycle") and len(arguments) == 1 and len(function) >= 3:
        cyclic = function[0] == "cycle"
        check_value(
            arguments[0], ("residue", str(len(function) - 1)) if cyclic else "integer", names
        )
        return sort_of(function[2], names)
    if function[0] != "lambda" or len(function) != 3:
        raise Rejected("ILL_TYPED", f"not a function: {function}")
    check_value(arguments[0], function[1], names)
    body = open_binder(function[2], coerced(arguments[0], function[1], names))
    return _applied(body, arguments[1:], names) if arguments[1:] else sort_of(body, names)


def coerced(term: Term, sort: Term, names: Names) -> Term:
    """The term as a value of the sort: an integer in a residue's place says its modulus."""
    if sort[0] != "residue" or sort_of(term, names) == sort:
        return term
    return ("mod", sort[1], term)


def _mod(names: Names, size: Term, term: Term) -> Term:
    check_size(size, names)
    check_value(term, "integer", names)
    return ("residue", size)


def _number(names: Names, *parts: Term) -> Term:
    for part in parts:
        check_value(part, "real", names)
    return "real"


def _power(names: Names, base: Term, exponent: Term) -> Term:
    if not (isinstance(exponent, str) and exponent.isdigit() and int(exponent) <= 64):
        raise Rejected("ILL_TYPED", f"an exponent is a literal from 0 to 64, not {exponent}")
    check_value(base, "real", names)
    return "integer" if fits(sort_of(base, names), "integer") else "real"


def _quotient(names: Names, over: Term, under: Term) -> Term:
    check_value(under, "real", names)
    sort = sort_of(over, names)
    if sort[0] == "residue":
        raise Rejected("ILL_TYPED", "a residue cannot be divided")
    return "real" if fits(sort, "real") else sort


def _vector(names: Names, term: Term) -> Term:
    sort = sort_of(term, names)
    if sort[0] != "vector":
        raise Rejected("ILL_TYPED", f"not a vector: {term}")
    return sort


def _inner(names: Names, u: Term, v: Term) -> Term:
    if _vector(names, u) != _vector(names, v):
        raise Rejected("ILL_TYPED", "an inner product of vectors of two sizes")
    return "real"


def _literal(names: Names, *parts: Term) -> Term:
    _number(names, *parts)
    return ("vector", str(len(parts)))


def _rows(names: Names, *rows: Term) -> Term:
    for row in rows:
        if row[0] != "row" or len(row) != len(rows[0]) or len(row) < 2:
            raise Rejected("ILL_TYPED", "the rows of a matrix have one length")
        _number(names, *row[1:])
    return ("matrix", str(len(rows)), str(len(rows[0]) - 1))


def _sum(names: Names, low: Term, high: Term, body: Term) -> Term:
    check_value(low, "integer", names)
    check_value(high, "integer", names)
    fresh = _internal(names)
    sort = sort_of(open_binder(body, fresh), {**names, fresh: "integer"})
    if sort[0] not in ("vector",) and not fits(sort, "real"):
        raise Rejected("ILL_TYPED", "a sum is of numbers or of vectors")
    return sort


def _sum_mod(names: Names, size: Term, body: Term) -> Term:
    check_size(size, names)
    fresh = _internal(names)
    check_value(open_binder(body, fresh), "real", {**names, fresh: ("residue", size)})
    return "real"


def _derivative(names: Names, body: Term, point: Term) -> Term:
    fresh = _internal(names)
    check_value(open_binder(body, fresh), "real", {**names, fresh: "real"})
    return _number(names, point)


def _gradient(names: Names, function: Term, point: Term) -> Term:
    sort = _vector(names, point)
    check_value(function, ("function", (sort,), "real"), names)
    return sort


def _delta(names: Names, i: Term, j: Term) -> Term:
    sorts = [sort_of(i, names), sort_of(j, names)]
    if _joined("+", sorts)[0] != "residue":
        raise Rejected("ILL_TYPED", "delta compares residues")
    return "integer"


def _lift(names: Names, residue: Term) -> Term:
    if sort_of(residue, names)[0] != "residue":
        raise Rejected("ILL_TYPED", "only a residue has a representative")
    return "integer"


def _entry(names: Names, matrix: Term, i: Term, j: Term) -> Term:
    sort = sort_of(matrix, names)
    if sort[0] != "matrix":
        raise Rejected("ILL_TYPED", f"not a matrix: {matrix}")
    check_value(i, ("residue", sort[1]), names)
    check_value(j, ("residue", sort[2]), names)
    return "real"


def _matrix(names: Names, rows: Term, columns: Term, body: Term) -> Term:
    check_sort(("matrix", rows, columns), names)
    row, column = _internal(names), _internal(names) + "_"
    inner = {**names, row: ("residue", rows), column: ("residue", columns)}
    check_value(open_binder(body, row, column), "real", inner)
    return ("matrix", rows, columns)


def _product(names: Names, left: Term, right: Term) -> Term:
    first, second = sort_of(left, names), sort_of(right, names)
    if first[0] != "matrix" or second[0] != "matrix" or first[2] != second[1]:
        raise Rejected("ILL_TYPED", "a product of matrices whose sizes do not fit")
    return ("matrix", first[1], second[2])


def _zero(names: Names, size: Term) -> Term:
    check_size(size, names)
    return ("vector", size)


_LITERALS = {"vector": _literal, "rows": _rows}
_SIGNATURES = {
    ("/", 2): _quotient, ("^", 2): _power, ("abs", 1): _number, ("sqrt", 1): _number,
    ("inner", 2): _inner, ("norm", 1): lambda names, u: _vector(names, u) and "real",
    ("sum", 3): _sum, ("sum_mod", 2): _sum_mod, ("derivative", 2): _derivative,
    ("gradient", 2): _gradient, ("delta", 2): _delta, ("lift", 1): _lift, ("entry", 3): _entry,
    ("matrix", 3): _matrix, ("matmul", 2): _product, ("zero", 1): _zero,
    ("mod", 2): _mod,
}  # fmt: skip


# ------------------------------------------------------------------ formulas


def check_formula(formula: Term, names: Names) -> None:
    """Raise ``ILL_TYPED`` unless this is a formula over the names."""
    head, parts = (formula[0], formula[1:]) if isinstance(formula, tuple) else ("", ())
    fresh = _internal(names)
    if (head in ("and", "or") and len(parts) >= 2) or (head == "implies" and len(parts) == 2):
        for part in parts:
            check_formula(part, names)
    elif head in ("forall", "exists") and len(parts) == 2:
        check_sort(parts[0], names)
        check_formula(open_binder(parts[1], fresh), {**names, fresh: parts[0]})
    elif head == "not" and len(parts) == 1 and parts[0][0] in ("tends", "has_derivative"):
        check_formula(parts[0], names)
    elif head == "tends" and len(parts) == 3 and parts[1] in ("+oo", "-oo"):
        _derivative(names, parts[0], parts[2])
    elif head == "has_derivative" and len(parts) == 3:
        _number(names, _derivative(names, parts[0], parts[1]) and parts[2])
    elif head == "differentiable" and len(parts) == 1:
        if isinstance(parts[0], str):
            sort = names.get(parts[0], "")
        else:
            sort = ("function", (parts[0][1],), "real")
        if sort[:1] != ("function",) or sort[1][0][0] != "vector" or sort[2] != "real":
            raise Rejected("ILL_TYPED", "only a real function of a vector is differentiable here")
        check_value(parts[0], sort, names)
    elif head in _RELATIONS and len(parts) == 2:
        _check_relation(head, sort_of(parts[0], names), sort_of(parts[1], names))
    elif formula != ("false",):
        raise Rejected("ILL_TYPED", f"not a formula: {formula}")


def _check_relation(head: str, left: Term, right: Term) -> None:
    if fits(left, "real") and fits(right, "real"):
        return
    if head in ("=", "!=") and (fits(left, right) or fits(right, left)):
        return
    raise Rejected("ILL_TYPED", f"{left} and {right} cannot be related by {head}")
