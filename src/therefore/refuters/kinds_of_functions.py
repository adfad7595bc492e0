"""Which functions an abstract function is drawn from: at random, and the simplest ones exactly."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from therefore.goal import Term
from therefore.refuters.families import (
    Absolute,
    Affine,
    Array,
    Cubic,
    Distance,
    Family,
    Huber,
    Largest,
    LogSumExp,
    Quadratic,
    Total,
    Wave,
)

__all__ = ["CONVEX", "GENERAL", "Kind", "exact_members"]


@dataclass(frozen=True)
class Kind:
    """A way to draw a member: from a generator, a batch size and a dimension."""

    name: str
    smooth: bool
    convex: bool
    draw: Callable[[np.random.Generator, int, int], Family]


def _grid(rng: np.random.Generator, *shape: int) -> Array:
    """Small halves: they are exact in floats, and short when written."""
    return rng.integers(-4, 5, size=shape) / 2.0


def _affine(rng: np.random.Generator, batch: int, d: int) -> Family:
    return Affine(_grid(rng, batch, d), _grid(rng, batch))


def _zero(rng: np.random.Generator, batch: int, d: int) -> Family:
    return Affine(np.zeros((batch, d)), np.zeros(batch))


def _half_square(rng: np.random.Generator, batch: int, d: int) -> Family:
    rows = np.broadcast_to(np.eye(d), (batch, d, d))
    return Quadratic(rows, np.ones((batch, d)), np.zeros((batch, d)))


def _quadratic(rng: np.random.Generator, batch: int, d: int) -> Family:
    signs = rng.integers(0, 3, size=(batch, d)).astype(np.float64)
    return Quadratic(_grid(rng, batch, d, d), signs, _grid(rng, batch, d))


def _indefinite(rng: np.random.Generator, batch: int, d: int) -> Family:
    signs = rng.integers(-2, 3, size=(batch, d)).astype(np.float64)
    return Quadratic(_grid(rng, batch, d, d), signs, _grid(rng, batch, d))


def _log_sum_exp(rng: np.random.Generator, batch: int, d: int) -> Family:
    return LogSumExp(_grid(rng, batch, d + 1, d))


def _smooth_sum(rng: np.random.Generator, batch: int, d: int) -> Family:
    return Total(_log_sum_exp(rng, batch, d), _quadratic(rng, batch, d))


def _distance(rng: np.random.Generator, batch: int, d: int) -> Family:
    return Distance(_grid(rng, batch, d))


def _absolute(rng: np.random.Generator, batch: int, d: int) -> Family:
    return Absolute(Affine(_grid(rng, batch, d), _grid(rng, batch)))


def _largest(rng: np.random.Generator, batch: int, d: int) -> Family:
    return Largest(_affine(rng, batch, d), _quadratic(rng, batch, d))


def _kinked_sum(rng: np.random.Generator, batch: int, d: int) -> Family:
    return Total(_distance(rng, batch, d), _absolute(rng, batch, d))


def _cubic(rng: np.random.Generator, batch: int, d: int) -> Family:
    return Cubic(_grid(rng, batch, d), _grid(rng, batch, d))


def _wave(rng: np.random.Generator, batch: int, d: int) -> Family:
    return Wave(_grid(rng, batch, d), _grid(rng, batch, d))


def _huber(rng: np.random.Generator, batch: int, d: int) -> Family:
    return Huber(rng.integers(1, 7, size=batch) / 4.0)


def _bounded_wave(rng: np.random.Generator, batch: int, d: int) -> Family:
    return Wave(_grid(rng, batch, d), np.zeros((batch, d)))


def _square(rng: np.random.Generator, batch: int, d: int) -> Family:
    rows = np.broadcast_to(np.eye(d), (batch, d, d))
    shift = _grid(rng, batch, d)
    return Quadratic(rows, np.full((batch, d), 2.0), shift)


CONVEX: tuple[Kind, ...] = (
    Kind("half the square of the norm", True, True, _half_square),
    Kind("convex quadratic", True, True, _quadratic),
    Kind("log-sum-exp", True, True, _log_sum_exp),
    Kind("affine", True, True, _affine),
    Kind("norm", False, True, _distance),
    Kind("log-sum-exp plus quadratic", True, True, _smooth_sum),
    Kind("absolute value of an affine function", False, True, _absolute),
    Kind("maximum of affine and quadratic", False, True, _largest),
    Kind("sum of norm and absolute value", False, True, _kinked_sum),
    Kind("zero", True, True, _zero),
    Kind("Huber's function", True, True, _huber),
    Kind("square of the norm plus linear", True, True, _square),
)
"""Convex on all of R^d, in the order in which they are tried."""

GENERAL: tuple[Kind, ...] = (
    Kind("indefinite quadratic", True, False, _indefinite),
    Kind("sine plus linear", True, False, _wave),
    *CONVEX[:2],
    Kind("cubic", True, False, _cubic),
    *CONVEX[3:5],
    Kind("sine", True, False, _bounded_wave),
    *CONVEX[10:],
)
"""For a function of which nothing is assumed."""


def exact_members(
    d: int, *, convex: bool, smooth: bool, scalar: bool, bounded: bool = False
) -> list[Term]:
    """Bodies of function literals, ``#0`` for the argument, the simplest first.

    With ``scalar`` the argument is a real number, else a vector of ``d`` entries.
    """
    if scalar:
        square: Term = ("^", "#0", "2")
        first: Term = "#0"
        length: Term = ("abs", "#0")
        shifted: Term = ("^", ("+", "#0", "-1"), "2")
        cube: Term = ("^", "#0", "3")
    else:
        one: Term = ("vector", "1", *["0"] * (d - 1))
        square, length = ("inner", "#0", "#0"), ("norm", "#0")
        first = ("inner", one, "#0")
        away: Term = ("+", "#0", ("-", one))
        shifted = ("inner", away, away)
        cube = ("^", first, "3")
    members: list[Term] = ["0", ("*", "1/2", square), square, first, ("-", first)]
    if not smooth:
        members.append(length)
    members += ["1", ("*", "1/2", shifted), ("*", "2", first)]
    if not smooth:
        members.append(("abs", ("+", first, "-1")))
    if not convex:
        members[2:2] = [("-", square)]
        members += [cube, ("*", "-1/2", square)]
    if bounded:
        members = [m for m in members if m not in (first, ("-", first), ("*", "2", first))]
    return members
