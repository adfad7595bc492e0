r"""One way of saying a thing out of several: sentences on methods in the words that are read.

"Lipschitz continuous with constant $L$" is said as "$L$-Lipschitz continuous", "with minimiser
$x$" as "$x$ a minimiser of $f$", and a title such as "the gradient method" is left out before the
formula that says what the method is. Nothing is read here; a phrase that no pattern fits stays.
"""

from __future__ import annotations

from dataclasses import replace

from therefore.reading.latex.method_ranges import is_recurrence, with_ranges
from therefore.reading.latex.prose import Item
from therefore.reading.latex.relations import split_relations
from therefore.reading.latex.tokens import Token, spelled
from therefore.reading.latex.words import words

__all__ = ["in_usual_words"]

# Classes after which a constant may be named, with the words that may stand between.
_NAMED = {
    "lipschitz": "-lipschitz", "smooth": "-smooth", "strongly": "-strongly", "weakly": "-weakly",
    "cocoercive": "-cocoercive", "contraction": "-contraction", "contractive": "-contraction",
    "averaged": "-averaged",
}  # fmt: skip
_BETWEEN = words("continuous gradient gradients convex monotone function functions operator map")
_CONSTANT = words("constant parameter modulus factor coefficient ratio rate")
_ARTICLES = words("a an the its some any")
_POINTS = {"minimiser": 1, "minimizer": 1, "zero": 1, "fixed": 2}
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
_VERBS = words("is reads takes the form : given by generates defined as , produces computes")
_STARTS = words("starting started initialised initialized")


def in_usual_words(items: list[Item]) -> list[Item]:
    """The items of a sentence, with phrases on classes and methods put into the usual words."""
    found = _split_hyphens(items)
    for rewrite in (
        with_ranges, _without_titles, _without_start, _iterates_that_satisfy, _named_constants,
        _gradients_of_their_own, _points_with, _values_with, _subgradients, _indicators,
    ):  # fmt: skip
        found = rewrite(found)
    return found


def _said(items: list[Item], position: int) -> str:
    """The word at a place, in small letters; "" for a formula and at the end."""
    if not 0 <= position < len(items) or items[position].kind != "word":
        return ""
    return items[position].text.lower()


def _skip(items: list[Item], position: int, allowed: frozenset[str]) -> int:
    while _said(items, position) in allowed:
        position += 1
    return position


def _is_math(items: list[Item], position: int) -> bool:
    return position < len(items) and items[position].kind == "math"


def _word(text: str, of: Item) -> Item:
    return Item("word", of.place, text, group=of.group, row=of.row)


def _split_hyphens(items: list[Item]) -> list[Item]:
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


# -- titles of methods ----------------------------------------------------------------------


def _without_titles(items: list[Item]) -> list[Item]:
    """Leave out "gradient descent", "the proximal point method" and the like beside formulas."""
    found: list[Item] = []
    position = 0
    while position < len(items):
        end = _skip(items, position, _TITLES | _METHODS)
        run = [_said(items, k) for k in range(position, end)]
        titled = len(run) > 1 or (bool(run) and run[0] in ("method", "algorithm", "scheme"))
        if titled and set(run) & _METHODS and not _goes_on_in_words(items, end):
            while found and _said(found, len(found) - 1) == "of":
                found.pop()
            verb = _skip(items, end, _VERBS)
            if verb > end and _is_math(items, verb) and is_recurrence(items[verb].tokens):
                # "The gradient method is $x_{k+1} = ...$."
                while found and _said(found, len(found) - 1) in ("the", "a", "an"):
                    found.pop()
                found.append(_word("let", items[end]))
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


def _goes_on_in_words(items: list[Item], position: int) -> bool:
    """Whether a title is a part of something longer: "the step size", "the method of Newton"."""
    return _said(items, position) in ("size", "sizes", "of")


def _without_start(items: list[Item]) -> list[Item]:
    """ "starting from $x_0 \\in \\mathbb{R}^d$" is "given $x_0$ ..."; of "$x_0$" it says nothing."""
    found: list[Item] = []
    position = 0
    while position < len(items):
        if _said(items, position) not in _STARTS:
            found.append(items[position])
            position += 1
            continue
        at = _skip(items, position + 1, _ARTICLES | words("from at in with arbitrary initial point"))
        if not _is_math(items, at):
            found.append(items[position])
            position += 1
        elif len(split_relations(items[at].tokens)) < 2:
            items[at].read = True
            position = at + 1
            if not found and _said(items, position) == ",":
                position += 1
        else:
            found += [_word("given", items[position]), items[at]]
            position = at + 1
    return found


