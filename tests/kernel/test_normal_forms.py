"""Normal forms: equal terms have one, different terms do not, and each is the value of its term."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from kernel_goals import context_in
from kernel_values import Point, true_at

from therefore.kernel import Rejected
from therefore.kernel.atoms import Residue
from therefore.kernel.context import Context
from therefore.kernel.images import Images
from therefore.kernel.polynomials import atom, number

Term = Any
SEQUENCE = ("function", ("integer",), "real")
NAMES: dict[str, Term] = {
    "n": "size",
    "m": "size",
    "d": "size",
    "x": "real",
    "y": "real",
    "i": "integer",
    "j": "integer",
    "u": ("vector", "d"),
    "v": ("vector", "d"),
    "f": ("function", ("real",), "real"),
    "h": ("function", (("vector", "d"),), "real"),
    "a": SEQUENCE,
    "w": ("function", ("integer",), ("vector", "d")),
    "c": ("function", (("residue", "n"),), "real"),
    "p": ("residue", "n"),
    "q": ("residue", "n"),
    "A": ("matrix", "n", "m"),
    "B": ("matrix", "m", "n"),
    "E": ("function", ("integer",), ("matrix", "n", "m")),
}


def context(*facts: Term) -> Context:
    return context_in(NAMES, *facts)


def a(place: Term) -> Term:
    return ("app", "a", place)


def minus(left: Term, right: Term) -> Term:
    return ("+", left, ("-", right))


LINE = ("lambda", ("vector", "d"), ("inner", "u", "#0"))
SQUARES = ("sum", "1", "i", ("^", ("inner", "#1", ("app", "w", "#0")), "2"))
SQUARE = ("lambda", ("vector", "d"), ("inner", "#0", "#0"))
EQUAL: list[tuple[Term, Term]] = [
    (("*", ("+", "x", "y"), ("+", "x", ("-", "y"))),
     ("+", ("^", "x", "2"), ("-", ("^", "y", "2")))),
    (("/", ("+", ("^", "x", "2"), "-1"), ("+", "x", "-1")), ("+", "x", "1")),
    (("^", "x", "0"), "1"),
    (("/", "u", "2"), ("*", "1/2", "u")),
    (("*", "x", "u", "y"), ("*", ("*", "y", "x"), "u")),
    (("+", "u", ("-", "u")), ("zero", "d")),
    (("inner", "u", ("+", "u", "v")), ("+", ("inner", "u", "u"), ("inner", "v", "u"))),
    (("^", ("norm", "u"), "2"), ("inner", "u", "u")),
    (("^", ("norm", "u"), "3"), ("*", ("norm", "u"), ("inner", "u", "u"))),
    (("^", ("norm", "u"), "0"), "1"),
    (
        ("sum", "1", "n", ("^", ("norm", ("*", "#0", "u")), "4")),
        ("sum", "1", "n", ("^", ("inner", ("*", "#0", "u"), ("*", "#0", "u")), "2")),
    ),
    (("norm", ("vector", "3", "4")), "5"),
    (("norm", ("zero", "d")), "0"),
    (("inner", ("vector", "x", "1"), ("vector", "2", "y")), ("+", ("*", "2", "x"), "y")),
    (("+", ("vector", "x", "1"), ("vector", "1", "-1")), ("vector", ("+", "x", "1"), "0")),
    (("sqrt", "4/9"), "2/3"),
    (("^", ("sqrt", "2"), "2"), "2"),
    (("^", ("sqrt", "x"), "4"), ("^", "x", "2")),
    (("abs", ("-", "x")), ("abs", "x")),
    (("abs", ("^", "x", "2")), ("^", "x", "2")),
    (("abs", "-3"), "3"),
    (("^", ("abs", ("+", "x", "y")), "2"), ("^", ("+", "x", "y"), "2")),
    (("app", "f", ("/", ("*", "x", "y"), "y")), ("app", "f", "x")),
    (("app", ("lambda", "real", ("lambda", "real", ("/", "#0", "#1"))), "2", "x"), ("/", "x", "2")),
    (("app", ("table", "-1", "5", "x"), "0"), "x"),
    (("app", ("table", "-1", "5", "x"), "1"), "0"),
    (("app", ("table", "-1", "5", "x"), "-2"), "0"),
    (("app", ("table", "0", "u", "v"), "1"), "v"),
    (("app", ("table", "0", "u", "v"), "7"), ("zero", "d")),
    (("app", ("cycle", "5", "x", "y"), "-1"), "y"),
    (("app", "h", ("+", "u", "v")), ("app", "h", ("+", "v", "u"))),
    (("app", "w", ("+", "i", "1")), ("app", "w", ("+", "1", "i"))),
    (("gradient", "h", ("+", "u", "u")), ("gradient", "h", ("*", "2", "u"))),
    (("gradient", LINE, "v"), "u"),
    (("gradient", SQUARE, "v"), ("*", "2", "v")),
    (("derivative", ("*", "#0", "y"), "x"), ("derivative", ("*", "y", "#0"), "x")),
    (("delta", "p", "q"), ("delta", "q", "p")),
    (("delta", "p", "p"), "1"),
    (("delta", ("+", "p", "n"), "p"), "1"),
    (("delta", ("mod", "3", "4"), "1"), "1"),
    (("delta", "1", ("mod", "3", "5")), "0"),
    (("^", ("delta", "p", "q"), "2"), ("delta", "p", "q")),
    (("lift", ("mod", "3", "-1")), "2"),
    (("lift", ("*", "n", "p")), "0"),
    (("lift", "p"), ("lift", ("+", "p", "n"))),
    (("app", "c", ("+", "p", ("lift", "q"))), ("app", "c", ("+", "q", "p"))),
    (("entry", "A", "i", "j"), ("entry", "A", ("+", "i", "n"), ("+", "j", ("*", "i", "m")))),
    (("entry", ("rows", ("row", "1", "2"), ("row", "x", "y")), "3", "0"), "x"),
    (("entry", ("matrix", "n", "m", ("app", "c", "#1")), "p", "i"), ("app", "c", "p")),
    (("entry", ("+", ("*", "x", "A"), ("-", "A")), "i", "j"),
     ("*", minus("x", "1"), ("entry", "A", "i", "j"))),
    (("entry", ("/", "A", "2"), "i", "j"), ("/", ("entry", "A", "i", "j"), "2")),
    (("entry", ("matmul", "A", "B"), "p", "q"),
     ("sum_mod", "m", ("*", ("entry", "B", "#0", "q"), ("entry", "A", "p", "#0")))),
    (("sum_mod", "n", ("*", ("delta", "#0", "p"), ("app", "c", "#0"))), ("app", "c", "p")),
    (("sum_mod", "n", ("*", ("delta", ("-", "#0"), "p"), ("app", "c", "#0"))),
     ("app", "c", ("-", "p"))),
    (("sum_mod", "n", "x"), ("*", "x", "n")),
    (("sum_mod", "3", ("app", ("cycle", "1", "2", "x"), "#0")), ("+", "3", "x")),
    (("sum_mod", "2", "x"), ("*", "2", "x")),
]  # fmt: skip

DIFFERENT: list[tuple[Term, Term]] = [
    ("x", "y"),
    ("u", "v"),
    ("u", ("zero", "d")),
    (("abs", "x"), "x"),
    (("sqrt", "2"), "7/5"),
    (("sqrt", "x"), ("sqrt", "y")),
    (("norm", ("+", "u", "v")), ("+", ("norm", "u"), ("norm", "v"))),
    (("app", "f", "x"), ("app", "f", ("-", "x"))),
    (("vector", "0", "1"), ("vector", "1", "0")),
    (("delta", "p", "q"), "1"),
    (("delta", "p", ("+", "p", "1")), "0"),
    (("lift", ("+", "p", "1")), ("+", ("lift", "p"), "1")),
    (("lift", ("mod", "n", "1")), "1"),
    (("entry", "A", "i", "j"), ("entry", "A", "j", "i")),
    (("sum_mod", "n", ("*", ("delta", ("*", "2", "#0"), "p"), ("app", "c", "#0"))),
     ("app", "c", "p")),
    (("derivative", "#0", "x"), "1"),
]  # fmt: skip


@pytest.mark.parametrize(("left", "right"), EQUAL)
def test_equal_terms_have_one_normal_form(left: Term, right: Term) -> None:
    """An identity of rational functions, of vectors, of residues or of entries is seen."""
    assert context().equal(left, right)


@pytest.mark.parametrize(("left", "right"), DIFFERENT)
def test_different_terms_have_two(left: Term, right: Term) -> None:
    """What differs at some point is never identified."""
    assert not context().equal(left, right)


@pytest.mark.parametrize(
    ("term", "code"),
    [
        (("/", "x", "0"), "DIVISION_BY_ZERO"),
        (("/", "x", minus("y", "y")), "DIVISION_BY_ZERO"),
        (("+", "A", "A"), None),
        (("sum", "0", "301", "#0"), "TOO_LARGE"),
        (("sum_mod", "301", "1"), "TOO_LARGE"),
        (("app", ("table", "0", "1"), "i"), "UNSUPPORTED"),
        (("app", ("cycle", "1", "2"), "i"), "UNSUPPORTED"),
        (("entry", ("rows", ("row", "1", "2")), "0", "i"), None),
        (("entry", ("rows", ("row", "1", "2")), "i", "0"), None),
        (("gradient", ("lambda", ("vector", "d"), ("app", "f", ("inner", "#0", "u"))), "v"), None),
        (("gradient", ("lambda", ("vector", "2"), ("inner", "#0", ("app", "w", "i"))), "v"), None),
        (("gradient", ("lambda", ("vector", "d"), SQUARES), "v"), None),
        (("entry", ("app", "E", "i"), "i", "j"), None),
        (("matrix", "n", "n", "1"), None),
        (("matmul", "A", ("matrix", "m", "n", "1")), None),
    ],
)  # fmt: skip
def test_what_has_no_normal_form(term: Term, code: str | None) -> None:
    """Undefined, too large, or not looked into."""
    if code is None:
        context().normal.value(term)
        return
    with pytest.raises(Rejected) as refusal:
        context().normal.value(term)
    assert refusal.value.code == code


def test_numbers_and_vectors_are_kept_apart() -> None:
    """A vector in a number's place is refused, also where the sorts are not looked at."""
    normal = context().normal
    for work, term in (
        (normal.scalar, "u"),
        (normal.vector, "x"),
        (normal.value, ("*", "u", "v")),
    ):
        with pytest.raises(Rejected) as refusal:
            work(term)
        assert refusal.value.code == "ILL_TYPED"


