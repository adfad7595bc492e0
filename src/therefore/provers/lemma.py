"""A lemma that says just this, its names read as they stand or as other terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from therefore.goal import Term, to_lists
from therefore.kernel.context import Context
from therefore.kernel.terms import open_binder, reduced, substitute
from therefore.provers.attempt import Proof
from therefore.provers.candidates import HOLE
from therefore.provers.matching import match_formula
from therefore.provers.prover import Prover

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["AT_OTHER_TERMS", "PROVER"]


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


def _prove_at_other_terms(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    """The goal is what a lemma, or a fact, says of other terms than its own."""
    known = [(source.reference, source.formula) for source in search.bench.sources]
    known += [(label, fact) for label, fact in ctx.facts.items() if fact[0] == "forall"]
    for reference, formula in known:
        wanted, premises = dict[str, Term](), list[Term]()
        while formula[0] in ("forall", "implies"):
            if formula[0] == "forall":
                hole = f"{HOLE}{len(wanted)}"
                wanted[hole] = formula[1]
                formula = open_binder(formula[2], hole)
            else:
                premises.append(formula[1])
                formula = formula[2]
        values = match_formula(formula, goal, wanted, {}) if wanted else None
        if values is None or values.keys() != wanted.keys():
            continue
        said = [reduced(substitute(one, values), ctx.names) for one in (*premises, formula)]
        conditions = _conditions(search, ctx, said[:-1], depth)
        proof: Proof = {
            "rule": "use", "fact": reference,
            "with": [to_lists(values[hole]) for hole in wanted], "conditions": conditions,
            "as": "cited", "then": {"rule": "assumption", "fact": "cited"},
        }  # fmt: skip
        if conditions is not None and search.bench.works(ctx, goal, proof):
            return proof
    return None


PROVER = Prover("lemma", _accepts, _prove)
AT_OTHER_TERMS = Prover("lemma at other terms", _accepts, _prove_at_other_terms)
