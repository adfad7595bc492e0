"""Exact instances of a problem, by rising complexity.

Every free cell is a choice from a pool whose first entries read best, and choices are tried by
their total complexity. A candidate whose hypotheses fail is mended where that is easy: a bound
is raised to what it bounds, and equations that are affine in one name are solved for it.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import inf
from typing import Any

from therefore.goal import Term
from therefore.refuters.affine_maps import AffineMap, affine_map
from therefore.refuters.chains import LITERALS, derivative_literal
from therefore.refuters.domains import SIMPLE, Interval, intervals_of, unused_draw
from therefore.refuters.exact import Array, ExactInterpreter
from therefore.refuters.implicit import inclusions, steps_of
from therefore.refuters.implicit_exactly import exact_truth_of, with_exact_cell
from therefore.refuters.jets import Undefined, Unknown
from therefore.refuters.kinds_of_functions import exact_members
from therefore.refuters.literals import values_of
from therefore.refuters.logic import Truth
from therefore.refuters.maps import map_bodies
from therefore.refuters.reals import Real
from therefore.refuters.shapes import convexity_of, minimiser_of, slope_of, traits_of
from therefore.refuters.small_matrices import SmallMatrices
from therefore.refuters.surds import Surd
from therefore.refuters.terms import Problem, free_names
from therefore.refuters.values import Bound, Cell, Closure, Residue, Unreadable

__all__ = ["Attempt", "Searcher", "values_at"]

_REPAIRS = 4
_SIMPLE_FUNCTIONS = 7  # among them the absolute value
# 1/(1 + |x|)³ is a density with a mean, and its integrals are rational.
DENSITY = ("/", "1", ("^", ("+", "1", ("abs", "#0")), "3"))
_MOST_WEIGHT = 12


@dataclass
class Attempt:
    """One candidate: what was chosen, and what became of it."""

    interpreter: ExactInterpreter
    picks: tuple[int, ...]
    usable: bool
    truth: Truth
    at_random: bool = False
    sure: bool = True  # every hypothesis was decided, and not merely sampled


class _Skip(Exception):
    """The candidate asks for a choice that there is not."""


class Searcher:
    """Exact instances of one problem with one choice of sizes."""

    def __init__(self, problem: Problem, sizes: Mapping[str, int]) -> None:
        self.problem = problem
        self.sizes = dict(sizes)
        self.hypotheses = problem.hypotheses + problem.premises
        whole = ExactInterpreter(problem, sizes, draw=unused_draw)
        self.rules: dict[Cell, tuple[Term, Bound]] = whole.rules_of(self.hypotheses)
        self.intervals: dict[Cell, Interval] = intervals_of(whole, self.hypotheses)
        self._whole = whole
        self._steps = steps_of(whole, self.hypotheses, self.rules)
        for step in self._steps:
            self.rules.pop(step.cell, None)
        self._subgradients = {h: said for h in self.hypotheses if (said := inclusions(whole, h))}
        self._regular = _regular_names(self.hypotheses)
        convex = {convexity_of(hypothesis) for hypothesis in self.hypotheses} - {None}
        # Our literals are convex, and where a convex function is stationary it is least.
        self._by_construction = {
            hypothesis
            for hypothesis in self.hypotheses
            if convexity_of(hypothesis) is not None
            or (minimiser_of(hypothesis) is not None and free_names(hypothesis) & convex)
        }
        self._small = SmallMatrices(problem, sizes).pools()
        self._slopes = [pair for pair in map(slope_of, self.hypotheses) if pair is not None]
        self._affine: dict[tuple[Term, str], AffineMap] = {}
        self._about_functions: dict[tuple[Term, ...], Truth] = {}

    def value(self, cell: Any) -> Any:
        """A suspect's cell as the exact interpreter holds it."""
        if isinstance(cell, Fraction | Residue):
            return cell
        if cell[:1] == ("lambda",):
            return self._whole.term(cell)
        return Array(tuple(Array(part) if isinstance(part, tuple) else part for part in cell))

    def attempt(
        self,
        choices: tuple[int, ...] = (),
        given: Mapping[Cell, Any] | None = None,
        *,
        conclude: bool = True,
    ) -> Attempt | None:
        """The candidate of these choices; choices not listed are 0. ``None`` if there is none.

        ``given`` fixes free cells. With ``conclude`` the conclusion is evaluated too.
        """
        picks: list[int] = []

        def pick(pool: list[Any]) -> Any:
            number = choices[len(picks)] if len(picks) < len(choices) else 0
            if number >= len(pool):
                raise _Skip
            picks.append(number)
            return pool[number]

        try:
            built: dict[Cell, Any] = {}
            for name, pool in self._small.items():
                for i, row in enumerate(pick(pool)):
                    built |= {(name, i, j): value for j, value in enumerate(row)}
            interpreter = self._stepped(pick, {**built, **(given or {})})
            for _ in range(_REPAIRS):
                truth, failing, sure = Truth.TRUE, None, True
                for hypothesis in self.hypotheses:
                    truth = self._truth(interpreter, hypothesis)
                    sure &= truth == Truth.TRUE or hypothesis in self._by_construction
                    if truth < Truth.PLAUSIBLE:
                        failing = hypothesis
                        break
                if failing is None:
                    truth = Truth.UNKNOWN
                    if conclude:
                        truth = interpreter.formula(self.problem.conclusion)
                    return Attempt(interpreter, tuple(picks), True, truth, sure=sure)
                repaired = None
                if truth == Truth.FALSE:
                    repaired = self._raise(interpreter, failing, pick)
                    repaired = repaired or self._solve(interpreter, failing, pick)
                if repaired is None:
                    break
                interpreter = repaired
            return Attempt(interpreter, tuple(picks), False, truth)
        except _Skip:
            return None

    def _stepped(
        self, pick: Callable[[list[Any]], Any], given: Mapping[Cell, Any]
    ) -> ExactInterpreter:
        """An interpreter with the cells worked out that implicit equations determine."""
        for step in self._steps:
            sort = self.problem.sorts[step.cell[0]]
            size = self._whole.size((sort[2] if sort[0] == "function" else sort)[1])
            given = with_exact_cell(step, given, size, lambda cells: self._interpret(pick, cells))
        return self._interpret(pick, given)

    def _interpret(
        self, pick: Callable[[list[Any]], Any], given: Mapping[Cell, Any]
    ) -> ExactInterpreter:
        interpreter: ExactInterpreter

        def draw(key: Cell, sort: Term) -> Any:
            if sort == "real":
                pool = self.intervals[key].pool() if key in self.intervals else SIMPLE
                if len(key) == 3 and key[1] == key[2] and key[0] in self._regular:
                    pool = [*pool[1:], *pool[:1]]  # near the identity, most are invertible
                return pick(list(pool))
            if sort[0] == "vector":
                count = self._whole.size(sort[1])
                return Array(tuple(pick(list(SIMPLE)) for _ in range(count)))
            if sort[0] == "matrix":
                rows, columns = (self._whole.size(size) for size in sort[1:])
                return Array(
                    tuple(
                        Array(tuple(pick(list(SIMPLE)) for _ in range(columns)))
                        for _ in range(rows)
                    )
                )
            if sort[0] == "element":
                prime = self._whole.size(sort[1])
                return pick([Residue(value, prime) for value in range(prime)])
            if sort[0] == "function":
                of = next((of for of, slope in self._slopes if slope == key[0]), None)
                known = interpreter.name(of) if of in self.problem.sorts else None
                if isinstance(known, Closure):
                    slope = ("lambda", "real", derivative_literal(known.body))
                    return interpreter.term(slope)
                return interpreter.term(pick(self.literals(key[0], sort)))
            raise Unreadable(f"no values for {key[0]}")

        interpreter = ExactInterpreter(
            self.problem, self.sizes, draw=draw, given=given, rules=self.rules
        )
        return interpreter

    def steps_by_function(self) -> Iterator[dict[Cell, Any]]:
        """The functions in whose subgradients steps are taken: each choice of simple ones."""
        names = list(dict.fromkeys(
            one.function for said in self._subgradients.values() for one in said[0]
        ))
        if not any(step.inclusion for step in self._steps):
            return
        pools = [self.literals(name, self.problem.sorts[name])[:_SIMPLE_FUNCTIONS]
                 for name in names]  # fmt: skip
        for chosen in product(*pools):
            yield {(name,): self._whole.term(body)
                   for name, body in zip(names, chosen, strict=True)}  # fmt: skip

    def literals(self, name: str, sort: Term) -> list[Term]:
        """Function literals for a declared function, the simplest first."""
        arguments, result = sort[1], sort[2]
        if sort[1:] == (("real",), "real") and any(of == name for of, _ in self._slopes):
            return [("lambda", "real", body) for body in LITERALS]
        traits = traits_of(name, self.hypotheses)
        if len(arguments) == 1 and result == "real":
            scalar = arguments[0] == "real"
            bodies = exact_members(
                1 if scalar else self._whole.size(arguments[0][1]),
                convex=traits.convex or traits.constrained,
                smooth=traits.smooth,
                bounded=traits.bounded,
                scalar=scalar,
            )
        elif result == "real" and all(argument == "real" for argument in arguments):
            bodies = ["0", "1", "#0", "#1", ("+", "#0", "#1"), ("*", "#0", "#1")]
        elif len(arguments) == 1 and {arguments[0][0], result[0]} == {"vector"}:
            bodies = map_bodies(*(self._whole.size(space[1]) for space in (result, *arguments)))
        elif result == arguments[-1]:
            bodies = ["#0", ("-", "#0"), ("*", "2", "#0")]
        else:
            raise Unreadable(f"no family for the function {name}")
        if arguments == ("real",) and any(h[0] == "integrates" for h in self.hypotheses):
            bodies = [DENSITY, *bodies]
        literals = []
        for body in bodies:
            for argument in reversed(arguments):
                body = ("lambda", argument, body)
            literals.append(body)
        return literals

    def _truth(self, interpreter: ExactInterpreter, hypothesis: Term) -> Truth:
        """A hypothesis' truth; what depends on the functions alone is asked once for each."""
        if hypothesis in self._subgradients:
            decided = exact_truth_of(interpreter, self._subgradients[hypothesis])
            if decided != Truth.UNKNOWN:
                return decided
        functions = []
        for name in sorted(interpreter.names(hypothesis)):
            if name in self.sizes:
                continue
            sort = self.problem.sorts[name]
            if not isinstance(sort, tuple) or sort[0] != "function":
                return interpreter.formula(hypothesis)
            value = interpreter.name(name)
            if not isinstance(value, Closure):
                return interpreter.formula(hypothesis)
            functions.append(("lambda", value.sort, value.body))
        if not functions:
            return interpreter.formula(hypothesis)
        known = (hypothesis, *functions)
        if known not in self._about_functions:
            truth = interpreter.formula(hypothesis)
            convex = convexity_of(hypothesis)
            if truth == Truth.UNKNOWN and convex in self.problem.sorts:
                # Roots that do not fit together; but our literals are convex.
                drawn = self.literals(str(convex), self.problem.sorts[str(convex)])
                truth = Truth.PLAUSIBLE if functions[0] in drawn else truth
            self._about_functions[known] = truth
        return self._about_functions[known]

    def _raise(
        self, interpreter: ExactInterpreter, hypothesis: Term, pick: Callable[[list[Any]], Any]
    ) -> ExactInterpreter | None:
        """The instance with free bounds raised to what they bound: on the boundary.

        Only bounds that stand alone on the right of an inequality are raised.
        """
        raised: dict[Cell, Fraction] = {}
        for atom in interpreter.atoms(hypothesis):
            key = interpreter.key_of(atom.right, atom.bound)
            old = None if key is None else interpreter.free.get(key)
            if key is None or atom.relation not in ("<=", "<") or not isinstance(old, Fraction):
                continue
            try:
                least = interpreter.term(atom.left, atom.bound)
            except (Undefined, Unknown):
                return None
            if not isinstance(least, int | Fraction):
                return None
            value = Fraction(least) if atom.relation == "<=" else Fraction(least) + 1
            raised[key] = max(raised.get(key, old), value)
        if not raised or all(interpreter.free[key] == value for key, value in raised.items()):
            return None
        if any(value not in self.intervals.get(key, Interval()) for key, value in raised.items()):
            return None
        return self._interpret(pick, {**interpreter.given, **interpreter.free, **raised})

    def _solve(
        self, interpreter: ExactInterpreter, hypothesis: Term, pick: Callable[[list[Any]], Any]
    ) -> ExactInterpreter | None:
        """The instance with the free cells of one name changed so that the hypothesis holds.

        Only equations that are affine in the name are solved.
        """
        equations = minimiser_of(hypothesis) is not None or any(
            atom.relation == "=" for atom in interpreter.atoms(hypothesis)
        )
        if not equations or convexity_of(hypothesis) is not None:
            return None
        mentioned = interpreter.names(hypothesis)
        free = {k: v for k, v in interpreter.free.items() if not isinstance(v, Closure)}
        names = list(dict.fromkeys(key[0] for key in free))
        for name in [n for n in names if n in mentioned][:4] or names[:2]:
            keys = [key for key in free if key[0] == name]

            def replaced(
                numbers: list[Fraction], keys: list[Cell] = keys
            ) -> ExactInterpreter:
                changed, at = {**interpreter.given, **interpreter.free}, 0
                for key in keys:
                    value = free[key]
                    width = len(_numbers(value))
                    changed[key] = _shaped(numbers[at : at + width], value)
                    at += width
                return self._interpret(pick, changed)

            def residual(numbers: list[Fraction], replace: Any = replaced) -> list[Fraction]:
                parts: list[Fraction] = []
                for value in replace(numbers).residuals(hypothesis):
                    parts.extend(_numbers(value))
                return parts

            try:
                start = [number for key in keys for number in _numbers(free[key])]
                equations_of = self._affine.get((hypothesis, name))
                if equations_of is None or len(equations_of.columns) != len(start):
                    equations_of = affine_map(residual, len(start))
                    if mentioned <= {name, *self.sizes}:  # whatever else is chosen
                        self._affine[hypothesis, name] = equations_of
                solution = equations_of.zero_near(start)
            except (Undefined, Unknown):
                continue
            if solution is not None:
                solved = replaced(solution)
                if all(
                    value in self.intervals[key]
                    for key in keys
                    if key in self.intervals and isinstance(value := solved.given[key], Fraction)
                ) and solved.formula(hypothesis) >= Truth.PLAUSIBLE:
                    return solved
        return None

    def attempts(
        self, limits: tuple[int, int], seed: int, given: Mapping[Cell, Any] | None = None,
        *, conclude: bool = True, until: float = inf,
    ) -> Iterator[Attempt]:
        """Candidates by rising complexity, then at random; none twice, and none too late."""
        systematic, at_random = limits
        seen: set[tuple[int, ...]] = set()
        length = 0

        def look(choices: tuple[int, ...]) -> Attempt | None:
            nonlocal length
            if time.monotonic() > until:
                return None
            attempt = self.attempt(choices, given, conclude=conclude)
            if attempt is None:
                return None
            length = max(length, len(attempt.picks))
            if attempt.picks in seen:
                return None
            seen.add(attempt.picks)
            return attempt

        tried, weight = 0, 0
        while tried < systematic and weight <= _MOST_WEIGHT:
            spreads = list(_spreads(length, weight, systematic - tried))
            for choices in spreads:
                tried += 1
                attempt = look(choices)
                if attempt is not None:
                    yield attempt
            if weight and not spreads:
                break
            weight += 1
        rng = random.Random(seed)
        for _ in range(at_random if length else 0):
            reach = rng.choice((2, 3, 5, 8))
            attempt = look(tuple(rng.randrange(reach) for _ in range(length)))
            if attempt is not None:
                attempt.at_random = True
                yield attempt


