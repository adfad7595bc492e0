"""Expectations: what is accepted, a refusal for each code, and false statements by the dozen."""

from __future__ import annotations

import random
from contextlib import suppress
from copy import deepcopy
from typing import Any

import pytest
from kernel_goals import COMBINE, INSPECT, goal, have, proof_text, prove, refute

from therefore.kernel import Kernel, Rejected
from therefore.kernel.atoms import Atoms
from therefore.kernel.context import Context

RANDOM = ("function", ("outcome",), ("vector", "n"))
NUMBER = ("function", ("outcome",), "real")
NAMES: dict[str, Any] = {
    "n": "size", "k": "size", "x": RANDOM, "z": ("function", ("outcome",), ("vector", "k")),
    "X": NUMBER, "Y": NUMBER, "Q": ("function", ("outcome",), ("matrix", "n", "k")),
    "m": ("vector", "n"), "b": ("vector", "n"), "c": ("vector", "k"),
    "S": ("matrix", "n", "n"), "A": ("matrix", "n", "n"), "B": ("matrix", "k", "n"),
    "s": "real", "t": "real", "f": ("function", ("real",), "real"),
    "r": ("function", ("outcome",), ("residue", "2")),
}  # fmt: skip
NOTHING = ("lambda", "outcome", ("vector", "0"))
VALUES: dict[str, Any] = {
    "n": "1", "k": "1", "x": NOTHING, "z": NOTHING, "X": ("lambda", "outcome", "0"),
    "Y": ("lambda", "outcome", "0"), "Q": ("lambda", "outcome", ("rows", ("row", "0"))),
    "m": ("vector", "0"), "b": ("vector", "0"), "c": ("vector", "0"), "S": ("rows", ("row", "0")),
    "A": ("rows", ("row", "0")), "B": ("rows", ("row", "0")), "s": "0", "t": "0",
    "f": ("lambda", "real", "#0"), "r": ("lambda", "outcome", ("mod", "2", "0")),
}  # fmt: skip
x, z, X, Y, Q = (("app", name, "#0") for name in "xzXYQ")


def E(body: Any) -> Any:
    return ("expectation", body)


def plus(*parts: Any) -> Any:
    return ("+", *parts)


def minus(left: Any, right: Any) -> Any:
    return ("+", left, ("-", right))


def times(*parts: Any) -> Any:
    return ("*", *parts)


def mm(*factors: Any) -> Any:
    product = factors[0]
    for factor in factors[1:]:
        product = ("matmul", product, factor)
    return product


def inner(left: Any, right: Any) -> Any:
    return ("inner", left, right)


def outer(left: Any, right: Any) -> Any:
    return ("outer", left, right)


def turned(matrix: Any) -> Any:
    return ("transpose", matrix)


def trace(matrix: Any) -> Any:
    return ("trace", matrix)


def spread(left: Any, right: Any, head: str = "outer") -> Any:
    return E((head, minus(left, E(left)), minus(right, E(right))))


def moments(name: str, order: str) -> Any:
    return ("moments", name, order)


SECOND = (moments("x", "2"), moments("z", "2"), moments("X", "2"), moments("Y", "2"))
LAW = (*SECOND, ("=", E(x), "m"), ("=", spread(x, x), "S"))
NORMAL = (("gaussian", "x", "m", "S"), moments("z", "4"), moments("X", "4"))
R = plus("S", outer("m", "m"))


def attempt(conclusion: Any, proof: Any = COMBINE, given: Any = LAW) -> Any:
    return prove(goal(conclusion, *given, names=NAMES), proof, VALUES)


def form(matrix: Any) -> Any:
    return inner(x, mm(matrix, x))


