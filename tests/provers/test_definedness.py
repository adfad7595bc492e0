"""What makes a premise, a hypothesis or a witness defined is searched for, and the kernel told."""

from __future__ import annotations

import json

import pytest

from therefore.goal import Goal, Term
from therefore.kernel import FORMAT, Rejected, accept, goal_hash
from therefore.provers import prove
from therefore.task import Hints, Source, Task

SEQUENCE = ("function", ("integer",), "real")
DECLARED = (
    ("d", "size"), ("v", ("vector", "d")), ("a", "real"), ("T", "integer"), ("G", SEQUENCE),
    ("u", SEQUENCE),
)  # fmt: skip
NONZERO = ("!=", "v", ("zero", "d"))
QUOTIENT = ("/", "1", ("inner", "v", "v"))
NEXT = ("+", "#0", "1")


def at(family: str, place: Term) -> Term:
    """The number of a sequence at a place."""
    return ("app", family, place)


def every(formula: Term) -> Term:
    """The formula of #0 for all k = 0, …, T − 1."""
    last = ("<=", "#0", ("+", "T", ("-", "1")))
    return ("forall", "integer", ("implies", ("<=", "0", "#0"), ("implies", last, formula)))


START = ("=", at("G", "0"), "0")
STEPS = every(("=", at("G", NEXT), ("+", at("G", "#0"), ("^", at("u", "#0"), "2"))))
FALLING = every(("=", at("G", NEXT), ("-", at("G", "#0"), ("^", at("u", "#0"), "2"))))
POSITIVE = every(("<", "0", at("G", "#0")))
BELOW_ONE = every(("<", ("power", "a", NEXT), "1"))
DIVIDED = every(("=", at("u", NEXT), ("/", at("u", "#0"), ("sqrt", at("G", "#0")))))
ROOTS = every(("=", at("u", NEXT), ("sqrt", at("G", NEXT))))
CORRECTED = every(("=", at("u", NEXT), ("/", "1", ("+", "1", ("-", ("power", "a", NEXT))))))
TRUE = ("<=", "a", "a")


def _searched(hypotheses: tuple[Term, ...], conclusion: Term, hints: Hints) -> str | None:
    """What the kernel says of the proof found, once it comes to the witness that is left out."""
    goal = Goal(DECLARED, (), hypotheses, conclusion)
    attempt = prove(Task("t", "t", "step", Source("t.py", 1), goal, hints=hints), [], budget=20)
    if attempt.proof is None:
        return None
    certificate = {
        "format": FORMAT, "goal": goal_hash(goal.to_text()), "kind": "proof",
        "proof": attempt.proof, "defined": list(attempt.defined),
        "witness": {"values": {}, "proofs": []},
    }  # fmt: skip
    with pytest.raises(Rejected) as no:
        accept(goal.to_text(), json.dumps(certificate))
    return str(no.value)


@pytest.mark.parametrize(
    ("hypotheses", "conclusion", "witness"),
    [
        pytest.param(
            (NONZERO,), ("implies", ("=", "a", QUOTIENT), ("<", "0", "a")), (), id="a premise"
        ),
        pytest.param(
            (NONZERO,), ("exists", "real", ("<", "0", "#0")), (QUOTIENT,), id="a witness"
        ),
        pytest.param((POSITIVE, DIVIDED), TRUE, (), id="at the same index"),
        pytest.param((START, STEPS, ROOTS), TRUE, (), id="by induction"),
        pytest.param((BELOW_ONE, CORRECTED), TRUE, (), id="of the index alone"),
    ],
)
def test_what_is_defined(hypotheses: tuple[Term, ...], conclusion: Term, witness: Term) -> None:
    said = _searched(hypotheses, conclusion, Hints(witness=witness))
    assert said is not None and "values are for other names" in said


@pytest.mark.parametrize(
    ("hypotheses", "conclusion"),
    [
        pytest.param((), ("implies", ("=", "a", QUOTIENT), ("<", "0", "a")), id="a premise"),
        pytest.param((DIVIDED,), TRUE, id="nothing before"),
        pytest.param((DIVIDED, POSITIVE), TRUE, id="only afterwards"),
        pytest.param((START, FALLING, ROOTS), TRUE, id="not by induction"),
    ],
)
def test_what_need_not_be_defined(hypotheses: tuple[Term, ...], conclusion: Term) -> None:
    assert _searched(hypotheses, conclusion, Hints()) is None
