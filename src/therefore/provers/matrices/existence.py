"""There is a vector c with u = W c: found by writing u, step by step, as what W is applied to.

A claim that such a c exists for every index of a recurrence is proved by induction.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from therefore.goal import Term, to_lists
from therefore.kernel import words
from therefore.kernel.atoms import Vector
from therefore.kernel.context import Context
from therefore.kernel.errors import Rejected
from therefore.kernel.polynomials import ONE, Scalar
from therefore.kernel.terms import mentions, open_binder, sort_of
from therefore.provers.attempt import Proof
from therefore.provers.building.candidates import candidates
from therefore.provers.building.terms import subterms
from therefore.provers.building.unnormal import vector_term
from therefore.provers.logic.induction import induction, over_horizon
from therefore.provers.prover import Prover

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["BY_INDUCTION", "OF_A_KNOWN_ONE", "OF_A_VECTOR"]

MOST_REWRITES = 12


def _is_of_a_vector(ctx: Context, goal: Term) -> bool:
    return bool(goal[0] == "exists" and goal[1][0] == "vector" and goal[2][0] == "=")


def _prove_vector(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    inner = ctx.extended()
    name = inner.fresh("c")
    inner.declare(name, goal[1])
    left, right = open_binder(goal[2], name)[1:]
    if mentions(left, name):
        left, right = right, left
    if mentions(left, name) or sort_of(left, ctx.names)[0] != "vector":
        return None
    form = inner.normal.vector(right)
    chained = _last(inner, name, form)
    if chained is None:
        return None
    word, rest = chained
    known = _known(search, ctx, ("=", left, left))
    value = _stripped(inner, known, ctx.normal.vector(left) - rest, word)
    if value is None:
        return None
    witness = vector_term(ctx.atoms, value, goal[1][1])
    then = search.prove(ctx, open_binder(goal[2], witness), depth + 1)
    return then and {"rule": "exists", "values": [to_lists(witness)], "then": then}


def _last(ctx: Context, name: str, form: Vector) -> tuple[tuple[int, ...], Vector] | None:
    """The word that is applied to the vector of the name, and all other parts."""
    index = ctx.atoms.intern("name", name)
    found, rest = [], Vector({})
    for part, factor in form.parts.items():
        row = ctx.atoms.rows[part]
        if index not in row.free:
            rest = rest + Vector({part: factor})
        elif row.head == "act" and words.letters(row)[-1] == index and factor.constant() == 1:
            found.append(words.letters(row)[:-1])
    return (found[0], rest) if len(found) == 1 else None


def _known(search: Search, ctx: Context, goal: Term) -> dict[int, Vector]:
    """What known equations write for a vector atom that stands alone on their left side."""
    known: dict[int, Vector] = {}
    pool = list(candidates(search.bench, ctx, goal, 3))
    for candidate in pool:
        if candidate.kind != "=" or candidate.sort[0] != "vector" or candidate.index:
            continue
        try:
            left, right = (ctx.normal.vector(side) for side in candidate.formula[1:])
        except (Rejected, KeyError):
            continue
        if len(left.parts) == 1:
            ((index, factor),) = left.parts.items()
            if factor.constant() == 1 and index not in right.parts:
                known.setdefault(index, right)
    return known


def _stripped(
    ctx: Context, known: dict[int, Vector], value: Vector, word: tuple[int, ...]
) -> Vector | None:
    """The v for which the value is W v, after known equations were used."""
    total = Vector({})
    waiting: list[tuple[int, Scalar]] = list(value.parts.items())
    for _ in range(MOST_REWRITES):
        if not waiting:
            return total
        index, factor = waiting.pop()
        row = ctx.atoms.rows[index]
        parts = words.letters(row) if row.head == "act" else ()
        if parts[: len(word)] == word:
            rest = parts[len(word) :]
            inside = rest[0] if len(rest) == 1 else ctx.atoms.intern("act", *rest)
            total = total + Vector({inside: ONE}).scaled(factor)
        elif index in known:
            waiting += list(known[index].scaled(factor).parts.items())
        else:
            return None
    return None


def _is_for_all(ctx: Context, goal: Term) -> bool:
    return goal[:2] == ("forall", "integer") and any(t[0] == "exists" for t in subterms(goal))


def _prove_for_all(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    return induction(search, ctx, goal, depth) if depth <= 2 else None


def _speaks_of_a_known_one(ctx: Context, goal: Term) -> bool:
    return bool(goal[0] == "exists")


def _prove_known_one(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    """∃ from a fact ∃: its value is named first; else by induction over an index of the goal."""
    for label, fact in ctx.facts.items():
        if fact[0] == "exists" and f"{label}_it" not in ctx.facts:
            inner = ctx.extended()
            name = inner.fresh("c")
            inner.declare(name, fact[1])
            inner.assume(f"{label}_it", open_binder(fact[2], name))
            then = search.prove(inner, goal, depth + 1)
            return then and {
                "rule": "obtain", "fact": label, "name": name, "as": f"{label}_it", "then": then,
            }  # fmt: skip
    if depth > 1:
        return None
    for name, sort in ctx.names.items():
        if sort == "integer" and mentions(goal, name):
            proof = over_horizon(search, ctx, goal, name, depth)
            if proof is not None:
                return proof
    return None


OF_A_VECTOR = Prover("existence", _is_of_a_vector, _prove_vector)
OF_A_KNOWN_ONE = Prover("existence by what exists", _speaks_of_a_known_one, _prove_known_one)
BY_INDUCTION = Prover("existence by induction", _is_for_all, _prove_for_all)
