"""Function families, and what hypotheses say of functions."""

from __future__ import annotations

import numpy as np
import pytest
from five_claims import CONVEX, FUNCTION, VECTOR, app
from interpreting import exact

from therefore.refuters.kinds_of_functions import CONVEX as CONVEX_KINDS
from therefore.refuters.kinds_of_functions import GENERAL, Kind, exact_members
from therefore.refuters.logic import Truth
from therefore.refuters.reals import Real
from therefore.refuters.shapes import convexity_of, minimiser_of, smooth_literal, traits_of

KINDS = list(dict.fromkeys([*CONVEX_KINDS, *GENERAL]))
BATCH = 64


def by_name(kind: Kind) -> str:
    return kind.name


@pytest.mark.parametrize("d", [1, 2, 5])
@pytest.mark.parametrize("kind", CONVEX_KINDS, ids=by_name)
def test_a_convex_kind_satisfies_the_two_point_inequality(kind: Kind, d: int) -> None:
    rng = np.random.default_rng(1)
    f = kind.draw(rng, BATCH, d)
    assert f.convex
    x, y = rng.normal(size=(2, BATCH, d)) * 3
    for share in (0.0, 0.25, 0.5, 0.9, 1.0):
        between = f(share * x + (1 - share) * y)
        assert np.all(between <= share * f(x) + (1 - share) * f(y) + 1e-9)


@pytest.mark.parametrize("d", [1, 3])
@pytest.mark.parametrize("kind", KINDS, ids=by_name)
def test_a_gradient_is_the_slope_of_the_values(kind: Kind, d: int) -> None:
    rng = np.random.default_rng(2)
    f = kind.draw(rng, BATCH, d)
    assert f.smooth == kind.smooth
    x, way = rng.normal(size=(2, BATCH, d))
    slope = (f(x + 1e-6 * way) - f(x - 1e-6 * way)) / 2e-6
    along = (f.gradient(x) * way).sum(-1)
    seen = ~np.isnan(along)
    assert seen.mean() > 0.9
    assert along[seen] == pytest.approx(slope[seen], abs=1e-5)


@pytest.mark.parametrize("kind", KINDS, ids=by_name)
def test_a_literal_has_the_values_and_the_gradient_of_its_row(kind: Kind) -> None:
    rng = np.random.default_rng(3)
    for d, scalar in ((1, True), (2, False)):
        f = kind.draw(rng, BATCH, d)
        x = np.full((BATCH, d), 3.0)
        for row in (0, 7, 40):
            body = f.literal(row, scalar)
            assert body is not None
            point = "3" if scalar else ("vector", "3", "3")
            sort = "real" if scalar else ("vector", "2")
            value = exact().term(("app", ("lambda", sort, body), point))
            assert _float(value) == pytest.approx(f(x)[row])
            gradient = f.gradient(x)[row]
            if not scalar and not np.any(np.isnan(gradient)):
                parts = exact().term(("gradient", ("lambda", sort, body), point)).parts
                assert [_float(part) for part in parts] == pytest.approx(list(gradient))


def _float(value: object) -> float:
    if isinstance(value, Real):
        return float(value.enclosure()[0])
    if hasattr(value, "under"):
        return float(value.plain) + float(value.factor) * float(value.under) ** 0.5
    return float(value)  # type: ignore[arg-type]


def test_a_kink_has_no_gradient() -> None:
    rng = np.random.default_rng(4)
    for kind in CONVEX_KINDS:
        if kind.name == "norm":
            f = kind.draw(rng, BATCH, 2)
            centre = f.minimiser()
            assert centre is not None
            assert np.all(np.isnan(f.gradient(centre)))
            assert np.all(f(centre) == 0)


