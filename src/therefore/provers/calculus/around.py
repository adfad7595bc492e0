"""Derivatives by all points around one: of an equal function, and at a least value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from therefore.goal import Term, to_lists
from therefore.kernel.context import Context
from therefore.kernel.terms import close, mentions, open_binder, reduced
from therefore.provers.attempt import Proof
from therefore.provers.bench import Source
from therefore.provers.building.unnormal import scalar_term
from therefore.provers.prover import Prover

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["LEAST", "OF_AN_EQUAL"]


def _is_slope(ctx: Context, goal: Term) -> bool:
    return goal[0] == "has_derivative" and len(goal) == 4


def _prove_equal(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    """u has the slope of the w for which a lemma says u(x) = w(x), for every x or those near a."""
    body, point, value = goal[1:]
    for source in search.bench.sources:
        for variable in source.names:
            found = _as_equation(ctx, source, variable, body)
            if found is None:
                continue
            search.bench.note("the derivative of an equal function")
            other, terms, name, premises = found
            equal: Proof = {
                "rule": "use", "fact": source.reference, "with": terms, "as": "cited",
                "then": {"rule": "assumption", "fact": "cited"},
            }  # fmt: skip
            here = ("=", open_binder(body, name), open_binder(other, name))
            for room in (None, *_rooms(ctx, premises, name, point)):
                if not search.bench.works(_around(ctx, name, point, room), here, equal):
                    continue
                proof = search.prove(ctx, ("has_derivative", other, point, value), depth + 1)
                return proof and {
                    "rule": "nearby", "name": name, "other": to_lists(other), "equal": equal,
                    "proof": proof, **({} if room is None else {"from": to_lists(room)}),
                }  # fmt: skip
    return None


def _around(ctx: Context, name: str, point: Term, room: Term | None) -> Context:
    """The context in which the kernel looks at a new x around the point."""
    inner = ctx.extended()
    inner.declare(name, "real")
    if room is not None:
        below, above = ("+", point, ("-", room)), ("+", point, room)
        inner.assume("near", ("and", ("<", below, name), ("<", name, above)))
    return inner


def _rooms(ctx: Context, premises: list[Term], name: str, point: Term) -> list[Term]:
    """The δ > 0 for which a lemma asks that x < a + δ."""
    ends = [premise[2] for premise in premises if premise[:2] == ("<", name)]
    wide = [ctx.normal.scalar(end) - ctx.normal.scalar(point) for end in ends]
    rooms = [scalar_term(ctx.atoms, room) for room in wide]
    return [room for room in rooms if ctx.holds(("<", "0", room))]


def _as_equation(
    ctx: Context, source: Source, variable: str, body: Term
) -> tuple[Term, list[str], str, list[Term]] | None:
    """The other side of a lemma u(x) = w(x), its terms, the new name of x, and its premises."""
    formula, terms, name = source.formula, [], ctx.fresh("x")
    for one in source.names:
        known = "real" if one == variable else ctx.names.get(one)
        if formula[0] != "forall" or known != formula[1]:
            return None
        terms.append(name if one == variable else one)
        formula = open_binder(formula[2], terms[-1])
    premises = []
    while formula[0] == "implies":
        premises.append(formula[1])
        formula = formula[2]
    if formula[0] != "=":
        return None
    formula = reduced(formula, {**ctx.names, name: "real"})
    if not mentions(formula[1], name) or close(formula[1], name) != body:
        return None
    return close(formula[2], name), terms, name, premises


def _is_zero(ctx: Context, goal: Term) -> bool:
    return bool(goal[0] == "=" and goal[2] == "0")


def _prove_least(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    """v = 0 for the slope v of u at a, as a fact says that u(a) ≤ u(x) for every x."""
    for label, fact in ctx.facts.items():
        if fact[:2] != ("forall", "real") or fact[2][0] != "<=":
            continue
        least, body = fact[2][1:]
        for point, sort in list(ctx.names.items()):
            if sort != "real" or open_binder(body, point) != least:
                continue
            search.bench.note("the derivative at a least value")
            slope = search.prove(ctx, ("has_derivative", body, point, goal[1]), depth + 1)
            if slope is None:
                continue
            name = ctx.fresh("x")
            proof: Proof = {
                "rule": "lowest", "name": name, "body": to_lists(body), "point": point,
                "derivative": slope,
                "least": {
                    "rule": "use", "fact": label, "with": [name], "as": "cited",
                    "then": {"rule": "assumption", "fact": "cited"},
                },
            }  # fmt: skip
            if search.bench.works(ctx, goal, proof):
                return proof
    return None


OF_AN_EQUAL = Prover("the derivative of an equal function", _is_slope, _prove_equal)
LEAST = Prover("the derivative at a least value", _is_zero, _prove_least)
