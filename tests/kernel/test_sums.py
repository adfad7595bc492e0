"""Sums: telescoping, ends, shifts, and agreement with adding up one by one."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from kernel_goals import context_in
from kernel_values import Point, true_at

from therefore.kernel import Rejected
from therefore.kernel.context import Context
from therefore.kernel.polynomials import number
from therefore.kernel.sums import sum_over
from therefore.kernel.terms import open_binder

Term = Any
SEQUENCE = ("function", ("integer",), "real")
NAMES: dict[str, Term] = {
    "n": "size",
    "T": "size",
    "i": "integer",
    "j": "integer",
    "x": "real",
    "d": "size",
    "u": ("vector", "d"),
    "a": SEQUENCE,
    "b": SEQUENCE,
    "w": ("function", ("integer",), ("vector", "d")),
    "f": ("function", ("real",), "real"),
    "c": ("function", (("residue", "n"),), "real"),
    "e": ("function", (("residue", "n"),), "real"),
    "p": ("residue", "n"),
    "M": ("matrix", "n", "n"),
    "h": ("function", (("vector", "d"),), "real"),
    "z": ("function", ("integer", "integer"), "real"),
}


def context(*facts: Term) -> Context:
    return context_in(NAMES, *facts)


def a(place: Term, name: str = "a") -> Term:
    return ("app", name, place)


def plus(*parts: Term) -> Term:
    return ("+", *parts)


def total(low: Term, high: Term, body: Term) -> Term:
    return ("sum", low, high, body)


NEXT, BEFORE = plus("#0", "1"), plus("#0", "-1")
A, W = a("#0"), ("app", "w", "#0")
AN_UNDEFINED_PLACE = ("/", "1", A)

EQUAL: list[tuple[Term, Term]] = [
    (total("1", "T", plus(a(NEXT), ("-", A))), plus(a(plus("T", "1")), ("-", a("1")))),
    (total("i", "j", plus(A, ("-", a(BEFORE)))), plus(a("j"), ("-", a(plus("i", "-1"))))),
    (total("1", "T", A), plus(total("0", plus("T", "-1"), A), a("T"), ("-", a("0")))),
    (total("1", "T", A), total("2", plus("T", "1"), a(BEFORE))),
    (total("i", plus("i", "2"), A), plus(a("i"), a(plus("i", "1")), a(plus("i", "2")))),
    (total("i", plus("i", "-1"), A), "0"),
    (total("i", plus("i", "-1"), W), ("zero", "d")),
    (total("1", "0", A), "0"),
    (total("1", "3", A), plus(a("1"), a("2"), a("3"))),
    (total("1", "3", W), plus(("app", "w", "1"), ("app", "w", "2"), ("app", "w", "3"))),
    (total("1", "T", "x"), ("*", "x", "T")),
    (total("i", "j", "1"), plus("j", ("-", "i"), "1")),
    (total("1", "T", ("*", "x", A)), ("*", "x", total("1", "T", A))),
    (total("1", "T", ("/", A, "T")), ("/", total("1", "T", A), "T")),
    (total("1", plus("T", "-1"), ("/", A, "T")), ("/", total("1", plus("T", "-1"), A), "T")),
    (total("1", "T", ("/", "x", "T")), "x"),
    (total("1", "T", ("*", A, "u")), ("*", total("1", "T", A), "u")),
    (total("1", "T", ("inner", "u", ("*", A, W))), ("inner", total("1", "T", ("*", W, A)), "u")),
    (total("1", "T", ("inner", W, "u")), ("inner", "u", total("1", "T", W))),
    (total("1", "T", ("*", ("inner", "u", W), ("inner", W, W))),
     ("inner", "u", total("1", "T", ("*", ("inner", W, W), W)))),
    (total("1", "T", ("^", ("inner", "u", W), "2")),
     total("1", "T", ("^", ("inner", W, "u"), "2"))),
    (total("1", "T", total("1", "T", ("*", A, a("#1", "b")))),
     ("*", total("1", "T", A), total("1", "T", a("#0", "b")))),
    (total("1", plus("T", "1"), total("1", "#0", A)),
     plus(total("1", "T", total("1", "#0", A)), total("1", plus("T", "1"), A))),
    (total("1", "T", AN_UNDEFINED_PLACE), total("0", plus("T", "-1"), ("/", "1", a(NEXT)))),
    (total("1", plus("T", "1"), ("/", "1", A)),
     plus(total("1", "T", ("/", "1", A)), ("/", "1", a(plus("T", "1"))))),
    (total("1", "T", ("*", "x", ("/", W, A))), ("*", "x", total("1", "T", ("/", W, A)))),
    (total("1", "T", ("app", "f", ("/", A, "T"))),
     plus(total("0", "T", ("app", "f", ("/", A, "T"))), ("-", ("app", "f", ("/", a("0"), "T"))))),
    (total("1", "T", ("app", "c", NEXT)), total("2", plus("T", "1"), ("app", "c", "#0"))),
    (total("1", "T", ("app", "h", W)),
     plus(total("0", "T", ("app", "h", W)), ("-", ("app", "h", ("app", "w", "0"))))),
    (total("1", "T", ("lift", ("mod", "n", "#0"))),
     total("0", "T", ("lift", ("mod", "n", "#0")))),
    (total("1", "T", a(("*", "2", "#0"))),
     plus(total("0", "T", a(("*", "2", "#0"))), ("-", a("0")))),
    (total("1", "T", ("app", "z", "#0", "T")),
     total("2", plus("T", "1"), ("app", "z", BEFORE, "T"))),
    (total("1", "T", total("#0", "T", a("#0"))),
     plus(total("2", "T", total("#0", "T", a("#0"))), total("1", "T", A))),
    (total("1", "T", ("delta", "#0", "2")), plus(("delta", "2", "1"), total("2", "T", (
        "delta", "#0", "2")))),
    (("*", ("delta", "i", "j"), ("delta", "j", "i")), ("delta", "i", "j")),
    (("delta", plus("i", "1"), plus("j", "1")), ("delta", "i", "j")),
    (("delta", "i", plus("i", "1")), "0"),
    (("delta", plus("i", "i"), ("*", "2", "i")), "1"),
    (("delta", "3", "3"), "1"),
    (("sum_mod", "n", plus(("app", "c", "#0"), "x")),
     plus(("*", "n", "x"), ("sum_mod", "n", ("app", "c", "#0")))),
    (("sum_mod", "n", ("/", ("app", "c", "#0"), "x")),
     ("/", ("sum_mod", "n", ("app", "c", "#0")), "x")),
    (("sum_mod", "n", ("/", ("delta", "#0", "p"), plus("1", ("abs", ("app", "c", "#0"))))),
     ("/", "1", plus("1", ("abs", ("app", "c", "p"))))),
    (("sum_mod", "n", ("*", ("delta", "#0", "p"), "x")), "x"),
    (("sum_mod", "n", ("sum_mod", "n", ("*", ("delta", ("+", "#0", "#1"), "p"),
                                        ("app", "c", "#0"), ("app", "e", "#1")))),
     ("sum_mod", "n", ("*", ("app", "c", ("+", "p", ("-", "#0"))), ("app", "e", "#0")))),
]  # fmt: skip

DIFFERENT: list[tuple[Term, Term]] = [
    (total("1", "T", A), total("1", "T", a("#0", "b"))),
    (total("1", "T", A), total("0", "T", A)),
    (total("1", "i", ("/", "x", "i")), "x"),
    (total("1", plus("T", "-1"), ("/", "1", plus("T", "-1"))), "1"),
    (total("1", "i", ("/", A, "i")), ("/", total("1", "i", A), "i")),
    (total("1", "i", ("app", "f", ("/", "#0", "i"))),
     plus(total("0", "i", ("app", "f", ("/", "#0", "i"))), ("-", ("app", "f", "0")))),
    (total("1", "T", total("1", "#0", ("app", "z", "#0", "#1"))),
     total("1", "T", total("1", "#0", ("app", "z", "#1", "#0")))),
    (total("1", "i", ("/", "1", A)),
     plus(total("0", "i", ("/", "1", A)), ("-", ("/", "1", a("0"))))),
    (total("1", plus("i", "1"), ("/", "1", A)),
     plus(total("1", "i", ("/", "1", A)), ("/", "1", a(plus("i", "1"))))),
    (total("1", "T", ("sqrt", A)), plus(total("0", "T", ("sqrt", A)), ("-", ("sqrt", a("0"))))),
    (total("1", "T", ("app", "f", ("sqrt", "x"))), ("app", "f", ("sqrt", "x"))),
    (("sum_mod", "n", ("app", "c", "#0")), ("sum_mod", "n", ("app", "e", "#0"))),
    (("delta", "i", "j"), ("delta", "i", plus("j", "1"))),
    (("delta", "i", "j"), "0"),
    (("delta", "i", "j"), "1"),
    (("delta", "i", "j"), ("delta", ("mod", "n", "i"), ("mod", "n", "j"))),
    (total("1", "T", ("*", ("delta", "#0", "j"), A)), a("j")),
    (total("1", "T", ("*", ("delta", "#0", "j"), A)), "0"),
    (total("1", "T", ("delta", ("mod", "n", "#0"), "p")), "1"),
    (("sum_mod", "n", ("delta", ("lift", "#0"), "i")), "1"),
]  # fmt: skip


@pytest.mark.parametrize(("left", "right"), EQUAL)
def test_equal_sums_have_one_normal_form(left: Term, right: Term) -> None:
    """Ends, shifts, constant factors and inner products are seen through."""
    assert context().equal(left, right)


@pytest.mark.parametrize(("left", "right"), DIFFERENT)
def test_different_sums_have_two(left: Term, right: Term) -> None:
    """Also where only an empty range makes the difference."""
    assert not context().equal(left, right)


def test_a_last_term_is_split_off_where_there_is_one() -> None:
    """Σ_{t=1}^{i+1} 1/a_t has a last term for 0 ≤ i."""
    left = total("1", plus("i", "1"), ("/", "1", A))
    right = plus(total("1", "i", ("/", "1", A)), ("/", "1", a(plus("i", "1"))))
    assert context(("<=", "0", "i")).equal(left, right)
    assert not context(("<=", "-1", "i")).equal(left, right)


IN_RANGE = (("<=", "i", "j"), ("<=", "j", "T"))
PINNED: list[tuple[tuple[Term, ...], Term, Term]] = [
    (IN_RANGE, total("i", "T", ("*", ("delta", "#0", "j"), A)), a("j")),
    (IN_RANGE, total("i", "T", ("*", ("delta", "j", "#0"), A, A)), ("^", a("j"), "2")),
    (IN_RANGE, total("i", "T", ("*", ("delta", plus("#0", "1"), plus("j", "1")), W)),
     ("app", "w", "j")),
    (IN_RANGE, total("i", "T", ("/", ("delta", "#0", "j"), A)), ("/", "1", a("j"))),
    (IN_RANGE, total("i", "T", ("*", ("delta", "#0", "j"), ("delta", "#0", "i"))),
     ("delta", "i", "j")),
    (IN_RANGE, total("i", "T", ("*", ("delta", "#0", plus("j", "-1")), A)),
     total("i", "T", ("*", ("delta", "#0", plus("j", "-1")), A))),
    ((*IN_RANGE, ("<", "j", "i")), total("i", "T", ("*", ("delta", "#0", "j"), A)), a("j")),
    ((("<", "j", "1"),), total("1", "T", ("*", ("delta", "#0", "j"), A)), "0"),
    ((("<", "T", "j"),), total("1", "T", ("*", ("delta", "#0", "j"), A)), "0"),
    ((("<", "T", "j"),), total("1", "T", ("*", ("delta", "#0", "j"), W)), ("zero", "d")),
    ((("<", "i", "j"),), ("delta", "i", "j"), "0"),
    ((("!=", "i", "j"),), ("delta", "j", "i"), "0"),
    ((("=", "i", "j"),), ("delta", "i", "j"), "1"),
]
NOT_PINNED: list[tuple[tuple[Term, ...], Term, Term]] = [
    ((("<=", "i", "j"),), total("i", "T", ("*", ("delta", "#0", "j"), A)), a("j")),
    ((("<=", "j", "T"),), total("i", "T", ("*", ("delta", "#0", "j"), A)), a("j")),
    ((("<", "j", "i"),), total("i", "T", ("*", ("delta", "#0", "j"), A)), "0"),
    (IN_RANGE, total("i", "T", ("*", ("delta", ("*", "2", "#0"), "j"), A)), a("j")),
    (IN_RANGE, total("i", "T", ("*", ("delta", ("*", "2", "#0"), "j"), A)), "0"),
    (IN_RANGE, total("i", "T", ("*", ("delta", "#0", "j"), A)), a("i")),
    ((("<=", "i", "j"),), ("delta", "i", "j"), "0"),
]


@pytest.mark.parametrize(("facts", "left", "right"), PINNED)
def test_a_delta_pins_the_index_in_a_range(
    facts: tuple[Term, ...], left: Term, right: Term
) -> None:
    """Where it is known to be in the range, or outside of one that does not run backwards."""
    assert context(*facts).equal(left, right)


@pytest.mark.parametrize(("facts", "left", "right"), NOT_PINNED)
def test_a_delta_pins_no_index_that_may_be_elsewhere(
    facts: tuple[Term, ...], left: Term, right: Term
) -> None:
    assert not context(*facts).equal(left, right)


ROOT_OF_X = total("1", "i", ("app", "f", ("*", "#0", ("sqrt", "x"))))


def test_what_an_empty_range_leaves_undefined_is_not_spilled() -> None:
    """A term outside the range is formed only where it is defined."""
    spilled = plus(
        total("0", "i", ("app", "f", ("*", "#0", ("sqrt", "x")))), ("-", ("app", "f", "0"))
    )
    assert context(("<=", "0", "x")).equal(ROOT_OF_X, spilled)
    assert not context().equal(ROOT_OF_X, spilled)


@pytest.mark.parametrize(
    ("body", "spilled"),
    [
        (("app", "f", ("*", "#0", ("derivative", ("app", "f", "#0"), "x"))), True),
        (("app", "f", ("derivative", ("app", "f", "#0"), A)), False),
        (("sum", "1", "#0", ("/", "1", a("#0"))), False),
        (("sum", "1", "#0", ("app", "f", ("/", "1", a("#0")))), False),
        (("app", "f", ("*", "#0", ("sum", "1", "j", ("/", "1", a("#0"))))), False),
        (("app", "h", ("/", W, A)), False),
        (("app", "h", ("sum", "1", "#0", ("/", ("app", "w", "#0"), a("#0")))), False),
        (("app", "h", ("sum", "1", "#0", ("app", "w", "#0"))), True),
        (("entry", "M", "#0", "#0"), True),
        (("inner", W, W), True),
    ],
)
def test_which_bodies_are_defined_outside_their_range(body: Term, spilled: bool) -> None:
    """A body that may be undefined somewhere keeps its first end."""
    ctx = context()
    first = open_binder(body, "0")
    rest = plus(total("0", "T", body), ("-", first))
    if first[0] == "sum":
        rest = total("0", "T", body)
    assert ctx.equal(total("1", "T", body), rest) is spilled


@pytest.mark.parametrize(
    ("term", "code"),
    [
        (total("i", plus("i", "301"), A), "TOO_LARGE"),
        (total("1", plus("i", "301"), A), "UNSUPPORTED"),
        (total("i", plus("i", "-2"), ("/", "1", A)), "UNSUPPORTED"),
        (total("i", plus("i", "-301"), A), "TOO_LARGE"),
    ],
)
def test_ends_that_are_refused(term: Term, code: str) -> None:
    """Too many terms, or a range of negative length of what is not defined everywhere."""
    with pytest.raises(Rejected) as refusal:
        context().normal.value(term)
    assert refusal.value.code == code


def test_ends_are_sums_of_integers() -> None:
    """A fraction as an end, which no well-typed sum has, is refused."""
    ctx = context()
    variable = ctx.atoms.intern("name", "i")
    body = ctx.normal.scalar(a("i"))
    half = ctx.normal.scalar(plus("j", "1/2"))
    for end in (half, ctx.normal.scalar(("/", "1", "x"))):
        with pytest.raises(Rejected) as refusal:
            sum_over(ctx.normal, number(0), end, variable, body)
        assert refusal.value.code == "UNSUPPORTED"


def test_a_range_of_negative_length_takes_away() -> None:
    """Inside a normal form Σ_{t=i}^{i−3} a_t is −a_{i−2} − a_{i−1}."""
    ctx = context()
    left = ctx.normal.scalar(total("i", plus("i", "-3"), A))
    right = ctx.normal.scalar(("-", plus(a(plus("i", "-2")), a(plus("i", "-1")))))
    assert ctx.atoms.is_zero(left - right)


# ---------------------------------------------------------------- against adding up

ENDS = st.tuples(
    st.just("+"), st.sampled_from(["i", "j", "0"]), st.integers(-2, 2).map(lambda k: str(k))
)
BODIES = [
    A,
    W,
    ("*", "#0", A),
    ("*", A, a(NEXT)),
    plus(a(NEXT), ("-", A)),
    ("*", "x", ("^", A, "2")),
    ("/", A, "i"),
    ("*", ("/", A, "i"), W),
    ("/", A, plus("#0", "7")),
    ("/", ("*", "#0", A), plus("i", "j")),
    total("0", "#0", a("#0")),
    total("#0", "j", ("*", a("#0"), a("#1"))),
    total("#0", "j", ("/", a("#0"), plus("1", ("^", a("#1"), "2")))),
    total("1", "i", ("/", ("*", a("#0"), a("#1")), "i")),
    total("1", "#0", ("/", ("*", a("#0"), "i"), "#1")),
    ("app", "f", ("/", "#0", "i")),
    ("app", "f", ("/", A, "i")),
    ("app", "f", plus("#0", ("/", ("*", "#0", BEFORE), "i"))),
    ("app", "f", total("0", "#0", a("#0"))),
    ("inner", "u", ("*", ("/", A, "j"), W)),
    ("abs", ("+", A, "i")),
    ("delta", "#0", "i"),
    ("*", ("delta", "#0", "j"), A),
    ("*", ("delta", NEXT, "i"), ("delta", "#0", "j"), W),
    ("*", ("delta", ("*", "2", "#0"), "j"), A),
    ("/", ("delta", "#0", plus("i", "-1")), plus("#0", "7")),
    total("i", plus("j", "-3"), ("*", ("delta", "#0", plus("i", "-1")), a(plus("#0", "#1")))),
    total("0", "#0", ("*", ("delta", "#0", "j"), a("#1"))),
    total("0", "j", ("*", ("delta", "#0", "#1"), A)),
]
FACTS: list[Term] = [
    ("<=", "0", "i"),
    ("<", "0", "i"),
    ("<=", "i", "j"),
    ("=", "i", "0"),
    ("=", "j", "0"),
    ("!=", "i", "0"),
]
POINTS = st.builds(
    lambda i, j, x, y: Point({"i": Fraction(i), "j": Fraction(j), "x": x, "y": y}),
    st.integers(-1, 3),
    st.integers(0, 3),
    *(st.fractions(-2, 2, max_denominator=2),) * 2,
)


@settings(max_examples=400, deadline=None)
@given(POINTS, st.sampled_from(BODIES), ENDS, ENDS, st.booleans())
def test_a_sum_is_what_adding_up_gives(
    point: Point, body: Term, low: Term, high: Term, informed: bool
) -> None:
    """In small ranges, empty and nested ones among them, whatever true facts are known."""
    term = total(low, high, body)
    expected = point.of(term)
    ctx = context(*true_at(point, FACTS) if informed else ())
    try:
        form = ctx.normal.value(term)
    except Rejected as refusal:
        assert refusal.code in ("UNSUPPORTED", "DIVISION_BY_ZERO")
        return
    assert point.at(form, ctx.atoms.rows, {}) == expected


@settings(max_examples=200, deadline=None)
@given(POINTS, st.sampled_from(BODIES), ENDS, ENDS, st.integers(-2, 2), st.booleans())
def test_a_difference_of_two_sums_is_what_adding_up_gives(
    point: Point, body: Term, low: Term, high: Term, shift: int, informed: bool
) -> None:
    """The normal form of a difference, in which terms cancel, has its value."""
    assume(body not in (W, BODIES[7]))
    moved = total(plus(low, str(shift)), plus(high, str(shift)), body)
    term = plus(total(low, high, body), ("-", moved))
    expected = point.of(term)
    ctx = context(*true_at(point, FACTS) if informed else ())
    try:
        form = ctx.normal.value(term)
    except Rejected as refusal:
        assert refusal.code in ("UNSUPPORTED", "DIVISION_BY_ZERO")
        return
    assert point.at(form, ctx.atoms.rows, {}) == expected