def test_a_sign_that_is_known_opens_an_absolute_value() -> None:
    """|x| is x for 0 ≤ x and −x for x ≤ 0."""
    assert context(("<=", "0", "x")).equal(("abs", "x"), "x")
    assert context(("<=", "x", "0")).equal(("abs", "x"), ("-", "x"))
    assert not context(("<=", "-1", "x")).equal(("abs", "x"), "x")


# ---------------------------------------------------------------- substitution


SUBSTITUTED: list[tuple[Term, Term, Term]] = [
    ("x", "2", "2"),
    (("/", ("+", "x", "y"), ("+", "x", "1")), "2", ("/", ("+", "2", "y"), "3")),
    (("abs", "x"), "-3", "3"),
    (("sqrt", "x"), "9", "3"),
    (("norm", ("*", "x", "u")), "2", ("norm", ("*", "2", "u"))),
    (("inner", ("*", "x", "u"), ("app", "w", "i")), "2", ("inner", ("*", "2", "u"),
     ("app", "w", "i"))),
    (("inner", ("gradient", "h", ("*", "x", "u")), "v"), "y",
     ("inner", "v", ("gradient", "h", ("*", "y", "u")))),
    (("app", "f", ("app", "f", "x")), "y", ("app", "f", ("app", "f", "y"))),
    (("app", "h", ("*", "x", "u")), "0", ("app", "h", ("zero", "d"))),
    (("derivative", ("*", "#0", "x"), "x"), "y", ("derivative", ("*", "#0", "y"), "y")),
    (("sum", "1", "i", ("*", ("^", "x", "2"), a("#0"))), "y",
     ("*", ("^", "y", "2"), ("sum", "1", "i", a("#0")))),
    (("sum", "1", "i", ("app", "f", ("*", "x", a("#0")))), "0", ("*", "i", ("app", "f", "0"))),
    (("inner", "u", ("sum", "1", "i", ("*", ("app", "f", ("+", "x", a("#0"))),
     ("app", "w", "#0")))),
     "1", ("sum", "1", "i", ("*", ("app", "f", ("+", "1", a("#0"))),
                             ("inner", ("app", "w", "#0"), "u")))),
    (("sum_mod", "n", ("app", "f", ("*", "x", ("app", "c", "#0")))), "2",
     ("sum_mod", "n", ("app", "f", ("*", "2", ("app", "c", "#0"))))),
    (("*", "x", "u"), "y", ("*", "y", "u")),
    (("*", ("vector", "x", "1"), "x"), "2", ("vector", "4", "2")),
]  # fmt: skip


