"""False statements on blocks, ⊗, ∘, vec and det: each has a counterexample, and none is proved.

Factors exchanged, wrong exponents, dropped transposes, signs and hypotheses, matrices that are not
square. The counterexample is found first, by exact values of random small matrices.
"""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest
from array_values import Values
from matrix_words import both, det, eye, grid, inv, kron, minus, mm, tr, turned

from therefore.goal import Goal, Term
from therefore.provers import prove
from therefore.task import Source, Task

BUDGET = 1.0
SORTS: dict[str, Term] = {
    "m": "size", "n": "size", "c": "real",
    "A": ("matrix", "m", "m"), "B": ("matrix", "m", "n"), "C": ("matrix", "n", "m"),
    "D": ("matrix", "n", "n"), "F": ("matrix", "n", "n"), "X": ("matrix", "m", "n"),
    "Y": ("matrix", "m", "n"), "u": ("vector", "m"), "v": ("vector", "m"),
}  # fmt: skip


ALL, UPPER, LOWER = grid("A", "B", "C", "D"), ("zero", "m", "n"), ("zero", "n", "m")
A, D = ("invertible", "A"), ("invertible", "D")
CUT = grid("A", UPPER, LOWER, ("zero", "n", "n"))
SKEW = ("=", turned("A"), ("-", "A"))

FALSE: list[tuple[Term, Term, list[Term]]] = [
    # Schur: swapped factors, a wrong sign, the wrong inverse, a transpose
    (det(ALL), ("*", det("D"), det(minus("A", mm("B", "C")))), [A, D]),
    (det(ALL), ("*", det("D"), det(("+", "A", mm("B", inv("D"), "C")))), [A, D]),
    (det(ALL), ("*", det("A"), det(minus("A", mm("B", inv("D"), "C")))), [A, D]),
    (det(ALL), ("*", det("D"), det(minus("A", mm("B", turned(inv("D")), "C")))), [A, D]),
    (det(ALL), minus(("*", det("A"), det("D")), det(mm("B", "C"))), [A, D]),
    (det(grid("A", "B", LOWER, "D")), ("*", "2", det("A"), det("D")), []),
    # determinants of sums and products
    (det(("+", eye("m"), mm("B", "C"))), det(minus(eye("n"), mm("C", "B"))), []),
    (det(("+", eye("m"), mm("B", "C"))), det(("+", eye("n"), mm(turned("B"), "B"))), []),
    (det(("+", eye("m"), ("outer", "u", "v"))), ("+", "1", ("inner", "u", "u")), []),
    (det(("+", eye("m"), ("outer", "u", "v"))), minus("1", ("inner", "u", "v")), []),
    (det(("+", "A", ("outer", "u", "v"))),
     ("*", det("A"), ("+", "1", ("inner", "v", mm("A", "u")))), [A]),
    (det(("+", "A", ("outer", "u", "v"))),
     ("*", det("A"), ("+", "1", ("inner", "u", mm(inv("A"), "v")))), [A]),
    (det(mm("B", "C")), det(mm("C", "B")), []),
    (det(("*", "c", "A")), ("*", "c", det("A")), []),
    (det(("*", "c", "A")), ("*", ("power", "c", "n"), det("A")), []),
    (det(("-", "A")), ("-", det("A")), []),
    (det(inv("A")), det("A"), [A]),
    (det("A"), "0", [SKEW]),
    (det("A"), "0", [SKEW, ("=", ("power", "-1", "m"), "1")]),
    (det(("+", "D", "F")), ("+", det("D"), det("F")), []),
    # Kronecker
    (det(kron("A", "D")), ("*", ("power", det("A"), "m"), ("power", det("D"), "n")), []),
    (det(kron("A", "D")), ("*", det("A"), det("D")), []),
    (kron("A", "D"), kron("D", "A"), []),
    (mm(kron("A", "D"), kron("A", "F")), kron(mm("A", "A"), mm("F", "D")), []),
    (turned(kron("A", "D")), kron(turned("D"), turned("A")), []),
    (inv(kron("A", "D")), kron(inv("D"), inv("A")), [A, D]),
    (tr(kron("A", "D")), ("+", tr("A"), tr("D")), []),
    (tr(kron("A", "D")), ("*", "m", tr("A"), tr("D")), []),
    # vec
    (("vec", mm("A", "X", "D")), mm(kron("D", "A"), ("vec", "X")), []),
    (("vec", mm("A", "X", "D")), mm(kron("A", turned("D")), ("vec", "X")), []),
    (("inner", ("vec", "X"), ("vec", "Y")), tr(mm("X", turned("X"))), []),
    (("inner", "u", mm("X", "D", turned("X"), "v")),
     ("inner", ("vec", "X"), mm(kron("D", ("outer", "v", "u")), ("vec", "X"))), []),
    # Hadamard
    (both("D", "F"), mm("D", "F"), []),
    (tr(mm("D", both("D", "F"))), tr(mm("D", mm("D", "F"))), []),
    (tr(mm("D", both("F", "F"))), tr(mm("F", both("D", "F"))), []),
    (both("D", eye("n")), "D", []),
    (mm(both("D", "F"), "F"), both(mm("D", "F"), mm("F", "F")), []),
    # blocks
    (mm(ALL, CUT), mm(CUT, ALL), []),
    (turned(ALL), grid(turned("A"), turned("C"), turned("B"), "D"), []),
    (inv(grid("A", "B", LOWER, "D")), grid(inv("A"), ("-", "B"), LOWER, inv("D")), [A, D]),
    (inv(grid("A", "B", LOWER, "D")),
     grid(inv("A"), mm(inv("A"), "B", inv("D")), LOWER, inv("D")), [A, D]),
    (mm(ALL, ALL), grid(mm("A", "A"), mm("A", "B"), mm("C", "A"),
                        mm("D", "D")), []),
]  # fmt: skip
# True where the matrix is invertible; without that the sides need not be defined.
UNDEFINED: list[tuple[Term, Term, list[Term]]] = [
    (det(ALL), ("*", det("D"), det(minus("A", mm("B", inv("D"), "C")))), [A]),
    (det(ALL), ("*", det("A"), det(minus("D", mm("C", inv("A"), "B")))), [D]),
    (det(inv("A")), ("/", "1", det("A")), []),
    (inv(kron("A", "D")), kron(inv("A"), inv("D")), [A]),
    (inv(grid("A", UPPER, LOWER, "D")), grid(inv("A"), UPPER, LOWER, inv("D")), [A]),
    (mm(ALL, inv(ALL)), eye(("+", "m", "n")), [A, D]),
    (mm(inv(kron("A", "D")), kron("A", "D")), eye(("*", "m", "n")), [D]),
    (("/", det("A"), det("A")), "1", []),
]  # fmt: skip


