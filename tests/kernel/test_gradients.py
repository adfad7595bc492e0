"""Gradients, Jacobians, Hessians and velocities; traces and determinants of any size: what is
refused, what has to be defined, and what has no normal form.
"""

from __future__ import annotations

from typing import Any

import pytest
from kernel_goals import COMBINE, INSPECT, context_in, goal, prove

from therefore.kernel import Rejected
from therefore.kernel.atoms import Matrix, Vector
from therefore.kernel.context import Context
from therefore.kernel.differential import differential
from therefore.kernel.polynomials import ONE, Scalar, atom
from therefore.kernel.read_off import matrix_of, read_off
from therefore.kernel.terms import close, sort_of

Term = Any
SQUARE = ("matrix", "n", "n")
NAMES: dict[str, Term] = {
    "m": "size", "n": "size", "k": "integer", "t": "real", "X": SQUARE, "A": SQUARE,
    "Y": ("matrix", "n", "m"), "x": ("vector", "n"), "a": ("vector", "n"), "b": ("vector", "n"),
    "f": ("function", (("vector", "n"),), "real"), "g": ("function", ("real",), "real"),
    "e": ("function", (SQUARE,), "real"), "i": ("residue", "n"),
    "N": ("function", ("integer",), "size"),
    "S": ("family", ("matrix", ("app", "N", "#0"), ("app", "N", "#0"))),
}  # fmt: skip
ONE_ROW = ("rows", ("row", "1"))
VALUES = {
    "m": "1", "n": "1", "k": "1", "t": "1", "X": ONE_ROW, "A": ONE_ROW, "Y": ONE_ROW,
    "x": ("vector", "1"), "a": ("vector", "2"), "b": ("vector", "1"),
}  # fmt: skip
USED = {name: sort for name, sort in NAMES.items() if name in VALUES}


def mm(*factors: Term) -> Term:
    first, *rest = factors
    return ("matmul", first, mm(*rest)) if rest else first


def turned(term: Term) -> Term:
    return ("transpose", term)


def of(head: str, body: Term, variable: str) -> Term:
    return (head, ("lambda", NAMES[variable], close(body, variable)), variable)


def context(*facts: Term) -> Context:
    return context_in(NAMES, *facts)


INVERSE = turned(("inverse", "X"))
GRAM = mm(turned("Y"), "Y")
AWAY = ("+", "x", ("-", "a"))
# What is proved by normal forms, under which hypotheses, and the code without them.
PROVED: dict[str, tuple[Term, list[Term], str]] = {
    "a determinant": (
        ("=", of("gradient", ("det", "X"), "X"), ("*", ("det", "X"), INVERSE)),
        [("invertible", "X")], "UNDEFINED"),
    "its logarithm": (
        ("=", of("gradient", ("log", ("det", "X")), "X"), INVERSE),
        [("<", "0", ("det", "X"))], "UNDEFINED"),
    "the logarithm of that of a Gram matrix": (
        ("=", of("gradient", ("log", ("det", GRAM)), "Y"),
         ("*", "2", mm("Y", ("inverse", GRAM)))),
        [("invertible", GRAM)], "UNDEFINED"),
    "a norm": (
        ("=", of("gradient", ("norm", "Y"), "Y"), ("/", "Y", ("norm", "Y"))),
        [("!=", "Y", ("zero", "n", "m"))], "UNDEFINED"),
    "a direction": (
        ("=", of("jacobian", ("/", AWAY, ("norm", AWAY)), "x"),
         ("+", ("/", ("identity", "n"), ("norm", AWAY)),
          ("-", ("/", ("outer", AWAY, AWAY), ("^", ("norm", AWAY), "3"))))),
        [("!=", "x", "a")], "UNDEFINED"),
    "an inverse": (
        ("=", ("velocity", ("inverse", ("+", "X", ("*", "#0", "A"))), "0"),
         ("-", mm(("inverse", "X"), "A", ("inverse", "X")))),
        [("invertible", "X")], "UNDEFINED"),
    "a power": (
        ("=", of("gradient", ("trace", ("power", "X", "k")), "X"),
         ("*", "k", turned(("power", "X", ("+", "k", "-1"))))),
        [("<=", "1", "k")], "UNDEFINED"),
    "the determinant of a power": (
        ("=", of("gradient", ("det", ("power", "X", "k")), "X"),
         ("*", "k", ("det", ("power", "X", "k")), INVERSE)),
        [("invertible", "X"), ("<=", "0", "k")], "UNDEFINED"),
    "a symmetric form": (
        ("=", of("hessian", ("inner", "x", mm("A", "x")), "x"), ("+", "A", turned("A"))),
        [], ""),
    "a sum of images": (
        ("=", of("gradient", ("inner", "a", ("sum", "0", "k", mm(("power", "X", "#0"), "x"))), "x"),
         ("sum", "0", "k", mm(turned(("power", "X", "#0")), "a"))),
        [("<=", "0", "k")], "UNDEFINED"),
    "a root of a trace": (
        ("=", ("^", ("sqrt", ("trace", mm("Y", turned("Y")))), "2"), ("^", ("norm", "Y"), "2")),
        [], ""),
    "a gradient along a line": (
        ("=", ("velocity", ("gradient", ("lambda", NAMES["x"], ("inner", "#0", mm("A", "#0"))),
                            ("+", "x", ("*", "#0", "a"))), "t"),
         mm(("+", "A", turned("A")), "a")),
        [], ""),
}  # fmt: skip


