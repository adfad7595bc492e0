r"""Forward and reverse accumulation give the same Jacobian, for any number of layers of any sizes.

Problem.    A composition x -> f_m(... f_2(f_1(x))), with the local Jacobians J_1 ... J_m taken
            along the way. J_k has n_k rows and n_{k-1} columns. By the chain rule the Jacobian of
            the whole is the product J_m ... J_1.
Statements. (1) Forward accumulation F_0 = I, F_k = J_k F_{k-1} and reverse accumulation R_m = I,
            R_{k-1} = R_k J_k end with the same matrix: F_m = R_0.
            (2) So does every mixed mode: R_k F_k is that matrix, wherever the two meet.
            (3) Written out: F_3 = J_3 J_2 J_1 and R_{m-3} = J_m J_{m-1} J_{m-2}, for m >= 3.
            (4) Forward mode carries a tangent, t_k = J_k t_{k-1}: it ends with F_m t_0.
            (5) Reverse mode carries an adjoint, a_{k-1} = J_k^T a_k: it ends with R_0^T a_m.
            (6) Both measure the same: <a_m, t_m> = <a_0, t_0>, and <u, F_m v> = <R_0^T u, v>.
Method.     R_k F_k is the same for k = 0 ... m, by induction over k:
            R_{k+1} F_{k+1} = R_{k+1} J_{k+1} F_k = R_k F_k. At k = 0 it is R_0, at k = m it is F_m.
Shapes.     J_k is n_k by n_{k-1}, F_k is n_k by n_0, R_k is n_m by n_k, t_k and a_k are in
            R^(n_k), for every m >= 1 and all sizes n_0 ... n_m.
Exports.    of_three_layers.
Source.     Homework A, question 4.
"""

from therefore import (
    as_written,
    at_least,
    by,
    claim,
    derivation,
    dimension,
    equal,
    for_all,
    formula,
    horizon,
    identity,
    index,
    inner,
    matrix_sequence,
    sequence,
    size_sequence,
    transpose,
    vector,
    vector_sequence,
)

m, n, d = horizon("m"), size_sequence("n"), dimension("d")
k = index("k", 0, m)
J = matrix_sequence("J", k, n[k], n[k - 1])
F, R = matrix_sequence("F", k, n[k], n[0]), matrix_sequence("R", k, n[m], n[k])
t, a = vector_sequence("t", k, n[k]), vector_sequence("a", k, n[k])
u, v = vector("u", n[m]), vector("v", n[0])
# Of one size, so that factors can be exchanged.
K, G, S = (matrix_sequence(name, k, d, d) for name in "KGS")
b, s, w, z = sequence("b", d), sequence("s", d), vector("w", d), vector("z", d)

with as_written():
    forward = [
        equal(F[0], identity(n[0])),
        for_all(k, 1, m, equal(F[k], J[k] * F[k - 1])),
    ]
    reverse = [
        equal(R[m], identity(n[m])),
        for_all(k, 1, m, equal(R[k - 1], R[k] * J[k])),
    ]
    forward_of_one_size = [
        equal(G[0], identity(d)),
        for_all(k, 1, m, equal(G[k], K[k] * G[k - 1])),
    ]
    exchanged = [
        equal(S[m], identity(d)),
        for_all(k, 1, m, equal(S[k - 1], K[k] * S[k])),
    ]

    invariant = equal(R[k] * F[k], R[0])
    every_mode_agrees = claim(invariant, given=forward + reverse)
    every_mode_agrees.false_twin(
        equal(S[k] * G[k], S[0]), given=forward_of_one_size + exchanged, at={m: 2}
    )
    by_induction = derivation(
        invariant, by(induction=k),
        given=forward + reverse, proves=every_mode_agrees,
    )  # fmt: skip

    modes_agree = claim(equal(F[m], R[0]), given=forward + reverse)
    modes_agree.false_twin(
        equal(G[m], S[0]), given=forward_of_one_size + exchanged, at={m: 2, d: 2}
    )
    from_the_invariant = derivation(
        equal(R[m] * F[m], R[0]),
        equal(F[m], R[0]),
        given=forward + reverse, using=[every_mode_agrees], proves=modes_agree,
    )  # fmt: skip

    three = [at_least(m, 3)]
    first_three = claim(equal(F[3], J[3] * J[2] * J[1]), given=three + forward)
    first_three.false_twin(
        equal(G[3], K[1] * K[2] * K[3]), given=three + forward_of_one_size, at={d: 2}
    )
    last_three = claim(equal(R[m - 3], J[m] * J[m - 1] * J[m - 2]), given=three + reverse)
    last_three.false_twin(
        equal(S[m - 3], K[m] * K[m - 1] * K[m - 2]), given=three + exchanged, at={d: 2}
    )

    tangent = for_all(k, 1, m, equal(t[k], J[k] @ t[k - 1]))
    adjoint = for_all(k, 1, m, equal(a[k - 1], transpose(J[k]) @ a[k]))
    tangent_of_one_size = for_all(k, 1, m, equal(s[k], K[k] @ s[k - 1]))
    not_transposed = for_all(k, 1, m, equal(b[k - 1], K[k] @ b[k]))

    tangents = claim(equal(t[k], F[k] @ t[0]), given=[*forward, tangent])
    tangents.false_twin(
        equal(s[k], transpose(G[k]) @ s[0]), given=[*forward_of_one_size, tangent_of_one_size]
    )
    tangents_by_induction = derivation(
        equal(t[k], F[k] @ t[0]), by(induction=k),
        given=[*forward, tangent], proves=tangents,
    )  # fmt: skip

    adjoints = claim(equal(a[m - k], transpose(R[m - k]) @ a[m]), given=[*reverse, adjoint])
    adjoints.false_twin(
        equal(b[m - k], transpose(S[m - k]) @ b[m]), given=[*exchanged, not_transposed]
    )
    adjoints_by_induction = derivation(
        equal(a[m - k], transpose(R[m - k]) @ a[m]), by(induction=k),
        given=[*reverse, adjoint], proves=adjoints,
    )  # fmt: skip

    pairings_agree = claim(equal(inner(a[m], t[m]), inner(a[0], t[0])), given=[tangent, adjoint])
    doubled = for_all(k, 1, m, equal(a[k - 1], 2 * (transpose(J[k]) @ a[k])))
    pairings_agree.false_twin(equal(inner(a[m], t[m]), inner(a[0], t[0])), given=[tangent, doubled])
    pairing = equal(inner(a[k], t[k]), inner(a[0], t[0]))
    pairing_by_induction = derivation(
        pairing, by(induction=k),
        equal(inner(a[m], t[m]), inner(a[0], t[0])),
        given=[tangent, adjoint], proves=pairings_agree,
    )  # fmt: skip

    seeds_agree = claim(
        equal(inner(u, F[m] @ v), inner(transpose(R[0]) @ u, v)), given=forward + reverse
    )
    seeds_agree.false_twin(
        equal(inner(w, G[m] @ z), inner(transpose(S[0]) @ w, z)),
        given=forward_of_one_size + exchanged, at={m: 2, d: 2},
    )  # fmt: skip
    by_the_jacobian = derivation(
        equal(inner(u, F[m] @ v), inner(transpose(R[0]) @ u, v)),
        given=forward + reverse, using=[modes_agree], proves=seeds_agree,
    )  # fmt: skip

of_three_layers = formula(first_three.rhs)
