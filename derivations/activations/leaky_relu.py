r"""The leaky rectifier: its two slopes, none at 0, and why it does not saturate.

Problem.    The activation l(x) = max(alpha x, x) of a real number x, with 0 < alpha < 1; and the
            rectifier relu(x) = max(0, x), for which alpha would be 0.
Statements. (1) l(x) is x for x > 0, and else alpha x.
            (2) Its slope is 1 for x > 0 and alpha for x < 0.
            (3) At 0 it has no slope; nor has relu.
            (4) The slope tends to 1 as x goes to +oo and to alpha > 0 as x goes to -oo: the
                gradient does not vanish. That of relu tends to 0 as x goes to -oo.
Method.     max(a, b) = (a + b + |a - b|) / 2, and (1 - alpha) x has the sign of x. (3) For x > 0
            the difference quotient at 0 is 1, for x < 0 it is alpha, and alpha is not 1.
Exports.    value, derivative.
Source.     Homework D, question 1 (a), whose solution says that the slope at 0 is alpha.
"""

from sympy import Derivative, Max, Piecewise, Rational, oo

from therefore import (
    as_written,
    claim,
    define,
    equal,
    formula,
    greater,
    has_derivative,
    less,
    no_derivative,
    not_equal,
    plot,
    real,
    tends,
)

x, alpha = real("x"), real(r"\alpha")

with as_written():
    leaky = define(r"\ell", (x,), Max(alpha * x, x))
    relu = define(r"\operatorname{ReLU}", (x,), Max(0, x))
    between = [greater(alpha, 0), less(alpha, 1)]

    pieces = claim(equal(leaky(x), Piecewise((x, greater(x, 0)), (alpha * x, True))), given=between)
    pieces.false_twin(
        equal(leaky(x), Piecewise((alpha * x, greater(x, 0)), (x, True))),
        at={x: 1, alpha: Rational(1, 2)},
    )

    slope = claim(
        equal(Derivative(leaky(x), x), Piecewise((1, greater(x, 0)), (alpha, True))),
        given=[*between, not_equal(x, 0)],
    )
    slope.false_twin(
        equal(Derivative(leaky(x), x), Piecewise((alpha, greater(x, 0)), (1, True))),
        at={x: 1, alpha: Rational(1, 2)},
    )

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
derivative = formula(slope.rhs)  # where x is not 0

corner_at_0 = plot(
    (x, -4, 4),
    {r"\ell(x)": leaky(x), r"\ell'(x)": slope.rhs},
    at={alpha: Rational(1, 4)},
    beside=lasts_left,
    caption="The leaky rectifier with alpha = 1/4 and its slope, which goes to 0 on neither side.",
)
