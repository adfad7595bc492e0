"""Which term each expression and each statement becomes."""

from __future__ import annotations

from typing import Any

import pytest
import sympy
from sympy import (
    Abs,
    Derivative,
    Integer,
    Lambda,
    Limit,
    Rational,
    Subs,
    Sum,
    Symbol,
    exp,
    sqrt,
)

from therefore import language as th
from therefore.reading.formulas import Reader
from therefore.reading.sympy_terms import Scope

x, y = th.real("x"), th.real("y")
k, m = th.integer("k"), th.integer("m")
d, n, T = th.dimension("d"), th.dimension("n"), th.horizon("T")
t, s = th.index("t", 1, T), th.index("s")
w, a = th.sequence("w", d), th.real_sequence("a")
u, v, f = th.vector("u", d), th.vector("v", d), th.function("f", d)
i, j = th.cyclic_index("i", n), th.cyclic_index("j", n)
E = th.cyclic_index("e", d)
F, G = th.real_function("F"), th.real_function("F'")
c, A, B = th.cyclic_sequence("c", n), th.matrix("A", 2, n), th.matrix("B", n, n)
L, K = th.vector_map("L", d, 2), th.field("K")
omega, e = th.element("omega", K), th.element_sequence("e", n, K)


def minus(left: Any, right: Any) -> tuple[Any, ...]:
    return ("+", left, ("-", right))


def moved(place: str, index: str = "") -> Any:
    """The sequence a, or its member, with #0 added at the place: (a_k + #0·[k = place])."""
    member = ("+", ("app", "a", "#0"), ("*", "#1", ("delta", "#0", place)))
    sequence = ("lambda", "integer", member)
    return ("app", sequence, index) if index else sequence


def twice_moved(place: str) -> Any:
    once = ("+", ("app", "a", "#0"), ("*", "#3", ("delta", "#0", place)))
    inner = ("app", ("lambda", "integer", once), "#0")
    return ("lambda", "integer", ("+", inner, ("*", "#1", ("delta", "#0", place))))


