"""The signs of sums by inspection: what is seen, what is not, and agreement with adding up."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kernel_goals import context_in
from kernel_values import Point, true_at
from matrix_words import plus

from therefore.kernel import Rejected, door  # noqa: F401  (it enters the theories)
from therefore.kernel.context import Context
from therefore.kernel.signs import ANY, NONNEGATIVE, POSITIVE, Signs

Term = Any
NEGATIVE, NONPOSITIVE = frozenset({-1}), frozenset({-1, 0})
NAMES: dict[str, Term] = {
    "n": "size",
    "i": "integer",
    "j": "integer",
    "x": "real",
    "y": "real",
    "a": ("function", ("integer",), "real"),
    "c": ("function", (("residue", "n"),), "real"),
    "f": ("function", ("real",), "real"),
}


def context(*facts: Term) -> Context:
    return context_in(NAMES, *facts)


def total(low: Term, high: Term, body: Term) -> Term:
    return ("sum", low, high, body)


A = ("app", "a", "#0")
EXP, SQUARE = ("exp", A), ("^", A, "2")
SOME, PERHAPS_NONE = ("<=", "i", "j"), ("<=", "i", plus("j", "1"))
UP_TO_N = total("1", "n", EXP)

SEEN: list[tuple[list[Term], Term, Signs]] = [
    ([], UP_TO_N, POSITIVE),
    ([], total("0", plus("n", "-1"), EXP), POSITIVE),
    ([], total("0", "n", EXP), POSITIVE),
    ([], total("1", plus("n", "-1"), EXP), NONNEGATIVE),
    ([], total("2", "n", EXP), ANY),
    ([], total("2", plus("n", "1"), EXP), ANY),  # two terms would have to be split off
    ([], total("1", "n", ("-", EXP)), NEGATIVE),
    ([], total("1", "n", SQUARE), NONNEGATIVE),
    ([], total("1", "n", ("-", SQUARE)), NONPOSITIVE),
    ([], total("1", "n", plus(SQUARE, "1")), POSITIVE),
    ([], total("1", "n", A), ANY),
    ([], total("1", "n", plus(A, EXP)), ANY),
    ([], total("i", "j", EXP), ANY),
    ([SOME], total("i", "j", EXP), POSITIVE),
    ([PERHAPS_NONE], total("i", "j", EXP), NONNEGATIVE),
    ([PERHAPS_NONE], total("i", "j", ("-", EXP)), NONPOSITIVE),
    ([("<=", "i", plus("j", "2"))], total("i", "j", EXP), ANY),
    ([SOME], total("i", "j", ("^", A, "3")), ANY),
    ([], total("1", "n", ("/", "1", "#0")), POSITIVE),
    ([], total("1", "n", plus("#0", "-1")), NONNEGATIVE),
    ([], total("1", "n", plus("#0", "-2")), ANY),
    ([], total("1", "n", ("*", plus("#0", "-1"), SQUARE)), ANY),
    ([], plus(UP_TO_N, "1"), POSITIVE),
    ([], plus(UP_TO_N, ("^", "x", "2")), POSITIVE),
    ([], plus(UP_TO_N, ("-", "1")), ANY),
    ([], plus(UP_TO_N, "x"), ANY),
    ([], ("*", UP_TO_N, UP_TO_N), POSITIVE),
    ([], plus(UP_TO_N, total("1", "n", ("exp", "#0"))), POSITIVE),
    ([], ("/", "1", UP_TO_N), POSITIVE),
    ([], ("*", ("exp", "x"), UP_TO_N), POSITIVE),
    ([], total("1", "n", ("*", EXP, UP_TO_N)), POSITIVE),
    ([], total("1", "n", total("1", "#0", ("/", "1", "#0"))), POSITIVE),
    ([], ("sum_mod", "n", ("exp", ("app", "c", "#0"))), POSITIVE),
    ([], ("sum_mod", "n", ("^", ("app", "c", "#0"), "2")), NONNEGATIVE),
    ([], ("sum_mod", "n", ("app", "c", "#0")), ANY),
    ([], ("sum_mod", "n", ("*", ("exp", ("app", "c", "#0")), ("exp", "x"))), POSITIVE),
    ([("!=", "x", "0")], ("sum_mod", "n", ("*", "x", ("^", ("app", "c", "#0"), "2"))), ANY),
    ([("<=", "0", total("1", "n", ("abs", A)))], total("1", "n", ("abs", A)), NONNEGATIVE),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "term", "signs"), SEEN)
def test_what_inspection_sees_of_sums(facts: list[Term], term: Term, signs: Signs) -> None:
    """Terms of one sign, in a range that is known not to run backwards, or not to be empty."""
    ctx = context(*facts)
    assert ctx.signs(ctx.normal.scalar(term)) == signs


def test_a_factor_of_two_signs_says_nothing_of_a_sum() -> None:
    """Each term of Σ a_k is not 0 where each a_k is 1 or −1; the sum may be."""
    ctx = context(("!=", "x", "0"), ("<=", "i", "j"))
    body = ("/", "x", plus("1", SQUARE))
    assert ctx.signs(ctx.normal.scalar(total("i", "j", ("*", body, EXP)))) in (ANY, {-1, 1})
    place = ctx.normal.scalar(total("i", "j", ("*", A, A, A)))
    assert ctx.signs(place) == ANY


def test_the_terms_of_a_sum_may_be_built_by_their_signs() -> None:
    """|a_k| in a sum asks for the sign of a_k, which a fact about the sum does not end."""
    gap = total("1", "n", ("abs", plus(A, ("-", "x"))))
    ctx = context(("<=", "0", plus(gap, ("-", "y"))), ("<=", gap, ("*", "2", "y")))
    assert ctx.signs(ctx.normal.scalar(plus(gap, "y"))) in (ANY, NONNEGATIVE)
    assert ctx.atoms.steps < 20_000
    apart = total("1", "n", ("abs", plus(A, ("-", UP_TO_N))))
    ctx = context()
    assert ctx.signs(ctx.normal.scalar(plus(apart, ("exp", "x")))) == POSITIVE
    less = ctx.normal.scalar(plus(apart, ("-", "1")))
    ctx.assume("more", ("<=", "0", "x"))
    assert ctx.signs(less) == ANY


def test_one_term_less_than_the_fact_says_is_not_seen() -> None:
    """Σ_{k=1}^{n} e^{a_k} > e^{a_1} is false for n = 1."""
    ctx = context()
    assert not ctx.holds(("<", ("exp", ("app", "a", "1")), UP_TO_N))
    assert not ctx.holds(("<=", ("exp", ("app", "a", "2")), UP_TO_N))


# ---------------------------------------------------------------- against adding up

BODIES = [
    SQUARE, ("-", SQUARE), ("abs", A), plus(SQUARE, "1"), ("-", plus(SQUARE, "1")), A, "#0",
    ("/", "1", plus(SQUARE, "1")), ("/", "1", plus("#0", "7")), ("*", "#0", SQUARE),
    ("*", ("abs", "x"), SQUARE), plus("#0", ("-", "i")), ("delta", "#0", "i"),
    total("0", "#0", plus(("^", ("app", "a", "#0"), "2"), "1")),
    total("#0", "j", ("abs", ("app", "a", "#1"))),
]  # fmt: skip
ENDS = st.tuples(
    st.just("+"), st.sampled_from(["i", "j", "0"]), st.integers(-2, 2).map(lambda k: str(k))
)
FACTS: list[Term] = [
    ("<=", "i", "j"), ("<=", "i", plus("j", "1")), ("<", "i", "j"), ("<=", "0", "i"),
    ("<=", "0", "j"), ("<", "0", "j"), ("<=", "j", "0"), ("=", "i", "j"), ("<=", "0", "x"),
]  # fmt: skip
POINTS = st.builds(
    lambda i, j, x, y: Point({"i": Fraction(i), "j": Fraction(j), "x": x, "y": y}),
    st.integers(-2, 3),
    st.integers(-2, 3),
    *(st.fractions(-2, 2, max_denominator=2),) * 2,
)


@settings(max_examples=150, deadline=None)
@given(
    POINTS, st.lists(st.tuples(st.sampled_from(BODIES), ENDS, ENDS), min_size=1, max_size=2),
    st.sampled_from(["0", "x", "1", "-1"]), st.sampled_from("+*"),
)  # fmt: skip
def test_the_signs_of_sums_are_those_of_their_values(
    point: Point, sums: list[tuple[Term, Term, Term]], more: Term, joined: str
) -> None:
    """Whatever is seen of a sum, a product of two, or a sum and something else, is so."""
    terms = [total(low, high, body) for body, low, high in sums]
    term = plus((joined, *terms) if len(terms) > 1 else terms[0], more)
    value = point.of(term)
    ctx = context(*true_at(point, FACTS))
    try:
        signs = ctx.signs(ctx.normal.scalar(term))
    except Rejected as refusal:
        assert refusal.code in ("UNSUPPORTED", "DIVISION_BY_ZERO")
        return
    assert (value > 0) - (value < 0) in signs
