"""Which known relations may be added up: facts, lemmas and axioms at suitable terms.

A candidate is a relation that ``combine`` can cite, with the difference of its sides in normal
form. Variables of a lemma are first bound by name, then by matching its premises with what is
known, then by matching its atoms with those of the goal.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from therefore.goal import Term, from_lists, to_lists
from therefore.kernel.atoms import Vector
from therefore.kernel.context import Context
from therefore.kernel.errors import Rejected
from therefore.kernel.polynomials import Scalar
from therefore.kernel.sums import sum_over
from therefore.kernel.terms import mentions, open_binder, reduced, sort_of, substitute
from therefore.provers.bench import Bench, Source
from therefore.provers.building.matching import is_open, match_formula, match_terms
from therefore.provers.building.opened import Opened, opened_sources
from therefore.provers.building.spoken_of import indices, vectors
from therefore.provers.building.terms import HOLE, subterms

__all__ = [
    "FOR_SIGNS", "Candidate", "candidate_at", "candidate_over", "candidates", "summed_candidate",
]  # fmt: skip

FOR_SIGNS = "sign_at"  # labels of facts that were only stated for inspection to see signs by


@dataclass(frozen=True)
class Candidate:
    """A relation ready for ``combine``: its item without a multiplier, and what it is worth."""

    item: dict[str, Any]
    kind: str  # "=", "<=" or "<"
    value: Scalar | Vector  # right side minus left side
    sort: Term  # of the sides
    context: Context  # where the multiplier lives; inside the range for a sum
    index: str = ""  # the index, when the relation is summed over a range
    formula: Term = ()

    def summed(self, ctx: Context, value: Scalar | Vector) -> Scalar | Vector:
        """The value of the item for a given value of multiplier times difference."""
        if not self.index:
            return value
        over = self.item["over"]
        ctx.normal.names[self.index] = "integer"
        variable = ctx.atoms.intern("name", self.index)
        low, high = (ctx.normal.scalar(from_lists(over[end])) for end in ("from", "to"))
        return sum_over(ctx.normal, low, high, variable, value)


def candidates(
    bench: Bench, ctx: Context, goal: Term, stage: int, of_vectors: bool = True
) -> Iterator[Candidate]:
    """Relations without variables; from stage 2 on summed over ranges; in stage 3 at terms too.

    Facts for all vectors, which have no instance before stage 3, may be passed over.
    """
    sources = [
        Source(label, formula)
        for label, formula in ctx.facts.items()
        if not label.startswith(FOR_SIGNS)
        and (of_vectors or formula[0] != "forall" or formula[1][0] != "vector")
    ]
    for source in [*sources, *bench.sources]:
        for opened in opened_sources(ctx, source, stage):
            yield from _instances(bench, ctx, goal, opened, stage)


def _instances(
    bench: Bench, ctx: Context, goal: Term, opened: Opened, stage: int
) -> Iterator[Candidate]:
    for values in _by_premises(ctx, opened):
        missing = [(n, s) for n, s in opened.holes if n not in values]
        if not missing:
            made = candidate_at(bench, ctx, opened, values)
            if made:
                yield made
        elif len(missing) == 1 and missing[0][1] == "integer" and stage >= 2:
            for ends in _ends(goal, opened, missing[0][0], values):
                made = summed_candidate(bench, ctx, opened, values, missing[0][0], *ends)
                if made:
                    yield made
            if stage >= 3:
                for place in indices(ctx, goal, opened):
                    made = candidate_at(bench, ctx, opened, {**values, missing[0][0]: place})
                    if made:
                        yield made
        for place in _places_of_slopes(ctx, goal, opened.relation, missing):
            made = candidate_at(bench, ctx, opened, {**values, missing[0][0]: place})
            if made:
                yield made
        if missing and stage >= 3 and all(sort[0] == "vector" for _, sort in missing):
            if len(missing) == 1:
                for vector in vectors(bench, ctx, goal, missing[0][1]):
                    made = candidate_at(bench, ctx, opened, {**values, missing[0][0]: vector})
                    if made:
                        yield made
        elif missing and stage >= 3:
            for more in match_terms(ctx, opened.relation, goal, missing, values):
                made = candidate_at(bench, ctx, opened, {**values, **more})
                if made:
                    yield made


def _places_of_slopes(
    ctx: Context, goal: Term, relation: Term, missing: list[tuple[str, Term]]
) -> list[Term]:
    """Where the goal or a fact speaks of the f' that the relation gives at every number."""
    left = relation[1]
    if [sort for _, sort in missing] != ["real"] or left[0] != "derivative":
        return []
    if left[2] != missing[0][0]:
        return []
    terms = (term for formula in (goal, *ctx.facts.values()) for term in subterms(formula))
    same = (term for term in terms if term[:2] == left[:2] and not is_open(term[2]))
    return list(dict.fromkeys(term[2] for term in same))


