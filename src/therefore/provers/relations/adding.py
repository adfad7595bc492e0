"""Finds what ``combine`` needs: multipliers by elimination, squares by completing them.

Known relations are columns over the field of the goal's parameters, and the difference of the
goal's sides is eliminated by them: sums first, then function values, then later iterates. What is
left of an inequality must be seen to be nonnegative, or be a sum of squares: a quadratic form in
vectors of any dimension (or in numbers) is completed to squares, its pivots signed by inspection.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from therefore.goal import Term, to_lists
from therefore.kernel.atoms import Matrix, Vector
from therefore.kernel.context import Context
from therefore.kernel.errors import Rejected
from therefore.kernel.polynomials import ONE, Scalar
from therefore.provers.attempt import Proof, with_steps
from therefore.provers.bench import Bench
from therefore.provers.building.candidates import Candidate, candidates
from therefore.provers.building.clearing import cleared
from therefore.provers.building.elimination import Elimination, Part
from therefore.provers.building.factored import factored_square
from therefore.provers.building.field import Field
from therefore.provers.building.squares import completed_squares
from therefore.provers.building.unnormal import scalar_term
from therefore.provers.building.written_squares import squares_as_written
from therefore.provers.functions.first_order import first_order_candidates
from therefore.provers.functions.quadratic_bound import quadratic_bound_candidates
from therefore.provers.prover import Prover
from therefore.provers.relations.columns import columns
from therefore.provers.relations.means import distances_from_means

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["AT_ONCE", "PROVER", "added_up", "prove_at_stage", "prove_by_adding", "ways_to_close"]

MOST_COLUMNS = 400
MOST_PASSES = 3
MOST_SINGLE = 40


def prove_by_adding(bench: Bench, ctx: Context, goal: Term) -> Proof | None:
    """A ``combine`` proof of the relation from what is known, or None."""
    bench.note("adding known relations")
    proof = _in_stages(bench, ctx, goal)
    if proof is not None or goal[0] == "=":
        return proof
    inner, steps = cleared(bench, ctx)
    proof = _in_stages(bench, inner, goal) if steps else None
    return with_steps(steps, proof)


def _in_stages(bench: Bench, ctx: Context, goal: Term) -> Proof | None:
    if goal[0] != "=" and any(label.endswith("_ih") for label in ctx.facts):
        for stage in (1, 3):  # a step of an induction often is what is known, added up
            try:
                known = list(candidates(bench, ctx, goal, stage))
                found = added_up(bench, ctx, goal, known)
            except (Rejected, ValueError, KeyError, ZeroDivisionError):
                found = None
            if found is not None:
                return found
    for stage in (1, 2, 3):
        found = prove_at_stage(bench, ctx, goal, stage)
        if found is not None:
            return found
    return None


def prove_at_stage(bench: Bench, ctx: Context, goal: Term, stage: int) -> Proof | None:
    """The same with the candidates of one stage (see ``candidates``)."""
    try:
        return _at_stage(bench, ctx, goal, stage)
    except (Rejected, ValueError, KeyError, ZeroDivisionError):
        return None


def _at_stage(bench: Bench, ctx: Context, goal: Term, stage: int) -> Proof | None:
    left, right = ctx.normal.value(goal[1]), ctx.normal.value(goal[2])
    target = right - left  # type: ignore[operator]
    if isinstance(target, Matrix):
        return None
    known = list(candidates(bench, ctx, goal, stage))
    if stage >= 2:
        known += first_order_candidates(bench, ctx, goal)
        known += quadratic_bound_candidates(bench, ctx, goal)
        known += distances_from_means(bench, ctx, goal) if goal[0] != "=" else []
    if isinstance(target, Vector):
        return _vector_equation(bench, ctx, goal, target, known)
    parts = columns(ctx, target, known, goal[0] == "=")
    if len(parts) > MOST_COLUMNS:
        return None
    if stage == 1 and goal[0] != "=" and (proof := _at_once(bench, ctx, goal, target)):
        return proof
    if goal[0] != "=" and (proof := _from_one(bench, ctx, goal, target, known)):
        return proof
    values = [target, *(p.value for p in parts if isinstance(p.value, Scalar))]
    proof = _reduced(bench, ctx, goal, target, parts, Field(ctx.atoms, values))
    given = _given_by_numbers(ctx, parts)
    if proof is None and given:
        proof = _reduced(bench, ctx, goal, target, parts, Field(ctx.atoms, values, given))
    return proof


def added_up(bench: Bench, ctx: Context, goal: Term, known: list[Candidate]) -> Proof | None:
    """Known relations that add up to the goal as they are, with nothing left."""
    left, right = ctx.normal.value(goal[1]), ctx.normal.value(goal[2])
    target = right - left  # type: ignore[operator]
    if not isinstance(target, Scalar):
        return None
    parts = columns(ctx, target, [c for c in known if isinstance(c.value, Scalar)], False)
    if len(parts) > MOST_COLUMNS:
        return None
    domain = Field(ctx.atoms, [target, *(p.value for p in parts if isinstance(p.value, Scalar))])
    chain = Elimination(ctx, domain)
    for part in sorted(parts, key=lambda part: part.candidate.kind != "="):
        bench.check_time()
        if not part.squared:
            chain.add_equation(part)
    chain.start(target)
    if chain.rest or not chain.signs_fit():
        return None
    proof: Proof = {"rule": "combine", "items": chain.items()}
    return proof if bench.works(ctx, goal, proof) else None


def _at_once(bench: Bench, ctx: Context, goal: Term, target: Scalar) -> Proof | None:
    """By what the difference of the sides is, before any equation is used."""
    for items in ways_to_close(ctx, goal, target):
        proof: Proof = {"rule": "combine", "items": items}
        if bench.works(ctx, goal, proof):
            return proof
    return None


def _from_one(
    bench: Bench, ctx: Context, goal: Term, target: Scalar, known: list[Candidate]
) -> Proof | None:
    """One inequality as it stands, and what is seen not to be negative."""
    for candidate in known[:MOST_SINGLE]:
        if candidate.kind not in ("<=", "<") or candidate.index:
            continue
        if not isinstance(candidate.value, Scalar):
            continue
        rest = target - candidate.value
        if not ctx.signs(rest) <= {0, 1}:
            continue
        more = {"square": "1", "times": to_lists(scalar_term(ctx.atoms, rest))}
        proof: Proof = {"rule": "combine", "items": [candidate.item, more]}
        if bench.works(ctx, goal, proof):
            return proof
    return None


def _given_by_numbers(ctx: Context, parts: list[Part]) -> frozenset[int]:
    """Names that an equation gives by numbers and other names, as y = 1/3 or y = 2x - 1.

    Among parameters such an equation would be of no use: dividing by it would divide by zero.
    """
    found: set[int] = set()
    for part in parts:
        if part.candidate.kind != "=" or not isinstance(part.value, Scalar) or part.value.under:
            continue
        present = {a for monomial in part.value.over for a, _ in monomial}
        if all(ctx.atoms.rows[a].head in ("name", "index") for a in present):
            linear = sorted(a for a in present if ((a, 1),) in part.value.over)
            alone = [a for a in linear if _occurs_once(part.value, a)]
            found |= set(alone[-1:])
    return frozenset(found)


def _occurs_once(value: Scalar, index: int) -> bool:
    return sum(any(a == index for a, _ in monomial) for monomial in value.over) == 1


def _reduced(
    bench: Bench, ctx: Context, goal: Term, target: Scalar, parts: list[Part], domain: Field
) -> Proof | None:
    for reached in _reductions(bench, ctx, domain, target, parts):
        if not reached.signs_fit():
            continue
        rest = reached.rest_as_scalar()
        for more in (*ways_to_close(ctx, goal, rest), *reached.ways_by_quotient(parts)):
            proof: Proof = {"rule": "combine", "items": reached.items() + more}
            if bench.works(ctx, goal, proof):
                return proof
    return None


def _reductions(
    bench: Bench, ctx: Context, domain: Field, target: Scalar, parts: list[Part]
) -> Iterator[Elimination]:
    """The target reduced by the equations, and by inequalities in one way after the other.

    All inequalities as if they were equations (right for a chain), then greedily, each where it
    removes its own main term, then one alone; last one more for what has parameters alone, as
    the B² of ‖w‖² ≤ B² before −2⟨w, u⟩ + ‖u‖² is completed to a square.
    """
    equations = [p for p in parts if p.candidate.kind == "="]
    others = [p for p in parts if p.candidate.kind != "="]
    if others:
        chain = Elimination(ctx, domain)
        for part in (*equations, *others):
            bench.check_time()
            chain.add_equation(part)
        chain.start(target)
        yield chain
    base = Elimination(ctx, domain)
    for part in equations:
        bench.check_time()
        base.add_equation(part)
    base.start(target)
    yield from _greedily(bench, base, others)
    for part in others:
        bench.check_time()
        more = base.copy()
        more.use_inequality(part, "any")
        if more.used != base.used:
            yield from _greedily(bench, more, others)


def _greedily(bench: Bench, start: Elimination, others: list[Part]) -> Iterator[Elimination]:
    """The start itself, then with inequalities that remove their main terms, then with one more."""
    yield start
    greedy = start.copy()
    for _ in range(MOST_PASSES):  # what one brings in, another may remove
        before = dict(greedy.used)
        for part in others:
            bench.check_time()
            greedy.use_inequality(part)
        if greedy.used == before:
            break
        yield greedy
    for part in others:
        bench.check_time()
        more = greedy.copy()
        more.use_inequality(part, "number")
        if more.used != greedy.used:
            yield more


def ways_to_close(ctx: Context, goal: Term, rest: Scalar) -> list[list[dict[str, Any]]]:
    """Items that add up to what elimination left."""
    if ctx.atoms.is_zero(rest):
        return [[]]
    if goal[0] == "=":
        return []
    ways: list[list[dict[str, Any]]] = []
    signs = ctx.signs(rest)
    term = to_lists(scalar_term(ctx.atoms, rest))
    if signs == {1}:
        ways.append([{"positive": term}])
    if signs <= {0, 1}:
        ways.append([{"square": "1", "times": term}])
    squares = completed_squares(ctx, rest)
    written = squares_as_written(ctx, goal, rest) if squares is None else None
    more = (squares, factored_square(ctx, rest), written)
    ways += [way for way in more if way is not None]
    return ways


def _vector_equation(
    bench: Bench, ctx: Context, goal: Term, target: Vector, known: list[Candidate]
) -> Proof | None:
    if goal[0] != "=":
        return None
    usable = [c for c in known if isinstance(c.value, Vector) and c.kind == "="]
    values = [c.summed(ctx, c.value) for c in usable]
    vectors = [v for v in values if isinstance(v, Vector)]
    scalars = [s for v in (target, *vectors) for s in v.parts.values()]
    domain = Field(ctx.atoms, scalars)
    reached = Elimination(ctx, domain)
    for candidate, value in zip(usable, values, strict=True):
        reached.add_equation(Part(candidate, ONE, value))
    reached.start(target)
    if reached.rest:
        return None
    proof: Proof = {"rule": "combine", "items": reached.items()}
    return proof if bench.works(ctx, goal, proof) else None


def _accepts(ctx: Context, goal: Term) -> bool:
    return bool(goal[0] in ("=", "<=", "<"))


def _prove(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    return prove_by_adding(search.bench, ctx, goal)


def _is_an_inequality_of_numbers(ctx: Context, goal: Term) -> bool:
    return goal[0] in ("<=", "<") and ctx._compares_numbers(goal)


def _prove_at_once(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    target = ctx.normal.scalar(goal[2]) - ctx.normal.scalar(goal[1])
    return _at_once(search.bench, ctx, goal, target)


AT_ONCE = Prover("a completed square", _is_an_inequality_of_numbers, _prove_at_once)
PROVER = Prover("adding", _accepts, _prove)
