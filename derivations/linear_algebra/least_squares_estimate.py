r"""Mean and covariance of the least-squares estimate.

Problem.    Observed is y = X t + e for a fixed matrix X of full column rank, an unknown vector t
            and noise e with mean 0 and covariance s^2 I; nothing else is assumed of its law. The
            estimate is (X^T X)^{-1} X^T y.
Statements. (1) The mean of the estimate is t.
            (2) Its covariance is s^2 (X^T X)^{-1}.
            (3) The mean of the squared residual |y - X t|^2 is n s^2.
Method.     A linear map of e: E[M e] = M E[e] and Cov[M e] = M Cov[e] M^T.
Shapes.     X is n by d, t in R^d, e in R^n, for all sizes.
Exports.    mean_of_estimate, covariance_of_estimate.
Source.     Hastie, Tibshirani and Friedman, The Elements of Statistical Learning, section 3.2.
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
    identity,
    inverse,
    invertible,
    matrix,
    norm,
    random_vector,
    real,
    transpose,
    vector,
)

n, d, s = dimension("n"), dimension("d"), real("s")
X, t, e = matrix("X", n, d), vector("t", d), random_vector("e", n)

with as_written():
    gram = transpose(X) * X
    estimate = (inverse(gram) * transpose(X)) @ (X @ t + e)
    noise = [
        finite_moments(e, 2),
        equal(expectation(e), 0),
        equal(covariance(e), s**2 * identity(n)),
    ]
    given = [invertible(gram), *noise]

    unbiased = claim(equal(expectation(estimate), t), given=given)
    unbiased.false_twin(
        equal(expectation(estimate), t), given=[invertible(gram), finite_moments(e, 1)]
    )

    spread = claim(equal(covariance(estimate), s**2 * inverse(gram)), given=given)
    spread.false_twin(equal(covariance(estimate), s**2 * gram), at={n: 1, d: 1, s: 1})

    residual = claim(equal(expectation(norm(X @ t + e - X @ t) ** 2), n * s**2), given=noise)
    residual.false_twin(
        equal(expectation(norm(X @ t + e - X @ t) ** 2), s**2), at={n: 2, d: 1, s: 1}
    )

mean_of_estimate = formula(unbiased.rhs)
covariance_of_estimate = formula(spread.rhs)