def _by_premises(ctx: Context, opened: Opened) -> Iterator[dict[str, Term]]:
    """Bindings of holes for functions, sizes and numbers, read off from premises that are known."""
    start = dict(opened.values)
    wanted = {n: s for n, s in opened.holes if s != "integer" and s[0] not in ("residue",)}
    if not opened.source.names or not wanted:
        yield start
        return
    found = [start]
    for premise in opened.premises:
        if not any(mentions(premise, name) for name in wanted):
            continue
        grown = []
        for values in found:
            matched = [
                more
                for fact in ctx.facts.values()
                for more in [match_formula(premise, fact, wanted, values)]
                if more is not None
            ]
            grown += matched or [values]
        found = grown
    yield from found


def _ends(
    goal: Term, opened: Opened, hole: str, values: dict[str, Term]
) -> list[tuple[Term, Term]]:
    """The range of an index, from the premises a ≤ t and t ≤ b; else those of the goal's sums."""
    low = [p[1] for p in opened.premises if p[0] == "<=" and p[2] == hole]
    high = [p[2] for p in opened.premises if p[0] == "<=" and p[1] == hole]
    if len(low) == 1 and len(high) == 1:
        return [(substitute(low[0], values), substitute(high[0], values))]
    sums = [term[1:3] for term in subterms(goal) if term[0] == "sum"]
    return [ends for ends in dict.fromkeys(sums) if not any(map(is_open, ends))]


def candidate_at(
    bench: Bench,
    ctx: Context,
    opened: Opened,
    values: dict[str, Term],
    *,
    of_matrices: bool = False,
) -> Candidate | None:
    """The relation at the values, if its premises are seen to hold; of matrices if asked for."""
    bench.check_time()
    terms = [values.get(name, name) for name in opened.order]
    try:
        conditions = [reduced(substitute(p, values), ctx.names) for p in opened.premises]
        if not all(_seen(ctx, condition) for condition in conditions):
            return None
        relation = reduced(substitute(opened.relation, values), ctx.names)
        sort = sort_of(relation[1], ctx.names)
        if sort[0] == "residue" or (sort[0] == "matrix" and not of_matrices):
            return None
        left, right = ctx.normal.value(relation[1]), ctx.normal.value(relation[2])
        value = right - left  # type: ignore[operator]
    except (Rejected, KeyError):
        return None
    item: dict[str, Any] = {"fact": opened.source.reference}
    if terms:
        item["with"] = to_lists(tuple(terms))
    return Candidate(item, relation[0], value, sort, ctx, formula=relation)


def _seen(ctx: Context, condition: Term) -> bool:
    try:
        return ctx.holds(condition)
    except (Rejected, KeyError):
        return False


def candidate_over(
    bench: Bench,
    ctx: Context,
    opened: Opened,
    values: dict[str, Term],
    low: Term | None,
    high: Term | None,
) -> Candidate | None:
    """The relation at the values; summed over a range, if #0 in them runs through one."""
    if low is None or high is None:
        return candidate_at(bench, ctx, opened, values)
    placed = {name: open_binder(value, HOLE) for name, value in values.items()}
    return summed_candidate(bench, ctx, opened, placed, HOLE, low, high)


def summed_candidate(
    bench: Bench,
    ctx: Context,
    opened: Opened,
    values: dict[str, Term],
    hole: str,
    low: Term,
    high: Term,
) -> Candidate | None:
    inner = ctx.extended()
    index = inner.fresh("t")
    inner.declare(index, "integer")
    try:
        if not ctx.holds(("<=", low, ("+", high, "1"))):
            return None
        inner.assume(f"{index}_from", ("<=", low, index))
        inner.assume(f"{index}_to", ("<=", index, high))
    except (Rejected, KeyError):
        return None
    placed = {name: substitute(value, {hole: index}) for name, value in values.items()}
    made = candidate_at(bench, inner, opened, {**placed, hole: index})
    if made is None:
        return None
    over = {"index": index, "from": to_lists(low), "to": to_lists(high)}
    return Candidate(
        {**made.item, "over": over}, made.kind, made.value, made.sort, inner, index, made.formula
    )
