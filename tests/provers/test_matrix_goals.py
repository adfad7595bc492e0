"""Goals of matrices and vectors of any size: found within the budget, accepted by the kernel."""

from __future__ import annotations

import json
from itertools import permutations
from typing import Any

import pytest
from matrix_words import eye, inv, mm, plus, turned
from prover_goals import goal_in, minus, square

from therefore.goal import Goal, Term
from therefore.kernel import FORMAT, Kernel, Rejected, goal_hash
from therefore.provers import certify_refutation, certify_witness, prove
from therefore.task import Source, Task

BUDGET = 60.0  # of a slow machine; what is found is found in a few seconds
ONE, NONE = ("rows", ("row", "1")), ("rows", ("row", "0"))
VALUES: dict[str, Term] = {
    "n": "1", "m": "1", "d": "1", "A": ONE, "B": ONE, "H": ONE, "P": ONE, "Q": ONE, "S": ONE,
    "X": ONE,
    "a": ("vector", "1"), "b": ("vector", "1"), "c": ("vector", "1"), "g": ("vector", "1"),
    "q": ("vector", "1"), "t": ("vector", "1"), "u": ("vector", "1"), "v": ("vector", "1"),
    "w": ("vector", "1"), "x": ("vector", "1"), "y": ("vector", "0"),
    "s": "1", "l": "1", "k": "0", "i": ("lambda", "integer", ("mod", "1", "0")),
    "z": ("lambda", "integer", ("zero", "1")), "e": ("lambda", "integer", "0"),
}  # fmt: skip
SORTS: dict[str, Term] = {
    "n": "size", "m": "size", "d": "size", "X": ("matrix", "n", "d"), "A": ("matrix", "m", "n"),
    "B": ("matrix", "n", "m"), "H": ("matrix", "d", "d"), "P": ("matrix", "d", "d"),
    "Q": ("matrix", "d", "d"), "S": ("matrix", "d", "d"),
    "a": ("vector", "n"), "b": ("vector", "n"), "c": ("vector", "n"),
    "g": ("vector", "d"), "q": ("vector", "d"), "t": ("vector", "n"), "u": ("vector", "d"),
    "v": ("vector", "d"), "w": ("vector", "d"), "x": ("vector", "d"), "y": ("vector", "d"),
    "s": "real", "l": "real", "k": "integer",
    "i": ("function", ("integer",), ("residue", "n")),
    "z": ("function", ("integer",), ("vector", "d")), "e": ("function", ("integer",), "real"),
}  # fmt: skip


def goal(conclusion: Term, *given: Term) -> Goal:
    """The goal with the names that it speaks of."""
    return goal_in(SORTS, conclusion, *given)


XX = mm("X", turned("X"))
SYMMETRIC = ("=", turned("H"), "H")
EIGEN = ("=", mm("H", "q"), ("*", "l", "q"))
HALF_FORM = ("lambda", ("vector", "d"), ("*", "1/2", ("inner", "#0", mm("H", "#0"))))
SLOPE = ("gradient", HALF_FORM, "x")
DAMPED = plus("H", ("*", "s", eye("d")))
LEFT, RIGHT = plus(eye("m"), mm("A", "B")), plus(eye("n"), mm("B", "A"))
ROW = mm(turned("X"), ("unit", "n", ("app", "i", "#1")))
FIRST = minus("P", mm("Q", inv("S"), "H"))
SECOND = minus("S", mm("H", inv("P"), "Q"))
LOSS = (
    "lambda", ("vector", "d"),
    ("^", minus(("inner", ROW, "#0"), ("entry", "t", ("app", "i", "#1"))), "2"),
)  # fmt: skip
STEPS = ("forall", "integer", ("implies", ("<=", "0", "#0"), (
    "=", ("app", "z", plus("#0", "1")),
    minus(("app", "z", "#0"), ("*", ("app", "e", "#0"), ("gradient", LOSS, ("app", "z", "#0")))),
)))  # fmt: skip


