"""Finds what ``combine`` needs: multipliers by elimination, squares by completing them.

Known relations are columns over the field of the goal's parameters, and the difference of the
goal's sides is eliminated by them: sums first, then function values, then later iterates. What is
left of an inequality must be seen to be nonnegative, or be a sum of squares: a quadratic form in
vectors of any dimension (or in numbers) is completed to squares, its pivots signed by inspection.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from therefore.goal import Term, to_lists
from therefore.kernel.atoms import Vector
from therefore.kernel.context import Context
from therefore.kernel.errors import Rejected
from therefore.kernel.polynomials import ONE, ZERO, Monomial, Scalar, atom, number
from therefore.provers.attempt import Proof
from therefore.provers.bench import Bench
from therefore.provers.candidates import Candidate, candidates, vector_atoms
from therefore.provers.field import Column, Field
from therefore.provers.squares import completed_squares
from therefore.provers.unnormal import scalar_term, vector_term

__all__ = ["prove_by_adding"]

MOST_COLUMNS = 400


@dataclass
class _Part:
    """One column: a candidate times one guessed multiplier."""

    candidate: Candidate
    multiplier: Scalar | Vector
    value: Scalar | Vector
    squared: bool = False  # also the square of the relation's difference: b² − a² in all


def prove_by_adding(bench: Bench, ctx: Context, goal: Term) -> Proof | None:
    """A ``combine`` proof of the relation from what is known, or None."""
    if goal[0] not in ("=", "<=", "<"):
        return None
    bench.note("adding known relations")
    for stage in (1, 2, 3):
        try:
            found = _at_stage(bench, ctx, goal, stage)
        except (Rejected, ValueError, KeyError, ZeroDivisionError):
            found = None
        if found is not None:
            return found
    return None


def _at_stage(bench: Bench, ctx: Context, goal: Term, stage: int) -> Proof | None:
    left, right = ctx.normal.value(goal[1]), ctx.normal.value(goal[2])
    target = right - left  # type: ignore[operator]
    known = list(candidates(bench, ctx, goal, stage))
    if isinstance(target, Vector):
        return _vector_equation(bench, ctx, goal, target, known)
    parts = _columns(ctx, target, known, goal[0] == "=")
    if len(parts) > MOST_COLUMNS:
        return None
    domain = Field(ctx.atoms, [target, *(p.value for p in parts if isinstance(p.value, Scalar))])
    for reached in _reductions(bench, ctx, domain, target, parts):
        if not reached.signs_fit():
            continue
        rest = reached.rest_as_scalar()
        for more in (*_ways_to_close(ctx, goal, rest), *reached.ways_by_quotient(parts)):
            proof: Proof = {"rule": "combine", "items": reached.items() + more}
            if bench.works(ctx, goal, proof):
                return proof
    return None


def _reductions(
    bench: Bench, ctx: Context, domain: Field, target: Scalar, parts: list[_Part]
) -> Iterator[_Elimination]:
    """The target reduced by the equations, and by inequalities in one way after the other.

    All inequalities as if they were equations (right for a chain), then greedily, each where it
    removes its own main term, then one alone.
    """
    equations = [p for p in parts if p.candidate.kind == "="]
    others = [p for p in parts if p.candidate.kind != "="]
    if others:
        chain = _Elimination(ctx, domain)
        for part in (*equations, *others):
            bench.check_time()
            chain.add_equation(part)
        chain.start(target)
        yield chain
    base = _Elimination(ctx, domain)
    for part in equations:
        bench.check_time()
        base.add_equation(part)
    base.start(target)
    greedy = base.copy()
    for part in others:
        greedy.use_inequality(part)
    yield greedy
    for part in others:
        bench.check_time()
        alone = base.copy()
        alone.use_inequality(part, anywhere=True)
        if alone.used != base.used:
            yield alone


def _ways_to_close(ctx: Context, goal: Term, rest: Scalar) -> list[list[dict[str, Any]]]:
    """Items that add up to what elimination left."""
    if ctx.atoms.is_zero(rest):
        return [[]]
    if goal[0] == "=":
        return []
    ways: list[list[dict[str, Any]]] = []
    signs = ctx.signs(rest)
    term = to_lists(scalar_term(ctx.atoms, rest))
    if signs == {1}:
        ways.append([{"positive": term}])
    if signs <= {0, 1}:
        ways.append([{"square": "1", "times": term}])
    squares = completed_squares(ctx, rest)
    if squares is not None:
        ways.append(squares)
    return ways


def _vector_equation(
    bench: Bench, ctx: Context, goal: Term, target: Vector, known: list[Candidate]
) -> Proof | None:
    if goal[0] != "=":
        return None
    usable = [c for c in known if isinstance(c.value, Vector) and c.kind == "="]
    values = [c.summed(ctx, c.value) for c in usable]
    vectors = [v for v in values if isinstance(v, Vector)]
    scalars = [s for v in (target, *vectors) for s in v.parts.values()]
    domain = Field(ctx.atoms, scalars)
    reached = _Elimination(ctx, domain)
    for candidate, value in zip(usable, values, strict=True):
        reached.add_equation(_Part(candidate, ONE, value))
    reached.start(target)
    if reached.rest:
        return None
    proof: Proof = {"rule": "combine", "items": reached.items()}
    return proof if bench.works(ctx, goal, proof) else None


def _columns(
    ctx: Context, target: Scalar, known: list[Candidate], equation: bool
) -> list[_Part]:
    """Each relation with each multiplier worth trying."""
    parts: list[_Part] = []
    pool = vector_atoms(ctx, target)
    for candidate in known:
        if isinstance(candidate.value, Vector):
            pool = pool | {a for a in candidate.value.parts if not candidate.index}
    for candidate in known:
        value = candidate.value
        if isinstance(value, Vector):
            here = pool | set(value.parts)
            if candidate.index:
                here |= _inside_sums(ctx, target, candidate)
            for index in sorted(here):
                if candidate.index or _free_of_internal(ctx, index):
                    multiplier = Vector({index: ONE})
                    product = candidate.context.normal.inner(multiplier, value)
                    parts.append(_Part(candidate, multiplier, candidate.summed(ctx, product)))
        elif candidate.kind == "=" or not equation:
            parts.append(_Part(candidate, ONE, candidate.summed(ctx, value)))
            if candidate.kind != "=":
                twice = _twice_the_lesser_side(candidate)
                if twice is not None:
                    both = value * twice + value * value
                    parts.append(_Part(candidate, twice, candidate.summed(ctx, both), True))
    return parts


def _inside_sums(ctx: Context, target: Scalar, candidate: Candidate) -> set[int]:
    """The vector atoms in the bodies of the target's sums, at the candidate's index."""
    found: set[int] = set()
    normal = candidate.context.normal
    index = ctx.atoms.intern("name", candidate.index)
    for monomial in target.over:
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


class _Elimination:
    """Gaussian elimination with the multipliers remembered."""

    def __init__(self, ctx: Context, domain: Field) -> None:
        self.ctx, self.domain = ctx, domain
        self.parts: list[_Part] = []
        # pivot coordinate, column, combination of parts that gives it
        self.rows: list[tuple[Any, Column, dict[int, Any]]] = []
        self.rest: Column = {}
        self.used: dict[int, Any] = {}

    def _column(self, value: Scalar | Vector) -> Column:
        if isinstance(value, Scalar):
            return self.domain.column(value)
        column: Column = {}
        for index, coefficient in value.parts.items():
            for monomial, element in self.domain.column(coefficient).items():
                column[((index, 0), *monomial)] = element
        return column

    def _rank(self, coordinate: Monomial) -> tuple[Any, ...]:
        weights = sorted((self._weight(index) for index, _ in coordinate), reverse=True)
        return (weights, coordinate)

    def _weight(self, index: int) -> tuple[int, ...]:
        row = self.ctx.atoms.rows[index]
        if row.head in ("sum", "vector sum", "sum_mod"):
            return (9, index)
        inside = [a for a in row.arguments if isinstance(a, int)]
        if row.head == "inner":
            return max(self._weight(a) for a in inside)
        if row.head == "app":
            place = row.arguments[1]
            offset = int(place.over.get((), 0)) if isinstance(place, Scalar) else 0
            is_vector = self.ctx.normal.names[str(row.arguments[0])][2][0] == "vector"
            return (3 if is_vector else 6, offset, index)
        return ({"derivative": 8, "entry": 6, "gradient": 4, "norm": 5}.get(row.head, 2), index)

    def _reduce(self, column: Column, combination: dict[int, Any]) -> None:
        for pivot, row, made_of in self.rows:
            factor = column.get(pivot)
            if factor:
                _subtract(column, row, factor)
                _subtract(combination, made_of, factor)

    def add_equation(self, part: _Part) -> None:
        column = self._column(part.value)
        number_ = len(self.parts)
        self.parts.append(part)
        one = self.domain.domain.one if self.domain.of else self.domain.domain(1)
        combination: dict[int, Any] = {number_: one}
        self._reduce(column, combination)
        column = {m: c for m, c in column.items() if c}
        if not column:
            return
        pivot = max(column, key=self._rank)
        if pivot == () and self.domain.of:
            return  # an equation between parameters alone: dividing by it would divide by zero
        lead = column[pivot]
        column = {m: c / lead for m, c in column.items()}
        combination = {k: c / lead for k, c in combination.items()}
        for k, (other, row, made_of) in enumerate(self.rows):
            factor = row.get(pivot)
            if factor:
                row, made_of = dict(row), dict(made_of)
                _subtract(row, column, factor)
                _subtract(made_of, combination, factor)
                self.rows[k] = (other, row, made_of)
        self.rows.append((pivot, column, combination))

    def start(self, target: Scalar | Vector) -> None:
        """Reduce the target by the equations."""
        self.rest = self._column(target)
        taken: dict[int, Any] = {}
        self._reduce(self.rest, taken)
        self.rest = {m: c for m, c in self.rest.items() if c}
        self.used = {k: -c for k, c in taken.items() if c}

    def copy(self) -> _Elimination:
        other = _Elimination(self.ctx, self.domain)
        other.parts, other.rows = list(self.parts), self.rows
        other.rest, other.used = dict(self.rest), dict(self.used)
        return other

    def use_inequality(self, part: _Part, anywhere: bool = False) -> None:
        """Take away a nonnegative multiple of an inequality, if that removes its main term.

        With ``anywhere``, if that removes some term.
        """
        column = self._column(part.value)
        one = self.domain.domain.one if self.domain.of else self.domain.domain(1)
        number_ = len(self.parts)
        combination: dict[int, Any] = {number_: one}
        self._reduce(column, combination)
        column = {m: c for m, c in column.items() if c and (m in self.rest or not anywhere)}
        column.pop((), None)
        if not column:
            return
        pivot = max(column, key=self._rank)
        if pivot not in self.rest:
            return
        factor = self.rest[pivot] / column[pivot]
        if not self.ctx.signs(self.domain.scalar(factor)) <= {0, 1}:
            return
        full = self._column(part.value)
        made_of: dict[int, Any] = {number_: one}
        self._reduce(full, made_of)
        self.parts.append(part)
        _subtract(self.rest, full, factor)
        self.rest = {m: c for m, c in self.rest.items() if c}
        for k, c in made_of.items():
            self.used[k] = self.used.get(k, 0) + factor * c

    def rest_as_scalar(self) -> Scalar:
        total = ZERO
        for monomial, element in self.rest.items():
            total = total + Scalar({monomial: number(1).over[()]}) * self.domain.scalar(element)
        return total

    def signs_fit(self) -> bool:
        """Whether no inequality was used with a multiplier of the wrong sign."""
        return all(
            self.ctx.signs(self.domain.scalar(element)) <= {0, 1}
            for k, element in self.used.items()
            if element and self.parts[k].candidate.kind != "="
        )

    def ways_by_quotient(self, parts: list[_Part]) -> list[list[dict[str, Any]]]:
        """What is left is a multiple of an equation between parameters alone."""
        ways: list[list[dict[str, Any]]] = []
        if self.rest.keys() != {()} or not self.domain.of:
            return ways
        for part in parts:
            if part.candidate.kind == "=" and isinstance(part.value, Scalar):
                column = self._column(part.value)
                if column.keys() == {()}:
                    quotient = self.domain.scalar(self.rest[()] / column[()])
                    ways.append([self._item(part.candidate, quotient)])
        return ways

    def items(self) -> list[dict[str, Any]]:
        """The items of the proof: one for each relation, its multipliers added up."""
        grouped: dict[tuple[int, bool], tuple[Candidate, Scalar | Vector]] = {}
        items: list[dict[str, Any]] = []
        for k, element in self.used.items():
            if not element:
                continue
            part, factor = self.parts[k], self.domain.scalar(element)
            if isinstance(part.multiplier, Vector):
                multiple: Scalar | Vector = part.multiplier.scaled(factor)
            else:
                multiple = part.multiplier * factor
            if part.squared:
                items.append(self._square_of_difference(part.candidate, factor))
            key = (id(part.candidate), part.squared)
            if key in grouped:
                multiple = grouped[key][1] + multiple  # type: ignore[operator]
            grouped[key] = (part.candidate, multiple)
        return [self._item(one, multiple) for one, multiple in grouped.values()] + items

    def _square_of_difference(self, candidate: Candidate, factor: Scalar) -> dict[str, Any]:
        difference = ("+", candidate.formula[2], ("-", candidate.formula[1]))
        item: dict[str, Any] = {"square": to_lists(difference)}
        item["times"] = to_lists(scalar_term(self.ctx.atoms, factor))
        return {**item, "over": candidate.item["over"]} if candidate.index else item

    def _item(self, candidate: Candidate, multiple: Scalar | Vector) -> dict[str, Any]:
        atoms = self.ctx.atoms
        if isinstance(multiple, Vector):
            term = vector_term(atoms, multiple, candidate.sort[1])
        else:
            term = scalar_term(atoms, multiple)
        return candidate.item if term == "1" else {**candidate.item, "times": to_lists(term)}


def _subtract(column: dict[Any, Any], other: dict[Any, Any], factor: Any) -> None:
    for coordinate, value in other.items():
        column[coordinate] = column.get(coordinate, 0) - factor * value
