r"""The loss after one step of gradient descent on least squares, as a function of the step.

Problem.    L(w) = |X w - t|^2 / n, a step w_0 - eta grad L(w_0) from w_0, and the loss after it,
            L_1(eta) = L(w_0 - eta grad L(w_0)). Let a = X w_0 - t.
Statements. (1) grad L(w_0) = (2/n) X^T a.
            (2) L_1(eta) = |a|^2 / n - (4 eta / n^2) |X^T a|^2 + (4 eta^2 / n^3) |X X^T a|^2.
            (3) L_1'(eta) = (8 eta / n^3) |X X^T a|^2 - (4 / n^2) |X^T a|^2; at eta = 0 it is
                -|grad L(w_0)|^2.
            (4) L_1''(eta) = (8 / n^3) |X X^T a|^2.
            (5) L_1 is convex in eta, whether or not that is 0.
Method.     Put (1) in and expand, with <a, X X^T a> = |X^T a|^2. (5): the gap of convexity is
            (4 / n^3) s (1 - s) (eta - theta)^2 |X X^T a|^2.
Shapes.     X is an n by d matrix, w and w_0 are in R^d, t and a in R^n, for all n, d >= 1; eta is a
            number.
Exports.    loss_after_step, first_derivative, second_derivative.
Source.     Homework C, question 2, which calls the second derivative positive.
"""

from sympy import Derivative, Rational

from therefore import (
    as_written,
    at_least,
    at_most,
    claim,
    define,
    derivation,
    dimension,
    equal,
    formula,
    grad,
    greater,
    has_derivative,
    less,
    matrix,
    norm,
    plot,
    real,
    transpose,
    vector,
)

n, d = dimension("n"), dimension("d")
X, t = matrix("X", n, d), vector("t", n)
w, w_0 = vector("w", d), vector("w_0", d)
eta, theta, s = real("eta"), real("theta"), real("s")

with as_written():
    loss = define("L", (w,), norm(X @ w - t) ** 2 / n)
    a = X @ w_0 - t
    pulled = transpose(X) @ a
    pushed = X @ (transpose(X) @ a)

    gradient_of_loss = claim(equal(grad(loss(w_0), w_0), 2 / n * pulled))
    gradient_of_loss.false_twin(equal(grad(loss(w_0), w_0), 1 / n * pulled), at={n: 1, d: 1})

    after_step = define("L_1", (eta,), loss(w_0 - eta * grad(loss(w_0), w_0)))
    expanded = norm(a) ** 2 / n - 4 * eta / n**2 * norm(pulled) ** 2 + (
        4 * eta**2 / n**3 * norm(pushed) ** 2
    )
    quadratic_in_step = claim(equal(after_step(eta), expanded))
    quadratic_in_step.false_twin(
        equal(
            after_step(eta),
            norm(a) ** 2 / n - 4 * eta / n**2 * norm(pulled) ** 2
            + 2 * eta**2 / n**3 * norm(pushed) ** 2,
        ),
        at={n: 1, d: 1, eta: 1},
    )  # fmt: skip
    put_gradient_in = derivation(
        after_step(eta),
        "=", norm(X @ (w_0 - eta * (2 / n * pulled)) - t) ** 2 / n,
        "=", norm(a - 2 * eta / n * pushed) ** 2 / n,
        "=", expanded,
        using=[gradient_of_loss], proves=quadratic_in_step,
    )  # fmt: skip

    slope = 8 * eta / n**3 * norm(pushed) ** 2 - 4 / n**2 * norm(pulled) ** 2
    first = claim(equal(Derivative(after_step(eta), eta), slope))
    first.false_twin(
        equal(
            Derivative(after_step(eta), eta),
            4 * eta / n**3 * norm(pushed) ** 2 - 4 / n**2 * norm(pulled) ** 2,
        ),
        at={n: 1, d: 1, eta: 1},
    )
    first_by_terms = derivation(
        equal(Derivative(after_step(eta), eta), slope),
        using=[quadratic_in_step], proves=first,
    )  # fmt: skip

    at_no_step = claim(
        has_derivative(after_step(eta), eta, 0, -norm(grad(loss(w_0), w_0)) ** 2),
        using=[first, gradient_of_loss],
    )
    at_no_step.false_twin(
        has_derivative(after_step(eta), eta, 0, -norm(grad(loss(w_0), w_0)) ** 2 / 2),
        at={n: 1, d: 1},
    )

    curvature = 8 / n**3 * norm(pushed) ** 2
    second = claim(equal(Derivative(after_step(eta), eta, 2), curvature))
    second.false_twin(
        equal(Derivative(after_step(eta), eta, 2), 8 / n**2 * norm(pushed) ** 2), at={n: 2, d: 1}
    )
    second_by_terms = derivation(
        equal(Derivative(after_step(eta), eta, 2), curvature),
        using=[quadratic_in_step], proves=second,
    )  # fmt: skip

    not_negative = claim(at_least(Derivative(after_step(eta), eta, 2), 0))
    not_negative.false_twin(greater(Derivative(after_step(eta), eta, 2), 0), at={n: 1, d: 1})
    curvature_is_square = derivation(
        Derivative(after_step(eta), eta, 2),
        "=", curvature,
        ">=", 0,
        using=[second], proves=not_negative,
    )  # fmt: skip

    mean = s * after_step(eta) + (1 - s) * after_step(theta)
    between = after_step(s * eta + (1 - s) * theta)
    weights = [at_least(s, 0), at_most(s, 1)]
    convex_in_step = claim(at_most(between, mean), given=weights)
    convex_in_step.false_twin(less(between, mean), at={n: 1, d: 1})
    gap_of_convexity = derivation(
        equal(mean - between, 4 / n**3 * s * (1 - s) * (eta - theta) ** 2 * norm(pushed) ** 2),
        at_most(between, mean),
        given=weights, using=[quadratic_in_step], proves=convex_in_step,
    )  # fmt: skip

loss_after_step = formula(quadratic_in_step.rhs)
first_derivative = formula(first.rhs)
second_derivative = formula(second.rhs)

best_step = n / 2 * norm(pulled) ** 2 / norm(pushed) ** 2
loss_over_steps = plot(
    (eta, 0, Rational(2, 5)),
    {r"L_1(\eta)": after_step(eta), "L_1(0)": after_step(0)},
    points={r"\eta^*": (best_step, after_step(best_step))},
    at={n: 2, d: 2, X: ((1, 2), (0, 1)), t: (1, 1), w_0: (0, 0)},
    beside=quadratic_in_step,
    caption="The loss after a step for X = (1 2; 0 1), t = (1, 1) and w_0 = 0: a parabola that is "
    "lowest at eta^* = 5/29; a step longer than 2 eta^* does more harm than none.",
)
