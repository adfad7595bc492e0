"""Where values may be chosen from: sizes and whole numbers, and intervals of scalars."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from therefore.goal import Term
from therefore.refuters.exact import ExactInterpreter
from therefore.refuters.interpret import Interpreter
from therefore.refuters.jets import Undefined, Unknown
from therefore.refuters.logic import Truth
from therefore.refuters.terms import Problem, is_discrete
from therefore.refuters.values import Cell, Unreadable

__all__ = ["PRIMES", "SIMPLE", "Interval", "intervals_of", "size_choices", "unused_draw"]

SIMPLE: tuple[Fraction, ...] = tuple(
    Fraction(text)
    for text in ("0", "1", "-1", "2", "1/2", "-2", "3", "-1/2", "4", "-3", "1/3", "1/4", "3/2", "9")
)
"""Numbers that read well, the simplest first."""

_LARGEST_FACTOR = 3  # of sizes that are multiplied
_MOST_CHOICES = 3000
_LARGEST_WANTED = 12  # twice as much is looked at where nothing smaller is allowed
PRIMES = (7, 5, 3, 2, 13)  # the numbers of elements of fields


@dataclass
class Interval:
    """The numbers that the hypotheses leave to one cell."""

    lo: Fraction | None = None
    hi: Fraction | None = None
    lo_strict: bool = False
    hi_strict: bool = False
    excluded: set[Fraction] = field(default_factory=set)

    def above(self, value: Fraction, strict: bool) -> None:
        """Keep to the numbers above ``value``."""
        if self.lo is None or value > self.lo or (value == self.lo and strict):
            self.lo, self.lo_strict = value, strict

    def below(self, value: Fraction, strict: bool) -> None:
        """Keep to the numbers below ``value``."""
        if self.hi is None or value < self.hi or (value == self.hi and strict):
            self.hi, self.hi_strict = value, strict

    def __contains__(self, value: Fraction) -> bool:
        if self.lo is not None and (value < self.lo or (self.lo_strict and value == self.lo)):
            return False
        if self.hi is not None and (value > self.hi or (self.hi_strict and value == self.hi)):
            return False
        return value not in self.excluded

    def pool(self) -> list[Fraction]:
        """Numbers to choose from, those that read best first. May be empty."""
        numbers = [value for value in SIMPLE if value in self]
        near: list[Fraction] = []
        if self.lo is not None:
            near += [self.lo, self.lo + 1, self.lo + Fraction(1, 2)]
        if self.hi is not None:
            near += [self.hi, self.hi - 1, self.hi - Fraction(1, 2)]
        if self.lo is not None and self.hi is not None:
            near += [(k * self.lo + (4 - k) * self.hi) / 4 for k in (2, 1, 3)]
        for value in near:
            if value in self and value not in numbers:
                numbers.append(value)
        return numbers

    def fit(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Random numbers moved into the interval; its ends come up where they belong to it."""
        if self.lo is not None and self.hi is not None:
            lo, hi = float(self.lo), float(self.hi)
            share = np.abs(values) % 1.0
            share = np.where(np.abs(values) == 1, 1.0, share)
            least, most = 1 / 16 if self.lo_strict else 0.0, 15 / 16 if self.hi_strict else 1.0
            values = lo + (hi - lo) * np.clip(share, least, most)
        elif self.lo is not None:
            room = np.abs(values)
            values = float(self.lo) + np.where((room == 0) & self.lo_strict, 1.0, room)
        elif self.hi is not None:
            room = np.abs(values)
            values = float(self.hi) - np.where((room == 0) & self.hi_strict, 1.0, room)
        for number in self.excluded:
            middle = (values + float(self.hi)) / 2 if self.hi is not None else values + 1
            values = np.where(values == float(number), middle, values)
        return values


def unused_draw(key: Cell, sort: Term) -> Any:
    """A ``draw`` for terms in which no cell may occur."""
    raise Unreadable(f"{key[0]} has no value here")


