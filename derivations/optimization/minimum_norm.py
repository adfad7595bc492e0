r"""Stochastic gradient descent on least squares ends at the nearest solution.

Problem.    Rows of X are samples, t_i are their targets. A step takes rows of X by a matrix S_k
            with b rows (a mini-batch; one row of S_k for one sample) and follows the gradient of
            |S_k (X w - t)|^2 / b with any step size: from w_0,
            w_{k+1} = w_k - eta_k (2/b) (S_k X)^T (S_k X w_k - S_k t).
Statements. (1) That is a step along the negative gradient of the loss of the batch.
            (2) w_k - w_0 is in the row space of X, for every k: w_k = w_0 + X^T c_k, for any
                batches and step sizes.
            (3) If X X^T is invertible, w - w_0 = X^T c and X w = t, then
                w = w_0 + X^T (X X^T)^{-1} (t - X w_0). From w_0 = 0 this is X^T (X X^T)^{-1} t.
            (4) So if w_k interpolates, X w_k = t, then w_k is that point.
            (5) If w_0 and w are solutions and w_0 = X^T c, then |w|^2 = |w_0|^2 + |w - w_0|^2,
                at least |w_0|^2: of all solutions that in the row space is the shortest.
            (6) X^T (X X^T)^{-1} t is such a solution.
Method.     (2) by induction over k: the gradient is X^T times a vector. (3): X w = t makes
            X X^T c = t - X w_0. (5): <w_0, w - w_0> = <c, X w - X w_0> = 0.
Shapes.     X is an n by d matrix, S_k are b by n, w_k in R^d, t and c_k in R^n, for all n, d,
            b >= 1; eta_k are numbers, k >= 0 is an integer.
Exports.    shortest, batch_gradient.
Source.     Homework C, question 1.1.
"""

from therefore import (
    as_written,
    at_least,
    at_most,
    both,
    by,
    claim,
    define,
    derivation,
    dimension,
    equal,
    for_all,
    formula,
    grad,
    index,
    inner,
    inverse,
    invertible,
    matrix,
    matrix_sequence,
    natural,
    norm,
    real_sequence,
    sequence,
    transpose,
    vector,
)

n, d, b = dimension("n"), dimension("d"), dimension("b")
T = natural("T")
k, m = index("k", 0, T - 1), index("m", 0, T)
X, t = matrix("X", n, d), vector("t", n)
B, S = matrix("B", b, n), matrix_sequence("S", k, b, n)
w, c, eta = sequence("w", d), sequence("c", n), real_sequence("eta")
u, v, p = vector("u", d), vector("v", d), vector("p", n)
A = transpose(X)

