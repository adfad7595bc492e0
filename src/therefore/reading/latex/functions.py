"""Standard functions and operators with their arguments."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from therefore.goal import Term
from therefore.reading.latex.blocks import block_diagonal, vectorised
from therefore.reading.latex.brackets import bracket, listed
from therefore.reading.latex.derivatives import full_derivative
from therefore.reading.latex.environments import environment
from therefore.reading.latex.errors import Ambiguous, Unreadable
from therefore.reading.latex.extremes import extreme_over
from therefore.reading.latex.names import described, key_of
from therefore.reading.latex.powers import exponential, power_of
from therefore.reading.latex.products import Value, components, divided, is_number, kind_of
from therefore.reading.latex.randomness import covariance, expectation
from therefore.reading.latex.signs import OPENING
from therefore.reading.latex.symbols import FUNCTIONS, STANDARD_WORDS
from therefore.reading.latex.tokens import Token, spelled
from therefore.reading.standard import HIGHEST_ROOT, applied
from therefore.reading.standard import root as root_of

if TYPE_CHECKING:
    from therefore.reading.latex.grammar import Grammar


def root(grammar: Grammar) -> Value:
    """A square root, or one of a literal order; of an odd order, of negative numbers as well."""
    token = grammar.take()
    degree = 2
    if grammar.sign() == "[":
        grammar.take()
        order = [grammar.take()]
        while grammar.sign() not in ("]", ""):
            order.append(grammar.take())
        grammar.expect("]", token)
        shown = spelled(order)
        if not (shown.isascii() and shown.isdigit() and 2 <= int(shown) <= HIGHEST_ROOT):
            raise Unreadable(
                f"the order of a root is a number from 2 to {HIGHEST_ROOT}, not {shown}",
                token.place,
            )
        degree = int(shown)
    of = grammar.inside(grammar.argument(token)).number().term
    return Value(root_of(degree, of, degree % 2 == 1), "real")


def function(grammar: Grammar, token: Token, head: str) -> Value:
    """A standard function with its argument, its power or its primes before it."""
    power: Value | None = None
    primes = 0
    while grammar.sign() in ("^", "'", "_"):
        mark = grammar.take()
        if mark.text == "'":
            primes += 1
            continue
        script = grammar.argument(mark)
        if mark.text == "_":
            raise Unreadable(f"{token.command} with a base or an index is not read", mark.place)
        if spelled(script) == "\\prime":
            primes += 1
            continue
        if not spelled(script).isdigit():
            raise Ambiguous(
                (f"a power of the value of {token.command}", "the inverse function"),
                "write the power outside of brackets",
                mark.place,
            )
        power = grammar.inside(script).number()
    value = _function_argument(grammar, token)
    parts = components(value)
    if parts is not None and not primes and power is None:
        # Of a vector it is taken entry by entry: there is no other reading.
        return Value(("vector", *(applied(head, part) for part in parts)), value.sort)
    if head == "exp" and kind_of(value.sort) == "matrix" and not primes and power is None:
        if "entrywise" in grammar.names.conventions:
            raise Ambiguous(
                ("the exponential of each entry", "the exponential of the matrix"),
                "write e^{…} for the exponential of the matrix", token.place,
            )  # fmt: skip
        return exponential(value, token)
    if not is_number(value.sort):
        raise Unreadable(f"{token.command} of {described(value.sort)} is not read", token.place)
    term: Term = applied(head, value.term)
    if primes:
        term = primed(lambda at: applied(head, at), value.term, primes)
    made = Value(term, "real")
    if power is None:
        return made
    if head == "sigma" and "powers" not in grammar.names.conventions:
        raise Ambiguous(
            ("a power of the value of \\sigma", "\\sigma applied again"),
            "write (\\sigma(x))^2, or put before it: % therefore: convention powers",
            token.place,
        )
    return power_of(grammar, made, power, token)


def primed(apply: Callable[[Term], Term], at: Term, order: int) -> Term:
    """The derivative of a function of one number, at a place."""
    term = apply("#0")
    for _ in range(order - 1):
        term = ("derivative", term, "#0")
    return ("derivative", term, at)


def _function_argument(grammar: Grammar, of: Token) -> Value:
    """What a function without brackets is taken of; refuse where that is unclear."""
    following = grammar.peek()
    if following is None or (not grammar.starts(following)):
        raise Unreadable(f"say of what {of.command} is taken", of.place)
    if following.command in ("(", "[", "\\{"):
        value = bracket(grammar)
        grammar.delimited = False
    elif grammar.begins_operator(following):
        value = grammar.operated()
    elif following.command.lstrip("\\") in FUNCTIONS:
        raise Unreadable(f"write brackets after {of.command}", following.place)
    else:
        value = grammar.factor()
        after = grammar.peek()
        if after is not None and (after.command == "/" or (
            grammar.starts(after)
            and not grammar.begins_operator(after)
            and after.command.lstrip("\\") not in FUNCTIONS
        )):  # fmt: skip
            name = of.command
            raise Ambiguous(
                (f"{name}(x) y", f"{name}(x y)"), "write brackets around the argument", of.place
            )
    return value


def standard_word(grammar: Grammar, token: Token) -> Value | None:
    r"""A standard operator written by ``\operatorname``; ``None`` for any other word."""
    start = grammar.position
    grammar.take()
    word = "".join((" " if t.spaced else "") + t.text for t in grammar.argument(token)).strip()
    if word not in STANDARD_WORDS or key_of(word or "x") in grammar.names.plain:
        grammar.position = start
        return None
    shown = Token("macro", word, token.place)
    if word in FUNCTIONS:
        return function(grammar, shown, FUNCTIONS[word])
    if word in ("tr", "Tr", "trace"):
        return _of_matrix(grammar, "trace", shown)
    if word == "E":
        return expectation(grammar, shown)
    if word in ("Cov", "Var"):
        return covariance(grammar, shown, word)
    if word == "det":
        return _of_matrix(grammar, "det", shown)
    if word in ("vec", "diag"):
        opening = grammar.take() if grammar.sign() in ("(", "[") else None
        if opening is None:
            raise Unreadable(f"{word} needs its argument in brackets", token.place)
        values = listed(grammar, opening, OPENING[opening.command])
        grammar.delimited = False
        if word == "diag":
            return block_diagonal(values, shown)
        if len(values) != 1:
            raise Unreadable("vec is taken of one matrix", token.place)
        return vectorised(values[0], shown)
    if word in ("ReLU", "relu"):
        value = _function_argument(grammar, shown)
        parts = components(value)
        if parts is not None:
            return Value(("vector", *(applied("relu", part) for part in parts)), value.sort)
        if not is_number(value.sort):
            raise Unreadable(f"{word} of {described(value.sort)} is not read", token.place)
        return Value(applied("relu", value.term), "real")
    if word in ("max", "min"):
        return _extreme_of(grammar, shown)
    raise Unreadable("an argmin is read where it stands alone on one side of =", token.place)


def _of_matrix(grammar: Grammar, head: str, token: Token) -> Value:
    grammar.delimited = False
    if grammar.sign() != "(" and grammar.sign() != "\\begin" and grammar.sign() != "[":
        value = grammar.factor()
        after = grammar.peek()
        if after is not None and grammar.starts(after) and not _number_follows(grammar):
            raise Ambiguous(
                (f"{head} of the first factor", f"{head} of the product"), "write brackets",
                token.place,
            )  # fmt: skip
    else:
        value = bracket(grammar) if grammar.sign() != "\\begin" else environment(grammar)
    if kind_of(value.sort) != "matrix" or value.sort[1] != value.sort[2]:
        if kind_of(value.sort) == "complex":
            raise Unreadable(f"{head} is read of real matrices, and this is "
                             f"{described(value.sort)}", token.place)  # fmt: skip
        raise Unreadable(f"{head} of {described(value.sort)}; a square matrix is needed",
                         token.place)  # fmt: skip
    grammar.delimited = False
    return Value((head, value.term), "real")


def _number_follows(grammar: Grammar) -> bool:
    """Whether a number in brackets comes next: one does not multiply a matrix from the right."""
    start = grammar.position
    try:
        return grammar.sign() in ("(", "[") and is_number(bracket(grammar).sort)
    finally:
        grammar.position, grammar.delimited = start, False


def determinant(grammar: Grammar) -> Value:
    """A determinant."""
    return _of_matrix(grammar, "det", grammar.take())


def extreme(grammar: Grammar) -> Value:
    """The greatest or the least of several numbers."""
    return _extreme_of(grammar, grammar.take())


def _extreme_of(grammar: Grammar, token: Token) -> Value:
    if grammar.sign() in ("_", "^"):
        value = extreme_over(grammar, token)
        grammar.delimited = False
        return value
    if grammar.sign() not in ("(", "\\{", "["):
        raise Unreadable(f"{token.command} needs its arguments in brackets", token.place)
    opening = grammar.take()
    parts = listed(grammar, opening, OPENING[opening.command])
    if len(parts) < 2 or not all(is_number(v.sort) for v in parts):
        raise Unreadable(f"{token.command} is taken of two or more numbers", token.place)
    return Value(applied(token.text, *(value.term for value in parts)), "real")


def blackboard(grammar: Grammar) -> Value:
    r"""``\mathbb{E}[X]``."""
    token = grammar.take()
    letter = spelled(grammar.argument(token))
    if letter != "E":
        raise Unreadable(f"\\mathbb{{{letter}}} is read after \\in only", token.place)
    return expectation(grammar, Token("macro", "mathbb{E}", token.place))


def quotient(grammar: Grammar) -> Value:
    """A fraction that is no derivative, or one that is."""
    derivative = full_derivative(grammar)
    if derivative is not None:
        return derivative
    token = grammar.take()
    over, under = grammar.argument(token), grammar.argument(token)
    if not over or not under:
        raise Unreadable("a part of the fraction is missing", token.place)
    return divided(grammar.inside(over).whole(), grammar.inside(under).number(), token.place)
