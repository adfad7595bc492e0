"""Matrices of any size: normal forms against values, rules, and what must be refused."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

import pytest
from kernel_goals import COMBINE, INSPECT, between, context_in, forall, goal, have, prove, refute
from matrix_values import Values, random_term, value_of_form
from matrix_words import eye, inv, minus, mm, plus, turned

from therefore.kernel import Rejected
from therefore.kernel.atoms import Atoms
from therefore.kernel.context import Context
from therefore.kernel.differential import differential
from therefore.kernel.terms import check_formula, sort_of

Term = Any
NAMES: dict[str, Term] = {
    "n": "size",
    "d": "size",
    "c": "real",
    "x": "real",
    "k": "integer",
    "i": ("residue", "n"),
    "j": ("residue", "d"),
    "r": ("residue", "2"),
    "X": ("matrix", "n", "d"),
    "H": ("matrix", "d", "d"),
    "K": ("matrix", "d", "d"),
    "A": ("matrix", "2", "2"),
    "B": ("matrix", "2", "2"),
    "C": ("matrix", "4", "4"),
    "L": ("matrix", "17", "17"),
    "Y": ("matrix", "n", "2"),
    "Z": ("matrix", "2", "n"),
    "u": ("vector", "d"),
    "v": ("vector", "d"),
    "t": ("vector", "n"),
    "p": ("vector", "2"),
    "S": ("function", ("integer",), ("matrix", "d", "d")),
    "w": ("function", ("integer",), ("vector", "d")),
    "f": ("function", (("vector", "2"),), "real"),
    "g": ("function", (("vector", "d"),), "real"),
    "e": ("function", (("matrix", "d", "d"),), "real"),
    "h": ("function", (("vector", "d"),), "integer"),
}
ROWS = ("rows", ("row", "1", "2"), ("row", "3", "4"))
FLAT = ("rows", ("row", "1", "2"), ("row", "2", "4"))
FALSE = ("false",)


XX = mm("X", turned("X"))
SHIFTED = plus("H", ("*", "c", eye("d")))


def context(*facts: Term) -> Context:
    return context_in(NAMES, *facts)


EQUAL: list[tuple[Term, Term]] = [
    (turned(mm("X", "H")), mm(turned("H"), turned("X"))),
    (turned(turned("X")), "X"),
    (turned(plus("H", ("*", "c", "K"))), plus(turned("H"), ("*", "c", turned("K")))),
    (mm("H", plus("K", eye("d"))), plus(mm("H", "K"), "H")),
    (mm(mm("H", "K"), "u"), mm("H", mm("K", "u"))),
    (mm(eye("n"), "X"), mm("X", eye("d"))),
    (mm("X", ("zero", "d", "n")), ("zero", "n", "n")),
    (mm("X", ("zero", "d")), ("zero", "n")),
    (turned(eye("d")), eye("d")),
    (("inner", mm("X", "u"), "t"), ("inner", "u", mm(turned("X"), "t"))),
    (("inner", mm("H", "u"), mm("K", "v")), ("inner", "v", mm(turned("K"), "H", "u"))),
    (("inner", "u", mm("H", "u")), ("inner", mm("H", "u"), "u")),
    (("inner", "u", mm("H", "u")), ("inner", "u", mm(turned("H"), "u"))),
    (
        ("^", ("norm", minus(mm("X", "u"), "t")), "2"),
        plus(
            ("inner", "u", mm(turned("X"), "X", "u")),
            ("*", "-2", ("inner", "u", mm(turned("X"), "t"))),
            ("inner", "t", "t"),
        ),
    ),
    (inv(mm("H", "K")), mm(inv("K"), inv("H"))),
    (inv(inv("H")), "H"),
    (inv(turned("H")), turned(inv("H"))),
    (inv(("*", "c", "H")), ("*", ("/", "1", "c"), inv("H"))),
    (inv(("*", "c", eye("d"))), ("*", ("/", "1", "c"), eye("d"))),
    (inv(("*", "2", plus("H", "K"))), ("*", "1/2", inv(plus("K", "H")))),
    (inv(turned(plus("H", "K"))), turned(inv(plus("H", "K")))),
    (inv(inv(plus("H", "K"))), plus("H", "K")),
    (turned(inv(XX)), inv(XX)),
    (turned(inv(plus(XX, eye("n")))), inv(plus(XX, eye("n")))),
    (mm("H", inv("H"), "K"), "K"),
    (mm(inv("H"), "H", "u"), "u"),
    (mm(turned(inv("H")), turned("H")), eye("d")),
    (mm(turned("X"), "X", inv(mm(turned("X"), "X"))), eye("d")),
    (mm(inv(XX), "X", turned("X"), "t"), "t"),
    (mm(inv(turned(mm("X", "H", turned("X")))), "X", turned("H"), turned("X")), eye("n")),
    (inv(("outer", "u", "v")), turned(inv(("outer", "v", "u")))),
    (("outer", mm("H", "u"), "v"), mm("H", ("outer", "u", "v"))),
    (turned(("outer", "u", "v")), ("outer", "v", "u")),
    (mm(("outer", "u", "v"), ("outer", "v", "u")), ("*", ("inner", "v", "v"), ("outer", "u", "u"))),
    (mm(("outer", "u", "v"), "H"), ("outer", "u", mm(turned("H"), "v"))),
    (mm(("outer", "u", "v"), "u"), ("*", ("inner", "u", "v"), "u")),
    (mm("Y", "p"), plus(*(
        ("*", ("entry", "p", k), mm("Y", ("unit", "2", k))) for k in ("0", "1")
    ))),
    (mm("Y", eye("2")), "Y"),
    (mm("Z", "Y"), mm(plus(*(("outer", ("unit", "2", k), ("unit", "2", k)) for k in "01")), "Z",
                      "Y")),
    (mm("A", inv("A")), eye("2")),
    (mm(inv(ROWS), ROWS), eye("2")),
    (inv(ROWS), ("rows", ("row", "-2", "1"), ("row", "3/2", "-1/2"))),
    (mm(ROWS, ("vector", "2", "3")), ("vector", "8", "18")),
    (("matrix", "2", "2", ("delta", "#1", "#0")), eye("2")),
    (("det", ROWS), "-2"),
    (("det", ("rows", ("row", "1", "2", "0"), ("row", "0", "1", "3"), ("row", "2", "0", "1"))),
     "13"),
    (("trace", ("outer", "u", "v")), ("inner", "v", "u")),
    (("trace", mm("A", "B")), ("trace", mm("B", "A"))),
    (("entry", "u", "j"), ("inner", ("unit", "d", "j"), "u")),
    (("entry", turned("X"), "j", "i"), ("entry", "X", "i", "j")),
    (("entry", "X", "i", "j"), ("inner", ("unit", "n", "i"), mm("X", ("unit", "d", "j")))),
    (("entry", "X", "i", "j"), ("inner", mm(turned("X"), ("unit", "n", "i")), ("unit", "d", "j"))),
    (("entry", ("outer", "t", "u"), "i", "j"), ("*", ("entry", "t", "i"), ("entry", "u", "j"))),
    (("entry", eye("n"), "i", plus("i", "1")), ("delta", "i", plus("i", "1"))),
    (("entry", "p", "r"), plus(*(
        ("*", ("entry", "p", k), ("delta", "r", k)) for k in ("0", "1")
    ))),
    (("entry", mm("A", "B"), "0", "1"), plus(*(
        ("*", ("entry", "A", "0", k), ("entry", "B", k, "1")) for k in ("0", "1")
    ))),
    (("entry", ("unit", "n", "i"), "i"), "1"),
    (("inner", ("unit", "d", "j"), mm(turned(inv("H")), ("unit", "d", "0"))),
     ("entry", inv("H"), "0", "j")),
    (("inner", ("unit", "2", "r"), ("unit", "2", "0")), ("delta", "r", "0")),
    (("sum", "0", "k", mm("H", ("app", "w", "#0"))),
     mm("H", ("sum", "0", "k", ("app", "w", "#0")))),
    (("sum", "0", "k", mm("H", ("app", "S", "#0"), turned(("app", "S", "#0")), "u")),
     mm("H", ("sum", "1", plus("k", "1"),
              mm(("app", "S", plus("#0", "-1")), turned(("app", "S", plus("#0", "-1"))), "u")))),
    (("sum", "0", "k", ("app", "e", mm(("app", "S", "#0"), "H", ("app", "S", "#0")))),
     ("sum", "0", "k", ("app", "e", mm(mm(("app", "S", "#0"), "H"), ("app", "S", "#0"))))),
    (("sum", "0", "k", ("app", "e", ("outer", ("app", "w", "#0"), "u"))),
     ("sum", "0", "k", ("app", "e", turned(("outer", "u", ("app", "w", "#0")))))),
    (("sum", "0", "k", ("app", "e", inv(plus(("app", "S", "#0"), "H")))),
     ("sum", "0", "k", ("app", "e", inv(plus("H", ("app", "S", "#0")))))),
    (("sum_mod", "n", ("inner", ("unit", "n", "#0"), "t")),
     ("sum_mod", "n", ("entry", "t", "#0"))),
    (("sum", "1", "3", mm(("app", "S", "#0"), "u")),
     plus(*(mm(("app", "S", k), "u") for k in ("1", "2", "3")))),
    (("sum", "0", "k", ("inner", "u", mm("H", ("app", "w", "#0")))),
     ("inner", mm(turned("H"), "u"), ("sum", "0", "k", ("app", "w", "#0")))),
    (("app", "e", plus("H", "K")), ("app", "e", plus("K", "H"))),
    (("gradient", ("lambda", ("vector", "2"), ("inner", "#0", mm(ROWS, "#0"))), "p"),
     mm(plus(ROWS, turned(ROWS)), "p")),
    (("gradient", ("lambda", ("vector", "d"), ("inner", mm("X", "#0"), "t")), "u"),
     mm(turned("X"), "t")),
    (("gradient", ("lambda", ("vector", "d"), ("inner", "#0", mm("H", "#0"))), "u"),
     plus(mm("H", "u"), mm(turned("H"), "u"))),
    (("gradient", ("lambda", ("vector", "d"), ("entry", mm("X", "#0"), "i")), "u"),
     mm(turned("X"), ("unit", "n", "i"))),
    (("/", "H", "2"), ("*", "1/2", "H")),
    (("vector", "1", "2"), plus(("unit", "2", "0"), ("*", "2", ("unit", "2", "1")))),
    (("gradient", "f", "p"), plus(*(
        ("*", ("entry", ("gradient", "f", "p"), k), ("unit", "2", k)) for k in ("0", "1")
    ))),
]  # fmt: skip

DIFFERENT: list[tuple[Term, Term]] = [
    (mm("H", "K"), mm("K", "H")),
    (turned("H"), "H"),
    (turned(mm("H", "K")), mm(turned("H"), turned("K"))),
    (inv(mm("H", "K")), mm(inv("H"), inv("K"))),
    (inv(plus("H", "K")), plus(inv("H"), inv("K"))),
    (turned(inv("H")), inv("H")),
    (turned(inv(plus("H", eye("d")))), inv(plus("H", eye("d")))),
    (mm("H", inv("K"), "K"), mm(inv("K"), "H", "K")),
    (mm(turned("X"), inv(XX), "X"), eye("d")),
    (mm("X", turned("X")), eye("n")),
    (mm("H", "H"), "H"),
    (("inner", mm("H", "u"), "v"), ("inner", "u", mm("H", "v"))),
    (("inner", mm("H", "u"), mm("H", "v")), ("inner", "u", "v")),
    (("outer", "u", "v"), ("outer", "v", "u")),
    (mm(("outer", "u", "v"), "u"), ("*", ("inner", "u", "v"), "v")),
    (eye("d"), ("zero", "d", "d")),
    (inv(("*", "c", "H")), ("*", "c", inv("H"))),
    (inv(plus(("*", "c", "H"), "K")), ("*", ("/", "1", "c"), inv(plus("H", "K")))),
    (("entry", "X", "i", "j"), ("entry", "X", plus("i", "1"), "j")),
    (("det", "A"), ("det", turned(("*", "2", "A")))),
    (("trace", "A"), ("det", "A")),
    (("sum", "1", plus("k", "1"), ("inner", "u", mm(inv(("app", "S", "#0")), "u"))),  # k may be −5
     plus(("sum", "1", "k", ("inner", "u", mm(inv(("app", "S", "#0")), "u"))),
          ("inner", "u", mm(inv(("app", "S", plus("k", "1"))), "u")))),
    (mm("A", "B"), mm("B", "A")),
    (("matrix", "n", "d", "1"), "X"),
    ("L", eye("17")),
    (("gradient", ("lambda", ("vector", "d"), ("inner", "#0", mm("H", "#0"))), "u"),
     ("*", "2", mm("H", "u"))),
]  # fmt: skip


@pytest.mark.parametrize(("left", "right"), EQUAL)
def test_equal_terms_have_one_normal_form(left: Term, right: Term) -> None:
    ctx = context()
    sort_of(left, NAMES)
    check_formula(("=", left, right), NAMES)
    assert ctx.equal(left, right)
    assert ctx.equal(right, left)
    assert Context.equal(context(), right, left)


@pytest.mark.parametrize(("left", "right"), DIFFERENT)
def test_different_terms_have_two(left: Term, right: Term) -> None:
    check_formula(("=", left, right), NAMES)
    assert not context().equal(left, right)


ILL_TYPED: list[Term] = [
    mm("X", "X"), mm("X", "t"), mm("u", "H"), mm("X", "c"), mm("H", ("vector", "1", "2")),
    turned("u"), inv("X"), inv("u"), eye("c"), eye("0"), ("outer", "u", "H"), ("outer", "c", "u"),
    ("zero", "n", "c"), ("zero", "c", "n"), ("unit", "n", "j"), ("unit", "c", "0"),
    ("unit", "n", "x"), ("entry", "u", "i"), ("entry", "u", "j", "j"), ("entry", "X", "j"),
    ("entry", "X", "j", "i"), ("trace", "X"), ("det", "X"), ("trace", "u"), plus("X", "H"),
    plus("H", "1"), plus("H", "c"), ("*", "H", "K"), ("*", "H", "u"), ("^", "H", "2"),
    ("sum", "1", "n", plus("H", "X")), mm("X", eye("n")), mm("H", ("zero", "n")), plus("u", "t"),
]  # fmt: skip


@pytest.mark.parametrize("term", ILL_TYPED)
def test_sizes_that_do_not_fit_are_refused(term: Term) -> None:
    with pytest.raises(Rejected) as refusal:
        sort_of(term, NAMES)
    assert refusal.value.code == "ILL_TYPED"


@pytest.mark.parametrize("formula", [
    ("invertible", "X"), ("invertible", "u"), ("invertible", "c"), ("<=", "H", "K"),
    ("=", "H", "X"), ("=", "H", "0"), ("=", eye("n"), eye("d")), ("invertible", "H", "H"),
])  # fmt: skip
def test_no_formula(formula: Term) -> None:
    with pytest.raises(Rejected) as refusal:
        check_formula(formula, NAMES)
    assert refusal.value.code == "ILL_TYPED"


@pytest.mark.parametrize(("term", "code"), [
    (inv(FLAT), "DIVISION_BY_ZERO"),
    (inv(("zero", "2", "2")), "DIVISION_BY_ZERO"),
    (inv(("zero", "d", "d")), "DIVISION_BY_ZERO"),
    (inv(minus("H", "H")), "DIVISION_BY_ZERO"),
    (("gradient", ("lambda", ("vector", "d"), ("app", "e", ("outer", "#0", "u"))), "v"),
     "NOT_SMOOTH"),
    (("gradient", ("lambda", ("vector", "2"), ("inner", "#0", ("app", "w", "k"))), "u"), None),
])  # fmt: skip
def test_what_has_no_normal_form(term: Term, code: str | None) -> None:
    if code is None:
        return
    with pytest.raises(Rejected) as refusal:
        context().normal.value(term)
    assert refusal.value.code == code


def test_numbers_vectors_and_matrices_are_kept_apart() -> None:
    normal = context().normal
    for work, term in ((normal.vector, "H"), (normal.matrix, "u"), (normal.matrix, "c")):
        with pytest.raises(Rejected) as refusal:
            work(term)
        assert refusal.value.code == "ILL_TYPED"


@pytest.mark.parametrize("seed", range(120))
def test_a_normal_form_is_the_value_of_its_term(seed: int) -> None:
    """At random rational matrices; sizes by name, mixed and written out."""
    rng = random.Random(seed)
    values = Values(rng)
    for _ in range(4):
        kind = rng.choice(("number", "vector", "matrix"))
        term, sort = random_term(rng, kind, values.names, 3)
        assert sort_of(term, values.names) == sort or sort == "real"
        wanted = values.of(term)
        if wanted is None:  # an inverse of a singular matrix
            continue
        ctx = Context(Atoms())
        for name, of in values.names.items():
            ctx.declare(name, of)
        form = ctx.normal.value(term)
        assert value_of_form(ctx, form, values, sort) == wanted, term


@pytest.mark.parametrize("seed", range(40))
def test_what_has_one_normal_form_has_one_value(seed: int) -> None:
    rng = random.Random(seed)
    values = Values(rng)
    ctx = Context(Atoms())
    for name, of in values.names.items():
        ctx.declare(name, of)
    found: list[tuple[Term, Term]] = []
    for _ in range(14):
        term, sort = random_term(rng, rng.choice(("vector", "matrix")), values.names, 2)
        if values.of(term) is not None:
            found.append((term, sort))
    for left, sort in found:
        for right, other in found:
            if sort == other and ctx.equal(left, right):
                assert values.of(left) == values.of(right), (left, right)


# ---------------------------------------------------------------- differentials


@pytest.mark.parametrize(("term", "change"), [
    (mm(("*", "y", "H"), "u"), mm("H", "u")),
    (mm("H", ("*", "y", "u")), mm("H", "u")),
    (turned(("*", "y", "H")), turned("H")),
    (("outer", ("*", "y", "u"), "v"), ("outer", "u", "v")),
    (inv(plus("K", ("*", "y", "H"))),
     ("-", mm(inv(plus("K", ("*", "y", "H"))), "H", inv(plus("K", ("*", "y", "H")))))),
    (("rows", ("row", "y", "1"), ("row", ("*", "y", "y"), "2")),
     ("rows", ("row", "1", "0"), ("row", ("*", "2", "y"), "0"))),
    (("entry", ("*", "y", "X"), "i", "j"), ("entry", "X", "i", "j")),
    (("entry", ("*", "y", "u"), "j"), ("entry", "u", "j")),
    (("trace", ("outer", ("*", "y", "u"), "v")), ("inner", "u", "v")),
    (("derivative", ("*", "#0", "#0", "#0"), ("*", "2", "y")), ("*", "24", "y")),
])  # fmt: skip
def test_derivatives_by_structure(term: Term, change: Term) -> None:
    ctx = context()
    ctx.declare("y", "real")
    found = differential(ctx.names, term, "y", "1")
    check_formula(("=", found, change), ctx.names)
    assert ctx.equal(found, change)


@pytest.mark.parametrize("term", [
    ("entry", "u", ("app", "h", "y")),
    ("derivative", ("*", "#0", "y"), "y"),
    ("derivative", ("app", "s", "#0"), "y"),
    ("det", ("power", "H", ("app", "h", "y"))),
])  # fmt: skip
def test_no_derivative_by_structure(term: Term) -> None:
    names = {**NAMES, "y": "real", "s": ("function", ("real",), "real")}
    if term[0] in ("entry", "det"):
        names["y"] = ("vector", "d")
    with pytest.raises(Rejected) as refusal:
        differential(names, term, "y", "1")
    assert refusal.value.code == "NOT_SMOOTH"


# ---------------------------------------------------------------- what is invertible


@pytest.mark.parametrize(("facts", "matrix", "answer"), [
    ([], ROWS, True),
    ([], FLAT, False),
    ([], eye("d"), True),
    ([], eye("3"), True),
    ([], ("zero", "d", "d"), False),
    ([], minus("H", "H"), False),
    ([], "H", False),
    ([], "A", False),
    ([], inv("H"), True),
    ([], turned(inv("H")), True),
    ([("invertible", "H")], "H", True),
    ([("invertible", "H")], turned("H"), True),
    ([("invertible", "H")], ("*", "3", "H"), True),
    ([("invertible", "H")], ("-", "H"), True),
    ([("invertible", "H")], ("*", "c", "H"), False),
    ([("invertible", "H"), ("!=", "c", "0")], ("*", "c", "H"), True),
    ([("invertible", "H")], "K", False),
    ([("invertible", "H")], mm("H", "K"), False),
    ([("invertible", "H")], mm("H", "H"), True),
    ([("invertible", "H")], mm("H", turned("H"), inv("H")), True),
    ([("invertible", "H")], plus("H", "K"), False),
    ([("invertible", "H")], plus("H", eye("d")), False),
    ([("invertible", mm("H", "K"))], "H", False),
    ([("invertible", ("*", "2", plus("H", "K")))], plus("K", "H"), True),
    ([("invertible", XX)], XX, True),
    ([("invertible", XX)], mm(turned("X"), "X"), False),
    ([("invertible", ("zero", "d", "d"))], "H", False),
    ([("invertible", ("matrix", "d", "d", "1"))], "H", False),
    ([("invertible", ("matrix", "d", "d", "1"))], ("matrix", "d", "d", "1"), True),
    ([("invertible", "A")], "A", True),
    ([("!=", ("det", "A"), "0")], "A", True),
    ([("not", ("invertible", "H"))], "H", False),
    ([("invertible", ("outer", "u", "v"))], ("outer", "v", "u"), True),
    ([("invertible", ("outer", "u", "v"))], ("outer", "u", "u"), False),
    ([("invertible", XX)], "H", False),
])  # fmt: skip
def test_what_is_seen_to_be_invertible(facts: list[Term], matrix: Term, answer: bool) -> None:
    assert context(*facts).holds(("invertible", matrix)) is answer


# ---------------------------------------------------------------- rules

VALUES: dict[str, Term] = {
    "n": "1", "d": "1", "c": "0", "x": "0", "k": "0", "i": "0", "j": "0", "r": "0",
    "X": ("rows", ("row", "1")), "H": ("rows", ("row", "1")), "K": ("rows", ("row", "1")),
    "A": eye("2"), "B": eye("2"), "C": eye("4"), "L": eye("17"), "Y": ("rows", ("row", "1", "0")),
    "Z": ("rows", ("row", "1"), ("row", "0")), "u": ("vector", "1"), "v": ("vector", "1"),
    "t": ("vector", "1"), "p": ("vector", "1", "0"), "S": ("lambda", "integer", eye("1")),
    "w": ("lambda", "integer", ("vector", "0")), "f": ("lambda", ("vector", "2"), "0"),
    "g": ("lambda", ("vector", "1"), "0"), "e": ("lambda", ("matrix", "1", "1"), "0"),
    "h": ("lambda", ("vector", "1"), "0"),
}  # fmt: skip


def attempt(conclusion: Term, proof: Any, *given: Term, at: dict[str, Term] | None = None) -> Any:
    """The kernel's word on a proof; the hypotheses must be plain at the witness."""
    claim = goal(conclusion, *given, names=NAMES)
    return prove(claim, proof, {**VALUES, **(at or {})}, [_plain(fact) for fact in given])


