r"""The gradient and the Hessian of least squares, weighted and with a ridge; a norm's Jacobian.

Problem.    f(w) = |X w - y|^2 + l |w|^2, and g(w) = <X w - y, W (X w - y)> for a symmetric W.
Statements. (1) grad f(w) = 2 X^T (X w - y) + 2 l w, and its Hessian is 2 X^T X + 2 l I.
            (2) grad g(w) = 2 X^T W (X w - y).
            (3) In the matrix: the gradient of |X w - y|^2 by X is 2 (X w - y) w^T.
            (4) The Jacobian of (w - a)/|w - a| is I/|w - a| - (w - a)(w - a)^T / |w - a|^3 for
                w that is not a.
Method.     The product rule along a direction, read off as an inner product with it; the Hessian
            from the derivative along two directions.
Shapes.     X is n by d, W n by n; y is in R^n, w and a in R^d, for all sizes; l is a number.
Exports.    ridge_gradient, ridge_hessian.
Source.     Matrix Cookbook, sections 2.4.2 and 2.6.
"""

from therefore import (
    as_written,
    claim,
    dimension,
    equal,
    formula,
    grad,
    hessian,
    identity,
    inner,
    jacobian,
    matrix,
    norm,
    not_equal,
    outer,
    real,
    transpose,
    vector,
)

d, n, ridge = dimension("d"), dimension("n"), real("l")
X, W = matrix("X", n, d), matrix("W", n, n)
w, a, y = vector("w", d), vector("a", d), vector("y", n)

with as_written():
    miss = X @ w - y
    loss = norm(miss) ** 2 + ridge * norm(w) ** 2
    slope = 2 * (transpose(X) @ miss) + 2 * ridge * w
    of_ridge = claim(equal(grad(loss, w), slope))
    of_ridge.false_twin(equal(grad(loss, w), 2 * (transpose(X) @ miss) + ridge * w), at={d: 1})

    gram = transpose(X) * X
    curvature = claim(equal(hessian(loss, w), 2 * gram + 2 * ridge * identity(d)))
    curvature.false_twin(equal(hessian(loss, w), 2 * gram + ridge * identity(d)), at={d: 1})

    weighted, symmetric = inner(miss, W @ miss), [equal(transpose(W), W)]
    of_weighted = claim(
        equal(grad(weighted, w), 2 * ((transpose(X) * W) @ miss)), given=symmetric
    )
    of_weighted.false_twin(
        equal(grad(weighted, w), 2 * ((transpose(X) * W) @ miss)), given=[], at={n: 2, d: 1}
    )

    in_matrix = claim(equal(grad(norm(miss) ** 2, X), 2 * outer(miss, w)))
    in_matrix.false_twin(equal(grad(norm(miss) ** 2, X), outer(miss, w)), at={n: 1, d: 1})

    away, apart = w - a, [not_equal(w, a)]
    unit = jacobian(away / norm(away), w)
    of_direction = claim(
        equal(unit, identity(d) / norm(away) - outer(away, away) / norm(away) ** 3), given=apart
    )
    of_direction.false_twin(
        equal(unit, identity(d) / norm(away) - outer(away, away) / norm(away)), at={d: 1}
    )

ridge_gradient = formula(of_ridge.rhs)
ridge_hessian = formula(curvature.rhs)
