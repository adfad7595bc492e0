r"""Points of solution sets: ``x^* \in \operatorname{argmin} f``, ``\operatorname{Fix} T``.

And least values: ``f^* = \min_{x \in \mathbb{R}^d} f(x)``, ``f^* = \inf f``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from therefore.goal import Term
from therefore.kernel.terms import close
from therefore.reading.latex.errors import Unreadable
from therefore.reading.latex.names import Entity, Names, key_of
from therefore.reading.latex.operators import assume_zero, operator_of
from therefore.reading.latex.tokens import Token, spelled
from therefore.reading.latex.values import kind_of

if TYPE_CHECKING:
    from therefore.reading.latex.declaring import Declarer

__all__ = ["LEAST", "assume_solution", "speaks_of_solutions", "subscript"]

Side = tuple[str, Token, list[Token]]
LEAST = (
    "\\operatorname{argmin}", "\\operatorname*{argmin}", "\\argmin", "\\arg\\min",
    "\\mathrm{argmin}", "\\operatorname{Argmin}", "\\operatorname*{Argmin}", "\\mathrm{Argmin}",
)  # fmt: skip
_FIXED = ("\\operatorname{Fix}", "\\mathrm{Fix}", "\\operatorname{fix}", "\\mathrm{fix}")
_ZEROS = ("\\operatorname{zer}", "\\mathrm{zer}", "\\operatorname{Zer}", "\\mathrm{Zer}")
_VALUES = ("\\min", "\\inf")


def speaks_of_solutions(sides: list[Side], names: Names) -> bool:
    """Whether a relation is one that this file reads."""
    if len(sides) == 2 and sides[1][0] == "in":
        return spelled(sides[1][2]).startswith((*LEAST, *_FIXED, *_ZEROS))
    return _value(sides, names) is not None


def assume_solution(sides: list[Side], declarer: Declarer) -> None:
    """Assume what such a relation says; a new name is declared. Raises ``Unreadable``."""
    from therefore.reading.latex.special_points import assume_least, point_of

    names, left, right = declarer.names, sides[0][2], sides[1][2]
    if sides[1][0] != "in":
        found = _value(sides, names)
        assert found is not None
        _assume_value(point_of(left, "real", declarer), found[0], found[1], names)
        return
    start = next(k for k in range(len(right), 0, -1) if spelled(right[:k]) in (
        *LEAST, *_FIXED, *_ZEROS
    ))  # fmt: skip
    kind, rest = spelled(right[:start]), right[start:]
    place = right[0].place
    if kind in _ZEROS:
        operator = operator_of(_without_brackets(rest), names)
        if operator is not None:
            point = point_of(left, operator.space, declarer)
            assume_zero(point, operator, names)
            return
    within: Entity | None = None
    if kind in LEAST:
        below, rest = subscript(rest)
        function = _function(rest, below, names)
        if function is None:
            raise Unreadable("write x \\in \\operatorname{argmin} f, for a declared f", place)
        within = _within(below, function, names)
        assume_least(point_of(left, function.arguments[0], declarer), function, within, names)
        return
    function = names.plain.get(key_of(spelled(_without_brackets(rest)), place))
    if function is None or function.arguments != (function.sort,):
        raise Unreadable(f"{spelled(rest)} is no declared map of a space into itself", place)
    space = function.sort
    point = point_of(left, space, declarer)
    goal = point if kind in _FIXED else ("zero", space[1])
    names.assume(("=", ("app", function.name, point), goal))


def _value(sides: list[Side], names: Names) -> tuple[str, Entity] | None:
    r"""What stands on the right of ``f^* = \min_x f(x)``, if the relation is that."""
    if len(sides) not in (2, 3) or sides[1][0] not in ("=", ":="):
        return None
    if len(sides) == 3 and (sides[2][0], spelled(sides[2][2])) != (">", "-\\infty"):
        return None
    right = sides[1][2]
    kind = next((one for one in _VALUES if right and right[0].command == one), "")
    if not kind:
        return None
    below, rest = subscript(right[1:])
    function = _function(rest, below, names)
    if function is None or _within(below, function, names) is not None:
        return None
    return kind, function


def _assume_value(value: Term, kind: str, function: Entity, names: Names) -> None:
    space = function.arguments[0]
    at: Term = ("app", function.name, "%y")
    names.assume(("forall", space, close(("<=", value, at), "%y")))
    if kind == "\\min":
        names.assume(("exists", space, close(("=", at, value), "%y")))
        return
    near = ("exists", space, close(("<", at, ("+", value, "%e")), "%y"))
    names.assume(("forall", "real", close(("implies", ("<", "0", "%e"), near), "%e")))


def subscript(tokens: list[Token]) -> tuple[list[Token], list[Token]]:
    """A subscript that begins here, and the rest."""
    if not tokens or tokens[0].text != "_":
        return [], tokens
    if len(tokens) > 1 and tokens[1].kind == "{":
        depth = 0
        for k in range(1, len(tokens)):
            depth += (tokens[k].kind == "{") - (tokens[k].kind == "}")
            if not depth:
                return tokens[2:k], tokens[k + 1 :]
    return tokens[1:2], tokens[2:]


def _function(tokens: list[Token], below: list[Token], names: Names) -> Entity | None:
    """The function in ``f``, ``(f)``, or ``f(x)`` where x stands below."""
    tokens = [t for t in _without_brackets(tokens) if t.kind not in ("{", "}")]
    cut = next((k for k, token in enumerate(tokens) if token.text == "("), len(tokens))
    inside = spelled(tokens[cut + 1 : -1]) if cut < len(tokens) else ""
    variable = spelled(below[: next((k for k, t in enumerate(below) if t.command == "\\in"),
                                    len(below))])  # fmt: skip
    if inside and inside != variable:
        return None
    try:
        known = names.plain.get(key_of(spelled(tokens[:cut])))
    except Unreadable:
        return None
    real = known is not None and known.sort == "real" and len(known.arguments) == 1
    return known if real and known and kind_of(known.arguments[0]) == "vector" else None


def _within(below: list[Token], function: Entity, names: Names) -> Entity | None:
    r"""The projection onto C of ``x \in C``; ``None`` for all of the space."""
    from therefore.reading.latex.sets import domain

    at = next((k for k, token in enumerate(below) if token.command == "\\in"), 0)
    if not at:
        return None
    found = domain(below[at + 1 :], names)
    if found.sort != function.arguments[0] or len(found.unmoved) > 1 or found.conditions:
        raise Unreadable(f"{spelled(below[at + 1 :])} is no set of points of {function.latex}",
                         below[0].place)  # fmt: skip
    return names.by_name()[found.unmoved[0]] if found.unmoved else None


def _without_brackets(tokens: list[Token]) -> list[Token]:
    tokens = [t for t in tokens if t.kind != "text"]
    if len(tokens) > 2 and tokens[0].text == "(" and tokens[-1].text == ")":
        return tokens[1:-1]
    return tokens
