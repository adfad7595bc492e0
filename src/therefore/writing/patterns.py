"""Formulas that have a name of their own, so that they can be written by it."""

from __future__ import annotations

from typing import NamedTuple

from therefore.goal import Term

__all__ = [
    "Binder",
    "bind",
    "binders_before",
    "convex_function",
    "covariance_of",
    "equivalence",
    "known_matrix",
    "quantifier_prefix",
    "shift",
    "substitute",
    "unique_minimiser",
]


class Binder(NamedTuple):
    """A quantified variable: its sort and, where it runs over a range, the two ends."""

    sort: Term
    low: Term = None
    high: Term = None


def shift(term: Term, by: int, depth: int = 0) -> Term:
    """The term with every binder index that points outside of it moved by ``by``."""
    if isinstance(term, str):
        if term.startswith("#") and int(term[1:]) >= depth:
            return f"#{int(term[1:]) + by}"
        return term
    inner = [depth + n for n in binders_before(term)]
    return tuple(shift(part, by, d) for part, d in zip(term, inner, strict=True))


def substitute(body: Term, value: Term, depth: int = 0) -> Term:
    """The body of a binder with ``value`` for its variable.

    >>> substitute(("<=", "#0", ("abs", "#1")), "x")
    ('<=', 'x', ('abs', '#0'))
    """
    if isinstance(body, str):
        if not body.startswith("#"):
            return body
        index = int(body[1:])
        if index == depth:
            return shift(value, depth)
        return f"#{index - 1}" if index > depth else body
    inner = [depth + n for n in binders_before(body)]
    return tuple(substitute(part, value, d) for part, d in zip(body, inner, strict=True))


def bind(term: Term, name: str, depth: int = 0) -> Term:
    """The body of a binder over ``name``: every place of the name becomes its variable.

    >>> bind(("+", "t", "#0"), "t")
    ('+', '#0', '#1')
    """
    if isinstance(term, str):
        if term == name:
            return f"#{depth}"
        return f"#{int(term[1:]) + 1}" if term[:1] == "#" and int(term[1:]) >= depth else term
    inner = [depth + n for n in binders_before(term)]
    return tuple(bind(part, name, d) for part, d in zip(term, inner, strict=True))


def mentions(term: Term, name: str, depth: int = 0) -> bool:
    """Whether a name, or a binder index as seen from outside of ``depth`` binders, stands there.

    >>> mentions(("+", "#0", ("lambda", "real", "#2")), "#0", 1)
    True
    """
    if isinstance(term, str):
        return term == (f"#{int(name[1:]) + depth}" if name.startswith("#") else name)
    inner = [depth + n for n in binders_before(term)]
    return any(mentions(part, name, d) for part, d in zip(term, inner, strict=True))


def binders_before(term: Term) -> list[int]:
    """For each part of a term, how many variables the term binds in it."""
    binds = {"sum": {3: 1}, "sum_mod": {2: 1}, "derivative": {1: 1}, "matrix": {3: 2},
             "velocity": {1: 1}, "lambda": {2: 1}, "forall": {2: 1}, "exists": {2: 1},
              "tends": {1: 1}, "has_derivative": {1: 1}, "integral": {3: 1}, "integrates": {3: 1},
              "expectation": {1: 1}}  # fmt: skip
    head = term[0] if term and isinstance(term[0], str) else ""
    places = binds.get(head, {})
    if head == "matrix" and len(term) == 3:  # the sort of a matrix, which binds nothing
        places = {}
    return [places.get(place, 0) for place in range(len(term))]


def covariance_of(term: Term) -> tuple[Term, Term] | None:
    """u and v, if the term is E[(u - E u)(v - E v)^T] or, of numbers, E[(u - E u)(v - E v)]."""
    body = term[1]
    if body[0] not in ("outer", "*") or len(body) != 3:
        return None
    found = []
    for side in body[1:]:
        if side[0] != "+" or len(side) != 3:
            return None
        inside = bind(side[1], "", 1)  # one binder further in
        if side[2] != ("-", ("expectation", inside)):
            return None
        found.append(side[1])
    return found[0], found[1]