with th.as_written():
    first = th.define("first", (a,), a[1])
    g = th.define("g", (x,), x / (1 + Abs(x)))
    q = th.define("q", (u,), th.inner(u, u) + x)
    mean = th.define(r"\bar w", (), Sum(w[t], (t, 1, T)) / T)
    TERMS = [
        (x - y, minus("x", "y")),
        (-x, ("-", "x")),
        (-(x / y), ("-", ("/", "x", "y"))),
        ((-x) / y, ("/", ("-", "x"), "y")),
        (x - 1, ("+", "x", "-1")),
        (1 - x, minus("1", "x")),
        (2 * x * y, ("*", ("*", "2", "x"), "y")),
        (-2 * x, ("*", "-2", "x")),
        (1 / x, ("/", "1", "x")),
        (x / 2, ("/", "x", "2")),
        (x / (2 * y), ("/", "x", ("*", "2", "y"))),
        (x / y / 3, ("/", ("/", "x", "y"), "3")),
        (1 / x**2, ("/", "1", ("^", "x", "2"))),
        (Rational(1, 3) * x, ("*", "1/3", "x")),
        (Integer(1) / 3, ("/", "1", "3")),
        (x**0, ("^", "x", "0")),
        (x**3, ("^", "x", "3")),
        (x * 0, ("*", "x", "0")),
        (x / x, ("/", "x", "x")),
        (sqrt(x**2), ("sqrt", ("^", "x", "2"))),
        (1 / sqrt(x), ("/", "1", ("sqrt", "x"))),
        (sympy.cbrt(x), ("app", "nth_root", "3", "x")),
        (x ** Rational(-3, 4), ("/", "1", ("^", ("app", "nth_root", "4", "x"), "3"))),
        (Abs(-x), ("abs", ("-", "x"))),
        (g(-x), ("app", "g", ("-", "x"))),
        (th.outer(u, 2 * v), ("outer", "u", ("*", "2", "v"))),
        (
            Derivative(th.norm(u), th.component(u, E)),
            ("derivative",
             ("norm", ("+", "u", ("*", "#0", ("unit", "d", "e")))), "0"),
        ),
        (  # the place is that outside, although the sum binds the same name
            Derivative(th.cyclic_sum(th.component(u, E), E), th.component(u, E)),
            ("derivative", ("sum_mod", "d",
                ("entry", ("+", "u", ("*", "#1", ("unit", "d", "e"))), "#0")), "0"),
        ),
        (
            Derivative(A[0, j] * x, A[1, i]),
            ("derivative", ("*", ("entry",
                ("+", "A", ("*", "#0", ("outer", ("unit", "2", "1"), ("unit", "n", "i")))),
                "0", "j"), "x"), "0"),
        ),
        (
            Derivative(A[0, j], A[0, i], 2),
            ("derivative", ("derivative", ("entry",
                ("+", ("+", "A", ("*", "#1", ("outer", ("unit", "2", "0"), ("unit", "n", "i")))),
                 ("*", "#0", ("outer", ("unit", "2", "0"), ("unit", "n", "i")))),
                "0", "j"), "0"), "0"),
        ),
        (F(x + F(1)), ("app", "F", ("+", "x", ("app", "F", "1")))),
        (Derivative(F(x), x), ("derivative", ("app", "F", "#0"), "x")),
        (mean, "w_bar"),
        (u - v, minus("u", "v")),
        (x * u, ("*", "x", "u")),
        (u * x / y, ("/", ("*", "x", "u"), "y")),
        (u / x, ("/", "u", "x")),
        (u + 0, ("+", "u", ("zero", "d"))),
        (-u, ("-", "u")),
        (th.inner(u, v), ("inner", "u", "v")),
        (th.inner(0, v), ("inner", ("zero", "d"), "v")),
        (th.norm(u) ** 2, ("^", ("norm", "u"), "2")),
        (w[t + 1], ("app", "w", ("+", "t", "1"))),
        (a[-1], ("app", "a", "-1")),
        (f(u), ("app", "f", "u")),
        (f(0), ("app", "f", ("zero", "d"))),
        (th.gradient(f)(u), ("gradient", "f", "u")),
        (th.gradient(q)(v), ("gradient", ("lambda", ("vector", "d"), ("app", "q", "#0")), "v")),
        (
            th.grad(th.inner(u, v), u),
            ("gradient", ("lambda", ("vector", "d"), ("inner", "#0", "v")), "u"),
        ),
        (Derivative(x * y, x), ("derivative", ("*", "#0", "y"), "x")),
        (
            Derivative(x**3 * y, x, x),
            ("derivative", ("derivative", ("*", ("^", "#0", "3"), "y"), "#0"), "x"),
        ),
        (Derivative(g(x), x).subs(x, -x), ("derivative", ("app", "g", "#0"), ("-", "x"))),
        (Subs(x * y + x, (x, y), (y, 1)), ("+", ("*", "y", "1"), "y")),
        (Subs(x - y, (x, y), (y, x)), minus("y", "x")),
        (Subs(Sum(x * s, (s, 1, T)), x, y), ("sum", "1", "T", ("*", "y", "#0"))),
        (exp(-x), ("exp", ("-", "x"))),
        (exp(x) ** 2, ("^", ("exp", "x"), "2")),
        (1 / exp(x), ("/", "1", ("exp", "x"))),
        (sympy.log(x) + sympy.sin(x) * sympy.cos(x), ("+", ("log", "x"),
            ("*", ("sin", "x"), ("cos", "x")))),
        (sympy.pi * x, ("*", ("pi",), "x")),
        (sympy.E, ("exp", "1")),
        (sympy.tanh(x), ("app", "tanh", "x")),
        (sympy.tan(x) + sympy.cot(x), ("+", ("app", "tan", "x"), ("app", "cot", "x"))),
        (sympy.sinh(x), ("app", "sinh", "x")),
        (sympy.cosh(x), ("app", "cosh", "x")),
        (sympy.Max(x, y), ("app", "max", "x", "y")),
        (sympy.Min(x, y, 1), ("app", "min", "1", ("app", "min", "x", "y"))),
        (Sum(s, (s, 1, T)), ("sum", "1", "T", "#0")),
        (Sum(1 * x, (s, 1, T)), ("sum", "1", "T", ("*", "1", "x"))),
        (Sum(w[s], (s, 1, T)), ("sum", "1", "T", ("app", "w", "#0"))),
        (
            Sum(Sum(a[s] * a[t], (s, 1, t - 1)), (t, 1, T)),
            ("sum", "1", "T", ("sum", "1", ("+", "#0", "-1"),
                ("*", ("app", "a", "#0"), ("app", "a", "#1")))),
        ),
        (c[i - j], ("app", "c", minus("i", "j"))),
        (c[k], ("app", "c", "k")),
        (B[i, j + 1], ("entry", "B", "i", ("+", "j", "1"))),
        (th.delta(i, 2 * j), ("delta", "i", ("*", "2", "j"))),
        (th.delta(k, 2 * m), ("delta", "k", ("*", "2", "m"))),
        (Derivative(a[1] * x, a[k]), ("derivative", ("*", moved("k", "1"), "x"), "0")),
        (
            Derivative(c[0], c[j]),
            ("derivative", ("app", ("lambda", ("residue", "n"), ("+", ("app", "c", "#0"), (
                "*", "#1", ("delta", "#0", "j")))), "0"), "0"),
        ),
        (
            Sum(Derivative(a[s] ** 2, a[s]), (s, 1, T)),
            ("sum", "1", "T", ("derivative", ("^", moved("#2", "#1"), "2"), "0")),
        ),
        (
            Derivative(a[1] ** 2, (a[k], 2)),
            ("derivative", ("derivative", ("^", ("app", twice_moved("k"), "1"), "2"), "0"), "0"),
        ),
        (first(a), ("app", "first", "a")),
        (first(Lambda(k, x * a[k + 1])), (
            "app", "first", ("lambda", "integer", ("*", "x", ("app", "a", ("+", "#0", "1")))))),
        (Derivative(first(a), a[m]), ("derivative", ("app", "first", moved("m")), "0")),
        (th.representative(i) + x, ("+", ("lift", "i"), "x")),
        (
            th.cyclic_sum(c[i] * c[j], i),
            ("sum_mod", "n", ("*", ("app", "c", "#0"), ("app", "c", "j"))),
        ),
        (A * B, ("matmul", "A", "B")),
        (2 * B - B, minus(("*", "2", "B"), "B")),
        (x * th.inverse(B), ("*", "x", ("inverse", "B"))),
        (th.inverse(B * B + 2 * B), ("inverse", ("+", ("matmul", "B", "B"), ("*", "2", "B")))),
        (th.inverse(th.inverse(B)) * B, ("matmul", ("inverse", ("inverse", "B")), "B")),
        (
            th.inverse(th.transpose(A) * A) @ th.basis(n, 0),
            ("matmul", ("inverse", ("matmul", ("transpose", "A"), "A")), ("unit", "n", "0")),
        ),
        (
            th.inverse(sympy.Matrix([[1, x], [0, 2]])),
            ("inverse", ("rows", ("row", "1", "x"), ("row", "0", "2"))),
        ),
        (
            th.inverse(th.matrix_sequence("S", k, n, n)[k + 1]),
            ("inverse", ("app", "S", ("+", "k", "1"))),
        ),
        (sympy.ImmutableMatrix([[x, -x]]), ("rows", ("row", "x", ("-", "x")))),
        (sympy.ImmutableMatrix([[1], [x]]), ("rows", ("row", "1"), ("row", "x"))),
        (sympy.floor(x / 2) + 1, ("+", ("floor", ("/", "x", "2")), "1")),
        (sympy.Matrix([[1, 2]]) * A, ("matmul", ("rows", ("row", "1", "2")), "A")),
        (L(u), ("app", "L", "u")),
        (th.component(th.vector("z", n), i + 1), ("entry", "z", ("+", "i", "1"))),
        (th.basis(n, 0), ("unit", "n", "0")),
        (omega ** (i * j), ("turn", "n", "omega", ("*", "i", "j"))),
        (omega ** (-i), ("turn", "n", "omega", ("-", "i"))),
        (omega**2 + 1, ("+", ("^", "omega", "2"), ("embed", "K", "1"))),
        (n * e[i], ("*", ("embed", "K", "n"), ("app", "e", "i"))),
        (2 * omega - 1, ("+", ("*", ("embed", "K", "2"), "omega"), ("embed", "K", "-1"))),
        (th.cyclic_sum(e[i], i), ("sum_mod", "n", ("app", "e", "#0"))),
        (th.shift(n), ("matrix", "n", "n", ("delta", "#1", ("+", "#0", "1")))),
        (th.circulant(c), ("matrix", "n", "n", ("app", "c", minus("#1", "#0")))),
        (
            th.toeplitz(a, n),
            ("matrix", "n", "n", ("app", "a", minus(("lift", "#1"), ("lift", "#0")))),
        ),
        (
            th.matrix_by_entries((i, j), c[i] + c[j]),
            ("matrix", "n", "n", ("+", ("app", "c", "#1"), ("app", "c", "#0"))),
        ),
    ]  # fmt: skip
    FORMULAS = [
        (th.equal(u, 0), ("=", "u", ("zero", "d"))),
        (th.equal(0, u), ("=", ("zero", "d"), "u")),
        (th.equal(x, 0), ("=", "x", "0")),
        (th.not_equal(u, v), ("!=", "u", "v")),
        (th.less(x, y), ("<", "x", "y")),
        (th.greater(x, y), ("<", "y", "x")),
        (th.at_least(x, y), ("<=", "y", "x")),
        (th.equal(i, j + 1), ("=", "i", ("+", "j", "1"))),
        (th.equal(A * B, A), ("=", ("matmul", "A", "B"), "A")),
        (
            th.for_all(s, 1, T, th.equal(w[s], u)),
            ("forall", "integer", ("implies", ("<=", "1", "#0"), ("implies", ("<=", "#0", "T"),
                ("=", ("app", "w", "#0"), "u")))),
        ),
        (
            th.for_all(t, th.at_most(t, T)),
            ("forall", "integer", ("implies", ("<=", "1", "#0"), ("implies", ("<=", "#0", "T"),
                ("<=", "#0", "T")))),
        ),
        (th.for_all(x, th.equal(x, y)), ("forall", "real", ("=", "#0", "y"))),
        (
            th.for_some(c, th.for_all(i, th.equal(c[i], c[j]))),
            ("exists", ("function", (("residue", "n"),), "real"), ("forall", ("residue", "n"),
                ("=", ("app", "#1", "#0"), ("app", "#1", "j")))),
        ),
        (
            th.for_some(k, 0, T, th.equal(k, T)),
            ("exists", "integer", ("and", ("<=", "0", "#0"), ("<=", "#0", "T"), ("=", "#0", "T"))),
        ),
        (
            th.implies(th.less(x, y), th.any_of(th.equal(x, 1), th.equal(y, 1))),
            ("implies", ("<", "x", "y"), ("or", ("=", "x", "1"), ("=", "y", "1"))),
        ),
        (
            th.iff(th.equal(x, 0), th.equal(y, 0)),
            ("and", ("implies", ("=", "x", "0"), ("=", "y", "0")),
                ("implies", ("=", "y", "0"), ("=", "x", "0"))),
        ),
        (th.tends(1 / x, x, sympy.oo, 0), ("tends", ("/", "1", "#0"), "+oo", "0")),
        (th.tends(1 / x, x, -sympy.oo, 0), ("tends", ("/", "1", "#0"), "-oo", "0")),
        (th.tends(x / y, x, y, 1), ("tends", ("/", "#0", "y"), "y", "1")),
        (th.tends(x, x, 0, 0, side="right"), ("tends", "#0", ("right", "0"), "0")),
        (th.equal(y, Limit(x, x, 0, "-")), ("tends", "#0", ("left", "0"), "y")),
        (th.equal(Limit(x, x, 0), y), ("tends", "#0", ("right", "0"), "y")),  # as SymPy has it
        (
            th.equal(y, sympy.Piecewise((x, x > 0), (1, x < -1), (0, True))),
            ("and", ("implies", ("<", "0", "x"), ("=", "y", "x")),
                ("implies", ("and", ("<=", "x", "0"), ("<", "x", "-1")), ("=", "y", "1")),
                ("implies", ("and", ("<=", "x", "0"), ("<=", "-1", "x")), ("=", "y", "0"))),
        ),
        (th.has_derivative(x * y, x, y, 1), ("has_derivative", ("*", "#0", "y"), "y", "1")),
        (
            th.no_derivative(x * y, x, y),
            ("not", ("exists", "real", ("has_derivative", ("*", "#0", "y"), "y", "#0"))),
        ),
        (
            th.for_all(y, th.no_derivative(x * y, x, x + y)),
            ("forall", "real", ("not", ("exists", "real",
                ("has_derivative", ("*", "#0", "#2"), ("+", "x", "#1"), "#0")))),
        ),
        (
            th.for_all(E, th.equal(Derivative(th.norm(u), th.component(u, E)), 0)),
            ("forall", ("residue", "d"), ("=", ("derivative",
                ("norm", ("+", "u", ("*", "#0", ("unit", "d", "#1")))), "0"), "0")),
        ),
        (
            th.for_all(x, th.has_derivative(F(2 * x), x, x, G(x))),
            ("forall", "real", ("has_derivative", ("app", "F", ("*", "2", "#0")), "#0",
                ("app", "F_prime", "#0"))),
        ),
        (th.differentiable(f), ("differentiable", "f")),
        (th.invertible(B - x * th.identity(n)),
            ("invertible", minus("B", ("*", "x", ("identity", "n"))))),
        (
            th.for_all(B, th.implies(th.invertible(B), th.equal(A * th.inverse(B), A * B))),
            ("forall", ("matrix", "n", "n"), ("implies", ("invertible", "#0"),
                ("=", ("matmul", "A", ("inverse", "#0")), ("matmul", "A", "#0")))),
        ),
        (th.for_some(B, th.invertible(B)), ("exists", ("matrix", "n", "n"), ("invertible", "#0"))),
        (
            th.unique_minimiser(v, of=q(u), over=u),
            ("and", ("forall", ("vector", "d"), ("<=", ("app", "q", "v"), ("app", "q", "#0"))),
                ("forall", ("vector", "d"), ("implies",
                    ("<=", ("app", "q", "#0"), ("app", "q", "v")), ("=", "#0", "v")))),
        ),
        (
            th.for_all(v, th.unique_minimiser(-v, of=th.norm(u + v), over=u)),
            ("forall", ("vector", "d"), ("and",
                ("forall", ("vector", "d"), ("<=",
                    ("norm", ("+", ("-", "#1"), "#1")), ("norm", ("+", "#0", "#1")))),
                ("forall", ("vector", "d"), ("implies",
                    ("<=", ("norm", ("+", "#0", "#1")), ("norm", ("+", ("-", "#1"), "#1"))),
                    ("=", "#0", ("-", "#1")))))),
        ),
    ]  # fmt: skip