@pytest.mark.parametrize("name", PROVED)
def test_proved_where_it_is_defined(name: str) -> None:
    equation, given, code = PROVED[name]
    shown = [INSPECT if fact[0] != "invertible" else {
        "rule": "two_sided", "inverse": ONE_ROW, "right": COMBINE, "left": COMBINE,
    } for fact in given]  # fmt: skip
    shown = [
        {"rule": "differ", "at": [["mod", "1", "0"], ["mod", "1", "0"]],
         "proof": INSPECT}
        if fact[:2] == ("!=", "Y") else proof
        for fact, proof in zip(given, shown, strict=True)
    ]  # fmt: skip
    shown = [
        {"rule": "suppose", "as": "same", "then": {"rule": "combine", "items": [
            {"fact": "same", "times": ("vector", "-1")}, {"positive": "1"}]}}
        if fact == ("!=", "x", "a") else proof
        for fact, proof in zip(given, shown, strict=True)
    ]  # fmt: skip
    claim = goal(equation, *given, names=USED)
    prove(claim, COMBINE, VALUES, shown)
    if code:
        with pytest.raises(Rejected) as refusal:
            prove(goal(equation, names=USED), COMBINE, VALUES)
        assert refusal.value.code == code


ILL_TYPED = [
    ("gradient", "e", "X"),
    ("gradient", ("lambda", SQUARE, ("trace", "#0")), "x"),
    ("gradient", ("lambda", SQUARE, "#0"), "X"),
    ("gradient", ("lambda", "real", "#0"), "t"),
    ("jacobian", ("lambda", ("vector", "n"), ("inner", "#0", "#0")), "x"),
    ("jacobian", ("lambda", SQUARE, mm("#0", "x")), "X"),
    ("jacobian", ("lambda", ("vector", "m"), "#0"), "x"),
    ("jacobian", "f", "x"),
    ("hessian", ("lambda", ("vector", "n"), "#0"), "x"),
    ("hessian", ("lambda", SQUARE, ("trace", "#0")), "X"),
    ("hessian", "f", "x"),
    ("velocity", "i", "t"),
    ("velocity", ("*", "#0", "x"), "x"),
    ("norm", "t"),
    ("trace", "Y"),
    ("det", "Y"),
]


@pytest.mark.parametrize("term", ILL_TYPED)
def test_ill_typed(term: Term) -> None:
    with pytest.raises(Rejected) as refusal:
        sort_of(term, NAMES)
    assert refusal.value.code == "ILL_TYPED"


def test_sorts() -> None:
    assert sort_of(("velocity", "k", "t"), NAMES) == "real"
    assert sort_of(of("jacobian", mm(turned("Y"), "x"), "x"), NAMES) == ("matrix", "m", "n")


NO_NORMAL_FORM = [
    of("gradient", ("sum_mod", "n", ("entry", "X", "#0", "#0")), "X"),
    of("gradient", ("sum_mod", "n", ("inner", ("unit", "n", "#0"), mm("X", "b"))), "X"),
    of("jacobian", ("sum", "0", "k", mm(("power", "A", "#0"), "x")), "x"),
    ("trace", ("identity", ("app", "N", "k"))),
    ("det", ("*", "t", ("app", "S", "k"))),
]  # fmt: skip


