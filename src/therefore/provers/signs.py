"""Cases: the signs of what stands in absolute values, or of what the author names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from therefore.goal import Term, to_lists
from therefore.kernel.context import Context
from therefore.provers.attempt import Proof
from therefore.provers.candidates import subterms
from therefore.provers.matching import is_open
from therefore.provers.prover import RELATIONS, Prover

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["PROVER"]


def _accepts(ctx: Context, goal: Term) -> bool:
    return bool(goal[0] in RELATIONS)


def _prove(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    """Split on the signs of what stands in absolute values, or of the author's cases."""
    if depth > 3:
        return None
    inside = [t[1] for t in subterms(goal) if t[0] == "abs" and not is_open(t[1])]
    for term in [*search.bench.hints.cases, *dict.fromkeys(inside)]:
        if any(f in ctx.facts.values() for f in _sign_facts(term)):
            continue
        proof: Proof = {"rule": "cases", "on": [to_lists(term), "0"]}
        proof["as"] = f"sign{len(ctx.facts)}"
        for branch, fact in zip(("less", "equal", "greater"), _sign_facts(term), strict=True):
            inner = ctx.extended()
            inner.assume(proof["as"], fact)
            found = search.prove(inner, goal, depth + 1)
            if found is None:
                break
            proof[branch] = found
        else:
            return proof
    return None


def _sign_facts(term: Term) -> tuple[Term, Term, Term]:
    return ("<", term, "0"), ("=", term, "0"), ("<", "0", term)


PROVER = Prover("cases", _accepts, _prove)