@pytest.mark.parametrize(("expression", "expected"), TERMS, ids=lambda one: str(one)[:60])
def test_terms(expression: Any, expected: Any) -> None:
    assert Reader().term(expression, Scope())[0] == expected


@pytest.mark.parametrize(("statement", "expected"), FORMULAS, ids=lambda one: str(one)[:60])
def test_formulas(statement: Any, expected: Any) -> None:
    assert Reader().formula(statement, Scope()) == expected


def test_convexity_is_the_two_point_definition() -> None:
    X, Y, a_ = "#2", "#1", "#0"
    rest = minus("1", a_)

    def at(point: Any) -> Any:
        return ("app", "f", point)

    bound = ("+", ("*", a_, at(X)), ("*", rest, at(Y)))
    inequality = ("<=", at(("+", ("*", a_, X), ("*", rest, Y))), bound)
    assert Reader().formula(th.convex(f), Scope()) == (
        "forall", ("vector", "d"), ("forall", ("vector", "d"), ("forall", "real",
            ("implies", ("<=", "0", a_), ("implies", ("<=", a_, "1"), inequality)))),
    )  # fmt: skip


def test_smoothness_is_read_as_two_hypotheses() -> None:
    L = th.positive("L")
    slopes = ("norm", ("+", ("gradient", "f", "#1"), ("-", ("gradient", "f", "#0"))))
    bound = ("*", "L", ("norm", ("+", "#1", ("-", "#0"))))
    everywhere = ("forall", ("vector", "d"), ("forall", ("vector", "d"), ("<=", slopes, bound)))
    assert Reader().formula(th.smooth(f, L), Scope()) == (
        "and", ("differentiable", "f"), everywhere,
    )  # fmt: skip
    with th.as_written():
        goal = Reader().goal(th.at_most(0, L), (th.smooth(f, L), th.smooth(f, 2 * L)))
    assert goal.hypotheses[-4:-1] == (("differentiable", "f"), everywhere, ("differentiable", "f"))
    assert goal.hypotheses[-1][2][2][2][1] == ("*", "2", "L")


