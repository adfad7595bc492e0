r"""Gradient descent on a convex, smooth function: L |x_0 - x^*|^2 / (4T + 2) for every T.

Problem.    A convex, L-smooth function f: R^d -> R with L > 0, a point x^* with
            grad f(x^*) = 0, and steps x_{t+1} = x_t - grad f(x_t) / L for t = 0 ... T - 1.
Statement.  f(x_T) - f(x^*) <= L |x_0 - x^*|^2 / (4T + 2), for every T >= 1.
Method.     a_t (f(x_t) - f(x^*) + |grad f(x_t)|^2 / (2L)) + b_t L/2 |x_t - x^*|^2 does not grow,
            where a_t = t / (2T + 1 - t) and b_t = (2T + 1 - 2t) / (2T + 1 - t)^2. From one step
            to the next the square of grad f(x_t) / L - (x_t - x^*) / (2T + 1 - t) is left over.
            The numbers a_t and b_t are those that the multipliers found for T = 1, 2, 3 follow.
Shapes.     x_t and x^* are vectors in R^d, for every d; T >= 1 is an integer; L is a number.
Exports.    tight_bound.
Source.     Goes with homework A, question 3.3. The bound is Theorem 3.1 of Drori and Teboulle,
            Performance of First-Order Methods for Smooth Convex Minimization, 2014.
"""

from therefore import (
    as_written,
    at_most,
    claim,
    derivation,
    equal,
    formula,
    inner,
    norm,
    vector,
)

from .convex_smooth import L, T, cocoercive, convex_and_smooth, d, f, s, slope, steps, t, x

x_star = vector("x^*", d)

with as_written():
    setting = [*convex_and_smooth, equal(slope(x_star), 0), steps]
    g, g_next = slope(x[t]), slope(x[t + 1])

    goes_down = derivation(
        f(x[t + 1]) + (norm(g) ** 2 + norm(g_next) ** 2) / (2 * L),
        "=", f(x[t + 1]) + inner(g_next, x[t] - x[t + 1]) + norm(g - g_next) ** 2 / (2 * L),
        "<=", f(x[t]),
        given=setting,
        using=[cocoercive],
    )  # fmt: skip
    above_minimum = derivation(
        f(x[s]) - f(x_star),
        "<=", inner(slope(x[s]), x[s] - x_star) - norm(slope(x[s])) ** 2 / (2 * L),
        given=setting,
        using=[cocoercive],
    )  # fmt: skip

    def a(k):
        return k / (2 * T + 1 - k)

    def b(k):
        return (2 * T + 1 - 2 * k) / (2 * T + 1 - k) ** 2

    def potential(k):
        gap = f(x[k]) - f(x_star) + norm(slope(x[k])) ** 2 / (2 * L)
        return a(k) * gap + b(k) * L / 2 * norm(x[k] - x_star) ** 2

    weight = (4 * T * t + 2 * T - 2 * t**2 + 1) / (2 * (2 * T - t) ** 2)
    left_over = g / L - (x[t] - x_star) / (2 * T + 1 - t)
    does_not_grow = derivation(
        potential(t + 1),
        "<=", a(t + 1) * (f(x[t]) - f(x_star) - norm(g) ** 2 / (2 * L))
              + b(t + 1) * L / 2 * norm(x[t + 1] - x_star) ** 2,
        "<=", a(t) * (f(x[t]) - f(x_star))
              + (a(t + 1) - a(t)) * (inner(g, x[t] - x_star) - norm(g) ** 2 / (2 * L))
              - a(t + 1) * norm(g) ** 2 / (2 * L)
              + b(t + 1) * L / 2 * norm(x[t + 1] - x_star) ** 2,
        "=", potential(t) - weight * L * norm(left_over) ** 2,
        "<=", potential(t),
        given=setting,
        using=[goes_down, above_minimum],
    )  # fmt: skip
    after_s_steps = derivation(
        at_most(potential(s), L * norm(x[0] - x_star) ** 2 / (4 * T + 2)),
        given=setting,
        using=[does_not_grow],
        induction=s,
    )
    tight = claim(
        at_most(f(x[T]) - f(x_star), L * norm(x[0] - x_star) ** 2 / (4 * T + 2)), given=setting
    )
    last_step = derivation(
        f(x[T]) - f(x_star),
        "<=", a(T) * (f(x[T]) - f(x_star))
              + (inner(slope(x[T]), x[T] - x_star) - norm(slope(x[T])) ** 2 / (2 * L)) / (T + 1),
        "<=", potential(T),
        "<=", L * norm(x[0] - x_star) ** 2 / (4 * T + 2),
        using=[above_minimum, after_s_steps],
        proves=tight,
    )  # fmt: skip

tight_bound = formula(tight.rhs)
