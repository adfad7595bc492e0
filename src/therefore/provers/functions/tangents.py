"""Tangents of convex functions: what the definition by two points says where there is a gradient.

* convex, differentiable: f(u) ≥ f(v) + ⟨∇f(v), u − v⟩;
* m-strongly convex as well: the same of f − m/2·‖·‖², which is convex.
"""

from __future__ import annotations

from collections.abc import Iterator

from therefore.goal import Term, to_lists
from therefore.kernel.axioms import convex
from therefore.kernel.context import Context
from therefore.kernel.errors import Rejected
from therefore.kernel.polynomials import Scalar
from therefore.kernel.terms import open_binder
from therefore.provers.attempt import Proof
from therefore.provers.building.unnormal import scalar_term
from therefore.provers.functions.class_facts import Facts, minus, square
from therefore.provers.functions.smooth import smooth_names

__all__ = ["tangents"]


def tangents(found: Facts) -> None:
    """Enter the tangents of functions that are differentiable, and convex or strongly convex."""
    smooth = smooth_names(found.ctx)  # of these more is known, if they are convex
    for fact in list(found.ctx.facts.values()):
        if fact[0] != "differentiable" or not isinstance(fact[1], str):
            continue
        name, space = fact[1], found.ctx.names[fact[1]][1][0]
        if space[0] != "vector":
            continue
        strong = list(_strongly_convex(found.ctx, name, space[1]))
        for label, half in strong:
            found.add(*_below(found.ctx, name, space[1], half, label))
        is_convex = convex(name, space[1]) in found.ctx.facts.values()
        if is_convex and not strong and name not in smooth:
            found.add(*_below(found.ctx, name, space[1], "0", ""))


def _below(ctx: Context, name: str, size: Term, half: Term, label: str) -> tuple[Term, Proof]:
    """f(v) + ⟨∇f(v), u − v⟩ + h·‖u − v‖² ≤ f(u) for all v and u, with its proof."""
    u, v = ctx.fresh("u"), ctx.fresh("v")
    gap: Term = minus("#0", "#1")
    low: Term = ("+", ("app", name, "#1"), ("inner", ("gradient", name, "#1"), gap))
    function: Term = name
    conditions: list[Proof] = []
    if label:
        low = (*low, ("*", half, square(gap)))
        function = ("lambda", ("vector", size),
                    minus(("app", name, "#0"), ("*", half, square("#0"))))  # fmt: skip
        names = [ctx.fresh("p"), ctx.fresh("q"), ctx.fresh("a")]
        known = {"fact": label, "with": names}
        conditions = [
            {"rule": "intro", "names": names, "labels": ["not_negative", "at_most_one"],
             "then": {"rule": "combine", "items": [known]}},
            {"rule": "everywhere", "name": ctx.fresh("w")},
        ]  # fmt: skip
    item: Proof = {
        "fact": "axiom:first_order_condition", "with": to_lists((size, function, v, u)),
    }  # fmt: skip
    if conditions:
        item["conditions"] = conditions
    body: Term = ("<=", low, ("app", name, "#0"))
    relation: Term = ("forall", ("vector", size), ("forall", ("vector", size), body))
    then: Proof = {"rule": "combine", "items": [item]}
    return relation, {"rule": "intro", "names": [v, u], "then": then}


def _strongly_convex(ctx: Context, name: str, size: Term) -> Iterator[tuple[str, Term]]:
    """Facts f(a·x + (1 − a)·y) ≤ a·f(x) + (1 − a)·f(y) − h·a·(1 − a)·‖x − y‖², each with its h."""
    plain = convex(name, size)
    for label, fact in list(ctx.facts.items()):
        if fact == plain or fact[:2] != plain[:2] or fact[2][:2] != plain[2][:2]:
            continue
        if fact[2][2][:2] != ("forall", "real") or fact[2][2][2][0] != "implies":
            continue
        inner, names = ctx.extended(), []
        for wish, sort in (("p", plain[1]), ("q", plain[1]), ("a", "real")):
            names.append(inner.fresh(wish))
            inner.declare(names[-1], sort)
        try:
            half = _loss(inner, _opened(fact, names), _opened(plain, names), names)
        except (Rejected, KeyError):
            continue
        if half is not None and inner.holds(("<", "0", half)):
            yield label, half


def _opened(formula: Term, names: list[str]) -> Term:
    """What is said of these values, without its premises."""
    for name in names:
        formula = open_binder(formula[2], name)
    while formula[0] == "implies":
        formula = formula[2]
    return formula


def _loss(ctx: Context, said: Term, plain: Term, names: list[str]) -> Term | None:
    """h, if what is said is the plain inequality with h·a·(1 − a)·‖x − y‖² taken away."""
    if said[0] != "<=":
        return None
    x, y, a = names
    loss = ctx.normal.scalar(minus(minus(plain[2], plain[1]), minus(said[2], said[1])))
    along = ctx.normal.scalar(("*", a, ("inner", x, x)))
    ((mark, _),) = along.over.items()
    parts = dict(mark)
    half = Scalar(
        {tuple(one for one in m if one not in mark): c
         for m, c in loss.over.items() if all(dict(m).get(b) == e for b, e in parts.items())},
        loss.under,
    )  # fmt: skip
    term = scalar_term(ctx.atoms, half)
    whole: Term = ("*", term, a, minus("1", a), square(minus(x, y)))
    return term if ctx.atoms.is_zero(loss - ctx.normal.scalar(whole)) else None
