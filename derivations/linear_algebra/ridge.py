r"""Ridge regression in both forms, and the gain of a filter.

Problem.    Least squares with a ridge needs the inverse of a d by d matrix, or of an n by n one;
            so do the two forms of the gain with which a measurement corrects an estimate.
Statements. (1) (X^T X + l I)^-1 X^T = X^T (X X^T + l I)^-1, for every X and l > 0.
            (2) (P^-1 + H^T R^-1 H)^-1 H^T R^-1 = P H^T (H P H^T + R)^-1 for positive definite P, R.
            (3) (P^-1 + H^T R^-1 H)^-1 = P - P H^T (H P H^T + R)^-1 H P.
            (4) H P H^T + R is positive definite.
Method.     <v, (X^T X + l I) v> = |X v|^2 + l |v|^2 is positive for v that is not 0, so that the
            matrix is invertible; so for the others. The rest is a sum of multiplied equations.
Shapes.     X is n by d, P n by n, R m by m, H m by n; l is a number.
Exports.    ridge_of_features, ridge_of_samples, gain.
Source.     Matrix Cookbook, 3.2.3 (158); Anderson and Moore, Optimal Filtering, section 6.3.
"""

from therefore import (
    as_written,
    claim,
    dimension,
    equal,
    formula,
    identity,
    inverse,
    matrix,
    positive,
    positive_definite,
    real,
    transpose,
)

m, n, d, ridge, free = (
    dimension("m"), dimension("n"), dimension("d"), positive("l"), real("r")
)  # fmt: skip
X, P, R, H = matrix("X", n, d), matrix("P", n, n), matrix("R", m, m), matrix("H", m, n)
definite = [positive_definite(P), positive_definite(R)]

with as_written():
    of_features = inverse(transpose(X) * X + ridge * identity(d)) * transpose(X)
    of_samples = transpose(X) * inverse(X * transpose(X) + ridge * identity(n))
    two_forms = claim(equal(of_features, of_samples))
    two_forms.false_twin(
        equal(
            inverse(transpose(X) * X + free * identity(d)) * transpose(X),
            transpose(X) * inverse(X * transpose(X) + free * identity(n)),
        ),
        at={n: 1, d: 1},
    )

    information = inverse(P) + transpose(H) * inverse(R) * H
    spread = H * P * transpose(H) + R
    by_information = inverse(information) * transpose(H) * inverse(R)
    by_spread = P * transpose(H) * inverse(spread)
    gains = claim(equal(by_information, by_spread), given=definite)
    gains.false_twin(equal(inverse(information) * transpose(H), by_spread), at={n: 1, m: 1})

    update = claim(
        equal(inverse(information), P - P * transpose(H) * inverse(spread) * H * P), given=definite
    )
    update.false_twin(
        equal(inverse(information), P + P * transpose(H) * inverse(spread) * H * P),
        at={n: 1, m: 1},
    )

    spread_is_definite = claim(positive_definite(spread), given=definite)
    spread_is_definite.false_twin(
        positive_definite(H * P * transpose(H) - R), at={n: 1, m: 1}
    )

ridge_of_features, ridge_of_samples = formula(of_features), formula(of_samples)
gain = formula(by_spread)