@pytest.mark.parametrize(("term", "value", "result"), SUBSTITUTED)
def test_substitution_commutes_with_normal_forms(term: Term, value: Term, result: Term) -> None:
    """The normal form of t, with v put for x, is that of the term with v put for x."""
    ctx = context()
    place = ctx.atoms.intern("name", "x")
    image = ctx.normal.substituted(ctx.normal.value(term), {place: ctx.normal.scalar(value)})
    difference = image - ctx.normal.value(result)  # type: ignore[operator]
    assert ctx.atoms.is_zero(difference)


def test_substitution_in_places_of_residues_and_integers() -> None:
    """Residues, representatives, deltas and entries are built anew."""
    ctx = context()
    normal, place = ctx.normal, ctx.atoms.intern("name", "i")
    for term, result in (
        (("lift", ("mod", "3", "i")), "1"),
        (("delta", ("mod", "3", "i"), "1"), "1"),
        (("delta", ("+", "p", "i"), "q"), ("delta", ("+", "p", "4"), "q")),
        (("lift", ("+", "p", "i")), ("lift", ("+", "p", "4"))),
        (("entry", "A", "i", "j"), ("entry", "A", "4", "j")),
        (("app", "c", "i"), ("app", "c", "4")),
        (("sum", "j", ("+", "i", "j"), ("/", "1", ("+", "1", ("^", a("#0"), "2")))),
         ("sum", "j", ("+", "4", "j"), ("/", "1", ("+", "1", ("^", a("#0"), "2"))))),
        (("sum", "1", "i", a(("*", "#0", "i"))), ("sum", "1", "4", a(("*", "#0", "4")))),
        (("app", "w", "i"), ("app", "w", "4")),
        (("sum", "1", "j", ("*", a(("*", "#0", "i")), ("app", "w", "#0"))),
         ("sum", "1", "j", ("*", a(("*", "#0", "4")), ("app", "w", "#0")))),
    ):  # fmt: skip
        image = normal.substituted(normal.value(term), {place: number(4)})
        difference = image - normal.value(result)  # type: ignore[operator]
        assert ctx.atoms.is_zero(difference), term


