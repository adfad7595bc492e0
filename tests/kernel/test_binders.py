"""Binders: opening and closing, substitution, names, and the size of terms."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therefore.kernel import Rejected
from therefore.kernel.binders import (
    BINDERS,
    RESERVED,
    binds,
    close,
    is_number,
    measured,
    mentions,
    new_name,
    open_binder,
    substitute,
)

Term = Any
LEAVES = st.sampled_from(["x", "y", "z", "0", "-3/4"])


def wider(inner: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    """Operations and binders over given terms; closed terms, as no index is free."""
    return st.one_of(
        st.tuples(st.just("+"), inner, inner),
        st.tuples(st.just("app"), st.just("f"), inner),
        st.tuples(st.just("sum"), inner, inner, inner.map(lambda t: close(t, "x"))),
        st.tuples(st.just("forall"), st.just("real"), inner.map(lambda t: close(t, "y"))),
        st.tuples(
            st.just("matrix"),
            st.just("2"),
            st.just("3"),
            inner.map(lambda t: close(close(t, "y"), "x", 1)),
        ),
    )


CLOSED = st.recursive(LEAVES, wider, max_leaves=10)


@given(CLOSED)
def test_opening_inverts_closing(term: Term) -> None:
    """A name closed and put back is the term; what was closed does not mention it."""
    assert open_binder(close(term, "x"), "x") == term
    assert not mentions(close(term, "x"), "x")


@given(CLOSED, CLOSED)
def test_opening_with_a_term_is_substitution(term: Term, value: Term) -> None:
    """Opening what was closed over x puts the value in the places of x."""
    assert open_binder(close(term, "x"), value) == substitute(term, {"x": value})


@given(CLOSED, CLOSED, CLOSED)
def test_two_variables_are_opened_together_or_one_by_one(term: Term, a: Term, b: Term) -> None:
    """The outermost value comes first, and values do not capture each other."""
    body = close(close(term, "y"), "x", 1)
    assert open_binder(body, a, b) == substitute(term, {"x": a, "y": b})
    inner = close(substitute(term, {"x": a}), "y") if not mentions(a, "y") else None
    if inner is not None:
        assert open_binder(inner, b) == open_binder(body, a, b)


@pytest.mark.parametrize(
    ("body", "values", "opened"),
    [
        ("#0", ("a",), "a"),
        ("#1", ("a",), "#0"),
        ("#1", ("a", "b"), "a"),
        ("#0", ("a", "b"), "b"),
        ("#2", ("a", "b"), "#0"),
        ("x", ("a",), "x"),
        (("sum", "#0", "n", ("+", "#0", "#1")), ("a",), ("sum", "a", "n", ("+", "#0", "a"))),
        (("sum_mod", "n", "#1"), ("a",), ("sum_mod", "n", "a")),
        (("matrix", "2", "2", ("*", "#0", "#1", "#2")), ("a",),
         ("matrix", "2", "2", ("*", "#0", "#1", "a"))),
        (("derivative", ("*", "#0", "#1"), "#0"), ("a",), ("derivative", ("*", "#0", "a"), "a")),
        (("lambda", ("vector", "#0"), "#1"), ("3",), ("lambda", ("vector", "3"), "3")),
        (("tends", "#1", "+oo", "#0"), ("a",), ("tends", "a", "+oo", "a")),
        (("#0", "#1"), ("a",), ("a", "#0")),
    ],
)  # fmt: skip
def test_a_binder_is_opened(body: Term, values: tuple[Term, ...], opened: Term) -> None:
    """Indices count binders, the ends of a sum lie outside it."""
    assert open_binder(body, *values) == opened


@pytest.mark.parametrize(("head", "place"), BINDERS.items())
def test_a_binder_binds_in_its_body_only(head: str, place: tuple[int, int]) -> None:
    """No other part of a binder, and no other operation, binds."""
    body, count = place
    term = (head, "a", "b", "c", "d")
    assert [binds(term, k) for k in range(5)] == [count * (k == body) for k in range(5)]
    assert binds(("+", "a", "b"), 1) == 0
    assert binds((("sum",), "a", "b", "c"), 3) == 0


@pytest.mark.parametrize("name", ["x", "T1", "a_b", "Sum", "reciprocal"])
def test_a_word_is_a_name(name: str) -> None:
    """Every word that is no operation may be declared."""
    assert new_name(name) == name


@pytest.mark.parametrize(
    "term", [*sorted(RESERVED), "%x", "1", "#0", "+", "a b", "", "x\n", ("x",), None]
)
def test_other_words_are_no_names(term: Term) -> None:
    """Operations, internal names, numbers and signs cannot be declared."""
    with pytest.raises(Rejected) as refusal:
        new_name(term)
    assert refusal.value.code == "MALFORMED"


@pytest.mark.parametrize(
    ("term", "answer"),
    [("0", True), ("-7/3", True), ("1/0", False), ("x", False), ("#0", False), (("+",), False)],
)
def test_a_number_is_a_fraction_of_literals(term: Term, answer: bool) -> None:
    """A denominator is not zero."""
    assert is_number(term) is answer


def test_substitution_is_simultaneous_and_leaves_heads() -> None:
    """The name of an operation is not a name in its place."""
    assert substitute(("+", "x", "y"), {"x": "y", "y": "x"}) == ("+", "y", "x")
    assert substitute(("inner", "inner", "x"), {"inner": "u"}) == ("inner", "u", "x")
    assert substitute((("vector", "d"), "d"), {"d": "3"}) == (("vector", "3"), "3")


def test_a_term_is_measured_as_it_would_be_walked() -> None:
    """Shared parts count as often as they stand, so doubling twenty times is too much."""
    term: Term = "x"
    for _ in range(10):
        term = ("+", term, term)
    assert measured(term) is term
    for _ in range(10):
        term = ("+", term, term)
    with pytest.raises(Rejected) as refusal:
        measured(term)
    assert refusal.value.code == "TOO_LARGE"


def test_a_term_that_is_too_deep_is_refused() -> None:
    """Depth is limited on its own."""
    term: Term = "x"
    for _ in range(900):
        term = ("-", term)
    with pytest.raises(Rejected) as refusal:
        measured(term)
    assert refusal.value.code == "TOO_LARGE"
