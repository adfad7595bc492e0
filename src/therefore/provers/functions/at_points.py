"""What is known for every pair of points, at the points that a goal speaks of, added up.

Strong convexity, a Lipschitz gradient or a lemma such as f(x) ≥ f(y) + ⟨∇f(y), x − y⟩ + … holds at
all x and y. The points of a goal are the arguments of its functions and the vectors that it names.
At their pairs the relations are added up by elimination, and what is left has to be zero or a sum
of squares.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import TYPE_CHECKING

from therefore.goal import Term
from therefore.kernel.context import Context
from therefore.kernel.errors import Rejected
from therefore.kernel.polynomials import ONE, Scalar
from therefore.kernel.terms import sort_of
from therefore.provers.attempt import Proof
from therefore.provers.bench import Bench
from therefore.provers.building.candidates import Candidate, candidate_at, candidates
from therefore.provers.building.elimination import Elimination, Part
from therefore.provers.building.field import Field
from therefore.provers.building.matching import is_open
from therefore.provers.building.opened import inequalities_of_vectors
from therefore.provers.building.terms import subterms
from therefore.provers.prover import Prover
from therefore.provers.relations.adding import added_up, ways_to_close

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["PROVER", "at_points", "points"]

MOST_POINTS = 7
MOST_INSTANCES = 90


def _accepts(ctx: Context, goal: Term) -> bool:
    if any(label.endswith("_ih") for label in ctx.facts):
        return False  # a step of an induction goes from one index to the next
    return goal[0] in ("<=", "<") and any(
        term[0] in ("gradient", "norm", "inner") for term in subterms(goal)
    )


def _prove(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    bench = search.bench
    known = list(at_points(bench, ctx, points(ctx, goal)[:MOST_POINTS]))
    if not known:
        return None
    bench.note("known relations at the goal's points")
    plain = [c for c in candidates(bench, ctx, goal, 1) if isinstance(c.value, Scalar)]
    try:
        proof = added_up(bench, ctx, goal, [*known, *plain])
    except (Rejected, ValueError, KeyError, ZeroDivisionError):
        proof = None
    if proof is not None:
        return proof
    return _one_and_squares(bench, ctx, goal, known)


def _one_and_squares(
    bench: Bench, ctx: Context, goal: Term, known: list[Candidate]
) -> Proof | None:
    """One of the relations, so often that a term goes away, and squares."""
    left, right = ctx.normal.value(goal[1]), ctx.normal.value(goal[2])
    if not isinstance(left, Scalar) or not isinstance(right, Scalar):
        return None
    target = right - left
    for candidate in known:
        bench.check_time()
        assert isinstance(candidate.value, Scalar)
        domain = Field(ctx.atoms, [target, candidate.value])
        alone = Elimination(ctx, domain)
        alone.start(target)
        alone.use_inequality(Part(candidate, ONE, candidate.value), "any")
        if not alone.used or not alone.signs_fit():
            continue
        rest = alone.rest_as_scalar()
        if len(rest.over) > len(target.over):
            continue
        if any(ctx.atoms.rows[a].head == "app" for monomial in rest.over for a, _ in monomial):
            continue  # values of functions are no part of a square
        for more in ways_to_close(ctx, goal, rest):
            proof: Proof = {"rule": "combine", "items": alone.items() + more}
            if bench.works(ctx, goal, proof):
                return proof
    return None


def at_points(
    bench: Bench, ctx: Context, places: list[Term], most: int = MOST_INSTANCES, holes: int = 2
) -> Iterator[Candidate]:
    """Inequalities for all pairs of vectors, at the pairs of points.

    With ``holes`` 1, also those for all vectors, at each of the points.
    """
    count = 0
    for opened in inequalities_of_vectors(bench, ctx, holes):
        for at in product(places, repeat=len(opened.holes)):
            if len(set(at)) < len(at) or count == most:
                continue
            values = dict(opened.values)
            values |= {hole: place for (hole, _), place in zip(opened.holes, at, strict=True)}
            made = candidate_at(bench, ctx, opened, values)
            if made is not None and isinstance(made.value, Scalar) and made.value.over:
                count += 1
                yield made


def points(ctx: Context, goal: Term) -> list[Term]:
    """The arguments of the goal's functions of a vector, then the other vectors that it names.

    A value of a map is a point only where something is applied to it in turn.
    """
    arguments = [
        term[2] for term in subterms(goal)
        if term[0] in ("app", "gradient") and len(term) == 3 and not is_open(term[2])
    ]  # fmt: skip
    named = [
        part for term in subterms(goal) for part in (term, *term[1:])
        if (isinstance(part, str) or _is_member(ctx, part)) and not is_open(part)
    ]  # fmt: skip
    found: dict[Term, None] = {}
    for term in (*arguments, *named):
        try:
            if sort_of(term, ctx.names)[0] == "vector":
                found[term] = None
        except (Rejected, KeyError, ValueError):
            continue
    return list(found)


def _is_member(ctx: Context, term: Term) -> bool:
    """Whether the term is a member of a sequence, such as w(t + 1), and no value of a map."""
    if term[0] != "app":
        return False
    function = term[1]
    if not isinstance(function, str):  # written out
        return bool(function[0] != "lambda" or function[1][0] != "vector")
    sort = ctx.names.get(function, "")
    return not (sort[:1] == ("function",) and sort[1][0][0] == "vector")


PROVER = Prover("relations at points", _accepts, _prove)