@pytest.mark.parametrize("term", NO_NORMAL_FORM)
def test_no_normal_form(term: Term) -> None:
    with pytest.raises(Rejected) as refusal:
        context(("<=", "0", "k")).normal.value(term)
    assert refusal.value.code == "UNSUPPORTED"


@pytest.mark.parametrize("term", [
    of("gradient", ("inner", "x", ("gradient", "f", "x")), "x"),
    of("gradient", ("inner", "a", of("gradient", ("inner", "a", "x"), "x")), "x"),
    of("gradient", ("trace", ("gradient", ("lambda", SQUARE, ("trace", mm("#0", "#0"))), "X")),
       "X"),
    of("hessian", ("app", "g", ("inner", "x", "a")), "x"),
    ("velocity", ("velocity", ("*", ("app", "g", "#0"), "x"), "#0"), "t"),
])  # fmt: skip
def test_no_structural_derivative(term: Term) -> None:
    ctx = context(("differentiable", "f"))
    if term[2] == "x" and "a" in str(term[1]) and term[1][2][0] == "inner":
        ctx.normal.value(("inner", "a", "x"))
    try:
        ctx.normal.value(term)
    except Rejected as no:
        assert no.code in ("NOT_SMOOTH", "UNSUPPORTED")
    else:
        assert ctx.equal(term, ("zero", "n"))


def test_a_velocity_of_what_moves_twice() -> None:
    """The derivative of a velocity whose body speaks of what moves is not by structure."""
    body = ("velocity", ("*", ("*", "#0", "#1"), "x"), "#0")
    names = {**NAMES, "y": "real"}
    with pytest.raises(Rejected) as refusal:
        differential(names, ("velocity", ("*", ("*", "#0", "y"), "x"), "y"), "y", "1")
    assert refusal.value.code == "NOT_SMOOTH"
    assert body


def test_what_is_not_seen_to_be_linear() -> None:
    """Reading off refuses what is not ⟨g, h⟩ in a form that it knows."""
    ctx = context()
    nf, atoms = ctx.normal, ctx.atoms
    h, a, b = (atoms.intern("name", name) for name in ("X", "a", "b"))
    word = Matrix({atoms.intern("word", h): ONE})
    inverse = atoms.intern("inverse", "n", word)
    traced = atom(atoms.intern("trace", "n", h))
    strange: list[Scalar] = [
        ONE, traced * traced, traced * traced.inverse().inverse() * traced,
        (traced + ONE).inverse() * traced,
        atom(atoms.intern("trace", "n", inverse)),
        atom(atoms.intern("inner", a, atoms.intern("act", inverse, b))),
        atom(atoms.intern("abs", traced)),
    ]  # fmt: skip
    for change in strange:
        with pytest.raises(Rejected) as refusal:
            read_off(nf, change, h, Matrix({}))
        assert refusal.value.code == "UNSUPPORTED"
    with pytest.raises(Rejected) as refusal:
        matrix_of(nf, Vector({a: ONE}), h)
    assert refusal.value.code == "UNSUPPORTED"


def test_what_is_not_zero_is_known_by_its_norm_and_its_determinant() -> None:
    ctx = context(("!=", "Y", ("zero", "n", "m")), ("!=", "x", "a"), ("invertible", mm("A", "X")))
    assert ctx.holds(("<", "0", ("norm", "Y")))
    assert ctx.holds(("!=", ("^", ("norm", AWAY), "2"), "0"))
    assert ctx.holds(("<", "0", ("inner", AWAY, AWAY)))
    assert not ctx.holds(("<", "0", ("norm", "x")))
    assert ctx.holds(("!=", ("det", mm("X", "A")), "0"))
    assert ctx.holds(("invertible", mm("X", "A")))
    assert not ctx.holds(("invertible", ("+", "X", "A")))
    assert not context().holds(("!=", ("det", "X"), "0"))
    assert context(("<", ("det", "X"), "0")).holds(("invertible", "X"))
    assert context(("invertible", GRAM)).holds(("<", "0", ("det", GRAM)))
    assert not context(("invertible", "X")).holds(("<", "0", ("det", "X")))
    assert ctx.holds(("<=", "0", ("trace", GRAM)))
    assert not ctx.holds(("<=", "0", ("trace", mm("A", "A"))))
    assert not ctx.holds(("<=", "0", ("trace", mm("A", "A", "X"))))
    assert ctx.holds(("<=", "0", ("det", GRAM)))
    assert not ctx.holds(("<=", "0", ("det", ("+", "A", "X"))))


