"""The rule that decides relations over boxes: what it shows, and what it refuses."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

import pytest
from kernel_goals import goal, plain, proof_text, prove

from therefore.goal import Goal
from therefore.kernel import Kernel, Rejected
from therefore.kernel.enclosures import Enclosure

Term = Any
NAMES: dict[str, Term] = {"x": "real", "y": "real", "n": "integer", "v": ("vector", "2")}
FACTS = (
    ("<=", "1", "x"), ("<", "x", "2"),  # h1, h2
    ("<=", "x", "y"), ("<=", "y", ("+", "x", "1")),  # h3, h4
    ("=", "n", "3"),  # h5
    ("<", ("sqrt", "2"), "y"),  # h6
    ("<=", "5", ("exp", "x")),  # h7
    ("<=", "y", "x"),  # h8, which leaves one number
)  # fmt: skip
VALUES = {"x": "7/4", "y": "7/4", "n": "3", "v": ("vector", "0", "0")}
X = {"name": "x", "low": "h1", "high": "h2"}
Y = {"name": "y", "low": "h3", "high": "h4"}
N = {"name": "n", "low": "h5", "high": "h5"}


def within(*items: Any, bits: str = "64") -> dict[str, Any]:
    return {"rule": "box", "bits": bits, "within": list(items)}


def claim(relation: Term) -> Goal:
    return goal(relation, *FACTS, names=NAMES)


ENCLOSE = {"rule": "enclose", "bits": "64"}
GIVEN = [{"rule": "inspect"}] * 5 + [ENCLOSE] * 2 + [{"rule": "inspect"}]


def accepted(relation: Term, proof: Any) -> str:
    return prove(claim(relation), proof, VALUES, GIVEN).kind


@pytest.mark.parametrize(
    ("relation", "items"),
    [
        (("<=", "1", "x"), (X,)),
        (("<=", ("^", "x", "2"), "4"), (X,)),
        (("<", ("exp", "x"), "739/100"), (X,)),
        (("!=", ("sin", "x"), "0"), (X,)),
        (("<=", "y", "3"), (X, Y)),
        (("<", "141/100", "y"), (X, {**Y, "low": "h6"})),
        (("<", ("derivative", ("log", "#0"), "x"), "11/10"), (X,)),
        (("<=", ("derivative", ("*", "#0", "y"), "x"), "3"), (X, Y)),
        (("<=", ("sum", "1", "n", ("*", "#0", "x")), "12"), (X, N)),
        (("<", ("abs", ("+", "x", ("-", "y"))), "201/100"), (X, Y)),
    ],
    ids=str,
)
def test_a_relation_over_a_box_is_decided(relation: Term, items: Any) -> None:
    assert accepted(relation, within(*items)) == "proof"


@pytest.mark.parametrize(
    ("relation", "proof", "code"),
    [
        (("<=", "x", "1"), within(X), "UNDECIDED"),
        (("<", "x", "2"), within(X), "UNDECIDED"),  # the end itself is taken in
        (("=", "x", "x"), within(X), "WRONG_GOAL"),
        (("!=", "v", "v"), within(), "WRONG_GOAL"),
        (("<=", "y", "3"), within(X), "NOT_CLOSED"),
        (("<=", "y", "3"), within(Y, X), "NOT_CLOSED"),  # the bounds of y speak of x
        (("<=", "x", "2"), within(X, X), "NAME_TAKEN"),
        (("<=", "x", "2"), within({**X, "low": "h2"}), "WRONG_FACT"),
        (("<=", "x", "2"), within({**X, "high": "h1"}), "WRONG_FACT"),
        (("<=", "x", "2"), within({**X, "low": "h7"}), "WRONG_FACT"),
        (("<=", "x", "2"), within({**X, "low": "h5"}), "WRONG_FACT"),
        (("<=", "x", "2"), within({**X, "low": "h9"}), "UNKNOWN_FACT"),
        (("<=", "x", "2"), within({**X, "low": "axiom:convex_first_order"}), "UNKNOWN_FACT"),
        (("<=", "x", "2"), within({**X, "name": "z"}), "ILL_TYPED"),
        (("<=", "x", "2"), within({**X, "name": "v"}), "ILL_TYPED"),
        (("<=", "x", "2"), within({"name": "x", "low": "h1"}), "MALFORMED"),
        (("<=", "x", "2"), within({**X, "more": "h1"}), "MALFORMED"),
        (("<=", "x", "2"), within({**X, "name": ["x"]}), "MALFORMED"),
        (("<=", "x", "2"), within("x"), "MALFORMED"),
        (("<=", "x", "2"), {**within(), "within": "x"}, "MALFORMED"),
        (("<=", "x", "2"), within(X, bits="0"), "MALFORMED"),
        (("<", ("/", "1", ("+", "x", "-3/2")), "9"), within(X), "UNDEFINED"),
        (("<", ("log", ("+", "x", "-3/2")), "9"), within(X), "UNDEFINED"),
        (("<", ("derivative", ("abs", ("+", "#0", "-3/2")), "x"), "9"), within(X), "UNDEFINED"),
        (("<", ("sqrt", ("+", "x", "-3/2")), "9"), within(X), "UNDEFINED"),
        (("<", ("derivative", ("step", "#0"), "x"), "9"), within(X), "NOT_SMOOTH"),
        (("<", ("sum", "1", "n", "1"), "9"), within({**N, "low": "h9"}), "UNKNOWN_FACT"),
        (("<", ("inner", "v", "v"), "x"), within(X), "NOT_CLOSED"),
    ],
    ids=str,
)
def test_what_a_box_does_not_show_is_refused(relation: Term, proof: Any, code: str) -> None:
    with pytest.raises(Rejected) as refusal:
        accepted(relation, proof)
    assert refusal.value.code == code


def test_bounds_the_wrong_way_round_show_nothing() -> None:
    """Facts that contradict each other would show anything; other rules say so."""
    contrary = goal(
        ("implies", ("<=", "x", "0"), ("<=", "x", "-5")), ("<=", "1", "x"), names={"x": "real"}
    )
    proof = {"rule": "intro", "names": [], "labels": ["p"], "then": within({**X, "high": "p"})}
    with pytest.raises(Rejected) as refusal:
        prove(contrary, proof, {"x": "1"})
    assert refusal.value.code == "UNDECIDED"


def test_a_lemma_is_no_bound() -> None:
    """A fact of all numbers compares no name."""
    with pytest.raises(Rejected) as refusal:
        accepted(("<=", "x", "2"), within({**X, "low": "axiom:exp_sum"}))
    assert refusal.value.code in ("WRONG_FACT", "UNKNOWN_FACT")


# ------------------------------------------------------------------ at random


def _random_term(rng: random.Random, depth: int) -> Term:
    if depth == 0 or rng.random() < 0.15:
        return rng.choice(["x", "y", "x", "y", "1", "-2", "1/3"])
    head = rng.choice(["+", "*", "-", "/", "^", "abs", "sqrt", "exp", "log", "sin", "cos"])
    parts = [_random_term(rng, depth - 1) for _ in range(2)]
    if head == "^":
        return (head, parts[0], str(rng.randint(0, 3)))
    return (head, *parts) if head in ("+", "*", "/") else (head, parts[0])


def _put(term: Term, values: dict[str, str]) -> Term:
    if isinstance(term, str):
        return values.get(term, term)
    return (term[0], *(_put(part, values) for part in term[1:]))


@pytest.mark.parametrize("seed", range(150))
def test_the_enclosure_over_a_box_holds_that_of_every_point(seed: int) -> None:
    """Points of a random box, each worked out by itself, lie within what the box gives."""
    rng = random.Random(seed)
    term = _random_term(rng, 4)
    box = {name: sorted(Fraction(rng.randint(-30, 30), 10) for _ in range(2)) for name in "xy"}
    whole = Enclosure(60, lambda _: None)
    for name, (low, high) in box.items():
        whole.names[name], whole.values[name] = "real", (low, high)
    try:
        bottom, top = whole.number(term)
    except Rejected as no:
        assert no.code in ("UNDEFINED", "TOO_LARGE")
        return
    for _ in range(10):
        at = {
            name: str(low + (high - low) * rng.randint(0, 8) / 8)
            for name, (low, high) in box.items()
        }
        low, high = Enclosure(200, lambda _: None).number(_put(term, at))
        assert bottom <= high and low <= top, (term, at)


def test_a_damaged_certificate_proves_nothing_false() -> None:
    """Facts and names are exchanged: what is accepted is true all the same."""
    rng = random.Random(7)
    true = ("<=", ("*", "x", "y"), "6")
    assert accepted(true, within(X, Y)) == "proof"
    facts = [f"h{k}" for k in range(1, 10)]
    for _ in range(200):
        items = [
            {
                "name": rng.choice(["x", "y", "n", "v"]),
                "low": rng.choice(facts),
                "high": rng.choice(facts),
            }
            for _ in range(rng.randint(0, 3))
        ]
        for false in (("not", true), ("<", "6", ("*", "x", "y")), ("<=", ("*", "x", "y"), "0")):
            text = proof_text(claim(false), plain(within(*items)), VALUES, GIVEN)
            with pytest.raises(Rejected):
                Kernel().accept(claim(false).to_text(), text)
