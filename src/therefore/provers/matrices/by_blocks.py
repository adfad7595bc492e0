"""Matrices that are made of blocks are equal where their blocks are, which are proved one by one.

Completion of a whole matrix has to find all its blocks at once; each alone is a small goal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from therefore.goal import Term, to_lists
from therefore.kernel.atoms import Matrix
from therefore.kernel.blocks import embedding
from therefore.kernel.context import Context
from therefore.kernel.errors import Rejected
from therefore.kernel.terms import sort_of
from therefore.kernel.words import product, transposed
from therefore.provers.attempt import Labelled, Proof, with_steps
from therefore.provers.building.terms import subterms
from therefore.provers.building.unnormal import matrix_term
from therefore.provers.matrices.completing import prove_by_completing
from therefore.provers.matrices.known_equations import reached
from therefore.provers.prover import Prover

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["PROVER"]

DEEPEST = 4
Parts = tuple[Term, ...]


def _accepts(ctx: Context, goal: Term) -> bool:
    if goal[0] != "=" or all(term[0] != "blocks" for term in subterms(goal)):
        return False
    if any(side[0] == "inverse" and side[1][0] == "blocks" for side in goal[1:]):
        return False  # of its blocks nothing is known
    return bool(sort_of(goal[1], ctx.names)[0] == "matrix")


def _prove(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    if depth > DEEPEST:
        return None
    sides = [ctx.normal.matrix(side) for side in goal[1:]]
    _, *sizes = sort_of(goal[1], ctx.names)
    rows, columns = (_parts(ctx, sides, size) for size in sizes)
    if len(rows) * len(columns) == 1:
        return None
    if _undoes_blocks(goal):
        try:
            found = prove_by_completing(search.bench, ctx, goal)
        except (Rejected, KeyError, ValueError, ZeroDivisionError):
            found = None
        if found is not None:
            return found
    search.bench.note("block by block")
    steps: list[Labelled] = []
    items: list[dict[str, Any]] = []
    for i, height in enumerate(rows):
        for j, width in enumerate(columns):
            before = transposed(ctx.normal, embedding(ctx.normal, rows, i))
            behind = embedding(ctx.normal, columns, j)
            left, right = (
                product(ctx.normal, product(ctx.normal, before, side), behind) for side in sides
            )
            if not (right - left).parts:
                continue
            terms = (matrix_term(ctx.atoms, side, height, width) for side in (left, right))
            block = ("=", *terms)
            proof = search.prove(ctx, block, depth + 1)
            if proof is None:
                return None
            label = f"block{len(ctx.facts)}_{i}{j}"
            steps.append((label, block, proof))
            items.append({"fact": label})
            for way, factor, size, other in (
                ("left", transposed(ctx.normal, before), sizes[0], height),
                ("right", transposed(ctx.normal, behind), width, sizes[1]),
            ):
                if size != other:
                    items[-1][way] = to_lists(matrix_term(ctx.atoms, factor, size, other))
    whole = with_steps(steps, {"rule": "combine", "items": items})
    return whole if whole and search.bench.works(ctx, goal, whole) else None


def _undoes_blocks(goal: Term) -> bool:
    """Whether blocks stand beside their inverse, of which the parts tell nothing."""
    return any(
        term[0] == "matmul" and term[1][0] in ("blocks", "inverse") and (
            term[1] == ("inverse", term[2]) or term[2] == ("inverse", term[1])
        )
        for term in subterms(goal)
    )  # fmt: skip


def _parts(ctx: Context, sides: list[Matrix], size: Term) -> Parts:
    """The sizes of the blocks that a size is made of; itself where the sides do not say."""
    found = set()
    for index in set().union(*(reached(ctx.atoms, side) for side in sides)):
        row = ctx.atoms.rows[index]
        if row.head in ("embedding", "restriction"):
            parts = row.arguments[0]
            if isinstance(parts, tuple) and _whole(ctx, parts) == size:
                found.add(parts)
    return min(found, key=repr) if len(found) == 1 else (size,)


def _whole(ctx: Context, parts: Any) -> Term:
    letter = embedding(ctx.normal, parts, 0)
    return sort_of(matrix_term(ctx.atoms, letter, "1", "1"), ctx.names)[1]


PROVER = Prover("block by block", _accepts, _prove)
