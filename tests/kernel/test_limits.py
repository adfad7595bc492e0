"""The rules of limits, corners and the mean value: what they accept, a refusal for each code."""

from __future__ import annotations

import json
import random
from contextlib import suppress
from typing import Any

import pytest
from damaging import damaged
from kernel_goals import COMBINE, INSPECT, goal, have, plain, proof_text, prove, refute

from therefore.kernel import Kernel, Rejected
from therefore.kernel.terms import negation

NAMES: dict[str, Any] = {
    "a": "real", "b": "real", "d": "size", "u": ("vector", "d"), "n": "integer",
    "g": ("function", ("real",), "real"),
}  # fmt: skip
VALUES = {
    "a": "1", "b": "2", "d": "1", "u": ("vector", "1"), "n": "1", "g": ("lambda", "real", "0"),
}  # fmt: skip
ONE_OVER = ("/", "1", "#0")
SIGN = ("/", ("abs", "#0"), "#0")
AFTER, BEFORE = ("right", "0"), ("left", "0")
EQUAL = ("=", "a", "a")


def attempt(conclusion: Any, proof: Any, *hypotheses: Any) -> Any:
    given = [INSPECT for _ in hypotheses]
    return prove(goal(conclusion, *hypotheses, names=NAMES), plain(proof), VALUES, given)


def through(outer: Any, *parts: Any, **more: Any) -> Any:
    rule = {"rule": "through", "name": "x", "from": "1", "outer": outer, "parts": list(parts)}
    return plain({**rule, "identity": COMBINE, "value": COMBINE, **more})


def part(name: str, body: Any, limit: Any, proof: Any) -> Any:
    return {"name": name, "body": body, "limit": limit, "proof": proof}


def dominated(bound: Any, **more: Any) -> Any:
    rule = {"rule": "dominated", "name": "x", "from": "1", "bound": bound}
    return plain({**rule, "upper": INSPECT, "lower": INSPECT, **more})


UNIT = {"rule": "combine", "items": [{"positive": "1"}]}
THRICE = {"rule": "combine", "items": [{"positive": "3"}]}
FAR = dominated("2", upper=UNIT, lower=THRICE)
INVERSE = part("y", ONE_OVER, "0", FAR)


def slopes(right: Any, left: Any, **more: Any) -> Any:
    halves = {
        side: {"quotient": q, "identity": COMBINE} for side, q in (("right", right), ("left", left))
    }
    return plain({"rule": "corner", "name": "x", **halves, "differs": INSPECT, **more})


def kink(body: Any = ("abs", "#0"), point: Any = "0", value: Any = "1") -> Any:
    return ("not", ("has_derivative", body, point, value))


def monotone(body: Any, slope: Any, low: Any = "a", high: Any = "b", **more: Any) -> Any:
    derivative = {"rule": "differentiate", "name": "t", "value": COMBINE}
    ends = {"from": low, "to": high, "as": "between"}
    rule = {"rule": "monotone", "name": "x", "body": body, "slope": slope, **ends}
    return plain({**rule, "order": INSPECT, "derivative": derivative, "sign": INSPECT, **more})


def other_side(side: str, value: Any, proof: Any) -> Any:
    return plain(
        {"rule": "sides", "side": side, "value": value, "proof": proof, "differs": INSPECT}
    )


SQUARE = ("^", "#0", "2")
SQUARES = ("<=", ("^", "a", "2"), ("^", "b", "2"))

