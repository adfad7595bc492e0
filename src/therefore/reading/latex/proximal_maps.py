r"""Proximal maps within larger terms: ``2\operatorname{prox}_{\gamma f}(x) - x``.

The map is a name of its own, P, of which it is known that (x − P(x))/γ is a subgradient of f at
P(x), for every x. ``\operatorname{prox}_{\gamma\iota_C}`` is the projection onto C. The point
``\operatorname{argmin}_x \{f(x) + \frac{1}{2\gamma}\|x - z\|^2\}`` is the proximal point of z.
"""

from __future__ import annotations

from therefore.goal import Term
from therefore.kernel.terms import close
from therefore.reading.latex.classes import is_called_convex
from therefore.reading.latex.convex_sets import indicator_of
from therefore.reading.latex.errors import Unreadable
from therefore.reading.latex.grammar import Bound, Grammar
from therefore.reading.latex.names import Entity, Names, key_of, leaves
from therefore.reading.latex.operators import divided, factor_and_name, factor_of
from therefore.reading.latex.solutions import LEAST, subscript
from therefore.reading.latex.tokens import Place, Token, spelled
from therefore.reading.latex.values import Value, kind_of

__all__ = ["PROX", "function_and_factor", "least_of_sum", "proximal_map"]

PROX = frozenset(["\\operatorname{prox}", "\\mathrm{prox}", "\\operatorname{Prox}"])


def function_and_factor(
    tokens: list[Token], names: Names, place: Place
) -> tuple[Entity, Term] | None:
    r"""The function and the positive factor of ``\gamma f``, below prox; ``None`` for no function.

    Raises ``Unreadable`` where it is not known that they are convex and positive.
    """
    functions = {
        one.latex: one
        for one in names.plain.values()
        if one.sort == "real" and len(one.arguments) == 1 and kind_of(one.arguments[0]) == "vector"
    }
    found = factor_and_name(tokens, functions)
    if found is None:
        return None
    function = functions[found[1]]
    if not is_called_convex(function, names):
        raise Unreadable(f"say first that {function.latex} is convex", place)
    return function, factor_of(found[0], found[2], names, "prox", place)


def proximal_map(tokens: list[Token], names: Names, place: Place) -> Entity | None:
    """The proximal map of what stands below prox, with what is known of it."""
    for cut in range(len(tokens)):
        projection = indicator_of(tokens[cut:], names)
        if projection is not None:
            factor_of(tokens[:cut], False, names, "prox", place)
            return projection
    found = function_and_factor(tokens, names, place)
    if found is None:
        return None
    function, factor = found
    latex = f"\\operatorname{{prox}}_{{{spelled(tokens)}}}"
    try:
        key = key_of(latex)
    except Unreadable:
        key = key_of(f"prox_{{{function.latex} {len(names.plain)}}}")
    if key in names.plain:
        return names.plain[key]
    space = function.arguments[0]
    entity = names.declare(Entity(key, key, latex, "function", space, (space,)))
    here: Term = ("app", entity.name, "%x")
    gap: Term = ("+", "%x", ("-", here))
    tangent = ("inner", divided(gap, factor), ("+", "%y", ("-", here)))
    below = ("<=", ("+", ("app", function.name, here), tangent), ("app", function.name, "%y"))
    inner = ("forall", space, close(below, "%y"))
    names.assume(("forall", space, close(inner, "%x")))
    return entity


def least_of_sum(
    tokens: list[Token], names: Names, bound: Bound
) -> tuple[Entity, Term, Term] | None:
    r"""The function, the factor and the point z of a proximal point that is written as an argmin.

    ``\operatorname{argmin}_x \{f(x) + \frac{1}{2\gamma}\|x - z\|^2\}``; ``None`` for any other sum.
    """
    head = next((k for k in range(len(tokens), 0, -1) if spelled(tokens[:k]) in LEAST), 0)
    if not head:
        return None
    below, body = subscript(tokens[head:])
    at = next((k for k, token in enumerate(below) if token.command == "\\in"), len(below))
    variable = spelled(below[:at])
    body = [t for t in body if t.kind != "text" and t.command not in ("\\left", "\\right")]
    if body and body[0].command in ("\\{", "[", "(") and body[-1].command in ("\\}", "]", ")"):
        body = body[1:-1]
    for function in list(names.plain.values()):
        if function.sort != "real" or len(function.arguments) != 1 or (
            kind_of(function.arguments[0]) != "vector" or not variable
        ):  # fmt: skip
            continue
        space = function.arguments[0]
        kept = names.copy()
        try:
            inside = {**bound, key_of(variable): Value(_LEAST_AT, space)}
            term = Grammar(body, names, inside).whole().term
        except Unreadable:
            names.put_back(kept)
            continue
        found = _parts_of_sum(term, function)
        if found is not None:
            return function, found[0], found[1]
    return None


_LEAST_AT = "%least"


def _parts_of_sum(term: Term, function: Entity) -> tuple[Term, Term] | None:
    """The factor γ and the point z of f(x) + ‖x − z‖²/(2γ)."""
    value = ("app", function.name, _LEAST_AT)
    if term[0] != "+" or len(term) != 3 or value not in term[1:]:
        return None
    square = term[2] if term[1] == value else term[1]
    weight: Term = "1"
    if square[0] == "/":
        square, weight = square[1], ("/", "1", square[2])
    elif square[0] == "*" and len(square) == 3:
        weight, square = square[1], square[2]
    if square[0] != "^" or square[2] != "2" or square[1][0] != "norm":
        return None
    gap = square[1][1]
    if gap[0] != "+" or len(gap) != 3:
        return None
    for here, other in ((gap[1], gap[2]), (gap[2], gap[1])):
        if here == _LEAST_AT and other[0] == "-":
            point = other[1]
        elif here == ("-", _LEAST_AT):
            point = other
        else:
            continue
        if _LEAST_AT not in set(leaves(("of", point, weight))):
            return _factor_of_weight(weight), point
    return None


def _factor_of_weight(weight: Term) -> Term:
    """γ, where the square has the weight 1/(2γ)."""
    if weight[:2] == ("/", "1"):
        under = weight[2]
        if under[0] == "*" and under[1] == "2" and len(under) > 2:
            return under[2] if len(under) == 3 else ("*", *under[2:])
        return "1" if under == "2" else ("/", under, "2")
    if weight[0] == "/" and weight[2] == "2":
        return ("/", "1", weight[1])
    return "1" if weight == "1/2" else ("/", "1", ("*", "2", weight))
