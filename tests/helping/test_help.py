"""What is told of a refuted line: true things in its place, and as true only what is proved."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from helped import helped, last_line

from therefore.check import Options, judge_tasks
from therefore.helping import KINDS, Finding, Proposal, Tools, find
from therefore.helping.edits import edits
from therefore.helping.findings import to_data
from therefore.helping.telling import tell
from therefore.kernel_process import KernelProcess
from therefore.verdict import Status

SOFT = r"Let $x \in \mathbb{R}$. Define $s(x) = \frac{x}{2+|x|}$."
STEPS = (
    r"Let $h > 0$. Let $w \in \mathbb{R}$. Define $q(w) = \frac{(w-3)^2}{2} + \frac{(w+2)^2}{2}$."
)
VECTORS = r"Let $a, b, c \in \mathbb{R}^d$. Let $r > 0$."
NUMBERS = r"Let $a, b \in \mathbb{R}$."


def line(declarations: str, formula: str) -> str:
    return f"{declarations}\n\\[ {formula} \\]\n"


@pytest.mark.parametrize(
    ("declarations", "formula", "told"),
    [
        (SOFT, r"s'(x) = \frac{2}{(2-x)^2}", "the left side is 2/(2 + |x|)²"),
        (NUMBERS, r"(a-b)^2 = a^2 - b^2", "the left side is a² + b² − 2ab"),
        (
            STEPS,
            r"\frac{d}{dw} q(w) = (w-3) + (w+3)",
            "the left side is −1 + 2w",
        ),
    ],
)
def test_the_left_side_is_worked_out(declarations: str, formula: str, told: str) -> None:
    assert told in helped(line(declarations, formula), "sides")


@pytest.mark.parametrize(
    ("declarations", "formula", "told"),
    [
        (STEPS, r"q(1) = 6", ["the left side is 13/2"]),
        (
            STEPS,
            r"\frac{q(1.01)-q(1)}{0.01} = 1.1",
            ["the left side is 1.0 to the digits shown"],
        ),
        (
            STEPS,
            r"\frac{q(1)}{7} = 0.9283",
            ["the left side is 0.9286 to the digits shown"],
        ),
        (
            STEPS,
            r"\frac{q(1)}{17} = 0.3823",
            ["the left side is 0.3824 to the digits shown; 0.3823 is cut off, not rounded"],
        ),
        (
            STEPS + r" Let $u = (\frac13, \frac{1}{2000})$.",
            r"u = \begin{bmatrix} 0.34 \\ 0.25 \end{bmatrix}",
            ["the entries of the left side are 0.33, 5.0·10^(−4) to the digits shown"],
        ),
        (NUMBERS, r"a + b = b", []),
    ],
)
def test_closed_numbers_get_their_digits(
    declarations: str, formula: str, told: list[str]
) -> None:
    assert helped(line(declarations, formula), "digits") == told


@pytest.mark.parametrize(
    ("declarations", "formula", "told"),
    [
        (
            VECTORS,
            r"\|a - b\|^2 = \|a\|^2 - \langle a, b\rangle + \|b\|^2",
            "nearest true line: ‖a − b‖² = ‖a‖² − 2⟨a, b⟩ + ‖b‖²",
        ),
        (VECTORS, r"\|a - b\|^2 > 0", "nearest true line: 0 ≤ ‖a − b‖²"),
        (
            NUMBERS,
            r"2ab(a+b) = 2a^2b + b",
            "nearest true line: 2ab·(a + b) = 2a²b + 2abb",
        ),
        (
            VECTORS,
            r"\langle a - b, c\rangle = \langle a, c\rangle - \langle a, c\rangle",
            "nearest true line: ⟨a − b, c⟩ = ⟨a, c⟩ − ⟨b, c⟩",
        ),
        (
            VECTORS,
            r"\frac{1}{2r}\|2 r a\|^2 = 2r \|a\|",
            "nearest true line: 1/(2r)·‖2r·a‖² = 2r·‖a‖²",
        ),
        (
            NUMBERS,
            r"(a+1)^2 - (a-1)^2 = -4a",
            "nearest true line: (a + 1)² − (a − 1)² = 4a",
        ),
        (
            NUMBERS + r" Define $p(a, b) = a^2 b + b^3$.",
            r"p(a, b) + p(a, b) = 2 a^2 b + b^3",
            "nearest true line: p(a, b) + p(a, b) = 2a²b + 2b³",
        ),
    ],
)
def test_the_nearest_true_line_is_one_edit_away(
    declarations: str, formula: str, told: str
) -> None:
    found = helped(line(declarations, formula), "nearest")
    assert [one.replace("·", "") for one in found] == [told.replace("·", "")]


@pytest.mark.parametrize(
    ("declarations", "formula", "told"),
    [
        (STEPS, r"q(2h) < q(0)", "true exactly when h < 1/2"),
        (STEPS, r"q(h) \le q(0)", "true exactly when h ≤ 1"),
        (NUMBERS, r"|a| = -a", "true exactly when a ≤ 0"),
        (NUMBERS, r"\frac{b^3}{b} = b^2", "true exactly when b ≠ 0"),
    ],
)
def test_the_missing_hypothesis(declarations: str, formula: str, told: str) -> None:
    assert helped(line(declarations, formula), "conditions") == [told]


def test_a_line_that_is_true_at_the_given_values_by_chance_is_no_near_one() -> None:
    given = NUMBERS + " Suppose $a = 2$ and $b = 3$."
    (told,) = helped(line(given, r"(a + b)(a - b) = a^2 + b^2"), "nearest")
    assert told == "nearest true line: (a + b)·(a − b) = a² − b²"


def test_a_condition_on_a_vector_is_found_though_it_may_not_be_proved() -> None:
    (told,) = helped(line(VECTORS, r"\|a\| > 0"), "conditions")
    assert "exactly when a ≠ 0" in told
    (told,) = helped(line(NUMBERS, r"\sqrt{b^2} = b"), "conditions")
    assert "exactly when 0 ≤ b" in told


def test_a_condition_that_is_no_help_is_not_told() -> None:
    assert helped(line(NUMBERS, r"a = b"), "conditions") == []


def test_the_same_twice() -> None:
    text = line(STEPS, r"q(2h) < q(0)")
    assert helped(text, "conditions") == helped(text, "conditions")


def test_edits_are_small_and_in_order() -> None:
    goal = ("=", "x", ("+", "y", "1"))
    found = edits(goal, {"x": "real", "y": "real"})
    assert found == sorted(found, key=lambda edit: edit.cost)
    formulas = [edit.formula for edit in found]
    assert ("=", "x", ("+", ("-", "y"), "1")) in formulas
    assert ("=", "x", ("+", "y", "-1")) in formulas
    assert goal not in formulas
    assert ("=", "x", "x") not in formulas


def test_edits_under_a_sum_close_it_again() -> None:
    whole = ("sum", "1", "T", ("*", "#0", ("app", "a", "#0")))
    names = {"T": "size", "a": ("function", ("integer",), "real")}
    found = [edit.formula for edit in edits(("=", whole, "0"), names)]
    moved = ("sum", "1", "T", ("*", "#0", ("app", "a", ("+", "#0", "1"))))
    assert ("=", moved, "0") in found
    assert not any("%" in repr(one) for one in found)


def test_a_false_proposal_is_never_told_as_true() -> None:
    task = last_line(line(NUMBERS, "a = b"))
    proof = {"rule": "combine", "items": []}
    forged = Proposal(task.goal, 128, proof, {"values": {}, "proofs": []})
    findings = [to_data(Finding(kind, ("a",), (forged, forged))) for kind in ("side", "condition")]
    with KernelProcess() as kernel:
        told = tell(task, [*findings, {"kind": "?"}, None], kernel)
    assert told and all("seems" in one for one in told)


def test_a_failure_in_help_is_swallowed(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(tools: Tools) -> Iterator[Finding]:
        raise RuntimeError("a defect")
        yield

    monkeypatch.setitem(KINDS, "nearest", fails)
    tools = Tools(last_line(line(NUMBERS, "a = b")), [], 0, time.monotonic() + 1)
    assert find("nearest", tools) == []


def test_help_stands_on_the_verdict_and_changes_nothing_else() -> None:
    task = last_line(line(STEPS, "q(2h) < q(0)"))
    options = Options(stored=False, write="nowhere", jobs=1, budget=5)
    (outcome,), _ = judge_tasks([task], options)
    assert outcome.verdict.status is Status.REFUTED
    assert outcome.verdict.help == ("true exactly when h < 1/2",)
    assert outcome.verdict.counterexample is not None


def test_time_is_bounded() -> None:
    started = time.monotonic()
    for kind in KINDS:
        helped(line(VECTORS, r"\|a - b\|^2 = \|a\|^2"), kind, budget=0.5)
    assert time.monotonic() - started < 15


def test_what_instances_cannot_see_is_told_only_if_it_is_proved() -> None:
    """In floating point both sides are as good as zero, so that agreement says nothing."""
    text = line(NUMBERS, r"\frac{a}{10^{40}} = \frac{2a}{10^{40}} + \frac{|b|}{10^{41}}")
    task = last_line(text)
    tools = Tools(task, [], seed=0, deadline=time.monotonic() + 20)
    if tools.blind:
        assert not any("seem" in one or "may be" in one for one in helped(text, "nearest"))
        assert not any("seem" in one for one in helped(text, "conditions"))


SQUARE = r"Let $A, B \in \mathbb{R}^{n\times n}$ and $x \in \mathbb{R}^n$."


@pytest.mark.parametrize(
    ("formula", "told"),
    [
        (r"(A+B)(A-B) = A^2 - B^2", "A B = B A"),
        (r"(BA)^{-1} = A^{-1}B^{-1}", "A is invertible"),
        (r"A^2 x = Ax", "A A = A"),
        (r"x^\top A x = 0", "Aᵀ = −A"),
    ],
)
def test_what_a_line_about_matrices_lacks(formula: str, told: str) -> None:
    found = helped(line(SQUARE, formula), "conditions")
    assert any(told in one for one in found), found
