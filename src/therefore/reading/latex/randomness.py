r"""Random names in formulas: their expectations and covariances.

What is assumed of an expectation assumes that it exists, by the moments of its random names.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from therefore.goal import Term
from therefore.kernel.expectations import degrees
from therefore.kernel.terms import close, mentions, open_binder
from therefore.reading.latex.brackets import listed
from therefore.reading.latex.errors import Unreadable
from therefore.reading.latex.names import Entity, Names, described
from therefore.reading.latex.signs import OPENING, split_at
from therefore.reading.latex.tokens import Place, Token, spelled
from therefore.reading.latex.values import Value, is_number, kind_of
from therefore.reading.latex.words import words
from therefore.reading.randomness import spread_of
from therefore.reading.sorts import Sort

if TYPE_CHECKING:
    from therefore.reading.latex.declaring import Declarer
    from therefore.reading.latex.grammar import Grammar

__all__ = [
    "AT_AN_OUTCOME", "OUTCOME", "RANDOM_WORDS", "assumed_moments", "covariance", "expectation",
    "is_at_outcome", "made_random", "make_random", "opens_expectation", "value_of_random",
]  # fmt: skip

OUTCOME = "%outcome"
# Within a definition a random name may stand by itself: what is defined is random, too.
AT_AN_OUTCOME = {OUTCOME: Value(OUTCOME, "outcome")}
RANDOM_WORDS = words("Cov Var E")
_BRACKETS = ("[", "(", "\\{")


# ------------------------------------------------------------------ in formulas


def opens_expectation(grammar: Grammar) -> bool:
    """Whether an undeclared E before a square bracket is read as an expectation."""
    names = grammar.names
    free = "E" not in names.plain and "E" not in names.sequences and "E" not in grammar.bound
    return free and grammar.sign() == "E" and grammar.sign(1) == "["


def expectation(grammar: Grammar, of: Token) -> Value:
    r"""What stands in the brackets after ``\mathbb{E}``."""
    (body,) = _bodies(grammar, of, 1)
    sort = "real" if is_number(body.sort) else body.sort
    grammar.delimited = False
    return Value(("expectation", body.term), sort)


def covariance(grammar: Grammar, of: Token, word: str) -> Value:
    """``Cov(u, v)``, ``Cov(u)`` and ``Var(u)``: E[(u - E u)(v - E v)^T]; of numbers, a number."""
    bodies = _bodies(grammar, of, 2 if word == "Cov" else 1)
    one, other = (*bodies, *bodies)[:2]
    grammar.delimited = False
    kinds = kind_of(one.sort), kind_of(other.sort)
    if kinds == ("vector", "vector"):
        sort: Sort = ("matrix", one.sort[1], other.sort[1])
    elif is_number(one.sort) and is_number(other.sort):
        sort = "real"
    else:
        raise Unreadable(
            f"the covariance of {described(one.sort)} and {described(other.sort)} is not read",
            of.place,
        )
    return Value(spread_of(one.term, other.term, one.sort), sort)


def _bodies(grammar: Grammar, of: Token, most: int) -> list[Value]:
    """What stands in brackets, as bodies of the binder of an outcome."""
    opening = grammar.peek()
    if opening is None or opening.command not in _BRACKETS:
        raise Unreadable(f"say of what {of.command} is taken in brackets", of.place)
    outcome = f"{OUTCOME}{grammar.depth}_{grammar.position}"
    kept = grammar.bound
    grammar.bound = {**kept, OUTCOME: Value(outcome, "outcome")}
    try:
        values = listed(grammar, grammar.take(), OPENING[opening.command])
    finally:
        grammar.bound = kept
    if len(values) > most:
        raise Unreadable(f"{of.command} of so many things is not read", of.place)
    if not any(mentions(value.term, outcome) for value in values):
        raise Unreadable(
            f"nothing in the brackets after {of.command} is random; say: let $x$ be a random "
            "vector in $\\mathbb{R}^n$",
            of.place,
        )
    return [Value(close(value.term, outcome), value.sort) for value in values]


def value_of_random(grammar: Grammar, entity: Entity, place: Place) -> Value:
    """A random name at the outcome of the expectation around it."""
    outcome = grammar.bound.get(OUTCOME)
    if outcome is None:
        raise Unreadable(
            f"{entity.latex} is random; it is read within an expectation or a covariance", place
        )
    return Value(("app", entity.name, outcome.term), entity.sort)


# ------------------------------------------------------------------ in assumptions


def make_random(entity: Entity, names: Names, place: Place) -> Entity:
    """The declared name as one of a random number, vector or matrix."""
    if entity.random:
        return entity
    if entity.kind != "plain" or not (
        entity.sort == "real" or kind_of(entity.sort) in ("vector", "matrix")
    ):
        raise Unreadable(f"{entity.latex} cannot be random: it is no number or vector", place)
    if any(entity.name in names.mentioned(formula) for formula in names.hypotheses):
        raise Unreadable(
            f"something was assumed of {entity.latex} before it is said to be random", place
        )
    if any(one.body is not None and entity.name in names.mentioned(one.body)
           for one in names.entities()):  # fmt: skip
        raise Unreadable(f"{entity.latex} stands in a definition, and is random only now", place)
    names.plain[entity.key] = replace(entity, random=True)
    return names.plain[entity.key]


def made_random(tokens: list[Token], declarer: Declarer) -> bool:
    """Make names random that stand alone in an expectation or a covariance of an assumption.

    Says whether there is one.
    """
    from therefore.reading.latex.declaring import name_of

    names, found = declarer.names, False
    for at, token in enumerate(tokens):
        if token.command not in _BRACKETS or not _is_moment(tokens[:at], names):
            continue
        found = True
        shut = OPENING[token.command]
        end = next((k for k in range(at, len(tokens)) if tokens[k].command == shut), at)
        for part in split_at(tokens[at + 1 : end], frozenset(",")):
            name = name_of(part, names)
            entity = None if name is None else declarer.known(name)
            if name is not None and entity is not None and not name.letters:
                make_random(entity, names, name.place)
    return found


def _is_moment(before: list[Token], names: Names) -> bool:
    """Whether tokens end with the name of an expectation, a variance or a covariance."""
    if before and before[-1].command == "E":
        return "E" not in names.plain and "E" not in names.sequences
    start = len(before)
    while start and before[start - 1].command not in ("\\mathbb", "\\mathrm", "\\operatorname"):
        start -= 1
        if len(before) - start > 8:
            return False
    return start > 0 and spelled(before[start:]).strip("{}") in RANDOM_WORDS


def is_at_outcome(term: Term) -> bool:
    """Whether a random name stands in the term outside of all expectations."""
    return mentions(term, OUTCOME)


def assumed_moments(formula: Term, names: Names) -> list[Term]:
    """That the expectations of an assumption exist: the moments of their random names."""
    found: dict[str, int] = {}
    waiting = [formula]
    while waiting:
        part = waiting.pop()
        if isinstance(part, str) or not part:
            continue
        if part[0] == "expectation":
            for name, degree in _orders(part[1], names).items():
                found[name] = max(degree, found.get(name, 0))
        waiting += [one for one in part if isinstance(one, tuple)]
    return [("moments", name, str(degree)) for name, degree in sorted(found.items()) if degree]


def _orders(body: Term, names: Names) -> dict[str, int]:
    """The moments of declared names that the expectation of a body needs."""
    found: dict[str, int] = {}
    table = names.by_name()
    for random, degree in (degrees(open_binder(body, "%at"), "%at") or {}).items():
        for name in random:
            inside = {name: 1} if table[name].body is None else _orders(table[name].body, names)
            for one, times in inside.items():
                found[one] = max(times * degree, found.get(one, 0))
    return found
