"""The rule of arithmetic: items of every kind, and a refusal for each code."""

from __future__ import annotations

from typing import Any

import pytest
from kernel_goals import (
    COMBINE,
    FALSE,
    INSPECT,
    between,
    forall,
    goal,
    have,
    intro,
    plain,
    prove,
)

from therefore.kernel import Rejected

NAMES: dict[str, Any] = {
    "d": "size",
    "n": "integer",
    "x": "real",
    "y": "real",
    "u": ("vector", "d"),
    "v": ("vector", "d"),
    "a": ("function", ("integer",), "real"),
    "w": ("function", ("integer",), ("vector", "d")),
}
VALUES = {
    "d": "1", "n": "1", "x": "1", "y": "1", "u": ("vector", "0"), "v": ("vector", "0"),
    "a": ("table", "0", "0"), "w": ("table", "0", ("vector", "0")),
}  # fmt: skip
X_POSITIVE, Y_ABOVE = ("<", "0", "x"), ("<=", "x", "y")
X_IS_Y = ("=", "x", "y")
EQUAL_VECTORS = ("=", "u", "v")
SQUARES = ("<=", "0", ("+", ("*", "x", "x"), ("*", "-2", "x", "y"), ("*", "y", "y")))
TERMS_NONNEGATIVE = between("1", "n", ("<=", "0", ("app", "a", "#0")))
TERMS_POSITIVE = between("1", "n", ("<", "0", ("app", "a", "#0")))
TERMS_ZERO = between("1", "n", ("=", "0", ("app", "a", "#0")))
OVER = {"index": "t", "from": "1", "to": "n"}
SUM = ("sum", "1", "n", ("app", "a", "#0"))
AN_INSTANCE = {"fact": "h2", "with": ["t"], "over": OVER}
BY_RANGE = [INSPECT, {"rule": "enumerate", "proofs": [COMBINE]}]


def combine(*items: Any, **more: Any) -> dict[str, Any]:
    return {"rule": "combine", "items": plain(items), **plain(more)}


def attempt(conclusion: Any, proof: Any, *hypotheses: Any, given: list[Any] | None = None) -> Any:
    return prove(goal(conclusion, *hypotheses, names=NAMES), proof, VALUES, given)


ONE_OVER_X = ("/", "1", "x")
CONSTANT = ("lambda", "real", ("lambda", "real", "1"))

