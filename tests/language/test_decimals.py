"""What a decimal claims of the number that it stands for."""

from __future__ import annotations

import pytest
from sympy import Rational

from therefore import language as th
from therefore.language import IllFormed
from therefore.reading.formulas import Reader
from therefore.reading.sympy_terms import Scope

x = th.real("x")


@pytest.mark.parametrize(
    ("decimal", "low", "high"),
    [
        ("0.25", "49/200", "51/200"),
        ("3", "5/2", "7/2"),
        ("-0.0", "-1/20", "1/20"),
        ("-6.10e-6", "-1221/200000000", "-1219/200000000"),
        ("2e3", "1500", "2500"),
    ],
)
def test_a_decimal_is_a_range(decimal: str, low: str, high: str) -> None:
    with th.as_written():
        stated = th.rounds_to(x, decimal)
    assert Reader().formula(stated, Scope()) == ("and", ("<=", low, "x"), ("<=", "x", high))


REFUSED = ["", "1/3", ".5", "1.", "nan", "1e", "0x1", "٣", 0.25, Rational(1)]


@pytest.mark.parametrize("decimal", REFUSED)
def test_anything_else_is_refused(decimal: object) -> None:
    with th.as_written(), pytest.raises(IllFormed, match="no decimal in quotes"):
        th.rounds_to(x, decimal)  # type: ignore[arg-type]
