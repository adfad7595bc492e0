r"""Gradient descent on a convex, smooth function comes within L |x_0 - x^*|^2 / (2T) of any point.

Problem.    A convex, L-smooth function f: R^d -> R with L > 0, and steps
            x_{t+1} = x_t - grad f(x_t) / L for t = 0 ... T - 1.
Statements. (1) f(x) >= f(y) + <grad f(y), x - y> + |grad f(x) - grad f(y)|^2 / (2L) for all x, y.
            (2) f(x_T) - f(x^*) <= L |x_0 - x^*|^2 / (2T) for every T and every point x^*.
Method.     (1) The point z = x - (grad f(x) - grad f(y)) / L lies above the tangent at y and below
            the quadratic upper bound at x. (2) t (f(x_t) - f(x^*)) + L/2 |x_t - x^*|^2 does not
            grow from one step to the next.
Shapes.     x, y, x_t and x^* are vectors in R^d, for every d; T >= 1 is an integer; L is a number.
Exports.    lower_bound, gap_bound.
Source.     Goes with homework A, question 3.3: the rate when f is smooth. The inequality (1) is
            Theorem 2.1.5 of Nesterov, Introductory Lectures on Convex Optimization, 2004.
"""

from therefore import (
    as_written,
    at_most,
    claim,
    convex,
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
    plot,
    positive,
    sequence,
    smooth,
    vector,
)

d, T, L = dimension("d"), horizon("T"), positive("L")
t, s = index("t", 0, T - 1), index("s", 0, T)
f = function("f", d)
u, v = vector("u", d), vector("v", d)
x, x_star = sequence("x", d), vector("x^*", d)
slope = gradient(f)

with as_written():
    convex_and_smooth = [convex(f), smooth(f, L)]
    z = define("z", (), u - (slope(u) - slope(v)) / L)
    tangent_and_more = f(v) + inner(slope(v), u - v) + norm(slope(u) - slope(v)) ** 2 / (2 * L)

    cocoercive = claim(at_most(tangent_and_more, f(u)), given=convex_and_smooth)
    cocoercive.false_twin(
        at_most(f(v) + inner(slope(v), u - v) + norm(slope(u) - slope(v)) ** 2 / L, f(u)),
        at={d: 1, L: 1},
    )
    point_between = derivation(
        tangent_and_more,
        "=", f(v) + inner(slope(v), z - v) - inner(slope(u), z - u) - L / 2 * norm(z - u) ** 2,
        "<=", f(z) - inner(slope(u), z - u) - L / 2 * norm(z - u) ** 2,
        "<=", f(u),
        proves=cocoercive,
    )  # fmt: skip

    steps = for_all(t, 0, T - 1, equal(x[t + 1], x[t] - slope(x[t]) / L))
    descent = [*convex_and_smooth, steps]

    goes_down = derivation(
        f(x[t + 1]),
        "<=", f(x[t]) + inner(slope(x[t]), x[t + 1] - x[t]) + L / 2 * norm(x[t + 1] - x[t]) ** 2,
        "=", f(x[t]) - norm(slope(x[t])) ** 2 / (2 * L),
        given=descent,
    )  # fmt: skip
    goes_nearer = derivation(
        f(x[t + 1]) - f(x_star),
        "<=", f(x[t]) - f(x_star) - norm(slope(x[t])) ** 2 / (2 * L),
        "<=", inner(slope(x[t]), x[t] - x_star) - norm(slope(x[t])) ** 2 / (2 * L),
        "=", L / 2 * (norm(x[t] - x_star) ** 2 - norm(x[t + 1] - x_star) ** 2),
        given=descent,
        using=[goes_down],
    )  # fmt: skip
    does_not_grow = derivation(
        (t + 1) * (f(x[t + 1]) - f(x_star)) + L / 2 * norm(x[t + 1] - x_star) ** 2,
        "<=", t * (f(x[t + 1]) - f(x_star)) + L / 2 * norm(x[t] - x_star) ** 2,
        "<=", t * (f(x[t]) - f(x_star)) + L / 2 * norm(x[t] - x_star) ** 2,
        given=descent,
        using=[goes_down, goes_nearer],
    )  # fmt: skip
    after_s_steps = derivation(
        at_most(
            s * (f(x[s]) - f(x_star)) + L / 2 * norm(x[s] - x_star) ** 2,
            L / 2 * norm(x[0] - x_star) ** 2,
        ),
        given=descent,
        using=[does_not_grow],
        induction=s,
    )
    rate = claim(
        at_most(f(x[T]) - f(x_star), L * norm(x[0] - x_star) ** 2 / (2 * T)), given=descent
    )
    rate.false_twin(
        at_most(f(x[T]) - f(x_star), L * norm(x[0] - x_star) ** 2 / (4 * T + 3)),
        at={d: 1, T: 1, L: 1},
    )
    last_step = derivation(
        T * (f(x[T]) - f(x_star)),
        "<=", L / 2 * norm(x[0] - x_star) ** 2,
        given=descent,
        using=[after_s_steps],
    )  # fmt: skip
    divided = derivation(
        at_most(f(x[T]) - f(x_star), L * norm(x[0] - x_star) ** 2 / (2 * T)),
        using=[last_step],
        proves=rate,
    )

lower_bound = formula(cocoercive.lhs)
gap_bound = formula(rate.rhs)

two_rates = plot(
    (T, 1, 32),
    {
        r"L \Vert x_0 - x^* \Vert^2 / (2 T)": rate.rhs,
        r"L \Vert x_0 - x^* \Vert^2 / (4 T + 2)": L * norm(x[0] - x_star) ** 2 / (4 * T + 2),
    },
    at={d: 1, L: 1, x: lambda k: (1,), x_star: (0,)},
    logarithmic="xy",
    beside=rate,
    caption="For L = 1 and |x_0 - x^*| = 1: the bound for every T, and the tight rate, half of it "
    "in the long run, which has a module of its own, for T = 1, 2, 3 and 4.",
)
