"""What is known for all pairs of vectors, at many pairs: written once with letters for the two.

The normal form of f(u) ≥ f(v) + ⟨∇f(v), u − v⟩ + … is worked out for two fresh vectors. At two
points each of its atoms becomes what it is there, which is the same for all pairs with that point.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import permutations

from therefore.goal import Term, from_lists, to_lists
from therefore.kernel.atoms import Vector
from therefore.kernel.context import Context
from therefore.kernel.errors import Rejected
from therefore.kernel.polynomials import ONE, ZERO, Monomial, Scalar, atom
from therefore.kernel.terms import mentions, reduced, substitute
from therefore.provers.bench import Bench, Source
from therefore.provers.building.candidates import Candidate, candidate_at
from therefore.provers.building.opened import Opened, with_holes
from therefore.provers.building.unnormal import scalar_term

__all__ = ["at_pairs", "written"]


@dataclass
class _Letters:
    """A relation with letters for its vectors, and what its atoms are at the points."""

    ctx: Context
    names: list[str]
    relation: Candidate
    known: dict[tuple[int, Term], Scalar | Vector | None] = field(default_factory=dict)

    def has_norms(self) -> bool:
        """Whether a norm stands in the relation without a square."""
        value = self.relation.value
        assert isinstance(value, Scalar)
        rows = self.ctx.atoms.rows
        return any(rows[a].head == "norm" for monomial in value.over for a, _ in monomial)

    def at(self, points: tuple[Term, ...]) -> Scalar:
        """The value at these points. Raises ``Rejected``."""
        value = self.relation.value
        assert isinstance(value, Scalar)
        return self._at(value, points)

    def _at(self, value: Scalar, points: tuple[Term, ...]) -> Scalar:
        total = ZERO
        for monomial, coefficient in value.over.items():
            kept: list[tuple[int, int]] = []
            term = ONE
            for a, e in monomial:
                there = self._number(a, points)
                if there is None:
                    kept.append((a, e))
                else:
                    term = term * there**e
            rest: Monomial = tuple(kept)
            total = total + term * Scalar({rest: coefficient})
        return total * Scalar(dict(ONE.over), value.under)

    def _number(self, a: int, points: tuple[Term, ...]) -> Scalar | None:
        row = self.ctx.atoms.rows[a]
        if row.head == "inner" and all(isinstance(b, int) for b in row.arguments):
            ends = [self._placed(b, points) for b in row.arguments if isinstance(b, int)]
            if all(end is None for end in ends):
                return None
            u, v = (
                Vector({b: ONE}) if end is None else end
                for end, b in zip(ends, row.arguments, strict=True)
                if isinstance(b, int)
            )
            assert isinstance(u, Vector) and isinstance(v, Vector)
            return self.ctx.normal.inner(u, v)
        if row.head == "norm" and isinstance(row.arguments[0], Scalar):
            return self.ctx.normal.root("norm", self._at(row.arguments[0], points))
        there = self._placed(a, points)
        return there if isinstance(there, Scalar) else None

    def _placed(self, a: int, points: tuple[Term, ...]) -> Scalar | Vector | None:
        """What the atom is at the points; None where none of the letters stands in it."""
        own = [k for k, name in enumerate(self.names) if self._speaks_of(a, name)]
        if not own:
            return None
        if len(own) > 1:
            raise ValueError("an atom of two letters")
        key = (a, points[own[0]])
        if key not in self.known:
            self.known[key] = self._worked_out(a, {self.names[own[0]]: points[own[0]]})
        return self.known[key]

    def _speaks_of(self, a: int, name: str) -> bool:
        return self.ctx.atoms.intern("name", name) in self.ctx.atoms.rows[a].free

    def _worked_out(self, a: int, at: dict[str, Term]) -> Scalar | Vector:
        term = scalar_term(self.ctx.atoms, atom(a))
        there = self.ctx.normal.value(substitute(term, at))
        if not isinstance(there, Scalar | Vector):
            raise ValueError("neither a number nor a vector")
        return there


def at_pairs(
    bench: Bench, ctx: Context, places: list[Term], most: int, with_norms: bool
) -> Iterator[tuple[Candidate, Opened]]:
    """Inequalities for all vectors, or pairs of them, at the points; each is written later.

    Those in which a norm stands without a square are left out, unless ``with_norms``.
    """
    facts = [Source(label, formula) for label, formula in ctx.facts.items()]
    count = 0
    for source in [*facts, *bench.sources]:
        vectors = tuple(name for name in source.names if ctx.names.get(name, "")[:1] == ("vector",))
        for opened in with_holes(ctx, source, vectors):
            holes = [hole for hole, _ in opened.holes]
            if not 1 <= len(holes) <= 2 or any(sort[0] != "vector" for _, sort in opened.holes):
                continue
            if opened.relation[0] not in ("<=", "<"):
                continue
            letters = _letters(bench, ctx, opened)
            if not with_norms and letters is not None and letters.has_norms():
                continue
            for at in permutations(places, len(holes)):
                if count == most:
                    return
                made = _made(bench, ctx, opened, letters, at)
                if made is not None and isinstance(made.value, Scalar) and made.value.over:
                    count += 1
                    yield made, opened


def _letters(bench: Bench, ctx: Context, opened: Opened) -> _Letters | None:
    """The relation with letters; None if its premises speak of them, or it does not hold."""
    if any(mentions(premise, hole) for premise in opened.premises for hole, _ in opened.holes):
        return None
    inner = ctx.extended()
    values, names = dict(opened.values), []
    for hole, sort in opened.holes:
        name = inner.fresh("p")
        try:
            inner.declare(name, substitute(sort, opened.values))
        except Rejected:
            return None
        names.append(name)
        values[hole] = name
    made = candidate_at(bench, inner, opened, values)
    if made is None or not isinstance(made.value, Scalar):
        return None
    return _Letters(inner, names, made)


def _made(
    bench: Bench, ctx: Context, opened: Opened, letters: _Letters | None, at: tuple[Term, ...]
) -> Candidate | None:
    values = dict(opened.values)
    values |= {hole: place for (hole, _), place in zip(opened.holes, at, strict=True)}
    if letters is not None:
        bench.check_time()
        try:
            value = letters.at(at)
        except (Rejected, ValueError, KeyError):
            return candidate_at(bench, ctx, opened, values)
        terms = tuple(values.get(name, name) for name in opened.order)
        item = {"fact": opened.source.reference, "with": to_lists(terms)}
        return Candidate(item, opened.relation[0], value, letters.relation.sort, ctx)
    return candidate_at(bench, ctx, opened, values)


def written(ctx: Context, made: Candidate, opened: Opened) -> Candidate:
    """The candidate with its relation written out."""
    if made.formula:
        return made
    terms = from_lists(made.item["with"])
    values = dict(zip(opened.order, terms, strict=True))
    return replace(made, formula=reduced(substitute(opened.relation, values), ctx.names))
