r"""Adaptive methods need not reach the solution of least norm.

Problem.    One sample x = (2, 1) with the target 2: l(w) = (2 w_1 + w_2 - 2)^2. Both entries of its
            gradient have one sign, and adaptive methods divide each by its own size. From
            w = (0, 0), with a step eta > 0 and epsilon = 0.
Statements. (1) The gradient at w is 2 (2 w_1 + w_2 - 2) (2, 1); at 0 it is (-8, -4).
            (2) If what is kept of the squares is G = (4 p, p) with p > 0, the step 2 s / sqrt(G_1)
                in the first entry is s / sqrt(G_2), that in the second. AdaGrad's first step ends
                at (eta, eta).
            (3) With any weights, G + g^2 (AdaGrad), rho G + (1 - rho) g^2 (RMSprop, Adam), G stays
                (4 p, p), and a mean of gradients (Adam's) stays (2 r, r). If so, and if the
                factors 1 / sqrt(G_i) are in the ratio 1 : 2, all iterates stay on the diagonal,
                whatever the step sizes.
            (4) The only solution on the diagonal is (2/3, 2/3).
            (5) The solution of least norm is (4/5, 2/5): |(4/5, 2/5)|^2 = 4/5 < 8/9.
Method.     Entry by entry: g = (2 s, s) has the squares (4 s^2, s^2), so every sum of them with
            weights is (4 p, p), and 2 s / sqrt(4 p) = s / sqrt(p).
Shapes.     All values are numbers; w_1 and w_2 are the entries of w.
Exports.    loss, second_slope.
Source.     Homework C, question 1.2, whose gradient at 0 has -6 for -8.
"""

from sympy import Derivative, Rational, sqrt

from therefore import (
    all_of,
    as_written,
    at_least,
    both,
    by,
    claim,
    define,
    derivation,
    equal,
    for_all,
    formula,
    greater,
    iff,
    index,
    natural,
    positive,
    real,
    real_sequence,
)

a, b, w, eta = real("w_1"), real("w_2"), real("w"), positive("eta")
p, s, r, rho = real("p"), real("s"), real("r"), real("rho")
P, Q = real("P"), real("Q")
T = natural("T")
k, m = index("k", 0, T - 1), index("m", 0, T)
u, v, M, N, G, H, beta, gamma, alpha = (
    real_sequence(name) for name in ("u", "v", "M", "N", "G", "H", "beta", "gamma", "alpha")
)
E, F = real_sequence("E"), real_sequence("F")