def _plain(fact: Term) -> Any:
    return {"rule": "deny"} if fact[0] == "not" else INSPECT


def times(fact: str, **more: Any) -> dict[str, Any]:
    return {"fact": fact, **more}


def by(*items: Any) -> dict[str, Any]:
    return {"rule": "combine", "items": list(items)}


SYMMETRIC = ("=", turned("H"), "H")
EIGEN = ("=", mm("H", "u"), ("*", "c", "u"))
ONE_ONE = {"c": "1"}
NOT_ZERO = {
    "rule": "suppose", "as": "no",
    "then": by(times("no", times=("vector", "1", "0")), {"positive": "1"}),
}  # fmt: skip
IS_ZERO = have  # the rules below read better with short names
ACCEPTED: dict[str, Any] = {
    "an identity of words": lambda: attempt(
        ("=", turned(mm("H", "K")), mm(turned("K"), turned("H"))), COMBINE),
    "push-through": lambda: attempt(
        ("=", mm(turned("X"), inv(plus(XX, eye("n")))),
         mm(inv(plus(mm(turned("X"), "X"), eye("d"))), turned("X"))),
        have(("=", mm(plus(XX, eye("n")), inv(plus(XX, eye("n")))), eye("n")), "p",
             {"rule": "undoes"},
             have(("=", mm(inv(plus(mm(turned("X"), "X"), eye("d"))),
                           plus(mm(turned("X"), "X"), eye("d"))), eye("d")), "q",
                  {"rule": "undoes"},
                  by(times("p", left=mm(inv(plus(mm(turned("X"), "X"), eye("d"))), turned("X"))),
                     times("q", right=mm(turned("X"), inv(plus(XX, eye("n")))), times="-1")))),
        ("invertible", plus(XX, eye("n"))), ("invertible", plus(mm(turned("X"), "X"), eye("d")))),
    "a matrix equation times a vector": lambda: attempt(
        ("=", mm(turned("H"), "u"), mm("H", "u")), by(times("h1", right="u")), SYMMETRIC),
    "between two vectors": lambda: attempt(
        ("=", ("inner", "v", mm(turned("H"), "u")), ("inner", "v", mm("H", "u"))),
        by(times("h1", left="v", right="u")), SYMMETRIC),
    "a vector from the left": lambda: attempt(
        ("=", mm("H", "u"), mm(turned("H"), "u")), by(times("h1", left="u")), SYMMETRIC),
    "a vector equation times a matrix": lambda: attempt(
        ("=", mm("K", "H", "u"), ("*", "c", mm("K", "u"))), by(times("h1", left="K")), EIGEN,
        at=ONE_ONE),
    "an outer product of a vector equation": lambda: attempt(
        ("=", ("outer", mm("H", "u"), "v"), ("*", "c", ("outer", "u", "v"))),
        by(times("h1", right="v")), EIGEN, at=ONE_ONE),
    "an inner product of a vector equation": lambda: attempt(
        ("=", ("inner", "v", mm("H", "u")), ("*", "c", ("inner", "u", "v"))),
        by(times("h1", left="v")), EIGEN, at=ONE_ONE),
    "a transposed equation": lambda: attempt(
        ("=", mm(turned("K"), turned("H")), eye("d")), by(times("h1", transposed="yes")),
        ("=", mm("H", "K"), eye("d"))),
    "a number times a matrix": lambda: attempt(
        ("=", ("*", "c", "H"), "H"), by(times("h1", right="H")), ("=", "c", "1"), at=ONE_ONE),
    "a number times a vector from the left": lambda: attempt(
        ("=", ("*", "c", "u"), "u"), by(times("h1", left="u")), ("=", "c", "1"), at=ONE_ONE),
    "a multiple of a matrix equation": lambda: attempt(
        ("=", ("*", "c", turned("H")), ("*", "c", "H")), by(times("h1", times="c")), SYMMETRIC),
    "two-sided": lambda: attempt(
        ("invertible", "H"),
        {"rule": "two_sided", "inverse": "K", "right": by(times("h1")), "left": by(times("h2"))},
        ("=", mm("H", "K"), eye("d")), ("=", mm("K", "H"), eye("d"))),
    "seen to be invertible": lambda: attempt(("invertible", ROWS), INSPECT),
    "a known one": lambda: attempt(
        ("invertible", turned("H")), INSPECT, ("invertible", "H")),
    "singular": lambda: attempt(
        ("not", ("invertible", FLAT)),
        {"rule": "singular", "vector": ("vector", "2", "-1"), "zero": COMBINE,
         "nonzero": {"rule": "suppose", "as": "no", "then": by(
             times("no", times=("vector", "1", "0")), {"positive": "2"})}}),
    "equal by entries": lambda: attempt(
        ("=", ("matrix", "n", "d", ("entry", "X", "#1", "#0")), "X"),
        {"rule": "entries", "names": ["a", "b"], "then": COMBINE}),
    "not equal at an entry": lambda: attempt(
        ("!=", ROWS, FLAT), {"rule": "differ", "at": [("mod", "2", "1"), ("mod", "2", "0")],
                             "proof": INSPECT}),
    "a gradient": lambda: attempt(
        ("=", ("gradient", ("lambda", ("vector", "d"),
                            ("^", ("norm", minus(mm("X", "#0"), "t")), "2")), "u"),
         ("*", "2", mm(turned("X"), minus(mm("X", "u"), "t")))), COMBINE),
    "a derivative of an inverse": lambda: attempt(
        ("has_derivative", ("inner", "u", mm(inv(plus("H", ("*", "#0", eye("d")))), "u")), "c",
         ("-", ("inner", "u", mm(inv(SHIFTED), inv(SHIFTED), "u")))),
        {"rule": "differentiate", "name": "y", "value": COMBINE}, ("invertible", SHIFTED)),
    "a second derivative": lambda: attempt(
        ("=", ("derivative", ("derivative", ("^", "#0", "3"), "#0"), "c"), ("*", "6", "c")),
        have(("has_derivative", ("^", "#0", "3"), "c", ("*", "3", ("^", "c", "2"))), "slope",
             {"rule": "differentiate", "name": "y", "value": COMBINE},
             {"rule": "slope", "proof":
              {"rule": "differentiate", "name": "y", "value": COMBINE}})),
}  # fmt: skip
del IS_ZERO

