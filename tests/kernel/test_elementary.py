"""exp, log, sin, cos and π: the normal forms have the value of their terms, and what is refused."""

from __future__ import annotations

import random
from typing import Any

import mpmath
import pytest
from kernel_goals import COMBINE, INSPECT, goal, plain, prove

from therefore.kernel import Rejected
from therefore.kernel.atoms import Atoms
from therefore.kernel.context import Context
from therefore.kernel.polynomials import Scalar

Term = Any
PI = ("pi",)
NAMES = {"x": "real", "y": "real", "a": "real", "b": "real"}


def exp(u: Term) -> Term:
    return ("exp", u)


def log(u: Term) -> Term:
    return ("log", u)


def sin(u: Term) -> Term:
    return ("sin", u)


def cos(u: Term) -> Term:
    return ("cos", u)


def times(*parts: Term) -> Term:
    return ("*", *parts)


def plus(*parts: Term) -> Term:
    return ("+", *parts)


def context() -> Context:
    """x and y are any numbers; a and b are positive."""
    ctx = Context(Atoms())
    for name, sort in NAMES.items():
        ctx.declare(name, sort)
    ctx.assume("h1", ("<", "0", "a"))
    ctx.assume("h2", ("<", "0", "b"))
    return ctx


IDENTITIES: list[tuple[Term, Term]] = [
    (exp(plus("x", "y")), times(exp("x"), exp("y"))),
    (exp(("-", "x")), ("/", "1", exp("x"))),
    (exp("0"), "1"),
    (("^", exp(("/", "x", "3")), "3"), exp("x")),
    (("^", exp("1/2"), "4"), ("^", exp("1"), "2")),
    (exp(log("x")), "x"),
    (exp(times("3", log("x"))), ("^", "x", "3")),
    (exp(("-", log("x"))), ("/", "1", "x")),
    (exp(times("1/2", log("x"))), ("sqrt", "x")),
    (("^", exp(times("1/3", log("x"))), "3"), "x"),
    (exp(times("100", "x")), ("/", "1", exp(times("-100", "x")))),
    (exp(plus(("^", sin("x"), "2"), ("^", cos("x"), "2"))), exp("1")),
    (log("1"), "0"),
    (log(exp("x")), "x"),
    (log(("/", exp("x"), exp("y"))), plus("x", ("-", "y"))),
    (log(times("a", "b")), plus(log("a"), log("b"))),
    (log(times("a", "x")), plus(log("a"), log("x"))),
    (log(("/", ("-", "a"), ("-", "b"))), plus(log("a"), ("-", log("b")))),
    (log(("/", ("-", "a"), plus("-1", ("-", "b")))), plus(log("a"), ("-", log(plus("1", "b"))))),
    (log(times(("-", "a"), "x")), plus(log("a"), log(("-", "x")))),
    (log(("/", "a", "b")), plus(log("a"), ("-", log("b")))),
    (log(("/", "1", ("^", "a", "3"))), times("-3", log("a"))),
    (log(("^", "x", "2")), times("2", log(("abs", "x")))),
    (log("12"), plus(times("2", log("2")), log("3"))),
    (log("1/2018"), ("-", plus(log("2"), log("1009")))),
    (log("2036162"), plus(log("2"), log("1018081"))),
    (log(("sqrt", "a")), times("1/2", log("a"))),
    (log(plus(exp("x"), exp("y"))), plus("x", log(plus("1", exp(plus("y", ("-", "x"))))))),
    (log(("-", "x")), log(plus(("-", times("2", "x")), "x"))),
    (log(("/", "1", plus(("^", sin("x"), "2"), ("^", cos("x"), "2")))), "0"),
    (plus(("^", sin("x"), "2"), ("^", cos("x"), "2")), "1"),
    (sin(("-", "x")), ("-", sin("x"))),
    (cos(("-", "x")), cos("x")),
    (cos(times("2", "x")), plus("1", ("-", times("2", ("^", sin("x"), "2"))))),
    (sin(plus("x", "y")), plus(times(sin("x"), cos("y")), times(cos("x"), sin("y")))),
    (sin(times("99", "x")), ("-", sin(times("-99", "x")))),
    (cos(times("-99", "x")), cos(times("99", "x"))),
    (plus(("^", sin(times("99", "x")), "2"), ("^", cos(times("99", "x")), "2")), "1"),
    (sin("0"), "0"),
    (sin(PI), "0"),
    (cos(times("-7", PI)), "-1"),
    (sin(("/", PI, "6")), "1/2"),
    (cos(("/", times("5", PI), "4")), ("/", "-1", ("sqrt", "2"))),
    (sin(("/", times("100001", PI), "3")), ("-", ("/", ("sqrt", "3"), "2"))),
    (plus(("^", sin(("/", PI, "7")), "2"), ("^", cos(("/", PI, "7")), "2")), "1"),
    (sin(plus("x", ("/", PI, "2"))), cos("x")),
    (exp(("-", times(PI, "x"))), ("/", "1", exp(times(PI, "x")))),
]  # fmt: skip


