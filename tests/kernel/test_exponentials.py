"""Exponentials of matrices: sorts, normal forms, derivatives, enclosures, and the rule ``flow``."""

from __future__ import annotations

import json
import random
from contextlib import suppress
from fractions import Fraction
from typing import Any

import mpmath
import pytest
from damaging import damaged
from kernel_goals import COMBINE, context_in, goal, plain, proof_text, prove

from therefore.kernel import Kernel, Rejected
from therefore.kernel.differential import differential
from therefore.kernel.enclosures import Enclosure
from therefore.kernel.terms import negation, sort_of

SQUARE = ("matrix", "n", "n")
NAMES: dict[str, Any] = {
    "n": "size", "m": "size", "t": "real", "c": "real", "k": "size", "A": SQUARE, "B": SQUARE,
    "Z": ("matrix", "m", "n"), "u": ("vector", "n"),
}  # fmt: skip
ROW = ("rows", ("row", "0"))
VALUES = {
    "n": "1", "m": "1", "k": "1", "t": "0", "c": "0", "A": ROW, "B": ROW, "Z": ROW,
    "u": ("vector", "0"),
}  # fmt: skip


def e(matrix: Any) -> Any:
    return ("exponential", matrix)


def mm(*factors: Any) -> Any:
    first, *rest = factors
    return ("matmul", first, mm(*rest)) if rest else first


def written(grid: list[list[Any]]) -> Any:
    return ("rows", *(("row", *map(str, row)) for row in grid))


def refused(code: str, call: Any) -> None:
    with pytest.raises(Rejected) as no:
        call()
    assert no.value.code == code


# -------------------------------------------------------------- sorts and normal forms


def test_it_is_of_square_matrices_only() -> None:
    assert sort_of(e("A"), NAMES) == SQUARE
    for term in ("Z", "u", "c"):
        refused("ILL_TYPED", lambda term=term: sort_of(e(term), NAMES))


def test_a_letter_of_any_size() -> None:
    ctx = context_in(NAMES)
    assert ctx.equal(e(("+", "A", "B")), e(("+", "B", "A")))
    assert ctx.equal(e(("zero", "n", "n")), ("identity", "n"))
    assert ctx.equal(e(("*", "0", "A")), ("identity", "n"))
    for left, right in (
        (e("A"), e("B")), (mm(e("A"), e("B")), e(("+", "A", "B"))),
        (mm(e("A"), "A"), mm("A", e("A"))), (("transpose", e("A")), e("A")),
        (e(("-", "A")), e("A")), (e(("identity", "n")), ("identity", "n")),
    ):  # fmt: skip
        assert not ctx.equal(left, right)


SERIES = [
    ([[0]], [[1]]),
    ([[0, 1], [0, 0]], [[1, 1], [0, 1]]),
    ([[1, -1], [1, -1]], [[2, -1], [1, 0]]),
    ([[0, 1, 0], [0, 0, 1], [0, 0, 0]], [[1, 1, "1/2"], [0, 1, 1], [0, 0, 1]]),
    ([[0, 2, 1], [0, 0, 0], [0, 0, 0]], [[1, 2, 1], [0, 1, 0], [0, 0, 1]]),
]


@pytest.mark.parametrize(("grid", "value"), SERIES)
def test_where_the_series_ends_it_is_written_out(
    grid: list[list[Any]], value: list[list[Any]]
) -> None:
    assert context_in(NAMES).equal(e(written(grid)), written(value))


def test_a_diagonal_matrix_and_others_of_written_size() -> None:
    ctx = context_in(NAMES)
    one, two = ("exp", "c"), ("exp", "2")
    assert ctx.equal(e(written([["c", 0], [0, 2]])), ("rows", ("row", one, "0"), ("row", "0", two)))
    for grid in ([["c", 1], [0, 2]], [[0, 1], [1, 0]], [[0, "c"], [0, 0]]):
        assert ctx.equal(e(written(grid)), e(written(grid)))
        assert not ctx.equal(e(written(grid)), ("identity", "2"))


def test_a_substitution_reaches_the_exponent() -> None:
    body = ("sum", "1", "2", ("trace", e(("rows", ("row", "0", "#0"), ("row", "0", "0")))))
    assert context_in(NAMES).normal.scalar(body).constant() == Fraction(4)


# -------------------------------------------------------------- derivatives


@pytest.mark.parametrize(("exponent", "slope"), [
    (("*", "t", "A"), "A"), (("*", "A", "t"), "A"), (("-", ("*", "t", "A")), ("-", "A")),
    (("*", ("^", "t", "2"), "A"), ("*", ("*", "2", "t"), "A")),
    (("/", "A", ("exp", "t")), ("-", ("/", "A", ("exp", "t")))),
    (("/", ("*", "t", "A"), "2"), ("/", "A", "2")),
    (("*", "2", ("*", "t", ("+", "A", "B"))), ("*", "2", ("+", "A", "B"))),
])  # fmt: skip
def test_the_derivative_of_a_number_times_a_fixed_matrix(exponent: Any, slope: Any) -> None:
    ctx = context_in(NAMES)
    assert ctx.equal(differential(ctx.names, e(exponent), "t", "1"), mm(slope, e(exponent)))


