r"""The proximal gradient method brings any two points nearer: a contraction.

Problem.    An L-smooth function f: R^d -> R with 0 < mu < L that is mu-strongly convex:
            f(y) >= f(x) + <grad f(x), y - x> + mu/2 |y - x|^2 for all x, y. A convex function
            h: R^d -> R, a step gamma > 0, and a number r with 1 - gamma mu <= r and
            gamma L - 1 <= r. From x and y one step leads to p and q, which are the proximal points
            of h at x - gamma grad f(x) and at y - gamma grad f(y): the rest of the way, divided by
            gamma, is a subgradient of h there.
Statements. (1) |p - q| <= |(x - gamma grad f(x)) - (y - gamma grad f(y))|.
            (2) |(x - gamma grad f(x)) - (y - gamma grad f(y))|^2 <= r^2 |x - y|^2.
            (3) |p - q|^2 <= r^2 |x - y|^2: with r = max(1 - gamma mu, gamma L - 1) this is the
                contraction of the method in one step.
Method.     (1) Add the two tangents of h, at p and at q. (2) For f - mu/2 |.|^2, which is
            (L - mu)-smooth and convex, <grad f(x) - grad f(y) - mu (x - y),
            L (x - y) - (grad f(x) - grad f(y))> >= 0; what (2) compares are sums
            of these two vectors, with smaller and with larger weights.
Shapes.     x, y, p and q are vectors in R^d, for every d; mu, L, gamma and r are numbers.
Exports.    distance_bound.
Source.     Theorem 2.1 of Taylor, Hendrickx and Glineur, Exact Worst-Case Convergence Rates of the
            Proximal Gradient Method for Composite Convex Minimization, 2018.
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
    real,
    vector,
)

from ..optimization.strongly_convex import L, coercive, curved, d, mu, slope
from .bounded_forms import compared, scaled_down

gamma, r, half = positive("gamma"), real("r"), Rational(1, 2)
h = function("h", d)
a, b = vector("a", d), vector("b", d)
x, y, p, q = vector("x", d), vector("y", d), vector("p", d), vector("q", d)

with as_written():
    proximal = [convex(h), proximal_point(p, h, a, gamma), proximal_point(q, h, b, gamma)]
    nonexpansive = claim(at_most(norm(p - q) ** 2, norm(a - b) ** 2), given=proximal)
    nonexpansive.false_twin(
        at_most(norm(p - q) ** 2, norm(a - b) ** 2 / 2),
        at={d: 1, gamma: 1, a: 1, b: 0, p: 1, q: 0},
    )

    apart, slopes = x - y, slope(x) - slope(y)
    low, high = slopes - mu * apart, L * apart - slopes
    between = derivation(
        0,
        "<=", (mu + L) * inner(slopes, apart) - (mu * L * norm(apart) ** 2 + norm(slopes) ** 2),
        "=", inner(low, high),
        given=curved,
        using=[coercive],
    )  # fmt: skip
    m, n = low / (L - mu), high / (L - mu)
    not_opposed = derivation(
        0, "<=", inner(low, high) / (L - mu) ** 2, "=", inner(m, n),
        given=[*curved, less(mu, L)], using=[between, scaled_down],
    )  # fmt: skip

    short = [at_most(1 - gamma * mu, r), at_most(gamma * L - 1, r)]
    factors = [less(mu, L), *short]
    at_low, at_high = 1 - gamma * L, 1 - gamma * mu
    ordered = derivation(at_low, "<=", at_high, "<=", r, given=factors)
    above = derivation(-r, "<=", at_low, "<=", at_high, given=factors)
    after_x, after_y = x - gamma * slope(x), y - gamma * slope(y)
    setting = [*curved, *factors]
    gradient_step = derivation(
        norm(after_x - after_y) ** 2,
        "=", norm(at_low * m + at_high * n) ** 2,
        "<=", norm(r * m + r * n) ** 2,
        "=", r**2 * norm(apart) ** 2,
        given=setting,
        using=[compared, not_opposed, ordered, above],
    )  # fmt: skip

    steps = [
        convex(h), proximal_point(p, h, after_x, gamma), proximal_point(q, h, after_y, gamma),
    ]  # fmt: skip
    contraction = claim(
        at_most(norm(p - q) ** 2, r**2 * norm(x - y) ** 2), given=[*setting, *steps]
    )
    contraction.false_twin(
        at_most(norm(p - q) ** 2, 99 * r**2 / 100 * norm(x - y) ** 2),
        at={d: 1, mu: 1, L: 2, gamma: half, r: half, x: 1, y: 0, p: half, q: 0},
    )
    one_step = derivation(
        norm(p - q) ** 2,
        "<=", norm(after_x - after_y) ** 2,
        "<=", r**2 * norm(x - y) ** 2,
        given=[*setting, *steps],
        using=[nonexpansive, gradient_step],
        proves=contraction,
    )  # fmt: skip

distance_bound = formula(contraction.rhs)
