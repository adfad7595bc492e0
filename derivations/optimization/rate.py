r"""Gradient descent with a fixed step comes within B rho / sqrt(T) of every point of norm B.

Problem.    A convex, differentiable f: R^d -> R; start at w_1 = 0 and step
            w_{t+1} = w_t - eta v_t with v_t = grad f(w_t), for t = 1 ... T. Let |w^*| <= B and
            |v_t| <= rho.
Statements. (1) f(mean of w_1 ... w_T) - f(w^*) <= B^2 / (2 eta T) + eta rho^2 / 2.
            (2) For B, rho > 0 no eta > 0 makes that bound less than B rho / sqrt(T), and
            (3) only eta = B / (rho sqrt(T)) makes it equal to that.
            (4) With this eta, f(mean) - f(w^*) <= B rho / sqrt(T).
Method.     (1) from the gap at the mean and the regret lemma; (2) and (3) by completing the
            square in eta; (4) by putting this eta in.
Shapes.     w_t, v_t and w^* are vectors in R^d, for every d; T >= 1 is an integer; B, rho and
            eta are numbers.
Exports.    optimal_step, optimal_bound.
Source.     Homework A, question 3.3.
"""

from sympy import Sum, sqrt

from therefore import (
    as_written,
    at_least,
    at_most,
    claim,
    define,
    derivation,
    equal,
    for_all,
    formula,
    gradient,
    greater,
    iff,
    inner,
    norm,
    plot,
    real,
)

from .jensen import T, convex_and_smooth, d, f, gap_at_mean, mean_slope, t, w, w_bar, w_star
from .regret import energy, eta, regret_lemma, start, update, v

B, rho = real("B"), real("rho")

with as_written():
    slopes = for_all(t, 1, T, equal(v[t], gradient(f)(w[t])))
    near = at_most(norm(w_star), B)
    bounded = for_all(t, 1, T, at_most(norm(v[t]), rho))
    descent = [*convex_and_smooth, start, update, slopes, near, bounded]
    bound = B**2 / (2 * eta * T) + eta * rho**2 / 2

    gap_bound = claim(at_most(f(w_bar) - f(w_star), bound), given=descent)
    gap_bound.false_twin(
        at_most(f(w_bar) - f(w_star), B**2 / (2 * eta * T) + eta * rho**2 / 3),
        at={d: 1, T: 1, eta: 1, B: 1, rho: 1},
    )
    by_regret = derivation(
        f(w_bar) - f(w_star),
        "<=", mean_slope,
        "=", Sum(inner(w[t] - w_star, v[t]), (t, 1, T)) / T,
        "<=", (norm(w_star) ** 2 / (2 * eta) + eta / 2 * energy) / T,
        "<=", (B**2 / (2 * eta) + eta / 2 * Sum(rho**2, (t, 1, T))) / T,
        "=", bound,
        using=[gap_at_mean, regret_lemma],
        proves=gap_bound,
    )  # fmt: skip

    # The best step, for B and rho above 0.
    signs = [greater(B, 0), greater(rho, 0)]
    best_step = define(r"\eta^*", (), B / (rho * sqrt(T)))
    best_bound = B * rho / sqrt(T)

    bound_is_least = claim(at_least(bound, best_bound), given=signs)
    bound_is_least.false_twin(
        at_least(bound, 2 * B * rho / sqrt(T)), at={T: 1, B: 1, rho: 1, eta: 1}
    )
    square_in_step = derivation(
        equal(bound - best_bound, (B - eta * rho * sqrt(T)) ** 2 / (2 * eta * T)),
        at_least(bound, best_bound),
        proves=bound_is_least,
    )

    only_best_step = claim(
        iff(equal(bound, best_bound), equal(eta, best_step)), given=signs, using=[square_in_step]
    )
    only_best_step.false_twin(
        iff(equal(bound, best_bound), equal(eta, 2 * B / (rho * sqrt(T)))),
        at={T: 1, B: 1, rho: 1, eta: 1},
    )

    with_best_step = [*descent, *signs, equal(eta, best_step)]
    rate = claim(at_most(f(w_bar) - f(w_star), best_bound), given=with_best_step)
    rate.false_twin(
        at_most(f(w_bar) - f(w_star), B * rho / (2 * sqrt(T))),
        at={d: 1, T: 1, eta: 1, B: 1, rho: 1},
    )
    put_best_step_in = derivation(
        f(w_bar) - f(w_star),
        "<=", B**2 / (2 * best_step * T) + best_step * rho**2 / 2,
        "=", B * rho / (2 * sqrt(T)) + B * rho / (2 * sqrt(T)),
        "=", best_bound,
        using=[gap_bound],
        proves=rate,
    )  # fmt: skip

optimal_step = formula(best_step)
optimal_bound = formula(rate.rhs)

best_of_all_steps = plot(
    (eta, 0.02, 0.5),
    {r"\frac{B^2}{2 \eta T} + \frac{\eta \rho^2}{2}": bound},
    points={r"\eta^*": (best_step, best_bound)},
    at={B: 1, rho: 1, T: 25},
    beside=bound_is_least,
    caption="The bound for B = 1, rho = 1 and T = 25: short steps and long ones cost more.",
)