def along(step: Term) -> Term:
    """‖X(w − s·g) − t‖², with the step for s and Xᵀa for g."""
    point = minus("w", ("*", step, mm(turned("X"), "a")))
    return square(minus(mm("X", point), "t"))


RIDGE = plus(mm(turned("X"), "X"), ("*", "l", eye("d")))
RESIDUAL = ("=", "a", minus(mm("X", "w"), "t"))
MOVES = ("!=", mm(turned("X"), "a"), ("zero", "d"))

PROVED: dict[str, Goal] = {
    "least squares": goal(("=", ("gradient", ("lambda", ("vector", "d"), (
        "/", square(minus(mm("X", "#0"), "t")), "n")), "w"),
        ("*", ("/", "2", "n"), mm(turned("X"), minus(mm("X", "w"), "t"))))),
    "push-through": goal(("=", mm(inv(LEFT), "A"), mm("A", inv(RIGHT))),
                         ("invertible", LEFT), ("invertible", RIGHT)),
    "push-through from one inverse": goal(
        ("=", mm(inv(LEFT), "A"), mm("A", inv(RIGHT))), ("invertible", LEFT)),
    "a damped step is one": goal(
        ("<=", ("norm", mm(inv(DAMPED), "g")), ("/", ("norm", "g"), plus("l", "s"))),
        SYMMETRIC, ("<", ("-", "l"), "s"),
        ("forall", ("vector", "d"), ("<=", ("*", "l", square("#0")),
                                     ("inner", "#0", mm("H", "#0"))))),
    "a sum of two": goal(
        ("=", minus("P", mm("P", inv(plus("P", "Q")), "P")),
         minus("Q", mm("Q", inv(plus("P", "Q")), "Q"))), ("invertible", plus("P", "Q"))),
    "an isometry": goal(("=", square(mm("Q", "x")), square("x")),
                        ("=", mm(turned("Q"), "Q"), eye("d"))),
    "a projection": goal(("=", ("inner", mm("P", "x"), minus("x", mm("P", "x"))), "0"),
                         ("=", mm("P", "P"), "P"), ("=", turned("P"), "P")),
    "an eigenvector of the inverse": goal(
        ("=", ("*", "l", mm(inv("H"), "q")), "q"), ("invertible", "H"), EIGEN),
    "gradient steps along an eigenvector": goal(
        ("=", ("inner", "q", "y"), ("*", minus("1", ("*", "s", "l")), ("inner", "q", "x"))),
        SYMMETRIC, EIGEN, ("=", "y", minus("x", ("*", "s", SLOPE)))),
    "one step of Newton": goal(
        ("=", "y", ("zero", "d")), SYMMETRIC, ("invertible", "H"),
        ("=", "y", minus("x", mm(inv("H"), SLOPE)))),
    "the only solution in the row space": goal(
        ("=", "w", mm(turned("X"), inv(XX), "t")), ("invertible", XX),
        ("=", "w", mm(turned("X"), "c")), ("=", mm("X", "w"), "t")),
    "Pythagoras": goal(
        ("=", square("w"), plus(square("u"), square(minus("w", "u")))), ("invertible", XX),
        ("=", mm("X", "w"), "t"), ("=", "u", mm(turned("X"), inv(XX), "t"))),
    "iterates in the row space": goal(
        ("forall", "integer", ("implies", ("<=", "0", "#0"), (
            "exists", ("vector", "n"), ("=", ("app", "z", "#1"), mm(turned("X"), "#0"))))),
        ("=", ("app", "z", "0"), ("zero", "d")), STEPS),
    "a second derivative": goal(
        ("=", ("derivative", ("derivative", along("#0"), "#0"), "s"),
         ("*", "2", square(mm(XX, "a"))))),
    "a positive curvature": goal(("<", "0", square(mm(XX, "a"))), MOVES),
    "no curvature, no gradient": goal(
        ("=", mm(turned("X"), "a"), ("zero", "d")), ("=", ("inner", "a", mm(XX, XX, "a")), "0")),
    "the best step": goal(
        ("forall", "real", ("<=", along(
            ("/", ("inner", "a", mm(XX, "a")), ("inner", "a", mm(XX, XX, "a")))), along("#0"))),
        RESIDUAL, MOVES),
    "Cauchy and Schwarz": goal(("<=", ("inner", "u", "v"), ("*", ("norm", "u"), ("norm", "v")))),
    "the triangle": goal(("<=", ("norm", plus("u", "v")), plus(("norm", "u"), ("norm", "v")))),
    "a damped step": goal(
        ("<=", ("norm", mm(inv(DAMPED), "g")), ("/", ("norm", "g"), plus("l", "s"))),
        SYMMETRIC, ("invertible", DAMPED), ("<", ("-", "l"), "s"),
        ("forall", ("vector", "d"), ("<=", ("*", "l", square("#0")),
                                     ("inner", "#0", mm("H", "#0"))))),
    "the length of an image": goal(("=", ("norm", mm("Q", "x")), ("norm", "x")),
                                   ("=", mm(turned("Q"), "Q"), eye("d"))),
    "the trace of equal matrices": goal(("=", ("trace", mm("H", "P")), ("trace", mm("Q", "P"))),
                                        ("=", mm("H", "P"), mm("Q", "P"))),
    "the square of the norm of a matrix": goal(
        ("<=", square("P"), plus(square("P"), square(minus("P", "Q"))))),
    "the inverse of triangular blocks": goal(
        ("=", inv(("blocks", ("row", "P", "Q"), ("row", ("zero", "d", "d"), "H"))),
         ("blocks", ("row", inv("P"), ("-", mm(inv("P"), "Q", inv("H")))),
          ("row", ("zero", "d", "d"), inv("H")))), ("invertible", "P"), ("invertible", "H")),
    "the inverse of full blocks, by both complements": goal(
        ("=", inv(("blocks", ("row", "P", "Q"), ("row", "H", "S"))),
         ("blocks", ("row", inv(FIRST), ("-", mm(inv("P"), "Q", inv(SECOND)))),
          ("row", ("-", mm(inv(SECOND), "H", inv("P"))), inv(SECOND)))),
        *(("invertible", one) for one in ("P", "S", FIRST, SECOND))),
    "the trace of a skew matrix": goal(
        ("=", ("trace", "P"), "0"), ("=", "P", ("-", turned("P")))),
    "the trace of skew times symmetric": goal(
        ("=", ("trace", mm("P", "H")), "0"), ("=", "P", ("-", turned("P"))), SYMMETRIC),
    "traces in two steps": goal(
        ("=", ("trace", mm("P", "Q", "P")), ("trace", "H")),
        ("=", mm("P", "P"), "P"), ("=", mm("P", "Q"), "H")),
    "an inverse within an equivalence": goal(
        ("and", *(("implies", one, other) for one, other in permutations(
            (("=", mm(RIDGE, "w"), "v"), ("=", "w", mm(inv(RIDGE), "v")))))), ("<", "0", "l")),
}  # fmt: skip

