"""Random names made concrete: x = m + S g for noise g of two numbers, of which everything is known.

A goal with random names becomes one without them: m and S are declared in the place of x, and
E[p] is a sum over the values of the noise, with their probabilities. The noise has the moments
of a standard normal vector, as far as they are in use; or, where nothing is said to be Gaussian
and higher moments than the second occur, mean 0, covariance I and a third moment of its own.
Values of m and S become the kernel's function literal of the outcome.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import product
from typing import Any

from therefore.goal import Goal, Term

__all__ = ["MOST_MOMENTS", "NOTHING_RANDOM", "WIDTH", "Randomness", "made_concrete", "outcomes"]

WIDTH = 2
MOST_MOMENTS = 9
# The values of one number of the noise, with their probabilities.
_NORMAL = {-2: Fraction(1, 12), -1: Fraction(1, 6), 0: Fraction(1, 2), 1: Fraction(1, 6),
           2: Fraction(1, 12)}  # fmt: skip
# The same up to the ninth moment.
_WEIGHTS = tuple(map(Fraction, ("115/288", "29/120", "13/240", "11/2520", "1/6720")))
_WIDE = {value * sign: weight for value, weight in enumerate(_WEIGHTS) for sign in (1, -1)}
_SIGNS = {1: Fraction(1, 2), -1: Fraction(1, 2)}  # as a normal number, up to the third moment
# Mean 0, variance 1 and a third moment: four values, each as likely as the others.
_FOUR = (Fraction(5, 3), Fraction(-1, 3), Fraction(-1, 3), Fraction(-1))
_SKEWED = {value: Fraction(_FOUR.count(value), 4) for value in _FOUR}
_TRUE: Term = ("=", "0", "0")


@dataclass(frozen=True)
class _Made:
    """What stands in the place of a random name; ``column`` tells which noise, -1 all of it."""

    name: str
    sort: Term
    mean: str
    scale: str
    column: int

    def value(self, mean: Term, scale: Term, noise: Term) -> Term:
        """The term m + S g."""
        if self.column < 0 and self.sort == "real":
            return ("+", mean, ("inner", scale, noise))
        if self.column < 0 and self.sort[0] == "vector":
            return ("+", mean, ("matmul", scale, noise))
        chosen = ("vector", *("1" if k == max(self.column, 0) else "0" for k in range(WIDTH)))
        return ("+", mean, ("*", ("inner", noise, chosen), scale))

    def scale_sort(self) -> Term:
        """The sort of S: of numbers a vector, of vectors a matrix, or that of the values."""
        if self.column >= 0 or self.sort[0] == "matrix":
            return self.sort
        width = str(WIDTH)
        return ("vector", width) if self.sort == "real" else ("matrix", self.sort[1], width)

    def uses(self, scale: Term, place: int) -> bool:
        """Whether a value depends on one number of the noise."""
        if self.column >= 0 or self.sort[0] == "matrix":
            return place == max(self.column, 0) and not _is_zero(scale)
        rows = [scale] if self.sort == "real" else scale[1:]
        return any(not _is_zero(row[1 + place]) for row in rows)

    def zero_scale(self, mean: Term) -> Term:
        """The S that is 0, for a written-out mean."""
        if self.column >= 0 or self.sort[0] == "matrix":
            return _zeros(mean)
        if self.sort == "real":
            return ("vector", *["0"] * WIDTH)
        return ("rows", *(("row", *["0"] * WIDTH) for _ in mean[1:]))


@dataclass(frozen=True)
class Randomness:
    """The random names of a goal, in order, with the names of m and S, and the law of the noise.

    A name that is to be independent of another has one number of the noise for itself.
    """

    names: tuple[_Made, ...]
    law: str = "normal"
    degree: int = 0

    def joined(self, values: Mapping[str, Term]) -> dict[str, Term]:
        """Values of the concrete goal as values of the one with random names."""
        values = dict(values)
        used = [any(one.uses(values[one.scale], k) for one in self.names) for k in range(WIDTH)]
        for one in self.names:
            mean, scale = values.pop(one.mean), values.pop(one.scale)
            body = mean if _is_zero(scale) else one.value(mean, scale, self._noise(used))
            values[one.name] = ("lambda", "outcome", body)
        return values

    def _noise(self, used: list[bool]) -> Term:
        if self.law != "skewed":
            return ("standard_normal", str(WIDTH), "#0")
        choices = [_FOUR if here else (0,) for here in used]
        places = [("vector", *map(str, place)) for place in product(*choices)]
        return ("app", ("cycle", *places), ("uniform_index", str(len(places)), "#0"))

    def parted(self, values: Mapping[str, Term]) -> dict[str, Term]:
        """The other way round. Raises ``ValueError`` for any other literal."""
        values = dict(values)
        for one in self.names:
            literal = values.pop(one.name)
            if literal[:2] != ("lambda", "outcome"):
                raise ValueError(f"no value of {one.name}")
            if literal[2][:1] != ("+",):
                values[one.mean], values[one.scale] = literal[2], one.zero_scale(literal[2])
                continue
            _, values[one.mean], moving = literal[2]
            values[one.scale] = moving[2] if moving[0] == "*" else moving[1]
        return values


NOTHING_RANDOM = Randomness(())


@lru_cache(maxsize=8)
def outcomes(randomness: Randomness) -> list[tuple[Fraction, tuple[Any, ...]]]:
    """The values of the noise with their probabilities: as few as tell the moments in use."""
    one: dict[Any, Fraction] = _SKEWED if randomness.law == "skewed" else _NORMAL
    if randomness.law == "normal" and randomness.degree <= 3:
        one = _SIGNS
    elif randomness.law == "normal" and randomness.degree > 5:
        one = _WIDE
    found = []
    for values in product(one, repeat=WIDTH):
        weight = Fraction(1)
        for value in values:
            weight *= one[value]
        found.append((weight, values))
    return found


def made_concrete(goal: Goal) -> tuple[Goal, Randomness]:
    """The goal with m + S g in the place of every random name, and how to come back."""
    used = {name for name, _ in goal.declarations} | {name for name, _, _ in goal.definitions}
    columns = _columns(goal)
    names: list[_Made] = []
    declarations: list[tuple[str, Term]] = []
    for name, sort in goal.declarations:
        if not is_random(sort):
            declarations.append((name, sort))
            continue
        mean, scale = (_fresh(used, f"{name}_{part}") for part in ("mean", "scale"))
        names.append(_Made(name, sort[2], mean, scale, columns.get(name, -1)))
        declarations += [(mean, sort[2]), (scale, names[-1].scale_sort())]
    if not names:
        return goal, NOTHING_RANDOM
    maker = _Maker({one.name: one for one in names})
    for name, sorts, body in goal.definitions:
        if sorts == ("outcome",):
            maker.degrees[name] = _degree(body, maker.degrees)
    concrete = Goal(
        tuple(declarations),
        tuple((name, sorts, maker.term(body)) for name, sorts, body in goal.definitions),
        tuple(maker.term(hypothesis) for hypothesis in goal.hypotheses),
        maker.term(goal.conclusion),
    )
    is_plain = maker.degree <= 2 and not maker.is_rough
    is_normal = is_plain or any(_speaks_of(goal, word) for word in ("gaussian", "independent"))
    return concrete, Randomness(tuple(names), "normal" if is_normal else "skewed", maker.degree)


def _columns(goal: Goal) -> dict[str, int]:
    """For the names that a hypothesis calls independent, a number of the noise each."""
    found: dict[str, int] = {}
    for hypothesis in goal.hypotheses:
        for part in hypothesis[1:] if hypothesis[0] == "and" else (hypothesis,):
            if part[0] == "independent" and all(isinstance(name, str) for name in part[1:]):
                one, other = part[1:]
                if other in found:
                    one, other = other, one
                found.setdefault(one, 0)
                found.setdefault(other, 1 - found[one])
    return found


def is_random(sort: Term) -> bool:
    """Whether a sort is that of random numbers, vectors or matrices."""
    return isinstance(sort, tuple) and sort[0] == "function" and sort[1] == ("outcome",)


def _fresh(used: set[str], wish: str) -> str:
    while wish in used:
        wish += "_"
    used.add(wish)
    return wish


def _speaks_of(goal: Goal, head: str) -> bool:
    return f'["{head}"' in goal.to_text()


class _Maker:
    """Rewrites terms; notes the largest number of random names multiplied within them.

    Also whether an absolute value or a norm occurs, of which normal moments tell nothing.
    """

    def __init__(self, names: Mapping[str, _Made]) -> None:
        self.names = names
        self.degrees = dict.fromkeys(names, 1)  # of random names, and of what is defined by them
        self.degree = 0
        self.is_rough = False

    def term(self, term: Term) -> Term:
        """A term or formula without random names."""
        if isinstance(term, str):
            return term
        if term[0] == "moments":
            return _TRUE
        if term[0] == "gaussian":
            return self._gaussian(*term[1:])
        if term[0] == "independent":
            return _TRUE if self._are_apart(*term[1:]) else ("false",)
        if term[0] == "expectation":
            self.degree = max(self.degree, _degree(term[1], self.degrees))
            self.is_rough |= _is_rough(term[1])
            plain = self._plain(term[1])
            if plain is not None:
                return plain
        if term[0] == "app" and isinstance(term[1], str) and term[1] in self.names:
            made = self.names[term[1]]
            return made.value(made.mean, made.scale, term[2])
        return tuple(self.term(part) if k else part for k, part in enumerate(term))

    def _gaussian(self, random: Term, mean: Term, spread: Term) -> Term:
        """What follows of mean and covariance."""
        body = ("app", random, "#0") if isinstance(random, str) else random[2]
        away = ("+", body, ("-", ("expectation", body)))
        moments = ("expectation", body), ("expectation", ("outer", away, away))
        equations = (("=", *pair) for pair in zip(moments, (mean, spread), strict=True))
        return ("and", *map(self.term, equations))

    def _plain(self, body: Term) -> Term | None:
        """E[x] and the covariance of two random names, by m and S."""
        found = self._name(body)
        if found is not None:
            return self.names[found].mean
        if body[0] not in ("outer", "*") or len(body) != 3:
            return None
        pair = []
        for side in body[1:]:
            value = side[1] if side[0] == "+" and len(side) == 3 else ""
            name = self._name(value)
            if name is None or side[2] != ("-", ("expectation", value)):
                return None
            pair.append(self.names[name])
        if any(one.column >= 0 for one in pair):
            return None
        if body[0] == "outer":
            return ("matmul", pair[0].scale, ("transpose", pair[1].scale))
        is_real = all(one.sort == "real" for one in pair)
        return ("inner", *(one.scale for one in pair)) if is_real else None

    def _are_apart(self, *names: Term) -> bool:
        """Whether two names depend on numbers of the noise that are not the same."""
        made = [self.names.get(name) if isinstance(name, str) else None for name in names]
        columns = {-1 if one is None else one.column for one in made}
        return len(columns) == 2 and -1 not in columns

    def _name(self, value: Term) -> str | None:
        is_one = value[:1] == ("app",) and value[2:] == ("#0",) and value[1] in self.names
        return str(value[1]) if is_one and isinstance(value[1], str) else None


def _is_rough(term: Term) -> bool:
    """Whether a term is no polynomial: it holds a norm or an absolute value, not squared."""
    if isinstance(term, str):
        return False
    if term[0] == "^" and term[1][0] in ("norm", "abs") and int(term[2]) % 2 == 0:
        return _is_rough(term[1][1])
    return term[0] in ("norm", "abs") or any(map(_is_rough, term[1:]))


def _degree(term: Term, degrees: Mapping[str, int]) -> int:
    """How many random names are multiplied at most."""
    if isinstance(term, str):
        return 0
    head, *parts = term
    if head == "app" and isinstance(parts[0], str) and parts[0] in degrees:
        return degrees[parts[0]]
    inside = [_degree(part, degrees) for part in parts]
    if head == "expectation":
        return 0
    if head == "^" and str(parts[1]).isdigit():
        return inside[0] * int(parts[1])
    if head in ("*", "inner", "outer", "matmul"):
        return sum(inside)
    return max(inside, default=0)


def _is_zero(scale: Term) -> bool:
    """Whether a vector or a matrix of written-out numbers is zero."""
    if isinstance(scale, str):
        return scale in ("vector", "rows", "row", "0")
    return all(map(_is_zero, scale))


def _zeros(value: Term) -> Term:
    """A written-out value with 0 in every place."""
    if isinstance(value, str):
        return value if value in ("vector", "rows", "row") else "0"
    return tuple(map(_zeros, value))
