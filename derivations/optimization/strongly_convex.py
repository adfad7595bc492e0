r"""Gradient descent on a strongly convex, smooth function comes nearer by 1 - eta mu each step.

Problem.    An L-smooth function f: R^d -> R with 0 < mu <= L that is mu-strongly convex:
            f(y) >= f(x) + <grad f(x), y - x> + mu/2 |y - x|^2 for all x, y. A point x^* with
            grad f(x^*) = 0, and steps x_{t+1} = x_t - eta grad f(x_t) for t = 0 ... T - 1, where
            0 <= eta <= 2 / (mu + L).
Statements. (1) (mu + L) <grad f(x) - grad f(y), x - y>
                >= mu L |x - y|^2 + |grad f(x) - grad f(y)|^2 for all x, y.
            (2) |x_{t+1} - x^*| <= (1 - eta mu) |x_t - x^*|.
            (3) |x_T - x^*| <= (1 - eta mu)^T |x_0 - x^*| for every T.
Method.     (1) Where mu < L, the lower bound at y and the upper bound at x are compared at a third
            point; where mu = L, add the strong convexity at both points. (2) Expand the square,
            and put (1) in, then |grad f(x_t)| >= mu |x_t - x^*|. (3) By induction.
Shapes.     x, y, x_t and x^* are vectors in R^d, for every d; T >= 1 is an integer; mu, L and eta
            are numbers.
Exports.    distance_bound.
Source.     Goes with homework D, question 3: the rate when f is strongly convex. The inequality
            (1) is Theorem 2.1.12 of Nesterov, Introductory Lectures on Convex Optimization, 2004.
"""

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
    less,
    norm,
    positive,
    real,
    sequence,
    smooth,
    vector,
)

d, T = dimension("d"), horizon("T")
mu, L, eta = positive("mu"), positive("L"), real("eta")
t, s = index("t", 0, T - 1), index("s", 0, T)
f = function("f", d)
u, v, y, z = vector("u", d), vector("v", d), vector("y", d), vector("z", d)
x, x_star = sequence("x", d), vector("x^*", d)
slope = gradient(f)

