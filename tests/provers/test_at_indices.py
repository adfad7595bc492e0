"""Relations that are known for every index, at the indices that a goal speaks of."""

from __future__ import annotations

import pytest

from therefore.provers import prove
from therefore.reading.latex import read_text

START = r"""
% therefore: index t from 1
Let $a_t \in \mathbb{R}$. Let $x_t \in \mathbb{R}^d$. Let $T$ be a positive integer.
Suppose $a_t > 0$ for all $t = 1, \dots, T$.
"""
FALLING = r"Suppose $a_{t+1} \le a_t$ for all $t = 1, \dots, T-1$."


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(r"\[ \frac{a_T}{a_T} = 1 \]", id="what is divided by"),
        pytest.param(r"\[ 0 \le \frac{\|x_1\|^2}{a_T} \]", id="a sign"),
        pytest.param(
            FALLING + r"\[ 0 \le \|x_1\|^2 \left(a_k-a_{k+1}\right) \text{ for all } "
            r"k = 1, \dots, T-1 \]",
            id="a difference",
        ),
    ],
)
def test_a_relation_at_an_index(line: str) -> None:
    tasks, errors = read_text(START + line)
    assert not errors and len(tasks) == 1
    attempt = prove(tasks[0], [], budget=10)
    assert attempt.proof is not None, attempt.tried


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(r"\[ 0 \le \frac{\|x_1\|^2}{a_{T+1}} \]", id="after the range"),
        pytest.param(r"\[ 0 \le a_0 \]", id="before the range"),
    ],
)
def test_nothing_is_said_beside_the_range(line: str) -> None:
    tasks, errors = read_text(START + line)
    assert not errors and len(tasks) == 1
    assert prove(tasks[0], [], budget=3).proof is None
