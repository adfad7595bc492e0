r"""A step of gradient descent minimises the linearised objective with a proximal term.

Problem.    O(w) = f(w_t) + <w - w_t, grad f(w_t)> + lambda/2 |w - w_t|^2, where f: R^d -> R is
            differentiable, w_t is a point of R^d and lambda > 0.
Statements. (1) The gradient of O at w is grad f(w_t) + lambda (w - w_t).
            (2) O has exactly one minimiser, w_t - grad f(w_t) / lambda.
            (3) If grad f(w_t) is not 0, that is the step w_t - eta grad f(w_t) of gradient
                descent exactly when eta = 1/lambda.
Method.     Complete the square: O exceeds its least value by lambda/2 |w - minimiser|^2.
Shapes.     w, w_t and grad f(w_t) are vectors in R^d, for every d; lambda and eta are numbers.
Exports.    objective, next_point.
Source.     Homework A, question 3.1; the hypothesis of (3) from homework B, question 3.1.
"""

from therefore import (
    as_written,
    claim,
    define,
    derivation,
    differentiable,
    dimension,
    equal,
    formula,
    function,
    grad,
    gradient,
    iff,
    inner,
    norm,
    not_equal,
    positive,
    real,
    unique_minimiser,
    vector,
)

d = dimension("d")
f = function("f", d)
w, w_t = vector("w", d), vector("w_t", d)
lam, eta = positive("lambda"), real("eta")

with as_written():
    g = gradient(f)(w_t)
    O = define("O", (w,), f(w_t) + inner(w - w_t, g) + lam / 2 * norm(w - w_t) ** 2)  # noqa: E741
    smooth = differentiable(f)
    minimiser = w_t - g / lam

    gradient_of_objective = claim(equal(grad(O(w), w), g + lam * (w - w_t)), given=[smooth])
    gradient_of_objective.false_twin(
        equal(grad(O(w), w), g + lam / 2 * (w - w_t)), at={d: 1, lam: 1}
    )

    unique_minimum = claim(unique_minimiser(minimiser, of=O(w), over=w), given=[smooth])
    unique_minimum.false_twin(unique_minimiser(w_t + g / lam, of=O(w), over=w), at={d: 1, lam: 1})
    complete_the_square = derivation(
        equal(O(w) - O(minimiser), lam / 2 * norm(w - minimiser) ** 2),
        unique_minimiser(minimiser, of=O(w), over=w),
        proves=unique_minimum,
    )

    step_matches = claim(
        iff(unique_minimiser(w_t - eta * g, of=O(w), over=w), equal(eta, 1 / lam)),
        given=[smooth, not_equal(g, 0)],
        using=[unique_minimum],
    )
    step_matches.false_twin(
        iff(unique_minimiser(w_t - eta * g, of=O(w), over=w), equal(eta, 1 / lam)),
        given=[smooth],
        at={d: 1, lam: 1, eta: 2},
    )

objective = formula(O(w))
next_point = formula(minimiser)
