r"""Proximal maps within larger terms: ``2\operatorname{prox}_{\gamma f}(x) - x``.

The map is a name of its own, P, of which it is known that (x − P(x))/γ is a subgradient of f at
P(x), for every x. ``\operatorname{prox}_{\gamma\iota_C}`` is the projection onto C. The point
``\operatorname{argmin}_x \{f(x) + \frac{1}{2\gamma}\|x - z\|^2\}`` is the proximal point of z.
"""

from __future__ import annotations

from therefore.goal import Term
from therefore.kernel.terms import close
from therefore.reading.latex.classes import is_called_convex
from therefore.reading.latex.convex_sets import indicator_of
from therefore.reading.latex.errors import Unreadable
from therefore.reading.latex.names import Entity, Names, key_of
from therefore.reading.latex.operators import divided, factor_and_name, factor_of
from therefore.reading.latex.tokens import Place, Token, spelled
from therefore.reading.latex.values import kind_of

__all__ = ["PROX", "function_and_factor", "proximal_map"]

PROX = frozenset(["\\operatorname{prox}", "\\mathrm{prox}", "\\operatorname{Prox}"])


def function_and_factor(
    tokens: list[Token], names: Names, place: Place
) -> tuple[Entity, Term] | None:
    r"""The function and the positive factor of ``\gamma f``, below prox; ``None`` for no function.

    Raises ``Unreadable`` where it is not known that they are convex and positive.
    """
    functions = {
        one.latex: one
        for one in names.plain.values()
        if one.sort == "real" and len(one.arguments) == 1 and kind_of(one.arguments[0]) == "vector"
    }
    found = factor_and_name(tokens, functions)
    if found is None:
        return None
    function = functions[found[1]]
    if not is_called_convex(function, names):
        raise Unreadable(f"say first that {function.latex} is convex", place)
    return function, factor_of(found[0], found[2], names, "prox", place)


def proximal_map(tokens: list[Token], names: Names, place: Place) -> Entity | None:
    """The proximal map of what stands below prox, with what is known of it."""
    for cut in range(len(tokens)):
        projection = indicator_of(tokens[cut:], names)
        if projection is not None:
            factor_of(tokens[:cut], False, names, "prox", place)
            return projection
    found = function_and_factor(tokens, names, place)
    if found is None:
        return None
    function, factor = found
    latex = f"\\operatorname{{prox}}_{{{spelled(tokens)}}}"
    try:
        key = key_of(latex)
    except Unreadable:
        key = key_of(f"prox_{{{function.latex} {len(names.plain)}}}")
    if key in names.plain:
        return names.plain[key]
    space = function.arguments[0]
    entity = names.declare(Entity(key, key, latex, "function", space, (space,)))
    here: Term = ("app", entity.name, "%x")
    gap: Term = ("+", "%x", ("-", here))
    tangent = ("inner", divided(gap, factor), ("+", "%y", ("-", here)))
    below = ("<=", ("+", ("app", function.name, here), tangent), ("app", function.name, "%y"))
    inner = ("forall", space, close(below, "%y"))
    names.assume(("forall", space, close(inner, "%x")))
    return entity
