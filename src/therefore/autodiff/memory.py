"""How many values the two modes hold, counted on the graph.

Forward mode holds what is still needed: see ``running``. Reverse mode keeps what the backward
pass will ask for: see ``kept_places``. Both are counts of values, whatever these are.

Unrolling w_1 = step(w_0, rate), w_2 = step(w_1, rate), ... and taking the loss of the last one
holds no more values in forward mode, however many steps there are, and a fixed number of further
values for each step in reverse mode:

>>> from therefore.autodiff import sin
>>> step = lambda w, rate: w - rate * sin(w)
>>> for steps in (1, 2, 3, 10):
...     graph = unrolled(step, lambda w: w**2, steps)
...     print(max(live_counts(graph)), len(kept_places(graph)))
4 4
4 6
4 8
4 22
>>> step_counts(step)
StepCounts(between=2, made=3, forgotten=3, rise=2, kept=2)
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from therefore.autodiff.graph import Graph, record
from therefore.autodiff.tape import kept_places

__all__ = ["StepCounts", "live_counts", "step_counts", "unrolled"]


def unrolled(step: Callable[..., Any], loss: Callable[..., Any], steps: int) -> Graph:
    """The graph of so many steps from a state, and of the loss of the last one.

    Takes a step, which makes a state of a state and a hyperparameter, its last argument, and a
    loss of a state. A state is one value or several.
    """

    def program(*values: Any) -> Any:
        *state, hyperparameter = values
        for _ in range(steps):
            following = step(*state, hyperparameter)
            state = list(following) if isinstance(following, tuple | list) else [following]
        return loss(*state)

    return record(program, list(inspect.signature(step).parameters))


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


@dataclass(frozen=True)
class StepCounts:
    """What one step of an unrolled program does to the memory, in values.

    Forward mode holds the state and the hyperparameter ``between`` two steps; a step computes
    ``made`` values, forgets ``forgotten`` ones, and holds at most ``rise`` more than between two
    steps on the way. Reverse mode adds ``kept`` values to its tape.
    """

    between: int
    made: int
    forgotten: int
    rise: int
    kept: int


def step_counts(step: Callable[..., Any]) -> StepCounts:
    """The counts of one step among others, from the graph of that step alone.

    Takes a step as ``unrolled`` does. Its outputs are the state of the step after it: on the tape
    such a value is counted once, and the hyperparameter stands there already. Raises
    ``ValueError`` for a step that hands on an input, or hands on one value twice.
    """
    graph = record(step)
    *state, hyperparameter = graph.inputs
    following = dict(zip(graph.outputs, state, strict=True))
    if len(following) < len(state) or following.keys() & set(graph.inputs):
        raise ValueError("the next state is not computed anew, value by value")
    # The steps that follow need the hyperparameter too: it is not forgotten.
    among_others = replace(graph, outputs=(*graph.outputs, hyperparameter))
    last = among_others.last_uses().values()
    return StepCounts(
        between=len(graph.inputs),
        made=len(graph.nodes) - len(graph.inputs),
        forgotten=sum(at < len(graph.nodes) for at in last),
        rise=max(live_counts(among_others)) - len(graph.inputs),
        kept=len({following.get(at, at) for at in kept_places(graph)} - {hyperparameter}),
    )
