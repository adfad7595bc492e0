"""The rules of matrices: equality by entries, and which matrices have an inverse."""

from __future__ import annotations

from .context import Context
from .data import Data, Term, field
from .proofs import Checker, refused, rule
from .terms import check_sort, new_name, sort_of

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
    """From Γ, i, j ⊢ A[i, j] = B[i, j] follows Γ ⊢ A = B, for matrices of one size.

    From Γ, i ⊢ u[i] = v[i] follows Γ ⊢ u = v, for vectors of one size.
    """
    names = field(node, "names", list)
    sort = sort_of(goal[1], ctx.names) if goal[0] == "=" else ""
    if sort[:1] not in (("matrix",), ("vector",)) or len(names) != len(sort) - 1:
        raise refused(goal, "entries")
    inner = ctx.extended()
    place = [new_name(name) for name in names]
    for name, size in zip(place, sort[1:], strict=True):
        check_sort(("residue", size), ctx.names)
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


@rule("inverse right left")
def two_sided(checker: Checker, ctx: Context, goal: Term, node: dict[str, Data]) -> None:
    """From Γ ⊢ A B = I and Γ ⊢ B A = I follows Γ ⊢ A is invertible, for A and B of one size."""
    if goal[0] != "invertible":
        raise refused(goal, "two_sided")
    proofs = list(field(node, "defined", list))
    matrix, sort = goal[1], sort_of(goal[1], ctx.names)
    checker.ensure_defined(ctx, matrix, proofs)
    other = checker.term(ctx, node["inverse"], sort, proofs)
    one = ("identity", sort[1])
    checker.prove(ctx, ("=", ("matmul", matrix, other), one), node["right"])
    checker.prove(ctx, ("=", ("matmul", other, matrix), one), node["left"])


@rule("vector nonzero zero")
def singular(checker: Checker, ctx: Context, goal: Term, node: dict[str, Data]) -> None:
    """From Γ ⊢ v ≠ 0 and Γ ⊢ A v = 0 follows Γ ⊢ A is not invertible."""
    if goal[0] != "not" or goal[1][0] != "invertible":
        raise refused(goal, "singular")
    proofs = list(field(node, "defined", list))
    matrix = goal[1][1]
    size = sort_of(matrix, ctx.names)[1]
    checker.ensure_defined(ctx, matrix, proofs)
    vector, zero = checker.term(ctx, node["vector"], ("vector", size), proofs), ("zero", size)
    checker.prove(ctx, ("!=", vector, zero), node["nonzero"])
    checker.prove(ctx, ("=", ("matmul", matrix, vector), zero), node["zero"])


@rule("")
def undoes(checker: Checker, ctx: Context, goal: Term, node: dict[str, Data]) -> None:
    """Γ ⊢ A A⁻¹ = I and Γ ⊢ A⁻¹ A = I follows where A⁻¹ is defined."""
    product = goal[1] if goal[0] == "=" else ""
    pairs = [product[1:], product[:0:-1]] if product[:1] == ("matmul",) else []
    if not any(pair[1] == ("inverse", pair[0]) for pair in pairs):
        raise refused(goal, "undoes")
    if goal[2][0] != "identity":
        raise refused(goal, "undoes")
    checker.ensure_defined(ctx, product, list(field(node, "defined", list)))
