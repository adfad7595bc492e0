r"""Adam, without its epsilon, need not reach the solution of least norm.

Problem.    The sample of adaptive.py: x = (2, 1) with the target 2. The gradient at (u_k, v_k) is
            (2 g_k, g_k), g_k = 2 (2 u_k + v_k - 2). From w = 0, Adam keeps
            means of the gradients, M for the first entry and N for the second, and of their
            squares, G and H:
            M_{k+1} = beta M_k + gamma (2 g_k),     G_{k+1} = rho G_k + sigma (2 g_k)^2,
            N_{k+1} = beta N_k + gamma g_k,         H_{k+1} = rho H_k + sigma g_k^2,
            where gamma = 1 - beta and sigma = 1 - rho. It corrects their bias by the factors
            a_k = 1 / (1 - beta^{k+1}) and b_k = 1 / (1 - rho^{k+1}): the means become
            P_{k+1} = a_k M_{k+1} and Q_{k+1} = a_k N_{k+1}, the squares R_{k+1} = b_k G_{k+1} and
            S_{k+1} = b_k H_{k+1}. It steps to u_k - alpha_k P_{k+1} / sqrt(R_{k+1}) and
            v_k - alpha_k Q_{k+1} / sqrt(S_{k+1}), with any step sizes.
Statements. (1) The corrections exist: 1 - rho^{n+1} > 0 for 0 <= rho < 1.
            (2) Corrected or not, the first mean is twice the second: P = 2 Q.
            (3) Corrected or not, the first squares are four times the second: R = 4 S.
            (4) So for every number of steps in which Adam is defined, R and S > 0, the iterates
                stay on the diagonal: u_k = v_k. The one solution there is (2/3, 2/3), and it is
                longer than (4/5, 2/5): adaptive.py.
Method.     (2), (3) by induction, as the factors are common to both entries. (4): sqrt(4 s) is
            2 sqrt(s), so P / sqrt(R) = Q / sqrt(S), and u_k - v_k does not change.
Shapes.     All values are numbers; u_k and v_k are the entries of w after k steps.
Exports.    first_change, second_change.
Source.     Homework C, question 1.2.
"""

from sympy import sqrt

from therefore import (
    all_of,
    as_written,
    at_least,
    at_most,
    by,
    claim,
    derivation,
    equal,
    for_all,
    formula,
    greater,
    index,
    less,
    natural,
    real,
    real_sequence,
)

from .adaptive import averaged_fourfold

T, n = natural("T"), natural("n")
i, k, m = index("i", 0, T - 1), index("k", 0, T - 1), index("m", 0, T)
beta, gamma = real("beta"), real("gamma")
p, q, r, s, x, y = (real(name) for name in "pqrsxy")
rho, sigma = real("rho"), real("sigma")
g, u, v, M, N, G, H, P, Q, R, S, a, b, alpha = (
    real_sequence(name) for name in (*"guvMNGHPQRSab", "alpha")
)

