r"""Projections and reflections: the hat matrix of least squares, complements, Householder's matrix.

Problem.    Which matrices project, and which reflect?
Statements. (1) H = X (X^T X)^-1 X^T is symmetric and H H = H, for an X of full column rank.
            (2) (I - P)(I - P) = I - P, if P P = P.
            (3) I - 2 P is its own inverse, if P P = P.
            (4) I - 2 u u^T / <u, u> is orthogonal, for u that is not 0.
            (5) <P x, y - P y> = 0 for an orthogonal projection P.
Method.     left - right = sum of a_i (known equation i) b_i.
Shapes.     X is n by d, P n by n; u, x, y in R^n.
Exports.    hat_matrix, reflection.
Source.     Trefethen and Bau, Numerical Linear Algebra, lectures 6 and 10.
"""

from therefore import (
    all_of,
    as_written,
    claim,
    dimension,
    equal,
    formula,
    full_column_rank,
    idempotent,
    identity,
    inner,
    inverse,
    matrix,
    not_equal,
    orthogonal_projection,
    outer,
    transpose,
    vector,
)

n, d = dimension("n"), dimension("d")
X, P = matrix("X", n, d), matrix("P", n, n)
u, x, y = vector("u", n), vector("x", n), vector("y", n)

with as_written():
    hat = X * inverse(transpose(X) * X) * transpose(X)
    of_least_squares = claim(
        all_of(equal(transpose(hat), hat), equal(hat * hat, hat)), given=[full_column_rank(X)]
    )
    of_least_squares.false_twin(equal(hat, identity(n)), at={n: 2, d: 1})

    rest = identity(n) - P
    complement = claim(equal(rest * rest, rest), given=[idempotent(P)])
    complement.false_twin(equal(transpose(P), P), at={n: 2})

    turned = identity(n) - 2 * P
    own_inverse = claim(equal(inverse(turned), turned), given=[idempotent(P)])
    own_inverse.false_twin(equal(inverse(rest), rest), at={n: 1})

    mirror = identity(n) - (2 / inner(u, u)) * outer(u, u)
    householder = claim(equal(transpose(mirror) * mirror, identity(n)), given=[not_equal(u, 0)])
    householder.false_twin(
        equal(transpose(identity(n) - outer(u, u)) * (identity(n) - outer(u, u)), identity(n)),
        at={n: 1},
    )

    right_angle = claim(equal(inner(P @ x, y - P @ y), 0), given=[orthogonal_projection(P)])
    right_angle.false_twin(equal(inner(P @ x, y - P @ y), 0), given=[idempotent(P)], at={n: 2})

hat_matrix = formula(hat)
reflection = formula(mirror)
