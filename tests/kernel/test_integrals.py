"""Integrals, moving ends, least values, unit steps: what is accepted, a refusal for each code."""

from __future__ import annotations

import json
import random
from contextlib import suppress
from typing import Any

import pytest
from damaging import damaged
from kernel_goals import COMBINE, INSPECT, goal, have, plain, proof_text, prove

from therefore.kernel import Kernel, Rejected
from therefore.kernel.terms import negation

REAL = ("function", ("real",), "real")
NAMES: dict[str, Any] = {
    "a": "real", "b": "real", "d": "size", "u": ("vector", "d"), "n": "integer", "g": REAL,
    "F": REAL,
}  # fmt: skip
NONE = ("lambda", "real", "0")
VALUES = {
    "a": "1", "b": "2", "d": "1", "u": ("vector", "1"), "n": "1", "g": NONE, "F": NONE,
}  # fmt: skip
G = ("app", "g", "#0")
ONE_OVER, SQUARE = ("/", "1", "#0"), ("^", "#0", "2")
INVERSE_SQUARE = ("/", "1", SQUARE)
EQUAL = ("=", "a", "a")
ORDER = ("<=", "a", "b")
# Hypotheses on g with their proofs for g = 0.
NOTHING = {"rule": "linear", "name": "x", "parts": [], "identity": COMBINE, "value": COMBINE}
EXISTS = (
    ("integrates", "-oo", "+oo", G),
    {"rule": "exists_integral", "value": "0", "proof": NOTHING},
)
CONTINUOUS = (
    ("forall", "real", ("tends", G, "#0", G)),
    {"rule": "intro", "names": ["v"],
     "then": {"rule": "through", "name": "x", "from": "1", "outer": "0", "parts": [],
              "identity": COMBINE, "value": COMBINE}},
)  # fmt: skip
PRIMITIVE = (
    ("forall", "real", ("has_derivative", ("app", "F", "#0"), "#0", G)),
    {"rule": "intro", "names": ["v"],
     "then": {"rule": "differentiate", "name": "x", "value": COMBINE}},
)  # fmt: skip


def attempt(conclusion: Any, proof: Any, *hypotheses: Any) -> Any:
    """What the kernel says; a hypothesis is a formula that is seen, or comes with its proof."""
    pairs = [h if isinstance(h[1], dict) else (h, INSPECT) for h in hypotheses]
    claim = goal(conclusion, *(formula for formula, _ in pairs), names=NAMES)
    return prove(claim, plain(proof), VALUES, [shown for _, shown in pairs])


def integral(low: Any, high: Any, body: Any) -> Any:
    return ("integral", low, high, body)


def is_worth(low: Any, high: Any, body: Any, value: Any) -> Any:
    return ("integrates", low, high, body, value)


def cited(fact: str, *terms: Any) -> Any:
    then = {"rule": "assumption", "fact": "cited"}
    return {"rule": "use", "fact": fact, "with": list(terms), "as": "cited", "then": then}


def primitive(body: Any, **more: Any) -> Any:
    slope = {"rule": "differentiate", "name": "t", "value": COMBINE}
    rule = {"rule": "antiderivative", "name": "x", "primitive": body, "derivative": slope}
    return plain({**rule, "value": COMBINE, **more})


def linear(*parts: Any, **more: Any) -> Any:
    rule = {"rule": "linear", "name": "x", "parts": list(parts)}
    return plain({**rule, "identity": COMBINE, "value": COMBINE, **more})


def part(factor: Any, body: Any, value: Any, proof: Any) -> Any:
    return {"factor": factor, "body": body, "value": value, "proof": proof}


def joined(at: Any, first: Any, second: Any) -> Any:
    halves = [{"value": value, "proof": proof} for value, proof in (first, second)]
    return plain(
        {"rule": "joined", "at": at, "first": halves[0], "second": halves[1], "value": COMBINE}
    )


def worth(proof: Any = COMBINE) -> Any:
    return {"rule": "worth", "proof": proof}


def exists(value: Any, proof: Any) -> Any:
    return plain({"rule": "exists_integral", "value": value, "proof": proof})


def continuous(**more: Any) -> Any:
    return plain({"rule": "continuous_integral", "name": "x", **more})


def integrated(**more: Any) -> Any:
    return plain({"rule": "integrated", "name": "x", "relation": INSPECT, **more})


def moving(**more: Any) -> Any:
    rule = {"rule": "moving_end", "name": "y", "exists": INSPECT, "value": COMBINE}
    return plain({**rule, **more})


