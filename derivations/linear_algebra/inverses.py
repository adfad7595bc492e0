r"""Rules for inverses, transposes and traces.

Problem.    Square matrices that have inverses, and products of matrices that fit.
Statements. (1) (A B)^{-1} = B^{-1} A^{-1}, and (A B C)^{-1} = C^{-1} B^{-1} A^{-1}.
            (2) (A^T)^{-1} = (A^{-1})^T, and (c A)^{-1} = A^{-1} / c for c that is not 0.
            (3) A B = I of square matrices implies B A = I, and A^{-1} = B.
            (4) A^{-1} + B^{-1} = A^{-1} (A + B) B^{-1}, and
                A^{-1} - B^{-1} = A^{-1} (B - A) B^{-1}.
            (5) The trace is cyclic: tr(F G) = tr(G F) and tr(A B C) = tr(B C A); so
                tr(A^{-1} B A) = tr B and det(A^{-1} B A) = det B.
            (6) det(A^{-1}) = 1 / det A.
            (7) The inverse of a symmetric matrix is symmetric.
Method.     Multiplying out.
Shapes.     A, B and C are n by n, F is m by n, G is n by m, for all sizes; c is a number.
Exports.    inverse_of_product.
Source.     Matrix Cookbook, sections 1, 1.1 and 3.2.
"""

from therefore import (
    as_written,
    claim,
    det,
    dimension,
    equal,
    formula,
    identity,
    inverse,
    invertible,
    matrix,
    not_equal,
    real,
    trace,
    transpose,
)

m, n, c = dimension("m"), dimension("n"), real("c")
A, B, C = matrix("A", n, n), matrix("B", n, n), matrix("C", n, n)
F, G = matrix("F", m, n), matrix("G", n, m)

with as_written():
    two, three = [invertible(A), invertible(B)], [invertible(A), invertible(B), invertible(C)]

    of_two = claim(equal(inverse(A * B), inverse(B) * inverse(A)), given=two)
    of_two.false_twin(equal(inverse(A * B), inverse(A) * inverse(B)), at={n: 2})
    of_three = claim(equal(inverse(A * B * C), inverse(C) * inverse(B) * inverse(A)), given=three)
    of_three.false_twin(equal(inverse(A * B * C), inverse(B) * inverse(C) * inverse(A)), at={n: 2})

    of_transpose = claim(equal(inverse(transpose(A)), transpose(inverse(A))), given=[invertible(A)])
    of_transpose.false_twin(equal(inverse(transpose(A)), inverse(A)), at={n: 2})
    of_multiple = claim(
        equal(inverse(c * A), inverse(A) / c), given=[invertible(A), not_equal(c, 0)]
    )
    of_multiple.false_twin(equal(inverse(c * A), c * inverse(A)), at={n: 1})

    undone = [equal(A * B, identity(n))]
    other_side = claim(equal(B * A, identity(n)), given=undone)
    other_side.false_twin(
        equal(G * F, identity(n)), given=[equal(F * G, identity(m))], at={m: 1, n: 2}
    )
    only_inverse = claim(equal(inverse(A), B), given=undone)
    only_inverse.false_twin(equal(inverse(A), transpose(B)), at={n: 2})

    sum_of_two = claim(equal(inverse(A) + inverse(B), inverse(A) * (A + B) * inverse(B)), given=two)
    sum_of_two.false_twin(equal(inverse(A) + inverse(B), inverse(A + B)), at={n: 1})
    difference = claim(equal(inverse(A) - inverse(B), inverse(A) * (B - A) * inverse(B)), given=two)
    difference.false_twin(
        equal(inverse(A) - inverse(B), inverse(A) * (A - B) * inverse(B)), at={n: 1}
    )
    cyclic = claim(equal(trace(F * G), trace(G * F)))
    cyclic.false_twin(equal(trace(F * G), -trace(G * F)), at={m: 1, n: 1})
    cyclic_of_three = claim(equal(trace(A * B * C), trace(B * C * A)))
    cyclic_of_three.false_twin(equal(trace(A * B * C), trace(B * A * C)), at={n: 2})
    similar = claim(equal(trace(inverse(A) * B * A), trace(B)), given=[invertible(A)])
    similar.false_twin(equal(trace(transpose(A) * B * A), trace(B)), at={n: 1})
    volume = claim(equal(det(inverse(A) * B * A), det(B)), given=[invertible(A)])
    volume.false_twin(equal(det(transpose(A) * B * A), det(B)), at={n: 1})

    of_determinant = claim(equal(det(inverse(A)), 1 / det(A)), given=[invertible(A)])
    of_determinant.false_twin(equal(det(inverse(A)), -1 / det(A)), at={n: 1})

    symmetric = claim(
        equal(transpose(inverse(A)), inverse(A)),
        given=[invertible(A), equal(transpose(A), A)],
    )
    symmetric.false_twin(equal(transpose(inverse(A)), inverse(A)), given=[invertible(A)], at={n: 2})

inverse_of_product = formula(of_two.rhs)
