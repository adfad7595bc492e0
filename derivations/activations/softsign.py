r"""Softsign is odd, has the slope 1/(1 + |x|)^2 everywhere, and saturates.

Problem.    The activation g(x) = x / (1 + |x|) of a real number x.
Statements. (1) g(-x) = -g(x): its values are centred at zero.
            (2) g'(x) = 1 / (1 + |x|)^2 for every real x, at 0 too, where |x| has no derivative.
            (3) g'(x) tends to 0 as x goes to +oo and to -oo: the gradient vanishes.
            (4) g(x) tends to 1 and to -1 as x goes to +oo and to -oo.
Method.     (1) by |-x| = |x|; (2) by the quotient rule on either side of 0, and by the
            difference quotient 1 / (1 + |x|) at 0; (3) from (2); (4) as g(x) is 1 - 1 / (1 + |x|)
            for x > 0, and by (1).
Exports.    value, derivative.
Source.     Homework A, question 2.1.
"""

from sympy import Abs, Derivative, Rational, oo

from therefore import (
    as_written,
    claim,
    define,
    derivation,
    equal,
    formula,
    not_equal,
    plot,
    real,
    tends,
)

x = real("x")

with as_written():
    g = define("g", (x,), x / (1 + Abs(x)))
    without_abs = define(r"\tilde g", (x,), x / (1 + x))

    odd = claim(equal(g(-x), -g(x)))
    odd.false_twin(
        equal(without_abs(-x), -without_abs(x)),
        given=[not_equal(x, 1), not_equal(x, -1)],
        at={x: 2},
    )
    odd_by_abs = derivation(
        g(-x),
        "=", (-x) / (1 + Abs(-x)),
        "=", (-x) / (1 + Abs(x)),
        "=", -g(x),
        proves=odd,
    )  # fmt: skip

    slope = claim(equal(Derivative(g(x), x), 1 / (1 + Abs(x)) ** 2))
    slope.false_twin(
        equal(Derivative(g(x), x), 1 / (1 - x) ** 2),
        given=[not_equal(x, 1)],
        at={x: Rational(1, 2)},
    )

    slope_vanishes_right = claim(tends(Derivative(g(x), x), x, oo, 0), using=[slope])
    slope_vanishes_right.false_twin(tends(g(x), x, oo, 0))

    slope_vanishes_left = claim(tends(Derivative(g(x), x), x, -oo, 0), using=[slope])
    slope_vanishes_left.false_twin(tends(g(x), x, -oo, 0))

    to_one = claim(tends(g(x), x, oo, 1))
    to_one.false_twin(tends(g(x), x, oo, 0))

    to_minus_one = claim(tends(g(x), x, -oo, -1))
    to_minus_one.false_twin(tends(g(x), x, -oo, 1))

value = formula(g(x))
derivative = formula(slope.rhs)

saturation = plot(
    (x, -8, 8),
    {"g(x)": g(x), "g'(x)": slope.rhs},
    beside=slope_vanishes_right,
    caption="Softsign levels off towards -1 and 1, and its slope goes to 0 on either side.",
)
