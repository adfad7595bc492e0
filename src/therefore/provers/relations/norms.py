"""Inequalities of norms: by Cauchy and Schwarz, after squaring, or after dividing by a norm.

⟨u, v⟩ ≤ ‖u‖‖v‖ is proved where it is used: ‖ ‖v‖u − ‖u‖v ‖² is not negative, and it is
2‖u‖‖v‖(‖u‖‖v‖ − ⟨u, v⟩); where ‖u‖ is zero, u is. No axiom is needed.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from therefore.goal import Term, to_lists
from therefore.kernel.context import Context
from therefore.kernel.errors import Rejected
from therefore.kernel.terms import sort_of
from therefore.provers.attempt import Labelled, Proof, with_steps
from therefore.provers.bench import Bench
from therefore.provers.building.matching import is_open
from therefore.provers.building.terms import subterms
from therefore.provers.prover import Prover
from therefore.provers.relations.adding import prove_by_adding
from therefore.provers.relations.squaring import from_squares, squares_of

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["PROVER", "by_size", "cauchy_schwarz"]

MOST_VECTORS = 4


def _accepts(ctx: Context, goal: Term) -> bool:
    return goal[0] in ("<=",) and any(t[0] == "norm" and not is_open(t) for t in subterms(goal))


def _prove(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    if depth > 3 or any(label.startswith("schwarz") for label in ctx.facts):
        return None
    bench = search.bench
    bench.note("the inequality of Cauchy and Schwarz")
    inner = ctx.extended()
    facts: list[Labelled] = []
    for label, fact, proof in (*_inverses(inner, goal), *_pairs(inner, goal)):
        if bench.works(inner, fact, proof):
            inner.assume(label, fact)
            facts.append((label, fact, proof))
    return with_steps(facts, _closed(bench, inner, goal))


def _inverses(ctx: Context, goal: Term) -> list[Labelled]:
    """A·(A⁻¹g) = g, for the products with an inverse in the goal."""
    facts: list[Labelled] = []
    for term in dict.fromkeys(subterms(goal)):
        if term[0] == "matmul" and term[1][0] == "inverse" and not is_open(term):
            matrix, vector = term[1][1], term[2]
            if sort_of(vector, ctx.names)[0] != "vector":
                continue
            law = ("=", ("matmul", matrix, term[1]), ("identity", sort_of(vector, ctx.names)[1]))
            items = [{"fact": "law", "right": to_lists(vector)}]
            proof: Proof = {
                "rule": "have", "fact": to_lists(law), "as": "law", "proof": {"rule": "undoes"},
                "then": {"rule": "combine", "items": items},
            }  # fmt: skip
            facts.append((f"solved{len(facts)}", ("=", ("matmul", matrix, term), vector), proof))
    return facts


def _pairs(ctx: Context, goal: Term) -> list[Labelled]:
    """±⟨u, v⟩ ≤ ‖u‖‖v‖ for the vectors of which the goal has norms or inner products."""
    found: dict[Term, None] = {}
    for term in subterms(goal):
        if term[0] in ("norm", "inner") and not is_open(term):
            for vector in term[1:]:
                parts = vector[1:] if vector[0] == "+" else (vector,)
                for part in parts:
                    found[part[1] if part[0] == "-" else part] = None
    facts: list[Labelled] = []
    for u, v in combinations(list(found)[:MOST_VECTORS], 2):
        if sort_of(u, ctx.names) == sort_of(v, ctx.names):
            for other in (v, ("-", v)):
                bound = ("<=", ("inner", u, other), ("*", ("norm", u), ("norm", v)))
                facts.append((f"schwarz{len(facts)}", bound, cauchy_schwarz(ctx, u, other, v)))
    return facts


def cauchy_schwarz(ctx: Context, u: Term, v: Term, plain: Term) -> Proof:
    """A proof of ⟨u, v⟩ ≤ ‖u‖‖v‖, where ‖v‖ may be written with the plain vector for v."""
    p, q = ("norm", u), ("norm", plain)
    size = sort_of(u, ctx.names)[1]
    square = ("+", ("*", q, u), ("-", ("*", p, v)))
    weight = ("/", "1", ("*", "2", p, q))
    both: Proof = {
        "rule": "combine", "items": [{"square": to_lists(square), "times": to_lists(weight)}],
    }  # fmt: skip

    def vanishing(vector: Term, other: Term, norm: Term) -> Proof:
        """Where the norm of a vector is 0, the vector is, and the inner product."""
        small: Proof = {
            "rule": "combine", "items": [{"fact": "sign", "times": to_lists(("-", norm))}],
        }  # fmt: skip
        items = [
            {"fact": "null", "times": to_lists(other)},
            {"square": "1", "times": to_lists(("*", p, q))},
        ]
        return {
            "rule": "use", "fact": "axiom:zero_vector", "with": [to_lists(size), to_lists(vector)],
            "conditions": [small], "as": "null", "then": {"rule": "combine", "items": items},
        }  # fmt: skip

    def split(norm: Term, zero: Proof, more: Proof) -> Proof:
        return by_size(norm, "sign", more, zero)

    inside = split(q, vanishing(v, u, q), both)
    renamed = _relabelled(inside, "sign", "other")
    return split(p, vanishing(u, v, p), renamed)


def by_size(norm: Term, label: str, positive: Proof, zero: Proof) -> Proof:
    """A proof by 0 < ‖u‖ and 0 = ‖u‖, labelled so; a norm is not negative."""
    items = [{"fact": label}, {"fact": f"{label}_least"}]
    never: Proof = {"rule": "suppose", "as": "no", "then": {"rule": "combine", "items": items}}
    least = ("<=", "0", norm)
    return {
        "rule": "have", "fact": to_lists(least), "as": f"{label}_least",
        "proof": {"rule": "inspect"}, "then": {
            "rule": "cases", "on": ["0", to_lists(norm)], "as": label, "less": positive,
            "equal": zero, "greater": never,
        },
    }  # fmt: skip


def _relabelled(proof: Proof, old: str, new: str) -> Proof:
    """The proof with another label."""

    def walk(data: object) -> object:
        if isinstance(data, dict):
            return {key: walk(value) for key, value in data.items()}
        if isinstance(data, list):
            return [walk(part) for part in data]
        return new + data[len(old) :] if isinstance(data, str) and data.startswith(old) else data

    result = walk(proof)
    return result if isinstance(result, dict) else proof


def _closed(bench: Bench, ctx: Context, goal: Term) -> Proof | None:
    """The goal from what is known now: as it stands, divided by a norm, or squared.

    Divided first, where one norm stands on the left and a quotient on the right.
    """
    ways = [prove_by_adding, _divided, _squared]
    if goal[1][0] == "norm" and goal[2][0] == "/":
        ways = [_divided, prove_by_adding, _squared]
    for way in ways:
        try:
            proof = way(bench, ctx, goal)
        except (Rejected, KeyError, ValueError):
            proof = None
        if proof is not None:
            return proof
    return None


def _divided(bench: Bench, ctx: Context, goal: Term) -> Proof | None:
    """‖v‖ ≤ b from ‖v‖² ≤ b‖v‖ where 0 < ‖v‖, and from 0 ≤ b where ‖v‖ = 0."""
    norm, bound = goal[1:]
    if norm[0] != "norm":
        return None
    less, equal = ctx.extended(), ctx.extended()
    less.assume("norm", ("<", "0", norm))
    equal.assume("norm", ("=", "0", norm))
    product = ("<=", ("*", norm, norm), ("*", bound, norm))
    shown = prove_by_adding(bench, less, product)
    if shown is None:
        return None
    times = to_lists(("/", "1", norm))
    divided: Proof = {
        "rule": "have", "fact": to_lists(product), "as": "product", "proof": shown,
        "then": {"rule": "combine", "items": [{"fact": "product", "times": times}]},
    }  # fmt: skip
    zero: Proof = {"rule": "combine", "items": [
        {"fact": "norm", "times": "-1"}, {"square": "1", "times": to_lists(bound)},
    ]}  # fmt: skip
    proof = by_size(norm, "norm", divided, zero)
    return proof if bench.works(ctx, goal, proof) else None


def _squared(bench: Bench, ctx: Context, goal: Term) -> Proof | None:
    """a ≤ b from a² ≤ b², where b is not negative."""
    shown = prove_by_adding(bench, ctx, squares_of(goal[1], goal[2]))
    proof = shown and from_squares(goal[1], goal[2], shown)
    return proof if proof is not None and bench.works(ctx, goal, proof) else None


PROVER = Prover("norms", _accepts, _prove)
