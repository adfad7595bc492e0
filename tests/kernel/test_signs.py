"""Signs by inspection, and what a context declares, knows and sees."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kernel_goals import context_in
from kernel_values import Point, true_at

from therefore.kernel import Rejected
from therefore.kernel.atoms import Atoms
from therefore.kernel.context import Context
from therefore.kernel.signs import ANY, NONNEGATIVE, POSITIVE, Signs, signs_of_product

Term = Any
NEGATIVE, ZERO, NONPOSITIVE = frozenset({-1}), frozenset({0}), frozenset({-1, 0})
NONZERO = frozenset({-1, 1})
NAMES: dict[str, Term] = {
    "n": "size",
    "m": "size",
    "d": "size",
    "x": "real",
    "y": "real",
    "z": "real",
    "i": "integer",
    "j": "integer",
    "u": ("vector", "d"),
    "v": ("vector", "d"),
    "p": ("residue", "n"),
    "q": ("residue", "n"),
    "M": ("matrix", "n", "n"),
    "N": ("matrix", "n", "n"),
    "f": ("function", ("real",), "real"),
    "a": ("function", ("integer",), "real"),
    "w": ("function", ("integer",), ("vector", "d")),
}


def context(*facts: Term) -> Context:
    return context_in(NAMES, *facts)


def minus(left: Term, right: Term) -> Term:
    return ("+", left, ("-", right))


SHARE = ("/", "1", ("+", "1", ("^", ("app", "a", "#0"), "2")))
LOW, HIGH = ("<=", "1", "x"), ("<=", "x", "3")

SEEN: list[tuple[list[Term], Term, Signs]] = [
    ([], "0", ZERO),
    ([], "3", POSITIVE),
    ([], "-1/2", NEGATIVE),
    ([], "x", ANY),
    ([], "n", POSITIVE),
    ([], minus("n", "1"), NONNEGATIVE),
    ([], minus("1", "n"), NONPOSITIVE),
    ([], minus("n", "2"), ANY),
    ([], ("+", "n", "m", "-1"), POSITIVE),
    ([], ("+", "n", "m", "-2"), NONNEGATIVE),
    ([], ("^", "x", "2"), NONNEGATIVE),
    ([], ("^", "x", "3"), ANY),
    ([], ("+", ("^", "x", "2"), "1"), POSITIVE),
    ([], ("-", ("^", "x", "2")), NONPOSITIVE),
    ([], ("abs", "x"), NONNEGATIVE),
    ([], ("sqrt", "x"), NONNEGATIVE),
    ([], ("sqrt", "n"), POSITIVE),
    ([], ("norm", "u"), NONNEGATIVE),
    ([], ("inner", "u", "u"), NONNEGATIVE),
    ([], ("inner", "u", "v"), ANY),
    ([], ("delta", "p", "q"), NONNEGATIVE),
    ([], ("lift", "p"), NONNEGATIVE),
    ([], minus("n", ("lift", "p")), POSITIVE),
    ([], minus(("lift", "p"), "n"), NEGATIVE),
    ([], minus("m", ("lift", "p")), ANY),
    ([], ("app", "f", "x"), ANY),
    ([], ("/", "1", "n"), POSITIVE),
    ([], ("/", "x", ("+", "1", ("^", "x", "2"))), ANY),
    ([], ("/", "-1", ("+", "1", ("^", "x", "2"))), NEGATIVE),
    ([], ("*", "n", ("+", "x", "y")), ANY),
    ([], ("+", ("*", "n", "x"), ("*", "n", ("^", "y", "2"), "n")), ANY),
    ([LOW], ("+", ("*", "x", "x", "y", "y"), ("-", ("*", "x", "y", "y"))), NONNEGATIVE),
    ([("<=", "0", "x")], "x", NONNEGATIVE),
    ([("<", "0", "x")], "x", POSITIVE),
    ([("<", "x", "0")], "x", NEGATIVE),
    ([("<", "x", "0")], ("/", "1", "x"), NEGATIVE),
    ([("=", "x", "0")], "x", ZERO),
    ([("=", "x", "0")], ("*", "x", "y"), ZERO),
    ([("!=", "x", "0")], "x", NONZERO),
    ([("!=", "x", "0")], ("^", "x", "2"), POSITIVE),
    ([("!=", "x", "y")], ("abs", minus("y", "x")), POSITIVE),
    ([("!=", ("abs", "x"), "0")], ("abs", "x"), POSITIVE),
    ([("<=", ("*", "-2", "x"), "0")], "x", NONNEGATIVE),
    ([LOW], "x", POSITIVE),
    ([("<=", "x", "-1")], "x", NEGATIVE),
    ([("<=", "-1", "x")], "x", ANY),
    ([LOW], minus("x", "1"), NONNEGATIVE),
    ([LOW], ("+", "x", "x", "-1"), POSITIVE),
    ([LOW], minus(("^", "x", "2"), "1"), NONNEGATIVE),
    ([HIGH], minus("4", "x"), POSITIVE),
    ([LOW, HIGH], ("*", minus("x", "1"), minus("3", "x")), ANY),
    ([LOW, ("<=", "y", "0")], minus("x", "y"), POSITIVE),
    ([LOW, ("<=", "y", "1/2")], minus("x", "y"), POSITIVE),
    ([("<=", "x", "y"), ("<=", "y", "z")], minus("z", "x"), NONNEGATIVE),
    ([("<=", "x", "y"), ("<", "y", "z")], minus("z", "x"), POSITIVE),
    ([("<=", "x", "y"), ("<", "y", "z")], minus("x", "z"), NEGATIVE),
    ([("<=", ("/", "1", "y"), "x")], minus("x", ("/", "1", "y")), NONNEGATIVE),
    ([("<=", ("*", "x", "y"), "1")], minus("1", ("*", "x", "y")), NONNEGATIVE),
    ([("<=", "0", ("+", "x", "y"))], ("+", "x", "y"), NONNEGATIVE),
    ([("<=", ("^", "x", "2"), "1")], minus("x", "1"), ANY),
    ([("=", "x", "2")], minus("x", "1"), ANY),
    ([("<=", "0", "x"), ("<=", "x", "1")], minus(("abs", "x"), "1"), NONPOSITIVE),
    ([("<=", "1", ("abs", "x"))], minus(("*", "2", ("abs", "x")), "1"), POSITIVE),
    ([("<=", "1", "i")], minus(("sum", "1", "i", SHARE), "i"), ANY),
]


@pytest.mark.parametrize(("facts", "term", "signs"), SEEN)
def test_what_inspection_sees(facts: list[Term], term: Term, signs: Signs) -> None:
    """Signs of atoms, bounds on atoms, and facts added up; what is not plain stays open."""
    ctx = context(*facts)
    assert ctx.signs(ctx.normal.scalar(term)) == signs


def test_a_gap_above_a_bound_is_not_the_gap_below_another() -> None:
    """With 1 ≤ x ≤ 3 and y ≤ x, the number 4 − x − y may be negative, and so |it| differs."""
    ctx = context(LOW, HIGH, ("<=", "y", "x"))
    rest = ("+", "4", ("-", "x"), ("-", "y"))
    assert not ctx.holds(("=", "0", minus(("abs", rest), rest)))
    assert ctx.signs(ctx.normal.scalar(rest)) == ANY


def test_facts_about_absolute_values_do_not_ask_for_one_another_without_end() -> None:
    ctx = Context(Atoms())
    for name in ("x", "y", "z"):
        ctx.declare(name, "real")

    def apart(left: Term, right: Term) -> Term:
        return ("abs", ("+", left, ("-", right)))

    facts = [
        ("<=", "1", "x"), ("<=", "x", "4"), ("<=", "1", "y"), ("<=", "y", "7"), ("<=", "1", "z"),
        ("<=", apart("x", "y"), apart("x", ("*", "2", "y"))),
        ("<=", apart("x", ("*", "3", "y")), "z"),
    ]  # fmt: skip
    for k, fact in enumerate(facts):
        ctx.assume(f"h{k}", fact)
    assert not ctx.holds(("<", apart("x", ("*", "5", "y")), "z"))
    assert ctx.atoms.steps < 2_000


@pytest.mark.parametrize(
    ("facts", "term", "signs"),
    [
        ([("<", "0", ("+", "1", ("-", "x")))], ("+", ("*", "2", "x"), "-2"), NEGATIVE),
        ([("<", ("*", "2", "x"), "1")], ("+", ("*", "y", "y"), ("-", ("*", "2", "x", "y", "y"))),
         NONNEGATIVE),
        ([("!=", "x", "1"), ("<=", "x", "1")], ("+", ("*", "3", "x"), "-3"), NEGATIVE),
        ([("!=", "x", "y")], ("+", ("*", "2", "x"), ("-", ("*", "2", "y"))), NONZERO),
        ([("<", "x", "y")], ("+", ("*", "2", "x"), ("-", "y")), ANY),
    ],
)  # fmt: skip
def test_multiples_of_facts_are_seen(facts: list[Term], term: Term, signs: Signs) -> None:
    ctx = Context(Atoms())
    for name in ("x", "y"):
        ctx.declare(name, "real")
    for k, fact in enumerate(facts):
        ctx.assume(f"h{k}", fact)
    assert ctx.signs(ctx.normal.scalar(term)) == signs


@pytest.mark.parametrize("first", [True, False])
def test_a_root_seen_elsewhere_says_nothing_here(first: bool) -> None:
    """√(1 + √x·√x) is positive for 0 ≤ x; √(1 + x) is zero for x = −1."""
    outside = context(("<=", "-1", "x"))
    inside = outside.extended()
    inside.assume("more", ("<=", "0", "x"))
    longer = ("sqrt", ("+", "1", ("*", ("sqrt", "x"), ("sqrt", "x"))))
    claim = ("<", "0", ("sqrt", ("+", "1", "x")))
    if first:
        assert inside.holds(("<", "0", longer))
    assert not outside.holds(claim)


@pytest.mark.parametrize(
    ("factors", "product"),
    [
        ([], POSITIVE),
        ([NEGATIVE, NEGATIVE], POSITIVE),
        ([NONNEGATIVE, NEGATIVE], NONPOSITIVE),
        ([ANY, POSITIVE], ANY),
        ([ANY, ZERO], ZERO),
        ([NONZERO, NONZERO], NONZERO),
    ],
)
def test_the_signs_of_a_product(factors: list[Signs], product: Signs) -> None:
    """Every sign that a product of the signs can have."""
    assert signs_of_product(factors) == product


# ---------------------------------------------------------------- contexts

HOLDS: list[tuple[list[Term], Term, bool]] = [
    ([], ("<=", "0", ("^", "x", "2")), True),
    ([], ("<", "0", ("^", "x", "2")), False),
    ([], ("<=", ("-", ("^", "x", "2")), "0"), True),
    ([], ("<", "x", ("+", "x", "1")), True),
    ([], ("!=", "x", ("+", "x", "1")), True),
    ([], ("!=", "n", "0"), True),
    ([], ("!=", "0", "n"), True),
    ([], ("!=", "x", "0"), False),
    ([], ("=", ("+", "x", "x"), ("*", "2", "x")), True),
    ([], ("=", "x", "y"), False),
    ([], ("=", "0", ("*", "0", "x")), True),
    ([], ("and", ("<", "0", "n"), ("=", "x", "x")), True),
    ([], ("and", ("<", "0", "n"), ("=", "x", "y")), False),
    ([], ("or", ("=", "x", "y"), ("<", "0", "n")), True),
    ([], ("or", ("=", "x", "y"), ("<", "n", "0")), False),
    ([], ("=", "u", "u"), True),
    ([], ("=", "u", "v"), False),
    ([], ("!=", "u", "v"), False),
    ([], ("=", "M", "M"), True),
    ([], ("=", ("+", "M", "N"), ("+", "N", "M")), True),
    ([], ("=", ("+", "M", "N"), ("*", "2", "M")), False),
    ([], ("=", "p", ("+", "p", "n")), True),
    ([], ("=", ("mod", "3", "1"), "4"), True),
    ([], ("=", "4", ("mod", "3", "1")), True),
    ([], ("=", ("mod", "3", "1"), "3"), False),
    ([], ("!=", ("mod", "3", "1"), "3"), True),
    ([], ("!=", ("mod", "3", "1"), "4"), False),
    ([], ("forall", "real", ("=", "#0", "#0")), False),
    ([], ("false",), False),
    ([("false",)], ("false",), True),
    ([("=", "x", "y")], ("=", "x", "y"), True),
    ([("forall", "real", ("=", "#0", "y"))], ("forall", "real", ("=", "#0", "y")), True),
    ([("and", ("<=", "0", "x"), ("and", ("<=", "0", "y"), ("!=", "z", "0")))],
     ("<=", "0", ("*", "x", "y")), True),
    ([("and", ("<=", "0", "x"), ("and", ("<=", "0", "y"), ("!=", "z", "0")))],
     ("!=", "z", "0"), True),
    ([("or", ("<=", "0", "x"), ("<=", "0", "y"))], ("<=", "0", "x"), False),
    ([("=", "u", "v")], ("=", "u", "v"), True),
    ([("=", "p", "q")], ("=", "q", "p"), False),
    ([("<", "0", "x"), ("<", "y", "0")], ("<", ("/", "y", "x"), "0"), True),
    ([("<", "0", "x"), ("<", "y", "0")], ("<=", "0", ("/", ("*", "y", "y"), ("-", "y"), )), True),
    ([("has_derivative", ("^", "#0", "2"), "x", "y")],
     ("has_derivative", ("^", "#0", "2"), "x"), True),
    ([("has_derivative", ("^", "#0", "2"), "x", "y")],
     ("has_derivative", ("^", "#0", "3"), "x"), False),
    ([], ("has_derivative", ("^", "#0", "2"), "x", "y"), False),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "formula", "answer"), HOLDS)
def test_what_holds_at_a_glance(facts: list[Term], formula: Term, answer: bool) -> None:
    """A fact, a part of one, an identity or a sign; a difference is never seen by normal forms."""
    assert context(*facts).holds(formula) is answer


def test_a_name_and_a_label_are_given_once() -> None:
    """Neither can be taken again, also not in an extension."""
    ctx = context(("<=", "0", "x"))
    for place in (ctx, ctx.extended()):
        with pytest.raises(Rejected) as refusal:
            place.declare("x", "integer")
        assert refusal.value.code == "NAME_TAKEN"
        with pytest.raises(Rejected) as refusal:
            place.assume("h0", ("<=", "0", "y"))
        assert refusal.value.code == "NAME_TAKEN"


def test_an_extension_keeps_to_itself() -> None:
    """What is declared, known or defined inside is not so outside."""
    outside = context()
    outside.defined.add(("/", "1", "n"))
    inside = outside.extended()
    inside.declare("k", "size")
    inside.assume("more", ("<", "0", "x"))
    inside.defined.add(("/", "1", "x"))
    assert inside.holds(("<", "0", ("*", "k", "x"))) and inside.defined > outside.defined
    assert "k" not in outside.names and "more" not in outside.facts
    assert not outside.holds(("<", "0", "x"))


def test_a_fresh_name_is_new() -> None:
    """The wish itself, or the wish with the first number that is free."""
    ctx = Context(Atoms())
    assert ctx.fresh("i") == "i"
    for name in ("i", "i1", "i3"):
        ctx.declare(name, "integer")
    assert ctx.fresh("i") == "i2"
    assert ctx.fresh("j") == "j"


# ---------------------------------------------------------------- against values

LEAVES = ["x", "y", "i", "j", "1", "2", "-1/2"]
TERMS = st.recursive(
    st.sampled_from(LEAVES),
    lambda inner: st.one_of(
        st.tuples(st.just("+"), inner, inner),
        st.tuples(st.just("*"), inner, inner),
        st.tuples(st.just("/"), inner, inner),
        st.tuples(st.just("-"), inner),
        st.tuples(st.just("abs"), inner),
        st.tuples(st.just("^"), inner, st.sampled_from("23")),
        st.tuples(st.just("app"), st.just("f"), inner),
    ),
    max_leaves=7,
)
BOUNDS = st.tuples(
    st.sampled_from(["<=", "<", "=", "!="]),
    st.sampled_from([*LEAVES, ("+", "x", "y"), ("*", "x", "y"), ("-", "y")]),
    st.sampled_from([*LEAVES, "0", "3", ("+", "i", "x"), ("app", "f", "x")]),
)
POINTS = st.builds(
    lambda x, y, i, j: Point({"x": x, "y": y, "i": Fraction(i), "j": Fraction(j)}),
    *(st.fractions(-3, 3, max_denominator=2),) * 2,
    *(st.integers(-3, 3),) * 2,
)


@settings(max_examples=150, deadline=None)
@given(POINTS, st.lists(BOUNDS, max_size=6), TERMS)
def test_a_sign_that_is_seen_is_the_sign(point: Point, bounds: list[Term], term: Term) -> None:
    """At every point at which the facts hold and the term is defined."""
    value = point.of(term)
    ctx = context(*true_at(point, bounds))
    try:
        signs = ctx.signs(ctx.normal.scalar(term))
    except Rejected as refusal:
        assert refusal.code in ("DIVISION_BY_ZERO", "TOO_LARGE")
        return
    assert (value > 0) - (value < 0) in signs


@settings(max_examples=150, deadline=None)
@given(POINTS, st.lists(BOUNDS, max_size=6), BOUNDS)
def test_what_is_seen_to_hold_is_true(point: Point, bounds: list[Term], claim: Term) -> None:
    """A relation that holds at a glance is true wherever the facts are."""
    ctx = context(*true_at(point, bounds))
    assert true_at(point, [claim]) or not ctx.holds(claim)
