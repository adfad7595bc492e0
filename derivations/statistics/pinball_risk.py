r"""The pinball risk of a density has the slope F(q) - tau, and exactly its quantiles minimise it.

Problem.    A number Y with the density f, a number 0 < tau < 1, and the pinball loss
            rho(x) = x (tau - [x < 0]). The risk of q is the mean of rho(Y - q),
            R(q) = int_{-oo}^q (1 - tau) (q - y) f(y) dy + int_q^oo tau (y - q) f(y) dy,
            and F(q) = int_{-oo}^q f(y) dy is the distribution function. All that is assumed of f:
            it is continuous, not negative, its integral is 1, and that of y f(y), the mean, exists.
Statements. (1) R'(q) = F(q) - tau.
            (2) F(q) <= F(u) for q <= u.
            (3) R(u) >= R(q) + (F(q) - tau) (u - q) for all q and u, so that R is convex:
                R(t a + (1 - t) b) <= t R(a) + (1 - t) R(b) for 0 <= t <= 1.
            (4) If F(q) = tau, then R(q) <= R(u) for every u; and conversely: q minimises R
                exactly if F(q) = tau.
Method.     With M(q) = int_{-oo}^q y f(y) dy and the mean mu, R(q) = q F(q) - M(q) + tau (mu - q),
            as integrals are linear and add up over ranges. (1) by the fundamental theorem;
            (2) and (3), since the differences are integrals of f and of |u - y| f(y) between q
            and u; (4) from (3), and by Fermat's theorem from (1).
Shapes.     q, u, tau are numbers, f is a function of a number.
Exports.    expected_risk, distribution, derivative.
Source.     Homework D, question 2; Koenker and Bassett, Regression Quantiles, 1978.
"""

from sympy import Abs, Derivative, Integral, Lambda, Rational, oo

from therefore import (
    as_written,
    at_least,
    at_most,
    claim,
    converges,
    define,
    derivation,
    equal,
    for_all,
    formula,
    greater,
    has_derivative,
    iff,
    implies,
    less,
    real,
    real_function,
    tends,
)

f = real_function("f")
q, u, v, x, y, tau = (real(name) for name in ("q", "u", "v", "x", "y", "tau"))
a, b, t = real("a"), real("b"), real("t")

# A density for the false twins: F(1) = 7/8 and F(-1) = 1/8.
example = Lambda(y, 1 / (1 + Abs(y)) ** 3)

