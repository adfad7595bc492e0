r"""A step of stochastic gradient descent need not lower the loss.

Problem.    The loss f = A_1 + A_2 of two samples, A_1(w) = (w - 2)^2 / 2 and
            A_2(w) = (w + 1)^2 / 2. From w = 0, a step of stochastic gradient descent follows one
            of the two: to 0 - eta A_1'(0) or to 0 - eta A_2'(0), for eta > 0.
Statements. (1) A_1'(w) = w - 2 and A_2'(w) = w + 1: the step ends at 2 eta or at -eta.
            (2) f(-eta) > f(0) for all eta > 0: on the second sample the loss rises.
            (3) f(2 eta) < f(0) exactly for eta < 1/2: on the first it falls if the step is short.
            (4) In the mean over both samples the loss falls exactly for eta < 1/5.
            (5) Every step lowers the loss of the sample that it follows, exactly for eta < 2.
Method.     f(w) = w^2 - w + 5/2, so f(w) - f(0) = w (w - 1).
Shapes.     All values are numbers.
Exports.    loss, after_first, after_second.
Source.     Homework A, question 6; homework B, question 6, which has the signs of the step wrong.
"""

from sympy import Derivative, Rational

from therefore import (
    all_of,
    as_written,
    both,
    claim,
    define,
    derivation,
    equal,
    formula,
    greater,
    iff,
    less,
    plot,
    positive,
    real,
)

w, eta = real("w"), positive("eta")

with as_written():
    A_1 = define("A_1", (w,), (w - 2) ** 2 / 2)
    A_2 = define("A_2", (w,), (w + 1) ** 2 / 2)
    f = define("f", (w,), A_1(w) + A_2(w))

    slopes = claim(
        both(equal(Derivative(A_1(w), w), w - 2), equal(Derivative(A_2(w), w), w + 1))
    )
    slopes.false_twin(
        both(equal(Derivative(A_1(w), w), w - 2), equal(Derivative(A_2(w), w), 2 * (w + 1))),
        at={w: 0},
    )

    rises = claim(greater(f(-eta), f(0)))
    rises.false_twin(greater(f(-eta), f(0) + 2 * eta), at={eta: Rational(1, 2)})
    by_expanding = derivation(
        equal(f(-eta) - f(0), eta**2 + eta),
        greater(f(-eta), f(0)),
        proves=rises,
    )

    falls_if_short = claim(iff(less(f(2 * eta), f(0)), less(eta, Rational(1, 2))))
    falls_if_short.false_twin(less(f(2 * eta), f(0)), at={eta: 1})
    by_factors = derivation(
        equal(f(2 * eta) - f(0), 2 * eta * (2 * eta - 1)),
        iff(less(f(2 * eta), f(0)), less(eta, Rational(1, 2))),
        proves=falls_if_short,
    )

    mean = (f(2 * eta) + f(-eta)) / 2
    falls_in_the_mean = claim(iff(less(mean, f(0)), less(eta, Rational(1, 5))))
    falls_in_the_mean.false_twin(
        iff(less(mean, f(0)), less(eta, Rational(1, 4))), at={eta: Rational(1, 5)}
    )
    mean_by_factors = derivation(
        equal(mean - f(0), eta * (5 * eta - 1) / 2),
        iff(less(mean, f(0)), less(eta, Rational(1, 5))),
        proves=falls_in_the_mean,
    )

    own_losses = all_of(
        iff(less(A_1(2 * eta), A_1(0)), less(eta, 2)),
        iff(less(A_2(-eta), A_2(0)), less(eta, 2)),
    )
    own_loss_falls = claim(own_losses)
    own_loss_falls.false_twin(
        all_of(
            iff(less(A_1(2 * eta), A_1(0)), less(eta, 2)),
            iff(less(A_2(-eta), A_2(0)), less(eta, 1)),
        ),
        at={eta: 1},
    )
    own_by_factors = derivation(
        equal(A_1(2 * eta) - A_1(0), 2 * eta * (eta - 2)),
        iff(less(A_1(2 * eta), A_1(0)), less(eta, 2)),
        equal(A_2(-eta) - A_2(0), eta * (eta - 2) / 2),
        iff(less(A_2(-eta), A_2(0)), less(eta, 2)),
        own_losses,
        proves=own_loss_falls,
    )

loss = formula(f(w))
after_first = formula(f(2 * eta))
after_second = formula(f(-eta))

two_steps = plot(
    (eta, 0, 0.7),
    {"f(2 eta)": f(2 * eta), "f(-eta)": f(-eta), "f(0)": f(0)},
    beside=falls_if_short,
    caption="The loss after a step on either sample: one may lower it, the other cannot.",
)
