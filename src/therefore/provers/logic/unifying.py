"""What is known for all indices, at the places where the goal's normal form speaks of it.

The left side of a known equation is one atom, an entry of J^k say, with variables for indices.
Where such an atom stands in the difference of the goal's sides, or in the body of a sum there, the
equation is added at these indices, with what the atom is multiplied by; until nothing is left.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from therefore.goal import Term, to_lists
from therefore.kernel.atoms import Argument, Residue, Vector
from therefore.kernel.context import Context
from therefore.kernel.errors import Rejected
from therefore.kernel.polynomials import ONE, Monomial, Scalar, atom, number
from therefore.kernel.sums import sum_over
from therefore.kernel.terms import substitute
from therefore.kernel.words import act_word, backwards, chain
from therefore.provers.attempt import Proof
from therefore.provers.bench import Bench, Source
from therefore.provers.building.candidates import candidate_at
from therefore.provers.building.opened import Opened, opened_sources
from therefore.provers.building.unnormal import scalar_term
from therefore.provers.prover import Prover

if TYPE_CHECKING:
    from therefore.provers.search import Search

__all__ = ["PROVER"]

MOST_STEPS = 12
Found = dict[int, Scalar]  # by the atom of a variable


def _is_equation(ctx: Context, goal: Term) -> bool:
    return bool(goal[0] == "=")


def _prove(search: Search, ctx: Context, goal: Term, depth: int) -> Proof | None:
    """Add what is known at the places that the normal form shows."""
    bench = search.bench
    target = ctx.normal.scalar(goal[2]) - ctx.normal.scalar(goal[1])
    patterns = list(_patterns(bench, ctx))
    items: list[dict[str, Any]] = []
    while not ctx.atoms.is_zero(target):
        step = _step(bench, ctx, target, patterns) if len(items) < MOST_STEPS else None
        if step is None:
            return None
        items.append(step[0])
        target = target - step[1]
    proof: Proof = {"rule": "combine", "items": items}
    return proof if items and bench.works(ctx, goal, proof) else None


class _Pattern:
    """A known equation whose left side is one atom, with the atoms of its variables."""

    def __init__(self, ctx: Context, opened: Opened, index: int, holes: dict[int, str]) -> None:
        self.ctx, self.opened, self.index, self.holes = ctx, opened, index, holes


def _patterns(bench: Bench, ctx: Context) -> Iterator[_Pattern]:
    sources = [Source(label, formula) for label, formula in ctx.facts.items()]
    for source in [*sources, *bench.sources]:
        for opened in opened_sources(ctx, source, 3):
            if opened.relation[0] != "=":
                continue
            if any(s != "integer" and s[0] != "residue" for _, s in opened.holes):
                continue
            inner = ctx.extended()
            try:
                for name, sort in opened.holes:
                    inner.declare(name, sort)
                left = inner.normal.value(substitute(opened.relation[1], opened.values))
            except (Rejected, KeyError):
                continue
            index = _only(left)
            if index is not None:
                holes = {inner.atoms.intern("name", name): name for name, _ in opened.holes}
                if holes.keys() <= inner.atoms.rows[index].free:
                    yield _Pattern(inner, opened, index, holes)


def _only(value: Argument) -> int | None:
    """The atom that a number is."""
    if not isinstance(value, Scalar) or value.under or len(value.over) != 1:
        return None
    ((monomial, coefficient),) = value.over.items()
    return monomial[0][0] if coefficient == 1 and [e for _, e in monomial] == [1] else None


def _step(
    bench: Bench, ctx: Context, target: Scalar, patterns: list[_Pattern]
) -> tuple[dict[str, Any], Scalar] | None:
    """An item that takes one atom out of the difference, and what the item is worth."""
    for monomial, coefficient in target.over.items():
        for index, exponent in monomial:
            if exponent != 1:
                continue
            rest = Scalar({_without(monomial, index): -coefficient}, target.under)
            found = _item(bench, ctx, index, rest, patterns)
            for place, other in _sums(ctx, index) if found is None else ():
                found = found or _inside(bench, ctx, place, other, rest, patterns)
            if found is not None:
                return found
    return None


def _without(monomial: Monomial, index: int) -> Monomial:
    return tuple((a, e) for a, e in monomial if a != index)


def _item(
    bench: Bench, ctx: Context, index: int, rest: Scalar, patterns: list[_Pattern]
) -> tuple[dict[str, Any], Scalar] | None:
    for pattern in patterns:
        found = _unified(pattern, index)
        if found is None:
            continue
        values = {pattern.holes[i]: scalar_term(ctx.atoms, v) for i, v in found.items()}
        values = {**pattern.opened.values, **values}
        made = candidate_at(bench, ctx, pattern.opened, values)
        if made is not None and isinstance(made.value, Scalar):
            item = {**made.item, "times": to_lists(scalar_term(ctx.atoms, rest))}
            return item, made.value * rest
    return None


def _sums(ctx: Context, index: int) -> Iterator[tuple[int, Vector | None]]:
    """A sum over a range that an atom is, or ⟨u, Σ v⟩ with the sum on one side: Σ ⟨u, v⟩."""
    nf, row = ctx.normal, ctx.atoms.rows[index]
    if row.head == "sum":
        yield index, None
    elif row.head == "inner":
        left, right = (chain(nf, int(a)) for a in row.arguments)  # type: ignore[arg-type]
        for (near, u), (far, v) in ((left, right), (right, left)):
            if ctx.atoms.rows[v].head == "vector sum":
                yield v, act_word(nf, backwards(nf, far) + near, Vector({u: ONE}))


def _inside(
    bench: Bench,
    ctx: Context,
    index: int,
    other: Vector | None,
    rest: Scalar,
    patterns: list[_Pattern],
) -> tuple[dict[str, Any], Scalar] | None:
    """The same for an atom in the body of a sum over a range, or in ⟨other, body⟩."""
    row = ctx.atoms.rows[index]
    low, high, body = row.arguments
    if not isinstance(low, Scalar) or not isinstance(high, Scalar):
        return None
    inner = ctx.extended()
    name = inner.fresh("t")
    inner.declare(name, "integer")
    ends = [scalar_term(ctx.atoms, end) for end in (low, high)]
    inner.assume(f"{name}_from", ("<=", ends[0], name))
    inner.assume(f"{name}_to", ("<=", name, ends[1]))
    variable = inner.atoms.intern("name", name)
    by = {inner.atoms.index(row.height): atom(variable)}
    opened = inner.normal.substituted(body, by)  # type: ignore[arg-type]
    if isinstance(opened, Vector) and other is not None:
        opened = inner.normal.inner(other, opened)
    if not isinstance(opened, Scalar):
        return None
    for monomial, coefficient in opened.over.items():
        for place, exponent in monomial:
            others = Scalar({_without(monomial, place): coefficient}, opened.under) * rest
            made = _item(bench, inner, place, others, patterns) if exponent == 1 else None
            if made is not None:
                item, value = made
                ctx.normal.names[name] = "integer"
                total = sum_over(ctx.normal, low, high, variable, value)
                over = {"index": name, "from": to_lists(ends[0]), "to": to_lists(ends[1])}
                return ({**item, "over": over}, total) if isinstance(total, Scalar) else None
    return None


# ------------------------------------------------------------------ unification


def _unified(pattern: _Pattern, index: int) -> Found | None:
    """Values of all the variables for which the pattern is the atom."""
    for found in _atoms(pattern, pattern.index, index, {}):
        if found.keys() == pattern.holes.keys():
            return found
    return None


def _atoms(pattern: _Pattern, mine: int, other: int, found: Found) -> Iterator[Found]:
    rows = pattern.ctx.atoms.rows
    if mine == other or not rows[mine].free & pattern.holes.keys():
        if mine == other:
            yield found
        return
    if rows[mine].head != rows[other].head:
        return
    if rows[mine].head == "inner":
        yield from _inners(pattern, mine, other, found)
        return
    yield from _each(pattern, rows[mine].arguments, rows[other].arguments, found)


def _inners(pattern: _Pattern, mine: int, other: int, found: Found) -> Iterator[Found]:
    """⟨u, W v⟩ = ⟨Wᵀ u, v⟩, with the word on either side."""
    nf = pattern.ctx.normal
    ends = []
    for index in (mine, other):
        (left, u), (right, v) = (chain(nf, int(a)) for a in nf.atoms.rows[index].arguments)  # type: ignore[arg-type]
        ends.append((u, backwards(nf, left) + right, v))
    (u, word, v), (a, middle, b) = ends
    for start, letters, end in ((a, middle, b), (b, backwards(nf, middle), a)):
        yield from _each(pattern, (u, v, *word), (start, end, *letters), found)


def _each(
    pattern: _Pattern, mine: tuple[Argument, ...], other: tuple[Argument, ...], found: Found
) -> Iterator[Found]:
    """All the parts, one after the other; those with two unknowns may wait for the others."""
    if len(mine) != len(other):
        return
    if not mine:
        yield found
        return
    for k, (part, wanted) in enumerate(zip(mine, other, strict=True)):
        for more in _one(pattern, part, wanted, found):
            rest = mine[:k] + mine[k + 1 :], other[:k] + other[k + 1 :]
            yield from _each(pattern, *rest, more)
            return


def _one(pattern: _Pattern, mine: Argument, other: Argument, found: Found) -> Iterator[Found]:
    atoms = pattern.ctx.atoms
    if isinstance(mine, int) and isinstance(other, int):
        yield from _atoms(pattern, mine, other, found)
    elif isinstance(mine, Residue) and isinstance(other, Residue) and mine.size == other.size:
        yield from _solved(pattern, mine.value, other.value, found, mine.size)
    elif isinstance(mine, Scalar) and isinstance(other, Scalar):
        yield from _solved(pattern, mine, other, found, "")
    elif isinstance(mine, Vector) and type(mine) is type(other):
        if atoms.is_zero(mine - other):
            yield found
    elif mine == other:
        yield found


def _solved(
    pattern: _Pattern, mine: Scalar, other: Scalar, found: Found, size: str
) -> Iterator[Found]:
    """Solve an affine place for its one unknown, which stands there with the factor 1 or −1."""
    normal, atoms = pattern.ctx.normal, pattern.ctx.atoms
    placed = normal.substituted(mine, found)
    if not isinstance(placed, Scalar) or placed.under:
        return
    unknown = [i for i in pattern.holes if i not in found and i in atoms.free(placed)]
    difference = other - placed
    if not unknown:
        left = atoms.reduced(size, difference) if size else difference
        if not left.over:
            yield found
    elif len(unknown) == 1:
        slope = placed.over.get(((unknown[0], 1),))
        if slope in (1, -1):
            value = difference * number(slope) + atom(unknown[0]) * ONE
            if unknown[0] not in atoms.free(value):
                yield {**found, unknown[0]: value}


PROVER = Prover("known places", _is_equation, _prove)
