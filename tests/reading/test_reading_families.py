"""How powers and sequences whose sizes depend on the index are read, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest
from sympy import Pow, Sum

from therefore import language as th
from therefore.language import IllFormed, UnknownName, WrongShape
from therefore.reading.formulas import Reader
from therefore.reading.sympy_terms import Scope

x, d, m, T = th.real("x"), th.dimension("d"), th.horizon("m"), th.horizon("T")
n, k, p, t = th.size_sequence("n"), th.index("k"), th.natural("p"), th.index("t", 1, T)
J, F = th.matrix_sequence("J", k, n[k], n[k - 1]), th.matrix_sequence("F", k, n[k], n[0])
R, S = th.matrix_sequence("R", k, n[m], n[k]), th.matrix_sequence("S", k, d, d)
a, u, A = th.vector_sequence("a", k, n[k]), th.vector("u", n[0]), th.matrix("A", d, d)


def size(index: Any) -> Any:
    return ("app", "n", index)


with th.as_written():
    TERMS = [
        (x**p, ("power", "x", "p")),
        ((1 - x) ** (T - 1), ("power", ("+", "1", ("-", "x")), ("+", "T", "-1"))),
        (A**p, ("power", "A", "p")),
        (A**2, ("power", "A", "2")),
        (Pow(A + A, p), ("power", ("+", "A", "A"), "p")),
        (
            Sum(x**t * A**t, (t, 0, T)),
            ("sum", "0", "T", ("*", ("power", "x", "#0"), ("power", "A", "#0"))),
        ),
        (J[k + 1] * F[k], ("matmul", ("app", "J", ("+", "k", "1")), ("app", "F", "k"))),
        (
            th.transpose(J[2]) @ a[2],
            ("matmul", ("transpose", ("app", "J", "2")), ("app", "a", "2")),
        ),
        (F[0] * th.identity(n[0]), ("matmul", ("app", "F", "0"), ("identity", size("0")))),
        (S[k] ** p, ("power", ("app", "S", "k"), "p")),
        (th.inner(a[0], u), ("inner", ("app", "a", "0"), "u")),
        (n[k] * n[k - 1], ("*", size("k"), size(("+", "k", "-1")))),
        (
            Sum(n[k] * n[k - 1], (k, 1, m)),
            ("sum", "1", "m", ("*", size("#0"), size(("+", "#0", "-1")))),
        ),
    ]
    STATEMENTS = [
        (
            th.for_all(k, 1, m, th.equal(F[k], J[k] * F[k - 1])),
            (
                "=",
                ("app", "F", "#0"),
                ("matmul", ("app", "J", "#0"), ("app", "F", ("+", "#0", "-1"))),
            ),
        ),
        (
            th.for_all(k, 1, m, th.equal(S[k] ** 0, th.identity(d))),
            ("=", ("power", ("app", "S", "#0"), "0"), ("identity", "d")),
        ),
        (th.for_all(k, 1, m, th.equal(J[k] * 0, J[k] * 0 + th.identity(n[k]) * (J[k] * 0))), None),
    ]
    REFUSED = [
        (x**x, UnknownName),
        (J[1] ** p, WrongShape),
        (A**x, UnknownName),
        (J[k] * F[k], WrongShape),
        (J[k] @ a[k], WrongShape),
        (th.equal(F[1], F[2]), WrongShape),
        (J[k] + J[k + 1], WrongShape),
        (Sum(a[k], (k, 1, m)), WrongShape),
        (Sum(J[k], (k, 1, m)), WrongShape),
        (J[k][0, 0], WrongShape),
        (J[x], WrongShape),
        (u**p, WrongShape),
        (th.matrix_sequence("Q", k, n[t], d)[k], IllFormed),
        (a[x], WrongShape),
        (th.matrix_sequence("Q", k, n[x], d)[k], IllFormed),
    ]


@pytest.mark.parametrize(("expression", "expected"), TERMS, ids=str)
def test_terms(expression: Any, expected: Any) -> None:
    assert Reader().term(expression, Scope())[0] == expected


@pytest.mark.parametrize(("statement", "expected"), STATEMENTS, ids=str)
def test_statements_under_a_bound_index(statement: Any, expected: Any) -> None:
    read = Reader().formula(statement, Scope())
    assert read[:2] == ("forall", "integer")
    assert expected is None or read[2][2][2] == expected


@pytest.mark.parametrize(("expression", "error"), REFUSED, ids=str)
def test_what_does_not_fit_is_refused(expression: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        if getattr(expression, "is_Boolean", False) or expression.is_Relational:
            Reader().formula(expression, Scope())
        else:
            Reader().term(expression, Scope())


def test_sizes_are_declared_before_what_has_them() -> None:
    with th.as_written():
        goal = Reader().goal(th.equal(R[m] * F[m], R[0]), ())
    assert goal.declarations == (
        ("n", ("function", ("integer",), "size")),
        ("m", "integer"),
        ("R", ("family", ("matrix", size("m"), size("#0")))),
        ("F", ("family", ("matrix", size("#0"), size("0")))),
    )
    with th.as_written():
        goal = Reader().goal(th.equal(S[p] * A, A), ())
    assert dict(goal.declarations)["S"] == ("function", ("integer",), ("matrix", "d", "d"))
    assert goal.hypotheses == (("<=", "0", "p"),)
