"""Formulas that are too long for a line of the write-up."""

from __future__ import annotations

from typing import Any

import pytest

from therefore.writing.latex import broken
from therefore.writing.latex_terms import LatexPrinter
from therefore.writing.names import Names

LONG = ("+", *(("^", "x", str(power)) for power in range(2, 30)))
PIECES = (range(2, 13), range(13, 23), range(23, 30))
SUM = [" + ".join(f"x^{{{power}}}" for power in piece) for piece in PIECES]
SUM[1:] = [rf"\qquad + {piece}" for piece in SUM[1:]]
PRODUCT = ("*", ("*", *(("+", "x", str(k)) for k in range(1, 14))), ("-", "x"), ("+", "x", "-9"))
FACTORS = [
    " ".join(f"(x + {k})" for k in range(1, 8)),
    " ".join(f"(x + {k})" for k in range(8, 14)) + " (-x)",
    "(x - 9)",
]
PRINTER = LatexPrinter(Names({"x": "real"}, {}))


@pytest.mark.parametrize(
    ("term", "lines"),
    [
        (("<", "0", "x"), ["0 < x"]),
        (("<", LONG, "x"), [*SUM, r"\qquad < x"]),
        (
            ("=", PRODUCT, "x"),
            [FACTORS[0], *(rf"\qquad {{}}\cdot {text}" for text in FACTORS[1:]), r"\qquad = x"],
        ),
        (
            ("and", ("<", "0", "x"), ("and", ("<", "x", "1"), ("<", LONG, "x"))),
            ["0 < x", r"\text{and } x < 1", rf"\text{{and }} {SUM[0]}", *SUM[1:], r"\qquad < x"],
        ),
        (
            ("and", ("<", "0", LONG), ("or", ("<", "x", "1"), ("<", "2", "x"))),
            ["0", rf"\qquad < {SUM[0]}", *(rf"\qquad {piece}" for piece in SUM[1:]),
             r"\text{and } (x < 1 \text{ or } 2 < x)"],
        ),
    ],
)
def test_lines(term: Any, lines: list[str]) -> None:
    """Relations are broken before their sign, conjunctions between their statements."""
    body = r" \\ ".join(f"& {line}" for line in lines)
    expected = lines[0] if len(lines) == 1 else rf"\begin{{aligned}} {body} \end{{aligned}}"
    assert broken(PRINTER, term) == expected
