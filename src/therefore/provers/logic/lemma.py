"""A lemma that says just this, its names read as they stand or as other terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from therefore.goal import Term, to_lists
from therefore.kernel.context import Context
from therefore.kernel.errors import Rejected
from therefore.kernel.terms import open_binder, reduced, sort_of, substitute
from therefore.provers.attempt import Proof
from therefore.provers.building.matching import match_formula
from therefore.provers.building.terms import HOLE
from therefore.provers.logic.defined import proofs_of_definedness_of_a_term
from therefore.provers.logic.introduction import introduced, introducing
from therefore.provers.prover import Prover

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["AT_ONCE", "AT_OTHER_TERMS", "PROVER"]


def _accepts(ctx: Context, goal: Term) -> bool:
    return True


def _prove(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    """The goal is what a lemma says, its names read as they stand."""
    return _as_it_stands(search, ctx, goal, depth)


def _as_it_stands(search: Search, ctx: Context, goal: Term, depth: int | None) -> Proof | None:
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
    search: Search, ctx: Context, premises: list[Term], depth: int | None
) -> list[Proof] | None:
    """Proofs of the premises that inspection does not see; without a depth there are none."""
    proofs = []
    for premise in premises:
        if not ctx.holds(premise):
            proof = None if depth is None else search.prove(ctx, premise, depth + 3)
            if proof is None:
                return None
            proofs.append(proof)
    return proofs


def _prove_at_other_terms(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    """The goal is what a lemma, or a fact, says of other terms than its own."""
    return _at_other_terms(search, ctx, goal, depth)


def _has_no_relation_outside(ctx: Context, goal: Term) -> bool:
    return goal[0] in ("forall", "implies", "and")


def _prove_at_once(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    """∀x (α → φ), each part of it, is what a lemma says of x, where its premises are known."""
    if goal[0] == "and":
        proofs = [_prove_at_once(search, ctx, part, depth) for part in goal[1:]]
        return None if None in proofs else {"rule": "split", "parts": proofs}
    as_it_stands = _as_it_stands(search, ctx, goal, None)
    if as_it_stands is not None:
        return as_it_stands
    inner, names, labels, rest = introduced(ctx, goal, all_of_it=True)
    then = _at_other_terms(search, inner, rest, None)
    return then and introducing(search, ctx, goal, names, labels, then, depth)


def _at_other_terms(
    search: Search, ctx: Context, goal: Term, depth: int | None
) -> Proof | None:
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
        values = values and _with_sizes(ctx, wanted, values)
        if values is None or values.keys() != wanted.keys():
            continue
        said = [reduced(substitute(one, values), ctx.names) for one in (*premises, formula)]
        conditions = _conditions(search, ctx, said[:-1], depth)
        if conditions is None:
            continue
        terms = [values[hole] for hole in wanted]
        defined = [] if depth is None else _defined(search, ctx, terms, depth)
        if defined is None:
            continue
        proof: Proof = {
            "rule": "use", "fact": reference,
            "with": [to_lists(term) for term in terms],
            "conditions": [*defined, *conditions],
            "as": "cited", "then": {"rule": "assumption", "fact": "cited"},
        }  # fmt: skip
        if search.bench.works(ctx, goal, proof):
            return proof
    return None


def _defined(
    search: Search, ctx: Context, terms: list[Term], depth: int
) -> list[Proof] | None:
    """Proofs that the terms are defined; the kernel asks for them before the premises."""
    try:
        each = [proofs_of_definedness_of_a_term(search, ctx, one, depth + 3) for one in terms]
    except Rejected:
        return None
    return [proof for proofs in each for proof in proofs]


def _with_sizes(ctx: Context, wanted: dict[str, Term], values: dict[str, Term]) -> dict[str, Term]:
    """The values, and those of sizes that only the sorts of the values tell."""
    for hole, value in list(values.items()):
        try:
            sort = sort_of(value, ctx.names)
        except (Rejected, KeyError):
            continue
        values = match_formula(wanted[hole], sort, wanted, values) or values
    return values


PROVER = Prover("lemma", _accepts, _prove)
AT_ONCE = Prover("lemma at once", _has_no_relation_outside, _prove_at_once)
AT_OTHER_TERMS = Prover("lemma at other terms", _accepts, _prove_at_other_terms)
