"""Blocks, Kronecker and Hadamard products, vec: normal forms against values, and refusals."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest
from array_values import Reader, Values, any_size, matrix, number, vector
from kernel_goals import COMBINE, context_in, goal, prove
from matrix_words import both, det, eye, grid, inv, kron, minus, mm, plus, tr, turned, vec, zero

from therefore.kernel import Rejected
from therefore.kernel.atoms import Atoms
from therefore.kernel.context import Context
from therefore.kernel.differential import differential
from therefore.kernel.size_terms import settled_size
from therefore.kernel.terms import check_formula, sort_of

Term = Any


@pytest.mark.parametrize("seed", range(150))
def test_a_normal_form_is_the_value_of_its_term(seed: int) -> None:
    rng = random.Random(seed)
    values = Values(rng)
    for _ in range(3):
        kind = rng.choice(("number", "vector", "matrix"))
        rows, columns = any_size(rng), any_size(rng)
        term: Term = {
            "number": lambda: number(values, 2),
            "vector": lambda rows=rows: vector(values, rows, 3),
            "matrix": lambda rows=rows, columns=columns: matrix(values, rows, columns, 3),
        }[kind]()
        try:
            wanted = values.of(term)
        except ZeroDivisionError:  # an inverse of a singular matrix
            continue
        ctx = Context(Atoms())
        for name, sort in values.names.items():
            ctx.declare(name, sort)
        sort_of(term, ctx.names)
        try:
            form = ctx.normal.value(term)
        except Rejected as no:
            assert no.code in ("TOO_LARGE", "DIVISION_BY_ZERO"), term
            continue
        shape = [] if kind == "number" else [values.size(s) for s in (rows, columns)][
            : 1 if kind == "vector" else 2]  # fmt: skip
        assert np.all(Reader(ctx, values).of(form, *shape) == wanted), term


# ---------------------------------------------------------------- plain cases

NAMES: dict[str, Term] = {
    **dict.fromkeys(("m", "n", "p", "q"), "size"), "c": "real", "k": "integer",
    "A": ("matrix", "m", "n"), "B": ("matrix", "p", "q"), "C": ("matrix", "n", "p"),
    "D": ("matrix", "q", "m"), "F": ("matrix", "p", "q"), "G": ("matrix", "m", "n"),
    "H": ("matrix", "m", "n"), "R": ("matrix", "n", "n"), "S": ("matrix", "m", "m"),
    "T": ("matrix", "n", "n"), "V": ("matrix", "n", "m"),
    "a": ("vector", "m"), "b": ("vector", "m"), "y": ("vector", "n"), "w": ("vector", "n"),
    "W": ("matrix", "2", "2"), "Z": ("matrix", "2", "m"), "L": ("matrix", "5", "5"),
    "N": ("matrix", ("+", "m", "n"), ("+", "n", "m")),
    "O": ("matrix", ("+", "1", ("*", "2", "k_size")), ("+", ("*", "2", "k_size"), "1")),
    "k_size": "size", "J": ("matrix", "q", ("*", "m", "n")),
    "U": ("matrix", ("*", "m", "n"), ("*", "n", "m")),
    "M": ("function", ("integer",), ("matrix", "n", "n")),
    "sizes": ("function", ("integer",), "size"),
    "Q": ("family", ("matrix", ("app", "sizes", "#0"), ("app", "sizes", "#0"))),
}  # fmt: skip


def context(*facts: Term) -> Context:
    return context_in(NAMES, *facts)


ONE, E = ("rows", ("row", "1")), ("vector", "1")
UPPER, LOWER = zero("m", "n"), zero("n", "m")
SCHUR = minus("S", mm("A", inv("R"), "V"))
LEFT = grid(eye("m"), mm("A", inv("R")), LOWER, eye("n"))
RIGHT = grid(SCHUR, UPPER, "V", "R")
NUMBERS = ("rows", ("row", "1", "2"), ("row", "3", "5"))

EQUAL: list[tuple[Term, Term]] = [
    (kron("A", plus("B", "F")), plus(kron("A", "B"), kron("A", "F"))),
    (kron(("*", "c", "A"), ("*", "2", "B")), ("*", "2", "c", kron("A", "B"))),
    (mm(kron("A", "B"), kron("C", "D")), kron(mm("A", "C"), mm("B", "D"))),
    (turned(kron("A", "B")), kron(turned("A"), turned("B"))),
    (kron(ONE, ONE), ONE),
    (kron(kron(vec("A"), "y"), "a"), kron(vec("A"), kron("y", "a"))),
    (turned(mm(kron(kron("S", "R"), "T"), kron("U", "R"))),
     mm(turned(kron("U", "R")), kron(kron(turned("S"), turned("R")), turned("T")))),
    (inv(turned(kron("A", "V"))), turned(inv(kron("A", "V")))),
    (tr(kron("A", "V")), tr(kron(turned("A"), turned("V")))),
    (("inner", mm(kron("R", "S"), "U", vec("A")), vec("A")),
     ("inner", mm("U", vec("A")), vec(mm(turned("S"), "A", "R")))),
    (turned(mm(grid("S", "A", "V", "R"), grid("R", "V", "A", "S"))),
     mm(turned(grid("R", "V", "A", "S")), turned(grid("S", "A", "V", "R")))),
    (tr(mm(both("R", "T"), both("R", "R"))), tr(mm(both("R", "R"), both("T", "R")))),
    (kron("S", kron("R", "B")), kron(kron("S", "R"), "B")),
    (inv(kron("S", "R")), kron(inv("S"), inv("R"))),
    (mm(kron("S", "R"), kron(inv("S"), inv("R"))), eye(("*", "m", "n"))),
    (kron(eye("m"), eye("n")), eye(("*", "n", "m"))),
    (kron(ONE, "A"), "A"),
    (kron("A", ("*", "c", ONE)), ("*", "c", "A")),
    (mm(kron("W", "S"), kron("W", "S")), kron(mm("W", "W"), mm("S", "S"))),
    (kron(NUMBERS, eye("2")), ("rows", ("row", "1", "0", "2", "0"), ("row", "0", "1", "0", "2"),
                               ("row", "3", "0", "5", "0"), ("row", "0", "3", "0", "5"))),
    (kron("a", kron("y", "b")), kron(kron("a", "y"), "b")),
    (mm(kron("S", "R"), kron("a", "y")), kron(mm("S", "a"), mm("R", "y"))),
    (kron(("outer", "a", "y"), ("outer", "b", "a")), ("outer", kron("a", "b"), kron("y", "a"))),
    (kron(("vector", "1", "2"), ("vector", "3", "5")), ("vector", "3", "5", "6", "10")),
    (vec(mm("S", "A", "R")), mm(kron(turned("R"), "S"), vec("A"))),
    (vec(plus("G", ("*", "c", "A"))), plus(vec("G"), ("*", "c", vec("A")))),
    (vec(NUMBERS), ("vector", "1", "3", "2", "5")),
    (vec(("outer", "a", E)), "a"),
    (vec(("outer", E, "y")), "y"),
    (vec(("*", "2", ONE)), ("*", "2", E)),
    (("inner", vec("A"), vec("G")), tr(mm(turned("A"), "G"))),
    (("inner", vec(("outer", "a", "y")), vec("A")), ("inner", "a", mm("A", "y"))),
    (("inner", "a", mm("A", "R", turned("A"), "b")),
     ("inner", vec("A"), mm(kron(turned("R"), ("outer", "b", "a")), vec("A")))),
    (mm(kron(kron("S", "R"), "B"), vec("J")), vec(mm("B", "J", turned(kron("S", "R"))))),
    (mm(grid("S", "A", "V", "R"), grid("S", "A", "V", "R")),
     grid(plus(mm("S", "S"), mm("A", "V")), plus(mm("S", "A"), mm("A", "R")),
          plus(mm("V", "S"), mm("R", "V")), plus(mm("V", "A"), mm("R", "R")))),
    (turned(grid("S", "A", "V", "R")), grid(turned("S"), turned("V"), turned("A"), turned("R"))),
    (grid(eye("m"), UPPER, LOWER, eye("n")), eye(("+", "n", "m"))),
    (mm(LEFT, RIGHT), grid("S", "A", "V", "R")),
    (grid(ONE, zero("1", "n"), zero("n", "1"), eye("n")), eye(("+", "1", "n"))),
    (grid(eye("n"), zero("n", "1"), zero("1", "n"), ONE), eye(("+", "n", "1"))),
    (grid(ONE, zero("1", "2"), zero("2", "1"), eye("2")), eye("3")),
    (grid("L", zero("5", "5"), zero("5", "5"), "L"), turned(turned(grid("L", *[zero("5", "5")] * 2,
                                                                       "L")))),
    (mm("N", grid(eye("m"), UPPER, LOWER, eye("n"))), "N"),
    (("blocks", ("row", "A")), "A"),
    (inv(grid("S", "A", "V", "R")), inv(mm(LEFT, RIGHT))),
    (both("A", "G"), both("G", "A")),
    (both(both("A", "G"), "H"), both("H", both("G", "A"))),
    (turned(both("A", "G")), both(turned("G"), turned("A"))),
    (both("A", plus("G", "H")), plus(both("A", "G"), both("A", "H"))),
    (both("R", eye("n")), both(eye("n"), turned("R"))),
    (both(eye("n"), eye("n")), eye("n")),
    (turned(both("R", eye("n"))), both("R", eye("n"))),
    (turned(both("A", ("outer", "a", "y"))), both(("outer", "y", "a"), turned("A"))),
    (both("W", eye("2")), both(eye("2"), turned("W"))),
    (both(("outer", "a", "y"), ("outer", "b", "y")), ("outer", both("a", "b"), both("y", "y"))),
    (both("Z", "Z"), both(turned(turned("Z")), "Z")),
    (both(both("y", "w"), "y"), both("y", both("y", "w"))),
    (tr(kron("S", "R")), ("*", tr("S"), tr("R"))),
    (tr(grid("S", "A", "V", "R")), plus(tr("S"), tr("R"))),
    (tr(mm(grid("S", "A", "V", "R"), "N")), tr(mm("N", grid("S", "A", "V", "R")))),
    (tr(eye(("*", "m", "n"))), ("*", "m", "n")),
    (tr(eye(("+", "m", "n"))), plus("m", "n")),
    (tr(mm("V", both("A", "G"))), tr(mm(turned("G"), both(turned("V"), "A")))),
    (tr(both(eye("n"), "R")), tr("R")),
    (tr(both("R", "T")), tr(both("T", turned("R")))),
    (("inner", "a", mm(both("A", "G"), "y")), tr(mm(("outer", "y", "a"), both("G", "A")))),
    (tr(mm(both("A", ("outer", "a", "y")), "V")), ("inner", "a", mm(both("A", turned("V")), "y"))),
    (("^", ("norm", kron("S", "R")), "2"),
     ("*", ("^", ("norm", "S"), "2"), ("^", ("norm", "R"), "2"))),
    (det(LEFT), "1"),
    (det(RIGHT), ("*", det("R"), det(SCHUR))),
    (det(grid("S", "A", LOWER, "R")), ("*", det("R"), det("S"))),
    (det(grid("S", UPPER, LOWER, "R")), ("*", det("S"), det("R"))),
    (det(grid(zero("m", "m"), "A", LOWER, zero("n", "n"))), "0"),
    (det(("*", "c", kron("S", "R"))), ("*", ("power", "c", ("*", "m", "n")), det(kron("S", "R")))),
    (det(("-", "O")), ("-", det("O"))),
    (det("N"), det(turned("N"))),
    (("sum", "0", "k", kron(("app", "M", "#0"), "S")),
     ("sum", "0", "k", kron(("app", "M", plus("#0", "0")), "S"))),
    (("sum", "0", "k", both(("app", "M", "#0"), "R")), ("sum", "0", "k", both("R",
                                                                              ("app", "M", "#0")))),
    (("sum", "0", "k", tr(both(("app", "M", "#0"), "R"))),
     ("sum", "0", "k", tr(both("R", turned(turned(("app", "M", "#0"))))))),
    (("sum", "0", "k", tr(both(both("T", ("app", "M", "#0")), "R"))),
     ("sum", "0", "k", tr(both(both("R", ("app", "M", "#0")), "T")))),
    (("sum", "0", "k", vec(("app", "M", "#0"))), ("sum", "1", plus("k", "1"),
                                                  vec(("app", "M", plus("#0", "-1"))))),
    (("sum", "0", "k", det(grid("S", UPPER, LOWER, ("app", "M", "#0")))),
     ("sum", "0", "k", ("*", det("S"), det(("app", "M", "#0"))))),
    (("sum", "0", "k", det(grid("S", "A", "V", ("app", "M", "#0")))),
     ("sum", "1", plus("k", "1"), det(grid("S", "A", "V", ("app", "M", plus("#0", "-1")))))),
    (("sum", "0", "k", ("inner", "w", both("y", mm(("app", "M", "#0"), "y")))),
     ("sum", "1", plus("k", "1"),
      ("inner", "w", both(mm(("app", "M", plus("#0", "-1")), "y"), "y")))),
]  # fmt: skip

CUT = grid(zero("m", "m"), UPPER, LOWER, eye("n"))
DIFFERENT: list[tuple[Term, Term]] = [
    (kron("S", "R"), kron("R", "S")),
    (turned(kron("S", "R")), kron(turned("R"), turned("S"))),
    (mm(kron("S", "R"), kron("S", "T")), kron(mm("S", "S"), mm("T", "R"))),
    (inv(kron("S", "R")), kron(inv("R"), inv("S"))),
    (vec(mm("S", "A", "R")), mm(kron("R", "S"), vec("A"))),
    (vec(mm("S", "A", "R")), mm(kron("S", turned("R")), vec("A"))),
    (("inner", vec("A"), vec("A")), ("inner", vec("A"), vec("G"))),
    (kron("a", "y"), kron("y", "a")),
    (turned(grid("S", "A", "V", "R")), grid(turned("S"), "A", "V", turned("R"))),
    (grid(eye("m"), UPPER, LOWER, ("-", eye("n"))), eye(("+", "n", "m"))),
    (mm("N", CUT), mm(CUT, "N")),  # S27: the ends of a word stood in the wrong order
    (mm("N", CUT, "N"), mm("N", "N", CUT)),
    (both("R", "T"), mm("R", "T")),
    (both("R", "T"), both("R", turned("T"))),
    (tr(mm("R", both("T", "T"))), tr(mm("T", both("R", "T")))),
    (tr(mm("R", both("T", turned("R")))), tr(mm("T", both(turned("R"), turned("R"))))),
    (tr(kron("S", "R")), plus(tr("S"), tr("R"))),
    (det(grid("S", "A", "V", "R")), ("*", det("S"), det("R"))),
    (det(grid("S", "A", "V", "R")), minus(("*", det("S"), det("R")), det(mm("A", "V")))),
    (det(kron("S", "R")), ("*", det("S"), det("R"))),
    (det(("-", "N")), ("-", det("N"))),
    (det(("*", "c", "R")), ("*", "c", det("R"))),
    (det(plus("R", "T")), plus(det("R"), det("T"))),
    (tr(both(both("R", "T"), mm("R", both("R", "T")))), tr("R")),
    (both("A", "A"), "A"),
]  # fmt: skip


@pytest.mark.parametrize(("left", "right"), EQUAL)
def test_equal_terms_have_one_normal_form(left: Term, right: Term) -> None:
    ctx = context()
    check_formula(("=", left, right), NAMES)
    assert ctx.equal(left, right)
    assert context().equal(right, left)


@pytest.mark.parametrize(("left", "right"), DIFFERENT)
def test_different_terms_have_two(left: Term, right: Term) -> None:
    check_formula(("=", left, right), NAMES)
    assert not context().equal(left, right)


@pytest.mark.parametrize("term", [
    kron("A", "a"), kron("c", "A"), ("kronecker", "A"), vec("a"), vec("c"), both("A", "R"),
    both("a", "y"), both("c", "c"), both("A", "a"), grid("S", "A", "R", "V"),
    grid("S", "A", "V", "c"),
    ("blocks", ("row", "S", "A"), ("row", "V")), ("blocks", ("row",)), ("blocks", ("S", "A")),
    ("blocks", ("row", *["S"] * 9)), ("blocks", *[("row", "S")] * 9), ("blocks",),
    plus(grid("S", "A", "V", "R"), grid("R", "V", "A", "S"), "S"), mm("N", "A"),
    mm(kron("A", "B"), "A"), det(kron("A", "B")), eye(("+", "m", "c")), eye(("+", "m")),
    eye(("*", "m", "-1")), eye(("+", "m", "0")), eye(("-", "m")),
])  # fmt: skip
def test_what_does_not_fit_is_refused(term: Term) -> None:
    with pytest.raises(Rejected) as refusal:
        sort_of(term, NAMES)
    assert refusal.value.code == "ILL_TYPED"


@pytest.mark.parametrize("term", [
    kron(("app", "Q", "k"), "S"), vec(("app", "Q", "k")),
    both(("app", "Q", "k"), ("app", "Q", "k")),
    grid(("app", "Q", "k"), zero(("app", "sizes", "k"), "n"), zero("n", ("app", "sizes", "k")),
         "R"),
    kron(kron("S", "R"), mm(("app", "Q", "k"), ("app", "Q", "k"))),
])  # fmt: skip
def test_sizes_that_depend_on_an_index_have_no_normal_form_here(term: Term) -> None:
    with pytest.raises(Rejected) as refusal:
        context().normal.value(term)
    assert refusal.value.code == "UNSUPPORTED"


def test_sizes_are_sums_and_products() -> None:
    assert settled_size(("+", ("*", "2", "m"), ("+", "1", "1"))) == ("+", ("*", "2", "m"), "2")
    assert settled_size(("+", "1", "2")) == "3"
    assert settled_size(("*", "m", ("+", "n", "1"))) == settled_size(("+", "m", ("*", "n", "m")))
    assert sort_of(kron("A", "B"), NAMES) == ("matrix", ("*", "m", "p"), ("*", "n", "q"))
    assert sort_of("O", NAMES)[1] == sort_of("O", NAMES)[2]


def test_a_product_of_invertible_matrices_is_known_to_be_invertible() -> None:
    assert context(("invertible", "S"), ("invertible", "R")).holds(
        ("invertible", grid("S", "A", LOWER, "R"))
    )
    assert not context(("invertible", "S")).holds(("invertible", grid("S", "A", LOWER, "R")))
    assert not context(("invertible", "S")).holds(("invertible", kron("S", "R")))


@pytest.mark.parametrize(("term", "change"), [
    (kron("A", "X"), kron("A", "h")),
    (kron("X", "X"), plus(kron("h", "X"), kron("X", "h"))),
    (both("X", "X"), ("*", "2", both("X", "h"))),
    (vec(mm("X", "R")), vec(mm("h", "R"))),
    (grid("S", "X", "V", "R"), grid(zero("m", "m"), "h", LOWER, zero("n", "n"))),
])  # fmt: skip
def test_the_structural_derivative(term: Term, change: Term) -> None:
    ctx = context()
    for name in ("X", "h"):
        ctx.declare(name, ("matrix", "m", "n"))
    assert ctx.equal(differential(ctx.names, term, "X", "h"), change)


# ---------------------------------------------------------------- induction over a size

POWER = ("forall", "size", ("=", ("det", kron(eye("#0"), "R")), ("power", det("R"), "#0")))
VALUES = {"n": "1", "R": ONE}
SORTS = {name: NAMES[name] for name in ("n", "R")}


def induction(**changes: Any) -> dict[str, Any]:
    """That det(I ⊗ R) is a power of det R, by blocks."""
    more = plus("k", "1")
    whole, blocks = kron(eye("k"), "R"), (eye("k"), zero("k", "1"), zero("1", "k"), eye("1"))
    parted = grid(whole, zero(("*", "k", "n"), "n"), zero("n", ("*", "k", "n")), "R")
    right = ("power", det("R"), more)
    step = {
        "rule": "rewrite", "template": ("=", ("det", "#0"), right), "from": kron(eye(more), "R"),
        "to": parted,
        "equal": {"rule": "combine", "items": [
            {"fact": "axiom:kronecker_of_blocks", "with": ["k", "1", "n", *blocks, "R"]}
        ]},
        "then": {"rule": "combine", "items": [{"fact": "k_ih", "times": det("R")}]},
    }  # fmt: skip
    return {"rule": "size_induction", "size": "k", "base": COMBINE, "step": step, **changes}


def test_induction_over_a_size() -> None:
    assert prove(goal(POWER, names=SORTS), induction(), VALUES).axioms == ("kronecker_of_blocks",)


@pytest.mark.parametrize(("claim", "proof", "code"), [
    (POWER, induction(size="n"), "NAME_TAKEN"),
    (POWER, induction(size="det"), "MALFORMED"),
    (POWER, induction(step=COMBINE), "NOT_EQUAL"),
    (("forall", "integer", ("=", "#0", "#0")), induction(), "WRONG_GOAL"),
    (("forall", "size", ("<=", "#0", "1")), induction(step={"rule": "inspect"}), "NOT_SEEN"),
    (("forall", "size", ("forall", ("residue", "#0"), ("=", "#0", "#0"))), induction(),
     "ILL_TYPED"),
])  # fmt: skip
def test_no_induction_over_a_size(claim: Term, proof: Any, code: str) -> None:
    with pytest.raises(Rejected) as refusal:
        prove(goal(claim, names=SORTS), proof, VALUES)
    assert refusal.value.code == code
