"""A matrix of blocks is a known one times numbers: M = Z·W, W of blocks a·I, b·I, c·I, d·I.

So is E + iF = (A + iB)(1 − ti) as a matrix of real blocks. Where Z has an inverse and ad − bc ≠ 0,
M has one, which is W⁻¹Z⁻¹; this is put for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from therefore.goal import Term, to_lists
from therefore.kernel.context import Context
from therefore.kernel.errors import Rejected
from therefore.kernel.polynomials import ZERO, Scalar
from therefore.kernel.terms import open_binder, sort_of
from therefore.provers.attempt import Labelled, Proof, by_rewriting, with_steps
from therefore.provers.building.matching import is_open
from therefore.provers.building.terms import subterms, template_of
from therefore.provers.building.unnormal import scalar_term
from therefore.provers.prover import RELATIONS, Prover

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["INVERTIBLE", "PROVER"]

_Column = dict[tuple[int, int], Scalar]


def _is_two_by_two(ctx: Context, term: Term) -> bool:
    """Whether this is a matrix of four square blocks of one size."""
    if term[0] != "blocks" or len(term) != 3 or is_open(term) or len(term[1]) != 3:
        return False
    sorts = [sort_of(block, ctx.names) for row in term[1:] for block in row[1:]]
    return all(sort == sorts[0] and sort[1] == sort[2] for sort in sorts)


def _known(ctx: Context, matrix: Term) -> list[Term]:
    """The other matrices of this size, of four blocks too, that are known to be invertible."""
    return [
        fact[1] for fact in ctx.facts.values()
        if fact[0] == "invertible" and fact[1] != matrix and _is_two_by_two(ctx, fact[1])
        and sort_of(fact[1], ctx.names) == sort_of(matrix, ctx.names)
    ]  # fmt: skip


# -------------------------------------------------------------- the numbers


def _column(ctx: Context, matrix: Term, at: int) -> _Column:
    """The coefficients of the words in a column of blocks."""
    found: _Column = {}
    for i, row in enumerate(matrix[1:]):
        for word, factor in ctx.normal.matrix(row[1 + at]).parts.items():
            found[i, word] = factor
    return found


def _combination(first: _Column, second: _Column, aim: _Column) -> tuple[Scalar, Scalar] | None:
    """The x and y with x·first + y·second = aim at two places that tell them."""
    places = list(dict.fromkeys([*first, *second]))
    for k, p in enumerate(places):
        for q in places[k + 1 :]:
            a, b = first.get(p, ZERO), second.get(p, ZERO)
            c, d = first.get(q, ZERO), second.get(q, ZERO)
            below = a * d - b * c
            if below.constant():
                x, y = aim.get(p, ZERO), aim.get(q, ZERO)
                over = below.inverse()
                return (x * d - b * y) * over, (a * y - x * c) * over
    return None


def _numbers(ctx: Context, known: Term, matrix: Term) -> list[list[Term]] | None:
    """The a, b, c, d, row by row."""
    first, second = (_column(ctx, known, k) for k in (0, 1))
    found = [_combination(first, second, _column(ctx, matrix, k)) for k in (0, 1)]
    if found[0] is None or found[1] is None:
        return None
    return [[scalar_term(ctx.atoms, one[k]) for one in (found[0], found[1])] for k in (0, 1)]


def _of_numbers(ctx: Context, numbers: list[list[Term]], size: Term) -> Term:
    one = ("identity", size)
    return ("blocks", *(("row", *(("*", number, one) for number in row)) for row in numbers))


# -------------------------------------------------------------- the inverse


def _inverse(
    search: Search, ctx: Context, known: Term, matrix: Term, depth: int
) -> tuple[Term, list[Labelled]] | None:
    """W⁻¹Z⁻¹, with the facts that make it the inverse."""
    numbers = _numbers(ctx, known, matrix)
    if numbers is None:
        return None
    size = sort_of(matrix[1][1], ctx.names)[1]
    times = _of_numbers(ctx, numbers, size)
    if not ctx.equal(matrix, ("matmul", known, times)):
        return None
    (a, b), (c, d) = numbers
    below = ("+", ("*", a, d), ("-", ("*", b, c)))
    nonzero = ("!=", below, "0")
    proof = search.prove(ctx, nonzero, depth + 1)
    if proof is None:
        return None
    back = _of_numbers(ctx, [[d, ("-", b)], [("-", c), a]], size)
    back = ("*", ("/", "1", below), back)
    undone = ("inverse", known)
    one = ("identity", sort_of(matrix, ctx.names)[1])
    label = f"multiple{len(ctx.facts)}_"
    laws = [("=", ("matmul", *pair), one) for pair in ((known, undone), (undone, known))]
    other = ("matmul", back, undone)
    facts: list[Labelled] = [(f"{label}0", nonzero, proof)]
    facts += [(f"{label}{k}", law, {"rule": "undoes"}) for k, law in enumerate(laws, 1)]
    item = {"fact": f"{label}2", "left": to_lists(back), "right": to_lists(times)}
    sides = (
        (("matmul", matrix, other), {"fact": f"{label}1"}), (("matmul", other, matrix), item),
    )  # fmt: skip
    facts += [
        (f"{label}{k}", ("=", side, one), {"rule": "combine", "items": [items]})
        for k, (side, items) in enumerate(sides, 3)
    ]
    return other, facts


def _two_sided(other: Term, facts: list[Labelled]) -> Proof:
    right, left = ({"rule": "assumption", "fact": label} for label, _, _ in facts[-2:])
    return {"rule": "two_sided", "inverse": to_lists(other), "right": right, "left": left}


def _is_of_blocks(ctx: Context, goal: Term) -> bool:
    return goal[0] == "invertible" and _is_two_by_two(ctx, goal[1]) and bool(_known(ctx, goal[1]))


def _prove_invertible(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    for known in _known(ctx, goal[1]):
        found = _inverse(search, ctx, known, goal[1], depth)
        if found is not None:
            other, facts = found
            proof = with_steps(facts, _two_sided(other, facts))
            if search.bench.works(ctx, goal, proof):
                return proof
    return None


# -------------------------------------------------------------- put for the inverse


def _inverses(ctx: Context, goal: Term) -> list[Term]:
    """The matrices of blocks whose inverses occur, and that are not the only known one."""
    return [
        term[1] for term in dict.fromkeys(subterms(goal))
        if term[0] == "inverse" and not is_open(term) and _is_two_by_two(ctx, term[1])
        and _known(ctx, term[1])
    ]  # fmt: skip


def _accepts(ctx: Context, goal: Term) -> bool:
    return goal[0] in RELATIONS and bool(_inverses(ctx, goal))


def _prove(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    search.bench.note("blocks that are numbers times other blocks")
    for matrix in _inverses(ctx, goal):
        for known in _known(ctx, matrix):
            if ("inverse", known) not in set(subterms(goal)):
                continue
            try:
                proof = _replaced(search, ctx, goal, (known, matrix), depth)
            except Rejected:
                proof = None
            if proof is not None:
                return proof
    return None


def _replaced(
    search: Search, ctx: Context, goal: Term, pair: tuple[Term, Term], depth: int
) -> Proof | None:
    known, matrix = pair
    found = _inverse(search, ctx, known, matrix, depth)
    if found is None:
        return None
    other, facts = found
    old = ("inverse", matrix)
    invertible = ("invertible", matrix)
    labels = [label for label, _, _ in facts[-2:]]
    shown = _two_sided(other, facts)
    size = sort_of(matrix, ctx.names)[1]
    law = ("=", ("matmul", matrix, old), ("identity", size))
    base = f"{labels[0]}_"
    facts = [
        *facts, (f"{base}i", invertible, shown), (f"{base}u", law, {"rule": "undoes"}),
    ]  # fmt: skip
    items = [
        {"fact": labels[1], "right": to_lists(old), "times": "-1"},
        {"fact": f"{base}u", "left": to_lists(other)},
    ]
    inner = ctx.extended()
    for label, fact, _ in facts:
        inner.assume(label, fact)
    template = template_of(goal, old)
    then = search.prove(inner, open_binder(template, other), depth + 1)
    proof = then and with_steps(facts, by_rewriting(
        template, old, other, {"rule": "combine", "items": items}, then
    ))
    return proof if proof and search.bench.works(ctx, goal, proof) else None


PROVER = Prover("multiples of blocks", _accepts, _prove)
INVERTIBLE = Prover("invertible multiples of blocks", _is_of_blocks, _prove_invertible)
