r"""Softmax: positive weights of sum 1, their Jacobian, and what a shift does to them.

Problem.    Real numbers z_1 ... z_K and p_i(z) = e^{z_i} / sum_k e^{z_k} for i = 1 ... K.
Statements. (1) p_i(z) > 0.
            (2) sum_i p_i(z) = 1.
            (3) d p_i / d z_j = p_i (delta_ij - p_j), where delta_ij is 1 if i = j, else 0.
            (4) Adding one number a to every z_k changes no p_i.
Method.     (1) The exponential is positive, and so is a sum of such numbers. (2) The denominator
            is the sum of the numerators. (3) By the quotient rule: d e^{z_i} / d z_j is
            e^{z_i} delta_ij, and the sum in the denominator has the derivative e^{z_j}.
            (4) e^{z_i + a} = e^{z_i} e^a, and e^a is cancelled.
Shapes.     z is a sequence of which only the members z_1 ... z_K matter, for every K >= 1; a is a
            number.
Exports.    value, jacobian.
Source.     Bishop, Pattern Recognition and Machine Learning, 2006, sections 4.2 and 4.3.4.
"""

from sympy import Derivative, Lambda, Sum, exp

from therefore import (
    as_written,
    claim,
    define,
    delta,
    derivation,
    dimension,
    equal,
    formula,
    greater,
    index,
    less,
    real,
    real_sequence,
)

K, a = dimension("K"), real("a")
i, j, k, m = index("i", 1, K), index("j", 1, K), index("k"), index("m")
z = real_sequence("z")

with as_written():
    total = Sum(exp(z[k]), (k, 1, K))
    p = define("p", (z, m), exp(z[m]) / total)

    weights_positive = claim(greater(p(z, i), 0))
    weights_positive.false_twin(less(p(z, i), 1), at={K: 1})
    by_positive_sum = derivation(
        greater(exp(z[i]), 0),
        greater(total, 0),
        greater(p(z, i), 0),
        proves=weights_positive,
    )

    weights_sum_to_one = claim(equal(Sum(p(z, k), (k, 1, K)), 1))
    weights_sum_to_one.false_twin(equal(Sum(p(z, k), (k, 0, K)), 1), at={K: 1})
    numerators_added_up = derivation(
        Sum(p(z, k), (k, 1, K)),
        "=", total / total,
        "=", 1,
        proves=weights_sum_to_one,
    )  # fmt: skip

    slopes_of_weights = claim(equal(Derivative(p(z, i), z[j]), p(z, i) * (delta(i, j) - p(z, j))))
    slopes_of_weights.false_twin(
        equal(Derivative(p(z, i), z[j]), p(z, i) * (delta(i, j) + p(z, j))), at={K: 1}
    )
    slopes_of_weights.false_twin(
        equal(Derivative(p(z, i), z[j]), p(z, i) * (delta(i, j) - p(z, i))), at={K: 3, i: 1, j: 2}
    )
    slope_of_numerator = derivation(equal(Derivative(exp(z[i]), z[j]), exp(z[i]) * delta(i, j)))
    slope_of_denominator = derivation(equal(Derivative(total, z[j]), exp(z[j])))
    quotient_rule = derivation(
        Derivative(p(z, i), z[j]),
        "=", (exp(z[i]) * delta(i, j) * total - exp(z[i]) * exp(z[j])) / total**2,
        "=", p(z, i) * (delta(i, j) - p(z, j)),
        using=[slope_of_numerator, slope_of_denominator],
        proves=slopes_of_weights,
    )  # fmt: skip

    shifted = Lambda(k, z[k] + a)
    shift_invariant = claim(equal(p(shifted, i), p(z, i)))
    shift_invariant.false_twin(equal(p(Lambda(k, z[k] + a * k), i), p(z, i)), at={K: 2, a: 1})
    factor_cancelled = derivation(
        p(shifted, i),
        "=", exp(z[i]) * exp(a) / (exp(a) * total),
        "=", p(z, i),
        proves=shift_invariant,
    )  # fmt: skip

value = formula(p(z, i))
jacobian = formula(slopes_of_weights.rhs)
