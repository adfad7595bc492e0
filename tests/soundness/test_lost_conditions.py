"""Conditions that are written and were lost: the lines that rest on them are not judged without."""

from __future__ import annotations

import pytest

from therefore.reading.latex.document import Document


def read(text: str) -> Document:
    document = Document("test.tex", None)
    document.read(text)
    return document


@pytest.mark.parametrize("below", ["*", r"\star", r"{*}", r"{\ast}"])
def test_a_star_below_is_no_star_above(below: str) -> None:
    """S34: both were x_star, so that this was proved."""
    document = read(rf"Let $x^* > 0$ and $x_{below} < 1$. Then $x^* \le x_{below}$.")
    (task,) = document.tasks
    sign, left, right = task.goal.conclusion
    assert sign == "<=" and left != right
    assert set(task.goal.hypotheses) == {("<", "0", left), ("<", right, "1")}


def test_two_minimisers_are_two_points() -> None:
    document = read(
        r"Let $f$ be convex, $x^*$ a minimiser of $f$ and $x_*$ a minimiser of $f$. "
        r"Then $x^* = x_*$."
    )
    (task,) = document.tasks
    assert task.goal.conclusion[1] != task.goal.conclusion[2]


FURTHER = [
    r"Let $x_{k+1} = x_k$ for all $k \ge 0$, $x_0 = 0$.",
    r"Suppose $x_{k+1} = x_k$ for $k = 0, \dots, N - 1$, $N = 2$.",
]


@pytest.mark.parametrize("sentence", FURTHER)
def test_a_formula_behind_a_range_is_an_assumption_or_a_claim(sentence: str) -> None:
    """S35: it was a claim, and the next line was refuted."""
    document = read(rf"Let $x_t \in \mathbb{{R}}$. {sentence} Then $x_1 \le 0$.")
    assert not document.tasks
    assert "a further assumption or what follows from it" in document.errors[0].message


def test_a_membership_behind_a_range_declares() -> None:
    document = read(
        r"Let $f$ be convex and $L$-smooth and $x_{k+1} = x_k - \frac1L\nabla f(x_k)$ for all "
        r"$k \ge 0$, $x_0 \in \mathbb{R}^d$. Then $f(x_1) \le f(x_0)$."
    )
    assert not document.errors and len(document.tasks) == 1


def test_what_an_unclear_sentence_speaks_of_is_not_judged() -> None:
    """S36: neither of its assumptions was in force, and the line was refuted."""
    document = read(
        r"Let $x, y \in \mathbb{R}$. Suppose $x > 0$, \[ y > 0. \] Then $x + y > 0$."
    )
    assert not document.tasks
    assert "cannot be judged" in document.errors[-1].message
