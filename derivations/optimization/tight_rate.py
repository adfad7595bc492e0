r"""Gradient descent on a convex, smooth function: the tight rate L |x_0 - x^*|^2 / (4N + 2).

Problem.    A convex, L-smooth function f: R^d -> R with L > 0, a point x^* with
            grad f(x^*) = 0, and N = 1, 2, 3, 4, 5 or 6 steps x_{k+1} = x_k - grad f(x_k) / L.
Statement.  f(x_N) - f(x^*) <= L |x_0 - x^*|^2 / (4N + 2), for each of these N.
Method.     What cocoercivity says at pairs of the points x_0 ... x_N and x^* is added up, each
            inequality with a multiplier, so that the values of f are in balance and the rest is
            a sum of squares of vectors. Multipliers and squares are found by a semidefinite
            program and rounded to exact numbers; the line of each proof shows them.
Shapes.     x_k and x^* are vectors in R^d, for every d; L is a number.
Exports.    bound_after_one_step, bound_after_six_steps.
Source.     Goes with homework A, question 3.3. The bound is Theorem 3.1 of Drori and Teboulle,
            Performance of First-Order Methods for Smooth Convex Minimization, 2014.
"""

from therefore import (
    as_written,
    at_most,
    claim,
    define,
    derivation,
    equal,
    formula,
    norm,
    vector,
)

from .convex_smooth import L, cocoercive, convex_and_smooth, d, f, slope

start, x_star = vector("x_0", d), vector("x^*", d)

with as_written():
    setting = [*convex_and_smooth, equal(slope(x_star), 0)]

    points = [start]
    for k in range(6):
        points.append(define(f"x_{k + 1}", (), points[k] - slope(points[k]) / L))

    rates = []
    for N in range(1, 7):
        gap = f(points[N]) - f(x_star)
        bound = L * norm(start - x_star) ** 2 / (4 * N + 2)
        rate = claim(at_most(gap, bound), given=setting, label=f"tight_rate_{N}")
        rate.false_twin(
            at_most(gap, L * norm(start - x_star) ** 2 / (4 * N + 3)),
            at={d: 1, L: 1, start: 2 * N + 1, x_star: 0},
        )
        derivation(
            gap,
            "<=", bound,
            using=[cocoercive],
            proves=rate,
        )  # fmt: skip
        rates.append(rate)

bound_after_one_step = formula(rates[0].rhs)
bound_after_six_steps = formula(rates[5].rhs)
