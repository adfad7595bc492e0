r"""Kronecker products, and the vector of a matrix's columns.

Problem.    A (x) B is the matrix of the blocks A_ij B; vec(X) stacks the columns of X.
Statements. (1) (A (x) B)(C (x) D) = (A C) (x) (B D).
            (2) vec(L X G) = (G^T (x) L) vec(X).
            (3) (A (x) B)^T = A^T (x) B^T, and A (x) (B + E) = A (x) B + A (x) E.
            (4) (P (x) Q)^{-1} = P^{-1} (x) Q^{-1} for invertible P and Q.
            (5) tr(P (x) Q) = tr P tr Q, and det(P (x) Q) = (det P)^n (det Q)^m.
            (6) <vec(X), vec(Y)> = tr(X^T Y).
            (7) vec(P X + X Q) = (I (x) P + Q^T (x) I) vec(X), so that Sylvester's equation
                P X + X Q = F is a linear system.
Method.     Block by block; the inverse by (1), the determinant by the factors P (x) I, I (x) Q.
Shapes.     A is p by q, B and E are r by s, C is q by k, D is s by t, X and Y are m by n, L is p by
            m, G is n by r, P is m by m and Q is n by n, for all sizes.
Exports.    mixed_product, inverse_of_product.
Source.     Matrix Cookbook, section 10.2.
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
    kronecker,
    matrix,
    trace,
    transpose,
    vec,
)

k, m, n = dimension("k"), dimension("m"), dimension("n")
p, q, r, s, t = (dimension(name) for name in "pqrst")
A, B, C, D = matrix("A", p, q), matrix("B", r, s), matrix("C", q, k), matrix("D", s, t)
E, G = matrix("E", r, s), matrix("G", n, r)
L, P, Q = matrix("L", p, m), matrix("P", m, m), matrix("Q", n, n)
X, Y = matrix("X", m, n), matrix("Y", m, n)

with as_written():
    mixed = claim(equal(kronecker(A, B) * kronecker(C, D), kronecker(A * C, B * D)))
    mixed.false_twin(equal(kronecker(P, Q) * kronecker(P, Q), kronecker(P * P, Q)))

    of_product = claim(equal(vec(L * X * G), kronecker(transpose(G), L) @ vec(X)))
    of_product.false_twin(equal(vec(P * X * Q), kronecker(Q, P) @ vec(X)), at={m: 1, n: 2})

    turned = claim(equal(transpose(kronecker(A, B)), kronecker(transpose(A), transpose(B))))
    turned.false_twin(equal(kronecker(P, Q), kronecker(transpose(P), transpose(Q))))
    linear = claim(equal(kronecker(A, B + E), kronecker(A, B) + kronecker(A, E)))
    linear.false_twin(equal(kronecker(A, B), kronecker(A, B) + kronecker(A, E)))

    regular = [invertible(P), invertible(Q)]
    inverted = claim(
        equal(inverse(kronecker(P, Q)), kronecker(inverse(P), inverse(Q))), given=regular
    )
    inverted.false_twin(equal(inverse(kronecker(P, Q)), kronecker(inverse(P), Q)), at={m: 1, n: 1})

    of_trace = claim(equal(trace(kronecker(P, Q)), trace(P) * trace(Q)))
    of_trace.false_twin(equal(trace(kronecker(P, Q)), trace(P) + trace(Q)), at={m: 1, n: 1})
    of_determinant = claim(equal(det(kronecker(P, Q)), det(P) ** n * det(Q) ** m))
    of_determinant.false_twin(
        equal(det(kronecker(P, Q)), det(P) ** m * det(Q) ** n), at={m: 1, n: 2}
    )

    product = claim(equal(inner(vec(X), vec(Y)), trace(transpose(X) * Y)))
    product.false_twin(equal(inner(vec(P), vec(P)), trace(P * P)), at={m: 2})

    system = kronecker(identity(n), P) + kronecker(transpose(Q), identity(m))
    sylvester = claim(equal(vec(P * X + X * Q), system @ vec(X)))
    other = kronecker(identity(n), P) + kronecker(Q, identity(m))
    sylvester.false_twin(equal(vec(P * X + X * Q), other @ vec(X)), at={m: 1, n: 2})

mixed_product = formula(mixed.rhs)
inverse_of_product = formula(inverted.rhs)
