"""Integrals over batches: what they are worth, how they move, and where nothing is said."""

from __future__ import annotations

from math import pi, sqrt

import numpy as np
import pytest
from interpreting import batch
from test_quadrature import WORTH

from therefore.goal import Goal, Term
from therefore.refuters import find_counterexamples, sample
from therefore.refuters.densities import SHAPES, Decaying
from therefore.refuters.evaluate import BatchInterpreter
from therefore.refuters.logic import Truth

NAMES: dict[str, Term] = {"q": "real", "u": "real"}
CELLS = {("q",): "1/2", ("u",): "3"}


def interpreter() -> BatchInterpreter:
    return batch(NAMES, cells=CELLS)


def worth(term: Term) -> float:
    by = interpreter()
    value = np.broadcast_to(np.asarray(by.term(term), dtype=float), (2,))
    assert not by.unsure.any()
    assert value[0] == value[1]
    return float(value[0])


def away(other: Term) -> Term:
    return ("abs", ("+", "#0", ("-", other)))


# q is 1/2 and u is 3.
VALUES: list[tuple[Term, Term, Term, float]] = [
    ("-1", "u", away("q"), (1.5**2 + 2.5**2) / 2),
    ("u", "-1", away("q"), -(1.5**2 + 2.5**2) / 2),
    ("0", "u", ("step", ("+", "#0", ("-", "q"))), 2.5),
    ("-oo", "+oo", ("exp", ("-", away("u"))), 2.0),
    ("-oo", "+oo", ("exp", ("-", ("^", ("+", "#0", "-40"), "2"))), sqrt(pi)),
    ("q", "+oo", ("exp", ("-", "#0")), float(np.exp(-0.5))),
    ("-2", "2", ("abs", ("+", ("^", "#0", "2"), "-1")), 4.0),
    ("0", "u", ("/", "1", ("+", "#0", "1")), float(np.log(4))),
    ("0", "1", ("integral", "0", "#0", ("*", "#0", "#1")), 1 / 8),
    ("-1", "1", ("integral", "-1", "#0", ("abs", "#0")), 1.0),
    ("0", "q", "u", 1.5),
    ("-oo", "+oo", "0", 0.0),
]


@pytest.mark.parametrize(("low", "high", "body", "value"), VALUES, ids=str)
def test_the_worth_of_an_integral(low: Term, high: Term, body: Term, value: float) -> None:
    assert worth(("integral", low, high, body)) == pytest.approx(value, abs=1e-9)


@pytest.mark.parametrize(("low", "high", "body", "value"), WORTH, ids=str)
def test_it_agrees_with_exact_arithmetic(low: Term, high: Term, body: Term, value: str) -> None:
    by = batch({"q": "real"}, cells={("q",): "1"})
    term = ("integral", low, high, body)
    assert np.all(by.formula(("=", term, value)) == Truth.TRUE)
    assert np.all(by.formula(("integrates", low, high, body)) == Truth.PLAUSIBLE)
    assert np.all(by.formula(("integrates", low, high, body, value)) == Truth.PLAUSIBLE)
    assert np.all(by.formula(("=", term, ("+", value, "1/100"))) == Truth.FALSE)


def slope(body: Term, at: Term = "q") -> float:
    return worth(("derivative", body, at))


def test_what_moves_in_an_integral_moves_it() -> None:
    assert slope(("integral", "0", "#0", ("^", "#0", "2"))) == pytest.approx(1 / 4)
    assert slope(("integral", "#0", "u", ("^", "#0", "2"))) == pytest.approx(-1 / 4)
    assert slope(("integral", "0", "u", ("abs", ("+", "#0", ("-", "#1"))))) == pytest.approx(-2)
    both = ("integral", "0", "#0", ("*", "#0", "#1"))  # x^3/2
    assert slope(both) == pytest.approx(3 / 8)
    twice = ("derivative", ("integral", "0", "#0", ("^", "#0", "2")), "#0")
    assert slope(twice) == pytest.approx(1)


def test_a_jump_that_moves_moves_the_integral() -> None:
    below = ("step", ("+", "#1", ("-", "#0")))  # 1 where y <= x
    assert slope(("integral", "0", "u", ("*", "#0", below))) == pytest.approx(1 / 2)
    assert slope(("integral", "u", "0", ("*", "#0", below))) == pytest.approx(-1 / 2)
    assert slope(("integral", "2", "u", ("*", "#0", below))) == pytest.approx(0)