@pytest.mark.parametrize(("left", "right"), IDENTITIES, ids=str)
def test_an_identity_is_one_of_normal_forms(left: Term, right: Term) -> None:
    assert context().equal(left, right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (log(times("x", "y")), plus(log("x"), log("y"))),
        (exp("x"), exp("y")),
        (log("x"), log(("-", "x"))),
        (sin("x"), cos("x")),
        (sin(("/", times("100003", PI), "11")), "0"),
        (exp("1000"), exp("1001")),
        (log(plus("x", ("-", "x"))), "0"),
        (log("-2"), log("2")),
    ],
    ids=str,
)
def test_what_is_not_seen_to_be_equal_is_not(left: Term, right: Term) -> None:
    """The first two sides are equal where both are defined, but the left is defined for more."""
    if left == log(times("x", "y")):
        ctx = context()
        assert not ctx.holds(("<", "0", "x"))
        with pytest.raises(Rejected) as refusal:
            prove(goal(("=", left, right), ("<", "0", times("x", "y")), names=NAMES), COMBINE,
                  dict.fromkeys(NAMES, "1"))  # fmt: skip
        assert refusal.value.code == "UNDEFINED"
    else:
        assert not context().equal(left, right)


@pytest.mark.parametrize(
    "relation",
    [
        ("<", "0", exp("x")),
        ("<", "0", PI),
        ("<", "0", ("/", "1", plus("1", exp(("-", "x"))))),
        ("!=", plus(exp(times("2", "x")), "1"), "0"),
    ],
    ids=str,
)
def test_exp_and_pi_are_positive(relation: Term) -> None:
    assert context().holds(relation)


SLOPES: list[tuple[Term, Term]] = [
    (exp(times("2", "#0")), times("2", exp(times("2", "a")))),
    (log("#0"), ("/", "1", "a")),
    (sin("#0"), cos("a")),
    (cos(times("a", "#0")), ("-", times("a", sin(times("a", "a"))))),
    (times("#0", log("#0")), plus(log("a"), "1")),
    (("/", "1", plus("1", exp(("-", "#0")))),
     ("/", exp(("-", "a")), ("^", plus("1", exp(("-", "a"))), "2"))),
]  # fmt: skip


@pytest.mark.parametrize(("body", "value"), SLOPES, ids=str)
def test_a_derivative_by_structure(body: Term, value: Term) -> None:
    claim = goal(("=", ("derivative", body, "a"), value), ("<", "0", "a"), names={"a": "real"})
    proof = {"rule": "differentiate", "name": "t", "value": COMBINE}
    assert prove(claim, {"rule": "slope", "proof": proof}, {"a": "1"}).kind == "proof"


def test_a_second_derivative_by_structure() -> None:
    """The derivative inside is known to exist at the point, then it is differentiated."""
    slope = ("derivative", log("#0"), "#0")
    first = ("has_derivative", log("#0"), "a", ("/", "1", "a"))
    claim = goal(
        ("=", ("derivative", slope, "a"), ("/", "-1", ("^", "a", "2"))), ("<", "0", "a"),
        names={"a": "real"},
    )  # fmt: skip
    by_structure = {"rule": "differentiate", "name": "t", "value": COMBINE}
    proof = plain(
        {
            "rule": "have", "fact": first, "as": "first", "proof": by_structure,
            "then": {"rule": "slope", "proof": by_structure},
        }
    )  # fmt: skip
    assert prove(claim, proof, {"a": "1"}).kind == "proof"
    with pytest.raises(Rejected) as refusal:
        prove(claim, {"rule": "slope", "proof": by_structure}, {"a": "1"})
    assert refusal.value.code == "UNDEFINED"


