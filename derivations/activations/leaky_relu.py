r"""The leaky rectifier: its two slopes, none at 0, and why it does not saturate.

Problem.    The activation l(x) = max(alpha x, x) of a real number x, with 0 < alpha < 1; and the
            rectifier relu(x) = max(0, x), for which alpha would be 0.
Statements. (1) l(x) is x for x > 0, and alpha x for x <= 0.
            (2) Its slope is 1 for x > 0 and alpha for x < 0.
            (3) At 0 it has no slope; nor has relu.
            (4) The slope tends to 1 as x goes to +oo and to alpha > 0 as x goes to -oo: the
                gradient does not vanish. That of relu tends to 0 as x goes to -oo.
Method.     max(a, b) = (a + b + |a - b|) / 2, and (1 - alpha) x has the sign of x. (3) For x > 0
            the difference quotient at 0 is 1, for x < 0 it is alpha, and alpha is not 1.
Exports.    value, slope_right, slope_left.
Source.     Homework D, question 1 (a), whose solution says that the slope at 0 is alpha.
"""

from sympy import Derivative, Max, Rational, oo

from therefore import (
    all_of,
    as_written,
    at_most,
    claim,
    define,
    equal,
    formula,
    greater,
    has_derivative,
    implies,
    less,
    no_derivative,
    real,
    tends,
)

x, alpha = real("x"), real(r"\alpha")

with as_written():
    leaky = define(r"\ell", (x,), Max(alpha * x, x))
    relu = define(r"\operatorname{ReLU}", (x,), Max(0, x))
    between = [greater(alpha, 0), less(alpha, 1)]

    pieces = claim(
        all_of(
            implies(greater(x, 0), equal(leaky(x), x)),
            implies(at_most(x, 0), equal(leaky(x), alpha * x)),
        ),
        given=between,
    )
    pieces.false_twin(
        all_of(
            implies(greater(x, 0), equal(leaky(x), alpha * x)),
            implies(at_most(x, 0), equal(leaky(x), x)),
        ),
        at={x: 1, alpha: Rational(1, 2)},
    )

    slope_after = claim(equal(Derivative(leaky(x), x), 1), given=[*between, greater(x, 0)])
    slope_after.false_twin(equal(Derivative(leaky(x), x), alpha), at={x: 1, alpha: Rational(1, 2)})

    slope_before = claim(equal(Derivative(leaky(x), x), alpha), given=[*between, less(x, 0)])
    slope_before.false_twin(equal(Derivative(leaky(x), x), 1), at={x: -1, alpha: Rational(1, 2)})

    # The false twin is the author's line.
    corner = claim(no_derivative(leaky(x), x, 0), given=between)
    corner.false_twin(has_derivative(leaky(x), x, 0, alpha), at={alpha: Rational(1, 2)})

    lasts_right = claim(tends(Derivative(leaky(x), x), x, oo, 1), given=between)
    lasts_right.false_twin(tends(Derivative(leaky(x), x), x, oo, alpha), at={alpha: Rational(1, 2)})

    lasts_left = claim(tends(Derivative(leaky(x), x), x, -oo, alpha), given=between)
    lasts_left.false_twin(tends(Derivative(leaky(x), x), x, -oo, 0), at={alpha: Rational(1, 2)})

    relu_corner = claim(no_derivative(relu(x), x, 0))
    relu_corner.false_twin(has_derivative(relu(x), x, 0, 0))

    relu_vanishes_left = claim(tends(Derivative(relu(x), x), x, -oo, 0))
    relu_vanishes_left.false_twin(tends(Derivative(relu(x), x), x, oo, 0))

value = formula(leaky(x))
slope_right, slope_left = formula(slope_after.rhs), formula(slope_before.rhs)