UNSURE: list[tuple[Term, Term, Term]] = [
    ("0", "1", ("/", "1", "#0")),
    ("-1", "1", ("/", "1", "#0")),
    ("-2", "3", ("/", "1", ("+", "#0", ("-", "q")))),
    ("1", "+oo", ("/", "1", "#0")),
    ("-oo", "+oo", "#0"),
    ("0", "+oo", ("sin", "#0")),
    ("-1", "1", ("log", "#0")),
    ("0", "1", ("sqrt", ("-", "#0"))),
    ("0", "+oo", ("exp", "#0")),
]


@pytest.mark.parametrize(("low", "high", "body"), UNSURE, ids=str)
def test_what_is_not_certain_is_not_told(low: Term, high: Term, body: Term) -> None:
    by = interpreter()
    term = ("integral", low, high, body)
    for _ in range(2):  # the second time the value is a remembered one
        for relation in ("=", "<=", "<", "!="):
            assert np.all(by.formula((relation, term, "1")) == Truth.UNKNOWN)
    assert np.all(by.formula(("integrates", low, high, body)) == Truth.UNKNOWN)
    assert np.all(by.formula(("<=", "q", "u")) == Truth.TRUE)  # which is not about it


@pytest.mark.parametrize("smooth", [False, True])
@pytest.mark.parametrize("turn", range(10))
def test_densities_are_densities(turn: int, smooth: bool) -> None:
    rng = np.random.default_rng(turn)
    member = Decaying.draw(rng, 6, turn, smooth=smooth, signed=False, mass=True)
    assert member.shape in SHAPES
    assert member.smooth or not smooth
    sort: Term = ("function", ("real",), "real")
    by = batch({"f": sort, **NAMES})
    by = BatchInterpreter(
        by.problem, {}, batch=6, draw=lambda *_: None, given={("f",): member}
    )
    whole = ("integral", "-oo", "+oo", ("app", "f", "#0"))
    assert np.all(by.formula(("=", whole, "1")) == Truth.TRUE)
    assert np.all(by.formula(("integrates", "-oo", "+oo", ("*", "#0", ("app", "f", "#0")))) == 3)
    infimum = member.infimum()
    assert infimum is not None
    x, step = rng.uniform(-4, 4, 6), 1e-6
    assert (member(x) >= infimum).all()
    near = (member(x + step) - member(x - step)) / (2 * step)
    assert member.gradient(x) == pytest.approx(near, abs=1e-5)
    for row in range(6):
        body = member.literal(row)
        assert body is not None
        written = batch({"x": "real"}, cells={}).term(body, (x[row],))
        assert float(written) == pytest.approx(member(x)[row], abs=1e-12)


F: Term = ("app", "f", "#0")
ANY: Term = ("function", ("real",), "real")
DENSITY: tuple[Term, ...] = (
    ("forall", "real", ("tends", F, "#0", F)),
    ("forall", "real", ("<=", "0", F)),
    ("integrates", "-oo", "+oo", F),
    ("=", ("integral", "-oo", "+oo", F), "1"),
    ("integrates", "-oo", "+oo", ("*", "#0", F)),
)
DEFINITIONS = (("F", ("real",), ("integral", "-oo", "#0", F)),)


def about_a_density(*formulas: Term) -> Goal:
    declarations = (("f", ANY), ("q", "real"), ("u", "real"))
    return Goal(declarations, DEFINITIONS, (*DENSITY, *formulas[:-1]), formulas[-1])


def at(name: str) -> Term:
    return ("app", "F", name)


TRUE: list[Goal] = [
    about_a_density(("<=", "q", "u"), ("<=", at("q"), at("u"))),
    about_a_density(("=", ("+", at("u"), ("-", at("q"))), ("integral", "q", "u", F))),
    about_a_density(("=", ("derivative", at("#0"), "q"), ("app", "f", "q"))),
    about_a_density(("and", ("<=", "0", at("q")), ("<=", at("q"), "1"))),
    about_a_density(("=", "u", at("q")), ("<=", "u", "1")),
]
FALSE: list[Goal] = [
    about_a_density(("<=", "q", "u"), ("<=", at("u"), at("q"))),
    about_a_density(("=", ("+", at("u"), ("-", at("q"))), ("integral", "u", "q", F))),
    about_a_density(("=", ("derivative", at("#0"), "q"), ("-", ("app", "f", "q")))),
    about_a_density(("<=", at("q"), "1/2")),
]