with as_written():
    means = [
        at_least(beta, 0), greater(gamma, 0), equal(beta + gamma, 1),
        all_of(equal(M[0], 0), equal(N[0], 0)),
        for_all(k, 0, T - 1, equal(M[k + 1], beta * M[k] + gamma * (2 * g[k]))),
        for_all(k, 0, T - 1, equal(N[k + 1], beta * N[k] + gamma * g[k])),
    ]  # fmt: skip
    squares = [
        at_least(rho, 0), greater(sigma, 0), equal(rho + sigma, 1),
        all_of(equal(G[0], 0), equal(H[0], 0)),
        for_all(k, 0, T - 1, equal(G[k + 1], rho * G[k] + sigma * (2 * g[k]) ** 2)),
        for_all(k, 0, T - 1, equal(H[k + 1], rho * H[k] + sigma * g[k] ** 2)),
    ]  # fmt: skip
    twofold = claim(equal(M[m], 2 * N[m]), given=means)
    twofold.false_twin(equal(M[m], N[m]), at={T: 1})
    twofold_by_induction = derivation(
        equal(M[m], 2 * N[m]), by(induction=m), given=means, proves=twofold
    )

    share = [at_least(rho, 0), less(rho, 1)]
    corrected = claim(greater(1 - rho ** (n + 1), 0), given=share)
    corrected.false_twin(greater(1 - rho**n, 0), at={n: 0})
    not_above = derivation(at_most(rho**n, 1), by(induction=n), given=share)
    corrected_by_one_more = derivation(
        at_most(rho**n, 1),
        equal(rho ** (n + 1), rho * rho**n),
        at_most(rho * rho**n, rho),
        greater(1 - rho ** (n + 1), 0),
        given=share, using=[not_above], proves=corrected,
    )  # fmt: skip

    mean_hats = [
        for_all(k, 0, T - 1, equal(a[k] * (1 - beta ** (k + 1)), 1)),
        for_all(k, 0, T - 1, equal(P[k + 1], a[k] * M[k + 1])),
        for_all(k, 0, T - 1, equal(Q[k + 1], a[k] * N[k + 1])),
    ]
    mean_hat = claim(equal(P[i + 1], 2 * Q[i + 1]), given=[*means, *mean_hats])
    mean_hat.false_twin(equal(P[i + 1], Q[i + 1]), at={T: 1})
    mean_corrected = derivation(
        equal(M[i + 1], 2 * N[i + 1]),
        equal(a[i] * M[i + 1], 2 * (a[i] * N[i + 1])),
        equal(P[i + 1], a[i] * M[i + 1]),
        equal(Q[i + 1], a[i] * N[i + 1]),
        equal(P[i + 1], 2 * Q[i + 1]),
        given=[*means, *mean_hats], using=[twofold], proves=mean_hat,
    )  # fmt: skip

    square_hats = [
        for_all(k, 0, T - 1, equal(b[k] * (1 - rho ** (k + 1)), 1)),
        for_all(k, 0, T - 1, equal(R[k + 1], b[k] * G[k + 1])),
        for_all(k, 0, T - 1, equal(S[k + 1], b[k] * H[k + 1])),
    ]
    square_hat = claim(equal(R[i + 1], 4 * S[i + 1]), given=[*squares, *square_hats])
    square_hat.false_twin(equal(R[i + 1], 2 * S[i + 1]), at={T: 1})
    squares_corrected = derivation(
        equal(G[i + 1], 4 * H[i + 1]),
        equal(b[i] * G[i + 1], 4 * (b[i] * H[i + 1])),
        equal(R[i + 1], b[i] * G[i + 1]),
        equal(S[i + 1], b[i] * H[i + 1]),
        equal(R[i + 1], 4 * S[i + 1]),
        given=[*squares, *square_hats], using=[averaged_fourfold], proves=square_hat,
    )  # fmt: skip

    # One step in single numbers.
    root = derivation(equal(sqrt(r), 2 * sqrt(s)), given=[equal(r, 4 * s), greater(s, 0)])
    same_ratio = derivation(
        equal(x / p, y / q), given=[equal(x, 2 * y), equal(p, 2 * q), greater(q, 0)]
    )

    hats = [*means, *mean_hats, *squares, *square_hats]
    defined = [
        for_all(k, 0, T - 1, greater(R[k + 1], 0)),
        for_all(k, 0, T - 1, greater(S[k + 1], 0)),
    ]
    first, second = P[i + 1] / sqrt(R[i + 1]), Q[i + 1] / sqrt(S[i + 1])
    twice = for_all(k, 0, T - 1, equal(P[k + 1], 2 * Q[k + 1]))
    always_twice = derivation(twice, given=[*means, *mean_hats], using=[mean_hat])
    fourfold = for_all(k, 0, T - 1, equal(R[k + 1], 4 * S[k + 1]))
    always_fourfold = derivation(fourfold, given=[*squares, *square_hats], using=[square_hat])
    moves = [
        for_all(k, 0, T - 1, equal(u[k + 1], u[k] - alpha[k] * (P[k + 1] / sqrt(R[k + 1])))),
        for_all(k, 0, T - 1, equal(v[k + 1], v[k] - alpha[k] * (Q[k + 1] / sqrt(S[k + 1])))),
    ]
    origin = all_of(equal(u[0], 0), equal(v[0], 0))
    steps = [*defined, *moves, twice, fourfold, origin]
    same_change = equal(first, second)
    same_moves = derivation(
        equal(P[i + 1], 2 * Q[i + 1]),
        equal(R[i + 1], 4 * S[i + 1]),
        greater(S[i + 1], 0),
        equal(sqrt(R[i + 1]), 2 * sqrt(S[i + 1])),
        greater(sqrt(S[i + 1]), 0),
        same_change,
        equal(alpha[i] * first, alpha[i] * second),
        equal(u[i + 1], u[i] - alpha[i] * first),
        equal(v[i + 1], v[i] - alpha[i] * second),
        equal(u[i + 1] - v[i + 1], u[i] - v[i]),
        given=steps, using=[root, same_ratio],
    )  # fmt: skip
    moved_alike = derivation(
        equal(u[m] - v[m], 0), by(induction=m), given=steps, using=[same_moves]
    )
    on_the_diagonal = derivation(equal(u[m], v[m]), given=steps, using=[moved_alike])
    slopes = for_all(k, 0, T - 1, equal(g[k], 2 * (2 * u[k] + v[k] - 2)))
    adam = [*defined, *moves, origin, slopes, *hats]
    diagonal = claim(equal(u[m], v[m]), given=adam)
    diagonal.false_twin(equal(u[m], 2 * v[m]), at={T: 1})
    diagonal_by_steps = derivation(
        twice,
        fourfold,
        equal(u[m], v[m]),
        given=adam, using=[always_twice, always_fourfold, on_the_diagonal], proves=diagonal,
    )  # fmt: skip

first_change = formula(first)
second_change = formula(second)