TRUE: dict[str, tuple[Any, Any]] = {
    "linear": (LAW, ("=", E(plus(mm("A", x), "b")), plus(mm("A", "m"), "b"))),
    "a constant": ((), ("=", E("b"), "b")),
    "a constant matrix beside a random number": (
        LAW, ("=", E(times(X, "A")), times(E(X), "A"))),
    "nothing remains of a matrix": (NORMAL, ("=", E(times(inner("b", minus(x, "m")), "A")),
                                             ("zero", "n", "n"))),
    "a number out of a fraction": (
        LAW, ("=", E(("/", x, "2")), ("/", "m", "2"))),
    "second moments": (LAW, ("=", E(outer(x, x)), R)),
    "a form": (LAW, ("=", E(form("A")), plus(trace(mm("A", "S")), inner("m", mm("A", "m"))))),
    "a covariance is symmetric": (LAW, ("=", turned("S"), "S")),
    "a covariance of maps": (SECOND, (
        "=", spread(mm("A", x), mm("B", x)), mm("A", spread(x, x), turned("B")))),
    "of two names": (SECOND, ("=", spread(x, z), minus(E(outer(x, z)), outer(E(x), E(z))))),
    "transposed": (SECOND, ("=", turned(E(outer(z, x))), E(outer(x, z)))),
    "a mixed covariance as a law": (
        (*SECOND, ("=", spread(z, x), "B")), (
            "=", E(outer(x, z)), plus(turned("B"), outer(E(x), E(z))))),
    "a second moment as a law": (
        (*SECOND, ("=", E(outer(z, x)), "B")), ("=", E(outer(x, z)), turned("B"))),
    "numbers": (SECOND, ("=", spread(X, Y, "*"), minus(E(times(X, Y)), times(E(X), E(Y))))),
    "numbers with a law": (
        (*SECOND, ("=", spread(X, Y, "*"), "s"), ("=", E(X), "t")),
        ("=", E(times(Y, X)), plus("s", times("t", E(Y))))),
    "numbers with a second moment": (
        (*SECOND, ("=", E(times(X, X)), "s")), ("=", E(("^", plus(X, "1"), "2")),
                                                plus("s", times("2", E(X)), "1"))),
    "a number and a vector": (
        (*SECOND, ("=", E(times(X, x)), "b")), ("=", E(times(x, inner("m", x), "1")),
                                                E(times(inner("m", x), x)))),
    "a number and a vector with a law": (
        (*SECOND, ("=", E(times(X, x)), "b")), ("=", E(times(X, mm("A", x))), mm("A", "b"))),
    "a number in a product of vectors": (
        SECOND, ("=", E(times(X, inner(x, "b"))), inner(E(times(X, x)), "b"))),
    "a random matrix moves": (
        (moments("Q", "1"),), ("=", E(mm("A", Q, "B")), mm("A", E(Q), "B"))),
    "a random matrix times a number": (
        (moments("Q", "2"), moments("X", "2")),
        ("=", E(times(X, mm("A", Q))), mm("A", E(times(X, Q))))),
    "third moments of no law": (
        (moments("x", "3"),), ("=", E(times(inner(x, x), mm("A", x))),
                               mm("A", E(times(inner(x, x), x))))),
    "third moments of no law, one side constant": (
        (moments("x", "3"),), ("=", E(times(inner(x, x), outer(mm("A", x), "b"))),
                               mm("A", outer(E(times(inner(x, x), x)), "b")))),
    "third moments of no law, in a matrix": (
        (moments("x", "4"),), ("=", E(times(inner(x, x), outer(mm("A", x), mm("B", x)))),
                               mm("A", E(times(inner(x, x), outer(x, x))), turned("B")))),
    "a random image": (
        (moments("Q", "2"), moments("z", "2")), ("=", E(mm("A", Q, z)), mm("A", E(mm(Q, z))))),
    "a sum of expectations": (SECOND, (
        "=", ("sum", "1", "n", E(("abs", minus(X, "#1")))),
        ("sum", "1", "n", E(("abs", minus("#1", X)))))),
    "a random matrix that is independent": (
        (moments("Q", "2"), ("independent", "Q", "x")), ("=", E(Q), E(Q))),
    "independent of itself, which says nothing here": (
        (*SECOND, ("independent", "X", "X")), ("=", E(times(X, Y)), E(times(Y, X)))),
    "independence of images as a hypothesis": (
        (("independent", ("lambda", "outcome", "s"), ("lambda", "outcome", "s")),),
        ("=", "s", "s")),
    "an image as a hypothesis": (
        (("gaussian", ("lambda", "outcome", ("vector", "0")), ("vector", "0"),
          ("rows", ("row", "0"))),), ("=", "s", "s")),
    "independent vectors": (
        (*SECOND, ("independent", "x", "z")), ("=", E(outer(x, z)), outer(E(x), E(z)))),
    "independent numbers": (
        (*SECOND, ("independent", "Y", "X")), ("=", E(times(X, Y)), times(E(X), E(Y)))),
    "a number independent of a vector": (
        (*SECOND, ("independent", "x", "X")), ("=", E(times(X, x)), times(E(X), E(x)))),
    "independent the other way round": (
        (("independent", "x", "X"),), ("independent", "X", "x")),
    "independent noise": ((), (
        "independent", ("lambda", "outcome", ("entry", ("standard_normal", "2", "#0"), "0")),
        ("lambda", "outcome",
         plus(times("s", ("entry", ("standard_normal", "2", "#0"), "1")), "t")))),
    "a constant is independent": ((), (
        "independent", ("lambda", "outcome", "b"),
        ("lambda", "outcome", ("standard_normal", "2", "#0")))),
    "a sum within": (SECOND, (
        "=", E(("sum", "1", "n", times("#0", ("app", "X", "#1")))),
        times(("sum", "1", "n", "#0"), E(X)))),
    "a sum of squares within": (SECOND, (
        "=", E(("sum_mod", "n", ("^", ("entry", ("app", "x", "#1"), "#0"), "2"))),
        E(("sum_mod", "n", ("^", ("entry", ("app", "x", "#1"), "#0"), "2"))))),
    "a norm": ((moments("x", "1"),), ("=", E(times("s", ("norm", x))), times("s", E(("norm", x))))),
    "the letters of a matrix that is not symmetric": (
        (moments("x", "4"), moments("z", "4")),
        ("=", turned(E(times(inner(x, x), outer(x, z)))), E(times(inner(x, x), outer(z, x))))),
    "third moments": (NORMAL, ("=", E(times(inner("b", x), outer(x, x))), plus(
        times(inner("b", "m"), R), outer("m", mm("S", "b")), outer(mm("S", "b"), "m")))),
    "centred third moments": (NORMAL, ("=", E(times(
        inner("b", minus(x, "m")), ("^", inner("m", minus(x, "m")), "2"))), "0")),
    "fourth moments": (NORMAL, ("=", E(("^", inner(x, x), "2")), plus(
        times("2", trace(mm("S", "S"))), times("4", inner("m", mm("S", "m"))),
        ("^", plus(trace("S"), inner("m", "m")), "2")))),
    "fourth moments in a matrix": (NORMAL, ("=", E(mm(outer(x, x), "A", outer(x, x))), plus(
        mm(R, plus("A", turned("A")), R),
        times(inner("m", mm("A", "m")), minus("S", outer("m", "m"))),
        times(trace(mm("A", "S")), R)))),
    "an expectation within another": (SECOND, (
        "=", E(inner(x, E(x))), inner(E(x), E(x)))),
    "an affine image": (NORMAL, (
        "gaussian", ("lambda", "outcome", plus(mm("B", x), "c")), plus(mm("B", "m"), "c"),
        mm("B", "S", turned("B")))),
    "a multiple": (NORMAL, (
        "gaussian", ("lambda", "outcome", ("/", times("3", x), "2")), times("3/2", "m"),
        times("9/4", "S"))),
    "moments of an image": (SECOND, moments(("lambda", "outcome", mm("A", x)), "2")),
    "lower moments": (SECOND, moments("x", "1")),
    "moments of a Gaussian": (NORMAL, moments("x", "64")),
    "noise": ((), ("=", E(inner(("standard_normal", "2", "#0"), ("standard_normal", "2", "#0"))),
                   "2")),
    "noise beside a vector": ((), (
        "=", E(times(("entry", ("standard_normal", "2", "#0"), "0"), "b")), ("zero", "n"))),
    "the sixth moment of noise": ((), (
        "=", E(("^", ("entry", ("standard_normal", "1", "#0"), "0"), "6")), "15")),
    "a drawn index": ((), (
        "=", E(("^", ("app", ("cycle", "1", "2", "6"), ("uniform_index", "3", "#0")), "2")),
        ("/", "41", "3"))),
    "the gradient of a risk": (SECOND, (
        "=",
        ("gradient", ("lambda", ("vector", "n"), E(("^", minus(inner(x, "#1"), X), "2"))), "b"),
        times("2", minus(mm(E(outer(x, x)), "b"), E(times(X, x)))))),
}  # fmt: skip


