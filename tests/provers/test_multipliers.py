"""Multipliers of relations at points, and the squares that are left, found from nothing."""

from __future__ import annotations

import time
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from therefore.provers import Attempt, prove
from therefore.provers.functions import conic, gram
from therefore.provers.functions.conic import Margin, largest_margin
from therefore.provers.functions.gram import Relation, find, ldl
from therefore.provers.functions.homogeneous import scaled
from therefore.reading.latex import read_text

COCOERCIVE = r"""
Let $h: \mathbb{R}^d \to \mathbb{R}$ be differentiable. Let $L > 0$. Let $p \in \mathbb{R}^d$.
Suppose $h(y) \ge h(x)+\langle\nabla h(x),y-x\rangle+\frac1{2L}\|\nabla h(x)-\nabla h(y)\|^2$
for all $x, y \in \mathbb{R}^d$. Suppose $\nabla h(p) = 0$.
"""
ONE_STEP = (
    COCOERCIVE
    + r"""
Let $x_0 \in \mathbb{R}^d$. Define $x_1 = x_0 - \frac1L\nabla h(x_0)$.
"""
)
STEPS = (
    COCOERCIVE
    + r"""
Let $x_t \in \mathbb{R}^d$ for $t = 0, \dots, 3$.
Suppose $x_{t+1} = x_t - \frac1L\nabla h(x_t)$ for $t = 0, \dots, 2$.
"""
)
# What holds of every smooth function, convex or not.
INTERPOLATED = r"""+\frac1{2L}\|\nabla h(x)-\nabla h(y)\|^2
-\frac L4\|y-x-\frac1L(\nabla h(y)-\nabla h(x))\|^2"""
LEAST = (
    STEPS.replace(r"+\frac1{2L}\|\nabla h(x)-\nabla h(y)\|^2", INTERPOLATED)
    + r"""
Let $m, q \in \mathbb{R}$. Suppose $h(y) \ge q$ for all $y \in \mathbb{R}^d$.
Suppose $m \le \|\nabla h(x_t)\|^2$ for $t = 0, \dots, 3$.
"""
)

# The quadratic bound is an axiom, which is cited with proofs of its conditions.
SMOOTH = r"""
Let $f: \mathbb{R}^d \to \mathbb{R}$ be differentiable. Let $L > 0$. Let $u, v \in \mathbb{R}^d$.
Suppose $\|\nabla f(x)-\nabla f(y)\| \le L\|x-y\|$ for all $x, y \in \mathbb{R}^d$.
"""


def attempted(text: str, budget: float = 10) -> Attempt:
    tasks, errors = read_text(text)
    assert not errors and len(tasks) == 1, errors
    return prove(tasks[0], [], budget=budget)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(ONE_STEP + r"\[ h(x_1)-h(p) \le \frac L6\|x_0-p\|^2 \]", id="tight"),
        pytest.param(ONE_STEP + r"\[ h(x_1)-h(p) \le \frac L5\|x_0-p\|^2 \]", id="not tight"),
        pytest.param(
            ONE_STEP + r"\[ \|\nabla h(x_1)\|^2 \le \frac{L^2}4\|x_0-p\|^2 \]", id="of a gradient"
        ),
        pytest.param(STEPS + r"\[ h(x_3)-h(p) \le \frac L{14}\|x_0-p\|^2 \]", id="a recurrence"),
        pytest.param(
            SMOOTH + r"\[ f(u)+\langle\nabla f(u),v-u\rangle-\frac L2\|v-u\|^2 \le f(v) \]",
            id="a bound with conditions",
        ),
        pytest.param(LEAST + r"\[ m \le \frac{4L}9(h(x_0)-q) \]", id="the least gradient"),
    ],
)
def test_what_is_found(text: str) -> None:
    attempt = attempted(text)
    assert attempt.proof is not None, attempt.tried


def test_no_more_relations_than_needed() -> None:
    proof = attempted(STEPS + r"\[ h(x_3)-h(p) \le \frac L{14}\|x_0-p\|^2 \]").proof
    assert proof is not None
    items: list[dict[str, Any]] = proof["items"]
    assert sum(len(item.get("with", [])) == 2 for item in items) == 7
    assert sum("square" in item for item in items) == 4


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(ONE_STEP + r"\[ h(x_1)-h(p) < \frac L6\|x_0-p\|^2 \]", id="strict"),
        pytest.param(
            ONE_STEP.replace("L > 0$", r"L \in \mathbb{R}$. Suppose $L \ne 0$")
            + r"\[ h(x_1)-h(p) \le \frac L6\|x_0-p\|^2 \]",
            id="a parameter without a sign",
        ),
    ],
)
def test_nothing_false_is_found(text: str) -> None:
    assert attempted(text, budget=2).proof is None


