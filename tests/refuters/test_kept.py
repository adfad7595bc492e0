"""Instances are kept for the next goal with the same hypotheses, and equations solved in bulk."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from five_claims import FUNCTION, VECTOR, app, minus

from therefore.goal import Goal, Term
from therefore.refuters import evaluate, kept, sample
from therefore.refuters.instances import Group, sample_instances

DECLARED = ("x", "real"), ("y", "real"), ("z", "real")
EQUATION: Term = ("=", ("+", "x", ("^", "y", "2")), "3")
SQUARE: Term = ("=", ("^", "y", "2"), minus("3", "x"))
TWIN: Term = ("<=", "y", ("+", "z", "1"))


def goal(conclusion: Term, hypothesis: Term = EQUATION) -> Goal:
    return Goal(DECLARED, (), (hypothesis,), conclusion)


def test_what_was_asked_before_makes_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_KEPT", {})
    alone = sample(goal(TWIN))
    monkeypatch.setattr(kept, "_KEPT", {})
    sample(goal(SQUARE))
    assert sample(goal(TWIN)) == alone
    assert alone.agreement.agreeing < alone.agreement.usable


def test_the_hypotheses_are_seen_to_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_KEPT", {})
    calls = []
    satisfied: Any = Group._satisfied

    def counted(self: Group, given: Any) -> Any:
        calls.append(self)
        return satisfied(self, given)

    monkeypatch.setattr(Group, "_satisfied", counted)
    sample_instances(goal(SQUARE))
    first = len(calls)
    sample_instances(goal(SQUARE, ("=", ("+", "x", "y"), "3")))
    assert len(calls) > first > 0  # other hypotheses
    before = len(calls)
    sample_instances(goal(("<=", "x", "3")))
    assert len(calls) == before


def test_a_definition_in_a_hypothesis_tells_it_from_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(kept, "_KEPT", {})
    for value in ("2", "5"):
        defined = Goal(DECLARED, (("a", (), ("*", value, "x")),), (("=", "y", "a"),),
                       ("=", "y", ("*", value, "x")))  # fmt: skip
        agreement = sample(defined).agreement
        assert agreement.usable == agreement.agreeing >= 100


def test_the_oldest_make_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_KEPT", {})
    monkeypatch.setattr(kept, "_MOST", 3)
    alone = sample(goal(TWIN))
    assert len(kept._KEPT) == 3
    assert sample(goal(TWIN)) == alone


def test_a_wide_step_is_the_narrow_one(monkeypatch: pytest.MonkeyPatch) -> None:
    start = np.random.default_rng(1).normal(size=(4, 5))

    def residual(numbers: np.ndarray) -> np.ndarray:
        return np.stack([numbers[:, 0] ** 2 - 2, numbers[:, 1] * numbers[:, 4] - 1], axis=1)

    wide = evaluate.least_squares_step(residual, start)
    monkeypatch.setattr(evaluate, "_MOST_ROWS", 8)
    narrow = evaluate.least_squares_step(residual, start)
    assert wide is not None and narrow is not None and (wide == narrow).all()
    assert evaluate.least_squares_step(lambda numbers: None, start) is None
    assert evaluate.least_squares_step(lambda numbers: 0 * numbers, start) is None


GAP: Term = minus("#0", "#1")
TANGENT: Term = ("+", app("f", "#1"), ("inner", ("gradient", "f", "#1"), GAP))
STRONG: Term = ("forall", VECTOR, ("forall", VECTOR, (
    "<=", ("+", *TANGENT[1:], ("*", ("/", "m", "2"), ("^", ("norm", GAP), "2"))), app("f", "#0"),
)))  # fmt: skip
SLOPES: Term = minus(("gradient", "f", "u"), ("gradient", "f", "v"))


def strongly_monotone(factor: Term) -> Goal:
    """factor · m |u − v|² ≤ ⟨∇f(u) − ∇f(v), u − v⟩ for an m-strongly convex f."""
    away = minus("u", "v")
    return Goal(
        (("d", "size"), ("f", FUNCTION), ("m", "real"), ("u", VECTOR), ("v", VECTOR)), (),
        (("<", "0", "m"), ("differentiable", "f"), STRONG),
        ("<=", ("*", factor, "m", ("^", ("norm", away), "2")), ("inner", SLOPES, away)),
    )  # fmt: skip


def test_functions_are_strongly_convex_by_construction() -> None:
    report = sample(strongly_monotone("1"))
    assert report.agreement.usable == report.agreement.agreeing >= 100
    assert report.doubtful == report.unconfirmed == 0
    assert not report.notes


def test_strong_convexity_is_not_too_strong() -> None:
    """The bound is met exactly by some of the functions."""
    agreement = sample(strongly_monotone("11/10")).agreement
    assert agreement.usable >= 100 > agreement.agreeing
