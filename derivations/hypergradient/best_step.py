r"""The best step of gradient descent on least squares, and when every step is as good.

Problem.    L(w) = |X w - t|^2 / n and L_1(eta) = L(w_0 - eta grad L(w_0)). Let a = X w_0 - t.
Statements. (1) If X^T a is not 0, then X X^T a is not 0.
            (2) If X^T a is not 0, then L_1 is least at eta^* = (n/2) |X^T a|^2 / |X X^T a|^2, and
                nowhere else: it is least at eta exactly for eta = eta^*; and eta^* > 0.
            (3) L_1(eta^*) = |a|^2 / n - |X^T a|^4 / (n |X X^T a|^2).
            (4) If X X^T a = 0, then X^T a = 0, and L_1 is constant.
            (5) If X^T a = 0, then no w has a smaller loss than w_0; otherwise the step eta^* has.
Method.     (1) and (4): <a, X X^T a> = |X^T a|^2. (2): L_1(eta) - L_1(eta^*)
            = (4 / n^3) |X X^T a|^2 (eta - eta^*)^2. (5): L(w) - L(w_0)
            = (2 <X^T a, w - w_0> + |X (w - w_0)|^2) / n, which is not below 0 if X^T a = 0; and
            otherwise (2) has a better point than w_0.
Shapes.     X is an n by d matrix, w and w_0 are in R^d, t and a in R^n, for all n, d >= 1; eta is a
            number.
Exports.    best, least_loss.
Source.     Homework C, question 2.2.
"""

from therefore import (
    as_written,
    at_least,
    at_most,
    both,
    claim,
    define,
    derivation,
    equal,
    for_all,
    formula,
    greater,
    iff,
    implies,
    inner,
    less,
    norm,
    not_equal,
)

from .loss_after_step import (
    X,
    a,
    after_step,
    d,
    eta,
    loss,
    n,
    pulled,
    pushed,
    quadratic_in_step,
    theta,
    w,
    w_0,
)

with as_written():
    turned = norm(pulled) ** 2 / norm(pushed) ** 2

    not_both = claim(not_equal(pushed, 0), given=[not_equal(pulled, 0)])
    not_both.false_twin(not_equal(pushed, 0), given=[not_equal(a, 0)], at={n: 2, d: 1})
    pairing = derivation(
        equal(inner(a, pushed), norm(pulled) ** 2),
        not_equal(pushed, 0),
        given=[not_equal(pulled, 0)], proves=not_both,
    )  # fmt: skip

    best_step = define(r"\eta^*", (), n / 2 * turned)
    downhill = [not_equal(pulled, 0)]
    least_at_best = for_all(theta, at_most(after_step(best_step), after_step(theta)))
    least_at_eta = for_all(theta, at_most(after_step(eta), after_step(theta)))
    spread = 4 / n**3 * norm(pushed) ** 2
    complete_the_square = derivation(
        not_equal(pushed, 0),
        equal(
            after_step(theta) - after_step(best_step), spread * (theta - best_step) ** 2
        ),
        given=downhill, using=[not_both, quadratic_in_step],
    )  # fmt: skip
    least_step = claim(least_at_best, given=downhill)
    least_step.false_twin(
        for_all(theta, at_most(after_step(n * turned), after_step(theta))), at={n: 1, d: 1}
    )
    least_there = derivation(
        not_equal(pushed, 0),
        at_least(after_step(theta) - after_step(best_step), 0),
        at_most(after_step(best_step), after_step(theta)),
        least_at_best,
        given=downhill, using=[not_both, complete_the_square], proves=least_step,
    )  # fmt: skip
    no_other = derivation(
        not_equal(pushed, 0),
        implies(least_at_eta, equal(eta, best_step)),
        given=downhill, using=[not_both],
    )  # fmt: skip

    only_best_step = claim(iff(least_at_eta, equal(eta, best_step)), given=downhill)
    only_best_step.false_twin(iff(least_at_eta, equal(eta, n * turned)), at={n: 1, d: 1})
    best_and_only = derivation(
        not_equal(pushed, 0),
        iff(least_at_eta, equal(eta, best_step)),
        given=downhill, using=[not_both, least_step, no_other], proves=only_best_step,
    )  # fmt: skip

    is_positive = claim(greater(best_step, 0), given=downhill)
    is_positive.false_twin(greater(best_step, 1), at={n: 1, d: 1})
    quotient_of_squares = derivation(
        not_equal(pushed, 0),
        greater(best_step, 0),
        given=downhill, using=[not_both], proves=is_positive,
    )  # fmt: skip

    best_loss = norm(a) ** 2 / n - norm(pulled) ** 4 / (n * norm(pushed) ** 2)
    value_at_best = claim(equal(after_step(best_step), best_loss), given=downhill)
    value_at_best.false_twin(
        equal(
            after_step(best_step),
            norm(a) ** 2 / n - norm(pulled) ** 4 / (2 * n * norm(pushed) ** 2),
        ),
        at={n: 1, d: 1},
    )
    put_best_step_in = derivation(
        not_equal(pushed, 0),
        equal(after_step(best_step), best_loss),
        given=downhill, using=[not_both, quadratic_in_step], proves=value_at_best,
    )  # fmt: skip

    flat = [equal(norm(pushed) ** 2, 0)]
    no_step_matters = claim(
        both(equal(pulled, 0), equal(after_step(eta), after_step(0))), given=flat
    )
    no_step_matters.false_twin(
        both(equal(a, 0), equal(after_step(eta), after_step(0))), at={n: 1, d: 1}
    )
    both_vanish = derivation(
        equal(pushed, 0),
        equal(inner(a, pushed), norm(pulled) ** 2),
        equal(pulled, 0),
        equal(after_step(eta), after_step(0)),
        both(equal(pulled, 0), equal(after_step(eta), after_step(0))),
        given=flat, using=[quadratic_in_step], proves=no_step_matters,
    )  # fmt: skip

    optimal = for_all(w, at_most(loss(w_0), loss(w)))
    flat_is_optimal = claim(optimal, given=[equal(pulled, 0)])
    flat_is_optimal.false_twin(
        for_all(w, less(loss(w_0), loss(w))), at={n: 1, d: 1}
    )
    difference = loss(w) - loss(w_0)
    expand = derivation(
        equal(difference, (2 * inner(pulled, w - w_0) + norm(X @ (w - w_0)) ** 2) / n),
    )
    other_points = derivation(
        equal(difference, norm(X @ (w - w_0)) ** 2 / n),
        at_least(norm(X @ (w - w_0)) ** 2 / n, 0),
        at_least(difference, 0),
        at_most(loss(w_0), loss(w)),
        optimal,
        given=[equal(pulled, 0)], using=[expand], proves=flat_is_optimal,
    )  # fmt: skip

    w_best = w_0 - turned * pulled
    fall = norm(pulled) ** 4 / (n * norm(pushed) ** 2)
    otherwise_not = claim(less(loss(w_best), loss(w_0)), given=downhill)
    otherwise_not.false_twin(less(loss(w_best), loss(w_0) - fall), at={n: 1, d: 1})
    better_point = derivation(
        not_equal(pushed, 0),
        equal(loss(w_best) - loss(w_0), -fall),
        less(loss(w_best), loss(w_0)),
        given=downhill, using=[not_both], proves=otherwise_not,
    )  # fmt: skip

best = formula(best_step)
least_loss = formula(value_at_best.rhs)