@pytest.mark.parametrize("exponent", [
    ("+", ("*", "t", "A"), "B"), ("matmul", ("*", "t", "A"), "B"), ("transpose", ("*", "t", "A")),
    ("+", ("*", "t", "A"), ("*", ("^", "t", "2"), "B")),
])  # fmt: skip
def test_no_derivative_where_the_exponent_may_not_commute_with_its_own(exponent: Any) -> None:
    refused("NOT_SMOOTH", lambda: differential(NAMES, e(exponent), "t", "1"))
    refused("NOT_SMOOTH", lambda: differential(NAMES, e("A"), "A", "B"))


# -------------------------------------------------------------- enclosures


def enclosed(grid: list[list[Any]], bits: int = 60) -> Any:
    return Enclosure(bits, lambda steps: None).value(e(written(grid)))


@pytest.mark.parametrize("grid", [
    [[0]], [[2]], [[0, 1], [1, 0]], [[1, 2], [3, 4]], [["-1/2", 3], ["-5/3", 0]],
    [[1, 0, 2], [0, -3, 1], [1, 1, 1]],
])  # fmt: skip
def test_an_enclosure_holds_the_value(grid: list[list[Any]]) -> None:
    with mpmath.workdps(40):
        numbers = [[mpmath.mpf(Fraction(x).numerator) / Fraction(x).denominator for x in row]
                   for row in grid]  # fmt: skip
        true = mpmath.expm(mpmath.matrix(numbers))
        for i, row in enumerate(enclosed(grid)):
            for j, (low, high) in enumerate(row):
                ends = [mpmath.mpf(end.numerator) / end.denominator for end in (low, high)]
                assert ends[0] - mpmath.mpf(10) ** -30 <= true[i, j]
                assert true[i, j] <= ends[1] + mpmath.mpf(10) ** -30
                assert high - low < Fraction(1, 2**30)


def test_large_ones_are_not_enclosed() -> None:
    refused("TOO_LARGE", lambda: enclosed([[20, 20], [0, 1]]))


# -------------------------------------------------------------- uniqueness

COMMUTE = ("=", mm("A", "B"), mm("B", "A"))
POWER = e(("*", "#0", "A"))


def flow(left: Any, right: Any, rate: Any, change: Any = COMBINE, **more: Any) -> Any:
    rule = {"rule": "flow", "name": "s", "left": left, "right": right, "at": "t", "rate": rate}
    return plain({**rule, "start": COMBINE, "change": change, **more})


def at(body: Any, place: str = "t") -> Any:
    if isinstance(body, str):
        return place if body == "#0" else body
    return tuple(at(part, place) for part in body)


def attempt(conclusion: Any, proof: Any, *hypotheses: Any) -> Any:
    given = [COMBINE for _ in hypotheses]
    return prove(goal(conclusion, *hypotheses, names=NAMES), proof, VALUES, given)


def times(**around: Any) -> Any:
    return plain({"rule": "combine", "items": [{"fact": "h1", **around}]})


PAST, AHEAD = mm(POWER, "A"), mm("A", POWER)
OWN = ("=", at(PAST), at(AHEAD))
OTHER = ("=", mm(at(POWER), "B"), mm("B", at(POWER)))
BY_FACT = flow(mm(POWER, "B"), mm("B", POWER), "A", times(right=at(POWER, "s")))
NUMBER = ("=", ("exp", ("*", "2", "t")), ("^", ("exp", "t"), "2"))
OF_NUMBERS = flow(("exp", ("*", "2", "#0")), ("^", ("exp", "#0"), "2"), "2")
OF_VECTORS = flow(mm(POWER, mm("A", "u")), mm("A", mm(POWER, "u")), "A")


def test_what_commutes() -> None:
    attempt(OWN, flow(PAST, AHEAD, "A"))
    attempt(OTHER, BY_FACT, COMMUTE)


def test_numbers_and_vectors() -> None:
    attempt(NUMBER, OF_NUMBERS)
    attempt(("=", mm(at(POWER), mm("A", "u")), mm("A", mm(at(POWER), "u"))), OF_VECTORS)


