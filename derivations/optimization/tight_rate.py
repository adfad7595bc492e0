r"""Gradient descent on a convex, smooth function: the tight rate L |x_0 - x^*|^2 / (4N + 2).

Problem.    A convex, L-smooth function f: R^d -> R with L > 0, a point x^* with
            grad f(x^*) = 0, and N = 1, 2, 3 or 4 steps x_{k+1} = x_k - grad f(x_k) / L.
Statement.  f(x_N) - f(x^*) <= L |x_0 - x^*|^2 / (4N + 2), for each of these N.
Method.     f(x_k) is no less than cocoercivity says at x_k and x_{k+1}, and f(x^*) than it
            says at x^* and x_k. The first, times (k + 1) / (2N - k), and the second, times what
            keeps the values of f in balance, are added up. What is left is a sum of squares.
Shapes.     x_k and x^* are vectors in R^d, for every d; L is a number.
Exports.    bound_after_one_step, bound_after_four_steps.
Source.     Goes with homework A, question 3.3. The bound is Theorem 3.1 of Drori and Teboulle,
            Performance of First-Order Methods for Smooth Convex Minimization, 2014.
"""

from sympy import Rational

from therefore import (
    as_written,
    at_least,
    at_most,
    claim,
    define,
    derivation,
    equal,
    formula,
    inner,
    norm,
    vector,
)

from .convex_smooth import L, cocoercive, convex_and_smooth, d, f, slope

start, w, x_star = vector("x_0", d), vector("w", d), vector("x^*", d)

with as_written():
    setting = [*convex_and_smooth, equal(slope(x_star), 0)]

    points = [start]
    for k in range(4):
        points.append(define(f"x_{k + 1}", (), points[k] - slope(points[k]) / L))

    def above_next(k):
        """How far f(x_k) is above what cocoercivity says at x_k and x_{k+1}."""
        here, there = points[k], points[k + 1]
        rest = norm(slope(here) - slope(there)) ** 2 / (2 * L)
        return f(here) - (f(there) + inner(slope(there), here - there) + rest)

    def minimum_above(point):
        """How far f(x^*) is above what cocoercivity says at x^* and the point."""
        rest = norm(slope(point)) ** 2 / (2 * L)
        return f(x_star) - (f(point) + inner(slope(point), x_star - point) + rest)

    at_minimum = derivation(
        f(w) + inner(slope(w), x_star - w) + norm(slope(w)) ** 2 / (2 * L),
        "=", f(w) + inner(slope(w), x_star - w) + norm(slope(x_star) - slope(w)) ** 2 / (2 * L),
        "<=", f(x_star),
        given=setting,
        using=[cocoercive],
    )  # fmt: skip
    nexts = [
        derivation(
            at_least(above_next(k), 0),
            given=setting,
            using=[cocoercive],
        )
        for k in range(4)
    ]
    minima = [
        derivation(
            at_least(minimum_above(points[k]), 0),
            given=setting,
            using=[at_minimum],
        )
        for k in range(5)
    ]

    rates = []
    for N in range(1, 5):
        weights = [Rational(k + 1, 2 * N - k) for k in range(N)]
        balance = [weights[0]] + [weights[k] - weights[k - 1] for k in range(1, N)]
        balance.append(1 - weights[-1])
        gap = f(points[N]) - f(x_star)
        bound = L * norm(start - x_star) ** 2 / (4 * N + 2)
        total = gap
        for k in range(N):
            total = total + weights[k] * above_next(k)
        for k in range(N + 1):
            total = total + balance[k] * minimum_above(points[k])
        rate = claim(at_most(gap, bound), given=setting, label=f"tight_rate_{N}")
        rate.false_twin(
            at_most(gap, L * norm(start - x_star) ** 2 / (4 * N + 3)),
            at={d: 1, L: 1, start: 2 * N + 1, x_star: 0},
        )
        derivation(
            gap,
            "<=", total,
            "<=", bound,
            using=[*nexts[:N], *minima[: N + 1]],
            proves=rate,
        )  # fmt: skip
        rates.append(rate)

bound_after_one_step = formula(rates[0].rhs)
bound_after_four_steps = formula(rates[3].rhs)
