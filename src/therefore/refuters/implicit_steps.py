"""Implicit steps of a batch of instances: each cell is worked out, in the order of the method."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from therefore.refuters.evaluate import BatchInterpreter, least_squares_step, stacked
from therefore.refuters.families import Family
from therefore.refuters.implicit import Inclusion, Step
from therefore.refuters.integration import widened
from therefore.refuters.logic import Truth
from therefore.refuters.proximal_maps import has_subgradient, proximal_point, subgradient
from therefore.refuters.values import Cell

__all__ = ["Interpret", "truth_of", "with_cell"]

Array = NDArray[np.float64]
Interpret = Callable[[Mapping[Cell, Any], int], BatchInterpreter]
"""An interpreter with these cells, in which every instance comes so many times in a row."""

_NEWTON_STEPS, _HALVINGS = 10, 6
_EVEN = 1e-6
_SOLVED = 1e-12


def with_cell(
    step: Step, given: Mapping[Cell, Any], old: Array, interpret: Interpret
) -> dict[Cell, Any]:
    """The cells, with that of the step worked out; where that cannot be done, it is the old one.

    What is drawn meanwhile is among the cells.
    """
    if step.inclusion is None:
        return _solved(step, {**given, step.cell: old}, interpret)
    one = step.inclusion
    at_zero = interpret({**given, step.cell: 0 * old}, 1)
    point, slope = _vector(at_zero, one.point, step, old), _vector(at_zero, one.slope, step, old)
    member = at_zero.name(one.function)
    drawn = {**given, **at_zero.free, step.cell: old}
    if not isinstance(member, Family):
        return drawn
    fixed, varied = (slope, one.slope) if step.is_point else (point, one.point)
    at_one = interpret({**drawn, step.cell: 0 * old + 1}, 1)
    change = fixed - _vector(at_one, varied, step, old)
    rate = change[:, 0]
    steady = (np.abs(change - rate[:, None]) <= _EVEN * (1 + np.abs(rate[:, None]))).all(-1)
    moving = steady & (rate > _EVEN)
    divisor = np.where(moving, rate, 1.0)
    new: Array | None
    if step.is_point:  # the slope is g - rate p
        new = proximal_point(member, slope / divisor[:, None], 1 / divisor)
    else:  # the point is w - rate g
        near = proximal_point(member, point, divisor)
        new = None if near is None else (point - near) / divisor[:, None]
    if new is not None:
        drawn[step.cell] = np.where(moving[:, None], new, drawn[step.cell])
    still = steady & (np.abs(rate) <= _EVEN)
    here = None if step.is_point else subgradient(member, point)
    if here is not None:
        drawn[step.cell] = np.where(still[:, None], here, drawn[step.cell])
    return drawn


def _vector(interpreter: BatchInterpreter, term: Any, step: Step, like: Array) -> Array:
    return np.broadcast_to(np.asarray(interpreter.term(term, step.bound), dtype=float), like.shape)


def _solved(step: Step, given: dict[Cell, Any], interpret: Interpret) -> dict[Cell, Any]:
    """By Newton's steps, of which one does where the equation is affine."""
    first = interpret(given, 1)
    sides = [first.term(side, step.bound) for side in step.sides]
    given = {**given, **first.free}
    batch = first.batch
    largest = 1 + sum(np.abs(side) for side in sides).max(-1, keepdims=True)

    def size(times: int) -> Array:
        return np.asarray(widened(np.broadcast_to(largest, (batch, 1)), times))

    def residual(numbers: Array) -> Array | None:
        times = len(numbers) // batch
        cells = {key: widened(value, times) for key, value in given.items()}
        interpreter = interpret({**cells, step.cell: numbers}, times)
        left, right = (interpreter.term(side, step.bound) for side in step.sides)
        return stacked([(left - right) / size(times)], len(numbers))

    numbers = np.array(given[step.cell], dtype=float)
    gap = _largest(residual(numbers))
    for _ in range(_NEWTON_STEPS):
        improved = least_squares_step(residual, numbers) if (gap > _SOLVED).any() else None
        if improved is None:
            break
        change = improved - numbers
        for _ in range(_HALVINGS):  # where a step goes too far, a part of it
            after = _largest(residual(numbers + change))
            worse = ~(after < gap) & (gap > _SOLVED)
            if not worse.any():
                break
            change = np.where(worse[:, None], change / 2, change)
        better = after < gap
        numbers = np.where(better[:, None], numbers + change, numbers)
        gap = np.where(better, after, gap)
        if not better.any():
            break
    return {**given, step.cell: numbers}


def _largest(gaps: Array | None) -> Array:
    return np.zeros(1) if gaps is None else np.nan_to_num(np.abs(gaps), nan=np.inf).max(-1)


def truth_of(
    interpreter: BatchInterpreter, said: tuple[list[Inclusion], bool]
) -> NDArray[np.int8] | None:
    """Whether slopes are subgradients at their points; ``None`` where proximal points are unknown.

    """
    truth = np.full(interpreter.batch, Truth.TRUE if said[1] else Truth.PLAUSIBLE, dtype=np.int8)
    for one in said[0]:
        member = interpreter.name(one.function)
        if not isinstance(member, Family):
            return None
        point, slope = np.broadcast_arrays(
            np.asarray(interpreter.term(one.point, one.bound), dtype=float),
            np.asarray(interpreter.term(one.slope, one.bound), dtype=float),
            np.zeros((interpreter.batch, 1)),
        )[:2]
        known = has_subgradient(member, point, slope)
        if known is None:
            return None
        here = np.where(known[0], Truth.TRUE, np.where(known[1], Truth.FALSE, Truth.PLAUSIBLE))
        undefined = np.isnan(point + slope).any(-1)
        here = np.where(undefined, Truth.UNDEFINED, here)
        truth = np.minimum(truth, here).astype(np.int8)
    return truth
