r"""Newton's step leads to the saddle point; damped and saddle-free steps.

Problem.    f(x) = c + <x - x^*, H (x - x^*)> / 2 for a symmetric matrix H, an eigenvector q with
            H q = lambda q, and the gradient g = grad f(x) = H (x - x^*).
Statements. (1) If H is invertible, Newton's step ends at the critical point: x - H^{-1} g = x^*.
            (2) <q, -H^{-1} g> <q, -g> = <q, g>^2 / lambda where lambda is not 0; so if lambda < 0
                and <q, g> is not 0, Newton's step opposes that of gradient descent along q.
            (3) If lambda < 0, the part of Newton's step along q raises f: for |q| = 1 and
                r = <q, x - x^*>, f(x - r q) = f(x) - lambda r^2 / 2, which is above f(x) if r is
                not 0.
            (4) If <u, H u> >= l |u|^2 for all u and alpha > -l, then
                |(H + alpha I)^{-1} g| <= |g| / (l + alpha), for every g.
            (5) If P is symmetric with P q = |lambda| q and invertible, as |H| is, then
                <q, -P^{-1} g> <q, -g> = <q, g>^2 / |lambda| >= 0: the saddle-free step keeps the
                signs of gradient descent.
Method.     <q, H^{-1} g> = <H^{-1} q, g> = <q, g> / lambda. (4): with v = (H + alpha I)^{-1} g,
            (l + alpha) |v|^2 <= <v, (H + alpha I) v> = <v, g> <= |v| |g|.
Shapes.     H and P are d by d matrices; x, x^*, q, g, u are in R^d, for every d; lambda, alpha, l
            and c are numbers.
Exports.    newton_step.
Source.     Homework E, question 6.3.
"""

from sympy import Abs, Rational

from therefore import (
    as_written,
    at_least,
    at_most,
    claim,
    derivation,
    equal,
    for_all,
    formula,
    grad,
    greater,
    identity,
    inner,
    inverse,
    invertible,
    less,
    matrix,
    norm,
    not_equal,
    real,
    trajectories,
    transpose,
    vector,
)

from .gradient_descent import H, c, d, eigen, eta, f, lam, parabola, q, symmetric, x, x_star

P, g, u = matrix("P", d, d), vector("g", d), vector("u", d)
alpha, low = real("alpha"), real("l")

