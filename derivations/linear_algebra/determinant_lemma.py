r"""The matrix determinant lemma: the determinant after an update of low rank.

Problem.    The determinant of a square matrix that differs from a plain one by a product of
            narrow matrices.
Statements. (1) det(I + A B) = det(I + B A), and so det(I + u v^T) = 1 + <u, v>.
            (2) det(M + u v^T) = det M (1 + <v, M^{-1} u>) for invertible M.
            (3) det(M + U C V) = det(C^{-1} + V M^{-1} U) det C det M for invertible M and C.
            (4) I + u v^T is invertible where 1 + <u, v> is not 0.
Method.     A matrix of two by two blocks is a product of triangular ones in two ways.
Shapes.     A and U are n by k, B and V are k by n, C is k by k, M is n by n, u and v are in R^n,
            for all sizes.
Exports.    rank_one_determinant, updated_determinant.
Source.     Matrix Cookbook, section 3.2 and appendix; Sylvester 1851.
"""

from therefore import (
    as_written,
    claim,
    det,
    dimension,
    equal,
    formula,
    identity,
    inner,
    inverse,
    invertible,
    matrix,
    not_equal,
    outer,
    vector,
)

k, n = dimension("k"), dimension("n")
A, B = matrix("A", n, k), matrix("B", k, n)
C, M = matrix("C", k, k), matrix("M", n, n)
U, V = matrix("U", n, k), matrix("V", k, n)
u, v = vector("u", n), vector("v", n)

with as_written():
    swapped = claim(equal(det(identity(n) + A * B), det(identity(k) + B * A)))
    swapped.false_twin(equal(det(identity(n) + A * B), det(identity(k) - B * A)), at={n: 1, k: 1})

    rank_one = claim(equal(det(identity(n) + outer(u, v)), 1 + inner(u, v)))
    rank_one.false_twin(equal(det(identity(n) + outer(u, v)), 1 - inner(u, v)), at={n: 1})

    lemma = claim(
        equal(det(M + outer(u, v)), det(M) * (1 + inner(v, inverse(M) @ u))),
        given=[invertible(M)],
    )
    lemma.false_twin(equal(det(M + outer(u, v)), det(M) * (1 + inner(v, M @ u))), at={n: 1})

    small = inverse(C) + V * inverse(M) * U
    update = claim(
        equal(det(M + U * C * V), det(small) * det(C) * det(M)),
        given=[invertible(M), invertible(C)],
    )
    update.false_twin(equal(det(M + U * C * V), det(small) * det(M)), at={n: 1, k: 1})

    regular = claim(invertible(identity(n) + outer(u, v)), given=[not_equal(1 + inner(u, v), 0)])
    regular.false_twin(
        invertible(identity(n) + outer(u, v)), given=[not_equal(inner(u, v), 0)], at={n: 1}
    )

rank_one_determinant = formula(lemma.rhs)
updated_determinant = formula(update.rhs)
