r"""The quantiles of a sample are points at which its pinball risk is least.

Problem.    Numbers y_1 ... y_n and 0 < tau < 1. The pinball loss of a number x is
            rho(x) = x (tau - [x < 0]), where [...] is 1 where the relation holds and 0 where it
            does not. The empirical risk of q is S(q) = sum_i rho(y_i - q).
Statements. (1) rho is convex, and so is S.
            (2) For all q and u, with #{...} the number of the y_i for which the relation holds,
                S(u) - S(q) >= (u - q) (#{y_i <= q} - tau n)  and
                S(u) - S(q) >= (u - q) (#{y_i < q} - tau n).
            (3) If #{y_i < q} <= tau n <= #{y_i <= q}, then S(q) <= S(u) for every u.
            (4) Where no y_i is within r > 0 of q, S is affine, S(u) = S(q) + (u - q) (#{y_i < q}
                - tau n) for |u - q| < r, so that S'(q) / n is the share of the y_i below q, less
                tau.
Method.     rho(x) is the larger one of tau x and (tau - 1) x. (1) and (2), for one number, by the
            sign of what stands in the loss that is not bounded; then the sum over i. (3) by the
            first inequality of (2) to the right of q, and by the second one to the left. (4) since
            q and u lie on the same side of each y_i.
Shapes.     y_i, q, u and tau are numbers and n >= 1 is an integer, so this holds for every sample.
            A number #{...} is the sum of the brackets [...].
Exports.    loss, empirical_risk, derivative, number_below, number_up_to.
Source.     Homework D, question 2; Koenker and Bassett, Regression Quantiles, 1978.
"""

from sympy import Abs, Rational, Sum

from therefore import (
    as_written,
    at_least,
    at_most,
    by,
    claim,
    define,
    derivation,
    equal,
    for_all,
    formula,
    greater,
    has_derivative,
    horizon,
    index,
    indicator,
    less,
    plot,
    positive,
    real,
    real_sequence,
)

n, y = horizon("n"), real_sequence("y")
i = index("i", 1, n)
q, u, x, z, tau = real("q"), real("u"), real("x"), real("z"), real("tau")
a, b, t = real("a"), real("b"), real("t")

