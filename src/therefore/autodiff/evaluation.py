"""Running a graph on numbers, node after node.

>>> from fractions import Fraction
>>> from therefore.autodiff import RATIONAL, record
>>> graph = record(lambda x, y: x * y + 1 / x)
>>> evaluate(graph, (Fraction(2), Fraction(3)), RATIONAL)
(Fraction(13, 2),)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from operator import add, mul, neg, sub, truediv
from typing import Any

from therefore.autodiff.graph import Graph, Node
from therefore.autodiff.numbers import Numbers, Value

__all__ = ["evaluate", "running", "values_of_nodes"]

_ARITHMETIC: dict[str, Any] = {"+": add, "-": sub, "*": mul, "/": truediv, "negative": neg}


def evaluate(graph: Graph, inputs: Sequence[Value], numbers: Numbers) -> tuple[Value, ...]:
    """The outputs of a graph. Takes one value for each input, in order.

    A value is forgotten after its last use. Raises what the numbers raise.
    """
    live: dict[int, Value] = {}
    for live in running(graph, inputs, numbers):  # noqa: B007
        pass
    return tuple(live[place] for place in graph.outputs)


def values_of_nodes(
    graph: Graph,
    inputs: Sequence[Value],
    numbers: Numbers,
    known: Mapping[int, Value] | None = None,
) -> list[Value]:
    """The value of every node; those that are ``known`` by their places are not computed."""
    values = []
    for place, live in enumerate(running(graph, inputs, numbers, known)):
        values.append(live[place])
    return values


def running(
    graph: Graph,
    inputs: Sequence[Value],
    numbers: Numbers,
    known: Mapping[int, Value] | None = None,
) -> Iterator[dict[int, Value]]:
    """Run a graph; after each node, what is in memory: the values by their places.

    That is the new value, the arguments of it, and what else is still needed. The inputs are
    there from the beginning. What nobody needs any more goes before the next node is computed.
    """
    if len(inputs) != len(graph.inputs):
        raise ValueError(f"the graph takes {len(graph.inputs)} inputs, not {len(inputs)}")
    last = graph.last_uses()
    live = dict(zip(graph.inputs, inputs, strict=True))
    for place, node in enumerate(graph.nodes):
        if known and place in known:
            live[place] = known[place]
        elif node.operation != "input":
            live[place] = _value(node, [live[at] for at in node.arguments], numbers)
        yield live
        for at in (place, *node.arguments):
            if last[at] <= place:
                live.pop(at, None)


def _value(node: Node, arguments: list[Value], numbers: Numbers) -> Value:
    operation = node.operation
    if operation == "constant":
        return numbers.constant(node.number)
    if operation == "scaled":
        return numbers.constant(node.number) * arguments[0]
    if operation == "power":
        return arguments[0] ** node.exponent
    if operation == "maximum":
        return numbers.maximum(*arguments)
    if operation in _ARITHMETIC:
        return _ARITHMETIC[operation](*arguments)
    return numbers.functions[operation](*arguments)
