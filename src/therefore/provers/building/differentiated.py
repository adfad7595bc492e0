"""The derivative of a body of one number at a point, by its structure."""

from __future__ import annotations

from therefore.goal import Term
from therefore.kernel.context import Context
from therefore.kernel.differential import differential
from therefore.kernel.terms import open_binder, substitute

__all__ = ["differentiated"]


def differentiated(ctx: Context, body: Term, point: Term) -> Term:
    """The derivative at the point. Raises ``Rejected`` where the structure does not say it."""
    name = ctx.fresh("y")
    change = differential({**ctx.names, name: "real"}, open_binder(body, name), name, "1")
    return substitute(change, {name: point})
