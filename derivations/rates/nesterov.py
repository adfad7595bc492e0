r"""Nesterov's fast gradient method with rational steps: 2L |x_0 - x^*|^2 / (T + 1)^2.

Problem.    A convex, L-smooth function f: R^d -> R with L > 0, a point x^* where f is least, and
            y_0 = z_0 and, for k = 0 ... T - 1,
            x_k = (k y_k + 2 z_k) / (k + 2),  y_{k+1} = x_k - grad f(x_k) / L,
            z_{k+1} = z_k - (k + 2) / (2L) grad f(x_k).
Statements. (1) (k + 2)^2 (f(y_{k+1}) - f(x^*)) + 2L |z_{k+1} - x^*|^2
                <= k (k + 2) (f(y_k) - f(x^*)) + 2L |z_k - x^*|^2.
            (2) f(y_T) - f(x^*) <= 2L |y_0 - x^*|^2 / (T + 1)^2, for every T >= 1.
Method.     (1) f(y_{k+1}) is at least |grad f(x_k)|^2 / (2L) below f(x_k), and f lies above its
            tangent at x_k, at x^* and at y_k. (2) By induction: k (k + 2) <= (k + 1)^2.
Shapes.     x_k, y_k, z_k and x^* are vectors in R^d, for every d; T >= 1 is an integer; L is a
            number.
Exports.    accelerated_bound.
Source.     Nesterov, A method for solving the convex programming problem with convergence rate
            O(1/k^2), 1983, with t_k = (k + 2) / 2; the potential is that of Bansal and Gupta,
            Potential-Function Proofs for Gradient Methods, 2019.
"""

from therefore import (
    as_written,
    at_most,
    claim,
    convex,
    derivation,
    dimension,
    equal,
    for_all,
    formula,
    function,
    gradient,
    horizon,
    index,
    inner,
    norm,
    positive,
    sequence,
    smooth,
    vector,
)

d, T, L = dimension("d"), horizon("T"), positive("L")
k, s = index("k", 0, T - 1), index("s", 1, T)
f = function("f", d)
x, y, z = sequence("x", d), sequence("y", d), sequence("z", d)
x_star, u = vector("x^*", d), vector("u", d)
slope = gradient(f)

with as_written():
    least = for_all(u, at_most(f(x_star), f(u)))
    between = for_all(k, 0, T - 1, equal(x[k], (k * y[k] + 2 * z[k]) / (k + 2)))
    short = for_all(k, 0, T - 1, equal(y[k + 1], x[k] - slope(x[k]) / L))
    long = for_all(k, 0, T - 1, equal(z[k + 1], z[k] - (k + 2) / (2 * L) * slope(x[k])))
    setting = [convex(f), smooth(f, L), least, equal(y[0], z[0]), between, short, long]
    g = slope(x[k])

    goes_down = derivation(
        f(y[k + 1]),
        "<=", f(x[k]) + inner(g, y[k + 1] - x[k]) + L / 2 * norm(y[k + 1] - x[k]) ** 2,
        "=", f(x[k]) - norm(g) ** 2 / (2 * L),
        given=setting,
    )  # fmt: skip
    at_minimum = derivation(at_most(f(x[k]) + inner(g, x_star - x[k]), f(x_star)), given=setting)
    at_short = derivation(at_most(f(x[k]) + inner(g, y[k] - x[k]), f(y[k])), given=setting)

    def potential(weight, place):
        return weight * (f(y[place]) - f(x_star)) + 2 * L * norm(z[place] - x_star) ** 2

    one_step = claim(
        at_most(potential((k + 2) ** 2, k + 1), potential(k * (k + 2), k)),
        given=setting,
        using=[goes_down, at_minimum, at_short],
    )
    one_step.false_twin(
        at_most(potential((k + 2) ** 2, k + 1), potential(k * (k + 2), k) / 2),
        at={d: 1, L: 1, T: 1},
    )

    start = norm(y[0] - x_star) ** 2
    after_s_steps = derivation(
        at_most(potential((s + 1) ** 2, s), 2 * L * start),
        given=setting,
        using=[one_step],
        induction=s,
    )
    rate = claim(at_most(f(y[T]) - f(x_star), 2 * L * start / (T + 1) ** 2), given=setting)
    rate.false_twin(
        at_most(f(y[T]) - f(x_star), L * start / (8 * (T + 1) ** 2)), at={d: 1, L: 1, T: 1}
    )
    last_step = derivation(
        (T + 1) ** 2 * (f(y[T]) - f(x_star)),
        "<=", potential((T + 1) ** 2, T),
        "<=", 2 * L * start,
        given=setting,
        using=[after_s_steps],
    )  # fmt: skip
    divided = derivation(
        at_most(f(y[T]) - f(x_star), 2 * L * start / (T + 1) ** 2),
        using=[last_step],
        proves=rate,
    )

accelerated_bound = formula(rate.rhs)