NOT_PROVED: dict[str, Goal] = {
    "a product the other way round": goal(("=", mm("P", "Q"), mm("Q", "P"))),
    "push-through without the second inverse": goal(
        ("=", mm(inv(LEFT), "A"), mm("B", inv(LEFT))), ("invertible", LEFT)),
    "a left inverse of a wide matrix": goal(
        ("=", mm(turned("X"), inv(XX), "X"), eye("d")), ("invertible", XX)),
    "no inverse": goal(("=", mm(inv("H"), "H"), eye("d"))),
    "an isometry of its transpose only": goal(("=", square(mm("A", "b")), square("b")),
                                              ("=", mm("A", turned("A")), eye("m"))),
    "the trace of the square of a skew matrix": goal(
        ("=", ("trace", mm("P", "P")), "0"), ("=", "P", ("-", turned("P")))),
    "traces of factors": goal(
        ("=", ("trace", mm("P", "Q")), ("trace", "Q")), ("=", mm("P", "P"), "P")),
    "an eigenvector without symmetry": goal(
        ("=", ("inner", "q", mm("H", "x")), ("*", "l", ("inner", "q", "x"))), EIGEN),
    "a damped step, too short": goal(
        ("<=", ("norm", mm(inv(DAMPED), "g")), ("/", ("norm", "g"), plus("l", "l", "s"))),
        ("invertible", DAMPED), ("<", ("-", "l"), "s")),
    "the length of an image, of an involution": goal(
        ("=", ("norm", mm("Q", "x")), ("norm", "x")), ("=", mm("Q", "Q"), eye("d"))),
    "a norm of a matrix without a square": goal(
        ("<=", square("P"), minus(square("P"), square(minus("P", "Q"))))),
    "the inverse of full blocks": goal(
        ("=", inv(("blocks", ("row", "P", "Q"), ("row", "Q", "H"))),
         ("blocks", ("row", inv("P"), inv("Q")), ("row", inv("Q"), inv("H")))),
        ("invertible", "P"), ("invertible", "Q"), ("invertible", "H")),
}  # fmt: skip


