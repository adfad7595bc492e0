"""Inequalities between polynomials and fractions of them: squares, means, orderings.

Denominators are cleared by their signs. What is left is shown not to be negative by the cheapest
way that works: by inequalities of means, as a sum of squares whose weights are products of what is
not negative, or by cases on the order of its variables, in each of which all coefficients are not
negative. Known equations make it homogeneous first, or eliminate a variable, or are multiplied.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from therefore.goal import Term, to_lists
from therefore.kernel.context import Context
from therefore.kernel.errors import Rejected
from therefore.provers.attempt import Proof
from therefore.provers.bench import Bench
from therefore.provers.building.polynomial import divided
from therefore.provers.functions import conic
from therefore.provers.inequalities.assured import with_signs
from therefore.provers.inequalities.cases_of_signs import by_absolute_values, by_signs
from therefore.provers.inequalities.fewer_variables import reductions
from therefore.provers.inequalities.orderings import by_ordering
from therefore.provers.inequalities.polynomial_problem import (
    Problem,
    outer,
    polynomial_term,
    problem_of,
)
from therefore.provers.inequalities.root_bounds import by_root_bounds
from therefore.provers.inequalities.sought_squares import in_pairs, squares
from therefore.provers.inequalities.square_roots import with_squares
from therefore.provers.inequalities.squared_sides import by_roots
from therefore.provers.inequalities.weighted_means import by_means
from therefore.provers.inequalities.weights import of_equation, quotient_term
from therefore.provers.inequalities.with_relations import in_products, with_relations
from therefore.provers.prover import Prover

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["PROVER", "prove_inequality"]

DEEPEST = 4


def _accepts(ctx: Context, goal: Term) -> bool:
    return goal[0] in ("<=", "<") and not any(label.endswith("_ih") for label in ctx.facts)


def _prove(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    if depth > DEEPEST:
        return None
    bench = search.bench
    try:
        inner, steps = with_signs(bench, ctx, goal, _proved)
    except Rejected:
        return None
    ways: tuple[Callable[[], Proof | None], ...] = (
        lambda: with_squares(search, inner, goal, depth, prove_inequality),
        lambda: by_absolute_values(bench, inner, goal, prove_inequality),
        lambda: by_root_bounds(bench, inner, goal, prove_inequality),
        lambda: by_roots(bench, inner, goal, prove_inequality),
        lambda: prove_inequality(bench, inner, goal),
        lambda: by_signs(bench, inner, goal, prove_inequality),
    )
    for way in ways:
        proof = way()
        for step in reversed(steps if proof is not None else []):
            proof = {**step, "then": proof}
        if proof is not None and bench.works(ctx, goal, proof):
            return proof
    return None


def prove_inequality(bench: Bench, ctx: Context, goal: Term) -> Proof | None:
    """A proof of a ≤ b or a < b by what is known of polynomials, or None."""
    try:
        inner, steps = with_signs(bench, ctx, goal, _proved)
    except Rejected:
        return None
    proof = _proved(bench, inner, goal)
    for step in reversed(steps if proof is not None else []):
        proof = {**step, "then": proof}
    return proof


def _proved(bench: Bench, ctx: Context, goal: Term) -> Proof | None:
    problem = problem_of(ctx, goal)
    if problem is None or not problem.target:
        return None
    bench.note("a sum of squares")
    for way in _ways(bench, problem):
        bench.check_time()
        try:
            proof = way()
        except (Rejected, ValueError, ZeroDivisionError, OverflowError):
            proof = None
        if proof is not None and bench.works(ctx, goal, proof):
            return proof
    return None


def _ways(bench: Bench, problem: Problem) -> Iterator[Callable[[], Proof | None]]:
    """What may be tried, in order of cost."""
    reduced = list(reductions(problem))
    forms = [(problem, None), *((problem.of(one.polynomial), one) for one in reduced)]

    def closing(core: Problem, reduction: Any, show: Callable[..., Any]) -> Callable[..., Any]:
        return lambda: _closed(bench, problem, core, reduction, show)

    plain = [form for form in forms if form[1] is not None or not problem.equations]
    solver = conic.is_there()
    if not solver:
        bench.note(conic.MISSING)
    for more in (0, 1):
        for core, reduction in plain if solver else ():
            yield closing(core, reduction, squares(more))
            if more == 0:
                yield closing(core, reduction, by_means)
        if solver and problem.given and more == 0:
            yield lambda: in_products(bench, problem)
        if solver and problem.given:
            yield lambda more=more: with_relations(bench, problem, more)  # type: ignore[misc]
        for core, reduction in plain:
            if more == 0:
                yield closing(core, reduction, _ordered_pairs if solver else by_ordering)
            elif solver:
                yield closing(core, reduction, _ordered_squares)
    for core, reduction in plain if solver else ():
        yield closing(core, reduction, squares(2))
    if solver and problem.given:
        yield lambda: with_relations(bench, problem, 2)


def _ordered_squares(bench: Bench, problem: Problem) -> Proof | None:
    return by_ordering(bench, problem, squares(0))


def _ordered_pairs(bench: Bench, problem: Problem) -> Proof | None:
    return by_ordering(bench, problem, in_pairs)


def _closed(
    bench: Bench, problem: Problem, core: Problem, reduction: Any, show: Callable[..., Any]
) -> Proof | None:
    """The goal from the sign of the core, without what plainly is not negative in it."""
    taken, outside = outer(core)
    inside = core.of({divided(m, taken): c for m, c in core.target.items()})
    shown = show(bench, inside)
    if shown is None:
        return None
    relation = "<" if problem.strict else "<="
    fact = (relation, "0", polynomial_term(problem, inside.target))
    label = f"sign{len(problem.ctx.facts)}"
    divisor = [*problem.under, *(reduction.positive if reduction else [])]
    items: list[dict[str, Any]] = [
        {"fact": label, "times": to_lists(quotient_term(outside, divisor))},
    ]
    if reduction and reduction.cofactor and reduction.equation.label:
        items.append(of_equation(problem, reduction.equation, reduction.cofactor, divisor))
    return {
        "rule": "have", "fact": to_lists(fact), "as": label, "proof": shown,
        "then": {"rule": "combine", "items": items},
    }  # fmt: skip


PROVER = Prover("a sum of squares", _accepts, _prove)
