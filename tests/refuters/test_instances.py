"""Random instances: enough of them, of every size, and on the right side."""

from __future__ import annotations

from dataclasses import replace

import pytest
from five_claims import (
    CONVEX,
    FALSE_CLAIMS,
    FUNCTION,
    TRUE_CLAIMS,
    VECTOR,
    app,
    every,
    jensen,
    minus,
    odd,
    rate,
    regret_lemma,
    softsign_is_odd,
)

from therefore.goal import Goal
from therefore.refuters import DEFAULT_SEED, sample
from therefore.refuters.instances import sample_instances


@pytest.mark.parametrize("name", TRUE_CLAIMS)
def test_a_true_claim_has_a_hundred_instances_and_all_agree(name: str) -> None:
    report = sample(TRUE_CLAIMS[name])
    if not TRUE_CLAIMS[name].declarations:  # there is but one instance
        assert report.agreement.usable == 1 and report.agreement.precision == "exact"
    else:
        assert report.agreement.usable >= 100
    assert report.agreement.agreeing == report.agreement.usable
    assert not report.suspects


@pytest.mark.parametrize("name", FALSE_CLAIMS)
def test_a_false_claim_has_suspects_among_its_instances(name: str) -> None:
    report = sample(FALSE_CLAIMS[name])
    assert report.agreement.usable >= 100
    assert report.agreement.agreeing < report.agreement.usable
    assert report.suspects or report.unconfirmed


def test_sizes_run_from_one_to_six() -> None:
    assert sample(regret_lemma).agreement.sizes == {"d": "1..6", "T": "1..6"}


def test_the_same_seed_gives_the_same_report_and_another_seed_another() -> None:
    goal = FALSE_CLAIMS["regret by a third"]
    assert sample(goal) == sample(goal)
    assert sample(goal).agreement.seed == DEFAULT_SEED
    assert sample(goal, seed=1).suspects != sample(goal).suspects
    assert sample(rate, seed=1).agreement.agreeing == sample(rate, seed=1).agreement.usable


def test_as_many_instances_as_asked_for() -> None:
    assert sample(softsign_is_odd, count=500).agreement.usable >= 500


@pytest.mark.parametrize(
    "hypotheses",
    [
        (("<", "x", "0"), ("<", "0", "x")),
        (("=", "x", "1"), ("=", "x", "2")),
        (("=", ("^", "x", "2"), "-1"),),
        (("<=", ("norm", ("vector", "x", "1")), "1/2"),),
    ],
    ids=str,
)
def test_hypotheses_that_nothing_satisfies_leave_no_instance(hypotheses: tuple) -> None:
    agreement = sample(Goal((("x", "real"),), (), hypotheses, ("=", "0", "1"))).agreement
    assert agreement.usable == agreement.agreeing == 0
    assert agreement.tried > 0


def test_sizes_that_no_hypothesis_allows_are_said() -> None:
    goal = Goal((("T", "size"),), (), (("<", "T", "1"),), ("=", "0", "0"))
    report = sample(goal)
    assert report.agreement.tried == 0
    assert report.notes == ("no sizes satisfy the hypotheses",)


