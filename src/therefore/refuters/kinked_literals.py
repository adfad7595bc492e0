"""Proximal points and subgradients of function literals, exactly.

Of literals that are a quadratic function plus multiples k >= 0 of absolute values of affine
functions, or, where d = 1, of norms of such: the sides of the kinks are tried one after the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from therefore.goal import Term
from therefore.refuters.determinants import by_pivots
from therefore.refuters.exact import Array
from therefore.refuters.jets import Undefined, Unknown
from therefore.refuters.logic import Truth
from therefore.refuters.values import Closure, Unreadable
from therefore.rows import eliminated

__all__ = ["Kinked", "kinked"]

_MOST_KINKS = 3
_PLACES = (Fraction(5, 7), Fraction(-3, 2), Fraction(11, 3), Fraction(2), Fraction(-1, 5))
Vector = list[Fraction]


@dataclass(frozen=True)
class _Kink:
    """``weight`` |<slope, x> + offset|."""

    weight: Fraction
    slope: tuple[Fraction, ...]
    offset: Fraction

    def at(self, x: Sequence[Fraction]) -> Fraction:
        return _inner(self.slope, x) + self.offset


@dataclass(frozen=True)
class Kinked:
    """1/2 <x, curvature x> + <slope, x> + a constant, plus kinks."""

    curvature: tuple[tuple[Fraction, ...], ...]
    slope: tuple[Fraction, ...]
    kinks: tuple[_Kink, ...]

    def subgradient(self, x: Vector) -> Vector:
        """The gradient; at a kink, without its part."""
        total = [a + _inner(row, x) for row, a in zip(self.curvature, self.slope, strict=True)]
        for kink in self.kinks:
            side = kink.at(x)
            sign = (side > 0) - (side < 0)
            total = [a + sign * kink.weight * b for a, b in zip(total, kink.slope, strict=True)]
        return total

    def proximal_point(self, w: Vector, c: Fraction) -> Vector | None:
        """The p for which (w - p) / c is a subgradient at p, for c > 0; ``None`` if none is found.

        On each side of each kink, and on it, that is a linear system; its solution counts if it
        is on that side, and on a kink if the kink's share is between -1 and 1.
        """
        d = len(w)
        for sides in product((1, -1, 0), repeat=len(self.kinks)):
            on = [kink for kink, side in zip(self.kinks, sides, strict=True) if not side]
            rows = []
            for i in range(d):
                row = [c * entry for entry in self.curvature[i]]
                row[i] += 1
                row += [c * kink.weight * kink.slope[i] for kink in on]
                known = w[i] - c * self.slope[i]
                for kink, side in zip(self.kinks, sides, strict=True):
                    known -= c * side * kink.weight * kink.slope[i]
                rows.append([*row, known])
            for kink in on:
                rows.append([*kink.slope, *[Fraction(0)] * len(on), -kink.offset])
            count = d + len(on)
            pivots = eliminated(rows, count)
            if len(pivots) < count or any(row[-1] for row in rows[count:]):
                continue
            found = [row[-1] for row in rows[:count]]
            p, shares = found[:d], found[d:]
            fits = all(side * kink.at(p) >= 0
                       for kink, side in zip(self.kinks, sides, strict=True))  # fmt: skip
            if fits and all(abs(share) <= 1 for share in shares):
                return p
        return None


def kinked(function: Closure) -> Kinked | None:
    """The parts of a function literal of vectors; ``None`` if it is not of that form."""
    if not isinstance(function.sort, tuple) or function.sort[0] != "vector":
        return None
    try:
        size = function.interpreter.term(function.sort[1], function.bound)
        return _read(function, size) if isinstance(size, int) else None
    except (Undefined, Unknown, Unreadable, TypeError):
        return None


def _read(function: Closure, d: int) -> Kinked | None:
    lengths = list(dict.fromkeys(_lengths(function.body, d)))
    if len(lengths) > _MOST_KINKS:
        return None
    zeros: dict[Term, Term] = dict.fromkeys(lengths, "0")
    basis = [[Fraction(int(i == j)) for j in range(d)] for i in range(d)]
    places = [[_PLACES[(i + k) % len(_PLACES)] for i in range(d)] for k in range(3)]
    origin = [Fraction(0)] * d

    def smooth(x: Vector) -> Fraction:
        return _value(function, _replaced(function.body, zeros), x)

    kinks = []
    for length in lengths:
        one = _replaced(function.body, {**zeros, length: "1"})
        weights = {_value(function, one, x) - smooth(x) for x in (origin, *places)}
        inside: Term = length[1] if length[0] == "abs" else ("entry", length[1], "0")
        offset = _value(function, inside, origin)
        slope = [_value(function, inside, unit) - offset for unit in basis]
        kink = _Kink(weights.pop(), tuple(slope), offset)
        if weights or kink.weight < 0 or any(True for _ in _lengths(length[1], d)):
            return None
        if any(_value(function, inside, x) != kink.at(x) for x in places):
            return None
        kinks.append(kink)
    constant = smooth(origin)
    up = [smooth(unit) for unit in basis]
    down = [smooth([-entry for entry in unit]) for unit in basis]
    curvature = [[Fraction(0)] * d for _ in range(d)]
    for i in range(d):
        for j in range(i + 1):
            both = [a + b for a, b in zip(basis[i], basis[j], strict=True)]
            mixed = smooth(both) - up[i] - up[j] + constant if i != j else None
            value = up[i] + down[i] - 2 * constant if mixed is None else mixed
            curvature[i][j] = curvature[j][i] = value
    gradient = [(a - b) / 2 for a, b in zip(up, down, strict=True)]
    if by_pivots([list(row) for row in curvature], strict=False) != Truth.TRUE:
        return None
    bent = tuple(kink for kink in kinks if kink.weight and any(kink.slope))
    found = Kinked(tuple(map(tuple, curvature)), tuple(gradient), bent)
    # A body of another form differs at some place; what comes of it is checked again anyway.
    for x in places:
        square = _inner(x, [_inner(row, x) for row in curvature]) / 2
        value = square + _inner(gradient, x) + constant
        value += sum(kink.weight * abs(kink.at(x)) for kink in kinks)
        if _value(function, function.body, x) != value:
            return None
    return found


def _lengths(term: Term, d: int) -> Iterator[Term]:
    """The absolute values in a term, and, for d = 1, the norms that are not squared."""
    if isinstance(term, str):
        return
    if term[0] == "abs" or (term[0] == "norm" and d == 1):
        yield term
    elif term[0] != "^" or term[1][0] not in ("norm", "abs"):
        for part in term[1:]:
            yield from _lengths(part, d)


def _replaced(term: Term, by: dict[Term, Term]) -> Term:
    if isinstance(term, str) or term in by:
        return by.get(term, term)
    if term[0] == "^" and term[1][0] in ("norm", "abs"):
        return term
    return (term[0], *(_replaced(part, by) for part in term[1:]))


def _value(function: Closure, body: Term, x: Vector) -> Fraction:
    found = function.interpreter.term(body, (Array(tuple(x)), *function.bound))
    if not isinstance(found, int | Fraction):
        raise Unknown
    return Fraction(found)


def _inner(a: Sequence[Fraction], b: Sequence[Fraction]) -> Fraction:
    return sum((x * y for x, y in zip(a, b, strict=True)), Fraction(0))
