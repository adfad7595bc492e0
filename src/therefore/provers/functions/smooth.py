"""What holds for any two points of a function with a Lipschitz gradient, proved once, as a fact.

* convex, L-smooth: f(u) ≥ f(v) + ⟨∇f(v), u − v⟩ + ‖∇f(u) − ∇f(v)‖²/(2L);
* m-strongly convex as well, m < L: the same of f − m/2·‖·‖², which is (L − m)-smooth;
* L-smooth alone: f(u) ≥ f(v) + ½⟨∇f(u) + ∇f(v), u − v⟩ + ‖∇f(u) − ∇f(v)‖²/(4L) − L/4·‖u − v‖²;
* ∇f(p) = 0 where an L-smooth f is least at p; c + ‖∇f(u)‖²/(2L) ≤ f(u) where f is at least c.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from therefore.goal import Term, to_lists
from therefore.kernel.axioms import AXIOMS, convex
from therefore.kernel.context import Context
from therefore.kernel.errors import Rejected
from therefore.kernel.terms import close, mentions, open_binder, reduced, substitute
from therefore.provers.attempt import Proof
from therefore.provers.bench import Source
from therefore.provers.building.matching import match_formula
from therefore.provers.building.opened import opened_sources
from therefore.provers.building.terms import subterms
from therefore.provers.functions.class_facts import Facts, minus, square
from therefore.provers.functions.quadratic_bound import bound_from_below

__all__ = ["lipschitz_gradients", "smooth_functions", "smooth_names"]

_BOUND = Source("axiom:quadratic_bound", AXIOMS["quadratic_bound"])
_TANGENT = Source("axiom:first_order_condition", AXIOMS["first_order_condition"])


@dataclass(frozen=True)
class _Smooth:
    """A function with a Lipschitz gradient, and two points."""

    name: str
    size: Term
    constant: Term
    fact: Term
    values: dict[str, Term]
    u: str
    v: str

    def at(self, point: Term) -> Term:
        return ("app", self.name, point)

    def slope(self, point: Term) -> Term:
        return ("gradient", self.name, point)

    def everywhere(self, relation: Term) -> Term:
        """The relation for all u and v."""
        for name in (self.v, self.u):
            relation = ("forall", ("vector", self.size), close(relation, name))
        return relation


def smooth_functions(found: Facts) -> None:
    for one in list(_smooth(found.ctx)):
        if not found.ctx.holds(("<", "0", one.constant)):
            continue
        inner = found.ctx.extended()
        for name in (one.u, one.v):
            inner.declare(name, ("vector", one.size))
        strengths = list(_strengths(inner, one))
        if strengths:
            for fact, strength in strengths:
                _strongly_convex(found, inner, one, fact, strength)
        elif convex(one.name, one.size) in found.ctx.facts.values():
            _convex(found, inner, one)
        else:
            _neither(found, inner, one)
        for label, fact in list(found.ctx.facts.items()):
            _least(found, one, label, fact)
            _bounded(found, inner, one, label, fact)


def _smooth(ctx: Context) -> Iterator[_Smooth]:
    opened = next(opened_sources(ctx, _BOUND, 1))
    size, function, constant = opened.order[:3]
    for known in list(ctx.facts.values()):
        if known[0] != "differentiable" or not isinstance(known[1], str):
            continue
        space = ctx.names[known[1]][1][0]
        if space[0] != "vector":
            continue
        start = {size: space[1], function: known[1]}
        for fact in list(ctx.facts.values()):
            values = match_formula(opened.premises[1], fact, {constant: "real"}, start)
            if values is not None and constant in values:
                u, v = ctx.fresh("u"), ctx.fresh("v")
                yield _Smooth(known[1], space[1], values[constant], fact, values, u, v)
                break


def _item(found: Facts, ctx: Context, source: Source, values: list[Term]) -> dict[str, Any]:
    """The item of an axiom at values. Raises ``Rejected`` if its premises are not seen."""
    opened = next(opened_sources(ctx, source, 1))
    at = dict(zip(opened.order, values, strict=True))
    for premise in opened.premises:
        if not ctx.holds(reduced(substitute(premise, at), ctx.names)):
            raise Rejected("CONDITION", source.reference)
    return {"fact": source.reference, "with": to_lists(tuple(values))}


def _above(found: Facts, ctx: Context, one: _Smooth, x: Term, y: Term) -> dict[str, Any]:
    """f(y) ≤ f(x) + ⟨∇f(x), y − x⟩ + L/2·‖y − x‖²."""
    return _item(found, ctx, _BOUND, [one.size, one.name, one.constant, x, y])


def _two_points(found: Facts, one: _Smooth, relation: Term, items: list[dict[str, Any]]) -> None:
    proof: Proof = {
        "rule": "intro", "names": [one.u, one.v], "then": {"rule": "combine", "items": items},
    }  # fmt: skip
    found.add(one.everywhere(relation), proof)


def _convex(found: Facts, ctx: Context, one: _Smooth) -> None:
    """By the tangent at v and the bound from u, both at z = u − (∇f(u) − ∇f(v))/L."""
    u, v, L = one.u, one.v, one.constant
    apart = minus(one.slope(u), one.slope(v))
    third = minus(u, ("*", ("/", "1", L), apart))
    below = (
        "+", one.at(v), ("inner", one.slope(v), minus(u, v)),
        ("*", ("/", "1", ("*", "2", L)), square(apart)),
    )  # fmt: skip
    items = [
        _item(found, ctx, _TANGENT, [one.size, one.name, v, third]),
        _above(found, ctx, one, u, third),
    ]
    _two_points(found, one, ("<=", below, one.at(u)), items)


def _neither(found: Facts, ctx: Context, one: _Smooth) -> None:
    """By both bounds, from u and from v, at z = (u + v)/2 − (∇f(u) − ∇f(v))/(2L)."""
    u, v, L = one.u, one.v, one.constant
    apart = minus(one.slope(u), one.slope(v))
    third = minus(("*", "1/2", ("+", u, v)), ("*", ("/", "1", ("*", "2", L)), apart))
    below = (
        "+", one.at(v), ("*", "1/2", ("inner", ("+", one.slope(u), one.slope(v)), minus(u, v))),
        ("*", ("/", "1", ("*", "4", L)), square(apart)),
        ("-", ("*", ("/", L, "4"), square(minus(u, v)))),
    )  # fmt: skip
    under = bound_from_below(ctx, one.name, one.size, L, one.fact, (v, third)).item
    _two_points(found, one, ("<=", below, one.at(u)), [under, _above(found, ctx, one, u, third)])


def _strongly_convex(found: Facts, ctx: Context, one: _Smooth, label: str, strength: Term) -> None:
    """As for convex functions, at z = (L·u − m·v − (∇f(u) − ∇f(v)))/(L − m)."""
    u, v, L, m = one.u, one.v, one.constant, strength
    if not ctx.holds(("<", m, L)):
        return
    room = minus(L, m)
    apart, gap = minus(one.slope(u), one.slope(v)), minus(u, v)
    over = ("/", "1", room)
    third = (
        "+", ("*", over, L, u), ("-", ("*", over, m, v)), ("-", ("*", over, apart)),
    )  # fmt: skip
    below = (
        "+", one.at(v), ("inner", one.slope(v), gap), ("*", ("/", m, "2"), square(gap)),
        ("*", ("/", "1", ("*", "2", room)), square(minus(apart, ("*", m, gap)))),
    )  # fmt: skip
    items = [{"fact": label, "with": to_lists((v, third))}, _above(found, ctx, one, u, third)]
    _two_points(found, one, ("<=", below, one.at(u)), items)


def _strengths(ctx: Context, one: _Smooth) -> Iterator[tuple[str, Term]]:
    """Facts f(y) + ⟨∇f(y), z − y⟩ + m/2·‖z − y‖² ≤ f(z) for all y and z, each with its m."""
    vector = ("vector", one.size)
    for label, fact in list(ctx.facts.items()):
        if fact[:2] != ("forall", vector) or fact[2][:2] != ("forall", vector):
            continue
        relation = open_binder(open_binder(fact[2], one.v)[2], one.u)
        if relation[0] != "<=" or not mentions(relation, one.name):
            continue
        gap = minus(one.u, one.v)
        tangent = ("+", one.at(one.v), ("inner", one.slope(one.v), gap))
        for half in _factors_of_square(relation, (one.u, one.v)):
            wanted = minus(one.at(one.u), ("+", tangent, ("*", half, square(gap))))
            try:
                if ctx.equal(minus(relation[2], relation[1]), wanted):
                    yield label, ("*", "2", half)
                    break
            except (Rejected, KeyError):
                continue


def _factors_of_square(relation: Term, points: tuple[str, str]) -> Iterator[Term]:
    """What stands before the square of a norm, and does not speak of the points."""
    for term in subterms(relation):
        if term[0] == "*":
            rest = tuple(p for p in term[1:] if not any(mentions(p, name) for name in points))
            if 0 < len(rest) == len(term) - 2:
                yield rest[0] if len(rest) == 1 else ("*", *rest)
        elif term[0] == "/" and not any(mentions(term[2], name) for name in points):
            yield ("/", "1", term[2])
    yield "1"


def _least(found: Facts, one: _Smooth, label: str, fact: Term) -> None:
    """∇f(p) = 0 where f(p) ≤ f(y) for all y: at y = p − ∇f(p)/L the bound is below f(p) else."""
    if fact[:2] != ("forall", ("vector", one.size)) or fact[2][0] != "<=":
        return
    least, value = fact[2][1:]
    if value != one.at("#0") or least[0] != "app" or least != one.at(least[2]):
        return
    point: Term = least[2]
    if any(isinstance(part, str) and part.startswith("#") for part in (point, *_leaves(point))):
        return
    slope, L = one.slope(point), one.constant
    step = minus(point, ("*", ("/", "1", L), slope))
    flat = ("<=", ("inner", slope, slope), "0")
    try:
        bound = _above(found, found.ctx, one, point, step)
    except Rejected:
        return
    twice = to_lists(("*", "2", L))
    items = [{"fact": label, "with": to_lists((step,)), "times": twice}, {**bound, "times": twice}]
    none: Proof = {
        "rule": "have", "fact": to_lists(flat), "as": "flat",
        "proof": {"rule": "combine", "items": items},
        "then": {
            "rule": "use", "fact": "axiom:zero_vector", "with": to_lists((one.size, slope)),
            "as": "none", "then": {"rule": "assumption", "fact": "none"},
        },
    }  # fmt: skip
    found.add(("=", slope, ("zero", one.size)), none)


def _bounded(found: Facts, ctx: Context, one: _Smooth, label: str, fact: Term) -> None:
    """c + ‖∇f(u)‖²/(2L) ≤ f(u) where c ≤ f(y) for all y: by the bound at y = u − ∇f(u)/L."""
    if fact[:2] != ("forall", ("vector", one.size)) or fact[2][0] != "<=":
        return
    least, value = fact[2][1:]
    if value != one.at("#0") or "#0" in _leaves(least):
        return
    u, slope, L = one.u, one.slope(one.u), one.constant
    step = minus(u, ("*", ("/", "1", L), slope))
    above = ("+", least, ("*", ("/", "1", ("*", "2", L)), square(slope)))
    items = [{"fact": label, "with": to_lists((step,))}, _above(found, ctx, one, u, step)]
    relation = ("forall", ("vector", one.size), close(("<=", above, one.at(u)), u))
    found.add(
        relation, {"rule": "intro", "names": [u], "then": {"rule": "combine", "items": items}}
    )


def _leaves(term: Term) -> Iterator[str]:
    if isinstance(term, str):
        yield term
    else:
        for part in term:
            yield from _leaves(part)


def smooth_names(ctx: Context) -> set[str]:
    """The functions of which it is known that their gradient is Lipschitz."""
    return {one.name for one in _smooth(ctx)}


def lipschitz_gradients(ctx: Context) -> list[Term]:
    """The facts that say that a gradient is Lipschitz."""
    return [one.fact for one in _smooth(ctx)]
