r"""Adaptive methods need not reach the solution of least norm.

Problem.    One sample x = (2, 1) with the target 2: l(w) = (2 w_1 + w_2 - 2)^2. Both entries of its
            gradient (2 g, g), g = 2 (2 w_1 + w_2 - 2), have one sign, and adaptive methods divide
            each by the root of what is kept of its squares, G and H, from G_0 = H_0 = 0 and w = 0:
            AdaGrad  G_{k+1} = G_k + (2 g_k)^2,                 H_{k+1} = H_k + g_k^2;
            RMSprop  G_{k+1} = rho G_k + sigma (2 g_k)^2,       H_{k+1} = rho H_k + sigma g_k^2,
            where sigma = 1 - rho;
            and step to w_1 - eta_k 2 g_k / (sqrt(G_{k+1}) + epsilon) and
            w_2 - eta_k g_k / (sqrt(H_{k+1}) + epsilon), with any step sizes.
Statements. (1) The gradient at w is 2 (2 w_1 + w_2 - 2) (2, 1); at 0 it is (-8, -4).
            (2) If what is kept of the squares is G = (4 p, p) with p > 0, the step 2 s / sqrt(G_1)
                in the first entry is s / sqrt(G_2), that in the second. AdaGrad's first step ends
                at (eta, eta), for epsilon = 0.
            (3) After every step of AdaGrad, and of RMSprop with 0 <= rho < 1, G = 4 H, and H > 0 if
                the step starts before the solutions. Adam is in adam.py.
            (4) With epsilon > 0, in every step of AdaGrad, and of RMSprop with 0 <= rho < 1, that
                starts before the solutions (g_k < 0), the first entry grows by less than twice as
                much as the second. Under such changes and any step sizes, w_1 < 2 w_2 after every
                step: the iterates leave the row space at once, and stay out of it.
            (5) The only solution on the diagonal is (2/3, 2/3).
            (6) The solution of least norm is (4/5, 2/5): |(4/5, 2/5)|^2 = 4/5 < 8/9. Every solution
                with w_1 < 2 w_2 is longer than it, too.
Method.     Entry by entry: g = (2 s, s) has the squares (4 s^2, s^2), so every sum of them with
            weights is (4 p, p), and 2 s / sqrt(4 p) = s / sqrt(p). (4): for s < 0,
            2 s / (2 q + epsilon) - 2 s / (q + epsilon) = -2 s q / ((2 q + epsilon) (q + epsilon)),
            so w_1 - 2 w_2 falls in every step. The square roots are defined as H stays >= 0.
Shapes.     All values are numbers; w_1 and w_2 are the entries of w.
Exports.    loss, second_slope.
Source.     Homework C, question 1.2, whose gradient at 0 has -6 for -8.
"""

from sympy import Derivative, Rational, sqrt

