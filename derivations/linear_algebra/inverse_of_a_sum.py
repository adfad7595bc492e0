r"""Inverses of sums: pushing through, Woodbury's formula, and a change of rank one.

Problem.    A matrix whose inverse is known is changed by a product of low rank: is the new one
            invertible, and what is its inverse?
Statements. (1) (I + A B)^-1 A = A (I + B A)^-1, if I + A B is invertible: then so is I + B A.
            (2) (S + U C V)^-1 = S^-1 - S^-1 U (C^-1 + V S^-1 U)^-1 V S^-1, if S, C and
                C^-1 + V S^-1 U are invertible: then so is S + U C V. (Woodbury)
            (3) (S + u v^T)^-1 = S^-1 - S^-1 u v^T S^-1 / (1 + v^T S^-1 u), if S is invertible and
                1 + v^T S^-1 u is not 0. (Sherman and Morrison)
            (4) (S^-1 + T^-1)^-1 = S (S + T)^-1 T, if S, T and S + T are invertible.
            (5) (S + T)^-1 - S^-1 = -S^-1 T (S + T)^-1, if S and S + T are invertible.
Method.     That a matrix sends only 0 to 0; then left - right = sum of a_i (known equation i) b_i.
Shapes.     A is m by n, B n by m, S, T n by n, C k by k, U n by k, V k by n; u, v in R^n.
Exports.    pushed_through, woodbury_inverse, rank_one_inverse.
Source.     Matrix Cookbook, section 3.2; Henderson and Searle, SIAM Review 23, 1981.
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
    not_equal,
    outer,
    vector,
)

m, n, k = dimension("m"), dimension("n"), dimension("k")
A, B = matrix("A", m, n), matrix("B", n, m)
S, T, C = matrix("S", n, n), matrix("T", n, n), matrix("C", k, k)
U, V = matrix("U", n, k), matrix("V", k, n)
u, v = vector("u", n), vector("v", n)

with as_written():
    left = inverse(identity(m) + A * B) * A
    push = claim(
        equal(left, A * inverse(identity(n) + B * A)), given=[invertible(identity(m) + A * B)]
    )
    push.false_twin(equal(left, A * inverse(identity(n) - B * A)), at={m: 1, n: 1})

    core = inverse(C) + V * inverse(S) * U
    change = inverse(S) * U * inverse(core) * V * inverse(S)
    woodbury = claim(
        equal(inverse(S + U * C * V), inverse(S) - change),
        given=[invertible(S), invertible(C), invertible(core)],
    )
    woodbury.false_twin(equal(inverse(S + U * C * V), inverse(S) + change), at={n: 1, k: 1})

    below = 1 + inner(v, inverse(S) @ u)
    bent = inverse(S) * outer(u, v) * inverse(S)
    rank_one = claim(
        equal(inverse(S + outer(u, v)), inverse(S) - bent / below),
        given=[invertible(S), not_equal(below, 0)],
    )
    rank_one.false_twin(equal(inverse(S + outer(u, v)), inverse(S) - bent), at={n: 1})

    parallel = claim(
        equal(inverse(inverse(S) + inverse(T)), S * inverse(S + T) * T),
        given=[invertible(S), invertible(T), invertible(S + T)],
    )
    parallel.false_twin(equal(inverse(inverse(S) + inverse(T)), inverse(S + T) * S * T), at={n: 2})

    apart = claim(
        equal(inverse(S + T) - inverse(S), -(inverse(S) * T * inverse(S + T))),
        given=[invertible(S), invertible(S + T)],
    )
    apart.false_twin(equal(inverse(S + T) - inverse(S), -(inverse(S) * T * inverse(S))), at={n: 1})

pushed_through = formula(push.rhs)
woodbury_inverse = formula(woodbury.rhs)
rank_one_inverse = formula(rank_one.rhs)
