"""Graphs, numbers, dual numbers and tapes: what they do, and what they refuse."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy
import pytest
import sympy

from therefore import autodiff
from therefore.autodiff import (
    ARRAYS,
    ENCLOSED,
    FLOATS,
    RATIONAL,
    SYMBOLIC,
    Dual,
    Enclosure,
    Irrational,
    NotDifferentiable,
    Numbers,
    Tape,
    Undefined,
    cos,
    dual_numbers,
    evaluate,
    exp,
    forward_jacobian,
    log,
    maximum,
    named,
    record,
    relu,
    reverse_jacobian,
    sigmoid,
    sqrt,
    tanh,
    values_of_nodes,
)

MODES = (forward_jacobian, reverse_jacobian)
KINDS: list[tuple[Numbers, Callable[[int], Any]]] = [
    (RATIONAL, Fraction),
    (FLOATS, float),
    (ENCLOSED, Enclosure.of),
    (ARRAYS, lambda number: numpy.array([float(number)])),
    (SYMBOLIC, sympy.Integer),
]


@pytest.mark.parametrize("name", [m.name for m in pkgutil.iter_modules(autodiff.__path__)] + [""])
def test_examples(name: str) -> None:
    """The examples in the documentation are true."""
    module = importlib.import_module(f"therefore.autodiff.{name}".rstrip("."))
    failed, _ = doctest.testmod(module)
    assert not failed


def test_nothing_else_rests_on_the_programs() -> None:
    """They compute what claims state, and no part of the checker imports them."""
    here = Path(autodiff.__file__).parent
    for file in here.parent.rglob("*.py"):
        if file.parent != here:
            assert "autodiff" not in file.read_text(encoding="utf-8"), file


# ------------------------------------------------------------------ graphs


def test_a_graph_is_data() -> None:
    """Two recordings of one program are equal, and names find their nodes."""

    def program(x: Any, y: Any) -> Any:
        return named("a", x * y) - 1, 2 / x

    graph = record(program)
    assert graph == record(program)
    assert graph.place("a") == 2
    assert len(graph.outputs) == 2
    with pytest.raises(KeyError):
        graph.place("b")


def test_names_of_inputs_may_be_given() -> None:
    """A function of any number of arguments has no names for them."""
    graph = record(lambda *values: sum(values), inputs=["p", "q", "r"])
    assert [graph.nodes[place].name for place in graph.inputs] == ["p", "q", "r"]


def test_a_constant_output() -> None:
    """What does not depend on the inputs has the derivative 0."""
    graph = record(lambda x: (3, x))
    for mode in MODES:
        assert mode(graph, (Fraction(5),), RATIONAL) == [[0], [1]]


@pytest.mark.parametrize("power", [0.5, Fraction(1, 2)])
def test_exponents_are_whole(power: Any) -> None:
    """A real power is an exponential of a logarithm, and has to be written as one."""
    with pytest.raises(TypeError):
        record(lambda x: x**power)


def test_floats_are_no_constants() -> None:
    """0.1 is not a tenth."""
    for program in (lambda x: x + 0.1, lambda x: 0.1 * x, lambda x: x / 0.1, lambda x: 0.1):
        with pytest.raises(TypeError):
            record(program)


def test_graphs_do_not_mix() -> None:
    """A value of one recording means nothing in another."""
    kept: list[Any] = []
    record(lambda x: kept.append(x) or x)
    with pytest.raises(ValueError, match="different graphs"):
        record(lambda x: x + kept[0])


def test_inputs_are_counted() -> None:
    """One value for each input."""
    with pytest.raises(ValueError, match="takes 2 inputs"):
        evaluate(record(lambda x, y: x + y), (1,), RATIONAL)


# ------------------------------------------------------------------ the kink


@pytest.mark.parametrize(("numbers", "of"), KINDS)
@pytest.mark.parametrize("mode", MODES)
def test_relu(numbers: Numbers, of: Callable[[int], Any], mode: Any) -> None:
    """The slope is 1 above 0 and 0 below; at 0 there is a value, and no derivative."""
    graph = record(lambda x: relu(x))
    assert mode(graph, (of(2),), numbers)[0][0] == of(1)
    assert mode(graph, (of(-2),), numbers)[0][0] == of(0)
    assert evaluate(graph, (of(0),), numbers)[0] == of(0)
    with pytest.raises(NotDifferentiable):
        mode(graph, (of(0),), numbers)


@pytest.mark.parametrize("mode", MODES)
def test_maximum_of_two(mode: Any) -> None:
    """The derivative is that of the larger one, whichever it is."""
    graph = record(lambda x, y: maximum(x, 2 * y))
    assert mode(graph, (Fraction(3), Fraction(1)), RATIONAL) == [[1, 0]]
    assert mode(graph, (Fraction(1), Fraction(1)), RATIONAL) == [[0, 2]]
    with pytest.raises(NotDifferentiable):
        mode(graph, (Fraction(2), Fraction(1)), RATIONAL)


def test_a_wide_interval_may_hold_the_kink() -> None:
    """Where the sign cannot be told there is an enclosure of the value and none of the slope."""
    graph, wide = record(lambda x: relu(x)), Enclosure(Fraction(-1), Fraction(2))
    assert evaluate(graph, (wide,), ENCLOSED)[0] == Enclosure(Fraction(0), Fraction(2))
    for mode in MODES:
        with pytest.raises(NotDifferentiable):
            mode(graph, (wide,), ENCLOSED)


def test_the_sign_of_a_symbol() -> None:
    """SymPy's assumptions decide, and nothing is guessed where they do not."""
    graph = record(lambda x: relu(x))
    above, any_ = sympy.Symbol("x", positive=True), sympy.Symbol("x", real=True)
    assert reverse_jacobian(graph, (above,), SYMBOLIC) == [[1]]
    assert forward_jacobian(graph, (-above,), SYMBOLIC) == [[0]]
    for mode in MODES:
        with pytest.raises(NotDifferentiable, match="sign"):
            mode(graph, (any_,), SYMBOLIC)


