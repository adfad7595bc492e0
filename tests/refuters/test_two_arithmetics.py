"""Floats and exact numbers give one value: exp, log, sin, cos, matrices, limits, derivatives."""

from __future__ import annotations

import numpy as np
import pytest
from interpreting import batch, exact
from ledger_goals import E, close, cos, exp, log, rows, sin, slope, sqrt, vector

from therefore.goal import Term
from therefore.refuters.logic import Truth
from therefore.refuters.reals import Real

A = rows([2, 1], [1, 3])
U, V = vector(1, 2), vector(3, -1)
NUMBERS = [
    exp(1), log(3), sin(2), cos(-3), E(("pi",)), sqrt(2) + sqrt(3), exp(sqrt(2)),
    slope(log(1 + exp("p")), "p", 2), slope(slope(sin("q") * "q", "q", "p"), "p", 1),
    E(("entry", (A.T @ E(("inverse", A.term))).term, "0", "1")), E(("det", A.term)),
    E(("trace", (A @ A).term)), E(("inner", (A @ U).term, V.term)),
    E(("entry", ("outer", U.term, V.term), "1", "0")), E(("entry", U.term, "1")),
    E(("prod", "1", "4", "#0")), E(("entry", ("zero", "2", "3"), "0", "0")),
]  # fmt: skip
LIMITS: list[tuple[Term, Truth]] = [
    (("tends", close(sin("p") / "p", "p"), "0", "1"), Truth.TRUE),
    (("tends", close(E(("abs", "p")) / "p", "p"), "0", "1"), Truth.FALSE),
    (("tends", close(E(("abs", "p")) / "p", "p"), ("right", "0"), "1"), Truth.TRUE),
    (("tends", close(E(("abs", "p")) / "p", "p"), ("left", "0"), "1"), Truth.FALSE),
    (("tends", close((E("p") ** 2 - 1) / (E("p") - 1), "p"), "1", "2"), Truth.TRUE),
    (("tends", close(1 / (1 + exp(-E("p"))), "p"), "+oo", "1"), Truth.TRUE),
    (("tends", close(1 / E("p"), "p"), ("right", "0"), "0"), Truth.FALSE),
]


@pytest.mark.parametrize("term", NUMBERS)
def test_both_arithmetics_agree(term: E) -> None:
    value = exact().term(term.term)
    if isinstance(value, Real):
        value = value.enclosure()[0]
    assert np.allclose(batch().term(term.term), float(value), rtol=1e-9)


@pytest.mark.parametrize(("formula", "truth"), LIMITS)
def test_a_limit_at_any_place(formula: Term, truth: Truth) -> None:
    assert exact().formula(formula) == truth
    seen = np.asarray(batch().formula(formula))
    assert np.all((seen >= Truth.PLAUSIBLE) == (truth == Truth.TRUE))


def test_a_singular_matrix_has_no_inverse_and_not_is_denied() -> None:
    singular = rows([1, 2], [2, 4]).term
    for interpreter in (exact(), batch()):
        assert np.all(np.asarray(interpreter.formula(("invertible", singular))) == Truth.FALSE)
        denied = interpreter.formula(("not", ("invertible", singular)))
        assert np.all(np.asarray(denied) == Truth.TRUE)
        entry = ("entry", ("inverse", singular), "0", "0")
        assert np.all(np.asarray(interpreter.formula(("=", entry, entry))) == Truth.UNDEFINED)
