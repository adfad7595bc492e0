"""Enclosures of closed terms, and the rule that decides relations by them."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

import mpmath
import pytest
from kernel_goals import COMBINE, FALSE, goal, plain, proof_text, prove, refute

from therefore.kernel import Kernel, Rejected
from therefore.kernel.enclosures import Enclosure
from therefore.kernel.intervals import Intervals, point

Term = Any


def enclose(bits: str = "64") -> dict[str, str]:
    return {"rule": "enclose", "bits": bits}


def mod(size: str, number: str) -> Term:
    return ("mod", size, number)


SIGMA = ("lambda", "real", ("/", "1", ("+", "1", ("exp", ("-", "#0")))))
ROWS = ("rows", ("row", "1", "2"), ("row", "3", "4"))
U = ("vector", "1", "2")
TABLE = ("table", "1", ("exp", "1"), "5")
CYCLE = ("cycle", ("pi",), "1", "2")
SQUARE = ("lambda", ("vector", "2"), ("exp", ("inner", "#0", "#0")))


def near(term: Term, value: str) -> list[Term]:
    """Two relations that say that the term is the number, to six digits behind the point."""
    middle = Fraction(value)
    ends = (middle - Fraction(1, 10**6), middle + Fraction(1, 10**6))
    return [("<", str(ends[0]), term), ("<", term, str(ends[1]))]


VALUES: list[tuple[Term, str]] = [
    (("pi",), "3.141593"),
    (("app", SIGMA, "2"), "0.880797"),
    (("+", ("*", ("cos", "1"), ("cos", "2")), ("app", SIGMA, "2")), "0.655952"),
    (("log", "3"), "1.098612"),
    (("-", ("sin", "1")), "-0.841471"),
    (("/", ("sqrt", "2"), "2"), "0.707107"),
    (("^", ("exp", "1/2"), "2"), "2.718282"),
    (("abs", ("cos", "2")), "0.416147"),
    (("norm", U), "2.236068"),
    (("inner", ("+", U, ("zero", "2")), ("*", U, "2", "3/2")), "15"),
    (("inner", ("/", U, "2"), ("-", U)), "-2.5"),
    (("sum", "1", "3", ("exp", ("-", "#0"))), "0.553002"),
    (("sum", "1", "0", ("exp", "#0")), "0"),
    (("norm", ("sum", "1", "0", ("*", "#0", U))), "0"),
    (("sum_mod", "3", ("exp", ("app", ("cycle", "0", "1", "2"), "#0"))), "11.107338"),
    (("app", TABLE, "1"), "2.718282"),
    (("app", TABLE, "7"), "0"),
    (("inner", ("app", ("table", "0", U), "4"), U), "0"),
    (("app", CYCLE, mod("3", "-3")), "3.141593"),
    (("app", ("lambda", "real", ("lambda", "real", ("+", "#0", ("*", "#1", "2")))), "1", "3"), "5"),
    (("app", ("lambda", "integer", ("sum", "1", "#0", "#0")), ("+", "1", "2")), "6"),
    (("app", ("lambda", "size", ("sum", "1", "#0", "2")), "3"), "6"),
    (("app", ("lambda", ("vector", "2"), ("inner", "#0", "#0")), U), "5"),
    (("app", ("lambda", ("residue", "3"), ("app", CYCLE, "#0")), "3"), "3.141593"),
    (("app", ("lambda", ("matrix", "2", "2"), ("entry", "#0", mod("2", "1"), mod("2", "3"))),
      ROWS), "4"),
    (("derivative", ("app", SIGMA, "#0"), "2"), "0.104994"),
    (("derivative", ("derivative", ("log", "#0"), "#0"), "3"), "-0.111111"),
    (("inner", ("gradient", SQUARE, ("vector", "1", "0")), U), "5.436564"),
    (("entry", ("matmul", ROWS, U), mod("2", "1")), "11"),
    (("entry", ("matmul", ROWS, ROWS), mod("2", "0"), mod("2", "1")), "10"),
    (("entry", ("transpose", ROWS), mod("2", "0"), mod("2", "1")), "3"),
    (("entry", ("outer", U, U), mod("2", "1"), mod("2", "1")), "4"),
    (("entry", ("+", ROWS, ("*", "2", ROWS)), mod("2", "1"), mod("2", "1")), "12"),
    (("entry", ("identity", "2"), mod("2", "1"), mod("2", "1")), "1"),
    (("entry", ("zero", "2", "2"), mod("2", "1"), mod("2", "1")), "0"),
    (("inner", ("unit", "2", mod("2", "1")), U), "2"),
    (("trace", ROWS), "5"),
    (("det", ROWS), "-2"),
    (("det", ("rows", ("row", "0", "1", "2"), ("row", "3", "0", "1"), ("row", "1", "1", "0"))),
     "7"),
    (("entry", ("matrix", "2", "2", ("+", ("delta", "#0", "#1"), ("lift", "#1"))),
      mod("2", "1"), mod("2", "1")), "2"),
    (("delta", mod("3", "4"), "1"), "1"),
    (("delta", "4", "1"), "0"),
    (("delta", ("+", "1", "1"), "2"), "1"),
    (("lift", ("+", mod("3", "2"), mod("3", "2"))), "1"),
]  # fmt: skip
INSTANCES = [(relation, k) for k, pair in enumerate(VALUES) for relation in near(*pair)]


@pytest.mark.parametrize(("relation", "k"), INSTANCES)
def test_a_closed_relation_is_decided(relation: Term, k: int) -> None:
    assert prove(goal(relation), enclose()).kind == "proof"


@pytest.mark.parametrize(("relation", "k"), INSTANCES)
def test_its_opposite_is_not(relation: Term, k: int) -> None:
    with pytest.raises(Rejected) as refusal:
        prove(goal(("<", relation[2], relation[1])), enclose())
    assert refusal.value.code == "UNDECIDED"


@pytest.mark.parametrize(
    ("term", "value"), [(t, v) for t, v in VALUES if t[0] == "app" and t[1][0] == "lambda"], ids=str
)
def test_an_applied_function_is_enclosed_as_it_stands(term: Term, value: str) -> None:
    """The door puts most arguments in their places before; here they are not."""
    low, high = Enclosure(64, lambda _: None).number(term)
    assert abs(low - Fraction(value)) < Fraction(1, 10**6) > abs(high - Fraction(value))


@pytest.mark.parametrize(
    "relation",
    [
        ("<=", "1/3", "1/3"),
        ("<", ("app", ("lambda", "real", "1"), ("log", "2")), "2"),
        ("<=", ("sqrt", "4"), "2"),
        ("<=", ("cos", "0"), "1"),
        ("!=", ("exp", "1"), "2718281828/1000000000"),
        ("!=", "3", ("pi",)),
    ],
    ids=str,
)
def test_equal_ends_and_differences_are_seen(relation: Term) -> None:
    assert prove(goal(relation), enclose()).kind == "proof"


@pytest.mark.parametrize(
    ("relation", "code"),
    [
        (("<", "0", ("log", "-1")), "UNDEFINED"),
        (("<", ("*", "0", ("/", "1", ("+", ("exp", "1"), ("-", ("exp", "1"))))), "1"), "UNDEFINED"),
        (("<", ("^", ("sqrt", "-1"), "0"), "2"), "UNDEFINED"),
        (("<", ("app", ("lambda", "real", "1"), ("log", "0")), "2"), "UNDEFINED"),
        (("<", ("app", ("table", "0", "1", ("log", "0")), "0"), "2"), "UNDEFINED"),
        (("<", ("app", ("cycle", "1", ("log", "0")), "0"), "2"), "UNDEFINED"),
        (("<", ("sum", "1", "-1", "1"), "1"), "UNDEFINED"),
        (("<", ("derivative", ("abs", "#0"), "0"), "2"), "UNDEFINED"),
        (("<", ("derivative", ("log", "#0"), "-1"), "2"), "UNDEFINED"),
        (("<", ("sum", "1", "2000", "1"), "0"), "TOO_LARGE"),
        (("<", ("sum_mod", "2000", "1"), "0"), "TOO_LARGE"),
        (("<", ("sum", "1", "999", ("sum", "1", "999", ("*", "#0", "#1"))), "0"), "TOO_LARGE"),
        (("<", ("exp", "1000000000"), "0"), "TOO_LARGE"),
        (("<", ("^", ("^", ("^", ("exp", "9"), "64"), "64"), "64"), "0"), "TOO_LARGE"),
        (("<", ("trace", ("identity", "40")), "0"), "TOO_LARGE"),
        (("<", ("det", ("identity", "6")), "0"), "TOO_LARGE"),
        (("<=", ("sum", "1", ("lift", mod("3", "1")), ("norm", ("vector", "#0"))), "0"),
         "UNDECIDED"),
        (("<=", ("pi",), ("pi",)), "UNDECIDED"),
        (("<", ("pi",), ("pi",)), "UNDECIDED"),
        (("!=", ("sqrt", "2"), ("sqrt", "2")), "UNDECIDED"),
        (("<", ("trace", ("inverse", ROWS)), "1"), "UNSUPPORTED"),
        (("!=", "0", mod("3", "3")), "WRONG_GOAL"),
        (("!=", U, U), "WRONG_GOAL"),
        (("=", "1", "1"), "WRONG_GOAL"),
        (FALSE, "WRONG_GOAL"),
    ],
    ids=str,
)  # fmt: skip
def test_what_enclosures_do_not_show_is_refused(relation: Term, code: str) -> None:
    with pytest.raises(Rejected) as refusal:
        prove(goal(relation), enclose())
    assert refusal.value.code == code


@pytest.mark.parametrize(
    "term",
    [
        "x",
        ("app", "g", "1"),
        ("inner", ("gradient", "f", U), U),
        ("app", ("lambda", "real", "x"), "1"),
    ],
    ids=str,
)
def test_a_name_is_not_closed(term: Term) -> None:
    on_reals = ("function", ("real",), "real")
    names = {"x": "real", "g": on_reals, "f": ("function", (("vector", "2"),), "real")}
    with pytest.raises(Rejected) as refusal:
        prove(goal(("<", term, ("+", term, "1")), names=names), enclose())
    assert refusal.value.code == "NOT_CLOSED"


@pytest.mark.parametrize("bits", ["0", "2001", "x", "-1", "", "1.5"])
def test_the_bits_are_a_number_within_limits(bits: str) -> None:
    with pytest.raises(Rejected) as refusal:
        prove(goal(("<", "0", "1")), enclose(bits))
    assert refusal.value.code == "MALFORMED"


@pytest.mark.parametrize(
    ("method", "term"),
    [
        ("number", U),
        ("coordinates", "1"),
        ("coordinates", ROWS),
        ("value", ("+", U, "1")),
        ("value", ("*", U, U)),
    ],
)
def test_a_term_of_another_sort_is_refused(method: str, term: Term) -> None:
    """Terms are typed before; enclosures look all the same."""
    with pytest.raises(Rejected) as refusal:
        getattr(Enclosure(64, lambda _: None), method)(term)
    assert refusal.value.code == "ILL_TYPED"


def test_a_place_must_be_seen_to_be_an_integer() -> None:
    enclosure = Enclosure(64, lambda _: None)
    with pytest.raises(Rejected) as refusal:
        enclosure.value(("sum", "1", ("+", ("log", "2"), ("-", ("log", "1"))), "1"))
    assert refusal.value.code == "UNDECIDED"


def test_more_bits_decide_more() -> None:
    close = ("<", ("exp", "1"), "271828182845904523536028747136/100000000000000000000000000000")
    with pytest.raises(Rejected):
        prove(goal(close), enclose("64"))
    assert prove(goal(close), enclose("128")).kind == "proof"


def test_a_logarithm_of_a_negative_number_refutes() -> None:
    claim = goal(("=", ("exp", ("log", "x")), "x"), names={"x": "real"})
    undefined = {"rule": "undefined", "part": "1", "obligation": "0", "proof": enclose()}
    assert refute(claim, {"x": "-1"}, undefined).kind == "refutation"
    with pytest.raises(Rejected):
        refute(claim, {"x": "1"}, undefined)


def test_a_line_is_refuted_by_its_value() -> None:
    claim = goal(("<=", ("exp", "x"), ("+", "1", "x")), names={"x": "real"})
    assert refute(claim, {"x": "1"}, enclose()).kind == "refutation"
    with pytest.raises(Rejected):
        refute(claim, {"x": "0"}, enclose())


def _random_term(rng: random.Random, depth: int) -> Term:
    if depth == 0 or rng.random() < 0.1:
        return rng.choice(["0", "1", "-2", "1/3", "22/7", ("pi",)])
    head = rng.choice(["+", "*", "-", "/", "^", "abs", "sqrt", "exp", "log", "sin", "cos"])
    parts = [_random_term(rng, depth - 1) for _ in range(2)]
    if head == "^":
        return (head, parts[0], str(rng.randint(0, 3)))
    return (head, *parts) if head in ("+", "*", "/") else (head, parts[0])


def _meaning(term: Term) -> Any:
    if isinstance(term, str):
        number = Fraction(term)
        return mpmath.mpf(number.numerator) / number.denominator
    head, *parts = term
    if head == "pi":
        return mpmath.pi
    if head == "^":
        return _meaning(parts[0]) ** int(parts[1])
    values = [_meaning(part) for part in parts]
    return {
        "+": lambda a, b: a + b, "*": lambda a, b: a * b, "/": lambda a, b: a / b,
        "-": lambda a: -a, "abs": abs, "sqrt": mpmath.sqrt, "exp": mpmath.exp,
        "log": mpmath.log, "sin": mpmath.sin, "cos": mpmath.cos,
    }[head](*values)  # fmt: skip


@pytest.mark.parametrize("seed", range(300))
def test_the_enclosure_of_a_random_term_holds_its_value(seed: int) -> None:
    rng = random.Random(seed)
    term = _random_term(rng, 5)
    try:
        low, high = Enclosure(rng.choice([6, 30, 100, 300]), lambda _: None).number(term)
    except Rejected as no:
        assert no.code in ("UNDEFINED", "TOO_LARGE")
        return
    with mpmath.workprec(3000):
        value = _meaning(term)
        tiny = mpmath.mpf(2) ** -2000
        assert mpmath.mpf(low.numerator) / low.denominator <= value + tiny, term
        assert value <= mpmath.mpf(high.numerator) / high.denominator + tiny, term


def test_a_damaged_certificate_proves_nothing_false() -> None:
    """The bits, the rule and the goal are changed: what is accepted is true all the same."""
    rng = random.Random(5)
    true, false = ("<", "31/10", ("pi",)), ("<", ("pi",), "31/10")
    for _ in range(200):
        bits = rng.choice([str(rng.randint(-5, 2100)), "", "x", "64 ", "٦٤", "1/2"])
        name = rng.choice(["enclose", "inspect", "combine", "deny", "suppose"])
        for relation in (false, ("not", true)):
            claim = goal(relation)
            text = proof_text(claim, plain({"rule": name, "bits": bits}))
            with pytest.raises(Rejected):
                Kernel().accept(claim.to_text(), text)


def test_not_is_shown_by_the_negation() -> None:
    true = ("not", ("<", ("exp", "1"), "2"))
    assert prove(goal(true), {"rule": "deny", "proof": enclose()}).kind == "proof"
    both = ("not", ("and", ("<", "0", "1"), ("=", "0", "1")))
    second = {"rule": "choose", "part": "2", "proof": {"rule": "inspect"}}
    assert prove(goal(both), {"rule": "deny", "proof": second}).kind == "proof"


@pytest.mark.parametrize(
    ("formula", "code"),
    [
        (("<", "0", "1"), "WRONG_GOAL"),
        (("not", ("tends", "#0", "+oo", "0")), "WRONG_GOAL"),
        (("not", FALSE), "UNSUPPORTED"),
        (("not", ("=", ("/", "1", "0"), "1")), "UNDEFINED"),
        (("not", ("<", "0", "1")), "NOT_EQUAL"),
    ],
    ids=str,
)
def test_deny_refuses(formula: Term, code: str) -> None:
    with pytest.raises(Rejected) as refusal:
        prove(goal(formula), {"rule": "deny", "proof": COMBINE})
    assert refusal.value.code in (code, "NOT_STRICT" if code == "NOT_EQUAL" else code)


def test_not_is_known_as_the_negation() -> None:
    positive = ("not", ("<=", "x", "0"))
    claim = goal(("<", "0", "x"), positive, names={"x": "real"})
    given = [{"rule": "deny", "proof": {"rule": "inspect"}}]
    assert prove(claim, {"rule": "inspect"}, {"x": "1"}, given).kind == "proof"


def test_ends_and_points() -> None:
    assert Intervals(3).rounded(Fraction(1, 3), Fraction(1, 3)) == point(Fraction(1, 3))
    assert Intervals(1).rounded(Fraction(1, 3), Fraction(1, 3)) == (0, Fraction(1, 2))
