"""The rules of derivatives: by structure, by quotients, at a corner, and the mean value theorem."""

from __future__ import annotations

from .context import Context
from .data import Data, Term, field, fields
from .differential import differential
from .errors import Rejected
from .proofs import Checker, refused, rule
from .terms import (
    mentions,
    new_name,
    open_binder,
    substitute,
)

__all__ = ["CONTINUOUS", "require_continuous", "three_parts"]

# Operations that are continuous wherever they are defined.
CONTINUOUS = {"+", "-", "*", "/", "^", "abs", "sqrt", "inner", "norm", "vector"}


def three_parts(goal: Term, head: str, rule_name: str) -> tuple[Term, Term, Term]:
    """Body, place and value of a statement on a derivative or a limit that names the value.

    The bare obligation "there is a derivative" names none, and no rule here proves it.
    """
    if goal[0] != head or len(goal) != 4:
        raise refused(goal, rule_name)
    return goal[1], goal[2], goal[3]


@rule("name value")
def differentiate(checker: Checker, ctx: Context, goal: Term, node: dict[str, Data]) -> None:
    """Γ ⊢ u(x) has the derivative v at a, if v is the one found by structure.

    The structural derivative is formed as a term; where this term and u(a) are defined, every
    part of u that depends on x is differentiable at a, so the term is the derivative: |u| gives
    u/|u| · u′, defined for u ≠ 0 only, √u gives u′/(2√u), f(u) gives ⟨∇f(u), u′⟩ for a
    differentiable f. ``value`` proves that v equals it. Source: the chain rule.
    """
    name, proofs = new_name(node["name"]), list(field(node, "defined", list))
    body, point, value = three_parts(goal, "has_derivative", "differentiate")
    checker.ensure_defined(ctx, point, proofs)
    checker.ensure_defined(ctx, open_binder(body, point), proofs)
    inner = ctx.extended()
    inner.declare(name, "real")
    change = differential(inner.names, open_binder(body, name), name, "1")
    change = substitute(change, {name: point})
    checker.ensure_defined(ctx, change, proofs)
    checker.prove(ctx, ("=", value, change), node["value"])


@rule("name")
def everywhere(checker: Checker, ctx: Context, goal: Term, node: dict[str, Data]) -> None:
    """Γ ⊢ a function given by a term is differentiable, if its structure is, at a new point."""
    if goal[0] != "differentiable" or goal[1][0] != "lambda":
        raise refused(goal, "everywhere")
    inner = ctx.extended()
    name = new_name(node["name"])
    inner.declare(name, goal[1][1])
    proofs = list(field(node, "defined", list))
    checker.ensure_defined(inner, ("gradient", goal[1], name), proofs)


@rule("proof")
def slope(checker: Checker, ctx: Context, goal: Term, node: dict[str, Data]) -> None:
    """From Γ ⊢ u has the derivative v at a follows Γ ⊢ u′(a) = v."""
    if goal[0] != "=" or goal[1][0] != "derivative":
        raise refused(goal, "slope")
    checker.prove(ctx, ("has_derivative", *goal[1][1:], goal[2]), node["proof"])


@rule("quotient name identity value")
def quotient(checker: Checker, ctx: Context, goal: Term, node: dict[str, Data]) -> None:
    """Γ ⊢ u has the derivative v at a, from u(x) − u(a) = q(x)·(x − a) with q continuous, v = q(a).

    Carathéodory's definition of the derivative. q must be built from continuous operations and be
    defined for every real x, which the proof of the ``identity`` shows.
    """
    body, point, value = three_parts(goal, "has_derivative", "quotient")
    proofs = list(field(node, "defined", list))
    checker.ensure_defined(ctx, point, proofs)
    inner, name = ctx.extended(), new_name(node["name"])
    inner.declare(name, "real")
    slope_there = _shown_quotient(checker, inner, name, (body, point), node)
    checker.prove(ctx, ("=", value, slope_there), node["value"])


