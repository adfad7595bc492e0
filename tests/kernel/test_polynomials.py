"""Polynomials and fractions: the laws of a field, exact values, and the limits of size."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from therefore.kernel import Rejected
from therefore.kernel.polynomials import MOST_BITS, ONE, ZERO, Polynomial, Scalar, atom, number

Point = tuple[Fraction, ...]
RATIONALS = st.fractions(min_value=-3, max_value=3, max_denominator=3)
POINTS = st.tuples(RATIONALS, RATIONALS, RATIONALS)


def combined(inner: st.SearchStrategy[Scalar]) -> st.SearchStrategy[Scalar]:
    """Sums, products, negatives, powers and inverses of given fractions."""
    return st.one_of(
        st.tuples(inner, inner).map(lambda pair: pair[0] + pair[1]),
        st.tuples(inner, inner).map(lambda pair: pair[0] - pair[1]),
        st.tuples(inner, inner).map(lambda pair: pair[0] * pair[1]),
        st.tuples(inner, st.integers(0, 3)).map(lambda pair: pair[0] ** pair[1]),
        inner.map(lambda one: one.inverse() if one.over else -one),
    )


SCALARS = st.recursive(
    st.one_of(RATIONALS.map(number), st.integers(0, 2).map(atom)), combined, max_leaves=5
)


def at(poly: Polynomial, point: Point) -> Fraction:
    """The value of a polynomial at a point."""
    total = Fraction(0)
    for monomial, coefficient in poly.items():
        for index, exponent in monomial:
            coefficient *= point[index] ** exponent
        total += coefficient
    return total


def value(scalar: Scalar, point: Point) -> Fraction:
    """The value of a fraction at a point; points where a denominator vanishes are passed over."""
    total = at(scalar.over, point)
    for factor, exponent in scalar.under:
        below = at(dict(factor), point)
        assume(below != 0)
        total /= below**exponent
    return total


def same(left: Scalar, right: Scalar) -> bool:
    return not (left - right).over


def well_kept(scalar: Scalar) -> bool:
    """No zero coefficient, no exponent of zero, sorted monomials, no denominator below zero."""
    return (
        all(scalar.over.values())
        and all(e > 0 for m in scalar.over for _, e in m)
        and all(list(m) == sorted(m) for m in scalar.over)
        and all(e > 0 for _, e in scalar.under)
        and bool(scalar.over or not scalar.under)
    )


@given(SCALARS, SCALARS, SCALARS)
def test_the_laws_of_a_field(a: Scalar, b: Scalar, c: Scalar) -> None:
    """Sums and products are commutative, associative and distributive, with 0, 1 and inverses."""
    assert same(a + b, b + a) and same(a * b, b * a)
    assert same((a + b) + c, a + (b + c)) and same((a * b) * c, a * (b * c))
    assert same(a * (b + c), a * b + a * c)
    assert same(a + ZERO, a) and same(a * ONE, a) and same(a - a, ZERO)
    assert not a.over or same(a * a.inverse(), ONE)


@given(SCALARS, SCALARS, POINTS)
def test_operations_agree_with_numbers(a: Scalar, b: Scalar, point: Point) -> None:
    """At every point, the value of a sum, product or power is that of the values."""
    x, y = value(a, point), value(b, point)
    for result, expected in ((a + b, x + y), (a - b, x - y), (a * b, x * y), (a**3, x**3)):
        assert well_kept(result)
        assert value(result, point) == expected
    assert value(-a, point) == -x
    if a.over and x:
        assert value(a.inverse(), point) == 1 / x


@given(SCALARS, POINTS)
def test_a_constant_is_the_value_everywhere(a: Scalar, point: Point) -> None:
    """What is plainly a number has that value."""
    constant = a.constant()
    assert constant is None or value(a, point) == constant


@pytest.mark.parametrize(
    ("scalar", "constant"),
    [
        (ZERO, Fraction(0)),
        (number(Fraction(3, 4)), Fraction(3, 4)),
        (atom(0) - atom(0), Fraction(0)),
        (atom(0) * atom(0).inverse(), Fraction(1)),
        ((atom(0) + ONE) * (atom(0) + ONE).inverse(), Fraction(1)),
        ((atom(0) + ONE + ONE) * (atom(0) + ONE).inverse(), None),
        (atom(0), None),
        (atom(0).inverse(), None),
        (atom(0) + ONE, None),
    ],
)
def test_what_is_plainly_a_number(scalar: Scalar, constant: Fraction | None) -> None:
    """A denominator that divides the numerator is dropped, as it is not zero by obligation."""
    assert scalar.constant() == constant


def test_an_inverse_splits_off_the_common_monomial() -> None:
    """1/(2xy + 4x²) is (1/2) / (x · (y + 2x)), each factor with leading coefficient one."""
    x, y = atom(0), atom(1)
    inverse = (number(2) * x * y + number(4) * x * x).inverse()
    assert len(inverse.under) == 2
    assert inverse.over == {(): Fraction(1, 4)}
    assert same(inverse * x * (y + number(2) * x), number(Fraction(1, 2)))
    assert (x * x * inverse).under != inverse.under


def large() -> Scalar:
    """A sum of 150 atoms: its square has more terms than are allowed."""
    total = ZERO
    for index in range(150):
        total = total + atom(index)
    return total


@pytest.mark.parametrize(
    "work",
    [
        lambda: large() * large(),
        lambda: atom(0) ** 501,
        lambda: atom(0, 300) * atom(0, 300),
        lambda: number(2) ** (MOST_BITS + 1),
        lambda: number(Fraction(1, 3)) ** MOST_BITS,
        lambda: number(2**MOST_BITS - 1) + number(1) + number(2**MOST_BITS),
    ],
)
def test_what_grows_too_large_is_refused(work: object) -> None:
    """Terms, powers and coefficients are limited."""
    with pytest.raises(Rejected) as refusal:
        work()  # type: ignore[operator]
    assert refusal.value.code == "TOO_LARGE"


def test_zero_has_no_inverse() -> None:
    """A denominator that is plainly zero is refused."""
    with pytest.raises(Rejected) as refusal:
        (atom(0) - atom(0)).inverse()
    assert refusal.value.code == "DIVISION_BY_ZERO"
