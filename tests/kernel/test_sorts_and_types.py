"""Sorts, well-typed terms, well-formed formulas, and reduction of applied literals."""

from __future__ import annotations

from typing import Any

import pytest

from therefore.kernel import Rejected
from therefore.kernel.sorts import check_size, check_sort, fits, internal, joined
from therefore.kernel.terms import (
    check_formula,
    check_value,
    coerced,
    negation,
    reduced,
    sort_of,
)

Term = Any
VECTOR, RESIDUE = ("vector", "d"), ("residue", "n")
NAMES: dict[str, Term] = {
    "x": "real",
    "i": "integer",
    "n": "size",
    "d": "size",
    "u": VECTOR,
    "v": VECTOR,
    "w": ("vector", "2"),
    "r": RESIDUE,
    "q": ("residue", "3"),
    "M": ("matrix", "n", "d"),
    "N": ("matrix", "d", "n"),
    "f": ("function", (VECTOR,), "real"),
    "g": ("function", ("real", "integer"), "real"),
    "s": ("function", ("integer",), VECTOR),
    "c": ("function", (RESIDUE,), "real"),
    "k": ("function", ("integer",), RESIDUE),
}


def refused(code: str, call: Any, *arguments: Any) -> None:
    """The call is refused with just this code."""
    with pytest.raises(Rejected) as refusal:
        call(*arguments)
    assert refusal.value.code == code


# ---------------------------------------------------------------- sorts


@pytest.mark.parametrize(
    ("actual", "expected", "answer"),
    [
        ("real", "real", True),
        ("integer", "real", True),
        ("size", "real", True),
        ("size", "integer", True),
        ("integer", RESIDUE, True),
        ("size", RESIDUE, True),
        (VECTOR, VECTOR, True),
        ("real", "integer", False),
        ("integer", "size", False),
        (RESIDUE, "integer", False),
        (RESIDUE, ("residue", "3"), False),
        ("real", RESIDUE, False),
        ("integer", VECTOR, False),
        (VECTOR, ("vector", "2"), False),
    ],
)
def test_which_sort_fits(actual: Term, expected: Term, answer: bool) -> None:
    """Integers are numbers and may be read modulo n; nothing goes the other way."""
    assert fits(actual, expected) is answer


@pytest.mark.parametrize("size", ["1", "12", "n", ("+", "n", "1"), ("*", "2", "n")])
def test_a_size(size: Term) -> None:
    """A literal from 1 on, or a declared size."""
    check_size(size, NAMES)


@pytest.mark.parametrize(
    "size", ["0", "-1", "3/2", "i", "x", "m", ("+", "n", "-1"), ("*", "n", "x")]
)
def test_no_size(size: Term) -> None:
    """An integer variable is no size, as it may be zero or negative."""
    refused("ILL_TYPED", check_size, size, NAMES)


@pytest.mark.parametrize("sort", ["real", "integer", "size", *NAMES.values()])
def test_a_sort(sort: Term) -> None:
    """All sorts of the declared names are sorts."""
    check_sort(sort, NAMES)


@pytest.mark.parametrize(
    "sort",
    [
        "complex",
        ("vector",),
        ("vector", "m"),
        ("vector", "2", "2"),
        ("residue", "0"),
        ("matrix", "2"),
        ("matrix", "2", "0"),
        ("function", (), "real"),
        ("function", ("real",)),
        ("function", ("size",), "real"),
        ("function", ("real",), "size"),
        ("function", (("function", ("real",), "real"),), "real"),
        ("function", ("real",), ("vector", "m")),
        ("list", "real"),
    ],
)
def test_no_sort(sort: Term) -> None:
    """Sizes must be declared, and functions take and return numbers and vectors."""
    refused("ILL_TYPED", check_sort, sort, NAMES)


