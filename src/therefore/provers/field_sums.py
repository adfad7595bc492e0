"""Sums over residues of elements of a field: Σ_k g(k) = Σ_k g(e − k), and ΣΣ in the other order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from therefore.goal import Term, to_lists
from therefore.kernel.context import Context
from therefore.kernel.terms import sort_of
from therefore.provers.attempt import Proof
from therefore.provers.candidates import subterms
from therefore.provers.matching import is_open
from therefore.provers.prover import Prover
from therefore.provers.reindexing import offsets

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["PROVER"]


def _accepts(ctx: Context, goal: Term) -> bool:
    return goal[0] == "=" and sort_of(goal[1], ctx.names)[0] == "element"


def _prove(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    field = sort_of(goal[1], ctx.names)[1]
    search.bench.note("reordering a sum over residues")
    for axiom, values in _instances(ctx, goal, field):
        for times in ("1", "-1"):
            item = {"fact": f"axiom:{axiom}", "with": to_lists(values), "times": times}
            proof: Proof = {"rule": "combine", "items": [item]}
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
