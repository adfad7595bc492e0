"""Other ways to write a scalar term, and limits, as SymPy suggests them; nothing is believed."""

from __future__ import annotations

from typing import Any

import sympy

from therefore.goal import Goal, Term
from therefore.helping.places import size_of
from therefore.helping.working import worked_out
from therefore.kernel.binders import open_binder
from therefore.provers.building.sympy_hints import FAILURES, Symbols, plain

__all__ = ["forms_of", "limit_of"]

_LARGEST = 400


def forms_of(goal: Goal, term: Term) -> list[Term]:
    """Other ways to write a term of the goal, the shortest first."""
    if size_of(term) > _LARGEST:
        return []
    symbols = _symbols(goal)
    there = plain(symbols.to_sympy(term))
    found: dict[Term, None] = {}
    ways = (
        lambda e: e, sympy.simplify, sympy.factor, sympy.expand, sympy.together,
        lambda e: sympy.factor(sympy.simplify(e)),
    )  # fmt: skip
    for way in ways:
        try:
            found[symbols.to_term(plain(way(there)))] = None
        except FAILURES:
            continue
    return sorted(found, key=size_of)


def limit_of(goal: Goal, body: Term, place: Term) -> Term | None:
    """What SymPy takes for the limit of a body, if that is a plain term."""
    symbols = _symbols(goal)
    at = symbols.symbol("%at")
    opened = worked_out(goal, open_binder(body, "%at"), {"%at": "real"})
    there = symbols.to_sympy(opened)
    ends: dict[str, tuple[Any, str]] = {"+oo": (sympy.oo, "-"), "-oo": (-sympy.oo, "+")}
    if isinstance(place, str) and place in ends:
        point, side = ends[place]
    elif isinstance(place, tuple) and place[0] in ("left", "right"):
        point, side = symbols.to_sympy(place[1]), "-" if place[0] == "left" else "+"
    else:
        point, side = symbols.to_sympy(place), "+-"
    try:
        return symbols.to_term(plain(sympy.limit(there, at, point, side)))
    except FAILURES:
        return None


def _symbols(goal: Goal) -> Symbols:
    sizes = [name for name, sort in goal.declarations if sort == "size"]
    said = [one[2] for one in goal.hypotheses if one[0] == "<" and one[1] == "0"]
    return Symbols([*sizes, *said])
