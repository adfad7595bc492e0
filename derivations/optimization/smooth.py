r"""Gradient descent on a smooth function: it goes down, and its smallest gradient goes to 0.

Problem.    A function f: R^d -> R that is L-smooth, so that it is differentiable and
            |grad f(x) - grad f(y)| <= L |x - y| for all x and y, with L > 0; it need not be
            convex. Steps theta_{t+1} = theta_t - grad f(theta_t) / L for t = 0 ... T.
Statements. (1) Each step goes down: f(theta_{t+1}) <= f(theta_t) - |grad f(theta_t)|^2 / (2L).
            (2) f(theta_{T+1}) - f(theta_0) <= -(1/2L) sum_{t=0}^{T} |grad f(theta_t)|^2.
            (3) If f >= f^* everywhere, and m is the least of |grad f(theta_k)|^2 for k < T, or
                any number that is not above one of these, then m <= 2L (f(theta_0) - f^*) / T.
Method.     (1) Put the next point into the quadratic upper bound of f. (2) Add these up. (3) The
            sum is at least T times the least, and f(theta_T) >= f^*.
Shapes.     theta_t and grad f(theta_t) are vectors in R^d, for every d; T >= 1 is an integer; L,
            f^* and m are numbers.
Exports.    descent_bound, least_gradient_bound.
Source.     Homework D, question 3.
"""

from sympy import Sum

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
t, k = index("t", 0, T), index("k", 0, T - 1)
L, f_star, m = positive("L"), real("f^*"), real("m")
f = function("f", d)
theta, x, y = sequence("theta", d), vector("x", d), vector("y", d)
slope = gradient(f)

with as_written():
    steps = for_all(t, 0, T, equal(theta[t + 1], theta[t] - slope(theta[t]) / L))
    descent = [smooth(f, L), steps]

    upper_bound = claim(
        at_most(f(y), f(x) + inner(slope(x), y - x) + L / 2 * norm(y - x) ** 2),
        given=[smooth(f, L)],
    )
    upper_bound.false_twin(
        at_most(f(y), f(x) + inner(slope(x), y - x) + L / 3 * norm(y - x) ** 2), at={d: 1, L: 1}
    )

    goes_down = claim(
        at_most(f(theta[t + 1]), f(theta[t]) - norm(slope(theta[t])) ** 2 / (2 * L)),
        given=descent,
    )
    goes_down.false_twin(
        at_most(f(theta[t + 1]), f(theta[t]) - 2 * norm(slope(theta[t])) ** 2 / (3 * L)),
        at={d: 1, T: 1, L: 1},
    )
    next_point_in_bound = derivation(
        f(theta[t + 1]),
        "<=", f(theta[t]) + inner(slope(theta[t]), theta[t + 1] - theta[t])
              + L / 2 * norm(theta[t + 1] - theta[t]) ** 2,
        "=", f(theta[t]) - norm(slope(theta[t])) ** 2 / (2 * L),
        using=[upper_bound],
        proves=goes_down,
    )  # fmt: skip

    energy = Sum(norm(slope(theta[t])) ** 2, (t, 0, T))
    sum_of_steps = claim(
        at_most(f(theta[T + 1]) - f(theta[0]), -1 / (2 * L) * energy), given=descent
    )
    sum_of_steps.false_twin(
        at_most(f(theta[T + 1]) - f(theta[0]), -2 / (3 * L) * energy), at={d: 1, T: 1, L: 1}
    )
    telescoped = derivation(
        f(theta[T + 1]) - f(theta[0]),
        "=", Sum(f(theta[t + 1]) - f(theta[t]), (t, 0, T)),
        "<=", -1 / (2 * L) * energy,
        using=[goes_down],
        proves=sum_of_steps,
    )  # fmt: skip

    below = for_all(x, at_least(f(x), f_star))
    least = for_all(k, 0, T - 1, at_most(m, norm(slope(theta[k])) ** 2))
    least_gradient = claim(
        at_most(m, 2 * L * (f(theta[0]) - f_star) / T), given=[*descent, below, least]
    )
    least_gradient.false_twin(
        at_most(m, 3 * L * (f(theta[0]) - f_star) / (2 * T)),
        at={d: 1, T: 1, L: 1},
    )
    least_is_below_mean = derivation(
        T * m,
        "=", Sum(m, (k, 0, T - 1)),
        "<=", Sum(norm(slope(theta[k])) ** 2, (k, 0, T - 1)),
        "<=", Sum(2 * L * (f(theta[k]) - f(theta[k + 1])), (k, 0, T - 1)),
        "=", 2 * L * (f(theta[0]) - f(theta[T])),
        "<=", 2 * L * (f(theta[0]) - f_star),
        given=[*descent, below, least],
        using=[goes_down],
    )  # fmt: skip
    divided = derivation(
        at_most(m, 2 * L * (f(theta[0]) - f_star) / T),
        using=[least_is_below_mean],
        proves=least_gradient,
    )

descent_bound = formula(goes_down.rhs)
least_gradient_bound = formula(least_gradient.rhs)
