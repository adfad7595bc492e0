"""Derivatives in vectors and matrices: what the kernel works out, against exact infinitesimals.

The kernel's normal form is of any size. It is written as a term again and evaluated at random
rational values of the sizes 1 and 2, singular ones and sizes that differ among them, and so is the
derivative itself, by ``refuters.exact``, which knows nothing of words, traces or gradients.
"""

from __future__ import annotations

import random
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "refuters"))

from interpreting import exact
from kernel_goals import context_in
from matrix_words import inv, mm, turned

from therefore.goal import Goal
from therefore.kernel.context import Context
from therefore.kernel.errors import Rejected
from therefore.kernel.terms import close, sort_of
from therefore.provers import certify_refutation
from therefore.provers.building.unnormal import matrix_term, scalar_term, vector_term
from therefore.refuters.jets import Undefined, Unknown

Term = Any
SQUARE, TALL = ("matrix", "n", "n"), ("matrix", "n", "m")
NAMES: dict[str, Term] = {
    "m": "size", "n": "size", "k": "integer", "t": "real", "X": SQUARE, "Y": TALL, "A": SQUARE,
    "B": SQUARE, "D": SQUARE, "a": ("vector", "n"), "b": ("vector", "n"), "c": ("vector", "m"),
    "x": ("vector", "n"),
}  # fmt: skip
RANDOM_TERMS = 120


def context(*facts: Term) -> Context:
    return context_in(NAMES, ("<=", "1", "k"), *facts)


def along(head: str, body: Term, variable: str) -> Term:
    return (head, ("lambda", NAMES[variable], close(body, variable)), variable)


def cells(rng: random.Random, sizes: dict[str, int]) -> dict[Any, Any]:
    """Small numbers, so that singular matrices occur."""
    found: dict[Any, Any] = {}
    for name, sort in NAMES.items():
        if sort[0] == "matrix":
            for i in range(sizes[sort[1]]):
                for j in range(sizes[sort[2]]):
                    found[name, i, j] = Fraction(rng.randint(-3, 3))
        elif sort[0] == "vector":
            found[name,] = [Fraction(rng.randint(-3, 3)) for _ in range(sizes[sort[1]])]
        elif sort == "real":
            found[name,] = Fraction(rng.randint(-3, 3), rng.choice((1, 2)))
    return found


def worked_out(ctx: Context, term: Term) -> Term:
    """The kernel's normal form as a term."""
    sort, value = sort_of(term, ctx.names), ctx.normal.value(term)
    if sort == "real":
        return scalar_term(ctx.atoms, value)
    if sort[0] == "vector":
        return vector_term(ctx.atoms, value, sort[1])
    return matrix_term(ctx.atoms, value, *sort[1:])


def agreements(term: Term, other: Term, rng: random.Random, tries: int = 6) -> list[bool]:
    """Whether two terms agree, at random values at which both are defined."""
    found = []
    for number in range(tries):
        sizes = {"n": 1 + number % 2, "m": rng.randint(1, 2), "k": rng.randint(1, 3)}
        given = cells(rng, sizes)
        interpreter = exact(NAMES, sizes=sizes, cells=given)
        try:
            pair = [interpreter.term(one) for one in (term, other)]
            found.append(interpreter._equal(*pair))
        except (Undefined, Unknown):
            continue
    return found


