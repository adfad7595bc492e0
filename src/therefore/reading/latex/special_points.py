"""Points that words single out: "a minimiser of $f$", "a fixed point of $T$", "a zero of $A$"."""

from __future__ import annotations

from therefore.goal import Term
from therefore.kernel.terms import close
from therefore.reading.latex.declaring import Declarer, name_of
from therefore.reading.latex.errors import Ambiguous, Unreadable
from therefore.reading.latex.grammar import Grammar
from therefore.reading.latex.names import Entity, Names, described
from therefore.reading.latex.prose import Item
from therefore.reading.latex.tokens import Place, spelled
from therefore.reading.latex.values import kind_of
from therefore.reading.latex.words import words
from therefore.reading.sorts import Sort

__all__ = [
    "RESTRICTING", "SPECIAL", "UNCLEAR", "begins_special_point", "is_bare", "special_point",
    "without_special_points",
]  # fmt: skip

_MINIMISERS = words("minimiser minimizer")
_SMALL = words("be is a an any some one the its global denote denotes")
_LEADING = words("a and has the , ;")
_JOINING = words(", and")
_SPEAKS_ON = words("with such where which so satisfying satisfies having")
_PREPOSITIONS = words("of in on over for within among under to at")
# Words of a sentence that say from where a point is taken, of which nothing is read.
RESTRICTING = words(
    "constraint constraints constrained feasible subject among within restricted local locally"
)
SPECIAL = "special point"
UNCLEAR = (
    "say this in a sentence of its own: let $x$ be a minimiser of $f$, or a fixed point of $T$, or "
    "a zero of $A$; what else is said of it, as a formula"
)


def without_special_points(items: list[Item]) -> tuple[list[Item], list[list[Item]]]:
    """The items of a declaring act without phrases on special points, and these phrases.

    Where it is unclear what belongs to a phrase, it is all of the items, and is refused.
    """
    rest: list[Item] = []
    found: list[list[Item]] = []
    position = 0
    while position < len(items):
        end = _end_of_phrase(items, position)
        if not end:
            rest.append(items[position])
            position += 1
            continue
        has = rest and rest[-1].kind == "word" and _before(rest) == "has"
        while rest and rest[-1].kind == "word" and rest[-1].text.lower() in _LEADING:
            rest.pop()
        if not _goes_on(items, end) or (is_bare(items[position]) and _shared(rest)):
            return [], [items]
        phrase = items[position:end]
        if has and rest and is_bare(rest[-1]) and len(phrase) == 2:
            phrase = [*phrase, rest[-1]]  # "f has a minimiser x": one of f
        found.append(phrase)
        position = end
    return rest, found


def _before(items: list[Item]) -> str:
    """The last word that is no article."""
    said = [item.text.lower() for item in items[-2:] if item.kind == "word"]
    return next((word for word in reversed(said) if word not in ("a", "the")), "")


def _goes_on(items: list[Item], end: int) -> bool:
    """Whether what follows a phrase is said of something else, or of its point plainly.

    "of $f$ and $g$" and "of $f$ among the integers" are other points.
    """
    joined = False
    while end < len(items) and items[end].kind == "word" and items[end].text.lower() in _JOINING:
        joined, end = True, end + 1
    if end == len(items) or items[end].text in (".", ";", ":"):
        return True
    if items[end].kind == "word":
        allowed = not joined and items[end].text.lower() in _SPEAKS_ON
        return allowed or (joined and items[end].text.lower() not in _PREPOSITIONS)
    after = items[end + 1 : end + 2]
    ends = not after or after[0].kind == "math" or after[0].text.lower() in (*".;:", *_JOINING)
    return joined and not (is_bare(items[end]) and ends)


def _shared(rest: list[Item]) -> bool:
    """Whether names alone stand before a phrase: "$x$ and $y$ be a minimiser"."""
    return bool(rest) and all(
        is_bare(item) or (item.kind == "word" and item.text.lower() in _JOINING) for item in rest
    )


def begins_special_point(items: list[Item], start: int) -> bool:
    """Whether a phrase on a special point begins at a place."""
    return start < len(items) and _end_of_phrase(items, start) > 0


