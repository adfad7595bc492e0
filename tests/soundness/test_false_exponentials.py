"""False statements on exponentials of matrices: floats deny each of them, and none is proved."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy.linalg import expm

from therefore.goal import Goal, Term
from therefore.provers import prove
from therefore.task import Source, Task

BUDGET = 0.7
SQUARE = ("matrix", "n", "n")
SORTS: dict[str, Term] = {"n": "size", "t": "real", "A": SQUARE, "B": SQUARE}
ONE = ("identity", "n")


def e(matrix: Term) -> Term:
    return ("exponential", matrix)


def mm(*factors: Term) -> Term:
    first, *rest = factors
    return ("matmul", first, mm(*rest)) if rest else first


POWER = e(("*", "t", "A"))
FALSE: list[tuple[Term, Term]] = [
    (mm(e("A"), e("B")), e(("+", "A", "B"))),
    (mm(e("A"), e("B")), mm(e("B"), e("A"))),
    (mm(e("A"), e("A")), e(mm("A", "A"))),
    (mm(e("A"), "B"), mm("B", e("A"))),
    (e(mm("A", "B")), e(mm("B", "A"))),
    (mm("A", e(mm("A", "B"))), mm(e(mm("A", "B")), "A")),
    (e(("transpose", "A")), e("A")),
    (("inverse", e("A")), e(("transpose", "A"))),
    (e(("-", "A")), ("-", e("A"))),
    (("det", e("A")), ("exp", ("det", "A"))),
    (("det", e("A")), ("exp", ("*", "2", ("trace", "A")))),
    (("trace", e("A")), ("exp", ("trace", "A"))),
    (("velocity", e(("*", "#0", "A")), "t"), POWER),
    (("velocity", e(("*", "#0", "A")), "t"), mm("A", mm("A", POWER))),
    (e("A"), ("+", ONE, "A")),
    (mm(("transpose", e("A")), e("A")), ONE),
]  # fmt: skip


def value(term: Term, at: dict[str, Any]) -> Any:
    if isinstance(term, str):
        return at[term] if term in at else float(term)
    head, *parts = term
    if head == "velocity":
        step = 1e-6
        up, down = (value(parts[0], {**at, "#0": at["t"] + s}) for s in (step, -step))
        return (up - down) / (2 * step)
    if head == "identity":
        return np.eye(2)
    a, *rest = (value(part, at) for part in parts)
    return {
        "exponential": lambda: expm(a), "matmul": lambda: a @ rest[0], "+": lambda: a + rest[0],
        "-": lambda: -a, "*": lambda: a * rest[0], "transpose": lambda: a.T,
        "inverse": lambda: np.linalg.inv(a), "det": lambda: np.linalg.det(a),
        "trace": lambda: np.trace(a), "exp": lambda: np.exp(a),
    }[head]()  # fmt: skip


@pytest.mark.parametrize("k", range(len(FALSE)))
def test_false_and_not_proved(k: int) -> None:
    left, right = FALSE[k]
    a, b = np.array([[0.0, 1.0], [2.0, 1.5]]), np.array([[1.0, 0.0], [1.0, 2.0]])
    at = {"t": 0.5, "A": a, "B": b}
    assert not np.allclose(value(left, at), value(right, at), atol=1e-3)
    claim = Goal(tuple(SORTS.items()), (), (), ("=", left, right))
    assert prove(Task("t", "t", "claim", Source("t.py", 1), claim), [], budget=BUDGET).proof is None
