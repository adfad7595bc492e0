"""Cases of inequalities: every one is read, no true one is refuted, and no false one proved.

All of them are judged by ``python tests/corpus/inequality_cases.py``; here a few.
"""

from __future__ import annotations

import pytest
from inequality_cases import document, in_latex, judged, load

from therefore.reading.latex import read_text

EVERY = 8


def test_all_cases_are_read() -> None:
    for case in load():
        tasks, errors = read_text(document(case))
        assert not errors and len(tasks) == 1, (case["id"], errors)
        assert len(tasks[0].goal.hypotheses) == len(case["hypotheses"]), case["id"]


def test_a_part_of_the_cases_through_the_front_door() -> None:
    cases = load()[2::EVERY]
    found = judged(cases, budget=5.0)
    for case in cases:
        statuses = {record["status"] for record in found.get(case["id"], [])}
        assert statuses, case["id"]
        never = {"REFUTED", "UNDECIDED"} if case["truth"] else {"PROVED", "SUPPORTED"}
        assert statuses.isdisjoint({*never, "ILL_FORMED", "CONTRADICTION"}), case["id"]


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("Le(-a*(b - c), a**2/3)", r"\left(-a\right) \cdot \left(b - c\right) \le \frac{a^{2}}{3}"),
        ("Lt(x**(Rational(1, 3)), cbrt(y))", r"\sqrt[3]{x} < \sqrt[3]{y}"),
        ("(Ge(2**(-8), 0)) & (Eq(Abs(x - 1), pi))",
         r"2^{-8} \ge 0 \land \left|x - 1\right| = \pi"),
        ("Ne(1 - (a - b), x**(y + 1))", r"1 - \left(a - b\right) \ne x^{y + 1}"),
        ("Gt((x + 1)**(Rational(-2, 3)), sqrt(2)/2)",
         r"\left(x + 1\right)^{-2/3} > \frac{\sqrt{2}}{2}"),
    ],
)  # fmt: skip
def test_a_statement_in_latex(text: str, latex: str) -> None:
    assert in_latex(text) == latex


@pytest.mark.parametrize("text", ["a + b", "Le(a)", "Le(a, b.c)", "Le(a, f(b))", "Le(a, 'b')"])
def test_what_is_no_statement(text: str) -> None:
    with pytest.raises(ValueError, match=r"no (statement|term)"):
        in_latex(text)
