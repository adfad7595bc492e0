"""A declared f: R -> R that has a derivative: the hypothesis, the chain rule, and the refusals."""

from __future__ import annotations

from typing import Any

import pytest
from kernel_goals import COMBINE, goal, plain, prove

from therefore.kernel import Rejected

NAMES = {
    "x": "real", "m": "integer",
    "f": ("function", ("real",), "real"), "g": ("function", ("real",), "real"),
    "v": ("function", ("real",), "real"),
}  # fmt: skip
ZERO = ("lambda", "real", "0")
VALUES = {"x": "1", "m": "1", "f": ZERO, "g": ZERO, "v": ZERO}
OF_F, OF_G = ("app", "f", "#0"), ("app", "g", "#0")
D: dict[str, Any] = {"rule": "differentiate", "name": "t", "value": COMBINE}
INTRO = {"rule": "intro", "names": ["a"], "then": D}
WITH_ZERO = {"rule": "exists", "values": ["0"], "then": D}
SOME: dict[str, Any] = {"rule": "intro", "names": ["a"], "then": WITH_ZERO}

EVERYWHERE = ("forall", "real", ("has_derivative", OF_F, "#0", ("app", "v", "#0")))
FOR_SOME_VALUE = ("forall", "real", ("exists", "real", ("has_derivative", OF_F, "#1", "#0")))


def chain(inner: Any, slope: Any) -> Any:
    """f(inner) has at x the derivative f'(inner) * slope."""
    at_x = _with(inner, "x")
    return ("has_derivative", ("app", "f", inner), "x",
            ("*", slope, ("derivative", OF_F, at_x)))  # fmt: skip


def _with(term: Any, value: Any) -> Any:
    if isinstance(term, str):
        return value if term == "#0" else term
    return tuple(_with(part, value) for part in term)


def attempt(conclusion: Any, proof: Any, *hypotheses: tuple[Any, Any]) -> Any:
    given = [shown for _, shown in hypotheses]
    stated = [formula for formula, _ in hypotheses]
    return prove(goal(conclusion, *stated, names=NAMES), plain(proof), VALUES, given)


SQUARE = ("*", "#0", "#0")
BY_FACT = {"rule": "combine", "items": [{"fact": "h1", "with": [("*", "x", "x")],
                                         "times": ("*", "-2", "x")}]}  # fmt: skip

ACCEPTED = {
    "the chain rule": (chain(SQUARE, ("*", "2", "x")), D, (EVERYWHERE, INTRO)),
    "without the value": (chain(SQUARE, ("*", "2", "x")), D, (FOR_SOME_VALUE, SOME)),
    "with the value": (
        ("has_derivative", ("app", "f", SQUARE), "x",
         ("*", "2", "x", ("app", "v", ("*", "x", "x")))),
        {**D, "value": BY_FACT}, (EVERYWHERE, INTRO)),
    "a product": (
        ("has_derivative", ("*", "#0", OF_F), "x",
         ("+", ("app", "f", "x"), ("*", "x", ("derivative", OF_F, "x")))), D, (EVERYWHERE, INTRO)),
    "as an equation": (
        ("=", ("derivative", OF_F, "x"), ("app", "v", "x")),
        {"rule": "combine", "items": [{"fact": "h1", "with": ["x"]}]},
        (EVERYWHERE, INTRO)),
}  # fmt: skip

REFUSED = {
    "nothing is known of f": ("UNDEFINED", chain("#0", "1"), D),
    "known of another function": (
        "UNDEFINED", chain("#0", "1"), D,
        (("forall", "real", ("has_derivative", OF_G, "#0", "0")), INTRO)),
    "known at one point": (
        "UNDEFINED", chain(("*", "2", "#0"), "2"), D, (("has_derivative", OF_F, "x", "0"), D)),
    "known at points of one kind": (
        "UNDEFINED", chain("#0", "1"), D,
        (("forall", "real", ("has_derivative", OF_F, ("abs", "#0"), "0")), INTRO)),
    "known at the integers": (
        "UNDEFINED", chain("#0", "1"), D,
        (("forall", "integer", ("has_derivative", OF_F, "#0", "0")), INTRO)),
    "known under a condition": (
        "UNDEFINED", chain("#0", "1"), D,
        (("forall", "real", ("implies", ("<", "0", "#0"), ("has_derivative", OF_F, "#0", "0"))),
         {"rule": "intro", "names": ["a"], "labels": ["b"], "then": D})),
    "known at one number alone": (
        "UNDEFINED", chain("#0", "1"), D,
        (("exists", "real", ("has_derivative", OF_F, "#0", "0")),
         {"rule": "exists", "values": ["0"], "then": D})),
    "every value, each at some point": (
        "UNDEFINED", chain("#0", "1"), D,
        (("forall", "real", ("exists", "real", ("has_derivative", OF_F, "#0", ("*", "0", "#1")))),
         {**SOME, "then": {**WITH_ZERO, "values": ["a"]}})),
    "the second derivative": (
        "NOT_SMOOTH", ("has_derivative", ("derivative", OF_F, "#0"), "x", "0"), D,
        (EVERYWHERE, INTRO)),
    "an undefined value": (
        "UNDEFINED", ("=", "x", "x"), COMBINE,
        (("forall", "real", ("has_derivative", OF_F, "#0", ("/", "1", "#0"))), INTRO)),
    "a term that is not a declared function": (
        "UNSUPPORTED", ("=", "x", "x"), COMBINE,
        (("forall", "real", ("has_derivative", ("*", "2", OF_F), "#0", "0")), INTRO)),
}  # fmt: skip


@pytest.mark.parametrize("name", ACCEPTED)
def test_accepted(name: str) -> None:
    assert attempt(*ACCEPTED[name]).kind == "proof"


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str) -> None:
    code, *attempted = REFUSED[name]
    with pytest.raises(Rejected) as refusal:
        attempt(*attempted)
    assert refusal.value.code == code, refusal.value