def test_a_second_derivative_in_a_parameter_of_the_first_has_none() -> None:
    """√y + t·y is defined for y ≥ 0 only; its derivative in t is y, on that side only."""
    inside = ("derivative", plus(("sqrt", "#1"), times("#0", "#1")), "0")
    fact = ("has_derivative", plus(("sqrt", "0"), times("#0", "0")), "0", "0")
    by_structure = {"rule": "differentiate", "name": "t", "value": COMBINE}
    proof = plain(
        {
            "rule": "have", "fact": fact, "as": "first", "proof": by_structure,
            "then": by_structure,
        }
    )  # fmt: skip
    with pytest.raises(Rejected) as refusal:
        prove(goal(("has_derivative", inside, "0", "1")), proof)
    assert refusal.value.code == "NOT_SMOOTH"


@pytest.mark.parametrize("head", ["exp", "sin", "cos", "log"])
def test_an_elementary_function_may_stand_in_a_continuous_quotient(head: str) -> None:
    """(t² − 0²)·h(1 + t²) is (t·h(1 + t²))·t, with t·h(1 + t²) continuous and 0 at 0."""
    rest = (head, plus("1", ("^", "#0", "2")))
    body = times(("^", "#0", "2"), rest)
    quotient = {
        "rule": "quotient", "name": "t", "quotient": times("#0", rest),
        "identity": COMBINE, "value": COMBINE,
    }  # fmt: skip
    assert prove(goal(("has_derivative", body, "0", "0")), plain(quotient)).kind == "proof"


@pytest.mark.parametrize(
    ("relation", "code"),
    [
        (("=", exp(log("x")), "x"), "UNDEFINED"),
        (("=", log(("^", "x", "2")), times("2", log("x"))), "UNDEFINED"),
        (("=", plus(("^", sin(("/", "1", "x")), "2"), ("^", cos(("/", "1", "x")), "2")), "1"),
         "UNDEFINED"),
        (("=", times("0", log("x")), "0"), "UNDEFINED"),
        (("<", "0", exp(log("x"))), "UNDEFINED"),
        (("=", ("app", ("lambda", "real", "1"), log("x")), "1"), "UNDEFINED"),
        (("=", ("derivative", log("#0"), "x"), ("/", "1", "x")), "UNDEFINED"),
        (("=", exp("1000"), times(exp("1"), exp("999"))), "NOT_EQUAL"),
        (("=", times(exp(times("30", "x")), ("^", exp(times("60", "x")), "64")), "1"), "TOO_LARGE"),
        (("=", exp(U := ("vector", "1")), U), "ILL_TYPED"),
        (("=", ("exp",), "1"), "ILL_TYPED"),
        (("=", ("pi", "x"), "1"), "ILL_TYPED"),
        (("=", ("/", "1", exp(("-", log(plus("x", ("-", "x")))))), "0"), "UNDEFINED"),
    ],
    ids=str,
)  # fmt: skip
def test_what_is_undefined_or_another_number_is_refused(relation: Term, code: str) -> None:
    by_slope = {"rule": "slope", "proof": {"rule": "differentiate", "name": "t", "value": COMBINE}}
    is_slope = isinstance(relation[1], tuple) and relation[1][0] == "derivative"
    with pytest.raises(Rejected) as refusal:
        prove(goal(relation, names={"x": "real"}), by_slope if is_slope else COMBINE, {"x": "1"})
    assert refusal.value.code == code


def test_the_axiom_gives_the_tangent_of_the_logarithm() -> None:
    item = {"fact": "axiom:exponential_bound", "with": [log("x")]}
    claim = goal(("<=", log("x"), plus("x", "-1")), ("<", "0", "x"), names={"x": "real"})
    done = prove(claim, plain({"rule": "combine", "items": [item]}), {"x": "1"})
    assert done.axioms == ("exponential_bound",)


def test_a_sine_is_at_most_one_by_squares() -> None:
    squares = [{"square": plus("1", ("-", sin("x"))), "times": "1/2"},
               {"square": cos("x"), "times": "1/2"}]  # fmt: skip
    claim = goal(("<=", sin("x"), "1"), names={"x": "real"})
    proof = plain({"rule": "combine", "items": squares})
    assert prove(claim, proof, {"x": "0"}).kind == "proof"


