r"""One way of saying a thing out of several: sentences on methods in the words that are read.

"Lipschitz continuous with constant $L$" is said as "$L$-Lipschitz continuous", "with minimiser
$x$" as "$x$ a minimiser of $f$", and a title such as "the gradient method" is left out before the
formula that says what the method is. Nothing is read here; a phrase that no pattern fits stays.
"""

from __future__ import annotations

from therefore.reading.latex.method_ranges import is_recurrence, with_ranges
from therefore.reading.latex.prose import Item
from therefore.reading.latex.relations import split_relations
from therefore.reading.latex.said import is_math, new_word, skip, word_at
from therefore.reading.latex.said_otherwise import said_plainly
from therefore.reading.latex.tokens import Token, spelled
from therefore.reading.latex.worded_classes import (
    classes_before,
    gradients_of_their_own,
    named_constants,
    split_hyphens,
)
from therefore.reading.latex.worded_points import (
    indicators_with,
    points_with,
    subgradients_at,
    values_with,
)
from therefore.reading.latex.words import words

__all__ = ["in_usual_words"]

_ARTICLES = words("a an the its some any")
_METHODS = words(
    "method methods descent iteration iterations algorithm scheme recursion update updates step "
    "steps"
)
_TITLES = words(
    "gradient subgradient proximal projected accelerated fast heavy-ball extragradient "
    "extra-gradient optimistic forward-backward forward backward splitting douglas rachford "
    "douglas-rachford peaceman peaceman-rachford krasnoselskii mann krasnosel'skii "
    "krasnoselskii-mann krasnosel'skii-mann halpern nesterov nesterov's polyak polyak's picard "
    "fixed-point steepest mirror conditional frank-wolfe proximal-point proximal-gradient point "
    "classical standard usual basic momentum reflected"
)
_VERBS = words(
    "starts begins from with iterates and is reads takes the form : given by generates defined "
    "as , produces computes"
)
_STARTS = words("starting started initialised initialized")


def in_usual_words(items: list[Item]) -> list[Item]:
    """The items of a sentence, with phrases on classes and methods put into the usual words."""
    found = said_plainly(_without_norms(split_hyphens(items)))
    for rewrite in (
        with_ranges, _without_titles, _without_start, classes_before, _iterates_that_satisfy,
        named_constants, gradients_of_their_own, points_with, values_with, subgradients_at,
        indicators_with,
    ):  # fmt: skip
        found = rewrite(found)
    return found


def _without_norms(items: list[Item]) -> list[Item]:
    r""" "$\|\cdot\|$ denotes the Euclidean norm", which it always does, is left out."""
    for position, item in enumerate(items):
        if item.kind != "math" or not _is_form(item.tokens):
            continue
        end = skip(items, position + 1, words("denotes denote is be the a standard usual"))
        kind = (word_at(items, end), word_at(items, end + 1))
        length = 2 if kind in (("euclidean", "norm"), ("inner", "product")) else 0
        if (*kind, word_at(items, end + 2)) == ("euclidean", "inner", "product"):
            length = 3
        start = position
        while word_at(items, start - 1) in ("where", "and", ",", "let", "here"):
            start -= 1
        if length:
            item.read = True
            return _without_norms([*items[:start], *items[end + length :]])
    return items


def _is_form(tokens: list[Token]) -> bool:
    r"""Whether tokens are ``\|\cdot\|``, also with a 2 below, or ``\langle\cdot,\cdot\rangle``."""
    shown = spelled([t for t in tokens if t.command not in ("\\left", "\\right")])
    shown = shown.replace("\\lVert", "\\|").replace("\\rVert", "\\|").replace("\\Vert", "\\|")
    return shown in ("\\|\\cdot\\|", "\\|\\cdot\\|_2", "\\langle\\cdot,\\cdot\\rangle")


