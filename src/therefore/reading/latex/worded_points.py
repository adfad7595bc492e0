r"""Points and values that words single out, in the words that are read.

"with a minimiser $x$" is "$x$ a minimiser of $f$", where f is what the sentence speaks of.
"""

from __future__ import annotations

from dataclasses import replace

from therefore.reading.latex.prose import Item
from therefore.reading.latex.relations import split_relations
from therefore.reading.latex.said import is_math, new_word, skip, word_at
from therefore.reading.latex.tokens import Token, spelled
from therefore.reading.latex.words import words

__all__ = ["indicators_with", "points_with", "subgradients_at", "values_with"]

_POINTS = {"minimiser": 1, "minimizer": 1, "zero": 1, "fixed": 2}
_VERBS = words("and with its is be a the has")
_ARTICLES = words("a an the its some any unique")


def points_with(items: list[Item]) -> list[Item]:
    """ "with a minimiser $x$" as ", $x$ a minimiser of $f$"; f is what the sentence begins with."""
    found = list(items)
    for position in range(len(items)):
        if word_at(items, position) != "with" and not _said_again(items, position):
            continue
        at = skip(items, position + 1, _ARTICLES)
        length = _POINTS.get(word_at(items, at), 0)
        if not length or (length == 2 and word_at(items, at + 1) != "point"):
            continue
        point = at + length
        of = _subject(items, position)
        if not is_math(items, point) or of is None or len(split_relations(
            items[point].tokens
        )) > 1:  # fmt: skip
            continue
        here = items[position]
        said = [new_word(",", here), items[point], new_word("a", here), *items[at:point]]
        named = [new_word("of", here), replace(of, place=items[point].place)]
        found = [*items[:position], *said, *named, *items[point + 1 :]]
        return points_with(found)
    return found


def _said_again(items: list[Item], position: int) -> bool:
    """ "and $f$ has a fixed point $x$" is a phrase of its own, "and a minimiser $x$" goes on."""
    before = [word_at(items, k) for k in range(position)]
    return word_at(items, position) == "and" and "with" in before and (
        word_at(items, position + 1) in _ARTICLES
    )


def values_with(items: list[Item]) -> list[Item]:
    """Minimum values and lower bounds: "$c$ the minimum value of $f$", "$c$ a lower bound of"."""
    found: list[Item] = []
    position = 0
    while position < len(items):
        end, kind, value, of = _value_at(items, position)
        if not end or value is None:
            found.append(items[position])
            position += 1
            continue
        while word_at(found, len(found) - 1) in _VERBS:
            found.pop()
        alone = len(found) < 2 or word_at(found, len(found) - 2) in ("let", ",", "that", "and")
        if found and of is not None and found[-1].tokens == of.tokens and alone:
            found.pop()  # "Let $f$ be bounded below by $c$": nothing else is said of f
        if found and word_at(found, len(found) - 1) not in (
            ",", "let", "denote", "and", "suppose", "assume", "that"
        ):  # fmt: skip
            found.append(new_word(",", value))
        at_it = value.before if kind == "minimiser" else []
        value = replace(value, before=[]) if at_it else value
        found += [value, *(new_word(one, value) for one in ("a", *kind.split(), "of")), of or value]
        for one in at_it:
            found += [new_word("and", value), new_word("let", value), one]
        position = end
    return found


def _value_at(
    items: list[Item], position: int
) -> tuple[int, str, Item | None, Item | None]:
    """The end of a phrase on a least value that begins here, what it says, and of what."""
    nothing = (0, "", None, None)
    word = word_at(items, position)
    if word == "bounded":
        at = position + 1 + (word_at(items, position + 1) == "from")
        below = [word_at(items, at), word_at(items, at + 1)] == ["below", "by"]
        if below and is_math(items, at + 2):
            of = _subject(items, position)
            return (at + 3, "lower bound", items[at + 2], of) if of else nothing
    if _is_value(items, position):
        # "minimum value $c$" of the function that the sentence began with
        of = _subject(items, position)
        if is_math(items, position + 2) and of is not None and word_at(items, position - 1) in (
            "with", "a", "the", "has", "and", "its"
        ):  # fmt: skip
            value, end = items[position + 2], position + 3
            if word_at(items, end) == "attained" and word_at(items, end + 1) == "at" and (
                is_math(items, end + 2)
            ):  # fmt: skip
                least = items[end + 2]
                bracket = [Token("char", one, value.place) for one in "=()"]
                tokens = [*value.tokens, bracket[0], *of.tokens, bracket[1], *least.tokens]
                said = replace(value, tokens=[*tokens, bracket[2]])
                return end + 3, "minimiser", replace(least, before=[said]), of
            return end, "minimum value", value, of
    if is_math(items, position):
        # "$c$ the minimum value of $f$", and "by $c$ the minimum value of $f$"
        at = skip(items, position + 1, words("be is denote denotes for the its a"))
        if _is_value(items, at) and word_at(items, at + 2) == "of" and is_math(items, at + 3):
            return at + 4, "minimum value", items[position], items[at + 3]
    return nothing


