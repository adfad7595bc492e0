"""The rules of calculus: what each accepts, and a refusal for each code that it can raise."""

from __future__ import annotations

from typing import Any

import pytest
from kernel_goals import COMBINE, INSPECT, goal, have, plain, prove, refute

from therefore.kernel import Rejected

D: dict[str, Any] = {"rule": "differentiate", "name": "t", "value": COMBINE}
NAMES: dict[str, Any] = {
    "d": "size",
    "x": "real",
    "u": ("vector", "d"),
    "f": ("function", (("vector", "d"),), "real"),
    "a": ("function", ("integer",), "real"),
    "g": ("function", ("real",), "real"),
    "m": "integer",
    "w": ("function", ("integer",), ("vector", "d")),
}
VALUES = {
    "d": "1", "x": "1", "u": ("vector", "1"), "f": ("lambda", ("vector", "1"), "0"),
    "a": ("table", "0", "0"), "g": ("lambda", "real", "0"), "m": "1",
    "w": ("table", "0", ("vector", "0")),
}  # fmt: skip
SMOOTH = ("differentiable", "f")
X_POSITIVE = ("<", "0", "x")
BY_STRUCTURE = {"rule": "everywhere", "name": "y"}
HALF_SQUARE = ("lambda", ("vector", "d"), ("*", "1/2", ("inner", "#0", "#0")))
SOFTSIGN = ("/", "#0", ("+", "1", ("abs", "#0")))
QUOTIENT = ("/", "1", ("+", "1", ("abs", "#0")))
ONE_OVER = ("/", "1", "#0")


def derivative(body: Any, point: Any, value: Any) -> Any:
    return ("has_derivative", body, point, value)


def attempt(conclusion: Any, proof: Any, *hypotheses: Any) -> Any:
    given = [BY_STRUCTURE if h == SMOOTH else INSPECT for h in hypotheses]
    return prove(goal(conclusion, *hypotheses, names=NAMES), plain(proof), VALUES, given)


def quotient(q: Any, identity: Any = COMBINE, **more: Any) -> Any:
    rule = {"rule": "quotient", "name": "y", "quotient": q, "identity": identity}
    return plain({**rule, "value": COMBINE, **more})


def dominated(bound: Any, start: Any = "1", **more: Any) -> Any:
    rule = {"rule": "dominated", "name": "y", "from": start, "bound": bound}
    return plain({**rule, "upper": INSPECT, "lower": INSPECT, **more})


def another(value: Any, proof: Any, differs: Any) -> Any:
    return plain({"rule": "another", "value": value, "proof": proof, "differs": differs})


LIMIT = ("tends", ONE_OVER, "+oo", "0")
BY_BOUND = dominated("1", upper=COMBINE, lower={"rule": "combine", "items": [{"positive": "2"}]})
BY_BOUND["upper"] = {"rule": "combine"}
UNIT = {"rule": "combine", "items": [{"positive": "1"}]}
LIMIT_PROOF = dominated("2", upper=UNIT, lower={"rule": "combine", "items": [{"positive": "3"}]})
LIMIT_TO_THE_LEFT = dominated(
    "2", upper={"rule": "combine", "items": [{"positive": "3"}]}, lower=UNIT
)

