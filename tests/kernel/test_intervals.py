"""Intervals: what they hold, compared with mpmath at ten times the digits, and what they refuse."""

from __future__ import annotations

import random
from collections.abc import Iterator
from fractions import Fraction

import mpmath
import pytest
from hypothesis import given
from hypothesis import strategies as st

from therefore.kernel import Rejected
from therefore.kernel.intervals import LARGEST_EXPONENT, Interval, Intervals, point

BITS = (1, 8, 53, 200, 1000)
FUNCTIONS = {
    "exponential": mpmath.exp,
    "logarithm": mpmath.log,
    "cosine": mpmath.cos,
    "sine": mpmath.sin,
    "root": mpmath.sqrt,
}
NUMBERS = st.fractions(max_denominator=10**6).filter(lambda x: abs(x) < 10**9)


@pytest.fixture(autouse=True)
def _many_digits() -> Iterator[None]:
    with mpmath.workprec(4000):
        yield


def real(x: Fraction) -> mpmath.mpf:
    return mpmath.mpf(x.numerator) / mpmath.mpf(x.denominator)


def holds(interval: Interval, value: mpmath.mpf) -> bool:
    return bool(real(interval[0]) <= value <= real(interval[1]))


def numbers(seed: int, count: int) -> Iterator[Fraction]:
    """Numbers of all sizes, the short ones too."""
    rng = random.Random(seed)
    for _ in range(count):
        over, under = 10 ** rng.randint(0, 30), 10 ** rng.randint(0, 30)
        yield Fraction(rng.randint(-over, over), rng.randint(1, under))
    yield from (Fraction(n, 4) for n in range(-12, 13))


def is_outside(name: str, x: Fraction) -> bool:
    return (
        (name == "logarithm" and x <= 0)
        or (name == "root" and x < 0)
        or (name == "exponential" and abs(x) > LARGEST_EXPONENT)
    )


@pytest.mark.parametrize("bits", BITS)
@pytest.mark.parametrize("name", FUNCTIONS)
def test_an_elementary_function_is_enclosed_at_a_number(name: str, bits: int) -> None:
    """The interval holds the value, and is as narrow as the bits say."""
    ends = Intervals(bits)
    for x in numbers(bits, 150):
        if is_outside(name, x):
            continue
        low, high = getattr(ends, name)(point(x))
        assert holds((low, high), FUNCTIONS[name](real(x))), x
        assert high - low <= Fraction(4, 1 << bits), x


@pytest.mark.parametrize("name", FUNCTIONS)
def test_an_elementary_function_is_enclosed_over_an_interval(name: str) -> None:
    rng = random.Random(7)
    for x in numbers(7, 200):
        wide = (x, x + Fraction(rng.randint(0, 300), 100))
        if is_outside(name, wide[0]) or is_outside(name, wide[1]):
            continue
        found = getattr(Intervals(60), name)(wide)
        for k in range(5):
            inside = wide[0] + (wide[1] - wide[0]) * Fraction(k, 4)
            assert holds(found, FUNCTIONS[name](real(inside))), (x, k)


@pytest.mark.parametrize("bits", (*BITS, 2000))
def test_pi_is_enclosed(bits: int) -> None:
    low, high = Intervals(bits).circle()
    assert holds((low, high), mpmath.pi)
    assert high - low <= Fraction(2, 1 << bits)


@given(st.tuples(NUMBERS, NUMBERS), st.tuples(NUMBERS, NUMBERS), st.integers(0, 5))
def test_arithmetic_holds_what_it_is_made_of(
    a: tuple[Fraction, Fraction], b: tuple[Fraction, Fraction], n: int
) -> None:
    a, b = (min(a), max(a)), (min(b), max(b))
    ends = Intervals(20)
    for x in (*a, sum(a) / 2):
        for y in (*b, sum(b) / 2):
            assert within(x + y, ends.add(a, b))
            assert within(x * y, ends.multiply(a, b))
            if not b[0] <= 0 <= b[1]:
                assert within(1 / y, ends.inverse(b))
        assert within(-x, ends.negative(a))
        assert within(abs(x), ends.absolute(a))
        assert within(x**n, ends.power(a, n))


def within(x: Fraction, a: Interval) -> bool:
    return a[0] <= x <= a[1]


def test_short_numbers_stay_exact() -> None:
    ends = Intervals(64)
    assert ends.inverse(point(3)) == point(Fraction(1, 3))
    assert ends.root(point(Fraction(9, 4))) == point(Fraction(3, 2))
    assert ends.exponential(point(0)) == ends.cosine(point(0)) == point(1)
    assert ends.logarithm(point(1)) == ends.sine(point(0)) == point(0)
    assert ends.power((Fraction(-1), Fraction(2)), 2) == (0, 4)
    assert ends.power((Fraction(-2), Fraction(1)), 3) == (-8, 1)
    assert ends.power((Fraction(-2), Fraction(1)), 0) == point(1)


def test_a_cosine_is_at_most_one() -> None:
    low, high = Intervals(10).cosine((Fraction(-1, 3), Fraction(1, 3)))
    assert low < 1 and high == 1
    assert Intervals(10).sine((Fraction(0), Fraction(100))) == (-1, 1)


@pytest.mark.parametrize(
    ("name", "a", "code"),
    [
        ("inverse", (-1, 1), "UNDEFINED"),
        ("inverse", (0, 1), "UNDEFINED"),
        ("root", (-1, 1), "UNDEFINED"),
        ("logarithm", (0, 1), "UNDEFINED"),
        ("exponential", (0, 10**9), "TOO_LARGE"),
        ("exponential", (-(10**9), 0), "TOO_LARGE"),
        ("cosine", (0, 2**1002), "TOO_LARGE"),
        ("rounded", (0, 2**20_002), "TOO_LARGE"),
    ],
)
def test_what_is_undefined_or_too_large_is_refused(name: str, a: Interval, code: str) -> None:
    ends = (Fraction(a[0]), Fraction(a[1]))
    with pytest.raises(Rejected) as refusal:
        getattr(Intervals(64), name)(*ends if name == "rounded" else (ends,))
    assert refusal.value.code == code


def test_a_power_is_not_tried_when_it_is_too_large() -> None:
    with pytest.raises(Rejected) as refusal:
        Intervals(64).power(point(1 << 1000), 64)
    assert refusal.value.code == "TOO_LARGE"