@pytest.mark.parametrize(
    ("head", "sorts", "sort"),
    [
        ("+", ["integer", "size"], "integer"),
        ("+", ["integer", "real"], "real"),
        ("-", ["size"], "integer"),
        ("+", [VECTOR, VECTOR], VECTOR),
        ("*", ["real", VECTOR, "size"], VECTOR),
        ("*", [NAMES["M"], "real"], NAMES["M"]),
        ("-", [VECTOR], VECTOR),
        ("+", [RESIDUE, "integer"], RESIDUE),
        ("*", [RESIDUE, RESIDUE, "size"], RESIDUE),
        ("+", [VECTOR, "real"], None),
        ("+", [VECTOR, ("vector", "2")], None),
        ("*", [VECTOR, VECTOR], None),
        ("*", [NAMES["M"], NAMES["N"]], None),
        ("*", [NAMES["M"], VECTOR], None),
        ("+", [RESIDUE, "real"], None),
        ("+", [RESIDUE, ("residue", "3")], None),
        ("-", [NAMES["f"]], None),
    ],
)
def test_what_can_be_joined(head: str, sorts: list[Term], sort: Term) -> None:
    """Numbers with anything in a product, all of one sort in a sum."""
    if sort is None:
        refused("ILL_TYPED", joined, head, sorts)
    else:
        assert joined(head, sorts) == sort


def test_an_internal_name_cannot_be_written() -> None:
    """It grows with the names, so that it is new."""
    assert internal({}) == "%b0"
    assert internal(NAMES) == f"%b{len(NAMES)}"


# ---------------------------------------------------------------- terms

IDENTITY = ("lambda", "real", "#0")
BY_SIZE = ("lambda", "size", ("lambda", ("vector", "#0"), "#0"))

WELL_TYPED: list[tuple[Term, Term]] = [
    ("x", "real"),
    ("3", "integer"),
    ("-1/2", "real"),
    (("+", "i", "1"), "integer"),
    (("-", "u"), VECTOR),
    (("*", "2", "M"), NAMES["M"]),
    (("/", "i", "2"), "real"),
    (("/", "u", "x"), VECTOR),
    (("/", "M", "x"), NAMES["M"]),
    (("^", "i", "2"), "integer"),
    (("^", "x", "64"), "real"),
    (("^", "x", "0"), "real"),
    (("abs", "x"), "real"),
    (("sqrt", "i"), "real"),
    (("inner", "u", "v"), "real"),
    (("norm", "u"), "real"),
    (("vector", "x", "1"), ("vector", "2")),
    (("rows", ("row", "x", "1")), ("matrix", "1", "2")),
    (("rows", ("row", "x"), ("row", "1")), ("matrix", "2", "1")),
    (("zero", "d"), VECTOR),
    (("zero", "4"), ("vector", "4")),
    (("sum", "1", "n", "#0"), "integer"),
    (("sum", "1", "n", ("app", "s", "#0")), VECTOR),
    (("sum_mod", "n", ("app", "c", "#0")), "real"),
    (("derivative", ("^", "#0", "2"), "x"), "real"),
    (("gradient", "f", "u"), VECTOR),
    (("gradient", ("lambda", VECTOR, ("inner", "#0", "#0")), "u"), VECTOR),
    (("delta", "r", "i"), "integer"),
    (("delta", "1", "q"), "integer"),
    (("delta", "i", "n"), "integer"),
    (("lift", "r"), "integer"),
    (("mod", "n", "i"), RESIDUE),
    (("entry", "M", "r", "0"), "real"),
    (("entry", "N", "0", ("+", "r", "1")), "real"),
    (("matrix", "n", "3", ("*", ("lift", "#1"), ("lift", "#0"))), ("matrix", "n", "3")),
    (("matmul", "M", "N"), ("matrix", "n", "n")),
    (("app", "f", "u"), "real"),
    (("app", "g", "x", "i"), "real"),
    (("app", "c", "i"), "real"),
    (("app", "k", "1"), RESIDUE),
    (("app", IDENTITY, "x"), "real"),
    (("app", ("lambda", "real", ("lambda", "real", ("+", "#0", "#1"))), "x", "1"), "real"),
    (("app", ("lambda", "real", "g"), "x", "x", "i"), "real"),
    (("app", BY_SIZE, "2", "w"), ("vector", "2")),
    (("app", BY_SIZE, "d", "u"), VECTOR),
    (("app", ("table", "0", "1", "1/2"), "i"), "real"),
    (("app", ("table", "-3", "u"), "i"), VECTOR),
    (("app", ("cycle", "1", "2", "3"), "q"), "integer"),
    (("app", ("cycle", "u", "v", "u"), "q"), VECTOR),
]