def test_what_the_solver_says_is_only_a_hint(monkeypatch: pytest.MonkeyPatch) -> None:
    def lying(
        matrices: Sequence[Any], rows: Any, right: Any, signed: Sequence[bool], seconds: float
    ) -> Margin:
        return Margin(1.0, np.full(len(matrices) - 1, 0.3), np.eye(len(matrices[0])))

    monkeypatch.setattr(gram, "largest_margin", lying)
    false = ONE_STEP + r"\[ h(x_1)-h(p) \le \frac L7\|x_0-p\|^2 \]"
    assert attempted(false, budget=2).proof is None


def test_why_nothing_was_found() -> None:
    attempt = attempted(ONE_STEP + r"\[ h(x_1)-h(p) \le \frac L7\|x_0-p\|^2 \]", budget=2)
    assert attempt.proof is None and gram.NONE in attempt.tried


def test_which_extra_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conic, "is_there", lambda: False)
    attempt = attempted(ONE_STEP + r"\[ h(x_1)-h(p) \le \frac L6\|x_0-p\|^2 \]", budget=2)
    assert attempt.proof is None
    assert any("therefore[sos]" in one for one in attempt.tried)


def test_exact_multipliers_where_the_form_is_singular() -> None:
    """2xy ≤ x² + y² + λ·(x − y)·z with z free: only λ = 0 leaves a square, (x − y)²."""
    one, zero = Fraction(1), Fraction(0)
    target = Relation({}, [[one, -one, zero], [-one, one, zero], [zero, zero, zero]])
    other = Relation({}, [[zero, zero, one], [zero, zero, -one], [one, -one, zero]], signed=False)
    found = find(target, [other], lambda: None, lambda: 5.0, print)
    assert found is not None and found.multipliers == {}
    assert found.squares == [(one, [one, -one, zero])]


def test_the_largest_margin_is_negative_where_there_is_none() -> None:
    margin = largest_margin([-np.eye(2)], np.zeros((0, 0)), np.zeros(0), [], 5.0)
    assert margin is not None and abs(margin.least + 1) < 1e-6


@given(st.lists(st.lists(st.integers(-3, 3), min_size=3, max_size=3), min_size=1, max_size=3))
def test_ldl_adds_up(rows: list[list[int]]) -> None:
    form = [[Fraction(sum(r[i] * r[j] for r in rows)) for j in range(3)] for i in range(3)]
    squares = ldl(form, range(3))
    assert squares is not None and all(weight > 0 for weight, _ in squares)
    total = [[sum(w * r[i] * r[j] for w, r in squares) for j in range(3)] for i in range(3)]
    assert total == form
    form[0][0] -= 40
    assert ldl(form, range(3)) is None


def test_a_zero_pivot_with_a_row_that_is_not_zero() -> None:
    assert ldl([[Fraction(0), Fraction(1)], [Fraction(1), Fraction(5)]], range(2)) is None


def test_parameters_are_scaled_away() -> None:
    """L·a + b and L²·a − L·b are 1 and L times the same; a + b does not fit, and is left out."""
    a, b, parameter = ((1, 1),), ((2, 1),), 7
    two = Fraction(2)
    first = {a: (two, ((parameter, 1),)), b: (Fraction(1), ())}
    second = {a: (two, ((parameter, 2),)), b: (Fraction(-1), ((parameter, 1),))}
    scaling = scaled([first, second])
    assert scaling is not None and scaling.before == [(), ((parameter, 1),)]
    assert scaling.relations == [{a: two, b: Fraction(1)}, {a: two, b: Fraction(-1)}]
    without = scaled([first, second, {a: (two, ()), b: (two, ())}])
    assert without is not None and without.relations == [*scaling.relations, None]


def test_many_steps_within_the_budget() -> None:
    text = STEPS.replace("3$", "5$").replace("2$.", "4$.")
    began = time.monotonic()
    assert attempted(text + r"\[ h(x_5)-h(p) \le \frac L{22}\|x_0-p\|^2 \]", 30).proof is not None
    assert time.monotonic() - began < 30
