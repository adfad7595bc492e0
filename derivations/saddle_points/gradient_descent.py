r"""Near a critical point, gradient descent scales each eigencomponent by 1 - eta lambda.

Problem.    f(x) = c + <x - x^*, H (x - x^*)> / 2 for a symmetric matrix H, a unit eigenvector q
            with H q = lambda q, and a step y = x - eta grad f(x).
Statements. (1) grad f(x) = H (x - x^*), and <q, grad f(x)> = lambda <q, x - x^*>.
            (2) <q, y - x^*> = (1 - eta lambda) <q, x - x^*>.
            (3) After T steps it is (1 - eta lambda)^T times what it was.
            (4) If lambda < 0 and the component is not 0, every step with eta > 0 makes it longer:
                gradient descent leaves a saddle point.
            (5) If 0 < eta lambda < 2 and the component is not 0, the step makes it shorter.
            (6) Along q, f is a parabola: f(x + s q) = f(x) + s lambda <q, x - x^*>
                + (s^2 lambda / 2) |q|^2.
Method.     <q, H u> = <H q, u> = lambda <q, u>, as H is symmetric; (3) by induction over T.
Shapes.     H is a d by d matrix; x, y, x^* and q are in R^d, for every d; T >= 0 is an integer;
            lambda, eta, s and c are numbers.
Exports.    value, factor.
Source.     Homework E, question 6.3, which says that a positive eigenvalue makes the component
            longer.
"""

from sympy import Abs

from therefore import (
    as_written,
    claim,
    define,
    derivation,
    dimension,
    equal,
    for_all,
    formula,
    grad,
    greater,
    index,
    inner,
    less,
    matrix,
    natural,
    norm,
    not_equal,
    positive,
    real,
    sequence,
    transpose,
    vector,
)

d, T = dimension("d"), natural("T")
k = index("k", 0, T - 1)
H, z = matrix("H", d, d), sequence("z", d)
x, y, q, x_star = vector("x", d), vector("y", d), vector("q", d), vector("x^*", d)
lam, eta, c, s = real("lambda"), positive("eta"), real("c"), real("s")
p, r = real("p"), real("r")

