"""Σ_k g(k) = Σ_k g(e ± k) over all residues, and Σ_k g(k) = Σ_{k=0}^{n−1} g(k)."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

from therefore.goal import Term, to_lists
from therefore.kernel.context import Context
from therefore.kernel.polynomials import atom
from therefore.kernel.terms import sort_of
from therefore.provers.attempt import Proof
from therefore.provers.building.matching import is_open
from therefore.provers.building.terms import leaves, subterms
from therefore.provers.building.unnormal import scalar_term
from therefore.provers.prover import Prover

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["PROVER", "offsets"]


def _accepts(ctx: Context, goal: Term) -> bool:
    return goal[0] == "=" and sort_of(goal[1], ctx.names) in ("real", "integer")


def _prove(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    """Σ_k g(k) = Σ_k g(e ± k) for the sums of the goal's left side and simple offsets e."""
    sums = list(dict.fromkeys(_residue_sums(ctx, goal[1]) + _residue_sums(ctx, goal[2])))
    if not sums:
        return None
    search.bench.note("reindexing a sum over residues")
    for size, body in sums:
        function = ("lambda", ("residue", size), body)
        for times in ("1", "-1"):
            item = {
                "fact": "axiom:sum_over_residues", "with": to_lists((size, function)),
                "times": times,
            }  # fmt: skip
            spelled: Proof = {"rule": "combine", "items": [item]}
            if search.bench.works(ctx, goal, spelled):
                return spelled
    for size, body in sums:
        for axiom in ("reflected_sum", "shifted_sum"):
            for offset in sorted(offsets(ctx, size), key=lambda e: _strangers(e, goal)):
                proof: Proof = {
                    "rule": "use", "fact": f"axiom:{axiom}", "as": "reindexed",
                    "with": to_lists((size, ("lambda", ("residue", size), body), offset)),
                    "then": {"rule": "combine", "items": [{"fact": "reindexed", "times": "-1"}]},
                }  # fmt: skip
                for times in ("1", "-1"):
                    proof["then"] = {
                        "rule": "combine", "items": [{"fact": "reindexed", "times": times}],
                    }  # fmt: skip
                    if search.bench.works(ctx, goal, proof):
                        return proof
    return None


def _residue_sums(ctx: Context, side: Term) -> list[tuple[str, Term]]:
    """The sums over residues of a side and in its normal form: (modulus, body)."""
    value = ctx.normal.scalar(side)
    found = [(t[1], t[2]) for t in subterms(side) if t[0] == "sum_mod" and not is_open(t)]
    for monomial in value.over:
        for index, _ in monomial:
            if ctx.atoms.rows[index].head == "sum_mod":
                _, size, body = scalar_term(ctx.atoms, atom(index))
                found.append((size, body))
    return found


def _strangers(offset: Term, goal: Term) -> int:
    """How many names of an offset the goal does not speak of: such offsets are tried last."""
    return len(set(leaves(offset)) - set(leaves(goal)))


def offsets(ctx: Context, size: Term) -> list[Term]:
    """Residues e to try: the declared ones, their sums and differences."""
    names = [name for name, sort in ctx.names.items() if sort == ("residue", size)]
    pairs = [("+", a, b) for a, b in permutations(names, 2)]
    gaps = [("+", a, ("-", b)) for a, b in permutations(names, 2)]
    return [*pairs, *gaps, *names, "0", "1", "-1"]


PROVER = Prover("reindexing", _accepts, _prove)
