r"""Gradient descent on a convex, smooth function: L |x_0 - x^*|^2 / (4T + 2) for every T.

Problem.    A convex, L-smooth function f: R^d -> R with L > 0, a point x^* with
            grad f(x^*) = 0, and steps x_{t+1} = x_t - grad f(x_t) / L for t = 0 ... T - 1.
Statement.  f(x_T) - f(x^*) <= L |x_0 - x^*|^2 / (4T + 2), for every T >= 1.
Method.     With n_t = 2T + 1 - t, the potential
            P_t = t n_t (f(x_t) - f(x^*) + |grad f(x_t)|^2 / (2L)) + (n_t - t) L/2 |x_t - x^*|^2
            is such that P_t / n_t^2 does not grow: what is left over from one step to the next is
            a square. The multipliers t / n_t of the relations between x_t and x_{t+1} are those
            that a semidefinite program finds for T = 1, 2, 3.
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

from ..optimization.convex_smooth import (
    L,
    T,
    cocoercive,
    convex_and_smooth,
    d,
    f,
    s,
    slope,
    steps,
    t,
    x,
)

x_star = vector("x^*", d)

with as_written():
    setting = [*convex_and_smooth, equal(slope(x_star), 0), steps]

    goes_down = derivation(
        f(x[t + 1]) + norm(slope(x[t + 1])) ** 2 / (2 * L),
        "<=", f(x[t]) - norm(slope(x[t])) ** 2 / (2 * L),
        given=setting,
        using=[cocoercive],
    )  # fmt: skip
    above_minimum = derivation(
        f(x[s]) - f(x_star),
        "<=", inner(slope(x[s]), x[s] - x_star) - norm(slope(x[s])) ** 2 / (2 * L),
        given=setting,
        using=[cocoercive],
    )  # fmt: skip

    def n(k):
        return 2 * T + 1 - k

    def potential(k):
        gap = f(x[k]) - f(x_star) + norm(slope(x[k])) ** 2 / (2 * L)
        return k * n(k) * gap + (n(k) - k) * L / 2 * norm(x[k] - x_star) ** 2

    does_not_grow = claim(
        at_most(n(t) ** 2 * potential(t + 1), n(t + 1) ** 2 * potential(t)),
        given=setting,
        using=[goes_down, above_minimum],
    )
    does_not_grow.false_twin(
        at_most(n(t) ** 2 * potential(t + 1), n(t + 1) ** 2 * potential(t) / 2),
        at={d: 1, L: 1, T: 1},
    )

    start = norm(x[0] - x_star) ** 2
    after_s_steps = derivation(
        at_most((4 * T + 2) * potential(s), n(s) ** 2 * L * start),
        given=setting,
        using=[does_not_grow],
        induction=s,
    )
    tight = claim(at_most(f(x[T]) - f(x_star), L * start / (4 * T + 2)), given=setting)
    tight.false_twin(at_most(f(x[T]) - f(x_star), L * start / (4 * T + 3)), at={d: 1, L: 1, T: 1})
    at_the_end = derivation(
        at_most((4 * T + 2) * potential(T), (T + 1) ** 2 * L * start),
        given=setting,
        using=[after_s_steps],
    )
    last_step = derivation(
        f(x[T]) - f(x_star),
        "<=", potential(T) / (T + 1) ** 2,
        "<=", L * start / (4 * T + 2),
        using=[above_minimum, at_the_end],
        proves=tight,
    )  # fmt: skip

tight_bound = formula(tight.rhs)