def test_a_delta_has_no_sign() -> None:
    """δ(p − q) is δ(q − p), and δ of a multiple of the size is 1."""
    ctx = context()
    images: Images = ctx.normal
    p, q, n = (ctx.normal.scalar(name) for name in "pqn")
    assert images.equal(Residue("n", n * p)).constant() == 1
    forward, backward = images.equal(Residue("n", p - q)), images.equal(Residue("n", q - p))
    assert forward.over == backward.over


def test_a_binder_captures_no_variable_of_an_outer_one() -> None:
    """A sum inside of another, whose variable has the number that it would take itself."""
    ctx = context()
    normal, atoms = ctx.normal, ctx.atoms
    outer, x = atoms.index(1), atoms.intern("name", "x")
    body = atom(atoms.intern("app", "f", atom(x) * atom(outer)))
    row = atoms.rows[normal.bound("integral", x, body, number(0), number(1))]
    assert row.height == 2 and outer in row.free


# ---------------------------------------------------------------- agreement with values

ENDS = st.sampled_from(["i", "j", ("+", "i", "2"), ("+", "j", "-1"), "1", "3", "0"])


@st.composite
def terms(draw: Any, depth: int, integers: int = 0) -> Term:
    """A number: ``integers`` is how many indices of sums may stand in it."""
    leaves = ["x", "y", "i", "j", "2", "-1/2", *(f"#{k}" for k in range(integers))]
    kinds = ["leaf", "a", "+", "*", "-", "/", "^", "abs", "f", "sum", "inner", "nested"]
    kind = draw(st.sampled_from(kinds)) if depth else draw(st.sampled_from(["leaf", "a"]))
    part = terms(depth - 1, integers)
    if kind == "leaf":
        return draw(st.sampled_from(leaves))
    if kind == "a":
        return a(draw(places(integers)))
    if kind in ("-", "abs"):
        return (kind, draw(part))
    if kind == "^":
        return (kind, draw(part), draw(st.sampled_from("0123")))
    if kind == "f":
        return ("app", "f", draw(part))
    if kind == "inner":
        vector = st.sampled_from(["u", "v"]) | places(integers).map(lambda k: ("app", "w", k))
        return ("inner", draw(vector), draw(vector))
    if kind in ("sum", "nested"):
        low, high = draw(ends(integers)), draw(ends(integers))
        if kind == "nested":
            moved = ("*", draw(terms(depth - 1, integers + 1)), ("app", "w", "#0"))
            return ("inner", draw(st.sampled_from(["u", "v"])), ("sum", low, high, moved))
        return ("sum", low, high, draw(terms(depth - 1, integers + 1)))
    return (kind, draw(part), draw(part))