with as_written():
    level = [greater(tau, 0), less(tau, 1)]
    rho = define(r"\rho", (x,), x * (tau - indicator(less(x, 0))))
    risk = define("S", (q,), Sum(rho(y[i] - q), (i, 1, n)))
    below = Sum(indicator(less(y[i], q)), (i, 1, n))
    up_to = Sum(indicator(at_most(y[i], q)), (i, 1, n))

    # The loss is at least tau x and at least (tau - 1) x.
    above_right = derivation(at_least(rho(y[i] - u), tau * (y[i] - u)), given=level)
    above_left = derivation(at_least(rho(y[i] - u), (tau - 1) * (y[i] - u)), given=level)

    # (2), for one number of the sample.
    slope_right = derivation(
        at_least(rho(y[i] - u) - rho(y[i] - q), (u - q) * (indicator(at_most(y[i], q)) - tau)),
        given=level,
        using=[above_right, above_left],
        cases=[y[i] - q],
    )
    slope_left = derivation(
        at_least(rho(y[i] - u) - rho(y[i] - q), (u - q) * (indicator(less(y[i], q)) - tau)),
        given=level,
        using=[above_right, above_left],
        cases=[y[i] - q],
    )

    # (2), summed over the sample.
    first_right = claim(at_least(risk(u) - risk(q), (u - q) * (up_to - tau * n)), given=level)
    first_right.false_twin(
        at_least(risk(u) - risk(q), (u - q) * (up_to + tau * n)),
        at={n: 1, tau: Rational(1, 2), q: 0, u: 1},
    )
    right_term_by_term = derivation(
        risk(u) - risk(q),
        "=", Sum(rho(y[i] - u) - rho(y[i] - q), (i, 1, n)),
        ">=", Sum((u - q) * (indicator(at_most(y[i], q)) - tau), (i, 1, n)),
        "=", (u - q) * (up_to - tau * n),
        using=[slope_right],
        proves=first_right,
    )  # fmt: skip

    first_left = claim(at_least(risk(u) - risk(q), (u - q) * (below - tau * n)), given=level)
    first_left.false_twin(
        at_least(risk(u) - risk(q), (u - q) * (below + tau * n)),
        at={n: 1, tau: Rational(1, 2), q: 0, u: 1},
    )
    left_term_by_term = derivation(
        risk(u) - risk(q),
        "=", Sum(rho(y[i] - u) - rho(y[i] - q), (i, 1, n)),
        ">=", Sum((u - q) * (indicator(less(y[i], q)) - tau), (i, 1, n)),
        "=", (u - q) * (below - tau * n),
        using=[slope_left],
        proves=first_left,
    )  # fmt: skip

    # (3): on either side of a quantile the slope has the right sign.
    quantile = [at_most(below, tau * n), at_most(tau * n, up_to)]
    right_of_quantile = derivation(
        at_least(risk(u) - risk(q), (u - q) * (up_to - tau * n)),
        at_least((u - q) * (up_to - tau * n), 0),
        at_most(risk(q), risk(u)),
        given=[*level, *quantile, at_least(u, q)],
        using=[first_right],
    )
    left_of_quantile = derivation(
        at_least(risk(u) - risk(q), (u - q) * (below - tau * n)),
        at_least((u - q) * (below - tau * n), 0),
        at_most(risk(q), risk(u)),
        given=[*level, *quantile, at_most(u, q)],
        using=[first_left],
    )
    quantile_is_least = claim(
        at_most(risk(q), risk(u)),
        given=[*level, *quantile],
        using=[right_of_quantile, left_of_quantile],
        cases=[u - q],
    )
    quantile_is_least.false_twin(
        at_most(risk(q), risk(u)),
        given=[*level, at_most(below, (1 - tau) * n), at_most((1 - tau) * n, up_to)],
        at={n: 2, tau: Rational(1, 3), q: 2, u: 0},
    )

    # (1): convexity, for one number and for the sum.
    weights = [at_least(t, 0), at_most(t, 1)]
    mean = t * a + (1 - t) * b
    a_above_right = derivation(at_least(rho(a), tau * a), given=level)
    a_above_left = derivation(at_least(rho(a), (tau - 1) * a), given=level)
    b_above_right = derivation(at_least(rho(b), tau * b), given=level)
    b_above_left = derivation(at_least(rho(b), (tau - 1) * b), given=level)
    loss_mean = t * rho(a) + (1 - t) * rho(b)
    above_right_of_mean = derivation(
        at_least(loss_mean, tau * mean),
        given=[*level, *weights],
        using=[a_above_right, b_above_right],
    )
    above_left_of_mean = derivation(
        at_least(loss_mean, (tau - 1) * mean),
        given=[*level, *weights],
        using=[a_above_left, b_above_left],
    )
    convex_loss = claim(
        at_most(rho(mean), loss_mean),
        given=[*level, *weights],
        using=[above_right_of_mean, above_left_of_mean],
        cases=[mean],
    )
    convex_loss.false_twin(
        at_least(rho(mean), t * rho(a) + (1 - t) * rho(b)),
        at={a: 1, b: -1, t: Rational(1, 2), tau: Rational(1, 2)},
    )

    weighted = t * rho(y[i] - a) + (1 - t) * rho(y[i] - b)
    a_right = derivation(at_least(rho(y[i] - a), tau * (y[i] - a)), given=level)
    a_left = derivation(at_least(rho(y[i] - a), (tau - 1) * (y[i] - a)), given=level)
    b_right = derivation(at_least(rho(y[i] - b), tau * (y[i] - b)), given=level)
    b_left = derivation(at_least(rho(y[i] - b), (tau - 1) * (y[i] - b)), given=level)
    both_right = derivation(
        at_least(weighted, tau * (y[i] - mean)), given=[*level, *weights], using=[a_right, b_right]
    )
    both_left = derivation(
        at_least(weighted, (tau - 1) * (y[i] - mean)),
        given=[*level, *weights],
        using=[a_left, b_left],
    )
    convex_term = derivation(
        at_most(rho(y[i] - mean), weighted),
        given=[*level, *weights],
        using=[both_right, both_left],
        cases=[y[i] - mean],
    )
    convex_risk = claim(
        at_most(risk(mean), t * risk(a) + (1 - t) * risk(b)), given=[*level, *weights]
    )
    convex_risk.false_twin(
        at_least(risk(mean), t * risk(a) + (1 - t) * risk(b)),
        at={n: 1, a: 1, b: -1, t: Rational(1, 2), tau: Rational(1, 2)},
    )
    convex_term_by_term = derivation(
        risk(mean),
        "=", Sum(rho(y[i] - mean), (i, 1, n)),
        "<=", Sum(weighted, (i, 1, n)),
        "=", t * risk(a) + (1 - t) * risk(b),
        using=[convex_term],
        proves=convex_risk,
    )  # fmt: skip

