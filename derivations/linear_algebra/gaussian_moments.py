r"""Third and fourth moments of Gaussian vectors.

Problem.    x is normal with mean m and covariance S, which may be singular. Write R = S + m m^T.
Statements. (1) E[<b, x> x x^T] = <b, m> R + m (S b)^T + (S b) m^T, for every constant b.
            (2) E[x x^T A x x^T] = R (A + A^T) R + <m, A m> (S - m m^T) + tr(A S) R.
            (3) E[|x|^4] = 2 tr(S^2) + 4 <m, S m> + (tr(S) + |m|^2)^2.
            (4) E[<x, A x> <x, B x>] = tr(A S (B + B^T) S) + <m, (A + A^T) S (B + B^T) m>
                + (tr(A S) + <m, A m>)(tr(B S) + <m, B m>).
Method.     Isserlis's theorem: E[<a, x> F(x)] = <a, m> E[F(x)] + E[<S a, grad F(x)>].
Shapes.     x, m, b in R^n, A, B and S are n by n, for every n.
Exports.    fourth_moment.
Source.     Matrix Cookbook, section 8.2.
"""

from therefore import (
    as_written,
    claim,
    covariance,
    dimension,
    equal,
    expectation,
    finite_moments,
    formula,
    gaussian,
    inner,
    matrix,
    norm,
    outer,
    random_vector,
    trace,
    transpose,
    vector,
)

n = dimension("n")
x, m, b = random_vector("x", n), vector("m", n), vector("b", n)
A, B, S = matrix("A", n, n), matrix("B", n, n), matrix("S", n, n)

with as_written():
    normal = [gaussian(x, m, S)]
    R = S + outer(m, m)

    third = expectation(inner(b, x) * outer(x, x))
    of_third = claim(
        equal(third, inner(b, m) * R + outer(m, S @ b) + outer(S @ b, m)), given=normal
    )
    of_third.false_twin(equal(third, inner(b, m) * R), at={n: 1})

    form = expectation(outer(x, x) * A * outer(x, x))
    value = R * (A + transpose(A)) * R + inner(m, A @ m) * (S - outer(m, m)) + trace(A * S) * R
    of_form = claim(equal(form, value), given=normal)
    of_form.false_twin(
        equal(form, R * (2 * A) * R + inner(m, A @ m) * (S - outer(m, m)) + trace(A * S) * R),
        at={n: 2},
    )

    fourth = expectation(norm(x) ** 4)
    by_traces = 2 * trace(S * S) + 4 * inner(m, S @ m) + (trace(S) + norm(m) ** 2) ** 2
    of_fourth = claim(equal(fourth, by_traces), given=normal)
    given_moments = [finite_moments(x, 4), equal(expectation(x), m), equal(covariance(x), S)]
    of_fourth.false_twin(equal(fourth, by_traces), given=given_moments, at={n: 1})

    two = expectation(inner(x, A @ x) * inner(x, B @ x))
    ends = (trace(A * S) + inner(m, A @ m)) * (trace(B * S) + inner(m, B @ m))
    across = (A + transpose(A)) * S * (B + transpose(B))
    of_two = claim(
        equal(two, trace(A * S * (B + transpose(B)) * S) + inner(m, across @ m) + ends),
        given=normal,
    )
    of_two.false_twin(equal(two, 2 * trace(A * S * B * S) + inner(m, across @ m) + ends), at={n: 2})

fourth_moment = formula(of_fourth.rhs)