def intervals_of(interpreter: Interpreter, hypotheses: Iterable[Term]) -> dict[Cell, Interval]:
    """What the hypotheses say of single cells by comparing them with numbers."""
    intervals: dict[Cell, Interval] = {}
    for hypothesis in hypotheses:
        if hypothesis[0] in ("implies", "or"):
            continue
        for atom in interpreter.atoms(hypothesis):
            for side, other, is_left in (
                (atom.left, atom.right, True),
                (atom.right, atom.left, False),
            ):
                key = interpreter.key_of(side, atom.bound)
                if key is None or not interpreter.is_whole(other):
                    continue
                try:
                    value = interpreter.term(other, atom.bound)
                except (Undefined, Unknown):
                    continue
                if not isinstance(value, int | Fraction):
                    continue
                interval = intervals.setdefault(key, Interval())
                if atom.relation == "!=":
                    interval.excluded.add(Fraction(value))
                elif atom.relation != "=":
                    bound = interval.below if is_left else interval.above
                    bound(Fraction(value), atom.relation == "<")
    return intervals


def _makes_sizes(term: Term) -> bool:
    """Whether a term, or a sort, makes a size of others."""
    if isinstance(term, str) or not term:
        return False
    is_made = term[0] in ("vector", "matrix", "identity") and any(
        isinstance(size, tuple) and size[0] in ("+", "*") for size in term[1:3]
    )
    return is_made or term[0] in ("kronecker", "vec") or any(map(_makes_sizes, term))


def size_choices(problem: Problem, largest: int) -> list[dict[str, int]]:
    """Sizes and whole numbers that satisfy the hypotheses about these alone, smallest first.

    Sizes run to ``largest``, integers from -2 to ``largest``, and further where none of these is
    allowed. Where sizes are multiplied or added up, they are smaller.
    """
    wanted = largest
    if _makes_sizes((*problem.sorts.values(), problem.goal.conclusion, *problem.goal.hypotheses)):
        largest = min(largest, _LARGEST_FACTOR)
    names = [name for name, sort in problem.sorts.items() if is_discrete(sort)]
    pools = []
    for name in names:
        sort = problem.sorts[name]
        if sort == "size":
            pools.append(list(range(1, largest + 1)))
        elif sort == "field":
            pools.append([*PRIMES])
        elif sort[0] == "element":
            pools.append(list(range(max(PRIMES))))
        elif sort == "integer":
            pools.append(sorted(range(-2, largest + 1), key=lambda k: (abs(k - 1), k)))
        else:
            pools.append(list(range(largest)))
    total = 1
    for pool in pools:
        total *= len(pool)
    if total <= _MOST_CHOICES:
        combinations = list(product(*pools))
    else:
        rng = random.Random(total)
        drawn = [tuple(rng.choice(pool) for pool in pools) for _ in range(_MOST_CHOICES)]
        first = [tuple(pool[min(k, len(pool) - 1)] for pool in pools) for k in range(largest)]
        combinations = list(dict.fromkeys(first + drawn))
    choices = [dict(zip(names, values, strict=True)) for values in combinations]
    conditions: list[Term] = []
    if choices:
        first_one = ExactInterpreter(problem, choices[0], draw=unused_draw)
        conditions = [
            hypothesis
            for hypothesis in (*problem.hypotheses, *problem.premises)
            if first_one.is_whole(hypothesis)
        ]
    if conditions or any(isinstance(problem.sorts[name], tuple) for name in names):
        choices = [sizes for sizes in choices if _are_allowed(problem, sizes, conditions)]
    if conditions and not choices and wanted <= _LARGEST_WANTED:
        # "Let m be an integer with 10 <= m": the smallest that there are may be larger.
        return size_choices(problem, 2 * wanted)
    return sorted(choices, key=lambda sizes: _bulk(problem, sizes))


def _are_allowed(problem: Problem, sizes: Mapping[str, int], conditions: list[Term]) -> bool:
    interpreter = ExactInterpreter(problem, sizes, draw=unused_draw)
    return _residues_fit(problem, sizes, interpreter) and all(
        interpreter.formula(condition) == Truth.TRUE for condition in conditions
    )


def _residues_fit(
    problem: Problem, sizes: Mapping[str, int], interpreter: ExactInterpreter
) -> bool:
    return all(
        value < interpreter.size(sort[1])
        for name, value in sizes.items()
        if isinstance(sort := problem.sorts[name], tuple)
    )


def _bulk(problem: Problem, sizes: Mapping[str, int]) -> tuple[int, int, list[int]]:
    """How much there is to read in an instance of these sizes."""
    whole = [value for name, value in sizes.items() if problem.sorts[name] == "size"]
    others = [abs(value) for name, value in sizes.items() if problem.sorts[name] != "size"]
    return sum(whole) + max(whole, default=0), sum(others), list(sizes.values())
