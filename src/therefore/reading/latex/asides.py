r"""What stands beside a claim in its own formula: definitions after it, conditions in brackets.

``Ax = b,\ x = A^{-1}b`` defines the x that nothing declares; ``…\ (X = X^T)`` and
``…\ (A\ \mathrm{not\ symmetric})`` say for what the claim is made.
"""

from __future__ import annotations

from itertools import pairwise

from therefore.goal import Term
from therefore.reading.latex.declaring import Declarer, name_of, separated
from therefore.reading.latex.errors import Ambiguous, Unreadable
from therefore.reading.latex.matrix_words import MATRIX_WORDS
from therefore.reading.latex.names import Names
from therefore.reading.latex.partials import is_symmetric
from therefore.reading.latex.properties import READ, Phrase, say
from therefore.reading.latex.relations import has_relation, split_relations
from therefore.reading.latex.tokens import Token, spelled
from therefore.reading.latex.values import kind_of
from therefore.reading.latex.words import words

__all__ = ["with_asides", "worded"]

_SAID = MATRIX_WORDS | words("odd even square unit")
_STRUCTURED = words(
    "symmetric skew-symmetric skew antisymmetric orthogonal idempotent projection singular"
)
_STYLED = frozenset(["\\mathrm", "\\operatorname", "\\mathit", "\\mathsf"])
_JOINS = frozenset(["\\Rightarrow", "\\iff", "\\lor", "\\land", "\\exists", "\\forall"])


def with_asides(tokens: list[Token], names: Names) -> tuple[list[Token], Names]:
    """The claim alone, and the names with what stands beside it. Raises ``Unreadable``."""
    claim, condition = _without_condition(tokens)
    claim, definitions = _without_definitions(claim, names)
    if condition and sum(map(has_relation, separated(claim))) > 1:
        raise Ambiguous(
            ("a condition of the last formula", "a condition of all of them"),
            "put it into a sentence of its own", condition[0].place,
        )  # fmt: skip
    if not condition and not definitions:
        return tokens, names
    local = names.copy()
    declarer = Declarer(local, "define")
    for one in reversed(definitions):  # what is defined later may be needed before
        declarer.formula(one, [])
    whole = _words_at(condition)
    for part in [condition] if whole is not None else separated(condition):
        said = worded(part, local)
        if said is None and not has_relation(part):
            raise Unreadable("a condition in brackets is a relation, or words", part[0].place)
        if said is None:
            Declarer(local, "suppose", passing=True).formula(part, [])
        for formula in said or ():
            local.assume(formula)
    local.structured = _structured(claim, condition, local)
    return claim, local


def _structured(claim: list[Token], condition: list[Token], names: Names) -> frozenset[str]:
    """The matrices that a condition says to be symmetric, and by which the claim differentiates.

    Raises ``Ambiguous`` for a derivative by a matrix that a condition keeps in another way.
    """
    found: set[str] = set()
    moved = {
        after.command for before, after in pairwise(claim) if before.command == "\\partial"
    }
    binds = any(sign == "=" for sign, _, _ in split_relations(condition)) or (
        _words_at(condition) is not None
        and set(_words_of(condition[_words_at(condition) or 0 :])) & _STRUCTURED
    )
    for token in condition:
        known = names.plain.get(token.text)
        if binds and token.command in moved and known is not None and kind_of(known.sort) == (
            "matrix"
        ):  # fmt: skip
            if is_symmetric(known.name, names):
                found.add(known.name)
                continue
            raise Ambiguous(
                ("the derivative by all entries, at such a matrix",
                 "the derivative among such matrices, by their free entries"),
                f"assume it of {token.command} in a sentence before for the first; the second is "
                "not read",
                token.place,
            )  # fmt: skip
    return frozenset(found)


def _without_condition(tokens: list[Token]) -> tuple[list[Token], list[Token]]:
    """The tokens before a bracket at their end that holds a relation or words, and its inside.

    In an expression no bracket holds such a thing.
    """
    if not tokens or tokens[-1].text != ")" or tokens[-1].kind != "char":
        return tokens, []
    depth, start = 0, len(tokens)
    for start in range(len(tokens) - 1, -1, -1):
        token = tokens[start]
        if token.kind == "char":
            depth += (token.text == ")") - (token.text == "(")
        if depth == 0:
            break
    inside = tokens[start + 1 : -1]
    if depth or not start or not (has_relation(inside) or _words_at(inside) is not None):
        return tokens, []
    before = tokens[:start]
    while before and before[-1].kind in ("char", "text") and before[-1].text in (",", ""):
        before = before[:-1]
    return (before, inside) if has_relation(before) else (tokens, [])


def _without_definitions(
    tokens: list[Token], names: Names
) -> tuple[list[Token], list[list[Token]]]:
    """The claim before definitions of names that nothing else declares, and the definitions."""
    if any(token.command in _JOINS for token in tokens):
        return tokens, []
    parts = separated(tokens)
    found: list[list[Token]] = []
    while len(parts) > 1:
        sides = split_relations(parts[-1])
        name = name_of(sides[0][2], names) if len(sides) == 2 and sides[1][0] == "=" else None
        if name is None or name.parameters or name.letters or name.key in names.plain:
            break
        shown = spelled(sides[0][2])
        if not any(shown in spelled(part) for part in parts[:-1]):
            break
        found.append(parts.pop())
    if not found or not has_relation(parts[-1]):
        return tokens, []
    kept = tokens[: tokens.index(found[-1][0])]
    while kept and kept[-1].kind in ("char", "text") and kept[-1].text in (",", ";", ""):
        kept = kept[:-1]
    return kept, found[::-1]


def worded(tokens: list[Token], names: Names) -> list[Term] | None:
    r"""The formulas of ``A\ \mathrm{symmetric}``; ``None`` for what holds no such words."""
    start = _words_at(tokens)
    if start is None:
        return None
    said = _words_of(tokens[start:])
    place = tokens[start].place
    found = [name_of(part, names) for part in separated(tokens[:start])]
    if not found or any(one is None for one in found):
        raise Unreadable(f"of what is {' '.join(said)!r} said here?", place)
    negated = "not" in said
    phrase = Phrase(
        [one for one in found if one is not None], [word for word in said if word != "not"],
        place=place,
    )  # fmt: skip
    formulas = say(phrase, Declarer(names, "suppose"))
    if not negated:
        return formulas
    if len(formulas) != 1 or len(found) != 1:
        raise Unreadable("'not' is said of one thing", place)
    only = formulas[0]
    return [("!=", *only[1:]) if only[0] == "=" else ("not", only)]


def _words_at(tokens: list[Token]) -> int | None:
    """Where words that are said of names begin, up to the end."""
    for at, token in enumerate(tokens):
        if token.command in _STYLED:
            said = _words_of(tokens[at:])
            if set(said) & _SAID and set(said) <= READ | {"not"}:
                return at
    return None


def _words_of(tokens: list[Token]) -> list[str]:
    r"""The words in commands such as ``\mathrm``; none if something else stands there."""
    found: list[str] = []
    inside = False
    for token in tokens:
        if token.command in _STYLED and not inside:
            found.append("")
        elif token.kind == "{" and not inside:
            inside = True
        elif token.kind == "}" and inside:
            inside = False
        elif inside and token.kind == "char" and (token.text.isalpha() or token.text == "-"):
            if token.spaced and found[-1]:
                found.append("")
            found[-1] += token.text
        elif inside and token.kind == "macro" and not token.text.strip(" ,;:"):
            found.append("")
        else:
            return []
    return [word.lower() for word in found if word]
