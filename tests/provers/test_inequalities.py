"""Polynomial and rational inequalities, with roots and equations; and their false neighbours."""

from __future__ import annotations

from fractions import Fraction

import pytest

from therefore.kernel.polynomials import Polynomial
from therefore.provers import Attempt, prove
from therefore.provers.building.polynomial import monomials, power, times
from therefore.provers.functions import conic
from therefore.provers.inequalities import polynomials as inequalities
from therefore.provers.inequalities import weighted_means
from therefore.provers.inequalities.restricting import Block
from therefore.provers.inequalities.weighted_squares import weighted_squares
from therefore.reading.latex import read_text

THREE = r"Let $a, b, c \in \mathbb{R}$. Suppose $a > 0$. Suppose $b > 0$. Suppose $c > 0$. "
REAL = r"Let $x, y, z \in \mathbb{R}$. "
TWO = r"Let $x, y \in \mathbb{R}$. Suppose $x > 0$. Suppose $y > 0$. "

# What is declared, the goal, and one that is false: a constant moved, < for ≤, a hypothesis less.
GOALS = {
    "motzkin": (REAL, r"x^4y^2+x^2y^4+1 \ge 3x^2y^2", REAL, r"x^4y^2+x^2y^4+1 \ge 3.01x^2y^2"),
    "robinson": (
        REAL, r"x^6+y^6+z^6+3x^2y^2z^2 \ge x^4y^2+x^2y^4+x^4z^2+x^2z^4+y^4z^2+y^2z^4",
        REAL, r"x^6+y^6+z^6+2.97x^2y^2z^2 \ge x^4y^2+x^2y^4+x^4z^2+x^2z^4+y^4z^2+y^2z^4",
    ),
    "nesbitt": (
        THREE, r"\frac{a}{b+c}+\frac{b}{c+a}+\frac{c}{a+b} \ge \frac32",
        THREE, r"\frac{a}{b+c}+\frac{b}{c+a}+\frac{c}{a+b} > \frac32",
    ),
    "schur": (
        THREE, r"a(a-b)(a-c)+b(b-c)(b-a)+c(c-a)(c-b) \ge 0",
        REAL, r"x(x-y)(x-z)+y(y-z)(y-x)+z(z-x)(z-y) \ge 0",
    ),
    "strictly": (
        THREE, r"\frac{a}{a+b}+\frac{b}{b+c}+\frac{c}{c+a} > 1",
        THREE, r"\frac{a}{a+b}+\frac{b}{b+c}+\frac{c}{c+a} > \frac{101}{100}",
    ),
    "on a circle": (
        REAL + "Suppose $x^2+y^2 = 1$. ", "xy+x-y \\le 1",
        REAL + "Suppose $x^2+y^2 = 1$. ", "xy+x-y < 1",
    ),
    "a product": (
        THREE + "Suppose $abc = 1$. ", "a+b+c \\ge 3", THREE, "a+b+c \\ge 3",
    ),
    "a product of any signs": (
        REAL + "Suppose $xyz = 1$. ", "x+y+z \\le x^2+y^2+z^2", REAL, "x+y+z \\le x^2+y^2+z^2",
    ),
    "a sum": (
        THREE + "Suppose $a+b+c = 3$. ",
        r"\frac{1}{1+a^2}+\frac{1}{1+b^2}+\frac{1}{1+c^2} \ge \frac{3}{2}",
        THREE + "Suppose $a+b+c = 3$. ",
        r"\frac{1}{1+a^2}+\frac{1}{1+b^2}+\frac{1}{1+c^2} \ge \frac{303}{200}",
    ),
    "weighted means": (
        THREE, "a^3b+b^3c+c^3a \\ge abc(a+b+c)", THREE, "a^3b+b^3c+c^3a > abc(a+b+c)",
    ),
    "a root of a product": (
        TWO + r"Suppose $y \le x$. ", r"\frac{x+y}{2} - \sqrt{xy} \le \frac{(x-y)^2}{8y}",
        TWO, r"\frac{x+y}{2} - \sqrt{xy} \le \frac{(x-y)^2}{8y}",
    ),
    "a root beside": (
        REAL, r"x+y \le \sqrt{2(x^2+y^2)}", REAL, r"x+y < \sqrt{2(x^2+y^2)}",
    ),
    "roots below": (
        THREE + "Suppose $a+b+c = 3$. ",
        r"\frac{1}{\sqrt{a+3}}+\frac{1}{\sqrt{b+3}}+\frac{1}{\sqrt{c+3}} \ge \frac32",
        THREE + "Suppose $a+b+c = 3$. ",
        r"\frac{1}{\sqrt{a+3}}+\frac{1}{\sqrt{b+3}}+\frac{1}{\sqrt{c+3}} > \frac32",
    ),
    "cube roots": (
        THREE + "Suppose $a+b+c = 3$. ", r"\sqrt[3]{a}+\sqrt[3]{b}+\sqrt[3]{c} \le 3",
        THREE + "Suppose $a+b+c = 3$. ", r"\sqrt[3]{a}+\sqrt[3]{b}+\sqrt[3]{c} < 3",
    ),
    "a mean of three": (
        THREE, r"\sqrt[3]{abc} \le \frac{a+b+c}{3}", THREE, r"\sqrt[3]{abc} < \frac{a+b+c}{3}",
    ),
    "not equal": (
        REAL + r"Suppose $x \ne 1$. ", "x^2+1 > 2x", REAL, "x^2+1 > 2x",
    ),
    "a triangle": (
        THREE + "Suppose $a+b > c$. Suppose $b+c > a$. Suppose $c+a > b$. ",
        r"\frac{a}{b+c}+\frac{b}{c+a}+\frac{c}{a+b} < 2",
        THREE, r"\frac{a}{b+c}+\frac{b}{c+a}+\frac{c}{a+b} < 2",
    ),
    "absolute values": (
        REAL + r"Suppose $|x-1|+|x|+|x+1| = x+2$. ", r"0 \le x \land x \le 1",
        REAL + r"Suppose $|x-1|+|x|+|x+1| = x+2$. ", r"0 < x \land x \le 1",
    ),
}  # fmt: skip


