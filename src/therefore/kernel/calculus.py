"""The rules of calculus: derivatives by structure and by quotient, and limits at infinity."""

from __future__ import annotations

from .context import Context
from .data import Data, Term, field, term_of
from .differential import differential
from .errors import Rejected
from .proofs import Checker, refused, rule
from .terms import (
    check_value,
    is_number,
    mentions,
    new_name,
    open_binder,
    substitute,
)

__all__ = ["CONTINUOUS"]

# Operations that are continuous wherever they are defined.
CONTINUOUS = {"+", "-", "*", "/", "^", "abs", "sqrt", "inner", "norm", "vector"}


def _three_parts(goal: Term, head: str, rule_name: str) -> tuple[Term, Term, Term]:
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
    body, point, value = _three_parts(goal, "has_derivative", "differentiate")
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
    body, point, value = _three_parts(goal, "has_derivative", "quotient")
    q, name = term_of(node["quotient"]), new_name(node["name"])
    proofs = list(field(node, "defined", list))
    checker.ensure_defined(ctx, point, proofs)
    inner = ctx.extended()
    inner.declare(name, "real")
    opened = open_binder(q, name)
    check_value(opened, "real", inner.names)
    _require_continuous(opened, name)
    rise = ("+", open_binder(body, name), ("-", open_binder(body, point)))
    run = ("+", name, ("-", point))
    checker.prove(inner, ("=", rise, ("*", opened, run)), node["identity"])
    checker.prove(ctx, ("=", value, open_binder(q, point)), node["value"])


def _require_continuous(term: Term, name: str) -> None:
    if isinstance(term, str) or not mentions(term, name):
        return
    if term[0] not in CONTINUOUS:
        raise Rejected("NOT_CONTINUOUS", f"{term[0]} is not known to be continuous")
    for part in term[1:]:
        _require_continuous(part, name)


@rule("name from bound upper lower")
def dominated(checker: Checker, ctx: Context, goal: Term, node: dict[str, Data]) -> None:
    """Γ ⊢ u(x) → v as x → ±∞, from −C ≤ (u(x) − v)·|x| ≤ C for all |x| ≥ M on that side, M > 0.

    The fact |x| ≥ M is labelled ``far``.
    """
    body, place, limit = _three_parts(goal, "tends", "dominated")
    start, name = term_of(node["from"]), new_name(node["name"])
    proofs = list(field(node, "defined", list))
    if not is_number(start) or not ctx.holds(("<", "0", start)):
        raise Rejected("MALFORMED", "the bound must begin at a positive number")
    bound = checker.term(ctx, node["bound"], "real", proofs)
    checker.ensure_defined(ctx, limit, proofs)
    inner = ctx.extended()
    inner.declare(name, "real")
    distance = name if place == "+oo" else ("-", name)
    inner.assume("far", ("<=", start, distance))
    error = ("*", ("+", open_binder(body, name), ("-", limit)), distance)
    checker.prove(inner, ("<=", error, bound), node["upper"])
    checker.prove(inner, ("<=", ("-", bound), error), node["lower"])


@rule("value proof differs")
def another(checker: Checker, ctx: Context, goal: Term, node: dict[str, Data]) -> None:
    """Γ ⊢ the limit (or derivative) is not v, from: it is w, and w ≠ v. Both are unique."""
    if goal[0] != "not" or len(goal[1]) != 4:
        raise refused(goal, "another")
    *rest, old = goal[1]
    proofs = list(field(node, "defined", list))
    checker.ensure_defined(ctx, old, proofs)
    new = checker.term(ctx, node["value"], "real", proofs)
    checker.prove(ctx, (*rest, new), node["proof"])
    checker.prove(ctx, ("!=", new, old), node["differs"])
