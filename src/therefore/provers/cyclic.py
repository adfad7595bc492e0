"""Tactics for indices modulo n: reindexed sums, and matrix equations used entry by entry."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

from therefore.goal import Term, to_lists
from therefore.kernel.context import Context
from therefore.kernel.errors import Rejected
from therefore.kernel.terms import sort_of
from therefore.provers.attempt import Proof
from therefore.provers.bench import Bench
from therefore.provers.candidates import subterms
from therefore.provers.unnormal import scalar_term

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["prove_by_entries_of_facts", "prove_by_reindexing"]


def prove_by_reindexing(bench: Bench, ctx: Context, goal: Term) -> Proof | None:
    """Σ_k g(k) = Σ_k g(e ± k) for the sums of the goal's left side and simple offsets e."""
    if goal[0] != "=" or sort_of(goal[1], ctx.names) not in ("real", "integer"):
        return None
    sums = _residue_sums(ctx, goal[1])
    if not sums:
        return None
    bench.note("reindexing a sum over residues")
    for size, body in sums:
        for axiom in ("reflected_sum", "shifted_sum"):
            for offset in _offsets(ctx, size):
                proof: Proof = {
                    "rule": "use", "fact": f"axiom:{axiom}", "as": "reindexed",
                    "with": to_lists((size, ("lambda", ("residue", size), body), offset)),
                    "then": {"rule": "combine", "items": [{"fact": "reindexed", "times": "-1"}]},
                }  # fmt: skip
                for times in ("1", "-1"):
                    proof["then"] = {
                        "rule": "combine", "items": [{"fact": "reindexed", "times": times}],
                    }  # fmt: skip
                    if bench.works(ctx, goal, proof):
                        return proof
    return None


def _residue_sums(ctx: Context, side: Term) -> list[tuple[str, Term]]:
    """The sums over residues in the normal form of a side: (modulus, body)."""
    value = ctx.normal.scalar(side)
    found = []
    for monomial in value.over:
        for index, _ in monomial:
            if ctx.atoms.rows[index].head == "sum_mod":
                from therefore.kernel.polynomials import atom

                _, size, body = scalar_term(ctx.atoms, atom(index))
                found.append((size, body))
    return found


def _offsets(ctx: Context, size: Term) -> list[Term]:
    """Residues e to try: the declared ones, their sums and differences."""
    names = [name for name, sort in ctx.names.items() if sort == ("residue", size)]
    pairs = [("+", a, b) for a, b in permutations(names, 2)]
    gaps = [("+", a, ("-", b)) for a, b in permutations(names, 2)]
    return [*pairs, *gaps, *names]


def prove_by_entries_of_facts(
    search: Search, ctx: Context, goal: Term, depth: int
) -> Proof | None:
    """Read a matrix equation among the facts at places like those of the goal."""
    if goal[0] != "=" or not any(t[0] == "entry" for t in subterms(goal)):
        return None
    for label, fact in ctx.facts.items():
        if fact[0] != "=" or sort_of(fact[1], ctx.names)[0] != "matrix":
            continue
        _, rows, columns = sort_of(fact[1], ctx.names)
        for i in _places(ctx, rows):
            for j in _places(ctx, columns):
                inner = ctx.extended()
                read = f"entry{len(ctx.facts)}"
                try:
                    inner.assume(read, ("=", ("entry", fact[1], i, j), ("entry", fact[2], i, j)))
                except Rejected:
                    continue
                for times in ("1", "-1"):
                    then: Proof = {"rule": "combine", "items": [{"fact": read, "times": times}]}
                    if search.bench.works(inner, goal, then):
                        return {
                            "rule": "entry_of", "fact": label, "at": to_lists((i, j)),
                            "as": read, "then": then,
                        }  # fmt: skip
    return None


def _places(ctx: Context, size: Term) -> list[Term]:
    names = [name for name, sort in ctx.names.items() if sort == ("residue", size)]
    return [p for n in names for p in (n, ("+", n, "1"), ("+", n, ("-", "1")))]
