"""Matrices and vectors by their entries: an equation to prove, or one of matrices that is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from therefore.goal import Term, to_lists
from therefore.kernel.context import Context
from therefore.kernel.errors import Rejected
from therefore.kernel.terms import sort_of
from therefore.provers.attempt import Proof
from therefore.provers.building.terms import subterms
from therefore.provers.prover import Prover

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["OF_FACTS", "OF_THE_GOAL", "OF_VECTORS"]


def _is_matrix_equation(ctx: Context, goal: Term) -> bool:
    sort = sort_of(goal[1], ctx.names) if goal[0] == "=" else ""
    return sort[:1] == ("matrix",) and all(isinstance(size, str) for size in sort[1:])


def _is_vector_equation(ctx: Context, goal: Term) -> bool:
    return goal[0] == "=" and bool(sort_of(goal[1], ctx.names)[0] == "vector")


def _speaks_of_entries(ctx: Context, goal: Term) -> bool:
    return goal[0] == "=" and any(term[0] == "entry" for term in subterms(goal))


def _prove_equation(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    sort = sort_of(goal[1], ctx.names)
    inner = ctx.extended()
    names = []
    for wish, size in zip(("i", "j"), sort[1:], strict=False):
        names.append(inner.fresh(wish))
        inner.declare(names[-1], ("residue", size))
    equation = ("=", ("entry", goal[1], *names), ("entry", goal[2], *names))
    then = search.prove(inner, equation, depth + 1)
    return then and {"rule": "entries", "names": names, "then": then}


def _prove_by_facts(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    """Read a matrix equation among the facts at places like those of the goal."""
    for label, fact in ctx.facts.items():
        if fact[0] != "=" or sort_of(fact[1], ctx.names)[0] != "matrix":
            continue
        _, rows, columns = sort_of(fact[1], ctx.names)
        if not isinstance(rows, str) or not isinstance(columns, str):
            continue
        for i in _places(ctx, rows):
            for j in _places(ctx, columns):
                inner = ctx.extended()
                read = f"entry{len(ctx.facts)}"
                try:
                    inner.assume(read, ("=", ("entry", fact[1], i, j), ("entry", fact[2], i, j)))
                except Rejected:
                    continue
                for times in ("1", "-1"):
                    then: Proof = {"rule": "combine", "items": [{"fact": read, "times": times}]}
                    if search.bench.works(inner, goal, then):
                        return {
                            "rule": "entry_of", "fact": label, "at": to_lists((i, j)),
                            "as": read, "then": then,
                        }  # fmt: skip
    return None


def _places(ctx: Context, size: Term) -> list[Term]:
    names = [name for name, sort in ctx.names.items() if sort == ("residue", size)]
    return [p for n in names for p in (n, ("+", n, "1"), ("+", n, ("-", "1")))]


OF_THE_GOAL = Prover("entries", _is_matrix_equation, _prove_equation)
OF_VECTORS = Prover("entries of vectors", _is_vector_equation, _prove_equation)
OF_FACTS = Prover("entries of facts", _speaks_of_entries, _prove_by_facts)
