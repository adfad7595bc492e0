"""Applied function literals are replaced by their bodies, as far as nothing undefined is lost."""

from __future__ import annotations

from fractions import Fraction

from .binders import BINDERS, Names, binds, close, is_number, measured, mentions, open_binder
from .data import Term
from .typed import coerced

__all__ = ["PARTIAL", "is_total", "reduced"]

# Operations that may be undefined although their parts are defined.
PARTIAL = {"/", "sqrt", "sum", "derivative", "gradient"}


def reduced(term: Term, names: Names) -> Term:
    """The term with every applied lambda replaced by its body at the arguments.

    An argument that might be undefined must appear in the body where its obligations are met;
    else (g(1/0) with g = 1) the application is left as it is, and they are met there.
    """
    return _reduced(term, names) if mentions(measured(term), "lambda") else term


def _reduced(term: Term, names: Names) -> Term:
    if isinstance(term, str):
        return term
    sorts = _bound_sorts(term)
    if sorts:
        position = BINDERS[term[0]][0]
        fresh = [f"%e{len(names) + k}" for k in range(len(sorts))]
        inner = {**names, **dict(zip(fresh, sorts, strict=True))}
        body = _reduced(open_binder(term[position], *fresh), inner)
        for k, name in enumerate(reversed(fresh)):
            body = close(body, name, k)
        parts = [_reduced(part, names) for part in term[:position]]
        return (*parts, body, *(_reduced(part, names) for part in term[position + 1 :]))
    term = tuple(_reduced(part, names) for part in term)
    return _applied(term, names) if term[0] == "app" and term[1][0] == "lambda" else term


def _applied(term: Term, names: Names) -> Term:
    """An applied lambda with its reduced parts: all the arguments are put in together."""
    function, arguments = term[1], term[2:]
    values: list[Term] = []
    while len(values) < len(arguments) and function[0] == "lambda":
        sort = open_binder(function[1], *values)
        values.append(coerced(arguments[len(values)], sort, names))
        function = function[2]
    rest = arguments[len(values) :]
    for k, value in enumerate(reversed(values)):
        if not is_total(value) and (value[0] == "lambda" or not _is_met(function, f"#{k}")):
            return term
    body = measured(open_binder(function, *values))
    return _reduced(("app", body, *rest) if rest else body, names)


def is_total(term: Term) -> bool:
    """Whether the term is plainly defined."""
    if isinstance(term, str):
        return True
    harmless = term[0] == "/" and is_number(term[2]) and Fraction(term[2]) != 0
    return (harmless or term[0] not in PARTIAL) and all(map(is_total, term))


def _is_met(body: Term, variable: str) -> bool:
    """Whether the variable stands in the body outside all binders."""
    if isinstance(body, str):
        return bool(body == variable)
    return any(_is_met(part, variable) for k, part in enumerate(body) if not binds(body, k))


def _bound_sorts(term: Term) -> list[Term]:
    """The sorts of the variables that a term binds, the outermost first."""
    head, *parts = term
    if not isinstance(head, str) or len(parts) < BINDERS.get(head, (0,))[0]:
        return []
    if head in ("forall", "exists", "lambda"):
        return [parts[0]]
    if head in ("sum_mod", "matrix"):
        return [("residue", size) for size in parts[:-1]]
    if head in ("derivative", "velocity", "tends", "has_derivative", "integral", "integrates"):
        return ["real"]
    if head == "expectation":
        return ["outcome"]
    return ["integer"] if head in ("sum", "family", "members") else []