@pytest.mark.parametrize("case", TRUE)
def test_accepted(case: str) -> None:
    given, conclusion = TRUE[case]
    proof = INSPECT if conclusion[0] in ("gaussian", "independent", "moments") else COMBINE
    assert attempt(conclusion, proof, given).kind == "proof"


FALSE: dict[str, tuple[Any, Any]] = {
    "a product of means": (LAW, ("=", E(outer(x, x)), outer("m", "m"))),
    "a product of means of two names": (SECOND, ("=", E(outer(x, z)), outer(E(x), E(z)))),
    "a square of a mean": (SECOND, ("=", E(times(X, X)), times(E(X), E(X)))),
    "the mean of a square root": (SECOND, ("=", ("^", E(("norm", x)), "2"), E(inner(x, x)))),
    "a shift left out": (LAW, ("=", E(plus(mm("A", x), "b")), mm("A", "m"))),
    "a transpose left out": (SECOND, (
        "=", spread(mm("A", x), mm("A", x)), mm("A", spread(x, x), "A"))),
    "the order turned round": (SECOND, ("=", E(outer(x, mm("A", x))), mm("A", E(outer(x, x))))),
    "covariances added up": (SECOND, (
        "=", spread(plus(X, Y), plus(X, Y), "*"), plus(spread(X, X, "*"), spread(Y, Y, "*")))),
    "the wrong pairing": (NORMAL, ("=", E(times(inner("b", x), outer(x, x))), plus(
        times(inner("b", "m"), R), outer("m", mm("S", "b"))))),
    "two pairings of three": (NORMAL, ("=", E(("^", inner("b", minus(x, "m")), "4")),
                                       times("2", ("^", inner("b", mm("S", "b")), "2")))),
    "no pairing": (NORMAL, ("=", E(("^", inner(x, x), "2")), ("^", E(inner(x, x)), "2"))),
    "a Gaussian fourth moment of another law": (
        (moments("x", "4"), *LAW[1:]), ("=", E(("^", inner("b", minus(x, "m")), "4")),
                                        times("3", ("^", inner("b", mm("S", "b")), "2")))),
    "a third moment of another law": (
        (moments("x", "3"), *LAW[1:]), ("=", E(("^", inner("b", minus(x, "m")), "3")), "0")),
    "a covariance of two that are Gaussian apart": (
        (("gaussian", "x", "m", "S"), ("gaussian", "z", "c", ("identity", "k"))),
        ("=", E(times(("^", inner("m", x), "2"), inner("c", z))),
         times(E(("^", inner("m", x), "2")), inner("c", "c")))),
    "symmetric without a reason": (SECOND, ("=", turned("S"), "S")),
    "a mixed covariance that is symmetric": (SECOND, ("=", spread(x, mm("A", x)),
                                                      turned(spread(x, mm("A", x))))),
    "independent, and more is meant": (
        (*SECOND, ("independent", "x", "X")), ("=", E(times(X, X)), times(E(X), E(X)))),
    "a drawn index is not its mean": ((), (
        "=", E(("^", ("app", ("cycle", "0", "1"), ("uniform_index", "2", "#0")), "2")), "1/4")),
    "an odd moment": (
        (), ("=", E(("^", ("entry", ("standard_normal", "1", "#0"), "0"), "3")), "1")),
}  # fmt: skip


