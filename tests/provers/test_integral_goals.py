"""Integrals: found within a budget, refuted where another value is claimed, never guessed."""

from __future__ import annotations

import json

import pytest
from test_search import goal, proved, task

from therefore.goal import Term
from therefore.kernel import Kernel
from therefore.provers import certify_refutation, prove

X = "#0"
NAMES: dict[str, Term] = {"a": "real", "b": "real", "g": ("function", ("real",), "real")}
G = ("app", "g", X)
DECAYING = ("exp", ("-", X))
DENSITY = ("/", "1", ("^", ("+", "1", ("abs", X)), "3"))
KNOWN = [("integrates", "-oo", "+oo", G), ("integrates", "-oo", "+oo", ("*", X, G))]
SMOOTH = ("forall", "real", ("tends", G, X, G))
ORDER = ("<=", "a", "b")


def integral(low: Term, high: Term, body: Term) -> Term:
    return ("integral", low, high, body)


WORTH: dict[str, Term] = {
    "a power": ("=", integral("0", "1", ("^", X, "2")), "1/3"),
    "symbolic ends": (
        "=", integral("a", "b", ("*", "2", X)), ("+", ("^", "b", "2"), ("-", ("^", "a", "2")))),
    "an exponential": ("=", integral("0", "+oo", DECAYING), "1"),
    "a power times an exponential": ("=", integral("0", "+oo", ("*", X, DECAYING)), "1"),
    "a kink": ("=", integral("-1", "2", ("abs", X)), "5/2"),
    "a jump": ("=", integral("-1", "2", ("*", X, ("step", X))), "2"),
    "a density": ("=", integral("-oo", "+oo", DENSITY), "1"),
    "its mean": ("=", integral("-oo", "+oo", ("*", X, DENSITY)), "0"),
    "a wave": ("=", integral("0", ("pi",), ("sin", X)), "2"),
    "an end that moves": (
        "=", ("derivative", integral("0", X, ("^", X, "3")), "a"), ("^", "a", "3")),
}  # fmt: skip
RELATED: dict[str, tuple[Term, list[Term]]] = {
    "linear": (
        ("=", integral("a", "b", ("*", ("+", "3", ("-", X)), G)),
         ("+", ("*", "3", integral("a", "b", G)), ("-", integral("a", "b", ("*", X, G))))), KNOWN),
    "adjacent ranges": (
        ("=", ("+", integral("-oo", "b", G), ("-", integral("-oo", "a", G))),
         integral("a", "b", G)), KNOWN),
    "the order": (
        ("<=", integral("a", "b", ("-", G)), integral("a", "b", G)),
        [*KNOWN, ORDER, ("forall", "real", ("<=", "0", G))]),
    "a continuous integrand": (
        ("=", integral("a", "b", G), integral("a", "b", ("+", G, "0"))), [SMOOTH]),
    "a slope": (
        ("has_derivative", integral("-oo", X, G), "a", ("app", "g", "a")), [*KNOWN, SMOOTH]),
    "a slope with the variable in the integrand": (
        ("has_derivative", integral("-oo", X, ("*", ("+", "#1", ("-", X)), G)), "a",
         integral("-oo", "a", G)), [*KNOWN, SMOOTH]),
    "a least value": (
        ("=", ("*", "2", "a"), "0"),
        [("forall", "real", ("<=", ("^", "a", "2"), ("^", X, "2")))]),
}  # fmt: skip
FALSE: dict[str, Term] = {
    "another value": ("=", integral("0", "1", ("^", X, "2")), "1/2"),
    "the other sign": ("=", integral("1", "0", ("*", "2", X)), "1"),
    "too large": ("<=", integral("0", "+oo", DECAYING), "1/2"),
    "another slope": ("=", ("derivative", integral("0", X, ("^", X, "3")), "2"), "7"),
}
UNDEFINED: dict[str, Term] = {
    "across a pole": ("=", integral("-1", "1", ("/", "1", ("^", X, "2"))), "-2"),
    "divergent": ("=", integral("1", "+oo", ("/", "1", X)), "1"),
    "both halves diverge": ("=", integral("-oo", "+oo", X), "0"),
}


@pytest.mark.parametrize("name", WORTH)
def test_the_worth_of_an_integral(name: str) -> None:
    assert proved(goal({"a": "real", "b": "real"}, [], WORTH[name]), {"a": "1", "b": "2"})


@pytest.mark.parametrize("name", RELATED)
def test_integrals_of_declared_functions(name: str) -> None:
    """Found by the search; what it found is taken by the kernel's rules."""
    conclusion, hypotheses = RELATED[name]
    attempt = prove(task(goal(NAMES, hypotheses, conclusion)), (), budget=60)
    assert attempt.proof is not None, attempt.tried


@pytest.mark.parametrize("name", FALSE)
def test_refuted(name: str) -> None:
    claim = goal({}, [], FALSE[name])
    certificate = certify_refutation(claim, {}, budget=60)
    assert certificate is not None
    assert Kernel().accept(claim.to_text(), json.dumps(certificate)).kind == "refutation"


@pytest.mark.parametrize("name", [*FALSE, *UNDEFINED])
def test_not_proved(name: str) -> None:
    claim = goal({}, [], {**FALSE, **UNDEFINED}[name])
    assert prove(task(claim), (), budget=10).proof is None
