"""What is known of ⌊u⌋, and of integers that a relation holds apart.

⌊u⌋ ≤ u < ⌊u⌋ + 1 are axioms; for u = a/b with 0 < b they are multiplied by b, and so is what is
known of ⌊u⌋. For integers
a ≤ b follows from a < b + 1, and a = b from a ≤ b and b ≤ a. A relation with a factor, t·s < q·s
for 0 < s, is divided by it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from therefore.goal import Term, to_lists
from therefore.kernel.context import Context
from therefore.kernel.terms import fits, sort_of
from therefore.provers.attempt import Proof, with_steps
from therefore.provers.building.matching import is_open
from therefore.provers.building.terms import subterms
from therefore.provers.prover import Prover
from therefore.provers.relations.adding import prove_by_adding

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["PROVER"]

RELATIONS = ("=", "<=", "<")
DEEPEST = 6


def _accepts(ctx: Context, goal: Term) -> bool:
    if goal[0] not in RELATIONS or not fits(sort_of(goal[1], ctx.names), "real"):
        return False
    return bool(_whole_parts(ctx, goal))


def _whole_parts(ctx: Context, goal: Term) -> list[Term]:
    """The arguments of the whole parts of which the goal and the facts speak."""
    found: dict[Term, None] = {}
    for formula in (goal, *ctx.facts.values()):
        for term in subterms(formula):
            if term[0] == "floor" and not is_open(term):
                found[term[1]] = None
    return list(found)


def _prove(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    if depth > DEEPEST:
        return None
    search.bench.note("whole parts of numbers")
    inner, steps = ctx.extended(), []
    for inside in _whole_parts(ctx, goal):
        for fact, proof in (*_bounds(ctx, inside), *_multiplied(ctx, inside)):
            if fact not in inner.facts.values() and search.bench.works(inner, fact, proof):
                label = f"whole{len(inner.facts)}"
                inner.assume(label, fact)
                steps.append((label, fact, proof))
        steps += _not_negative(search, inner, inside)
    found = _of_integers(search, inner, goal, depth)
    if found is not None and not search.bench.works(inner, goal, found):
        found = None
    if found is None and steps:
        found = prove_by_adding(search.bench, inner, goal) or search.prove(inner, goal, depth + 1)
    return with_steps(steps, found)


def _not_negative(search: Search, ctx: Context, inside: Term) -> list[tuple[str, Term, Proof]]:
    """0 ≤ ⌊a/b⌋ where 0 ≤ a is plain: so is the range of a sum that ends there."""
    over = inside[1] if inside[0] == "/" else inside
    fact = ("<=", "0", ("floor", inside))
    if fact in ctx.facts.values() or not ctx.holds(("<=", "0", over)):
        return []
    proof = _below_the_next(search, ctx, fact)
    if proof is None or not search.bench.works(ctx, fact, proof):
        return []
    label = f"whole{len(ctx.facts)}"
    ctx.assume(label, fact)
    return [(label, fact, proof)]


def _of_integers(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    if goal[0] == "<":
        return _divided(search, ctx, goal)
    if not all(fits(sort_of(side, ctx.names), "integer") for side in goal[1:]):
        return None
    if goal[0] == "<=":
        return _below_the_next(search, ctx, goal)
    return _from_both_sides(search, ctx, goal, depth)


def _bounds(ctx: Context, inside: Term) -> Iterator[tuple[Term, Proof]]:
    """⌊a/b⌋ ≤ a/b < ⌊a/b⌋ + 1, and the same times b."""
    whole: Term = ("floor", inside)
    above: Term = ("+", whole, "1")
    for name, relation in (
        ("floor_below", ("<=", whole, inside)), ("floor_above", ("<", inside, above)),
    ):  # fmt: skip
        item: Proof = {"fact": f"axiom:{name}", "with": [to_lists(inside)]}
        yield relation, {"rule": "combine", "items": [item]}
        if inside[0] == "/" and ctx.holds(("<", "0", inside[2])):
            over, under = inside[1:]
            sides = [over if side == inside else ("*", side, under) for side in relation[1:]]
            times = {**item, "times": to_lists(under)}
            yield (relation[0], *sides), {"rule": "combine", "items": [times]}


def _multiplied(ctx: Context, inside: Term) -> Iterator[tuple[Term, Proof]]:
    """t·b ≤ ⌊a/b⌋·b from t ≤ ⌊a/b⌋, for 0 < b."""
    whole: Term = ("floor", inside)
    if inside[0] == "/" and ctx.holds(("<", "0", inside[2])):
        for label, fact in ctx.facts.items():
            if fact[0] in ("<=", "<") and whole in fact[1:]:
                item = {"fact": label, "times": to_lists(inside[2])}
                sides = (("*", side, inside[2]) for side in fact[1:])
                yield (fact[0], *sides), {"rule": "combine", "items": [item]}


def _divided(search: Search, ctx: Context, goal: Term) -> Proof | None:
    """a < b from a·s < b·s, for the positive s by which whole parts are divided."""
    for inside in _whole_parts(ctx, goal):
        if inside[0] != "/" or not ctx.holds(("<", "0", inside[2])):
            continue
        factor = inside[2]
        fact = ("<", *(("*", side, factor) for side in goal[1:]))
        proof = prove_by_adding(search.bench, ctx, fact)
        if proof is not None:
            label = f"times{len(ctx.facts)}"
            item = {"fact": label, "times": to_lists(("/", "1", factor))}
            return with_steps([(label, fact, proof)], {"rule": "combine", "items": [item]})
    return None


def _below_the_next(search: Search, ctx: Context, goal: Term) -> Proof | None:
    """a ≤ b from a < b + 1, for integers."""
    _, low, high = goal
    relation: Term = ("<", low, ("+", high, "1"))
    item: Proof = {"fact": "axiom:integer_gap", "with": to_lists(relation[1:])}
    if not ctx.holds(relation):
        strict = _divided(search, ctx, relation) or prove_by_adding(search.bench, ctx, relation)
        if strict is None:
            return None
        item["conditions"] = [strict]
    return {"rule": "combine", "items": [item]}


def _from_both_sides(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    """a = b from a ≤ b and b ≤ a: each of a < b and b < a contradicts one of them."""
    if search.bench.works(ctx, goal, at_once := {"rule": "combine"}):
        return at_once
    steps = []
    for k, sides in enumerate((goal[1:], goal[:0:-1])):
        side = ("<=", *sides)
        proof = _below_the_next(search, ctx, side)
        if proof is None or not search.bench.works(ctx, side, proof):
            proof = search.prove(ctx, side, depth + 1)
        if proof is None:
            return None
        steps.append((f"side{k}_{len(ctx.facts)}", ("<=", *sides), proof))
    apart = f"apart{len(ctx.facts)}"
    branches: dict[str, Proof] = {"equal": {"rule": "combine", "items": [{"fact": apart}]}}
    for branch, (label, _, _) in zip(("greater", "less"), steps, strict=True):
        items = [{"fact": apart}, {"fact": label}]
        branches[branch] = {
            "rule": "suppose", "as": f"un{apart}", "then": {"rule": "combine", "items": items},
        }  # fmt: skip
    return with_steps(steps, {"rule": "cases", "on": to_lists(goal[1:]), "as": apart, **branches})


PROVER = Prover("whole parts", _accepts, _prove)
