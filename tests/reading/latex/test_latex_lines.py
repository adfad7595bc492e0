"""Lines of LaTeX and the terms that they are read as: one golden term for each."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from latex_reading import term_of
from sympy_text import formula, levelled

from therefore.goal import from_lists
from therefore.reading.latex import read_text

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


@pytest.mark.parametrize("case", [c for c in CASES if "says" in c], ids=lambda c: str(c["id"]))
def test_a_line_says_what_its_sympy_text_says(case):
    found = term_of(case["latex"], case["declarations"])
    (term,) = found if isinstance(found, list) else (found,)
    assert levelled(term) == levelled(formula(case["says"]))


def test_a_set_declares_and_a_quantifier_after_a_claim_is_read():
    ((first,), none) = read_text(r"Let $x \in \mathbb{R}^n$. Then $\|x\| \ge 0$.")
    assert first.goal.declarations == (("n", "size"), ("x", ("vector", "n"))) and not none
    names = r"Let $f: \mathbb{R}\to\mathbb{R}$."
    ((second,), _) = read_text(names + r" \[ f(x) = x^2 \text{ for all } x > 0 \]")
    assert second.goal.conclusion == ("=", ("app", "f", "x"), ("^", "x", "2"))
    assert second.goal.hypotheses == (("<", "0", "x"),)


def test_a_side_by_cases_is_one_implication_for_each_case():
    names = r"Let $0 < \alpha < 1$ and $x\in\mathbb{R}$."
    line = r"\max\{\alpha x,x\} = \begin{cases}x&x>0\\\alpha x&\text{otherwise}\end{cases}"
    side = ("app", "max", ("*", "alpha", "x"), "x")
    assert term_of(line, names) == [
        ("and", ("implies", ("<", "0", "x"), ("=", side, "x")),
         ("implies", ("<=", "x", "0"), ("=", side, ("*", "alpha", "x")))),
    ]  # fmt: skip
    assert "one side of =" in term_of(line.replace(" = ", r" \le "), names)
