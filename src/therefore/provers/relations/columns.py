"""Each known relation with each multiplier that is worth trying, as a column of a linear system."""

from __future__ import annotations

from therefore.kernel.atoms import Vector
from therefore.kernel.context import Context
from therefore.kernel.errors import Rejected
from therefore.kernel.polynomials import ONE, Scalar, atom
from therefore.kernel.words import letters, size_of
from therefore.provers.building.candidates import Candidate
from therefore.provers.building.elimination import Part
from therefore.provers.building.spoken_of import vector_atoms

__all__ = ["columns"]


def columns(ctx: Context, target: Scalar, known: list[Candidate], equation: bool) -> list[Part]:
    """Each relation with each multiplier worth trying."""
    parts: list[Part] = []
    pool = vector_atoms(ctx, target)
    seen = [target]
    for candidate in known:
        if isinstance(candidate.value, Vector):
            pool = pool | {a for a in candidate.value.parts if not candidate.index}
        elif not candidate.index and candidate.kind != "=":  # it may bring in other products
            pool = pool | vector_atoms(ctx, candidate.value)
            seen.append(candidate.value)
    pool = pool | {inside for a in pool for inside in _inside_products(ctx, a)}
    for candidate in known:
        value = candidate.value
        if isinstance(value, Vector):
            here = pool | set(value.parts)
            if candidate.index:
                here |= set().union(*(_inside_sums(ctx, value, candidate) for value in seen))
            for index in sorted(here):
                if size_of(ctx.normal, index) not in ("", candidate.sort[1]):
                    continue
                if candidate.index or _free_of_internal(ctx, index):
                    multiplier = Vector({index: ONE})
                    product = candidate.context.normal.inner(multiplier, value)
                    parts.append(Part(candidate, multiplier, candidate.summed(ctx, product)))
        elif candidate.kind == "=" or not equation:
            parts.append(Part(candidate, ONE, candidate.summed(ctx, value)))
            if candidate.kind != "=":
                twice = _twice_the_lesser_side(candidate)
                if twice is not None:
                    both = value * twice + value * value
                    parts.append(Part(candidate, twice, candidate.summed(ctx, both), True))
    return parts


def _inside_products(ctx: Context, index: int) -> list[int]:
    """The v and the B v of a vector A B v."""
    row = ctx.atoms.rows[index]
    if row.head != "act":
        return []
    parts = letters(row)
    return [ctx.atoms.intern("act", *parts[k:]) for k in range(1, len(parts) - 1)] + [parts[-1]]


def _inside_sums(ctx: Context, value: Scalar, candidate: Candidate) -> set[int]:
    """The vector atoms in the bodies of a value's sums, at the candidate's index."""
    found: set[int] = set()
    normal = candidate.context.normal
    index = ctx.atoms.intern("name", candidate.index)
    for monomial in value.over:
        for a, _ in monomial:
            row = ctx.atoms.rows[a]
            if row.head == "sum" and isinstance(row.arguments[2], Scalar):
                bound = ctx.atoms.index(row.height)
                for vector in vector_atoms(ctx, row.arguments[2]):
                    moved = normal.substituted(Vector({vector: ONE}), {bound: atom(index)})
                    found |= set(moved.parts) if isinstance(moved, Vector) else set()
    return found


def _free_of_internal(ctx: Context, index: int) -> bool:
    return all(
        str(ctx.atoms.rows[a].arguments[0]) in ctx.names
        for a in ctx.atoms.rows[index].free
        if ctx.atoms.rows[a].head == "name"
    )


def _twice_the_lesser_side(candidate: Candidate) -> Scalar | None:
    """2a for a relation 0 ≤ a ≤ b, which gives b² − a² = (b − a)² + 2a·(b − a)."""
    inner = candidate.context
    try:
        left = inner.normal.scalar(candidate.formula[1])
        if left.over and inner.signs(left) <= {0, 1}:
            return left + left
    except Rejected:
        return None
    return None
