r"""The accelerated proximal point method: |x_0 - x^*|^2 / (gamma (T + 1)^2) for every T.

Problem.    A function f: R^d -> R, a point x^* where it is least, gamma > 0, and x_0 = z_0 and,
            for k = 0 ... T - 1,
            y_k = (k x_k + 2 z_k) / (k + 2),  x_{k+1} = y_k - gamma g_{k+1},
            z_{k+1} = z_k - gamma (k + 2) g_{k+1},
            where g_k is a subgradient of f at x_k: f(u) >= f(x_k) + <g_k, u - x_k> for all u.
Statements. (1) gamma (k + 2)^2 (f(x_{k+1}) - f(x^*)) + |z_{k+1} - x^*|^2
                <= gamma k (k + 2) (f(x_k) - f(x^*)) + |z_k - x^*|^2.
            (2) f(x_T) - f(x^*) <= |x_0 - x^*|^2 / (gamma (T + 1)^2), for every T >= 1.
Method.     (1) The inequality of the subgradient g_{k+1} at x_k and at x^*, k (k + 2) and
            2 (k + 2) times. (2) By induction: k (k + 2) <= (k + 1)^2.
Shapes.     x_k, y_k, z_k, g_k and x^* are vectors in R^d, for every d; T >= 1 is an integer; gamma
            is a number.
Exports.    accelerated_proximal_bound.
Source.     Gueler, New Proximal Point Algorithms for Convex Minimization, 1992, section 6, with
            t_k = (k + 2) / 2.
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
k, s, i = index("k", 0, T - 1), index("s", 1, T), index("i", 1, T)
f = function("f", d)
x, y, z, g = sequence("x", d), sequence("y", d), sequence("z", d), sequence("g", d)
x_star, u = vector("x^*", d), vector("u", d)

with as_written():
    least = for_all(u, at_most(f(x_star), f(u)))
    subgradients = for_all(i, 1, T, for_all(u, at_least(f(u), f(x[i]) + inner(g[i], u - x[i]))))
    between = for_all(k, 0, T - 1, equal(y[k], (k * x[k] + 2 * z[k]) / (k + 2)))
    short = for_all(k, 0, T - 1, equal(x[k + 1], y[k] - gamma * g[k + 1]))
    long = for_all(k, 0, T - 1, equal(z[k + 1], z[k] - gamma * (k + 2) * g[k + 1]))
    setting = [subgradients, least, equal(x[0], z[0]), between, short, long]

    at_last = derivation(
        at_most(f(x[k + 1]) + inner(g[k + 1], x[k] - x[k + 1]), f(x[k])), given=setting
    )
    at_minimum = derivation(
        at_most(f(x[k + 1]) + inner(g[k + 1], x_star - x[k + 1]), f(x_star)), given=setting
    )

    def potential(weight, place):
        return gamma * weight * (f(x[place]) - f(x_star)) + norm(z[place] - x_star) ** 2

    one_step = claim(
        at_most(potential((k + 2) ** 2, k + 1), potential(k * (k + 2), k)),
        given=setting,
        using=[at_last, at_minimum],
    )
    one_step.false_twin(
        at_most(potential((k + 2) ** 2, k + 1), potential(k * (k + 2), k) / 2),
        at={d: 1, gamma: 1, T: 1},
    )

    start = norm(x[0] - x_star) ** 2
    after_s_steps = derivation(
        at_most(potential((s + 1) ** 2, s), start),
        given=setting,
        using=[one_step],
        induction=s,
    )
    rate = claim(at_most(f(x[T]) - f(x_star), start / (gamma * (T + 1) ** 2)), given=setting)
    rate.false_twin(
        at_most(f(x[T]) - f(x_star), start / (gamma * (T + 1) ** 2 + 1)),
        at={d: 1, gamma: 1, T: 1, x_star: 0},
    )
    last_step = derivation(
        gamma * (T + 1) ** 2 * (f(x[T]) - f(x_star)),
        "<=", potential((T + 1) ** 2, T),
        "<=", start,
        given=setting,
        using=[after_s_steps],
    )  # fmt: skip
    divided = derivation(
        at_most(f(x[T]) - f(x_star), start / (gamma * (T + 1) ** 2)),
        using=[last_step],
        proves=rate,
    )

accelerated_proximal_bound = formula(rate.rhs)
