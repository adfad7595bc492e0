"""Relations that are known for all pairs of points, at the points of a goal; norms by squares."""

from __future__ import annotations

import pytest

from therefore.kernel.atoms import Atoms
from therefore.kernel.context import Context
from therefore.provers import prove
from therefore.provers.functions.at_points import points
from therefore.reading.latex import read_text

START = r"""
Let $h: \mathbb{R}^d \to \mathbb{R}$ be differentiable. Let $c > 0$. Let $u, v \in \mathbb{R}^d$.
Suppose $h(y) \ge h(x)+\langle\nabla h(x),y-x\rangle+\frac c2\|y-x\|^2$ for all
$x, y \in \mathbb{R}^d$.
"""


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(
            r"\[ h(u)-h(v) \le \langle\nabla h(u),u-v\rangle - \frac c2\|u-v\|^2 \]", id="turned"
        ),
        pytest.param(
            r"\[ c\|u-v\|^2 \le \langle\nabla h(u)-\nabla h(v),u-v\rangle \]", id="both added"
        ),
        pytest.param(r"\[ h(u+v)-h(u) \ge \langle\nabla h(u),v\rangle \]", id="one and a square"),
    ],
)
def test_relations_at_points(line: str) -> None:
    tasks, errors = read_text(START + line)
    assert not errors and len(tasks) == 1
    attempt = prove(tasks[0], [], budget=15)
    assert attempt.proof is not None, attempt.tried


def test_a_norm_by_its_square() -> None:
    text = r"""
Let $u, v \in \mathbb{R}^d$, $0 \le q$. Suppose $\|u\|^2 \le q^2\|v\|^2$.
\[ \|u\| \le q\|v\| \]
"""
    tasks, errors = read_text(text)
    assert not errors and len(tasks) == 1
    attempt = prove(tasks[0], [], budget=10)
    assert attempt.proof is not None, attempt.tried


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            START + r"\[ h(u)-h(v) \le \langle\nabla h(u),u-v\rangle - c\|u-v\|^2 \]",
            id="twice as curved",
        ),
        pytest.param(
            r"Let $u, v \in \mathbb{R}^d$, $q \in \mathbb{R}$. "
            r"Suppose $\|u\|^2 \le q^2\|v\|^2$. \[ \|u\| \le q\|v\| \]",
            id="a factor without a sign",
        ),
    ],
)
def test_nothing_false_is_found(text: str) -> None:
    tasks, errors = read_text(text)
    assert not errors and len(tasks) == 1
    assert prove(tasks[0], [], budget=4).proof is None


def test_a_member_of_a_written_out_sequence_is_a_point() -> None:
    member = ("app", ("table", "0", ("vector", "1"), ("vector", "2")), "1")
    image = ("app", ("lambda", ("vector", "1"), "#0"), ("vector", "3"))
    goal = ("<=", ("norm", ("+", member, image)), "5")
    assert points(Context(Atoms()), goal) == [("vector", "3"), member]
