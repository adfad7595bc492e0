"""Powers with a symbolic exponent, matrices given by their entries, and sums of matrices."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

import pytest
from kernel_goals import COMBINE, INSPECT, between, goal, prove, refute

from therefore.kernel import Rejected
from therefore.kernel.atoms import Atoms
from therefore.kernel.context import Context
from therefore.kernel.differential import differential
from therefore.kernel.polynomials import Scalar
from therefore.kernel.terms import sort_of

Term = Any
SQUARE = ("matrix", "n", "n")
NAMES: dict[str, Term] = {
    "n": "size",
    "m": "size",
    "T": "size",
    "i": "integer",
    "j": "integer",
    "k": "integer",
    "x": "real",
    "y": "real",
    "a": "real",
    "b": "real",
    "A": SQUARE,
    "B": SQUARE,
    "X": ("matrix", "m", "n"),
    "u": ("vector", "n"),
    "v": ("vector", "n"),
    "S": ("matrix", "2", "2"),
    "c": ("function", (("residue", "n"),), "real"),
    "w": ("function", ("integer",), ("vector", "n")),
    "h": ("function", ("integer",), "real"),
    "D": ("function", ("integer",), SQUARE),
    "p": ("residue", "n"),
    "q": ("residue", "n"),
}
SHIFT = ("matrix", "n", "n", ("delta", "#1", ("+", "#0", "1")))
ONE = ("identity", "n")


def power(base: Term, exponent: Term) -> Term:
    return ("power", base, exponent)


def plus(*parts: Term) -> Term:
    return ("+", *parts)


def minus(left: Term, right: Term) -> Term:
    return ("+", left, ("-", right))


def times(*parts: Term) -> Term:
    return ("*", *parts)


def mm(*parts: Term) -> Term:
    return parts[0] if len(parts) == 1 else ("matmul", parts[0], mm(*parts[1:]))


def at(matrix: Term) -> Term:
    return ("entry", matrix, "p", "q")


LAST = minus("n", "1")


def total(body: Term, low: Term = "0", high: Term = LAST) -> Term:
    return ("sum", low, high, body)


def context() -> Context:
    """i is any integer, j and k are natural numbers, a is positive and b not negative."""
    ctx = Context(Atoms())
    for name, sort in NAMES.items():
        ctx.declare(name, sort)
    for label, fact in enumerate(
        [("<=", "0", "j"), ("<=", "0", "k"), ("<", "0", "a"), ("<=", "0", "b")]
    ):
        ctx.assume(f"h{label}", fact)
    return ctx


NEXT = plus("k", "1")
STEP = minus(ONE, times("x", "A"))

EQUAL: list[tuple[Term, Term]] = [
    (
        total(("app", "h", "#0"), "0", plus("j", "k")),
        total(("app", "h", "#0"), "0", plus("k", "j")),
    ),
    (power("x", "0"), "1"),
    (power("0", "0"), "1"),
    (power("0", "3"), "0"),
    (power("1", "i"), "1"),
    (power("x", "3"), ("^", "x", "3")),
    (power("0", NEXT), "0"),
    (power("x", NEXT), times("x", power("x", "k"))),
    (power("x", plus("j", "k")), times(power("x", "j"), power("x", "k"))),
    (power("x", times("2", "k")), ("^", power("x", "k"), "2")),
    (power("x", "T"), times("x", power("x", minus("T", "1")))),
    (power("x", plus("T", "3")), times(("^", "x", "4"), power("x", minus("T", "1")))),
    (power("a", minus("i", "j")), ("/", power("a", "i"), power("a", "j"))),
    (power("a", minus("i", "2")), ("/", power("a", "i"), times("a", "a"))),
    (power("2", times("-3", "i")), ("/", "1", power("8", "i"))),
    (
        power(times("6", "x", "y"), "i"),
        times(power("2", "i"), power(times("3", "y"), "i"), power("x", "i")),
    ),
    (power(("/", "a", "4"), "i"), ("/", power("a", "i"), power("4", "i"))),
    (power(("/", "2", "3"), "i"), ("/", power("2", "i"), power("3", "i"))),
    (power("10403", "i"), times(power("10403", "i"), "1")),
    (power(("-", "x"), "i"), times(power("-1", "i"), power("x", "i"))),
    (times(power("-1", "i"), power("-1", "i")), "1"),
    (power("-1", times("2", "i")), "1"),
    (power(minus("2", times("2", "x")), "i"), times(power("2", "i"), power(minus("1", "x"), "i"))),
    (
        power(("/", "1", plus("1", ("^", "x", "2"))), "i"),
        ("/", "1", power(plus("1", ("^", "x", "2")), "i")),
    ),
    (
        ("sum", "0", "T", power("a", plus("#0", "1"))),
        times("a", ("sum", "0", "T", power("a", "#0"))),
    ),
    (
        minus(("sum", "1", "T", power("x", plus("#0", "1"))), ("sum", "1", "T", power("x", "#0"))),
        minus(power("x", plus("T", "1")), "x"),
    ),
    (power("a", times("100", "i")), power("a", times("i", "100"))),
    (power("A", "0"), ONE),
    (power("A", "2"), mm("A", "A")),
    (power(ONE, "i"), ONE),
    (power("A", NEXT), mm("A", power("A", "k"))),
    (power("A", NEXT), mm(power("A", "k"), "A")),
    (power("A", plus("j", "k")), mm(power("A", "k"), power("A", "j"))),
    (mm(power("A", "i"), power("A", "k")), mm(power("A", "k"), power("A", "i"))),
    (power(times("x", "A"), "i"), times(power("x", "i"), power("A", "i"))),
    (
        power(plus(times("2", "A"), times("2", "B")), "i"),
        times(power("2", "i"), power(plus("A", "B"), "i")),
    ),
    (power(mm("A", "B"), NEXT), mm(power(mm("A", "B"), "k"), "A", "B")),
    (mm(power(STEP, "k"), "A"), mm("A", power(STEP, "k"))),
    (mm(power(STEP, "k"), STEP), power(STEP, NEXT)),
    (("transpose", power("A", "i")), power(("transpose", "A"), "i")),
    (mm(("transpose", power("A", "k")), ("transpose", "A")), ("transpose", power("A", NEXT))),
    (
        power(plus("A", ("transpose", "A")), "i"),
        ("transpose", power(plus("A", ("transpose", "A")), "i")),
    ),
    (mm(power("S", NEXT), ("unit", "2", "0")), mm("S", power("S", "k"), ("unit", "2", "0"))),
    (
        ("inner", "u", mm(power("A", NEXT), "v")),
        ("inner", mm(("transpose", "A"), "u"), mm(power("A", "k"), "v")),
    ),
    (at(power(SHIFT, NEXT)), ("entry", power(SHIFT, "k"), minus("p", "1"), "q")),
    (at(power(SHIFT, "3")), ("delta", "p", plus("q", "3"))),
    (at(mm(SHIFT, power(SHIFT, "k"))), at(power(SHIFT, NEXT))),
    (at(mm("B", SHIFT)), ("entry", "B", "p", plus("q", "1"))),
    (at(("transpose", SHIFT)), ("delta", "q", plus("p", "1"))),
    (
        mm(("transpose", SHIFT), ("unit", "n", "p")),
        mm(("transpose", SHIFT), ("unit", "n", plus("p", "n"))),
    ),
    (("inner", ("unit", "n", "p"), mm(SHIFT, ("unit", "n", "q"))), ("delta", "p", plus("q", "1"))),
    (
        ("inner", ("unit", "n", "p"), mm(("transpose", SHIFT), ("unit", "n", "q"))),
        ("delta", "q", plus("p", "1")),
    ),
    (SHIFT, ("matrix", "n", "n", ("delta", ("+", "#0", "1"), "#1"))),
    (total(("app", "c", "#0")), ("sum_mod", "n", ("app", "c", "#0"))),
    (
        total(("app", "c", minus("p", "#0")), "3", plus("n", "2")),
        ("sum_mod", "n", ("app", "c", minus("p", "#0"))),
    ),
    (
        total(times(("app", "c", "#0"), ("delta", "p", plus("q", "#0")))),
        ("app", "c", minus("p", "q")),
    ),
    (
        total(("app", "c", "#0"), "0", "n"),
        plus(("sum_mod", "n", ("app", "c", "#0")), ("app", "c", "0")),
    ),
    (
        total(("app", "c", "#0"), "1"),
        minus(("sum_mod", "n", ("app", "c", "#0")), ("app", "c", "0")),
    ),
    (total(("app", "c", times("#0", "#0"))), ("sum_mod", "n", ("app", "c", times("#0", "#0")))),
    (total(("lift", ("mod", "n", plus("#0", "1")))), ("sum_mod", "n", ("lift", plus("#0", "1")))),
    (
        total(("app", "D", "#0"), "1", "T"),
        plus(total(("app", "D", "#0"), "1", minus("T", "1")), ("app", "D", "T")),
    ),
    (
        total(mm("A", ("app", "D", "#0"), "B"), "0", "T"),
        mm("A", total(("app", "D", "#0"), "0", "T"), "B"),
    ),
    (
        total(times(("app", "h", "#0"), "A"), "0", "T"),
        times(("sum", "0", "T", ("app", "h", "#0")), "A"),
    ),
    (
        total(("outer", "u", ("app", "w", "#0")), "0", "T"),
        ("outer", "u", ("sum", "0", "T", ("app", "w", "#0"))),
    ),
    (
        total(("outer", ("app", "w", "#0"), "u"), "0", "T"),
        ("outer", ("sum", "0", "T", ("app", "w", "#0")), "u"),
    ),
    (
        ("transpose", total(("outer", ("app", "w", "#0"), mm("A", ("app", "w", "#0"))), "0", "T")),
        ("transpose", total(("outer", ("app", "w", "#0"), mm("A", ("app", "w", "#0"))), "0", "T")),
    ),
    (
        total(("app", "D", plus("#0", "1")), "0", "T"),
        total(("app", "D", "#0"), "1", plus("T", "1")),
    ),
    (
        total(("app", "D", "#0"), "2", "4"),
        plus(("app", "D", "2"), ("app", "D", "3"), ("app", "D", "4")),
    ),
    (
        total(
            ("matrix", "n", "n", times(("app", "h", plus("#2", "1")), ("delta", "#1", "#0"))),
            "0",
            "T",
        ),
        total(
            ("matrix", "n", "n", times(("app", "h", "#2"), ("delta", "#1", "#0"))),
            "1",
            plus("T", "1"),
        ),
    ),
    (
        total(total(("app", "D", plus("#0", "#1")), "0", "T"), "0", "T"),
        total(total(("app", "D", plus("#1", "#0")), "0", "T"), "0", "T"),
    ),
    (at(total(("app", "D", "#0"), "0", "T")), ("sum", "0", "T", at(("app", "D", "#0")))),
    (
        ("transpose", total(("app", "D", "#0"), "0", "T")),
        ("transpose", total(("app", "D", "#0"), "0", "T")),
    ),
    (total(power("A", "#0"), "0", NEXT), plus(total(power("A", "#0"), "0", "k"), power("A", NEXT))),
]


@pytest.mark.parametrize(("left", "right"), EQUAL, ids=str)
def test_both_have_one_normal_form(left: Term, right: Term) -> None:
    assert context().equal(left, right)


DIFFERENT: list[tuple[Term, Term]] = [
    (power("x", plus("i", "1")), times("x", power("x", "i"))),  # 0^0 is 1, and i may be −1
    (power("x", plus("i", "j")), times(power("x", "i"), power("x", "j"))),
    (power("x", minus("i", "i")), "0"),
    (power("x", minus("j", "k")), ("/", power("x", "j"), power("x", "k"))),
    (power("0", "k"), "0"),
    (power("x", "k"), power("y", "k")),
    (power("-1", "i"), "1"),
    (power("A", plus("i", "1")), mm("A", power("A", "i"))),
    (power(mm("A", "B"), "k"), mm(power("A", "k"), power("B", "k"))),
    (mm(power("A", "k"), "B"), mm("B", power("A", "k"))),
    (mm(power(mm("A", "B"), "k"), "B"), mm("B", power(mm("A", "B"), "k"))),
    (mm(power(plus("A", "B"), "k"), "A"), mm("A", power(plus("A", "B"), "k"))),
    (SHIFT, ("transpose", SHIFT)),
    (SHIFT, ONE),
    (
        total(times("#0", ("app", "c", "#0"))),
        ("sum_mod", "n", times(("lift", "#0"), ("app", "c", "#0"))),
    ),
    (total(("app", "c", "#0"), "0", "T"), ("sum_mod", "n", ("app", "c", "#0"))),
    (total(("app", "h", "#0")), ("sum_mod", "n", ("app", "h", ("lift", "#0")))),
    (total(("lift", ("mod", "m", "#0"))), ("sum_mod", "n", ("lift", "#0"))),
    (total(("app", "D", "#0"), "0", "T"), total(("app", "D", "#0"), "1", "T")),
    (  # 1/c_0 may be undefined
        total(("/", "1", ("app", "c", "#0")), "1"),
        minus(("sum_mod", "n", ("/", "1", ("app", "c", "#0"))), ("/", "1", ("app", "c", "0"))),
    ),
    (total(mm("A", ("app", "D", "#0")), "0", "T"), mm(total(("app", "D", "#0"), "0", "T"), "A")),
]


@pytest.mark.parametrize(("left", "right"), DIFFERENT, ids=str)
def test_what_may_differ_is_not_identified(left: Term, right: Term) -> None:
    assert not context().equal(left, right)


def test_normal_forms_have_the_value_of_their_terms() -> None:
    """Powers of numbers, exponents put in after the normal form and before it."""
    rng = random.Random(4)
    exponents = [
        "k",
        "j",
        NEXT,
        plus("j", "k"),
        times("2", "k"),
        "T",
        minus("T", "1"),
        times("k", "T"),
    ]
    bases = [
        "x",
        "a",
        "2",
        "-1",
        "0",
        ("/", "x", "3"),
        minus("1", "x"),
        times("x", "a"),
        ("-", "a"),
        ("/", "1", "a"),
        times("12", "x"),
    ]
    for _ in range(60):
        base, exponent = rng.choice(bases), rng.choice(exponents)
        numbers = {"x": Fraction(rng.randint(-3, 3), 2), "a": Fraction(rng.randint(1, 5), 3)}
        numbers |= {name: Fraction(rng.randint(0, 3)) for name in ("j", "k")}
        numbers["T"] = Fraction(rng.randint(1, 3))
        ctx = context()
        form = ctx.normal.scalar(power(base, exponent))
        by = {ctx.atoms.intern("name", n): Scalar({(): v} if v else {}) for n, v in numbers.items()}
        found = ctx.normal.substituted(form, by)
        assert isinstance(found, Scalar)
        assert found.constant() == value(base, numbers) ** int(value(exponent, numbers))


def value(term: Term, numbers: dict[str, Fraction]) -> Fraction:
    if isinstance(term, str):
        return numbers[term] if term in numbers else Fraction(term)
    parts = [value(part, numbers) for part in term[1:]]
    if term[0] == "+":
        return sum(parts, Fraction(0))
    if term[0] == "-":
        return -parts[0]
    return parts[0] / parts[1] if term[0] == "/" else parts[0] * parts[1]


@pytest.mark.parametrize(
    ("fact", "is_seen"),
    [
        (("<", "0", power("a", "i")), True),
        (("<=", "0", power("b", "i")), True),
        (("<=", "0", power("x", times("2", "k"))), True),
        (("!=", power("2", "i"), "0"), True),
        (("!=", power("-3", "i"), "0"), True),
        (("<", "0", power("b", "i")), False),
        (("<=", "0", power("x", "k")), False),
        (("<=", "0", power("-3", "k")), False),
        (("!=", power("b", "k"), "0"), False),
    ],
)
def test_signs_of_powers(fact: Term, is_seen: bool) -> None:
    assert context().holds(fact) == is_seen


@pytest.mark.parametrize(
    "term",
    [
        power("x", "x"),
        power("x", "1/2"),
        power("x", "u"),
        power("u", "k"),
        power("X", "k"),
        power("x", "p"),
        power("p", "k"),
        power("A", "x"),
        ("power", "x"),
        ("sum", "0", "k", ("matrix", "#0", "n", "1")),
    ],
)
def test_no_power_without_a_natural_exponent(term: Term) -> None:
    with pytest.raises(Rejected) as refusal:
        sort_of(term, NAMES)
    assert refusal.value.code == "ILL_TYPED"


@pytest.mark.parametrize(
    ("term", "code"),
    [
        (power("x", "501"), "TOO_LARGE"),
        (power("A", "65"), "TOO_LARGE"),
        (
            total(("outer", ("app", "w", "#0"), ("sum", "0", "#0", ("app", "w", "#0"))), "0", "T"),
            "UNSUPPORTED",
        ),
    ],
)
def test_powers_that_are_not_written_out(term: Term, code: str) -> None:
    with pytest.raises(Rejected) as refusal:
        context().normal.value(term)
    assert refusal.value.code == code


NATURAL = {"x": "real", "k": "integer"}
LAW = ("=", power("x", NEXT), times("x", power("x", "k")))


def test_the_exponent_has_to_be_natural() -> None:
    """x^k is asked whether 0 ≤ k; nothing is refuted by a negative exponent."""
    assert prove(goal(LAW, ("<=", "0", "k"), names=NATURAL), COMBINE, {"x": "0", "k": "0"})
    with pytest.raises(Rejected) as refusal:
        prove(goal(LAW, names=NATURAL), COMBINE, {"x": "0", "k": "0"})
    assert refusal.value.code == "UNDEFINED"
    undefined = {"rule": "undefined", "part": "1", "obligation": "0", "proof": INSPECT}
    with pytest.raises(Rejected) as refusal:
        refute(goal(LAW, names=NATURAL), {"x": "2", "k": "-3"}, undefined)
    assert refusal.value.code == "MALFORMED"


def test_an_empty_power_is_not_lost_in_an_argument() -> None:
    """g(x^k) with g = 1 still asks whether x^k is defined."""
    one = ("app", ("lambda", "real", "1"), power("x", "k"))
    with pytest.raises(Rejected) as refusal:
        prove(goal(("=", one, "1"), names=NATURAL), COMBINE, {"x": "0", "k": "0"})
    assert refusal.value.code == "UNDEFINED"


def test_induction_over_the_exponent() -> None:
    """V(t+1) ≤ r·V(t) with r ≥ 0 gives V(T) ≤ r^T·V(0); without r ≥ 0 the step is refused."""
    names = {"T": "size", "r": "real", "V": ("function", ("integer",), "real")}
    step = between(
        "0", minus("T", "1"), ("<=", ("app", "V", plus("#0", "1")), times("r", ("app", "V", "#0")))
    )
    bound = ("<=", ("app", "V", "#0"), times(power("r", "#0"), ("app", "V", "0")))
    proof = {
        "rule": "induction",
        "index": "m",
        "base": COMBINE,
        "step": {
            "rule": "combine",
            "items": [{"fact": "h1", "with": ["m"]}, {"fact": "m_ih", "times": "r"}],
        },
    }
    values = {"T": "1", "r": "0", "V": ("table", "0", "0")}
    given = [{"rule": "enumerate", "proofs": [COMBINE]}]
    claim = goal(between("0", "T", bound), step, ("<=", "0", "r"), names=names)
    assert prove(claim, proof, values, [*given, INSPECT])
    with pytest.raises(Rejected) as refusal:
        prove(goal(between("0", "T", bound), step, names=names), proof, values, given)
    assert refusal.value.code == "SIGN"


def test_powers_are_enclosed() -> None:
    enclose = {"rule": "enclose", "bits": "40"}
    assert prove(goal(("<", power(("exp", "1"), "3"), "21")), enclose)
    for exponent in ("-1", "65"):
        with pytest.raises(Rejected) as refusal:
            prove(goal(("<", "0", power(("exp", "1"), exponent))), enclose)
        assert refusal.value.code == "UNSUPPORTED"


def test_the_derivative_of_a_power() -> None:
    names = {"t": "real", "k": "integer", "A": SQUARE, "n": "size"}
    names |= {"p": ("residue", "n"), "q": ("residue", "n")}
    change = differential(names, power("t", "k"), "t", "1")
    assert change == ("*", "k", ("^", power("t", ("+", "k", "-1")), "1"), "1")
    moving = differential(names, at(power(times("t", "A"), "k")), "t", "1")
    assert sort_of(moving, names) == "real"
    with pytest.raises(Rejected) as refusal:
        differential(names, power("2", "t"), "t", "1")
    assert refusal.value.code == "NOT_SMOOTH"