with as_written():
    loss_at = define("l", (a, b), (2 * a + b - 2) ** 2)
    slope = 2 * (2 * a + b - 2)
    gradient_of_loss = claim(
        both(
            equal(Derivative(loss_at(a, b), a), 2 * slope),
            equal(Derivative(loss_at(a, b), b), slope),
        )
    )
    gradient_of_loss.false_twin(
        both(
            equal(Derivative(loss_at(a, b), a), slope),
            equal(Derivative(loss_at(a, b), b), slope),
        ),
        at={a: 0, b: 0},
    )

    # One step of each method, from the slopes (2 s, s) and what is kept of the squares, (4 p, p).
    same_change = claim(equal(2 * s / sqrt(4 * p), s / sqrt(p)), given=[greater(p, 0)])
    same_change.false_twin(equal(2 * s / sqrt(2 * p), s / sqrt(p)), at={p: 1, s: 1})

    root_of_four = derivation(
        equal(sqrt(4 * p), 2 * sqrt(p)),
        equal(2 * s / sqrt(4 * p), 2 * s / (2 * sqrt(p))),
        equal(2 * s / sqrt(4 * p), s / sqrt(p)),
        given=[greater(p, 0)], proves=same_change,
    )  # fmt: skip

    first_step = claim(
        both(
            equal(0 - eta * (-8) / sqrt((-8) ** 2), eta),
            equal(0 - eta * (-4) / sqrt((-4) ** 2), eta),
        )
    )
    first_step.false_twin(
        both(
            equal(0 - eta * (-8) / sqrt((-8) ** 2), 2 * eta),
            equal(0 - eta * (-4) / sqrt((-4) ** 2), eta),
        ),
        at={eta: 1},
    )

    # Any weights: AdaGrad keeps G + g^2, RMSprop rho G + (1 - rho) g^2, Adam a mean of g as well.
    def share(j):
        """The slope of the loss by the second entry, at step j."""
        return 2 * (2 * u[j] + v[j] - 2)

    moments = [
        all_of(equal(M[0], 0), equal(N[0], 0)),
        for_all(k, 0, T - 1, equal(M[k + 1], beta[k] * M[k] + gamma[k] * (2 * share(k)))),
        for_all(k, 0, T - 1, equal(N[k + 1], beta[k] * N[k] + gamma[k] * share(k))),
    ]
    proportional = claim(equal(M[m], 2 * N[m]), given=moments)
    proportional.false_twin(equal(M[m], N[m]), at={T: 1})
    moments_by_induction = derivation(
        equal(M[m], 2 * N[m]), by(induction=m),
        given=moments, proves=proportional,
    )  # fmt: skip

    squares = [
        all_of(equal(G[0], 0), equal(H[0], 0)),
        for_all(k, 0, T - 1, equal(G[k + 1], beta[k] * G[k] + gamma[k] * (2 * share(k)) ** 2)),
        for_all(k, 0, T - 1, equal(H[k + 1], beta[k] * H[k] + gamma[k] * share(k) ** 2)),
    ]
    four_times = claim(equal(G[m], 4 * H[m]), given=squares)
    four_times.false_twin(equal(G[m], 2 * H[m]), at={T: 1})
    squares_by_induction = derivation(
        equal(G[m], 4 * H[m]), by(induction=m),
        given=squares, proves=four_times,
    )  # fmt: skip

    # The factors E = 1 / sqrt(G) and F = 1 / sqrt(H): by same_change, E is half of F.
    steps = [
        all_of(equal(u[0], 0), equal(v[0], 0)),
        for_all(k, 0, T - 1, equal(E[k], F[k] / 2)),
        for_all(k, 0, T - 1, equal(M[k + 1], 2 * N[k + 1])),
        for_all(k, 0, T - 1, equal(u[k + 1], u[k] - alpha[k] * M[k + 1] * E[k])),
        for_all(k, 0, T - 1, equal(v[k + 1], v[k] - alpha[k] * N[k + 1] * F[k])),
    ]
    stays_on_diagonal = claim(equal(u[m], v[m]), given=steps)
    stays_on_diagonal.false_twin(equal(u[m], 2 * v[m]), at={T: 1})
    same_step = derivation(
        equal(M[k + 1] * E[k], N[k + 1] * F[k]),
        given=steps,
    )
    diagonal_by_induction = derivation(
        equal(u[m], v[m]), by(induction=m),
        given=steps, using=[same_step], proves=stays_on_diagonal,
    )  # fmt: skip

    on_diagonal = claim(
        iff(
            both(equal(a, b), equal(2 * a + b, 2)),
            both(equal(a, Rational(2, 3)), equal(b, Rational(2, 3))),
        )
    )
    on_diagonal.false_twin(
        iff(
            both(equal(a, b), equal(2 * a + b, 2)),
            both(equal(a, Rational(4, 5)), equal(b, Rational(2, 5))),
        ),
        at={a: Rational(2, 3), b: Rational(2, 3)},
    )

    least_norm = claim(
        at_least(a**2 + b**2, Rational(4, 5)), given=[equal(2 * a + b, 2)]
    )
    least_norm.false_twin(
        at_least(a**2 + b**2, Rational(8, 9)), at={a: Rational(4, 5), b: Rational(2, 5)}
    )
    its_square = derivation(
        equal(b, 2 - 2 * a),
        equal(a**2 + b**2 - Rational(4, 5), 5 * (a - Rational(4, 5)) ** 2),
        at_least(a**2 + b**2, Rational(4, 5)),
        given=[equal(2 * a + b, 2)], proves=least_norm,
    )  # fmt: skip

    longer = claim(
        greater(a**2 + b**2, Rational(4, 5)), given=[equal(2 * a + b, 2), equal(a, b)]
    )
    longer.false_twin(
        greater(a**2 + b**2, Rational(4, 5)), given=[equal(2 * a + b, 2)],
        at={a: Rational(4, 5), b: Rational(2, 5)},
    )  # fmt: skip
    both_are_two_thirds = derivation(
        equal(a, Rational(2, 3)),
        equal(a**2 + b**2, Rational(8, 9)),
        greater(a**2 + b**2, Rational(4, 5)),
        given=[equal(2 * a + b, 2), equal(a, b)], proves=longer,
    )  # fmt: skip

loss = formula(loss_at(a, b))
second_slope = formula(slope)
