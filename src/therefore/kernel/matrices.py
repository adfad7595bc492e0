"""The rules of matrices: two matrices are equal exactly when all their entries are."""

from __future__ import annotations

from .context import Context
from .data import Data, Term, field
from .proofs import Checker, refused, rule
from .terms import new_name, sort_of

__all__: list[str] = []


@rule("at proof")
def differ(checker: Checker, ctx: Context, goal: Term, node: dict[str, Data]) -> None:
    """From Γ ⊢ A[i, j] ≠ B[i, j] follows Γ ⊢ A ≠ B, for matrices."""
    sort = sort_of(goal[1], ctx.names) if goal[0] == "!=" else ""
    at = field(node, "at", list)
    if sort[:1] != ("matrix",) or len(at) != 2:
        raise refused(goal, "differ")
    proofs = list(field(node, "defined", list))
    place = [
        checker.term(ctx, data, ("residue", size), proofs)
        for data, size in zip(at, sort[1:], strict=True)
    ]
    checker.ensure_formula_defined(ctx, goal, proofs)
    entries_ = ("!=", ("entry", goal[1], *place), ("entry", goal[2], *place))
    checker.prove(ctx, entries_, node["proof"])


@rule("names then")
def entries(checker: Checker, ctx: Context, goal: Term, node: dict[str, Data]) -> None:
    """From Γ, i, j ⊢ A[i, j] = B[i, j] follows Γ ⊢ A = B, for matrices of one size."""
    names = field(node, "names", list)
    sort = sort_of(goal[1], ctx.names) if goal[0] == "=" else ""
    if sort[:1] != ("matrix",) or len(names) != 2:
        raise refused(goal, "entries")
    inner = ctx.extended()
    place = [new_name(name) for name in names]
    for name, size in zip(place, sort[1:], strict=True):
        inner.declare(name, ("residue", size))
    equation = ("=", ("entry", goal[1], *place), ("entry", goal[2], *place))
    checker.prove(inner, equation, node["then"])


@rule("fact at as then")
def entry_of(checker: Checker, ctx: Context, goal: Term, node: dict[str, Data]) -> None:
    """From Γ ⊢ A = B and Γ, A[i, j] = B[i, j] ⊢ φ, for matrices, follows Γ ⊢ φ."""
    formula = checker.fact(ctx, node["fact"])
    sort = sort_of(formula[1], ctx.names) if formula[0] == "=" else ""
    at = field(node, "at", list)
    if sort[:1] != ("matrix",) or len(at) != 2:
        raise refused(formula, "entry_of")
    proofs = list(field(node, "defined", list))
    place = [
        checker.term(ctx, data, ("residue", size), proofs)
        for data, size in zip(at, sort[1:], strict=True)
    ]
    inner = ctx.extended()
    equation = ("=", ("entry", formula[1], *place), ("entry", formula[2], *place))
    inner.assume(field(node, "as", str), equation)
    checker.prove(inner, goal, node["then"])
