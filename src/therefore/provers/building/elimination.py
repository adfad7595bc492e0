"""Gaussian elimination over the field of parameters, with the multipliers remembered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from therefore.goal import to_lists
from therefore.kernel.atoms import Vector
from therefore.kernel.context import Context
from therefore.kernel.polynomials import ONE, ZERO, Monomial, Scalar
from therefore.provers.building.candidates import Candidate
from therefore.provers.building.field import Column, Field
from therefore.provers.building.unnormal import scalar_term, vector_term

__all__ = ["Elimination", "Part", "eliminated"]


@dataclass
class Part:
    """One column: a candidate times one guessed multiplier."""

    candidate: Candidate
    multiplier: Scalar | Vector
    value: Scalar | Vector
    squared: bool = False  # also the square of the relation's difference: b² − a² in all


class Elimination:
    """Gaussian elimination with the multipliers remembered."""

    def __init__(self, ctx: Context, domain: Field) -> None:
        self.ctx, self.domain = ctx, domain
        self.parts: list[Part] = []
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
        if row.head in ("act", "word", "outer"):
            return (7, len(inside), index)
        if row.head == "app":
            place = row.arguments[1]
            offset = int(place.over.get((), 0)) if isinstance(place, Scalar) else 0
            is_vector = self.ctx.normal.names[str(row.arguments[0])][-1][0] == "vector"
            return (3 if is_vector else 6, offset, index)
        return ({"derivative": 8, "entry": 6, "gradient": 4, "norm": 5}.get(row.head, 2), index)

    def _reduce(self, column: Column, combination: dict[int, Any]) -> None:
        for pivot, row, made_of in self.rows:
            factor = column.get(pivot)
            if factor:
                _subtract(column, row, factor)
                _subtract(combination, made_of, factor)

    def add_equation(self, part: Part) -> None:
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

    def copy(self) -> Elimination:
        other = Elimination(self.ctx, self.domain)
        other.parts, other.rows = list(self.parts), self.rows
        other.rest, other.used = dict(self.rest), dict(self.used)
        return other

    def use_inequality(self, part: Part, removes: str = "main") -> None:
        """Take away a nonnegative multiple of an inequality, if that removes its main term.

        ``removes`` may also be "any", for some term, or "number", for what has parameters alone.
        """
        column = self._column(part.value)
        one = self.domain.domain.one if self.domain.of else self.domain.domain(1)
        number_ = len(self.parts)
        combination: dict[int, Any] = {number_: one}
        self._reduce(column, combination)
        present = self.rest if removes == "any" else column
        column = {m: c for m, c in column.items() if c and m in present}
        if removes != "number":
            column.pop((), None)
        if not column:
            return
        pivot = max(column, key=self._rank) if removes != "number" else ()
        if pivot not in self.rest or pivot not in column:
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
            total = total + Scalar({monomial: ONE.over[()]}) * self.domain.scalar(element)
        return total

    def signs_fit(self) -> bool:
        """Whether no inequality was used with a multiplier of the wrong sign."""
        return all(
            self.ctx.signs(self.domain.scalar(element)) <= {0, 1}
            for k, element in self.used.items()
            if element and self.parts[k].candidate.kind != "="
        )

    def ways_by_quotient(self, parts: list[Part]) -> list[list[dict[str, Any]]]:
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

    def multipliers(self) -> dict[int, Scalar]:
        """What each part that was used is multiplied by, by its number."""
        return {k: self.domain.scalar(element) for k, element in self.used.items() if element}

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


def eliminated(
    ctx: Context,
    target: Scalar | Vector,
    values: Sequence[Scalar | Vector],
    check_time: Callable[[], None] = lambda: None,
) -> Elimination:
    """The target reduced by values, of which nothing but multiples by numbers is wanted."""
    domain = Field(ctx.atoms, [c for value in (target, *values) for c in _coefficients(value)])
    reached = Elimination(ctx, domain)
    nobody = Candidate({}, "=", ONE, "real", ctx)
    for value in values:
        check_time()
        reached.add_equation(Part(nobody, ONE, value))
    reached.start(target)
    return reached


def _coefficients(value: Scalar | Vector) -> list[Scalar]:
    return list(value.parts.values()) if isinstance(value, Vector) else [value]


def _subtract(column: dict[Any, Any], other: dict[Any, Any], factor: Any) -> None:
    for coordinate, value in other.items():
        column[coordinate] = column.get(coordinate, 0) - factor * value
