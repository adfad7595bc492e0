r"""The proximal point method on a convex function: |x_0 - x^*|^2 / (4 gamma T) for every T.

Problem.    A function f: R^d -> R, a point x^*, gamma > 0, and steps
            x_{t+1} = x_t - gamma g_{t+1} for t = 0 ... T - 1, where g_t is a subgradient of f at
            x_t for t = 1 ... T: f(u) >= f(x_t) + <g_t, u - x_t> for all u. Such steps are the
            minimisers of f(u) + |u - x_t|^2 / (2 gamma).
Statement.  f(x_T) - f(x^*) <= |x_0 - x^*|^2 / (4 gamma T), for every T >= 1.
Method.     With n_t = 2T - t, the potential
            P_t = t n_t (f(x_t) - f(x^*)) + (T - t) |x_t - x^*|^2 / gamma is such that P_t / n_t^2
            does not grow. What is left over from one step to the next is a square.
Shapes.     x_t, g_t and x^* are vectors in R^d, for every d; T >= 1 is an integer; gamma is a
            number.
Exports.    proximal_bound.
Source.     Theorem 4.1 of Taylor, Hendrickx and Glineur, Exact Worst-Case Performance of
            First-Order Methods for Composite Convex Optimization, 2017.
"""

from therefore import (
    as_written,
    at_least,
    at_most,
    claim,
    derivation,
    dimension,
    equal,
    for_all,
    formula,
    function,
    horizon,
    index,
    inner,
    norm,
    positive,
    sequence,
    vector,
)

d, T, gamma = dimension("d"), horizon("T"), positive("gamma")
t, s, i = index("t", 0, T - 1), index("s", 0, T), index("i", 1, T)
f = function("f", d)
x, g = sequence("x", d), sequence("g", d)
x_star, u = vector("x^*", d), vector("u", d)

with as_written():
    subgradients = for_all(i, 1, T, for_all(u, at_least(f(u), f(x[i]) + inner(g[i], u - x[i]))))
    steps = for_all(t, 0, T - 1, equal(x[t + 1], x[t] - gamma * g[t + 1]))
    setting = [subgradients, steps]

    goes_down = derivation(
        at_most(f(x[t + 1]) + inner(g[t + 1], x[t] - x[t + 1]), f(x[t])), given=setting
    )
    above_point = derivation(
        at_most(f(x[i]) + inner(g[i], x_star - x[i]), f(x_star)), given=setting
    )

    def n(k):
        return 2 * T - k

    def potential(k):
        return k * n(k) * (f(x[k]) - f(x_star)) + (T - k) * norm(x[k] - x_star) ** 2 / gamma

    does_not_grow = claim(
        at_most(n(t) ** 2 * potential(t + 1), n(t + 1) ** 2 * potential(t)),
        given=setting,
        using=[goes_down, above_point],
    )
    does_not_grow.false_twin(
        at_most(n(t) ** 2 * potential(t + 1), n(t + 1) ** 2 * potential(t) / 2),
        at={d: 1, gamma: 1, T: 1},
    )

    start = norm(x[0] - x_star) ** 2
    after_s_steps = derivation(
        at_most(4 * T * gamma * potential(s), n(s) ** 2 * start),
        given=setting,
        using=[does_not_grow],
        induction=s,
    )
    rate = claim(at_most(f(x[T]) - f(x_star), start / (4 * gamma * T)), given=setting)
    rate.false_twin(
        at_most(f(x[T]) - f(x_star), start / (4 * gamma * T + 1)), at={d: 1, gamma: 1, T: 1}
    )
    at_the_end = derivation(
        at_most(4 * T * gamma * potential(T), T**2 * start), given=setting, using=[after_s_steps]
    )
    divided = derivation(
        f(x[T]) - f(x_star),
        "=", potential(T) / T**2,
        "<=", start / (4 * gamma * T),
        using=[at_the_end],
        proves=rate,
    )  # fmt: skip

proximal_bound = formula(rate.rhs)