# ------------------------------------------------------------------ sums


def test_exponentials_stand_in_sums_and_telescope() -> None:
    gap = plus(exp(plus("#0", "1")), ("-", exp("#0")))
    claim = goal(
        ("=", ("sum", "1", "n", gap), plus(exp(plus("n", "1")), ("-", exp("1")))),
        names={"n": "size"},
    )
    by_parts = ("=", ("sum", "1", "n", ("-", exp("#0"))), ("-", ("sum", "1", "n", exp("#0"))))
    assert prove(goal(by_parts, names={"n": "size"}), COMBINE, {"n": "1"}).kind == "proof"
    with pytest.raises(Rejected):  # no rule of geometric sums
        prove(goal(("=", claim.conclusion[1], "0"), names={"n": "size"}), COMBINE, {"n": "1"})


def test_a_logarithm_does_not_leave_its_range() -> None:
    """Σ log t over 1 … n and over 2 … n + 1, shifted, are one; log 0 is never formed."""
    names = {"n": "size"}
    shifted = ("sum", "2", plus("n", "1"), log(plus("#0", "-1")))
    plain_sum = ("sum", "1", "n", log("#0"))
    positive = {"rule": "combine", "items": [{"fact": "from_1"}, {"positive": "1"}]}
    later = {"rule": "combine", "items": [{"fact": "from_1"}, {"positive": "1"}]}
    proof = {"rule": "combine", "defined": [later, positive]}
    with pytest.raises(Rejected) as refusal:
        prove(goal(("=", shifted, plain_sum), names=names), COMBINE, {"n": "1"})
    assert refusal.value.code in ("UNDEFINED", "NOT_EQUAL")
    with pytest.raises(Rejected):
        prove(goal(("=", shifted, plus(plain_sum, "1")), names=names), proof, {"n": "1"})


@pytest.mark.parametrize("body", [exp(log("x")), exp(("-", log("x"))), times("x", exp(log("x")))])
def test_a_body_that_may_be_undefined_over_an_empty_range(body: Term) -> None:
    """Σ over 1 … n is 0 for n = 0, whatever x is: nothing else may follow."""
    names = {"n": "integer", "x": "real"}
    total = ("sum", "1", "n", body)
    items = [{"fact": "from_1"}, {"fact": "to_1"}, {"fact": "zero"}, {"positive": "1"}]
    positive = {"rule": "suppose", "as": "no", "then": {"rule": "combine", "items": items}}
    with pytest.raises(Rejected):
        prove(
            goal(("=", ("*", total, "x"), ("*", "n", "n")), ("<=", "0", "n"), names=names),
            {"rule": "combine", "defined": [positive]}, {"n": "1", "x": "1"},
        )  # fmt: skip


# ------------------------------------------------------------------ random terms


def _random_term(rng: random.Random, depth: int) -> Term:
    if depth == 0 or rng.random() < 0.15:
        return rng.choice(["x", "y", "a", "b", "2", "-1", "1/3", PI])
    head = rng.choice(
        ["+", "+", "*", "*", "-", "/", "^", "abs", "sqrt", "exp", "log", "sin", "cos"]
    )
    parts = [_random_term(rng, depth - 1) for _ in range(2)]
    if head == "^":
        return (head, parts[0], str(rng.randint(0, 3)))
    return (head, *parts) if head in ("+", "*", "/") else (head, parts[0])


class Undefined(Exception):
    """The term has no value here, or one that is not told from 0."""


def _checked_log(u: Any) -> Any:
    return mpmath.log(u) if u > mpmath.mpf(10) ** -60 else _no()


def _checked_root(u: Any) -> Any:
    if abs(u) < mpmath.mpf(10) ** -60:
        return mpmath.mpf(0)
    return mpmath.sqrt(u) if u > 0 else _no()


def _checked_quotient(u: Any, v: Any) -> Any:
    return u / v if abs(v) > mpmath.mpf(10) ** -60 else _no()


def _no() -> Any:
    raise Undefined


def _checked_exp(u: Any) -> Any:
    return mpmath.exp(u) if abs(u) < 300 else _no()


