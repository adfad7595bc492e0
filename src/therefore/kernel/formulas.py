"""Which formulas are well formed, and what it means that one is false."""

from __future__ import annotations

from collections.abc import Callable

from .binders import Names, open_binder
from .data import Term
from .errors import Rejected
from .sorts import check_sort, fits, internal
from .typed import check_value, sort_of

__all__ = ["FORMULAS", "RELATIONS", "check_formula", "negation", "point_of"]

RELATIONS = ("=", "!=", "<=", "<")

# Statements that a theory adds, by head and number of parts.
FORMULAS: dict[tuple[str, int], Callable[..., None]] = {}


def check_formula(formula: Term, names: Names) -> None:
    """Raise ``ILL_TYPED`` unless this is a formula over the names."""
    head, parts = (formula[0], formula[1:]) if isinstance(formula, tuple) else ("", ())
    fresh = internal(names)
    if (head in ("and", "or") and len(parts) >= 2) or (head == "implies" and len(parts) == 2):
        for part in parts:
            check_formula(part, names)
    elif head in ("forall", "exists") and len(parts) == 2:
        check_sort(parts[0], names)
        check_formula(open_binder(parts[1], fresh), {**names, fresh: parts[0]})
    elif head == "not" and len(parts) == 1:
        check_formula(parts[0], names)
    elif head == "tends" and len(parts) == 3:
        point = point_of(parts[1])
        _check_at(parts[0], names, parts[2] if point is None else point, parts[2])
    elif head == "has_derivative" and len(parts) == 3:
        _check_at(parts[0], names, parts[1], parts[2])
    elif head == "differentiable" and len(parts) == 1:
        _check_differentiable(parts[0], names)
    elif (head, len(parts)) in FORMULAS:
        FORMULAS[head, len(parts)](names, *parts)
    elif head in RELATIONS and len(parts) == 2:
        _check_relation(head, sort_of(parts[0], names), sort_of(parts[1], names))
    elif formula != ("false",):
        raise Rejected("ILL_TYPED", f"not a formula: {formula}")


def point_of(place: Term) -> Term | None:
    """The point of a limit's place: a, ("right", a) or ("left", a). None for ±∞."""
    if place in ("+oo", "-oo"):
        return None
    return place[1] if place[0] in ("right", "left") and len(place) == 2 else place


def _check_at(body: Term, names: Names, *numbers: Term) -> None:
    fresh = internal(names)
    check_value(open_binder(body, fresh), "real", {**names, fresh: "real"})
    for number in numbers:
        check_value(number, "real", names)


def _check_differentiable(function: Term, names: Names) -> None:
    if isinstance(function, str):
        sort = names.get(function, "")
    elif function[0] == "lambda" and len(function) == 3:
        check_sort(function[1], names)
        sort = ("function", (function[1],), "real")
    else:
        sort = ""
    if sort[:1] != ("function",) or len(sort[1]) != 1 or sort[1][0][0] != "vector":
        raise Rejected("ILL_TYPED", "only a real function of a vector is differentiable here")
    check_value(function, ("function", sort[1], "real"), names)


def _check_relation(head: str, left: Term, right: Term) -> None:
    if fits(left, "real") and fits(right, "real"):
        return
    are_alike = head in ("=", "!=") and (fits(left, right) or fits(right, left))
    if are_alike and left[0] not in ("function", "family") and left != "outcome":
        return
    raise Rejected("ILL_TYPED", f"{left} and {right} cannot be related by {head}")


def negation(formula: Term) -> Term:
    """What it means that a defined formula is false. Raises ``UNSUPPORTED``."""
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
    named = head in ("tends", "has_derivative", "differentiable")
    if named or (head, len(formula) - 1) in FORMULAS:
        return ("not", formula)
    if head == "not":
        return formula[1]
    raise Rejected("UNSUPPORTED", f"the negation of {head}")
