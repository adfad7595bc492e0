r"""The differential of an inverse, the derivatives of det X and of log det X, and Jacobi's formula.

Problem.    X is a square matrix, D a direction: a matrix of the same size. d f(X) is the derivative
            of f(X + s D) at s = 0.
Statements. (1) d(X^{-1}) = -X^{-1} D X^{-1} for invertible X.
            (2) d(det X) = det X tr(X^{-1} D), so that grad det X = det X (X^{-1})^T.
            (3) grad log det X = (X^{-1})^T where det X > 0.
            (4) grad log det(Y^T Y) = 2 Y (Y^T Y)^{-1} for Y with independent columns.
            (5) grad det(X^T A X) = 2 det(X^T A X) (X^{-1})^T for square invertible X and every A;
                for Y with fewer columns it is
                det(Y^T A Y) (A Y (Y^T A Y)^{-1} + A^T Y (Y^T A^T Y)^{-1}).
Method.     det(X^T A X) = det(X)^2 det A for square X. det(Y^T Y) is never negative, and not 0
            where the inverse exists.
Shapes.     X and D are n by n, Y is n by m, A is n by n, for all sizes.
Exports.    log_det_gradient.
Source.     Matrix Cookbook, sections 2.1 and 2.2.
"""

from sympy import log

from therefore import (
    as_written,
    claim,
    det,
    differential,
    dimension,
    equal,
    formula,
    grad,
    greater,
    inverse,
    invertible,
    matrix,
    trace,
    transpose,
)

m, n = dimension("m"), dimension("n")
X, D, A, Y = matrix("X", n, n), matrix("D", n, n), matrix("A", n, n), matrix("Y", n, m)

with as_written():
    regular, positive_volume = [invertible(X)], [greater(det(X), 0)]

    of_inverse = claim(
        equal(differential(inverse(X), (X, D)), -(inverse(X) * D * inverse(X))), given=regular
    )
    of_inverse.false_twin(
        equal(differential(inverse(X), (X, D)), -(inverse(X) * inverse(X) * D)), at={n: 2}
    )

    jacobi = claim(
        equal(differential(det(X), (X, D)), det(X) * trace(inverse(X) * D)), given=regular
    )
    jacobi.false_twin(equal(differential(det(X), (X, D)), trace(inverse(X) * D)), at={n: 1})
    of_determinant = claim(
        equal(grad(det(X), X), det(X) * transpose(inverse(X))), given=regular
    )
    of_determinant.false_twin(equal(grad(det(X), X), det(X) * inverse(X)), at={n: 2})

    of_log = claim(
        equal(grad(log(det(X)), X), transpose(inverse(X))), given=positive_volume
    )
    of_log.false_twin(equal(grad(log(det(X)), X), inverse(X)), at={n: 2})

    gram = transpose(Y) * Y
    of_gram = claim(
        equal(grad(log(det(gram)), Y), 2 * (Y * inverse(gram))), given=[invertible(gram)]
    )
    of_gram.false_twin(equal(grad(log(det(gram)), Y), Y * inverse(gram)), at={n: 1, m: 1})

    square = transpose(X) * A * X
    of_square = claim(
        equal(grad(det(square), X), 2 * det(square) * transpose(inverse(X))), given=regular
    )
    of_square.false_twin(
        equal(grad(det(square), X), det(square) * transpose(inverse(X))), at={n: 1}
    )
    tall, turned = transpose(Y) * A * Y, transpose(Y) * transpose(A) * Y
    both = A * Y * inverse(tall) + transpose(A) * Y * inverse(turned)
    of_tall = claim(equal(grad(det(tall), Y), det(tall) * both), given=[invertible(tall)])
    of_tall.false_twin(
        equal(grad(det(tall), Y), 2 * det(tall) * (A * Y * inverse(tall))), at={n: 2, m: 1}
    )

log_det_gradient = formula(of_log.rhs)