def quantifier_prefix(term: Term) -> tuple[list[Binder], list[Term], Term]:
    """The binders of nested ``forall``, the conditions in front of the body, and the body."""
    binders: list[Binder] = []
    while isinstance(term, tuple) and term[0] == "forall":
        _, sort, body = term
        low = high = None
        if (
            sort == "integer"
            and body[0] == "implies"
            and body[2][0] == "implies"
            and body[1][0] == body[2][1][0] == "<="
            and body[1][2] == "#0"
            and body[2][1][1] == "#0"
        ):
            low, high, body = shift(body[1][1], -1), shift(body[2][1][2], -1), body[2][2]
        binders.append(Binder(sort, low, high))
        term = body
    conditions: list[Term] = []
    while term[0] == "implies" and term[1][0] in ("=", "<=", "<", "!="):
        conditions.append(term[1])
        term = term[2]
    return binders, conditions, term


def convex_function(term: Term) -> Term:
    """The function that a formula says is convex, or ``None``."""
    try:
        _, sort, (_, _, (_, _, (_, _, (_, _, (_, (_, function, _), _))))) = term
    except (TypeError, ValueError):
        return None
    if not isinstance(function, str):
        return None
    mixed = ("+", ("*", "#0", "#2"), ("*", ("+", "1", ("-", "#0")), "#1"))
    bound = ("+", ("*", "#0", ("app", function, "#2")),
             ("*", ("+", "1", ("-", "#0")), ("app", function, "#1")))  # fmt: skip
    inequality = ("<=", ("app", function, mixed), bound)
    body = ("implies", ("<=", "0", "#0"), ("implies", ("<=", "#0", "1"), inequality))
    expected = ("forall", sort, ("forall", sort, ("forall", "real", body)))
    return shift(function, -3) if term == expected else None


def known_matrix(term: Term) -> tuple[str, Term] | None:
    """The word and the argument for a matrix that has a name: circ(c), toeplitz(a), shift(n).

    circ(c) has the entries c_{i−j} with indices modulo n, toeplitz(a) has a_{i−j} without, and
    shift(n) moves every index on by one.
    """
    _, rows, columns, body = term
    difference = ("+", "#1", ("-", "#0"))
    if rows != columns:
        return None
    if body == ("delta", "#1", ("+", "#0", "1")):
        return "shift", shift(rows, -2)
    if body[0] == "app" and isinstance(body[1], str) and body[1] not in ("#0", "#1"):
        if body[2:] == (difference,):
            return "circ", shift(body[1], -2)
        if body[2:] == (("+", ("lift", "#1"), ("-", ("lift", "#0"))),):
            return "toeplitz", shift(body[1], -2)
    return None


def equivalence(term: Term) -> tuple[Term, Term] | None:
    """The two sides of ``p implies q and q implies p``, or ``None``."""
    if len(term) == 3 and all(isinstance(p, tuple) and p[0] == "implies" for p in term[1:]):
        (_, p, q), (_, r, s) = term[1:]
        if (p, q) == (s, r):
            return p, q
    return None


def unique_minimiser(term: Term) -> tuple[Term, Term, Term] | None:
    """The point, its sort and the value O(#0), where a formula says "the only minimiser"."""
    if len(term) != 3 or any(p[0] != "forall" for p in term[1:]):
        return None
    (_, sort, least), (_, other, only) = term[1:]
    if sort != other or least[0] != "<=" or only[0] != "implies" or only[2][0] != "=":
        return None
    low, value = least[1:]
    if only[1] != ("<=", value, low) or "#0" not in only[2][1:]:
        return None
    point = only[2][1] if only[2][2] == "#0" else only[2][2]
    if shift(substitute(value, shift(point, -1)), 1) != low:
        return None
    return shift(point, -1), sort, value