FLAT_PROOF = {
    "rule": "singular", "vector": ("vector", "0", "0"), "zero": COMBINE, "nonzero": NOT_ZERO,
}  # fmt: skip
REFUSED: dict[str, Any] = {
    # words
    "AB is not BA": ("NOT_EQUAL", lambda: attempt(("=", mm("H", "K"), mm("K", "H")), COMBINE)),
    "a dropped transpose": ("NOT_EQUAL", lambda: attempt(
        ("=", ("inner", mm("H", "u"), "v"), ("inner", "u", mm("H", "v"))), COMBINE)),
    "an inverse that is not known to exist": ("UNDEFINED", lambda: attempt(
        ("=", mm("H", inv("H")), eye("d")), COMBINE)),
    "an inverse of a zero matrix": ("UNDEFINED", lambda: attempt(
        ("=", mm(("zero", "d", "d"), inv(("zero", "d", "d"))), eye("d")), COMBINE)),
    "an inverse of a singular matrix": ("UNDEFINED", lambda: attempt(
        ("=", mm(FLAT, inv(FLAT)), eye("2")), COMBINE)),
    "A B invertible does not make A so": ("UNDEFINED", lambda: attempt(
        ("=", mm(inv(mm("Y", "Z")), "Y", "Z"), eye("n")), COMBINE,
        ("invertible", mm("Z", "Y")))),
    "an inverse under a hypothesis of elsewhere": ("UNDEFINED", lambda: attempt(
        ("and", ("implies", ("invertible", "H"), ("=", mm("H", inv("H")), eye("d"))),
         ("=", mm("H", inv("H")), eye("d"))),
        {"rule": "split", "parts": [
            {"rule": "intro", "labels": ["a"], "then": COMBINE}, COMBINE]})),
    "an inverse within an empty range": ("UNDEFINED", lambda: attempt(
        ("=", ("sum", "1", "k", ("inner", "u", mm(inv("H"), "u"))),
         ("*", "k", ("inner", "u", mm(inv("H"), "u")))), COMBINE, ("<=", "0", "k"))),
    "an inverse in a function that does not use it": ("UNDEFINED", lambda: attempt(
        ("=", ("app", ("lambda", ("matrix", "d", "d"), "1"), inv("H")), "1"), COMBINE)),
    # combine
    "an equation of another size": ("ILL_TYPED", lambda: attempt(
        ("=", "H", "K"), by(times("h1")), ("=", "X", ("*", "c", "X")), at=ONE_ONE)),
    "the identity of another size": ("ILL_TYPED", lambda: attempt(
        ("=", "L", eye("17")), by(times("h1")), ("=", eye("d"), "H"))),
    "a matrix equation for numbers": ("ILL_TYPED", lambda: attempt(
        ("=", "c", "1"), by(times("h1")), SYMMETRIC)),
    "a vector equation for matrices": ("ILL_TYPED", lambda: attempt(
        ("=", "H", "K"), by(times("h1")), EIGEN, at=ONE_ONE)),
    "a matrix between numbers": ("ILL_TYPED", lambda: attempt(
        ("=", "c", "1"), by(times("h1", left="c")), SYMMETRIC)),
    "from the wrong side": ("ILL_TYPED", lambda: attempt(
        ("=", mm("X", "H"), "X"), by(times("h1", right="X")), ("=", "H", eye("d")))),
    "a transposed vector": ("ILL_TYPED", lambda: attempt(
        ("=", mm("H", "u"), "u"), by(times("h1", transposed="yes")), EIGEN, at=ONE_ONE)),
    "an inequality from its sides": ("WRONG_FACT", lambda: attempt(
        ("<=", ("*", "c", ("inner", "u", "v")), "0"), by(times("h1", left="u")), ("<=", "c", "0"))),
    "a factor that is not defined": ("UNDEFINED", lambda: attempt(
        ("=", mm(inv("K"), turned("H")), mm(inv("K"), "H")), COMBINE | by(
            times("h1", left=inv("K"))), SYMMETRIC)),
    "an undefined factor that cancels": ("UNDEFINED", lambda: attempt(
        ("=", "H", "H"), by(times("h1", left=inv("K"), times="0")), SYMMETRIC)),
    "residues from their sides": ("WRONG_FACT", lambda: attempt(
        ("=", "u", "u"), by(times("h1", right="u")), ("=", "i", "0"))),
    "a matrix summed over a range": ("ILL_TYPED", lambda: attempt(
        ("=", "H", "K"),
        by({**times("h1", **{"with": ["m"]}),
            "over": {"index": "m", "from": "0", "to": "1"}}),
        between("0", "1", ("=", ("app", "S", "#0"), ("app", "S", "#0"))), )),
    "a matrix that is positive": ("ILL_TYPED", lambda: attempt(
        ("=", "H", "K"), by({"positive": "H"}))),
    "a matrix that is a square": ("ILL_TYPED", lambda: attempt(
        ("<=", "0", "c"), by({"square": "H"}))),
    "unequal matrices": ("WRONG_GOAL", lambda: attempt(("!=", "H", "K"), by({"positive": "1"}))),
    "the wrong cofactor": ("NOT_EQUAL", lambda: attempt(
        ("=", mm("H", "K"), mm("K", "H")), by(times("h1", left="K")),
        ("=", mm("H", "K"), mm("K", "H")))),
    # two_sided
    "two_sided of something else": ("WRONG_GOAL", lambda: attempt(
        ("=", "H", "H"), {"rule": "two_sided", "inverse": "K", "right": COMBINE, "left": COMBINE})),
    "a right inverse only": ("NOT_EQUAL", lambda: attempt(
        ("invertible", "H"),
        {"rule": "two_sided", "inverse": "K", "right": by(times("h1")), "left": by(times("h1"))},
        ("=", mm("H", "K"), eye("d")))),
    "an inverse of another size": ("ILL_TYPED", lambda: attempt(
        ("invertible", "H"),
        {"rule": "two_sided", "inverse": "X", "right": COMBINE, "left": COMBINE})),
    "an undefined matrix": ("UNDEFINED", lambda: attempt(
        ("invertible", inv("H")),
        {"rule": "two_sided", "inverse": "H", "right": COMBINE, "left": COMBINE})),
    "an inverse by itself": ("UNDEFINED", lambda: attempt(
        ("invertible", "H"),
        {"rule": "two_sided", "inverse": inv("H"), "right": COMBINE, "left": COMBINE})),
    "not invertible by itself": ("NOT_SEEN", lambda: attempt(("invertible", "H"), INSPECT)),
    # singular
    "singular of something else": ("WRONG_GOAL", lambda: attempt(
        ("not", ("=", "H", "K")), FLAT_PROOF)),
    "singular of an equation": ("WRONG_GOAL", lambda: attempt(("=", "H", "K"), FLAT_PROOF)),
    "the zero vector": ("NOT_EQUAL", lambda: attempt(("not", ("invertible", FLAT)), FLAT_PROOF)),
    "a vector that is not killed": ("NOT_EQUAL", lambda: attempt(
        ("not", ("invertible", FLAT)),
        {**FLAT_PROOF, "vector": ("vector", "1", "0")})),
    "a vector of another size": ("ILL_TYPED", lambda: attempt(
        ("not", ("invertible", FLAT)), {**FLAT_PROOF, "vector": ("vector", "2", "-1", "0")})),
    "singular and undefined": ("UNDEFINED", lambda: attempt(
        ("not", ("invertible", inv("H"))), {**FLAT_PROOF, "vector": "u"})),
    # undoes
    "undoes something else": ("WRONG_GOAL", lambda: attempt(
        ("=", mm("H", "K"), eye("d")), {"rule": "undoes"})),
    "undoes no product": ("WRONG_GOAL", lambda: attempt(("=", "H", eye("d")), {"rule": "undoes"})),
    "undoes no equation": ("WRONG_GOAL", lambda: attempt(
        ("!=", mm("H", inv("H")), eye("d")), {"rule": "undoes"}, ("invertible", "H"))),
    "undoes to no identity": ("WRONG_GOAL", lambda: attempt(
        ("=", mm("H", inv("H")), "K"), {"rule": "undoes"}, ("invertible", "H"))),
    "undoes what has no inverse": ("UNDEFINED", lambda: attempt(
        ("=", mm("H", inv("H")), eye("d")), {"rule": "undoes"})),
    # entries
    "entries of a vector equation": ("WRONG_GOAL", lambda: attempt(
        ("=", "u", "v"), {"rule": "entries", "names": ["a", "b"], "then": COMBINE})),
    "differ for an equation": ("WRONG_GOAL", lambda: attempt(
        ("=", ROWS, FLAT), {"rule": "differ", "at": ["0", "0"], "proof": INSPECT})),
    "differ at one place": ("WRONG_GOAL", lambda: attempt(
        ("!=", ROWS, FLAT), {"rule": "differ", "at": ["0"], "proof": INSPECT})),
    "entry_of a vector equation": ("WRONG_GOAL", lambda: attempt(
        ("=", "c", "0"),
        {"rule": "entry_of", "fact": "h1", "at": ["j", "j"], "as": "e", "then": COMBINE}, EIGEN,
        at=ONE_ONE)),
    # derivatives
    "a second derivative without the first": ("UNKNOWN_RULE", lambda: attempt(
        ("=", ("derivative", ("derivative", ("^", "#0", "3"), "#0"), "c"), ("*", "6", "c")),
        {"rule": "slope", "proof": {"rule": "differentiate", "name": "y", "value": COMBINE,
                                    "defined": [{}]}})),
    "the derivative of an inverse that may not exist": ("UNDEFINED", lambda: attempt(
        ("has_derivative", ("inner", "u", mm(inv(plus("H", ("*", "#0", eye("d")))), "u")), "c",
         ("-", ("inner", "u", mm(inv(SHIFTED), inv(SHIFTED), "u")))),
        {"rule": "differentiate", "name": "y", "value": COMBINE})),
}  # fmt: skip


