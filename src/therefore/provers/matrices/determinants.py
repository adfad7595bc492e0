"""Determinants of sums and of blocks, by factors whose determinants are plain.

A matrix of blocks with an invertible block on its diagonal is a product of two triangular ones
(Schur), and so is [[W⁻¹, −V], [U, A]] in two ways, which gives the determinant of A + U W V. Equal
matrices have equal determinants. What is found so is known first, and the goal is then proved.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from therefore.goal import Term, to_lists
from therefore.kernel.context import Context
from therefore.kernel.errors import Rejected
from therefore.kernel.size_terms import settled_size
from therefore.kernel.terms import sort_of
from therefore.provers.attempt import Labelled, Proof, by_rewriting, with_steps
from therefore.provers.building.matching import is_open
from therefore.provers.building.terms import subterms
from therefore.provers.matrices.kronecker import determinant_of_product
from therefore.provers.prover import RELATIONS, Prover

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["PROVER"]

LABEL = "determinant"
DEEPEST = 3
MOST_FACTORS = 5
MOST_FACTS = 12
_ONE: Term = ("vector", "1")


class _Fact(NamedTuple):
    """An equation of determinants, and its proof."""

    formula: Term
    proof: Proof


def _accepts(ctx: Context, goal: Term) -> bool:
    if goal[0] not in RELATIONS or any(label.startswith(LABEL) for label in ctx.facts):
        return False
    return any(term[0] == "det" and not is_open(term) for term in subterms(goal))


def _prove(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    if depth > DEEPEST:
        return None
    search.bench.note("factors of determinants")
    inner = ctx.extended()
    known: list[Labelled] = []
    seen: set[Term] = set()
    waiting = [*_equal_matrices(ctx), *_powers(ctx, goal), *_facts(ctx, goal)]
    while waiting and len(known) < MOST_FACTS:
        fact = waiting.pop(0)
        if fact.formula in seen or not search.bench.works(ctx, fact.formula, fact.proof):
            continue
        seen.add(fact.formula)
        waiting += _facts(ctx, fact.formula[2])
        if not ctx.holds(fact.formula):
            known.append((f"{LABEL}{len(known)}", fact.formula, fact.proof))
            inner.assume(known[-1][0], fact.formula)
    return with_steps(known, search.prove(inner, goal, depth + 1) if known else None)


def _facts(ctx: Context, goal: Term) -> list[_Fact]:
    found: list[_Fact] = []
    for term in dict.fromkeys(subterms(goal)):
        if term[0] == "det" and not is_open(term):
            for way in (_of_factors, _of_kronecker, _of_blocks, _of_sum):
                with suppress(Rejected, KeyError):
                    found += way(ctx, term[1])
    return found


def _equal_matrices(ctx: Context) -> Iterator[_Fact]:
    """det A = det B from A = B."""
    for label, fact in ctx.facts.items():
        if fact[0] == "=" and _is_square(ctx, fact[1]):
            left, right = (("det", side) for side in fact[1:])
            yield _Fact(("=", left, right), by_rewriting(
                ("=", ("det", "#0"), right),
                fact[1],
                fact[2],
                {"rule": "assumption", "fact": label},
                {"rule": "combine"},
            ))


def _powers(ctx: Context, goal: Term) -> Iterator[_Fact]:
    """(−1)ⁿ·det A = −det A from (−1)ⁿ = −1, and the like, for the determinants of the goal."""
    for label, fact in ctx.facts.items():
        is_power = fact[0] == "=" and fact[1][0] == "power"
        for term in dict.fromkeys(subterms(goal)) if is_power else ():
            if term[0] == "det" and not is_open(term):
                left, right = (("*", side, term) for side in fact[1:])
                item = {"fact": label, "times": to_lists(term)}
                yield _Fact(("=", left, right), _combined(item))


def _of_kronecker(ctx: Context, matrix: Term) -> Iterator[_Fact]:
    """det(A ⊗ B) = (det A)ⁿ · (det B)ᵐ."""
    if matrix[0] == "kronecker" and all(_is_square(ctx, part) for part in matrix[1:]):
        yield _Fact(*determinant_of_product(ctx, *matrix[1:]))


def _is_square(ctx: Context, term: Term) -> bool:
    sort = sort_of(term, ctx.names)
    return bool(sort[0] == "matrix" and sort[1] == sort[2])


def _product(size: Term, left: Term, right: Term, times: Term = "1") -> Proof:
    """det(LR) = det L · det R, as an item of a combination."""
    item = {"fact": "axiom:determinant_of_product", "with": to_lists((size, left, right))}
    return item if times == "1" else {**item, "times": to_lists(times)}


def _combined(*items: Proof) -> Proof:
    return {"rule": "combine", "items": list(items)}


def _of_factors(ctx: Context, matrix: Term) -> Iterator[_Fact]:
    """det(AB) = det A · det B, where A and B may be sums."""
    if matrix[0] == "matmul" and all(_is_square(ctx, part) for part in matrix[1:]):
        _, left, right = matrix
        product = ("*", ("det", left), ("det", right))
        size = sort_of(left, ctx.names)[1]
        yield _Fact(("=", ("det", matrix), product), _combined(_product(size, left, right)))


# ------------------------------------------------------------------ blocks


def _grid(*rows: tuple[Term, ...]) -> Term:
    return ("blocks", *(("row", *row) for row in rows))


def _less(left: Term, *factors: Term) -> Term:
    """A − B·C·D."""
    return ("+", left, ("-", _times(*factors)))


def _times(*factors: Term) -> Term:
    first, *rest = factors
    for factor in rest:
        first = ("matmul", first, factor)
    return first


def _of_blocks(ctx: Context, matrix: Term) -> Iterator[_Fact]:
    """det [[A, B], [C, D]] = det D · det(A − B D⁻¹ C) = det A · det(D − C A⁻¹ B)."""
    if matrix[0] != "blocks" or [len(row) for row in matrix[1:]] != [3, 3]:
        return
    (_, a, b), (_, c, d) = matrix[1:]
    (_, m, columns), (_, n, _) = (sort_of(block, ctx.names) for block in (a, d))
    if m != columns:
        return
    size, one, other = settled_size(("+", m, n)), ("identity", m), ("identity", n)
    upper, lower = ("zero", m, n), ("zero", n, m)
    behind, before = _less(a, b, ("inverse", d), c), _less(d, c, ("inverse", a), b)
    for block, rest, left, right in (
        (d, behind, _grid((one, _times(b, ("inverse", d))), (lower, other)),
         _grid((behind, upper), (c, d))),
        (a, before, _grid((one, upper), (_times(c, ("inverse", a)), other)),
         _grid((a, b), (lower, before))),
    ):  # fmt: skip
        if _is_invertible(ctx, block):
            value = ("*", ("det", block), ("det", rest))
            yield _Fact(("=", ("det", matrix), value), _combined(_product(size, left, right)))


# ------------------------------------------------------------------ sums


def _of_sum(ctx: Context, matrix: Term) -> Iterator[_Fact]:
    """det(A + U W V) = det A · det W · det(W⁻¹ + V A⁻¹ U), for invertible A and W; W may be I."""
    parts = _summands(matrix)
    if len(parts) < 2:
        return
    for k, part in enumerate(parts):
        others = parts[:k] + parts[k + 1 :]
        rest = others[0] if len(others) == 1 else ("+", *others)
        if not _is_invertible(ctx, rest):
            continue
        factors = _factors(part)
        for i in range(1, min(len(factors), MOST_FACTORS)):
            for j in range(i, min(len(factors), MOST_FACTORS)):
                middle = _times(*factors[i:j]) if i < j else None
                if middle is not None and not _is_invertible(ctx, middle):
                    continue
                yield _updated(ctx, matrix, rest, _times(*factors[:i]), middle,
                               _times(*factors[j:]))  # fmt: skip


def _is_invertible(ctx: Context, term: Term) -> bool:
    return _is_square(ctx, term) and ctx.holds(("invertible", term))


def _updated(
    ctx: Context, matrix: Term, a: Term, u: Term, w: Term | None, v: Term
) -> _Fact:
    n, k = sort_of(matrix, ctx.names)[1], sort_of(v, ctx.names)[1]
    size, corner = settled_size(("+", k, n)), ("inverse", w) if w else ("identity", k)
    one, other = ("identity", k), ("identity", n)
    upper, lower, minus = ("zero", k, n), ("zero", n, k), ("-", v)
    whole = ("+", a, _times(u, w, v) if w else _times(u, v))
    turned = ("+", corner, _times(v, ("inverse", a), u))
    first = (
        _grid((one, upper), (_times(u, w) if w else u, other)),
        _grid((corner, minus), (lower, whole)),
    )
    second = (
        _grid((one, _times(minus, ("inverse", a))), (lower, other)),
        _grid((turned, upper), (u, a)),
    )
    weight: Term = ("det", w) if w else "1"
    value = ("*", ("det", a), ("det", turned), *([weight] if w else []))
    return _Fact(("=", ("det", matrix), value), _combined(
        _product(size, *second, weight), _product(size, *first, ("-", weight))
    ))  # fmt: skip


def _summands(term: Term, minus: bool = False) -> list[Term]:
    if term[0] == "+":
        return [part for one in term[1:] for part in _summands(one, minus)]
    if term[0] == "-":
        return _summands(term[1], not minus)
    return [("-", term) if minus else term]


def _factors(term: Term) -> list[Term]:
    """The factors of a product of matrices; a number stands with the first of them."""
    if term[0] == "matmul":
        return [*_factors(term[1]), *_factors(term[2])]
    if term[0] == "outer" and _ONE not in term:
        return [("outer", term[1], _ONE), ("outer", _ONE, term[2])]
    if term[0] == "-":
        first, *rest = _factors(term[1])
        return [("-", first), *rest]
    if term[0] == "*":
        first, *rest = _factors(term[-1])
        return [("*", *term[1:-1], first), *rest]
    return [term]


PROVER = Prover("determinants", _accepts, _prove)