def _without_titles(items: list[Item]) -> list[Item]:
    """Leave out "gradient descent", "the proximal point method" and the like beside formulas."""
    found: list[Item] = []
    position = 0
    while position < len(items):
        end = skip(items, position, _TITLES | _METHODS)
        run = [word_at(items, k) for k in range(position, end)]
        titled = len(run) > 1 or (bool(run) and run[0] in ("method", "algorithm", "scheme"))
        if titled and set(run) & _METHODS and not _goes_on_in_words(items, end):
            while found and word_at(found, len(found) - 1) == "of":
                found.pop()
            end = _without_step_size(items, end)
            verb = skip(items, end, _VERBS | _METHODS)
            if verb > end and any(is_recurrence(one) for one in _formulas_at(items, verb)):
                # "The gradient method is $x_{k+1} = ...$."
                while found and word_at(found, len(found) - 1) in ("the", "a", "an"):
                    found.pop()
                found.append(new_word("let", items[end]))
                end = verb
            position = end
            continue
        if end > position:
            found += items[position:end]
            position = end
            continue
        found.append(items[position])
        position += 1
    return found


def _without_step_size(items: list[Item], position: int) -> int:
    """The place after "with step size $c$", where c is no new name of which something is said."""
    at = skip(items, position, words("with a constant fixed"))
    size = skip(items, at, words("step size step-size stepsize"))
    plain = is_math(items, size) and len(split_relations(items[size].tokens)) < 2
    if at == position or size == at or not plain:
        return position
    items[size].read = True
    return size + 1


def _formulas_at(items: list[Item], position: int) -> list[list[Token]]:
    """The formulas that follow one another from a place on."""
    found: list[list[Token]] = []
    while is_math(items, position) or word_at(items, position) in ("and", "iterates", ","):
        if is_math(items, position):
            found.append(items[position].tokens)
        position += 1
    return found


def _goes_on_in_words(items: list[Item], position: int) -> bool:
    """Whether a title is a part of something longer: "the step size", "the method of Newton"."""
    return word_at(items, position) in ("size", "sizes", "of")


def _without_start(items: list[Item]) -> list[Item]:
    r""" "starting from $x_0 \in \mathbb{R}^d$" is "given $x_0$"; "from $x_0$" says nothing."""
    found: list[Item] = []
    position = 0
    while position < len(items):
        if word_at(items, position) not in _STARTS | {"from"}:
            found.append(items[position])
            position += 1
            continue
        at = skip(items, position + 1, _ARTICLES | words(
            "from at in with arbitrary initial starting given point"
        ))  # fmt: skip
        member = is_math(items, at) and _is_first(items[at].tokens, word_at(items, position))
        if not member:
            found.append(items[position])
            position += 1
        elif len(split_relations(items[at].tokens)) < 2:
            items[at].read = True
            position = at + 1
            if not found and word_at(items, position) == ",":
                position += 1
        else:
            found += [new_word("given", items[position]), items[at]]
            position = at + 1
    return found


def _is_first(tokens: list[Token], word: str) -> bool:
    """Whether a formula speaks of ``x_0``, or x_1, alone or as an element.

    "From $x_0 = 0$" may give a reason; "starting from $x_0 = 0$" does not.
    """
    sides = split_relations(tokens)
    if len(sides) > 1 and word == "from" and sides[1][0] != "in":
        return False
    shown = spelled([t for t in (sides[0][2] if sides else tokens) if t.kind not in ("{", "}")])
    return shown.endswith(("_0", "_1", "^0", "^1", "^(0)", "^(1)"))


def _iterates_that_satisfy(items: list[Item]) -> list[Item]:
    """ "The iterates $x_{k+1} = ...$ satisfy $...$": "Let $x_{k+1} = ...$. Then $...$"."""
    start = skip(items, 0, _ARTICLES)
    bare = start > 0 and is_math(items, start) and is_recurrence(items[start].tokens)
    if not bare and word_at(items, start) not in ("iterates", "iteration", "sequence"):
        return items
    end = next(
        (k for k in range(start, len(items)) if word_at(items, k) in ("satisfy", "satisfies")), 0
    )
    first = next((k for k in range(start, len(items)) if is_math(items, k)), 0)
    if not first or end < first or len(split_relations(items[first].tokens)) < 2:
        return items
    between = {word_at(items, k) for k in range(start + 1, first)} if not bare else set()
    if not between <= words("of generated defined given produced by and , the as"):
        return items
    return [
        new_word("let", items[start]), *items[first:end],
        new_word("then", items[end]), *items[end + 1 :],
    ]  # fmt: skip