def places(integers: int) -> st.SearchStrategy[Term]:
    """Integers at which sequences are taken."""
    index = st.sampled_from(["i", "j", "1", *(f"#{k}" for k in range(integers))])
    return st.one_of(index, st.tuples(st.just("+"), index, st.sampled_from(["1", "-1", "2"])))


def ends(integers: int) -> st.SearchStrategy[Term]:
    return st.one_of(ENDS, places(integers))


POINTS = st.fixed_dictionaries(
    {
        "x": st.fractions(-2, 2, max_denominator=2),
        "y": st.fractions(-2, 2, max_denominator=2),
        "i": st.integers(-1, 3).map(Fraction),
        "j": st.integers(0, 4).map(Fraction),
    }
).map(Point)
FACTS: list[Term] = [
    ("<=", "0", "i"),
    ("<", "0", "i"),
    ("<=", "i", "j"),
    ("<=", "0", "x"),
    ("<", "x", "0"),
    ("<=", "x", "1"),
    ("!=", "y", "0"),
    ("=", "i", "0"),
]


@settings(max_examples=400, deadline=None)
@given(POINTS, terms(3), st.booleans())
def test_a_normal_form_is_the_value_of_its_term(point: Point, term: Term, informed: bool) -> None:
    """At every point at which the term is defined, whatever true facts are known."""
    expected = point.of(term)
    facts = true_at(point, FACTS) if informed else []
    ctx = context(*facts)
    try:
        form = ctx.normal.scalar(term)
    except Rejected as refusal:
        assert refusal.code in ("UNSUPPORTED", "TOO_LARGE", "DIVISION_BY_ZERO")
        assume(False)
    rows = ctx.atoms.rows
    assert point.at(form, rows, {}) == expected


@settings(max_examples=200, deadline=None)
@given(POINTS, terms(2), terms(2))
def test_terms_of_one_normal_form_have_one_value(point: Point, left: Term, right: Term) -> None:
    """Whatever is identified is equal where both sides are defined."""
    expected, other = point.of(left), point.of(right)
    try:
        equal = context().equal(left, right)
    except Rejected:
        assume(False)
    assert expected == other or not equal


def test_the_sum_of_a_constant_over_a_range_that_may_be_empty() -> None:
    """Σ_{t=1}^i x/i is x for 1 ≤ i, and 0 for i = 0."""
    share = ("sum", "1", "i", ("/", "x", "i"))
    assert context(("<=", "1", "i")).equal(share, "x")
    assert not context(("<=", "0", "i")).equal(share, "x")
    assert not context(("=", "i", "0")).equal(share, "x")
