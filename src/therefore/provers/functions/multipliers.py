"""What is known for all points, at the points that a goal speaks of, with multipliers and squares.

f(u) ≥ f(v) + ⟨∇f(v), u − v⟩ + ‖∇f(u) − ∇f(v)‖²/(2L) and its like are instantiated at all pairs of
points. Multipliers of them, as few as possible, are found for which the goal's right side minus
its left side is their sum and a sum of squares (see ``gram``). The kernel adds it all up again.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from therefore.goal import Term, from_lists, to_lists
from therefore.kernel.atoms import Vector
from therefore.kernel.context import Context
from therefore.kernel.errors import Rejected
from therefore.kernel.polynomials import Monomial, Scalar, number
from therefore.provers.attempt import Proof
from therefore.provers.bench import Bench
from therefore.provers.building.candidates import Candidate
from therefore.provers.building.instances import Instances
from therefore.provers.building.matching import is_open
from therefore.provers.building.terms import subterms
from therefore.provers.building.unnormal import scalar_term, vector_term
from therefore.provers.building.vector_equations import Solved
from therefore.provers.functions import conic
from therefore.provers.functions.homogeneous import (
    Powers,
    Scaling,
    coordinates,
    parameters,
    power,
    scaled,
)
from therefore.provers.functions.with_letters import solved_with_letters
from therefore.provers.prover import Prover

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["PROVER", "multiplied"]

DEEPEST = 3


def _accepts(ctx: Context, goal: Term) -> bool:
    if goal[0] != "<=":
        return False
    heads = [term[0] for term in subterms(goal)]
    if "sum" in heads or not any(head in ("app", "gradient", "norm", "inner") for head in heads):
        return False
    facts = {term[0] for fact in ctx.facts.values() for term in subterms(fact)}
    return any(head in ("norm", "inner") for head in heads) or bool(
        facts & {"gradient", "inner"} or "gradient" in heads
    )


def _prove(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    return None if depth > DEEPEST else multiplied(search.bench, ctx, goal)


def multiplied(bench: Bench, ctx: Context, goal: Term, checked: bool = True) -> Proof | None:
    """A proof of the goal by multipliers; whether the kernel takes it may be left to be seen."""
    left, right = ctx.normal.value(goal[1]), ctx.normal.value(goal[2])
    if not isinstance(left, Scalar) or not isinstance(right, Scalar):
        return None
    known = Instances(bench, ctx, goal)
    if not conic.is_there():
        bench.note(conic.MISSING)
        return None
    bench.note("multipliers of known relations at the goal's points")
    for relations in known.tiers():
        try:
            proof = _added_up(bench, ctx, goal, right - left, relations, known, checked)
        except (Rejected, ValueError, KeyError, ZeroDivisionError):
            proof = None
        if proof is not None:
            return proof
    return None


def _added_up(
    bench: Bench,
    ctx: Context,
    goal: Term,
    target: Scalar,
    known: list[Candidate],
    at_hand: Instances,
    checked: bool,
) -> Proof | None:
    from therefore.provers.functions.gram import Relation, find

    reduced = at_hand.reduced
    brief = reduced.applied(target)
    values = [at_hand.briefly(one) for one in known]
    among = parameters(ctx.atoms, [brief, *values])
    aim = coordinates(ctx.atoms, brief, among)
    usable, numbers = [], [] if aim is None else [aim]
    for one, value in zip(known, values, strict=True):
        there = coordinates(ctx.atoms, value, among)
        if there and there not in numbers[1:]:
            usable.append(one)
            numbers.append(there)
    scaling = None if aim is None else scaled(numbers)
    if scaling is None:
        return _with_letters(bench, ctx, goal, target, known, values, reduced, at_hand, checked)
    vectors = sorted({a for m in scaling.inside for a in _pair(ctx, m)})
    halves = _halves(ctx, scaling, vectors)
    relations, owners = [], []
    for k, column in enumerate(scaling.relations):
        if column is None:
            continue
        signed = k > 0 and usable[k - 1].kind != "="
        relations.append(Relation(*_parts(ctx, column, vectors), signed))
        owners.append(k)
    found = find(relations[0], relations[1:], bench.check_time, _left(bench), bench.note)
    if found is None:
        if all(scaling.relations):
            return None
        return _with_letters(bench, ctx, goal, target, known, values, reduced, at_hand, checked)
    items = []
    rest = target
    for j, multiplier in found.multipliers.items():
        k = owners[j + 1]
        one = usable[k - 1]
        times = number(multiplier) * power(scaling.before[k], -1)
        rest = rest - at_hand.in_full(one) * times
        items.append({**one.item, "times": to_lists(scalar_term(ctx.atoms, times))})
    for weight, row in found.squares:
        item, square = _square(ctx, weight, dict(zip(vectors, row, strict=True)), halves)
        rest = rest - square
        items.append(item)
    used = [usable[owners[j + 1] - 1] for j in found.multipliers]
    return _checked(bench, ctx, goal, items, rest, used, reduced, at_hand, checked)


def _checked(
    bench: Bench,
    ctx: Context,
    goal: Term,
    items: list[dict[str, Any]],
    rest: Scalar,
    used: Sequence[Candidate],
    reduced: Solved,
    at_hand: Instances,
    checked: bool,
) -> Proof | None:
    """The items with those of the vector equations, if the kernel accepts them."""
    of_vectors = [one for one in at_hand.equations if isinstance(one.value, Vector)]
    by_equations = _by_equations(ctx, rest, reduced, of_vectors)
    if by_equations is None:
        return None
    formulas = [at_hand.written(one).formula for one in used]
    items = _as_written(ctx, formulas, items + by_equations)
    proof: Proof = {"rule": "combine", "items": items}
    return proof if not checked or bench.works(ctx, goal, proof) else None


def _with_letters(
    bench: Bench,
    ctx: Context,
    goal: Term,
    target: Scalar,
    known: list[Candidate],
    values: list[Scalar],
    reduced: Solved,
    at_hand: Instances,
    checked: bool,
) -> Proof | None:
    """Multipliers that depend on the parameters."""
    sides = [ctx.normal.scalar(side) for side in goal[1:]]
    ways = solved_with_letters(bench, ctx, reduced.applied(target), known, values, sides)
    for multiplied, squares, _ in ways:
        items, used, rest = [], [], target
        for k, more in multiplied:
            items.append({**known[k].item, **more})
            used.append(known[k])
            rest = rest - at_hand.in_full(known[k]) * ctx.normal.scalar(from_lists(more["times"]))
        for item in squares:
            items.append(item)
            vector = ctx.normal.vector(from_lists(item["square"]))
            times = ctx.normal.scalar(from_lists(item["times"]))
            rest = rest - ctx.normal.inner(vector, vector) * times
        proof = _checked(bench, ctx, goal, items, rest, used, reduced, at_hand, checked)
        if proof is not None:
            return proof
    return None


def _left(bench: Bench) -> Callable[[], float]:
    return lambda: bench.deadline - time.monotonic()


def _pair(ctx: Context, monomial: Monomial) -> tuple[int, ...]:
    """The two vectors of which the monomial is the inner product."""
    if len(monomial) == 1 and monomial[0][1] == 1:
        row = ctx.atoms.rows[monomial[0][0]]
        if row.head == "inner":
            return tuple(a for a in row.arguments if isinstance(a, int))
    return ()


def _parts(
    ctx: Context, column: dict[Monomial, Fraction], vectors: list[int]
) -> tuple[dict[Any, Fraction], list[list[Fraction]]]:
    """The linear part and the quadratic form."""
    linear: dict[Any, Fraction] = {}
    zero, place = Fraction(0), {a: i for i, a in enumerate(vectors)}
    form = [[zero] * len(vectors) for _ in vectors]
    for monomial, value in column.items():
        pair = _pair(ctx, monomial)
        if not pair:
            linear[monomial] = value
            continue
        i, j = (place[a] for a in pair)
        form[i][j] += value / 2
        form[j][i] += value / 2
    return linear, form


def _halves(ctx: Context, scaling: Scaling, vectors: list[int]) -> dict[int, Powers]:
    """Twice the powers that stand before each vector. Raises ``ValueError`` if they do not fit."""
    twice = {}
    for monomial, powers in scaling.inside.items():
        pair = _pair(ctx, monomial)
        if pair and pair[0] == pair[1]:
            twice[pair[0]] = dict(powers)
    for monomial, powers in scaling.inside.items():
        pair = _pair(ctx, monomial)
        if pair and all(a in twice for a in pair):
            for p in {p for a in pair for p in twice[a]} | {p for p, _ in powers}:
                if 2 * dict(powers).get(p, 0) != sum(twice[a].get(p, 0) for a in pair):
                    raise ValueError("the powers of two vectors do not fit")
    return {a: tuple(sorted(powers.items())) for a, powers in twice.items()}


def _square(
    ctx: Context, weight: Fraction, row: dict[int, Fraction], halves: dict[int, Powers]
) -> tuple[dict[str, Any], Scalar]:
    """The item of a weighted square, and its value; the first vector keeps its coefficient."""
    present = [a for a, c in row.items() if c]
    first = dict(halves[present[0]])
    parts = {}
    for a in present:
        its = dict(halves[a])
        apart = {p: first.get(p, 0) - its.get(p, 0) for p in {*first, *its}}
        if any(e % 2 for e in apart.values()):
            raise ValueError("a root of a parameter")
        parts[a] = number(row[a]) * power(tuple(sorted((p, e // 2) for p, e in apart.items() if e)))
    times = number(weight) * power(halves[present[0]], -1)
    vector = Vector(parts)
    item = {
        "square": to_lists(vector_term(ctx.atoms, vector, "1")),
        "times": to_lists(scalar_term(ctx.atoms, times)),
    }
    return item, ctx.normal.inner(vector, vector) * times


def _by_equations(
    ctx: Context, rest: Scalar, reduced: Solved, equations: Sequence[Candidate]
) -> list[dict[str, Any]] | None:
    """Items of vector equations that add up to the rest."""
    if not ctx.atoms.is_zero(reduced.applied(rest)):
        return None
    items = []
    for k, vector in sorted(reduced.by_equations(rest).items()):
        times = vector_term(ctx.atoms, vector, equations[k].sort[1])
        items.append({**equations[k].item, "times": to_lists(times)})
    return items


def _as_written(
    ctx: Context, used: Sequence[Term], items: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """The items with gradients at points that are written as in the relations used."""
    table: dict[Term, Term] = {}
    for term in (term for relation in used for term in subterms(relation)):
        if term[0] == "gradient" and len(term) == 3 and not is_open(term):
            there = ctx.normal.vector(term)
            table[vector_term(ctx.atoms, there, "1")] = term
    return [
        {
            key: value if key in ("with", "conditions") else _replaced(value, table)
            for key, value in item.items()
        }
        for item in items
    ]


def _replaced(data: Any, table: dict[Term, Term]) -> Any:
    if not isinstance(data, list):
        return data
    known = table.get(from_lists(data))
    return to_lists(known) if known else [_replaced(part, table) for part in data]


PROVER = Prover("multipliers", _accepts, _prove)
