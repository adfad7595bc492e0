r"""How far difference quotients are from the derivative, and that the bounds cannot be better.

Problem.    A function f: R -> R with derivatives f', f'', f''' and a step h > 0.
Statements. (1) If |f''| <= M between x and x + h, then
                |(f(x + h) - f(x)) / h - f'(x)| <= M h / 2.
            (2) If |f'''| <= M between x - h and x + h, then
                |(f(x + h) - f(x - h)) / (2 h) - f'(x)| <= M h^2 / 6.
            (3) f(u) = M u^2 / 2 and f(u) = M u^3 / 6 attain these bounds, at every x.
            (4) The one-sided quotient is exact for polynomials of degree at most 1, the central
                one for those of degree at most 2.
Method.     (1) and (2) by the mean value theorem, once for each derivative: what is left of the
            bound after the quotient vanishes at h = 0, and so do its derivatives until the last,
            which is not negative. (3) and (4) by working out the quotients.
Shapes.     All of x, h, M and the coefficients are real numbers; h > 0. The derivatives are
            declared functions of which nothing is known but that they are derivatives.
Exports.    one_sided_bound, central_bound.
Exports.    one_sided, central, parabola, cubic.
Source.     The step 0.01 of homework A, question 4b, and homework B, question 4b.
"""

from sympy import Abs, Derivative, Lambda, Rational

from therefore import (
    as_written,
    at_least,
    at_most,
    both,
    claim,
    define,
    derivation,
    equal,
    for_all,
    formula,
    has_derivative,
    implies,
    plot,
    positive,
    real,
    real_function,
)

x, u, M = real("x"), real("u"), real("M")
a, b, c = real("a"), real("b"), real("c")
h = positive("h")
f, f_1, f_2, f_3 = (real_function(name) for name in ("f", "f'", "f''", "f'''"))

with as_written():
    one_sided = (f(x + h) - f(x)) / h
    central = (f(x + h) - f(x - h)) / (2 * h)

    twice = [
        for_all(u, has_derivative(f(u), u, u, f_1(u))),
        for_all(u, has_derivative(f_1(u), u, u, f_2(u))),
    ]
    to_the_right = both(at_most(x, u), at_most(u, x + h))
    curved = for_all(u, implies(to_the_right, at_most(Abs(f_2(u)), M)))

    square = {f: Lambda(u, u**2 / 2), f_1: Lambda(u, u), f_2: Lambda(u, 1), x: 0, h: 1, M: 1}
    cube = {
        f: Lambda(u, u**3 / 6), f_1: Lambda(u, u**2 / 2), f_2: Lambda(u, u), f_3: Lambda(u, 1),
        x: 0, h: 1, M: 1,
    }  # fmt: skip

    one_sided_error = claim(
        at_most(Abs(one_sided - f_1(x)), M * h / 2), given=[*twice, curved]
    )
    one_sided_error.false_twin(at_most(Abs(one_sided - f_1(x)), M * h / 3), at=square)
    after_one_step = f(x + h) - f(x) - h * f_1(x)
    by_two_derivatives = derivation(
        at_most(after_one_step, M * h**2 / 2),
        at_least(after_one_step, -M * h**2 / 2),
        equal(one_sided - f_1(x), after_one_step / h),
        at_most(Abs(one_sided - f_1(x)), M * h / 2),
        proves=one_sided_error,
    )

    thrice = [*twice, for_all(u, has_derivative(f_2(u), u, u, f_3(u)))]
    around = both(at_most(x - h, u), at_most(u, x + h))
    bent = for_all(u, implies(around, at_most(Abs(f_3(u)), M)))

    central_error = claim(
        at_most(Abs(central - f_1(x)), M * h**2 / 6), given=[*thrice, bent]
    )
    central_error.false_twin(at_most(Abs(central - f_1(x)), M * h**2 / 7), at=cube)
    after_two_steps = f(x + h) - f(x - h) - 2 * h * f_1(x)
    by_three_derivatives = derivation(
        at_most(after_two_steps, M * h**3 / 3),
        at_least(after_two_steps, -M * h**3 / 3),
        equal(central - f_1(x), after_two_steps / (2 * h)),
        at_most(Abs(central - f_1(x)), M * h**2 / 6),
        proves=central_error,
    )
    # The same bound is not true of the one-sided quotient.
    central_error.false_twin(
        at_most(Abs(one_sided - f_1(x)), M * h**2 / 6),
        at={**square, f_3: Lambda(u, 0), M: 0},
    )

    parabola = define("q", (u,), M * u**2 / 2)
    one_sided_attained = claim(
        equal((parabola(x + h) - parabola(x)) / h - Derivative(parabola(x), x), M * h / 2)
    )
    one_sided_attained.false_twin(
        equal((parabola(x + h) - parabola(x)) / h - Derivative(parabola(x), x), M * h),
        at={x: 0, h: 1, M: 1},
    )

    cubic = define("k", (u,), M * u**3 / 6)
    central_attained = claim(
        equal(
            (cubic(x + h) - cubic(x - h)) / (2 * h) - Derivative(cubic(x), x), M * h**2 / 6
        )
    )
    central_attained.false_twin(
        equal(
            (cubic(x + h) - cubic(x - h)) / (2 * h) - Derivative(cubic(x), x), M * h**2 / 2
        ),
        at={x: 0, h: 1, M: 1},
    )

    line = define("l", (u,), a * u + b)
    one_sided_exact = claim(equal((line(x + h) - line(x)) / h, Derivative(line(x), x)))
    polynomial = define("p", (u,), a * u**2 + b * u + c)
    one_sided_exact.false_twin(
        equal((polynomial(x + h) - polynomial(x)) / h, Derivative(polynomial(x), x)),
        at={a: 1, b: 0, c: 0, x: 0, h: Rational(1, 100)},
    )
    central_exact = claim(
        equal(
            (polynomial(x + h) - polynomial(x - h)) / (2 * h), Derivative(polynomial(x), x)
        )
    )
    central_exact.false_twin(
        equal((cubic(x + h) - cubic(x - h)) / (2 * h), Derivative(cubic(x), x)),
        at={M: 6, x: 0, h: Rational(1, 100)},
    )

errors = plot(
    (h, Rational(1, 1000), 1),
    {"M h/2": one_sided_error.rhs, "M h^2/6": central_error.rhs},
    at={M: 1},
    beside=central_error,
    logarithmic="xy",
    caption="What the two quotients may be wrong by, for M = 1: the central one gains a digit "
    "twice as fast.",
)

one_sided_bound, central_bound = formula(one_sided_error.rhs), formula(central_error.rhs)