ILL_TYPED: list[Term] = [
    "y",
    "#0",
    "%b0",
    ("+", "x"),
    ("+", "x", "u"),
    ("-", "x", "x"),
    ("*", "u", "v"),
    ("plus", "x", "x"),
    ("/", "r", "2"),
    ("/", "x", "u"),
    ("^", "x", "65"),
    ("^", "x", "-1"),
    ("^", "x", "i"),
    ("^", "x", ("+", "1", "1")),
    ("^", "u", "2"),
    ("^", "r", "2"),
    ("abs", "u"),
    ("sqrt", "r"),
    ("inner", "u", "w"),
    ("inner", "u", "x"),
    ("norm", "x"),
    ("vector",),
    ("vector", "u"),
    ("rows",),
    ("rows", ("row",)),
    ("rows", ("row", "1"), ("row", "1", "2")),
    ("rows", ("column", "1")),
    ("rows", ("row", "u")),
    ("zero", "i"),
    ("sum", "1", "x", "#0"),
    ("sum", "1/2", "n", "#0"),
    ("sum", "1", "n", ("identity", "#0")),
    ("sum", "1", "n", "r"),
    ("sum", "1", "#0", "#0"),
    ("sum_mod", "i", "1"),
    ("sum_mod", "n", "#0"),
    ("derivative", "u", "x"),
    ("derivative", "#0", "u"),
    ("gradient", "f", "w"),
    ("gradient", "g", "u"),
    ("gradient", "f", "x"),
    ("delta", "r", "q"),
    ("delta", "r", "x"),
    ("delta", "x", "i"),
    ("lift", "i"),
    ("mod", "n", "x"),
    ("mod", "0", "i"),
    ("entry", "u", "i", "i"),
    ("entry", "M", "x", "i"),
    ("entry", "M", "q", "i"),
    ("matrix", "n", "i", "1"),
    ("matrix", "n", "n", "#0"),
    ("matmul", "M", "M"),
    ("matmul", "M", "w"),
    ("app", "f"),
    ("app", "f", "u", "u"),
    ("app", "f", "w"),
    ("app", "x", "x"),
    ("app", "y", "x"),
    ("app", IDENTITY, "u"),
    ("app", IDENTITY, "x", "x"),
    ("app", ("lambda", "complex", "#0"), "x"),
    ("app", ("lambda", "real"), "x"),
    ("app", ("mu", "real", "#0"), "x"),
    ("app", BY_SIZE, "2", "u"),
    ("app", BY_SIZE, "i", "u"),
    ("app", ("table", "0"), "i"),
    ("app", ("table", "1/2", "1"), "i"),
    ("app", ("table", "n", "1"), "i"),
    ("app", ("table", "0", "1"), "x"),
    ("app", ("table", "0", "1"), "i", "i"),
    ("app", ("table", "0", "1", "u"), "i"),
    ("app", ("cycle", "1", "2"), "q"),
    ("app", ("cycle", "1", "2", "u"), "q"),
    (("app",), "x"),
]


@pytest.mark.parametrize(("term", "sort"), WELL_TYPED)
def test_the_sort_of_a_term(term: Term, sort: Term) -> None:
    """Every well-typed term has one sort, and is a value of it."""
    assert sort_of(term, NAMES) == sort
    check_value(term, sort, NAMES)


@pytest.mark.parametrize("term", ILL_TYPED)
def test_a_term_without_a_sort(term: Term) -> None:
    """A term of the wrong parts is refused, whatever it might be read as."""
    refused("ILL_TYPED", sort_of, term, NAMES)


REALS = ("function", ("real",), "real")
TWO_REALS = ("function", ("real", "real"), "real")
FROM_INTEGERS = ("function", ("integer",), "real")
FROM_THREE = ("function", (("residue", "3"),), "integer")


