"""Brackets, bars and lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from therefore.reading.latex.errors import Ambiguous, Unreadable
from therefore.reading.latex.names import described
from therefore.reading.latex.signs import BARS, OPENING, SIGNS, STOPS
from therefore.reading.latex.symbols import CONJUNCTIONS, RELATIONS
from therefore.reading.latex.tokens import Token, spelled
from therefore.reading.latex.values import Value, is_number, kind_of

if TYPE_CHECKING:
    from therefore.reading.latex.grammar import Grammar


def bracket(grammar: Grammar) -> Value:
    opening = grammar.take()
    close_sign = OPENING[opening.command]
    parts = listed(grammar, opening, close_sign)
    if len(parts) > 1:
        if opening.command != "(" or not all(is_number(v.sort) for v in parts):
            raise Unreadable("a list is read as a vector of numbers (a, b)", opening.place)
        sort = ("vector", str(len(parts)))
        return Value(("vector", *(v.term for v in parts)), sort)
    grammar.delimited = True
    return parts[0]


def listed(grammar: Grammar, opening: Token, close_sign: str) -> list[Value]:
    """Expressions between commas, up to the closing bracket."""
    kept, grammar.open_bars = grammar.open_bars, []
    parts = [grammar.expression()]
    while grammar.sign() == ",":
        grammar.take()
        parts.append(grammar.expression())
    if (following := grammar.peek()) is not None and following.command != close_sign and (
        not grammar.starts(following)
    ):  # fmt: skip
        if following.command in RELATIONS or following.command in STOPS:
            grammar.expect(close_sign, opening)
        grammar.unexpected()
    grammar.expect(close_sign, opening)
    grammar.open_bars = kept
    return parts


def arguments(grammar: Grammar, of: Token) -> list[Value]:
    opening = grammar.take()
    if opening.command != "(":
        raise Unreadable(f"{of.command} needs its arguments in brackets", opening.place)
    return listed(grammar, opening, ")")


def braces(grammar: Grammar) -> Value:
    opening = grammar.take()
    grammar.position -= 1
    inner = grammar.inside(grammar.argument(opening))
    if not inner.tokens:
        raise Unreadable("an expression is missing in these braces", opening.place)
    value = inner.product() if inner.sign() not in ("+", "-") else None
    if value is None or inner.peek() is not None or inner.unbounded is not None:
        if value is not None and inner.sign() not in ("+", "-"):
            inner.unexpected()
        raise Ambiguous(
            ("a group", "what the page shows, where braces are not seen"),
            "write brackets that can be seen",
            opening.place,
        )
    grammar.delimited = inner.delimited
    return value


def bars(grammar: Grammar) -> Value:
    opening = grammar.take()
    double = opening.command in ("\\|", "\\lVert")
    close_sign = BARS[opening.command]
    grammar.open_bars.append(opening.command)
    value = grammar.expression()
    if grammar.sign() != close_sign:
        if (token := grammar.peek()) is not None and not grammar.starts(token) and (
            token.command not in RELATIONS and token.command not in STOPS
        ):  # fmt: skip
            grammar.unexpected()
        grammar.expect(close_sign, opening)
    grammar.take()
    grammar.open_bars.pop()
    following = grammar.peek()
    if opening.command in ("|", "\\|") and following is not None:
        bars = [t for t in grammar.tokens[grammar.position :] if t.command == opening.command]
        operand = following.command not in STOPS and following.command not in RELATIONS
        if (
            len(bars) % 2 == 0
            and bars
            and operand
            and not grammar.open_bars
            and (
                following.text not in ("^", "_")
                and following.command not in (*SIGNS, "|", "\\|")
            )
            and following.kind in ("char", "macro")
            and following.command not in CONJUNCTIONS
        ):
            raise Ambiguous(
                ("|a| b |c|", "|a |b| c|"), "write \\left| and \\right|", opening.place
            )  # fmt: skip
    return _measured(grammar, value, double, opening)


def _measured(grammar: Grammar, value: Value, double: bool, opening: Token) -> Value:
    kind = kind_of(value.sort)
    grammar.delimited = True
    if kind == "matrix" and double and grammar.sign() == "_":
        mark = grammar.take()
        which = spelled(grammar.argument(mark))
        if which not in ("F", "\\mathrm{F}"):
            raise Unreadable(f"the norm of a matrix with index {which} is not in the language",
                             mark.place)  # fmt: skip
        return Value(("norm", value.term), "real")
    if kind == "matrix":
        readings = ("the Frobenius norm", "the operator norm") if double else (
            "the determinant", "a norm", "absolute values entry by entry",
        )  # fmt: skip
        raise Ambiguous(readings, "say which one, by its own name", opening.place)
    if not double:
        if kind == "number":
            return Value(("abs", value.term), value.sort if value.sort != "size" else "integer")
        if kind == "vector":
            raise Ambiguous(
                ("a norm", "absolute values entry by entry"), "write \\|w\\| for the norm",
                opening.place,
            )  # fmt: skip
    if kind != "vector":
        raise Unreadable(f"{described(value.sort)} has no norm; bars | | are for numbers",
                         opening.place)  # fmt: skip
    if grammar.sign() == "_":
        mark = grammar.take()
        which = spelled(grammar.argument(mark))
        if which != "2":
            raise Unreadable(f"the norm with index {which} is not in the language", mark.place)
    return Value(("norm", value.term), "real")


def inner_product(grammar: Grammar) -> Value:
    opening = grammar.take()
    parts = listed(grammar, opening, "\\rangle")
    if len(parts) != 2:
        raise Unreadable("an inner product is taken of two vectors", opening.place)
    left, right = parts
    sort = next((v.sort for v in parts if kind_of(v.sort) == "vector"), None)
    if sort is None:
        raise Unreadable(
            f"an inner product of {described(left.sort)} and {described(right.sort)}",
            opening.place,
        )
    for value in parts:
        grammar.fit(value, sort, "the vectors of an inner product", opening.place)
    grammar.delimited = True
    return Value(("inner", grammar.coerced(left, sort), grammar.coerced(right, sort)), "real")
