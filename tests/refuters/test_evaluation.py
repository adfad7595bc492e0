"""Both evaluators against values worked out by hand."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from five_claims import minus
from interpreting import batch, exact, problem_of

from therefore.refuters.exact import Array, ExactInterpreter
from therefore.refuters.jets import Undefined
from therefore.refuters.logic import Truth, conjunction, disjunction, implication
from therefore.refuters.values import Unreadable

DECLARATIONS = {
    "T": "size",
    "d": "size",
    "n": "size",
    "k": "integer",
    "i": ("residue", "n"),
    "x": "real",
    "u": ("vector", "d"),
    "v": ("vector", "d"),
    "w": ("function", ("integer",), ("vector", "d")),
    "a": ("function", ("integer",), "real"),
    "c": ("function", (("residue", "n"),), "real"),
    "M": ("matrix", "n", "n"),
}
SIZES = {"T": 3, "d": 2, "n": 3, "k": -1, "i": 2}
CELLS = {
    ("x",): "1/2",
    ("u",): ["3", "-4"],
    ("v",): ["1", "2"],
    **{("w", t): [str(t), "1"] for t in range(0, 6)},
    **{("a", t): str(t * t) for t in range(-3, 6)},
    **{("c", r): str(r + 1) for r in range(3)},
    **{("M", r, s): str(3 * r + s) for r in range(3) for s in range(3)},
}
DEFINITIONS = (
    ("g", ("real",), ("/", "#0", ("+", "1", ("abs", "#0")))),
    ("p", ("real", "real"), ("+", "#1", ("*", "10", "#0"))),
    ("total", (), ("sum", "1", "T", ("app", "a", "#0"))),
    ("q", (("vector", "d"),), ("*", "1/2", ("inner", "#0", "#0"))),
)
EXACT = exact(DECLARATIONS, sizes=SIZES, cells=CELLS, definitions=DEFINITIONS)
BATCH = batch(DECLARATIONS, sizes=SIZES, cells=CELLS, definitions=DEFINITIONS)

SCALARS = [
    ("7", 7),
    ("-3/4", "-3/4"),
    (("+", "x", "1", "T"), "9/2"),
    (("-", "x"), "-1/2"),
    (("*", "2", "x", "k"), -1),
    (("/", "x", "T"), "1/6"),
    (("^", "x", "3"), "1/8"),
    (("^", "x", "0"), 1),
    (("power", "x", "T"), "1/8"),
    (("power", "0", ("+", "k", "1")), 1),
    (("power", "x", "k"), 2),
    (("entry", ("power", "M", "2"), "0", "1"), 18),
    (("entry", ("power", "M", "0"), "1", "1"), 1),
    (("entry", ("sum", "0", "T", ("power", "M", "#0")), "0", "0"), 196),
    (("entry", ("sum", "1", "0", ("power", "M", "#0")), "0", "0"), 0),
    (("abs", ("-", "x")), "1/2"),
    (("sqrt", "9/4"), "3/2"),
    (("^", ("sqrt", "2"), "2"), 2),
    (("inner", "u", "v"), -5),
    (("norm", "u"), 5),
    (("^", ("norm", ("+", "u", "v")), "2"), 20),
    (("inner", ("/", "u", "2"), ("vector", "2", "0")), 3),
    (("inner", "u", ("zero", "d")), 0),
    # sums: plain, empty, nested with a bound that depends on the outer index
    (("sum", "1", "T", ("app", "a", "#0")), 14),
    (("sum", "1", "0", ("app", "a", "#0")), 0),
    (("sum", "5", "1", "#0"), 0),
    (("sum", "1", "T", ("sum", "1", "#0", ("*", "#0", "#1"))), 25),
    (("inner", ("sum", "1", "T", ("app", "w", "#0")), "v"), 12),
    (("norm", ("sum", "1", "0", ("app", "w", "#0"))), 0),
    (("inner", ("*", "x", ("sum", "1", "0", ("app", "w", "#0"))), "v"), 0),
    # residues
    (("sum_mod", "n", ("app", "c", "#0")), 6),
    (("app", "c", ("+", "i", "1")), 1),
    (("app", "c", ("-", "i")), 2),
    (("app", "c", ("*", "i", "i")), 2),
    (("app", "c", "5"), 3),
    (("delta", "i", "-1"), 1),
    (("delta", ("+", "i", "1"), "1"), 0),
    (("lift", ("+", "i", "2")), 1),
    (("sum_mod", "n", ("*", ("delta", "#0", ("+", "i", "1")), ("app", "c", "#0"))), 1),
    # matrices
    (("entry", "M", "1", "i"), 5),
    (("entry", "M", ("+", "i", "1"), "0"), 0),
    (("entry", ("matrix", "n", "n", ("delta", "#1", ("+", "#0", "1"))), "1", "0"), 1),
    (("entry", ("matmul", "M", "M"), "1", "2"), 66),
    (("entry", ("+", "M", ("*", "2", ("-", "M"))), "2", "2"), -8),
    (("entry", ("rows", ("row", "1", "2"), ("row", "3", "4")), "1", "0"), 3),
    # definitions and literals
    (("app", "g", "x"), "1/3"),
    (("app", "p", "1", "2"), 21),
    ("total", 14),
    (("app", ("lambda", "real", ("^", "#0", "2")), "x"), "1/4"),
    (("app", ("lambda", "real", ("lambda", "real", ("/", "#1", "#0"))), "1", "4"), "1/4"),
    (("app", ("table", "1", "5", "7"), "2"), 7),
    (("app", ("table", "1", "5", "7"), "3"), 0),
    # calculus
    (("derivative", ("^", "#0", "3"), "x"), "3/4"),
    (("derivative", ("app", "g", "#0"), "0"), 1),
    (("derivative", ("app", "g", "#0"), "-1"), "1/4"),
    (("derivative", ("*", "#0", ("abs", "#0")), "0"), 0),
    (("derivative", ("derivative", ("^", "#0", "3"), "#0"), "2"), 12),
    (("derivative", ("sqrt", ("+", "2", "#0")), "2"), "1/4"),
    (("derivative", ("norm", ("vector", "#0", "3")), "4"), "4/5"),
    (("inner", ("gradient", "q", "u"), "v"), -5),
    (("inner", ("gradient", ("lambda", ("vector", "d"), ("norm", "#0")), "u"), "v"), -1),
]


@pytest.mark.parametrize(("term", "value"), SCALARS, ids=str)
def test_a_scalar_has_the_value_worked_out_by_hand(term: object, value: object) -> None:
    assert EXACT.term(term) == Fraction(value)
    near = np.broadcast_to(np.asarray(BATCH.term(term), dtype=float), (2,))
    assert near == pytest.approx([float(Fraction(value))] * 2, rel=1e-7, abs=1e-9)


def test_members_have_the_sizes_of_their_index() -> None:
    """The sizes are chosen once, by the other sizes; vectors and matrices are drawn to fit them."""
    names = {
        "n": ("function", ("integer",), "size"),
        "m": "size",
        "J": ("family", ("matrix", ("app", "n", "#0"), ("app", "n", ("+", "#0", "-1")))),
        "v": ("family", ("vector", ("app", "n", "#0"))),
    }

    def drawn(key: object, sort: object) -> object:
        shape = [interpreter.size(part) for part in sort[1:]]
        shapes[key] = shape
        rows = [Array((Fraction(1),) * shape[-1])] * shape[0]
        return Array(tuple(rows)) if len(shape) == 2 else rows[0]

    shapes: dict[object, list[int]] = {}
    interpreter = ExactInterpreter(problem_of(names), {"m": 2}, draw=drawn)
    sizes = [interpreter.term(("app", "n", str(k))) for k in range(4)]
    assert set(sizes) <= {1, 2, 3} and len(set(sizes)) > 1
    image = interpreter.term(("matmul", ("app", "J", "2"), ("app", "v", "1")))
    assert shapes == {("J", 2): [sizes[2], sizes[1]], ("v", 1): [sizes[1]]}
    assert image == Array((Fraction(sizes[1]),) * sizes[2])
    assert interpreter.term(("trace", ("identity", ("app", "n", "3")))) == sizes[3]


def test_vectors_and_matrices_have_their_shapes() -> None:
    assert EXACT.term(("+", "u", ("*", "x", "v"))) == Array((Fraction(7, 2), Fraction(-3)))
    assert BATCH.term(("+", "u", ("*", "x", "v"))).shape == (2, 2)
    assert BATCH.term(("matmul", "M", "M")).shape == (2, 3, 3)
    assert EXACT.term(("sum", "1", "0", ("app", "w", "#0"))) == Array((Fraction(0),) * 2)


UNDEFINED = [
    ("/", "1", ("+", "x", "-1/2")),
    ("*", "0", ("/", "1", "0")),
    ("^", ("/", "1", "0"), "0"),
    ("sqrt", "-1"),
    ("^", ("sqrt", "-1"), "2"),
    ("derivative", ("abs", "#0"), "0"),
    ("derivative", ("/", "1", "#0"), "0"),
    ("norm", ("gradient", ("lambda", ("vector", "d"), ("norm", "#0")), ("zero", "d"))),
]


@pytest.mark.parametrize("term", UNDEFINED, ids=str)
def test_an_undefined_term_is_undefined_and_makes_its_formula_so(term: object) -> None:
    with pytest.raises(Undefined):
        EXACT.term(term)
    for relation in ("=", "<=", "<", "!="):
        assert EXACT.formula((relation, term, term)) == Truth.UNDEFINED
        assert np.all(np.asarray(BATCH.formula((relation, term, term))) == Truth.UNDEFINED)


def test_an_irrational_root_is_exact_and_what_is_beyond_it_has_enclosures() -> None:
    nested = ("sqrt", ("+", "1", ("sqrt", "2")))
    assert EXACT.formula(("<", nested, "1554/1000")) == Truth.TRUE
    assert EXACT.formula(("<", nested, "1553/1000")) == Truth.FALSE
    assert EXACT.formula(("=", nested, nested)) == Truth.PLAUSIBLE  # no enclosure can tell
    assert EXACT.formula(("<", ("sqrt", "2"), "3/2")) == Truth.TRUE
    assert EXACT.formula(("=", ("*", ("sqrt", "2"), ("sqrt", "8")), "4")) == Truth.TRUE
    assert EXACT.formula(("<", ("sqrt", "2"), ("sqrt", "3"))) == Truth.TRUE


FALSE, TRUE, PLAUSIBLE = Truth.FALSE, Truth.TRUE, Truth.PLAUSIBLE
FORMULAS = [
    (("=", "u", ("vector", "3", "-4")), TRUE),
    (("!=", "u", "v"), TRUE),
    (("=", "i", "-1"), TRUE),
    (("=", "M", ("*", "1", "M")), TRUE),
    (("=", "M", ("matrix", "n", "n", "0")), FALSE),
    (("<", "x", "1/2"), FALSE),
    (("<=", "x", "1/2"), TRUE),
    (("false",), FALSE),
    (("and", ("<", "0", "x"), ("<", "x", "1")), TRUE),
    (("or", ("<", "x", "0"), ("<", "x", "1")), TRUE),
    # the premise guards the conclusion
    (("implies", ("!=", "0", "0"), ("=", ("/", "1", "0"), "1")), TRUE),
    (("or", ("=", "0", "0"), ("=", ("/", "1", "0"), "1")), TRUE),
    (("and", ("!=", "0", "0"), ("=", ("/", "1", "0"), "1")), FALSE),
    # quantifiers over whole numbers are enumerated
    (("forall", "integer", ("implies", ("<=", "1", "#0"), ("implies", ("<=", "#0", "T"),
        ("<=", ("app", "a", "#0"), "9")))), TRUE),
    (("forall", "integer", ("implies", ("<=", "1", "#0"), ("implies", ("<", "#0", "T"),
        ("<", ("app", "a", "#0"), "4")))), FALSE),
    (("forall", "integer", ("implies", ("<=", "1", "#0"), ("implies", ("<=", "#0", "0"),
        ("false",)))), TRUE),
    (("forall", "integer", ("implies", ("and", ("<=", "1", "#0"), ("<=", "#0", "T")),
        ("<=", "#0", "3"))), TRUE),
    (("forall", ("residue", "n"), ("<", "0", ("app", "c", "#0"))), TRUE),
    (("exists", ("residue", "n"), ("=", ("app", "c", "#0"), "3")), TRUE),
    (("exists", ("residue", "n"), ("=", ("app", "c", "#0"), "4")), FALSE),
    (("exists", "integer", ("and", ("<=", "1", "#0"), ("<=", "#0", "T"),
        ("=", ("app", "a", "#0"), "4"))), TRUE),
    (("exists", "integer", ("and", ("<=", "1", "#0"), ("<=", "#0", "T"),
        ("=", ("app", "a", "#0"), "5"))), FALSE),
    # quantifiers over real numbers and vectors are sampled: they can only be refuted
    (("forall", "real", ("<=", "0", ("^", "#0", "2"))), PLAUSIBLE),
    (("forall", "real", ("<", "0", ("^", "#0", "2"))), FALSE),
    (("forall", ("vector", "d"), ("<=", ("inner", "u", "#0"), "0")), FALSE),
    (("forall", "size", ("<=", "1", "#0")), PLAUSIBLE),
    (("forall", "integer", ("<=", "0", "#0")), FALSE),
    # what exists is found by solving
    (("exists", "real", ("=", ("*", "2", "#0"), "x")), TRUE),
    (("exists", "real", ("and", ("=", "#0", "x"), ("<", "#0", "0"))), Truth.UNKNOWN),
    (("exists", "real", ("and", ("=", "#0", "x"), ("=", "#0", "1"))), FALSE),
    (("exists", ("vector", "d"), ("=", ("+", "#0", "u"), "v")), TRUE),
    (("exists", ("function", (("residue", "n"),), "real"), ("forall", ("residue", "n"),
        ("=", ("app", "#1", "#0"), ("app", "c", ("-", "#0"))))), TRUE),
    (("exists", ("function", (("residue", "n"),), "real"),
        ("forall", ("residue", "n"), ("forall", ("residue", "n"),
            ("=", ("entry", "M", "#1", "#0"), ("app", "#2", minus("#1", "#0")))))), FALSE),
    # calculus
    (("has_derivative", ("abs", "#0"), "x", "1"), TRUE),
    (("has_derivative", ("abs", "#0"), "0", "0"), FALSE),
    (("has_derivative", ("/", "1", "#0"), "0", "0"), Truth.UNDEFINED),
    (("exists", "real", ("has_derivative", ("abs", "#0"), "0", "#0")), FALSE),
    (("not", ("exists", "real", ("has_derivative", ("abs", "#0"), "0", "#0"))), TRUE),
    (("exists", "real", ("has_derivative", ("/", "1", "#0"), "0", "#0")), Truth.UNDEFINED),
    (("differentiable", "q"), TRUE),
]  # fmt: skip


@pytest.mark.parametrize(("formula", "truth"), FORMULAS, ids=str)
def test_a_formula_has_the_truth_worked_out_by_hand(formula: object, truth: Truth) -> None:
    assert EXACT.formula(formula) == truth
    assert np.all(np.asarray(BATCH.formula(formula)) == truth)


LIMITS = [
    (("/", "1", "#0"), "0", TRUE),
    (("app", "g", "#0"), "1", TRUE),
    (("app", "g", "#0"), "0", FALSE),
    (("derivative", ("app", "g", "#0"), "#0"), "0", TRUE),
    (("/", ("+", ("^", "#0", "2"), "1"), ("+", ("*", "2", ("^", "#0", "2")), "#0")), "1/2", TRUE),
    ("#0", "0", FALSE),
    (("+", "#0", ("-", "#0")), "0", TRUE),
    (("/", ("abs", "#0"), "#0"), "1", TRUE),
]


@pytest.mark.parametrize(("body", "value", "truth"), LIMITS, ids=str)
def test_a_limit_at_infinity(body: object, value: str, truth: Truth) -> None:
    formula = ("tends", body, "+oo", value)
    assert EXACT.formula(formula) == truth
    seen = np.asarray(BATCH.formula(formula))
    assert np.all(seen == (PLAUSIBLE if truth == TRUE else FALSE)), "far out is only a hint"


def test_the_sign_of_a_limit_depends_on_the_end() -> None:
    assert EXACT.formula(("tends", ("/", ("abs", "#0"), "#0"), "-oo", "-1")) == TRUE
    assert EXACT.formula(("tends", ("/", ("abs", "#0"), "#0"), "-oo", "1")) == FALSE


def test_near_equal_sides_agree_in_floats_and_only_there() -> None:
    third_thrice = ("+", ("/", "x", "3"), ("/", "x", "3"), ("/", "x", "3"))
    off = ("+", third_thrice, "1/1000000000000")
    assert np.all(BATCH.formula(("=", off, "x")) == TRUE)
    assert np.all(BATCH.formula(("<=", off, "x")) == TRUE)
    assert EXACT.formula(("=", off, "x")) == FALSE
    assert EXACT.formula(("=", third_thrice, "x")) == TRUE


@pytest.mark.parametrize("term", [("erf", "x"), "y", ("forall", "real", "x")])
def test_what_is_not_of_the_language_is_refused(term: object) -> None:
    with pytest.raises(Unreadable):
        EXACT.term(term)


def test_the_connectives_read_from_left_to_right() -> None:
    undefined, unknown = Truth.UNDEFINED, Truth.UNKNOWN
    assert conjunction(FALSE, undefined) == FALSE
    assert conjunction(undefined, FALSE) == undefined
    assert conjunction(unknown, undefined) == unknown
    assert conjunction(PLAUSIBLE, TRUE) == PLAUSIBLE
    assert disjunction(TRUE, undefined) == TRUE
    assert disjunction(FALSE, undefined) == undefined
    assert disjunction(unknown, undefined) == unknown
    assert implication(FALSE, undefined) == TRUE
    assert implication(undefined, TRUE) == undefined
    assert implication(PLAUSIBLE, FALSE) == unknown
    assert implication(unknown, TRUE) == TRUE
