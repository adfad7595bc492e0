"""Implicit steps of one instance, exactly, where the function is one whose kinks are few."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from therefore.refuters.exact import Array, ExactInterpreter, affine_map
from therefore.refuters.implicit import Inclusion, Step
from therefore.refuters.jets import Undefined, Unknown
from therefore.refuters.kinked_literals import Kinked, kinked
from therefore.refuters.logic import Truth
from therefore.refuters.values import Cell, Closure

__all__ = ["Interpret", "exact_truth_of", "with_exact_cell"]

Interpret = Callable[[Mapping[Cell, Any]], ExactInterpreter]
Vector = list[Fraction]


def with_exact_cell(
    step: Step, given: Mapping[Cell, Any], size: int, interpret: Interpret
) -> dict[Cell, Any] | None:
    """The cells with that of the step worked out, and what was drawn meanwhile.

    ``None`` where it cannot be worked out.
    """
    try:
        return _with_cell(step, dict(given), size, interpret)
    except (Undefined, Unknown):
        return None


def _with_cell(
    step: Step, given: dict[Cell, Any], size: int, interpret: Interpret
) -> dict[Cell, Any] | None:
    drawn = given

    def at(numbers: Vector) -> ExactInterpreter:
        nonlocal drawn
        interpreter = interpret({**drawn, step.cell: Array(tuple(numbers))})
        return interpreter

    zeros = [Fraction(0)] * size
    first = at(zeros)
    if step.inclusion is None:
        for side in step.sides:
            first.term(side, step.bound)
        drawn = {**given, **first.free}

        def residual(numbers: Vector) -> Vector:
            left, right = (_numbers(at(numbers).term(side, step.bound), size)
                           for side in step.sides)  # fmt: skip
            return [a - b for a, b in zip(left, right, strict=True)]

        found = affine_map(residual, size).zero_near(zeros)
        if found is None or any(residual(found)):
            return None
        return {**drawn, step.cell: Array(tuple(found))}
    one = step.inclusion
    point = _numbers(first.term(one.point, step.bound), size)
    slope = _numbers(first.term(one.slope, step.bound), size)
    function = _function(first, one)
    drawn = {**given, **first.free}
    if function is None:
        return None
    fixed, varied = (slope, one.slope) if step.is_point else (point, one.point)
    moved = _numbers(at([Fraction(1)] * size).term(varied, step.bound), size)
    rates = {a - b for a, b in zip(fixed, moved, strict=True)}
    rate = rates.pop()
    if rates or rate < 0 or (step.is_point and not rate):
        return None
    new: Vector | None
    if step.is_point:
        new = function.proximal_point([entry / rate for entry in slope], 1 / rate)
    elif rate:
        near = function.proximal_point(point, rate)
        new = near and [(a - b) / rate for a, b in zip(point, near, strict=True)]
    else:
        new = function.subgradient(point)
    return None if new is None else {**drawn, step.cell: Array(tuple(new))}


def exact_truth_of(interpreter: ExactInterpreter, said: tuple[list[Inclusion], bool]) -> Truth:
    """Whether slopes are subgradients at their points; ``UNKNOWN`` where that is not decided."""
    try:
        for one in said[0]:
            function = _function(interpreter, one)
            if function is None:
                return Truth.UNKNOWN
            size = len(function.slope)
            point, slope = (
                _numbers(interpreter.term(term, one.bound), size) for term in (one.point, one.slope)
            )
            beyond = [a + b for a, b in zip(point, slope, strict=True)]
            near = function.proximal_point(beyond, Fraction(1))
            if near is None:
                return Truth.UNKNOWN
            if near != point:
                return Truth.FALSE
    except Unknown:
        return Truth.UNKNOWN
    return Truth.TRUE if said[1] else Truth.PLAUSIBLE


def _function(interpreter: ExactInterpreter, one: Inclusion) -> Kinked | None:
    value = interpreter.name(one.function)
    return kinked(value) if isinstance(value, Closure) else None


def _numbers(value: Any, size: int) -> Vector:
    if isinstance(value, int) and value == 0:
        return [Fraction(0)] * size
    parts = value.parts if isinstance(value, Array) else (None,)
    if not all(isinstance(part, int | Fraction) for part in parts):
        raise Unknown
    return [Fraction(part) for part in parts]
