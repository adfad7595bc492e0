r"""Dots in a sum: ``a_0 + a_1 + \dots + a_T``, where the terms differ in one index only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from therefore.goal import Term
from therefore.kernel.terms import close, open_binder
from therefore.reading.latex.errors import Unreadable
from therefore.reading.latex.tokens import Place, Token, spelled
from therefore.reading.latex.values import Value

if TYPE_CHECKING:
    from therefore.reading.latex.grammar import Grammar

__all__ = ["Part", "dotted"]

# A summand: its value, its tokens, and where it stands.
Part = tuple[Value, list[Token], Place]
_LETTERS = "kijlmnpqrs"


def dotted(grammar: Grammar, before: list[Part], last: Part, dots: Token) -> list[Part]:
    """The summands, those of the row of dots as one sum. Raises ``Unreadable``.

    The term before the dots and the last one are alike but for one index, which is a number in
    the first. Terms before that go on downwards by one belong to the row as well.
    """
    first = before[-1]
    found = _pattern(first[1], last[1])
    if found is None:
        raise _unclear(dots)
    low, high = found
    start = len(before) - 1
    while start and (earlier := _pattern(before[start - 1][1], last[1])) is not None:
        if earlier[1:] != (high,) or earlier[0] != low - 1:
            raise _unclear(dots)
        start, low = start - 1, low - 1
    first = before[start]
    letter = _letter(grammar, last[1])
    if letter is None:
        raise _unclear(dots)
    tokens = _with_index(first[1], last[1], letter)
    name, bound = grammar.bind(letter, "integer")
    value = grammar.inside(tokens, bound).product()
    body = close(value.term, name)
    upper: Term = grammar.inside(_high_tokens(first[1], last[1])).whole().term
    if open_binder(body, str(low)) != first[0].term or open_binder(body, upper) != last[0].term:
        raise _unclear(dots)
    whole = Value(("sum", str(low), upper, body), value.sort)
    return [*before[:start], (whole, first[1], first[2])]


def _unclear(dots: Token) -> Unreadable:
    return Unreadable(
        "dots leave out what they stand for; they are read in a_0 + \\dots + a_T, where one index "
        "differs; write a sum",
        dots.place,
    )


def _differences(first: list[Token], last: list[Token]) -> list[tuple[int, int, int, int]] | None:
    """Where subscripts differ: beginning and end in both lists; ``None`` if more differs."""
    found: list[tuple[int, int, int, int]] = []
    i = j = 0
    while i < len(first) and j < len(last):
        if first[i].command != last[j].command or first[i].kind != last[j].kind:
            return None
        mark = first[i].text == "_" and first[i].kind == "char"
        i, j = i + 1, j + 1
        if mark and i < len(first) and j < len(last):
            ends = _end(first, i), _end(last, j)
            if spelled(_bare(first[i : ends[0]])) != spelled(_bare(last[j : ends[1]])):
                found.append((i, ends[0], j, ends[1]))
            i, j = ends
    return found if i == len(first) and j == len(last) else None


def _end(tokens: list[Token], start: int) -> int:
    """Where the argument that begins at a place ends."""
    depth = 0
    for at in range(start, len(tokens)):
        depth += (tokens[at].kind == "{") - (tokens[at].kind == "}")
        if depth == 0:
            return at + 1
    return len(tokens)


def _bare(tokens: list[Token]) -> list[Token]:
    return tokens[1:-1] if tokens and tokens[0].kind == "{" else tokens


def _pattern(first: list[Token], last: list[Token]) -> tuple[int, str] | None:
    """The index of the first term and of the last; ``None`` where there is no one pattern."""
    places = _differences(first, last)
    if not places:
        return None
    lows = {spelled(_bare(first[a:b])) for a, b, _, _ in places}
    highs = {spelled(_bare(last[c:d])) for _, _, c, d in places}
    if len(lows) != 1 or len(highs) != 1:
        return None
    (low,), (high,) = lows, highs
    return (int(low), high) if low.isdigit() and low.isascii() else None


def _high_tokens(first: list[Token], last: list[Token]) -> list[Token]:
    places = _differences(first, last) or []
    _, _, start, end = places[0]
    return _bare(last[start:end])


def _with_index(first: list[Token], last: list[Token], letter: str) -> list[Token]:
    tokens = list(first)
    for start, end, _, _ in reversed(_differences(first, last) or []):
        tokens[start:end] = [Token("char", letter, tokens[start].place)]
    return tokens


def _letter(grammar: Grammar, tokens: list[Token]) -> str | None:
    """A letter for the index that stands nowhere in the term and is no part of a name."""
    used = {t.text for t in tokens}
    for letter in _LETTERS:
        if letter not in used and not any(
            key.endswith(f"_{letter}") for key in grammar.names.plain
        ):
            return letter
    return None