@pytest.mark.parametrize("number", range(len(TRUE)))
def test_what_is_true_of_densities_is_sampled(number: int) -> None:
    report = sample(TRUE[number], count=40)
    assert report.agreement.usable >= 40
    assert report.agreement.agreeing == report.agreement.usable
    assert not (report.suspects or report.unconfirmed or report.doubtful)
    assert report == sample(TRUE[number], count=40)


@pytest.mark.parametrize("number", range(len(FALSE)))
def test_what_is_false_of_densities_is_seen(number: int) -> None:
    agreement = sample(FALSE[number], count=40).agreement
    assert agreement.usable > agreement.agreeing


def test_functions_without_a_sign_and_with_another_integral() -> None:
    whole = ("integral", "-oo", "+oo", F)
    apart = ("+", ("integral", "-oo", "q", F), ("integral", "q", "+oo", F))
    for hypotheses in (DENSITY[:1], DENSITY[:2], DENSITY[:3]):
        goal = Goal((("f", ANY), ("q", "real")), (), hypotheses, ("=", apart, whole))
        agreement = sample(goal, count=40).agreement
        assert agreement.agreeing == agreement.usable >= 40
        one = Goal((("f", ANY), ("q", "real")), (), hypotheses, ("=", whole, "1"))
        agreement = sample(one, count=40).agreement
        assert agreement.agreeing < agreement.usable


def test_a_heavy_tail_has_no_second_moment() -> None:
    second = ("integrates", "-oo", "+oo", ("*", ("^", "#0", "2"), F))
    report = sample(about_a_density(second), count=60)
    assert report.agreement.agreeing == report.agreement.usable
    assert report.agreement.usable < report.agreement.tried


def test_functions_of_any_kind_between_two_numbers() -> None:
    size = ("abs", ("integral", "q", "u", F))
    goal = Goal(
        (("f", ANY), ("q", "real"), ("u", "real")), (), (DENSITY[0], ("<=", "q", "u")),
        ("<=", size, ("integral", "q", "u", ("abs", F))),
    )  # fmt: skip
    agreement = sample(goal, count=40).agreement
    assert agreement.agreeing == agreement.usable >= 20


def test_a_function_is_given_the_integral_that_is_said_of_it() -> None:
    whole = ("integral", "0", "1", F)
    goal = Goal(
        (("f", ANY), ("u", "real")), (), (DENSITY[0], ("=", whole, "2")),
        ("=", ("integral", "0", "1", ("+", F, "u")), ("+", "u", "2")),
    )  # fmt: skip
    agreement = sample(goal, count=40).agreement
    assert agreement.agreeing == agreement.usable >= 40


def test_a_long_range_is_split_near_its_ends() -> None:
    assert worth(("integral", "0", "10000", ("exp", ("*", "-2", "#0")))) == pytest.approx(1 / 2)
    assert worth(("integral", "-5000", "5000", ("exp", ("-", ("abs", "#0"))))) == pytest.approx(2)
    goal = about_a_density(("tends", at("#0"), "+oo", "1"))
    agreement = sample(goal, count=40).agreement
    assert agreement.agreeing == agreement.usable >= 20


def test_the_derivative_of_a_function_is_integrated() -> None:
    slope_of: Term = ("forall", "real", ("has_derivative", F, "#0", ("app", "g", "#0")))
    difference = ("+", ("app", "f", "u"), ("-", ("app", "f", "q")))
    between = ("integral", "q", "u", ("app", "g", "#0"))
    declarations = (("f", ANY), ("g", ANY), ("q", "real"), ("u", "real"))
    agreement = sample(Goal(declarations, (), (slope_of,), ("=", between, difference))).agreement
    assert agreement.agreeing == agreement.usable >= 100


def test_lines_of_documents() -> None:
    square = ("^", "#0", "2")
    closed = [(("=", ("integral", "0", "1", square), value), right)
              for value, right in (("1/3", 1), ("1/2", 0))]  # fmt: skip
    for line, right in closed:  # ∫_0^1 x² dx
        agreement = sample(Goal((), (), (), line)).agreement
        assert (agreement.usable, agreement.agreeing) == (1, right)
    to_q = ("integral", "0", "q", square)
    for part, right in (("3", True), ("2", False)):
        line = ("=", to_q, ("/", ("^", "q", "3"), part))
        goal = Goal((("q", "real"),), (), (), line)
        agreement = sample(goal).agreement
        assert agreement.usable >= 100
        assert (agreement.agreeing == agreement.usable) == right
        if not right:
            assert next(find_counterexamples(goal, seconds=2.0), None) is not None
