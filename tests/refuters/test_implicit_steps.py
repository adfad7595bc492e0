"""Implicit steps are told by their shape, and instances of them are made by construction."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from therefore.goal import Goal
from therefore.reading.latex import read_text
from therefore.refuters import find_counterexamples, sample
from therefore.refuters.domains import unused_draw
from therefore.refuters.exact import ExactInterpreter
from therefore.refuters.families import Quadratic, Total
from therefore.refuters.implicit import steps_of, subgradient_of
from therefore.refuters.kinked_literals import kinked
from therefore.refuters.proximal_maps import (
    IMPLICIT,
    STRICTLY_CONVEX,
    has_subgradient,
    lies_above,
    placed_above,
    proximal_point,
    subgradient,
)
from therefore.refuters.terms import open_goal

BATCH = 48


@pytest.mark.parametrize("kind", IMPLICIT, ids=lambda kind: kind.name)
@pytest.mark.parametrize("size", [1, 3])
def test_proximal_points_have_their_subgradients(kind: object, size: int) -> None:
    """f(u) >= f(p) + <g, u - p> at many u, for g = (w - p)/c, and for what is called one at w."""
    rng = np.random.default_rng([size, len(kind.name)])  # type: ignore[attr-defined]
    member = kind.draw(rng, BATCH, size)  # type: ignore[attr-defined]
    w, c = rng.normal(size=(BATCH, size)) * 3, rng.choice([0.25, 1.0, 3.0], size=BATCH)
    p = proximal_point(member, w, c)
    here = subgradient(member, w)
    assert p is not None and here is not None
    slope = (w - p) / c[:, None]
    for point, g in ((p, slope), (w, here)):
        known = has_subgradient(member, point, g)
        assert known is not None and known[0].all() and not known[1].any()
        for _ in range(40):
            u = point + rng.normal(size=(BATCH, size)) * rng.choice([0.01, 1.0, 9.0])
            below = member(point) + (g * (u - point)).sum(-1)
            assert (member(u) >= below - 1e-9 * (1 + abs(below))).all()


def test_what_is_no_subgradient_is_refused() -> None:
    bowl = Quadratic(np.eye(2)[None] * np.ones((4, 1, 1)), np.ones((4, 2)), np.zeros((4, 2)))
    known = has_subgradient(bowl, np.ones((4, 2)), np.ones((4, 2)) + 0.01)
    assert known is not None and known[1].all() and not known[0].any()


@pytest.mark.parametrize("kind", STRICTLY_CONVEX, ids=lambda kind: kind.name)
def test_relative_smoothness_by_construction(kind: object) -> None:
    """D_f <= c D_h for h = f/c + a convex function; no other function is called so."""
    rng = np.random.default_rng(3)
    lower = IMPLICIT[3].draw(rng, BATCH, 2)
    constant = rng.choice([0.5, 1.0, 4.0], size=BATCH)
    upper = placed_above(lower, constant, kind.draw(rng, BATCH, 2))  # type: ignore[attr-defined]
    known = lies_above(upper, lower, constant)
    assert known is not None and known.all()
    less = lies_above(upper, lower, constant / 2)
    assert less is not None and not less.any()
    assert lies_above(lower, upper, constant) is None
    assert lies_above(Total(lower, lower), lower, constant) is None
    x, y = rng.normal(size=(2, BATCH, 2)) * 4
    distances = [f(y) - f(x) - (f.gradient(x) * (y - x)).sum(-1) for f in (lower, upper)]
    assert (distances[0] <= constant * distances[1] + 1e-9).all()


ABS = ("abs", ("inner", ("vector", "1"), "#0"))


@pytest.mark.parametrize(
    ("body", "w", "c", "p"),
    [
        (ABS, ["3"], "1", ["2"]),
        (ABS, ["1/2"], "1", ["0"]),
        (("norm", "#0"), ["-3"], "2", ["-1"]),
        (("*", "1/2", ("inner", "#0", "#0")), ["3", "-1"], "2", ["1", "-1/3"]),
        (("+", ("*", "1/2", ("^", ("norm", "#0"), "2")), ABS), ["3"], "1", ["1"]),
        (("+", ABS, ("abs", ("+", ("inner", ("vector", "1"), "#0"), "-1"))), ["5/2"], "1", ["1"]),
        (("^", ("inner", ("vector", "1", "1"), "#0"), "2"), ["5", "0"], "1", ["3", "-2"]),
        (("inner", ("vector", "1", "2"), "#0"), ["0", "0"], "3", ["-3", "-6"]),
    ],
)
def test_exact_proximal_points(body: object, w: list[str], c: str, p: list[str]) -> None:
    function = kinked(_closure(body, len(w)))
    assert function is not None
    found = function.proximal_point([Fraction(x) for x in w], Fraction(c))
    assert found == [Fraction(x) for x in p]


@pytest.mark.parametrize(
    "body",
    [
        ("^", ("inner", ("vector", "1"), "#0"), "3"), ("-", ("inner", "#0", "#0")), ("-", ABS),
        ("*", ABS, ABS), ("abs", ("-", ABS)), ("abs", ("inner", "#0", "#0")), ("exp", ABS),
    ],
)  # fmt: skip
def test_other_literals_are_left_alone(body: object) -> None:
    assert kinked(_closure(body, 1)) is None


def _closure(body: object, size: int) -> object:
    (problem,) = open_goal(Goal((), (), (), ("<=", "0", "0")))
    whole = ExactInterpreter(problem, {}, draw=unused_draw)
    return whole.term(("lambda", ("vector", str(size)), body))


def _goal(declared: dict[str, object], hypotheses: list[object], conclusion: object) -> Goal:
    names = {"d": "size", "T": "integer", "gamma": "real", **declared}
    given = (("<=", "1", "T"), ("<", "0", "gamma"), *hypotheses)
    return Goal(tuple(names.items()), (), given, conclusion)


VECTOR = ("vector", "d")
SEQUENCE, FUNCTION = ("function", ("integer",), VECTOR), ("function", (VECTOR,), "real")
MAP = ("function", (VECTOR,), VECTOR)
HERE, NEXT = "#0", ("+", "#0", "1")


def _for_all(low: str, high: object, body: object) -> object:
    inside = ("implies", ("<=", low, "#0"), ("implies", ("<=", "#0", high), body))
    return ("forall", "integer", inside)


def _subgradient(g: object, f: str, x: object, u: str = "#0") -> object:
    tangent = ("+", ("app", f, x), ("inner", g, ("+", u, ("-", x))))
    return ("forall", VECTOR, ("<=", tangent, ("app", f, u)))


def _apart(a: object, b: object) -> object:
    return ("^", ("norm", ("+", a, ("-", b))), "2")


def _at(name: str, place: object) -> object:
    return ("app", name, place)


LAST = ("+", "T", "-1")
SUBGRADIENTS = _for_all("1", "T", _subgradient(_at("g", "#1"), "f", _at("x", "#1")))
PROXIMAL = _for_all("0", LAST, ("=", _at("x", NEXT),
                                ("+", _at("x", HERE), ("-", ("*", "gamma", _at("g", NEXT))))))
GAP = ("+", _at("f", _at("x", "T")), ("-", _at("f", "y")))
START = _apart(_at("x", "0"), "y")


LEAST = ("forall", VECTOR, ("<=", ("app", "f", "y"), ("app", "f", "#0")))


def _proximal_goal(factor: str, *given: object) -> Goal:
    bound = ("/", START, ("*", factor, "gamma", "T"))
    return _goal({"f": FUNCTION, "x": SEQUENCE, "g": SEQUENCE, "y": VECTOR},
                 [SUBGRADIENTS, PROXIMAL, *given], ("<=", GAP, bound))  # fmt: skip


def _pair(map_at: object, bound: object) -> Goal:
    """Two sequences, each with an implicit step; the conclusion compares their ends."""
    steps = []
    for name in ("x", "y"):
        moved = ("+", _at(name, HERE), ("-", ("*", "gamma", map_at(_at(name, NEXT)))))
        steps.append(_for_all("0", LAST, ("=", _at(name, NEXT), moved)))
    apart = _apart(_at("x", "T"), _at("y", "T"))
    return _goal({"f": FUNCTION, "F": MAP, "x": SEQUENCE, "y": SEQUENCE}, [*bound[0], *steps],
                 ("<=", ("*", bound[1], apart), _apart(_at("x", "0"), _at("y", "0"))))  # fmt: skip


GAPS = ("+", ("app", "F", "#1"), ("-", ("app", "F", "#0")))
MONOTONE = ("forall", VECTOR, ("forall", VECTOR, ("<=", "0", ("inner", GAPS,
                                                              ("+", "#1", ("-", "#0"))))))
BETWEEN = ("app", "f", ("+", ("*", "#0", "#2"), ("*", ("+", "1", ("-", "#0")), "#1")))
MEAN = ("+", ("*", "#0", ("app", "f", "#2")), ("*", ("+", "1", ("-", "#0")), ("app", "f", "#1")))
CONVEX = ("forall", VECTOR, ("forall", VECTOR, ("forall", "real", ("implies", ("<=", "0", "#0"),
          ("implies", ("<=", "#0", "1"), ("<=", BETWEEN, MEAN))))))  # fmt: skip
SMOOTH = ("differentiable", "f")


def _proximal_of_pair(factor: str) -> Goal:
    """Proximal points of one function at two points."""
    given = [_subgradient(("/", ("+", a, ("-", p)), "gamma"), "f", p)
             for p, a in (("p", "a"), ("q", "b"))]  # fmt: skip
    return _goal(dict.fromkeys("abpq", VECTOR) | {"f": FUNCTION}, [CONVEX, *given],
                 ("<=", ("*", factor, _apart("p", "q")), _apart("a", "b")))  # fmt: skip


def _reflected(factor: str) -> Goal:
    """Two points, and their reflections at the proximal map of a convex function."""
    def mirrored(x: object) -> object:
        return ("+", ("*", "2", ("app", "P", x)), ("-", x))

    slope = ("*", ("/", "1", "gamma"), ("+", "#0", ("-", ("app", "P", "#0"))))
    inside = _subgradient(_raised(slope), "f", ("app", "P", "#1"))
    apart = ("*", factor, _apart(mirrored("x"), mirrored("y")))
    return _goal({"f": FUNCTION, "P": MAP, "x": VECTOR, "y": VECTOR},
                 [CONVEX, ("forall", VECTOR, inside)], ("<=", apart, _apart("x", "y")))  # fmt: skip


def _raised(term: object) -> object:
    if isinstance(term, str):
        return "#1" if term == "#0" else term
    return tuple(map(_raised, term))


GOALS = {
    "reflections": (_reflected("1"), _reflected("2")),
    "proximal points": (_proximal_goal("4"), _proximal_goal("404/100")),
    "proximal points and a minimiser": (
        _proximal_goal("4", LEAST), _proximal_goal("404/100", LEAST)
    ),
    "two proximal points": (_proximal_of_pair("1"), _proximal_of_pair("2")),
    "resolvents of a monotone map": (
        _pair(lambda at: ("app", "F", at), ([MONOTONE], "1")),
        _pair(lambda at: ("app", "F", at), ([MONOTONE], "2")),
    ),
    "gradients at the next point": (
        _pair(lambda at: ("gradient", "f", at), ([CONVEX, SMOOTH], "1")),
        _pair(lambda at: ("gradient", "f", at), ([CONVEX, SMOOTH], "2")),
    ),
}


@pytest.mark.parametrize("name", GOALS)
def test_true_statements_have_their_instances(name: str) -> None:
    report = sample(GOALS[name][0])
    assert report.agreement.usable == report.agreement.agreeing >= 100
    assert report.agreement.tried <= 2 * report.agreement.usable
    assert not report.suspects and not report.unconfirmed


@pytest.mark.parametrize("name", GOALS)
def test_false_statements_are_refuted(name: str) -> None:
    assert next(find_counterexamples(GOALS[name][1], seconds=20), None) is not None


def test_the_order_of_steps_and_what_is_found() -> None:
    (problem,) = open_goal(_proximal_goal("4"))
    whole = ExactInterpreter(problem, {"d": 1, "T": 3}, draw=unused_draw)
    steps = steps_of(whole, problem.hypotheses, whole.rules_of(problem.hypotheses))
    assert [step.cell for step in steps] == [("g", 1), ("g", 2), ("g", 3)]
    assert not any(step.is_point for step in steps)


def test_functions_that_are_defined_are_left_to_others() -> None:
    """A subgradient of 1/2 |u|^2, which is no function to be drawn."""
    half = ("*", "1/2", ("^", ("norm", "#0"), "2"))
    given = (_subgradient("g", "f", "x"), ("=", "g", "x"))
    goal = Goal((("d", "size"), ("x", VECTOR), ("g", VECTOR)), (("f", (VECTOR,), half),), given,
                ("=", ("+", "g", "x"), ("*", "2", "x")))  # fmt: skip
    report = sample(goal)
    assert report.agreement.usable == report.agreement.agreeing >= 100


def test_a_step_with_a_factor_before_the_next_point_is_explicit() -> None:
    """(k + 2) x_{k+1} = x_0 + (k + 1) T(x_k) was solved for x_k."""
    goal = read_text(
        r"Let $T: \mathbb{R}^d \to \mathbb{R}^d$ be nonexpansive and $x_k \in \mathbb{R}^d$. "
        r"Suppose $3 x_{k+1} = x_0 + 2 T(x_k)$ for all $k = 0, \dots, 3$. "
        r"Then $\|x_1 - x_1\| = 0$."
    )[0][0].goal
    problem = open_goal(goal)[0]
    whole = ExactInterpreter(problem, {"d": 2}, draw=unused_draw)
    assert not steps_of(whole, goal.hypotheses, {})


def test_terms_without_parts_are_passed_over() -> None:
    goal = _goal({"a": "real", "x": VECTOR}, [("=", ("*", ("pi",), "a"), ("+", ("pi",), "1"))],
                 ("=", ("*", "2", "x"), ("+", "x", "x")))  # fmt: skip
    assert sample(goal).agreement.usable >= 100
    assert next(find_counterexamples(goal, seconds=2), None) is None


def test_the_shapes_of_subgradients() -> None:
    assert subgradient_of(_subgradient("g", "f", "x")) == ("f", "x", "g")
    gap = ("+", ("app", "f", "#0"), ("-", ("app", "f", "x")))
    below = ("inner", ("+", "#0", ("-", "x")), "g")
    assert subgradient_of(("forall", VECTOR, ("<=", below, gap))) == ("f", "x", "g")
    assert subgradient_of(("forall", VECTOR, ("<=", gap, below))) is None
    assert subgradient_of(_subgradient("#0", "f", "x")) is None
    assert subgradient_of(_subgradient("g", "f", "#0")) is None


CONVEX_PAIR = r"""Let $f, h: \mathbb{R}^d \to \mathbb{R}$ be convex and differentiable, let
$\gamma > 0$ and let $N \ge 2$ be an integer. """
WRITTEN = {
    "Douglas and Rachford": ("2", r"""Let $x_k, y_k, z_k \in \mathbb{R}^d$. Let
        $x_k = \operatorname{prox}_{\gamma f}(z_k)$ and
        $y_k = \operatorname{prox}_{\gamma h}(2x_k - z_k)$ for $k = 0, \dots, N$. Let
        $z_{k+1} = z_k + y_k - x_k$ for $k = 0, \dots, N$.
        Then $%s\|z_2 - z_1\| \le \|z_1 - z_0\|$."""),
    "a mirror step": (r"\|x\|^2 +", r"""Let $x, y, u \in \mathbb{R}^d$ and
        $\nabla h(y) = \nabla h(x) - \gamma \nabla f(x)$.
        Then $%s\gamma (f(x) - f(u)) \le \langle \nabla h(x) - \nabla h(y), x - u\rangle$."""),
}


@pytest.mark.parametrize("name", WRITTEN)
def test_methods_as_they_are_written(name: str) -> None:
    """Two functions in turn, and a gradient of which the point is to be found."""
    goals, (wrong, text) = [], WRITTEN[name]
    for inserted in ("", wrong):
        (task,), errors = read_text(CONVEX_PAIR + text % inserted)
        assert not errors
        goals.append(task.goal)
    report = sample(goals[0])
    assert report.agreement.usable == report.agreement.agreeing >= 100
    assert report.agreement.tried <= 2 * report.agreement.usable
    assert next(find_counterexamples(goals[1], seconds=20), None) is not None
