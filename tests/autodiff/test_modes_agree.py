"""Forward mode, reverse mode, SymPy and an independent library, on random programs.

Fractions are compared exactly. Irrational derivatives are compared by enclosures: two of one
number have a point in common. Only the library is allowed to round, and small integers it does
not round either.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import autograd
import autograd.numpy
import pytest
import sympy
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from random_programs import ELEMENTARY, EXACT, RATIONAL, Instruction, enclosed, programs, run

from therefore import autodiff
from therefore.autodiff import (
    ARRAYS,
    ENCLOSED,
    FLOATS,
    SYMBOLIC,
    Enclosure,
    Graph,
    NotDifferentiable,
    Undefined,
    evaluate,
    forward_jacobian,
    record,
    reverse_jacobian,
    values_of_nodes,
)

FRACTIONS = autodiff.RATIONAL
RECORDED = {name: getattr(autodiff, name) for name in (*ELEMENTARY, "maximum")}
OF_AUTOGRAD = {name: getattr(autograd.numpy, name) for name in (*ELEMENTARY[:-1], "maximum")} | {
    "sigmoid": lambda x: 1 / (1 + autograd.numpy.exp(-x))
}
OF_SYMPY = {name: SYMBOLIC.functions[name] for name in ELEMENTARY}
SMALL = st.fractions(-2, 2, max_denominator=4)
X, Y = sympy.Symbol("x", real=True), sympy.Symbol("y", real=True)


def recorded(program: list[Instruction]) -> Graph:
    return record(lambda x, y: run(program, (x, y), RECORDED))


def _all_needed(graph: Graph) -> bool:
    """Whether the output depends on every node that is computed."""
    needed = set(graph.outputs)
    for place in range(len(graph.nodes) - 1, -1, -1):
        if place in needed:
            needed |= set(graph.nodes[place].arguments)
    return len(needed | set(graph.inputs)) == len(graph.nodes)


def by_autograd(program: list[Instruction], at: tuple[float, float]) -> list[float]:
    """The gradient by the library, which does not see our graph."""
    gradient = autograd.grad(
        lambda point: run(program, (point[0], point[1]), OF_AUTOGRAD) + 0 * point[0]
    )
    return [float(entry) for entry in gradient(autograd.numpy.array(at))]


@settings(max_examples=150, deadline=None)
@given(programs(RATIONAL), SMALL, SMALL)
def test_fractions(program: list[Instruction], x: Fraction, y: Fraction) -> None:
    """Both modes give the same fraction, and every interval holds it."""
    graph, at = recorded(program), (x, y)
    try:
        forward = forward_jacobian(graph, at, FRACTIONS)
    except (ZeroDivisionError, NotDifferentiable) as error:
        # Forward mode differentiates what the output does not need as well.
        assume(_all_needed(graph))
        with pytest.raises(type(error)):
            reverse_jacobian(graph, at, FRACTIONS)
        return
    assert reverse_jacobian(graph, at, FRACTIONS) == forward
    there = tuple(map(Enclosure.of, at))
    try:
        intervals = [
            mode(graph, there, ENCLOSED)[0] for mode in (forward_jacobian, reverse_jacobian)
        ]
    except (Undefined, NotDifferentiable):
        return  # too wide to tell a denominator from 0, or two numbers from one another
    for row in intervals:
        assert all(exact in interval for exact, interval in zip(forward[0], row, strict=True))
    assert evaluate(graph, at, FRACTIONS)[0] in evaluate(graph, there, ENCLOSED)[0]


@settings(max_examples=60, deadline=None)
@given(programs((*RATIONAL[:6], "/")), SMALL, SMALL)
def test_fractions_against_sympy(program: list[Instruction], x: Fraction, y: Fraction) -> None:
    """The symbolic derivative, with the numbers put in, is the same fraction."""
    graph = recorded(program)
    try:
        row = forward_jacobian(graph, (x, y), FRACTIONS)[0]
    except ZeroDivisionError:
        return
    at = {X: sympy.Rational(str(x)), Y: sympy.Rational(str(y))}
    expression = sympy.sympify(run(program, (X, Y), {}))
    for entry, by in zip(row, (X, Y), strict=True):
        assert expression.diff(by).subs(at, simultaneous=True) == sympy.Rational(str(entry))


@settings(max_examples=100, deadline=None)
@given(programs(EXACT), st.integers(-3, 3), st.integers(-3, 3))
def test_integers_against_the_library(program: list[Instruction], x: int, y: int) -> None:
    """Small integers are exact as floats, so that four programs have to agree to the last bit."""
    graph, exact = recorded(program), (Fraction(x), Fraction(y))
    assume(max(map(abs, values_of_nodes(graph, exact, FRACTIONS))) < 2**20)
    try:
        expected = reverse_jacobian(graph, exact, FRACTIONS)[0]
    except NotDifferentiable:
        return
    assume(max(map(abs, expected)) < 2**20)
    at = float(x), float(y)
    assert by_autograd(program, at) == expected
    assert forward_jacobian(graph, at, FLOATS)[0] == expected
    assert reverse_jacobian(graph, at, FLOATS)[0] == expected
    arrays = tuple(autograd.numpy.array([value, value]) for value in at)
    for mode in (forward_jacobian, reverse_jacobian):
        for entry, number in zip(mode(graph, arrays, ARRAYS)[0], expected, strict=True):
            assert (autograd.numpy.asarray(entry) == number).all()


@settings(max_examples=150, deadline=None)
@given(programs((*RATIONAL[:6], "/", *ELEMENTARY), most=5), SMALL, SMALL)
def test_elementary_functions(program: list[Instruction], x: Fraction, y: Fraction) -> None:
    """Enclosures of one derivative, by both modes and from SymPy's derivative, have a common point.

    The library's float lies near them: its error is bounded by what it works with.
    """
    graph, there = recorded(program), (Enclosure.of(x), Enclosure.of(y))
    try:
        values = values_of_nodes(graph, there, ENCLOSED)
        forward = forward_jacobian(graph, there, ENCLOSED)[0]
        reverse = reverse_jacobian(graph, there, ENCLOSED)[0]
        expression = run(program, (X, Y), OF_SYMPY)
        symbolic = [enclosed(expression.diff(by), {X: x, Y: y}) for by in (X, Y)]
    except Undefined:
        return
    assume(all(abs(value.high) < 1000 > abs(value.low) for value in (*values, *forward)))
    for one, other, third in zip(forward, reverse, symbolic, strict=True):
        common = one.common(other).common(third)
        assert common.high - common.low < Fraction(1, 2**40)
    library = by_autograd(program, (float(x), float(y)))
    for interval, number in zip(forward, library, strict=True):
        assert interval.low - Fraction(1, 2**20) <= number <= interval.high + Fraction(1, 2**20)


@settings(max_examples=40, deadline=None)
@given(programs((*RATIONAL[:6], "/", *ELEMENTARY), most=4), SMALL, SMALL)
def test_symbols(program: list[Instruction], x: Fraction, y: Fraction) -> None:
    """What either mode makes of symbols has the value of SymPy's derivative."""
    graph = recorded(program)
    expected: Any = run(program, (X, Y), OF_SYMPY)
    for mode in (forward_jacobian, reverse_jacobian):
        for entry, by in zip(mode(graph, (X, Y), SYMBOLIC)[0], (X, Y), strict=True):
            assume(not entry.has(sympy.nan, sympy.zoo, sympy.oo))
            try:
                ours = enclosed(entry, {X: x, Y: y})
                ours.common(enclosed(expected.diff(by), {X: x, Y: y}))
            except Undefined:
                return