with as_written():
    f = define("f", (x,), c + inner(x - x_star, H @ (x - x_star)) / 2)
    symmetric = equal(transpose(H), H)
    unit, eigen = equal(norm(q), 1), equal(H @ q, lam * q)
    eigenpair = [symmetric, unit, eigen]
    step = equal(y, x - eta * grad(f(x), x))
    component = inner(q, x - x_star)
    next_component = inner(q, y - x_star)

    slope = claim(equal(grad(f(x), x), H @ (x - x_star)), given=[symmetric])
    slope.false_twin(equal(grad(f(x), x), H @ (x - x_star)), given=[], at={d: 2})

    slope_along = claim(equal(inner(q, grad(f(x), x)), lam * component), given=eigenpair)
    slope_along.false_twin(
        equal(inner(q, grad(f(x), x)), lam / 2 * component), at={d: 1, lam: 1}
    )
    by_symmetry = derivation(
        inner(q, grad(f(x), x)),
        "=", inner(q, H @ (x - x_star)),
        "=", inner(H @ q, x - x_star),
        "=", lam * component,
        given=eigenpair, using=[slope], proves=slope_along,
    )  # fmt: skip

    scales = claim(equal(next_component, (1 - eta * lam) * component), given=[*eigenpair, step])
    scales.false_twin(
        equal(next_component, (1 - eta * lam / 2) * component), at={d: 1, eta: 1, lam: 1}
    )
    put_step_in = derivation(
        next_component,
        "=", component - eta * inner(q, grad(f(x), x)),
        "=", component - eta * (lam * component),
        "=", (1 - eta * lam) * component,
        given=[*eigenpair, step], using=[slope_along], proves=scales,
    )  # fmt: skip

    descent = for_all(k, 0, T - 1, equal(z[k + 1], z[k] - eta * (H @ (z[k] - x_star))))
    powers = equal(
        inner(q, z[T] - x_star), (1 - eta * lam) ** T * inner(q, z[0] - x_star)
    )
    after_steps = claim(powers, given=[*eigenpair, descent])
    after_steps.false_twin(
        equal(inner(q, z[T] - x_star), (1 - T * eta * lam) * inner(q, z[0] - x_star)),
        at={d: 1, T: 2},
    )
    one_step = derivation(
        inner(q, z[k + 1] - x_star),
        "=", inner(q, z[k] - x_star) - eta * inner(H @ q, z[k] - x_star),
        "=", (1 - eta * lam) * inner(q, z[k] - x_star),
        given=[*eigenpair, descent],
    )  # fmt: skip
    m = index("m", 0, T)
    by_induction = derivation(
        equal(inner(q, z[m] - x_star), (1 - eta * lam) ** m * inner(q, z[0] - x_star)),
        given=[*eigenpair, descent], induction=m, using=[one_step],
    )  # fmt: skip
    at_the_end = derivation(
        powers,
        given=[*eigenpair, descent], using=[by_induction], proves=after_steps,
    )  # fmt: skip

    # Of numbers: a factor beyond 1 in size makes longer, one below 1 shorter.
    stretched = derivation(
        equal(Abs(p * r), Abs(p) * Abs(r)),
        greater(Abs(r), 0),
        greater(Abs(p) * Abs(r), Abs(r)),
        greater(Abs(p * r), Abs(r)),
        given=[greater(Abs(p), 1), not_equal(r, 0)],
    )  # fmt: skip
    shrunk = derivation(
        equal(Abs(p * r), Abs(p) * Abs(r)),
        greater(Abs(r), 0),
        less(Abs(p) * Abs(r), Abs(r)),
        less(Abs(p * r), Abs(r)),
        given=[less(Abs(p), 1), not_equal(r, 0)],
    )  # fmt: skip

    # The component of the next point is (1 - eta lambda) r, where r was that of the last.
    leaves_saddle = claim(
        greater(Abs((1 - eta * lam) * r), Abs(r)), given=[less(lam, 0), not_equal(r, 0)]
    )
    leaves_saddle.false_twin(
        greater(Abs((1 - eta * lam) * r), Abs(r)), given=[greater(lam, 0), not_equal(r, 0)],
        at={eta: 1, lam: 1, r: 1},
    )  # fmt: skip
    longer = derivation(
        greater(1 - eta * lam, 1),
        greater(Abs(1 - eta * lam), 1),
        greater(Abs((1 - eta * lam) * r), Abs(r)),
        given=[less(lam, 0), not_equal(r, 0)], using=[stretched], proves=leaves_saddle,
    )  # fmt: skip

    short_step = [greater(eta * lam, 0), less(eta * lam, 2), not_equal(r, 0)]
    approaches = claim(less(Abs((1 - eta * lam) * r), Abs(r)), given=short_step)
    approaches.false_twin(
        less(Abs((1 - eta * lam) * r), Abs(r)), given=[greater(lam, 0), not_equal(r, 0)],
        at={eta: 2, lam: 1, r: 1},
    )  # fmt: skip
    shorter = derivation(
        less(Abs(1 - eta * lam), 1),
        less(Abs((1 - eta * lam) * r), Abs(r)),
        given=short_step, using=[shrunk], proves=approaches,
    )  # fmt: skip

    parabola = claim(
        equal(f(x + s * q), f(x) + s * lam * component + s**2 * lam / 2 * inner(q, q)),
        given=[symmetric, eigen],
    )
    parabola.false_twin(
        equal(f(x + s * q), f(x) + s * lam * component + s**2 * lam * inner(q, q)),
        at={d: 1, lam: 1, s: 1},
    )
    along_eigenvector = derivation(
        f(x + s * q),
        "=", f(x) + s * inner(H @ q, x - x_star) + s**2 / 2 * inner(q, H @ q),
        "=", f(x) + s * lam * component + s**2 * lam / 2 * inner(q, q),
        given=[symmetric, eigen], proves=parabola,
    )  # fmt: skip

value = formula(f(x))
factor = formula(1 - eta * lam)
