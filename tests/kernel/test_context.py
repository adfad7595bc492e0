"""What a context sees of matrices, residues and entries by normal forms, and what it refuses."""

from __future__ import annotations

from typing import Any

import pytest
from kernel_goals import context_in

from therefore.kernel import Rejected, door  # noqa: F401  (it enters the theories)
from therefore.kernel.atoms import Atoms
from therefore.kernel.context import Context

Term = Any
NAMES: dict[str, Term] = {
    "m": "integer",
    "n": "size",
    **dict.fromkeys("ijkl", ("residue", "n")),
    "B": ("matrix", "n", "n"),
    "s": ("function", ("integer",), "size"),
    "t": ("family", ("vector", ("app", "s", "#0"))),
    "F": ("family", ("matrix", ("app", "s", "#0"), ("app", "s", "#0"))),
    "W": ("matrix", "4", "4"),
}


def context(*facts: Term) -> Context:
    return context_in(NAMES, *facts)


def test_matrices_without_a_normal_form_are_equal_as_they_are_written() -> None:
    unknown = ("*", ("app", ("table", "0", "1", "2"), "m"), "B")
    assert context().equal(unknown, unknown)
    assert not context().equal(unknown, "B")
    assert not context().equal("B", unknown)


def test_what_is_wrong_with_a_matrix_is_not_passed_over() -> None:
    with pytest.raises(Rejected) as refusal:
        context().equal(("*", ("/", "1", "0"), "B"), "B")
    assert refusal.value.code == "DIVISION_BY_ZERO"


def test_a_determinant_that_is_not_worked_out_tells_nothing() -> None:
    """Of 2·F_m it would be 2 to the power of a size that depends on an index."""
    scaled = ("*", "2", ("app", "F", "m"))
    assert context(("invertible", scaled)).holds(("invertible", scaled))
    assert not context(("invertible", "B")).holds(("invertible", scaled))
    with pytest.raises(Rejected) as refusal:
        context(("invertible", ("*", ("/", "1", "0"), "B")))
    assert refusal.value.code == "DIVISION_BY_ZERO"


def test_the_determinant_of_many_entries_is_not_written_out() -> None:
    assert context().equal(("det", "W"), ("det", ("transpose", "W")))
    assert not context().equal(("det", "W"), ("det", ("*", "2", "W")))


def test_one_fact_after_another_is_asked_whether_residues_are_apart() -> None:
    ctx = context(("<=", "0", "m"), ("!=", "i", "j"), ("!=", "k", "l"))
    assert ctx.holds(("!=", "k", "l")) and ctx.holds(("!=", "l", "k"))
    assert not ctx.holds(("!=", "i", "k"))


def test_entries_of_sizes_that_depend_on_an_index_have_no_normal_form() -> None:
    with pytest.raises(Rejected) as refusal:
        context().normal.scalar(("entry", ("app", "t", "m"), "0"))
    assert refusal.value.code == "UNSUPPORTED"


def test_what_is_defined_everywhere_leaves_a_sum() -> None:
    """f(x/n) does for a size n; f(x/m) does not, as m may be 0 where the range is empty."""
    ctx = Context(Atoms())
    number = ("function", ("real",), "real")
    sequence = ("function", ("integer",), "real")
    for name, sort in {**NAMES, "x": "real", "a": sequence, "f": number}.items():
        ctx.declare(name, sort)
    for under, leaves in (("n", True), ("m", False)):
        factor, member = ("app", "f", ("/", "x", under)), ("app", "a", "#0")
        inside = ("sum", "1", "m", ("*", factor, member))
        outside = ("*", factor, ("sum", "1", "m", member))
        assert ctx.equal(inside, outside) == leaves
