r"""Back-propagation through layers of any width, with any differentiable activations.

Problem.    An affine layer z = W x + b under a loss l(z), for W in R^{m x n} and differentiable
            l: R^m -> R. And two layers: u = sum_i v_i g(z_i) + c and L = (h(u) - y)^2 / 2, where
            the activations g and h of a number have the derivatives g' and h'.
Statements. (1) dl/db = grad l(z), dl/dx = W^T grad l(z), and dl/dW = grad l(z) x^T.
            (2) With delta = (h(u) - y) h'(u): dL/dc = delta, dL/dv_k = delta g(z_k),
                dL/db_k = delta v_k g'(z_k) and dL/dW_kj = delta v_k g'(z_k) x_j.
Method.     By the chain rule. A derivative by an entry of W is one along the matrix e_k e_j^T; the
            sum over the hidden units keeps the one term that this direction reaches.
Shapes.     W is an m by n matrix, x in R^n, b and v in R^m, for all sizes m and n; k and j are
            places of R^m and of R^n; c and y are numbers.
Exports.    z, u, L, delta, at_k.
Source.     Homework D, question 1b, and homework E, question 2b, where the last statement of (1)
            is transposed; there m = 2, with n = 3 and n = 2.
"""

from sympy import Derivative

from therefore import (
    as_written,
    claim,
    component,
    cyclic_index,
    cyclic_sum,
    differentiable,
    dimension,
    equal,
    for_all,
    function,
    grad,
    gradient,
    has_derivative,
    matrix,
    outer,
    real,
    real_function,
    transpose,
    vector,
)

m, n = dimension("m"), dimension("n")
W, x, b, v = matrix("W", m, n), vector("x", n), vector("b", m), vector("v", m)
k, i, j = cyclic_index("k", m), cyclic_index("i", m), cyclic_index("j", n)
c, y, p = real("c"), real("y"), real("p")
loss = function("l", m)
g, g_1, h, h_1 = (real_function(name) for name in ("g", "g'", "h", "h'"))

with as_written():
    # (1) One affine layer under any loss.
    z = W @ x + b
    smooth = [differentiable(loss)]

    by_shift = claim(equal(grad(loss(z), b), gradient(loss)(z)), given=smooth)
    by_shift.false_twin(equal(grad(loss(z), b), -gradient(loss)(z)))

    by_input = claim(equal(grad(loss(z), x), transpose(W) @ gradient(loss)(z)), given=smooth)
    by_input.false_twin(equal(grad(loss(z), x), 2 * (transpose(W) @ gradient(loss)(z))))

    by_weight = claim(
        equal(Derivative(loss(z), W[k, j]), outer(gradient(loss)(z), x)[k, j]), given=smooth
    )
    by_weight.false_twin(equal(Derivative(loss(z), W[k, j]), component(gradient(loss)(z), k)))

    # (2) Two layers: m hidden units, and one number as the output.
    slopes = [
        for_all(p, has_derivative(g(p), p, p, g_1(p))),
        for_all(p, has_derivative(h(p), p, p, h_1(p))),
    ]
    u = cyclic_sum(component(v, i) * g(component(z, i)), i) + c
    L = (h(u) - y) ** 2 / 2
    delta = (h(u) - y) * h_1(u)

    by_last_shift = claim(equal(Derivative(L, c), delta), given=slopes)
    by_last_shift.false_twin(equal(Derivative(L, c), h(u) - y))  # without the slope of h

    by_last_weight = claim(
        equal(Derivative(L, component(v, k)), delta * g(component(z, k))), given=slopes
    )
    by_last_weight.false_twin(
        equal(Derivative(L, component(v, k)), delta * component(z, k))
    )

    at_k = delta * component(v, k) * g_1(component(z, k))
    by_first_shift = claim(equal(Derivative(L, component(b, k)), at_k), given=slopes)
    by_first_shift.false_twin(  # without the slope of g
        equal(Derivative(L, component(b, k)), delta * component(v, k))
    )

    by_first_weight = claim(
        equal(Derivative(L, W[k, j]), at_k * component(x, j)), given=slopes
    )
    by_first_weight.false_twin(equal(Derivative(L, W[k, j]), at_k * component(v, k)))
