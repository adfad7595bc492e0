"""Certificates at concrete values: counterexamples, and witnesses that hypotheses can hold."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from therefore.goal import Goal, Term, to_lists
from therefore.kernel import FORMAT, accept, goal_hash
from therefore.kernel.context import Context
from therefore.kernel.differential import differential
from therefore.kernel.door import _instance
from therefore.kernel.errors import Rejected
from therefore.kernel.proofs import obligations
from therefore.kernel.terms import is_number, negation, open_binder, sort_of, substitute
from therefore.provers.attempt import Proof
from therefore.provers.bench import Bench, OutOfTime, goal_of
from therefore.provers.building.at_values import (
    apart,
    by_inverse,
    by_kernel_vector,
    definedness,
    is_irrational,
    with_slopes,
    worked_out,
)
from therefore.provers.building.terms import subterms
from therefore.provers.building.unnormal import scalar_term
from therefore.provers.curves.closed import prove_by_enclosures
from therefore.provers.search import Search
from therefore.task import Hints

__all__ = ["certify_refutation", "certify_witness"]

BUDGET = 5.0
RELATIONS = ("=", "!=", "<=", "<")
_MOST_WRITTEN = 12


def certify_refutation(
    goal: Goal, values: Mapping[str, Term], *, budget: float = BUDGET
) -> dict[str, Any] | None:
    """A certificate that the goal fails, or is undefined, at the values; None if none is found."""
    found = _at_values(goal, values, budget)
    if found is None:
        return None
    search, ctx, fitted, hypotheses, conclusion = found
    try:
        proofs = _all(search, ctx, hypotheses)
        ending = None if proofs is None else _failure(search, ctx, conclusion)
    except OutOfTime:
        return None
    if proofs is None or ending is None:
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
    if found is None:
        return None
    search, ctx, fitted, hypotheses, _ = found
    try:
        proofs = _all(search, ctx, hypotheses)
    except OutOfTime:
        return None
    return None if proofs is None else {"values": fitted, "proofs": proofs}


def _at_values(
    goal: Goal, values: Mapping[str, Term], budget: float
) -> tuple[Search, Context, dict[str, Any], list[Term], Term] | None:
    fitted = {
        name: to_lists(_fitted(values[name], sort))
        for name, sort in goal.declarations
        if name in values
    }
    try:
        ctx, hypotheses, conclusion = _instance(goal_of(goal.to_text()), fitted)
    except Rejected:
        return None
    bench = Bench((), Hints(), time.monotonic() + budget)
    return Search(bench), ctx, fitted, hypotheses, conclusion


def _fitted(value: Term, sort: Term) -> Term:
    """A table over residues is a cycle to the kernel."""
    if sort[0] == "function" and sort[1][0][0] == "residue" and value[0] == "table":
        return ("cycle", *value[2:])
    return value


def _all(search: Search, ctx: Context, formulas: list[Term]) -> list[Proof] | None:
    proofs = []
    for formula in formulas:
        proof = prove_concrete(search, ctx, formula)
        if proof is None:
            return None
        proofs.append(proof)
    return proofs


def _of_all(rule: str, field: str, proofs: list[Proof] | None) -> Proof | None:
    return None if proofs is None else {"rule": rule, field: proofs}


def prove_concrete(search: Search, ctx: Context, formula: Term) -> Proof | None:
    """A closed formula: ranges and residues written out, the rest by the usual search."""
    head = formula[0]
    if head == "forall":
        instances = _instances(ctx, formula)
        if instances is not None:
            return _of_all("enumerate", "proofs", _all(search, ctx, instances))
    if head in ("forall", "implies"):
        return _introduced(search, ctx, formula) or search.prove(ctx, formula)
    if head == "and":
        return _of_all("split", "parts", _all(search, ctx, list(formula[1:])))
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
        return _related(search, ctx, formula)
    return search.prove(ctx, formula)


def _related(search: Search, ctx: Context, formula: Term) -> Proof | None:
    """A relation between closed terms: by normal forms, by enclosures, entry by entry."""
    head = formula[0]
    kind = sort_of(formula[1], ctx.names)[0]
    found = None
    if head in ("=", "!=") and kind == "matrix":
        found = _matrix_relation(search, ctx, formula)
    elif head == "!=" and kind == "vector":
        found = apart(search, ctx, formula, _plainly)
    elif kind != "vector":
        found = _plainly(search, ctx, formula)
        if found is None and _plainly(search, ctx, negation(formula)) is not None:
            return None  # it is false, so that no proof is to be found
        if found is None and head in ("=", "!=") and formula[1][0] == "derivative":
            found = _derivative_relation(search, ctx, formula)
    return found or search.prove(ctx, formula)


def _decided(search: Search, ctx: Context, formula: Term) -> Proof | None:
    """A relation of numbers by comparing their normal forms, or their enclosures."""
    proof: Proof = {"rule": "combine"}
    irrational = is_irrational(formula)
    if irrational and formula[0] != "=":  # normal forms of such terms cost much and tell little
        found = prove_by_enclosures(search.bench, ctx, formula)
        if found is not None:
            return found
    elif formula[0] != "=":
        try:
            difference = ctx.normal.scalar(("+", formula[2], ("-", formula[1]))).constant()
        except Rejected:
            difference = None
        if difference is not None:
            if (difference == 0 and formula[0] != "<=") or (difference < 0 and formula[0] != "!="):
                return None
            proof = {"rule": "combine", "items": [{"positive": str(difference)}]}
            if difference == 0:
                proof = {"rule": "combine", "items": []}
            if difference < 0:
                proof = {"rule": "combine", "items": [{"positive": str(-difference)}]}
    if search.bench.works(ctx, formula, proof):
        return proof
    return None if irrational else prove_by_enclosures(search.bench, ctx, formula)


def _introduced(search: Search, ctx: Context, formula: Term) -> Proof | None:
    """∀ by a new name, → by a new fact; below them the formula is taken apart as well."""
    inner, names, labels = ctx.extended(), [], []
    while formula[0] in ("forall", "implies"):
        if formula[0] == "forall":
            names.append(inner.fresh("any"))
            inner.declare(names[-1], formula[1])
            formula = open_binder(formula[2], names[-1])
        else:
            labels.append(f"given{len(inner.facts)}")
            inner.assume(labels[-1], formula[1])
            formula = formula[2]
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
    return search.prove(ctx, formula) or _by_other_value(search, ctx, formula)


def _matrix_relation(search: Search, ctx: Context, formula: Term) -> Proof | None:
    """A = B by normal forms or by all entries, A ≠ B by one entry, of written-out size."""
    if formula[0] == "=" and search.bench.works(ctx, formula, {"rule": "combine"}):
        return {"rule": "combine"}
    _, rows, columns = sort_of(formula[1], ctx.names)
    if not (rows.isdigit() and columns.isdigit()):
        return None
    places = [
        (("mod", rows, str(i)), ("mod", columns, str(j)))
        for i in range(int(rows))
        for j in range(int(columns))
    ]
    relations = [
        (formula[0], ("entry", formula[1], *at), ("entry", formula[2], *at)) for at in places
    ]
    if formula[0] == "=":
        return _of_all("enumerate", "proofs", _all(search, ctx, relations))
    for prove in (_plainly, _related):
        for at, relation in zip(places, relations, strict=True):
            proof = prove(search, ctx, relation)
            if proof is None:
                continue
            found: Proof = {"rule": "differ", "at": to_lists(at), "proof": proof}
            if search.bench.works(ctx, formula, found):
                return found

            def with_facts(
                search: Search, ctx: Context, formula: Term, found: Proof = found
            ) -> Proof | None:
                return found  # it goes through the door in the end

            return with_slopes(search, ctx, formula, with_facts)
    return None


def _plainly(search: Search, ctx: Context, formula: Term) -> Proof | None:
    return worked_out(search, ctx, formula, _decided)


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
    sort = formula[1]
    values: list[Term] = []
    if sort in ("real", "integer"):
        values = ["0", "1", "-1", "2", "-2", "3"] + (["1/2", "-1/2"] if sort == "real" else [])
    elif sort[0] == "residue" and sort[1].isdigit():
        values = [("mod", sort[1], str(k)) for k in range(int(sort[1]))]
    elif sort[0] == "vector" and sort[1].isdigit():
        units = ["0", "1", "-1"]
        values = [("vector", *(u for _ in range(int(sort[1])))) for u in units]
    elif sort[0] == "function":
        values = _lines_of_matrices(ctx, sort)
    for value in dict.fromkeys([*values, *_written(formula[2], sort)]):
        then = prove_concrete(search, ctx, open_binder(formula[2], value))
        if then is not None:
            return {"rule": "exists", "values": [to_lists(value)], "then": then}
    return None


def _lines_of_matrices(ctx: Context, sort: Term) -> list[Term]:
    """The first columns and rows of the declared matrices, as functions of the index."""
    found: list[Term] = []
    for name, matrix in ctx.names.items():
        if matrix[0] != "matrix" or sort[2] != "real":
            continue
        for position, size in enumerate(matrix[1:]):
            if sort[1] == (("residue", size),):
                at: list[Term] = [("mod", part, "0") for part in matrix[1:]]
                at[position] = "#0"
                found.append(("lambda", ("residue", size), ("entry", name, *at)))
    return found


def _written(formula: Term, sort: Term) -> list[Term]:
    """Closed values of the sort that a formula holds, and the numbers beside them."""
    found: list[Term] = []
    for term in subterms(formula):
        if sort in ("real", "integer") and is_number(term) and (sort == "real" or "/" not in term):
            found += [term, str(Fraction(str(term)) + 1), str(Fraction(str(term)) - 1)]
        elif sort == ("vector", str(len(term) - 1)) and term[0] == "vector":
            found += [term] if all(map(is_number, term[1:])) else []
    return found[:_MOST_WRITTEN]


def _by_other_value(search: Search, ctx: Context, formula: Term) -> Proof | None:
    """Not this limit or derivative, for it is another number."""
    *rest, old = formula[1]
    if len(rest) != 3:  # nothing is said of a value
        return None
    for value in ("0", "1", "-1", "2", "1/2", "-1/2"):
        differs = search.prove(ctx, ("!=", value, old))
        proof = differs and search.prove(ctx, (*rest, value))
        if differs and proof:
            return {"rule": "another", "value": value, "proof": proof, "differs": differs}
    return None


def _derivative_relation(search: Search, ctx: Context, formula: Term) -> Proof | None:
    """u′(a) ∘ v at a number a: the derivative is worked out first."""
    if formula[0] == "=":
        return search.prove(ctx, formula)
    _, body, point = formula[1]
    name = ctx.fresh("y")
    try:
        change = differential({**ctx.names, name: "real"}, open_binder(body, name), name, "1")
        value = scalar_term(ctx.atoms, ctx.normal.scalar(substitute(change, {name: point})))
    except Rejected:
        return None
    fact = ("has_derivative", body, point, value)
    proof = search.prove(ctx, fact)
    if proof is None:
        return None
    gap = ctx.normal.scalar(("+", formula[2], ("-", value))).constant()
    if not gap:
        return None
    # If v were the derivative, the gap between v and the derivative would be zero.
    items = [{"fact": "slope", "times": "-1"}, {"fact": "equal"}, {"positive": str(abs(gap))}]
    if gap > 0:
        items[:2] = [{"fact": "slope"}, {"fact": "equal", "times": "-1"}]
    return {
        "rule": "have", "fact": to_lists(fact), "as": "slope", "proof": proof,
        "then": {
            "rule": "suppose", "as": "equal", "then": {"rule": "combine", "items": items},
        },
    }  # fmt: skip


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
