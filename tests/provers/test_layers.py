"""Derivatives of what a layer of any width makes of its weights, found within a budget."""

from __future__ import annotations

import pytest
from test_search import goal, proved, task

from therefore.goal import Goal, Term
from therefore.kernel.atoms import Atoms
from therefore.kernel.context import Context
from therefore.provers import prove
from therefore.provers.building.unnormal import scalar_term

OF_NUMBERS = ("function", ("real",), "real")
NAMES: dict[str, Term] = {
    "m": "size", "n": "size", "W": ("matrix", "m", "n"), "x": ("vector", "n"),
    "b": ("vector", "m"), "v": ("vector", "m"), "g": OF_NUMBERS, "s": OF_NUMBERS,
    "k": ("residue", "m"), "j": ("residue", "n"), "loss": ("function", (("vector", "m"),), "real"),
}  # fmt: skip
ZERO = ("lambda", "real", "0")
WITNESS: dict[str, Term] = {
    "m": "1", "n": "1", "W": ("rows", ("row", "0")), "x": ("vector", "0"), "b": ("vector", "0"),
    "v": ("vector", "0"), "g": ZERO, "s": ZERO, "k": "0", "j": "0",
    "loss": ("lambda", ("vector", "1"), "0"),
}  # fmt: skip
SLOPE = ("forall", "real", ("has_derivative", ("app", "g", "#0"), "#0", ("app", "s", "#0")))
SMOOTH = ("differentiable", "loss")
STEP_IN_B = ("+", "b", ("*", "#0", ("unit", "m", "k")))
STEP_IN_W = ("+", "W", ("*", "#0", ("outer", ("unit", "m", "k"), ("unit", "n", "j"))))


def layer(weights: Term = "W", shift: Term = "b") -> Term:
    return ("+", ("matmul", weights, "x"), shift)


def output(weights: Term = "W", shift: Term = "b") -> Term:
    """sum_i v_i g((W x + b)_i), where #0 in the parts stands outside of the sum."""
    inside = layer(_under(weights), _under(shift))
    return ("sum_mod", "m", ("*", ("entry", "v", "#0"), ("app", "g", ("entry", inside, "#0"))))


def _under(term: Term) -> Term:
    if isinstance(term, str):
        return "#1" if term == "#0" else term
    return tuple(map(_under, term))


AT_K: Term = ("*", ("entry", "v", "k"), ("app", "s", ("entry", layer(), "k")))
AT_ZERO = "0"
SLOPES: dict[str, tuple[Term, Term]] = {
    "by a bias": (output(shift=STEP_IN_B), AT_K),
    "by a weight": (output(weights=STEP_IN_W), ("*", AT_K, ("entry", "x", "j"))),
    "of any loss by a weight": (
        ("app", "loss", layer(weights=STEP_IN_W)),
        ("entry", ("outer", ("gradient", "loss", layer()), "x"), "k", "j"),
    ),
}  # fmt: skip


def stated(body: Term, value: Term) -> Goal:
    return goal(NAMES, [SLOPE, SMOOTH], ("=", ("derivative", body, AT_ZERO), value))


@pytest.mark.parametrize("name", SLOPES)
def test_found(name: str) -> None:
    assert proved(stated(*SLOPES[name]), WITNESS).kind == "proof"


def test_the_input_of_another_place_is_not_found() -> None:
    wrong = ("*", AT_K, ("entry", "v", "k"))
    assert prove(task(stated(output(weights=STEP_IN_W), wrong)), [], budget=5).proof is None


def test_a_derivative_is_written_as_it_was() -> None:
    ctx = Context(Atoms())
    for name in ("g", "a"):
        ctx.declare(name, OF_NUMBERS if name == "g" else "real")
    term = ("derivative", ("app", "g", "#0"), ("+", ("*", "2", "a"), "1"))
    written = scalar_term(ctx.atoms, ctx.normal.scalar(term))
    assert written[:2] == ("derivative", ("app", "g", "#0"))
    assert ctx.equal(written, term)
