r"""Symmetric and skew parts, quadratic forms, and sums that are positive definite.

Problem.    Every square A is the sum of (A + A^T)/2, which is symmetric, and of (A - A^T)/2, which
            is skew.
Statements. (1) The two parts are orthogonal: tr(S^T K) = 0 for symmetric S and skew K, and
                |A|_F^2 is the sum of the squares of their norms.
            (2) A quadratic form sees the symmetric part only: <x, A x> = <x, (A + A^T)/2 x>, and
                <x, K x> = 0 for skew K.
            (3) <v, A^T A v> >= 0 for every A, and A^T A + c I is invertible for c > 0.
            (4) A positive definite matrix is invertible, and its inverse is positive definite.
            (5) C P C^T is positive semidefinite where P is.
            (6) The symmetric part is the symmetric matrix nearest to A.
Method.     The trace of a matrix is that of its transpose; <v, A^T A v> = |A v|^2.
Shapes.     A, S, K and P are n by n, C is m by n, x and v in R^n, for all sizes.
Exports.    symmetric_part, skew_part.
Source.     Horn and Johnson, Matrix Analysis, sections 0.2.5 and 4.1.
"""

from therefore import (
    as_written,
    at_least,
    at_most,
    claim,
    derivation,
    dimension,
    equal,
    for_all,
    formula,
    frobenius_norm,
    greater,
    identity,
    implies,
    inner,
    inverse,
    invertible,
    matrix,
    not_equal,
    positive,
    real,
    trace,
    transpose,
    vector,
)

m, n, c, sign = dimension("m"), dimension("n"), positive("c"), real("a")
A, B, K = matrix("A", n, n), matrix("B", m, n), matrix("K", n, n)
P, S = matrix("P", n, n), matrix("S", n, n)
x, v, w = vector("x", n), vector("v", n), vector("w", m)

with as_written():
    even, odd = (A + transpose(A)) / 2, (A - transpose(A)) / 2
    of_kinds = [equal(transpose(S), S), equal(transpose(K), -K)]

    turned = claim(equal(trace(transpose(S) * K), -trace(transpose(S) * K)), given=of_kinds)
    derivation(
        trace(transpose(S) * K),
        "=", trace(transpose(K) * S),
        "=", trace(-K * S),
        "=", -trace(transpose(S) * K),
        given=of_kinds, proves=turned,
    )  # fmt: skip
    turned.false_twin(
        equal(trace(transpose(S) * K), -trace(transpose(S) * K)), given=of_kinds[:1], at={n: 1}
    )
    apart = claim(equal(trace(transpose(S) * K), 0), given=of_kinds, using=[turned])
    apart.false_twin(equal(trace(transpose(S) * K), 0), given=of_kinds[:1], at={n: 1})
    parts = claim(
        equal(frobenius_norm(A) ** 2, frobenius_norm(even) ** 2 + frobenius_norm(odd) ** 2)
    )
    parts.false_twin(
        equal(frobenius_norm(A) ** 2, frobenius_norm(even) ** 2 - frobenius_norm(odd) ** 2),
        at={n: 2},
    )

    form = claim(equal(inner(x, A @ x), inner(x, even @ x)))
    form.false_twin(equal(inner(x, A @ x), inner(x, odd @ x)), at={n: 1})
    no_form = claim(equal(inner(x, K @ x), 0), given=of_kinds[1:])
    no_form.false_twin(equal(inner(x, S @ x), 0), given=of_kinds[:1], at={n: 1})

    gram = claim(at_least(inner(v, (transpose(B) * B) @ v), 0))
    gram.false_twin(at_least(inner(v, (A * A) @ v), 0), at={n: 2})
    regular = claim(invertible(transpose(B) * B + c * identity(n)))
    regular.false_twin(invertible(transpose(B) * B + sign * identity(n)), at={m: 1, n: 1})

    definite = [for_all(x, implies(not_equal(x, 0), greater(inner(x, P @ x), 0)))]
    has_inverse = claim(invertible(P), given=definite)
    has_inverse.false_twin(
        invertible(P), given=[for_all(x, at_least(inner(x, P @ x), 0))], at={n: 1}
    )
    of_inverse = claim(greater(inner(v, inverse(P) @ v), 0), given=[*definite, not_equal(v, 0)])
    of_inverse.false_twin(greater(inner(v, (P - inverse(P)) @ v), 0), at={n: 1})

    semidefinite = [for_all(x, at_least(inner(x, P @ x), 0))]
    carried = claim(at_least(inner(w, (B * P * transpose(B)) @ w), 0), given=semidefinite)
    carried.false_twin(at_least(inner(v, (A * P * A) @ v), 0), given=semidefinite, at={n: 2})

    nearest = claim(
        at_most(frobenius_norm(A - even) ** 2, frobenius_norm(A - S) ** 2), given=of_kinds[:1]
    )
    derivation(
        frobenius_norm(A - S) ** 2,
        "=", frobenius_norm(A - even) ** 2 + frobenius_norm(even - S) ** 2,
        ">=", frobenius_norm(A - even) ** 2,
        given=of_kinds[:1], proves=nearest,
    )  # fmt: skip
    nearest.false_twin(
        at_most(frobenius_norm(A - even) ** 2, frobenius_norm(A - S) ** 2), given=[], at={n: 2}
    )

symmetric_part = formula(even)
skew_part = formula(odd)
