r"""A step of gradient descent lowers the tangent by eps |grad f|^2, and f itself by half of that.

Problem.    A differentiable f: R^d -> R, its first-order Taylor polynomial p at a point w, and
            the step w_1 = w - eps grad f(w).
Statements. (1) p(w_1) = f(w) - eps |grad f(w)|^2. That is a statement on p: f(w_1) need not be
                equal to it, and need not be less than f(w).
            (2) If f is L-smooth, f(w_1) differs from p(w_1) by a term of second order at most:
                f(w_1) <= f(w) - eps |grad f(w)|^2 + L eps^2 / 2 |grad f(w)|^2.
            (3) So f(w_1) <= f(w) - eps/2 |grad f(w)|^2 for 0 <= eps <= 1/L, and
            (4) f(w_1) < f(w) for 0 < eps < 2/L, unless grad f(w) = 0.
Method.     Put the step into p, and into the quadratic upper bound.
Shapes.     w, w_1 and grad f(w) are vectors in R^d, for every d; eps and L are numbers, L > 0.
Exports.    tangent_at_step, upper_bound_at_step.
Source.     Homework E, question 1c.
"""

from therefore import (
    as_written,
    at_most,
    claim,
    define,
    derivation,
    differentiable,
    dimension,
    equal,
    formula,
    function,
    gradient,
    greater,
    inner,
    less,
    norm,
    not_equal,
    positive,
    real,
    smooth,
    vector,
)

d = dimension("d")
eps, L = real("epsilon"), positive("L")
f = function("f", d)
w, w_next, y = vector("w", d), vector("w_1", d), vector("y", d)

with as_written():
    slope = gradient(f)(w)
    p = define("p", (y,), f(w) + inner(slope, y - w))
    step = equal(w_next, w - eps * slope)

    tangent_falls = claim(
        equal(p(w_next), f(w) - eps * norm(slope) ** 2), given=[differentiable(f), step]
    )
    tangent_falls.false_twin(equal(f(w_next), f(w) - eps * norm(slope) ** 2), at={d: 1, eps: 1})

    second_order = f(w) - eps * norm(slope) ** 2 + L * eps**2 / 2 * norm(slope) ** 2
    value_falls = claim(at_most(f(w_next), second_order), given=[smooth(f, L), step])
    value_falls.false_twin(
        at_most(f(w_next), f(w) - eps * norm(slope) ** 2 + L * eps**2 / 3 * norm(slope) ** 2),
        at={d: 1, eps: 1, L: 1},
    )
    step_in_bound = derivation(
        f(w_next),
        "<=", f(w) + inner(slope, w_next - w) + L / 2 * norm(w_next - w) ** 2,
        "=", second_order,
        proves=value_falls,
    )  # fmt: skip

    short = [smooth(f, L), step, at_most(0, eps), at_most(eps, 1 / L)]
    half_is_left = claim(at_most(f(w_next), f(w) - eps / 2 * norm(slope) ** 2), given=short)
    half_is_left.false_twin(
        at_most(f(w_next), f(w) - 2 * eps / 3 * norm(slope) ** 2), at={d: 1, eps: 1, L: 1}
    )
    rest_is_not_negative = derivation(
        f(w_next),
        "<=", second_order,
        "=", f(w) - eps / 2 * norm(slope) ** 2 - eps / 2 * (1 - eps * L) * norm(slope) ** 2,
        "<=", f(w) - eps / 2 * norm(slope) ** 2,
        using=[value_falls],
        proves=half_is_left,
    )  # fmt: skip

    not_too_long = [smooth(f, L), step, greater(eps, 0), less(eps, 2 / L)]
    goes_down = claim(less(f(w_next), f(w)), given=[*not_too_long, not_equal(slope, 0)])
    goes_down.false_twin(less(f(w_next), f(w)), given=not_too_long, at={d: 1, eps: 1, L: 1})
    goes_down.false_twin(
        less(f(w_next), f(w)),
        given=[smooth(f, L), step, greater(eps, 0), at_most(eps, 2 / L), not_equal(slope, 0)],
        at={d: 1, eps: 2, L: 1},
    )
    factor_is_positive = derivation(
        f(w_next),
        "<=", second_order,
        "=", f(w) - eps * (1 - eps * L / 2) * norm(slope) ** 2,
        "<", f(w),
        using=[value_falls],
        proves=goes_down,
    )  # fmt: skip

tangent_at_step = formula(tangent_falls.rhs)
upper_bound_at_step = formula(second_order)
