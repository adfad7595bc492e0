"""Classes of functions and maps unfold to plain statements for all points."""

from __future__ import annotations

from typing import Any

import pytest

import therefore as th
from therefore.language import IllFormed
from therefore.reading.formulas import Reader
from therefore.reading.sympy_terms import Scope

d = th.dimension("d")
f, h, T = th.function("f", d), th.function("h", d), th.vector_map("T", d, d)
u, v, L = th.vector("u", d), th.vector("v", d), th.positive("L")
xi = th.vector(r"\xi", d)

GAP = ("+", "#1", ("-", "#0"))
APART = ("+", ("app", "T", "#1"), ("-", ("app", "T", "#0")))
SPACE = ("vector", "d")


def pairs(relation: Any) -> Any:
    return ("forall", SPACE, ("forall", SPACE, relation))


def formula(statement: Any) -> Any:
    return Reader().formula(statement, Scope())


UNFOLDED = [
    (lambda: th.nonexpansive(T), pairs(("<=", ("norm", APART), ("norm", GAP)))),
    (lambda: th.lipschitz(T, L), pairs(("<=", ("norm", APART), ("*", "L", ("norm", GAP))))),
    (lambda: th.monotone(T), pairs(("<=", "0", ("inner", APART, GAP)))),
    (lambda: th.firmly_nonexpansive(T),
        pairs(("<=", ("^", ("norm", APART), "2"), ("inner", APART, GAP)))),
    (lambda: th.cocoercive(T, L),
        pairs(("<=", ("*", "L", ("^", ("norm", APART), "2")), ("inner", APART, GAP)))),
    (lambda: th.strongly_monotone(T, L),
        pairs(("<=", ("*", "L", ("^", ("norm", GAP), "2")), ("inner", APART, GAP)))),
    (lambda: th.minimiser(u, f),
        ("forall", SPACE, ("<=", ("app", "f", "u"), ("app", "f", "#0")))),
    (lambda: th.subgradient(v, f, u),
        ("forall", SPACE, ("<=",
            ("+", ("app", "f", "u"), ("inner", "v", ("+", "#0", ("-", "u")))),
            ("app", "f", "#0")))),
    (lambda: th.fixed_point(u, T), ("=", ("app", "T", "u"), "u")),
    (lambda: th.nearest_point_map(T),
        pairs(("<=", ("inner", ("+", "#1", ("-", ("app", "T", "#1"))),
            ("+", ("app", "T", "#0"), ("-", ("app", "T", "#1")))), "0"))),
]  # fmt: skip


@pytest.mark.parametrize(("made", "expected"), UNFOLDED)
def test_what_a_class_says(made: Any, expected: Any) -> None:
    with th.as_written():
        assert formula(made()) == expected


def test_no_letter_of_the_arguments_is_captured() -> None:
    with th.as_written():
        said = formula(th.minimiser(xi, f))
        constant = formula(th.lipschitz(T, th.norm(xi)))
    assert said == ("forall", SPACE, ("<=", ("app", "f", "xi"), ("app", "f", "#0")))
    assert constant[2][2][2][1] == ("norm", "xi")


def test_a_proximal_point_is_one_of_a_subgradient() -> None:
    with th.as_written():
        assert formula(th.proximal_point(u, f, v, L)) == formula(
            th.subgradient((v - u) / L, f, u)
        )


def test_more_classes_are_read() -> None:
    with th.as_written():
        strong, relative = th.strongly_convex(f, L), th.relatively_smooth(f, h, L)
        averaged = th.averaged(T, L)
    assert formula(strong)[2][2][:2] == ("forall", "real")
    assert formula(relative)[2][2][0] == formula(averaged)[2][2][0] == "<="


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: th.monotone(f),
        lambda: th.nonexpansive(th.vector_map("A", d, th.dimension("m"))),
        lambda: th.minimiser(u, T(u)),
        lambda: th.fixed_point(u, f),
    ],
)
def test_what_is_no_map_or_function(wrong: Any) -> None:
    with th.as_written(), pytest.raises(IllFormed):
        wrong()
