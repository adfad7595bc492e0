r"""Jensen's inequality for a mean of T points, and what it says of the gap to any point.

Problem.    A convex function f: R^d -> R, points w_1 ... w_T and their mean.
Statements. (1) f(mean) <= (1/T) sum_t f(w_t), for every T, from the two-point definition.
            (2) If f is differentiable too, then for every point w^*
                f(mean) - f(w^*) <= (1/T) sum_t <w_t - w^*, grad f(w_t)>.
Method.     (1) by induction over T: the mean of T + 1 points lies between the mean of T of them
            and the last. (2) from (1) and the first-order condition of convexity.
Shapes.     w_t and w^* are vectors in R^d, for every d; T >= 1 is an integer.
Exports.    mean, mean_of_values.
Source.     Homework A, question 3.3; homework B, question 3.3.
"""

from sympy import Sum

from therefore import (
    as_written,
    at_least,
    at_most,
    claim,
    convex,
    define,
    derivation,
    differentiable,
    dimension,
    formula,
    function,
    gradient,
    horizon,
    index,
    inner,
    sequence,
    vector,
)

d, T = dimension("d"), horizon("T")
t = index("t", 1, T)
f = function("f", d)
w, w_star = sequence("w", d), vector("w^*", d)

with as_written():
    w_bar = define(r"\bar w", (), Sum(w[t], (t, 1, T)) / T)
    mean_value = Sum(f(w[t]), (t, 1, T)) / T

    jensen = claim(at_most(f(w_bar), mean_value), given=[convex(f)], induction=T)
    jensen.false_twin(at_least(f(w_bar), mean_value), at={d: 1, T: 2})

    convex_and_smooth = [convex(f), differentiable(f)]
    mean_slope = Sum(inner(w[t] - w_star, gradient(f)(w[t])), (t, 1, T)) / T

    gap_at_mean = claim(at_most(f(w_bar) - f(w_star), mean_slope), given=convex_and_smooth)
    gap_at_mean.false_twin(at_least(f(w_bar) - f(w_star), mean_slope), at={d: 1, T: 1})
    jensen_then_first_order = derivation(
        f(w_bar) - f(w_star),
        "<=", Sum(f(w[t]) - f(w_star), (t, 1, T)) / T,
        "<=", mean_slope,
        using=[jensen],
        proves=gap_at_mean,
    )  # fmt: skip

mean = formula(w_bar)
mean_of_values = formula(jensen.rhs)