with as_written():
    batch_loss = define("L", (u,), norm(B @ (X @ u - t)) ** 2 / b)
    slope = 2 / b * (transpose(B * X) @ ((B * X) @ u - B @ t))
    batch_slope = claim(equal(grad(batch_loss(u), u), slope))
    batch_slope.false_twin(
        equal(grad(batch_loss(u), u), 2 / b * (A @ (X @ u - t))), at={n: 1, d: 1, b: 1}
    )
    batch_slope.false_twin(
        equal(grad(batch_loss(u), u), 1 / b * (transpose(B * X) @ ((B * X) @ u - B @ t))),
        at={n: 1, d: 1, b: 1},
    )

    in_rows = claim(equal(slope, A @ (2 / b * (transpose(B) @ (B @ (X @ u - t))))))
    in_rows.false_twin(
        equal(slope, A @ (1 / b * (transpose(B) @ (B @ (X @ u - t))))), at={n: 1, d: 1, b: 1}
    )

    def pull(j):
        """The coefficients of the rows in the gradient of step j."""
        return 2 / b * (transpose(S[j]) @ (S[j] @ (X @ w[j] - t)))

    step = for_all(k, 0, T - 1, equal(w[k + 1], w[k] - eta[k] * (A @ pull(k))))
    coefficients = [
        equal(c[0], 0),
        for_all(k, 0, T - 1, equal(c[k + 1], c[k] - eta[k] * pull(k))),
    ]
    in_row_space = claim(equal(w[m], w[0] + A @ c[m]), given=[step, *coefficients])
    in_row_space.false_twin(equal(w[m], A @ c[m]), at={n: 1, d: 1, b: 1, T: 1})
    rows_by_induction = derivation(
        equal(w[m], w[0] + A @ c[m]), by(induction=m),
        given=[step, *coefficients], proves=in_row_space,
    )  # fmt: skip

    full_rank = invertible(X * A)
    point = A @ (inverse(X * A) @ t)
    nearest = w[0] + A @ (inverse(X * A) @ (t - X @ w[0]))
    interpolating = [full_rank, equal(u, v + A @ p), equal(X @ u, t)]
    near = v + A @ (inverse(X * A) @ (t - X @ v))
    only_one = claim(equal(u, near), given=interpolating)
    only_one.false_twin(equal(u, A @ (inverse(X * A) @ t)), at={n: 1, d: 2})
    only_one.false_twin(  # u - v need not be in the row space
        equal(u, near), given=[full_rank, equal(X @ u, t)], at={n: 1, d: 2}
    )
    solve = derivation(
        equal(X @ (A @ p), t - X @ v),
        equal(p, inverse(X * A) @ (t - X @ v)),
        equal(u, near),
        given=interpolating, proves=only_one,
    )  # fmt: skip

    run = [full_rank, step, *coefficients, equal(X @ w[T], t)]
    ends_there = claim(equal(w[T], nearest), given=run)
    ends_there.false_twin(equal(w[T], point), at={n: 1, d: 2, b: 1, T: 1})
    by_row_space = derivation(
        equal(w[T], w[0] + A @ c[T]),
        equal(w[T], nearest),
        given=run, using=[in_row_space, only_one], proves=ends_there,
    )  # fmt: skip

    from_zero = [*run, equal(w[0], 0)]
    minimum_norm = claim(equal(w[T], point), given=from_zero)
    minimum_norm.false_twin(equal(w[T], 2 * point), at={n: 1, d: 1, b: 1, T: 1})
    put_zero_in = derivation(
        w[T],
        "=", nearest,
        "=", point,
        given=from_zero, using=[ends_there], proves=minimum_norm,
    )  # fmt: skip

    solutions = [equal(v, A @ p), equal(X @ v, t), equal(X @ u, t)]
    lengths = both(
        equal(norm(u) ** 2, norm(v) ** 2 + norm(u - v) ** 2), at_most(norm(v), norm(u))
    )
    shortest_solution = claim(lengths, given=solutions)
    shortest_solution.false_twin(
        lengths, given=[equal(X @ v, t), equal(X @ u, t)], at={n: 1, d: 1}
    )
    shortest_solution.false_twin(
        equal(norm(u) ** 2, norm(v) ** 2 + 2 * norm(u - v) ** 2), at={n: 1, d: 1}
    )
    right_angle = derivation(
        inner(v, u - v),
        "=", inner(p, X @ u - X @ v),
        "=", 0,
        given=solutions,
    )  # fmt: skip
    pythagoras = derivation(
        equal(norm(u) ** 2, norm(v) ** 2 + 2 * inner(v, u - v) + norm(u - v) ** 2),
        equal(norm(u) ** 2, norm(v) ** 2 + norm(u - v) ** 2),
        at_least(norm(u - v) ** 2, 0),
        at_least(norm(u) ** 2 - norm(v) ** 2, 0),
        at_most(norm(v) ** 2, norm(u) ** 2),
        at_most(norm(v), norm(u)),
        lengths,
        given=solutions, using=[right_angle], proves=shortest_solution,
    )  # fmt: skip

    solves = claim(equal(X @ point, t), given=[full_rank])
    solves.false_twin(equal(X @ point, 2 * t), at={n: 1, d: 1})

shortest = formula(point)
batch_gradient = formula(batch_slope.rhs)
