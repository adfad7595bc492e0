r"""Schur's complement: determinant and inverse of a matrix of two by two blocks.

Problem.    M = [[A, B], [C, D]] with square A and D. S = D - C A^{-1} B is the Schur complement
            of A, and T = A - B D^{-1} C that of D.
Statements. (1) det M = det A det S for invertible A, and det M = det D det T for invertible D.
            (2) M^{-1} = [[A^{-1} + A^{-1} B S^{-1} C A^{-1}, -A^{-1} B S^{-1}],
                          [-S^{-1} C A^{-1}, S^{-1}]] for invertible A and S.
            (3) M = [[I, 0], [C A^{-1}, I]] [[A, 0], [0, S]] [[I, A^{-1} B], [0, I]].
            (4) det [[A, B], [0, D]] = det A det D.
            (5) [[A, 0], [0, D]]^{-1} = [[A^{-1}, 0], [0, D^{-1}]] for invertible A and D.
Method.     (3) is multiplied out, and the inverse in (2) from the left and from the right. The
            determinant of a product of triangular matrices of blocks is that of their diagonals.
Shapes.     A is m by m, B is m by n, C is n by m, D is n by n, for all sizes.
Exports.    schur_complement, block_inverse.
Source.     Matrix Cookbook, section 9.1.
"""

from therefore import (
    as_written,
    block_diagonal,
    block_matrix,
    claim,
    det,
    dimension,
    equal,
    formula,
    identity,
    inverse,
    invertible,
    matrix,
)

m, n = dimension("m"), dimension("n")
A, B = matrix("A", m, m), matrix("B", m, n)
C, D = matrix("C", n, m), matrix("D", n, n)

with as_written():
    M = block_matrix([[A, B], [C, D]])
    S, T = D - C * inverse(A) * B, A - B * inverse(D) * C
    of_first = claim(equal(det(M), det(A) * det(S)), given=[invertible(A)])
    of_first.false_twin(equal(det(M), det(A) * det(D + C * inverse(A) * B)), at={m: 1, n: 1})
    of_last = claim(equal(det(M), det(D) * det(T)), given=[invertible(D)])
    of_last.false_twin(equal(det(M), det(A) * det(D)), at={m: 1, n: 1})

    both = [invertible(A), invertible(S)]
    beside = inverse(A) * B * inverse(S)
    below = inverse(S) * C * inverse(A)
    whole = block_matrix([[inverse(A) + beside * C * inverse(A), -beside], [-below, inverse(S)]])
    of_blocks = claim(equal(inverse(M), whole), given=both)
    of_blocks.false_twin(
        equal(inverse(M), block_matrix([[inverse(A), -beside], [-below, inverse(S)]])),
        at={m: 1, n: 1},
    )

    lower = block_matrix([[identity(m), 0], [C * inverse(A), identity(n)]])
    upper = block_matrix([[identity(m), inverse(A) * B], [0, identity(n)]])
    factors = claim(equal(M, lower * block_diagonal(A, S) * upper), given=[invertible(A)])
    factors.false_twin(equal(M, lower * block_diagonal(A, D) * upper), at={m: 1, n: 1})

    triangular = claim(equal(det(block_matrix([[A, B], [0, D]])), det(A) * det(D)))
    triangular.false_twin(equal(det(block_matrix([[A, B], [C, D]])), det(A) * det(D)))

    diagonal = claim(
        equal(inverse(block_diagonal(A, D)), block_diagonal(inverse(A), inverse(D))),
        given=[invertible(A), invertible(D)],
    )
    diagonal.false_twin(
        equal(inverse(block_diagonal(A, D)), block_diagonal(inverse(A), D)), at={m: 1, n: 1}
    )

schur_complement = formula(S)
block_inverse = formula(of_blocks.rhs)