REAL = ("x", "real"), ("y", "real")
LOWEST = ("forall", VECTOR, ("<=", app("f", "p"), app("f", "#0")))
CONSTRUCTED = {
    "sign": Goal(REAL, (), (("<", "0", "x"), ("<=", "y", "0")), ("<=", ("*", "x", "y"), "0")),
    "interval": Goal(
        REAL, (), (("<=", "0", "x"), ("<=", "x", "1")), ("<=", ("^", "x", "2"), "x")
    ),
    "excluded": Goal(REAL, (), (("!=", "x", "0"),), ("=", ("/", "x", "x"), "1")),
    "definition": Goal(
        REAL, (), (("=", "y", ("+", "x", "1")),), ("=", ("+", "y", ("-", "x")), "1")
    ),
    "turned definition": Goal(
        REAL, (), (("=", ("*", "2", "x"), "y"),), ("=", ("+", "x", "x"), "y")
    ),
    "order": Goal(REAL, (), (("<", "x", "y"),), ("<", "0", minus("y", "x"))),
    "equation": Goal(REAL, (), (("=", ("+", "x", "y"), "3"),), ("=", "x", minus("3", "y"))),
    "square": Goal(
        REAL, (), (("=", ("^", "x", "2"), "y"), ("<", "1", "y")), ("<", "1", ("abs", "x"))
    ),
    "premise": Goal(REAL, (), (), ("implies", ("=", "x", "y"), ("<=", "x", "y"))),
    "both ways": Goal(
        REAL, (), (),
        ("and", ("implies", ("=", ("*", "2", "x"), "y"), ("=", "x", ("/", "y", "2"))),
            ("implies", ("=", "x", ("/", "y", "2")), ("=", ("*", "2", "x"), "y"))),
    ),
    "ball": Goal(
        (("d", "size"), ("B", "real"), ("u", VECTOR)), (),
        (("<", "0", "B"), ("<=", ("norm", "u"), ("/", "B", "2"))), ("<", ("norm", "u"), "B"),
    ),
    "unit ball": Goal(
        (("d", "size"), ("u", VECTOR)), (),
        (("<=", ("norm", "u"), "1"),), ("<=", ("inner", "u", "u"), "1"),
    ),
    "unit sphere": Goal(
        (("d", "size"), ("u", VECTOR)), (),
        (("=", ("norm", "u"), "1"),), ("=", ("inner", "u", "u"), "1"),
    ),
    "index": Goal(
        (("T", "size"), ("t", "integer"), ("a", ("function", ("integer",), "real"))), (),
        (("<=", "1", "t"), ("<=", "t", "T"), every("1", "T", ("<=", "0", app("a", "#0")))),
        ("<=", app("a", "t"), ("sum", "1", "T", app("a", "#0"))),
    ),
    "bound of all": Goal(
        (("T", "size"), ("M", "real"), ("a", ("function", ("integer",), "real"))), (),
        (every("1", "T", ("<=", app("a", "#0"), "M")),),
        ("<=", ("sum", "1", "T", app("a", "#0")), ("*", "T", "M")),
    ),
    "minimiser": Goal(
        (("d", "size"), ("f", FUNCTION), ("p", VECTOR), ("x", VECTOR)), (),
        (CONVEX, ("differentiable", "f"), LOWEST),
        ("<=", app("f", "p"), app("f", "x")),
    ),
    "stationary": Goal(
        (("d", "size"), ("f", FUNCTION), ("p", VECTOR)), (),
        (CONVEX, ("differentiable", "f"), LOWEST),
        ("=", ("gradient", "f", "p"), ("zero", "d")),
    ),
    "orthogonal": TRUE_CLAIMS["pythagoras"],
    "monotone function": Goal(
        (("g", ("function", ("real",), "real")), *REAL), (),
        (("forall", "real", ("forall", "real",
            ("implies", ("<=", "#1", "#0"), ("<=", app("g", "#1"), app("g", "#0"))))),
            ("<=", "x", "y")),
        ("<=", app("g", "x"), app("g", "y")),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CONSTRUCTED)
def test_hypotheses_are_satisfied_by_construction(name: str) -> None:
    report = sample(CONSTRUCTED[name])
    assert report.agreement.usable >= 100, report
    assert report.agreement.agreeing == report.agreement.usable


def test_most_draws_of_a_claim_are_usable() -> None:
    for goal in (regret_lemma, jensen, rate):
        agreement = sample(goal).agreement
        assert agreement.usable >= 0.9 * agreement.tried


def test_the_boundary_of_a_hypothesis_is_reached() -> None:
    """x <= y with x < y claimed: only equality breaks it."""
    goal = Goal(REAL, (), (("<=", "x", "y"),), ("<", "x", "y"))
    assert sample(goal).suspects
    assert sample(Goal(REAL, (), (), ("!=", "x", "y"))).suspects, "equal arguments come up"
    for edge in ("0", "1", "-1"):
        assert sample(Goal(REAL, (), (), ("!=", "x", edge))).suspects


def test_an_undefined_hypothesis_is_not_satisfied() -> None:
    goal = odd(("g", ("real",), ("/", "1", "#0")), ("<=", ("/", "1", "x"), "5"))
    report = sample(goal)
    assert report.agreement.usable >= 100
    assert report.agreement.agreeing == report.agreement.usable


def test_a_function_of_an_unknown_kind_is_noted_and_not_passed_over() -> None:
    strange = ("function", (VECTOR, VECTOR), VECTOR)
    goal = Goal(
        (("d", "size"), ("F", strange), ("u", VECTOR)), (), (),
        ("=", app("F", "u", "u"), app("F", "u", "u")),
    )  # fmt: skip
    report = sample(goal)
    assert report.agreement.usable == 0
    assert report.notes == ("no family for the function F",)


def test_what_floats_cannot_tell_is_decided_exactly() -> None:
    """A cancellation of large numbers leaves nothing but its error."""
    big = str(10**17)
    goal = Goal((("x", "real"),), (), (), ("=", minus(("+", "x", big), big), "x"))
    sampling = sample_instances(goal, count=16)
    assert not sampling.failing and sampling.undecided
    report = sample(goal, count=16)
    assert not report.suspects
    assert report.agreement.agreeing == report.agreement.usable > sampling.agreement.usable


def test_what_breaks_a_merely_sampled_hypothesis_is_no_evidence() -> None:
    """The hypothesis is false far out only, where nothing is sampled."""
    far = ("forall", "real", ("<", ("*", "x", "#0"), "1000"))
    report = sample(Goal((("x", "real"),), (), (far,), ("=", "x", "0")))
    assert report.agreement.agreeing == report.agreement.usable


def test_hypotheses_may_say_that_something_exists() -> None:
    goal = TRUE_CLAIMS["circulant as hypothesis"]
    hypothesis = goal.hypotheses[0]
    doubled = replace(goal, hypotheses=(("and", hypothesis, hypothesis),))
    assert sample(doubled).agreement.usable >= 100
