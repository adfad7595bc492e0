"""Inequalities of two numbers that are inequalities of their ratio: x = t·y for a positive y."""

from __future__ import annotations

from functools import partial
from itertools import permutations
from typing import TYPE_CHECKING

from therefore.goal import Term, to_lists
from therefore.kernel.atoms import Atoms
from therefore.kernel.context import Context
from therefore.kernel.errors import Rejected
from therefore.kernel.terms import mentions, substitute
from therefore.provers.attempt import Labelled, Proof, with_steps
from therefore.provers.building.factors import factored, product
from therefore.provers.building.field import settled
from therefore.provers.building.terms import subterms
from therefore.provers.building.unnormal import scalar_term
from therefore.provers.curves.curve_signs import CurveSigns
from therefore.provers.curves.curves import Curve
from therefore.provers.curves.known_bounds import stretch_of
from therefore.provers.curves.one_number import Clock, first_that_works
from therefore.provers.prover import Prover

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["PROVER"]

_HEADS = frozenset(["exp", "log", "sin", "cos", "arctan", "sqrt", "abs"])


def _accepts(ctx: Context, goal: Term) -> bool:
    return (
        goal[0] in ("<", "<=")
        and any(term[0] in _HEADS for term in subterms(goal))
        and len(_names(ctx, goal)) == 2
        and all(ctx.names[name] == "real" for name in _names(ctx, goal))
    )


def _names(ctx: Context, goal: Term) -> list[str]:
    return [name for name in ctx.names if mentions(goal, name)]


def _prove(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    if depth > 2:
        return None
    tries = [
        partial(_of_the_ratio, search, ctx, goal, x, y)
        for x, y in permutations(_names(ctx, goal))
        if ctx.holds(("<", "0", y))
    ]
    if tries:
        search.bench.note("the ratio of two numbers")
    return first_that_works(search, ctx, goal, tries)


def _of_the_ratio(search: Search, ctx: Context, goal: Term, x: str, y: str) -> Proof | None:
    ratio, t = ("/", x, y), ctx.fresh("t")
    plain = Context(Atoms())
    plain.declare(t, "real")
    plain.declare(y, "real")
    plain.assume("positive", ("<", "0", y))
    steps: list[Labelled] = []
    for label, fact in list(ctx.facts.items()):
        bound = _bound(plain, fact, x, y, t)
        if bound is not None:
            plain.assume(f"{label}_t", bound)
            at_ratio = substitute(bound, {t: ratio})
            item = {"fact": label, "times": to_lists(("/", "1", y))}
            steps.append((f"{label}_t", at_ratio, {"rule": "combine", "items": [item]}))
    gap = substitute(("+", goal[2], ("-", goal[1])), {x: ("*", t, y)})
    whole = factored(plain, settled(plain.atoms, plain.normal.scalar(gap)), t)
    rest = tuple(factor for factor in whole.factors if factor[0] != y)
    power = sum(exponent for body, exponent in whole.factors if body == y)
    if any(mentions(body, y) for body, _ in rest):
        return None
    body = product(whole.constant, rest)
    signs = CurveSigns(search.bench, ctx, Clock.of(search).check)
    stretch = stretch_of(plain, t)
    proof = signs.prove(Curve(body), stretch, goal[0] == "<")
    if proof is None:
        return None
    label = signs.label()
    lemma: Labelled = (label, stretch.stated((goal[0], "0", body)), proof)
    fact = (goal[0], "0", Curve(body).at(ratio))
    steps.append((f"{label}_at", fact, signs.cite(label, ratio)))
    item = {"fact": f"{label}_at", "times": to_lists(_power(y, power))}
    return with_steps([lemma, *steps], {"rule": "combine", "items": [item]})


def _power(y: str, exponent: int) -> Term:
    if exponent < 0:
        return ("/", "1", ("^", y, str(-exponent)))
    return ("^", y, str(exponent)) if exponent else "1"


def _bound(ctx: Context, fact: Term, x: str, y: str, t: str) -> Term | None:
    """What a fact that compares x with a multiple of y says of t = x/y."""
    if fact[0] not in ("<", "<=") or not mentions(fact, x):
        return None
    try:
        sides = [substitute(side, {x: ("*", t, y)}) for side in fact[1:]]
        gap = ctx.normal.scalar(("/", ("+", sides[1], ("-", sides[0])), y))
        bound = (fact[0], "0", scalar_term(ctx.atoms, gap))
    except (Rejected, ValueError):
        return None
    return None if mentions(bound, y) or not mentions(bound, t) else bound


PROVER = Prover("the ratio of two numbers", _accepts, _prove)
