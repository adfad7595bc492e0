"""Random instances of a goal: do the hypotheses, where they hold, carry the conclusion?

Instances satisfy the hypotheses by construction as far as that goes: sizes and whole numbers
are chosen among those allowed, sequences follow their recurrences, defined names their
definitions, scalars lie in their intervals, functions come from fitting families. What is
still violated is repaired: the free side of an inequality is moved, vectors are rescaled,
equations are solved by Gauss-Newton steps, and what resists is drawn anew. Every instance is
then checked against every hypothesis before it counts.

Everything is drawn from one seed; the same seed gives the same report.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from therefore.goal import Goal, Term
from therefore.refuters.chains import PowersAndWaves
from therefore.refuters.densities import Decaying
from therefore.refuters.domains import Interval, intervals_of, size_choices, unused_draw
from therefore.refuters.evaluate import BatchInterpreter, draw_numbers, least_squares_step, stacked
from therefore.refuters.exact import ExactInterpreter
from therefore.refuters.families import Family, Quadratic, Scaled, Total
from therefore.refuters.implicit import (
    inclusions,
    proximal_map_of,
    relatively_smooth_of,
    steps_of,
)
from therefore.refuters.implicit_steps import truth_of, with_cell
from therefore.refuters.integration import widened
from therefore.refuters.kept import Kept, hypotheses_alone, keep, kept
from therefore.refuters.kinds_of_functions import CONVEX, GENERAL, Kind
from therefore.refuters.logic import Truth, conjunction, holds, implication
from therefore.refuters.maps import Maps
from therefore.refuters.maps_of_classes import map_of_class
from therefore.refuters.meaning import is_function, is_tabular
from therefore.refuters.proximal_maps import (
    IMPLICIT,
    STRICTLY_CONVEX,
    ProximalMaps,
    lies_above,
    placed_above,
)
from therefore.refuters.shapes import (
    continuity_of,
    convexity_of,
    falling,
    lower_bound_of,
    map_class_of,
    mass_of,
    minimiser_of,
    moment_of,
    orthonormal_of,
    slope_of,
    smoothness_of,
    strength_of,
    traits_of,
)
from therefore.refuters.small_matrices import SmallMatrices
from therefore.refuters.terms import Problem, is_discrete, open_goal
from therefore.refuters.values import Atom, Cell, Residue, Unreadable
from therefore.verdict import Agreement

__all__ = ["DEFAULT_SEED", "Group", "Sampling", "Suspect", "sample_instances"]

DEFAULT_SEED = 20240229

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]

_BATCH = 16
_LARGEST = 6
_LARGEST_BY_MATRICES = 4  # where something is differentiated in every entry of a matrix
_ROUNDS = 8
_MOST_SUSPECTS = 24
_MOST_UNDECIDED = 32
_MOST_EFFORT = 800  # evaluations of equations that are to be solved
_MOST_NODES = 6_000_000  # evaluations of bodies of integrals
_FAR = 1e3  # a solution as far out as this was not converging


@dataclass(frozen=True)
class Suspect:
    """An instance at which floats find the conclusion false or undefined.

    ``cells`` has the free cells: a fraction, a tuple of fractions, or a function literal. A
    function without a literal is left out, and the suspect is then not ``complete``.
    """

    problem: Problem
    sizes: dict[str, int]
    cells: dict[Cell, Any]
    truth: Truth
    complete: bool = True


@dataclass(frozen=True)
class Sampling:
    """How a goal fared in float64.

    ``failing`` counts the usable instances with a false or undefined conclusion; ``suspects``
    holds some of them, of every choice of sizes a few. ``undecided`` holds some at which floats
    could not decide the conclusion. ``doubtful`` counts the instances, not among the usable ones,
    on which the conclusion fails while a hypothesis holds only as far as it was sampled.
    """

    agreement: Agreement
    failing: int
    suspects: tuple[Suspect, ...] = ()
    undecided: tuple[Suspect, ...] = ()
    notes: tuple[str, ...] = ()
    doubtful: int = 0


def _differentiates_in_matrix(goal: Goal) -> bool:
    return any(
        term[0] == "gradient" and isinstance(term[1], tuple) and term[1][1][0] == "matrix"
        for formula in (*goal.hypotheses, goal.conclusion)
        for term in _parts(formula)
    )


def _parts(term: Term) -> Iterator[Term]:
    if isinstance(term, tuple):
        yield term
        for part in term:
            yield from _parts(part)


def sample_instances(goal: Goal, *, seed: int = DEFAULT_SEED, count: int = 128) -> Sampling:
    """At least ``count`` usable instances of a goal, if so many can be made.

    An instance is usable if every hypothesis holds, the premises of the conclusion included,
    and the conclusion could be decided.
    """
    problems = open_goal(goal)
    largest = _LARGEST_BY_MATRICES if _differentiates_in_matrix(goal) else _LARGEST
    choices = [size_choices(problem, largest) for problem in problems]
    rng = np.random.default_rng(seed)
    tally = _Tally(goal)
    effort = [_MOST_EFFORT]
    spent = [0]
    # Two passes: where the conclusion's own premises cannot be met, it is still true or not
    # where they fail.
    for with_premises in (True, False):
        for number in range(4 * -(-count // _BATCH)):
            if tally.usable >= count or spent[0] > _MOST_NODES:
                break
            which = number % len(problems)
            if not choices[which] or (not with_premises and not problems[which].premises):
                continue
            # The smallest and the largest sizes come first, then random ones.
            turn = number // len(problems)
            last = len(choices[which]) - 1
            chosen = choices[which][(0, last)[turn] if turn < 2 else int(rng.integers(last + 1))]
            try:
                if effort[0] <= 0:  # solving costs too much: the smallest sizes only
                    chosen = choices[which][turn % min(3, last + 1)]
                    effort[0] = _MOST_EFFORT // 20
                group = Group(
                    problems[which], chosen, turn, [seed, number], with_premises, effort, spent
                )
                with np.errstate(all="ignore"):
                    tally.add(group, group.shared(), group.concluded())
            except (Unreadable, OverflowError) as error:
                tally.note(str(error))
    if not any(choices):
        tally.note("no sizes satisfy the hypotheses")
    return tally.sampling(seed)


class _Tally:
    """The counts of one goal."""

    def __init__(self, goal: Goal) -> None:
        self.names = [name for name, sort in goal.declarations if is_discrete(sort)]
        self.tried = self.usable = self.agreeing = self.failing = self.doubtful = 0
        self.suspects: list[Suspect] = []
        self.undecided: list[Suspect] = []
        self.met = 0
        self.notes: dict[str, None] = {}
        self.seen: dict[str, list[int]] = {name: [] for name in self.names}

    def note(self, text: str) -> None:
        self.notes[text] = None

    def add(self, group: Group, holding: NDArray[np.int8], truth: NDArray[np.int8]) -> None:
        """Count a group, given the truth of its hypotheses and of its conclusion."""
        self.tried += _BATCH
        usable = holds(holding)
        self.met += int(usable.sum())
        unknown = (holding == Truth.TRUE) & (truth == Truth.UNKNOWN)
        if (usable & (truth == Truth.UNKNOWN)).any():
            self.note("the conclusion could not be decided on some instances")
        for row in np.flatnonzero(unknown)[:4]:
            if len(self.undecided) < _MOST_UNDECIDED:
                self.undecided.append(group.suspect(int(row), Truth.UNKNOWN))
        usable &= truth != Truth.UNKNOWN
        self.usable += int(usable.sum())
        self.agreeing += int((usable & holds(truth)).sum())
        if usable.any():
            for name in self.names:
                self.seen[name].append(group.sizes[name])
        failing = usable & (truth <= Truth.UNDEFINED)
        # Where a hypothesis was sampled only, what breaks may be the hypothesis.
        doubtful = failing & (holding != Truth.TRUE)
        if doubtful.any():
            self.note("on some instances a hypothesis holds only as far as it was sampled")
        self.usable -= int(doubtful.sum())
        self.doubtful += int(doubtful.sum())
        self.failing += int((failing & ~doubtful).sum())
        for row in np.flatnonzero(failing)[:3]:
            if len(self.suspects) < _MOST_SUSPECTS:
                self.suspects.append(group.suspect(int(row), Truth(int(truth[row]))))

    def sampling(self, seed: int) -> Sampling:
        sizes = {
            name: f"{min(seen)}..{max(seen)}" if min(seen) < max(seen) else str(seen[0])
            for name, seen in self.seen.items()
            if seen
        }
        # Where the hypotheses hold and the conclusion is never decided, nothing was tried.
        tried = self.tried if self.usable or not self.met else 0
        agreement = Agreement(seed, tried, self.usable, self.agreeing, sizes)
        return Sampling(
            agreement, self.failing, tuple(self.suspects), tuple(self.undecided),
            tuple(self.notes), self.doubtful,
        )  # fmt: skip


class Group:
    """A batch of instances of one problem with the same sizes."""

    def __init__(
        self,
        problem: Problem,
        sizes: Mapping[str, int],
        turn: int,
        seed: list[int],
        with_premises: bool,
        effort: list[int],
        spent: list[int],
        batch: int = _BATCH,
    ) -> None:
        self.problem = problem
        self.batch = batch
        self.effort = effort
        self.spent = spent
        self.far = not _integrals_in(problem.goal)  # there, what is narrow is easily missed
        self.sizes = dict(sizes)
        self.turn = turn
        self.seed = seed
        self.rng = np.random.default_rng(seed)
        self.premises = () if with_premises else problem.premises
        self.hypotheses = problem.hypotheses + (problem.premises if with_premises else ())
        self.slopes = [pair for pair in map(slope_of, self.hypotheses) if pair is not None]
        whole = ExactInterpreter(problem, sizes, draw=unused_draw)
        self.rules = whole.rules_of(self.hypotheses)
        self.intervals: dict[Cell, Interval] = intervals_of(whole, self.hypotheses)
        self.steps = steps_of(whole, self.hypotheses, self.rules)
        for step in self.steps:
            self.rules.pop(step.cell, None)
        self.subgradients = {h: said for h in self.hypotheses if (said := inclusions(whole, h))}
        self.interpreter = self._interpret({})
        # What depends on the functions alone need not be asked again after a repair.
        functions = {
            name
            for name, sort in problem.sorts.items()
            if is_function(sort) and not is_tabular(sort)
        }
        self.settled: dict[Term, Any] = {}
        # Names for which an equation could not be solved: not tried again.
        self.fruitless: set[tuple[Term, str]] = set()
        self.about_functions = {
            hypothesis
            for hypothesis in self.hypotheses
            if whole.names(hypothesis) <= functions | set(sizes)
        }

    # --- drawing -------------------------------------------------------------------------

    def _interpret(self, given: Mapping[Cell, Any], times: int = 1) -> BatchInterpreter:
        """An interpreter with these cells, each instance so many times in a row."""
        return BatchInterpreter(
            self.problem,
            self.sizes,
            batch=self.batch * times,
            draw=lambda key, sort: widened(self._draw(key, sort), times),
            given=given,
            rules=self.rules,
            seed=self.seed,
            spent=self.spent,
        )

    def _draw(self, key: Cell, sort: Term, edges: bool = True) -> Any:
        if isinstance(sort, tuple) and sort[0] == "function":
            return self._draw_function(key[0], sort)
        shape: tuple[int, ...] = (self.batch,)
        if sort[0] == "element":
            prime = self.interpreter.size(sort[1])
            return Residue(int(self.rng.integers(prime)), prime)
        if isinstance(sort, tuple):
            shape += tuple(self.interpreter.size(size) for size in sort[1:])
        values = draw_numbers(self.rng, shape, far=self.far)
        if edges:
            values[:3] = np.array([0.0, 1.0, -1.0]).reshape(3, *[1] * (len(shape) - 1))
            values[3] = self.rng.integers(-1, 2, size=shape[1:])
            values[4] = self.rng.integers(0, 3, size=shape[1:])
        return self.intervals[key].fit(values) if key in self.intervals else values

    def _draw_function(self, name: str, sort: Term) -> Any:
        arguments, result = sort[1], sort[2]
        if len(arguments) == 1 and {arguments[0][0], result[0]} == {"vector"}:
            rows, columns = (self.interpreter.size(one[1]) for one in (result, arguments[0]))
            for known in map(proximal_map_of, self.hypotheses):
                if known and known[0] == name and known[1] in self.problem.sorts:
                    return self._drawn_proximal_map(known[1], known[2])
            classes = self._classes_of_map(name)
            if classes and rows == columns:
                return map_of_class(self.rng, self.batch, rows, classes, self.turn)
            return Maps.draw(self.rng, self.batch, rows, columns, self.turn)
        if len(arguments) != 1 or result != "real":
            raise Unreadable(f"no family for the function {name}")
        scalar = arguments[0] == "real"
        if scalar and any(name in pair for pair in self.slopes):
            return self._drawn_of_a_chain(name)
        traits = traits_of(name, self.hypotheses)
        if scalar and not traits.convex and name in _falling_names(self.problem):
            return Decaying.draw(
                self.rng, self.batch, self.turn, smooth=traits.smooth,
                signed=not traits.bounded, mass=self._has_mass_one(name),
            )  # fmt: skip
        size = 1 if scalar else self.interpreter.size(arguments[0][1])
        for known in map(relatively_smooth_of, self.hypotheses):
            if known and known[1] == name and known[0] in self.problem.sorts:
                return self._drawn_above(known[0], known[2], size)
        kinds = self._kinds(name)
        for number in range(len(kinds)):
            kind = kinds[(self.turn + number) % len(kinds)]
            member = kind.draw(self.rng, self.batch, size)
            if traits.lipschitz and member.lipschitz() is None:
                continue
            if traits.bounded and member.infimum() is None:
                continue
            if kind in IMPLICIT and self._has_minimiser(name) and member.minimiser() is None:
                continue
            return _OfScalars(member) if scalar else member
        raise Unreadable(f"no family for the function {name}")

    def _drawn_above(self, lower: str, constant_term: Term, size: int) -> Any:
        """A function relative to which another is smooth: that one, scaled, plus a convex one."""
        member, constant = self.interpreter.name(lower), self.interpreter.term(constant_term)
        constant = np.broadcast_to(np.asarray(constant, float), (self.batch,))
        kind = STRICTLY_CONVEX[self.turn % len(STRICTLY_CONVEX)]
        if not isinstance(member, Family):
            raise Unreadable(f"no family above the function {lower}")
        return placed_above(member, constant, kind.draw(self.rng, self.batch, size))

    def _drawn_proximal_map(self, of: str, weight: Term) -> Any:
        member = self.interpreter.name(of)
        if not isinstance(member, Family):
            raise Unreadable(f"no family for the proximal map of {of}")
        value = np.asarray(self.interpreter.term(weight), float)
        return ProximalMaps(member, np.broadcast_to(value, (self.batch,)))

    def _classes_of_map(self, name: str) -> dict[str, Array]:
        """The classes to which a map is said to belong, each with its constant in each row."""
        found: dict[str, Array] = {}
        for known in map(map_class_of, self.hypotheses):
            if known is not None and known[0] == name:
                constant = self.interpreter.term(known[2])
                found[known[1]] = np.broadcast_to(np.asarray(constant, float), (self.batch,))
        return found

    def _is_in_a_step(self, name: str) -> bool:
        """Whether a subgradient of the function is known, or a gradient is to have a value that
        depends on that of the function.
        """
        if any(one.function == name for said in self.subgradients.values() for one in said[0]):
            return True
        if any(known and known[1] == name for known in map(proximal_map_of, self.hypotheses)):
            return True
        relative = map(relatively_smooth_of, self.hypotheses)
        return bool(self.steps) and any(known and known[0] == name for known in relative)

    def _has_minimiser(self, name: str) -> bool:
        least = map(minimiser_of, self.hypotheses)
        return any(found and found[2] == ("app", name, "#0") for found in least)

    def _has_mass_one(self, name: str) -> bool:
        whole = ("integral", "-oo", "+oo", ("app", name, "#0"))
        return any(
            hypothesis in (("=", whole, "1"), ("=", "1", whole)) for hypothesis in self.hypotheses
        )

    def _drawn_of_a_chain(self, name: str) -> Any:
        """The derivative of the function of which this is said to be the one, or a new one."""
        for of, slope in self.slopes:
            if slope == name:
                member = self.interpreter.name(of)
                if isinstance(member, PowersAndWaves):
                    return member.derivative()
        return PowersAndWaves.draw(self.rng, self.batch)

    def _kinds(self, name: str) -> list[Kind]:
        traits = traits_of(name, self.hypotheses)
        kinds = CONVEX if traits.convex or traits.constrained else GENERAL
        if self._is_in_a_step(name):
            kinds = IMPLICIT
        if any(step.inverted == name for step in self.steps):
            kinds = STRICTLY_CONVEX if traits.convex else kinds
        if traits.bounded and not traits.convex:
            kinds = (*kinds[-3:], *CONVEX, *kinds)
        smooth = traits.smooth or _takes_gradient(name, self.problem)
        return [kind for kind in kinds if kind.smooth or not smooth]

    # --- checking and repairing ----------------------------------------------------------

    def run(
        self, given: Mapping[Cell, Any] | None = None
    ) -> tuple[NDArray[np.int8], NDArray[np.int8]]:
        """The truth of the hypotheses, taken together, and of the conclusion in each row.

        ``given`` holds the values of free cells to begin with.
        """
        return self._satisfied(given or {}), self.concluded()

    def shared(self) -> NDArray[np.int8]:
        """The truth of the hypotheses in each row: kept from a goal with the same ones, or new.

        Kept or new, it goes on from a copy, so that what was asked before makes no difference.
        """
        names, told = hypotheses_alone(self.problem, self.hypotheses)
        key = (
            told, tuple(name for name in self.problem.sorts if name in names),
            len(self.problem.hypotheses), self.problem.randomness,
            tuple(sorted(self.sizes.items())), tuple(self.seed), self.turn, self.batch,
            self.far, self.effort[0],
            names & _falling_names(self.problem),
            frozenset(name for name in names if _takes_gradient(name, self.problem)),
        )  # fmt: skip
        found = kept(key)
        if found is None:
            spent, effort = self.spent[0], self.effort[0]
            holding = self._satisfied({})
            found = Kept(
                holding, self.interpreter.remembered(), self.rng.bit_generator.state,
                effort - self.effort[0], self.spent[0] - spent,
            )  # fmt: skip
            keep(key, found)
        else:
            self.effort[0] -= found.effort
            self.spent[0] += found.spent
        self.rng.bit_generator.state = found.drawing
        self.interpreter = self._interpret({})
        self.interpreter.resume(found.remembered)
        return found.holding

    def _satisfied(self, given: Mapping[Cell, Any]) -> NDArray[np.int8]:
        """Draw and repair; the truth of the hypotheses, taken together, in each row."""
        given = {**self._orthonormal_cells(), **self._small_matrices(), **given}
        for turn in range(_ROUNDS):
            given = self._step_by_step(given)
            self.interpreter = self._interpret(given)
            truths = [self._truth(hypothesis) for hypothesis in self.hypotheses]
            together = np.min([self._rows(Truth.TRUE), *truths], axis=0)
            if holds(together).all() or turn == _ROUNDS - 1:
                break
            given = dict(self.interpreter.free)
            for hypothesis, truth in zip(self.hypotheses, truths, strict=True):
                if not holds(truth).all():
                    self._repair(hypothesis, ~holds(truth), given, turn)
        return np.asarray(together)

    def _step_by_step(self, given: dict[Cell, Any]) -> dict[Cell, Any]:
        """The cells, with those worked out that implicit equations determine."""

        def interpret(cells: Mapping[Cell, Any], times: int) -> BatchInterpreter:
            interpreter = self._interpret(cells, times)
            if times == 1:  # what is drawn asks it for what was drawn before
                self.interpreter = interpreter
            return interpreter

        for step in self.steps:
            sort = self.problem.sorts[step.cell[0]]
            sort = sort[2] if sort[0] == "function" else sort
            old = given[step.cell] if step.cell in given else self._draw(step.cell, sort)
            given = with_cell(step, given, old, interpret)
        return given

    def concluded(self) -> NDArray[np.int8]:
        """The truth of the conclusion in each row."""
        conclusion = self._rows(self.interpreter.formula(self.problem.conclusion))
        if self.premises:
            premise: Any = Truth.TRUE
            for part in self.premises:
                premise = conjunction(premise, self.interpreter.formula(part))
            conclusion = self._rows(implication(premise, conclusion))
        return conclusion

    def _small_matrices(self) -> dict[Cell, Any]:
        """Entries of matrices of which too much is assumed to draw them at random."""
        given: dict[Cell, Any] = {}
        for name, pool in SmallMatrices(self.problem, self.sizes).pools().items():
            drawn = [pool[int(k)] for k in self.rng.integers(len(pool), size=self.batch)]
            whole = np.array([[[float(x) for x in row] for row in grid] for grid in drawn])
            for i in range(whole.shape[1]):
                for j in range(whole.shape[2]):
                    given[name, i, j] = whole[:, i, j]
        return given

    def _orthonormal_cells(self) -> dict[Cell, Any]:
        """Entries of the matrices whose columns or rows are to be orthonormal: of reflections."""
        given: dict[Cell, Any] = {}
        for name in dict.fromkeys(map(orthonormal_of, self.hypotheses)):
            sort = self.problem.sorts.get(name or "", "real")
            if name is None or not isinstance(sort, tuple) or (name,) in self.rules:
                continue
            rows, columns = (self.interpreter.size(size) for size in sort[1:])
            size = max(rows, columns)
            whole = np.broadcast_to(np.eye(size), (self.batch, size, size))
            for _ in range(2):
                axis = self.rng.integers(-2, 3, size=(self.batch, size)).astype(float)
                square = (axis**2).sum(-1)[:, None, None]
                mirror = 2 * axis[:, :, None] * axis[:, None, :] / np.where(square, square, 1)
                whole = whole @ (np.eye(size) - mirror)
            for i in range(rows):
                for j in range(columns):
                    given[name, i, j] = whole[:, i, j]
        return given

    def _rows(self, truth: Any) -> NDArray[np.int8]:
        return np.broadcast_to(np.asarray(truth, dtype=np.int8), (self.batch,))

    def _truth(self, hypothesis: Term) -> NDArray[np.int8]:
        if hypothesis in self.settled:
            return np.asarray(self.settled[hypothesis])
        function = convexity_of(hypothesis)
        if function in self.problem.sorts:
            member = self.interpreter.name(str(function))
            if isinstance(member, Family) and member.convex:
                return self._rows(Truth.TRUE)  # by construction
        known = self._by_construction(hypothesis)
        if known is None:
            known = self._by_slope(hypothesis)
        if known is None and hypothesis in self.subgradients:
            known = truth_of(self.interpreter, self.subgradients[hypothesis])
        if known is not None:
            return known
        truth = self._rows(self.interpreter.formula(hypothesis))
        if hypothesis in self.about_functions:
            self.settled[hypothesis] = truth
        return truth

    def _sides_of_bound(self, hypothesis: Term) -> tuple[str, Term, Array, Array] | None:
        """For a Lipschitz constant or a lower bound of a member: the least and the actual one.

        The function, the term, what its family knows, and the term's values, so signed that
        the hypothesis holds where the first is at most the second.
        """
        found, sign = smoothness_of(hypothesis), 1.0
        if found is None:
            found, sign = lower_bound_of(hypothesis), -1.0
        if found is None or found[0] not in self.problem.sorts:
            return None
        member = self.interpreter.name(found[0])
        if not isinstance(member, Family):
            return None
        least = member.lipschitz() if sign > 0 else member.infimum()
        if least is None:
            return None
        actual = np.broadcast_to(self.interpreter.term(found[1]), (self.batch,))
        return found[0], found[1], sign * least, sign * actual

    def _by_construction(self, hypothesis: Term) -> NDArray[np.int8] | None:
        function, moment = continuity_of(hypothesis), moment_of(hypothesis)
        if function in self.problem.sorts or (moment and moment[0] in self.problem.sorts):
            member = self.interpreter.name(str(function or (moment and moment[0])))
            exists = moment is None or not {"-oo", "+oo"} & set(hypothesis[1:3]) or (
                isinstance(member, Decaying) and moment[1] < member.decay - 1
            )  # fmt: skip
            return self._rows(Truth.TRUE) if isinstance(member, Family) and exists else None
        strong = self._strength(hypothesis)
        if strong is not None:
            member, wanted = strong
            enough = member.strength() + 1e-12 * (1 + np.abs(wanted)) >= wanted
            return self._rows(np.where(enough, Truth.TRUE, Truth.FALSE))
        proximal = proximal_map_of(hypothesis)
        if proximal is not None and {*proximal[:2]} <= set(self.problem.sorts):
            found, of = (self.interpreter.name(name) for name in proximal[:2])
            weight = np.broadcast_to(self.interpreter.term(proximal[2]), (self.batch,))
            if isinstance(found, ProximalMaps):
                fits = found.belongs_to(of, weight)
                return self._rows(np.where(fits, Truth.TRUE, Truth.FALSE))
        relative = relatively_smooth_of(hypothesis)
        if relative is not None and {*relative[:2]} <= set(self.problem.sorts):
            lower, upper = (self.interpreter.name(name) for name in relative[:2])
            constant = np.broadcast_to(self.interpreter.term(relative[2]), (self.batch,))
            above = lies_above(upper, lower, constant)
            return None if above is None else self._rows(np.where(above, Truth.TRUE, Truth.FALSE))
        sides = self._sides_of_bound(hypothesis)
        if sides is None:
            return None
        _, _, least, actual = sides
        room = 1e-12 * (1 + np.abs(least))
        return self._rows(np.where(least <= actual + room, Truth.TRUE, Truth.FALSE))

    def _by_slope(self, hypothesis: Term) -> NDArray[np.int8] | None:
        """Whether g is the derivative of f, for members whose derivatives are known."""
        pair = slope_of(hypothesis)
        if pair is None or not set(pair) <= self.problem.sorts.keys():
            return None
        of, slope = (self.interpreter.name(name) for name in pair)
        if not isinstance(of, PowersAndWaves) or not isinstance(slope, PowersAndWaves):
            return None
        pairs = zip(vars(of.derivative()).values(), vars(slope).values(), strict=True)
        gaps = [np.abs(mine - known).reshape(self.batch, -1).max(-1) for mine, known in pairs]
        return self._rows(np.where(np.max(gaps, axis=0) == 0, Truth.TRUE, Truth.FALSE))

    def _mend_bound(self, hypothesis: Term, failing: Mask, given: dict[Cell, Any]) -> bool:
        """Move a free bound to what the function has, or else the function to the bound."""
        sides = self._sides_of_bound(hypothesis)
        if sides is None:
            return False
        name, bound, least, actual = sides
        lipschitz = smoothness_of(hypothesis) is not None
        key = self.interpreter.key_of(bound, ())
        slack = self.rng.choice([0.0, 0.0, 1.0], size=self.batch)
        if key in given and np.ndim(given[key]) == 1:
            nearest = np.where(least == 0, 1.0, least) if lipschitz else least
            moved = np.maximum(actual, nearest + slack)
            given[key] = np.where(failing, moved if lipschitz else -moved, given[key])
            return True
        if (name,) not in given:
            return False
        ones, zeros = np.ones(self.batch), np.zeros(self.batch)
        if lipschitz:
            factor = np.where(failing & (least > 0), actual / np.where(least > 0, least, 1), 1)
            given[name,] = Scaled(given[name,], np.maximum(factor, 0), zeros)
        else:
            given[name,] = Scaled(given[name,], ones, np.where(failing, slack - actual + least, 0))
        self.settled.clear()
        return True

    def _strength(self, hypothesis: Term) -> tuple[Any, Array] | None:
        """For strong convexity of a member of a family that knows its own: the member, and m."""
        found = strength_of(hypothesis)
        if found is None or found[0] not in self.problem.sorts:
            return None
        member = self.interpreter.name(found[0])
        if not isinstance(member, Family) or member.strength() is None:
            return None
        return member, np.broadcast_to(self.interpreter.term(found[1]), (self.batch,))

    def _mend_strength(self, hypothesis: Term, failing: Mask, given: dict[Cell, Any]) -> bool:
        """Add m/2 |x|^2 to a function that is to be strongly convex."""
        found, strong = strength_of(hypothesis), self._strength(hypothesis)
        if found is None or strong is None or (found[0],) not in given:
            return False
        size = self.interpreter.size(self.problem.sorts[found[0]][1][0][1])
        rows = np.broadcast_to(np.eye(size), (self.batch, size, size))
        signs = np.where(failing, strong[1], 0.0)[:, None] * np.ones(size)
        bowl = Quadratic(rows, signs, np.zeros((self.batch, size)))
        given[found[0],] = Total(given[found[0],], bowl)
        self.settled.clear()
        return True

    def _place_above(self, hypothesis: Term, given: dict[Cell, Any]) -> bool:
        """Place a function anew above the one that is to be smooth relative to it."""
        known = relatively_smooth_of(hypothesis)
        if known is None or not {*known[:2]} <= set(self.problem.sorts):
            return False
        lower, upper = (self.interpreter.name(name) for name in known[:2])
        if not isinstance(upper, Total) or not isinstance(lower, Family):
            return False
        constant = np.broadcast_to(self.interpreter.term(known[2]), (self.batch,))
        given[known[1],] = placed_above(lower, constant, upper.second)
        self.settled.clear()
        return True

    def _mend_mass(self, hypothesis: Term, failing: Mask, given: dict[Cell, Any]) -> bool:
        """Multiply a function so that its integral is what the hypothesis says."""
        found = mass_of(hypothesis)
        if found is None or not isinstance(given.get((found[0],)), Family):
            return False
        member = given[found[0],]
        sides = (self.interpreter.term(term) for term in found[1:])
        actual, wanted = (np.broadcast_to(side, (self.batch,)) for side in sides)
        factor = np.where(actual == 0, 1.0, wanted / np.where(actual == 0, 1.0, actual))
        factor = np.where(failing & (factor > 1e-3) & (factor < 1e3), factor, 1.0)
        if (factor == 1).all():
            return False
        if isinstance(member, Decaying):
            given[found[0],] = replace(member, weights=member.weights * factor[:, None])
        else:
            given[found[0],] = Scaled(member, factor, np.zeros(self.batch))
        self.settled.clear()
        return True

    def _repair(self, hypothesis: Term, failing: Mask, given: dict[Cell, Any], turn: int) -> None:
        """Change free cells in the failing rows so that the hypothesis may hold."""
        interpreter = self.interpreter
        equations = minimiser_of(hypothesis) is not None
        if equations and self._place_minimiser(hypothesis, failing, given):
            return
        if self._mend_bound(hypothesis, failing, given):
            return
        if self._mend_strength(hypothesis, failing, given):
            return
        proximal = proximal_map_of(hypothesis)
        if proximal is not None and isinstance(given.get((proximal[0],)), ProximalMaps):
            given[proximal[0],] = self._drawn_proximal_map(*proximal[1:])
            return
        if self._place_above(hypothesis, given):
            return
        if any(step.hypothesis == hypothesis for step in self.steps):
            self._redraw(hypothesis, failing, given)  # from here the step is not to be had
            return
        if self._mend_mass(hypothesis, failing, given):
            return
        if self._clear_samples(hypothesis, failing, given):
            return
        for atom in interpreter.atoms(hypothesis):
            wrong = failing & ~holds(
                self._rows(interpreter.relation(atom.relation, atom.left, atom.right, atom.bound))
            )
            if not wrong.any():
                continue
            if atom.relation == "=":
                equations = True
            elif atom.relation == "!=" or not self._move(atom, wrong, given, turn):
                self._redraw(hypothesis, wrong, given)
        if equations and not self._solve(hypothesis, failing, given, turn):
            self._redraw(hypothesis, failing, given)
        if not equations and not any(True for _ in interpreter.atoms(hypothesis)):
            self._redraw(hypothesis, failing, given)

    def _move(self, atom: Atom, wrong: Mask, given: dict[Cell, Any], turn: int) -> bool:
        """Move the free side of ``left <= right``; rescale a vector whose norm is bounded."""
        interpreter = self.interpreter
        left = np.broadcast_to(interpreter.term(atom.left, atom.bound), (self.batch,))
        right = np.broadcast_to(interpreter.term(atom.right, atom.bound), (self.batch,))
        slack = self.rng.choice([0.0, 0.0, 0.25, 1.0], size=self.batch)
        if atom.relation == "<":
            slack = np.where(slack == 0, 0.5, slack)
        sides = [(atom.right, left, 1.0), (atom.left, right, -1.0)]
        for side, other, direction in sides if turn % 3 < 2 else reversed(sides):
            key = interpreter.key_of(side, atom.bound)
            if key in given and np.ndim(given[key]) == 1:
                room = slack * np.where(other == 0, 1.0, np.abs(other))
                if direction < 0:  # below a positive bound, stay positive
                    room = np.where(other > 0, room / (1 + slack), room)
                moved = other + direction * room
                nearer = np.maximum if direction > 0 else np.minimum
                changed = wrong & ~np.isnan(moved)
                given[key] = np.where(changed, nearer(given[key], moved), given[key])
                return True
        vector = _normed(atom.left)
        factor = np.where(left > 0, np.maximum(right, 0) / np.where(left > 0, left, 1), 0)
        factor = factor / (1 + slack)
        key = interpreter.key_of(vector, atom.bound) if vector is not None else None
        if key in given and np.ndim(given[key]) == 2:
            given[key] = np.where(wrong[:, None], given[key] * factor[:, None], given[key])
            return True
        for one, other in _ends(vector):  # of u - v, one of these is moved towards the other
            key = interpreter.key_of(one, atom.bound)
            if key in given and np.ndim(given[key]) == 2:
                centre = interpreter.term(other, atom.bound)
                nearer = centre + (given[key] - centre) * factor[:, None]
                changed = wrong & np.isfinite(nearer).all(-1)
                given[key] = np.where(changed[:, None], nearer, given[key])
                return True
        return False

    def _clear_samples(self, hypothesis: Term, failing: Mask, given: dict[Cell, Any]) -> bool:
        """Move a free bound of all values of a term beyond those that are sampled."""
        if hypothesis[:2] != ("forall", "real"):
            return False
        body = hypothesis[2]
        relation = body[2] if body[0] == "implies" else body
        if relation[0] not in ("<=", "<"):
            return False
        interpreter = self.interpreter
        for side, other, sign in ((2, 1, 1.0), (1, 2, -1.0)):
            key = interpreter.key_of(relation[side], ())
            if key not in given or np.ndim(given[key]) != 1:
                continue
            values = [
                np.broadcast_to(interpreter.term(relation[other], sample), (self.batch,))
                for sample in interpreter.samples_for(["real"], body, ())
            ]
            most = np.max([sign * value for value in values], axis=0)
            share = self.rng.choice([0.25, 1.0], size=self.batch)
            room = share * np.where(most == 0, 1, np.abs(most))
            changed = failing & np.isfinite(most)
            given[key] = np.where(changed, sign * (most + room), given[key])
            return True
        return False

    def _place_minimiser(self, hypothesis: Term, failing: Mask, given: dict[Cell, Any]) -> bool:
        """Put the minimiser of a family's member where a hypothesis wants it."""
        found = minimiser_of(hypothesis)
        if found is None or found[2][0] != "app" or found[2][2:] != ("#0",):
            return False
        key = self.interpreter.key_of(found[0], ())
        member = given.get((found[2][1],))
        point = member.minimiser() if isinstance(member, Family) else None
        if key not in given or point is None or point.shape != given[key].shape:
            return False
        rows = failing.reshape(-1, *[1] * (point.ndim - 1))
        given[key] = np.where(rows, point, given[key])
        return True

    def _solve(self, hypothesis: Term, failing: Mask, given: dict[Cell, Any], turn: int) -> bool:
        """Solve the hypothesis' equations for the free cells of one name."""
        mentioned = self.interpreter.names(hypothesis)
        names = list(dict.fromkeys(
            key[0] for key, value in given.items() if isinstance(value, np.ndarray)
        ))
        names = [name for name in names if name in mentioned] or names
        # Few unknowns first: a vector solved for may vanish where a scalar would have done.
        names.sort(key=lambda name: sum(given[key].size for key in given if key[0] == name))
        names = [name for name in names if (hypothesis, name) not in self.fruitless]
        start = turn // 2 % max(len(names), 1)
        for name in (names[start:] + names[:start])[:4]:
            keys = [key for key in given if key[0] == name]

            def replaced(numbers: Array, keys: list[Cell] = keys) -> dict[Cell, Any]:
                times, column = len(numbers) // self.batch, 0
                changed = {key: widened(value, times) for key, value in given.items()}
                for key in keys:
                    width = prod(given[key].shape[1:])
                    part = numbers[:, column : column + width]
                    changed[key] = part.reshape(len(numbers), *given[key].shape[1:])
                    column += width
                return changed

            def residual(numbers: Array, replace: Any = replaced) -> Array | None:
                interpreter = self._interpret(replace(numbers), len(numbers) // self.batch)
                return stacked(interpreter.residuals(hypothesis), len(numbers))

            numbers = np.concatenate(
                [given[key].reshape(self.batch, -1) for key in keys], axis=1
            ).astype(float)
            for _ in range(8):
                if self.effort[0] <= 0:
                    return False
                self.effort[0] -= 1 + numbers.shape[1]
                improved = least_squares_step(residual, numbers)
                if improved is None:
                    break
                settled = np.allclose(improved[failing], numbers[failing], rtol=0, atol=1e-12)
                numbers = np.round(improved, 13)
                if settled:
                    break
            solved = replaced(numbers)
            truth = self._rows(self._interpret(solved).formula(hypothesis))
            better = failing & holds(truth) & (np.abs(numbers).max(-1) < _FAR)
            if better.any():
                for key in keys:
                    rows = better.reshape(-1, *[1] * (given[key].ndim - 1))
                    given[key] = np.where(rows, solved[key], given[key])
                return True
            self.fruitless.add((hypothesis, name))
        return False

    def _redraw(self, hypothesis: Term, rows: Mask, given: dict[Cell, Any]) -> None:
        mentioned = self.interpreter.names(hypothesis)
        numeric = [key for key, value in given.items() if isinstance(value, np.ndarray)]
        keys = [key for key in numeric if key[0] in mentioned] or numeric
        for key in keys:
            sort: Term = "real"
            if given[key].ndim > 1:
                head = "vector" if given[key].ndim == 2 else "matrix"
                sort = (head, *map(str, given[key].shape[1:]))
            fresh = self._draw(key, sort, edges=False)
            given[key] = np.where(rows.reshape(-1, *[1] * (fresh.ndim - 1)), fresh, given[key])

    def suspect(self, row: int, truth: Truth) -> Suspect:
        """One row, its numbers as fractions of small denominator."""
        cells: dict[Cell, Any] = {}
        complete = True
        for key, value in self.interpreter.free.items():
            if isinstance(value, Family):
                body = value.literal(row)
                complete = complete and body is not None
                if body is not None:
                    sort = self.problem.sorts[key[0]][1][0]
                    cells[key] = ("lambda", sort, body)
            elif isinstance(value, Residue):
                cells[key] = value
            elif value.ndim == 1:
                cells[key] = _fraction(value[row])
            elif value.ndim == 3:
                cells[key] = tuple(tuple(map(_fraction, line)) for line in value[row])
            else:
                cells[key] = tuple(_fraction(entry) for entry in value[row])
        return Suspect(self.problem, self.sizes, cells, truth, complete)


@dataclass(frozen=True)
class _OfScalars(Family):
    """A member for d = 1 as a function of a real number."""

    member: Family

    def __call__(self, x: Any) -> Any:
        return self.member(np.atleast_1d(np.asarray(x, dtype=float))[:, None])

    def gradient(self, x: Any) -> Any:
        return self.member.gradient(np.atleast_1d(np.asarray(x, dtype=float))[:, None])[:, 0]

    def literal(self, row: int, scalar: bool = True) -> Term | None:
        return self.member.literal(row, True)

    @property
    def smooth(self) -> bool:
        return self.member.smooth

    @property
    def convex(self) -> bool:
        return self.member.convex

    def minimiser(self) -> Any:
        found = self.member.minimiser()
        return None if found is None else found[:, 0]

    def lipschitz(self) -> Any:
        return self.member.lipschitz()

    def infimum(self) -> Any:
        return self.member.infimum()

    def kinks(self) -> Any:
        return self.member.kinks()


def _fraction(value: float) -> Fraction:
    return Fraction(float(value)).limit_denominator(4096)


@lru_cache(maxsize=200)
def _integrals_in(goal: Goal) -> bool:
    """Whether an integral stands anywhere in a goal."""
    text = goal.to_text()
    return '["integral"' in text or '["integrates"' in text


@lru_cache(maxsize=200)
def _falling_in(goal: Goal) -> frozenset[str]:
    bodies = tuple(body for _, _, body in goal.definitions)
    return falling((*goal.hypotheses, goal.conclusion, *bodies))


def _falling_names(problem: Problem) -> frozenset[str]:
    """The names of which an integral over a range without end speaks."""
    return _falling_in(problem.goal)


def _normed(term: Term) -> Term | None:
    """u, if the term is a norm of u or its square."""
    if isinstance(term, tuple):
        if term[0] == "norm":
            return term[1]
        if term[0] == "^" and isinstance(term[1], tuple) and term[1][0] == "norm":
            return term[1][1]
        if term[0] == "inner" and term[1] == term[2]:
            return term[1]
    return None


def _ends(vector: Term | None) -> list[tuple[Term, Term]]:
    """(v, u) and (u, v), if the term is u - v."""
    if isinstance(vector, tuple) and vector[0] == "+" and len(vector) == 3:
        first, second = vector[1:]
        if isinstance(second, tuple) and second[0] == "-":
            return [(second[1], first), (first, second[1])]
    return []


def _takes_gradient(name: str, problem: Problem) -> bool:
    """Whether a gradient of the function occurs anywhere in the goal."""
    goal = problem.goal
    formulas = [*goal.hypotheses, goal.conclusion, *(body for _, _, body in goal.definitions)]
    return any(_has_gradient(name, formula) for formula in formulas)


def _has_gradient(name: str, term: Term) -> bool:
    if isinstance(term, str):
        return False
    if term[0] == "gradient" and term[1] == name:
        return True
    return any(_has_gradient(name, part) for part in term[1:])
