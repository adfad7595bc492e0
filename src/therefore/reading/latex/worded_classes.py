r"""Classes of functions and maps, with their constants, in the words that are read.

"Lipschitz continuous with constant $L$" is "$L$-Lipschitz continuous".
"""

from __future__ import annotations

from dataclasses import replace

from therefore.reading.latex.prose import Item
from therefore.reading.latex.relations import split_relations
from therefore.reading.latex.said import is_math, new_word, skip, word_at
from therefore.reading.latex.tokens import Token
from therefore.reading.latex.words import words

__all__ = ["classes_before", "gradients_of_their_own", "named_constants", "split_hyphens"]

_NAMED = {
    "lipschitz": "-lipschitz", "smooth": "-smooth", "strongly": "-strongly", "weakly": "-weakly",
    "cocoercive": "-cocoercive", "contraction": "-contraction", "contractive": "-contraction",
    "averaged": "-averaged",
}  # fmt: skip
_BETWEEN = words("continuous gradient gradients convex monotone function functions operator map")
_CONSTANT = words("constant parameter modulus factor coefficient ratio rate")
_CLASSES = words(
    "continuous gradient convex monotone , and closed proper differentiable nonexpansive firmly "
    "lower semicontinuous -smooth -strongly -weakly -lipschitz -cocoercive -contraction -averaged"
)
_ARTICLES = words("a an the its some any")


def split_hyphens(items: list[Item]) -> list[Item]:
    """ "-Lipschitz-continuous" as two words."""
    found: list[Item] = []
    for item in items:
        text = item.text.lower()
        if item.kind == "word" and text.endswith("lipschitz-continuous"):
            head = item.text[: -len("-continuous")]
            found += [replace(item, text=head), replace(item, text="continuous")]
        else:
            found.append(item)
    return found


def named_constants(items: list[Item]) -> list[Item]:
    """ "Lipschitz continuous with constant $L$" as "$L$-Lipschitz continuous"."""
    found = list(items)
    position = 0
    while position < len(found):
        word = word_at(found, position)
        marked = _NAMED.get(word)
        end = skip(found, position + 1, _BETWEEN)
        at = _constant_after(found, end) if marked else 0
        if marked is None or not at:
            position += 1
            continue
        constant = found[at]
        sides = split_relations(constant.tokens)
        alone = replace(constant, tokens=sides[0][2] if sides else constant.tokens)
        named = [alone, replace(found[position], text=marked), *found[position + 1 : end]]
        if len(sides) > 1:
            named += [new_word(",", constant), constant]
        found[position : at + 1] = named
        position += len(named)
    return found


def _constant_after(items: list[Item], position: int) -> int:
    """The place of the constant in "with (Lipschitz) constant $L$" that begins here, or 0."""
    if word_at(items, position) not in ("with", "of", "for"):
        return 0
    at = skip(items, position + 1, _ARTICLES)
    if word_at(items, at) in ("lipschitz", "smoothness", "convexity", "contraction"):
        at += 1
    if word_at(items, at) not in _CONSTANT or not is_math(items, at + 1):
        return 0
    tokens = items[at + 1].tokens
    sides = split_relations(tokens)
    bare = sides[0][2] if sides else tokens
    return at + 1 if bare and not any(t.text == "," for t in bare) else 0


def gradients_of_their_own(items: list[Item]) -> list[Item]:
    """ "and its gradient is $L$-Lipschitz" as "with $L$-Lipschitz gradient"."""
    found = list(items)
    for position, item in enumerate(items):
        if is_math(items, position) and _is_gradient(item.tokens) and (
            word_at(items, position + 1) in ("is", "be") and is_math(items, position + 2)
            and word_at(items, position + 3) == "-lipschitz"
        ):  # fmt: skip
            # "$\\nabla f$ is $L$-Lipschitz": f has an $L$-Lipschitz gradient.
            end = skip(items, position + 4, frozenset(["continuous"]))
            of = replace(item, tokens=item.tokens[1:])
            said = [of, new_word("be", item), *items[position + 2 : end]]
            found = [*items[:position], *said, new_word("gradient", item), *items[end:]]
            return gradients_of_their_own(found)
        if word_at(items, position) not in ("its", "whose") or (
            word_at(items, position + 1) != "gradient"
        ):  # fmt: skip
            continue
        verb = word_at(items, position + 2)
        lipschitz = is_math(items, position + 3) and word_at(items, position + 4) == "-lipschitz"
        if verb not in ("is", "be") or not lipschitz:
            continue
        end = skip(items, position + 5, frozenset(["continuous"]))
        before = position
        while word_at(items, before - 1) in ("that", ",", "and", "has"):
            before -= 1
        said = [*items[position + 3 : end], new_word("gradient", item)]
        found = [*items[:before], new_word("and", item), *said, *items[end:]]
        return gradients_of_their_own(found)
    return found


def _is_gradient(tokens: list[Token]) -> bool:
    """Whether tokens are the gradient of a function, without an argument."""
    return len(tokens) == 2 and tokens[0].command == "\\nabla"


def classes_before(items: list[Item]) -> list[Item]:
    """ "Given a convex $L$-smooth function $f$" as "Given $f$ be convex $L$-smooth"."""
    for position in range(len(items)):
        minimised = word_at(items, position) in ("minimise", "minimize") and position < 2
        if not minimised and word_at(items, position) not in ("given", "consider", "fix", "take"):
            continue
        start = skip(items, position + 1, _ARTICLES)
        end = start
        while word_at(items, end) in _CLASSES or (
            is_math(items, end) and word_at(items, end + 1).startswith("-")
        ):  # fmt: skip
            end += 1
        noun = word_at(items, end) in words("function operator map mapping")
        if end == start or not noun or not is_math(items, end + 1):
            continue
        here = items[position]
        named = [items[end + 1], new_word("be", here), *items[start : end + 1]]
        before = [new_word("let", here)] if minimised else items[: position + 1]
        return [*before, *named, *items[end + 2 :]]
    return items
