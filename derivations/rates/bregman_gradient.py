r"""Gradient descent with a Bregman distance comes within D(x^*, x_0) / (gamma T) of any point.

Problem.    Convex, differentiable functions f and h: R^d -> R and gamma > 0 for which f is smooth
            relative to h: with the Bregman distance D(y, x) = h(y) - h(x) - <grad h(x), y - x>,
            f(y) <= f(x) + <grad f(x), y - x> + D(y, x) / gamma for all x, y. Points x_t with
            grad h(x_{t+1}) = grad h(x_t) - gamma grad f(x_t) for t = 0 ... T - 1.
Statement.  f(x_T) - f(x^*) <= D(x^*, x_0) / (gamma T) for every T and every point x^*.
Method.     gamma (f(x_{t+1}) - f(y)) <= D(y, x_t) - D(y, x_{t+1}) for every y. At y = x_t that
            says that f does not grow; at y = x^*, that t gamma (f(x_t) - f(x^*)) + D(x^*, x_t)
            does not.
Shapes.     x_t and x^* are vectors in R^d, for every d; T >= 1 is an integer; gamma is a number.
Exports.    gap_bound.
Source.     Theorem 1 of Bauschke, Bolte and Teboulle, A Descent Lemma Beyond Lipschitz Gradient
            Continuity, 2017.
"""

from therefore import (
    as_written,
    at_most,
    bregman_distance,
    claim,
    convex,
    derivation,
    differentiable,
    dimension,
    equal,
    for_all,
    formula,
    function,
    gradient,
    horizon,
    index,
    inner,
    positive,
    relatively_smooth,
    sequence,
    vector,
)

d, T, gamma = dimension("d"), horizon("T"), positive("gamma")
t, s = index("t", 0, T - 1), index("s", 0, T)
f, h = function("f", d), function("h", d)
x, x_star = sequence("x", d), vector("x^*", d)
p, q, y = vector("p", d), vector("q", d), vector("y", d)

with as_written():
    functions = [convex(f), differentiable(f), convex(h), differentiable(h)]
    classes = [*functions, relatively_smooth(f, h, 1 / gamma)]
    one_move = equal(gradient(h)(q), gradient(h)(p) - gamma * gradient(f)(p))

    one_step = derivation(
        gamma * (f(q) - f(y)),
        "<=", gamma * (f(q) - f(p)) - gamma * inner(gradient(f)(p), y - p),
        "<=", gamma * inner(gradient(f)(p), q - y) + bregman_distance(h, q, p),
        "=", inner(gradient(h)(p) - gradient(h)(q), q - y) + bregman_distance(h, q, p),
        "=", bregman_distance(h, y, p) - bregman_distance(h, y, q),
        given=[*classes, one_move],
    )  # fmt: skip
    steps = for_all(
        t, 0, T - 1, equal(gradient(h)(x[t + 1]), gradient(h)(x[t]) - gamma * gradient(f)(x[t]))
    )
    descent = [*classes, steps]
    nearer = derivation(
        gamma * (f(x[t + 1]) - f(x_star)),
        "<=", bregman_distance(h, x_star, x[t]) - bregman_distance(h, x_star, x[t + 1]),
        given=descent,
        using=[one_step],
    )  # fmt: skip
    does_not_go_up = derivation(
        gamma * (f(x[t + 1]) - f(x[t])),
        "<=", bregman_distance(h, x[t], x[t]) - bregman_distance(h, x[t], x[t + 1]),
        "<=", 0,
        given=descent,
        using=[one_step],
    )  # fmt: skip
    does_not_grow = derivation(
        (t + 1) * gamma * (f(x[t + 1]) - f(x_star)) + bregman_distance(h, x_star, x[t + 1]),
        "<=", t * gamma * (f(x[t + 1]) - f(x_star)) + bregman_distance(h, x_star, x[t]),
        "<=", t * gamma * (f(x[t]) - f(x_star)) + bregman_distance(h, x_star, x[t]),
        given=descent,
        using=[nearer, does_not_go_up],
    )  # fmt: skip
    after_s_steps = derivation(
        at_most(
            s * gamma * (f(x[s]) - f(x_star)) + bregman_distance(h, x_star, x[s]),
            bregman_distance(h, x_star, x[0]),
        ),
        given=descent,
        using=[does_not_grow],
        induction=s,
    )
    bound = bregman_distance(h, x_star, x[0]) / (gamma * T)
    rate = claim(at_most(f(x[T]) - f(x_star), bound), given=descent)
    rate.false_twin(  # f need not be smooth relative to h
        at_most(f(x[T]) - f(x_star), bound), given=[*functions, steps], at={d: 1, T: 1, gamma: 1}
    )
    last_step = derivation(
        gamma * T * (f(x[T]) - f(x_star)),
        "<=", T * gamma * (f(x[T]) - f(x_star)) + bregman_distance(h, x_star, x[T]),
        "<=", bregman_distance(h, x_star, x[0]),
        given=descent,
        using=[after_s_steps],
    )  # fmt: skip
    divided = derivation(
        at_most(f(x[T]) - f(x_star), bound),
        given=descent,
        using=[last_step],
        proves=rate,
    )

gap_bound = formula(rate.rhs)
