r"""The best of T + 1 points of the subgradient method with a fixed step, and M R / sqrt(T + 1).

Problem.    A function f: R^d -> R, a point x^*, and steps x_{t+1} = x_t - eta g_t for t = 0 ... T
            with eta > 0, where g_t is a subgradient of f at x_t,
            f(u) >= f(x_t) + <g_t, u - x_t> for all u, and |g_t| <= M. A number m that is above
            none of f(x_0) ... f(x_T), such as the least of them.
Statements. (1) m - f(x^*) <= |x_0 - x^*|^2 / (2 eta (T + 1)) + eta M^2 / 2.
            (2) If |x_0 - x^*| <= R = eta M s for a number s > 0 with s^2 <= T + 1, then
                m - f(x^*) <= M R / s. With s = sqrt(T + 1) that is the rate of the method; a
                rational s below it gives a rational bound, as near to it as one likes.
Method.     (1) The squares |x_t - x^*|^2 telescope. (2) R^2 = (eta M s)^2 <= eta^2 M^2 (T + 1).
Shapes.     x_t, g_t and x^* are vectors in R^d, for every d; T >= 1 is an integer; eta, M, R, m
            and s are numbers.
Exports.    fixed_step_bound, subgradient_bound.
Source.     Theorem 3.2.2 of Nesterov, Introductory Lectures on Convex Optimization, 2004; the rate
            is tight, as Drori and Teboulle show in An optimal variant of Kelley's cutting-plane
            method, 2016.
"""

from sympy import Rational, Sum

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
    real,
    sequence,
    vector,
)

d, T = dimension("d"), horizon("T")
eta, M, R, s, m = positive("eta"), positive("M"), positive("R"), positive("s"), real("m")
t = index("t", 0, T)
f = function("f", d)
x, g = sequence("x", d), sequence("g", d)
x_star, u = vector("x^*", d), vector("u", d)

with as_written():
    subgradients = for_all(t, 0, T, for_all(u, at_least(f(u), f(x[t]) + inner(g[t], u - x[t]))))
    bounded = for_all(t, 0, T, at_most(norm(g[t]), M))
    steps = for_all(t, 0, T, equal(x[t + 1], x[t] - eta * g[t]))
    least = for_all(t, 0, T, at_most(m, f(x[t])))
    setting = [subgradients, bounded, steps, least]

    above_point = derivation(
        at_most(f(x[t]) + inner(g[t], x_star - x[t]), f(x_star)), given=setting
    )
    short = derivation(at_most(norm(g[t]) ** 2, M**2), given=setting)
    nearer = norm(x[t] - x_star) ** 2 - norm(x[t + 1] - x_star) ** 2
    one_step = derivation(
        2 * eta * (m - f(x_star)),
        "<=", 2 * eta * (f(x[t]) - f(x_star)),
        "<=", 2 * eta * inner(g[t], x[t] - x_star),
        "=", nearer + eta**2 * norm(g[t]) ** 2,
        "<=", nearer + eta**2 * M**2,
        given=setting,
        using=[above_point, short],
    )  # fmt: skip
    added_up = derivation(
        2 * eta * (T + 1) * (m - f(x_star)),
        "=", Sum(2 * eta * (m - f(x_star)), (t, 0, T)),
        "<=", Sum(nearer + eta**2 * M**2, (t, 0, T)),
        "=", norm(x[0] - x_star) ** 2 - norm(x[T + 1] - x_star) ** 2 + eta**2 * M**2 * (T + 1),
        "<=", norm(x[0] - x_star) ** 2 + eta**2 * M**2 * (T + 1),
        given=setting,
        using=[one_step],
    )  # fmt: skip
    start = norm(x[0] - x_star) ** 2
    fixed_step = claim(
        at_most(m - f(x_star), start / (2 * eta * (T + 1)) + eta * M**2 / 2), given=setting
    )
    fixed_step.false_twin(
        at_most(m - f(x_star), start / (2 * eta * (T + 1)) + eta * M**2 / 4),
        at={d: 1, T: 1, eta: 1, M: 1, m: Rational(1, 2), x_star: 0},
    )
    divided = derivation(
        at_most(m - f(x_star), start / (2 * eta * (T + 1)) + eta * M**2 / 2),
        using=[added_up],
        proves=fixed_step,
    )

    near = [at_most(norm(x[0] - x_star), R), at_most(s**2, T + 1), equal(R, eta * M * s)]
    rate = claim(at_most(m - f(x_star), M * R / s), given=[*setting, *near])
    rate.false_twin(
        at_most(m - f(x_star), M * R / (3 * s)),
        at={d: 1, T: 1, s: 1, M: 1, eta: 1, m: Rational(1, 2), x_star: 0},
    )
    close = derivation(
        start, "<=", R**2, "=", eta**2 * M**2 * s**2, "<=", eta**2 * M**2 * (T + 1), given=near
    )
    multiplied = derivation(
        2 * eta * (T + 1) * (m - f(x_star)),
        "<=", start + eta**2 * M**2 * (T + 1),
        "<=", 2 * eta * (T + 1) * (eta * M**2),
        given=[*setting, *near],
        using=[added_up, close],
    )  # fmt: skip
    best_step = derivation(
        m - f(x_star), "<=", eta * M**2, "=", M * R / s, using=[multiplied], proves=rate
    )

fixed_step_bound = formula(fixed_step.rhs)
subgradient_bound = formula(rate.rhs)
