"""Reverse mode: a run is recorded on a tape, and the tape is read backwards.

The adjoint of a node is the derivative of the output by it. The output's is 1; each operation,
from the last to the first, hands its adjoint on to its arguments, times its partial derivatives;
what comes to a node from several places adds up. One pass gives the derivative by every input.

>>> from therefore.autodiff import RATIONAL, Tape, record, reverse_jacobian
>>> graph = record(lambda x, y: (x * y, x / y))
>>> reverse_jacobian(graph, (Fraction(2), Fraction(3)), RATIONAL)
[[Fraction(3, 1), Fraction(2, 1)], [Fraction(1, 3), Fraction(-2, 9)]]

The tape keeps no more values than the partial derivatives need: here both factors, and not the
product, whose value the sum does not ask for.

>>> tape = Tape(record(lambda x, y: x * y + x), (Fraction(2), Fraction(3)), RATIONAL)
>>> tape.kept
{0: Fraction(2, 1), 1: Fraction(3, 1)}
>>> tape.gradient()
[Fraction(4, 1), Fraction(2, 1)]
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from therefore.autodiff.evaluation import running
from therefore.autodiff.graph import Graph, Node
from therefore.autodiff.numbers import Numbers, Value

__all__ = ["Tape", "from_node", "kept_places", "reverse_jacobian"]


@dataclass(frozen=True)
class _Kept:
    """What a rule is handed beside the adjoint: the values that it asked for."""

    numbers: Numbers
    arguments: tuple[Value, ...]
    value: Value
    node: Node


_Rule: TypeAlias = Callable[[Value, _Kept], tuple[Value, ...]]


def _multiply(adjoint: Value, kept: _Kept) -> tuple[Value, ...]:
    left, right = kept.arguments
    return adjoint * right, adjoint * left


def _divide(adjoint: Value, kept: _Kept) -> tuple[Value, ...]:
    above, below = kept.arguments
    return adjoint / below, -(adjoint * above) / below**2


def _power(adjoint: Value, kept: _Kept) -> tuple[Value, ...]:
    exponent, (base,) = kept.node.exponent, kept.arguments
    if exponent in (0, 1):
        return (exponent * adjoint,)
    before = base if exponent == 2 else base ** (exponent - 1)
    return (adjoint * (exponent * before),)


def _maximum(adjoint: Value, kept: _Kept) -> tuple[Value, ...]:
    left, right = kept.arguments
    return adjoint * kept.numbers.above(left, right), adjoint * kept.numbers.above(right, left)


def _logarithm(adjoint: Value, kept: _Kept) -> tuple[Value, ...]:
    return (adjoint / kept.arguments[0],)


def _sine(adjoint: Value, kept: _Kept) -> tuple[Value, ...]:
    return (adjoint * kept.numbers.functions["cos"](kept.arguments[0]),)


def _cosine(adjoint: Value, kept: _Kept) -> tuple[Value, ...]:
    return (adjoint * -kept.numbers.functions["sin"](kept.arguments[0]),)


_FROM_NOTHING: dict[str, _Rule] = {
    "+": lambda adjoint, kept: (adjoint, adjoint),
    "-": lambda adjoint, kept: (adjoint, -adjoint),
    "negative": lambda adjoint, kept: (-adjoint,),
    "scaled": lambda adjoint, kept: (kept.numbers.constant(kept.node.number) * adjoint,),
}
_FROM_ARGUMENTS: dict[str, _Rule] = {
    "*": _multiply, "/": _divide, "power": _power, "maximum": _maximum,
    "log": _logarithm, "sin": _sine, "cos": _cosine,
}  # fmt: skip
_FROM_VALUE: dict[str, _Rule] = {
    "exp": lambda adjoint, kept: (adjoint * kept.value,),
    "tanh": lambda adjoint, kept: (adjoint * (1 - kept.value**2),),
    "sqrt": lambda adjoint, kept: (adjoint / (2 * kept.value),),
    "sigmoid": lambda adjoint, kept: (adjoint * (kept.value * (1 - kept.value)),),
}
_RULES = _FROM_NOTHING | _FROM_ARGUMENTS | _FROM_VALUE


def kept_places(graph: Graph) -> set[int]:
    """The places whose values the backward pass asks for; constants stand in the graph itself."""
    places: set[int] = set()
    for place, node in enumerate(graph.nodes):
        if node.operation in _FROM_ARGUMENTS:
            places |= set(node.arguments)
        elif node.operation in _FROM_VALUE:
            places.add(place)
    return {place for place in places if graph.nodes[place].operation != "constant"}


class Tape:
    """One run of a graph, and of its values those that the backward pass will ask for.

    ``outputs`` are the values of the outputs, ``kept`` the values on the tape, by their places.
    Values that are ``known`` by their places stand for those that would be computed.
    """

    def __init__(
        self,
        graph: Graph,
        inputs: Sequence[Value],
        numbers: Numbers,
        known: Mapping[int, Value] | None = None,
    ) -> None:
        self.graph, self.numbers = graph, numbers
        self.kept: dict[int, Value] = {}
        asked = kept_places(graph)
        live: dict[int, Value] = {}
        for place, live in enumerate(running(graph, inputs, numbers, known)):
            if place in asked:
                self.kept[place] = live[place]
        self.outputs = tuple(live[place] for place in graph.outputs)

    def adjoints(self, output: int = 0, seed: Value = None) -> list[Value]:
        """The derivative of one output by every node, in the order of the nodes.

        With a ``seed``, the adjoint of the output itself, that many times as much. Raises
        ``NotDifferentiable`` at the kink of a maximum, and what the numbers raise.
        """
        zero, one = (self.numbers.constant(Fraction(number)) for number in (0, 1))
        found: dict[int, Value] = {self.graph.outputs[output]: one if seed is None else seed}
        for place in range(len(self.graph.nodes) - 1, -1, -1):
            node = self.graph.nodes[place]
            if place not in found or not node.arguments:
                continue
            handed = _RULES[node.operation](found[place], self._kept_for(place, node))
            for argument, part in zip(node.arguments, handed, strict=True):
                found[argument] = found[argument] + part if argument in found else part
        return [found.get(place, zero) for place in range(len(self.graph.nodes))]

    def gradient(self, output: int = 0) -> list[Value]:
        """The derivative of one output by every input."""
        adjoints = self.adjoints(output)
        return [adjoints[place] for place in self.graph.inputs]

    def _kept_for(self, place: int, node: Node) -> _Kept:
        arguments: tuple[Value, ...] = ()
        if node.operation in _FROM_ARGUMENTS:
            arguments = tuple(self._value(argument) for argument in node.arguments)
        return _Kept(self.numbers, arguments, self.kept.get(place), node)

    def _value(self, place: int) -> Value:
        node = self.graph.nodes[place]
        if node.operation == "constant":
            return self.numbers.constant(node.number)
        return self.kept[place]


def from_node(
    graph: Graph,
    name: str,
    inputs: Sequence[Value],
    numbers: Numbers,
    symbols: Mapping[str, Value],
) -> tuple[Value, Value]:
    """What the rest of a graph makes of a named node's value, and the node's adjoint by the tape.

    Of the nodes with ``symbols``, this one and those before the first one that takes it stand for
    themselves, so that the former can be derived by the symbol of the node.
    """
    place = graph.place(name)
    user = min(at for at, node in enumerate(graph.nodes) if place in node.arguments)
    places = {graph.place(one): symbol for one, symbol in symbols.items()}
    known = {at: symbol for at, symbol in places.items() if at < user}
    tape = Tape(graph, inputs, numbers, known)
    return tape.outputs[0], tape.adjoints()[place]


def reverse_jacobian(graph: Graph, inputs: Sequence[Value], numbers: Numbers) -> list[list[Value]]:
    """The derivative of each output (row) by each input (column): one run, a pass for each row.

    Raises ``NotDifferentiable`` at the kink of a maximum, and what the numbers raise.
    """
    tape = Tape(graph, inputs, numbers)
    return [tape.gradient(row) for row in range(len(graph.outputs))]