def vanishing() -> Any:
    """−1/x tends to 0 at +oo, as y with y = 1/x does."""
    one, three = ({"rule": "combine", "items": [{"positive": k}]} for k in ("1", "3"))
    small = {"rule": "dominated", "name": "z", "from": "1", "bound": "2"}
    return {
        "rule": "through", "name": "x", "from": "1", "outer": ("-", "y"),
        "parts": [{"name": "y", "body": ONE_OVER, "limit": "0",
                   "proof": {**small, "upper": one, "lower": three}}],
        "identity": COMBINE, "value": COMBINE,
    }  # fmt: skip


BELOW = primitive(("-", ONE_OVER), high={"limit": "0", "proof": vanishing()})
LINE = primitive(SQUARE)
TWICE = ("*", "2", "#0")
AROUND = {"rule": "combine", "items": [{"square": "x"}]}
LEAST = {
    "rule": "lowest", "name": "x", "body": SQUARE, "point": "0", "least": AROUND,
    "derivative": {"rule": "differentiate", "name": "t", "value": COMBINE},
}  # fmt: skip
NEARBY = {
    "rule": "nearby", "name": "x", "other": "#0", "equal": COMBINE,
    "proof": {"rule": "differentiate", "name": "t", "value": COMBINE},
}  # fmt: skip
UP_TO = ("integral", "0", "#0", G)
THROUGH_SQUARE = have(
    ("has_derivative", UP_TO, ("^", "a", "2"), ("app", "g", ("^", "a", "2"))), "slope",
    moving(continuous=cited("h2", ("^", "a", "2"))),
    {"rule": "differentiate", "name": "t", "value": {"rule": "combine", "items": [
        {"fact": "slope", "times": ("-", ("*", "2", "a"))}]}},
)  # fmt: skip

