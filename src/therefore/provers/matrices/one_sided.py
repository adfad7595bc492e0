"""Inverses by witnesses: from WX = I follows that X is invertible, and X⁻¹ = W.

A goal X⁻¹ = W names the witness itself. Where a known equation says WX = I of square matrices,
that X is invertible is added to what is known.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from therefore.goal import Term, to_lists
from therefore.kernel.atoms import Matrix, Vector
from therefore.kernel.context import Context
from therefore.kernel.polynomials import ONE
from therefore.kernel.terms import is_number, sort_of
from therefore.kernel.words import letters
from therefore.provers.attempt import Proof, with_steps
from therefore.provers.building.unnormal import matrix_term, vector_term
from therefore.provers.matrices.injective import SENT_TO_ZERO, invertible_since
from therefore.provers.prover import Prover

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["BY_WITNESS", "OF_FACTS", "prove_of_rank_one"]


def _names_a_witness(ctx: Context, goal: Term) -> bool:
    return goal[0] == "=" and any(
        side[0] == "inverse" and not ctx.holds(("invertible", side[1])) for side in goal[1:]
    )


def _prove_by_witness(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    """X⁻¹ = W, from WX = I."""
    if depth > 3:
        return None
    for side, other in (goal[1:], goal[:0:-1]):
        if side[0] != "inverse":
            continue
        matrix, size = side[1], sort_of(side, ctx.names)[1]
        undoes = ("=", ("matmul", other, matrix), ("identity", size))
        search.bench.note("an inverse that the goal names")
        shown = search.prove(ctx, undoes, depth + 2)
        if shown is None:
            continue
        inner = ctx.extended()
        label = f"witness{len(ctx.facts)}"
        inner.assume(label, undoes)
        invertible = invertible_by(inner, label, undoes)
        law = ("=", ("matmul", matrix, side), ("identity", size))
        for way, back in (("1", "-1"), ("-1", "1")):
            items = [
                {"fact": label, "right": to_lists(side), "times": way},
                {"fact": f"{label}_law", "left": to_lists(other), "times": back},
            ]
            last: Proof = {
                "rule": "have", "fact": to_lists(law), "as": f"{label}_law",
                "proof": {"rule": "undoes"}, "then": {"rule": "combine", "items": items},
            }  # fmt: skip
            proof: Proof = {
                "rule": "have", "fact": to_lists(undoes), "as": label, "proof": shown,
                "then": {
                    "rule": "have", "fact": to_lists(("invertible", matrix)),
                    "as": f"{label}_exists", "proof": invertible, "then": last,
                },
            }  # fmt: skip
            if search.bench.works(ctx, goal, proof):
                return proof
    return None


def prove_of_rank_one(search: Search, ctx: Context, goal: Term) -> Proof | None:
    """S + u vᵀ is invertible, where S is and 1 + ⟨v, S⁻¹u⟩ ≠ 0: Sherman and Morrison's witness."""
    matrix, size = goal[1], sort_of(goal[1], ctx.names)[1]
    parts = ctx.normal.matrix(matrix).parts
    ends = [index for index in parts if ctx.atoms.rows[index].head == "outer"]
    if len(ends) != 1 or len(parts) < 2 or is_number(size):
        return None
    rest = Matrix({index: c for index, c in parts.items() if index not in ends})
    whole = matrix_term(ctx.atoms, rest, size, size)
    if not ctx.holds(("invertible", whole)):
        return None
    left, right = letters(ctx.atoms.rows[ends[0]])
    u = vector_term(ctx.atoms, Vector({left: parts[ends[0]]}), size)
    v = vector_term(ctx.atoms, Vector({right: ONE}), size)
    back = ("inverse", whole)
    below = ("+", "1", ("inner", v, ("matmul", back, u)))
    if 0 in ctx.signs(ctx.normal.scalar(below)):
        return None
    bent = ("matmul", back, ("matmul", ("outer", u, v), back))
    undoes = (
        "=", ("matmul", ("+", back, ("-", ("*", ("/", "1", below), bent))), matrix),
        ("identity", size),
    )  # fmt: skip
    inner, label = ctx.extended(), f"witness{len(ctx.facts)}"
    inner.assume(label, undoes)
    proof: Proof = {
        "rule": "have", "fact": to_lists(undoes), "as": label, "proof": {"rule": "combine"},
        "then": invertible_by(inner, label, undoes),
    }  # fmt: skip
    return proof if search.bench.works(ctx, goal, proof) else None


def invertible_by(ctx: Context, label: str, undoes: Term) -> Proof:
    """X is invertible, from the fact WX = I: Xv = 0 gives v = WXv = 0."""
    _, (_, witness, matrix), _ = undoes
    name = ctx.fresh("v")
    items = [
        {"fact": label, "right": name, "times": "-1"},
        {"fact": SENT_TO_ZERO, "left": to_lists(witness)},
    ]
    return invertible_since(ctx, matrix, name, {"rule": "combine", "items": items})


def _one_sided(ctx: Context) -> Iterator[tuple[str, Term]]:
    """The facts WX = I of square matrices that do not say yet that X is invertible."""
    for label, fact in ctx.facts.items():
        if fact[0] != "=" or fact[1][0] != "matmul" or fact[2][0] != "identity":
            continue
        rows, columns = sort_of(fact[1][2], ctx.names)[1:]
        if rows == columns and not ctx.holds(("invertible", fact[1][2])):
            yield label, fact


def _has_one_sided(ctx: Context, goal: Term) -> bool:
    return goal[0] == "=" and next(_one_sided(ctx), None) is not None


def _prove_of_facts(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    """The goal, where it is known besides which matrices are invertible."""
    if depth > 3:
        return None
    inner, steps = ctx.extended(), []
    for label, fact in list(_one_sided(ctx)):
        proof, exists = invertible_by(inner, label, fact), ("invertible", fact[1][2])
        if search.bench.works(inner, exists, proof):
            inner.assume(f"{label}_exists", exists)
            steps.append((f"{label}_exists", exists, proof))
    then = search.prove(inner, goal, depth + 1) if steps else None
    return with_steps(steps, then)


BY_WITNESS = Prover("inverses by witnesses", _names_a_witness, _prove_by_witness)
OF_FACTS = Prover("one-sided inverses", _has_one_sided, _prove_of_facts)
