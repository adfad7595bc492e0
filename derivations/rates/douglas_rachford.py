r"""Douglas and Rachford's splitting brings any two points nearer: a contraction.

Problem.    An L-smooth function f: R^d -> R with 0 < mu < L that is mu-strongly convex, a convex
            function h: R^d -> R, a step gamma > 0, and a number c > 0 with
            |1 - gamma mu| <= c (1 + gamma mu) and |1 - gamma L| <= c (1 + gamma L). One step leads
            from w to w + y - x, where x is the proximal point of f at w, that is to say
            w = x + gamma grad f(x), and y that of h at 2x - w = x - gamma grad f(x). From v it
            leads to v + q - p, with p and q in the places of x and y.
Statements. (1) |(2x - w) - (2p - v)|^2 <= c^2 |w - v|^2.
            (2) |(w + y - x) - (v + q - p)|^2 <= ((1 + c)/2)^2 |w - v|^2: with the least c this is
                the factor max(1 / (1 + gamma mu), gamma L / (1 + gamma L)).
Method.     (1) What is compared are sums of grad f(x) - grad f(p) - mu (x - p) and
            L (x - p) - (grad f(x) - grad f(p)), whose inner product is not negative, with smaller
            and with larger weights. (2) The two
            points after the step are apart by (w - v)/2 and a vector that is at most half as long
            as (2x - w) - (2p - v), since the proximal map of h is firmly nonexpansive.
Shapes.     w, v, x, y, p and q are vectors in R^d, for every d; mu, L, gamma and c are numbers.
Exports.    distance_bound.
Source.     Theorem 2 of Giselsson and Boyd, Linear Convergence and Metric Selection for
            Douglas-Rachford Splitting and ADMM, 2017.
"""

from sympy import Rational

from therefore import (
    as_written,
    at_most,
    claim,
    convex,
    derivation,
    formula,
    function,
    inner,
    less,
    norm,
    positive,
    proximal_point,
    vector,
)

from ..optimization.strongly_convex import L, coercive, curved, d, mu, slope
from .bounded_forms import compared, scaled_down

gamma, c = positive("gamma"), positive("c")
h = function("h", d)
x, y, p, q = vector("x", d), vector("y", d), vector("p", d), vector("q", d)
a, b, z = vector("a", d), vector("b", d), vector("z", d)

with as_written():
    steps, slopes = x - p, slope(x) - slope(p)
    low, high = slopes - mu * steps, L * steps - slopes
    between = derivation(
        0,
        "<=", (mu + L) * inner(slopes, steps) - (mu * L * norm(steps) ** 2 + norm(slopes) ** 2),
        "=", inner(low, high),
        given=curved,
        using=[coercive],
    )  # fmt: skip
    m, n = low / (L - mu), high / (L - mu)
    not_opposed = derivation(
        0, "<=", inner(low, high) / (L - mu) ** 2, "=", inner(m, n),
        given=[*curved, less(mu, L)], using=[between, scaled_down],
    )  # fmt: skip

    at_low, at_high, up_low, up_high = 1 - gamma * L, 1 - gamma * mu, 1 + gamma * L, 1 + gamma * mu
    factors = [
        less(mu, L),
        at_most(at_high, c * up_high), at_most(-c * up_high, at_high),
        at_most(at_low, c * up_low), at_most(-c * up_low, at_low),
    ]  # fmt: skip
    setting = [*curved, *factors]
    before = (x + gamma * slope(x)) - (p + gamma * slope(p))
    turned = (x - gamma * slope(x)) - (p - gamma * slope(p))
    reflected = derivation(
        norm(turned) ** 2,
        "=", norm(at_low * m + at_high * n) ** 2,
        "<=", norm(c * up_low * m + c * up_high * n) ** 2,
        "=", c**2 * norm(before) ** 2,
        given=setting,
        using=[compared, not_opposed],
    )  # fmt: skip

    proximal = [convex(h), proximal_point(y, h, a, gamma), proximal_point(q, h, b, gamma)]
    firmly = derivation(
        at_most(norm(y - q - (a - b) / 2) ** 2, norm(a - b) ** 2 / 4), given=proximal
    )
    halves = derivation(
        norm(z / 2 + a) ** 2,
        "=", (1 + c) * (norm(z) ** 2 / 4 + norm(a) ** 2 / c) - norm(c * z / 2 - a) ** 2 / c,
        "<=", (1 + c) * (norm(z) ** 2 / 4 + norm(a) ** 2 / c),
        "<=", ((1 + c) / 2) ** 2 * norm(z) ** 2,
        given=[at_most(norm(a) ** 2, c**2 * norm(z) ** 2 / 4)],
    )  # fmt: skip

    after = (gamma * slope(x) + y) - (gamma * slope(p) + q)
    splitting = [
        *setting, convex(h),
        proximal_point(y, h, x - gamma * slope(x), gamma),
        proximal_point(q, h, p - gamma * slope(p), gamma),
    ]  # fmt: skip
    contraction = claim(
        at_most(norm(after) ** 2, ((1 + c) / 2) ** 2 * norm(before) ** 2), given=splitting
    )
    contraction.false_twin(
        at_most(norm(after) ** 2, 99 * ((1 + c) / 2) ** 2 / 100 * norm(before) ** 2),
        at={d: 1, mu: 1, L: 2, gamma: Rational(1, 2), c: Rational(1, 3),
            x: 2, p: 0, y: 1, q: 0},
    )  # fmt: skip
    rest = y - q - turned / 2
    firm_here = derivation(
        at_most(norm(rest) ** 2, norm(turned) ** 2 / 4), given=splitting, using=[firmly]
    )
    short_rest = derivation(
        at_most(norm(rest) ** 2, c**2 * norm(before) ** 2 / 4),
        given=splitting,
        using=[firm_here, reflected],
    )
    one_step = derivation(
        norm(after) ** 2,
        "=", norm(before / 2 + rest) ** 2,
        "<=", ((1 + c) / 2) ** 2 * norm(before) ** 2,
        given=splitting,
        using=[halves, short_rest],
        proves=contraction,
    )  # fmt: skip

distance_bound = formula(contraction.rhs)
