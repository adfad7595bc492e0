r"""Gradients of traces, of quadratic forms and of the Frobenius norm.

Problem.    A number f(X) that depends on a matrix X, or on a vector x. Entry (i, j) of its
            gradient is its partial derivative by X_ij.
Statements. (1) grad tr(A X B) = A^T B^T.  (2) grad tr(A X B X^T C) = A^T C^T X B^T + C A X B.
            (3) grad tr(A X^{-1} B) = -X^{-T} A^T B^T X^{-T} for invertible X.
            (4) grad tr(X^k) = k (X^{k-1})^T for every natural k >= 1.
            (5) grad <a, X^k b> = sum_{r=0}^{k-1} (X^r)^T a b^T (X^{k-1-r})^T, for every k >= 1.
            (6) grad |X|_F = X / |X|_F for X that is not 0.
            (7) The gradient of <x, A x> is (A + A^T) x, and so 2 A x for symmetric A.
Method.     The derivative along a direction D is tr(G^T D) for one G only: the gradient. It is
            found by the product rule, d(X^{-1}) = -X^{-1} D X^{-1},
            d(X^k) = sum_{r=0}^{k-1} X^r D X^{k-1-r}, and cyclic shifts under the trace.
Shapes.     X is m by n, A p by m, B n by n or n by p, C m by p; S, T and U are n by n, a, b and x
            in R^n, for all sizes.
Exports.    inverse_gradient, power_gradient.
Source.     Matrix Cookbook, sections 2.4 and 2.5.
"""

from sympy import Sum

from therefore import (
    as_written,
    at_least,
    claim,
    dimension,
    equal,
    formula,
    frobenius_norm,
    grad,
    index,
    inner,
    integer,
    inverse,
    invertible,
    matrix,
    not_equal,
    outer,
    trace,
    transpose,
    vector,
)

m, n, p = dimension("m"), dimension("n"), dimension("p")
k, r = integer("k"), index("r")
A, B, C = matrix("A", p, m), matrix("B", n, n), matrix("C", m, p)
E, X = matrix("E", n, p), matrix("X", m, n)
S, T, U = matrix("S", n, n), matrix("T", n, n), matrix("U", n, n)
a, b, x = vector("a", n), vector("b", n), vector("x", n)

with as_written():
    linear = claim(equal(grad(trace(A * X * E), X), transpose(A) * transpose(E)))
    linear.false_twin(equal(grad(trace(A * X * E), X), transpose(E * A) * 2), at={m: 1})

    quadratic = trace(A * X * B * transpose(X) * C)
    quadratic_gradient = transpose(A) * transpose(C) * X * transpose(B) + C * A * X * B
    of_quadratic = claim(equal(grad(quadratic, X), quadratic_gradient))
    of_quadratic.false_twin(equal(grad(quadratic, X), 2 * (C * A * X * B)), at={m: 1, n: 1, p: 2})

    turned = transpose(inverse(S))
    inverse_gradient = -(turned * transpose(T) * transpose(U) * turned)
    of_inverse = claim(
        equal(grad(trace(T * inverse(S) * U), S), inverse_gradient), given=[invertible(S)]
    )
    of_inverse.false_twin(
        equal(grad(trace(T * inverse(S) * U), S), -(inverse(S) * U * T * inverse(S))), at={n: 2}
    )

    positive_exponent = [at_least(k, 1)]
    of_power = claim(
        equal(grad(trace(S**k), S), k * transpose(S ** (k - 1))), given=positive_exponent
    )
    of_power.false_twin(equal(grad(trace(S**k), S), k * S ** (k - 1)), at={n: 2, k: 2})

    sides = outer(a, b)
    steps = Sum(transpose(S**r) * sides * transpose(S ** (k - 1 - r)), (r, 0, k - 1))
    between = claim(equal(grad(inner(a, S**k @ b), S), steps), given=positive_exponent)
    between.false_twin(
        equal(grad(inner(a, S**k @ b), S), k * (transpose(S ** (k - 1)) * sides)),
        at={n: 2, k: 2},
    )

    nonzero = not_equal(frobenius_norm(X), 0)
    of_norm = claim(equal(grad(frobenius_norm(X), X), X / frobenius_norm(X)), given=[nonzero])
    of_norm.false_twin(equal(grad(frobenius_norm(X), X), 2 * X), at={m: 1, n: 1})

    form = inner(x, T @ x)
    of_form = claim(equal(grad(form, x), T @ x + transpose(T) @ x))
    of_form.false_twin(equal(grad(form, x), T @ x), at={n: 1})
    symmetric_form = claim(equal(grad(form, x), 2 * (T @ x)), given=[equal(transpose(T), T)])
    symmetric_form.false_twin(equal(grad(form, x), 2 * (T @ x)), given=[], at={n: 2})

inverse_gradient = formula(of_inverse.rhs)
power_gradient = formula(of_power.rhs)
