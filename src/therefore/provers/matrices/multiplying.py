"""Equations of matrices and vectors, multiplied from both sides until they add up to the goal.

A bounded completion: each known equation is put wherever one of its words stands in the goal, or
in what came of that, and the coefficients of the results are found by elimination. What is left
of an inequality must be seen to be nonnegative, or be a sum of squares. That an inverse undoes
its matrix is an equation as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from therefore.goal import Term, to_lists
from therefore.kernel.atoms import Atoms, Matrix, Vector, atoms_in
from therefore.kernel.combine import _joined
from therefore.kernel.context import Context
from therefore.kernel.errors import Rejected
from therefore.kernel.polynomials import ONE, Scalar
from therefore.kernel.terms import sort_of
from therefore.kernel.words import flipped
from therefore.provers.attempt import Labelled, Proof, with_steps
from therefore.provers.bench import Bench, Source
from therefore.provers.building.candidates import (
    Candidate,
    Opened,
    candidate_at,
    indices,
    opened_sources,
    subterms,
)
from therefore.provers.building.elimination import Elimination, Part
from therefore.provers.building.field import Field, settled
from therefore.provers.building.matching import match_terms
from therefore.provers.building.pieces import Place, monomials, pieces, places
from therefore.provers.building.unnormal import matrix_term, scalar_term, word_term
from therefore.provers.prover import Prover
from therefore.provers.relations.adding import ways_to_close

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = [
    "OF_MATRICES", "PROVER", "inverse_laws", "prove_at_once", "prove_by_multiplying", "reached",
    "relations_of",
]  # fmt: skip

ROUNDS = 4
MOST_COLUMNS = 260
MOST_INDICES = 4
LONGEST_MORE = 3  # how much longer than the goal's words a word may become


@dataclass(frozen=True)
class _Relation:
    """A known equation: how it is cited, its sides and their sort."""

    item: tuple[tuple[str, Term], ...]
    sides: tuple[Term, Term]
    sort: Term
    value: Scalar | Vector


@dataclass
class _Column:
    """An equation at a place, and what it is worth there."""

    item: dict[str, Any]
    times: Scalar
    value: Scalar | Vector


def prove_by_multiplying(bench: Bench, ctx: Context, goal: Term) -> Proof | None:
    """A ``combine`` proof of the relation from multiplied equations, or None."""
    sort = sort_of(goal[1], ctx.names)
    target = ctx.normal.value(goal[2]) - ctx.normal.value(goal[1])  # type: ignore[operator]
    if isinstance(target, Scalar):
        target = settled(ctx.atoms, target)
    laws, inner = inverse_laws(bench, ctx, target)
    relations = list(relations_of(bench, inner, goal))
    if not relations:
        return None
    bench.note("multiplying known equations")
    proof = _completed(bench, inner, goal, sort, target, relations)
    if proof is None:
        return None
    proof = with_steps(laws, proof)
    return proof if bench.works(ctx, goal, proof) else None


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


def relations_of(bench: Bench, ctx: Context, goal: Term) -> Iterator[_Relation]:
    """The known equations, and those that hold for every index at the indices of the goal."""
    yield from _relations(ctx)
    yield from _relations_at_indices(bench, ctx, goal)


def _relations(ctx: Context) -> Iterator[_Relation]:
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
                yield _Relation(item, sides, of, right - left)  # type: ignore[operator]
            except (Rejected, KeyError):
                continue


def _relations_at_indices(bench: Bench, ctx: Context, goal: Term) -> Iterator[_Relation]:
    """Equations that hold for every index, at those of the goal; only where matrices are."""
    if not _is_of_matrices(ctx, goal) and all(term[0] != "matmul" for term in subterms(goal)):
        return
    sources = [Source(label, fact) for label, fact in ctx.facts.items()]
    for source in [*sources, *bench.sources]:
        if source.formula[:2] == ("forall", "integer") or source.names:
            for opened in opened_sources(ctx, source, 1):
                for values in _values(ctx, goal, opened):
                    made = candidate_at(bench, ctx, opened, values, of_matrices=True)
                    if made is not None and made.kind == "=":
                        item = (("fact", source.reference), ("with", _terms(made)))
                        yield _Relation(item, made.formula[1:], made.sort, made.value)
                        if made.sort[0] == "matrix" and _transposes(goal):
                            yield _transposed(ctx, item, made)


def _transposes(goal: Term) -> bool:
    return any(term[0] == "transpose" for term in subterms(goal))


def _transposed(ctx: Context, item: tuple[tuple[str, Term], ...], made: Candidate) -> _Relation:
    """The equation of the transposed sides."""
    _, left, right = (("transpose", side) for side in made.formula)
    value = ctx.normal.value(right) - ctx.normal.value(left)  # type: ignore[operator]
    sort = ("matrix", *reversed(made.sort[1:]))
    return _Relation((*item, ("transposed", "yes")), (left, right), sort, value)


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


def _completed(
    bench: Bench,
    ctx: Context,
    goal: Term,
    sort: Term,
    target: Scalar | Vector,
    relations: list[_Relation],
) -> Proof | None:
    sizes = sort[1:] if isinstance(target, Vector) else ()
    longest = LONGEST_MORE + max(
        [len(p.word) for p in pieces(ctx, target, sizes)]
        + [len(w) for r in relations for w, _ in monomials(ctx, r.value)],
        default=0,
    )
    columns: list[_Column] = []
    seen: set[Any] = set()
    fresh: list[Scalar | Vector] = [target]
    for _ in range(ROUNDS):
        new: list[_Column] = []
        for value in fresh:
            for column in _put(bench, ctx, value, sizes, relations, seen, longest):
                new.append(column)
                if len(columns) + len(new) > MOST_COLUMNS:
                    break
        if not new:
            return None
        columns += new
        proof = _added(bench, ctx, goal, target, columns)
        if proof is not None or len(columns) > MOST_COLUMNS:
            return proof
        fresh = [column.value for column in new]
    return None


def _put(
    bench: Bench,
    ctx: Context,
    value: Scalar | Vector,
    sizes: tuple[str, ...],
    relations: list[_Relation],
    seen: set[Any],
    longest: int,
) -> Iterator[_Column]:
    """Every equation at every place in the value where one of its words stands."""
    for piece in list(pieces(ctx, value, sizes)):
        for relation in relations:
            for word, end in monomials(ctx, relation.value):
                size = relation.sort[1] if relation.sort[0] == "matrix" else ""
                if not word and end is None and relation.sort[1] != relation.sort[2]:
                    continue
                for place in list(places(ctx, piece, word, end, size)):
                    key = (relation.item, place)
                    if key in seen or len(place.left) + len(place.right) > longest:
                        continue
                    seen.add(key)
                    bench.check_time()
                    column = _at(ctx, relation, place)
                    if column is not None:
                        yield column


def _at(ctx: Context, relation: _Relation, place: Place) -> _Column | None:
    """The equation multiplied from both sides, as ``combine`` will do it."""
    atoms = ctx.atoms
    item: dict[str, Any] = {key: to_lists(value) for key, value in relation.item}
    sides = relation.sides
    right: Term = None
    if place.right or place.end is not None:
        right = word_term(atoms, (*place.right, *_some(place.end)), "1")
    if place.beside is not None:
        beside = word_term(atoms, (place.beside,), "1")
        right = ("outer", right, beside) if right is not None else beside
    left: Term = None
    if place.start is not None:
        back = tuple(flipped(ctx.normal, letter) for letter in reversed(place.left))
        left = word_term(atoms, (*back, place.start), "1")
    elif place.left:
        left = word_term(atoms, place.left, "1")
    try:
        for way, factor in (("right", right), ("left", left)):
            if factor is not None:
                item[way] = to_lists(factor)
                kind = sort_of(factor, ctx.names)[0]
                sides = tuple(_joined(ctx, way, kind, factor, side) for side in sides)
        sort_of(sides[0], ctx.names)
        values = [ctx.normal.value(side) for side in sides]
    except (Rejected, KeyError, ValueError):
        return None
    times = Scalar({place.rest: ONE.over[()]})
    difference = values[1] - values[0]  # type: ignore[operator]
    if isinstance(difference, Vector):
        return _Column(item, times, difference.scaled(times))
    return _Column(item, times, difference * times)


def _some(index: int | None) -> tuple[int, ...]:
    return () if index is None else (index,)


def _added(
    bench: Bench, ctx: Context, goal: Term, target: Scalar | Vector, columns: list[_Column]
) -> Proof | None:
    """The columns that add up to the target."""
    useful = [c for c in columns if type(c.value) is type(target)]
    scalars = [s for v in (target, *(c.value for c in useful)) for s in _scalars(v)]
    domain = Field(ctx.atoms, scalars)
    reached = Elimination(ctx, domain)
    dummy = Candidate({}, "=", ONE, "real", ctx)
    for column in useful:
        bench.check_time()
        reached.add_equation(Part(dummy, ONE, column.value))
    reached.start(target)
    items = []
    for k, element in reached.used.items():
        if element:
            times = useful[k].times * domain.scalar(element)
            one = times.constant() == 1
            more = {} if one else {"times": to_lists(scalar_term(ctx.atoms, times))}
            items.append({**useful[k].item, **more})
    if isinstance(target, Vector) or goal[0] == "=":
        ways: list[list[dict[str, Any]]] = [] if reached.rest else [[]]
    else:
        ways = ways_to_close(ctx, goal, reached.rest_as_scalar())
    for way in ways:
        proof: Proof = {"rule": "combine", "items": items + way}
        if bench.works(ctx, goal, proof):
            return proof
    return None


def _scalars(value: Scalar | Vector) -> list[Scalar]:
    return list(value.parts.values()) if isinstance(value, Vector) else [value]


def _accepts(ctx: Context, goal: Term) -> bool:
    return goal[0] in ("=", "<=", "<") and not _is_of_matrices(ctx, goal)


def prove_at_once(bench: Bench, ctx: Context, goal: Term) -> Proof | None:
    """The same, and None for what has no normal form."""
    try:
        return prove_by_multiplying(bench, ctx, goal)
    except (Rejected, KeyError, ValueError, ZeroDivisionError):
        return None


def _prove(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    return prove_at_once(search.bench, ctx, goal)


def _is_of_matrices(ctx: Context, goal: Term) -> bool:
    return goal[0] == "=" and bool(sort_of(goal[1], ctx.names)[0] == "matrix")


OF_MATRICES = Prover("multiplying matrices", _is_of_matrices, _prove)
PROVER = Prover("multiplying", _accepts, _prove)
