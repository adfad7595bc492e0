"""What is bound around a covariance is the same inside of its means (S25)."""

from __future__ import annotations

from typing import Any

from therefore.kernel.terms import open_binder
from therefore.reading.randomness import spread_of
from therefore.writing.patterns import covariance_of

Term = Any
T, S, U = "#2", "#1", "#0"  # t and s are bound around the outcome, u inside of a body


def _means(body: Term) -> list[Term]:
    """The two means in E[(u - E u)(u - E u)^T], for t and s given by name."""
    _, product = open_binder(("expectation", spread_of(body, body, ("vector", "n"))[1]), "t", "s")
    return [side[2][1] for side in product[1:]]


def test_the_mean_speaks_of_the_same_names() -> None:
    """Cov(t·x, t·x) for all t, s was E[(t·x − E[s·x])(t·x − E[s·x])ᵀ]."""
    body = ("*", T, ("app", "x", U))
    assert _means(body) == [("expectation", ("*", "t", ("app", "x", "#0")))] * 2


def test_what_a_body_binds_itself_stays() -> None:
    total = ("sum", "1", "#2", ("*", "#0", "#2", ("app", "x", "#1")))  # Σ_k k·s·x, up to t
    inside = ("sum", "1", "t", ("*", "#0", "s", ("app", "x", "#1")))
    assert _means(total) == [("expectation", inside)] * 2


def test_a_covariance_is_printed_only_for_these_means() -> None:
    body = ("*", T, ("app", "x", U))
    assert covariance_of(spread_of(body, body, ("vector", "n"))) == (body, body)
    other = ("+", body, ("-", ("expectation", body)))  # E[(t·x − E[s·x])(t·x − E[s·x])ᵀ]
    assert covariance_of(("expectation", ("outer", other, other))) is None