ACCEPTED = {
    "differentiate: polynomials": lambda: attempt(
        derivative(("+", ("^", "#0", "3"), ("*", "2", "#0", "#0"), ("-", "x"), ("^", "x", "0")),
                   "x", ("+", ("*", "3", "x", "x"), ("*", "4", "x"))), D),
    "differentiate: a power of zero": lambda: attempt(derivative(("^", "#0", "0"), "x", "0"), D),
    "differentiate: quotients": lambda: attempt(
        derivative(("+", ONE_OVER, ("/", "#0", "2")), "x",
                   ("+", ("/", "-1", ("^", "x", "2")), "1/2")), D, X_POSITIVE),
    "differentiate: abs, sqrt": lambda: attempt(
        derivative(("+", ("abs", "#0"), ("sqrt", "#0")), "x",
                   ("+", "1", ("/", "1", ("*", "2", ("sqrt", "x"))))), D, X_POSITIVE),
    "differentiate: even powers of abs and norm": lambda: attempt(
        derivative(("+", ("^", ("abs", "#0"), "2"), ("^", ("norm", ("*", "#0", "u")), "2")), "0",
                   "0"), D),
    "differentiate: inner, norm, vectors": lambda: attempt(
        derivative(("inner", ("*", "#0", "u"), "u"), "x", ("inner", "u", "u")), D),
    "differentiate: the norm where it is not zero": lambda: attempt(
        derivative(("norm", ("*", "#0", "u")), "x",
                   ("/", ("*", "x", ("inner", "u", "u")), ("norm", ("*", "x", "u")))), D,
        ("<", "0", ("inner", ("*", "x", "u"), ("*", "x", "u")))),
    "differentiate: vectors by coordinates": lambda: attempt(
        derivative(("inner", ("vector", "#0", "1"), ("vector", "2", "3")), "x", "2"), D),
    "differentiate: vectors over a number": lambda: attempt(
        derivative(("inner", ("/", ("*", "#0", "u"), "2"), ("-", "u")), "x",
                   ("/", ("inner", "u", "u"), "-2")), D),
    "differentiate: a function of a vector": lambda: attempt(
        derivative(("app", "f", ("*", "#0", "u")), "x",
                   ("inner", ("gradient", "f", ("*", "x", "u")), "u")), D, SMOOTH),
    "differentiate: a sum": lambda: attempt(
        derivative(("sum", "1", "3", ("*", "#1", ("app", "a", "#0"))), "x",
                   ("sum", "1", "3", ("app", "a", "#0"))), D),
    "slope": lambda: attempt(("=", ("derivative", ("^", "#0", "2"), "x"), ("*", "2", "x")),
                             {"rule": "slope", "proof": D}),
    "everywhere": lambda: attempt(("differentiable", HALF_SQUARE), BY_STRUCTURE),
    "a gradient by structure": lambda: attempt(
        ("=", ("gradient", HALF_SQUARE, "u"), "u"), COMBINE),
    "a gradient, twice": lambda: attempt(
        ("=", ("gradient", HALF_SQUARE, ("gradient", HALF_SQUARE, "u")), "u"), COMBINE),
    "quotient": lambda: attempt(derivative(SOFTSIGN, "0", "1"), quotient(QUOTIENT)),
    "quotient: of the parts that do not move": lambda: attempt(
        derivative(("*", ("app", "a", "1"), "#0"), "0", ("app", "a", "1")),
        quotient(("app", "a", "1"))),
    "dominated: to the right": lambda: attempt(LIMIT, LIMIT_PROOF),
    "dominated: to the left": lambda: attempt(("tends", ONE_OVER, "-oo", "0"), LIMIT_TO_THE_LEFT),
    "another limit": lambda: refute(
        goal(("tends", ONE_OVER, "+oo", "1")), {}, another("0", LIMIT_PROOF, INSPECT)),
    "another derivative": lambda: refute(
        goal(derivative(("^", "#0", "2"), "1", "3")), {}, another("2", D, INSPECT)),
    "a derivative that is a fact": lambda: attempt(
        ("<", "0", ("derivative", ("^", "#0", "2"), "x")),
        have(derivative(("^", "#0", "2"), "x", ("*", "2", "x")), "D", D,
             {"rule": "combine", "items": [{"fact": "D", "times": "-1"},
                                           {"positive": ("*", "2", "x")}]}), X_POSITIVE),
}  # fmt: skip

ALONG_W = ("sum", "1", ("^", "m", "2"), (
    "*", ("inner", "#1", ("app", "w", "#0")), ("app", "w", "#0")))  # fmt: skip
