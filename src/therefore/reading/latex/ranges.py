"""Sums, products and integrals over a range."""

from __future__ import annotations

from typing import TYPE_CHECKING

from therefore.goal import Term
from therefore.kernel.terms import close
from therefore.reading.latex.errors import Ambiguous, Unreadable
from therefore.reading.latex.names import described, key_of
from therefore.reading.latex.signs import split_at
from therefore.reading.latex.symbols import GREEK
from therefore.reading.latex.tokens import Token, spelled
from therefore.reading.latex.values import Value, is_number, kind_of

if TYPE_CHECKING:
    from therefore.reading.latex.grammar import Grammar


def sum_over(grammar: Grammar) -> Value:
    """A sum over one or several indices."""
    return _over(grammar, "sum")


def product_over(grammar: Grammar) -> Value:
    """A product over one or several indices."""
    return _over(grammar, "prod")


def _over(grammar: Grammar, head: str) -> Value:
    token = grammar.take()
    below, above = grammar.scripts(token)
    ranges = ranges_of(grammar, token, below, above)
    bound = grammar.bound
    opened: list[tuple[str, Term, Term, str]] = []
    for key, low, high, modulus in ranges:
        kept, grammar.bound = grammar.bound, bound
        name, bound = (
            grammar.bind(key, ("residue", modulus)) if modulus
            else grammar.bind(key, "integer", (low, high))
        )  # fmt: skip
        grammar.bound = kept
        opened.append((name, low, high, modulus))
    body = grammar.body(bound)
    if head == "sum" and kind_of(body.sort) not in ("number", "vector", "matrix"):
        raise Unreadable(f"a sum of {described(body.sort)} is not in the language", token.place)
    if head == "prod" and not is_number(body.sort):
        raise Unreadable(f"a product of {described(body.sort)}", token.place)
    term = body.term
    for name, low, high, modulus in reversed(opened):
        closed = close(term, name)
        term = ("sum_mod", modulus, closed) if modulus else (head, low, high, closed)
    return Value(term, body.sort if kind_of(body.sort) in ("vector", "matrix") else "real")


def ranges_of(
    grammar: Grammar, of: Token, below: list[Token] | None, above: list[Token] | None
) -> list[tuple[str, Term, Term, str]]:
    """The indices of a sum with their ends, or with the modulus that they run through."""
    what = f"{of.command}"
    if not below:
        raise Unreadable(f"say what {what} runs over: {what}_{{i=1}}^{{n}}", of.place)
    if above is None:
        modulus = cyclic_range(grammar, below)
        if modulus is not None:
            return modulus
        between = _between(grammar, below, of)
        if between is not None:
            return [between]
        raise Ambiguous(
            (f"a range from 0, from 1 or from elsewhere, in {what}_{{{spelled(below)}}}",),
            f"write both ends: {what}_{{i=1}}^{{n}}",
            of.place,
        )
    sides_of = split_at(below, frozenset("="))
    if len(sides_of) != 2:
        raise Unreadable(f"write the range as {what}_{{i=1}}^{{n}}", of.place)
    low, high = integer_of(grammar, sides_of[1]), integer_of(grammar, above)
    found = []
    for name in split_at(sides_of[0], frozenset(",")):
        variable_only(grammar, name, of)
        found.append((key_of(spelled(name), of.place), low, high, ""))
    return found


def variable_only(grammar: Grammar, name: list[Token], of: Token) -> None:
    ok = len(name) == 1 and (
        (name[0].kind == "char" and name[0].text.isalpha() and name[0].text.isascii())
        or (name[0].kind == "macro" and name[0].text in GREEK)
    )
    if not ok:
        raise Unreadable(f"{spelled(name) or 'nothing'} is no variable to be bound", of.place)


def integer_of(grammar: Grammar, tokens: list[Token]) -> Term:
    inner = grammar.inside(tokens)
    if not tokens:
        raise Unreadable("an end of the range is missing", grammar.place())
    value = inner.whole()
    if value.sort not in ("integer", "size"):
        raise Unreadable(
            f"{spelled(tokens)} is {described(value.sort)}, and a range or an index needs an "
            "integer",
            tokens[0].place,
            f"% therefore: declare {spelled(tokens)} positive integer",
        )
    return value.term


