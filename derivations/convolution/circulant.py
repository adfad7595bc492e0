r"""Circulant matrices commute with the cyclic shift, and nothing else does.

Problem.    Matrices of n rows and n columns, counted modulo n. The cyclic shift J sends e_j to
            e_{j+1}, so J[i, j] is 1 if i = j + 1 and 0 otherwise. The circulant matrix of
            c_0 ... c_{n-1} has the entries c[i - j]. Multiplying by it is cyclic convolution.
Statements. (1) Every circulant commutes with the shift.
            (2) Any two circulants commute.
            (3) A matrix that commutes with the shift is circulant: convolutions are the only
                linear maps that are equivariant to the shift.
Method.     (1), (2) by entries: a sum over residues, reindexed. (3) from B J = J B comes
            B[i, j + 1] = B[i - 1, j]; by induction B is constant along its cyclic diagonals.
Shapes.     All matrices are n by n, for every n >= 1; indices are residues modulo n.
Exports.    product_entry.
Source.     Homework B, question 5, whose solution denies (3).
"""

from sympy import Lambda

from therefore import (
    as_written,
    by,
    circulant,
    claim,
    cyclic_index,
    cyclic_sequence,
    cyclic_sum,
    delta,
    derivation,
    dimension,
    entry,
    equal,
    for_all,
    for_some,
    formula,
    index,
    matrix,
    real_sequence,
    shift,
    toeplitz,
)

n = dimension("n")
i, j, k = (cyclic_index(name, n) for name in "ijk")
c, s = cyclic_sequence("c", n), cyclic_sequence("s", n)
a, b = real_sequence("a"), real_sequence("b")  # of Toeplitz matrices, which are not cyclic
C, S, J, B = circulant(c), circulant(s), shift(n), matrix("B", n, n)

with as_written():
    commutes_with_shift = claim(equal(C * J, J * C))
    commutes_with_shift.false_twin(equal(toeplitz(a, n) * J, J * toeplitz(a, n)), at={n: 2})
    shift_by_entries = derivation(
        equal(entry(C * J, i, j), cyclic_sum(c[i - k] * delta(k, j + 1), k)),
        equal(entry(C * J, i, j), c[i - j - 1]),
        equal(entry(J * C, i, j), cyclic_sum(delta(i, k + 1) * c[k - j], k)),
        equal(entry(J * C, i, j), c[i - j - 1]),
        equal(C * J, J * C),
        proves=commutes_with_shift,
    )

    circulants_commute = claim(equal(C * S, S * C))
    circulants_commute.false_twin(
        equal(toeplitz(a, n) * toeplitz(b, n), toeplitz(b, n) * toeplitz(a, n)), at={n: 2}
    )
    circulants_by_entries = derivation(
        equal(entry(C * S, i, j), cyclic_sum(c[i - k] * s[k - j], k)),
        equal(entry(S * C, i, j), cyclic_sum(s[i - k] * c[k - j], k)),
        equal(C * S, S * C),
        proves=circulants_commute,
    )

    commuting = equal(B * J, J * B)
    is_circulant = for_some(c, for_all(i, for_all(j, equal(B[i, j], c[i - j]))))
    commuting_is_circulant = claim(is_circulant, given=[commuting])
    commuting_is_circulant.false_twin(equal(B[i, j], B[i + j, 0]), at={n: 3})

    m = index("m", 0, n)
    along_diagonals = derivation(
        equal(B[i, j + 1], B[i - 1, j]),
        equal(B[i + m, j + m], B[i, j]), by(induction=m),
        equal(B[i, j], B[i - j, 0]),
        is_circulant, by(witness=[Lambda(i, B[i, 0])]),
        proves=commuting_is_circulant,
    )  # fmt: skip

product_entry = formula(circulants_by_entries.steps[0].conclusion.rhs)