@pytest.mark.parametrize("case", FALSE)
def test_a_false_statement_is_no_identity(case: str) -> None:
    given, conclusion = FALSE[case]
    with pytest.raises(Rejected) as refusal:
        attempt(conclusion, COMBINE, given)
    assert refusal.value.code in ("NOT_EQUAL", "WRONG_GOAL")


def seen(conclusion: Any, *given: Any) -> Any:
    return attempt(conclusion, INSPECT, given)


REFUSED: dict[str, tuple[str, Any]] = {
    # existence
    "no moments": ("UNDEFINED", lambda: attempt(("=", E(x), E(x)), COMBINE, ())),
    "too few moments": ("UNDEFINED", lambda: attempt(
        ("=", E(outer(x, x)), E(outer(x, x))), COMBINE, (moments("x", "1"),))),
    "too few of one": ("UNDEFINED", lambda: attempt(
        ("=", E(outer(x, z)), E(outer(x, z))), COMBINE, (moments("x", "2"), moments("z", "1")))),
    "what cancels": ("UNDEFINED", lambda: attempt(("=", E(minus(X, X)), "0"), COMBINE, ())),
    "a hypothesis of no moments": ("UNDEFINED", lambda: attempt(
        ("=", "m", "m"), COMBINE, (("=", E(x), "m"),))),
    "an exponential in a product": ("UNDEFINED", lambda: attempt(
        ("=", E(times(X, ("exp", X))), "s"))),
    "a sum of what has none": ("UNDEFINED", lambda: attempt(
        ("=", E(("sum", "1", "n", ("exp", ("app", "X", "#1")))), "s"))),
    "a sum up to a random number": ("ILL_TYPED", lambda: attempt(
        ("=", E(("sum", "1", X, "1")), "s"))),
    "a random divisor": ("UNDEFINED", lambda: attempt(
        ("=", E(("/", "1", plus("1", times(X, X)))), "s"))),
    "a function of a number": ("UNDEFINED", lambda: attempt(("=", E(("app", "f", X)), "s"))),
    "a root": ("UNDEFINED", lambda: attempt(("=", E(("sqrt", times(X, X))), "s"))),
    "an exponential": ("UNDEFINED", lambda: attempt(("=", E(("exp", X)), "s"))),
    "a random place": ("UNDEFINED", lambda: attempt(
        ("=", E(("entry", ("vector", "1", "2"), ("app", "r", "#0"))), "s"))),
    "nested and dependent": ("UNDEFINED", lambda: attempt(
        ("=", E(E(times(X, ("app", "X", "#1")))), times(E(X), E(X))))),
    "something within": ("UNDEFINED", lambda: attempt(("=", E(times(X, ("/", "1", "s"))), "t"))),
    "moments that nothing tells": ("NOT_SEEN", lambda: seen(moments("x", "2"), moments("x", "1"))),
    "moments of an image that is none": ("NOT_SEEN", lambda: seen(
        moments(("lambda", "outcome", ("exp", X)), "1"), moments("X", "4"))),
    "moments of a product": ("NOT_SEEN", lambda: seen(
        moments(("lambda", "outcome", times(X, X)), "2"), moments("X", "2"))),
    # sorts
    "of a residue": ("ILL_TYPED", lambda: attempt(("=", E(("app", "r", "#0")), "s"))),
    "outside of an expectation": ("ILL_TYPED", lambda: attempt(("=", ("app", "X", "s"), "s"))),
    "outcomes compared": ("ILL_TYPED", lambda: attempt(
        ("forall", "outcome", ("forall", "outcome", ("=", "#0", "#1"))))),
    "outcomes returned": ("ILL_TYPED", lambda: attempt(
        ("forall", ("function", ("real",), "outcome"), ("=", "s", "s")))),
    "noise of no size": ("ILL_TYPED", lambda: attempt(
        ("=", E(inner(("standard_normal", "s", "#0"), "m")), "0"))),
    "noise of no outcome": ("ILL_TYPED", lambda: attempt(
        ("=", inner(("standard_normal", "n", "s"), "m"), "0"))),
    "an index of no outcome": ("ILL_TYPED", lambda: attempt(
        ("=", ("lift", ("uniform_index", "2", "s")), "0"))),
    "moments of no random name": ("ILL_TYPED", lambda: seen(moments("f", "1"))),
    "moments of residues": ("ILL_TYPED", lambda: seen(moments("r", "1"))),
    "moments of a negative order": ("ILL_TYPED", lambda: seen(moments("X", "-1"))),
    "moments of no literal order": ("ILL_TYPED", lambda: seen(moments("X", "n"))),
    "too high moments": ("ILL_TYPED", lambda: seen(moments("X", "65"))),
    "a Gaussian number": ("ILL_TYPED", lambda: seen(("gaussian", "X", "s", "t"))),
    "a mean of another size": ("ILL_TYPED", lambda: seen(("gaussian", "x", "c", "S"))),
    "a covariance of another size": ("ILL_TYPED", lambda: seen(("gaussian", "x", "m", "B"))),
    # what has no normal form
    "noise of any size": ("UNSUPPORTED", lambda: attempt(
        ("=", E(("standard_normal", "n", "#0")), ("zero", "n")))),
    "an index of any size": ("UNSUPPORTED", lambda: attempt(
        ("=", E(("app", ("cycle", "1", "2"), ("uniform_index", "2", "#0"))),
         E(times(("app", ("cycle", "1", "2"), ("uniform_index", "2", "#0")),
                 ("app", ("cycle", "1", "2", "3"), ("uniform_index", "3", "#0"))))))),
    "noise beside a name": ("UNSUPPORTED", lambda: attempt(
        ("=", E(times(X, ("entry", ("standard_normal", "1", "#0"), "0"))), "0"))),
    "an index beside a name": ("UNSUPPORTED", lambda: attempt(
        ("=", E(times(X, ("app", ("cycle", "1", "2"), ("uniform_index", "2", "#0")))), "0"))),
    # independence
    "noise that is shared": ("NOT_SEEN", lambda: seen(
        ("independent", ("lambda", "outcome", ("standard_normal", "2", "#0")),
         ("lambda", "outcome", ("entry", ("standard_normal", "1", "#0"), "0"))))),
    "uncorrelated, and not known to be independent": ("NOT_SEEN", lambda: attempt(
        ("independent", "X", "Y"), INSPECT, (*SECOND, ("=", spread(X, Y, "*"), "0")))),
    "an index that is drawn": ("NOT_SEEN", lambda: seen(
        ("independent",
         ("lambda", "outcome", ("app", ("cycle", "1", "2"), ("uniform_index", "2", "#0"))),
         ("lambda", "outcome", ("standard_normal", "1", "#0"))))),
    "matrices of noise": ("NOT_SEEN", lambda: seen(
        ("independent",
         ("lambda", "outcome", times(("entry", ("standard_normal", "1", "#0"), "0"), "A")),
         ("lambda", "outcome", ("standard_normal", "1", "#0"))))),
    "independent of what is not random": ("ILL_TYPED", lambda: seen(("independent", "x", "f"))),
    # Gaussian laws
    "another mean": ("NOT_SEEN", lambda: attempt(
        ("gaussian", "x", "b", "S"), INSPECT, NORMAL)),
    "another covariance": ("NOT_SEEN", lambda: attempt(
        ("gaussian", "x", "m", "A"), INSPECT, NORMAL)),
    "no affine image": ("NOT_SEEN", lambda: attempt(
        ("gaussian", ("lambda", "outcome", times(inner("m", x), x)), "m", "S"), INSPECT, NORMAL)),
    "an image under a norm": ("NOT_SEEN", lambda: attempt(
        ("gaussian", ("lambda", "outcome", ("vector", ("norm", x))), ("vector", "0"),
         ("rows", ("row", "1"))), INSPECT, NORMAL)),
    "an image of another law": ("NOT_SEEN", lambda: attempt(
        ("gaussian", ("lambda", "outcome", z), "c", ("identity", "k")), INSPECT, NORMAL)),
    "a sum of two that are Gaussian apart": ("NOT_SEEN", lambda: attempt(
        ("gaussian", ("lambda", "outcome", plus(z, mm("B", x))), plus("c", mm("B", "m")),
         plus(("identity", "k"), mm("B", "S", turned("B")))), INSPECT,
        (*NORMAL, ("gaussian", "z", "c", ("identity", "k"))))),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_refused(case: str) -> None:
    code, work = REFUSED[case]
    with pytest.raises(Rejected) as refusal:
        work()
    assert refusal.value.code == code


def test_a_law_that_speaks_of_the_mean_itself_is_a_fact_only() -> None:
    """E[x] = 2 E[x] must not be put into itself for ever; it says that E[x] is 0."""
    fact = ("=", E(X), times("2", E(X)))
    proof = {"rule": "combine", "items": [{"fact": "h2", "times": "-1"}]}
    assert attempt(("=", E(X), "0"), proof, (moments("X", "1"), fact)).kind == "proof"


@pytest.mark.parametrize("body", [
    ("/", "1", X), outer(("sum", "1", "n", ("app", "v", "#0", "#1")), x),
])  # fmt: skip
def test_what_has_no_expectation_has_no_normal_form(body: Any) -> None:
    """The obligation comes first; here it is not asked."""
    ctx = Context(Atoms())
    more = {"v": ("function", ("integer", "outcome"), ("vector", "n"))}
    for name, sort in {**NAMES, **more}.items():
        ctx.declare(name, sort)
    with pytest.raises(Rejected) as refusal:
        ctx.normal.value(E(body))
    assert refusal.value.code == "UNSUPPORTED"


def test_two_laws_of_one_mean() -> None:
    """The second is a fact as well: it says that s is t."""
    given = (moments("X", "1"), ("=", E(X), "s"), ("=", E(X), "t"))
    proof = {"rule": "combine", "items": [{"fact": "h3"}]}
    assert attempt(("=", "s", "t"), proof, given).kind == "proof"


def test_equations_of_other_expectations_are_facts_only() -> None:
    given = (*SECOND, ("=", E(outer(plus(x, mm("A", x)), x)), "S"), ("=", E(outer(x, "b")), "A"),
             ("=", E(times(plus(X, Y), X)), "s"), ("=", E(inner(x, x)), "t"))  # fmt: skip
    proof = {"rule": "combine", "items": [{"fact": "h5"}]}
    claim = ("=", plus(E(outer(x, x)), mm("A", E(outer(x, x)))), "S")
    assert attempt(claim, proof, given).kind == "proof"


NOISE = ("standard_normal", "1", "#0")
AT = {**VALUES, "x": ("lambda", "outcome", NOISE), "S": ("rows", ("row", "1"))}


def test_refuted_at_noise() -> None:
    """E[x xᵀ] is not m mᵀ: x = g has the mean 0 and the covariance 1."""
    claim = goal(("=", E(inner(x, x)), inner("m", "m")), ("gaussian", "x", "m", "S"), names=NAMES)
    differ = INSPECT
    assert refute(claim, AT, differ).kind == "refutation"
    wrong = {**AT, "S": ("rows", ("row", "2"))}
    with pytest.raises(Rejected) as refusal:
        refute(claim, wrong, differ)
    assert refusal.value.code == "NOT_SEEN"


def test_an_undefined_expectation_refutes_nothing() -> None:
    """That nothing tells of moments is no proof that there are none."""
    claim = goal(("=", E(("exp", X)), "s"), names=NAMES)
    for number in ("0", "1"):
        proof = {"rule": "undefined", "part": "1", "obligation": number, "proof": INSPECT}
        with pytest.raises(Rejected):
            refute(claim, VALUES, proof)


def test_the_sign_of_a_denial_is_kept() -> None:
    """That x is not Gaussian is a fact, and no law."""
    ctx = Context(Atoms())
    for name in ("n", "x", "m", "S"):
        ctx.declare(name, NAMES[name])
    ctx.assume("denied", ("not", ("gaussian", "x", "m", "S")))
    assert not ctx.normal.laws.gaussian and not ctx.holds(("gaussian", "x", "m", "S"))


def test_what_is_known_inside_is_not_known_outside() -> None:
    """A law that is supposed in one case is no law in another."""
    ctx = Context(Atoms())
    for name in ("n", "x", "m"):
        ctx.declare(name, NAMES[name])
    inner_ctx = ctx.extended()
    inner_ctx.assume("moments", moments("x", "1"))
    inner_ctx.assume("mean", ("=", E(x), "m"))
    assert inner_ctx.equal(E(x), "m") and not ctx.equal(E(x), "m")


def test_symmetry_inside_is_not_known_outside() -> None:
    ctx = Context(Atoms())
    for name in ("n", "S"):
        ctx.declare(name, NAMES[name])
    inner_ctx = ctx.extended()
    inner_ctx.assume("symmetric", ("=", "S", turned("S")))
    assert inner_ctx.equal(turned("S"), "S") and not ctx.equal(turned("S"), "S")


def test_symmetry_mends_what_was_worked_out_before() -> None:
    ctx = Context(Atoms())
    for name in ("n", "S", "A"):
        ctx.declare(name, NAMES[name])
    assert not ctx.equal(trace(mm(turned("S"), "A")), trace(mm("S", "A")))
    ctx.assume("symmetric", ("=", turned("S"), "S"))
    assert ctx.equal(trace(mm(turned("S"), "A")), trace(mm("S", "A")))


def changes(data: Any) -> list[tuple[Any, Any]]:
    """Every place of a certificate: the container and the key."""
    found: list[tuple[Any, Any]] = []
    keys = list(data) if isinstance(data, dict) else range(len(data))
    for key in keys:
        found.append((data, key))
        if isinstance(data[key], (dict, list)):
            found += changes(data[key])
    return found


def test_damaged_certificates_prove_nothing_else() -> None:
    """Whatever is damaged, what is accepted is the goal itself."""
    import json

    claim = goal(
        ("=", E(outer(x, x)), plus(R, times("s", "A"))), *LAW, ("=", "s", "0"), names=NAMES
    )
    item = {"fact": "h7", "right": "A", "times": "-1"}
    then = {"rule": "combine", "items": [item]}
    proof = have(("=", "s", "0"), "none", {"rule": "assumption", "fact": "h7"}, then)
    text = proof_text(claim, proof, VALUES)
    assert Kernel().accept(claim.to_text(), text).kind == "proof"
    rng = random.Random(6)
    for _ in range(150):
        damaged = deepcopy(json.loads(text))
        holder, key = rng.choice(changes(damaged))
        holder[key] = rng.choice(["0", "1", "x", "h1", ["expectation", "#0"], [], {}])
        with suppress(Rejected):
            accepted = Kernel().accept(claim.to_text(), json.dumps(damaged))
            assert accepted.goal == Kernel().accept(claim.to_text(), text).goal
