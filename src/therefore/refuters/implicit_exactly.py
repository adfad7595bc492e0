"""Implicit steps of one instance, exactly, where the function is one whose kinks are few."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from therefore.refuters.affine_maps import affine_map
from therefore.refuters.exact import Array, ExactInterpreter
from therefore.refuters.implicit import Inclusion, Step
from therefore.refuters.jets import Undefined, Unknown
from therefore.refuters.kinked_literals import Kinked, kinked
from therefore.refuters.logic import Truth
from therefore.refuters.values import Cell, Closure

__all__ = ["Interpret", "exact_truth_of", "with_exact_cell"]

Interpret = Callable[[Mapping[Cell, Any]], ExactInterpreter]
Vector = list[Fraction]
At = Callable[[Vector], ExactInterpreter]
Keep = Callable[[ExactInterpreter], None]


def with_exact_cell(
    step: Step, given: Mapping[Cell, Any], size: int, interpret: Interpret
) -> dict[Cell, Any]:
    """The cells and what was drawn meanwhile, with that of the step if it can be worked out."""
    drawn = dict(given)

    def at(numbers: Vector) -> ExactInterpreter:
        return interpret({**drawn, step.cell: Array(tuple(numbers))})

    def kept(interpreter: ExactInterpreter) -> None:
        drawn.update({key: v for key, v in interpreter.free.items() if key != step.cell})

    try:
        find = _solved if step.inclusion is None else _found
        found = find(step, size, at, kept)
    except (Undefined, Unknown):
        found = None
    return drawn if found is None else {**drawn, step.cell: Array(tuple(found))}


def _solved(step: Step, size: int, at: At, kept: Keep) -> Vector | None:
    """The zero of an affine equation."""
    first = at([Fraction(0)] * size)
    for side in step.sides:
        first.term(side, step.bound)
    kept(first)

    def residual(numbers: Vector) -> Vector:
        there = at(numbers)
        left, right = (_numbers(there.term(side, step.bound), size) for side in step.sides)
        return [a - b for a, b in zip(left, right, strict=True)]

    found = affine_map(residual, size).zero_near([Fraction(0)] * size)
    return None if found is None or any(residual(found)) else found


def _found(step: Step, size: int, at: At, kept: Keep) -> Vector | None:
    """A subgradient at a point that is known, or that it moves; or a proximal point."""
    one, first = step.inclusion, at([Fraction(0)] * size)
    assert one is not None
    point = _numbers(first.term(one.point, step.bound), size)
    slope = _numbers(first.term(one.slope, step.bound), size)
    function = _function(first, one)
    kept(first)
    if function is None:
        return None
    fixed, varied = (slope, one.slope) if step.is_point else (point, one.point)
    moved = _numbers(at([Fraction(1)] * size).term(varied, step.bound), size)
    rate, *others = {a - b for a, b in zip(fixed, moved, strict=True)}
    if others or rate < 0 or (step.is_point and not rate):
        return None
    if step.is_point:
        return function.proximal_point([entry / rate for entry in slope], 1 / rate)
    if not rate:
        return function.subgradient(point)
    near = function.proximal_point(point, rate)
    return near and [(a - b) / rate for a, b in zip(point, near, strict=True)]


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
