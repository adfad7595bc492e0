"""Computation graphs as plain data, recorded from ordinary Python functions.

A node is an operation and the places of the nodes that it takes; arguments stand before what is
made of them, the inputs first of all. A graph knows no numbers but its constants: what it is run
on is the business of the programs.

>>> graph = record(lambda x, y: named("product", x * y) + sin(x))
>>> for place, node in enumerate(graph.nodes):
...     print(place, node.name, node.operation, node.arguments)
0 x input ()
1 y input ()
2 product * (0, 1)
3  sin (0,)
4  + (2, 3)
>>> graph.outputs
(4,)
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, TypeAlias

__all__ = [
    "Graph", "Node", "Traced", "cos", "exp", "log", "maximum", "named", "record", "relu",
    "sigmoid", "sin", "sqrt", "tanh",
]  # fmt: skip

Exact: TypeAlias = int | Fraction


@dataclass(frozen=True)
class Node:
    """One operation.

    ``operation`` is ``input``, ``constant``, ``+``, ``-``, ``*``, ``/``, ``negative``,
    ``scaled``, ``power``, ``maximum`` or the name of an elementary function; ``number`` is the
    constant, the factor of what is scaled or the exponent of a power; ``name`` is for the reader
    alone.
    """

    operation: str
    arguments: tuple[int, ...] = ()
    number: Fraction = Fraction(0)
    name: str = ""

    @property
    def exponent(self) -> int:
        """The exponent of a power, an integer."""
        return int(self.number)


@dataclass(frozen=True)
class Graph:
    """Nodes in an order in which they can be computed, and the places of the outputs."""

    nodes: tuple[Node, ...]
    outputs: tuple[int, ...]

    @property
    def inputs(self) -> tuple[int, ...]:
        """The places of the inputs, in the order in which they are given."""
        return tuple(at for at, node in enumerate(self.nodes) if node.operation == "input")

    def place(self, name: str) -> int:
        """The place of the node of that name; ``KeyError`` where it is not just one."""
        found = [at for at, node in enumerate(self.nodes) if node.name == name]
        if len(found) != 1:
            raise KeyError(f"{len(found)} nodes are called {name!r}")
        return found[0]

    def last_uses(self) -> dict[int, int]:
        """For each place the last place that takes it; outputs are needed after the end."""
        last = {at: at for at in range(len(self.nodes))}
        last |= {argument: at for at, node in enumerate(self.nodes) for argument in node.arguments}
        return last | dict.fromkeys(self.outputs, len(self.nodes))


class Traced:
    """A value of which only its place in a graph is known; ``record`` calls functions on them.

    It adds, subtracts, multiplies and divides, with integers and fractions too, and has powers
    with whole exponents. Floats are refused: a decimal is written ``Fraction("0.1")``.
    """

    def __init__(self, nodes: list[Node], place: int) -> None:
        self.nodes = nodes
        self.place = place

    def apply(self, operation: str, *others: Any, number: Fraction = Fraction(0)) -> Traced:
        """The value of an operation on this value and others."""
        places = (self.place, *(self._traced(other).place for other in others))
        return _added(self.nodes, Node(operation, places, number))

    def _traced(self, other: Any) -> Traced:
        if isinstance(other, Traced):
            if other.nodes is not self.nodes:
                raise ValueError("the two values belong to different graphs")
            return other
        return _added(self.nodes, Node("constant", (), _exact(other)))

    def __add__(self, other: Traced | Exact) -> Traced:
        return self.apply("+", other)

    def __radd__(self, other: Exact) -> Traced:
        return self._traced(other) + self

    def __sub__(self, other: Traced | Exact) -> Traced:
        return self.apply("-", other)

    def __rsub__(self, other: Exact) -> Traced:
        return self._traced(other) - self

    def __mul__(self, other: Traced | Exact) -> Traced:
        if isinstance(other, Traced):
            return self.apply("*", other)
        return self.apply("scaled", number=_exact(other))

    def __rmul__(self, other: Exact) -> Traced:
        return self * other

    def __truediv__(self, other: Traced | Exact) -> Traced:
        if isinstance(other, Traced):
            return self.apply("/", other)
        return self.apply("scaled", number=1 / _exact(other))

    def __rtruediv__(self, other: Exact) -> Traced:
        return self._traced(other) / self

    def __neg__(self) -> Traced:
        return self.apply("negative")

    def __pow__(self, exponent: int) -> Traced:
        if not isinstance(exponent, int):
            raise TypeError(f"the exponent {exponent!r} is no integer; write exp(y * log(x))")
        return self.apply("power", number=Fraction(exponent))


def record(function: Callable[..., Any], inputs: Sequence[str] | None = None) -> Graph:
    """The graph of what a function does with its arguments.

    Takes the names of the inputs, by default those of the function's parameters. The function
    gives one value or several. Branches and loops are followed as they run: they must not depend
    on the values.
    """
    names = inspect.signature(function).parameters if inputs is None else inputs
    nodes: list[Node] = []
    traced = [_added(nodes, Node("input", name=name)) for name in names]
    result = function(*traced)
    results = result if isinstance(result, tuple | list) else (result,)
    outputs = [
        one if isinstance(one, Traced) else _added(nodes, Node("constant", (), _exact(one)))
        for one in results
    ]
    return Graph(tuple(nodes), tuple(output.place for output in outputs))


def named(name: str, value: Traced) -> Traced:
    """The same value, with a name in the graph."""
    value.nodes[value.place] = replace(value.nodes[value.place], name=name)
    return value


def exp(value: Traced) -> Traced:
    """The exponential."""
    return value.apply("exp")


def log(value: Traced) -> Traced:
    """The natural logarithm of a positive number."""
    return value.apply("log")


def sin(value: Traced) -> Traced:
    """The sine."""
    return value.apply("sin")


def cos(value: Traced) -> Traced:
    """The cosine."""
    return value.apply("cos")


def tanh(value: Traced) -> Traced:
    """The hyperbolic tangent."""
    return value.apply("tanh")


def sqrt(value: Traced) -> Traced:
    """The square root of a number of at least 0; it has a derivative above 0 only."""
    return value.apply("sqrt")


def sigmoid(value: Traced) -> Traced:
    """1 / (1 + exp(-value))."""
    return value.apply("sigmoid")


def maximum(left: Traced, right: Traced | Exact) -> Traced:
    """The larger of two numbers; where they are equal it has a value and no derivative."""
    return left.apply("maximum", right)


def relu(value: Traced) -> Traced:
    """max(value, 0); at 0 it has a value and no derivative."""
    return maximum(value, 0)


def _added(nodes: list[Node], node: Node) -> Traced:
    nodes.append(node)
    return Traced(nodes, len(nodes) - 1)


def _exact(number: Any) -> Fraction:
    if not isinstance(number, int | Fraction):
        raise TypeError(f"{number!r} is no exact number; write an integer or a Fraction")
    return Fraction(number)