ANOTHER_GOAL = ("=", "x", "x")
REFUSED = {
    "differentiate: another goal": ("WRONG_GOAL", lambda: attempt(ANOTHER_GOAL, D)),
    "differentiate: another derivative": (
        "NOT_EQUAL", lambda: attempt(derivative(("^", "#0", "2"), "x", "x"), D)),
    "differentiate: abs at zero": (
        "UNDEFINED", lambda: attempt(derivative(("abs", "#0"), "0", "0"), D)),
    "differentiate: sqrt at zero": (
        "UNDEFINED", lambda: attempt(derivative(("sqrt", "#0"), "0", "0"), D)),
    "differentiate: norm at zero": (
        "UNDEFINED", lambda: attempt(derivative(("norm", ("*", "#0", "u")), "0", "0"), D)),
    "differentiate: x/x at zero": (
        "UNDEFINED", lambda: attempt(derivative(("/", "#0", "#0"), "0", "0"), D)),
    "differentiate: at an undefined point": (
        "UNDEFINED", lambda: attempt(derivative("1", ("/", "1", "x"), "0"), D)),
    "differentiate: a function that need not be smooth": (
        "UNDEFINED", lambda: attempt(
            derivative(("app", "f", ("*", "#0", "u")), "x", "0"), D)),
    "differentiate: no rule": (
        "UNDEFINED", lambda: attempt(
            derivative(("app", "g", "#0"), "x", "1"), D)),
    "differentiate: a name in use": (
        "NAME_TAKEN", lambda: attempt(derivative("#0", "x", "1"), {**D, "name": "x"})),
    "differentiate: a reserved name": (
        "MALFORMED", lambda: attempt(derivative("#0", "x", "1"), {**D, "name": "sum"})),
    "a derivative in a goal with no fact": (
        "WRONG_GOAL", lambda: attempt(
            ("=", ("derivative", "#0", "x"), "1"), {"rule": "combine", "defined": [D]})),
    "slope: another goal": (
        "WRONG_GOAL", lambda: attempt(ANOTHER_GOAL, {"rule": "slope", "proof": D})),
    "everywhere: another goal": ("WRONG_GOAL", lambda: attempt(ANOTHER_GOAL, BY_STRUCTURE)),
    "everywhere: a norm": (
        "UNDEFINED", lambda: attempt(
            ("differentiable", ("lambda", ("vector", "d"), ("norm", "#0"))), BY_STRUCTURE)),
    "everywhere: a name in use": (
        "NAME_TAKEN", lambda: attempt(
            ("differentiable", HALF_SQUARE), {**BY_STRUCTURE, "name": "x"})),
    "a gradient of a function that need not be smooth": (
        "UNDEFINED", lambda: attempt(("=", ("gradient", "f", "u"), "u"), COMBINE)),
    "a gradient that is a sum of others": (
        "NOT_EQUAL", lambda: attempt(
            ("=", ("gradient", ("lambda", ("vector", "d"), ("inner", ALONG_W, "u")), "u"), "u"),
            COMBINE)),
    "quotient: another goal": ("WRONG_GOAL", lambda: attempt(ANOTHER_GOAL, quotient("1"))),
    "quotient: not everywhere": (
        "UNDEFINED", lambda: attempt(
            derivative(ONE_OVER, "1", "-1"), quotient(("/", "-1", "#0")))),
    "quotient: not continuous": (
        "NOT_CONTINUOUS", lambda: attempt(
            derivative("#0", "0", "1"),
            quotient(("app", ("lambda", "real", ("/", "#0", "#0")), "#0")))),
    "quotient: a vector": (
        "ILL_TYPED", lambda: attempt(derivative("#0", "0", "1"), quotient("u"))),
    "quotient: another quotient": (
        "NOT_EQUAL", lambda: attempt(derivative("#0", "0", "1"), quotient("2"))),
    "quotient: another value": (
        "NOT_EQUAL", lambda: attempt(derivative("#0", "0", "2"), quotient("1"))),
    "quotient: a name in use": (
        "NAME_TAKEN", lambda: attempt(derivative("#0", "0", "1"), quotient("1", name="x"))),
    "dominated: another goal": ("WRONG_GOAL", lambda: attempt(ANOTHER_GOAL, LIMIT_PROOF)),
    "dominated: from zero": ("SIGN", lambda: attempt(LIMIT, dominated("2", "0"))),
    "dominated: from a variable": ("SIGN", lambda: attempt(LIMIT, dominated("2", "x"))),
    "dominated: a bound that moves": ("ILL_TYPED", lambda: attempt(LIMIT, dominated("y"))),
    "dominated: not below": ("NOT_SEEN", lambda: attempt(LIMIT, dominated("1/2"))),
    "dominated: an undefined limit": (
        "UNDEFINED", lambda: attempt(
            ("tends", ONE_OVER, "+oo", ("/", "1", "x")), LIMIT_PROOF)),
    "dominated: a name in use": (
        "NAME_TAKEN", lambda: attempt(LIMIT, {**LIMIT_PROOF, "name": "x"})),
    "another: another goal": (
        "WRONG_GOAL", lambda: attempt(ANOTHER_GOAL, another("0", LIMIT_PROOF, INSPECT))),
    "another: the same": (
        "NOT_SEEN", lambda: refute(goal(LIMIT), {}, another("0", LIMIT_PROOF, INSPECT))),
    "another: not proved": (
        "NOT_EQUAL", lambda: refute(
            goal(derivative("#0", "1", "1")), {}, another("2", D, INSPECT))),
    "another: the bare obligation": (
        "WRONG_GOAL", lambda: refute(
            goal(("=", ("derivative", "#0", "1"), "1")), {},
            {"rule": "undefined", "part": "1", "obligation": "0",
             "proof": another("1", D, INSPECT)})),
}  # fmt: skip


@pytest.mark.parametrize("name", ACCEPTED)
def test_accepted(name: str) -> None:
    assert ACCEPTED[name]().kind in ("proof", "refutation")


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str) -> None:
    code, attempt_ = REFUSED[name]
    with pytest.raises(Rejected) as refusal:
        attempt_()
    assert refusal.value.code == code, refusal.value