def test_the_constant_of_a_smooth_function_is_not_captured() -> None:
    """It stands under two quantifiers, and means what it meant outside."""
    everywhere = Reader().formula(th.for_all(u, th.smooth(f, th.norm(u))), Scope())
    assert everywhere[2][2][2][2][2][1] == ("norm", "#2")


def test_smooth_within_a_statement_stays_one_hypothesis() -> None:
    L = th.positive("L")
    with th.as_written():
        goal = Reader().goal(th.at_most(0, L), (th.both(th.smooth(f, L), th.less(L, 1)),))
    assert goal.hypotheses[-1][0] == "and" and goal.hypotheses[-1][1][0] == "and"


def test_declarations_stand_with_sizes_first_and_imply_their_hypotheses() -> None:
    eta, b = th.positive(r"\eta"), th.nonnegative("b")
    with th.as_written():
        conclusion = th.at_most(eta * b * th.norm(w[t]), k)
    goal = Reader().goal(conclusion, ())
    assert goal.declarations == (
        ("d", "size"),
        ("eta", "real"),
        ("b", "real"),
        ("T", "integer"),
        ("t", "integer"),
        ("w", ("function", ("integer",), ("vector", "d"))),
        ("k", "integer"),
    )
    assert goal.hypotheses == (
        ("<", "0", "eta"),
        ("<=", "0", "b"),
        ("<=", "1", "T"),
        ("<=", "1", "t"),
        ("<=", "t", "T"),
    )


