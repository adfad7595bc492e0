r"""The rate L |x_0 - x^*|^2 / (4N + 2) of gradient descent is attained, by Huber's function.

Problem.    Huber's function h(x) = s(x) x - s(x)^2 / 2 of a number x, where s(x) is x clamped to
            [-1, 1], here (|x + 1| - |x - 1|) / 2. Gradient descent with step 1 from 2N + 1.
Statements. (1) h(x) = x^2 / 2 where |x| <= 1, and |x| - 1/2 where |x| >= 1.
            (2) h(y) >= h(x) + s(x) (y - x) for all x and y: h is convex, and least at 0.
            (3) h(y) <= h(x) + s(x) (y - x) + (y - x)^2 / 2: s is the derivative of h, and h is
                1-smooth.
            (4) The points p(t) = 2N + 1 - t, t = 0 ... N, are those of gradient descent.
            (5) h(p(N)) - h(0) = (p(0) - 0)^2 / (4N + 2) for every N: for convex, 1-smooth
                functions no smaller bound holds.
            For other L and x_0, L c^2 h(x / c) with c = |x_0| / (2N + 1) does the same.
Method.     (2) and (3): (s(x) - s(y)) (x - s(x)) >= 0 by cases on the signs between the bars, and
            what is left is a square. (4) and (5): all points are at 1 or beyond, where the slope
            is 1.
Shapes.     x, y and p(t) are numbers; N >= 1 and t are integers.
Exports.    value, slope_at, gap.
Source.     Goes with homework A, question 3.3. Theorem 3.2 of Drori and Teboulle, Performance of
            First-Order Methods for Smooth Convex Minimization, 2014.
"""

from sympy import Abs, Rational

from therefore import (
    as_written,
    at_least,
    at_most,
    claim,
    define,
    derivation,
    equal,
    formula,
    horizon,
    index,
    real,
)

x, y, N, t = real("x"), real("y"), horizon("N"), index("t")

with as_written():
    s = define("s", (x,), (Abs(x + 1) - Abs(x - 1)) / 2)
    h = define("h", (x,), s(x) * x - s(x) ** 2 / 2)
    p = define("p", (t,), 2 * N + 1 - t)

    near = claim(equal(h(x), x**2 / 2), given=[at_least(x, -1), at_most(x, 1)])
    near.false_twin(equal(h(x), x**2), at={x: 1})

    far = claim(equal(h(x), x - Rational(1, 2)), given=[at_least(x, 1)])
    far.false_twin(equal(h(x), x - 1), at={x: 2})

    clamped_x = derivation(at_most(0, (s(x) - s(y)) * (x - s(x))))
    clamped_y = derivation(at_most(0, (s(y) - s(x)) * (y - s(y))))

    tangent = h(x) + s(x) * (y - x)
    convex = claim(at_least(h(y), tangent))
    convex.false_twin(at_least(h(y), tangent + (y - x) ** 2 / 8), at={x: 0, y: 8})
    above_tangents = derivation(
        h(y),
        "=", tangent + (s(y) - s(x)) ** 2 / 2 + (s(y) - s(x)) * (y - s(y)),
        ">=", tangent,
        using=[clamped_y],
        proves=convex,
    )  # fmt: skip

    parabola = tangent + (y - x) ** 2 / 2
    smooth = claim(at_most(h(y), parabola))
    smooth.false_twin(at_most(h(y), tangent + (y - x) ** 2 / 4), at={x: 0, y: 1})
    below_parabolas = derivation(
        h(y),
        "=", parabola - (y - s(y) - x + s(x)) ** 2 / 2 - (s(x) - s(y)) * (x - s(x)),
        "<=", parabola,
        using=[clamped_x],
        proves=smooth,
    )  # fmt: skip

    moves = claim(equal(p(t + 1), p(t) - s(p(t))), given=[at_least(t, 0), at_most(t, N - 1)])
    moves.false_twin(equal(p(t + 1), p(t) - s(p(t)) / 2), at={N: 1, t: 0})

    attained = claim(equal(h(p(N)) - h(0), (p(0) - 0) ** 2 / (4 * N + 2)))
    attained.false_twin(equal(h(p(N)) - h(0), (p(0) - 0) ** 2 / (4 * N + 3)), at={N: 1})

value = formula(h(x))
slope_at = formula(s(x))
gap = formula(attained.rhs)
