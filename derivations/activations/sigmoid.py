r"""The sigmoid: its slopes, its Taylor polynomial at 0 with the remainder, and where it saturates.

Problem.    The activation sigma(x) = 1 / (1 + e^{-x}) of a real number x.
Statements. (1) sigma(x) + sigma(-x) = 1, and 0 < sigma(x) < 1.
            (2) sigma' = sigma (1 - sigma) and sigma'' = sigma (1 - sigma) (1 - 2 sigma).
            (3) The Taylor polynomial of the second order at 0 is 1/2 + x/4, and for every real x
                |sigma(x) - 1/2 - x/4| <= |x|^3 / 48.
            (4) sigma tends to 1 and to 0 as x goes to +oo and to -oo, and sigma' to 0 in both
                directions: the gradient vanishes.
Method.     (2) by the chain rule. (3) With p = sigma (1 - sigma), which is at most 1/4, the third
            derivative p (1 - 6 p) is at least -1/8, since
            p - 6 p^2 + 1/8 = (1/4 - p) (6 p + 1/2); three times the mean value theorem carries
            this to sigma, from 0 upwards and from 0 downwards.
Exports.    value, derivative, second_derivative, taylor_polynomial.
Source.     Homework D, question 1 (a); homework E, questions 1 (i) and 1 (ii).
"""

from sympy import Abs, Derivative, Rational, exp, oo

from therefore import (
    all_of,
    as_written,
    at_least,
    at_most,
    by,
    claim,
    define,
    derivation,
    equal,
    formula,
    implies,
    less,
    plot,
    real,
    tends,
)

x = real("x")
half, quarter = Rational(1, 2), Rational(1, 4)

with as_written():
    sigma = define(r"\sigma", (x,), 1 / (1 + exp(-x)))

    symmetric = claim(equal(sigma(x) + sigma(-x), 1))
    symmetric.false_twin(equal(sigma(-x), -sigma(x)), at={x: 0})

    bounded = claim(all_of(less(0, sigma(x)), less(sigma(x), 1)))
    bounded.false_twin(all_of(less(0, sigma(x)), less(sigma(x), half)), at={x: 0})

    slope = claim(equal(Derivative(sigma(x), x), sigma(x) * (1 - sigma(x))))
    slope.false_twin(equal(Derivative(sigma(x), x), sigma(x) * (1 + sigma(x))), at={x: 0})
    chain_rule = derivation(
        Derivative(sigma(x), x),
        "=", exp(-x) / (1 + exp(-x)) ** 2,
        "=", (1 + exp(-x)) / (1 + exp(-x)) ** 2 - 1 / (1 + exp(-x)) ** 2,
        "=", sigma(x) * (1 - sigma(x)),
        proves=slope,
    )  # fmt: skip

    second_slope = claim(
        equal(Derivative(sigma(x), (x, 2)), sigma(x) * (1 - sigma(x)) * (1 - 2 * sigma(x)))
    )
    second_slope.false_twin(
        equal(Derivative(sigma(x), (x, 2)), sigma(x) * (1 - sigma(x)) * (1 - sigma(x))),
        at={x: 0},
    )
    product_rule = derivation(
        Derivative(sigma(x), (x, 2)),
        "=", exp(-x) * (exp(-x) - 1) / (1 + exp(-x)) ** 3,
        "=", sigma(x) * (1 - sigma(x)) ** 2 - sigma(x) ** 2 * (1 - sigma(x)),
        "=", sigma(x) * (1 - sigma(x)) * (1 - 2 * sigma(x)),
        proves=second_slope,
    )  # fmt: skip

    # The Taylor polynomial of the second order at 0.
    slope_at_0 = Derivative(sigma(x), x).subs(x, 0)
    second_slope_at_0 = Derivative(sigma(x), (x, 2)).subs(x, 0)
    polynomial = sigma(0) + slope_at_0 * x + second_slope_at_0 / 2 * x**2
    taylor = claim(equal(polynomial, half + x / 4))
    taylor.false_twin(equal(polynomial, half + x / 2), at={x: 1})
    coefficients = derivation(
        equal(sigma(0), half),
        equal(slope_at_0, quarter),
        equal(second_slope_at_0, 0),
        equal(polynomial, half + quarter * x + Rational(0) / 2 * x**2),
        equal(polynomial, half + x / 4),
        using=[slope, second_slope],
        proves=taylor,
    )

    remainder = claim(at_most(Abs(sigma(x) - half - x / 4), Abs(x) ** 3 / 48))
    remainder.false_twin(at_most(Abs(sigma(x) - half - x / 4), Abs(x) ** 3 / 50), at={x: half})

    p = sigma(x) * (1 - sigma(x))
    above, below = at_least(x, 0), at_most(x, 0)
    three_times_mean_value = derivation(
        equal(Derivative(sigma(x), (x, 3)), p * (1 - 6 * p)),
        equal(p * (1 - 6 * p) + Rational(1, 8), (quarter - p) * (6 * p + half)),
        at_least(p * (1 - 6 * p), -Rational(1, 8)),
        implies(above, at_least(p * (1 - 2 * sigma(x)), -x / 8)),
        implies(above, at_least(p, quarter - x**2 / 16)),
        implies(above, at_least(sigma(x), half + x / 4 - x**3 / 48)),
        implies(above, at_most(sigma(x), half + x / 4)),
        implies(below, at_most(sigma(x), half + x / 4 - x**3 / 48)),
        implies(below, at_least(sigma(x), half + x / 4)),
        at_most(Abs(sigma(x) - half - x / 4), Abs(x) ** 3 / 48), by(cases=[x]),
        using=[slope, second_slope],
        proves=remainder,
    )  # fmt: skip

    to_one = claim(tends(sigma(x), x, oo, 1))
    to_one.false_twin(tends(sigma(x), x, oo, half))

    to_zero = claim(tends(sigma(x), x, -oo, 0))
    to_zero.false_twin(tends(sigma(x), x, -oo, -1))

    slope_vanishes_right = claim(tends(Derivative(sigma(x), x), x, oo, 0))
    slope_vanishes_right.false_twin(tends(Derivative(sigma(x), x), x, oo, quarter))

    slope_vanishes_left = claim(tends(Derivative(sigma(x), x), x, -oo, 0))
    slope_vanishes_left.false_twin(tends(Derivative(sigma(x), x), x, -oo, quarter))

value = formula(sigma(x))
# The forms in e^{-x}: computed by NumPy, they keep their digits where sigma is close to 1.
derivative = formula(chain_rule.steps[0].conclusion.rhs)
second_derivative = formula(product_rule.steps[0].conclusion.rhs)
taylor_polynomial = formula(taylor.rhs)

saturation = plot(
    (x, -8, 8),
    {r"\sigma(x)": value, r"\sigma'(x)": derivative, "1/2 + x/4": taylor_polynomial},
    beside=slope_vanishes_right,
    caption="The sigmoid, its slope, which goes to 0 on either side, and its Taylor polynomial.",
)