def attempted(declared: str, goal: str, budget: float) -> Attempt:
    tasks, errors = read_text(f"{declared}\n\nThen\n\\[ {goal} \\]\n")
    assert not errors and len(tasks) == 1, errors
    return prove(tasks[0], [], budget=budget)


@pytest.mark.parametrize("name", GOALS)
def test_it_is_proved(name: str) -> None:
    found = attempted(*GOALS[name][:2], budget=60)
    assert found.proof is not None, found.tried


@pytest.mark.parametrize("name", GOALS)
def test_its_false_neighbour_is_not(name: str) -> None:
    assert attempted(*GOALS[name][2:], budget=1.5).proof is None


def test_what_is_missing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conic, "is_there", lambda: False)
    found = attempted(*GOALS["motzkin"][:2], budget=5)
    assert found.proof is None and conic.MISSING in found.tried


def test_orders_need_no_solver(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conic, "is_there", lambda: False)
    assert attempted(*GOALS["schur"][:2], budget=60).proof is not None


def never() -> None:
    """No deadline."""


def squares_of(target: Polynomial, blocks: list[Block]) -> Polynomial | None:
    found = weighted_squares(target, blocks, [], never, lambda: 60.0, lambda what: None)
    if found is None:
        return None
    total: Polynomial = {}
    for block, squares in zip(blocks, found.squares, strict=True):
        for d, root in squares:
            assert d > 0
            for m, c in times(block.weight, power(root, 2)).items():
                total[m] = total.get(m, Fraction(0)) + d * c
    return {m: c for m, c in total.items() if c}


def test_squares_add_up_exactly() -> None:
    x, y = (((0, 1),), ((1, 1),))
    two = {((0, 4),): Fraction(2), ((0, 2), (1, 2)): Fraction(-3), ((1, 4),): Fraction(5)}
    basis: list[Polynomial] = [{m: Fraction(1)} for m in monomials([0, 1], 2, 2)]
    assert squares_of(two, [Block({(): Fraction(1)}, basis)]) == two
    touching = {((0, 2),): Fraction(9), ((0, 1), (1, 1)): Fraction(-6), ((1, 2),): Fraction(1)}
    lines: list[Polynomial] = [{x: Fraction(1)}, {y: Fraction(1)}]
    assert squares_of(touching, [Block({(): Fraction(1)}, lines)]) == touching
    less = touching | {((1, 2),): Fraction(99, 100)}
    assert squares_of(less, [Block({(): Fraction(1)}, lines)]) is None


def test_what_takes_too_long_is_left_out() -> None:
    notes: list[str] = []
    basis: list[Polynomial] = [{m: Fraction(1)} for m in monomials([0, 1, 2, 3], 0, 4)]
    blocks = [Block({(): Fraction(1)}, basis)]
    target: Polynomial = {(): Fraction(1)}
    assert weighted_squares(target, blocks, [], never, lambda: 1.0, notes.append) is None
    assert "too long" in notes[0]
    assert inequalities.PROVER.name == "a sum of squares"
    assert weighted_means.AXIOM.endswith("exponential_bound")
