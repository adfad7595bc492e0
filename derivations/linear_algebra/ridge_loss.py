r"""The loss of ridge regression: its gradient, and its one minimiser, primal and dual.

Problem.    f(w) = |X w - y|^2 + l |w|^2 with l > 0: least squares with a ridge.
Statements. (1) X^T X + l I is invertible, for every X, and so is X X^T + l I.
            (2) (X^T X + l I) w = X^T y exactly where w = (X^T X + l I)^{-1} X^T y, which is
                X^T (X X^T + l I)^{-1} y.
            (3) The gradient of f is 2 ((X^T X + l I) w - X^T y), and is 0 exactly for this w.
            (4) f(z) = f(w) + |X (z - w)|^2 + l |z - w|^2 for this w and every z: it is a minimiser,
                and f(w) < f(z) for every other z.
Method.     <v, (X^T X + l I) v> = |X v|^2 + l |v|^2 is positive for v that is not 0. X^T
            is pushed through for the second form in (2).
Shapes.     X is n by d, y is in R^n, w and z in R^d, for all sizes; l is a positive number.
Exports.    primal_form, dual_form.
Source.     Hastie, Tibshirani and Friedman, The Elements of Statistical Learning, section 3.4.1.
"""

from therefore import (
    as_written,
    at_most,
    claim,
    derivation,
    dimension,
    equal,
    formula,
    grad,
    identity,
    iff,
    inverse,
    invertible,
    less,
    matrix,
    nonnegative,
    norm,
    not_equal,
    positive,
    real,
    transpose,
    vector,
)

d, n, ridge = dimension("d"), dimension("n"), positive("l")
X, y = matrix("X", n, d), vector("y", n)
w, z = vector("w", d), vector("z", d)
any_ridge, unsigned = nonnegative("l"), real("l")

with as_written():
    narrow, wide = transpose(X) * X + ridge * identity(d), X * transpose(X) + ridge * identity(n)
    of_features = claim(invertible(narrow))
    of_features.false_twin(invertible(transpose(X) * X + any_ridge * identity(d)), at={d: 1, n: 1})
    of_examples = claim(invertible(wide))
    of_examples.false_twin(invertible(X * transpose(X) + unsigned * identity(n)), at={d: 1, n: 1})

    solves = equal(narrow @ w, transpose(X) @ y)
    primal = inverse(narrow) @ (transpose(X) @ y)
    dual = transpose(X) @ (inverse(wide) @ y)
    of_primal = claim(iff(solves, equal(w, primal)))
    of_primal.false_twin(iff(solves, equal(w, transpose(X) @ y)), at={d: 1, n: 1})
    of_dual = claim(equal(primal, dual))
    of_dual.false_twin(equal(primal, 2 * dual), at={d: 1, n: 1})

    loss = norm(X @ w - y) ** 2 + ridge * norm(w) ** 2
    elsewhere = norm(X @ z - y) ** 2 + ridge * norm(z) ** 2
    slope = claim(equal(grad(loss, w), 2 * (narrow @ w - transpose(X) @ y)))
    slope.false_twin(equal(grad(loss, w), narrow @ w - transpose(X) @ y), at={d: 1, n: 1})
    stationary = claim(iff(equal(grad(loss, w), 0), solves), using=[slope])
    stationary.false_twin(iff(equal(grad(loss, w), 0), equal(w, 0)), at={d: 1, n: 1})

    gap = norm(X @ (z - w)) ** 2 + ridge * norm(z - w) ** 2
    excess = claim(equal(elsewhere - loss, gap), given=[solves])
    excess.false_twin(equal(elsewhere - loss, ridge * norm(z - w) ** 2), at={d: 1, n: 1})
    least = claim(at_most(loss, elsewhere), given=[solves])
    derivation(elsewhere, "=", loss + gap, ">=", loss, given=[solves], proves=least)
    least.false_twin(at_most(loss, elsewhere), given=[equal(narrow @ w, 2 * (transpose(X) @ y))])
    only = claim(less(loss, elsewhere), given=[solves, not_equal(z, w)])
    derivation(elsewhere, "=", loss + gap, ">", loss, given=[solves, not_equal(z, w)], proves=only)
    only.false_twin(less(loss, elsewhere), given=[solves])

primal_form = formula(of_dual.lhs)
dual_form = formula(of_dual.rhs)