def _shown_quotient(
    checker: Checker, inner: Context, name: str, at: tuple[Term, Term], node: dict[str, Data]
) -> Term:
    """q(a), once u(x) − u(a) = q(x)·(x − a) is shown of the x of the inner context."""
    body, point = at
    q = checker.body({n: s for n, s in inner.names.items() if n != name}, node["quotient"])
    opened = open_binder(q, name)
    require_continuous(opened, name)
    rise = ("+", open_binder(body, name), ("-", open_binder(body, point)))
    run = ("+", name, ("-", point))
    checker.prove(inner, ("=", rise, ("*", opened, run)), node["identity"])
    return open_binder(q, point)


def require_continuous(term: Term, name: str) -> None:
    """Raise ``NOT_CONTINUOUS`` unless operations on what depends on the name are continuous.

    The term is then continuous wherever it is defined, as a function on where it is defined.
    """
    if isinstance(term, str) or not mentions(term, name):
        return
    if term[0] not in CONTINUOUS:
        raise Rejected("NOT_CONTINUOUS", f"{term[0]} is not known to be continuous")
    for part in term[1:]:
        require_continuous(part, name)


@rule("name right left differs")
def corner(checker: Checker, ctx: Context, goal: Term, node: dict[str, Data]) -> None:
    """Γ ⊢ u has no derivative at a, as its one-sided slopes differ; nor then the derivative v.

    From u(x) − u(a) = q(x)·(x − a) for a ≤ x, = r(x)·(x − a) for x ≤ a, with q and r continuous,
    and q(a) ≠ r(a). The facts a ≤ x and x ≤ a are labelled ``side``.
    """
    stated = goal[1] if goal[0] == "not" else goal
    if stated is goal or stated[0] != "has_derivative":
        raise refused(goal, "corner")
    body, point, *value = stated[1:]
    name, proofs = new_name(node["name"]), list(field(node, "defined", list))
    for term in (point, *value):
        checker.ensure_defined(ctx, term, proofs)
    slopes = []
    for side, fact in (("right", ("<=", point, name)), ("left", ("<=", name, point))):
        inner = ctx.extended()
        inner.declare(name, "real")
        inner.assume("side", fact)
        half = fields(node[side], "quotient identity")
        slopes.append(_shown_quotient(checker, inner, name, (body, point), half))
    checker.prove(ctx, ("!=", *slopes), node["differs"])


@rule("name as body from to slope order derivative sign")
def monotone(checker: Checker, ctx: Context, goal: Term, node: dict[str, Data]) -> None:
    """Γ ⊢ u(a) ≤ u(b), from a ≤ b and: u has the derivative g(x) for a ≤ x ≤ b, 0 ≤ g(x) inside.

    Likewise u(a) < u(b), from a < b and 0 < g(x) for a < x < b. u is defined on the whole of the
    range, for it has a derivative there. ``as`` labels the fact a ≤ x ≤ b, and a < x < b for the
    sign. Source: the mean value theorem, whose point lies inside the range.
    """
    proofs = list(field(node, "defined", list))
    low, high = (checker.term(ctx, node[end], "real", proofs) for end in ("from", "to"))
    inner, name = ctx.extended(), new_name(node["name"])
    inner.declare(name, "real")
    body = checker.body(ctx.names, node["body"])
    rise = open_binder(checker.body(ctx.names, node["slope"]), name)
    if goal[0] not in ("<=", "<") or goal[1:] != tuple(open_binder(body, e) for e in (low, high)):
        raise refused(goal, "monotone")
    checker.prove(ctx, (goal[0], low, high), node["order"])
    inside, label = inner.extended(), field(node, "as", str)
    inner.assume(label, ("and", ("<=", low, name), ("<=", name, high)))
    checker.prove(inner, ("has_derivative", body, name, rise), node["derivative"])
    inside.assume(label, ("and", ("<", low, name), ("<", name, high)))
    checker.prove(inside, (goal[0], "0", rise), node["sign"])
