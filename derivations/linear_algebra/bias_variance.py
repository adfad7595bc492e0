r"""The mean squared error is squared bias, variance and noise.

Problem.    An estimate e of a vector t: a random vector with second moments. A prediction f of a
            random number y, of which it is independent: f depends on a training set, y on noise.
Statements. (1) E|e - t|^2 = |E[e] - t|^2 + tr Cov[e].
            (2) E[(y - f)^2] = Var[y] + (E[f] - E[y])^2 + Var[f] for independent y and f.
            (3) Without that, twice the covariance is taken off.
Method.     Expectations are linear; E[y f] = E[y] E[f] + Cov[y, f].
Shapes.     e and t in R^n, for every n; y and f are numbers.
Exports.    mean_squared_error, prediction_error.
Source.     Hastie, Tibshirani and Friedman, The Elements of Statistical Learning, section 7.3.
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
    independent,
    norm,
    random_number,
    random_vector,
    trace,
    variance,
    vector,
)

n = dimension("n")
e, t = random_vector("e", n), vector("t", n)
f, y = random_number("f"), random_number("y")

with as_written():
    squared_bias = norm(expectation(e) - t) ** 2
    of_estimate = claim(
        equal(expectation(norm(e - t) ** 2), squared_bias + trace(covariance(e))),
        given=[finite_moments(e, 2)],
    )
    of_estimate.false_twin(equal(expectation(norm(e - t) ** 2), squared_bias), at={n: 1})

    both = [finite_moments(y, 2), finite_moments(f, 2)]
    error = expectation((y - f) ** 2)
    parts = variance(y) + (expectation(f) - expectation(y)) ** 2 + variance(f)
    of_prediction = claim(equal(error, parts), given=[*both, independent(y, f)])
    of_prediction.false_twin(equal(error, parts), given=both)

    correlated = claim(equal(error, parts - 2 * covariance(y, f)), given=both)
    correlated.false_twin(equal(error, parts + 2 * covariance(y, f)))

mean_squared_error = formula(of_estimate.rhs)
prediction_error = formula(of_prediction.rhs)