@pytest.mark.parametrize("head", ["trace", "det"])
def test_what_becomes_of_traces_and_determinants(head: str) -> None:
    """Σ_{r=k}^{k+1} puts numbers into atoms of traces and determinants: they are built anew."""
    ctx = context(("<=", "0", "k"))

    def at(place: Term) -> Term:
        return (head, mm(("power", "X", place), "A"))

    after = ("+", "k", "1")
    assert ctx.equal(("sum", "k", after, at("#0")), ("+", at("k"), at(after)))


BETWEEN = ("sum", "0", ("+", "k", "-1"), ("outer",
    mm(("power", turned("X"), "#0"), "a"),
    mm(("power", "X", ("+", "k", "-1", ("-", "#0"))), "b"),
))  # fmt: skip
ENTRY = ("entry", "X", "i", "i")
UNIT = ("unit", "n", "i")
SUM = ("sum", "0", "k", ("power", "X", "#0"))


@pytest.mark.parametrize(("left", "right"), [
    (of("gradient", ("inner", "a", mm("X", "b")), "X"), ("outer", "a", "b")),
    (of("gradient", ("inner", "a", mm(turned("X"), "b")), "X"), ("outer", "b", "a")),
    (of("gradient", ("inner", "a", mm(("power", "X", "k"), "b")), "X"), BETWEEN),
    (of("gradient", ENTRY, "X"), ("outer", UNIT, UNIT)),
    (of("gradient", ("^", ENTRY, "2"), "X"), ("*", "2", ENTRY, ("outer", UNIT, UNIT))),
    (("trace", mm(SUM, "A")), ("sum", "0", "k", ("trace", mm(("power", "X", "#0"), "A")))),
    (("trace", mm(turned(SUM), "A")),
     ("sum", "0", "k", ("trace", mm(turned("A"), ("power", "X", "#0"))))),
    (("trace", mm(("inverse", "A"), "X", "A")), ("trace", "X")),
    (("velocity", ("velocity", ("^", "#0", "3"), "#0"), "t"), ("*", "6", "t")),
    (of("gradient", ("det", mm("A", "X")), "X"), ("*", ("det", mm("A", "X")), INVERSE)),
])  # fmt: skip
def test_equal_where_all_of_it_is_defined(left: Term, right: Term) -> None:
    """What is read off of products, sums and entries, and traces of sums and of products."""
    ctx = context(("<=", "1", "k"), ("invertible", "A"))
    assert ctx.equal(left, right)
    assert not ctx.equal(left, ("*", "2", right))


def test_a_determinant_of_a_power_whose_exponent_moves() -> None:
    with pytest.raises(Rejected) as refusal:
        differential(NAMES, ("det", ("power", "X", "k")), "k", "1")
    assert refusal.value.code == "NOT_SMOOTH"


def test_an_index_that_moves_has_no_structural_derivative() -> None:
    moving = ("entry", "x", ("mod", "n", ("floor", "#0")))
    with pytest.raises(Rejected) as refusal:
        context().normal.value(("velocity", moving, "t"))
    assert refusal.value.code == "NOT_SMOOTH"


REVERSED = ("sum", "0", "k", mm(("power", "X", ("+", "k", ("-", "#0"))), "A"))
FORWARDS = ("sum", "0", "k", mm(("power", "X", "#0"), "A"))
REFLECT = {"rule": "reflect", "index": "j", "then": COMBINE}


def test_a_sum_is_the_same_from_its_last_term_to_its_first() -> None:
    given = ("<=", "0", "k")
    prove(goal(("=", REVERSED, FORWARDS), given, names=USED), REFLECT, VALUES, [INSPECT])
    other = ("sum", "0", "k", mm("A", ("power", "X", "#0")))
    refused = {
        "NOT_EQUAL": [("=", REVERSED, other), ("=", FORWARDS, FORWARDS)],
        "WRONG_GOAL": [("=", REVERSED, ("sum", "1", "k", "X")), ("=", "X", REVERSED),
                       ("!=", REVERSED, FORWARDS)],
    }  # fmt: skip
    for code, equations in refused.items():
        for equation in equations:
            with pytest.raises(Rejected) as refusal:
                prove(goal(equation, given, names=USED), REFLECT, VALUES, [INSPECT])
            assert refusal.value.code == code
    with pytest.raises(Rejected) as refusal:
        prove(goal(("=", REVERSED, FORWARDS), names=USED), REFLECT, VALUES)
    assert refusal.value.code == "UNDEFINED"
