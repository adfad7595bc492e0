"""What is known of a function at the points of a goal, and of sequences at numbers.

The points are the arguments of the goal's functions and the vectors that it names, and those of a
recurrence such as x_{k+1} = x_k − η·∇f(x_k) for k = 0 … 3, taken at each of these k.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from therefore.goal import Term
from therefore.kernel.atoms import Vector
from therefore.kernel.context import Context
from therefore.kernel.errors import Rejected
from therefore.kernel.polynomials import Scalar
from therefore.kernel.terms import sort_of
from therefore.provers.bench import Bench, Source
from therefore.provers.building.candidates import Candidate, candidate_at, candidates
from therefore.provers.building.matching import is_open
from therefore.provers.building.opened import Opened, with_holes
from therefore.provers.building.spoken_of import indices
from therefore.provers.building.terms import subterms
from therefore.provers.building.unnormal import scalar_term
from therefore.provers.building.vector_equations import solved
from therefore.provers.functions.at_points import points
from therefore.provers.functions.first_order import first_order_candidates
from therefore.provers.functions.pairs import Known, at_pairs, in_full, written
from therefore.provers.functions.quadratic_bound import quadratic_bound_candidates

__all__ = ["LONGEST_RANGE", "Instances"]

MOST_POINTS = 12
MOST_INSTANCES = 300
LONGEST_RANGE = 10


class Instances:
    """Relations between numbers, and equations between vectors."""

    def __init__(self, bench: Bench, ctx: Context, goal: Term) -> None:
        self._bench, self._ctx, self._goal = bench, ctx, goal
        self._opened: dict[int, tuple[Opened, Any]] = {}
        self._letters: Known = {}
        plain = list(candidates(bench, ctx, goal, 1, of_vectors=False))
        numbered = list(_at_numbers(bench, ctx, goal))
        self.plain = [one for one in (*plain, *numbered) if isinstance(one.value, Scalar)]
        vectors = [one for one in (*numbered, *plain) if isinstance(one.value, Vector)]
        self._places = _apart(ctx, (goal, *(one.formula for one in vectors)))[:MOST_POINTS]
        self.equations = [one for one in (*plain, *numbered)
                          if isinstance(one.value, Vector) and one.kind == "="]  # fmt: skip
        self.reduced = solved(
            ctx, [one.value for one in self.equations if isinstance(one.value, Vector)]
        )
        self._used = _evaluated(ctx, self._places, (goal, *ctx.facts.values()))

    def tiers(self) -> Iterator[list[Candidate]]:
        """Relations between numbers, more and more of them.

        First those at points at which functions have values or slopes that are spoken of, then
        with axioms, then at all points.
        """
        used = [place for place in self._places if place in self._used]
        stated = self._at(used)
        yield [*stated, *self.plain]
        axioms = [
            one
            for way in (first_order_candidates, quadratic_bound_candidates)
            for one in way(self._bench, self._ctx, self._goal)
            if not one.index and isinstance(one.value, Scalar)
        ]
        if axioms:
            yield [*stated, *self.plain, *axioms]
        if len(used) < len(self._places):
            everywhere = self._at(self._places)
            if len(everywhere) > len(stated):
                yield [*everywhere, *self.plain, *axioms]

    def _at(self, used: list[Term]) -> list[Candidate]:
        found = []
        pairs = at_pairs(
            self._bench, self._ctx, self._places, used, MOST_INSTANCES,
            _has_norms(self._ctx, self._goal), self.reduced, self._letters,
        )  # fmt: skip
        for one, opened, letters in pairs:
            self._opened[id(one)] = opened, letters
            found.append(one)
        return found

    def briefly(self, one: Candidate) -> Scalar:
        """The value with the vector equations used in its inner products."""
        assert isinstance(one.value, Scalar)
        letters = self._opened.get(id(one), (None, None))[1]
        return self.reduced.applied(one.value) if letters is None else one.value

    def in_full(self, one: Candidate) -> Scalar:
        """The value as it stands."""
        assert isinstance(one.value, Scalar)
        opened, letters = self._opened.get(id(one), (None, None))
        return one.value if opened is None or letters is None else in_full(one, opened, letters)

    def written(self, one: Candidate) -> Candidate:
        """The relation with its formula."""
        opened, _ = self._opened.get(id(one), (None, None))
        return one if opened is None else written(self._ctx, one, opened)


def _evaluated(ctx: Context, places: list[Term], formulas: Iterable[Term]) -> set[Term]:
    """The points at which some function is applied, or its gradient taken."""
    arguments = {
        term[2]
        for formula in formulas
        for term in subterms(formula)
        if term[0] in ("app", "gradient") and len(term) == 3 and not is_open(term[2])
    }
    values = []
    for term in arguments:
        try:
            if sort_of(term, ctx.names)[0] == "vector":
                values.append(ctx.normal.vector(term))
        except (Rejected, KeyError, ValueError):
            continue
    there = {place: ctx.normal.vector(place) for place in places}
    return {
        place
        for place, value in there.items()
        if any(ctx.atoms.is_zero(value - other) for other in values)
    }


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
    facts = [one for one in facts if one.formula[0] in ("forall", "implies")
             and (one.formula[0] != "forall" or one.formula[1][0] != "vector")]  # fmt: skip
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