def _is_value(items: list[Item], position: int) -> bool:
    return word_at(items, position) in ("minimum", "minimal", "optimal", "least") and (
        word_at(items, position + 1) == "value"
    )


def _subject(items: list[Item], position: int) -> Item | None:
    """The name of which the words at a place speak on: the last one with a verb after it."""
    for k in range(position - 1, -1, -1):
        if not is_math(items, k):
            continue
        tokens = _declared(items[k].tokens)
        if not tokens:
            continue
        after = word_at(items, k + 1)
        if after in ("be", "is", "denote", "has", "with", "satisfies") or k == position - 1:
            if word_at(items, k - 1) in (",", "and") and is_math(items, k - 2):
                return None  # of several names at once
            return replace(items[k], tokens=tokens)
    return None


def _declared(tokens: list[Token]) -> list[Token]:
    r"""The name in ``f`` and in ``f: \mathbb{R}^d \to \mathbb{R}``; nothing for other formulas."""
    cut = next((k for k, token in enumerate(tokens) if token.text == ":"), len(tokens))
    name = tokens[:cut]
    letters = [token for token in name if token.kind in ("char", "macro")]
    plain = len(letters) == 1 or (len(letters) in (2, 3) and letters[1].text == "_")
    letter = plain and spelled(name)[:1].isalpha()
    return name if letter or (name and name[0].kind == "macro") else []


def subgradients_at(items: list[Item]) -> list[Item]:
    r""" "$g$ is a subgradient of $f$ at $x$" as "$g \in \partial f(x)$"."""
    found: list[Item] = []
    position = 0
    while position < len(items):
        at = skip(items, position + 1, words("be is denote denotes a any some"))
        whole = (
            is_math(items, position)
            and [word_at(items, at), word_at(items, at + 1)] == ["subgradient", "of"]
            and is_math(items, at + 2)
            and word_at(items, at + 3) == "at"
            and is_math(items, at + 4)
        )
        if not whole:
            found.append(items[position])
            position += 1
            continue
        first, of, point = items[position], items[at + 2], items[at + 4]
        place = of.place
        tokens = [
            *first.tokens, Token("macro", "in", place), Token("macro", "partial", place),
            *of.tokens, Token("char", "(", place), *point.tokens, Token("char", ")", place),
        ]  # fmt: skip
        for one in (of, point):
            one.read = True
        found.append(replace(first, tokens=tokens))
        position = at + 5
    return found


def indicators_with(items: list[Item]) -> list[Item]:
    r""" "$C$ ... with indicator function $\iota_C$" as a declaration of its own."""
    for position in range(len(items)):
        at = skip(items, position + 1, _ARTICLES)
        end = skip(items, at + 1, frozenset(["function"]))
        if word_at(items, position) != "with" or word_at(items, at) != "indicator" or not is_math(
            items, end
        ):  # fmt: skip
            continue
        of = next((items[k] for k in range(position) if is_math(items, k)), None)
        if of is None:
            continue
        sides = split_relations(of.tokens)
        named = replace(of, tokens=sides[0][2] if sides else of.tokens)
        here = items[position]
        said = [new_word("let", here), items[end], *(
            new_word(one, here) for one in ("be", "the", "indicator", "function", "of")
        ), named]  # fmt: skip
        return [*items[:position], new_word(",", here), *said, *items[end + 1 :]]
    return items