@pytest.mark.parametrize(
    ("term", "sort", "accepted"),
    [
        ("3", "size", True),
        ("n", "size", True),
        ("0", "size", False),
        (("+", "n", "-1"), "size", False),
        ("i", "real", True),
        ("x", "integer", False),
        ("i", RESIDUE, True),
        ("f", NAMES["f"], True),
        ("g", NAMES["f"], False),
        ("x", REALS, False),
        (IDENTITY, REALS, True),
        (("lambda", "real", "u"), REALS, False),
        (("lambda", "integer", "#0"), REALS, False),
        (("lambda", "real"), REALS, False),
        (("lambda", "real", ("lambda", "real", ("*", "#0", "#1"))), TWO_REALS, True),
        (("lambda", "real", "#0"), TWO_REALS, False),
        (("table", "0", "1", "x"), FROM_INTEGERS, True),
        (("table", "0", "1", "u"), FROM_INTEGERS, False),
        (("table", "0"), FROM_INTEGERS, False),
        (("table", "x", "1"), FROM_INTEGERS, False),
        (("table", "0", "1"), REALS, False),
        (("cycle", "0", "1", "i"), FROM_THREE, True),
        (("cycle", "0", "1"), FROM_THREE, False),
        (("cycle", "0", "1", "x"), FROM_THREE, False),
        (("app", "f", "u"), REALS, False),
    ],
)
def test_a_value_of_a_sort(term: Term, sort: Term, accepted: bool) -> None:
    """Functions are declared names or literals of just this sort."""
    if accepted:
        check_value(term, sort, NAMES)
    else:
        refused("ILL_TYPED", check_value, term, sort, NAMES)


@pytest.mark.parametrize(
    ("term", "sort", "value"),
    [
        ("i", "real", "i"),
        ("r", RESIDUE, "r"),
        ("i", RESIDUE, ("mod", "n", "i")),
        ("3", RESIDUE, ("mod", "n", "3")),
        ("k", NAMES["k"], "k"),
        (("lambda", "integer", "#0"), NAMES["k"], ("lambda", "integer", ("mod", "n", "#0"))),
        (("lambda", "integer", "r"), NAMES["k"], ("lambda", "integer", "r")),
        (("table", "0", "1", "r"), NAMES["k"], ("table", "0", ("mod", "n", "1"), "r")),
        (
            ("cycle", "0", "7"),
            ("function", (("residue", "2"),), RESIDUE),
            ("cycle", ("mod", "n", "0"), ("mod", "n", "7")),
        ),
        (
            ("lambda", "integer", ("lambda", "integer", ("+", "#0", "#1"))),
            ("function", ("integer", "integer"), RESIDUE),
            ("lambda", "integer", ("lambda", "integer", ("mod", "n", ("+", "#0", "#1")))),
        ),
    ],
)
def test_an_integer_in_a_residues_place_says_its_modulus(
    term: Term, sort: Term, value: Term
) -> None:
    """So does every value of a function literal; all else stays as it is."""
    assert coerced(term, sort, NAMES) == value


# ---------------------------------------------------------------- formulas

FORMULAS: list[Term] = [
    ("=", "x", "i"),
    ("!=", "u", "v"),
    ("=", "M", "M"),
    ("=", "r", "i"),
    ("=", "3", "q"),
    ("<=", "x", "1"),
    ("<", "n", "x"),
    ("and", ("=", "x", "x"), ("<", "x", "1"), ("false",)),
    ("or", ("=", "x", "x"), ("<", "x", "1")),
    ("implies", ("=", "x", "x"), ("<", "x", "1")),
    ("forall", "real", ("=", "#0", "#0")),
    ("exists", "size", ("forall", ("vector", "#0"), ("=", "#0", "#0"))),
    ("forall", REALS, ("=", ("app", "#0", "x"), "0")),
    ("tends", ("/", "1", "#0"), "+oo", "0"),
    ("tends", "#0", "-oo", "x"),
    ("tends", "#0", "x", "x"),
    ("tends", "#0", ("left", "x"), "x"),
    ("tends", "#0", ("right", ("/", "1", "x")), "x"),
    ("not", ("tends", "#0", "-oo", "x")),
    ("has_derivative", "#0", "x", "1"),
    ("not", ("has_derivative", "#0", "x", "1")),
    ("not", ("=", "x", "x")),
    ("differentiable", "f"),
    ("differentiable", ("lambda", VECTOR, ("inner", "#0", "u"))),
    ("false",),
]

