"""Terms of a certificate with the names of definitions put back where their bodies stand."""

from __future__ import annotations

from collections.abc import Callable

from therefore.goal import Goal, Term
from therefore.kernel.atoms import Atoms
from therefore.kernel.binders import substitute
from therefore.kernel.context import Context
from therefore.kernel.errors import Rejected
from therefore.kernel.terms import sort_of

__all__ = ["folding"]


def folding(goal: Goal) -> Callable[[Term], Term]:
    """How to write the terms of a certificate of this goal, in which definitions are expanded.

    The name of a definition without parameters takes the place of its body; and that of a point
    at which a function or a gradient is taken, if the point has the normal form of the body:
    ∇f(x_1) for ∇f(x_0 − ∇f(x_0)/L), however that is written.
    """
    bodies: dict[str, Term] = {}
    written: dict[Term, str] = {}
    for name, parameters, body in goal.definitions:
        if not parameters:
            bodies[name] = substitute(body, bodies)
            written |= {body: name} if isinstance(body, tuple) else {}
    if not bodies:
        return lambda term: term
    ctx = Context(Atoms())
    for name, sort in goal.declarations:
        ctx.declare(name, sort)
    known: dict[Term, str] = {}

    def name_of(point: Term) -> str:
        """The definition that has the value of the point, or nothing."""
        if isinstance(point, str):
            return ""
        if point not in known:
            same = (name for name, body in bodies.items() if _same(ctx, point, body))
            known[point] = next(same, "")
        return known[point]

    def folded(term: Term) -> Term:
        if not isinstance(term, tuple):
            return term
        if term[:1] in (("app",), ("gradient",)) and len(term) == 3:
            return (*term[:2], name_of(term[2]) or folded(term[2]))
        parts = tuple(folded(part) for part in term)
        return written.get(parts, parts)

    return folded


def _same(ctx: Context, one: Term, other: Term) -> bool:
    """Whether both are of one sort and have one normal form; not, where they have none here."""
    try:
        return bool(
            sort_of(one, ctx.names) == sort_of(other, ctx.names) and ctx.equal(one, other)
        )
    except (Rejected, KeyError, IndexError, ValueError, ZeroDivisionError):
        return False