@pytest.mark.parametrize("case", ACCEPTED)
def test_accepted(case: str) -> None:
    assert ACCEPTED[case]().kind == "proof"


@pytest.mark.parametrize("case", REFUSED)
def test_refused(case: str) -> None:
    code, work = REFUSED[case]
    with pytest.raises(Rejected) as refusal:
        work()
    assert refusal.value.code == code, refusal.value


def test_a_line_with_an_inverse_that_does_not_exist_is_refuted() -> None:
    """w = Xᵀ(XXᵀ)⁻¹t from w = Xᵀc and Xw = t, where XXᵀ is singular."""
    claim = goal(
        ("=", "w", mm(turned("X"), inv(XX), "t")),
        ("=", "w", mm(turned("X"), "c")),
        ("=", mm("X", "w"), "t"),
        names={"n": "size", "d": "size", "X": ("matrix", "n", "d"), "c": ("vector", "n"),
               "w": ("vector", "d"), "t": ("vector", "n")},
    )  # fmt: skip
    values = {
        "n": "2", "d": "1", "X": ("rows", ("row", "1"), ("row", "1")), "c": ("vector", "1", "0"),
        "w": ("vector", "1"), "t": ("vector", "1", "1"),
    }  # fmt: skip
    ending = {
        "rule": "undefined", "part": "2", "obligation": "0",
        "proof": {"rule": "singular", "vector": ("vector", "1", "-1"), "nonzero": NOT_ZERO,
                  "zero": COMBINE},
    }  # fmt: skip
    assert refute(claim, values, ending, [COMBINE, COMBINE]).kind == "refutation"
    fair = {**values, "X": ("rows", ("row", "1")), "n": "1", "c": ("vector", "1"),
            "t": ("vector", "1")}  # fmt: skip
    with pytest.raises(Rejected):
        refute(claim, fair, ending, [COMBINE, COMBINE])


