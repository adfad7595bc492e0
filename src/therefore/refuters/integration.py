"""Integrals over a batch of instances at once, by the rules of Gauss and Legendre.

An integral is split where its body has a kink, a jump or a pole, as far as these can be seen: the
body is evaluated at a few points, and the arguments of |.|, of the unit step, of quotients and of
functions with kinks, where they are polynomials of degree two at most, tell the places. A range
without end is mapped to 0 < s < 1 by x = c + 2 s/(1 − s). Every part is worked out by two rules;
an instance on which they differ is not certain, and nothing is said of it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from therefore.goal import Term
from therefore.refuters.batches import Dual, plain
from therefore.refuters.families import Family
from therefore.refuters.values import Bound, Unreadable

__all__ = ["Break", "Mark", "integral_of", "widened"]

Array = NDArray[np.float64]

_NEAR, _FAR = (20, 28), (40, 56)  # nodes for a part with ends, and for one without
_SHORT = 8.0  # what is narrow may lie between all nodes of a part much longer than that
_CERTAIN = 2e-8  # by how much two rules may differ: the finer one is far closer than that
_ROUNDED = 1e-10
_PLACES = np.array([-2.3125, -0.6875, 0.4375, 1.5625, 3.1875])
_MOST_ROWS = 400_000
_EACH = 1500  # what an integral costs besides its nodes, counted in nodes


@dataclass(frozen=True)
class Mark:
    """The argument of an operation that has a kink, or a jump, where the argument is 0.

    That of an exponential has its ``peaks`` where the argument is greatest.
    """

    argument: Any
    jumps: bool = False
    peaks: bool = False


@dataclass(frozen=True)
class Break:
    """A place where a body is split, NaN where there is none; a jump may move."""

    place: Array
    level: int = 0
    slope: Array | None = None


class Integrator(Protocol):
    """What evaluates the body of an integral: over its batch, and over a wider one."""

    batch: int
    unsure: NDArray[np.bool_]
    error: Array
    spent: list[int]
    marks: list[Mark] | None

    def wide(self, times: int) -> Integrator: ...
    def term(self, term: Term, bound: Bound = ()) -> Any: ...
    def add(self, a: Any, b: Any) -> Any: ...
    def multiply(self, a: Any, b: Any) -> Any: ...


def widened(value: Any, times: int) -> Any:
    """A value over a batch for a batch in which every instance comes several times in a row."""
    if times == 1:  # the value itself: what answers questions remembers them
        return value
    if isinstance(value, Dual):
        return Dual(value.level, widened(value.value, times), widened(value.slope, times))
    if isinstance(value, np.ndarray) and value.ndim and value.shape[0] > 1:
        return np.repeat(value, times, axis=0)
    if isinstance(value, list):
        return [widened(part, times) for part in value]
    if isinstance(value, Family):
        parts = {
            name: widened(part, times)
            for name, part in vars(value).items()
            if isinstance(part, np.ndarray | Family | list)
        }
        return replace(value, **parts)  # type: ignore[type-var]  # every member is a dataclass
    return value


def integral_of(by: Integrator, body: Term, low: Any, high: Any, bound: Bound) -> Any:
    """The integral between ends, ``None`` for an infinite one; it marks what is not certain."""
    breaks = _breaks(by, body, bound)
    if by.marks is not None:  # only the kinks are asked for: where an end meets one of the body's
        for end in (low, high):
            if end is not None:
                by.marks.extend(Mark(by.add(plain(end), -each.place)) for each in breaks)
        return np.zeros(by.batch)
    return _between(by, body, bound, low, high, breaks)


# --- where to split ------------------------------------------------------------------------


def _breaks(by: Integrator, body: Term, bound: Bound) -> list[Break]:
    count = len(_PLACES)
    probe = by.wide(count)
    marks: list[Mark] = []
    probe.marks = marks
    probe.term(body, (np.tile(_PLACES, by.batch), *(widened(v, count) for v in bound)))
    found: list[Break] = []
    for mark in marks:
        moved = mark.argument if isinstance(mark.argument, Dual) and mark.jumps else None
        powers = _powers(plain(mark.argument), by.batch)
        if powers is None:
            continue
        for place in [_vertex(powers)] if mark.peaks else _roots(powers):
            if moved is None:
                found.append(Break(place))
                continue
            if isinstance(moved.value, Dual) or isinstance(moved.slope, Dual):
                raise Unreadable("the second derivative of an integral with a jump")
            slopes = _powers(np.broadcast_to(moved.slope, probe.batch), by.batch)
            assert slopes is not None  # it has the shape of a batch
            change = slopes[:, 0] + slopes[:, 1] * place + slopes[:, 2] * place**2
            along = powers[:, 1] + 2 * powers[:, 2] * place
            slope = -change / np.where(along == 0, np.nan, along)
            found.append(Break(place, moved.level, slope))
    return [each for each in found if np.isfinite(each.place).any()]


_FIT = np.linalg.pinv(np.stack([_PLACES**0, _PLACES, _PLACES**2], axis=1)).T


def _powers(argument: Any, batch: int) -> Array | None:
    """The coefficients of a polynomial in the variable; NaN where it is none of degree two."""
    values = np.asarray(argument, dtype=float)
    if values.shape != (batch * len(_PLACES),):
        return None  # it does not vary
    values = values.reshape(batch, -1)
    size = np.abs(values).max(-1, keepdims=True)
    fitted = values @ _FIT
    fitted = np.where(np.abs(fitted) <= _ROUNDED * size, 0.0, fitted)
    again = fitted[:, :1] + fitted[:, 1:2] * _PLACES + fitted[:, 2:] * _PLACES**2
    other = np.abs(again - values).max(-1, keepdims=True) > 1e-8 * size
    return np.asarray(np.where(other | ~np.isfinite(size), np.nan, fitted))


def _roots(powers: Array) -> list[Array]:
    """The places where c + b y + a y² is 0, NaN for none."""
    c, b, a = powers.T
    line = np.where((a == 0) & (b != 0), -c / np.where(b == 0, 1.0, b), np.nan)
    if not (a != 0).any():
        return [line]
    inside = b * b - 4 * a * c
    root = np.sqrt(np.where((a != 0) & (inside >= 0), inside, np.nan))
    twice = np.where(a == 0, 1.0, 2 * a)
    return [np.where(a == 0, line, (-b + sign * root) / twice) for sign in (1, -1)]


def _vertex(powers: Array) -> Array:
    _, b, a = powers.T
    return np.where(a == 0, np.nan, -b / np.where(a == 0, 1.0, 2 * a))


# --- what it is worth ----------------------------------------------------------------------


def _between(
    by: Integrator, body: Term, bound: Bound, low: Any, high: Any, breaks: list[Break]
) -> Any:
    """The integral; ends that move infinitesimally, and jumps that do, move it as well."""
    level = max([end.level if isinstance(end, Dual) else 0 for end in (low, high)]
                + [each.level for each in breaks])  # fmt: skip
    if not level:
        return _by_rules(by, body, bound, low, high, [each.place for each in breaks])
    ends = [(e.value, e.slope) if isinstance(e, Dual) and e.level == level else (e, 0)
            for e in (low, high)]  # fmt: skip
    moving = [each for each in breaks if each.level == level]
    still = [each if each.level != level else Break(each.place) for each in breaks]
    value = _between(by, body, bound, ends[0][0], ends[1][0], still)
    slope: Any = 0
    if isinstance(value, Dual) and value.level == level:
        value, slope = value.value, value.slope

    def worth(place: Any) -> Any:
        here = by.term(body, (place, *bound))
        return here.value if isinstance(here, Dual) and here.level == level else here

    for (end, change), sign in zip(ends, (-1, 1), strict=True):
        if not (isinstance(change, int) and change == 0):
            here = by.multiply(worth(end), change)
            slope = by.add(slope, by.multiply(here, sign))
    first, last = (
        infinite if end is None else np.asarray(plain(end), dtype=float)
        for (end, _), infinite in zip(ends, (-np.inf, np.inf), strict=True)
    )
    for each in moving:
        inside = (each.place > np.minimum(first, last)) & (each.place < np.maximum(first, last))
        inside &= np.isfinite(each.place)
        place = np.where(inside, each.place, 0.0)
        beside = 1e-11 * (1 + np.abs(place))
        jump = by.add(worth(place - beside), by.multiply(worth(place + beside), -1))
        weight = np.where(inside, np.where(first <= last, 1.0, -1.0) * each.slope, 0.0)
        slope = by.add(slope, by.multiply(jump, weight))
    return Dual(level, value, slope)


def _unit_rule(count: int) -> tuple[Array, Array]:
    nodes, weights = np.polynomial.legendre.leggauss(count)
    return (nodes + 1) / 2, weights / 2


def _both(counts: tuple[int, int]) -> tuple[Array, Array]:
    """The nodes of two rules in a row, and the weights of each."""
    rules = [_unit_rule(count) for count in counts]
    weights = np.zeros((2, sum(counts)))
    weights[0, : counts[0]], weights[1, counts[0] :] = rules[0][1], rules[1][1]
    return np.concatenate([rules[0][0], rules[1][0]]), weights


_WITH_ENDS, _WITHOUT = _both(_NEAR), _both(_FAR)


def _by_rules(
    by: Integrator, body: Term, bound: Bound, low: Any, high: Any, breaks: list[Array]
) -> Any:
    batch = by.batch
    first, last = (
        None if end is None else np.broadcast_to(np.asarray(end, dtype=float), (batch,))
        for end in (low, high)
    )
    sign = np.ones(batch)
    if first is not None and last is not None:
        sign = np.where(last < first, -1.0, 1.0)
        first, last = np.minimum(first, last), np.maximum(first, last)
    edges = _edges(batch, first, last, breaks)
    nodes: list[Array] = []
    factors: list[Array] = []
    parts: list[Array] = []
    s, weights = _WITH_ENDS
    for left, right in pairwise(edges):
        nodes.append(left[:, None] + (right - left)[:, None] * s)
        factors.append(np.repeat((right - left)[:, None], len(s), axis=1))
        parts.append(weights)
    s, weights = _WITHOUT
    for end, at, way in ((first, edges[0], -1.0), (last, edges[-1], 1.0)):
        if end is None:
            nodes.append(at[:, None] + way * 2 * s / (1 - s))
            factors.append(np.broadcast_to(2 / (1 - s) ** 2, (batch, len(s))))
            parts.append(weights)
    if not parts:
        return np.zeros(batch)
    width = sum(part.shape[1] for part in parts)
    by.spent[0] += _EACH + batch * width
    if batch * width > _MOST_ROWS:
        raise Unreadable("integrals within integrals are too large to be sampled")
    rules = np.zeros((2, width, len(parts)))
    column = 0
    for number, part in enumerate(parts):
        rules[:, column : column + part.shape[1], number] = part
        column += part.shape[1]
    wide = by.wide(width)
    at_nodes = np.concatenate(nodes, axis=1).reshape(-1)
    values = wide.term(body, (at_nodes, *(widened(value, width) for value in bound)))
    by.unsure |= wide.unsure.reshape(batch, width).any(-1)
    factor = np.concatenate(factors, axis=1)

    def total(value: Any) -> Any:
        if isinstance(value, Dual):
            return Dual(value.level, total(value.value), total(value.slope))
        value = np.broadcast_to(np.asarray(value, dtype=float), (batch * width,))
        weighted = np.where(factor == 0, 0.0, value.reshape(batch, width) * factor)
        with np.errstate(all="ignore"):
            coarse, fine = weighted @ rules
        error, size = np.abs(fine - coarse).sum(-1), 1 + np.abs(fine).sum(-1)
        certain = error <= _CERTAIN * size  # no number is not
        by.unsure |= ~certain
        by.error = np.maximum(by.error, np.where(certain, error / size, 0.0))
        return np.where(certain, fine.sum(-1), 0.0) * sign

    return total(values)


def _edges(
    batch: int, first: Array | None, last: Array | None, breaks: list[Array]
) -> list[Array]:
    """The finite ends of the parts, in each row in order, without columns that repeat another."""
    spare = first if first is not None else last if last is not None else np.zeros(batch)
    columns = [np.where(np.isfinite(place), place, spare) for place in breaks]
    if first is not None:
        columns = [first, *(np.maximum(place, first) for place in columns)]
    if last is not None:
        columns = [*(np.minimum(place, last) for place in columns), last]
    ordered = np.sort(np.stack(columns or [spare], axis=1), axis=1).T
    gaps = 1e-13 * (1 + np.abs(ordered[:-1]))
    kept = [True, *(ordered[1:] - ordered[:-1] > gaps).any(1)]
    edges = [column for column, keep in zip(ordered, kept, strict=True) if keep]
    for left, right in pairwise(tuple(edges)):
        length, middle = float((right - left).max()), (left + right) / 2
        step = _SHORT
        while 2 * step < length < np.inf:  # near its ends a long part is split more finely
            edges += [np.minimum(left + step, middle), np.maximum(right - step, middle)]
            step *= 8
    return list(np.sort(np.stack(edges), axis=0))
