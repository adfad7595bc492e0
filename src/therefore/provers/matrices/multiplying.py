"""Equations of matrices and vectors, multiplied from both sides until they add up to the goal.

A bounded completion: each known equation is put wherever one of its words stands in the goal, or
in what came of that, and the coefficients of the results are found by elimination. What is left
of an inequality must be seen to be nonnegative, or be a sum of squares. That an inverse undoes
its matrix is an equation as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from therefore.goal import Term, to_lists
from therefore.kernel.atoms import Vector
from therefore.kernel.combine import _joined
from therefore.kernel.context import Context
from therefore.kernel.errors import Rejected
from therefore.kernel.polynomials import ONE, Scalar
from therefore.kernel.terms import sort_of
from therefore.kernel.words import flipped
from therefore.provers.attempt import Proof, with_steps
from therefore.provers.bench import Bench
from therefore.provers.building.elimination import eliminated
from therefore.provers.building.field import settled
from therefore.provers.building.pieces import Place, monomials, pieces, places
from therefore.provers.building.unnormal import scalar_term, word_term
from therefore.provers.matrices.known_equations import (
    Relation,
    inverse_laws,
    is_of_matrices,
    relations_of,
)
from therefore.provers.prover import Prover
from therefore.provers.relations.adding import ways_to_close

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["OF_MATRICES", "PROVER", "prove_at_once", "prove_by_multiplying"]

ROUNDS = 4
MOST_COLUMNS = 260
LONGEST_MORE = 3  # how much longer than the goal's words a word may become


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


def _completed(
    bench: Bench,
    ctx: Context,
    goal: Term,
    sort: Term,
    target: Scalar | Vector,
    relations: list[Relation],
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
    relations: list[Relation],
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


def _at(ctx: Context, relation: Relation, place: Place) -> _Column | None:
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
    reached = eliminated(ctx, target, [c.value for c in useful], bench.check_time)
    items = []
    for k, multiplier in reached.multipliers().items():
        times = useful[k].times * multiplier
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


def _accepts(ctx: Context, goal: Term) -> bool:
    return goal[0] in ("=", "<=", "<") and not is_of_matrices(ctx, goal)


def prove_at_once(bench: Bench, ctx: Context, goal: Term) -> Proof | None:
    """The same, and None for what has no normal form."""
    try:
        return prove_by_multiplying(bench, ctx, goal)
    except (Rejected, KeyError, ValueError, ZeroDivisionError):
        return None


def _prove(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    return prove_at_once(search.bench, ctx, goal)


OF_MATRICES = Prover("multiplying matrices", is_of_matrices, _prove)
PROVER = Prover("multiplying", _accepts, _prove)
