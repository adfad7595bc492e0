r"""Halpern's iteration: |x_N - T x_N|^2 <= 4 |x_0 - x^*|^2 / (N + 1)^2 for a nonexpansive T.

Problem.    A map T: R^d -> R^d with |T(x) - T(y)| <= |x - y| for all x, y, a point x^* with
            T(x^*) = x^*, and steps x_{k+1} = x_0 / (k + 2) + (k + 1) / (k + 2) T(x_k).
Statement.  |x_N - T(x_N)|^2 <= 4 |x_0 - x^*|^2 / (N + 1)^2, for N = 1, 2 and 3.
Method.     That T does not expand is used at pairs of consecutive points, and at x_N and x^*, each
            inequality with a multiplier, so that the rest is a sum of squares of vectors. The
            line of each proof shows multipliers and squares.
Shapes.     x_k, T(x_k) and x^* are vectors in R^d, for every d.
Exports.    bound_after_one_step, bound_after_three_steps.
Source.     The bound is Theorem 2.1 of Lieder, On the convergence rate of the Halpern-iteration,
            2021.
"""

from therefore import (
    as_written,
    at_most,
    claim,
    define,
    dimension,
    fixed_point,
    formula,
    nonexpansive,
    norm,
    vector,
    vector_map,
)

d = dimension("d")
T = vector_map("T", d, d)
start, x_star = vector("x_0", d), vector("x^*", d)

with as_written():
    setting = [nonexpansive(T), fixed_point(x_star, T)]

    points = [start]
    for k in range(3):
        mean = start / (k + 2) + (k + 1) * T(points[k]) / (k + 2)
        points.append(define(f"x_{k + 1}", (), mean))

    rates = []
    for N in range(1, 4):
        residual = norm(points[N] - T(points[N])) ** 2
        distance = norm(start - x_star) ** 2
        rate = claim(
            at_most(residual, 4 * distance / (N + 1) ** 2), given=setting, label=f"halpern_{N}"
        )
        rate.false_twin(at_most(residual, 4 * distance / (N + 2) ** 2), at={d: 2, x_star: 0})
        rates.append(rate)

bound_after_one_step = formula(rates[0].rhs)
bound_after_three_steps = formula(rates[2].rhs)
