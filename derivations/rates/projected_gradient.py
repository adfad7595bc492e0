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
    convex,
    derivation,
    dimension,
    equal,
    fixed_point,
    for_all,
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
x, x_star, y = sequence("x", d), vector("x^*", d), vector("y", d)
slope = gradient(f)

with as_written():
    into_the_set = for_all(t, 0, T - 1, equal(x[t + 1], P(x[t] - slope(x[t]) / L)))
    setting = [convex(f), smooth(f, L), nearest_point_map(P), into_the_set]

    nearest = derivation(
        at_most(inner(x[t] - slope(x[t]) / L - x[t + 1], P(y) - x[t + 1]), 0),
        given=setting,
    )
    towards = derivation(
        f(x[t + 1]) - f(P(y)),
        "<=", inner(slope(x[t]), x[t + 1] - P(y)) + L / 2 * norm(x[t + 1] - x[t]) ** 2,
        "<=", L / 2 * (norm(x[t] - P(y)) ** 2 - norm(x[t + 1] - P(y)) ** 2),
        given=setting,
        using=[nearest],
    )  # fmt: skip
    descent = [*setting, fixed_point(x[0], P), fixed_point(x_star, P)]
    goes_nearer = derivation(
        f(x[t + 1]) - f(x_star),
        "=", f(x[t + 1]) - f(P(x_star)),
        "<=", L / 2 * (norm(x[t] - P(x_star)) ** 2 - norm(x[t + 1] - P(x_star)) ** 2),
        "=", L / 2 * (norm(x[t] - x_star) ** 2 - norm(x[t + 1] - x_star) ** 2),
        given=descent,
        using=[towards],
    )  # fmt: skip

    in_the_set = derivation(equal(P(P(y)), P(y)), given=[nearest_point_map(P)])
    goes_down = derivation(
        at_most(f(x[t + 1]), f(x[t])),
        given=[*descent, equal(P(x[t]), x[t])],
        using=[goes_nearer],
    )

gap_bound = L