REFUSED: dict[str, tuple[str, Any]] = {
    "no equation": ("WRONG_GOAL", lambda: attempt(("<=", "t", "t"), flow("#0", "#0", "0"))),
    "another equation": ("WRONG_GOAL", lambda: attempt(OWN, flow(PAST, PAST, "A"))),
    "another place": ("WRONG_GOAL", lambda: attempt(OWN, flow(PAST, AHEAD, "A", at="c"))),
    "residues": ("WRONG_GOAL", lambda: prove(
        goal(("=", "r", "r"), names={**NAMES, "r": ("residue", "n")}),
        flow("r", "r", "0"), {**VALUES, "r": "0"})),
    "a place that is no number": ("ILL_TYPED", lambda: attempt(
        OWN, flow(PAST, AHEAD, "A", at="u"))),
    "a place that is undefined": ("UNDEFINED", lambda: attempt(
        ("=", at(PAST, "c"), at(PAST, "c")), flow(PAST, PAST, "A", at=("/", "1", "c")))),
    "a rate of another size": ("ILL_TYPED", lambda: attempt(OWN, flow(PAST, AHEAD, "Z"))),
    "a rate that is a vector": ("ILL_TYPED", lambda: attempt(OWN, flow(PAST, AHEAD, "u"))),
    "a rate that moves": ("ILL_TYPED", lambda: attempt(OWN, flow(PAST, AHEAD, ("*", "s", "A")))),
    "a rate that is undefined": ("UNDEFINED", lambda: attempt(
        OWN, flow(PAST, AHEAD, ("inverse", "A")))),
    "another start": ("NOT_EQUAL", lambda: attempt(
        ("=", at(POWER), ("zero", "n", "n")), flow(POWER, ("zero", "n", "n"), "A"))),
    "another derivative": ("NOT_EQUAL", lambda: attempt(OWN, flow(PAST, AHEAD, "B"))),
    "what does not commute": ("NOT_EQUAL", lambda: attempt(
        OTHER, flow(mm(POWER, "B"), mm("B", POWER), "A"))),
    "a side that is undefined elsewhere": ("UNDEFINED", lambda: attempt(
        ("=", ("/", "1", "t"), ("/", "1", "t")), flow(("/", "1", "#0"), ("/", "1", "#0"), "0"),
        ("!=", "t", "0"))),
    "a corner": ("UNDEFINED", lambda: attempt(
        ("=", ("abs", "t"), "t"), flow(("abs", "#0"), "#0", "1"))),
    "no derivative by structure": ("NOT_SMOOTH", lambda: attempt(
        ("=", e(("+", ("*", "t", "A"), "B")), e(("+", "B", ("*", "t", "A")))),
        flow(e(("+", ("*", "#0", "A"), "B")), e(("+", "B", ("*", "#0", "A"))), "A"))),
    "a size that moves": ("ILL_TYPED", lambda: attempt(
        ("=", ("power", "A", "k"), ("power", "A", "k")),
        flow(("power", "A", "#0"), ("power", "A", "#0"), "A", at="k"))),
    "a name that is none": ("MALFORMED", lambda: attempt(
        OWN, flow(PAST, AHEAD, "A", name="e 1"))),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_refused(what: str) -> None:
    code, call = REFUSED[what]
    refused(code, call)


FALSE = [
    ("=", mm(at(POWER), "B"), mm("B", at(POWER))), ("=", at(POWER), ("identity", "n")),
    ("=", at(POWER), ("zero", "n", "n")), ("=", mm(at(POWER), e("B")), mm(e("B"), at(POWER))),
    ("=", ("exp", "t"), "1"), ("=", ("exp", ("*", "2", "t")), ("exp", "t")),
    ("=", e(("-", "A")), e("A")),
]  # fmt: skip
SHOWN = [
    (OWN, flow(PAST, AHEAD, "A"), []),
    (OTHER, BY_FACT, [COMMUTE]),
    (NUMBER, OF_NUMBERS, []),
]
POOL = ["0", "1", "2", "-1", "A", "B", "t", "s", "#0", "exp", "exponential", "matmul", "h1",
        "combine", "flow", POWER, PAST, at(POWER, "s"), ["zero", "n", "n"],
        ["identity", "n"]]  # fmt: skip


@pytest.mark.parametrize("shown", range(len(SHOWN)))
def test_no_damaged_certificate_proves_what_is_false(shown: int) -> None:
    conclusion, proof, hypotheses = SHOWN[shown]
    rng = random.Random(shown)
    attempt(conclusion, proof, *hypotheses)
    statements = [one for one in FALSE if not hypotheses or one != FALSE[0]]
    for _ in range(100):
        changed = plain(damaged(proof, rng, POOL))
        for statement in (*statements, negation(conclusion)):
            claim = goal(statement, *hypotheses, names=NAMES)
            text = proof_text(claim, changed, VALUES, [COMBINE for _ in hypotheses])
            with suppress(Rejected):
                Kernel().accept(claim.to_text(), text)
                raise AssertionError(json.dumps([statement, changed]))