ACCEPTED = {
    "through: a rational function far out": lambda: attempt(
        ("tends", ("/", ("+", ("*", "2", "#0"), "1"), ("+", "#0", "3")), "+oo", "2"),
        through(("/", ("+", "2", "y"), ("+", "1", ("*", "3", "y"))), INVERSE)),
    "through: the same to the left": lambda: attempt(
        ("tends", ("/", "#0", ("+", "1", ("abs", "#0"))), "-oo", "-1"),
        through(("/", "1", ("+", "y", "-1")),
                part("y", ONE_OVER, "0", dominated("2", upper=THRICE, lower=UNIT)))),
    "through: a constant": lambda: attempt(("tends", "a", "+oo", "a"), through("a")),
    "through: at a point": lambda: attempt(("tends", SQUARE, "a", ("^", "a", "2")),
                                           through(("^", "x", "2"))),
    "through: at a point where there is no value": lambda: attempt(
        ("tends", ("/", ("+", SQUARE, "-1"), ("+", "#0", "-1")), "1", "2"),
        through(("+", "x", "1"))),
    "through: from the right": lambda: attempt(("tends", SIGN, AFTER, "1"), through("1")),
    "through: from the left": lambda: attempt(("tends", SIGN, BEFORE, "-1"), through("-1")),
    "through: a root from the right": lambda: attempt(
        ("tends", ("sqrt", "#0"), AFTER, "0"), through(("sqrt", "x"))),
    "through: a named distance": lambda: attempt(
        ("tends", ("/", "1", ("+", "#0", "-2")), "1", "-1"),
        through(("/", "1", ("+", "x", "-2")))),
    "through: a distance that is proved to be positive": lambda: attempt(
        ("tends", "#0", "a", "a"),
        through("x", **{"from": "b", "defined": [INSPECT]}), ("<", "a", "b"), ("<", "0", "a")),
    "dominated: at a point": lambda: attempt(
        ("tends", ("*", "2", "#0"), "0", "0"),
        {"rule": "dominated", "name": "x", "from": "1", "bound": "2",
         "upper": {"rule": "cases", "on": ["x", "0"], "as": "s", "less": INSPECT,
                   "equal": INSPECT, "greater": INSPECT},
         "lower": {"rule": "cases", "on": ["x", "0"], "as": "s", "less": INSPECT,
                   "equal": INSPECT, "greater": INSPECT}}),
    "dominated: from the right": lambda: attempt(
        ("tends", ("+", "#0", "3"), AFTER, "3"), dominated("1")),
    "dominated: from the left": lambda: attempt(
        ("tends", ("+", "#0", "3"), BEFORE, "3"), dominated("1")),
    "sides": lambda: refute(
        goal(("tends", SIGN, "0", "1")), {}, other_side("left", "-1", through("-1"))),
    "sides: the other": lambda: refute(
        goal(("tends", SIGN, "0", "0")), {}, other_side("right", "1", through("1"))),
    "another: from one side": lambda: refute(
        goal(("tends", SIGN, AFTER, "-1")), {},
        plain({"rule": "another", "value": "1", "proof": through("1"), "differs": INSPECT})),
    "a limit as a hypothesis": lambda: prove(
        goal(("tends", ("*", "2", ("app", "g", "#0")), "+oo", ("*", "2", "a")),
             ("tends", ("app", "g", "#0"), "+oo", "a"), names=NAMES),
        through(("*", "2", "y"),
                part("y", ("app", "g", "#0"), "a", {"rule": "assumption", "fact": "h1"})),
        {**VALUES, "g": ("lambda", "real", "1")}, [through("1")]),
    "a limit at a point as a hypothesis": lambda: prove(
        goal(("tends", ("app", "g", "#0"), ("right", "b"), "a"),
             ("tends", ("app", "g", "#0"), ("right", "b"), "a"), names=NAMES),
        {"rule": "assumption", "fact": "h1"},
        {**VALUES, "g": ("lambda", "real", "1")}, [through("1")]),
    "corner: no such derivative": lambda: attempt(kink(), slopes("1", "-1")),
    "corner: of a smooth part and |x|": lambda: attempt(
        kink(("+", SQUARE, ("abs", ("+", "#0", ("-", "a")))), "a", "b"),
        slopes(("+", "x", "a", "1"), ("+", "x", "a", "-1")) | {
            "right": plain({"quotient": ("+", "#0", "a", "1"), "identity": COMBINE}),
            "left": plain({"quotient": ("+", "#0", "a", "-1"), "identity": COMBINE}),
            "differs": {"rule": "suppose", "as": "same", "then": {
                "rule": "combine", "items": [{"fact": "same"}, {"positive": "2"}]}}}),
    "corner: no derivative at all": lambda: refute(
        goal(("=", ("derivative", ("abs", "#0"), "0"), "1")), {},
        {"rule": "undefined", "part": "1", "obligation": "0", "proof": slopes("1", "-1")}),
    "monotone": lambda: attempt(
        SQUARES, monotone(SQUARE, ("*", "2", "#0")), ("<=", "0", "a"), ("<=", "a", "b")),
    "monotone: strictly": lambda: attempt(
        ("<", *SQUARES[1:]), monotone(SQUARE, ("*", "2", "#0")), ("<", "0", "a"), ("<", "a", "b")),
    "monotone: strictly, from where the slope is zero": lambda: attempt(
        ("<", ("^", "0", "2"), ("^", "b", "2")),
        monotone(SQUARE, ("*", "2", "#0"), "0", "b"), ("<", "0", "b")),
    "monotone: a range of one point": lambda: attempt(
        ("<=", ("^", "a", "2"), ("^", "a", "2")),
        monotone(SQUARE, ("*", "2", "#0"), "a", "a"), ("<", "0", "a")),
    "monotone: its slope by the same rule": lambda: attempt(
        ("<=", ("^", "0", "3"), ("^", "a", "3")),
        monotone(
            ("^", "#0", "3"), ("*", "3", ("^", "#0", "2")), "0", "a",
            sign={"rule": "have", "fact": ("<=", ("^", "0", "2"), ("^", "x", "2")), "as": "rise",
                  "proof": monotone(SQUARE, ("*", "2", "#0"), "0", "x", name="y", **{"as": "in"}),
                  "then": INSPECT}), ("<=", "0", "a")),
}  # fmt: skip


