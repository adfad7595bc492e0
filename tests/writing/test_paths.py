"""Paths in the plane: worked out exactly, drawn over level lines, and held by their figure."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import pytest
from sympy import Rational

from therefore import (
    IllFormed,
    define,
    dimension,
    grad,
    inner,
    inverse,
    matrix,
    positive,
    real,
    trajectories,
    vector,
)
from therefore.plots import Trajectories
from therefore.writing.figures import figure, numbers_in, numbers_of, same_numbers

d, eta, y = dimension("d"), positive("eta"), real("y")
H, x = matrix("H", d, d), vector("x", d)
f = define("f", (x,), inner(x, H @ x) / 2)
DESCENT = x - eta * grad(f(x), x)
SQUARE = ((-2, 2), (-1, 1))
VALUES = {d: 2, H: ((1, 0), (0, -2)), eta: Rational(1, 2)}


def asked(**changes: Any) -> Trajectories:
    """Two ways to go, at a saddle."""
    said = {
        "steps": {r"\eta": DESCENT, "N": x - inverse(H) @ grad(f(x), x)},
        "start": (1, Rational(1, 64)),
        "times": 3,
        "level": f(x),
        "within": SQUARE,
        "points": {"0": (0, 0)},
        "at": VALUES,
        "caption": "A < B",
    }
    return trajectories(x, **{**said, **changes})


def test_each_path_is_worked_out_step_by_step() -> None:
    """The component along an eigenvector is multiplied by 1 − ηλ; Newton's step ends at 0."""
    numbers = numbers_of(asked())
    assert numbers["paths"] == {
        r"\eta": [[0.5**k, 2.0**k / 64] for k in range(4)],
        "N": [[1.0, 0.015625], [0.0, 0.0], [0.0, 0.0], [0.0, 0.0]],
    }
    assert numbers["axes"] == ["{x}_1", "{x}_2"] and numbers["points"] == {"0": [0.0, 0.0]}


def test_the_level_stands_on_a_grid() -> None:
    """Row by row from below: f is 2 − 1 in the corners, 0 in the middle; a constant is one too."""
    rows = numbers_of(asked())["levels"]
    assert rows[0][0] == rows[-1][-1] == 1.0 and rows[20][20] == 0.0
    assert rows[20][0] == 2.0 and rows[0][20] == -1.0
    assert {one for row in numbers_of(asked(level=eta))["levels"] for one in row} == {0.5}


def test_a_figure_of_paths_holds_its_numbers() -> None:
    pytest.importorskip("matplotlib")
    numbers = numbers_of(asked())
    drawn = figure(numbers)
    assert same_numbers(numbers_in(drawn), numbers) and figure(numbers) == drawn
    assert ElementTree.fromstring(drawn).findtext("{*}title") == "A < B"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"steps": {}}, "at least one way"),
        ({"times": 0}, "1 to 200 steps"),
        ({"times": 201}, "1 to 200 steps"),
        ({"within": ((0, 0), (0, 1))}, "from one number up to another"),
        ({"within": ((0, 1), (1, 0))}, "from one number up to another"),
        ({"steps": {"g": x - y * x}}, "g needs values of y"),
        ({"level": y}, "level needs values of y"),
        ({"start": (y, 0)}, "start needs values of y"),
        ({"points": {"p": (0, y)}}, "p needs values of y"),
    ],
    ids=str,
)
def test_what_cannot_be_asked_for(changes: Any, said: str) -> None:
    """Each fault is told where the paths are asked for, with the line."""
    with pytest.raises(IllFormed, match=said) as error:
        asked(**changes)
    assert error.value.source is not None and error.value.source.path == __file__


def test_a_path_is_one_of_a_vector() -> None:
    with pytest.raises(IllFormed, match="y is none"):
        trajectories(y, {"g": y}, start=(0, 0), times=1, level=y, within=SQUARE, caption="")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"steps": {"g": f(x)}}, "a step leads to a point of the plane"),
        ({"steps": {"g": x / inner(x, x)}, "start": (0, 0)}, "which is no number"),
        ({"at": {**VALUES, d: 3}}, "the size d = 3"),
    ],
    ids=str,
)
def test_what_leads_nowhere(changes: Any, said: str) -> None:
    """Only the numbers show it."""
    with pytest.raises(IllFormed, match=said):
        numbers_of(asked(**changes))
