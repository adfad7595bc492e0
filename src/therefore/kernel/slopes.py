"""The rules of derivatives that speak of all points around one: equal functions, least values."""

from __future__ import annotations

from .calculus import three_parts
from .context import Context
from .data import Data, Term, field
from .errors import Rejected
from .proofs import Checker, refused, rule
from .terms import new_name, open_binder

__all__ = ["around"]


def around(
    checker: Checker, ctx: Context, point: Term, node: dict[str, Data], proofs: list[Data]
) -> tuple[Context, str]:
    """The context of a new x around the point a, a itself included, and its name.

    With ``from``, a positive δ, the facts a − δ < x and x < a + δ are ``near``; without it, x is
    any number.
    """
    inner, name = ctx.extended(), new_name(node["name"])
    inner.declare(name, "real")
    if "from" in node:
        room = checker.term(ctx, node["from"], "real", proofs)
        if not ctx.holds(("<", "0", room)):
            raise Rejected("SIGN", f"it is not seen that {room} is positive")
        below, above = ("+", point, ("-", room)), ("+", point, room)
        inner.assume("near", ("and", ("<", below, name), ("<", name, above)))
    return inner, name


@rule("name other equal proof", "from")
def nearby(checker: Checker, ctx: Context, goal: Term, node: dict[str, Data]) -> None:
    """Γ ⊢ u has the derivative v at a, from: w has it, and u(x) = w(x) for all x around a.

    w is the body ``other``. Source: the derivative depends on the values around a alone.
    """
    body, point, value = three_parts(goal, "has_derivative", "nearby")
    proofs = list(field(node, "defined", list))
    checker.ensure_defined(ctx, point, proofs)
    inner, name = around(checker, ctx, point, node, proofs)
    other = checker.body(ctx.names, node["other"])
    checker.prove(inner, ("=", open_binder(body, name), open_binder(other, name)), node["equal"])
    checker.prove(ctx, ("has_derivative", other, point, value), node["proof"])


@rule("name body point derivative least", "from")
def lowest(checker: Checker, ctx: Context, goal: Term, node: dict[str, Data]) -> None:
    """Γ ⊢ v = 0, from: u has the derivative v at a, and u(a) ≤ u(x) for all x around a.

    Source: Fermat's theorem (Rudin 5.8).
    """
    if goal[0] != "=" or goal[2] != "0":
        raise refused(goal, "lowest")
    proofs = list(field(node, "defined", list))
    point, body = (
        checker.term(ctx, node["point"], "real", proofs),
        checker.body(ctx.names, node["body"]),
    )
    inner, name = around(checker, ctx, point, node, proofs)
    checker.prove(ctx, ("has_derivative", body, point, goal[1]), node["derivative"])
    least = ("<=", open_binder(body, point), open_binder(body, name))
    checker.prove(inner, least, node["least"])
