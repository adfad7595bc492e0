r"""Projected gradient descent comes within L |x_0 - x^*|^2 / (2T) of any point of the convex set.

Problem.    A convex, L-smooth function f: R^d -> R with L > 0, and the map P that sends each point
            to the nearest one of a closed, convex set: <x - P(x), P(y) - P(x)> <= 0 for all x, y.
            Steps x_{t+1} = P(x_t - grad f(x_t) / L) for t = 0 ... T - 1 from a point of the set,
            P(x_0) = x_0, and a point x^* of it, P(x^*) = x^*.
Statement.  f(x_T) - f(x^*) <= L |x_0 - x^*|^2 / (2T) for every T.
Method.     t (f(x_t) - f(x^*)) + L/2 |x_t - x^*|^2 does not grow from one step to the next.
Shapes.     x_t and x^* are vectors in R^d, for every d; T >= 1 is an integer; L is a number.
Exports.    gap_bound.
Source.     Theorem 3.7 of Bubeck, Convex Optimization: Algorithms and Complexity, 2015, with the
            better constant of Beck and Teboulle, A Fast Iterative Shrinkage-Thresholding Algorithm
            for Linear Inverse Problems, 2009, Theorem 3.1.
"""

from therefore import (
    as_written,
    at_most,
    claim,
    convex,
    derivation,
    dimension,
    equal,
    fixed_point,
    for_all,
    formula,
    function,
    gradient,
    horizon,
    index,
    inner,
    nearest_point_map,
    norm,
    positive,
    sequence,
    smooth,
    vector,
    vector_map,
)

d, T, L = dimension("d"), horizon("T"), positive("L")
t, s = index("t", 0, T - 1), index("s", 0, T)
f, P = function("f", d), vector_map("P", d, d)
x, x_star = sequence("x", d), vector("x^*", d)
y, z = vector("y", d), vector("z", d)
slope = gradient(f)

with as_written():
    into_the_set = for_all(t, 0, T - 1, equal(x[t + 1], P(x[t] - slope(x[t]) / L)))
    method = [convex(f), smooth(f, L), nearest_point_map(P), into_the_set]

    nearest = derivation(
        at_most(inner(x[t] - slope(x[t]) / L - x[t + 1], z - x[t + 1]), 0),
        given=[*method, fixed_point(z, P)],
    )
    goes_nearer = derivation(
        f(x[t + 1]) - f(z),
        "<=", inner(slope(x[t]), x[t + 1] - z) + L / 2 * norm(x[t + 1] - x[t]) ** 2,
        "<=", L / 2 * (norm(x[t] - z) ** 2 - norm(x[t + 1] - z) ** 2),
        given=[*method, fixed_point(z, P)],
        using=[nearest],
    )  # fmt: skip
    twice = derivation(
        at_most(norm(P(P(y)) - P(y)) ** 2, 0),
        equal(P(P(y)), P(y)),
        given=[nearest_point_map(P)],
    )
    kept = derivation(
        P(x[t + 1]),
        "=", P(P(x[t] - slope(x[t]) / L)),
        "=", P(x[t] - slope(x[t]) / L),
        "=", x[t + 1],
        given=method,
        using=[twice],
    )  # fmt: skip
    descent = [*method, fixed_point(x[0], P)]
    stays = derivation(
        equal(P(x[s]), x[s]),
        given=descent,
        using=[kept],
        induction=s,
    )
    goes_down = derivation(
        f(x[t + 1]) - f(x[t]),
        "<=", L / 2 * (norm(x[t] - x[t]) ** 2 - norm(x[t + 1] - x[t]) ** 2),
        "<=", 0,
        given=descent,
        using=[goes_nearer, stays],
    )  # fmt: skip
    setting = [*descent, fixed_point(x_star, P)]
    does_not_grow = derivation(
        (t + 1) * (f(x[t + 1]) - f(x_star)) + L / 2 * norm(x[t + 1] - x_star) ** 2,
        "<=", t * (f(x[t + 1]) - f(x_star)) + L / 2 * norm(x[t] - x_star) ** 2,
        "<=", t * (f(x[t]) - f(x_star)) + L / 2 * norm(x[t] - x_star) ** 2,
        given=setting,
        using=[goes_nearer, goes_down],
    )  # fmt: skip
    after_s_steps = derivation(
        at_most(
            s * (f(x[s]) - f(x_star)) + L / 2 * norm(x[s] - x_star) ** 2,
            L / 2 * norm(x[0] - x_star) ** 2,
        ),
        given=setting,
        using=[does_not_grow],
        induction=s,
    )
    rate = claim(
        at_most(f(x[T]) - f(x_star), L * norm(x[0] - x_star) ** 2 / (2 * T)), given=setting
    )
    rate.false_twin(
        at_most(f(x[T]) - f(x_star), L * norm(x[0] - x_star) ** 2 / (6 * T)),
        at={d: 1, T: 1, L: 1},
    )
    last_step = derivation(
        T * (f(x[T]) - f(x_star)),
        "<=", L / 2 * norm(x[0] - x_star) ** 2,
        given=setting,
        using=[after_s_steps],
    )  # fmt: skip
    divided = derivation(
        at_most(f(x[T]) - f(x_star), L * norm(x[0] - x_star) ** 2 / (2 * T)),
        given=setting,
        using=[last_step],
        proves=rate,
    )

gap_bound = formula(rate.rhs)
