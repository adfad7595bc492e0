"""A lemma that says just this, its names read as they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from therefore.goal import Term
from therefore.kernel.context import Context
from therefore.kernel.terms import open_binder
from therefore.provers.attempt import Proof
from therefore.provers.prover import Prover

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["PROVER"]


def _accepts(ctx: Context, goal: Term) -> bool:
    return True


def _prove(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    """The goal is what a lemma says, its names read as they stand."""
    for source in search.bench.sources:
        formula, terms = source.formula, []
        for name in source.names:
            if formula[0] != "forall" or ctx.names.get(name) != formula[1]:
                break
            terms.append(name)
            formula = open_binder(formula[2], name)
        else:
            premises = []
            while formula != goal and formula[0] == "implies":
                premises.append(formula[1])
                formula = formula[2]
            if formula != goal or formula[0] == "implies":
                continue
            conditions = _conditions(search, ctx, premises, depth)
            if conditions is not None:
                return {
                    "rule": "use", "fact": source.reference, "with": terms,
                    "conditions": conditions, "as": "cited",
                    "then": {"rule": "assumption", "fact": "cited"},
                }  # fmt: skip
    return None


def _conditions(
    search: Search, ctx: Context, premises: list[Term], depth: int
) -> list[Proof] | None:
    proofs = []
    for premise in premises:
        if not ctx.holds(premise):
            proof = search.prove(ctx, premise, depth + 3)
            if proof is None:
                return None
            proofs.append(proof)
    return proofs


PROVER = Prover("lemma", _accepts, _prove)