def _iterates_that_satisfy(items: list[Item]) -> list[Item]:
    """ "The iterates $x_{k+1} = ...$ satisfy $...$": "Let $x_{k+1} = ...$. Then $...$"."""
    start = _skip(items, 0, _ARTICLES)
    if _said(items, start) not in ("iterates", "iteration", "sequence"):
        return items
    end = next(
        (k for k in range(start, len(items)) if _said(items, k) in ("satisfy", "satisfies")), 0
    )
    first = next((k for k in range(start, len(items)) if _is_math(items, k)), 0)
    if not first or end < first or len(split_relations(items[first].tokens)) < 2:
        return items
    between = {_said(items, k) for k in range(start + 1, first)}
    if not between <= words("of generated defined given produced by and , the as"):
        return items
    return [
        _word("let", items[start]), *items[first:end], _word("then", items[end]), *items[end + 1 :]
    ]


# -- constants ------------------------------------------------------------------------------


def _named_constants(items: list[Item]) -> list[Item]:
    """ "Lipschitz continuous with constant $L$" as "$L$-Lipschitz continuous"."""
    found = list(items)
    position = 0
    while position < len(found):
        word = _said(found, position)
        marked = _NAMED.get(word)
        end = _skip(found, position + 1, _BETWEEN)
        at = _constant_after(found, end) if marked else 0
        if marked is None or not at:
            position += 1
            continue
        constant = found[at]
        sides = split_relations(constant.tokens)
        alone = replace(constant, tokens=sides[0][2] if sides else constant.tokens)
        named = [alone, replace(found[position], text=marked), *found[position + 1 : end]]
        if len(sides) > 1:
            named += [_word(",", constant), constant]
        found[position : at + 1] = named
        position += len(named)
    return found


def _constant_after(items: list[Item], position: int) -> int:
    """The place of the constant in "with (Lipschitz) constant $L$" that begins here, or 0."""
    if _said(items, position) not in ("with", "of", "for"):
        return 0
    at = _skip(items, position + 1, _ARTICLES)
    if _said(items, at) in ("lipschitz", "smoothness", "convexity", "contraction"):
        at += 1
    if _said(items, at) not in _CONSTANT or not _is_math(items, at + 1):
        return 0
    tokens = items[at + 1].tokens
    sides = split_relations(tokens)
    bare = sides[0][2] if sides else tokens
    return at + 1 if bare and not any(t.text == "," for t in bare) else 0


def _gradients_of_their_own(items: list[Item]) -> list[Item]:
    """ "and its gradient is $L$-Lipschitz" as "with $L$-Lipschitz gradient"."""
    found = list(items)
    for position, item in enumerate(items):
        if _said(items, position) not in ("its", "whose") or (
            _said(items, position + 1) != "gradient"
        ):  # fmt: skip
            continue
        verb = _said(items, position + 2)
        lipschitz = _is_math(items, position + 3) and _said(items, position + 4) == "-lipschitz"
        if verb not in ("is", "be") or not lipschitz:
            continue
        end = _skip(items, position + 5, frozenset(["continuous"]))
        before = position
        while _said(items, before - 1) in ("that", ",", "and", "has"):
            before -= 1
        said = [*items[position + 3 : end], _word("gradient", item)]
        found = [*items[:before], _word("and", item), *said, *items[end:]]
        return _gradients_of_their_own(found)
    return found


# -- points ---------------------------------------------------------------------------------


def _points_with(items: list[Item]) -> list[Item]:
    """ "with a minimiser $x$" as ", $x$ a minimiser of $f$"; f is what the sentence begins with."""
    found = list(items)
    for position in range(len(items)):
        if _said(items, position) != "with" and not _said_again(items, position):
            continue
        at = _skip(items, position + 1, _ARTICLES)
        length = _POINTS.get(_said(items, at), 0)
        if not length or (length == 2 and _said(items, at + 1) != "point"):
            continue
        point = at + length
        of = _subject(items, position)
        if not _is_math(items, point) or of is None or len(split_relations(
            items[point].tokens
        )) > 1:  # fmt: skip
            continue
        here = items[position]
        said = [_word(",", here), items[point], _word("a", here), *items[at:point]]
        named = [_word("of", here), replace(of, place=items[point].place)]
        found = [*items[:position], *said, *named, *items[point + 1 :]]
        return _points_with(found)
    return found


def _said_again(items: list[Item], position: int) -> bool:
    """ "and $f$ has a fixed point $x$" is a phrase of its own, "and a minimiser $x$" goes on."""
    before = [_said(items, k) for k in range(position)]
    return _said(items, position) == "and" and "with" in before and (
        _said(items, position + 1) in _ARTICLES
    )


def _values_with(items: list[Item]) -> list[Item]:
    """Minimum values and lower bounds: "$c$ the minimum value of $f$", "$c$ a lower bound of"."""
    found: list[Item] = []
    position = 0
    while position < len(items):
        end, kind, value, of = _value_at(items, position)
        if not end or value is None:
            found.append(items[position])
            position += 1
            continue
        while _said(found, len(found) - 1) in ("and", "with", "its", "is", "be", "a", "the", "has"):
            found.pop()
        alone = len(found) < 2 or _said(found, len(found) - 2) in ("let", ",", "that", "and")
        if found and of is not None and found[-1].tokens == of.tokens and alone:
            found.pop()  # "Let $f$ be bounded below by $c$": nothing else is said of f
        if found and _said(found, len(found) - 1) not in (
            ",", "let", "denote", "and", "suppose", "assume", "that"
        ):  # fmt: skip
            found.append(_word(",", value))
        at_it = value.before if kind == "minimiser" else []
        value = replace(value, before=[]) if at_it else value
        found += [value, *(_word(one, value) for one in ("a", *kind.split(), "of")), of or value]
        for one in at_it:
            found += [_word("and", value), _word("let", value), one]
        position = end
    return found


