"""Integrals and unit steps in exact arithmetic: short fractions, or nothing."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from interpreting import batch, exact

from therefore.goal import Term
from therefore.refuters.jets import Undefined, Unknown
from therefore.refuters.logic import Truth

DENSITY = ("/", "1", ("^", ("+", "1", ("abs", "#0")), "3"))
NAMES = {"q": "real"}
EXACT, BATCH = exact(NAMES, cells={("q",): "1"}), batch(NAMES, cells={("q",): "1"})

WORTH: list[tuple[Term, Term, Term, str]] = [
    ("0", "1", ("^", "#0", "2"), "1/3"),
    ("1", "0", ("^", "#0", "2"), "-1/3"),
    ("-1", "1", ("abs", "#0"), "1"),
    ("-oo", "+oo", DENSITY, "1"),
    ("-oo", "q", DENSITY, "7/8"),
    ("q", "+oo", ("*", "#0", DENSITY), "3/8"),
    ("q", "q", DENSITY, "0"),
]


@pytest.mark.parametrize(("low", "high", "body", "value"), WORTH, ids=str)
def test_the_worth_of_an_integral(low: Term, high: Term, body: Term, value: str) -> None:
    assert EXACT.term(("integral", low, high, body)) == Fraction(value)
    assert EXACT.formula(("integrates", low, high, body, value)) == Truth.PLAUSIBLE
    assert EXACT.formula(("integrates", low, high, body)) == Truth.PLAUSIBLE
    assert EXACT.formula(("integrates", low, high, body, ("+", value, "1"))) == Truth.FALSE


def test_what_floats_cannot_tell_is_not_told() -> None:
    for body in (("exp", "#0"), "1", ("/", "1", ("+", "1", ("*", "100000", ("^", "#0", "2"))))):
        with pytest.raises(Unknown):
            EXACT.term(("integral", "0", "+oo", body))
    with pytest.raises(Unknown):
        EXACT.term(("integral", "0", "1/99991", "1"))
    with pytest.raises(Unknown):
        EXACT.term(("integral", "0", ("exp", "1"), "1"))


def test_derivatives_of_integrals() -> None:
    in_the_end = ("integral", "-oo", "#0", DENSITY)
    assert EXACT.term(("derivative", in_the_end, "q")) == Fraction(1, 8)
    below = ("integral", "#0", "+oo", DENSITY)
    assert EXACT.term(("derivative", below, "q")) == Fraction(-1, 8)
    inside = ("integral", "0", "1", ("*", "#0", ("^", "#1", "2")))
    assert EXACT.term(("derivative", inside, "q")) == 1
    assert EXACT.term(("derivative", ("integral", "0", "1", "#0"), "q")) == 0


def test_what_is_infinite_on_both_sides_of_a_pole_does_not_cancel() -> None:
    with pytest.raises(Unknown):
        EXACT.term(("integral", "-1", "1", ("/", "1", "#0")))


@pytest.mark.parametrize(("at", "value"), [("-1", 0), ("0", 1), ("1/3", 1)])
def test_the_unit_step(at: str, value: int) -> None:
    assert EXACT.term(("step", at)) == value
    assert np.all(np.asarray(BATCH.term(("step", ("*", at, "q")))) == value)


def test_the_step_has_no_slope_where_it_jumps() -> None:
    here = ("derivative", ("step", ("+", "#0", "-1")), "q")
    with pytest.raises(Undefined):
        EXACT.term(here)
    assert np.all(np.isnan(BATCH.term(here)))
    assert EXACT.term(("derivative", ("step", "#0"), "q")) == 0
    assert np.all(np.asarray(BATCH.term(("derivative", ("step", "#0"), "q"))) == 0)
