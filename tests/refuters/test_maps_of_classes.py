"""Maps that are drawn for a class belong to it, and hypotheses on maps are told by their shape."""

from __future__ import annotations

import numpy as np
import pytest

from therefore.reading.latex import read_text
from therefore.refuters.instances import sample_instances
from therefore.refuters.maps_of_classes import map_of_class
from therefore.refuters.shapes import map_class_of

POINTS = r" Let $x, y \in \mathbb{R}^d$. "
HALF = np.full(64, 0.5)
TWO = np.full(64, 2.0)


@pytest.mark.parametrize("size", [1, 2, 3, 5])
@pytest.mark.parametrize("turn", range(3))
def test_maps_belong_to_their_class(size: int, turn: int) -> None:
    rng = np.random.default_rng([size, turn])
    x, y = rng.normal(size=(2, 64, size))

    def apart(**constants: np.ndarray) -> np.ndarray:
        drawn = map_of_class(rng, 64, size, constants, turn)
        return drawn(x) - drawn(y)

    def dot(a: np.ndarray, b: np.ndarray) -> np.ndarray:
        return np.asarray((a * b).sum(-1))

    gap, room = x - y, 1e-9
    u = apart(lipschitz=TWO)
    assert (dot(u, u) <= 4 * dot(gap, gap) + room).all()
    u = apart(cocoercive=HALF)
    assert (dot(u, gap) >= dot(u, u) / 2 - room).all()
    u = apart(monotone=HALF)
    assert (dot(u, gap) >= dot(gap, gap) / 2 - room).all()
    u = apart(monotone=HALF, lipschitz=TWO)
    assert (dot(u, gap) >= dot(gap, gap) / 2 - room).all()
    assert (dot(u, u) <= 4 * dot(gap, gap) + room).all()
    nearest = map_of_class(rng, 64, size, {"nearest": 0 * HALF}, turn)
    assert (dot(x - nearest(x), nearest(y) - nearest(x)) <= room).all()


@pytest.mark.parametrize(
    ("words", "kind", "constant"),
    [
        ("nonexpansive", "lipschitz", "1"),
        ("$L$-Lipschitz continuous and monotone", "lipschitz", ("*", "L")),
        ("monotone", "monotone", "0"),
        (r"$\mu$-strongly monotone", "monotone", ("*", "mu")),
        ("firmly nonexpansive", "cocoercive", "1"),
        (r"$\beta$-cocoercive", "cocoercive", ("*", "beta")),
    ],
)
def test_the_shapes_of_classes(words: str, kind: str, constant: object) -> None:
    text = rf"Let $T: \mathbb{{R}}^d \to \mathbb{{R}}^d$ be {words}." + POINTS
    (task,), errors = read_text(text + r"Then $\|T(x) - T(y)\| \le 1$.")
    assert not errors
    assert ("T", kind, constant) in map(map_class_of, task.goal.hypotheses)


@pytest.mark.parametrize("words", ["nonexpansive", "firmly nonexpansive"])
def test_enough_instances(words: str) -> None:
    (task,), errors = read_text(
        rf"Let $T$ be {words}, and $p$ a fixed point of $T$. Let $x \in \mathbb{{R}}^d$. "
        r"Then $\|T(x) - p\| \le \|x - p\|$."
    )
    assert not errors
    sampling = sample_instances(task.goal)
    assert sampling.agreement.usable >= 100 and not sampling.failing
