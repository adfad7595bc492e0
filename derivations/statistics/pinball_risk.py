r"""The pinball risk of a density has the slope F(q) - tau, and its quantiles minimise it.
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
    greater,
    has_derivative,
    iff,
    less,
    real,
    real_function,
    tends,
)

f = real_function("f")
q, u, v, x, y, tau = (real(name) for name in ("q", "u", "v", "x", "y", "tau"))
a, b, t = real("a"), real("b"), real("t")

with as_written():
    level = [greater(tau, 0), less(tau, 1)]
    density = [
        for_all(v, tends(f(x), x, v, f(v))),
        for_all(v, at_least(f(v), 0)),
        converges(Integral(f(y), (y, -oo, oo))),
        equal(Integral(f(y), (y, -oo, oo)), 1),
        converges(Integral(y * f(y), (y, -oo, oo))),
    ]
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
        equal(risk(q), q * F(q) - M(q) + tau * (mean - q)), given=[*level, *density]
    )
    slope_of_parts = derivation(
        has_derivative(x * F(x) - M(x) + tau * (mean - x), x, q, F(q) - tau),
        given=[*level, *density],
    )
    slope_at = derivation(
        has_derivative(risk(x), x, q, F(q) - tau),
        given=[*level, *density],
        using=[by_parts, slope_of_parts],
    )

    # (1)
    slope = claim(equal(Derivative(risk(q), q), F(q) - tau), given=[*level, *density], using=[slope_at])
    slope.false_twin(
        equal(Derivative(risk(q), q), tau - F(q)), at={f: Lambda(y, 1 / (1 + Abs(y)) ** 3), q: 1, tau: Rational(1, 2)}
    )

    # F rises, since f is not negative.
    mass_between = derivation(
        equal(F(u) - F(q), Integral(f(y), (y, q, u))), given=density
    )
    mass_is_positive = derivation(
        at_least(Integral(f(y), (y, q, u)), 0), given=[*density, at_least(u, q)]
    )
    F_rises = claim(at_most(F(q), F(u)), given=[*density, at_most(q, u)], using=[mass_between, mass_is_positive])

    # (2): the risk lies above its tangents.
    tangent = risk(q) + (F(q) - tau) * (u - q)
    gap_right = derivation(
        equal(risk(u) - tangent, Integral((u - y) * f(y), (y, q, u))),
        at_least(Integral((u - y) * f(y), (y, q, u)), 0),
        at_most(tangent, risk(u)),
        given=[*level, *density, at_most(q, u)],
        using=[by_parts],
    )
    gap_left = derivation(
        equal(risk(u) - tangent, Integral((y - u) * f(y), (y, u, q))),
        at_least(Integral((y - u) * f(y), (y, u, q)), 0),
        at_most(tangent, risk(u)),
        given=[*level, *density, at_most(u, q)],
        using=[by_parts],
    )
    above_tangents = claim(at_most(tangent, risk(u)), given=[*level, *density], using=[gap_right, gap_left], cases=[u - q])
    
    # (3)
    quantile_is_least = claim(at_most(risk(q), risk(u)), given=[*level, *density, equal(F(q), tau)], using=[above_tangents])
    least_is_quantile = claim(equal(F(q), tau), given=[*level, *density, for_all(u, at_most(risk(q), risk(u)))])
    by_fermat = derivation(equal(F(q) - tau, 0), equal(F(q), tau), given=[*level, *density, for_all(u, at_most(risk(q), risk(u)))], using=[slope_at], proves=least_is_quantile)

    # (4) convexity
    mean_point = t * a + (1 - t) * b
    weights = [at_least(t, 0), at_most(t, 1)]
    at_a = derivation(at_least(risk(a), risk(mean_point) + (F(mean_point) - tau) * (a - mean_point)), given=[*level, *density], using=[above_tangents])
    at_b = derivation(at_least(risk(b), risk(mean_point) + (F(mean_point) - tau) * (b - mean_point)), given=[*level, *density], using=[above_tangents])
    convex_risk = claim(at_most(risk(mean_point), t * risk(a) + (1 - t) * risk(b)), given=[*level, *density, *weights], using=[at_a, at_b])