def _value_at(
    items: list[Item], position: int
) -> tuple[int, str, Item | None, Item | None]:
    """The end of a phrase on a least value that begins here, what it says, and of what."""
    nothing = (0, "", None, None)
    word = _said(items, position)
    if word == "bounded":
        at = position + 1 + (_said(items, position + 1) == "from")
        if _said(items, at) == "below" and _said(items, at + 1) == "by" and _is_math(items, at + 2):
            of = _subject(items, position)
            return (at + 3, "lower bound", items[at + 2], of) if of else nothing
    if _is_value(items, position):
        # "minimum value $c$" of the function that the sentence began with
        of = _subject(items, position)
        if _is_math(items, position + 2) and of is not None and _said(items, position - 1) in (
            "with", "a", "the", "has", "and", "its"
        ):  # fmt: skip
            value, end = items[position + 2], position + 3
            if _said(items, end) == "attained" and _said(items, end + 1) == "at" and (
                _is_math(items, end + 2)
            ):  # fmt: skip
                at = items[end + 2]
                bracket = [Token("char", one, value.place) for one in "=()"]
                tokens = [*value.tokens, bracket[0], *of.tokens, bracket[1], *at.tokens]
                said = replace(value, tokens=[*tokens, bracket[2]])
                return end + 3, "minimiser", replace(at, before=[said]), of
            return end, "minimum value", value, of
    if _is_math(items, position):
        # "$c$ the minimum value of $f$", and "by $c$ the minimum value of $f$"
        at = _skip(items, position + 1, words("be is denote denotes for the its a"))
        if _is_value(items, at) and _said(items, at + 2) == "of" and _is_math(items, at + 3):
            return at + 4, "minimum value", items[position], items[at + 3]
    return nothing


def _is_value(items: list[Item], position: int) -> bool:
    return _said(items, position) in ("minimum", "minimal", "optimal", "least") and (
        _said(items, position + 1) == "value"
    )


def _subject(items: list[Item], position: int) -> Item | None:
    """The name of which the words at a place speak on: the last one with a verb after it."""
    for k in range(position - 1, -1, -1):
        if not _is_math(items, k):
            continue
        tokens = _declared(items[k].tokens)
        if not tokens:
            continue
        after = _said(items, k + 1)
        if after in ("be", "is", "denote", "has", "with", "satisfies") or k == position - 1:
            return replace(items[k], tokens=tokens)
    return None


def _declared(tokens: list[Token]) -> list[Token]:
    r"""The name in ``f`` and in ``f: \mathbb{R}^d \to \mathbb{R}``; nothing for other formulas."""
    cut = next((k for k, token in enumerate(tokens) if token.text == ":"), len(tokens))
    name = tokens[:cut]
    letters = [token for token in name if token.kind in ("char", "macro")]
    plain = len(letters) == 1 or (len(letters) in (2, 3) and letters[1].text == "_")
    return name if plain and spelled(name)[:1].isalpha() or name and name[0].kind == "macro" else []


def _subgradients(items: list[Item]) -> list[Item]:
    r""" "$g$ is a subgradient of $f$ at $x$" as "$g \\in \\partial f(x)$"."""
    found: list[Item] = []
    position = 0
    while position < len(items):
        at = _skip(items, position + 1, words("be is denote denotes a any some"))
        whole = (
            _is_math(items, position)
            and [_said(items, at), _said(items, at + 1)] == ["subgradient", "of"]
            and _is_math(items, at + 2)
            and _said(items, at + 3) == "at"
            and _is_math(items, at + 4)
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


def _indicators(items: list[Item]) -> list[Item]:
    r""" "$C$ ... with indicator function $\\iota_C$" as a declaration of its own."""
    for position in range(len(items)):
        at = _skip(items, position + 1, _ARTICLES)
        end = _skip(items, at + 1, frozenset(["function"]))
        if _said(items, position) != "with" or _said(items, at) != "indicator" or not _is_math(
            items, end
        ):  # fmt: skip
            continue
        of = next((items[k] for k in range(position) if _is_math(items, k)), None)
        if of is None:
            continue
        sides = split_relations(of.tokens)
        named = replace(of, tokens=sides[0][2] if sides else of.tokens)
        here = items[position]
        said = [_word("let", here), items[end], *(
            _word(one, here) for one in ("be", "the", "indicator", "function", "of")
        ), named]  # fmt: skip
        return [*items[:position], _word(",", here), *said, *items[end + 1 :]]
    return items