ACCEPTED = {
    "antiderivative": lambda: attempt(is_worth("0", "1", TWICE, "1"), LINE),
    "antiderivative: the ends the other way round": lambda: attempt(
        is_worth("1", "0", TWICE, "-1"), LINE),
    "antiderivative: between ends in order": lambda: attempt(
        is_worth("1", "b", ONE_OVER, ("log", "b")),
        primitive(("log", "#0"), order=INSPECT), ("<=", "1", "b")),
    "antiderivative: up to infinity": lambda: attempt(
        is_worth("1", "+oo", INVERSE_SQUARE, "1"), BELOW),
    "antiderivative: of a declared function": lambda: attempt(
        is_worth("a", "b", G, ("+", ("app", "F", "b"), ("-", ("app", "F", "a")))),
        primitive(("app", "F", "#0"), derivative=cited("h2", "x"), continuous=cited("h1", "x")),
        CONTINUOUS, PRIMITIVE),
    "linear: nothing": lambda: attempt(is_worth("-oo", "+oo", ("+", "#0", ("-", "#0")), "0"),
                                       NOTHING),
    "linear": lambda: attempt(
        is_worth("a", "b", ("*", "3", ("+", G, TWICE)),
                 ("*", "3", ("+", integral("a", "b", G), ("^", "b", "2"), ("-", ("^", "a", "2"))))),
        linear(part("3", G, integral("a", "b", G), worth()),
               part("3", TWICE, ("+", ("^", "b", "2"), ("-", ("^", "a", "2"))), LINE)), EXISTS),
    "linear: the same from a to b": lambda: attempt(
        is_worth("0", "1", ("abs", TWICE), "1"), linear(part("1", TWICE, "1", LINE),
                                                        order=INSPECT)),
    "joined": lambda: attempt(
        is_worth("-1", "1", ("abs", TWICE), "2"),
        joined("0", ("1", linear(part("-1", TWICE, "-1", LINE), order=INSPECT)),
               ("1", linear(part("1", TWICE, "1", LINE), order=INSPECT)))),
    "joined: at a number outside": lambda: attempt(
        is_worth("0", "1", TWICE, "1"), joined("5", ("25", LINE), ("-24", LINE))),
    "turned": lambda: attempt(
        is_worth("b", "1", ONE_OVER, ("-", ("log", "b"))),
        {"rule": "turned", "proof": primitive(("log", "#0"), order=INSPECT)}, ("<=", "1", "b")),
    "worth: an equation": lambda: attempt(("=", integral("0", "1", TWICE), "1"), worth(LINE)),
    "worth: a statement": lambda: attempt(
        is_worth("0", "1", G, integral("0", "1", G)), worth(), EXISTS),
    "exists_integral": lambda: attempt(("integrates", "0", "1", TWICE), exists("1", LINE)),
    "continuous_integral": lambda: attempt(("integrates", "b", "a", ("abs", "#0")), continuous()),
    "continuous_integral: between ends in order": lambda: attempt(
        ("integrates", "1", "b", ONE_OVER), continuous(order=INSPECT), ("<=", "1", "b")),
    "continuous_integral: of a declared function": lambda: attempt(
        ("integrates", "a", "b", G), continuous(continuous=cited("h1", "x")), CONTINUOUS),
    "continuous_integral: by comparison": lambda: attempt(
        ("integrates", "1", "+oo", ("/", "1", ("+", "1", SQUARE))),
        continuous(
            bound=INVERSE_SQUARE, exists=exists("1", BELOW),
            upper={"rule": "combine", "items": [
                {"positive": ("/", "1", ("*", ("^", "x", "2"), ("+", "1", ("^", "x", "2"))))}]},
            lower={"rule": "combine", "items": [{"positive": (
                "+", ("/", "1", ("^", "x", "2")), ("/", "1", ("+", "1", ("^", "x", "2"))))}]})),
    "integrated": lambda: attempt(
        ("<=", integral("a", "b", G), integral("a", "b", ("+", G, SQUARE))),
        have(("integrates", "a", "b", ("+", G, SQUARE)), "both", exists(
            ("+", integral("a", "b", G), ("/", ("+", ("^", "b", "3"), ("-", ("^", "a", "3"))),
                                         "3")),
            linear(part("1", G, integral("a", "b", G), worth()),
                   part("1", SQUARE, ("/", ("+", ("^", "b", "3"), ("-", ("^", "a", "3"))), "3"),
                        primitive(("/", ("^", "#0", "3"), "3"))))),
             integrated(order=INSPECT,
                        relation={"rule": "combine", "items": [{"square": "x"}]})),
        EXISTS, ORDER),
    "integrated: not below zero": lambda: attempt(
        ("<=", "0", integral("1", "+oo", INVERSE_SQUARE)),
        integrated(defined=[exists("1", BELOW)])),
    "moving_end: above": lambda: attempt(
        ("has_derivative", UP_TO, "a", ("app", "g", "a")),
        moving(continuous=cited("h2", "a")), EXISTS, CONTINUOUS),
    "moving_end: below": lambda: attempt(
        ("has_derivative", ("integral", "#0", "+oo", G), "a", ("-", ("app", "g", "a"))),
        moving(continuous=cited("h2", "a")), EXISTS, CONTINUOUS),
    "moving_end: where the integral exists": lambda: attempt(
        ("has_derivative", ("integral", "1", "#0", ONE_OVER), "a", ("/", "1", "a")),
        moving(**{"from": "a"}, exists=have(
            ("<", "0", "y"), "positive", INSPECT,
            {"rule": "cases", "on": ["1", "y"], "as": "side",
             "less": continuous(order=INSPECT), "equal": continuous(order=INSPECT),
             "greater": exists(("log", "y"), {
                 "rule": "turned", "proof": primitive(("log", "#0"), order=INSPECT)})})),
        ("<", "0", "a")),
    "the chain rule for a moving end": lambda: attempt(
        ("has_derivative", ("integral", "0", SQUARE, G), "a",
         ("*", "2", "a", ("app", "g", ("^", "a", "2")))), THROUGH_SQUARE, EXISTS, CONTINUOUS),
    "the chain rule for a low end": lambda: attempt(
        ("has_derivative", ("integral", TWICE, "0", G), "0", ("*", "-2", ("app", "g", "0"))),
        have(("has_derivative", ("integral", "#0", "0", G), ("*", "2", "0"),
              ("-", ("app", "g", ("*", "2", "0")))), "slope",
             moving(continuous=cited("h2", ("*", "2", "0"))),
             {"rule": "differentiate", "name": "t", "value": {"rule": "combine", "items": [
                 {"fact": "slope", "times": "-2"}]}}), EXISTS, CONTINUOUS),
    "over a part of the line": lambda: attempt(
        ("=", ("+", integral("-oo", "a", G), integral("b", "+oo", G), integral("b", "a", G)),
         ("+", integral("b", "a", G), integral("-oo", "a", G), integral("b", "+oo", G))),
        COMBINE, EXISTS),
    "over a part of a range": lambda: attempt(
        ("=", integral("1", "b", G), integral("1", "b", G)), COMBINE, (
            ("integrates", "0", "+oo", G),
            {"rule": "exists_integral", "value": "0", "proof": NOTHING}), ("<=", "1", "b")),
    "a combination of known ones": lambda: attempt(
        ("=", integral("a", "b", ("+", ("*", "a", G), ("*", "-2", G))),
         integral("a", "b", ("*", ("+", "a", "-2"), G))), COMBINE, EXISTS),
    "a combination beside sums and multiples that are known": lambda: attempt(
        ("=", integral("a", "b", ("*", "2", G)), integral("a", "b", ("+", G, G))), COMBINE,
        (("integrates", "-oo", "+oo", ("+", G, ("app", "F", "#0"))),
         {"rule": "exists_integral", "value": "0", "proof": NOTHING}),
        (("integrates", "-oo", "+oo", ("*", "a", G)),
         {"rule": "exists_integral", "value": "0", "proof": NOTHING}), EXISTS),
    "from a to a": lambda: attempt(("=", integral("a", "a", G), "0"), COMBINE, EXISTS),
    "known by its value": lambda: attempt(
        ("=", integral("a", "b", G), "0"), {"rule": "combine", "items": [{"fact": "h1"}]},
        (is_worth("a", "b", G, "0"), NOTHING)),
    "inside a sum": lambda: attempt(
        ("=", ("sum", "1", "n", ("+", ("integral", "0", "#0", G), "a")),
         ("+", ("sum", "1", "n", ("integral", "0", "#0", G)), ("*", "n", "a"))),
        COMBINE, EXISTS, ("<=", "1", "n")),
    "lowest": lambda: attempt(("=", ("*", "2", "0"), "0"), LEAST),
    "lowest: nearby": lambda: attempt(
        ("=", ("+", ("^", "0", "2"), "0"), "0"), LEAST | {
            "body": ("*", SQUARE, ("+", "1", ("-", SQUARE))), "from": "1",
            "least": {"rule": "combine", "items": [
                {"square": "x", "times": ("*", ("+", "1", "x"), ("+", "1", ("-", "x")))}]}}),
    "nearby": lambda: attempt(
        ("has_derivative", ("/", SQUARE, "#0"), "a", "1"), NEARBY | {"from": "a"}, ("<", "0", "a")),
    "a step is 1": lambda: attempt(("=", ("step", "a"), "1"), COMBINE, ("<=", "0", "a")),
    "a step is 0": lambda: attempt(
        ("=", ("step", ("-", "a")), "0"), COMBINE, ("<", "0", "a")),
    "a step is its square": lambda: attempt(
        ("=", ("^", ("step", ("+", "a", "-5")), "3"), ("step", ("+", "a", "-5"))), COMBINE),
    "a step is not negative": lambda: attempt(("<=", "0", ("step", ("+", "a", "-5"))), INSPECT),
    "a step below a sum": lambda: attempt(
        ("=", ("sum", "1", "n", ("*", "2", ("step", ("+", "#0", ("-", "a"))))),
         ("*", "2", ("sum", "1", "n", ("step", ("+", "#0", ("-", "a")))))), COMBINE,
        ("<=", "1", "n")),
    "a step enclosed": lambda: attempt(
        ("<", ("step", ("+", ("exp", "1"), "-3")), "1/2"), {"rule": "enclose", "bits": "20"}),
}  # fmt: skip