ACCEPTED = {
    "a constant function of what is defined": lambda: attempt(
        ("=", ("app", CONSTANT, ONE_OVER_X, ONE_OVER_X), "1"), COMBINE, X_POSITIVE),
    "an identity": lambda: attempt(("=", ("^", ("+", "x", "1"), "2"), (
        "+", ("^", "x", "2"), ("*", "2", "x"), "1")), COMBINE),
    "an identity of vectors": lambda: attempt(("=", ("+", "u", "u"), ("*", "2", "u")), COMBINE),
    "an identity of residues": lambda: attempt(
        ("=", ("mod", "3", ("*", "4", "n")), "n"), COMBINE),
    "an equation from an equation": lambda: attempt(
        ("=", ("*", "2", "x"), ("*", "2", "y")), combine({"fact": "h1", "times": "2"}), X_IS_Y),
    "an inequality from a square": lambda: attempt(
        SQUARES, combine({"square": ("+", "x", ("-", "y"))})),
    "a square of a vector": lambda: attempt(
        ("<=", ("*", "2", ("inner", "u", "v")), ("+", ("inner", "u", "u"), ("inner", "v", "v"))),
        combine({"square": ("+", "u", ("-", "v"))})),
    "a strict one from a fact": lambda: attempt(
        ("<", "0", ("*", "2", "x")), combine({"fact": "h1", "times": "2"}), X_POSITIVE),
    "a strict one from a positive term": lambda: attempt(
        ("<", "x", ("+", "x", "1")), combine({"positive": "1"})),
    "a fact times something that is not negative": lambda: attempt(
        ("<=", ("*", "x", ("abs", "y")), ("*", "y", ("abs", "y"))),
        combine({"fact": "h1", "times": ("abs", "y")}), Y_ABOVE),
    "a sign by proof": lambda: attempt(
        ("<=", ("*", "x", ("+", ("*", "x", "x"), ("*", "-2", "x"), "1")),
         ("*", "y", ("+", ("*", "x", "x"), ("*", "-2", "x"), "1"))),
        combine({"fact": "h1", "times": ("+", ("*", "x", "x"), ("*", "-2", "x"), "1"),
                 "sign": combine({"square": ("+", "x", "-1")})}), Y_ABOVE),
    "a positive sign by proof": lambda: attempt(
        ("<", "0", ("+", ("*", "x", "x"), ("*", "-2", "x"), "2")),
        combine({"positive": ("+", ("*", "x", "x"), ("*", "-2", "x"), "2"),
                 "sign": combine({"square": ("+", "x", "-1")}, {"positive": "1"})})),
    "not equal": lambda: attempt(("!=", "x", ("+", "x", "1")), combine({"positive": "1"})),
    "false from a contradiction": lambda: attempt(
        ("<=", "x", "x"),
        {"rule": "cases", "on": ["1", "0"], "as": "c", "equal": COMBINE, "greater": COMBINE,
         "less": {"rule": "suppose", "as": "no", "then": combine(
             {"fact": "c"}, {"positive": "1"})}}),
    "an equation of vectors with a number": lambda: attempt(
        ("=", ("*", "3", "u"), ("*", "3", "v")), combine({"fact": "h1", "times": "3"}),
        EQUAL_VECTORS),
    "an equation of vectors with a vector": lambda: attempt(
        ("=", ("inner", "u", "u"), ("inner", "v", "u")), combine({"fact": "h1", "times": "u"}),
        EQUAL_VECTORS),
    "a sum of facts": lambda: attempt(
        ("<=", "0", SUM), combine(AN_INSTANCE), ("<=", "1", "n"), TERMS_NONNEGATIVE,
        given=BY_RANGE),
    "a sum of facts over a range by proof": lambda: attempt(
        ("<=", "0", SUM),
        combine({**AN_INSTANCE, "over": {**OVER, "to": "n"}, "defined": []}),
        ("<=", "1", "n"), TERMS_NONNEGATIVE, given=BY_RANGE),
    "a sum of facts in vectors": lambda: attempt(
        ("=", ("sum", "1", "n", ("app", "w", "#0")), ("zero", "d")),
        combine({"fact": "h2", "with": ["t"], "over": OVER}), ("<=", "1", "n"),
        between("1", "n", ("=", ("app", "w", "#0"), ("zero", "d"))), given=BY_RANGE),
    "strict terms may be none": lambda: attempt(
        ("<=", "0", ("sum", "1", "n", ("*", "#0", "#0"))),
        combine({"positive": ("*", "t", "t"), "over": OVER}), ("<=", "1", "n")),
    "a sum of positive terms, of which there is one": lambda: prove(
        goal(("<", "0", SUM), ("<=", "1", "n"), TERMS_POSITIVE, names=NAMES),
        combine(AN_INSTANCE), {**VALUES, "a": ("table", "1", "1")},
        [INSPECT, {"rule": "enumerate", "proofs": [INSPECT]}]),
    "a sum of equal terms": lambda: attempt(
        ("=", "0", SUM), combine(AN_INSTANCE), ("<=", "1", "n"), TERMS_ZERO, given=BY_RANGE),
    "a condition with its proof": lambda: attempt(
        ("<=", "x", "y"), combine({"fact": "h1", "conditions": [combine(
            {"square": ("+", "x", "-1")})]}),
        ("implies", ("<=", "0", ("+", ("*", "x", "x"), ("*", "-2", "x"), "1")), Y_ABOVE),
        given=[intro(INSPECT, (), ("c",))]),
    "a derivative as an equation": lambda: attempt(
        ("=", ("derivative", ("*", "#0", "#0"), "x"), ("*", "2", "x")),
        have(("has_derivative", ("*", "#0", "#0"), "x", ("*", "2", "x")), "D",
             {"rule": "differentiate", "name": "t", "value": COMBINE},
             combine({"fact": "D"}))),
    "a range that needs a proof": lambda: attempt(
        ("<=", "0", ("sum", "0", ("^", ("+", "n", "-1"), "2"), "1")),
        combine(
            {"positive": "1",
             "over": {"index": "t", "from": "0", "to": ("^", ("+", "n", "-1"), "2")},
             "defined": [combine({"square": ("+", "n", "-1")}, {"positive": "1"})]},
            defined=[combine({"square": ("+", "n", "-1")}, {"positive": "1"})])),
}  # fmt: skip