def _numbers(value: Any) -> list[Fraction]:
    if isinstance(value, Array):
        return [number for part in value.parts for number in _numbers(part)]
    if isinstance(value, Surd | Real | Residue):
        raise Unknown
    return [Fraction(value)]


def _regular_names(hypotheses: tuple[Term, ...]) -> frozenset[str]:
    """The names in what is said to be invertible, or compared with the identity."""
    names: frozenset[str] = frozenset()
    for hypothesis in hypotheses:
        if _speaks_of_inverses(hypothesis):
            names |= free_names(hypothesis)
    return names


def _speaks_of_inverses(term: Term) -> bool:
    if isinstance(term, str):
        return False
    if term[0] in ("invertible", "inverse", "identity"):
        return True
    return any(_speaks_of_inverses(part) for part in term[1:])


def _shaped(numbers: list[Fraction], like: Any) -> Any:
    """The numbers in the shape of another value."""
    if not isinstance(like, Array):
        return numbers[0]
    width = len(numbers) // len(like.parts)
    return Array(
        tuple(
            _shaped(numbers[k * width : (k + 1) * width], part)
            for k, part in enumerate(like.parts)
        )
    )


def values_at(attempt: Attempt) -> dict[str, Term] | None:
    """The declared names at a candidate, as closed terms; ``None`` where a value is irrational."""
    try:
        return values_of(attempt.interpreter)
    except (Undefined, Unknown, _Skip):
        return None


def _spreads(length: int, weight: int, most: int) -> Iterator[tuple[int, ...]]:
    """Ways to spread a total weight over choices, at most ``most`` of them.

    The even ones come first: 1 + 1 before 2, since small numbers read better.
    """
    count = 0
    for largest in range(0 if weight == 0 else 1, weight + 1):
        for spread in _with_largest(length, weight, largest):
            yield spread
            count += 1
            if count >= most:
                return


def _with_largest(length: int, weight: int, largest: int) -> Iterator[tuple[int, ...]]:
    def extend(prefix: tuple[int, ...], rest: int, met: bool) -> Iterator[tuple[int, ...]]:
        places = length - len(prefix)
        if places == 0:
            if rest == 0 and met:
                yield prefix
            return
        if rest > places * largest:
            return
        for value in range(min(largest, rest) + 1):
            yield from extend((*prefix, value), rest - value, met or value == largest)

    yield from extend((), weight, largest == 0)
