"""What is known of a function at the points of a goal, and of sequences at numbers.

The points are the arguments of the goal's functions and the vectors that it names, and those of a
recurrence such as x_{k+1} = x_k − η·∇f(x_k) for k = 0 … 3, taken at each of these k.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain

from therefore.goal import Term
from therefore.kernel.atoms import Vector
from therefore.kernel.context import Context
from therefore.kernel.polynomials import Scalar
from therefore.kernel.terms import sort_of
from therefore.provers.bench import Bench, Source
from therefore.provers.building.candidates import Candidate, candidate_at, candidates
from therefore.provers.building.opened import with_holes
from therefore.provers.building.spoken_of import indices
from therefore.provers.building.unnormal import scalar_term
from therefore.provers.functions.at_points import points
from therefore.provers.functions.first_order import first_order_candidates
from therefore.provers.functions.pairs import at_pairs, written
from therefore.provers.functions.quadratic_bound import quadratic_bound_candidates

__all__ = ["Instances", "instances"]

MOST_POINTS = 12
MOST_INSTANCES = 300
LONGEST_RANGE = 10


@dataclass(frozen=True)
class Instances:
    """Relations between numbers, with and without axioms, and equations between vectors.

    ``written`` gives a relation with its formula.
    """

    stated: list[Candidate]
    of_axioms: list[Candidate]
    equations: list[Candidate]
    written: Callable[[Candidate], Candidate]


def instances(bench: Bench, ctx: Context, goal: Term) -> Instances | None:
    """What is known at the goal's points; None if nothing is known."""
    plain = list(candidates(bench, ctx, goal, 1))
    numbered = list(_at_numbers(bench, ctx, goal))
    equations = [one for one in (*numbered, *plain) if isinstance(one.value, Vector)]
    places = _apart(ctx, (goal, *(one.formula for one in equations)))
    pairs = list(at_pairs(bench, ctx, places[:MOST_POINTS], MOST_INSTANCES, _has_norms(ctx, goal)))
    opened = {id(one): way for one, way in pairs}
    stated = [one for one, _ in pairs]
    axioms = [
        one
        for way in (first_order_candidates, quadratic_bound_candidates)
        for one in way(bench, ctx, goal)
        if not one.index
    ]
    plain += numbered
    if not any(isinstance(one.value, Scalar) for one in (*stated, *axioms, *plain)):
        return None
    return Instances(
        [one for one in (*stated, *plain) if isinstance(one.value, Scalar)],
        [one for one in axioms if isinstance(one.value, Scalar)],
        [one for one in plain if isinstance(one.value, Vector) and one.kind == "="],
        lambda one: written(ctx, one, opened[id(one)]) if id(one) in opened else one,
    )


def _has_norms(ctx: Context, goal: Term) -> bool:
    """Whether a norm stands in the goal without a square."""
    values = [ctx.normal.value(side) for side in goal[1:]]
    return any(
        ctx.atoms.rows[a].head == "norm"
        for value in values if isinstance(value, Scalar)
        for monomial in value.over for a, _ in monomial
    )  # fmt: skip


def _at_numbers(bench: Bench, ctx: Context, goal: Term) -> Iterator[Candidate]:
    """What is given for all numbers of a short range, at each of them; of any range, at the
    goal's indices."""
    facts = [Source(label, formula) for label, formula in ctx.facts.items()]
    for source in [*facts, *bench.sources]:
        whole = [(name,) for name in source.names if ctx.names.get(name) == "integer"]
        for opened in chain.from_iterable(with_holes(ctx, source, way) for way in ((), *whole)):
            sorts = [sort for _, sort in opened.holes]
            if sorts != ["integer"] or opened.relation[0] not in ("=", "<="):
                continue
            hole = opened.holes[0][0]
            for place in indices(ctx, goal, opened):
                if not isinstance(place, str) or not place.lstrip("-").isdigit():
                    made = candidate_at(bench, ctx, opened, {**opened.values, hole: place})
                    if made is not None:
                        yield made
            low = [
                ctx.normal.scalar(p[1]) for p in opened.premises if p[0] == "<=" and p[2] == hole
            ]
            high = [
                ctx.normal.scalar(p[2]) for p in opened.premises if p[0] == "<=" and p[1] == hole
            ]
            if len(low) != 1 or len(high) != 1:
                continue
            first, last = low[0].constant(), high[0].constant()
            if first is None or last is None or last - first > LONGEST_RANGE:
                continue
            for k in range(int(first), int(last) + 1):
                made = candidate_at(bench, ctx, opened, {**opened.values, hole: str(k)})
                if made is not None:
                    yield made


def _apart(ctx: Context, formulas: tuple[Term, ...]) -> list[Term]:
    """The points of the formulas, each once, with numbers for indices that are numbers."""
    found: list[tuple[Vector, Term]] = []
    for formula in formulas:
        for term in points(ctx, formula):
            value = ctx.normal.vector(term)
            if all(not ctx.atoms.is_zero(value - other) for other, _ in found):
                found.append((value, _plain(ctx, term)))
    return [term for _, term in found]


def _plain(ctx: Context, term: Term) -> Term:
    """x(4) for x(3 + 1)."""
    if term[0] != "app" or len(term) != 3 or sort_of(term[2], ctx.names)[0] == "vector":
        return term
    return (*term[:2], scalar_term(ctx.atoms, ctx.normal.scalar(term[2])))
