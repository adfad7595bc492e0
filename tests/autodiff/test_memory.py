"""The counts of values, on the graph and in the programs at work, for T = 1 ... 20 steps."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from therefore.derivations.autodiff import unrolling

from therefore.autodiff import (
    FLOATS,
    RATIONAL,
    Tape,
    along,
    dual_numbers,
    kept_places,
    live_counts,
    record,
    running,
    sigmoid,
    sin,
    step_counts,
    tanh,
    unrolled,
)

Steps = tuple[Callable[..., Any], Callable[..., Any], int]

PROGRAMS: dict[str, Steps] = {
    "least squares": (unrolling.step, unrolling.loss, 2),
    "quartic": (lambda w, rate: w - rate * (w**3 - w), lambda w: (w**2 - 1) ** 2, 1),
    "an output that is kept": (lambda w, rate: tanh(w * rate), lambda w: sin(w), 1),
    "an input that is not kept": (lambda w, rate: sigmoid(w + rate), lambda w: w - 1, 1),
    "momentum": (lambda w, v, rate: (w - v * rate, v / 2 + sin(w)), lambda w, v: w * v, 2),
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_backward_memory_is_linear(name: str) -> None:
    """Each step adds to the tape what the graph of one step says; the tape itself has as many."""
    step, loss, size = PROGRAMS[name]
    counts, first = step_counts(step), len(kept_places(unrolled(step, loss, 1)))
    for steps in range(1, 21):
        graph = unrolled(step, loss, steps)
        expected = counts.kept * (steps - 1) + first
        assert len(kept_places(graph)) == expected
        assert len(Tape(graph, [0.5] * (size + 1), FLOATS).kept) == expected


@pytest.mark.parametrize("name", PROGRAMS)
def test_forward_memory_is_constant(name: str) -> None:
    """Dual numbers at work hold as many values as the graph of one step says, for every T.

    The loss may hold more than a step does, but no more for many steps than for one.
    """
    step, loss, size = PROGRAMS[name]
    counts = step_counts(step)
    peaks = set()
    for steps in range(1, 21):
        graph = unrolled(step, loss, steps)
        inputs = along([0.5] * (size + 1), size, FLOATS)
        at_work = [len(live) for live in running(graph, inputs, dual_numbers(FLOATS))]
        assert at_work == live_counts(graph)
        before_loss = len(graph.nodes) - _nodes_of_loss(loss, size)
        # The last step may forget the rate early; all others need it.
        assert max(at_work[:before_loss]) <= counts.between + counts.rise
        if steps > 1:
            assert max(at_work[:before_loss]) == counts.between + counts.rise
        assert counts.made * steps == before_loss - size - 1
        peaks.add(max(at_work) if steps > 1 else max(at_work[:before_loss], default=0))
    assert counts.made == counts.forgotten
    assert len(peaks) <= 2


def test_the_numbers_of_the_claims() -> None:
    """8 values and 2 T + 3 values, as the derivation says of its step."""
    for steps in range(1, 21):
        graph = unrolled(unrolling.step, unrolling.loss, steps)
        assert max(live_counts(graph)) == 8
        assert len(kept_places(graph)) == 2 * steps + 3


def test_the_tape_keeps_what_is_asked_for() -> None:
    """Nothing on the tape is left out in the backward pass, and nothing else is asked for."""
    graph = record(lambda x, y: 3 * (x + y) - sin(x) * 2)
    tape = Tape(graph, (0.5, 0.25), FLOATS)
    assert tape.kept == {0: 0.5}
    without = Tape(graph, (0.5, 0.25), FLOATS)
    del without.kept[0]
    with pytest.raises(KeyError):
        without.gradient()


@pytest.mark.parametrize("step", [lambda w, rate: w, lambda w, v, rate: (w + v, w)])
def test_a_state_has_to_be_new(step: Callable[..., Any]) -> None:
    """A step that hands an input on makes no value that could be counted."""
    with pytest.raises(ValueError, match="anew"):
        step_counts(step)


def test_unrolled_steps_are_steps() -> None:
    """Two steps of the graph are two steps of the function."""
    from therefore.autodiff import evaluate

    def halve(w: Any, rate: Any) -> Any:
        return w - rate * w

    graph = unrolled(halve, lambda w: w + 1, 2)
    assert evaluate(graph, (Fraction(8), Fraction(1, 2)), RATIONAL) == (3,)


def _nodes_of_loss(loss: Callable[..., Any], size: int) -> int:
    return len(record(loss, [f"w_{place}" for place in range(size)]).nodes) - size
