r"""Log-sum-exp: its gradient is softmax, it lies above its tangents, and it is convex.

Problem.    f(z) = log sum_k e^{z_k} of real numbers z_1 ... z_K, and its softmax p(z).
Statements. (1) d f / d z_j = p_j(z).
            (2) f(y) >= f(x) + sum_k p_k(x) (y_k - x_k) for all x and y.
            (3) f(lambda x + (1 - lambda) y) <= lambda f(x) + (1 - lambda) f(y) for all x, y and
                0 <= lambda <= 1: f is convex.
Method.     (1) By the chain rule. (2) With t_k = (y_k - x_k) - (f(y) - f(x)), the softmax of y
            is p_k(y) = p_k(x) e^{t_k} >= p_k(x) (1 + t_k), by 1 + t <= e^t alone; both sides are
            summed over k, and the weights sum to 1. (3) Two of these at the point between x and
            y, weighted by lambda and 1 - lambda: what is linear cancels.
Shapes.     x, y and z are sequences of which only the members 1 ... K matter, for every K >= 1.
Exports.    value, gradient.
Source.     Boyd and Vandenberghe, Convex Optimization, 2004, section 3.1.5, which shows (3) by
            the Hessian and the inequality of Cauchy and Schwarz.
"""

from sympy import Derivative, Lambda, Sum, exp, log

from therefore import (
    as_written,
    at_least,
    at_most,
    claim,
    define,
    derivation,
    equal,
    formula,
    real,
    real_sequence,
)

from .softmax import K, i, j, k, p, weights_sum_to_one, z

x, y, lam = real_sequence("x"), real_sequence("y"), real("lambda")

with as_written():
    f = define("f", (z,), log(Sum(exp(z[k]), (k, 1, K))))

    gradient_is_softmax = claim(equal(Derivative(f(z), z[j]), p(z, j)))
    gradient_is_softmax.false_twin(equal(Derivative(f(z), z[j]), exp(z[j])), at={K: 1, j: 1})

    tangent = f(x) + Sum(p(x, k) * (y[k] - x[k]), (k, 1, K))
    above_tangents = claim(at_least(f(y), tangent))
    above_tangents.false_twin(at_most(f(y), tangent), at={K: 2})

    def gain(at):
        """The t_k of the method."""
        return (y[at] - x[at]) - (f(y) - f(x))

    each_weight = derivation(
        p(y, i),
        "=", p(x, i) * exp(gain(i)),
        ">=", p(x, i) * (1 + gain(i)),
    )  # fmt: skip
    weights_added_up = derivation(
        1,
        "=", Sum(p(y, k), (k, 1, K)),
        ">=", Sum(p(x, k) * (1 + gain(k)), (k, 1, K)),
        "=", 1 + Sum(p(x, k) * (y[k] - x[k]), (k, 1, K)) - (f(y) - f(x)),
        using=[each_weight, weights_sum_to_one],
    )  # fmt: skip
    rearranged = derivation(
        at_least(f(y), tangent), using=[weights_added_up], proves=above_tangents
    )

    between = Lambda(k, lam * x[k] + (1 - lam) * y[k])
    mixed = lam * f(x) + (1 - lam) * f(y)
    weight = [at_least(lam, 0), at_most(lam, 1)]
    convex = claim(at_most(f(between), mixed), given=weight)
    convex.false_twin(at_least(f(between), mixed), given=weight, at={K: 2})
    convex.false_twin(at_most(f(between), mixed), given=[], at={K: 2, lam: 2})

    slope_to_x = Sum(p(between, k) * (x[k] - between(k)), (k, 1, K))
    slope_to_y = Sum(p(between, k) * (y[k] - between(k)), (k, 1, K))
    two_tangents = derivation(
        at_least(f(x), f(between) + slope_to_x),
        at_least(f(y), f(between) + slope_to_y),
        at_least(lam * f(x), lam * (f(between) + slope_to_x)),
        at_least((1 - lam) * f(y), (1 - lam) * (f(between) + slope_to_y)),
        at_least(mixed, lam * (f(between) + slope_to_x) + (1 - lam) * (f(between) + slope_to_y)),
        at_least(mixed, f(between)),
        given=weight,
        using=[above_tangents],
        proves=convex,
    )

value = formula(f(z))
gradient = formula(gradient_is_softmax.rhs)
