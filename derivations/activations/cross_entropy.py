r"""Cross-entropy: behind softmax its gradient is p - y, behind the sigmoid its slope is s - u.

Problem.    Targets y_1 ... y_K and the loss L(z) = -sum_k y_k log p_k(z) of z_1 ... z_K, where p
            is softmax; and for two classes the loss l(t) = -u log s(t) - (1 - u) log(1 - s(t))
            of one number t with the target u, where s is the sigmoid.
Statements. (1) If sum_k y_k = 1, then L(z) = log sum_k e^{z_k} - sum_k y_k z_k.
            (2) If sum_k y_k = 1, then d L / d z_j = p_j(z) - y_j.
            (3) l'(t) = s(t) - u.
Method.     (1) log p_k(z) = z_k - log sum_i e^{z_i}, and the weights y_k sum to 1. (2) From that,
            d log p_k / d z_j = delta_kj - p_j(z); of the delta the sum leaves y_j, of p_j all
            the weights y_k. (3) By the chain rule, with s' = s (1 - s).
Shapes.     y and z are sequences of which only the members 1 ... K matter, for every K >= 1; t and
            u are numbers. No target has to be positive.
Exports.    value, gradient, binary_value, binary_derivative.
Source.     Bishop, Pattern Recognition and Machine Learning, 2006, sections 4.3.2 and 4.3.4.
"""

from sympy import Derivative, Sum, exp, log

from therefore import (
    as_written,
    claim,
    define,
    delta,
    derivation,
    equal,
    formula,
    plot,
    real,
    real_sequence,
)

from .log_sum_exp import f
from .softmax import K, i, j, k, p, z

y = real_sequence("y")
t, u = real("t"), real("u")

with as_written():
    loss = define("L", (z,), -Sum(y[k] * log(p(z, k)), (k, 1, K)))
    one_in_all = equal(Sum(y[k], (k, 1, K)), 1)

    loss_by_log_sum_exp = claim(
        equal(loss(z), f(z) - Sum(y[k] * z[k], (k, 1, K))), given=[one_in_all]
    )
    loss_by_log_sum_exp.false_twin(
        equal(loss(z), f(z) - Sum(y[k] * z[k], (k, 1, K))), given=[], at={K: 1}
    )
    logarithms = derivation(
        loss(z),
        "=", -Sum(y[k] * (z[k] - f(z)), (k, 1, K)),
        "=", Sum(y[k], (k, 1, K)) * f(z) - Sum(y[k] * z[k], (k, 1, K)),
        "=", f(z) - Sum(y[k] * z[k], (k, 1, K)),
        given=[one_in_all],
        proves=loss_by_log_sum_exp,
    )  # fmt: skip

    gradient_is_error = claim(equal(Derivative(loss(z), z[j]), p(z, j) - y[j]), given=[one_in_all])
    gradient_is_error.false_twin(equal(Derivative(loss(z), z[j]), y[j] - p(z, j)), at={K: 2})
    gradient_is_error.false_twin(
        equal(Derivative(loss(z), z[j]), p(z, j) - y[j]), given=[], at={K: 2}
    )
    slope_of_logarithm = derivation(equal(Derivative(log(p(z, i)), z[j]), delta(i, j) - p(z, j)))
    logarithms_weighted = derivation(
        Derivative(loss(z), z[j]),
        "=", -Sum(y[k] * (delta(k, j) - p(z, j)), (k, 1, K)),
        "=", p(z, j) * Sum(y[k], (k, 1, K)) - y[j],
        "=", p(z, j) - y[j],
        given=[one_in_all],
        using=[slope_of_logarithm],
        proves=gradient_is_error,
    )  # fmt: skip

    # For two classes, of one number.
    s = define("s", (t,), 1 / (1 + exp(-t)))
    binary_loss = define("l", (t,), -u * log(s(t)) - (1 - u) * log(1 - s(t)))

    binary_slope_is_error = claim(equal(Derivative(binary_loss(t), t), s(t) - u))
    binary_slope_is_error.false_twin(
        equal(Derivative(binary_loss(t), t), s(t) * (s(t) - u)), at={t: 0, u: 0}
    )
    slopes_of_logarithms = derivation(
        Derivative(binary_loss(t), t),
        "=", -u * (1 - s(t)) + (1 - u) * s(t),
        "=", s(t) - u,
        proves=binary_slope_is_error,
    )  # fmt: skip

value = formula(loss(z))
gradient = formula(gradient_is_error.rhs)
binary_value = formula(binary_loss(t))
binary_derivative = formula(binary_slope_is_error.rhs)

one_target_or_the_other = plot(
    (t, -5, 5),
    {r"-\log \sigma(t)": binary_value.subs(u, 1), r"-\log(1 - \sigma(t))": binary_value.subs(u, 0)},
    beside=binary_slope_is_error,
    caption="The binary cross-entropy for the targets 1 and 0: only a confident mistake is dear.",
)