REFUSED = {
    "integral: from plus infinity": (
        "ILL_TYPED", lambda: attempt(("=", integral("+oo", "a", G), "0"), COMBINE, EXISTS)),
    "integral: of vectors": (
        "ILL_TYPED", lambda: attempt(("=", integral("a", "b", "u"), "0"), COMBINE)),
    "integral: to a vector": (
        "ILL_TYPED", lambda: attempt(("integrates", "a", "u", G), COMBINE)),
    "integrates: a vector": (
        "ILL_TYPED", lambda: attempt(is_worth("a", "b", G, "u"), COMBINE)),
    "integrates: a hypothesis with an undefined end": (
        "UNDEFINED", lambda: attempt(EQUAL, COMBINE, ("integrates", "0", ("/", "1", "a"), G))),
    "an integral that need not exist": (
        "UNDEFINED", lambda: attempt(("=", integral("a", "b", G), integral("a", "b", G)), COMBINE)),
    "beyond a known range": (
        "UNDEFINED", lambda: attempt(
            ("=", integral("0", "b", G), integral("0", "b", G)), COMBINE,
            (("integrates", "0", "1", G), {"rule": "exists_integral", "value": "0",
                                           "proof": NOTHING}))),
    "below a known range": (
        "UNDEFINED", lambda: attempt(
            ("=", integral("-oo", "1", G), integral("-oo", "1", G)), COMBINE,
            (("integrates", "0", "+oo", G), {"rule": "exists_integral", "value": "0",
                                             "proof": NOTHING}))),
    "a combination with a quotient": (
        "UNDEFINED", lambda: attempt(
            ("=", integral("a", "b", ("/", ("*", "#0", G), "#0")), "a"), COMBINE, EXISTS)),
    "a combination with another integrand": (
        "UNDEFINED", lambda: attempt(
            ("=", integral("a", "b", ("+", G, ("app", "F", "#0"))), "a"), COMBINE, EXISTS)),
    "antiderivative: another goal": ("WRONG_GOAL", lambda: attempt(EQUAL, LINE)),
    "antiderivative: existence alone": (
        "WRONG_GOAL", lambda: attempt(("integrates", "0", "1", TWICE), LINE)),
    "antiderivative: across a pole": (
        "UNDEFINED", lambda: attempt(
            is_worth("-1", "1", INVERSE_SQUARE, "-2"), primitive(("-", ONE_OVER), order=INSPECT))),
    "antiderivative: another value": (
        "NOT_EQUAL", lambda: attempt(is_worth("0", "1", TWICE, "2"), LINE)),
    "antiderivative: a primitive that jumps": (
        "NOT_SMOOTH", lambda: attempt(
            is_worth("-1", "1", "0", "1"), primitive(("step", "#0"), order=INSPECT))),
    "antiderivative: a primitive that is not defined": (
        "UNDEFINED", lambda: attempt(
            is_worth("-1", "1", "0", "2"), primitive(("/", ("abs", "#0"), "#0"), order=INSPECT))),
    "antiderivative: a derivative that need not be continuous": (
        "NOT_CONTINUOUS", lambda: attempt(
            is_worth("a", "b", G, ("+", ("app", "F", "b"), ("-", ("app", "F", "a")))),
            primitive(("app", "F", "#0"), derivative=cited("h1", "x")), PRIMITIVE)),
    "antiderivative: the ends not in order": (
        "NOT_SEEN", lambda: attempt(
            is_worth("1", "b", ONE_OVER, ("log", "b")),
            primitive(("log", "#0"), order=INSPECT), ("<=", "0", "b"))),
    "antiderivative: no limit": (
        "MALFORMED", lambda: attempt(
            is_worth("1", "+oo", INVERSE_SQUARE, "1"), primitive(("-", ONE_OVER)))),
    "antiderivative: a divergent integral": (
        "NOT_EQUAL", lambda: attempt(
            is_worth("1", "+oo", ONE_OVER, "0"),
            primitive(("log", "#0"), high={"limit": "0", "proof": vanishing()}))),
    "antiderivative: both halves diverge": (
        "NOT_EQUAL", lambda: attempt(
            is_worth("-oo", "+oo", TWICE, "0"),
            primitive(SQUARE, low={"limit": "0", "proof": vanishing()},
                      high={"limit": "0", "proof": vanishing()}))),
    "antiderivative: a primitive that is no number": (
        "ILL_TYPED", lambda: attempt(is_worth("0", "1", TWICE, "1"), primitive("u"))),
    "antiderivative: an undefined end": (
        "UNDEFINED", lambda: attempt(is_worth("0", ("/", "1", "a"), TWICE, "1"), LINE)),
    "antiderivative: a name in use": (
        "NAME_TAKEN", lambda: attempt(is_worth("0", "1", TWICE, "1"), primitive(SQUARE, name="a"))),
    "linear: another goal": ("WRONG_GOAL", lambda: attempt(EQUAL, NOTHING)),
    "linear: another integrand": (
        "NOT_EQUAL", lambda: attempt(is_worth("0", "1", "#0", "0"), NOTHING)),
    "linear: another value": (
        "NOT_EQUAL", lambda: attempt(is_worth("0", "1", "0", "1"), NOTHING)),
    "linear: the sign of another range": (
        "NOT_EQUAL", lambda: attempt(
            is_worth("-1", "1", ("abs", TWICE), "0"),
            linear(part("1", TWICE, "0", LINE), order=INSPECT))),
    "linear: a part of another sort": (
        "ILL_TYPED", lambda: attempt(
            is_worth("0", "1", TWICE, "1"), linear(part("1", "u", "1", LINE)))),
    "linear: a part that is not worth it": (
        "NOT_EQUAL", lambda: attempt(
            is_worth("0", "1", TWICE, "2"), linear(part("1", TWICE, "2", LINE)))),
    "linear: a factor that is not defined": (
        "UNDEFINED", lambda: attempt(
            is_worth("0", "1", "0", "0"), linear(part(("/", "1", "a"), "0", "0", NOTHING)))),
    "joined: another goal": (
        "WRONG_GOAL", lambda: attempt(EQUAL, joined("0", ("1", LINE), ("1", LINE)))),
    "joined: another value": (
        "NOT_EQUAL", lambda: attempt(
            is_worth("0", "2", TWICE, "5"), joined("1", ("1", LINE), ("3", LINE)))),
    "joined: at infinity": (
        "ILL_TYPED", lambda: attempt(
            is_worth("0", "2", TWICE, "4"), joined("+oo", ("1", LINE), ("3", LINE)))),
    "turned: at infinity": (
        "WRONG_GOAL", lambda: attempt(
            is_worth("1", "+oo", INVERSE_SQUARE, "1"), {"rule": "turned", "proof": BELOW})),
    "turned: the same sign": (
        "NOT_EQUAL", lambda: attempt(
            is_worth("1", "0", TWICE, "1"), {"rule": "turned", "proof": LINE})),
    "worth: another goal": ("WRONG_GOAL", lambda: attempt(EQUAL, worth())),
    "worth: existence alone": (
        "WRONG_GOAL", lambda: attempt(("integrates", "0", "1", TWICE), worth(LINE))),
    "worth: what need not exist": (
        "UNDEFINED", lambda: attempt(is_worth("0", "1", G, integral("0", "1", G)), worth())),
    "exists_integral: another goal": (
        "WRONG_GOAL", lambda: attempt(is_worth("0", "1", TWICE, "1"), exists("1", LINE))),
    "exists_integral: another value": (
        "NOT_EQUAL", lambda: attempt(("integrates", "0", "1", TWICE), exists("2", LINE))),
    "exists_integral: a vector": (
        "ILL_TYPED", lambda: attempt(("integrates", "0", "1", TWICE), exists("u", LINE))),
    "continuous_integral: another goal": ("WRONG_GOAL", lambda: attempt(EQUAL, continuous())),
    "continuous_integral: a jump": (
        "NOT_CONTINUOUS", lambda: attempt(("integrates", "0", "1", ("step", "#0")), continuous())),
    "continuous_integral: a pole": (
        "UNDEFINED", lambda: attempt(("integrates", "0", "1", ONE_OVER), continuous())),
    "continuous_integral: at infinity without a bound": (
        "MALFORMED", lambda: attempt(("integrates", "0", "+oo", "#0"), continuous())),
    "continuous_integral: a bound without an integral": (
        "NOT_CONTINUOUS", lambda: attempt(
            ("integrates", "0", "+oo", "0"),
            continuous(bound=("step", "#0"), exists=continuous(bound="1"), upper=INSPECT,
                       lower=INSPECT))),
    "continuous_integral: a bound that is none": (
        "NOT_SEEN", lambda: attempt(
            ("integrates", "1", "+oo", "#0"),
            continuous(bound=INVERSE_SQUARE, exists=exists("1", BELOW), upper=INSPECT,
                       lower=INSPECT))),
    "continuous_integral: bounded from one side": (
        "NOT_SEEN", lambda: attempt(
            ("integrates", "1", "+oo", ("-", "#0")),
            continuous(bound=INVERSE_SQUARE, exists=exists("1", BELOW), lower=INSPECT,
                       upper={"rule": "combine", "items": [
                           {"positive": ("+", "x", ("/", "1", ("^", "x", "2")))}]}))),
    "continuous_integral: a bound that is no number": (
        "ILL_TYPED", lambda: attempt(
            ("integrates", "1", "+oo", "0"), continuous(bound="u", exists=COMBINE))),
    "integrated: another goal": ("WRONG_GOAL", lambda: attempt(EQUAL, integrated())),
    "integrated: no integral": (
        "WRONG_GOAL", lambda: attempt(("<=", "0", ("abs", "a")), integrated())),
    "integrated: between other ends": (
        "WRONG_GOAL", lambda: attempt(
            ("<=", integral("0", "1", SQUARE), integral("0", "2", SQUARE)), integrated())),
    "integrated: no order": (
        "WRONG_GOAL", lambda: attempt(("<=", "0", integral("a", "b", SQUARE)), integrated())),
    "integrated: the other order": (
        "NOT_SEEN", lambda: attempt(
            ("<=", "0", integral("1", "0", SQUARE)),
            integrated(order=INSPECT, defined=[continuous()]))),
    "integrated: what need not exist": (
        "UNDEFINED", lambda: attempt(
            ("<=", "0", integral("0", "1", G)), integrated(order=INSPECT))),
    "integrated: not below": (
        "NOT_SEEN", lambda: attempt(
            ("<=", "0", integral("-1", "1", "#0")),
            integrated(order=INSPECT, defined=[continuous()]))),
    "moving_end: another goal": ("WRONG_GOAL", lambda: attempt(EQUAL, moving())),
    "moving_end: both ends": (
        "WRONG_GOAL", lambda: attempt(
            ("has_derivative", ("integral", "#0", "#0", G), "a", "0"), moving(), EXISTS)),
    "moving_end: an end that is a function": (
        "WRONG_GOAL", lambda: attempt(
            ("has_derivative", ("integral", "0", SQUARE, G), "a", "0"), moving(), EXISTS)),
    "moving_end: the integrand moves": (
        "WRONG_GOAL", lambda: attempt(
            ("has_derivative", ("integral", "0", "#0", ("*", "#0", "#1")), "a", ("^", "a", "2")),
            moving())),
    "moving_end: what need not exist": (
        "NOT_SEEN", lambda: attempt(
            ("has_derivative", UP_TO, "a", ("app", "g", "a")),
            moving(continuous=cited("h1", "a")), CONTINUOUS)),
    "moving_end: an integrand that need not be continuous": (
        "NOT_CONTINUOUS", lambda: attempt(
            ("has_derivative", UP_TO, "a", ("app", "g", "a")), moving(), EXISTS)),
    "moving_end: another slope": (
        "NOT_EQUAL", lambda: attempt(
            ("has_derivative", ("integral", "#0", "0", G), "a", ("app", "g", "a")),
            moving(continuous=cited("h2", "a")), EXISTS, CONTINUOUS)),
    "moving_end: an undefined point": (
        "UNDEFINED", lambda: attempt(
            ("has_derivative", UP_TO, ("/", "1", "a"), "0"), moving(), EXISTS)),
    "moving_end: no distance": (
        "SIGN", lambda: attempt(
            ("has_derivative", UP_TO, "a", "0"), moving(**{"from": "b"}), EXISTS)),
    "the second derivative of an integral": (
        "NOT_SMOOTH", lambda: attempt(
            ("has_derivative", ("derivative", ("integral", "0", "#0", G), "#0"), "a", "0"),
            have(("has_derivative", UP_TO, "a", ("app", "g", "a")), "s",
                 moving(continuous=cited("h2", "a")),
                 {"rule": "differentiate", "name": "t", "value": COMBINE}), EXISTS, CONTINUOUS)),
    "an integrand that moves, by structure": (
        "NOT_SMOOTH", lambda: attempt(
            ("has_derivative", ("integral", "0", "1", ("*", "#0", "#1")), "a", "1/2"),
            have(("integrates", "0", "1", ("*", "#0", "a")), "e", continuous(),
                 {"rule": "differentiate", "name": "t", "value": COMBINE}))),
    "both ends, by structure": (
        "NOT_SMOOTH", lambda: attempt(
            ("has_derivative", ("integral", "#0", TWICE, G), "a", "0"),
            {"rule": "differentiate", "name": "t", "value": COMBINE}, EXISTS)),
    "nearby: another goal": ("WRONG_GOAL", lambda: attempt(EQUAL, NEARBY)),
    "nearby: not equal": (
        "NOT_EQUAL", lambda: attempt(("has_derivative", SQUARE, "a", "1"), NEARBY)),
    "nearby: equal at the point alone": (
        "NOT_EQUAL", lambda: attempt(
            ("has_derivative", SQUARE, "1", "1"), NEARBY | {"from": "1/100"})),
    "nearby: no number": (
        "ILL_TYPED", lambda: attempt(
            ("has_derivative", SQUARE, "a", "1"), NEARBY | {"other": "u"})),
    "lowest: another goal": ("WRONG_GOAL", lambda: attempt(("=", "0", "a"), LEAST)),
    "lowest: not the least value": (
        "NOT_SEEN", lambda: attempt(
            ("=", "1", "0"), LEAST | {"body": "#0", "least": INSPECT})),
    "lowest: not the derivative": ("NOT_EQUAL", lambda: attempt(("=", "a", "0"), LEAST)),
    "lowest: no number": (
        "ILL_TYPED", lambda: attempt(("=", "0", "0"), LEAST | {"body": "u"})),
    "step: of a vector": ("ILL_TYPED", lambda: attempt(("=", ("step", "u"), "1"), COMBINE)),
    "step: a sign that is not seen": (
        "NOT_EQUAL", lambda: attempt(("=", ("step", "a"), "1"), COMBINE)),
    "step: by structure": (
        "NOT_SMOOTH", lambda: attempt(
            ("has_derivative", ("step", "#0"), "0", "0"),
            {"rule": "differentiate", "name": "t", "value": COMBINE})),
    "step: at an undefined place": (
        "UNDEFINED", lambda: attempt(
            ("=", ("step", ("/", "1", "a")), ("step", ("/", "1", "a"))), COMBINE)),
}  # fmt: skip


