"""Pseudo-inverses: their sort, their normal forms, and what the axiom says of those of numbers."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from therefore.kernel.atoms import Atoms
from therefore.kernel.axioms import AXIOMS
from therefore.kernel.binders import open_binder
from therefore.kernel.context import Context
from therefore.kernel.errors import Rejected
from therefore.kernel.terms import sort_of

MATRICES: list[list[list[Any]]] = [
    [[2]], [[0]], [[1, 2]], [[1], [0]], [[1, 1], [1, 1]], [[1, 2], [3, 4]], [[0, 0], [0, 0]],
    [[1, 0, 1], [0, 1, 1]], [[1, 2], [2, 4], [3, 6]], [["1/2", 0, 0], [0, 0, 0], [0, 0, 3]],
    [[0, 1], [0, 0]],
]  # fmt: skip


def written(grid: list[list[Any]]) -> Any:
    return ("rows", *(("row", *map(str, row)) for row in grid))


def context() -> Context:
    ctx = Context(Atoms())
    for name, sort in (
        ("m", "size"), ("n", "size"), ("c", "real"), ("A", ("matrix", "m", "n")),
        ("B", ("matrix", "m", "n")), ("k", ("function", ("integer",), "size")),
    ):  # fmt: skip
        ctx.declare(name, sort)
    return ctx


@pytest.mark.parametrize("grid", MATRICES)
def test_the_computed_one_satisfies_the_axiom(grid: list[list[Any]]) -> None:
    ctx, formula = context(), AXIOMS["penrose"]
    for value in (str(len(grid)), str(len(grid[0])), written(grid)):
        formula = open_binder(formula[2], value)
    assert formula[0] == "and" and len(formula) == 5
    for part in formula[1:]:
        assert ctx.equal(part[1], part[2])


def test_the_sort_is_the_turned_one() -> None:
    assert sort_of(("pseudoinverse", "A"), context().names) == ("matrix", "n", "m")
    with pytest.raises(Rejected) as no:
        sort_of(("pseudoinverse", "c"), context().names)
    assert no.value.code == "ILL_TYPED"


def test_a_letter_of_any_size() -> None:
    ctx = context()
    pinv = ("pseudoinverse", "A")
    assert ctx.equal(pinv, ("pseudoinverse", ("+", "B", ("+", "A", ("-", "B")))))
    assert not ctx.equal(pinv, ("pseudoinverse", "B"))
    assert not ctx.equal(("matmul", ("matmul", "A", pinv), "A"), "A")  # that takes the axiom
    assert ctx.equal(("pseudoinverse", ("zero", "m", "n")), ("zero", "n", "m"))
    assert not ctx.equal(("transpose", pinv), ("pseudoinverse", ("transpose", "B")))


def test_entries_that_are_no_numbers_are_not_computed_with() -> None:
    ctx = context()
    one = ("pseudoinverse", ("rows", ("row", "c")))
    assert not ctx.equal(one, ("rows", ("row", ("/", "1", "c"))))  # c may be 0
    assert ctx.equal(one, ("pseudoinverse", ("rows", ("row", ("+", "c", "0")))))


def test_a_substitution_reaches_what_is_computed() -> None:
    ctx = context()
    body = ("sum", "1", "2", ("entry", ("pseudoinverse", ("rows", ("row", "#0"))), *[
        ("mod", "1", "0")] * 2))  # fmt: skip
    assert ctx.normal.scalar(body).constant() == Fraction(3, 2)