def cyclic_range(grammar: Grammar, below: list[Token]) -> list[tuple[str, Term, Term, str]] | None:
    """The index of a sum over all residues: ``k \\in \\mathbb{Z}_n``."""
    sides = split_at(below, frozenset(["\\in"]))
    if len(sides) != 2 or not spelled(sides[1]).startswith("\\mathbb{Z}_"):
        return None
    size = [t for t in sides[1][5:] if t.kind not in ("{", "}")]
    value = grammar.inside(size).whole()
    variable_only(grammar, sides[0], below[0])
    return [(key_of(spelled(sides[0]), below[0].place), "", "", str(value.term))]


def integral(grammar: Grammar) -> Value:
    token = grammar.take()
    below, above = grammar.scripts(token)
    if below is None or above is None:
        raise Unreadable("an integral is read with both ends", token.place)
    low, high = _end_of_integral(grammar, below), _end_of_integral(grammar, above)
    if low == "+oo" or high == "-oo":
        raise Unreadable("an integral runs upwards: turn its ends, and its sign", token.place)
    at = next(
        (
            k
            for k in range(len(grammar.tokens) - 2, grammar.position, -1)
            if _is_differential(grammar, k)
        ),
        None,
    )
    if at is None:
        raise Unreadable("say in which variable: \\int_a^b ... \\,dx", token.place)
    variable = [grammar.tokens[at + (4 if grammar.tokens[at].kind == "macro" else 1)]]
    variable_only(grammar, variable, token)
    key = key_of(spelled(variable), token.place)
    name, bound = grammar.bind(key, "real")
    body = grammar.inside(grammar.tokens[grammar.position : at], bound).number()
    grammar.position = at + (5 if grammar.tokens[at].kind == "macro" else 2)
    grammar.delimited = True
    return Value(("integral", low, high, close(body.term, name)), "real")


def _end_of_integral(grammar: Grammar, tokens: list[Token]) -> Term:
    shown = spelled(tokens)
    if shown in ("\\infty", "+\\infty", "-\\infty"):
        return "-oo" if shown.startswith("-") else "+oo"
    return grammar.inside(tokens).number().term


def _is_differential(grammar: Grammar, at: int) -> bool:
    """Whether a differential d, plain or upright, stands at a position."""
    token = grammar.tokens[at]
    if token.kind == "char" and token.text == "d":
        refuse_declared_d(grammar, token)
        return True
    return spelled(grammar.tokens[at : at + 4]) == "\\mathrm{d}"


def refuse_declared_d(grammar: Grammar, token: Token) -> None:
    known = grammar.names.plain.get("d")
    number = known is not None and not (known.soft or known.index or known.sort == "size")
    if number or "d" in grammar.bound:
        raise Ambiguous(
            ("the declared d", "a differential"), "write \\mathrm{d} for the differential",
            token.place,
        )  # fmt: skip


def _between(
    grammar: Grammar, below: list[Token], of: Token
) -> tuple[str, Term, Term, str] | None:
    r"""The index and the ends of ``1 \\le i < n``, or of ``i < n`` with a declared beginning."""
    signs = [t.command for t in below if t.command in ("\\le", "<")]
    parts = split_at(below, frozenset(["\\le", "<"]))
    if len(parts) != len(signs) + 1 or not all(parts) or len(parts) not in (2, 3):
        return None
    name = parts[-2]
    variable_only(grammar, name, of)
    key = key_of(spelled(name), of.place)
    high = integer_of(grammar, parts[-1])
    if signs[-1] == "<":
        high = ("+", high, ("-", "1"))
    if len(parts) == 2:
        start = grammar.names.starts.get(key)
        return None if start is None else (key, start, high, "")
    low = integer_of(grammar, parts[0])
    return (key, low if signs[0] == "\\le" else ("+", low, "1"), high, "")
