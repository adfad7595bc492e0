r"""Circulant matrices are the polynomials in the cyclic shift.

Problem.    Matrices of n rows and n columns, counted modulo n. The cyclic shift J sends e_j to
            e_{j+1}. The circulant matrix of c_0 ... c_{n-1} has the entries c[i - j].
Statements. (1) J^k sends e_j to e_{j+k}: its entries are [i = j + k], for every k >= 0.
            (2) J^n is the identity.
            (3) Powers of J commute: J^j J^k = J^{j+k}.
            (4) A circulant is a polynomial in J: it is the sum of c_k J^k over k = 0 ... n - 1.
            (5) A polynomial in J, with any number of terms, is a circulant.
Method.     (1) by induction over k, as J^{k+1} = J J^k moves every row by one. (2) is (1) at
            k = n. (4) by entries: of the sum over k only [i = j + k] is left. (5) each entry
            depends on i - j only.
Shapes.     All matrices are n by n, for every n >= 1; indices are residues modulo n.
Exports.    polynomial_entry.
Source.     Homework B, question 5.
"""

from sympy import Lambda, Sum

from therefore import (
    as_written,
    by,
    circulant,
    claim,
    cyclic_index,
    cyclic_sequence,
    delta,
    derivation,
    dimension,
    entry,
    equal,
    for_all,
    for_some,
    formula,
    horizon,
    identity,
    index,
    matrix,
    natural,
    real_sequence,
    representative,
    shift,
)

n, T = dimension("n"), horizon("T")
i, j = (cyclic_index(name, n) for name in "ij")
k, m = index("k", 0, n - 1), natural("m")
c, a, t = cyclic_sequence("c", n), real_sequence("a"), index("t", 0, T)
p, q = natural("p"), natural("q")
C, J, B = circulant(c), shift(n), matrix("B", n, n)

with as_written():
    entries_of_power = for_all(i, for_all(j, equal(entry(J**m, i, j), delta(i, j + m))))
    powers = claim(entries_of_power)
    powers.false_twin(equal(entry(J**m, i, j), delta(i, j - m)), at={n: 3, m: 1})
    by_induction = derivation(
        entries_of_power, by(induction=m),
        proves=powers,
    )  # fmt: skip

    full_turn = claim(equal(J**n, identity(n)))
    full_turn.false_twin(equal(J ** (n - 1), identity(n)), at={n: 2})
    full_turn_by_entries = derivation(
        equal(entry(J**n, i, j), delta(i, j + n)),
        equal(J**n, identity(n)),
        using=[powers], proves=full_turn,
    )  # fmt: skip

    powers_commute = claim(equal(J**p * J**q, J**q * J**p))
    powers_commute.false_twin(equal(J**p * B**q, B**q * J**p), at={n: 2})
    powers_add = claim(equal(J**p * J**q, J ** (p + q)))
    powers_add.false_twin(equal(J**p * J**q, J ** (p * q)), at={n: 2})

    polynomial = Sum(c[k] * J**k, (k, 0, n - 1))
    circulant_is_polynomial = claim(equal(C, polynomial))
    circulant_is_polynomial.false_twin(equal(C, Sum(c[k] * J ** (k + 1), (k, 0, n - 1))), at={n: 2})
    only_one_term_is_left = derivation(
        equal(entry(polynomial, i, j), Sum(c[k] * delta(i, j + k), (k, 0, n - 1))),
        equal(entry(polynomial, i, j), c[i - j]),
        equal(C, polynomial),
        using=[powers], proves=circulant_is_polynomial,
    )  # fmt: skip

    any_polynomial = Sum(a[t] * J**t, (t, 0, T))
    is_circulant = for_some(c, for_all(i, for_all(j, equal(entry(any_polynomial, i, j), c[i - j]))))
    polynomial_is_circulant = claim(is_circulant)
    polynomial_is_circulant.false_twin(
        for_all(i, for_all(j, equal(entry(any_polynomial, i, j), a[representative(i - j)]))),
        at={n: 2},
    )
    same_along_diagonals = derivation(
        equal(entry(any_polynomial, i, j), Sum(a[t] * delta(i, j + t), (t, 0, T))),
        is_circulant, by(witness=[Lambda(i, Sum(a[t] * delta(i, t), (t, 0, T)))]),
        using=[powers], proves=polynomial_is_circulant,
    )  # fmt: skip

polynomial_entry = formula(only_one_term_is_left.steps[0].conclusion.rhs)