NO_FORMULAS: list[Term] = [
    "x",
    ("=", "x"),
    ("=", "x", "u"),
    ("<", "u", "v"),
    ("<=", "r", "1"),
    ("=", "f", "f"),
    ("=", "r", "q"),
    ("=", "u", "w"),
    ("and", ("=", "x", "x")),
    ("and", ("=", "x", "x"), "x"),
    ("implies", ("=", "x", "x")),
    ("forall", "complex", ("=", "#0", "#0")),
    ("forall", "real", ("=", "#1", "#0")),
    ("exists", "real"),
    ("not", ("=", "x", "u")),
    ("not", ("tends", "#0", "+oo", "x"), "x"),
    ("tends", "#0", "u", "x"),
    ("tends", "#0", ("left", "u"), "x"),
    ("tends", "#0", ("left", "x", "x"), "x"),
    ("tends", "u", "+oo", "x"),
    ("tends", "#0", "+oo", "u"),
    ("has_derivative", "#0", "x"),
    ("has_derivative", "#0", "u", "1"),
    ("differentiable", "g"),
    ("differentiable", "c"),
    ("differentiable", "y"),
    ("differentiable", ("table", "0", "1")),
    ("differentiable", ("lambda", "real", "#0")),
    ("differentiable", ("lambda", VECTOR, "#0")),
    ("differentiable", ("lambda", "complex", "#0")),
    ("false", "x"),
    (("false",), "x"),
]


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_formula(formula: Term) -> None:
    """Relations of one sort, connectives, quantifiers, limits and derivatives."""
    check_formula(formula, NAMES)


@pytest.mark.parametrize("formula", NO_FORMULAS)
def test_no_formula(formula: Term) -> None:
    """Everything else is refused."""
    refused("ILL_TYPED", check_formula, formula, NAMES)


A, B = ("=", "x", "1"), ("<", "x", "i")


@pytest.mark.parametrize(
    ("formula", "denied"),
    [
        (A, ("!=", "x", "1")),
        (("!=", "x", "1"), A),
        (("<=", "x", "i"), ("<", "i", "x")),
        (B, ("<=", "i", "x")),
        (("and", A, B), ("or", ("!=", "x", "1"), ("<=", "i", "x"))),
        (("or", A, B), ("and", ("!=", "x", "1"), ("<=", "i", "x"))),
        (("implies", A, B), ("and", A, ("<=", "i", "x"))),
        (("forall", "real", A), ("exists", "real", ("!=", "x", "1"))),
        (("exists", "real", A), ("forall", "real", ("!=", "x", "1"))),
        (("tends", "#0", "+oo", "x"), ("not", ("tends", "#0", "+oo", "x"))),
        (("has_derivative", "#0", "x", "1"), ("not", ("has_derivative", "#0", "x", "1"))),
        (("differentiable", "f"), ("not", ("differentiable", "f"))),
        (("not", ("tends", "#0", "+oo", "x")), ("tends", "#0", "+oo", "x")),
        (("not", A), A),
    ],
)
def test_what_it_means_that_a_formula_is_false(formula: Term, denied: Term) -> None:
    """The connectives are dual, and the negation of a formula is one."""
    assert negation(formula) == denied
    check_formula(denied, NAMES)


def test_what_has_no_negation_here() -> None:
    """This is never refuted."""
    refused("UNSUPPORTED", negation, ("false",))


# ---------------------------------------------------------------- reduction

HALF = ("lambda", "real", ("/", "#0", "2"))
CONSTANT = ("lambda", "real", "1")
UNDEFINED = ("/", "1", "0")
APPLY = ("lambda", REALS, ("app", "#0", "1"))
TAKES_RESIDUE = ("lambda", RESIDUE, ("delta", "#0", "0"))


