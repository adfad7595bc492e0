"""Certificates at concrete values: counterexamples, and witnesses that hypotheses can hold."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from typing import Any

from therefore.goal import Goal, Term, to_lists
from therefore.kernel import FORMAT, accept, goal_hash
from therefore.kernel.context import Context
from therefore.kernel.door import _instance
from therefore.kernel.errors import Rejected
from therefore.kernel.proofs import obligations
from therefore.kernel.terms import negation, open_binder, substitute
from therefore.provers.at_values.closed_relations import by_other_value, prove_closed_relation
from therefore.provers.at_values.tried_values import tried_values
from therefore.provers.at_values.ways import (
    all_of,
    by_inverse,
    by_kernel_vector,
    definedness,
    of_all,
    with_slopes,
)
from therefore.provers.attempt import Proof
from therefore.provers.bench import Bench, OutOfTime, goal_of
from therefore.provers.logic.introduction import introduced
from therefore.provers.prover import RELATIONS
from therefore.provers.search import Search
from therefore.task import Hints

__all__ = ["certify_refutation", "certify_witness"]

BUDGET = 5.0


def certify_refutation(
    goal: Goal, values: Mapping[str, Term], *, budget: float = BUDGET
) -> dict[str, Any] | None:
    """A certificate that the goal fails, or is undefined, at the values; None if none is found."""
    found = _at_values(goal, values, budget)
    if found is None:
        return None
    search, ctx, fitted, proofs, conclusion = found
    try:
        ending = _failure(search, ctx, conclusion)
    except OutOfTime:
        return None
    if ending is None:
        return None
    text = goal.to_text()
    certificate = {
        "format": FORMAT, "goal": goal_hash(text), "kind": "refutation",
        "values": fitted, "hypotheses": proofs, "conclusion": ending,
    }  # fmt: skip
    try:
        accept(text, json.dumps(certificate))
    except Rejected:
        return None
    return certificate


def certify_witness(
    goal: Goal, values: Mapping[str, Term], *, budget: float = BUDGET
) -> dict[str, Any] | None:
    """The ``witness`` part of a certificate: values, and a proof of each hypothesis there."""
    found = _at_values(goal, values, budget)
    return None if found is None else {"values": found[2], "proofs": found[3]}


def _at_values(
    goal: Goal, values: Mapping[str, Term], budget: float
) -> tuple[Search, Context, dict[str, Any], list[Proof], Term] | None:
    """The goal at the values, with a proof of each hypothesis; None if one is not found."""
    fitted = {
        name: to_lists(_fitted(values[name], sort))
        for name, sort in goal.declarations
        if name in values
    }
    try:
        ctx, hypotheses, conclusion = _instance(goal_of(goal.to_text()), fitted)
    except Rejected:
        return None
    search = Search(Bench((), Hints(), time.monotonic() + budget))
    try:
        proofs = all_of(search, ctx, hypotheses, prove_concrete)
    except OutOfTime:
        return None
    return None if proofs is None else (search, ctx, fitted, proofs, conclusion)


def _fitted(value: Term, sort: Term) -> Term:
    """A table over residues is a cycle to the kernel."""
    if sort[0] == "function" and sort[1][0][0] == "residue" and value[0] == "table":
        return ("cycle", *value[2:])
    return value


def prove_concrete(search: Search, ctx: Context, formula: Term) -> Proof | None:
    """A closed formula: ranges and residues written out, the rest by the usual search."""
    head = formula[0]
    if head == "forall":
        instances = _instances(ctx, formula)
        if instances is not None:
            return of_all("enumerate", "proofs", all_of(search, ctx, instances, prove_concrete))
    if head in ("forall", "implies"):
        return _introduced(search, ctx, formula) or search.prove(ctx, formula)
    if head == "and":
        parts = all_of(search, ctx, list(formula[1:]), prove_concrete)
        return of_all("split", "parts", parts)
    if head == "or":
        return _by_one_part(search, ctx, formula)
    if head == "exists":
        return _by_candidates(search, ctx, formula)
    if head == "not":
        return _denied(search, ctx, formula)
    if head == "invertible":
        return by_inverse(search, ctx, formula)
    if head == "differentiable":
        proof = {"rule": "everywhere", "name": "x"}
        return proof if search.bench.works(ctx, formula, proof) else None
    if head in RELATIONS:
        return prove_closed_relation(search, ctx, formula)
    return search.prove(ctx, formula)


def _introduced(search: Search, ctx: Context, formula: Term) -> Proof | None:
    """∀ by a new name, → by a new fact; below them the formula is taken apart as well."""
    inner, names, labels, formula = introduced(ctx, formula, all_of_it=True, wish="any")
    if formula[0] not in ("and", "or", "implies", "exists", "not"):
        return None
    then = prove_concrete(search, inner, formula)
    return then and {"rule": "intro", "names": names, "labels": labels, "then": then}


def _by_one_part(search: Search, ctx: Context, formula: Term) -> Proof | None:
    """One part of a disjunction, where all of them are defined."""
    return with_slopes(search, ctx, formula, _chosen)


def _chosen(search: Search, ctx: Context, formula: Term) -> Proof | None:
    for k, part in enumerate(formula[1:], 1):
        proof = prove_concrete(search, ctx, part)
        if proof is None:
            continue
        chosen: Proof = {"rule": "choose", "part": str(k), "proof": proof}
        if search.bench.works(ctx, formula, chosen):
            return chosen
        defined = definedness(search, ctx, formula, prove_concrete)
        if defined and search.bench.works(ctx, formula, {**chosen, "defined": defined}):
            return {**chosen, "defined": defined}
    return None


def _denied(search: Search, ctx: Context, formula: Term) -> Proof | None:
    """¬φ by what it means that φ is false; for limits and derivatives by another value."""
    inside = formula[1]
    if inside[0] == "invertible":
        return by_kernel_vector(search, ctx, formula)
    opposite = negation(inside)
    if opposite != formula:
        then = prove_concrete(search, ctx, opposite)
        if then is not None:
            return {"rule": "deny", "proof": then}
    return search.prove(ctx, formula) or by_other_value(search, ctx, formula)


def _instances(ctx: Context, formula: Term) -> list[Term] | None:
    """What a ∀ over a written-out range or over residues says, one by one."""
    sort, body = formula[1:]
    if sort[0] == "residue" and sort[1].isdigit():
        return [open_binder(body, ("mod", sort[1], str(k))) for k in range(int(sort[1]))]
    if sort != "integer":
        return None
    name = ctx.fresh("m")
    opened = open_binder(body, name)
    if opened[0] != "implies" or opened[2][0] != "implies":
        return None
    first, last = opened[1], opened[2][1]
    if first[0] != "<=" or first[2] != name or last[:2] != ("<=", name):
        return None
    low, high = ctx.normal.scalar(first[1]).constant(), ctx.normal.scalar(last[2]).constant()
    if low is None or high is None:
        return None
    numbers = range(int(low), int(high) + 1)
    return [substitute(opened[2][2], {name: str(k)}) for k in numbers]


def _by_candidates(search: Search, ctx: Context, formula: Term) -> Proof | None:
    """An ∃ by small values of its variable."""
    for value in tried_values(ctx, formula):
        then = prove_concrete(search, ctx, open_binder(formula[2], value))
        if then is not None:
            return {"rule": "exists", "values": [to_lists(value)], "then": then}
    return None


def _failure(search: Search, ctx: Context, conclusion: Term) -> Proof | None:
    """A proof of the negation, or of an obligation's negation."""
    try:
        opposite = negation(conclusion)
        proof = prove_concrete(search, ctx, opposite)
        proof = proof or with_slopes(search, ctx, opposite, prove_concrete)
    except Rejected:
        proof = None
    return proof or _undefined(search, ctx, conclusion)


def _undefined(search: Search, ctx: Context, conclusion: Term) -> Proof | None:
    if conclusion[0] not in ("=", "!=", "<=", "<"):
        return None
    for part in ("1", "2"):
        for k, (place, obligation) in enumerate(obligations(ctx, conclusion[int(part)])):
            # A denominator, a radicand, a derivative; a range the wrong way round is not undefined.
            of_a_value = obligation[0] in ("!=", "<", "has_derivative", "invertible") or (
                obligation[:2] == ("<=", "0")
            )
            if place is ctx and of_a_value:
                proof = prove_concrete(search, ctx, negation(obligation))
                if proof is not None:
                    return {
                        "rule": "undefined", "part": part, "obligation": str(k), "proof": proof,
                    }  # fmt: skip
    return None
