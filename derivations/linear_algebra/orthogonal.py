r"""Orthogonal matrices keep lengths, angles and volumes.

Problem.    Q is square with Q^T Q = I.
Statements. (1) Q is invertible, Q^{-1} = Q^T, and Q Q^T = I.
            (2) |Q x| = |x| and <Q x, Q y> = <x, y>.
            (3) (det Q)^2 = 1.
            (4) The Frobenius norm is invariant: |Q A|_F^2 = |A|_F^2 = |A Q|_F^2.
            (5) Products of orthogonal matrices are orthogonal.
            (6) Cayley: (I - K)(I + K)^{-1} is orthogonal for K^T = -K, where I + K is invertible.
Method.     Q^T Q = I is put in. <v, (I + K) v> = |v|^2, so that I + K is invertible.
Shapes.     Q, R, A and K are n by n, x and y in R^n, for all n.
Exports.    cayley_transform.
Source.     Golub and Van Loan, Matrix Computations, sections 2.5.1 and 5.1.2.
"""

from therefore import (
    as_written,
    claim,
    derivation,
    det,
    dimension,
    equal,
    formula,
    frobenius_norm,
    identity,
    inner,
    inverse,
    invertible,
    matrix,
    norm,
    trace,
    transpose,
    vector,
)

n = dimension("n")
A, K = matrix("A", n, n), matrix("K", n, n)
Q, R = matrix("Q", n, n), matrix("R", n, n)
x, y = vector("x", n), vector("y", n)

with as_written():
    unit = identity(n)
    orthogonal = [equal(transpose(Q) * Q, unit)]

    regular = claim(invertible(Q), given=orthogonal)
    regular.false_twin(invertible(Q), given=[equal(Q * Q, Q)], at={n: 1})
    undone = claim(equal(inverse(Q), transpose(Q)), given=orthogonal)
    undone.false_twin(equal(inverse(Q), Q), at={n: 2})
    rows = claim(equal(Q * transpose(Q), unit), given=orthogonal)
    rows.false_twin(equal(Q * Q, unit), at={n: 2})

    lengths = claim(equal(norm(Q @ x), norm(x)), given=orthogonal)
    lengths.false_twin(equal(norm(Q @ x), norm(x)), given=[equal(det(Q) ** 2, 1)], at={n: 2})
    angles = claim(equal(inner(Q @ x, Q @ y), inner(x, y)), given=orthogonal)
    angles.false_twin(equal(inner(Q @ x, y), inner(x, Q @ y)), at={n: 2})

    volume = claim(equal(det(Q) ** 2, 1), given=orthogonal)
    volume.false_twin(equal(det(Q), 1), at={n: 1})

    size = frobenius_norm(A) ** 2
    from_left = claim(equal(frobenius_norm(Q * A) ** 2, size), given=orthogonal)
    derivation(
        frobenius_norm(Q * A) ** 2,
        "=", trace(transpose(A) * (transpose(Q) * Q) * A),
        "=", trace(transpose(A) * A),
        "=", size,
        given=orthogonal, proves=from_left,
    )  # fmt: skip
    from_left.false_twin(equal(frobenius_norm(Q + A) ** 2, size), at={n: 1})
    from_right = claim(equal(frobenius_norm(A * Q) ** 2, size), given=orthogonal)
    derivation(
        frobenius_norm(A * Q) ** 2,
        "=", trace(A * (Q * transpose(Q)) * transpose(A)),
        "=", trace(A * transpose(A)),
        "=", size,
        given=orthogonal, proves=from_right,
    )  # fmt: skip
    from_right.false_twin(equal(frobenius_norm(A * Q) ** 2, 2 * size), at={n: 1})

    product = claim(
        equal(transpose(Q * R) * (Q * R), unit), given=[*orthogonal, equal(transpose(R) * R, unit)]
    )
    product.false_twin(equal(transpose(Q + R) * (Q + R), unit), at={n: 1})

    skew = [equal(transpose(K), -K)]
    shifted = claim(invertible(unit + K), given=skew)
    shifted.false_twin(invertible(unit + K), given=[equal(transpose(K), K)], at={n: 1})
    turn = (unit - K) * inverse(unit + K)
    cayley = claim(equal(transpose(turn) * turn, unit), given=skew)
    cayley.false_twin(equal(transpose(turn) * turn, -unit), at={n: 1})

cayley_transform = formula(turn)
