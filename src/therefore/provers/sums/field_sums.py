"""Equations in a field: Σ_k g(k) = Σ_k g(e − k), ΣΣ in the other order, sums of known equations."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product
from typing import TYPE_CHECKING

from therefore.goal import Term, to_lists
from therefore.kernel.context import Context
from therefore.kernel.fields import is_element
from therefore.kernel.polynomials import Scalar, number
from therefore.kernel.terms import sort_of
from therefore.provers.attempt import Proof
from therefore.provers.building.candidates import candidates
from therefore.provers.building.matching import is_open
from therefore.provers.building.terms import subterms
from therefore.provers.prover import Prover
from therefore.provers.sums.reindexing import offsets

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["PROVER"]

MOST_EQUATIONS, MOST_ADDED = 12, 3


def _accepts(ctx: Context, goal: Term) -> bool:
    return goal[0] == "=" and is_element(sort_of(goal[1], ctx.names))


def _prove(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    field = sort_of(goal[1], ctx.names)[1]
    search.bench.note("reordering a sum over residues")
    for axiom, values in _instances(ctx, goal, field):
        for times in ("1", "-1"):
            item = {"fact": f"axiom:{axiom}", "with": to_lists(values), "times": times}
            proof: Proof = {"rule": "combine", "items": [item]}
            if search.bench.works(ctx, goal, proof):
                return proof
    return _added_up(search, ctx, goal)


def _added_up(search: Search, ctx: Context, goal: Term) -> Proof | None:
    """The equation as a sum of at most three known ones, each taken once or taken away."""
    target = ctx.normal.scalar(goal[2]) - ctx.normal.scalar(goal[1])
    known = [
        (c.item, c.value) for c in candidates(search.bench, ctx, goal, 1)
        if c.kind == "=" and c.sort == sort_of(goal[1], ctx.names) and isinstance(c.value, Scalar)
    ][:MOST_EQUATIONS]  # fmt: skip
    for count in range(1, MOST_ADDED + 1):
        for chosen in combinations(known, count):
            search.bench.check_time()
            for signs in product((1, -1), repeat=count):
                rest = target
                for sign, (_, value) in zip(signs, chosen, strict=True):
                    rest = rest - value * number(sign)
                if ctx.atoms.is_zero(rest):
                    items = [
                        {**item, "times": str(sign)}
                        for sign, (item, _) in zip(signs, chosen, strict=True)
                    ]
                    proof: Proof = {"rule": "combine", "items": items}
                    if search.bench.works(ctx, goal, proof):
                        return proof
    return None


def _instances(ctx: Context, goal: Term, field: Term) -> Iterator[tuple[str, tuple[Term, ...]]]:
    sums = [t for t in subterms(goal) if t[0] == "sum_mod" and not is_open(t)]
    for _, size, body in dict.fromkeys(sums):
        function = ("lambda", ("residue", size), body)
        if body[0] == "sum_mod" and body[1] == size:
            of_two = ("lambda", ("residue", size), ("lambda", ("residue", size), body[2]))
            yield "swapped_sums_in_a_field", (field, size, of_two)
        for offset in offsets(ctx, size):
            yield "reflected_sum_in_a_field", (field, size, function, offset)


PROVER = Prover("sums in a field", _accepts, _prove)
