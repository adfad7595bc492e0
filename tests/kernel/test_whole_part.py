"""Whole parts of numbers: ⌊x⌋ is the integer between x − 1 and x, and no more is believed of it."""

from __future__ import annotations

from typing import Any

import pytest
from kernel_goals import COMBINE, INSPECT, goal, prove, refute

from therefore.kernel import Rejected
from therefore.kernel.calculus import require_continuous
from therefore.kernel.differential import differential

X: dict[str, Any] = {"x": "real", "y": "real"}
AT_HALF = {"x": "1/2", "y": "1/2"}
WHOLE = ("floor", "x")


def items(*parts: Any) -> dict[str, Any]:
    return {"rule": "combine", "items": list(parts)}


def cited(axiom: str, inside: Any, **more: Any) -> dict[str, Any]:
    return {"fact": f"axiom:{axiom}", "with": [inside], **more}


ACCEPTED: dict[str, tuple[Any, Any, Any]] = {
    "of numbers": (
        ("=", ("+", ("floor", "7/2"), ("floor", "-7/2"), ("floor", "3")), "2"), (), COMBINE,
    ),
    "of equal numbers": (
        ("=", ("floor", ("+", "x", "y", "x")), ("floor", ("+", ("*", "2", "x"), "y"))), (), COMBINE,
    ),
    "of a number put in": (
        ("=", ("app", ("lambda", "real", ("floor", ("/", "#0", "2"))), "5"), "2"), (), COMBINE,
    ),
    "in a sum": (("=", ("sum", "0", "3", ("floor", ("/", "#0", "2"))), "2"), (), COMBINE),
    "below": (("<=", WHOLE, "x"), (), items(cited("floor_below", "x"))),
    "above": (("<", "x", ("+", WHOLE, "1")), (), items(cited("floor_above", "x"))),
    "an integer": (
        ("<=", ("+", WHOLE, "1"), ("floor", "y")),
        (("<", WHOLE, ("floor", "y")),),
        items({"fact": "axiom:integer_gap", "with": [WHOLE, ("floor", "y")]}),
    ),
    "as the end of a sum": (
        ("=", ("sum", "0", WHOLE, "1"), ("+", WHOLE, "1")), (("<=", "0", WHOLE),), COMBINE,
    ),
    "enclosed": (("<", ("floor", ("sqrt", "10")), "4"), (), {"rule": "enclose", "bits": "20"}),
}  # fmt: skip
REFUSED: dict[str, tuple[Any, Any, Any, str]] = {
    "of a vector": (("=", ("floor", ("vector", "1", "2")), "1"), (), COMBINE, "ILL_TYPED"),
    "of nothing": (("=", ("floor",), "0"), (), COMBINE, "ILL_TYPED"),
    "of an undefined number": (
        ("=", ("floor", ("/", "1", "x")), ("floor", ("/", "1", "x"))), (), COMBINE, "UNDEFINED",
    ),
    "the number itself": (("=", WHOLE, "x"), (), COMBINE, "NOT_EQUAL"),
    "of a sum": (
        ("=", ("floor", ("+", "x", "y")), ("+", WHOLE, ("floor", "y"))), (), COMBINE, "NOT_EQUAL",
    ),
    "its sign": (("<=", "0", WHOLE), (), INSPECT, "NOT_SEEN"),
    "strictly below": (
        ("<", WHOLE, "x"), (), items(cited("floor_below", "x")), "NOT_STRICT",
    ),
    "by a negative multiple": (
        ("<=", ("*", "-1", WHOLE), ("*", "-1", "x")), (),
        items(cited("floor_below", "x", times="-1")), "SIGN",
    ),
    "a number in an integer's place": (
        ("<=", ("+", WHOLE, "1"), "x"), (("<", WHOLE, "x"),),
        items({"fact": "axiom:integer_gap", "with": [WHOLE, "x"]}), "ILL_TYPED",
    ),
    "not decided by an enclosure": (
        ("<", ("floor", ("*", ("sqrt", "2"), ("sqrt", "2"))), "2"), (),
        {"rule": "enclose", "bits": "20"}, "UNDECIDED",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ACCEPTED)
def test_accepted(name: str) -> None:
    conclusion, given, proof = ACCEPTED[name]
    values = {"x": "1/2", "y": "3/2"} if name == "an integer" else AT_HALF
    prove(goal(conclusion, *given, names=X), proof, values)


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str) -> None:
    conclusion, given, proof, code = REFUSED[name]
    with pytest.raises(Rejected) as no:
        prove(goal(conclusion, *given, names=X), proof, AT_HALF)
    assert no.value.code == code


def test_a_whole_part_has_no_derivative_by_structure() -> None:
    with pytest.raises(Rejected) as no:
        differential({"x": "real"}, WHOLE, "x", "1")
    assert no.value.code == "NOT_SMOOTH"


def test_a_whole_part_is_not_continuous() -> None:
    require_continuous(WHOLE, "y")
    with pytest.raises(Rejected) as no:
        require_continuous(WHOLE, "x")
    assert no.value.code == "NOT_CONTINUOUS"


def test_a_false_statement_is_refuted_at_a_number() -> None:
    refute(goal(("=", WHOLE, "x"), names={"x": "real"}), {"x": "1/2"}, INSPECT)


def test_equal_whole_parts_of_different_numbers() -> None:
    """⌊x⌋ = ⌊y⌋ says nothing of x = y, but |x − y| < 1."""
    same = ("=", WHOLE, ("floor", "y"))
    near = ("<", "x", ("+", "y", "1"))
    bounds = items(cited("floor_above", "x"), cited("floor_below", "y"), {"fact": "h1"})
    prove(goal(near, same, names=X), bounds, AT_HALF)
    for wrong in (("=", "x", "y"), ("<", "x", "y")):
        with pytest.raises(Rejected):
            prove(goal(wrong, same, names=X), bounds, AT_HALF)


def test_an_argument_is_worked_out_below_a_binder() -> None:
    """Σ_t ⌊t + x⌋ spills its last term."""
    sums = [("sum", "1", end, ("floor", ("+", "#0", "x"))) for end in (("+", "n", "1"), "n")]
    for last, is_true in (("1", True), ("2", False)):
        spilled = ("+", sums[1], ("floor", ("+", "n", last, "x")))
        claim = goal(("=", sums[0], spilled), names={"n": "size", "x": "real"})
        if is_true:
            prove(claim, COMBINE, {"n": "1", "x": "0"})
        else:
            with pytest.raises(Rejected):
                prove(claim, COMBINE, {"n": "1", "x": "0"})
