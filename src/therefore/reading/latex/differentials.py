r"""Differentials, ``\partial(XY) = (\partial X)Y + X(\partial Y)``, and derivatives by primes.

``\partial X`` of a declared X is a direction, a name of its own of the kind of X. ``\partial(…)``
is the derivative at s = 0 where X + s·∂X stands for every X whose direction is written in the same
formula. Other numbers do not move; other vectors and matrices are refused, as the line may lack a
term, unless a convention says that they are fixed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from therefore.goal import Term
from therefore.kernel.terms import close, open_binder
from therefore.reading.latex.cleaning import closing
from therefore.reading.latex.errors import Ambiguous, Unreadable
from therefore.reading.latex.names import Entity, Names, described, key_of, leaves
from therefore.reading.latex.powers import transposed
from therefore.reading.latex.signs import TRANSPOSES
from therefore.reading.latex.tokens import Token, spelled
from therefore.reading.latex.values import Value, is_number, kind_of

if TYPE_CHECKING:
    from therefore.reading.latex.grammar import Grammar

__all__ = ["by_primes", "differential", "moving_names", "rate"]

_STEP = "%step"


def moving_names(tokens: list[Token], names: Names) -> frozenset[str]:
    r"""The kernel names of every X for which ``\partial X`` stands outside of a derivative."""
    found: set[str] = set()
    position = 0
    while position < len(tokens):
        token = tokens[position]
        if token.command == "\\frac" and _is_derivative(tokens, position + 1):
            for _ in range(2):
                position = _end_of_group(tokens, position + 1)
        elif token.command == "\\partial":
            entity = _varied(tokens[position + 1 : position + 2], names)
            found |= {entity.name} if entity else set()
        position += 1
    return frozenset(found)


def _is_derivative(tokens: list[Token], start: int) -> bool:
    inside = tokens[start : start + 2]
    return any(token.command == "\\partial" for token in inside)


def _end_of_group(tokens: list[Token], start: int) -> int:
    if start < len(tokens) and tokens[start].kind == "{":
        return closing(tokens, start)
    return start


def _varied(tokens: list[Token], names: Names) -> Entity | None:
    """The declared number, vector or matrix that a single letter names."""
    if not tokens or tokens[0].kind not in ("char", "macro"):
        return None
    letter = tokens[0]
    if letter.kind == "char" and not letter.text.isalpha():
        return None
    try:
        entity = names.plain.get(key_of(letter.command, letter.place))
    except Unreadable:
        return None
    if entity is None or entity.arguments or entity.body is not None:
        return None
    return entity if kind_of(entity.sort) in ("number", "vector", "matrix") else None


def differential(grammar: Grammar) -> Value:
    r"""``\partial X``, or ``\partial`` of an expression."""
    token = grammar.take()
    while grammar.sign() == "\\,":
        grammar.take()
    letter = grammar.peek()
    entity = _varied([letter] if letter else [], grammar.names)
    if entity is not None:
        grammar.take()
        return _direction(grammar, entity, token)
    if letter is None or not (
        letter.command in ("(", "[", "\\|", "\\lVert") or letter.kind == "macro"
    ):
        raise Unreadable("\\partial is read before a declared name, or brackets", token.place)
    value = grammar.factor()
    if letter.command in ("(", "[") and grammar.tokens[grammar.position - 1].command not in (
        ")", "]",
    ):  # fmt: skip
        raise Ambiguous(
            ("the differential of the power", "a power of the differential"),
            "put brackets around what is meant", token.place,
        )  # fmt: skip
    return _moved(grammar, value, token)


def _direction(grammar: Grammar, entity: Entity, token: Token) -> Value:
    after = grammar.peek()
    if grammar.sign() == "^" and kind_of(entity.sort) == "matrix":
        # The differential of a transpose is the transpose of the differential.
        start = grammar.position
        grammar.take()
        script = spelled(grammar.argument(token))
        if script in TRANSPOSES or (script == "T" and "T" not in grammar.names.plain):
            return transposed(_direction(grammar, entity, token), token)
        grammar.position = start
    if after is not None and after.command in ("^", "_", "'"):
        raise Ambiguous(
            ("the differential of what follows", "what follows, of the differential"),
            f"write (\\partial {entity.latex}) or \\partial(...)", token.place,
        )  # fmt: skip
    if after is not None and grammar.starts(after) and grammar.sign() not in (")", "]", "|"):
        raise Ambiguous(
            (f"(\\partial {entity.latex}) times the rest", "the differential of the product"),
            f"write (\\partial {entity.latex}) or \\partial(...)", token.place,
        )  # fmt: skip
    if entity.sort in ("integer", "size"):
        raise Unreadable(f"{described(entity.sort)} has no differential", token.place)
    key, latex = f"partial_{entity.key}", f"\\partial {entity.latex}"
    made = grammar.names.declare(Entity(key, key, latex, "plain", entity.sort), token.place)
    return Value(made.name, entity.sort)


def _moved(grammar: Grammar, value: Value, token: Token) -> Value:
    """The derivative along the directions that the formula names."""
    names, term = grammar.names, value.term
    if kind_of(value.sort) not in ("number", "vector", "matrix"):
        raise Unreadable(f"the differential of {described(value.sort)}", token.place)
    for name in sorted(names.moving & names.mentioned(term)):
        entity = names.by_name()[name]
        _refuse_bound(entity, names, token)
        step = _direction(grammar.inside([]), entity, token).term
        term = open_binder(names.abstracted(term, name), ("+", name, ("*", _STEP, step)))
    body = close(term, _STEP)
    if body == term:
        raise Unreadable(
            "say which names move here: write \\partial X for each of them in the same formula",
            token.place,
        )
    _refuse_fixed(value.term, names, token)
    sort = "real" if is_number(value.sort) else value.sort
    return Value(("velocity", body, "0"), sort)


def _refuse_fixed(term: Term, names: Names, token: Token) -> None:
    """Raises ``Ambiguous`` where a vector or a matrix may be constant, or its term forgotten."""
    if "fixed names" in names.conventions:
        return
    table = names.by_name()
    for name in sorted(names.mentioned(term) - names.moving):
        entity = table[name]
        if kind_of(entity.sort) in ("vector", "matrix") and entity.body is None:
            raise Ambiguous(
                (f"{entity.latex} does not move", f"a term with \\partial {entity.latex} lacks"),
                "put before it, for the first: % therefore: convention fixed names",
                token.place,
            )


def _refuse_bound(entity: Entity, names: Names, token: Token) -> None:
    """Raises ``Ambiguous`` where an equation is assumed of what moves: XᵀX = I, or X = Xᵀ."""
    bound = any(
        one[0] == "=" and entity.name in leaves(one) for one in names.hypotheses
    )
    if bound and "all entries" not in names.conventions:
        raise Ambiguous(
            (f"every direction of {entity.latex}", "those in which an assumption stays true"),
            "put before it, for the first: % therefore: convention all entries",
            token.place,
        )


def by_primes(grammar: Grammar, entity: Entity, primes: int, token: Token) -> Value:
    """Y′ of a Y that is defined by an expression in one number."""
    names = grammar.names
    table = names.by_name()
    numbers = [
        name for name in sorted(names.mentioned(entity.body))
        if table[name].sort == "real" and table[name].body is None and not table[name].arguments
    ]  # fmt: skip
    if len(numbers) != 1:
        raise Unreadable(
            f"a prime is read on what depends on one number, and {entity.latex} depends on "
            f"{len(numbers)}; write \\frac{{d}}{{dx}}",
            token.place,
        )
    term: Term = entity.name
    for _ in range(primes):
        term = rate(names.abstracted(term, numbers[0]), numbers[0], entity.sort)
    return Value(term, "real" if is_number(entity.sort) else entity.sort)


def rate(body: Term, at: Term, sort: Term) -> Term:
    """The derivative of a number, vector or matrix that is a function of one number."""
    return ("derivative" if is_number(sort) else "velocity", body, at)
