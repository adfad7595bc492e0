"""What is known for all pairs of vectors, at many pairs: written once with letters for the two.

The normal form of f(u) ≥ f(v) + ⟨∇f(v), u − v⟩ + … is worked out for two fresh vectors. At two
points each of its atoms becomes what it is there, which is the same for all pairs with that point.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import product
from typing import TypeAlias

from therefore.goal import Term, to_lists
from therefore.kernel.atoms import Vector
from therefore.kernel.context import Context
from therefore.kernel.errors import Rejected
from therefore.kernel.polynomials import ONE, Monomial, Scalar, added, atom
from therefore.kernel.terms import mentions, reduced, substitute
from therefore.provers.bench import Bench
from therefore.provers.building.candidates import Candidate, candidate_at
from therefore.provers.building.opened import Opened, inequalities_of_vectors
from therefore.provers.building.terms import subterms
from therefore.provers.building.unnormal import scalar_term
from therefore.provers.building.vector_equations import Solved

__all__ = ["Known", "at_pairs", "in_full", "written"]


@dataclass
class _Letters:
    """A relation with letters for its vectors, and what its atoms are at the points.

    ``briefly`` means: with the vector equations used in inner products.
    """

    ctx: Context
    names: list[str]
    relation: Scalar
    made: Candidate
    solved: Solved
    placed: dict[tuple[int, Term, bool], Scalar | Vector] = field(default_factory=dict)
    numbers: dict[tuple[int, tuple[Term, ...], bool], Scalar | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.brief = self.solved.applied(self.relation)
        self.marks = [self.ctx.atoms.intern("name", name) for name in self.names]
        self.inside: dict[int, tuple[int, ...]] = {}  # the letters in an atom, by number

    def has_norms(self) -> bool:
        """Whether a norm stands in the relation without a square."""
        rows = self.ctx.atoms.rows
        return any(rows[a].head == "norm" for monomial in self.relation.over for a, _ in monomial)

    def at(self, points: tuple[Term, ...], briefly: bool) -> Scalar:
        """The value at these points. Raises ``Rejected``."""
        return self._at(self.brief if briefly else self.relation, points, briefly)

    def _at(self, value: Scalar, points: tuple[Term, ...], briefly: bool) -> Scalar:
        terms = []
        for monomial, coefficient in value.over.items():
            kept: list[tuple[int, int]] = []
            term = ONE
            for a, e in monomial:
                there = self._number(a, points, briefly)
                if there is None:
                    kept.append((a, e))
                else:
                    term = term * there**e
            rest: Monomial = tuple(kept)
            terms.append(term * Scalar({rest: coefficient}))
        total = added(terms)
        return total * Scalar(dict(ONE.over), value.under) if value.under else total

    def _number(self, a: int, points: tuple[Term, ...], briefly: bool) -> Scalar | None:
        """What an atom that is a number is at the points; None where no letter stands in it."""
        if a not in self.inside:
            free = self.ctx.atoms.rows[a].free
            self.inside[a] = tuple(k for k, mark in enumerate(self.marks) if mark in free)
        own = self.inside[a]
        if not own:
            return None
        key = a, tuple(points[k] for k in own), briefly
        if key not in self.numbers:
            self.numbers[key] = self._new_number(a, points, briefly)
        return self.numbers[key]

    def _new_number(self, a: int, points: tuple[Term, ...], briefly: bool) -> Scalar | None:
        row = self.ctx.atoms.rows[a]
        if row.head == "inner" and all(isinstance(b, int) for b in row.arguments):
            u, v = (self._vector(b, points, briefly) for b in row.arguments if isinstance(b, int))
            return self.ctx.normal.inner(u, v)
        if row.head == "norm" and isinstance(row.arguments[0], Scalar):
            return self.ctx.normal.root("norm", self._at(row.arguments[0], points, False))
        there = self._placed(a, points, briefly)
        return there if isinstance(there, Scalar) else None

    def _vector(self, a: int, points: tuple[Term, ...], briefly: bool) -> Vector:
        there = self._placed(a, points, briefly)
        if there is None:
            return Vector({a: ONE})
        if not isinstance(there, Vector):
            raise ValueError("no vector")
        return there

    def _placed(self, a: int, points: tuple[Term, ...], briefly: bool) -> Scalar | Vector | None:
        """What the atom is at the points; None where none of the letters stands in it."""
        free = self.ctx.atoms.rows[a].free
        own = [k for k, mark in enumerate(self.marks) if mark in free]
        if not own:
            return None
        if len(own) > 1:
            raise ValueError("an atom of two letters")
        key = a, points[own[0]], briefly
        if key not in self.placed:
            there = self._worked_out(a, {self.names[own[0]]: points[own[0]]})
            if briefly and isinstance(there, Vector):
                there = self.solved.shortened(there)
            self.placed[key] = there
        return self.placed[key]

    def _worked_out(self, a: int, at: dict[str, Term]) -> Scalar | Vector:
        term = scalar_term(self.ctx.atoms, atom(a))
        there = self.ctx.normal.value(substitute(term, at))
        if not isinstance(there, Scalar | Vector):
            raise ValueError("neither a number nor a vector")
        return there


# The relations with letters, as they were worked out: by reference, and by their holes.
Known: TypeAlias = dict[tuple[str, tuple[str, ...]], _Letters | None]


def at_pairs(
    bench: Bench,
    ctx: Context,
    places: list[Term],
    used: list[Term],
    most: int,
    with_norms: bool,
    solved: Solved,
    known: Known,
) -> Iterator[tuple[Candidate, Opened, _Letters | None]]:
    """Inequalities for all vectors, or pairs of them, at the points; each is written later.

    Those that come with letters have vector equations used in their values already.
    Where a function is applied to a vector, it is one of the points ``used``. Inequalities in
    which a norm stands without a square are left out, unless ``with_norms``.
    """
    count = 0
    for opened in inequalities_of_vectors(bench, ctx):
        holes = [hole for hole, _ in opened.holes]
        key = opened.source.reference, tuple(holes)
        if key not in known:
            known[key] = _letters(bench, ctx, opened, solved)
        letters = known[key]
        if not with_norms and letters is not None and letters.has_norms():
            continue
        rooms = [used if _is_argument(opened.relation, hole) else places for hole in holes]
        for at in product(*rooms):
            if count == most:
                return
            if len(set(at)) < len(at):
                continue
            made, way = _made(bench, ctx, opened, letters, at)
            if made is not None and isinstance(made.value, Scalar) and made.value.over:
                count += 1
                yield made, opened, way


def _is_argument(relation: Term, hole: str) -> bool:
    """Whether a function is applied to the hole, or its gradient taken there."""
    return any(
        term[0] in ("app", "gradient") and len(term) == 3 and term[2] == hole
        for term in subterms(relation)
    )


def _letters(bench: Bench, ctx: Context, opened: Opened, solved: Solved) -> _Letters | None:
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
    return _Letters(inner, names, made.value, made, solved)


def _made(
    bench: Bench, ctx: Context, opened: Opened, letters: _Letters | None, at: tuple[Term, ...]
) -> tuple[Candidate | None, _Letters | None]:
    values = dict(opened.values)
    values |= {hole: place for (hole, _), place in zip(opened.holes, at, strict=True)}
    if letters is not None:
        bench.check_time()
        try:
            value = letters.at(at, briefly=True)
        except (Rejected, ValueError, KeyError):
            return candidate_at(bench, ctx, opened, values), None
        terms = tuple(values.get(name, name) for name in opened.order)
        item = {"fact": opened.source.reference, "with": to_lists(terms)}
        return Candidate(item, opened.relation[0], value, letters.made.sort, ctx), letters
    return candidate_at(bench, ctx, opened, values), None


def in_full(made: Candidate, opened: Opened, letters: _Letters) -> Scalar:
    """The value of the candidate without any vector equation used."""
    terms = dict(zip(opened.order, map(_term, made.item["with"]), strict=True))
    return letters.at(tuple(terms[hole] for hole, _ in opened.holes), briefly=False)


def written(ctx: Context, made: Candidate, opened: Opened) -> Candidate:
    """The candidate with its relation written out."""
    if made.formula:
        return made
    terms = [_term(part) for part in made.item["with"]]
    values = dict(zip(opened.order, terms, strict=True))
    return replace(made, formula=reduced(substitute(opened.relation, values), ctx.names))


def _term(data: object) -> Term:
    return tuple(_term(part) for part in data) if isinstance(data, list) else data