# ------------------------------------------------------------------ domains


@pytest.mark.parametrize("program", [lambda x: log(x), lambda x: 1 / x, lambda x: sqrt(x - 1)])
@pytest.mark.parametrize("mode", MODES)
def test_undefined(program: Any, mode: Any) -> None:
    """Outside the domain there is no number, exact or enclosed."""
    graph = record(program)
    for at, numbers in ((Fraction(0), RATIONAL), (Enclosure.of(0), ENCLOSED)):
        with pytest.raises((Undefined, ZeroDivisionError)):
            mode(graph, (at,), numbers)


@pytest.mark.parametrize("program", [exp, cos, tanh, sigmoid, log, sqrt])
def test_irrational(program: Any) -> None:
    """No fraction stands for an irrational number."""
    with pytest.raises(Irrational):
        evaluate(record(lambda x: program(x)), (Fraction(2),), RATIONAL)


def test_rational_values() -> None:
    """Where the value is a fraction, it is that fraction."""
    graph = record(lambda x: (exp(x), cos(x), tanh(x), sigmoid(x), log(x + 1), sqrt(x + 4)))
    half = Fraction(1, 2)
    assert evaluate(graph, (Fraction(0),), RATIONAL) == (1, 1, 0, half, 0, 2)
    for mode in MODES:
        column = [row[0] for row in mode(graph, (Fraction(0),), RATIONAL)]
        assert column == [1, 0, 1, half * half, 1, half * half]


@pytest.mark.parametrize("mode", MODES)
def test_powers_at_zero(mode: Any) -> None:
    """x^0 is 1 and x^1 is x at 0 too; x^-1 is undefined there."""
    graph = record(lambda x: (x**0, x**1, x**2, x**3))
    assert mode(graph, (Fraction(0),), RATIONAL) == [[0], [1], [0], [0]]
    with pytest.raises(ZeroDivisionError):
        mode(record(lambda x: x**-1), (Fraction(0),), RATIONAL)
    assert mode(record(lambda x: x**-1), (Fraction(2),), RATIONAL) == [[Fraction(-1, 4)]]


# ------------------------------------------------------------------ intervals


