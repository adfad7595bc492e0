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


UNDER_A_CONDITION = [
    ("Suppose $x > 0$ for $y = 1$.", "x > 0"),
    ("Suppose $x > 0$ for $y > 1$.", "x > 0"),
    (r"Suppose $x \in [0, 1]$ for $y = 1$.", r"x \ge 0"),
    ("Suppose $x$ is positive for $y = 1$.", "x > 0"),
    ("Let $A$ be invertible for $y = 1$.", "A A^{-1} = I"),
    (r"Let $z = y$ for $y \ge 0$.", "z = y"),
    ("Let $g$ be convex and $L$-smooth for $L = 2$.", "1 = 1 + 0 L"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "claim"), UNDER_A_CONDITION)
def test_an_assumption_for_one_value_is_none_for_all(sentence: str, claim: str) -> None:
    """S37: what was said of y was dropped, and the claim was proved."""
    document = read(
        r"Let $x, y \in \mathbb{R}$ and $A \in \mathbb{R}^{n \times n}$. "
        rf"{sentence} Then ${claim}$."
    )
    assert not document.tasks
    assert "an assumption under a condition" in document.errors[0].message


def test_what_runs_through_a_range_stands_beside_what_does_not() -> None:
    document = read(
        r"Let $a_t, x \in \mathbb{R}$. Suppose $a_t > 0$ and $x > 0$ for $t = 1, \dots, T$. "
        "Then $x > 0$."
    )
    (task,) = document.tasks
    assert ("<", "0", "x") in task.goal.hypotheses


@pytest.mark.parametrize("within", [r"$x \ge 0$", r"all $x \in [0, 1]$", "every $x > 0$"])
def test_a_definition_holds_for_every_argument(within: str) -> None:
    """S38: f(x) = x was entered for all x."""
    document = read(f"Define $f(x) = x$ for {within}. Then $f(-1) = -1$.")
    assert not document.tasks
    assert "a definition holds for every argument" in document.errors[0].message


@pytest.mark.parametrize("values", [r"(-\infty, \infty]", r"[-\infty, +\infty]"])
def test_values_are_numbers(values: str) -> None:
    r"""S39: f with the value \infty was read as a function on all of the space."""
    document = read(
        rf"Let $f: \mathbb{{R}}^d \to {values}$ be convex. Let $x \in \mathbb{{R}}^d$. "
        "Then $f(x) - f(x) = 0$."
    )
    assert not document.tasks
    assert "is no number" in document.errors[0].message


def test_a_condition_number_is_no_number_that_is_declared() -> None:
    document = read(r"Let $f$ be convex with condition number $\kappa$. Then $\kappa \ge 1$.")
    assert not document.tasks and document.errors


def test_a_set_of_points_that_words_single_out_is_refused() -> None:
    document = read("Let $S$ be its set of minimisers. Then $1 = 1$.")
    assert "defect" not in document.errors[0].message


HARD = [
    (r"Let $A \in \mathbb{R}^{n \times n}$ for $n \ge 2$.", r"n \ge 2", "throughout"),
    (
        r"Let $b \in \mathbb{R}$. Suppose $a_k \le 1$ for $k = 0, \dots, N$ and $b > 0$ for "
        r"$k = 1, \dots, N$.",
        "b > 0",
        "for all b",
    ),
    (r"Let $x, y \in \mathbb{R}$. Suppose $x = y$ for $y \ge 0$.", r"x \ge 0", "for all y"),
]


@pytest.mark.parametrize(("said", "line", "why"), HARD)
def test_a_range_of_a_declared_name_is_not_passed_over(said: str, line: str, why: str) -> None:
    """S40: what it says was lost, or held for all values, and a true line was refuted."""
    document = read(rf"{said} Then ${line}$.")
    assert not document.tasks
    assert why in document.errors[0].message


@pytest.mark.parametrize("every", ["for all", "for every", "for"])
def test_arguments_of_functions_run_through_their_range(every: str) -> None:
    document = read(
        rf"Let $x \in \mathbb{{R}}$ and $f: \mathbb{{R}} \to \mathbb{{R}}$. "
        rf"Suppose $f(x) > 0$ {every} $x \ge 0$. Then $f(1) > 0$."
    )
    (task,) = document.tasks
    assert not document.errors and task.goal.hypotheses[0][0] == "forall"
