r"""Ridge regression: its loss has one minimiser, with a primal and a dual form.

Problem.    f(w) = |X w - y|^2 + l |w|^2 with l > 0: least squares with a ridge.
Statements. (1) X^T X + l I is invertible, for every X, and so is X X^T + l I.
            (2) (X^T X + l I)^{-1} X^T = X^T (X X^T + l I)^{-1}: the left side solves a system of d
                equations, the right side one of n.
            (3) The gradient of f is 0 exactly at w = (X^T X + l I)^{-1} X^T y.
            (4) This w is the only minimiser of f.
            (5) Shrinkage: |w| <= |y| / (2 sqrt l), here squared, 4 l |w|^2 <= |y|^2.
Method.     <v, (X^T X + l I) v> = |X v|^2 + l |v|^2 is positive for v that is not 0. (2) is pushing
            X^T through. Around the w of (3), f(v) = f(w) + |X (v - w)|^2 + l |v - w|^2.
Shapes.     X is n by d, y is in R^n, w in R^d, for all sizes; l is a positive number.
Exports.    primal, dual.
Source.     Hastie, Tibshirani and Friedman, The Elements of Statistical Learning, section 3.4.1.
"""

from therefore import (
    as_written,
    at_most,
    claim,
    dimension,
    equal,
    formula,
    grad,
    identity,
    iff,
    inverse,
    invertible,
    matrix,
    nonnegative,
    norm,
    positive,
    real,
    transpose,
    unique_minimiser,
    vector,
)

d, n, ridge = dimension("d"), dimension("n"), positive("l")
X, w, y = matrix("X", n, d), vector("w", d), vector("y", n)
any_ridge, unsigned = nonnegative("l"), real("l")

with as_written():
    narrow, wide = transpose(X) * X + ridge * identity(d), X * transpose(X) + ridge * identity(n)
    of_features = claim(invertible(narrow))
    of_features.false_twin(
        invertible(transpose(X) * X + any_ridge * identity(d)), at={d: 1, n: 1}
    )
    of_examples = claim(invertible(wide))
    of_examples.false_twin(invertible(X * transpose(X) + unsigned * identity(n)), at={d: 1, n: 1})

    forms = claim(equal(inverse(narrow) * transpose(X), transpose(X) * inverse(wide)))
    forms.false_twin(
        equal(inverse(narrow) * transpose(X), transpose(X) * inverse(wide + identity(n)))
    )

    loss = norm(X @ w - y) ** 2 + ridge * norm(w) ** 2
    primal = inverse(narrow) @ (transpose(X) @ y)
    dual = transpose(X) @ (inverse(wide) @ y)
    stationary = claim(iff(equal(grad(loss, w), 0), equal(w, primal)))
    stationary.false_twin(
        iff(equal(grad(loss, w), 0), equal(w, 2 * primal)), at={d: 1, n: 1}
    )

    minimum = claim(unique_minimiser(primal, of=loss, over=w))
    minimum.false_twin(unique_minimiser(2 * primal, of=loss, over=w), at={d: 1, n: 1})
    dual_minimum = claim(unique_minimiser(dual, of=loss, over=w))
    dual_minimum.false_twin(
        unique_minimiser(transpose(X) @ y, of=loss, over=w), at={d: 1, n: 1}
    )

    shrinkage = claim(at_most(4 * ridge * norm(primal) ** 2, norm(y) ** 2))
    shrinkage.false_twin(at_most(5 * ridge * norm(primal) ** 2, norm(y) ** 2), at={d: 1, n: 1})

primal = formula(minimum.conclusion.args[0])
dual = formula(dual_minimum.conclusion.args[0])
