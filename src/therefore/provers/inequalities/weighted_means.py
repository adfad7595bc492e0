"""Inequalities of weighted means: Σ w_i·x_i ≥ Π x_i^{w_i} for positive numbers, Σ w_i = 1.

With r_i = x_i / Π x_i^{w_i} it is Σ w_i·(r_i − 1 − log r_i) ≥ 0, in which the logarithms cancel,
and r ≥ 1 + log r is the exponential bound at log r. So a polynomial in positive variables is not
negative if, for some ν ≥ 0, it is Σ ν_{αβ}·(x^α − x^β) and, for each β, Σ_α ν_{αβ}·(α − β) = 0:
a linear program, which says where all terms are equal at x = 1.
"""

from __future__ import annotations

import time
from fractions import Fraction
from typing import Any

from therefore.goal import Term, to_lists
from therefore.kernel.polynomials import Monomial, Polynomial, Scalar
from therefore.provers.attempt import Proof
from therefore.provers.bench import Bench
from therefore.provers.building.polynomial import ONE, divided, merged
from therefore.provers.building.unnormal import scalar_term
from therefore.provers.functions import conic
from therefore.provers.inequalities.polynomial_problem import Problem, polynomial_term
from therefore.provers.inequalities.restricting import Block
from therefore.provers.inequalities.weighted_squares import weighted_squares

__all__ = ["by_means"]

MOST_PAIRS = 300
AXIOM = "axiom:exponential_bound"


def by_means(bench: Bench, problem: Problem) -> Proof | None:
    """The target from inequalities of means, or None."""
    target = problem.target
    present = sorted({a for m in target for a, _ in m})
    if not conic.is_there() or not present:
        return None
    if any(problem.signs.get(a) != 1 or a not in problem.nonzero for a in present):
        return None
    less = [m for m, c in target.items() if c < 0]
    more = [m for m, c in target.items() if c > 0]
    if not more or len(less) * len(more) > MOST_PAIRS:
        return None
    bench.note("inequalities of means")
    pairs = [(high, low) for low in less for high in more]
    blocks = [Block(_bound(high, low, less.index(low), present), [ONE]) for high, low in pairs]
    blocks += [Block({m: Fraction(1)}, [ONE]) for m in more]
    found = weighted_squares(
        target, blocks, [], bench.check_time, lambda: bench.deadline - time.monotonic(),
        lambda what: None,
    )  # fmt: skip
    if found is None:
        return None
    weights = [
        sum((d * root.get((), Fraction(0)) ** 2 for d, root in one), Fraction(0))
        for one in found.squares
    ]
    items: list[dict[str, Any]] = []
    for (high, low), weight in zip(pairs, weights, strict=False):
        if weight:
            items.append(_item(problem, high, low, weight))
    plain = False
    for m, weight in zip(more, weights[len(pairs) :], strict=True):
        if weight:
            term = polynomial_term(problem, {m: weight})
            items.append({"positive": to_lists(term)})
            plain = True
    return {"rule": "combine", "items": items} if plain or not problem.strict else None


def _bound(high: Monomial, low: Monomial, number: int, atoms: list[int]) -> Polynomial:
    """x^β·(r − 1 − log r) for r = x^{α − β}, with a letter for each x^β·log x_i."""
    total: Polynomial = {high: Fraction(1), low: Fraction(-1)}
    for k, a in enumerate(atoms):
        gap = dict(high).get(a, 0) - dict(low).get(a, 0)
        if gap:
            total[((-1 - number * len(atoms) - k, 1),)] = Fraction(-gap)
    return total


def _item(problem: Problem, high: Monomial, low: Monomial, weight: Fraction) -> dict[str, Any]:
    """weight · x^β times the exponential bound at log x^{α − β}."""
    shared = tuple((a, min(e, dict(low).get(a, 0))) for a, e in high if min(e, dict(low).get(a, 0)))
    over, under = divided(high, shared), divided(low, shared)
    ratio = Scalar({over: Fraction(1)}) * Scalar({under: Fraction(1)}).inverse()
    at: Term = ("log", scalar_term(problem.ctx.atoms, ratio))
    times = polynomial_term(problem, {merged(low, ()): weight})
    return {"fact": AXIOM, "with": [to_lists(at)], "times": to_lists(times)}
