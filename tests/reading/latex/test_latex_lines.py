"""Lines of LaTeX and the terms that they are read as: one golden term for each."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from latex_reading import term_of

from therefore.goal import from_lists

CASES = json.loads((Path(__file__).parent / "lines.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["id"]))
def test_a_line_is_read_as_expected(case):
    found = term_of(case["latex"], case["declarations"])
    if "refused" in case:
        assert isinstance(found, str)
        assert case["refused"] in found
    else:
        assert (
            found == from_lists(case["term"])
            if isinstance(found, tuple)
            else ([from_lists(one) for one in case["term"]] == found)
        )


def test_a_side_by_cases_is_one_implication_for_each_case():
    names = r"Let $0 < \alpha < 1$ and $x\in\mathbb{R}$."
    line = r"\max\{\alpha x,x\} = \begin{cases}x&x>0\\\alpha x&\text{otherwise}\end{cases}"
    side = ("app", "max", ("*", "alpha", "x"), "x")
    assert term_of(line, names) == [
        ("and", ("implies", ("<", "0", "x"), ("=", side, "x")),
         ("implies", ("<=", "x", "0"), ("=", side, ("*", "alpha", "x")))),
    ]  # fmt: skip
    assert "one side of =" in term_of(line.replace(" = ", r" \le "), names)
