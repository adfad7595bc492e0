"""The rules of limits: at infinity, at a point, and from one side of a point.

That u has the limit v at p says: p and v are defined; u(x) is defined for all x near p; and u(x)
comes as near to v as one likes. Near p is, for +∞ and −∞, all x beyond some M on that side, and
for a point a all x with 0 < |x − a| < δ for some δ > 0, on one side of a if p says so. Of the
point itself nothing is said: u(a) may be undefined, or not the limit. The rules prove relations
between u(x) and other terms near p, and with each of them that u(x) is defined there.
"""

from __future__ import annotations

from .calculus import require_continuous, three_parts
from .context import Context
from .data import Data, Term, field, fields, term_of
from .errors import Rejected
from .formulas import point_of
from .proofs import Checker, refused, rule
from .terms import check_formula, check_value, new_name, open_binder, substitute

__all__: list[str] = []


def _near(
    checker: Checker, ctx: Context, place: Term, node: dict[str, Data], proofs: list[Data]
) -> tuple[Context, str, Term]:
    """The context of a new real x near the place, its name, and its distance from the place.

    ``from`` is the positive M or δ. At infinity the fact M ≤ ±x is labelled ``far``, and the
    distance is that from 0; at a point the facts that x is not the point, or on which side of
    it, and nearer than δ, are ``near``.
    """
    start = checker.term(ctx, node["from"], "real", proofs)
    point = point_of(place)
    if point is not None:
        checker.ensure_defined(ctx, point, proofs)
    if not ctx.holds(("<", "0", start)):
        if not proofs:
            raise Rejected("SIGN", f"it is not shown that {start} is positive")
        checker.prove(ctx, ("<", "0", start), proofs.pop(0))
    inner, name = ctx.extended(), new_name(node["name"])
    inner.declare(name, "real")
    distance: Term
    if point is None:
        distance = name if place == "+oo" else ("-", name)
        inner.assume("far", ("<=", start, distance))
        return inner, name, distance
    below, above = ("<", ("+", point, ("-", start)), name), ("<", name, ("+", point, start))
    if place == ("right", point):
        distance = ("+", name, ("-", point))
        inner.assume("near", ("and", ("<", point, name), above))
    elif place == ("left", point):
        distance = ("+", point, ("-", name))
        inner.assume("near", ("and", ("<", name, point), below))
    else:
        distance = ("abs", ("+", name, ("-", point)))
        inner.assume("near", ("and", ("!=", name, point), below, above))
    return inner, name, distance


@rule("name from bound upper lower")
def dominated(checker: Checker, ctx: Context, goal: Term, node: dict[str, Data]) -> None:
    """Γ ⊢ u(x) → v as x → p, from |u(x) − v| ≤ C/|x| far out, or |u(x) − v| ≤ C·|x − a| near a.

    Proved as −C ≤ (u(x) − v)·|x| ≤ C, and as −C·|x − a| ≤ u(x) − v ≤ C·|x − a|.
    """
    body, place, limit = three_parts(goal, "tends", "dominated")
    proofs = list(field(node, "defined", list))
    inner, name, distance = _near(checker, ctx, place, node, proofs)
    bound = checker.term(ctx, node["bound"], "real", proofs)
    checker.ensure_defined(ctx, limit, proofs)
    error: Term = ("+", open_binder(body, name), ("-", limit))
    if point_of(place) is None:
        error = ("*", error, distance)
    else:
        bound = ("*", bound, distance)
    checker.prove(inner, ("<=", error, bound), node["upper"])
    checker.prove(inner, ("<=", ("-", bound), error), node["lower"])


@rule("name from outer parts identity value")
def through(checker: Checker, ctx: Context, goal: Term, node: dict[str, Data]) -> None:
    """Γ ⊢ u(x) → v as x → p, from u(x) = q(s₁(x), …) near p, sᵢ(x) → lᵢ and v = q(l₁, …).

    q, the term ``outer``, is built of continuous operations, so it is continuous where it is
    defined: at all (s₁(x), …) near p by the proof of the identity, at (l₁, …) by that of the
    value. Each part has a ``name`` in q, a ``body`` sᵢ, a ``limit`` lᵢ and a ``proof``. At a point
    a, q may also speak of x itself, which tends to a.
    """
    body, place, limit = three_parts(goal, "tends", "through")
    proofs = list(field(node, "defined", list))
    inner, name, _ = _near(checker, ctx, place, node, proofs)
    values: dict[str, Term] = {}
    limits: dict[str, Term] = {}
    if (point := point_of(place)) is not None:
        values[name], limits[name] = name, point
    for data in field(node, "parts", list):
        part = fields(data, "name body limit proof")
        place_in_q = new_name(part["name"])
        if place_in_q in inner.names or place_in_q in values:
            raise Rejected("NAME_TAKEN", place_in_q)
        claim = ("tends", term_of(part["body"]), place, term_of(part["limit"]))
        check_formula(claim, ctx.names)
        checker.prove(ctx, claim, part["proof"])
        values[place_in_q], limits[place_in_q] = open_binder(claim[1], name), claim[3]
    outer = term_of(node["outer"])
    check_value(outer, "real", {**ctx.names, **dict.fromkeys(values, "real")})
    for variable in values:
        require_continuous(outer, variable)
    near = ("=", open_binder(body, name), substitute(outer, values))
    at_the_limit = ("=", limit, substitute(outer, limits))
    check_formula(near, inner.names)
    check_formula(at_the_limit, ctx.names)
    checker.prove(inner, near, node["identity"])
    checker.prove(ctx, at_the_limit, node["value"])


@rule("side value proof differs")
def sides(checker: Checker, ctx: Context, goal: Term, node: dict[str, Data]) -> None:
    """Γ ⊢ u has not the limit v at a, from: from one side it has the limit w, and w ≠ v."""
    stated = goal[1] if goal[0] == "not" else goal
    body, place, old = three_parts(stated, "tends", "sides")
    side = field(node, "side", str)
    if stated is goal or point_of(place) != place or side not in ("right", "left"):
        raise refused(goal, "sides")
    _differs(checker, ctx, ("tends", body, (side, place)), old, node)


@rule("value proof differs")
def another(checker: Checker, ctx: Context, goal: Term, node: dict[str, Data]) -> None:
    """Γ ⊢ the limit (or derivative) is not v, from: it is w, and w ≠ v. Both are unique."""
    stated = goal[1] if goal[0] == "not" else goal
    if stated is goal or stated[0] not in ("tends", "has_derivative") or len(stated) != 4:
        raise refused(goal, "another")
    _differs(checker, ctx, stated[:3], stated[3], node)


def _differs(
    checker: Checker, ctx: Context, statement: Term, old: Term, node: dict[str, Data]
) -> None:
    """That the statement holds of a value other than the old one."""
    proofs = list(field(node, "defined", list))
    checker.ensure_defined(ctx, old, proofs)
    new = checker.term(ctx, node["value"], "real", proofs)
    checker.prove(ctx, (*statement, new), node["proof"])
    checker.prove(ctx, ("!=", new, old), node["differs"])