with as_written():
    # (4): between the numbers of the sample.
    r = positive("r")
    is_apart = at_least(Abs(y[i] - q), r)
    apart = for_all(i, 1, n, is_apart)
    near = [less(q - r, u), less(u, q + r)]
    moved = equal(
        rho(y[i] - u), rho(y[i] - q) + (u - q) * (indicator(less(y[i], q)) - tau)
    )
    above_both = derivation(moved, given=[less(q, y[i]), less(u, y[i])])
    below_both = derivation(moved, given=[less(y[i], q), less(y[i], u)])
    if_above = derivation(
        less(q, y[i]),
        less(u, y[i]),
        moved,
        given=[is_apart, *near, at_least(y[i], q)],
        using=[above_both],
    )
    if_below = derivation(
        less(y[i], q),
        less(y[i], u),
        moved,
        given=[is_apart, *near, at_most(y[i], q)],
        using=[below_both],
    )
    on_one_side = derivation(
        moved, by(cases=[y[i] - q]), given=[is_apart, *near], using=[if_above, if_below]
    )
    apart_at_i = derivation(is_apart, given=[apart])
    each_moved = derivation(moved, given=[apart, *near], using=[apart_at_i, on_one_side])
    affine = claim(
        equal(risk(u), risk(q) + (u - q) * (below - tau * n)), given=[apart, *near]
    )
    affine.false_twin(
        equal(risk(u), risk(q) + (u - q) * (below + tau * n)),
        at={n: 1, tau: Rational(1, 2), q: 0, u: 1, r: 2},
    )
    affine.false_twin(  # where numbers of the sample lie between q and u
        equal(risk(u), risk(q) + (u - q) * (below - tau * n)), given=near
    )
    affine_term_by_term = derivation(
        risk(u),
        "=", Sum(rho(y[i] - q) + (u - q) * (indicator(less(y[i], q)) - tau), (i, 1, n)),
        "=", risk(q) + (u - q) * (below - tau * n),
        using=[each_moved],
        proves=affine,
    )  # fmt: skip
    slope = claim(
        has_derivative(risk(x), x, q, below - tau * n), given=[apart], using=[affine]
    )
    # Said of the values: with [y_i <= q], and for all q and u.
    slope.false_twin(equal(risk(u), risk(q) + (u - q) * (up_to - tau * n)), given=[])

tilted = plot(
    (x, -3, 3),
    {
        r"\tau = 1/2": rho(x).subs(tau, Rational(1, 2)),
        r"\tau = 9/10": rho(x).subs(tau, Rational(9, 10)),
    },
    caption="The pinball loss: for tau = 9/10 an overestimate costs a ninth of an underestimate.",
)

five = (1, 2, 4, 7, 8)
risk_of_five = plot(
    (q, 0, 10),
    {"S(q)": sum(rho(place - q) for place in five)},
    points={r"\mathrm{quantile}": (7, sum(rho(place - 7) for place in five))},
    at={tau: Rational(3, 4)},
    beside=quantile_is_least,
    caption="The risk of the sample 1, 2, 4, 7, 8 for tau = 3/4 is convex, least at its quantile.",
)

loss = formula(rho(x))
empirical_risk = formula(risk(q))
derivative = formula(below - tau * n)  # where no number of the sample is q
number_below = formula(below)
number_up_to = formula(up_to)
