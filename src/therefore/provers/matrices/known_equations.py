"""The equations of matrices and vectors that are known, and those of inverses.

Beside the facts as they stand: their transposes, equations that hold for every index at the indices
of the goal, and that an inverse undoes its matrix.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from therefore.goal import Term
from therefore.kernel.atoms import Atoms, Matrix, Vector, atoms_in
from therefore.kernel.context import Context
from therefore.kernel.errors import Rejected
from therefore.kernel.polynomials import Scalar
from therefore.kernel.terms import sort_of
from therefore.provers.attempt import Labelled, Proof
from therefore.provers.bench import Bench, Source
from therefore.provers.building.candidates import Candidate, candidate_at
from therefore.provers.building.matching import match_terms
from therefore.provers.building.opened import Opened, opened_sources
from therefore.provers.building.spoken_of import indices
from therefore.provers.building.terms import subterms
from therefore.provers.building.unnormal import matrix_term, scalar_term

__all__ = ["Relation", "inverse_laws", "is_of_matrices", "reached", "relations_of"]

MOST_INDICES = 4


@dataclass(frozen=True)
class Relation:
    """A known equation: how it is cited, its sides and their sort."""

    item: tuple[tuple[str, Term], ...]
    sides: tuple[Term, Term]
    sort: Term
    value: Scalar | Vector


def inverse_laws(
    bench: Bench, ctx: Context, target: Scalar | Vector
) -> tuple[list[Labelled], Context]:
    """The equations A A⁻¹ = I and A⁻¹ A = I of the inverses of sums that occur."""
    values: list[Any] = [target]
    for fact in ctx.facts.values():
        try:
            if fact[0] == "=":
                values += [ctx.normal.value(side) for side in fact[1:]]
            elif fact[0] == "invertible":
                values.append(ctx.normal.value(("inverse", fact[1])))
        except (Rejected, KeyError):
            continue
    inner, laws = ctx.extended(), []
    for index in sorted(set().union(*(reached(ctx.atoms, value) for value in values))):
        row = ctx.atoms.rows[index]
        if row.head != "inverse" or not isinstance(row.arguments[1], Matrix):
            continue
        if len(row.arguments[1].parts) < 2:
            continue
        size = row.arguments[0]
        matrix = matrix_term(ctx.atoms, row.arguments[1], size, size)
        undone = ("inverse", matrix)
        for product in (("matmul", matrix, undone), ("matmul", undone, matrix)):
            fact = ("=", product, ("identity", size))
            law: Proof = {"rule": "undoes"}
            if bench.works(inner, fact, law):
                label = f"undone{len(inner.facts)}"
                inner.assume(label, fact)
                laws.append((label, fact, law))
    return laws, inner


def reached(atoms: Atoms, value: Any) -> set[int]:
    """The atoms in a value, at every depth."""
    found: set[int] = set()
    waiting = list(atoms_in(value))
    while waiting:
        index = waiting.pop()
        if index not in found:
            found.add(index)
            for argument in atoms.rows[index].arguments:
                if not isinstance(argument, str):
                    waiting += atoms_in(argument)
    return found


def relations_of(bench: Bench, ctx: Context, goal: Term) -> Iterator[Relation]:
    """The known equations, and those that hold for every index at the indices of the goal."""
    yield from _relations(ctx)
    yield from _relations_at_indices(bench, ctx, goal)


def _relations(ctx: Context) -> Iterator[Relation]:
    """The known equations, those of matrices transposed as well."""
    for label, fact in ctx.facts.items():
        if fact[0] != "=":
            continue
        sort = sort_of(fact[1], ctx.names)
        ways: list[tuple[Term, Term]] = [(fact[1], fact[2])]
        if sort[0] == "matrix":
            ways.append((("transpose", fact[1]), ("transpose", fact[2])))
        for k, sides in enumerate(ways):
            item = (("fact", label), *((("transposed", "yes"),) if k else ()))
            try:
                left, right = (ctx.normal.value(side) for side in sides)
                of = ("matrix", sort[2], sort[1]) if k else sort
                yield Relation(item, sides, of, right - left)  # type: ignore[operator]
            except (Rejected, KeyError):
                continue


def _relations_at_indices(bench: Bench, ctx: Context, goal: Term) -> Iterator[Relation]:
    """Equations that hold for every index, at those of the goal; only where matrices are."""
    if not is_of_matrices(ctx, goal) and all(term[0] != "matmul" for term in subterms(goal)):
        return
    sources = [Source(label, fact) for label, fact in ctx.facts.items()]
    for source in [*sources, *bench.sources]:
        if source.formula[:2] == ("forall", "integer") or source.names:
            for opened in opened_sources(ctx, source, 1):
                for values in _values(ctx, goal, opened):
                    made = candidate_at(bench, ctx, opened, values, of_matrices=True)
                    if made is not None and made.kind == "=":
                        item = (("fact", source.reference), ("with", _terms(made)))
                        yield Relation(item, made.formula[1:], made.sort, made.value)
                        if made.sort[0] == "matrix" and _transposes(goal):
                            yield _transposed(ctx, item, made)


def _transposes(goal: Term) -> bool:
    return any(term[0] == "transpose" for term in subterms(goal))


def _transposed(
    ctx: Context, item: tuple[tuple[str, Term], ...], made: Candidate
) -> Relation:
    """The equation of the transposed sides."""
    _, left, right = (("transpose", side) for side in made.formula)
    value = ctx.normal.value(right) - ctx.normal.value(left)  # type: ignore[operator]
    sort = ("matrix", *reversed(made.sort[1:]))
    return Relation((*item, ("transposed", "yes")), (left, right), sort, value)


def _values(ctx: Context, goal: Term, opened: Opened) -> list[dict[str, Term]]:
    """Values of the one index of a source, if it has one: those at which it fits the goal."""
    if not opened.holes:
        return [{}]
    if len(opened.holes) > 1 or opened.holes[0][1] != "integer":
        return []
    name = opened.holes[0][0]
    fitting = match_terms(ctx, opened.relation, goal, opened.holes, opened.values)
    places = [value[name] for value in islice(fitting, MOST_INDICES)]
    places = [scalar_term(ctx.atoms, ctx.normal.scalar(place)) for place in places]
    places += indices(ctx, goal, opened)[:MOST_INDICES]
    return [{name: place} for place in dict.fromkeys(places)]


def _terms(made: Candidate) -> Term:
    """The terms at which a candidate cites its source."""

    def term(data: Any) -> Term:
        return tuple(map(term, data)) if isinstance(data, list) else data

    return term(made.item.get("with", []))


def is_of_matrices(ctx: Context, goal: Term) -> bool:
    return goal[0] == "=" and bool(sort_of(goal[1], ctx.names)[0] == "matrix")
