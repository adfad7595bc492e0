r"""Halpern's iteration, any number of steps: |x_N - T x_N|^2 <= 4 |x_0 - x^*|^2 / (N + 1)^2.

Problem.    A map T: R^d -> R^d with |T(x) - T(y)| <= |x - y| for all x, y, a point x^* with
            T(x^*) = x^*, and steps x_{k+1} = x_0 / (k + 2) + (k + 1) / (k + 2) T(x_k) for
            k = 0 ... N - 1.
Statement.  |x_N - T(x_N)|^2 <= 4 |x_0 - x^*|^2 / (N + 1)^2, for every N.
Method.     With u_k = x_k - T(x_k), the number k (k + 1) / 2 |u_k|^2 + (k + 1) <u_k, x_k - x_0>
            does not grow from one step to the next, and is 0 at the beginning. At the end,
            <u_N, x_N - x^*> >= |u_N|^2 / 2, and |(N + 1) u_N / 2 - (x_0 - x^*)|^2 >= 0.
Shapes.     x_k, T(x_k) and x^* are vectors in R^d, for every d; N >= 1 is an integer.
Exports.    residual_bound.
Source.     The bound is Theorem 2.1 of Lieder, On the convergence rate of the Halpern-iteration,
            2021; the quantity is that of Diakonikolas, Halpern Iteration for Near-Optimal and
            Parameter-Free Monotone Inclusion and Strong Solutions to Variational Inequalities,
            2020.
"""

from therefore import (
    as_written,
    at_most,
    claim,
    derivation,
    dimension,
    equal,
    fixed_point,
    for_all,
    formula,
    horizon,
    index,
    inner,
    nonexpansive,
    norm,
    sequence,
    vector,
    vector_map,
)

d, N = dimension("d"), horizon("N")
k, s = index("k", 0, N - 1), index("s", 0, N)
T = vector_map("T", d, d)
x, x_star = sequence("x", d), vector("x^*", d)
a, b = vector("a", d), vector("b", d)


def residual(point):
    """x - T(x), for vectors x in R^d."""
    return point - T(point)


with as_written():
    steps = for_all(k, 0, N - 1, equal((k + 2) * x[k + 1], x[0] + (k + 1) * T(x[k])))
    method = [nonexpansive(T), steps]
    u = residual

    half_cocoercive = derivation(
        at_most(norm(u(a) - u(b)) ** 2, 2 * inner(u(a) - u(b), a - b)),
        given=[nonexpansive(T)],
    )
    energy_after = (k + 1) * (k + 2) / 2 * norm(u(x[k + 1])) ** 2 + (k + 2) * inner(
        u(x[k + 1]), x[k + 1] - x[0]
    )
    energy = k * (k + 1) / 2 * norm(u(x[k])) ** 2 + (k + 1) * inner(u(x[k]), x[k] - x[0])
    apart, moved = u(x[k + 1]) - u(x[k]), x[k + 1] - x[k]
    does_not_grow = derivation(
        energy_after,
        "=", energy - (k + 1) * (k + 2) * (inner(apart, moved) - norm(apart) ** 2 / 2),
        "<=", energy,
        given=method,
        using=[half_cocoercive],
    )  # fmt: skip
    after_s_steps = derivation(
        at_most(s * (s + 1) / 2 * norm(u(x[s])) ** 2 + (s + 1) * inner(u(x[s]), x[s] - x[0]), 0),
        given=method,
        using=[does_not_grow],
        induction=s,
    )
    setting = [*method, fixed_point(x_star, T)]
    towards = derivation(
        at_most(norm(u(x[N])) ** 2, 2 * inner(u(x[N]), x[N] - x_star)),
        given=setting,
        using=[half_cocoercive],
    )
    squared = 4 * norm(x[0] - x_star) ** 2 / (N + 1) ** 2
    rate = claim(at_most(norm(u(x[N])) ** 2, squared), given=setting)
    rate.false_twin(
        at_most(norm(u(x[N])) ** 2, 4 * norm(x[0] - x_star) ** 2 / (N + 2) ** 2),
        at={d: 2, x_star: 0},
    )
    after_all_steps = derivation(
        at_most(N * (N + 1) / 2 * norm(u(x[N])) ** 2 + (N + 1) * inner(u(x[N]), x[N] - x[0]), 0),
        given=method,
        using=[after_s_steps],
    )
    at_the_end = derivation(
        at_most((N + 1) / 2 * norm(u(x[N])) ** 2, inner(u(x[N]), x[0] - x_star)),
        given=setting,
        using=[after_all_steps, towards],
    )
    by_a_square = derivation(
        norm(u(x[N])) ** 2,
        "<=", 4 / (N + 1) * inner(u(x[N]), x[0] - x_star) - norm(u(x[N])) ** 2,
        "=", squared - norm((N + 1) / 2 * u(x[N]) - (x[0] - x_star)) ** 2 * 4 / (N + 1) ** 2,
        "<=", squared,
        given=setting,
        using=[at_the_end],
        proves=rate,
    )  # fmt: skip

residual_bound = formula(rate.rhs)