MEANING: dict[str, Any] = {
    "*": lambda a, b: a * b, "/": _checked_quotient, "+": lambda a, b: a + b,
    "-": lambda a: -a, "abs": abs, "sqrt": _checked_root, "exp": _checked_exp,
    "log": _checked_log, "sin": mpmath.sin, "cos": mpmath.cos, "pi": lambda: mpmath.pi,
}  # fmt: skip


def _of_term(term: Term, at: dict[str, Any]) -> Any:
    if isinstance(term, str):
        if term in at:
            return at[term]
        over, _, under = term.partition("/")
        return mpmath.mpf(int(over)) / int(under or "1")
    head, *parts = term
    if head == "^":
        return _of_term(parts[0], at) ** int(parts[1])
    return MEANING[head](*(_of_term(part, at) for part in parts))


def _of_form(atoms: Atoms, value: Scalar, at: dict[str, Any]) -> Any:
    def polynomial(poly: Any) -> Any:
        total = mpmath.mpf(0)
        for monomial, c in poly.items():
            term = mpmath.mpf(c.numerator) / c.denominator
            for index, exponent in monomial:
                term = term * atom(index) ** exponent
            total += term
        return total

    def atom(index: int) -> Any:
        row = atoms.rows[index]
        if row.head == "name":
            return at[str(row.arguments[0])]
        if row.head == "pi":
            return mpmath.pi
        return MEANING[row.head](_of_form(atoms, row.arguments[0], at))  # type: ignore[arg-type]

    result = polynomial(value.over)
    for factor, exponent in value.under:
        result = _checked_quotient(result, polynomial(dict(factor)) ** exponent)
    return result


@pytest.mark.parametrize("seed", range(400))
def test_a_normal_form_has_the_value_of_its_term(seed: int) -> None:
    """Wherever the term is defined and the facts hold: a and b are positive, x and y are not."""
    rng = random.Random(seed)
    ctx, term = context(), _random_term(rng, 4)
    try:
        form = ctx.normal.scalar(term)
    except Rejected as no:
        assert no.code in ("TOO_LARGE", "DIVISION_BY_ZERO")
        return
    with mpmath.workprec(600):
        for _ in range(4):
            at = {name: mpmath.mpf(rng.randint(-30, 30)) / 7 for name in NAMES}
            at["a"], at["b"] = abs(at["a"]) + 1, abs(at["b"]) + mpmath.mpf(1) / 9
            try:
                value = _of_term(term, at)
            except Undefined:
                continue
            found = _of_form(ctx.atoms, form, at)
            error = abs(found - value) / (1 + abs(value))
            assert error < mpmath.mpf(10) ** -20, (term, at)


@pytest.mark.parametrize("seed", range(150))
def test_substitution_in_a_normal_form_is_substitution_in_the_term(seed: int) -> None:
    """A form made while nothing was known of x, at x = a: atoms are built anew, and split anew."""
    rng = random.Random(1000 + seed)
    ctx, term = context(), _random_term(rng, 4)
    value = rng.choice(["a", ("*", "a", "b"), ("exp", "y"), "2", ("-", "y")])
    try:
        x = ctx.atoms.intern("name", "x")
        form = ctx.normal.substituted(ctx.normal.scalar(term), {x: ctx.normal.scalar(value)})
    except Rejected as no:
        assert no.code in ("TOO_LARGE", "DIVISION_BY_ZERO")
        return
    with mpmath.workprec(600):
        for _ in range(4):
            at = {name: mpmath.mpf(rng.randint(-30, 30)) / 7 for name in NAMES}
            at["a"], at["b"] = abs(at["a"]) + 1, abs(at["b"]) + mpmath.mpf(1) / 9
            try:
                at["x"] = _of_term(value, at)
                expected = _of_term(term, at)
            except Undefined:
                continue
            found = _of_form(ctx.atoms, form, at)  # type: ignore[arg-type]
            assert abs(found - expected) / (1 + abs(expected)) < mpmath.mpf(10) ** -20, (term, at)


def test_inspection_alone_does_not_show_a_value() -> None:
    with pytest.raises(Rejected) as refusal:
        prove(goal(("<", "3", PI)), INSPECT)
    assert refusal.value.code == "NOT_SEEN"
