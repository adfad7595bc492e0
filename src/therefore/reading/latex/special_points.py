"""Points that words single out: "a minimiser of $f$", "a fixed point of $T$", "a zero of $A$"."""

from __future__ import annotations

from therefore.goal import Term
from therefore.kernel.terms import close
from therefore.reading.latex.classes import is_strongly_convex
from therefore.reading.latex.declaring import Declarer, name_of
from therefore.reading.latex.errors import Ambiguous, Unreadable
from therefore.reading.latex.grammar import Grammar
from therefore.reading.latex.names import Entity, Names, described
from therefore.reading.latex.operators import assume_zero, operator_of
from therefore.reading.latex.prose import Item
from therefore.reading.latex.sets import Domain, domain
from therefore.reading.latex.tokens import Place, Token, spelled
from therefore.reading.latex.values import is_number, kind_of
from therefore.reading.latex.words import words
from therefore.reading.sorts import Sort

__all__ = [
    "RESTRICTING", "SPECIAL", "UNCLEAR", "assume_least", "begins_special_point", "is_bare",
    "point_of", "special_point", "without_special_points",
]  # fmt: skip

_MINIMISERS = words("minimiser minimizer")
_OF_TWO_WORDS = {("fixed", "point"), ("minimum", "value"), ("lower", "bound")}
_SMALL = words("be is a an any some one the its global unique denote denotes")
_EVERY = words("every all each any no")
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
        of_all = items[position].kind == "word" and bool(rest) and _before(rest) in _EVERY
        if of_all or not _goes_on(items, end) or (is_bare(items[position]) and _shared(rest)):
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
    length = 2 if tuple(said) in _OF_TWO_WORDS else 1 if said[:1] == ["zero"] else 0
    end = _with_function(items, position + length) if length else 0
    own = items[position - 1].text.lower() == "its" and said[:1] in (["fixed"], ["zero"])
    return end if end > position + length or (length and own) else 0


def _plain_end(elements: list[Item]) -> int:
    """The end of the phrase that elements begin with; the function may stand at the end."""
    end = _end_of_phrase(elements, 0)
    return end + 1 if end == 2 < len(elements) and is_bare(elements[2]) else end


def _with_function(items: list[Item], position: int) -> int:
    """The place after "of $f$", if that stands at a position, or the position."""
    of = items[position : position + 2]
    stands = [item.kind for item in of] == ["word", "math"] and of[0].text.lower() == "of"
    if not stands:
        return position
    over = items[position + 2 : position + 4]
    in_set = [item.kind for item in over] == ["word", "math"] and is_bare(over[1])
    return position + (4 if in_set and over[0].text.lower() in ("over", "on", "in") else 2)


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
    if len(formulas) > 3 or _plain_end(elements) != len(elements):
        raise Unreadable(UNCLEAR, place)
    least = bool(said & (_MINIMISERS | {"value", "bound"}))
    if not least and len(formulas) > 1:
        operator = operator_of(formulas[1].tokens, names)
        if operator is not None and "zero" in said and len(formulas) == 2:
            assume_zero(_point(formulas[0], operator.space, declarer), operator, names)
            return
    of = _entity(formulas[1], names) if len(formulas) > 1 else _only(least, names, place)
    if len(of.arguments) != 1 or kind_of(of.arguments[0]) != "vector":
        raise Unreadable(f"{of.latex} is no function of a vector", place)
    space = of.arguments[0]
    if least and of.sort != "real":
        raise Unreadable(f"{of.latex} has no minimisers: its values are no numbers", place)
    if not least and of.sort != space:
        raise Unreadable(f"{of.latex} is no map of a space into itself", place)
    if said & {"value", "bound"}:
        if len(formulas) > 2:
            raise Unreadable(UNCLEAR, place)
        value = _point(formulas[0], "real", declarer)
        names.assume(("forall", space, close(("<=", value, ("app", of.name, "%y")), "%y")))
        if "value" in said:
            attained = ("=", ("app", of.name, "%y"), value)
            names.assume(("exists", space, close(attained, "%y")))
        return
    within = _set(formulas[2], space, names) if len(formulas) > 2 else None
    point = _point(formulas[0], space, declarer)
    if least:
        assume_least(point, of, within, names)
        if "unique" in said:
            _assume_only(point, of, within, names)
        return
    if len(formulas) > 2:
        raise Unreadable(UNCLEAR, place)
    assert isinstance(space, tuple)
    right = point if "fixed" in said else ("zero", space[1])
    names.assume(("=", ("app", of.name, point), right))


def _entity(item: Item, names: Names) -> Entity:
    name = name_of(item.tokens, names)
    known = None if name is None else names.plain.get(name.key)
    if known is None or not known.arguments:
        raise Unreadable(f"{spelled(item.tokens)} is not declared as a function", item.place)
    return known


def assume_least(point: Term, of: Entity, within: Entity | None, names: Names) -> None:
    """f is least at a point: of all points, or of those that a projection leaves where they are."""
    space = of.arguments[0]
    other: Term = "%y"
    if within is not None:
        names.assume(("=", ("app", within.name, point), point))
        other = ("app", within.name, "%y")
    everywhere = ("<=", ("app", of.name, point), ("app", of.name, other))
    names.assume(("forall", space, close(everywhere, "%y")))


def _assume_only(point: Term, of: Entity, within: Entity | None, names: Names) -> None:
    """No other point is as low; of a strongly convex function that need not be said."""
    if is_strongly_convex(of, names):
        return
    space, other = of.arguments[0], "%y" if within is None else ("app", within.name, "%y")
    low = ("<=", ("app", of.name, other), ("app", of.name, point))
    names.assume(("forall", space, close(("implies", low, ("=", other, point)), "%y")))


def _set(item: Item, space: Sort, names: Names) -> Entity | None:
    """The projection onto the set over which something is least; ``None`` for all of the space."""
    projection = names.sets.get(spelled(item.tokens))
    if projection is not None and projection.sort == space:
        return projection
    if domain(item.tokens, names) == Domain(space):
        return None
    raise Unreadable(
        f"{spelled(item.tokens)} is not declared as a closed convex set", item.place
    )


def _only(least: bool, names: Names, place: Place) -> Entity:
    """The function or map that is meant where none is named. Raises ``Ambiguous`` for several."""
    functions = [
        one
        for one in names.plain.values()
        if one.arguments and (one.sort == "real") is least and one not in names.sets.values()
    ]
    if len(functions) != 1:
        what = "a minimiser" if least else "a fixed point"
        shown = tuple(f"{what} of {one.latex}" for one in functions) or (what,)
        raise Ambiguous(shown, f"say of which function: {what} of $f$", place)
    return functions[0]


def _point(item: Item, space: Sort, declarer: Declarer) -> Term:
    return point_of(item.tokens, space, declarer)


def point_of(tokens: list[Token], space: Sort, declarer: Declarer) -> Term:
    """The term of a point or a number, which is declared if nothing declares it."""
    name = name_of(tokens, declarer.names)
    if name is not None and not name.letters and not name.parameters and (
        declarer.known(name) is None and declarer.is_new(name)
    ):  # fmt: skip
        return declarer.declare(name, space).name
    value = Grammar(tokens, declarer.names).whole()
    if value.sort != space and not (space == "real" and is_number(value.sort)):
        raise Unreadable(
            f"{spelled(tokens)} is {described(value.sort)} where {described(space)} is expected",
            tokens[0].place,
        )
    return value.term
