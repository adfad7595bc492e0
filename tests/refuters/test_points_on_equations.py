"""Simple points on equations between numbers: witnesses, and counterexamples."""

from __future__ import annotations

import pytest

from therefore.goal import Goal
from therefore.provers import certify_refutation, certify_witness
from therefore.reading.latex import read_text
from therefore.refuters import find_counterexamples, find_witness
from therefore.refuters.points_on_equations import points_on_equations

POSITIVE = r"Let $a, b, c \in \mathbb{R}$. Suppose $a > 0$. Suppose $b > 0$. Suppose $c > 0$. "


def goal_of(declared: str, line: str) -> Goal:
    tasks, errors = read_text(f"{declared}\n\nThen\n\\[ {line} \\]\n")
    assert not errors and len(tasks) == 1, errors
    return tasks[0].goal


@pytest.mark.parametrize(
    "known",
    [
        "Suppose $a^2+b^2+c^2 = 1$.",
        r"Suppose $\sqrt{a}+\sqrt{b}+\sqrt{c} = 1$.",
        "Suppose $a^2+b^2 = 7$. Suppose $a = 2c$.",
        r"Suppose $\sqrt{ab}(a-b) = a+b$.",
    ],
)
def test_a_witness(known: str) -> None:
    goal = goal_of(POSITIVE + known, "a+b+c > 0")
    assert any(certify_witness(goal, values) for values in find_witness(goal))


@pytest.mark.parametrize(
    ("known", "line"),
    [
        ("Suppose $a^2+b^2+c^2 = 1$.", r"a+b+c \le \frac{5}{3} - \frac{1}{10}"),
        ("Suppose $a^2+b^2+c^2 = 3$.", r"a+b+c < 3"),
    ],
)
def test_a_counterexample(known: str, line: str) -> None:
    goal = goal_of(POSITIVE + known, line)
    found = (certify_refutation(goal, values) for values in find_counterexamples(goal, seconds=20))
    assert next((one for one in found if one), None) is not None


@pytest.mark.parametrize(
    "known",
    [
        "",  # no equation
        "Suppose $a^2+b^2 = -1$.",
        "Suppose $a+b = 2$. Suppose $b+c = 2$. Suppose $c+a = 2$.",  # more than it looks at
        r"Suppose $a = 1 \lor b = 1$.",
        "Let $f: \\mathbb{R} \\to \\mathbb{R}$. Suppose $f(a) = 1$.",
    ],
)
def test_where_there_are_none(known: str) -> None:
    goal = goal_of(POSITIVE + known, "a > 0")
    assert list(points_on_equations(goal, conclude=False)) == []
