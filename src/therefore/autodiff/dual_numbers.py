"""Forward mode: a graph is run on dual numbers, which carry their derivative with them.

A dual number is a value together with the rate at which it changes, its tangent: as if it were
value + tangent * epsilon with epsilon^2 = 0. Nothing is recorded, and what nobody needs any more
is forgotten, so the memory does not grow with the length of the program.

>>> from therefore.autodiff import RATIONAL, forward_jacobian, record
>>> graph = record(lambda x, y: (x * y, x / y))
>>> forward_jacobian(graph, (Fraction(2), Fraction(3)), RATIONAL)
[[Fraction(3, 1), Fraction(2, 1)], [Fraction(1, 3), Fraction(-2, 9)]]

Dual numbers are numbers, so that they can have dual numbers as values: a second derivative.

>>> twice = dual_numbers(dual_numbers(RATIONAL))
>>> cube = record(lambda x: x**3)
>>> at_two = Dual(Dual(Fraction(2), Fraction(1)), Dual(Fraction(1), Fraction(0)))
>>> evaluate(cube, (at_two,), twice)[0].tangent.tangent
Fraction(12, 1)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from therefore.autodiff.evaluation import evaluate
from therefore.autodiff.graph import Graph
from therefore.autodiff.numbers import Numbers, Value

__all__ = ["Dual", "along", "dual_numbers", "forward_jacobian"]


@dataclass(frozen=True)
class Dual:
    """A value and its tangent, of one kind of numbers."""

    value: Value
    tangent: Value

    def __add__(self, other: Dual) -> Dual:
        return Dual(self.value + other.value, self.tangent + other.tangent)

    def __sub__(self, other: Dual) -> Dual:
        return Dual(self.value - other.value, self.tangent - other.tangent)

    def __neg__(self) -> Dual:
        return Dual(-self.value, -self.tangent)

    def __mul__(self, other: Dual) -> Dual:
        """The product rule."""
        changed = self.tangent * other.value + self.value * other.tangent
        return Dual(self.value * other.value, changed)

    def __rmul__(self, number: int) -> Dual:
        return Dual(number * self.value, number * self.tangent)

    def __rsub__(self, number: int) -> Dual:
        return Dual(number - self.value, -self.tangent)

    def __truediv__(self, other: Dual) -> Dual:
        """The quotient rule: q = x / y has q y = x, so q' y + q y' = x'."""
        quotient = self.value / other.value
        return Dual(quotient, (self.tangent - quotient * other.tangent) / other.value)

    def __pow__(self, exponent: int) -> Dual:
        """x^n changes by n x^(n - 1); x^0 is 1 everywhere, at 0 too, and does not change."""
        power = self.value**exponent
        if exponent in (0, 1):
            return Dual(power, exponent * self.tangent)
        before = self.value if exponent == 2 else self.value ** (exponent - 1)
        return Dual(power, exponent * before * self.tangent)


def dual_numbers(numbers: Numbers) -> Numbers:
    """The dual numbers over a kind of numbers, again a kind of numbers."""
    known = numbers.functions
    zero = numbers.constant(Fraction(0))

    def exponential(x: Dual) -> Dual:
        value = known["exp"](x.value)
        return Dual(value, value * x.tangent)

    def logarithm(x: Dual) -> Dual:
        return Dual(known["log"](x.value), x.tangent / x.value)

    def sine(x: Dual) -> Dual:
        return Dual(known["sin"](x.value), known["cos"](x.value) * x.tangent)

    def cosine(x: Dual) -> Dual:
        return Dual(known["cos"](x.value), -known["sin"](x.value) * x.tangent)

    def hyperbolic(x: Dual) -> Dual:
        value = known["tanh"](x.value)
        return Dual(value, (1 - value**2) * x.tangent)

    def root(x: Dual) -> Dual:
        value = known["sqrt"](x.value)
        return Dual(value, x.tangent / (2 * value))

    def logistic(x: Dual) -> Dual:
        value = known["sigmoid"](x.value)
        return Dual(value, value * (1 - value) * x.tangent)

    def maximum(x: Dual, y: Dual) -> Dual:
        is_left, is_right = numbers.above(x.value, y.value), numbers.above(y.value, x.value)
        return Dual(numbers.maximum(x.value, y.value), is_left * x.tangent + is_right * y.tangent)

    return Numbers(
        constant=lambda number: Dual(numbers.constant(number), zero),
        functions={
            "exp": exponential, "log": logarithm, "sin": sine, "cos": cosine,
            "tanh": hyperbolic, "sqrt": root, "sigmoid": logistic,
        },
        maximum=maximum,
        above=lambda x, y: Dual(numbers.above(x.value, y.value), zero),
    )  # fmt: skip


def along(inputs: Sequence[Value], direction: int, numbers: Numbers) -> list[Dual]:
    """The inputs as dual numbers: the one at this place changes by 1, the others by 0."""
    return [
        Dual(value, numbers.constant(Fraction(int(place == direction))))
        for place, value in enumerate(inputs)
    ]


def forward_jacobian(graph: Graph, inputs: Sequence[Value], numbers: Numbers) -> list[list[Value]]:
    """The derivative of each output (row) by each input (column): one run for each column.

    Raises ``NotDifferentiable`` at the kink of a maximum, also of one that no output depends on,
    and what the numbers raise.
    """
    columns = [
        evaluate(graph, along(inputs, direction, numbers), dual_numbers(numbers))
        for direction in range(len(inputs))
    ]
    return [[column[row].tangent for column in columns] for row in range(len(graph.outputs))]
