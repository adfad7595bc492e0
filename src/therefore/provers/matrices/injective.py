"""A square matrix A is invertible where Av = 0 for v = 0 only."""

from __future__ import annotations

from therefore.goal import Term, to_lists
from therefore.kernel.context import Context
from therefore.kernel.terms import sort_of
from therefore.provers.attempt import Proof, cited

__all__ = ["SENT_TO_ZERO", "invertible_since", "sent_to_zero"]

SENT_TO_ZERO = "sent_to_zero"


def sent_to_zero(ctx: Context, matrix: Term) -> tuple[Context, str, Term]:
    """A context with a vector v and Av = 0, what v is called there, and v = 0."""
    size = sort_of(matrix, ctx.names)[1]
    inner = ctx.extended()
    name = inner.fresh("v")
    inner.declare(name, ("vector", size))
    inner.assume(SENT_TO_ZERO, ("=", ("matmul", matrix, name), ("zero", size)))
    return inner, name, ("=", name, ("zero", size))


def invertible_since(ctx: Context, matrix: Term, name: str, only: Proof) -> Proof:
    """That A is invertible, by a proof of v = 0 in the context of ``sent_to_zero``."""
    intro: Proof = {"rule": "intro", "names": [name], "labels": [SENT_TO_ZERO], "then": only}
    return cited("injective", [to_lists(sort_of(matrix, ctx.names)[1]), to_lists(matrix)], [intro])
