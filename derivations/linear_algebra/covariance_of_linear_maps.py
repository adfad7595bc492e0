r"""Means and covariances of linear maps of random vectors, for every law with second moments.

Problem.    x and z are random vectors with means m and l, covariances S and T and
            Cov[x, z] = E[(x - m)(z - l)^T] = C. A, B and D are constant.
Statements. (1) E[A x + a] = A m + a and Cov[A x + a] = A S A^T.
            (2) Cov[A x + a, D z + d] = A C D^T, and Cov[x, z] = E[x z^T] - E[x] E[z]^T.
            (3) E[(A x + a)(B x + b)^T] = A S B^T + (A m + a)(B m + b)^T.
            (4) E[<x, F x>] = tr(F S) + <m, F m>, for every square F.
            (5) The gradient of the risk E[<x, w> - y]^2 in w is 2 (E[x x^T] w - E[y x]).
Method.     Expectations are linear, and E[x x^T] = S + m m^T.
Shapes.     x in R^n, z in R^k, A is p by n, B is q by n, D is q by k, F is n by n, for all sizes;
            y is a random number.
Exports.    second_moment, mean_of_form.
Source.     Matrix Cookbook, sections 6.1 and 6.2.
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
    grad,
    inner,
    matrix,
    outer,
    random_number,
    random_vector,
    trace,
    transpose,
    vector,
)

n, k, p, q = dimension("n"), dimension("k"), dimension("p"), dimension("q")
x, z, y = random_vector("x", n), random_vector("z", k), random_number("y")
m, w = vector("m", n), vector("w", n)
S, C, F = matrix("S", n, n), matrix("C", n, k), matrix("F", n, n)
A, B, D = matrix("A", p, n), matrix("B", q, n), matrix("D", q, k)
a, b, d = vector("a", p), vector("b", q), vector("d", q)

with as_written():
    second = finite_moments(x, 2)
    of_both = [second, finite_moments(z, 2)]
    moments = [second, equal(expectation(x), m), equal(covariance(x), S)]

    mean = claim(equal(expectation(A @ x + a), A @ m + a), given=moments)
    mean.false_twin(equal(expectation(A @ x + a), A @ m), at={n: 1, p: 1})
    spread = claim(equal(covariance(A @ x + a), A * S * transpose(A)), given=moments)
    spread.false_twin(
        equal(covariance(A @ x + a), A * S * transpose(A) + outer(a, a)), at={n: 1, p: 1}
    )

    cross = claim(
        equal(covariance(A @ x + a, D @ z + d), A * C * transpose(D)),
        given=[*of_both, equal(covariance(x, z), C)],
    )
    cross.false_twin(
        equal(covariance(A @ x + a, D @ z + d), A * C * transpose(D) + outer(a, d)),
        at={n: 1, k: 1, p: 1, q: 1},
    )
    away = expectation(outer(x, z)) - outer(expectation(x), expectation(z))
    uncentred = claim(equal(covariance(x, z), away), given=of_both)
    uncentred.false_twin(
        equal(expectation(outer(x, z)), outer(expectation(x), expectation(z))), at={n: 1, k: 1}
    )

    product = expectation(outer(A @ x + a, B @ x + b))
    second_moment = A * S * transpose(B) + outer(A @ m + a, B @ m + b)
    of_product = claim(equal(product, second_moment), given=moments)
    of_product.false_twin(equal(product, outer(A @ m + a, B @ m + b)), at={n: 1, p: 1, q: 1})

    mean_of_form = trace(F * S) + inner(m, F @ m)
    of_form = claim(equal(expectation(inner(x, F @ x)), mean_of_form), given=moments)
    of_form.false_twin(equal(expectation(inner(x, F @ x)), inner(m, F @ m)), at={n: 1})

    risk = expectation((inner(x, w) - y) ** 2)
    slope = 2 * (expectation(outer(x, x)) @ w - expectation(y * x))
    of_risk = claim(equal(grad(risk, w), slope), given=[second, finite_moments(y, 2)])
    of_risk.false_twin(
        equal(grad(risk, w), 2 * (expectation(outer(x, x)) @ w - expectation(y) * expectation(x))),
        at={n: 1},
    )

second_moment = formula(of_product.rhs)
mean_of_form = formula(of_form.rhs)