with as_written():
    regular = [symmetric, invertible(H)]
    newton = x - inverse(H) @ grad(f(x), x)
    leads_to_saddle = claim(equal(newton, x_star), given=regular)
    leads_to_saddle.false_twin(equal(newton, 0), at={d: 1})

    nonzero = [*regular, eigen, not_equal(lam, 0)]
    along = inner(q, -(inverse(H) @ g)) * inner(q, -g)
    newton_along = claim(equal(along, inner(q, g) ** 2 / lam), given=nonzero)
    newton_along.false_twin(equal(along, inner(q, g) ** 2 / lam**2), at={d: 1, lam: 2})
    divide = derivation(
        equal(lam * (inverse(H) @ q), q),
        equal(inner(q, inverse(H) @ g), inner(inverse(H) @ q, g)),
        equal(lam * inner(inverse(H) @ q, g), inner(q, g)),
        equal(inner(q, inverse(H) @ g), inner(q, g) / lam),
        equal(along, inner(q, g) ** 2 / lam),
        given=nonzero, proves=newton_along,
    )  # fmt: skip

    downward = [*regular, eigen, less(lam, 0), not_equal(inner(q, g), 0)]
    opposes = claim(less(along, 0), given=downward)
    opposes.false_twin(
        less(along, 0), given=[*regular, eigen, greater(lam, 0), not_equal(inner(q, g), 0)],
        at={d: 1},
    )  # fmt: skip
    sign = derivation(
        equal(along, inner(q, g) ** 2 / lam),
        less(inner(q, g) ** 2 / lam, 0),
        less(along, 0),
        given=downward, using=[newton_along], proves=opposes,
    )  # fmt: skip

    r = inner(q, x - x_star)
    saddle = [symmetric, equal(inner(q, q), 1), eigen, less(lam, 0), not_equal(r, 0)]
    raises = claim(greater(f(x - r * q), f(x)), given=saddle)
    raises.false_twin(
        greater(f(x - r * q), f(x)),
        given=[symmetric, equal(inner(q, q), 1), eigen, greater(lam, 0), not_equal(r, 0)],
        at={d: 1},
    )
    rise = -r * lam * r + (-r) ** 2 * lam / 2 * inner(q, q)
    parabola_there = derivation(
        equal(f(x - r * q) - f(x), rise),
        equal(rise, -lam * r**2 / 2),
        greater(f(x - r * q), f(x)),
        given=saddle, using=[parabola], proves=raises,
    )  # fmt: skip

    damped = H + alpha * identity(d)
    bounded = [
        for_all(u, at_least(inner(u, H @ u), low * norm(u) ** 2)),
        greater(low + alpha, 0),
    ]
    v = inverse(damped) @ g
    damped_bound = claim(at_most(norm(v), norm(g) / (low + alpha)), given=bounded)
    damped_bound.false_twin(
        at_most(norm(v), Rational(9, 10) * norm(g) / (low + alpha)), at={d: 1, low: 1, alpha: 1}
    )  # fmt: skip
    by_cauchy_schwarz = derivation(
        equal(H @ v + alpha * v, g),
        at_most((low + alpha) * norm(v) ** 2, inner(v, g)),
        at_most((low + alpha) * norm(v) ** 2, norm(v) * norm(g)),
        at_most(norm(v), norm(g) / (low + alpha)),
        given=bounded, proves=damped_bound,
    )  # fmt: skip

    size = Abs(lam)
    free = [
        equal(transpose(P), P), invertible(P), equal(P @ q, size * q), not_equal(lam, 0),
    ]  # fmt: skip
    free_along = inner(q, -(inverse(P) @ g)) * inner(q, -g)
    keeps_signs = claim(equal(free_along, inner(q, g) ** 2 / size), given=free)
    keeps_signs.false_twin(equal(free_along, inner(q, g) ** 2 / lam), at={d: 1, lam: -1})
    divide_by_size = derivation(
        equal(size * (inverse(P) @ q), q),
        equal(inner(q, inverse(P) @ g), inner(inverse(P) @ q, g)),
        equal(size * inner(inverse(P) @ q, g), inner(q, g)),
        equal(inner(q, inverse(P) @ g), inner(q, g) / size),
        equal(free_along, inner(q, g) ** 2 / size),
        given=free, proves=keeps_signs,
    )  # fmt: skip

newton_step = formula(newton)

three_ways_at_a_saddle = trajectories(
    x,
    {
        r"x - \eta \nabla f(x)": x - eta * grad(f(x), x),
        r"x - H^{-1} \nabla f(x)": newton,
        r"x - P^{-1} \nabla f(x) / 2": x - inverse(P) @ grad(f(x), x) / 2,
    },
    start=(Rational(7, 4), Rational(1, 16)),
    times=12,
    level=f(x),
    within=((-Rational(1, 2), 2), (-Rational(1, 2), Rational(3, 2))),
    points={"x^*": (0, 0)},
    at={
        d: 2, H: ((1, 0), (0, -Rational(1, 2))), P: ((1, 0), (0, Rational(1, 2))),
        x_star: (0, 0), c: 0, eta: Rational(1, 2),
    },
    beside=raises,
    caption="Twelve steps from one point, where H has the eigenvalues 1 and -1/2. Newton's method "
    "ends at the saddle point and stays. Gradient descent halves the one component and lengthens "
    "the other by a quarter; half of the saddle-free step, with P = |H|, lengthens it by half.",
)  # fmt: skip