@pytest.mark.parametrize(
    ("assumptions", "expected"),
    [
        ({"real": True}, ()),
        ({"positive": True}, (("<", "0", "z"),)),
        ({"real": True, "positive": True}, (("<", "0", "z"),)),
        ({"nonnegative": True}, (("<=", "0", "z"),)),
        ({"negative": True}, (("<", "z", "0"),)),
        ({"nonpositive": True}, (("<=", "z", "0"),)),
        ({"real": True, "nonzero": True}, (("!=", "z", "0"),)),
        ({"integer": True}, ()),
        ({"integer": True, "positive": True}, (("<=", "1", "z"),)),
        ({"integer": True, "nonnegative": True}, (("<=", "0", "z"),)),
        ({"integer": True, "negative": True}, (("<=", "z", "-1"),)),
    ],
)
def test_assumptions_of_symbols_become_hypotheses(
    assumptions: dict[str, bool], expected: tuple[Any, ...]
) -> None:
    z = Symbol("z", **assumptions)
    with th.as_written():
        assert Reader().goal(th.equal(z, 1), ()).hypotheses == expected


def test_a_symbol_is_a_size_only_where_it_sizes_something() -> None:
    with th.as_written():
        number = Reader().goal(th.at_least(d, 1), ())
        size = Reader().goal(th.at_least(d * th.norm(u), 1), ())
    assert (number.declarations, number.hypotheses) == ((("d", "integer"),), (("<=", "1", "d"),))
    assert (size.declarations[0], size.hypotheses) == (("d", "size"), ())


def test_definitions_come_after_those_they_use() -> None:
    with th.as_written():
        square = th.define("p", (x,), g(x) ** 2 + y)
        goal = Reader().goal(th.equal(square(1), g(y)), ())
    assert [name for name, _, _ in goal.definitions] == ["g", "p"]
    assert goal.definitions[1] == ("p", ("real",), ("+", ("^", ("app", "g", "#0"), "2"), "y"))
    assert goal.declarations == (("y", "real"),)


def test_parameters_may_share_a_name_with_a_declaration() -> None:
    positive_x = th.positive("x")
    goal = Reader().goal(sympy.Gt(g(positive_x), 0, evaluate=False), ())
    assert goal.conclusion == ("<", "0", ("app", "g", "x"))
    assert goal.hypotheses == (("<", "0", "x"),)


def test_witnesses_are_functions() -> None:
    from therefore.reading.lines import _witness

    reader = Reader()
    assert _witness(reader, Lambda(i, B[i, 0])) == (
        "lambda", ("residue", "n"), ("entry", "B", "#0", "0"),
    )  # fmt: skip
