"""Exponentials of matrices in floats and exactly, with their derivatives."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from scipy.linalg import expm

from therefore.goal import Goal
from therefore.refuters import sample
from therefore.refuters.batches import BatchArithmetic, Dual
from therefore.refuters.exponentials import exponential_of_rows
from therefore.refuters.jets import Unknown
from therefore.refuters.reals import Real

KNOWN = [
    [[2]], [[0, 1], [0, 0]], [[1, 0], [0, -2]], [[0, 1], [1, 0]], [[0, -3], [3, 0]],
    [[1, 2], [3, 4]], [[2, 1], [0, 2]], [[1, -5], [1, 0]], [[0, 1, 0], [0, 0, 1], [0, 0, 0]],
    [[3, 1, 0], [0, 3, 1], [0, 0, 3]],
]  # fmt: skip


def middle(value: Any) -> float:
    if isinstance(value, Real):
        low, high = value.enclosure()
        return float((low + high) / 2)
    return float(value)


@pytest.mark.parametrize("rows", KNOWN)
def test_both_agree_with_a_library(rows: list[list[int]]) -> None:
    true = expm(np.array(rows, float))
    exact = exponential_of_rows([[Fraction(x) for x in row] for row in rows])
    assert np.allclose([[middle(entry) for entry in row] for row in exact], true)
    assert np.allclose(BatchArithmetic().exponential(np.array([rows], float))[0], true)


def test_what_takes_roots_of_higher_equations_is_not_told() -> None:
    cubic = ([0, 1, 0], [0, 0, 1], [1, 1, 0])
    with pytest.raises(Unknown):
        exponential_of_rows([[Fraction(x) for x in row] for row in cubic])


def test_beside_a_matrix_it_has_its_derivative() -> None:
    rng = np.random.default_rng(1)
    a, b = rng.normal(size=(2, 3, 3, 3))
    found = BatchArithmetic().exponential(Dual(1, a, b))
    step = 1e-6
    for k in range(3):
        slope = (expm(a[k] + step * b[k]) - expm(a[k] - step * b[k])) / (2 * step)
        assert np.allclose(found.slope[k], slope, atol=1e-5)
        assert np.allclose(found.value[k], expm(a[k]))


SQUARE = ("matrix", "n", "n")
EXP = ("exponential", "A")


@pytest.mark.parametrize(("conclusion", "holds"), [
    (("=", ("det", EXP), ("exp", ("trace", "A"))), True),
    (("=", ("matmul", EXP, "A"), ("matmul", "A", EXP)), True),
    (("=", ("transpose", EXP), EXP), False),
])  # fmt: skip
def test_on_random_instances(conclusion: Any, holds: bool) -> None:
    found = sample(Goal((("n", "size"), ("A", SQUARE)), (), (), conclusion))
    assert found.agreement.usable > 50
    assert (found.agreement.agreeing == found.agreement.usable) == holds
    assert bool(found.suspects) != holds
