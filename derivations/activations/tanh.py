r"""The hyperbolic tangent: a sigmoid stretched to (-1, 1), its slope, and where it saturates.

Problem.    The activation tanh x = (e^{2x} - 1) / (e^{2x} + 1) of a real number x.
Statements. (1) tanh x = 2 sigma(2x) - 1 for the sigmoid sigma; so tanh is odd, and -1 < tanh < 1.
            (2) tanh' = 4 e^{2x} / (e^{2x} + 1)^2 = 1 - tanh^2.
            (3) tanh x tends to 1 and to -1 as x goes to +oo and to -oo, and tanh' to 0 in both
                directions: the gradient vanishes.
Method.     (1) by multiplying with e^{2x}; (2) by the rule for quotients; (3) since e^{-2x}
            tends to 0 as x goes to +oo, and e^{2x} as x goes to -oo.
Exports.    value, derivative.
Source.     Homework D, question 1 (a), whose solution leaves a factor out of the quotient rule.
"""

from sympy import Derivative, exp, oo

from therefore import (
    all_of,
    as_written,
    claim,
    define,
    derivation,
    equal,
    formula,
    less,
    plot,
    real,
    tends,
)

from .sigmoid import sigma

x = real("x")

with as_written():
    tanh = define(r"\tanh", (x,), (exp(2 * x) - 1) / (exp(2 * x) + 1))

    stretched_sigmoid = claim(equal(tanh(x), 2 * sigma(2 * x) - 1))
    stretched_sigmoid.false_twin(equal(tanh(x), 2 * sigma(x) - 1), at={x: 1})
    by_powers = derivation(
        2 * sigma(2 * x) - 1,
        "=", 2 / (1 + exp(-(2 * x))) - 1,
        "=", 2 * exp(2 * x) / (exp(2 * x) + 1) - 1,
        "=", tanh(x),
        proves=stretched_sigmoid,
    )  # fmt: skip

    odd = claim(equal(tanh(-x), -tanh(x)))
    odd.false_twin(equal(tanh(-x), 1 - tanh(x)), at={x: 0})

    bounded = claim(all_of(less(-1, tanh(x)), less(tanh(x), 1)))
    bounded.false_twin(all_of(less(0, tanh(x)), less(tanh(x), 1)), at={x: 0})

    # The false twin is the author's line: a factor 2 e^{2x} is missing.
    rule_for_quotients = (2 * exp(2 * x) * (exp(2 * x) + 1) - 2 * exp(2 * x) * (exp(2 * x) - 1)) / (
        exp(2 * x) + 1
    ) ** 2
    factor_left_out = (2 * exp(2 * x) * (exp(2 * x) + 1) - (exp(2 * x) - 1)) / (exp(2 * x) + 1) ** 2
    slope = claim(equal(Derivative(tanh(x), x), 4 * exp(2 * x) / (exp(2 * x) + 1) ** 2))
    slope.false_twin(equal(Derivative(tanh(x), x), factor_left_out), at={x: 1})
    quotient_rule = derivation(
        Derivative(tanh(x), x),
        "=", rule_for_quotients,
        "=", 4 * exp(2 * x) / (exp(2 * x) + 1) ** 2,
        proves=slope,
    )  # fmt: skip

    slope_by_value = claim(equal(Derivative(tanh(x), x), 1 - tanh(x) ** 2))
    slope_by_value.false_twin(equal(Derivative(tanh(x), x), 1 - tanh(x)), at={x: 1})
    difference_of_squares = derivation(
        1 - tanh(x) ** 2,
        "=", ((exp(2 * x) + 1) ** 2 - (exp(2 * x) - 1) ** 2) / (exp(2 * x) + 1) ** 2,
        "=", 4 * exp(2 * x) / (exp(2 * x) + 1) ** 2,
        "=", Derivative(tanh(x), x),
        using=[slope],
        proves=slope_by_value,
    )  # fmt: skip

    to_one = claim(tends(tanh(x), x, oo, 1))
    to_one.false_twin(tends(tanh(x), x, oo, 0))

    to_minus_one = claim(tends(tanh(x), x, -oo, -1))
    to_minus_one.false_twin(tends(tanh(x), x, -oo, 0))

    slope_vanishes_right = claim(tends(Derivative(tanh(x), x), x, oo, 0))
    slope_vanishes_right.false_twin(tends(Derivative(tanh(x), x), x, oo, 1))

    slope_vanishes_left = claim(tends(Derivative(tanh(x), x), x, -oo, 0))
    slope_vanishes_left.false_twin(tends(Derivative(tanh(x), x), x, -oo, 1))

value = formula(tanh(x))
derivative = formula(slope.rhs)

saturation = plot(
    (x, -4, 4),
    {r"\tanh x": value, r"\tanh' x": derivative},
    beside=slope_vanishes_right,
    caption="The hyperbolic tangent levels off towards -1 and 1, and its slope goes to 0.",
)
