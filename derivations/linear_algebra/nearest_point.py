r"""The nearest point in the span of a matrix's columns: the projection P = A (A^T A)^{-1} A^T.

Problem.    A has independent columns: A^T A is invertible. Which A v is nearest to x?
Statements. (1) P A = A, and (I - P) A = 0.
            (2) Pythagoras: |x|^2 = |P x|^2 + |x - P x|^2, and so |P x| <= |x|.
            (3) |x - A v|^2 = |x - P x|^2 + |P x - A v|^2 for every v.
            (4) P x is the nearest point: |x - P x|^2 <= |x - A v|^2 for every v.
            (5) tr P is the number of columns of A.
            (6) I - 2 P is orthogonal: the reflection in the complement of the span.
Method.     A^T (x - P x) = 0.
Shapes.     A is n by k, x is in R^n, v in R^k, for all sizes.
Exports.    projection, nearest_point.
Source.     Strang, Introduction to Linear Algebra, section 4.2.
"""

from therefore import (
    as_written,
    at_most,
    claim,
    derivation,
    dimension,
    equal,
    formula,
    identity,
    inverse,
    invertible,
    matrix,
    norm,
    trace,
    transpose,
    vector,
)

k, n = dimension("k"), dimension("n")
A, x, v = matrix("A", n, k), vector("x", n), vector("v", k)

with as_written():
    independent = [invertible(transpose(A) * A)]
    P = A * inverse(transpose(A) * A) * transpose(A)
    rest = identity(n) - P

    keeps = claim(equal(P * A, A), given=independent)
    keeps.false_twin(equal(rest * A, A), at={n: 1, k: 1})

    kills = claim(equal(rest * A, 0 * A), given=independent)
    kills.false_twin(equal(P * A, 0 * A), at={n: 1, k: 1})

    pythagoras = claim(
        equal(norm(x) ** 2, norm(P @ x) ** 2 + norm(x - P @ x) ** 2), given=independent
    )
    pythagoras.false_twin(
        equal(norm(x) ** 2, norm(P @ x) ** 2 - norm(x - P @ x) ** 2), at={n: 2, k: 1}
    )
    shorter = claim(at_most(norm(P @ x), norm(x)), given=independent)
    shorter.false_twin(at_most(norm(x), norm(P @ x)), at={n: 2, k: 1})

    split = norm(x - P @ x) ** 2 + norm(P @ x - A @ v) ** 2
    distance = claim(equal(norm(x - A @ v) ** 2, split), given=independent)
    distance.false_twin(equal(norm(x + A @ v) ** 2, split), at={n: 1, k: 1})
    nearest = claim(at_most(norm(x - P @ x) ** 2, norm(x - A @ v) ** 2), given=independent)
    derivation(
        norm(x - A @ v) ** 2, "=", split, ">=", norm(x - P @ x) ** 2,
        given=independent, proves=nearest,
    )  # fmt: skip
    nearest.false_twin(at_most(norm(x - A @ v) ** 2, norm(x - P @ x) ** 2), at={n: 1, k: 1})

    rank = claim(equal(trace(P), k), given=independent)
    rank.false_twin(equal(trace(P), n), at={n: 2, k: 1})

    mirror = identity(n) - 2 * P
    reflection = claim(equal(transpose(mirror) * mirror, identity(n)), given=independent)
    reflection.false_twin(equal(transpose(rest) * rest, identity(n)), at={n: 1, k: 1})

projection = formula(P)
nearest_point = formula(P @ x)
