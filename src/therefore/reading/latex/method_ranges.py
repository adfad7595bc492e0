r"""For which indices a method runs, where no "for" says it: ``x_{k+1} = ..., \qquad k = 0, 1, 2``.

A range behind a formula of which it is the index is put as "for $k = 0, 1, 2$". A recurrence after
"for" or "if" is no variable and no condition, but what is given: "let".
"""

from __future__ import annotations

from dataclasses import replace

from therefore.reading.latex.prose import Item
from therefore.reading.latex.relations import split_relations
from therefore.reading.latex.symbols import INDEX_LETTERS
from therefore.reading.latex.tokens import Token, spelled

__all__ = ["is_recurrence", "with_ranges"]



def with_ranges(items: list[Item]) -> list[Item]:
    """The items, where ranges of indices are quantifiers and recurrences are given."""
    found: list[Item] = []
    for item in items:
        found += _split(item) if item.kind == "math" and item.fault is None else [item]
    made: list[Item] = []
    for position, item in enumerate(found):
        before = made[-1] if made else None
        if (
            item.kind == "math"
            and before is not None
            and before.text == ","
            and len(made) > 1
            and made[-2].kind == "math"
            and _is_range_of(item.tokens, made[-2].tokens)
        ):
            made[-1] = Item("word", before.place, "for", group=before.group, row=before.row)
        if item.kind == "math" and not item.display and is_recurrence(item.tokens):
            _given(made, found, position)
        made.append(item)
    return made


def _given(made: list[Item], items: list[Item], position: int) -> None:
    """Put "let" for a "for" before a recurrence."""
    if not made or made[-1].kind != "word" or made[-1].text.lower() != "for":
        return
    made[-1] = replace(made[-1], text="let")
    # "For $x_{k+1} = ...$, we have": what follows is claimed.


def _split(item: Item) -> list[Item]:
    r"""A formula and the range after it, ``x_{k+1} = a x_k, \quad k = 0, 1, \dots``."""
    depth = 0
    for k, token in enumerate(item.tokens):
        depth += (token.kind == "{" or token.command in ("(", "[", "\\{", "\\langle", "\\begin"))
        depth -= (token.kind == "}" or token.command in (")", "]", "\\}", "\\rangle", "\\end"))
        gap = token.text == "," or token.kind == "text"
        if depth or not gap or not k:
            continue
        first = item.tokens[:k]
        rest = item.tokens[k + 1 :]
        while rest and (rest[0].text == "," or (rest[0].kind == "text" and not _says(rest[0]))):
            rest = rest[1:]
        if token.kind == "text" and _says(token):
            continue
        tail = _trimmed(rest)
        if tail[:1] and tail[0].command == "\\forall":
            tail = tail[1:]
        elif tail[:1] and tail[0].command == "(" and tail[-1].command == ")":
            tail = tail[1:-1]
        if _is_range_of(tail, first) and _no_gap(tail):
            word = Item("word", item.place, "for", group=item.group, row=item.row)
            ranged = replace(
                item, tokens=tail, place=tail[0].place, labels=[], display=False, first=False,
                aligned=False, before=[],
            )  # fmt: skip
            item.tokens = first
            return [item, word, ranged]
    return [item]


def _says(token: Token) -> bool:
    return bool(token.text.strip())


def _no_gap(tokens: list[Token]) -> bool:
    return not any(token.kind == "text" for token in tokens)


def _trimmed(tokens: list[Token]) -> list[Token]:
    while tokens and (tokens[-1].text in (",", ".", ";") or tokens[-1].kind == "text"):
        tokens = tokens[:-1]
    return tokens


def _is_range_of(tokens: list[Token], formula: list[Token]) -> bool:
    """Whether tokens say through which numbers an index of a formula runs."""
    tokens = _trimmed(tokens)
    if len(tokens) < 3 or len(split_relations(formula)) < 2:
        return False
    letters = [t.text for t in tokens if t.kind == "char" and t.text in INDEX_LETTERS]
    sides = split_relations(tokens)
    named = [spelled(side) for _, _, side in sides]
    signs = [sign for sign, _, _ in sides[1:]]
    indexed = {letter for letter in letters if _stands_as_index(letter, formula)}
    if not indexed or len(sides) < 2:
        return False
    if signs == ["="]:
        return named[0] in indexed and any(t.command == "\\dots" for t in tokens)
    if signs == ["in"]:
        return named[0] in indexed
    if signs in ([">="], [">"]):
        return named[0] in indexed and named[1].isdigit()
    return len(signs) == 2 and set(signs) <= {"<", "<="} and named[1] in indexed


def _stands_as_index(letter: str, tokens: list[Token]) -> bool:
    """Whether a letter stands below or above a name."""
    for k, token in enumerate(tokens):
        if token.text not in ("_", "^") or k + 1 >= len(tokens):
            continue
        end = k + 2
        if tokens[k + 1].kind == "{":
            end = next((j for j in range(k, len(tokens)) if tokens[j].kind == "}"), k + 1)
        if any(t.text == letter and t.kind == "char" for t in tokens[k + 1 : end]):
            return True
    return False


def is_recurrence(tokens: list[Token]) -> bool:
    """Whether a formula begins with ``x_{k+1} =``, which says what comes next."""
    sides = split_relations(tokens)
    if len(sides) < 2 or sides[1][0] not in ("=", ":="):
        return False
    shown = spelled([t for t in sides[0][2] if t.kind not in ("{", "}")])
    head, _, index = shown.partition("_" if "_" in shown else "^")
    index = index.strip("()")
    return bool(head) and index[:1] in INDEX_LETTERS and index[1:] == "+1"