from therefore import (
    all_of,
    as_written,
    at_least,
    at_most,
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
    less,
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
u, v, G, H, alpha = (
    real_sequence(name) for name in ("u", "v", "G", "H", "alpha")
)
E, F, g = real_sequence("E"), real_sequence("F"), real_sequence("g")
i, epsilon, sigma = index("i", 0, T - 1), positive("epsilon"), real("sigma")

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

    # AdaGrad and RMSprop with epsilon > 0: what is kept of the squares of the gradients (2 g, g).
    none_yet = all_of(equal(G[0], 0), equal(H[0], 0))
    added = [
        none_yet,
        for_all(k, 0, T - 1, equal(G[k + 1], G[k] + (2 * g[k]) ** 2)),
        for_all(k, 0, T - 1, equal(H[k + 1], H[k] + g[k] ** 2)),
    ]
    weights = [at_least(rho, 0), greater(sigma, 0), equal(rho + sigma, 1)]
    averaged = [
        *weights,
        none_yet,
        for_all(k, 0, T - 1, equal(G[k + 1], rho * G[k] + sigma * (2 * g[k]) ** 2)),
        for_all(k, 0, T - 1, equal(H[k + 1], rho * H[k] + sigma * g[k] ** 2)),
    ]
    added_fourfold = claim(equal(G[m], 4 * H[m]), given=added)
    added_fourfold.false_twin(equal(G[m], 2 * H[m]), at={T: 1})
    added_by_induction = derivation(
        equal(G[m], 4 * H[m]), by(induction=m), given=added, proves=added_fourfold
    )
    averaged_fourfold = claim(equal(G[m], 4 * H[m]), given=averaged)
    averaged_fourfold.false_twin(equal(G[m], 2 * H[m]), at={T: 1})
    averaged_by_induction = derivation(
        equal(G[m], 4 * H[m]), by(induction=m), given=averaged, proves=averaged_fourfold
    )
    # With epsilon > 0, and before the solutions: g_k < 0.
    before = for_all(k, 0, T - 1, less(g[k], 0))
    added_positive = claim(greater(H[i + 1], 0), given=[*added, before])
    added_positive.false_twin(greater(H[i + 1], 1), at={T: 1})
    added_not_negative = derivation(at_least(H[m], 0), by(induction=m), given=added)
    added_a_square = derivation(
        at_least(H[i], 0),
        less(g[i], 0),
        greater(g[i] ** 2, 0),
        greater(H[i] + g[i] ** 2, 0),
        greater(H[i + 1], 0),
        given=[*added, before], using=[added_not_negative], proves=added_positive,
    )  # fmt: skip
    averaged_positive = claim(greater(H[i + 1], 0), given=[*averaged, before])
    averaged_positive.false_twin(greater(H[i + 1], 1), at={T: 1})
    averaged_not_negative = derivation(at_least(H[m], 0), by(induction=m), given=averaged)
    averaged_a_square = derivation(
        at_least(H[i], 0),
        less(g[i], 0),
        greater(g[i] ** 2, 0),
        greater(sigma * g[i] ** 2, 0),
        greater(rho * H[i] + sigma * g[i] ** 2, 0),
        greater(H[i + 1], 0),
        given=[*averaged, before], using=[averaged_not_negative], proves=averaged_positive,
    )  # fmt: skip

    doubled = [equal(r, 2 * p), greater(p, 0), less(s, 0)]
    short_of_twice = claim(
        greater(2 * s / (r + epsilon), 2 * (s / (p + epsilon))), given=doubled
    )
    short_of_twice.false_twin(
        greater(2 * s / (r + epsilon), Rational(3, 2) * (s / (p + epsilon))),
        at={p: 1, s: -1, r: 2, epsilon: 1},
    )
    shortfall = -2 * s * p / ((r + epsilon) * (p + epsilon))
    common_denominator = derivation(
        equal(2 * s / (r + epsilon) - 2 * (s / (p + epsilon)), shortfall),
        greater(shortfall, 0),
        greater(2 * s / (r + epsilon), 2 * (s / (p + epsilon))),
        given=doubled, proves=short_of_twice,
    )  # fmt: skip

    fourfold = [equal(r, 4 * p), greater(p, 0), less(s, 0)]
    short_by_roots = claim(
        greater(2 * s / (sqrt(r) + epsilon), 2 * (s / (sqrt(p) + epsilon))), given=fourfold
    )
    short_by_roots.false_twin(
        greater(2 * s / (sqrt(r) + epsilon), Rational(3, 2) * (s / (sqrt(p) + epsilon))),
        at={p: 1, s: -1, r: 4, epsilon: 1},
    )
    by_roots = derivation(
        equal(sqrt(r), 2 * sqrt(p)),
        greater(sqrt(p), 0),
        greater(2 * s / (sqrt(r) + epsilon), 2 * (s / (sqrt(p) + epsilon))),
        given=fourfold, using=[short_of_twice], proves=short_by_roots,
    )  # fmt: skip

    origin = all_of(equal(u[0], 0), equal(v[0], 0))
    slopes = for_all(k, 0, T - 1, equal(g[k], 2 * (2 * u[k] + v[k] - 2)))
    sizes = for_all(k, 0, T - 1, greater(alpha[k], 0))

    def moved(x, top, below):
        """Every step of x takes away eta times top, divided by the root of what is kept."""
        change = top / (sqrt(below) + epsilon)
        return for_all(k, 0, T - 1, equal(x[k + 1], x[k] - alpha[k] * change))

    real_steps = [
        origin, slopes, sizes, before,
        moved(u, 2 * g[k], G[k + 1]), moved(v, g[k], H[k + 1]),
    ]  # fmt: skip
    first_change = 2 * g[i] / (sqrt(G[i + 1]) + epsilon)
    second_change = g[i] / (sqrt(H[i + 1]) + epsilon)

    adagrad = [*added, *real_steps]
    adagrad_changes = claim(greater(first_change, 2 * second_change), given=adagrad)
    adagrad_changes.false_twin(greater(first_change, Rational(3, 2) * second_change), at={T: 1})
    adagrad_by_signs = derivation(
        equal(G[i + 1], 4 * H[i + 1]),
        greater(H[i + 1], 0),
        less(g[i], 0),
        greater(first_change, 2 * second_change),
        given=adagrad, using=[added_fourfold, added_positive, short_by_roots],
        proves=adagrad_changes,
    )  # fmt: skip

    rmsprop = [*averaged, *real_steps]
    rmsprop_changes = claim(greater(first_change, 2 * second_change), given=rmsprop)
    rmsprop_changes.false_twin(
        greater(first_change, Rational(3, 2) * second_change),
        at={T: 1, i: 0, rho: 0, sigma: 1, epsilon: 16},
    )
    rmsprop_by_signs = derivation(
        equal(G[i + 1], 4 * H[i + 1]),
        greater(H[i + 1], 0),
        less(g[i], 0),
        greater(first_change, 2 * second_change),
        given=rmsprop, using=[averaged_fourfold, averaged_positive, short_by_roots],
        proves=rmsprop_changes,
    )  # fmt: skip

    # So with E and F for these changes, the iterates stay on one side of the row space.
    changes = [
        origin,
        for_all(k, 0, T - 1, greater(alpha[k], 0)),
        for_all(k, 0, T - 1, greater(E[k], 2 * F[k])),
        for_all(k, 0, T - 1, equal(u[k + 1], u[k] - alpha[k] * E[k])),
        for_all(k, 0, T - 1, equal(v[k + 1], v[k] - alpha[k] * F[k])),
    ]
    not_beyond = derivation(
        greater(alpha[i] * (E[i] - 2 * F[i]), 0),
        equal(u[i + 1] - 2 * v[i + 1], u[i] - 2 * v[i] - alpha[i] * (E[i] - 2 * F[i])),
        less(u[i + 1] - 2 * v[i + 1], u[i] - 2 * v[i]),
        given=changes,
    )  # fmt: skip
    leaves_row_space = claim(less(u[i + 1] - 2 * v[i + 1], 0), given=changes)
    leaves_row_space.false_twin(less(u[i + 1] - v[i + 1], 0), at={T: 1})
    not_above = derivation(
        at_most(u[m] - 2 * v[m], 0), by(induction=m), given=changes, using=[not_beyond]
    )
    row_space_left = derivation(
        at_most(u[i] - 2 * v[i], 0),
        less(u[i + 1] - 2 * v[i + 1], 0),
        given=changes, using=[not_beyond, not_above], proves=leaves_row_space,
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

    beside = [equal(2 * a + b, 2), less(a, 2 * b)]
    longer_beside = claim(greater(a**2 + b**2, Rational(4, 5)), given=beside)
    longer_beside.false_twin(
        greater(a**2 + b**2, Rational(4, 5)), given=[equal(2 * a + b, 2), at_most(a, 2 * b)],
        at={a: Rational(4, 5), b: Rational(2, 5)},
    )  # fmt: skip
    first_is_small = derivation(
        equal(b, 2 - 2 * a),
        less(a, Rational(4, 5)),
        equal(a**2 + b**2 - Rational(4, 5), 5 * (a - Rational(4, 5)) ** 2),
        greater(5 * (a - Rational(4, 5)) ** 2, 0),
        greater(a**2 + b**2, Rational(4, 5)),
        given=beside, proves=longer_beside,
    )  # fmt: skip

loss = formula(loss_at(a, b))
second_slope = formula(slope)
