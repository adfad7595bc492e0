"""Worst cases: functions of a class that make a bound fail by as much as can be had.

For goals a <= b about an L-smooth function, convex or strongly convex or neither. In d = 1 the
gradients at the points of the goal are chosen, with all free numbers, and a quadratic spline goes
through them (see ``resisting``). Of a crowd of such choices those come through at which a - b is
greatest, and are changed a little, some times over; the choice is a hint. What breaks the bound is
written with short fractions and decided exactly, and the kernel checks it again.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import inf
from typing import Any

import numpy as np
from numpy.typing import NDArray

from therefore.goal import Term
from therefore.refuters.candidates import Attempt, Searcher
from therefore.refuters.domains import size_choices, unused_draw
from therefore.refuters.exact import Array as ExactArray
from therefore.refuters.exact import ExactInterpreter
from therefore.refuters.hints import read_hints
from therefore.refuters.instances import Group
from therefore.refuters.jets import Undefined, Unknown
from therefore.refuters.logic import Truth, holds
from therefore.refuters.resisting import Resisting, Splines
from therefore.refuters.shapes import convexity_of, smoothness_of, stationary_of, strength_of
from therefore.refuters.terms import Problem, is_discrete
from therefore.refuters.values import Cell, Unreadable

__all__ = ["speaks_of_smooth_function", "worst_cases"]

Array = NDArray[np.float64]

_CROWD = 192
_SURVIVE = 16
_PLANNED = 8
_LARGEST = 4
_MOST_SIZES = 4
_ROUNDS = (3, 12)  # for all sizes a few, then for all of them more
_MOST_CONFIRMED = 4
_MOST_EXACT = 20  # exact evaluations that come to nothing, for one choice of sizes
_CLEAR = 1e-5  # by how much of its size a bound must fail in floating point
_MOST_LOOKED_AT = 48
_SHORT = (12, 360, 4096)  # the largest denominators that are tried


@dataclass(frozen=True)
class _Class:
    """What is said of a function: the bounds of the slopes of its derivative, as terms."""

    name: str
    most: Term
    least: Term


def worst_cases(
    problem: Problem, seed: int, hints: Mapping[str, str], until: float = inf
) -> Iterator[Attempt]:
    """Counterexamples among worst-case functions, each decided exactly; none if there are none.

    First those that agree with the hints. Nothing is looked for in goals that do not speak of
    just one smooth function.
    """
    known = _class_of(problem)
    if known is None or not speaks_of_smooth_function(problem):
        return
    hinted: list[_Search] = []
    others: list[_Search] = []
    for number, (sizes, fixed) in enumerate(_places(problem, known.name, hints)):
        place = _Search(problem, sizes, known, [seed, number], fixed or {})
        (others if fixed is None else hinted).append(place)
    for searches in (hinted, others[:_MOST_SIZES]):
        for rounds in _ROUNDS:
            for search in list(searches):
                try:
                    found = _found(search, rounds, until)
                except (Unreadable, OverflowError, IndexError, ValueError):
                    searches.remove(search)
                    continue
                yield from found
                if found:
                    return


def speaks_of_smooth_function(problem: Problem) -> bool:
    """Whether worst cases are looked for: of a bound on one function that is called smooth."""
    return problem.conclusion[0] in ("<=", "<") and _class_of(problem) is not None


def _found(search: _Search, rounds: int, until: float) -> list[Attempt]:
    """What comes out of so many rounds, or of the first that has a counterexample."""
    for _ in range(rounds):
        if time.monotonic() > until:
            break
        with np.errstate(all="ignore"):
            rows = search.advance()
        confirmed = [attempt for row in rows for attempt in search.confirmed(row)]
        if confirmed:
            return confirmed
    return []


def _class_of(problem: Problem) -> _Class | None:
    """The one function of vectors that the hypotheses call smooth, and what they say of it."""
    functions = [
        name
        for name, sort in problem.sorts.items()
        if isinstance(sort, tuple) and sort[0] == "function" and isinstance(sort[1][0], tuple)
        and sort[1][0][0] == "vector"
    ]  # fmt: skip
    if len(functions) != 1:
        return None
    name, hypotheses = functions[0], (*problem.hypotheses, *problem.premises)
    most = next((s[1] for s in map(smoothness_of, hypotheses) if s and s[0] == name), None)
    if most is None:
        return None
    strong = next((s[1] for s in map(strength_of, hypotheses) if s and s[0] == name), None)
    convex = any(convexity_of(hypothesis) == name for hypothesis in hypotheses)
    return _Class(name, most, strong or ("0" if convex else ("-", most)))


def _places(
    problem: Problem, function: str, hints: Mapping[str, str]
) -> Iterator[tuple[dict[str, int], dict[Cell, Array] | None]]:
    """Sizes with d = 1, the small ones first, with the numbers that the hints give, if any."""
    for sizes in size_choices(problem, _LARGEST):
        whole = ExactInterpreter(problem, sizes, draw=unused_draw)
        if whole.size(problem.sorts[function][1][0][1]) != 1:
            continue
        yield sizes, None
        given = read_hints(problem, sizes, hints, whole) if hints else None
        if given is not None:
            yield sizes, {
                key: np.array(value.parts if isinstance(value, ExactArray) else value, dtype=float)
                for key, value in given.items()
                if isinstance(value, Fraction | ExactArray)
            }


class _Search:
    """A crowd of choices for one choice of sizes."""

    def __init__(
        self,
        problem: Problem,
        sizes: Mapping[str, int],
        known: _Class,
        seed: list[int],
        fixed: Mapping[Cell, Array],
    ) -> None:
        self.problem, self.sizes, self.known, self.seed = problem, dict(sizes), known, seed
        self.fixed = {
            key: np.broadcast_to(value, (_CROWD, *value.shape)) for key, value in fixed.items()
        }
        self.rng = np.random.default_rng(seed)
        self.turn = self.exact = 0
        self.numbers: dict[Cell, Array] = {}
        self.plan = self._plans(_CROWD)
        self.upper = self._sides(_CROWD)
        self.resisting: Resisting | None = None
        self.group: _Group | None = None

    def _plans(self, count: int) -> Array:
        """Gradients to be wanted: one number throughout, or small multiples of it."""
        size = self.rng.choice([0.25, 0.5, 1.0, 1.0, 2.0, 3.0], size=(count, 1))
        size = size * self.rng.choice([1.0, -1.0], size=(count, 1))
        others = self.rng.choice([0.0, 0.5, 1.0, 1.0, 2.0, -1.0], size=(count, _PLANNED))
        same = self.rng.random((count, 1)) < 0.5
        return np.asarray(size * np.where(same, 1.0, others))

    def _sides(self, count: int) -> NDArray[np.bool_]:
        same = self.rng.random((count, 1))
        mixed = self.rng.random((count, _PLANNED)) < 0.5
        return np.asarray(np.where(same < 0.35, True, np.where(same < 0.7, False, mixed)))

    def advance(self) -> list[int]:
        """One round: choose, evaluate, keep the best. The rows that break the goal, short first."""
        self.turn += 1
        self.numbers.update(self.fixed)
        group = _Group(self.problem, self.sizes, self.turn, [*self.seed, self.turn], _CROWD)
        resisting = self._asked(group)
        group.drawn = {self.known.name: resisting.splines()}
        holding, truth = group.run(self.numbers)
        usable = holds(holding)
        gap, scale = self._gaps(group)
        merit = np.where(usable & (scale > 1e-9), gap / np.where(scale > 0, scale, 1), -np.inf)
        merit = np.where(np.isfinite(merit), merit, -np.inf)
        self.resisting, self.group = resisting, group
        broken = np.flatnonzero(usable & (truth == Truth.FALSE) & (merit > _CLEAR))
        order = np.argsort(-merit, kind="stable")
        short = sorted(map(int, broken[:_MOST_LOOKED_AT]), key=self._length)
        self._breed(order[:_SURVIVE])
        return short[:_MOST_CONFIRMED]

    def _asked(self, group: _Group) -> Resisting:
        """The function after the goal has asked for its gradients at all its points."""
        ones = np.ones(_CROWD)
        resisting = Resisting(self.plan, self.upper, -ones, ones)
        group.drawn = {self.known.name: resisting}
        interpreter = group.interpreter = group.interpreted(self.numbers)
        bounds = [
            np.array(np.broadcast_to(interpreter.term(term), (_CROWD,)), dtype=float)
            for term in (self.known.least, self.known.most)
        ]
        resisting.least, resisting.most = bounds[0], np.maximum(*bounds)
        for hypothesis in group.hypotheses:
            still = stationary_of(hypothesis)
            if still is not None and still[0] == self.known.name:
                point = np.asarray(interpreter.term(still[1]), dtype=float)[:, 0]
                resisting.tell(point, np.zeros(_CROWD))
        for formula in (*group.hypotheses, self.problem.conclusion):
            if formula[0] != "forall" or is_discrete(formula[1]):
                interpreter.formula(formula)
        if not resisting.points:
            raise Unreadable("no gradient is asked for")
        self.numbers = {
            key: value for key, value in interpreter.free.items() if isinstance(value, np.ndarray)
        }
        return resisting

    def _gaps(self, group: _Group) -> tuple[Array, Array]:
        """By how much the conclusion fails, and how large its sides are."""
        left, right = (
            np.broadcast_to(np.asarray(group.interpreter.term(side), dtype=float), (_CROWD,))
            for side in self.problem.conclusion[1:]
        )
        return np.asarray(left - right), np.abs(left) + np.abs(right)

    def _length(self, row: int) -> int:
        """How long a row is when it is written: its numbers, and the knots of its function."""
        assert self.group is not None and self.resisting is not None
        values = [
            part
            for value in self.group.interpreter.free.values()
            if isinstance(value, np.ndarray)
            for part in np.ravel(value[row])
        ]
        values += [answer[row] for answer in self.resisting.answers]
        fractions = [Fraction(float(value)).limit_denominator(4096) for value in values]
        least, most = (Fraction(float(bound[row])).limit_denominator(_SHORT[0])
                       for bound in (self.resisting.least, self.resisting.most))  # fmt: skip
        knots = len(self.resisting.exactly(row, _SHORT[0], least, most).knots)
        return 6 * knots + sum(len(str(fraction)) for fraction in fractions)

    def _breed(self, best: NDArray[np.intp]) -> None:
        """The next crowd: the best as they are, changed a little, and some that are new."""
        assert self.group is not None
        parents = np.concatenate([best, self.rng.choice(best, size=_CROWD - len(best))])
        same, fresh = len(best), _CROWD * 3 // 4
        free = self.group.interpreter.free
        numbers = {key: value for key, value in free.items() if isinstance(value, np.ndarray)}
        self.numbers = {
            key: self._changed(key, value[parents], same, fresh) for key, value in numbers.items()
        }
        plan, upper = self._plans(_CROWD), self._sides(_CROWD)
        changed = self._varied(self.plan[parents])
        self.plan = np.where(_rows(same, self.plan), self.plan[parents], changed)
        self.plan[fresh:] = plan[fresh:]
        flips = self.rng.random(self.upper.shape) < 0.15
        flips[:same] = False
        self.upper = np.where(flips, ~self.upper[parents], self.upper[parents])
        self.upper[fresh:] = upper[fresh:]

    def _changed(self, key: Cell, values: Array, same: int, fresh: int) -> Array:
        assert self.group is not None
        varied = np.where(_rows(same, values), values, self._varied(values))
        drawn = self.group.interpreter.free[key]
        varied[fresh:] = self.rng.permutation(drawn)[fresh:]
        if key in self.group.intervals and values.ndim == 1:
            varied = self.group.intervals[key].fit(varied) if _outside(
                self.group, key, varied
            ) else varied
        return np.asarray(varied)

    def _varied(self, values: Array) -> Array:
        """Some of the numbers changed: by a factor, or by a step."""
        factor = self.rng.choice([0.5, 0.75, 1.25, 1.5, 2.0, -1.0], size=values.shape)
        step = self.rng.choice([-1.0, -0.5, -0.25, 0.25, 0.5, 1.0], size=values.shape)
        kind = self.rng.random(values.shape)
        return np.asarray(
            np.where(kind < 0.15, values * factor, np.where(kind < 0.3, values + step, values))
        )

    def confirmed(self, row: int) -> Iterator[Attempt]:
        """The row with short numbers, if it is a counterexample exactly."""
        assert self.group is not None and self.resisting is not None
        argument: Term = ("inner", ("vector", "1"), "#0")
        searcher = Searcher(self.problem, self.sizes)
        for largest in _SHORT:
            given: dict[Cell, Any] = {
                key: _exact(value[row], largest)
                for key, value in self.group.interpreter.free.items()
                if isinstance(value, np.ndarray)
            }
            bounds = self._bounds(searcher, given)
            self.exact += 1
            if bounds is None or self.exact > _MOST_EXACT:
                continue
            spline = self.resisting.exactly(row, largest, *bounds)
            sort = self.problem.sorts[self.known.name][1][0]
            function = searcher.value(("lambda", sort, spline.body(argument)))
            attempt = searcher.attempt((), {**given, (self.known.name,): function})
            if attempt is not None and attempt.usable and attempt.truth == Truth.FALSE:
                self.exact = 0
                yield attempt
                return

    def _bounds(
        self, searcher: Searcher, given: Mapping[Cell, Any]
    ) -> tuple[Fraction, Fraction] | None:
        """The least and the greatest slope of the function's derivative, exactly."""
        interpreter = ExactInterpreter(
            self.problem, self.sizes, draw=unused_draw, given=given, rules=searcher.rules
        )
        try:
            values = [interpreter.term(term) for term in (self.known.least, self.known.most)]
        except (Undefined, Unknown, Unreadable):
            return None
        if not all(isinstance(value, int | Fraction) for value in values):
            return None
        return (Fraction(values[0]), Fraction(values[1])) if values[0] <= values[1] else None