def _end_of_phrase(items: list[Item], start: int) -> int:
    """Where a phrase on a special point that begins here ends; 0 if none does."""
    first = items[start]
    if first.kind == "word" and first.text.lower() in _MINIMISERS:
        # "has a minimiser $x^*$"
        after = items[start + 1 : start + 2]
        if after and is_bare(after[0]):
            return _with_function(items, start + 2)
        return 0
    if not is_bare(first):
        return 0
    position = start + 1
    while position < len(items) and items[position].kind == "word" and (
        items[position].text.lower() in _SMALL
    ):  # fmt: skip
        position += 1
    said = [item.text.lower() for item in items[position : position + 2] if item.kind == "word"]
    if said[:1] and said[0] in _MINIMISERS:
        return _with_function(items, position + 1)
    length = 2 if said == ["fixed", "point"] else 1 if said[:1] == ["zero"] else 0
    end = _with_function(items, position + length) if length else 0
    return end if end > position + length else 0


def _plain_end(elements: list[Item]) -> int:
    """The end of the phrase that elements begin with; the function may stand at the end."""
    end = _end_of_phrase(elements, 0)
    return end + 1 if end == 2 < len(elements) and is_bare(elements[2]) else end


def _with_function(items: list[Item], position: int) -> int:
    """The place after "of $f$", if that stands at a position, or the position."""
    of = items[position : position + 2]
    stands = [item.kind for item in of] == ["word", "math"] and of[0].text.lower() == "of"
    return position + 2 if stands else position


def is_bare(item: Item) -> bool:
    """Whether an item is a formula without a relation, which says nothing."""
    return item.kind == "math" and bool(item.tokens) and not any(
        t.command in ("=", "<", ">", "\\le", "\\ge", "\\in", "\\ne", ":", ",") for t in item.tokens
    )


def special_point(elements: list[Item], names: Names, declarer: Declarer) -> None:
    """Assume what a phrase says; a new name is declared. Raises ``Unreadable``."""
    formulas = [item for item in elements if item.kind == "math"]
    said = {item.text.lower() for item in elements if item.kind == "word"}
    for item in formulas:
        item.read = True
    place = formulas[0].place
    if len(formulas) > 2 or _plain_end(elements) != len(elements):
        raise Unreadable(UNCLEAR, place)
    least = bool(said & _MINIMISERS)
    of = _entity(formulas[1], names) if len(formulas) > 1 else _only_function(names, place)
    if len(of.arguments) != 1 or kind_of(of.arguments[0]) != "vector":
        raise Unreadable(f"{of.latex} is no function of a vector", place)
    space = of.arguments[0]
    if least and of.sort != "real":
        raise Unreadable(f"{of.latex} has no minimisers: its values are no numbers", place)
    if not least and of.sort != space:
        raise Unreadable(f"{of.latex} is no map of a space into itself", place)
    point = _point(formulas[0], space, declarer)
    value: Term = ("app", of.name, point)
    if least:
        everywhere = ("<=", value, ("app", of.name, "%y"))
        names.assume(("forall", space, close(everywhere, "%y")))
    else:
        assert isinstance(space, tuple)
        names.assume(("=", value, point if "fixed" in said else ("zero", space[1])))


def _entity(item: Item, names: Names) -> Entity:
    name = name_of(item.tokens, names)
    known = None if name is None else names.plain.get(name.key)
    if known is None or not known.arguments:
        raise Unreadable(f"{spelled(item.tokens)} is not declared as a function", item.place)
    return known


def _only_function(names: Names, place: Place) -> Entity:
    """The function that is meant where none is named. Raises ``Ambiguous`` for several."""
    functions = [
        one for one in names.plain.values() if one.arguments and one.sort == "real"
    ]
    if len(functions) != 1:
        shown = tuple(f"a minimiser of {one.latex}" for one in functions) or ("a minimiser",)
        raise Ambiguous(shown, "say of which function: a minimiser of $f$", place)
    return functions[0]


def _point(item: Item, space: Sort, declarer: Declarer) -> Term:
    """The term of the point, which is declared if nothing declares it."""
    name = name_of(item.tokens, declarer.names)
    if name is not None and not name.letters and not name.parameters and (
        declarer.known(name) is None and declarer.is_new(name)
    ):  # fmt: skip
        return declarer.declare(name, space).name
    value = Grammar(item.tokens, declarer.names).whole()
    if value.sort != space:
        raise Unreadable(
            f"{spelled(item.tokens)} is {described(value.sort)} where {described(space)} is "
            "expected",
            item.place,
        )
    return value.term
