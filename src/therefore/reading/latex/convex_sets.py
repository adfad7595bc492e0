r"""Closed convex sets: "let $C \subseteq \mathbb{R}^d$ be nonempty, closed and convex".

A set is known by the map P that sends each point to the nearest one of it: ⟨x − P(x), P(y) − P(x)⟩
≤ 0 for all x and y, and z is in the set where P(z) = z. Such maps and such sets belong to each
other one by one (Bauschke and Combettes, 3.16).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from therefore.goal import Term
from therefore.kernel.terms import close
from therefore.reading.latex.errors import Unreadable
from therefore.reading.latex.names import Entity, Names, key_of
from therefore.reading.latex.relations import split_relations
from therefore.reading.latex.sets import domain, is_space, size
from therefore.reading.latex.signs import split_at
from therefore.reading.latex.tokens import Token, spelled
from therefore.reading.latex.values import kind_of
from therefore.reading.latex.words import words
from therefore.reading.sorts import Sort

if TYPE_CHECKING:
    from therefore.reading.latex.declaring import Declarer
    from therefore.reading.latex.prose import Item

__all__ = ["PROJECTIONS", "declare_projection", "declare_sets", "indicator_of",
           "projection_of", "speaks_of_maps"]

# Letters that stand for the projection onto the set below them.
PROJECTIONS = frozenset([
    "P", "\\Pi", "\\mathcal{P}", "\\mathrm{P}", "\\operatorname{P}", "\\operatorname{proj}",
    "\\mathrm{proj}", "\\operatorname{Proj}", "\\mathrm{Proj}",
])  # fmt: skip
_INDICATORS = ("\\iota", "\\delta", "I", "\\mathbb{I}", "\\chi", "\\mathbf{1}")
_SETS = words("set sets subset subsets")
_WORDS = _SETS | words(
    "nonempty non-empty closed convex be is are a an the and both two of in some any given , ( )"
)
_BELOW = frozenset(["\\subset", "\\subseteq"])


def speaks_of_maps(elements: list[Item]) -> bool:
    """Whether words or a formula of an act declare sets, projections or set-valued operators."""
    said = {item.text.lower() for item in elements if item.kind == "word"}
    return bool(said & (_SETS | {"maximally", "maximal"})) or any(
        token.command in _BELOW
        for item in elements
        if item.kind == "math"
        for token in item.tokens
    )


def declare_sets(elements: list[Item], declarer: Declarer) -> bool:
    """Enter closed convex sets, if that is what a declaring act says."""
    maths = [item for item in elements if item.kind == "math"]
    said = [item.text.lower() for item in elements if item.kind == "word"]
    of_sets = any(t.command in _BELOW for item in maths for t in item.tokens)
    if not maths or not (of_sets or (_SETS | {"indicator"}) & set(said)):
        return False
    place = maths[0].place
    if "indicator" in said:
        return _indicator(elements, maths, declarer.names)
    unknown = [word for word in said if word not in _WORDS]
    if unknown:
        raise Unreadable(
            f"the word {unknown[0]!r} is not read of a set; write: let $C \\subseteq "
            "\\mathbb{R}^d$ be nonempty, closed and convex, and all else as a formula",
            place,
        )
    if not {"closed", "convex"} <= set(said):
        raise Unreadable(
            "a set is read as the one that is projected onto: say that it is closed and convex",
            place,
        )
    shared: Sort | None = None
    named: list[tuple[list[Token], Sort | None]] = []
    for item in maths:
        if is_space(item.tokens) and not split_relations(item.tokens)[1:]:
            shared = _space(item.tokens, declarer.names)
            continue
        sides = split_relations(item.tokens)
        if len(sides) > 2 or (len(sides) == 2 and sides[1][1].command not in _BELOW):
            raise Unreadable("say this in a sentence of its own", item.place)
        own = _space(sides[1][2], declarer.names) if len(sides) == 2 else None
        left = sides[0][2] if sides else item.tokens
        named += [(part, own) for part in split_at(left, frozenset(","))]
    for tokens, space in named:
        _enter(tokens, space or shared, declarer)
    return True


def _space(tokens: list[Token], names: Names) -> Sort:
    found = domain(tokens, names)
    if found.restricts or kind_of(found.sort) != "vector":
        raise Unreadable("a set is read within a space \\mathbb{R}^d", tokens[0].place)
    return found.sort


def _enter(tokens: list[Token], space: Sort | None, declarer: Declarer) -> None:
    names, shown, place = declarer.names, spelled(tokens), tokens[0].place
    if key_of(shown, place) in names.plain:
        raise Unreadable(f"{shown} is declared already as something else", place)
    if space is None:
        space = ("vector", size([Token("char", "d", place)], names))
    known = names.sets.get(shown)
    if known is not None and known.sort != space:
        raise Unreadable(f"{shown} is a set of another space already", place)
    latex = f"P_{{{shown}}}" if len(shown) > 1 else f"P_{shown}"
    key = key_of(latex, place)
    entity = names.declare(Entity(key, key, latex, "function", space, (space,)), place)
    names.sets[shown] = entity
    here, there = ("app", entity.name, "%x"), ("app", entity.name, "%y")
    inside = ("inner", ("+", "%x", ("-", here)), ("+", there, ("-", here)))
    nearest: Term = ("forall", space, close(("<=", inside, "0"), "%y"))
    names.assume(("forall", space, close(nearest, "%x")))


def projection_of(base: str, below: list[Token], names: Names) -> Entity | None:
    """The projection that a letter with a set below it stands for."""
    return names.sets.get(spelled(below)) if base in PROJECTIONS else None


def declare_projection(elements: list[Item], declarer: Declarer) -> bool:
    """Enter "$P_C$ denotes the projection onto $C$", if a declaring act says that."""
    maths = [item for item in elements if item.kind == "math"]
    said = [item.text.lower() for item in elements if item.kind == "word"]
    names = declarer.names
    if "projection" not in said or len(maths) != 2:
        return False
    projection = names.sets.get(spelled(maths[1].tokens))
    allowed = words(
        "be is denote denotes the by its euclidean orthogonal metric projection operator map onto "
        "on to set , ( )"
    )
    if projection is None or set(said) - allowed:
        return False
    tokens = maths[0].tokens
    base = next((k for k, token in enumerate(tokens) if token.text == "_"), len(tokens))
    below = [t for t in tokens[base + 1 :] if t.kind not in ("{", "}")]
    if projection_of(spelled(tokens[:base]), below, names) == projection:
        return True
    shown, place = spelled(tokens), maths[0].place
    key = key_of(shown, place)
    names.declare(
        Entity(
            key, key, shown, "definition", projection.sort, projection.arguments, ("x",),
            ("app", projection.name, "#0"),
        ),
        place,
    )  # fmt: skip
    return True


def _indicator(elements: list[Item], maths: list[Item], names: Names) -> bool:
    r"""Enter "$\iota_C$ the indicator function of $C$", which is read below prox only."""
    if len(maths) != 2:
        return False
    of = names.sets.get(spelled(maths[1].tokens))
    if of is None:
        return False
    names.indicators[spelled(maths[0].tokens)] = of
    return True


def indicator_of(tokens: list[Token], names: Names) -> Entity | None:
    r"""The projection onto the set of an indicator function such as ``\iota_C``."""
    known = names.indicators.get(spelled(tokens))
    if known is not None:
        return known
    base = next((k for k, token in enumerate(tokens) if token.text == "_"), 0)
    if not base or spelled(tokens[:base]) not in _INDICATORS[:2]:
        return None
    return names.sets.get(spelled([t for t in tokens[base + 1 :] if t.kind not in ("{", "}")]))
