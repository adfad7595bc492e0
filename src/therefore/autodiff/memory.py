"""How many values the two modes hold, counted on the graph.

Forward mode holds what is still needed: see ``running``. Reverse mode keeps what the backward
pass will ask for: see ``kept_places``. Both are counts of values, whatever these are.

Unrolling w_1 = step(w_0, rate), w_2 = step(w_1, rate), ... and taking the loss of the last one
holds no more values in forward mode, however many steps there are, and a fixed number of further
values for each step in reverse mode:

>>> from therefore.autodiff import record, sin
>>> step = lambda w, rate: w - rate * sin(w)
>>> for steps in (1, 2, 3, 10):
...     graph = record(unrolled(step, lambda w: w**2, steps))
...     print(max(live_counts(graph)), len(kept_places(graph)))
4 4
4 6
4 8
4 22
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from therefore.autodiff.graph import Graph
from therefore.autodiff.tape import kept_places

__all__ = ["kept_by_a_step", "live_counts", "unrolled"]


def unrolled(
    step: Callable[..., Any], loss: Callable[..., Any], steps: int
) -> Callable[[Any, Any], Any]:
    """The program that steps so many times from a state and takes the loss of the last one.

    Takes a step, which makes a state of a state and a hyperparameter, and a loss of a state. The
    program is a function of the first state and the hyperparameter.
    """

    def program(w: Any, rate: Any) -> Any:
        for _ in range(steps):
            w = step(w, rate)
        return loss(w)

    return program


def live_counts(graph: Graph) -> list[int]:
    """How many values are in memory after each node, its own value and its arguments included."""
    last = graph.last_uses()
    live = set(graph.inputs)
    counts = []
    for place, node in enumerate(graph.nodes):
        live.add(place)
        counts.append(len(live))
        live -= {at for at in (place, *node.arguments) if last[at] <= place}
    return counts


def kept_by_a_step(step: Graph) -> int:
    """How many values one further step adds to the tape.

    The graph takes the state and the hyperparameter and gives the next state, so that its output
    is the state of the step after it: that value is counted once, and the hyperparameter is on
    the tape already.
    """
    state, rate = step.inputs
    (following,) = step.outputs
    return len({state if place == following else place for place in kept_places(step)} - {rate})
