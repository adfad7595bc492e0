r"""The smallest gradient of gradient descent on a smooth function: 4L (f(theta_0) - f^*) / (3T).

Problem.    An L-smooth function f: R^d -> R with L > 0, which need not be convex, and steps
            theta_{t+1} = theta_t - grad f(theta_t) / L for t = 0 ... T - 1.
Statements. (1) f(y) >= f(x) + <grad f(x), y - x> - L/2 |y - x|^2 for all x, y.
            (2) f(theta_{t+1}) + (2 |grad f(theta_t)|^2 + |grad f(theta_{t+1})|^2) / (4L)
                <= f(theta_t).
            (3) If f >= f^* everywhere, and m is the least of |grad f(theta_k)|^2 for k <= T, or
                any number that is above none of these, then m <= 4L (f(theta_0) - f^*) / (3T).
Method.     (1) is the quadratic upper bound of -f. (2) The lower bound at the next point and the
            upper bound at this one are compared at a third point. (3) Add up.
Shapes.     theta_t and grad f(theta_t) are vectors in R^d, for every d; T >= 1 is an integer; L,
            f^* and m are numbers.
Exports.    least_gradient_bound.
Source.     Goes with homework D, question 3: the same rate with a better constant.
"""

from sympy import Sum

from therefore import (
    as_written,
    at_least,
    at_most,
    claim,
    define,
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
    real,
    sequence,
    smooth,
    vector,
)

d, T = dimension("d"), horizon("T")
t, k = index("t", 0, T - 1), index("k", 0, T)
L, f_star, m = positive("L"), real("f^*"), real("m")
f = function("f", d)
theta, u, v, y = sequence("theta", d), vector("u", d), vector("v", d), vector("y", d)
slope = gradient(f)

with as_written():
    lower_bound = claim(
        at_least(f(v), f(u) + inner(slope(u), v - u) - L / 2 * norm(v - u) ** 2),
        given=[smooth(f, L)],
    )
    lower_bound.false_twin(
        at_least(f(v), f(u) + inner(slope(u), v - u) - L / 3 * norm(v - u) ** 2),
        at={d: 1, L: 1},
    )

    z = define("z", (), (u + v) / 2 + (slope(v) - slope(u)) / (2 * L))
    at_third_point = derivation(
        f(v) + inner(slope(v), z - v) - L / 2 * norm(z - v) ** 2
        - inner(slope(u), z - u) - L / 2 * norm(z - u) ** 2,
        "<=", f(z) - inner(slope(u), z - u) - L / 2 * norm(z - u) ** 2,
        "<=", f(u),
        given=[smooth(f, L)],
        using=[lower_bound],
    )  # fmt: skip
    interpolated = derivation(
        f(v) + inner(slope(v), u - v) + norm(slope(u) - slope(v)) ** 2 / (2 * L)
        - L / 4 * norm(u - v - (slope(u) - slope(v)) / L) ** 2,
        "=", f(v) + inner(slope(v), z - v) - L / 2 * norm(z - v) ** 2
             - inner(slope(u), z - u) - L / 2 * norm(z - u) ** 2,
        "<=", f(u),
        given=[smooth(f, L)],
        using=[at_third_point],
    )  # fmt: skip

    steps = for_all(t, 0, T - 1, equal(theta[t + 1], theta[t] - slope(theta[t]) / L))
    descent = [smooth(f, L), steps]
    g, g_next = slope(theta[t]), slope(theta[t + 1])
    step = theta[t] - theta[t + 1]
    both = (2 * norm(g) ** 2 + norm(g_next) ** 2) / (4 * L)

    goes_down = claim(at_most(f(theta[t + 1]) + both, f(theta[t])), given=descent)
    goes_down.false_twin(
        at_most(f(theta[t + 1]) + (2 * norm(g) ** 2 + norm(g_next) ** 2) / (3 * L), f(theta[t])),
        at={d: 1, T: 1, L: 1},
    )
    at_next_point = derivation(
        f(theta[t + 1]) + both,
        "=", f(theta[t + 1]) + inner(g_next, step) + norm(g - g_next) ** 2 / (2 * L)
             - L / 4 * norm(step - (g - g_next) / L) ** 2,
        "<=", f(theta[t]),
        using=[interpolated],
        proves=goes_down,
    )  # fmt: skip

    below = for_all(y, at_least(f(y), f_star))
    least = for_all(k, 0, T, at_most(m, norm(slope(theta[k])) ** 2))
    lowest = [*descent, below, least]
    three = derivation(
        3 * m,
        "<=", 2 * norm(g) ** 2 + m,
        "<=", 2 * norm(g) ** 2 + norm(g_next) ** 2,
        "<=", 4 * L * (f(theta[t]) - f(theta[t + 1])),
        given=lowest,
        using=[goes_down],
    )  # fmt: skip
    least_gradient = claim(at_most(m, 4 * L * (f(theta[0]) - f_star) / (3 * T)), given=lowest)
    least_gradient.false_twin(
        at_most(m, L * (f(theta[0]) - f_star) / T), at={d: 1, T: 3, L: 1}
    )
    added_up = derivation(
        3 * T * m,
        "=", Sum(3 * m, (t, 0, T - 1)),
        "<=", Sum(4 * L * (f(theta[t]) - f(theta[t + 1])), (t, 0, T - 1)),
        "=", 4 * L * (f(theta[0]) - f(theta[T])),
        "<=", 4 * L * (f(theta[0]) - f_star),
        given=lowest,
        using=[three],
    )  # fmt: skip
    divided = derivation(
        at_most(m, 4 * L * (f(theta[0]) - f_star) / (3 * T)),
        using=[added_up],
        proves=least_gradient,
    )

least_gradient_bound = formula(least_gradient.rhs)
