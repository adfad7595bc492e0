"""Relations between closed terms: by normal forms, by enclosures, entry by entry."""

from __future__ import annotations

from therefore.goal import Term, to_lists
from therefore.kernel.context import Context
from therefore.kernel.errors import Rejected
from therefore.kernel.terms import negation, sort_of
from therefore.provers.at_values.ways import (
    all_of,
    apart,
    is_irrational,
    of_all,
    with_slopes,
    worked_out,
)
from therefore.provers.attempt import Proof
from therefore.provers.building.differentiated import differentiated
from therefore.provers.building.unnormal import scalar_term
from therefore.provers.curves.closed import prove_by_enclosures
from therefore.provers.search import Search

__all__ = ["by_other_value", "prove_closed_relation"]


def prove_closed_relation(search: Search, ctx: Context, formula: Term) -> Proof | None:
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
        return of_all("enumerate", "proofs", all_of(search, ctx, relations, prove_closed_relation))
    for prove in (_plainly, prove_closed_relation):
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


def by_other_value(search: Search, ctx: Context, formula: Term) -> Proof | None:
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
    try:
        value = scalar_term(ctx.atoms, ctx.normal.scalar(differentiated(ctx, body, point)))
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