with as_written():
    level = [greater(tau, 0), less(tau, 1)]
    continuous = for_all(v, tends(f(x), x, v, f(v)))
    density = [
        continuous,
        for_all(v, at_least(f(v), 0)),
        converges(Integral(f(y), (y, -oo, oo))),
        equal(Integral(f(y), (y, -oo, oo)), 1),
        converges(Integral(y * f(y), (y, -oo, oo))),
    ]
    given = [*level, *density]
    F = define("F", (q,), Integral(f(y), (y, -oo, q)))
    M = define("M", (q,), Integral(y * f(y), (y, -oo, q)))
    mean = define(r"\mu", (), Integral(y * f(y), (y, -oo, oo)))
    risk = define(
        "R",
        (q,),
        Integral((1 - tau) * (q - y) * f(y), (y, -oo, q))
        + Integral(tau * (y - q) * f(y), (y, q, oo)),
    )

    # The risk in terms of F and M.
    by_parts = derivation(
        Integral((1 - tau) * (q - y) * f(y), (y, -oo, q))
        + Integral(tau * (y - q) * f(y), (y, q, oo)),
        "=", (1 - tau) * (q * F(q) - M(q))
             + tau * (Integral(y * f(y), (y, q, oo)) - q * Integral(f(y), (y, q, oo))),
        "=", (1 - tau) * (q * F(q) - M(q)) + tau * (mean - M(q) - q * (1 - F(q))),
        "=", q * F(q) - M(q) + tau * (mean - q),
        given=given,
    )  # fmt: skip
    in_parts = derivation(
        equal(risk(q), q * F(q) - M(q) + tau * (mean - q)), given=given, using=[by_parts]
    )

    # (1): the derivative, part by part.
    slope_of_parts = derivation(
        has_derivative(F(x), x, q, f(q)),
        has_derivative(M(x), x, q, q * f(q)),
        has_derivative(x * F(x) - M(x) + tau * (mean - x), x, q, F(q) - tau),
        given=given,
    )
    slope_at = derivation(
        has_derivative(risk(x), x, q, F(q) - tau), given=given, using=[in_parts, slope_of_parts]
    )
    slope = claim(equal(Derivative(risk(q), q), F(q) - tau), given=given, using=[slope_at])
    slope.false_twin(
        equal(Derivative(risk(q), q), tau - F(q)),
        at={f: example, q: 1, tau: Rational(1, 2)},
    )

    # (2): F rises, since f is not negative.
    mass_between = derivation(equal(F(u) - F(q), Integral(f(y), (y, q, u))), given=density)
    mass_is_positive = derivation(
        at_least(Integral(f(y), (y, q, u)), 0), given=[*density, at_most(q, u)]
    )
    F_rises = claim(
        at_most(F(q), F(u)),
        given=[*density, at_most(q, u)],
        using=[mass_between, mass_is_positive],
    )
    F_rises.false_twin(at_least(F(q), F(u)), at={f: example, q: 0, u: 1})

    # (3): the risk lies above its tangents.
    tangent = risk(q) + (F(q) - tau) * (u - q)
    gap_right = derivation(
        equal(risk(u) - tangent, Integral((u - y) * f(y), (y, q, u))),
        at_least(Integral((u - y) * f(y), (y, q, u)), 0),
        at_most(tangent, risk(u)),
        given=[*given, at_most(q, u)],
        using=[in_parts],
    )
    gap_left = derivation(
        equal(risk(u) - tangent, Integral((y - u) * f(y), (y, u, q))),
        at_least(Integral((y - u) * f(y), (y, u, q)), 0),
        at_most(tangent, risk(u)),
        given=[*given, at_most(u, q)],
        using=[in_parts],
    )
    above_tangents = claim(
        at_most(tangent, risk(u)), given=given, using=[gap_right, gap_left], cases=[u - q]
    )
    above_tangents.false_twin(
        at_most(risk(q) + (tau - F(q)) * (u - q), risk(u)),
        at={f: example, q: 1, u: 0, tau: Rational(1, 2)},
    )

    # So it is convex.
    between = t * a + (1 - t) * b
    weights = [at_least(t, 0), at_most(t, 1)]
    at_a = derivation(
        at_least(risk(a), risk(between) + (F(between) - tau) * (a - between)),
        given=given,
        using=[above_tangents],
    )
    at_b = derivation(
        at_least(risk(b), risk(between) + (F(between) - tau) * (b - between)),
        given=given,
        using=[above_tangents],
    )
    convex_risk = claim(
        at_most(risk(between), t * risk(a) + (1 - t) * risk(b)),
        given=[*given, *weights],
        using=[at_a, at_b],
    )
    convex_risk.false_twin(
        at_least(risk(between), t * risk(a) + (1 - t) * risk(b)),
        at={f: example, a: 1, b: -1, t: Rational(1, 2), tau: Rational(1, 2)},
    )

    # (4): quantiles minimise the risk, and nothing else does.
    quantile_is_least = claim(
        at_most(risk(q), risk(u)), given=[*given, equal(F(q), tau)], using=[above_tangents]
    )
    quantile_is_least.false_twin(
        at_most(risk(q), risk(u)),
        given=[*given, equal(F(q), 1 - tau)],
        at={f: example, q: 1, u: -1, tau: Rational(1, 8)},
    )
    is_least = for_all(u, at_most(risk(q), risk(u)))
    slope_is_zero = derivation(
        implies(is_least, equal(F(q) - tau, 0)), given=given, using=[slope_at]
    )
    least_exactly_at_quantile = claim(
        iff(is_least, equal(F(q), tau)), given=given, using=[slope_is_zero, quantile_is_least]
    )
    least_exactly_at_quantile.false_twin(
        implies(equal(F(q), 1 - tau), is_least), at={f: example, q: 1, tau: Rational(1, 8)}
    )

expected_risk = formula(risk(q))
distribution = formula(F(q))
derivative = formula(slope.rhs)
