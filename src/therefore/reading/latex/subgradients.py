r"""Subgradients, ``g \in \partial f(x)``, and ``p = \operatorname{prox}_{\gamma f}(x)``.

Both say that a tangent lies below a function: f(x) + ⟨g, y − x⟩ ≤ f(y) for all y. The proximal
point p of a convex f is the one at which (x − p)/γ is a subgradient (Parikh and Boyd, Proximal
Algorithms, 3.2); so prox is read of convex functions and γ > 0 only.
"""

from __future__ import annotations

from therefore.goal import Term
from therefore.kernel.terms import close
from therefore.reading.latex.classes import is_called_convex
from therefore.reading.latex.errors import Unreadable
from therefore.reading.latex.grammar import Bound, Grammar
from therefore.reading.latex.names import Entity, Names, key_of
from therefore.reading.latex.operators import divided
from therefore.reading.latex.proximal_maps import function_and_factor, least_of_sum
from therefore.reading.latex.solutions import LEAST
from therefore.reading.latex.tokens import Token, spelled
from therefore.reading.latex.values import Value, is_positive, kind_of

__all__ = ["applied_in_sets", "speaks_of_subgradients", "tangent_below"]

_PROX = ("\\operatorname{prox}", "\\mathrm{prox}", "\\text{prox}", "\\prox")

Side = tuple[str, Token, list[Token]]


def speaks_of_subgradients(
    sides: list[Side], names: Names | None = None, bound: Bound | None = None
) -> bool:
    """Whether a relation is one that this file reads; without names, by its looks."""
    if len(sides) != 2:
        return False
    if sides[1][0] == "in":
        return sides[1][2][:1] != [] and sides[1][2][0].command == "\\partial"
    if sides[1][0] == "=" and spelled(sides[1][2]).startswith(LEAST):
        return names is None or least_of_sum(sides[1][2], names, bound or {}) is not None
    return sides[1][0] == "=" and any(_is_prox(side) for _, _, side in sides)


def _is_prox(tokens: list[Token]) -> bool:
    """Whether tokens are one proximal point and nothing more."""
    if not spelled(tokens).startswith(_PROX):
        return False
    try:
        _parts_of_prox(tokens)
    except Unreadable:
        return False
    return True


def tangent_below(sides: list[Side], names: Names, bound: Bound) -> Term:
    """What such a relation says. Raises ``Unreadable``."""
    left, right = sides[0][2], sides[1][2]
    if sides[1][0] == "in":
        function, point = _subdifferential(right, names, bound)
        slope = _vector(Grammar(left, names, bound).whole(), function, left)
        return _below(function, point, slope)
    if _is_prox(left):
        left, right = right, left
    if _is_prox(left):
        raise Unreadable("write one proximal point in a relation", left[0].place)
    if spelled(right).startswith(LEAST):
        return _least(left, right, names, bound)
    script, rest = _parts_of_prox(right)
    found = function_and_factor(script, names, right[0].place)
    if found is None:
        raise Unreadable(
            f"{spelled(script[-1:])} is no declared function of a vector", right[0].place
        )
    (function, factor), inside = found, rest[1:-1]
    here = _vector(Grammar(left, names, bound).whole(), function, left)
    there = _vector(Grammar(inside, names, bound).whole(), function, inside)
    gap = ("+", there, ("-", here))
    return _below(function, here, divided(gap, factor))


def _least(left: list[Token], right: list[Token], names: Names, bound: Bound) -> Term:
    found = least_of_sum(right, names, bound)
    if found is None:
        raise Unreadable("this argmin is not read of a sequence; write prox", right[0].place)
    function, factor, there = found
    if not is_called_convex(function, names):
        raise Unreadable(f"say first that {function.latex} is convex", right[0].place)
    if not is_positive(factor, names.hypotheses):
        raise Unreadable("say first that the factor of the square is positive", right[0].place)
    here = _vector(Grammar(left, names, bound).whole(), function, left)
    return _below(function, here, divided(("+", there, ("-", here)), factor))


def applied_in_sets(tokens: list[Token]) -> list[Token]:
    r"""The tokens, where what prox is applied to stands after its function alone.

    So it is seen of which kind the members of a sequence are.
    """
    at = next((k for k in range(len(tokens)) if _is_prox(tokens[k:])), None)
    if at is None:
        return tokens
    script, inside = _parts_of_prox(tokens[at:])
    return [*tokens[:at], script[-1], *inside]


def _parts_of_prox(tokens: list[Token]) -> tuple[list[Token], list[Token]]:
    """The subscript of prox, and its argument with the brackets."""
    place = tokens[0].place
    mark = next((k for k, t in enumerate(tokens) if t.text == "_"), None)
    if mark is None or mark + 1 >= len(tokens):
        raise Unreadable("write prox with its function: \\operatorname{prox}_{\\gamma f}(x)", place)
    if tokens[mark + 1].kind == "{":
        depth, end = 0, mark + 1
        for end in range(mark + 1, len(tokens)):
            depth += (tokens[end].kind == "{") - (tokens[end].kind == "}")
            if not depth:
                break
        script, rest = tokens[mark + 2 : end], tokens[end + 1 :]
    else:
        script, rest = tokens[mark + 1 : mark + 2], tokens[mark + 2 :]
    rest = [t for t in rest if t.command not in ("\\left", "\\right")]
    if not script or len(rest) < 3 or rest[0].text != "(" or rest[-1].text != ")":
        raise Unreadable("write \\operatorname{prox}_{\\gamma f}(x), and nothing beside it", place)
    depth = 0
    for k, token in enumerate(rest):
        depth += (token.text == "(") - (token.text == ")")
        if not depth and k < len(rest) - 1:
            raise Unreadable("name the proximal point, and write the rest beside", place)
    return script, rest


def _subdifferential(tokens: list[Token], names: Names, bound: Bound) -> tuple[Entity, Term]:
    rest = [t for t in tokens[1:] if t.command not in ("\\left", "\\right")]
    if len(rest) < 4 or rest[1].text != "(" or rest[-1].text != ")":
        raise Unreadable("write \\partial f(x)", tokens[0].place)
    function = _function(rest[:1], names)
    point = Grammar(rest[2:-1], names, bound).whole()
    return function, _vector(point, function, rest)


def _function(tokens: list[Token], names: Names) -> Entity:
    place = tokens[0].place
    known = names.plain.get(key_of(spelled(tokens), place))
    if known is None or known.sort != "real" or len(known.arguments) != 1 or (
        kind_of(known.arguments[0]) != "vector"
    ):  # fmt: skip
        raise Unreadable(f"{spelled(tokens)} is no declared function of a vector", place)
    return known


def _vector(value: Value, function: Entity, tokens: list[Token]) -> Term:
    if value.term == "0" and kind_of(function.arguments[0]) == "vector":
        return ("zero", function.arguments[0][1])
    if value.sort != function.arguments[0]:
        raise Unreadable(
            f"{spelled(tokens)} is no point of the space of {function.latex}", tokens[0].place
        )
    return value.term


def _below(function: Entity, point: Term, slope: Term) -> Term:
    """f(x) + ⟨g, y − x⟩ ≤ f(y) for all y."""
    tangent = ("inner", slope, ("+", "%y", ("-", point)))
    low = ("+", ("app", function.name, point), tangent)
    inside = ("<=", low, ("app", function.name, "%y"))
    return ("forall", function.arguments[0], close(inside, "%y"))

