"""Functions with a continuous, piecewise linear derivative: convex, smooth and bounded below."""

from __future__ import annotations

import json
import time
from fractions import Fraction

import pytest

from therefore.goal import Term
from therefore.kernel import Rejected
from therefore.kernel.atoms import Atoms
from therefore.kernel.axioms import AXIOMS, convex
from therefore.kernel.context import Context
from therefore.kernel.proofs import Checker
from therefore.kernel.terms import reduced
from therefore.provers.at_values.concrete import prove_concrete
from therefore.provers.bench import Bench
from therefore.provers.functions.of_splines import LEMMAS
from therefore.provers.functions.quadratic_splines import PROVER
from therefore.provers.search import Search
from therefore.splines import Spline, spline_of
from therefore.task import Hints

SPACE = ("vector", "1")
HALF = Fraction(1, 2)
HUBER = Spline((Fraction(1),), (Fraction(1), Fraction(0)))
TWO_KNOTS = Spline((Fraction(-1), Fraction(1)), (Fraction(1, 2), Fraction(2), HALF), HALF)
SAW = Spline(
    (Fraction(0), HALF, Fraction(1)),
    (Fraction(1), Fraction(-1), Fraction(1), Fraction(0)), Fraction(1), HALF,
)  # fmt: skip


def literal(spline: Spline, sort: Term = SPACE) -> Term:
    """The function literal of a spline."""
    argument: Term = "#0" if sort == "real" else ("inner", ("vector", "1"), "#0")
    return ("lambda", sort, spline.body(argument))


def for_all(body: Term, count: int = 2) -> Term:
    """Of all vectors with one entry."""
    for _ in range(count):
        body = ("forall", SPACE, body)
    return body


def smooth(f: Term, bound: str) -> Term:
    """The gradient does not change faster than the bound says."""
    change = ("norm", ("+", ("gradient", f, "#1"), ("-", ("gradient", f, "#0"))))
    return for_all(("<=", change, ("*", bound, ("norm", ("+", "#1", ("-", "#0"))))))


def strongly_convex(f: Term, bound: str) -> Term:
    """f is above its tangents by half the bound, times the square of the distance."""
    away = ("+", "#0", ("-", "#1"))
    tangent = ("+", ("app", f, "#1"), ("inner", ("gradient", f, "#1"), away))
    square = ("*", ("/", bound, "2"), ("^", ("norm", away), "2"))
    return for_all(("<=", ("+", tangent, square), ("app", f, "#0")))


def below(f: Term, bound: str) -> Term:
    """f is nowhere below the bound."""
    return for_all(("<=", bound, ("app", f, "#0")), 1)


def proved(goal: Term, seconds: float = 8.0) -> bool:
    """Whether a proof is found, which the rules of the kernel accept."""
    goal, ctx = reduced(goal, {}), Context(Atoms())
    bench = Bench((), Hints(), time.monotonic() + seconds)
    proof = prove_concrete(Search(bench), ctx, goal)
    return proof is not None and bench.works(Context(Atoms()), goal, proof)


@pytest.mark.parametrize(
    "goal",
    [
        ("differentiable", literal(SAW)),
        smooth(literal(HUBER), "1"),
        convex(literal(HUBER), "1"),
        below(literal(HUBER), "0"),
        strongly_convex(literal(TWO_KNOTS), "1/2"),
        smooth(literal(TWO_KNOTS), "5/2"),
        smooth(literal(SAW), "1"),
        below(literal(SAW), "0"),
    ],
)
def test_what_holds_of_a_spline_is_proved(goal: Term) -> None:
    """Each within seconds, by what holds of clamped numbers."""
    assert proved(goal)


@pytest.mark.parametrize(
    "goal",
    [
        smooth(literal(HUBER), "9/10"),
        convex(literal(SAW), "1"),
        strongly_convex(literal(TWO_KNOTS), "3/5"),
        below(literal(HUBER), "1/100"),
    ],
)
def test_what_does_not_hold_has_no_such_proof(goal: Term) -> None:
    """The prover of splines passes."""
    ctx = Context(Atoms())
    search = Search(Bench((), Hints(), time.monotonic() + 5.0))
    assert PROVER.prove(search, ctx, reduced(goal, {}), 0) is None


def test_the_facts_on_clamped_numbers_hold() -> None:
    """In the order in which they build on each other; a damaged one is refused."""
    ctx, checker = Context(Atoms()), Checker({}, AXIOMS)
    for label, (fact, proof) in LEMMAS.items():
        checker.prove(ctx, fact, proof)
        ctx = ctx.extended()
        ctx.assume(label, fact)
    fact, proof = LEMMAS["bends_after"]
    swapped = json.loads(json.dumps(fact).replace('"4"', '"5"'))
    with pytest.raises(Rejected):
        checker.prove(ctx, _tuples(swapped), proof)


def _tuples(data: object) -> Term:
    return tuple(map(_tuples, data)) if isinstance(data, list) else data  # type: ignore[return-value]


def test_a_spline_is_read_from_its_literal() -> None:
    """Its knots and slopes; what bends otherwise is none."""
    for spline in (HUBER, TWO_KNOTS, SAW):
        assert spline_of(spline.body("#0"), lambda part: part == "#0") == spline
    assert spline_of(("abs", "#0"), lambda part: part == "#0") is None
    assert spline_of(("^", ("abs", "#0"), "4"), lambda part: part == "#0") is None
    assert SAW.lowest() == -1
    assert Spline((), (Fraction(-1),)).lowest() is None