def _instance(seed: int) -> Values:
    """Random values for the names."""
    rng = random.Random(seed)
    values = Values(rng)
    for name, sort in SORTS.items():
        if isinstance(sort, tuple):
            shape = [values.size(size) for size in sort[1:]]
            flat = [rng.randint(-2, 2) for _ in range(int(np.prod(shape)))]
            values.values[name] = np.array(flat, dtype=object).reshape(shape) * values.of("1")
    if seed % 2:  # a skew-symmetric matrix now and then
        square = values.values["A"]
        values.values["A"] = square - square.T
    return values


def _holds(values: Values, formula: Term) -> bool:
    if formula[0] == "invertible":
        return bool(values.of(("det", formula[1])) != 0)
    return bool(np.all(values.of(formula[1]) == values.of(formula[2])))


def _is_refuted(left: Term, right: Term, given: list[Term]) -> bool:
    """Whether some instance satisfies what is given, and breaks the equation or its meaning."""
    for seed in range(400):
        values = _instance(seed)
        if all(_holds(values, formula) for formula in given):
            try:
                if not _holds(values, ("=", left, right)):
                    return True
            except ZeroDivisionError:
                return True
    return False


def _proof(left: Term, right: Term, given: list[Term]) -> Any:
    goal = Goal(tuple(SORTS.items()), (), tuple(given), ("=", left, right))
    return prove(Task("f", "f", "claim", Source("f.py", 1), goal), [], budget=BUDGET).proof


@pytest.mark.parametrize(("left", "right", "given"), [*FALSE, *UNDEFINED])
def test_what_is_false_is_not_proved(left: Term, right: Term, given: list[Term]) -> None:
    assert _is_refuted(left, right, given)
    assert _proof(left, right, given) is None
