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

__all__ = ["MOST_MOMENTS", "WIDTH", "Randomness", "made_concrete", "outcomes"]

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
class Randomness:
    """The random names of a goal, in order, with the names of m and S, and the law of the noise."""

    names: tuple[tuple[str, Term, str, str], ...]
    law: str = "normal"
    degree: int = 0

    def joined(self, values: Mapping[str, Term]) -> dict[str, Term]:
        """Values of the concrete goal as values of the one with random names."""
        values = dict(values)
        scales = [(sort, values[scale]) for _, sort, _, scale in self.names]
        used = [any(_uses(sort, scale, k) for sort, scale in scales) for k in range(WIDTH)]
        for name, sort, mean, scale in self.names:
            values[name] = self._literal(sort, values.pop(mean), values.pop(scale), used)
        return values

    def _literal(self, sort: Term, mean: Term, scale: Term, used: list[bool]) -> Term:
        if _is_zero(scale):
            return ("lambda", "outcome", mean)
        noise: Term = ("standard_normal", str(WIDTH), "#0")
        if self.law == "skewed":
            choices = [_FOUR if here else (0,) for here in used]
            places = [("vector", *map(str, place)) for place in product(*choices)]
            index = ("uniform_index", str(len(places)), "#0")
            noise = ("app", ("cycle", *places), index)
        return ("lambda", "outcome", _value(sort, mean, scale, noise))

    def parted(self, values: Mapping[str, Term]) -> dict[str, Term]:
        """The other way round. Raises ``ValueError`` for any other literal."""
        values = dict(values)
        for name, sort, mean, scale in self.names:
            literal = values.pop(name)
            if literal[:2] != ("lambda", "outcome"):
                raise ValueError(f"no value of {name}")
            if literal[2][:1] != ("+",):
                values[mean], values[scale] = literal[2], _zero_like(sort, literal[2])
                continue
            _, center, moving = literal[2]
            values[mean] = center
            values[scale] = moving[2] if sort[0] == "matrix" else moving[1]
        return values


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
    names = []
    declarations: list[tuple[str, Term]] = []
    for name, sort in goal.declarations:
        if not is_random(sort):
            declarations.append((name, sort))
            continue
        mean, scale = (_fresh(used, f"{name}_{part}") for part in ("mean", "scale"))
        names.append((name, sort[2], mean, scale))
        declarations += [(mean, sort[2]), (scale, _scale_sort(sort[2]))]
    if not names:
        return goal, Randomness(())
    maker = _Maker({name: (sort, mean, scale) for name, sort, mean, scale in names})
    concrete = Goal(
        tuple(declarations),
        tuple((name, sorts, maker.term(body)) for name, sorts, body in goal.definitions),
        tuple(maker.term(hypothesis) for hypothesis in goal.hypotheses),
        maker.term(goal.conclusion),
    )
    is_skewed = not _speaks_of(goal, "gaussian") and (maker.degree > 2 or maker.is_rough)
    return concrete, Randomness(tuple(names), "skewed" if is_skewed else "normal", maker.degree)


def is_random(sort: Term) -> bool:
    """Whether a sort is that of random numbers, vectors or matrices."""
    return isinstance(sort, tuple) and sort[0] == "function" and sort[1] == ("outcome",)


def _fresh(used: set[str], wish: str) -> str:
    while wish in used:
        wish += "_"
    used.add(wish)
    return wish


def _scale_sort(sort: Term) -> Term:
    """The sort of S: of numbers a vector, of vectors a matrix; of matrices one direction."""
    if sort == "real":
        return ("vector", str(WIDTH))
    return ("matrix", sort[1], str(WIDTH)) if sort[0] == "vector" else sort


def _value(sort: Term, mean: Term, scale: Term, noise: Term) -> Term:
    if sort == "real":
        return ("+", mean, ("inner", scale, noise))
    if sort[0] == "vector":
        return ("+", mean, ("matmul", scale, noise))
    first = ("inner", noise, ("vector", "1", *["0"] * (WIDTH - 1)))
    return ("+", mean, ("*", first, scale))


def _speaks_of(goal: Goal, head: str) -> bool:
    return f'["{head}"' in goal.to_text()


class _Maker:
    """Rewrites terms; notes the largest number of random names multiplied within them.

    Also whether an absolute value or a norm occurs, of which normal moments tell nothing.
    """

    def __init__(self, names: Mapping[str, tuple[Term, str, str]]) -> None:
        self.names = names
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
        if term[0] == "expectation":
            self.degree = max(self.degree, _degree(term[1], self.names))
            self.is_rough |= _is_rough(term[1])
            plain = self._plain(term[1])
            if plain is not None:
                return plain
        if term[0] == "app" and isinstance(term[1], str) and term[1] in self.names:
            return _value(*self.names[term[1]], term[2])
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
            return self.names[found][1]
        if body[0] not in ("outer", "*") or len(body) != 3:
            return None
        pair = []
        for side in body[1:]:
            value = side[1] if side[0] == "+" and len(side) == 3 else ""
            name = self._name(value)
            if name is None or side[2] != ("-", ("expectation", value)):
                return None
            pair.append(self.names[name])
        scales = [scale for _, _, scale in pair]
        if body[0] == "outer":
            return ("matmul", scales[0], ("transpose", scales[1]))
        return ("inner", *scales) if all(sort == "real" for sort, _, _ in pair) else None

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


def _degree(term: Term, names: Mapping[str, Any]) -> int:
    """How many random names are multiplied at most."""
    if isinstance(term, str):
        return 0
    head, *parts = term
    if head == "app" and isinstance(parts[0], str) and parts[0] in names:
        return 1
    inside = [_degree(part, names) for part in parts]
    if head == "expectation":
        return 0
    if head == "^" and str(parts[1]).isdigit():
        return inside[0] * int(parts[1])
    if head in ("*", "inner", "outer", "matmul"):
        return sum(inside)
    return max(inside, default=0)


def _uses(sort: Term, scale: Term, place: int) -> bool:
    """Whether a value depends on one number of the noise."""
    if sort == "real":
        return not _is_zero(scale[1 + place])
    if sort[0] == "vector":
        return any(not _is_zero(row[1 + place]) for row in scale[1:])
    return place == 0


def _is_zero(scale: Term) -> bool:
    """Whether a vector or a matrix of written-out numbers is zero."""
    if isinstance(scale, str):
        return scale in ("vector", "rows", "row", "0")
    return all(map(_is_zero, scale))


def _zero_like(sort: Term, mean: Term) -> Term:
    """The S that is 0, for a written-out mean."""
    if sort == "real":
        return ("vector", *["0"] * WIDTH)
    if sort[0] == "vector":
        return ("rows", *(("row", *["0"] * WIDTH) for _ in mean[1:]))
    return ("rows", *(("row", *["0" for _ in row[1:]]) for row in mean[1:]))
