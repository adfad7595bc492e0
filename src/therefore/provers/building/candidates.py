"""Which known relations may be added up: facts, lemmas and axioms at suitable terms.

A candidate is a relation that ``combine`` can cite, with the difference of its sides in normal
form. Variables of a lemma are first bound by name, then by matching its premises with what is
known, then by matching its atoms with those of the goal.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

from therefore.goal import Term, to_lists
from therefore.kernel.atoms import Argument, Residue, Vector
from therefore.kernel.context import Context
from therefore.kernel.errors import Rejected
from therefore.kernel.polynomials import Scalar
from therefore.kernel.sums import sum_over
from therefore.kernel.terms import mentions, open_binder, reduced, sort_of, substitute
from therefore.provers.bench import Bench, Source
from therefore.provers.building.matching import is_open, match_formula, match_terms
from therefore.provers.building.unnormal import scalar_term

__all__ = [
    "FOR_SIGNS", "HOLE", "Candidate", "candidate_at", "candidates", "indices", "named",
    "opened_sources", "subterms", "summed_candidate", "vector_atoms", "with_holes",
]  # fmt: skip

MOST_VECTORS = 12
FOR_SIGNS = "sign_at"  # labels of facts that were only stated for inspection to see signs by
HOLE = "Hole"  # names of variables still to be bound; no source declares such a name


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
        low, high = (ctx.normal.scalar(_term(over[end])) for end in ("from", "to"))
        return sum_over(ctx.normal, low, high, variable, value)


def _term(data: Any) -> Term:
    return tuple(_term(part) for part in data) if isinstance(data, list) else data


@dataclass
class Opened:
    """A source with some of its variables bound; the others stand as holes."""

    source: Source
    values: dict[str, Term]
    holes: list[tuple[str, Term]]
    order: list[str]
    premises: list[Term]
    relation: Term


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


def opened_sources(ctx: Context, source: Source, stage: int) -> Iterator[Opened]:
    """The formula under its quantifiers: names of the context as they stand, else with holes.

    From stage 3 on, a lemma is also opened with holes for its indices: it holds for others too.
    """
    yield from with_holes(ctx, source, ())
    if stage >= 3 and source.names:
        indices = tuple(
            name
            for name in source.names
            if name in ctx.names
            and (ctx.names[name] == "integer" or ctx.names[name][0] == "residue")
        )
        if indices:
            yield from with_holes(ctx, source, indices)


def with_holes(ctx: Context, source: Source, indices: tuple[str, ...]) -> Iterator[Opened]:
    """The formula under its quantifiers, with holes for these names too."""
    formula, holes, order, premises = source.formula, [], [], []
    values: dict[str, Term] = {}
    names = list(source.names)
    while formula[0] in ("forall", "implies"):
        if formula[0] == "forall":
            name = names.pop(0) if names else ""
            sort = formula[1]
            if name and name not in indices and ctx.names.get(name) == sort:
                hole, values[name] = name, name
                order.append(name)
            else:
                hole = f"{HOLE}{len(order)}"
                order.append(hole)
                holes.append((hole, sort))
            formula = open_binder(formula[2], hole)
        else:
            premises.append(formula[1])
            formula = formula[2]
    if formula[0] == "has_derivative" and len(formula) == 4:  # an equation to combine
        formula = ("=", ("derivative", *formula[1:3]), formula[3])
    if formula[0] == "integrates" and len(formula) == 5:
        formula = ("=", ("integral", *formula[1:4]), formula[4])
    if formula[0] in ("=", "<=", "<"):
        yield Opened(source, values, holes, order, premises, formula)


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
                for vector in _vectors(bench, ctx, goal, missing[0][1]):
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


def indices(ctx: Context, goal: Term, opened: Opened) -> list[Term]:
    """Integers at which functions are applied in the goal, and their predecessors."""
    found: list[Term] = []
    for term in subterms(goal):
        if term[0] == "app" and isinstance(term[1], str) and len(term) == 3:
            place = term[2]
            sort = ctx.names.get(term[1], ("",))
            if not is_open(place) and (sort[0] == "family" or sort[1:2] == (("integer",),)):
                for wanted in (place, ("+", place, ("-", "1"))):
                    value = scalar_term(ctx.atoms, ctx.normal.scalar(wanted))
                    if value not in found:
                        found.append(value)
    for term in subterms(goal):
        if term[0] == "sum" and not is_open(term[2]):
            value = scalar_term(ctx.atoms, ctx.normal.scalar(term[2]))
            if value not in found:
                found.append(value)
    return found


def subterms(term: Term) -> Iterator[Term]:
    """Every compound part of a term, itself first."""
    if isinstance(term, tuple):
        yield term
        for part in term:
            yield from subterms(part)


def _vectors(bench: Bench, ctx: Context, goal: Term, sort: Term) -> list[Term]:
    """Vectors that the goal, the facts or the lemmas speak of."""
    found: dict[Term, None] = {}
    for term in chain(*map(_compound, (goal, *ctx.facts.values())), _of_sources(bench)):
        if term not in found:
            try:
                if sort_of(term, ctx.names) == sort:
                    found[term] = None
            except (Rejected, KeyError, ValueError):
                continue
            if len(found) == MOST_VECTORS:
                break
    return list(found)


# The heads of terms that are no vectors.
_OTHERS = frozenset(
    ["forall", "exists", "implies", "and", "or", "not", "=", "!=", "<=", "<", "lambda", "inner",
     "norm", "abs", "sqrt", "^", "exp", "log", "function", "invertible", "differentiable"]
)  # fmt: skip


def _compound(formula: Term) -> Iterator[Term]:
    """The parts of a formula that may be vectors, and refer to no binder."""
    for term in subterms(formula):
        if term[0] not in _OTHERS and not is_open(term):
            yield term


def _of_sources(bench: Bench) -> list[Term]:
    """The same of the lemmas, whose names are read as they stand."""
    if bench.parts is None:
        parts: dict[Term, None] = {}
        for source in bench.sources:
            formula = source.formula
            for name in source.names:
                formula = open_binder(formula[2], name)
            parts |= dict.fromkeys(_compound(formula))
        bench.parts = list(parts)
    return bench.parts


def vector_atoms(ctx: Context, value: Argument) -> set[int]:
    """The vector atoms on which inner products in a value are taken."""
    found: set[int] = set()
    if isinstance(value, Vector):
        return set(value.parts).union(*(vector_atoms(ctx, c) for c in value.parts.values()))
    if isinstance(value, Residue):
        return found
    if isinstance(value, Scalar):
        for monomial in value.over:
            for index, _ in monomial:
                row = ctx.atoms.rows[index]
                if row.head == "inner":
                    found |= {a for a in row.arguments if isinstance(a, int)}
                elif row.head == "norm" and isinstance(row.arguments[0], Scalar):
                    found |= vector_atoms(ctx, row.arguments[0])
                elif row.head == "sum" and isinstance(row.arguments[2], Scalar):
                    found |= {
                        a
                        for a in vector_atoms(ctx, row.arguments[2])
                        if not ctx.atoms.rows[a].free & {ctx.atoms.index(row.height)}
                    }
    return found


def named(term: Term, old: Term) -> Term:
    """The term with ``HOLE`` in the places of another one."""
    if term == old:
        return HOLE
    return term if isinstance(term, str) else tuple(named(part, old) for part in term)
