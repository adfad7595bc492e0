"""Claims in words: "is convex in", "does not exist", "has the sign of"."""

from __future__ import annotations

from collections.abc import Callable

from therefore.goal import Term
from therefore.kernel.terms import open_binder
from therefore.reading.latex.errors import Unreadable
from therefore.reading.latex.grammar import Grammar
from therefore.reading.latex.names import Names
from therefore.reading.latex.properties import convex
from therefore.reading.latex.prose import Item
from therefore.reading.latex.relations import limit
from therefore.reading.latex.tokens import Token
from therefore.reading.latex.values import Value, is_number, kind_of

__all__ = ["convexity", "no_such", "one_sign"]


def no_such(item: Item, names: Names) -> Term:
    """That a limit or a derivative does not exist: no number is it. Raises ``Unreadable``."""
    if item.fault is not None:
        raise item.fault
    head = item.tokens[0].command if item.tokens else ""
    if head == "\\lim":
        operator = limit(Grammar(item.tokens, names))
        claims = tuple(
            ("not", ("exists", "real", ("tends", operator.body, place, "#0")))
            for place in operator.where
        )
        return claims[0] if len(claims) == 1 else ("and", *claims)
    term = Grammar(item.tokens, names).whole().term
    if not isinstance(term, tuple) or term[0] != "derivative" or term[1][0] == "derivative":
        raise Unreadable(
            "this is read of a limit or of a derivative of the first order", item.place
        )
    return ("not", ("exists", "real", ("has_derivative", term[1], term[2], "#0")))


def one_sign(item: Item, other: Item | None, names: Names) -> Term:
    """That two numbers are both positive, both negative or both 0. Raises ``Unreadable``."""
    if item.fault is not None:
        raise item.fault
    if other is None:
        raise Unreadable("say of what: 'has the sign of $y$'", item.place)
    if other.fault is not None:
        raise other.fault
    left, right = Grammar(item.tokens, names).number().term, Grammar(
        _bare(other.tokens), names
    ).number().term  # fmt: skip
    signs = ((("<", "0", one), ("<", one, "0")) for one in (left, right))
    (up, down), (also_up, also_down) = signs
    return (
        "and",
        ("implies", up, also_up), ("implies", also_up, up),
        ("implies", down, also_down), ("implies", also_down, down),
    )  # fmt: skip


def _bare(tokens: list[Token]) -> list[Token]:
    while tokens and tokens[-1].text in (",", ".", ";", ":", "") and tokens[-1].kind != "macro":
        tokens = tokens[:-1]
    return tokens


def convexity(item: Item, variable: list[Token] | None, names: Names) -> Term:
    if item.fault is not None:
        raise item.fault
    grammar = Grammar(item.tokens, names)
    entity = grammar.lone_function()
    if entity is not None and len(entity.arguments) == 1 and entity.sort == "real":
        name = entity.name
        return convex(lambda at: ("app", name, at), entity.arguments[0])
    if variable is None:
        raise Unreadable("say in which variable it is convex: 'is convex in $w$'", item.place)
    at = Grammar(variable, names).whole()
    value = grammar.whole()
    if not isinstance(at.term, str) or not (kind_of(at.sort) == "vector" or at.sort == "real"):
        raise Unreadable("convexity is read in a declared vector or number", item.place)
    if not is_number(value.sort):
        raise Unreadable("only a number can be convex", item.place)
    return convex(_apply(value, at, names), at.sort)


def _apply(value: Value, at: Value, names: Names) -> Callable[[Term], Term]:
    body = names.abstracted(value.term, at.term)
    return lambda point: open_binder(body, point)
