"""Two cases for a bracket [i = j] of residues in an equation: i is j, or the bracket is 0."""

from __future__ import annotations

from typing import TYPE_CHECKING

from therefore.goal import Term, to_lists
from therefore.kernel.context import Context
from therefore.kernel.terms import close, open_binder, sort_of
from therefore.provers.attempt import Proof, by_rewriting
from therefore.provers.building.matching import is_open
from therefore.provers.building.terms import subterms, template_of
from therefore.provers.prover import Prover

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["PROVER"]

DEEPEST = 2


def _accepts(ctx: Context, goal: Term) -> bool:
    return goal[0] == "=" and bool(_brackets(ctx, goal))


def _brackets(ctx: Context, goal: Term) -> list[Term]:
    """The brackets that compare a residue that has a name with another."""
    found = [t for t in subterms(goal) if t[0] == "delta" and not is_open(t)]
    return [t for t in found if _size(ctx, t[1])]


def _size(ctx: Context, term: Term) -> Term:
    sort = ctx.names.get(term, "") if isinstance(term, str) else ""
    return sort[1] if sort[:1] == ("residue",) else ""


def _prove(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    if depth > DEEPEST:
        return None
    bracket = _brackets(ctx, goal)[0]
    first, second = bracket[1:]
    label, size = f"case{len(ctx.facts)}", _size(ctx, first)
    if any(fact in ctx.facts.values() for fact in (("!=", first, second), ("=", first, second))):
        return None
    search.bench.note(f"cases: {first} is {second} or not")
    apart, zero = ctx.extended(), f"bracket{len(ctx.facts)}"
    apart.assume(label, ("!=", first, second))
    apart.assume(zero, ("=", bracket, "0"))
    without = open_binder(template := template_of(goal, bracket), "0")
    then = _with_zero(search, apart, without, depth)
    if then is None:
        return None
    then = by_rewriting(
        template, bracket, "0", {"rule": "combine", "items": [{"fact": zero}]}, then
    )
    new = second if sort_of(second, ctx.names)[0] == "residue" else ("mod", size, second)
    equal = by_rewriting(
        close(goal, first), first, new, {"rule": "assumption", "fact": label}, {"rule": "combine"}
    )
    proof: Proof = {
        "rule": "either", "on": to_lists((first, second)), "as": label, "equal": equal,
        "apart": {
            "rule": "use", "fact": "axiom:unequal_residues",
            "with": to_lists((size, first, second)), "as": zero, "then": then,
        },
    }  # fmt: skip
    return proof if search.bench.works(ctx, goal, proof) else None


def _with_zero(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    """The goal, its right side written as 0 where that is an element of a field that is 0."""
    right, sort = goal[2], sort_of(goal[2], ctx.names)
    zero = ("embed", sort[1], "0") if sort[0] == "element" else right
    if right == zero or not ctx.equal(right, zero):
        return search.prove(ctx, goal, depth + 1)
    then = search.prove(ctx, ("=", goal[1], zero), depth + 1)
    return then and by_rewriting(("=", goal[1], "#0"), right, zero, {"rule": "combine"}, then)


PROVER = Prover("cases of residues", _accepts, _prove)
