"""Equations of matrices with A^k in them, by induction over k.

Where A and B are known to commute, it is shown first that A^m B = B A^m for every m.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from therefore.goal import Term, to_lists
from therefore.kernel.context import Context
from therefore.kernel.terms import mentions, sort_of
from therefore.provers.attempt import Proof
from therefore.provers.candidates import subterms
from therefore.provers.induction import induction, over_horizon
from therefore.provers.prover import Prover

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["PROVER"]

LABEL = "power"


def _powers(ctx: Context, goal: Term) -> list[Term]:
    return [
        term for term in subterms(goal)
        if term[0] == "power" and isinstance(term[1], str | tuple) and _is_matrix(ctx, term[1])
    ]  # fmt: skip


def _is_matrix(ctx: Context, term: Term) -> bool:
    if isinstance(term, str):
        return bool(ctx.names.get(term, ("",))[0] == "matrix")
    return bool(sort_of(term, ctx.names)[0] == "matrix")


def _accepts(ctx: Context, goal: Term) -> bool:
    if goal[0] != "=" or any(label.endswith(("_ih", "_range")) for label in ctx.facts):
        return False
    return bool(sort_of(goal[1], ctx.names)[0] in ("matrix", "vector", "real")) and bool(
        _powers(ctx, goal)
    )


def _prove(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    if depth > 3 or search.bench.hints.induction:
        return None
    powers = _powers(ctx, goal)
    for name, sort in ctx.names.items():
        if sort not in ("integer", "size") or not any(mentions(p[2], name) for p in powers):
            continue
        inner = ctx.extended()
        if sort == "size":
            inner.assume(f"{name}_least", ("<=", "1", name))
        plain = over_horizon(search, inner, goal, name, depth)
        if plain is None:
            plain = _with_commuting(search, inner, goal, name, powers, depth)
        if plain is None:
            continue
        if sort == "size":
            plain = {
                "rule": "have", "fact": to_lists(("<=", "1", name)), "as": f"{name}_least",
                "proof": {"rule": "inspect"}, "then": plain,
            }  # fmt: skip
        if search.bench.works(ctx, goal, plain):
            return plain
    return None


def _with_commuting(
    search: Search, ctx: Context, goal: Term, name: str, powers: list[Term], depth: int
) -> Proof | None:
    """The same, when it is known that powers commute with what their bases commute with."""
    inner, steps = ctx.extended(), []
    for base, other in _commuting(ctx, {term[1] for term in powers}):
        raised = ("power", base, "#0")
        equal = ("=", ("matmul", raised, other), ("matmul", other, raised))
        fact = ("forall", "integer", ("implies", ("<=", "0", "#0"), equal))
        shown = induction(search, inner, fact, depth + 1)
        if shown is not None:
            label = f"{LABEL}{len(inner.facts)}"
            inner.assume(label, fact)
            steps.append((label, fact, shown))
    proof = over_horizon(search, inner, goal, name, depth) if steps else None
    for label, fact, shown in reversed(steps):
        proof = proof and {
            "rule": "have", "fact": to_lists(fact), "as": label, "proof": shown, "then": proof,
        }  # fmt: skip
    return proof


def _commuting(ctx: Context, bases: set[Term]) -> Iterator[tuple[Term, Term]]:
    """The bases of powers with what they are known to commute with."""
    for fact in list(ctx.facts.values()):
        if fact[0] != "=" or fact[1][0] != "matmul" or fact[2][0] != "matmul":
            continue
        (_, a, b), (_, c, d) = fact[1:]
        if (a, b) == (d, c):
            for one, other in ((a, b), (b, a)):
                if one in bases:
                    yield one, other


PROVER = Prover("powers of matrices", _accepts, _prove)