@pytest.mark.parametrize("name", ACCEPTED)
def test_accepted(name: str) -> None:
    ACCEPTED[name]()


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str) -> None:
    code, attempt_ = REFUSED[name]
    with pytest.raises(Rejected) as refusal:
        attempt_()
    assert refusal.value.code == code, refusal.value


# A goal that is true, a proof of it, its hypotheses, and goals that are false.
SHOWN: list[tuple[Any, Any, list[Any], list[Any]]] = [
    (is_worth("0", "1", TWICE, "1"), LINE, [],
     [is_worth("0", "1", TWICE, "2"), is_worth("1", "0", TWICE, "1"),
      is_worth("0", "+oo", TWICE, "1"), is_worth("-1", "1", INVERSE_SQUARE, "-2"),
      ("integrates", "-oo", "+oo", TWICE), ("false",)]),
    (is_worth("1", "+oo", INVERSE_SQUARE, "1"), BELOW, [],
     [is_worth("1", "+oo", ONE_OVER, "1"), is_worth("0", "+oo", INVERSE_SQUARE, "1"),
      is_worth("-oo", "+oo", INVERSE_SQUARE, "0"), is_worth("1", "+oo", INVERSE_SQUARE, "2")]),
    (is_worth("-1", "1", ("abs", TWICE), "2"),
     joined("0", ("1", linear(part("-1", TWICE, "-1", LINE), order=INSPECT)),
            ("1", linear(part("1", TWICE, "1", LINE), order=INSPECT))), [],
     [is_worth("-1", "1", ("abs", TWICE), "0"), is_worth("1", "-1", ("abs", TWICE), "2"),
      is_worth("-1", "1", TWICE, "2"), is_worth("0", "1", ("abs", TWICE), "2")]),
    (("<=", "0", integral("1", "+oo", INVERSE_SQUARE)), integrated(defined=[exists("1", BELOW)]),
     [], [("<=", "0", integral("1", "0", SQUARE)), ("<=", "0", integral("-1", "0", TWICE)),
          ("<=", integral("0", "1", "1"), integral("0", "1", "0"))]),
    (("has_derivative", UP_TO, "a", ("app", "g", "a")), moving(continuous=cited("h2", "a")),
     [EXISTS, CONTINUOUS],
     [("has_derivative", UP_TO, "a", ("+", ("app", "g", "a"), "1")),
      ("has_derivative", ("integral", "0", "#0", "1"), "a", "0"),
      ("=", integral("0", "1", G), "1")]),
    (("has_derivative", ("/", SQUARE, "#0"), "a", "1"), NEARBY | {"from": "a"}, [("<", "0", "a")],
     [("has_derivative", SQUARE, "a", "1"), ("has_derivative", ("/", SQUARE, "#0"), "0", "1")]),
]  # fmt: skip
POOL = ["0", "1", "-1", "2", "a", "b", "x", "y", "#0", "+oo", "-oo", "abs", "/", "antiderivative",
        "linear", "joined", "turned", "worth", "exists_integral", "continuous_integral", "combine",
        "integrated", "moving_end", "inspect", "assumption", "from", "to", "near",
        "order"]  # fmt: skip


@pytest.mark.parametrize("number", range(len(SHOWN)))
def test_damaged_proofs_prove_nothing_false(number: int) -> None:
    """A damaged certificate is refused, or still proves what is true; never what is false."""
    true, proof, hypotheses, false = SHOWN[number]
    pairs = [h if isinstance(h[1], dict) else (h, INSPECT) for h in hypotheses]
    rng = random.Random(number)
    for wrong in (*false, negation(true)):
        claim = goal(wrong, *(formula for formula, _ in pairs), names=NAMES)
        text = claim.to_text()
        for k in range(40):
            with suppress(Rejected):
                tried = plain(proof if k == 0 else damaged(plain(proof), rng, POOL))
                certificate = proof_text(claim, tried, VALUES, [shown for _, shown in pairs])
                json.loads(certificate)
                Kernel().accept(text, certificate)
                pytest.fail(f"{wrong} was accepted: {certificate}")