def test_sizes_are_put_in_for_their_names() -> None:
    """∀ n, A ∈ ℝⁿˣⁿ: A Aᵀ = Aᵀ A is no lemma; (Aᵀ)ᵀ = A is one, at every size."""
    size_first = forall("size", ("matrix", "#0", "#0"), ("=", turned(turned("#0")), "#0"))
    claim = goal(("=", turned(turned(ROWS)), ROWS), size_first)
    proof = {"rule": "use", "fact": "h1", "with": ["2", ROWS], "as": "at",
             "then": by(times("at"))}  # fmt: skip
    shown = {"rule": "intro", "names": ["m", "M"], "then": COMBINE}
    assert prove(claim, proof, {}, [shown]).kind == "proof"
    wrong = {**proof, "with": ["3", ROWS]}
    with pytest.raises(Rejected) as refusal:
        prove(claim, wrong, {}, [shown])
    assert refusal.value.code == "ILL_TYPED"


def test_coordinates_stop_at_a_size() -> None:
    """Beyond 16 a written-out size is like a name; the identity of it is the empty word."""
    ctx = context()
    assert ctx.equal(mm("L", eye("17")), "L")
    assert ctx.equal(mm("L", inv("L")), eye("17"))
    assert not ctx.equal(mm("L", turned("L")), mm(turned("L"), "L"))
    value = ctx.normal.matrix(eye("17"))
    assert len(value.parts) == 1
    assert Fraction(1) == next(iter(value.parts.values())).constant()


def test_what_has_no_normal_form_is_refused_and_not_guessed() -> None:
    ctx = Context(Atoms())
    for name, sort in NAMES.items():
        ctx.declare(name, sort)
    with pytest.raises(Rejected) as unknown:
        ctx.normal.value(("strange", "x"))
    assert unknown.value.code == "UNSUPPORTED"
    with pytest.raises(Rejected) as divided:
        ctx.equal(("/", "A", "0"), "B")
    assert divided.value.code == "DIVISION_BY_ZERO"
    with pytest.raises(Rejected) as numbers:
        prove(goal(("=", "1", "1")), {"rule": "enumerate", "proofs": []})
    assert numbers.value.code == "WRONG_GOAL"