with as_written():
    strongly_convex = for_all(
        y,
        for_all(z, at_least(f(z), f(y) + inner(slope(y), z - y) + mu / 2 * norm(z - y) ** 2)),
    )
    curved = [smooth(f, L), strongly_convex, at_most(mu, L)]
    dx, dg = u - v, slope(u) - slope(v)

    # Where mu < L: both bounds at a third point.
    p = define("p", (), (L * u - mu * v - dg) / (L - mu))
    above_tangent = f(v) + inner(slope(v), dx) + mu / 2 * norm(dx) ** 2
    at_third_point = derivation(
        above_tangent + norm(dg - mu * dx) ** 2 / (2 * (L - mu)),
        "=", f(v) + inner(slope(v), p - v) + mu / 2 * norm(p - v) ** 2
             - inner(slope(u), p - u) - L / 2 * norm(p - u) ** 2,
        "<=", f(p) - inner(slope(u), p - u) - L / 2 * norm(p - u) ** 2,
        "<=", f(u),
        given=[smooth(f, L), strongly_convex, less(mu, L)],
    )  # fmt: skip
    turned_round = derivation(
        at_most(
            f(u) - inner(slope(u), dx) + mu / 2 * norm(dx) ** 2
            + norm(dg - mu * dx) ** 2 / (2 * (L - mu)),
            f(v),
        ),
        given=[smooth(f, L), strongly_convex, less(mu, L)],
        using=[at_third_point],
    )  # fmt: skip
    other_way = derivation(
        at_least(f(v), f(u) - inner(slope(u), dx) + mu / 2 * norm(dx) ** 2),
        given=[smooth(f, L), strongly_convex],
    )
    monotone = derivation(
        mu * norm(dx) ** 2,
        "<=", f(u) - f(v) - inner(slope(v), dx) + mu / 2 * norm(dx) ** 2,
        "<=", inner(dg, dx),
        given=[smooth(f, L), strongly_convex],
        using=[other_way],
    )  # fmt: skip
    coercive_below = derivation(
        at_least((mu + L) * inner(dg, dx), mu * L * norm(dx) ** 2 + norm(dg) ** 2),
        given=[smooth(f, L), strongly_convex, less(mu, L)],
        using=[at_third_point, turned_round],
    )
    lipschitz = derivation(norm(dg), "<=", L * norm(dx), given=[smooth(f, L)])
    coercive_at = derivation(
        mu * L * norm(dx) ** 2 + norm(dg) ** 2,
        "<=", mu * L * norm(dx) ** 2 + L**2 * norm(dx) ** 2,
        "=", (mu + L) * mu * norm(dx) ** 2,
        "<=", (mu + L) * inner(dg, dx),
        given=[smooth(f, L), strongly_convex, equal(L, mu)],
        using=[lipschitz, monotone],
    )  # fmt: skip
    coercive = claim(
        at_least((mu + L) * inner(dg, dx), mu * L * norm(dx) ** 2 + norm(dg) ** 2),
        given=curved,
        using=[coercive_below, coercive_at],
        cases=[L - mu],
    )
    coercive.false_twin(
        at_least((mu + L) * inner(dg, dx), mu * L * norm(dx) ** 2 + 2 * norm(dg) ** 2),
        at={d: 1, L: 1, mu: 1},
    )

    # The steps.
    steps = for_all(t, 0, T - 1, equal(x[t + 1], x[t] - eta * slope(x[t])))
    short = [at_most(0, eta), at_most(eta, 2 / (mu + L))]
    descent = [*curved, equal(slope(x_star), 0), steps, *short]
    gap, g = x[t] - x_star, slope(x[t])

    coercive_here = derivation(
        mu * L * norm(gap) ** 2 + norm(g) ** 2,
        "=", mu * L * norm(gap) ** 2 + norm(g - slope(x_star)) ** 2,
        "<=", (mu + L) * inner(g - slope(x_star), gap),
        "=", (mu + L) * inner(g, gap),
        given=descent,
        using=[coercive],
    )  # fmt: skip
    uphill = derivation(
        mu * norm(gap) ** 2,
        "<=", inner(g - slope(x_star), gap),
        "=", inner(g, gap),
        given=descent,
        using=[monotone],
    )  # fmt: skip
    steep = derivation(
        mu**2 * norm(gap) ** 2,
        "<=", 2 * mu * inner(g, gap) - mu**2 * norm(gap) ** 2,
        "<=", norm(g) ** 2,
        given=descent,
        using=[uphill],
    )  # fmt: skip
    room = derivation(at_least(eta * (2 / (mu + L) - eta), 0), given=[at_most(mu, L), *short])
    squares = derivation(
        norm(x[t + 1] - x_star) ** 2,
        "=", norm(gap) ** 2 - 2 * eta * inner(g, gap) + eta**2 * norm(g) ** 2,
        "<=", norm(gap) ** 2 - 2 * eta / (mu + L) * (mu * L * norm(gap) ** 2 + norm(g) ** 2)
              + eta**2 * norm(g) ** 2,
        "=", (1 - 2 * eta * mu * L / (mu + L)) * norm(gap) ** 2
             - eta * (2 / (mu + L) - eta) * norm(g) ** 2,
        "<=", (1 - 2 * eta * mu * L / (mu + L)) * norm(gap) ** 2
              - eta * (2 / (mu + L) - eta) * mu**2 * norm(gap) ** 2,
        "=", ((1 - eta * mu) * norm(gap)) ** 2,
        given=descent,
        using=[coercive_here, steep, room],
    )  # fmt: skip
    factor = derivation(
        eta * mu, "<=", 2 / (mu + L) * mu, "<=", 1, given=[at_most(mu, L), *short]
    )  # fmt: skip
    contraction = claim(
        at_most(norm(x[t + 1] - x_star), (1 - eta * mu) * norm(gap)),
        given=descent,
        using=[squares, factor],
    )
    contraction.false_twin(
        at_most(norm(x[t + 1] - x_star), (1 - 3 * eta * mu / 2) * norm(gap)),
        at={d: 1, T: 1, L: 2, mu: 1},
    )

    linear_rate = claim(
        at_most(norm(x[T] - x_star), (1 - eta * mu) ** T * norm(x[0] - x_star)), given=descent
    )
    linear_rate.false_twin(
        at_most(norm(x[T] - x_star), (1 - eta * mu) ** (T + 1) * norm(x[0] - x_star)),
        at={d: 1, T: 1, L: 1, mu: 1},
    )
    after_s_steps = derivation(
        at_most(norm(x[s] - x_star), (1 - eta * mu) ** s * norm(x[0] - x_star)),
        given=descent,
        using=[contraction, factor],
        induction=s,
    )
    at_the_end = derivation(
        at_most(norm(x[T] - x_star), (1 - eta * mu) ** T * norm(x[0] - x_star)),
        using=[after_s_steps],
        proves=linear_rate,
    )

distance_bound = formula(linear_rate.rhs)
