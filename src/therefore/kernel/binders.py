"""Binders and substitution.

A term is text (a name, a number, a bound variable ``#k``) or a tuple whose first part is its
head. Bound variables are numbered from the innermost binder. A binder is opened by putting a
closed term for its variable, so that substitution cannot capture.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from .data import MOST_DEPTH, MOST_NODES, Term
from .errors import Rejected

__all__ = [
    "BINDERS",
    "NAME",
    "RESERVED",
    "Names",
    "binds",
    "close",
    "is_number",
    "measured",
    "mentions",
    "new_name",
    "open_binder",
    "substitute",
]

Names = Mapping[str, Term]
NAME = re.compile(r"[%A-Za-z][A-Za-z0-9_]*", re.ASCII)
_NUMBER = re.compile(r"-?\d+(/0*[1-9]\d*)?", re.ASCII)

# head: (position of the body, how many variables it binds)
BINDERS = {
    "sum": (3, 1), "sum_mod": (2, 1), "derivative": (1, 1), "matrix": (3, 2), "lambda": (2, 1),
    "forall": (2, 1), "exists": (2, 1), "tends": (1, 1), "has_derivative": (1, 1),
    "prod": (3, 1), "integral": (3, 1), "integrates": (3, 1), "family": (1, 1), "members": (1, 1),
    "velocity": (1, 1),
    "expectation": (1, 1),
}  # fmt: skip

RESERVED = frozenset([
    "abs", "and", "app", "arctan", "blocks", "cos", "cycle", "delta", "derivative", "det",
    "differentiable", "element", "embed", "entry", "exists", "exp", "expectation", "exponential",
    "false", "family", "field", "floor", "forall", "function", "gaussian", "gradient", "hadamard",
    "has_derivative", "hessian", "identity", "implies", "independent", "inner", "integer",
    "integral", "integrates", "inverse", "invertible", "jacobian", "kronecker", "lambda", "left",
    "lift", "log", "matmul", "matrix", "members", "mod", "moments", "norm", "not", "or", "outcome",
    "outer", "pi", "power", "pseudoinverse", "real", "residue", "right", "root_of_unity", "row",
    "rows", "sin", "size", "sqrt", "standard_normal", "step", "sum", "sum_mod", "table", "tends",
    "trace", "transpose", "turn", "uniform_index", "unit", "vec", "vector", "velocity", "zero",
])  # fmt: skip


def new_name(term: Term) -> str:
    """A name that may be declared: a word that is no operation. Raises ``MALFORMED``."""
    is_word = isinstance(term, str) and NAME.fullmatch(term) and term[0] != "%"
    if is_word and term not in RESERVED:
        return str(term)
    raise Rejected("MALFORMED", f"not a name for a variable: {term}")


def is_number(term: Term) -> bool:
    return isinstance(term, str) and bool(_NUMBER.fullmatch(term))


def measured(term: Term) -> Term:
    """The term itself, unless it is too large. Raises ``TOO_LARGE``.

    Terms share their parts, so that a short text can stand for more than could ever be walked.
    """
    waiting, nodes = [(term, 0)], 0
    while waiting:
        part, depth = waiting.pop()
        nodes += 1
        if nodes > MOST_NODES or depth > 2 * MOST_DEPTH:
            raise Rejected("TOO_LARGE", "a term that is too deep or too large")
        if isinstance(part, tuple):
            waiting += [(inner, depth + 1) for inner in part]
    return term


def binds(term: Term, position: int) -> int:
    """How many variables the term binds in its part at the position."""
    body, count = BINDERS.get(term[0], (0, 0)) if isinstance(term[0], str) else (0, 0)
    return count if position == body else 0


def open_binder(body: Term, *values: Term, depth: int = 0) -> Term:
    """The body with closed terms for its bound variables, the outermost first."""
    if isinstance(body, str):
        if body[0] != "#" or int(body[1:]) < depth:
            return body
        if int(body[1:]) - depth >= len(values):
            return f"#{int(body[1:]) - len(values)}"
        return values[len(values) - 1 - (int(body[1:]) - depth)]
    place, count = BINDERS.get(body[0], (0, 0)) if isinstance(body[0], str) else (0, 0)
    return tuple([
        part if isinstance(part, str) and part[0] != "#"
        else open_binder(part, *values, depth=depth + (count if k == place else 0))
        for k, part in enumerate(body)
    ])  # fmt: skip


def close(term: Term, name: str, depth: int = 0) -> Term:
    """The body of a binder over ``name``: the inverse of opening it with that name."""
    if isinstance(term, str):
        return f"#{depth}" if term == name else term
    place, count = BINDERS.get(term[0], (0, 0)) if isinstance(term[0], str) else (0, 0)
    return tuple([
        close(part, name, depth + (count if k == place else 0)) for k, part in enumerate(term)
    ])  # fmt: skip


def substitute(term: Term, values: Mapping[str, Term]) -> Term:
    """The term with closed terms for names, all at once. Heads are words, not names."""
    if isinstance(term, str):
        return values.get(term, term)
    return tuple(
        part if k == 0 and isinstance(part, str) else substitute(part, values)
        for k, part in enumerate(term)
    )


def mentions(term: Term, name: str) -> bool:
    """Whether the name occurs in the term."""
    return bool(term == name) if isinstance(term, str) else any(mentions(p, name) for p in term)
