"""What shown digits claim."""

from __future__ import annotations

from latex_reading import term_of


def between(low: str, term: object, high: str) -> tuple:
    return ("and", ("<=", low, term), ("<=", term, high))


def test_a_lone_decimal_in_a_later_member_claims_rounding():
    value = ("app", "sigma", "2")
    assert term_of(r"\sigma(2) = 0.8807") == [between("17613/20000", value, "3523/4000")]


def test_arithmetic_on_decimals_claims_the_range_of_its_digits_of_the_first_member():
    product = ("*", ("cos", "1"), ("cos", "2"))
    assert term_of(r"\cos(1)\cos(2) = 0.54\times(-0.416) = -0.225") == [
        between("-90797/400000", product, "-88917/400000"),
        between("-451/2000", product, "-449/2000"),
    ]


def test_a_first_member_of_decimals_alone_is_exact():
    total = ("+", "1/10", "1/5")
    assert term_of("0.1+0.2 = 0.3") == [between("1/4", total, "7/20")]


def test_an_integer_claims_no_rounding():
    assert term_of(r"\exp(3) = 20") == [("=", ("exp", "3"), "20")]


def test_a_decimal_beside_a_name_is_exact():
    assert term_of("x = 0.5y", r"Let $x, y\in\mathbb{R}$.") == [("=", "x", ("*", "1/2", "y"))]


def test_a_bound_is_exact():
    assert term_of(r"x \le 0.5", r"Let $x\in\mathbb{R}$.") == [("<=", "x", "1/2")]


def test_after_a_rounded_member_the_chain_goes_on_from_the_exact_one():
    found = term_of("x = 0.5 = y", r"Let $x, y\in\mathbb{R}$.")
    assert found == [between("9/20", "x", "11/20"), ("=", "x", "y")]


def test_a_power_of_ten_moves_the_last_digit():
    found = term_of(r"x = -6.2\times10^{-6}", r"Let $x\in\mathbb{R}$.")
    assert found == [between("-1/160000", "x", "-123/20000000")]


def test_each_entry_of_a_matrix_claims_its_own_digits():
    found = term_of(r"J = \begin{bmatrix}0.5&1\end{bmatrix}", r"Let $J\in\mathbb{R}^{1\times 2}$.")
    first, second = ("entry", "J", "0", "0"), ("entry", "J", "0", "1")
    assert found == [("and", between("9/20", first, "11/20"), ("=", second, "1"))]


W = r"Let $w_1, w_2\in\mathbb{R}$. Define $f_1(w_1, w_2) = \cos(w_1)\cos(w_2)+\sigma(w_2)$."


def test_a_later_member_of_decimals_claims_a_range_of_the_first_member():
    value = ("app", "f_1", "1", "2")
    assert term_of("f_1(1,2) = -0.225+0.8807 = 0.656", W) == [
        between("13103/20000", value, "2625/4000".replace("2625/4000", "21/32")),
        between("1311/2000", value, "1313/2000"),
    ]


def test_a_first_member_of_decimals_is_exact_and_a_lone_decimal_with_a_power_of_ten_rounds():
    found = term_of(r"(-0.00249)(0.9975)(1-0.9975) = -6.1665\times10^{-6}")
    ((_, low, high),) = found
    assert low[2] == high[1] == (
        "*", ("-", "249/100000"), "399/400", ("+", "1", ("-", "399/400")),
    )  # fmt: skip
    assert (low[1], high[2]) == ("-123331/20000000000", "-123329/20000000000")


def test_a_vector_of_decimals_rounds_entry_by_entry():
    names = r"Let $x\in\mathbb{R}^2$."
    first, second = (("inner", "x", ("vector", *unit)) for unit in ("10", "01"))
    line = r"x = \begin{bmatrix}-6.2\times10^{-6}\\1.000\end{bmatrix}"
    assert term_of(line, names) == [
        ("and", between("-1/160000", first, "-123/20000000"),
         between("1999/2000", second, "2001/2000")),
    ]  # fmt: skip