def test_enclosures_enclose() -> None:
    """Elementary functions of an interval hold those of the numbers in it."""
    wide = Enclosure(Fraction(1, 2), Fraction(3, 4))
    for name, function in ENCLOSED.functions.items():
        whole = function(wide)
        for number in (wide.low, Fraction(2, 3), wide.high):
            inside = function(Enclosure.of(number))
            assert whole.low <= inside.low <= inside.high <= whole.high, name
            assert inside.low <= Fraction(FLOATS.functions[name](float(number))) + Fraction(
                1, 2**50
            )
            assert inside.high >= Fraction(FLOATS.functions[name](float(number))) - Fraction(
                1, 2**50
            )


def test_an_interval_is_not_empty() -> None:
    """Nor have two intervals a common point that are apart."""
    with pytest.raises(ValueError, match="empty"):
        Enclosure(Fraction(1), Fraction(0))
    with pytest.raises(ValueError, match="empty"):
        Enclosure.of(1).common(Enclosure.of(2))


def test_mixed_arithmetic() -> None:
    """Exact numbers stand beside intervals on either side."""
    two = Enclosure.of(2)
    assert 1 - two == Enclosure.of(-1)
    assert 1 / two == Enclosure.of(Fraction(1, 2))
    assert two**-1 == two / 4
    assert 3 * two == two * 3 == two + 4


# ------------------------------------------------------------------ dual numbers and tapes


def test_second_derivatives() -> None:
    """Forward over forward, and reverse over forward."""
    graph = record(lambda x, y: x**3 * y + 1 / y)
    at = Fraction(2), Fraction(3)
    nested = dual_numbers(RATIONAL)
    inner = [Dual(at[0], Fraction(1)), Dual(at[1], Fraction(0))]
    for mode in MODES:
        row = mode(graph, inner, nested)[0]
        assert [entry.tangent for entry in row] == [36, 12]
        assert [entry.value for entry in row] == [36, 8 - Fraction(1, 9)]


def test_every_function_twice() -> None:
    """Nested dual numbers take every operation; both modes give one second derivative."""

    def program(x: Any) -> Any:
        value = sigmoid(tanh(x) - exp(-x)) * cos(x) / sqrt(log(x + 2))
        return maximum(value**3, autodiff.sin(value) - 4) + 1 / x - x / 3

    point = Enclosure.of(1)
    nested = dual_numbers(ENCLOSED)
    both = [
        mode(record(program), [Dual(point, Enclosure.of(1))], nested)[0][0].tangent
        for mode in MODES
    ]
    common = both[0].common(both[1])
    assert common.high - common.low < Fraction(1, 2**60)


def test_adjoints_of_all_nodes() -> None:
    """What does not reach the output has the adjoint 0; what is used twice adds up."""
    graph = record(lambda x: (named("a", x * x), named("unused", x + 1))[0])
    tape = Tape(graph, (Fraction(3),), RATIONAL)
    adjoints = tape.adjoints()
    assert adjoints[graph.place("a")] == 1
    assert adjoints[graph.place("unused")] == 0
    assert tape.gradient() == [6]
    assert tape.outputs == (9,)


def test_known_values() -> None:
    """A node may be given instead of computed; the adjoints then speak of it."""
    a = sympy.Symbol("a")
    graph = record(lambda x, y: named("a", cos(x)) * y)
    x, y = sympy.symbols("x y")
    tape = Tape(graph, (x, y), SYMBOLIC, {graph.place("a"): a})
    assert tape.outputs == (a * y,)
    assert tape.gradient()[1] == a
    assert values_of_nodes(graph, (x, y), SYMBOLIC, {graph.place("a"): a})[-1] == a * y


def test_other_functions() -> None:
    """A name of one's own may stand for a function."""
    mine = sympy.Function("sigma")
    numbers = SYMBOLIC.with_functions(sigmoid=mine)
    x = sympy.Symbol("x")
    graph = record(lambda x: sigmoid(x))
    for mode in MODES:
        assert mode(graph, (x,), numbers)[0][0].equals(mine(x) * (1 - mine(x)))
