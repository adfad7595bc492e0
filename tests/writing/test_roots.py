"""x^(1/3), which is for 0 <= x, is not written as the cube root, which all numbers have."""

from __future__ import annotations

import pytest

from therefore.reading.latex.document import Document
from therefore.writing.latex_terms import LatexPrinter
from therefore.writing.names import Names
from therefore.writing.text_terms import TextPrinter

CASES = [
    (r"x^{1/3}", "x^(1/3)", r"x^{\tfrac{1}{3}}"),
    (r"\sqrt[3]{x}", "root_3(x)", r"\sqrt[3]{x}"),
    (r"x^{1/4}", "root_4(x)", r"\sqrt[4]{x}"),
    (r"x^{2/3}", "(x^(1/3))²", None),
    (r"(x+1)^{1/3}", "(x + 1)^(1/3)", None),
]


@pytest.mark.parametrize(("formula", "text", "latex"), CASES)
def test_roots_and_powers(formula: str, text: str, latex: str | None) -> None:
    document = Document("test.tex", None)
    document.read(rf"Let $x \in \mathbb{{R}}$. Then ${formula} = 2$.")
    (task,) = document.tasks
    term, names = task.goal.conclusion[1], Names({"x": "real"}, {})
    assert TextPrinter(names).write(term) == text
    if latex is not None:
        assert LatexPrinter(names).write(term) == latex