REFUSED = {
    "a constant function of what is undefined": (
        "UNDEFINED", lambda: attempt(("=", ("app", CONSTANT, "x", ONE_OVER_X), "1"), COMBINE)),
    "an entry at an unknown place": (
        "NOT_EQUAL", lambda: attempt(
            ("=", ("entry", ("rows", ("row", "1", "1"), ("row", "1", "1")), "n", "0"), "1"),
            COMBINE)),
    "two normal forms": ("NOT_EQUAL", lambda: attempt(("=", "x", "y"), COMBINE)),
    "an equation from an inequality": (
        "NOT_EQUAL", lambda: attempt(("=", "x", "y"), combine({"fact": "h1"}), Y_ABOVE)),
    "the sum is another": ("NOT_EQUAL", lambda: attempt(SQUARES, combine({"square": "x"}))),
    "not strict": (
        "NOT_STRICT", lambda: attempt(("<", "0", ("*", "x", "x")), combine({"square": "x"}))),
    "a strict fact times zero": (
        "NOT_STRICT", lambda: attempt(
            ("<", "0", "0"), combine({"fact": "h1", "times": "0"}), X_POSITIVE)),
    "a sum of positive terms, of which there may be none": (
        "NOT_STRICT", lambda: attempt(
            ("<", "0", SUM), combine(AN_INSTANCE), ("<=", "0", "n"), TERMS_POSITIVE)),
    "false from no contradiction": (
        "NOT_STRICT", lambda: prove(goal(FALSE), combine({"square": "0"}))),
    "a negative factor": (
        "SIGN", lambda: attempt(("<=", "y", "x"), combine({"fact": "h1", "times": "-1"}),
                                Y_ABOVE)),
    "a negative square": (
        "SIGN", lambda: attempt(("<=", ("*", "x", "x"), "0"), combine(
            {"square": "x", "times": "-1"}))),
    "not positive": ("SIGN", lambda: attempt(("<", "0", "y"), combine({"positive": "y"}))),
    "a sign by a proof of another": (
        "NOT_EQUAL", lambda: attempt(("<", "0", "y"), combine(
            {"positive": "y", "sign": combine({"positive": "1"})}))),
    "another goal": (
        "WRONG_GOAL", lambda: attempt(forall("real", ("=", "#0", "#0")), COMBINE)),
    "residues with items": (
        "WRONG_GOAL", lambda: attempt(
            ("=", ("mod", "3", "n"), "n"), combine({"square": "0"}))),
    "another fact": (
        "WRONG_FACT", lambda: attempt(("=", "1", "1"), combine({"fact": "h1"}), ("!=", "1", "2"))),
    "a fact that is not taken apart": (
        "WRONG_FACT", lambda: attempt(
            ("<=", "0", "x"), combine({"fact": "h1"}), TERMS_NONNEGATIVE)),
    "an undefined goal": (
        "UNDEFINED", lambda: attempt(("=", ("/", "x", "x"), "1"), COMBINE)),
    "an undefined factor": (
        "UNDEFINED", lambda: attempt(
            ("=", "x", "y"), combine({"fact": "h1", "times": ("/", "1", "x")}), X_IS_Y)),
    "an undefined square": (
        "UNDEFINED", lambda: attempt(("<=", "0", "1"), combine({"square": ("sqrt", "x")}))),
    "a vector among numbers": (
        "ILL_TYPED", lambda: attempt(("<=", "0", "1"), combine({"positive": "u"}))),
    "a number among vectors": (
        "ILL_TYPED", lambda: attempt(("=", "u", "v"), combine({"fact": "h1"}), X_IS_Y)),
    "an unknown fact": (
        "UNKNOWN_FACT", lambda: attempt(("=", "x", "y"), combine({"fact": "h9"}))),
    "a condition that is not shown": (
        "CONDITION", lambda: attempt(
            ("<=", "x", "y"), combine({"fact": "h1"}), ("implies", X_IS_Y, Y_ABOVE))),
    "a range that may be reversed": (
        "CONDITION", lambda: attempt(
            ("<=", "0", "1"), combine({"positive": "1", "over": OVER}))),
    "an index in use": (
        "NAME_TAKEN", lambda: attempt(
            ("<=", "0", SUM), combine({**AN_INSTANCE, "over": {**OVER, "index": "n"}}),
            ("<=", "1", "n"), TERMS_NONNEGATIVE)),
    "an instance outside of the range": (
        "CONDITION", lambda: attempt(
            ("<=", "0", SUM), combine({**AN_INSTANCE, "with": [("+", "t", "1")]}),
            ("<=", "1", "n"), TERMS_NONNEGATIVE)),
    "an unknown field": (
        "MALFORMED", lambda: attempt(("=", "x", "x"), combine({"fact": "h1", "by": "x"}))),
    "an item that is no object": ("MALFORMED", lambda: attempt(("=", "x", "x"), combine("h1"))),
    "a factor is missing": (
        "MALFORMED", lambda: attempt(
            ("=", "x", "x"), combine({"fact": "h1"}), EQUAL_VECTORS)),
}  # fmt: skip


@pytest.mark.parametrize("name", ACCEPTED)
def test_accepted(name: str) -> None:
    assert ACCEPTED[name]().kind == "proof"


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str) -> None:
    code, attempt_ = REFUSED[name]
    with pytest.raises(Rejected) as refusal:
        attempt_()
    assert refusal.value.code == code, refusal.value