def shown(claim: Goal) -> Any:
    return prove(Task("t", "t", "claim", Source("t.py", 1), claim), [], budget=BUDGET)


@pytest.mark.parametrize("name", PROVED)
def test_proved(name: str) -> None:
    claim = PROVED[name]
    attempt = shown(claim)
    assert attempt.proof is not None, attempt.tried
    values = {key: VALUES[key] for key, _ in claim.declarations}
    special = {
        "one step of Newton": {"y": ("vector", "0")},
        "an isometry of its transpose only": {},
        "gradient steps along an eigenvector": {"y": ("vector", "0")},
        "the inverse of full blocks, by both complements": {"Q": NONE},
        "the trace of a skew matrix": {"P": NONE},
        "the trace of skew times symmetric": {"P": NONE},
        "the best step": {"a": ("vector", "1"), "t": ("vector", "0")},
        "no curvature, no gradient": {"a": ("vector", "0")},
    }
    witness = certify_witness(claim, {**values, **special.get(name, {})}, budget=BUDGET)
    assert witness is not None
    certificate = {
        "format": FORMAT, "goal": goal_hash(claim.to_text()), "kind": "proof",
        "proof": attempt.proof, "witness": witness,
    }  # fmt: skip
    assert Kernel().accept(claim.to_text(), json.dumps(certificate)).kind == "proof"


@pytest.mark.parametrize("name", NOT_PROVED)
def test_not_proved(name: str) -> None:
    attempt = prove(Task("t", "t", "claim", Source("t.py", 1), NOT_PROVED[name]), [], budget=3.0)
    assert attempt.proof is None


def test_a_missing_inverse_is_a_refutation() -> None:
    claim = goal(
        ("=", "c", mm(inv(XX), "t")), ("=", "w", mm(turned("X"), "c")), ("=", mm("X", "w"), "t")
    )
    values: dict[str, Term] = {
        "n": "2", "d": "1", "X": ("rows", ("row", "1"), ("row", "1")), "c": ("vector", "1", "0"),
        "t": ("vector", "1", "1"), "w": ("vector", "1"),
    }  # fmt: skip
    certificate = certify_refutation(claim, values, budget=BUDGET)
    assert certificate is not None
    accepted = Kernel().accept(claim.to_text(), json.dumps(certificate))
    assert accepted.kind == "refutation"
    certificate["conclusion"]["part"] = "1"
    with pytest.raises(Rejected):
        Kernel().accept(claim.to_text(), json.dumps(certificate))