@pytest.mark.parametrize("convex", [True, False])
@pytest.mark.parametrize("smooth", [True, False])
@pytest.mark.parametrize("scalar", [True, False])
def test_exact_members_are_what_they_are_asked_to_be(
    convex: bool, smooth: bool, scalar: bool
) -> None:
    sort = "real" if scalar else ("vector", "2")
    members = exact_members(2 - scalar, convex=convex, smooth=smooth, scalar=scalar)
    assert members[0] == "0"
    for body in members:
        literal = ("lambda", sort, body)
        if smooth:
            assert smooth_literal(body)
        if convex:
            line = "real" if scalar else ("vector", "2")
            inequality = (
                "forall", line, ("forall", line, ("forall", "real",
                    ("implies", ("<=", "0", "#0"), ("implies", ("<=", "#0", "1"),
                        ("<=", ("app", literal, ("+", ("*", "#0", "#2"),
                            ("*", ("+", "1", ("-", "#0")), "#1"))),
                            ("+", ("*", "#0", ("app", literal, "#2")),
                                ("*", ("+", "1", ("-", "#0")), ("app", literal, "#1")))))))))
            # Norms in the plane may be roots that do not fit together.
            assert exact().formula(inequality) >= Truth.UNKNOWN  # fmt: skip


# --- recognising hypotheses -----------------------------------------------------------------


def test_convexity_is_recognised_whatever_the_order() -> None:
    assert convexity_of(CONVEX) == "f"
    rest = ("+", ("-", "#2"), "1")
    turned = (
        "forall", "real", ("forall", VECTOR, ("forall", VECTOR,
            ("implies", ("and", ("<=", "#2", "1"), ("<", "0", "#2")),
                ("<=",
                    app("f", ("+", ("*", rest, "#0"), ("*", "#1", "#2"))),
                    ("+", ("*", app("f", "#1"), "#2"), ("*", app("f", "#0"), rest)))))))
    assert convexity_of(turned) == "f"  # fmt: skip


def _with(formula: tuple, old: object, new: object) -> object:
    if formula == old:
        return new
    if isinstance(formula, tuple):
        return tuple(_with(part, old, new) for part in formula)
    return formula


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<=", "<"),  # not all three relations may be strict
        (("<=", "#0", "1"), ("<=", "#0", "2")),
        (("<=", "0", "#0"), ("<=", "-1", "#0")),
        (app("f", "#2"), app("g", "#2")),
        (app("f", "#2"), app("f", "#1")),
        (("*", "#0", "#2"), ("*", "#0", "#1")),
        ("real", "integer"),
        (("-", "#0"), "#0"),
    ],
)
def test_what_only_looks_like_convexity_is_not(old: object, new: object) -> None:
    assert convexity_of(_with(CONVEX, old, new)) is None


def test_traits_say_what_is_demanded() -> None:
    other = ("forall", VECTOR, ("<=", "0", app("f", "#0")))
    traits = traits_of("f", (CONVEX, ("differentiable", "f"), other))
    assert traits.convex and traits.smooth and traits.bounded and not traits.constrained
    traits = traits_of("f", (("=", app("f", ("zero", "d")), "0"),))
    assert not traits.convex and not traits.smooth and not traits.constrained


def test_a_minimiser_is_recognised() -> None:
    shape = ("forall", VECTOR, ("<=", app("f", "p"), app("f", "#0")))
    assert minimiser_of(shape) == ("p", VECTOR, app("f", "#0"))
    square = ("forall", "real", ("<=", ("^", ("+", "p", "-1"), "2"), ("^", ("+", "#0", "-1"), "2")))
    assert minimiser_of(square) == ("p", "real", ("^", ("+", "#0", "-1"), "2"))
    assert minimiser_of(("forall", VECTOR, ("<=", app("f", "p"), app("g", "#0")))) is None
    assert minimiser_of(("forall", VECTOR, ("<", app("f", "p"), app("f", "#0")))) is None


def test_a_point_that_is_not_stationary_is_no_minimiser() -> None:
    declarations = {"d": "size", "f": FUNCTION, "p": VECTOR}
    formula = ("forall", VECTOR, ("<=", app("f", "p"), app("f", "#0")))
    bowl = ("lambda", ("vector", "1"), ("inner", "#0", "#0"))
    for point, truth in (("0", Truth.PLAUSIBLE), ("1/1000000", Truth.FALSE)):
        interpreter = exact(declarations, sizes={"d": 1}, cells={("p",): [point]})
        interpreter.given["f",] = interpreter.term(bowl)
        assert interpreter.formula(formula) == truth
