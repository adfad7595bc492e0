"""Sums with names of their own, least quadratics, recurrences, determined names, squares."""

from __future__ import annotations

import json

import pytest
from prover_goals import goal_in, minus, square

from therefore.goal import Goal, Term
from therefore.kernel import FORMAT, Kernel, goal_hash
from therefore.provers import certify_witness, prove
from therefore.task import Source, Task

BUDGET = 60.0  # of a slow machine; what is found is found in a few seconds
ONE = ("rows", ("row", "1"))
NUMBERS = ("function", ("integer",), "real")
SEQUENCE = ("function", ("integer",), ("vector", "m"))
OTHERS = ("function", ("integer",), ("vector", "n"))
SORTS: dict[str, Term] = {
    "m": "size", "n": "size", "A": ("matrix", "m", "n"), "S": ("matrix", "n", "n"),
    "b": ("vector", "m"), "x": ("vector", "n"), "y": ("vector", "n"), "p": ("vector", "2"),
    "q": ("vector", "3"), "r": "real", "s": "real", "c": "real", "k": "integer", "N": "integer",
    "z": SEQUENCE, "g": OTHERS, "h": NUMBERS,
}  # fmt: skip
VALUES: dict[str, Term] = {
    "m": "1", "n": "1", "A": ONE, "S": ONE, "b": ("vector", "0"), "x": ("vector", "0"),
    "y": ("vector", "0"), "p": ("vector", "1", "1"), "q": ("vector", "1", "2", "3"),
    "r": "0", "s": "0", "c": "1", "k": "0", "N": "1", "z": ("lambda", "integer", ("zero", "1")),
    "g": ("lambda", "integer", ("zero", "1")), "h": ("lambda", "integer", "0"),
}  # fmt: skip


def mm(*factors: Term) -> Term:
    first, *rest = factors
    return ("matmul", first, mm(*rest)) if rest else first


def goal(conclusion: Term, *given: Term) -> Goal:
    """The goal with the names that it speaks of."""
    return goal_in(SORTS, conclusion, *given)


def from_zero(index: str, formula: Term, last: Term = None) -> Term:
    inside = formula if last is None else ("implies", ("<=", index, last), formula)
    return ("forall", "integer", ("implies", ("<=", "0", index), inside))


def at(name: str, place: Term) -> Term:
    return ("app", name, place)


TURNED = ("transpose", "A")
RESIDUAL = minus(mm("A", "x"), "b")
NEXT = ("+", "#0", "1")


def moved(by: Term) -> Term:
    """‖A(x − r Aᵀ(Ax − b)) − b‖²."""
    return square(minus(mm("A", minus("x", ("*", by, mm(TURNED, RESIDUAL)))), "b"))


def ridge(v: Term) -> Term:
    return ("+", square(minus(mm("A", v), "b")), ("*", "c", square(v)))


def form(v: Term) -> Term:
    return minus(("inner", v, mm("S", v)), ("*", "2", ("inner", "y", v)))


def least(of: Term, everywhere: Term, sort: Term = ("vector", "n")) -> Term:
    return ("forall", sort, ("<=", of, everywhere))