@pytest.mark.parametrize(
    ("term", "result"),
    [
        ("x", "x"),
        (("+", "x", ("app", HALF, "i")), ("+", "x", ("/", "i", "2"))),
        (("app", HALF, ("app", HALF, "x")), ("/", ("/", "x", "2"), "2")),
        (("app", CONSTANT, "x"), "1"),
        (("app", CONSTANT, ("/", "x", "2")), "1"),
        (("app", HALF, UNDEFINED), ("/", UNDEFINED, "2")),
        (("app", ("lambda", "real", ("lambda", "real", ("+", "#0", "#1"))), "x", "1"),
         ("+", "1", "x")),
        (("app", ("lambda", "real", "g"), "x", "x", "i"), ("app", "g", "x", "i")),
        (("app", ("lambda", "size", ("lambda", ("residue", "#0"), ("delta", "#0", "1"))),
          "3", "5"), ("delta", ("mod", "3", "5"), "1")),
        (("app", APPLY, HALF), ("/", "1", "2")),
        (("app", TAKES_RESIDUE, "i"), ("delta", ("mod", "n", "i"), "0")),
        (("app", "f", ("app", ("lambda", VECTOR, "#0"), "u")), ("app", "f", "u")),
        (("sum", "1", ("app", HALF, "2"), ("app", HALF, "#0")),
         ("sum", "1", ("/", "2", "2"), ("/", "#0", "2"))),
        (("matrix", "2", "2", ("app", ("lambda", ("residue", "2"), ("lift", "#0")), "#1")),
         ("matrix", "2", "2", ("lift", "#1"))),
        (("sum_mod", "n", ("app", ("lambda", RESIDUE, ("lift", "#0")), "#0")),
         ("sum_mod", "n", ("lift", "#0"))),
        (("derivative", ("app", HALF, "#0"), ("app", HALF, "x")),
         ("derivative", ("/", "#0", "2"), ("/", "x", "2"))),
        (("has_derivative", ("app", HALF, "#0"), "x", ("app", HALF, "1")),
         ("has_derivative", ("/", "#0", "2"), "x", ("/", "1", "2"))),
        (("tends", ("app", HALF, "#0"), "+oo", "x"), ("tends", ("/", "#0", "2"), "+oo", "x")),
        (("forall", "real", ("=", ("app", HALF, "#0"), "#0")),
         ("forall", "real", ("=", ("/", "#0", "2"), "#0"))),
        (("vector", ("app", HALF, "x")), ("vector", ("/", "x", "2"))),
        (("forall", NAMES["f"], ("=", ("app", "#0", "u"), ("app", HALF, "x"))),
         ("forall", NAMES["f"], ("=", ("app", "#0", "u"), ("/", "x", "2")))),
    ],
)  # fmt: skip
def test_an_applied_literal_is_replaced_by_its_body(term: Term, result: Term) -> None:
    """All arguments are put in together, at every depth."""
    assert reduced(term, NAMES) == result


@pytest.mark.parametrize(
    "term",
    [
        ("app", CONSTANT, UNDEFINED),
        ("app", CONSTANT, ("sqrt", "x")),
        ("app", CONSTANT, ("sum", "1", "i", "1")),
        ("app", CONSTANT, ("/", "1", "x")),
        ("app", ("lambda", "real", ("sum", "1", "0", "#1")), UNDEFINED),
        ("app", ("lambda", "real", ("lambda", "real", "#0")), UNDEFINED, "1"),
        ("app", ("lambda", REALS, "1"), ("lambda", "real", ("/", "1", "#0"))),
        ("app", APPLY, ("lambda", "real", ("/", "1", "#0"))),
    ],
)
def test_an_argument_that_may_be_undefined_is_not_lost(term: Term) -> None:
    """The application stays, so that the argument's obligations are met."""
    assert reduced(term, NAMES) == term


def test_a_term_that_grows_too_large_is_not_reduced() -> None:
    """Each application doubles its argument."""
    doubled = ("lambda", "real", ("+", "#0", "#0"))
    term: Term = "x"
    for _ in range(20):
        term = ("app", doubled, term)
    refused("TOO_LARGE", reduced, term, NAMES)
