"""Definitions by cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from therefore.goal import Term
from therefore.reading.latex.errors import Unreadable
from therefore.reading.latex.products import Value, is_number
from therefore.reading.latex.tokens import Token

if TYPE_CHECKING:
    from therefore.reading.latex.grammar import Grammar

__all__ = ["negation", "read_cases"]

_ELSE = frozenset(["otherwise", "else", "otherwise.", "otherwise,", "else.", "else,"])
_IF = frozenset(["", "if", "for", "when", ",", "if ", ", if"])


def read_cases(grammar: Grammar, cells: list[list[list[Token]]], token: Token) -> Value:
    """The term of a ``cases`` environment: conditions and values, in the author's order.

    The condition of a last row that says "otherwise" is that none of the others holds.
    """
    from therefore.reading.latex.relations import condition

    parts: list[Term] = []
    conditions: list[Term] = []
    for number, row in enumerate(cells):
        if len(row) != 2:
            raise Unreadable("each row of cases is a value, & and a condition", token.place)
        written = row[0]
        while written and written[-1].text in (",", "") and written[-1].kind in ("char", "text"):
            written = written[:-1]
        value = grammar.inside(written).number()
        words = [t for t in row[1] if t.kind == "text"]
        if any(t.text.lower() in _ELSE for t in words):
            if number + 1 < len(cells) or not conditions:
                raise Unreadable("only the last row may say otherwise", token.place)
            others = tuple(negation(one, token) for one in conditions)
            holds: Term = others[0] if len(others) == 1 else ("and", *others)
        else:
            if any(t.text.lower() not in _IF for t in words):
                raise Unreadable(f"the words {words[0].text!r} are not read here", words[0].place)
            formula = [t for t in row[1] if t.kind != "text"]
            while formula and formula[-1].text in (",", ".", ";"):
                formula = formula[:-1]
            holds = condition(grammar.inside(formula))
        conditions.append(holds)
        parts += [holds, value.term]
        if not is_number(value.sort):
            raise Unreadable("cases are read of numbers", token.place)
    if not parts:
        raise Unreadable("cases without a row", token.place)
    grammar.delimited = True
    return Value(("cases", *parts), "real")


def negation(formula: Term, token: Token) -> Term:
    """The formula that holds where this one does not."""
    head = formula[0]
    if head in ("<=", "<"):
        return ("<" if head == "<=" else "<=", formula[2], formula[1])
    if head in ("=", "!="):
        return ("!=" if head == "=" else "=", *formula[1:])
    if head in ("and", "or"):
        parts = (negation(part, token) for part in formula[1:])
        return ("or" if head == "and" else "and", *parts)
    raise Unreadable("the rows before otherwise are too involved; write its condition", token.place)
