"""The least and the greatest member of a range, which are no terms.

While a relation is read, such a member is a name of its own; then the relation is said of every
index at which it is attained, and that the range is not empty.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from therefore.goal import Term
from therefore.kernel.terms import close, open_binder
from therefore.reading.latex.errors import Unreadable
from therefore.reading.latex.names import leaves
from therefore.reading.latex.ranges import ranges_of
from therefore.reading.latex.tokens import Token
from therefore.reading.latex.values import Value, is_number

if TYPE_CHECKING:
    from therefore.reading.latex.grammar import Grammar

__all__ = ["MARK", "Extreme", "extreme_over", "said_of_extremes"]

MARK = "%extreme"


@dataclass(frozen=True)
class Extreme:
    """The least ("min") or greatest ("max") value of ``body`` from ``low`` to ``high``."""

    name: str
    head: str
    low: Term
    high: Term
    body: Term


def extreme_over(grammar: Grammar, token: Token) -> Value:
    r"""``\\min_{0\\le k\\le T} a_k``, as a name that the relation around it explains."""
    below, above = grammar.scripts(token)
    ranges = ranges_of(grammar, token, below, above)
    if len(ranges) != 1 or ranges[0][3]:
        raise Unreadable(f"{token.command} is read over one index with two ends", token.place)
    key, low, high, _ = ranges[0]
    name, bound = grammar.bind(key, "integer", (low, high))
    value = grammar.body(bound)
    if not is_number(value.sort):
        raise Unreadable(f"{token.command} is taken of numbers", token.place)
    body = close(value.term, name)
    for leaf in leaves(("range", low, high, body)):
        if leaf[:1] == "%" and not leaf.startswith("%all"):
            raise Unreadable(
                f"{token.command} over a range is read where nothing around it is bound; write "
                "its relation in a line of its own",
                token.place,
            )
    found = Extreme(f"{MARK}{len(grammar.extremes)}", token.text, low, high, body)
    grammar.extremes.append(found)
    return Value(found.name, "real")


def said_of_extremes(formula: Term, extremes: list[Extreme]) -> Term:
    """The formula, where the least and greatest members that it names are explained."""
    for one in reversed(extremes):
        if one.name in set(leaves(formula)):
            formula = _said(formula, one)
    return formula


def _said(formula: Term, one: Extreme) -> Term:
    at, other = "%at", "%other"
    here, there = open_binder(one.body, at), open_binder(one.body, other)
    order: Term = ("<=", here, there) if one.head == "min" else ("<=", there, here)
    attained = ("forall", "integer", close(_within(one, other, order), other))
    stated = open_binder(close(formula, one.name), here)
    everywhere = _within(one, at, ("implies", attained, stated))
    return ("and", ("<=", one.low, one.high), ("forall", "integer", close(everywhere, at)))


def _within(one: Extreme, index: str, formula: Term) -> Term:
    """The formula under the condition that an index is in the range."""
    return ("implies", ("<=", one.low, index), ("implies", ("<=", index, one.high), formula))
