"""Determinants and inverses of blocks, sums and Kronecker products are found within seconds."""

from __future__ import annotations

import pytest
from matrix_words import det, grid, inv, minus, mm

from therefore.goal import Goal, Term
from therefore.provers import prove
from therefore.task import Source, Task

BUDGET = 10.0
NAMES: dict[str, Term] = {
    "m": "size", "n": "size", "h": "size", "c": "real",
    "A": ("matrix", "m", "m"), "B": ("matrix", "m", "n"), "C": ("matrix", "n", "m"),
    "D": ("matrix", "n", "n"), "G": ("matrix", "m", "m"), "u": ("vector", "m"),
    "v": ("vector", "m"), "T": ("matrix", "3", "3"),
    "N": ("matrix", ("+", ("*", "2", "h"), "1"), ("+", ("*", "2", "h"), "1")),
}  # fmt: skip
A, D = ("invertible", "A"), ("invertible", "D")


def skew(name: str) -> Term:
    return ("=", ("transpose", name), ("-", name))


ALL, LOWER = grid("A", "B", "C", "D"), ("zero", "n", "m")
ODD = ("=", ("power", "-1", "m"), "-1")
REST = minus("A", mm("B", inv("D"), "C"))
INVERSE = grid(
    inv(REST), ("-", mm(inv(REST), "B", inv("D"))), ("-", mm(inv("D"), "C", inv(REST))),
    ("+", inv("D"), mm(inv("D"), "C", inv(REST), "B", inv("D"))),
)  # fmt: skip
GOALS: dict[str, tuple[Term, Term, list[Term]]] = {
    "Schur": (det(ALL), ("*", det("D"), det(REST)), [D]),
    "Schur, the other way": (
        det(ALL), ("*", det("A"), det(minus("D", mm("C", inv("A"), "B")))), [A]),
    "Sylvester": (det(("+", ("identity", "m"), mm("B", "C"))),
                  det(("+", ("identity", "n"), mm("C", "B"))), []),
    "of rank one": (det(minus(("identity", "m"), ("*", "c", ("outer", "u", "v")))),
                    minus("1", ("*", "c", ("inner", "v", "u"))), []),
    "an update of rank one": (
        det(("+", "A", ("outer", "u", "v"))),
        ("*", ("+", "1", ("inner", "v", mm(inv("A"), "u"))), det("A")), [A]),
    "an update": (
        det(("+", "A", mm("B", "D", "C"))),
        ("*", det("A"), det("D"), det(("+", inv("D"), mm("C", inv("A"), "B")))), [A, D]),
    "a sum as a factor": (det(mm("A", ("+", "A", "G"))), ("*", det(("+", "G", "A")), det("A")),
                          []),
    "Kronecker": (det(("kronecker", "A", "D")),
                  ("*", ("power", det("A"), "n"), ("power", det("D"), "m")), []),
    "with an identity": (det(("kronecker", ("identity", "2"), "A")), ("^", det("A"), "2"), []),
    "inverse of Kronecker": (inv(("kronecker", "A", "D")), ("kronecker", inv("A"), inv("D")),
                             [A, D]),
    "skew": (det("A"), "0", [skew("A"), ODD]),
    "skew, of odd size": (det("N"), "0", [skew("N")]),
    "orthogonal": (("^", det("A"), "2"), "1",
                   [("=", mm(("transpose", "A"), "A"), ("identity", "m"))]),
    "idempotent": (("^", det("A"), "2"), det("A"), [("=", mm("A", "A"), "A")]),
    "inverse of a triangular matrix": (
        inv(grid("A", "B", LOWER, "D")),
        grid(inv("A"), ("-", mm(inv("A"), "B", inv("D"))), LOWER, inv("D")), [A, D]),
    "inverse of blocks": (inv(ALL), INVERSE, [D, ("invertible", REST)]),
}  # fmt: skip


@pytest.mark.parametrize("name", GOALS)
def test_it_is_found(name: str) -> None:
    left, right, given = GOALS[name]
    goal = Goal(tuple(NAMES.items()), (), tuple(given), ("=", left, right))
    attempt = prove(Task("t", "t", "claim", Source("t.py", 1), goal), [], budget=BUDGET)
    assert attempt.proof is not None, attempt.tried