def _rows(count: int, like: Array) -> NDArray[np.bool_]:
    """Which rows are among the first ones, in a shape that fits."""
    return _column(np.arange(len(like)) < count, like)


def _outside(group: Group, key: Cell, values: Array) -> bool:
    return any(Fraction(float(value)) not in group.intervals[key] for value in values)


def _exact(value: Any, largest: int) -> Any:
    if np.ndim(value) == 0:
        return Fraction(float(value)).limit_denominator(largest)
    return ExactArray(tuple(_exact(part, largest) for part in value))


class _Group(Group):
    """Instances of which the functions are given; half of the other numbers are 1 at first."""

    def __init__(
        self, problem: Problem, sizes: Mapping[str, int], turn: int, seed: list[int], batch: int
    ) -> None:
        self.drawn: dict[str, Resisting | Splines] = {}
        super().__init__(problem, sizes, turn, seed, True, [400], [0], batch)
        self.far = False  # numbers of one size: more than rounding errors is looked for

    def interpreted(self, given: Mapping[Cell, Any]) -> Any:
        """An interpreter with these values of free cells."""
        return self._interpret(given)

    def _draw_function(self, name: str, sort: Term) -> Any:
        if name not in self.drawn:
            raise Unreadable(f"no family for the function {name}")
        return self.drawn[name]

    def _draw(self, key: Cell, sort: Term, edges: bool = True) -> Any:
        """Mostly short numbers: 1 where it may be, and small whole numbers."""
        values = super()._draw(key, sort, edges)
        if not isinstance(values, np.ndarray):
            return values
        chance = self.rng.random(len(values))
        if sort == "real" and key in self.intervals:
            if Fraction(1) in self.intervals[key]:
                values = np.where(chance < 0.7, 1.0, values)
        elif sort == "real" or sort[0] == "vector":
            whole = self.rng.integers(-2, 10, size=values.shape).astype(float)
            values = np.where(_column(chance < 0.5, values), whole, values)
            values = np.where(_column(chance < 0.2, values), 0.0, values)
        return values


def _column(rows: NDArray[np.bool_], like: Array) -> NDArray[np.bool_]:
    return rows.reshape(-1, *[1] * (like.ndim - 1))