AA = mm("A", TURNED)
SHORTEST = mm(TURNED, ("inverse", AA), "b")
PROVED: dict[str, Goal] = {
    # sums of vectors with names of their own
    "the square of a product with a difference": goal(
        ("<=", "0", ("inner", RESIDUAL, mm(AA, RESIDUAL)))),
    "convex along a line": goal(
        ("<=", moved(("*", "1/2", ("+", "r", "s"))),
         ("*", "1/2", ("+", moved("r"), moved("s"))))),
    "a difference that vanishes": goal(
        ("=", mm(TURNED, RESIDUAL), ("zero", "n")), ("=", square(mm(AA, RESIDUAL)), "0")),
    # where a quadratic is least
    "a parabola": goal(
        ("=", "r", ("*", "3/2", "s")),
        least(minus(("^", "r", "2"), ("*", "3", "s", "r")),
              minus(("^", "#0", "2"), ("*", "3", "s", "#0")), "real")),
    "a parabola of unknown width": goal(
        ("=", ("*", "2", "c", "r"), "s"),
        least(minus(("*", "c", ("^", "r", "2")), ("*", "s", "r")),
              minus(("*", "c", ("^", "#0", "2")), ("*", "s", "#0")), "real")),
    "a line that is nowhere lower": goal(
        ("=", "s", "0"), least(("*", "s", "r"), ("*", "s", "#0"), "real")),
    "the normal equations": goal(
        ("=", mm(TURNED, "A", "x"), mm(TURNED, "b")),
        least(square(RESIDUAL), square(minus(mm("A", "#0"), "b")))),
    "the damped normal equations": goal(
        ("=", ("+", mm(TURNED, "A", "x"), ("*", "c", "x")), mm(TURNED, "b")),
        least(ridge("x"), ridge("#0"))),
    "a form that may be indefinite": goal(
        ("=", mm("S", "x"), "y"), ("=", ("transpose", "S"), "S"),
        least(form("x"), form("#0"))),
    "a best step": goal(
        ("=", ("*", "r", square(mm(AA, RESIDUAL))), square(mm(TURNED, RESIDUAL))),
        least(moved("r"), moved("#0"), "real")),
    # recurrences
    "a sequence in the image of a matrix": goal(
        ("=", at("z", "k"), mm("A", at("g", "k"))), ("<=", "0", "k"),
        ("=", at("z", "0"), ("zero", "m")), ("=", at("g", "0"), ("zero", "n")),
        from_zero("#0", ("=", at("z", NEXT), ("+", at("z", "#0"), mm("A", "x")))),
        from_zero("#0", ("=", at("g", NEXT), ("+", at("g", "#0"), "x")))),
    "for every index": goal(
        from_zero("#0", ("=", at("h", "#0"), ("*", "3", "#0"))),
        ("=", at("h", "0"), "0"), from_zero("#0", ("=", at("h", NEXT), ("+", at("h", "#0"), "3")))),
    "as far as the recurrence goes": goal(
        ("=", at("h", "N"), ("*", "c", "N")), ("<=", "0", "N"), ("=", at("h", "0"), "0"),
        from_zero("#0", ("=", at("h", NEXT), ("+", at("h", "#0"), "c")), minus("N", "1"))),
    # names that the equations determine
    "a point on two lines": goal(
        ("<", ("norm", "p"), "3/2"), ("=", ("inner", ("vector", "1", "2"), "p"), "3"),
        ("=", ("inner", ("vector", "1", "-1"), "p"), "0")),
    "a vector along a given one": goal(
        ("=", "q", ("vector", "1", "2", "3")), ("=", "q", ("*", "c", ("vector", "1", "2", "3"))),
        ("=", ("inner", ("vector", "1", "1", "1"), "q"), "6")),
    # squares as they are written
    "no shorter solution": goal(
        ("<=", square(SHORTEST), ("+", square(SHORTEST), square(minus("y", SHORTEST)))),
        ("invertible", AA)),
}  # fmt: skip
SPECIAL: dict[str, dict[str, Term]] = {
    "as far as the recurrence goes": {"h": ("lambda", "integer", "#0")},
    "for every index": {"h": ("lambda", "integer", ("*", "3", "#0"))},
    "a parabola of unknown width": {"c": "1"},
}

NOT_PROVED: dict[str, Goal] = {
    "the wrong side of the residual": goal(
        ("<=", "0", ("inner", RESIDUAL, mm("A", "x")))),
    "least only to the right": goal(
        ("=", "s", "0"), ("forall", "real", ("implies", ("<=", "r", "#0"), (
            "<=", ("*", "s", "r"), ("*", "s", "#0"))))),
    "a cubic": goal(
        ("=", "s", "0"),
        least(("*", "s", ("^", "r", "3")), ("+", "1", ("*", "s", ("^", "#0", "3"))), "real")),
    "an asymmetric form": goal(("=", mm("S", "x"), "y"), least(form("x"), form("#0"))),
    "one step beyond the recurrence": goal(
        ("=", at("h", ("+", "N", "1")), ("*", "c", ("+", "N", "1"))), ("<=", "0", "N"),
        ("=", at("h", "0"), "0"),
        from_zero("#0", ("=", at("h", NEXT), ("+", at("h", "#0"), "c")), minus("N", "1"))),
    "another start": goal(
        ("=", at("h", "k"), ("*", "3", "k")), ("<=", "0", "k"), ("=", at("h", "0"), "1"),
        from_zero("#0", ("=", at("h", NEXT), ("+", at("h", "#0"), "3")))),
    "a point on one line": goal(
        ("=", "p", ("vector", "1", "1")), ("=", ("inner", ("vector", "1", "2"), "p"), "3")),
    "a negative square": goal(
        ("<=", ("+", square(SHORTEST), square(minus("y", SHORTEST))), square(SHORTEST)),
        ("invertible", AA)),
}  # fmt: skip


def shown(claim: Goal, budget: float) -> object:
    return prove(Task("t", "t", "claim", Source("t.py", 1), claim), [], budget=budget).proof


@pytest.mark.parametrize("name", PROVED)
def test_proved(name: str) -> None:
    claim = PROVED[name]
    proof = shown(claim, BUDGET)
    assert proof is not None
    values = {**VALUES, **SPECIAL.get(name, {})}
    witness = certify_witness(claim, {key: values[key] for key, _ in claim.declarations})
    assert witness is not None
    certificate = {
        "format": FORMAT, "goal": goal_hash(claim.to_text()), "kind": "proof",
        "proof": proof, "witness": witness,
    }  # fmt: skip
    assert Kernel().accept(claim.to_text(), json.dumps(certificate)).kind == "proof"


@pytest.mark.parametrize("name", NOT_PROVED)
def test_not_proved(name: str) -> None:
    assert shown(NOT_PROVED[name], 2.0) is None
