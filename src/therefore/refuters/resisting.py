"""Functions that are chosen while they are asked: of each new point, a gradient that makes trouble.

Where a method asks for the gradient at a point, a resisting function gives the number that a plan
wants, as far as the earlier answers leave room for it: between two points the gradient grows by
no less than ``least`` and no more than ``most`` times their distance. Afterwards a quadratic
spline goes through all answers, with the slopes ``least`` and ``most`` only. Among all functions of
the class with these answers it has the least, or the greatest, values from one point to the next.

All functions are of vectors with d = 1, a batch of them at a time.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from therefore.goal import Term
from therefore.refuters.families import Family
from therefore.splines import Spline

__all__ = ["Resisting", "Splines"]

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Splines(Family):
    """A batch of quadratic splines; see ``therefore.splines`` for the meaning of their numbers.

    ``knots`` has shape (batch, n) and ``slopes`` (batch, n + 1); knots may coincide. The slopes
    lie between ``least`` and ``most``.
    """

    knots: Array
    slopes: Array
    start: Array
    value: Array
    least: Array
    most: Array

    @property
    def convex(self) -> bool:
        return bool(np.all(self.least >= 0))

    def _beyond(self, x: Array) -> Array:
        return np.asarray(np.maximum(x[:, :1] - self.knots, 0.0))

    def __call__(self, x: Array) -> Array:
        u = x[:, 0]
        bends = np.diff(self.slopes, axis=1) * self._beyond(x) ** 2 / 2
        first = self.value + self.start * u + self.slopes[:, 0] * u**2 / 2
        return np.asarray(first + bends.sum(-1))

    def gradient(self, x: Array) -> Array:
        bends = np.diff(self.slopes, axis=1) * self._beyond(x)
        first = self.start + self.slopes[:, 0] * x[:, 0]
        return np.asarray(first + bends.sum(-1))[:, None]

    def lipschitz(self) -> Array | None:
        return np.asarray(np.maximum(np.abs(self.least), np.abs(self.most)))

    def lowest(self) -> tuple[Array, Array]:
        """A point of least value in each row, and that value; all rows are bounded below."""
        best, place = np.full(len(self.start), np.inf), np.zeros(len(self.start))
        for k in range(self.slopes.shape[1]):
            low = self.knots[:, max(k - 1, 0)]
            high = self.knots[:, min(k, self.knots.shape[1] - 1)]
            slope = self.slopes[:, k]
            near = high if k == 0 else low
            there = self.gradient(near[:, None])[:, 0]
            foot = near - there / np.where(slope == 0, np.inf, slope)
            if k:
                foot = np.maximum(foot, low)
            if k < self.knots.shape[1]:
                foot = np.minimum(foot, high)
            value = self(foot[:, None])
            place = np.where(value < best, foot, place)
            best = np.minimum(value, best)
        return place, best

    def minimiser(self) -> Array | None:
        return self.lowest()[0][:, None]

    def infimum(self) -> Array | None:
        return self.lowest()[1]

    def literal(self, row: int, scalar: bool = False) -> Term | None:
        return None


@dataclass
class Resisting(Family):
    """Answers to questions after gradients; the k-th new point gets the k-th number of the plan.

    ``plan`` has shape (batch, count) and is used again from its start. ``upper`` (batch, count)
    says of each gap between neighbouring points whether values are to be great in it.
    """

    plan: Array
    upper: NDArray[np.bool_]
    least: Array
    most: Array
    points: list[Array] = field(default_factory=list)
    answers: list[Array] = field(default_factory=list)

    def tell(self, point: Array, wanted: Array) -> Array:
        """The gradient at a point: the wanted one, or the nearest that there is room for."""
        low, high = np.full(len(point), -np.inf), np.full(len(point), np.inf)
        for known, answer in zip(self.points, self.answers, strict=True):
            away = point - known
            ends = np.stack([answer + self.least * away, answer + self.most * away])
            low, high = np.maximum(low, ends.min(0)), np.minimum(high, ends.max(0))
        answer = np.clip(wanted, np.minimum(low, high), np.maximum(low, high))
        self.points.append(point)
        self.answers.append(answer)
        return answer

    def gradient(self, x: Array) -> Array:
        for known, answer in zip(self.points, self.answers, strict=True):
            if np.array_equal(known, x[:, 0]):
                return answer[:, None]
        wanted = self.plan[:, len(self.points) % self.plan.shape[1]]
        return self.tell(np.array(x[:, 0]), wanted)[:, None]

    def __call__(self, x: Array) -> Array:
        self.gradient(x)
        return np.zeros(len(x))

    def literal(self, row: int, scalar: bool = False) -> Term | None:
        return None

    def lipschitz(self) -> Array | None:
        return self.most

    def splines(self) -> Splines:
        """The splines through all answers, with the value 0 at their lowest points."""
        order = np.argsort(np.stack(self.points, axis=1), axis=1)
        points = np.take_along_axis(np.stack(self.points, axis=1), order, axis=1)
        answers = np.take_along_axis(np.stack(self.answers, axis=1), order, axis=1)
        room = np.where(self.most > self.least, self.most - self.least, 1.0)
        knots, slopes = [], []
        for k in range(points.shape[1] - 1):
            run = points[:, k + 1] - points[:, k]
            rise = answers[:, k + 1] - answers[:, k]
            steep = np.clip((rise - self.least * run) / room, 0.0, run)
            up = self.upper[:, k % self.upper.shape[1]]
            knots += [points[:, k], points[:, k] + np.where(up, steep, run - steep)]
            slopes += [np.where(up, self.most, self.least), np.where(up, self.least, self.most)]
        knots.append(points[:, -1])
        ends = [slopes[0], slopes[-1]] if slopes else [self.most, self.most]
        slopes.insert(0, self._tail(-answers[:, 0], ends[0]))
        slopes.append(self._tail(answers[:, -1], ends[1]))
        all_knots, all_slopes = np.stack(knots, axis=1), np.stack(slopes, axis=1)
        bends = np.diff(all_slopes, axis=1) * np.maximum(points[:, :1] - all_knots, 0.0)
        start = answers[:, 0] - all_slopes[:, 0] * points[:, 0] - bends.sum(-1)
        zero = np.zeros(len(start))
        found = Splines(all_knots, all_slopes, start, zero, self.least, self.most)
        return Splines(all_knots, all_slopes, start, -found.lowest()[1], self.least, self.most)

    def _tail(self, answer: Array, beside: Array) -> Array:
        """The slope beyond the last point: the function grows to infinity there, or stays.

        ``answer`` is the gradient outwards; the slope ``beside`` goes on where it may.
        """
        onwards = np.where(beside >= 0, beside, np.maximum(self.least, 0.0))
        return np.asarray(np.where(answer < 0, self.most, onwards))

    def exactly(self, row: int, largest: int, least: Fraction, most: Fraction) -> Spline:
        """The spline of one row over the fractions, with these slopes.

        Points and gradients are rounded to denominators up to ``largest``.
        """

        def fraction(value: float) -> Fraction:
            return Fraction(float(value)).limit_denominator(largest)

        known: dict[Fraction, Fraction] = {}
        for point, answer in zip(self.points, self.answers, strict=True):
            known.setdefault(fraction(point[row]), fraction(answer[row]))
        pairs = sorted(known.items())
        slopes: list[Fraction] = []
        knots: list[Fraction] = []
        for k in range(len(pairs) - 1):
            (p, g), (q, h) = pairs[k : k + 2]
            h = min(max(h, g + least * (q - p)), g + most * (q - p))
            pairs[k + 1] = (q, h)
            steep = (h - g - least * (q - p)) / (most - least) if most > least else q - p
            up = bool(self.upper[row, k % self.upper.shape[1]])
            knots += [p, p + (steep if up else q - p - steep)]
            slopes += [most, least] if up else [least, most]
        knots.append(pairs[-1][0])

        def tail(answer: Fraction, beside: Fraction) -> Fraction:
            return most if answer < 0 else beside if beside >= 0 else max(least, Fraction(0))

        first, last = (slopes[0], slopes[-1]) if slopes else (most, most)
        slopes = [tail(-pairs[0][1], first), *slopes, tail(pairs[-1][1], last)]
        return _anchored(_merged(knots, slopes), *pairs[0])


def _merged(
    knots: list[Fraction], slopes: list[Fraction]
) -> tuple[list[Fraction], list[Fraction]]:
    """Without pieces of no length, and without knots at which nothing bends."""
    ends: list[Fraction] = []
    kept = [slopes[0]]
    for knot, slope in zip(knots, slopes[1:], strict=True):
        if ends and ends[-1] == knot:
            kept[-1] = slope
        else:
            ends.append(knot)
            kept.append(slope)
    k = 0
    while k < len(ends):
        if kept[k] == kept[k + 1]:
            del ends[k], kept[k + 1]
        else:
            k += 1
    return ends, kept


def _anchored(
    parts: tuple[list[Fraction], list[Fraction]], point: Fraction, answer: Fraction
) -> Spline:
    """The spline with this derivative at this point, and 0 for its least value."""
    knots, slopes = tuple(parts[0]), tuple(parts[1])
    start = answer - Spline(knots, slopes).derivative(point)
    spline = Spline(knots, slopes, start)
    place = spline.lowest()
    return spline if place is None else Spline(knots, slopes, start, -spline(place))