class Grower:
    """Random matrices and numbers that depend on X."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng

    def matrix(self, depth: int) -> Term:
        rng = self.rng
        way = rng.randrange(9) if depth else rng.randrange(2)
        if way < 2:
            return ("X", rng.choice("AB"))[way]
        if way < 5:
            return mm(self.matrix(depth - 1), self.matrix(depth - 1))
        if way == 5:
            return turned(self.matrix(depth - 1))
        if way == 6:
            return ("+", self.matrix(depth - 1), self.matrix(depth - 1))
        if way == 7:
            return ("power", rng.choice(("X", mm("X", "A"), turned("X"))), "k")
        return inv(rng.choice(("X", ("+", "X", "A"), mm("X", "B"), turned("X"))))

    def number(self, depth: int) -> Term:
        rng = self.rng
        way = rng.randrange(8) if depth else rng.randrange(3)
        if way < 2:
            return ("trace", self.matrix(2))
        if way == 2:
            return ("inner", "a", mm(self.matrix(1), self.matrix(1), "b"))
        if way == 3:
            return ("det", self.matrix(1))
        if way == 4:
            return ("^", ("norm", self.matrix(1)), "2")
        if way == 5:
            return ("*", self.number(depth - 1), self.number(depth - 1))
        if way == 6:
            return ("+", self.number(depth - 1), ("*", "t", self.number(depth - 1)))
        return ("sum", "0", "k", mm_number(self.matrix(1)))


def mm_number(matrix: Term) -> Term:
    return ("*", "#0", ("trace", mm(("power", "X", "#0"), matrix)))


@pytest.mark.parametrize("seed", range(RANDOM_TERMS))
def test_gradients_of_random_numbers(seed: int) -> None:
    """Where the kernel has a gradient, it is the matrix of the partial derivatives."""
    rng = random.Random(seed)
    body = Grower(rng).number(1)
    if "X" not in str(body):
        return
    gradient = along("gradient", body, "X")
    try:
        ctx = context(("invertible", "X"))
        value = worked_out(ctx, gradient)
    except Rejected as no:
        assert no.code in ("UNSUPPORTED", "TOO_LARGE", "NOT_SMOOTH")
        return
    assert all(agreements(gradient, value, rng)), body


QUADRATIC = ("inner", "x", mm("A", "x"))
OTHERS: dict[str, Term] = {
    "a rectangular variable": along("gradient", ("trace", mm(turned("Y"), "A", "Y")), "Y"),
    "a rectangular determinant": along("gradient", ("det", mm(turned("Y"), "A", "Y")), "Y"),
    "a sum within a number": along(
        "gradient", ("inner", "a", mm(("sum", "0", "k", ("power", "X", "#0")), "b")), "X"),
    "a vector": along("gradient", ("*", QUADRATIC, ("inner", "b", "x")), "x"),
    "a Hessian": along("hessian", ("*", QUADRATIC, ("inner", "b", "x")), "x"),
    "a Hessian of a quotient": along("hessian", ("/", "1", ("+", "1", ("inner", "x", "x"))), "x"),
    "a Jacobian": along("jacobian", ("*", ("inner", "x", "x"), mm("A", "x")), "x"),
    "the Jacobian of a projection": along(
        "jacobian", ("/", "x", ("inner", "x", "x")), "x"),
    "an inverse along a line": (
        "velocity", inv(("+", "X", ("*", "#0", "D"))), "0"),
    "a product along a line": (
        "velocity", mm(("+", "X", ("*", "#0", "D")), ("+", "A", ("*", "#0", "B"))), "t"),
    "a velocity of a velocity": (
        "velocity", ("velocity", inv(("+", "X", ("*", "#0", "D"), ("*", ("^", "#0", "2"), "A"))),
                     "#0"), "0"),
    "a determinant along a line": ("velocity", ("det", ("+", "X", ("*", "#0", "D"))), "t"),
    "a power along a line": ("velocity", ("power", ("+", "X", ("*", "#0", "D")), "k"), "0"),
    "a gradient along a line": (
        "velocity",
        ("gradient", ("lambda", NAMES["x"], ("inner", "#0", mm("A", "#0"))),
         ("+", "x", ("*", "#0", "a"))), "0"),
}  # fmt: skip


@pytest.mark.parametrize("name", OTHERS)
def test_other_derivatives(name: str) -> None:
    ctx = context(("invertible", "X"))
    found = agreements(OTHERS[name], worked_out(ctx, OTHERS[name]), random.Random(name), 12)
    assert found and all(found)


def gradient(body: Term, variable: str = "X") -> Term:
    return along("gradient", body, variable)


GRAM, FORM = mm(turned("Y"), "Y"), mm(turned("Y"), "A", "Y")
INVERSE = turned(inv("X"))
OUTER = ("outer", "a", "b")
# What is true, and what is false: another layout, order, factor or transpose.
TRUE_AND_FALSE: dict[str, tuple[Term, Term, list[Term]]] = {
    "linear": (
        gradient(("trace", mm("A", "X", "B"))), mm(turned("A"), turned("B")),
        [mm("B", "A"), mm("A", "B"), mm(turned("B"), turned("A")), mm("A", turned("B"))]),
    "transposed": (
        gradient(("trace", mm("A", turned("X")))), "A", [turned("A"), ("*", "2", "A")]),
    "square": (
        gradient(("trace", mm("X", "X", "B"))), turned(("+", mm("X", "B"), mm("B", "X"))),
        [("+", mm("X", "B"), mm("B", "X")), ("*", "2", turned(mm("X", "B"))),
         turned(mm("X", "B"))]),
    "inverse": (
        gradient(("trace", mm("A", inv("X"), "B"))),
        ("-", mm(INVERSE, turned("A"), turned("B"), INVERSE)),
        [("-", mm(inv("X"), "B", "A", inv("X"))), mm(INVERSE, turned("A"), turned("B"), INVERSE),
         ("-", mm(INVERSE, INVERSE, turned("A"), turned("B"))),
         ("-", mm(INVERSE, turned("B"), turned("A"), INVERSE))]),
    "bilinear": (
        gradient(("inner", "a", mm("X", "b"))), OUTER, [("outer", "b", "a"), ("*", "2", OUTER)]),
    "determinant": (
        gradient(("det", "X")), ("*", ("det", "X"), INVERSE),
        [("*", ("det", "X"), inv("X")), INVERSE, ("*", ("^", ("det", "X"), "2"), INVERSE)]),
    "determinant of a product": (
        gradient(("det", mm("A", "X", "B"))), ("*", ("det", mm("A", "X", "B")), INVERSE),
        [("*", ("det", mm("A", "X", "B")), inv("X")), ("*", ("det", "X"), INVERSE)]),
    "determinant of a form": (
        gradient(("det", mm(turned("X"), "A", "X"))),
        ("*", "2", ("det", mm(turned("X"), "A", "X")), INVERSE),
        [("*", ("det", mm(turned("X"), "A", "X")), INVERSE),
         ("*", "2", ("det", mm(turned("X"), "A", "X")), inv("X"))]),
    "Frobenius": (
        gradient(("^", ("norm", "Y"), "2"), "Y"), ("*", "2", "Y"),
        ["Y", ("*", "2", "Y", ("norm", "Y"))]),
    "power": (
        gradient(("trace", ("power", "X", "k"))),
        ("*", "k", turned(("power", "X", ("+", "k", "-1")))),
        [("*", "k", ("power", "X", ("+", "k", "-1"))), turned(("power", "X", ("+", "k", "-1"))),
         ("*", "k", turned(("power", "X", "k")))]),
    "form": (
        gradient(QUADRATIC, "x"), mm(("+", "A", turned("A")), "x"),
        [("*", "2", mm("A", "x")), mm("A", "x"), ("*", "2", mm(turned("A"), "x"))]),
    "Hessian": (
        along("hessian", QUADRATIC, "x"), ("+", "A", turned("A")),
        ["A", ("*", "2", "A"), turned("A")]),
    "Jacobian": (
        along("jacobian", mm("A", "x"), "x"), "A", [turned("A"), ("*", "2", "A")]),
    "Jacobian of a square": (
        along("jacobian", ("*", ("inner", "x", "x"), "a"), "x"),
        ("*", "2", ("outer", "a", "x")), [("*", "2", ("outer", "x", "a"))]),
    "differential of an inverse": (
        OTHERS["an inverse along a line"], ("-", mm(inv("X"), "D", inv("X"))),
        [("-", mm(inv("X"), inv("X"), "D")), ("-", mm("D", inv("X"), inv("X"))),
         mm(inv("X"), "D", inv("X"))]),
    "differential of a trace": (
        ("velocity", ("trace", mm(("+", "X", ("*", "#0", "D")), "A")), "0"),
        ("trace", mm("A", "D")), [("trace", mm("A", turned("D"))), ("trace", "D")]),
}  # fmt: skip


@pytest.mark.parametrize("name", TRUE_AND_FALSE)
def test_true_and_false(name: str) -> None:
    """The kernel says the true one, and none of the false ones, each of which fails somewhere."""
    term, true, false = TRUE_AND_FALSE[name]
    ctx = context(("invertible", "X"), ("invertible", FORM))
    assert ctx.equal(term, true)
    rng = random.Random(name)
    for other in false:
        assert not all(agreements(term, other, rng, 40))
        assert not ctx.equal(term, other)


CYCLIC = [
    (("trace", mm("A", "B", "X")), ("trace", mm("X", "A", "B")), True),
    (("trace", mm("A", "B", "X")), ("trace", mm("B", "A", "X")), False),
    (("trace", mm("A", "B", "X")), ("trace", turned(mm("A", "B", "X"))), True),
    (("trace", mm("A", "B", "X")), ("trace", mm(turned("A"), "B", "X")), False),
    (("trace", mm("Y", turned("Y"))), ("trace", GRAM), True),
    (("trace", mm("X", "A", inv("X"))), ("trace", "A"), True),
    (("trace", mm("X", "A", turned("X"))), ("trace", "A"), False),
    (("trace", ("identity", "n")), "n", True),
    (("trace", mm("Y", turned("Y"))), ("^", ("norm", "Y"), "2"), True),
    (("trace", ("outer", "a", "b")), ("inner", "b", "a"), True),
    (("trace", mm(("outer", "a", "b"), "A")), ("inner", "a", mm("A", "b")), False),
    (("trace", mm("A", ("outer", "a", "b"))), ("inner", "b", mm("A", "a")), True),
    (("trace", ("sum", "0", "k", ("power", "X", "#0"))),
     ("sum", "0", "k", ("trace", ("power", "X", "#0"))), True),
    (("det", mm("A", "B")), ("det", mm("B", "A")), True),
    (("det", turned("A")), ("det", "A"), True),
    (("det", inv("X")), ("/", "1", ("det", "X")), True),
    (("det", ("*", "t", "A")), ("*", ("power", "t", "n"), ("det", "A")), True),
    (("det", ("*", "2", ("+", "A", "B"))), ("*", "2", ("det", ("+", "A", "B"))), False),
    (("det", ("+", "A", "B")), ("+", ("det", "A"), ("det", "B")), False),
    (("det", GRAM), ("det", mm("Y", turned("Y"))), False),
    (("det", ("power", "X", "k")), ("power", ("det", "X"), "k"), True),
    (("det", ("identity", "n")), "1", True),
]  # fmt: skip


@pytest.mark.parametrize(("left", "right", "same"), CYCLIC)
def test_traces_and_determinants(left: Term, right: Term, same: bool) -> None:
    assert context(("invertible", "X")).equal(left, right) == same
    found = agreements(left, right, random.Random(str(left)), 40)
    assert found and all(found) == same


SINGULAR = ("rows", ("row", "0", "0"), ("row", "0", "0"))
TRUE_AT_SINGULAR_MATRICES = {
    "a velocity": (
        ("velocity", ("det", ("+", ("*", "2", "X"), ("*", "2", "#0", "D"))), "0"),
        ("velocity", ("det", ("+", "X", ("*", "#0", "D"))), "0")),
    "a gradient": (gradient(("det", ("*", "2", "X"))), gradient(("det", "X"))),
}  # fmt: skip


@pytest.mark.parametrize("name", TRUE_AT_SINGULAR_MATRICES)
def test_what_the_structure_lacks_refutes_nothing(name: str) -> None:
    """det has a derivative at singular matrices too, although its structure asks for an inverse."""
    left, right = TRUE_AT_SINGULAR_MATRICES[name]
    declared = tuple((one, NAMES[one]) for one in ("n", "X", "D"))
    claim = Goal(declared, (), (), ("=", left, ("*", ("power", "2", "n"), right)))
    values = {"n": "2", "X": SINGULAR, "D": SINGULAR}
    assert certify_refutation(claim, values) is None
