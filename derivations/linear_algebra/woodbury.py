r"""Woodbury's identity and Sherman and Morrison's: the inverse after an update of low rank.

Problem.    An invertible matrix A is changed by a product U C V of narrow matrices.
Statements. (1) (A + U C V)^{-1} = A^{-1} - A^{-1} U (C^{-1} + V A^{-1} U)^{-1} V A^{-1} where A, C
                and C^{-1} + V A^{-1} U are invertible: A + U C V then is.
            (2) (A + u v^T)^{-1} = A^{-1} - A^{-1} u v^T A^{-1} / (1 + <v, A^{-1} u>) where A is
                invertible and 1 + <v, A^{-1} u> is not 0.
            (3) (I + u u^T)^{-1} = I - u u^T / (1 + |u|^2), for every u.
Method.     The right side is multiplied out with A + U C V, from the left and from the right.
Shapes.     A is n by n, U is n by k, C is k by k, V is k by n, u and v are in R^n, for all sizes.
Exports.    updated_inverse, rank_one_update.
Source.     Matrix Cookbook, sections 3.2.2 and 3.2.4.
"""

from therefore import (
    as_written,
    claim,
    dimension,
    equal,
    formula,
    identity,
    inner,
    inverse,
    invertible,
    matrix,
    norm,
    not_equal,
    outer,
    vector,
)

k, n = dimension("k"), dimension("n")
A, C = matrix("A", n, n), matrix("C", k, k)
U, V = matrix("U", n, k), matrix("V", k, n)
u, v = vector("u", n), vector("v", n)

with as_written():
    small = inverse(C) + V * inverse(A) * U
    known = [invertible(A), invertible(C), invertible(small)]
    updated = inverse(A) - inverse(A) * U * inverse(small) * V * inverse(A)
    woodbury = claim(equal(inverse(A + U * C * V), updated), given=known)
    without_small = inverse(A) - inverse(A) * U * C * V * inverse(A)
    woodbury.false_twin(equal(inverse(A + U * C * V), without_small), at={n: 1, k: 1})

    ratio = 1 + inner(v, inverse(A) @ u)
    rank_one, regular = A + outer(u, v), [invertible(A), not_equal(ratio, 0)]
    correction = inverse(A) * outer(u, v) * inverse(A) / ratio
    sherman_morrison = claim(equal(inverse(rank_one), inverse(A) - correction), given=regular)
    sherman_morrison.false_twin(equal(inverse(rank_one), inverse(A) + correction), at={n: 1})

    of_identity = claim(
        equal(inverse(identity(n) + outer(u, u)), identity(n) - outer(u, u) / (1 + norm(u) ** 2))
    )
    of_identity.false_twin(
        equal(inverse(identity(n) + outer(u, u)), identity(n) - outer(u, u)), at={n: 1}
    )

updated_inverse = formula(woodbury.rhs)
rank_one_update = formula(sherman_morrison.rhs)