REFUSED = {
    "tends: at an infinite point": (
        "ILL_TYPED", lambda: attempt(("tends", "#0", ("right", "+oo"), "0"), COMBINE)),
    "tends: at a vector": ("ILL_TYPED", lambda: attempt(("tends", "#0", "u", "0"), COMBINE)),
    "tends: of a vector": ("ILL_TYPED", lambda: attempt(("tends", "u", "a", "0"), COMBINE)),
    "tends: from a side that is none": (
        "ILL_TYPED", lambda: attempt(("tends", "#0", ("inside", "a"), "a"), COMBINE)),
    "tends: a hypothesis at an undefined point": (
        "UNDEFINED", lambda: attempt(EQUAL, COMBINE, ("tends", "#0", ("/", "1", "a"), "1"))),
    "through: another goal": ("WRONG_GOAL", lambda: attempt(EQUAL, through("1"))),
    "through: a pole": (
        "UNDEFINED", lambda: attempt(("tends", ONE_OVER, "0", "0"), through(("/", "1", "x")))),
    "through: a pole at the limit of a part": (
        "UNDEFINED", lambda: attempt(
            ("tends", "#0", "+oo", "0"), through(("/", "1", "y"), INVERSE))),
    "through: a pole nearby": (
        "UNDEFINED", lambda: attempt(
            ("tends", ("/", "1", ("+", "#0", "-1/2")), "0", "-2"),
            through(("/", "1", ("+", "x", "-1/2"))))),
    "through: a pole far out": (
        "UNDEFINED", lambda: attempt(
            ("tends", ("/", "1", ("+", "#0", "-3")), "+oo", "0"),
            through(("/", "y", ("+", "1", ("-", ("*", "3", "y")))), INVERSE))),
    "through: a body undefined near the point": (
        "UNDEFINED", lambda: attempt(
            ("tends", ("sqrt", ("-", ("abs", "#0"))), "0", "0"),
            through(("sqrt", ("-", ("abs", "x")))))),
    "through: a root from both sides": (
        "UNDEFINED", lambda: attempt(("tends", ("sqrt", "#0"), "0", "0"), through(("sqrt", "x")))),
    "through: the value at the point itself": (
        "UNDEFINED", lambda: attempt(("tends", SIGN, "0", "0"),
                                     through(("/", ("abs", "x"), "x")))),
    "through: one side for two": (
        "NOT_EQUAL", lambda: attempt(("tends", SIGN, "0", "1"), through("1"))),
    "through: one side for the other": (
        "NOT_EQUAL", lambda: attempt(("tends", SIGN, BEFORE, "1"), through("1"))),
    "through: an oscillating body": (
        "NOT_CONTINUOUS", lambda: attempt(
            ("tends", ("app", "g", ONE_OVER), "0", "0"), through(("app", "g", ("/", "1", "x"))))),
    "through: a function that need not be continuous": (
        "NOT_CONTINUOUS", lambda: attempt(
            ("tends", ("app", "g", "#0"), "a", ("app", "g", "a")), through(("app", "g", "x")))),
    "through: the part's limit at another place": (
        "WRONG_GOAL", lambda: attempt(
            ("tends", ONE_OVER, "-oo", "0"),
            through("y", part("y", ONE_OVER, "0", {"rule": "slope", "proof": FAR})))),
    "through: another limit": (
        "NOT_EQUAL", lambda: attempt(("tends", SQUARE, "a", "a"), through(("^", "x", "2")))),
    "through: an undefined limit": (
        "UNDEFINED", lambda: attempt(
            ("tends", "0", "+oo", ("*", "0", ("/", "1", "a"))), through("0"))),
    "through: an undefined point": (
        "UNDEFINED", lambda: attempt(("tends", "0", ("/", "1", "a"), "0"), through("0"))),
    "through: x itself at infinity": (
        "ILL_TYPED", lambda: attempt(("tends", "#0", "+oo", "0"), through("x"))),
    "through: a part that is no number": (
        "ILL_TYPED", lambda: attempt(
            ("tends", "#0", "+oo", "0"), through("y", part("y", "u", "0", FAR)))),
    "through: a limit that is no number": (
        "ILL_TYPED", lambda: attempt(
            ("tends", "#0", "+oo", "0"), through("y", part("y", "#0", "u", FAR)))),
    "through: an integer is asked for": (
        "ILL_TYPED", lambda: attempt(
            ("tends", "0", "+oo", "0"),
            through(("sum", "1", "y", "0"), part("y", "1", "1", through("1"))))),
    "through: a part's name in use": (
        "NAME_TAKEN", lambda: attempt(
            ("tends", ONE_OVER, "+oo", "0"), through("a", part("a", ONE_OVER, "0", FAR)))),
    "through: a part's name is x": (
        "NAME_TAKEN", lambda: attempt(
            ("tends", ONE_OVER, "+oo", "0"), through("x", part("x", ONE_OVER, "0", FAR)))),
    "through: two parts of one name": (
        "NAME_TAKEN", lambda: attempt(
            ("tends", ONE_OVER, "+oo", "0"), through("y", INVERSE, part("y", "1", "1",
                                                                       through("1"))))),
    "through: a name in use": (
        "NAME_TAKEN", lambda: attempt(("tends", "#0", "a", "a"), through("b", name="b"))),
    "through: no distance": (
        "SIGN", lambda: attempt(("tends", "#0", "a", "a"), through("x", **{"from": "0"}))),
    "through: a distance that is not shown to be positive": (
        "NOT_SEEN", lambda: attempt(
            ("tends", "#0", "a", "a"), through("x", **{"from": "b", "defined": [INSPECT]}))),
    "through: a field more": (
        "MALFORMED", lambda: attempt(
            ("tends", "#0", "a", "a"), through("x", {**part("y", "1", "1", FAR), "more": "1"}))),
    "dominated: not near enough": (
        "NOT_SEEN", lambda: attempt(("tends", ("+", "#0", "3"), AFTER, "2"), dominated("1"))),
    "dominated: a bound that is not defined": (
        "UNDEFINED", lambda: attempt(("tends", "0", AFTER, "0"), dominated(("/", "1", "a")))),
    "sides: another goal": ("WRONG_GOAL", lambda: attempt(EQUAL, other_side("left", "1", COMBINE))),
    "sides: for the limit itself": (
        "WRONG_GOAL", lambda: attempt(
            ("tends", SIGN, "0", "1"), other_side("left", "-1", through("-1")))),
    "sides: of a limit from one side": (
        "WRONG_GOAL", lambda: refute(
            goal(("tends", SIGN, AFTER, "1")), {}, other_side("left", "-1", through("-1")))),
    "sides: at infinity": (
        "WRONG_GOAL", lambda: refute(
            goal(("tends", ONE_OVER, "+oo", "1")), {}, other_side("left", "0", FAR))),
    "sides: a side that is none": (
        "WRONG_GOAL", lambda: refute(
            goal(("tends", SIGN, "0", "1")), {}, other_side("both", "-1", through("-1")))),
    "sides: the same value": (
        "NOT_SEEN", lambda: refute(
            goal(("tends", SIGN, "0", "1")), {}, other_side("right", "1", through("1")))),
    "sides: a one-sided limit that is not so": (
        "NOT_EQUAL", lambda: refute(
            goal(("tends", SQUARE, "0", "0")), {}, other_side("right", "1", through("1")))),
    "another: of a relation": (
        "WRONG_GOAL", lambda: attempt(
            ("not", ("and", EQUAL, EQUAL, EQUAL)),
            plain({"rule": "another", "value": "1", "proof": COMBINE, "differs": COMBINE}))),
    "corner: another goal": ("WRONG_GOAL", lambda: attempt(EQUAL, slopes("1", "-1"))),
    "corner: for the derivative itself": (
        "WRONG_GOAL", lambda: attempt(kink()[1], slopes("1", "-1"))),
    "corner: of a limit": (
        "WRONG_GOAL", lambda: attempt(("not", ("tends", "#0", "0", "1")), slopes("1", "-1"))),
    "corner: where there is none": (
        "NOT_SEEN", lambda: attempt(kink(SQUARE), slopes("#0", "#0"))),
    "corner: not the slope": (
        "NOT_EQUAL", lambda: attempt(kink(SQUARE), slopes("#0", "1"))),
    "corner: slopes that are not defined": (
        "UNDEFINED", lambda: attempt(kink(), slopes(("/", "#0", "#0"), "-1"))),
    "corner: slopes that jump": (
        "NOT_CONTINUOUS", lambda: attempt(kink(), slopes(("app", "g", "#0"), "-1"))),
    "corner: slopes that are no numbers": (
        "ILL_TYPED", lambda: attempt(kink(), slopes("u", "-1"))),
    "corner: an undefined value": (
        "UNDEFINED", lambda: attempt(kink(value=("/", "1", "a")), slopes("1", "-1"))),
    "corner: an undefined point": (
        "UNDEFINED", lambda: attempt(kink(point=("/", "0", "a")), slopes("1", "-1"))),
    "corner: a name in use": (
        "NAME_TAKEN", lambda: attempt(kink(), slopes("1", "-1", name="a"))),
    "monotone: a label in use": (
        "NAME_TAKEN", lambda: attempt(
            SQUARES, monotone(SQUARE, ("*", "2", "#0"), **{"as": "h1"}),
            ("<=", "0", "a"), ("<=", "a", "b"))),
    "monotone: another goal": (
        "WRONG_GOAL", lambda: attempt(EQUAL, monotone(SQUARE, ("*", "2", "#0")))),
    "monotone: another function": (
        "WRONG_GOAL", lambda: attempt(
            SQUARES, monotone("#0", "1"), ("<=", "0", "a"), ("<=", "a", "b"))),
    "monotone: the wrong way round": (
        "NOT_SEEN", lambda: attempt(
            SQUARES, monotone(SQUARE, ("*", "2", "#0")), ("<=", "0", "a"), ("<=", "b", "a"))),
    "monotone: strictly on a range that may be one point": (
        "NOT_SEEN", lambda: attempt(
            ("<", *SQUARES[1:]), monotone(SQUARE, ("*", "2", "#0")), ("<", "0", "a"),
            ("<=", "a", "b"))),
    "monotone: strictly with a slope that may be zero": (
        "NOT_SEEN", lambda: attempt(
            ("<", ("^", "a", "3"), ("^", "b", "3")),
            monotone(("^", "#0", "3"), ("*", "3", ("^", "#0", "2"))), ("<", "a", "b"))),
    "monotone: twice by one label": (
        "NAME_TAKEN", lambda: attempt(
            ("<=", ("^", "0", "3"), ("^", "a", "3")),
            monotone(
                ("^", "#0", "3"), ("*", "3", ("^", "#0", "2")), "0", "a",
                sign={"rule": "have", "fact": ("<=", ("^", "0", "2"), ("^", "x", "2")),
                      "as": "rise", "then": INSPECT,
                      "proof": monotone(SQUARE, ("*", "2", "#0"), "0", "x", name="y")}),
            ("<=", "0", "a"))),
    "monotone: across a pole": (
        "UNDEFINED", lambda: attempt(
            ("<=", ("-", ("/", "1", "-1")), ("-", ("/", "1", "1"))),
            monotone(("-", ONE_OVER), ("/", "1", SQUARE), "-1", "1"))),
    "monotone: another derivative": (
        "NOT_EQUAL", lambda: attempt(
            SQUARES, monotone(SQUARE, "1"), ("<=", "a", "b"))),
    "monotone: a slope that is no number": (
        "ILL_TYPED", lambda: attempt(
            SQUARES, monotone(SQUARE, "u"), ("<=", "a", "b"))),
    "monotone: the body is open": (
        "ILL_TYPED", lambda: attempt(
            SQUARES, monotone("#1", "0"), ("<=", "a", "b"))),
    "monotone: the ends are no numbers": (
        "ILL_TYPED", lambda: attempt(SQUARES, monotone(SQUARE, "0", "u"), ("<=", "a", "b"))),
    "monotone: a name in use": (
        "NAME_TAKEN", lambda: attempt(
            SQUARES, monotone(SQUARE, ("*", "2", "#0"), name="b"), ("<=", "a", "b"))),
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


RATIONAL = ("/", ("+", ("*", "2", "#0"), "1"), ("+", "#0", "3"))
BY_INVERSE = through(("/", ("+", "2", "y"), ("+", "1", ("*", "3", "y"))), INVERSE)
ORDERED = ("<", "a", "b")
BY_STRUCTURE = {"rule": "differentiate", "name": "t", "value": COMBINE}
MINUS_INVERSE = monotone(
    ("-", ONE_OVER),
    ("/", "1", SQUARE),
    derivative=have(("<", "0", "x"), "positive", INSPECT, BY_STRUCTURE),
    sign=have(("<", "0", "x"), "positive", INSPECT, INSPECT),
)
# A goal that is true, a proof of it, and goals that are false.
SHOWN: list[tuple[Any, Any, list[Any], list[Any]]] = [
    (("tends", RATIONAL, "+oo", "2"), BY_INVERSE, [],
     [("tends", RATIONAL, "+oo", "1"), ("tends", RATIONAL, "-3", "2"), ("tends", "#0", "+oo", "2"),
      ("tends", RATIONAL, ("left", "-3"), "2"), ("tends", RATIONAL, "0", "2"), ("false",)]),
    (("tends", SIGN, AFTER, "1"), through("1"), [],
     [("tends", SIGN, "0", "1"), ("tends", SIGN, BEFORE, "1"), ("tends", SIGN, AFTER, "-1"),
      ("tends", ONE_OVER, AFTER, "1"), ("tends", SIGN, "-oo", "1")]),
    (("tends", SQUARE, "a", ("^", "a", "2")), through(("^", "x", "2")), [],
     [("tends", SQUARE, "a", "a"), ("tends", SQUARE, "a", "1"), ("tends", ONE_OVER, "0", "0"),
      ("tends", SQUARE, ("right", "b"), ("^", "a", "2"))]),
    (("not", ("tends", SIGN, "0", "1")), other_side("left", "-1", through("-1")), [],
     [("not", ("tends", SIGN, AFTER, "1")), ("not", ("tends", SQUARE, "0", "0")),
      ("tends", SIGN, "0", "1"), ("not", ("tends", SIGN, BEFORE, "-1"))]),
    (kink(), slopes("1", "-1"), [],
     [kink(SQUARE, "0", "0"), kink(("abs", "#0"), "1", "1"), kink()[1],
      ("has_derivative", ("abs", "#0"), "0", "-1"), ("not", ("has_derivative", SQUARE, "0"))]),
    (SQUARES, monotone(SQUARE, ("*", "2", "#0")), [("<=", "0", "a"), ("<=", "a", "b")],
     [("<", *SQUARES[1:]), ("<=", "b", "a"), ("<=", ("^", "b", "2"), ("^", "a", "2"))]),
    (("<", ("^", "a", "2"), ("^", "b", "2")), monotone(SQUARE, ("*", "2", "#0")),
     [("<", "0", "a"), ORDERED], [("<", "b", "a"), ("<", ("^", "b", "2"), ("^", "a", "2"))]),
    (("<", ("-", ("/", "1", "a")), ("-", ("/", "1", "b"))),
     MINUS_INVERSE, [("<", "0", "a"), ORDERED],
     [("<", "0", ("-", "b")), ("<", ("/", "1", "a"), ("/", "1", "b"))]),
]  # fmt: skip
POOL = ["0", "1", "-1", "2", "a", "b", "x", "y", "#0", "+oo", "-oo", "right", "left", "abs", "/",
        "through", "dominated", "sides", "another", "corner", "monotone", "combine", "inspect",
        "assumption", "near", "near_1", "far", "side", "between"]  # fmt: skip


@pytest.mark.parametrize("shown", range(len(SHOWN)))
def test_no_damaged_certificate_proves_what_is_false(shown: int) -> None:
    conclusion, proof, hypotheses, false = SHOWN[shown]
    rng = random.Random(shown)
    attempt(conclusion, proof, *hypotheses)
    statements = [*false] if conclusion[0] == "not" else [*false, negation(conclusion)]
    for _ in range(400):
        changed = damaged(proof, rng, POOL)
        for statement in statements:
            claim = goal(statement, *hypotheses, names=NAMES)
            with suppress(Rejected):
                Kernel().accept(
                    claim.to_text(),
                    proof_text(claim, changed, VALUES, [INSPECT] * len(hypotheses)),
                )
                raise AssertionError(json.dumps([statement, changed]))
