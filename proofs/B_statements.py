r"""What solution B says of circulant matrices and of a parabola, where no single formula says it.

Problem.    Matrices of n rows and n columns, for every n >= 1, their rows and columns counted
            modulo n. The cyclic shift J sends e_j to e_{j+1}; the circulant matrix of
            c_0 ... c_{n-1} has the entries c[i - j]. Section 6 speaks of the parabola
            f(w) = (w - 2)^2/2 + (w + 1)^2/2.
Statements. Named as in tests/corpus/ledger.yaml. B-5a-1: C = sum_i c_i J^i. B-5a-2: circulants
            commute. B-5b-1: what commutes with J is a sum of its powers. B-5b-2 (wrong): some
            matrix commutes with J and is not circulant. B-5b-3 (wrong): a sum of commutators of
            powers of J is not zero. B-6-1 (wrong): f has two real roots.
Method.     The power J^i, for i = 0 ... n-1, is written by its entries: 1 in row k and column l
            if k = l + i, else 0. That these are the powers of J is what the first two claims say:
            J^0 is the identity, and J J^i = J^{i+1}. Equations between matrices are read entry by
            entry, "not 0" as "some entry is not 0", and "does not imply" as "there is an
            exception". Of the two real and two complex roots that B-6-1 gives a parabola, only
            the real ones are stated: two different real numbers that are roots.
Source.     Homework B, questions 5 and 6.
"""

from sympy import Lambda

from therefore import (
    as_written,
    both,
    by,
    circulant,
    claim,
    cyclic_index,
    cyclic_sequence,
    cyclic_sum,
    define,
    delta,
    derivation,
    dimension,
    entry,
    equal,
    for_all,
    for_some,
    index,
    less,
    matrix,
    matrix_by_entries,
    not_equal,
    real,
    shift,
)

n = dimension("n")
i, j, k, l, r = (cyclic_index(name, n) for name in "ijklr")  # noqa: E741
b, c, s = (cyclic_sequence(name, n) for name in "bcs")
B, C, J, S = matrix("B", n, n), circulant(c), shift(n), circulant(s)
m = index("m", 0, n)
w, u, v = real("w"), real("u"), real("v")


def power(exponent):
    """The matrix that moves by so many places: J to this power."""
    return matrix_by_entries((k, l), delta(k, l + exponent))


with as_written():
    power_zero = claim(equal(entry(power(0), i, j), delta(i, j)))
    next_power = claim(equal(J * power(r), power(r + 1)))

    sum_of_powers = claim(
        equal(entry(C, k, l), cyclic_sum(c[i] * entry(power(i), k, l), i)), label="B-5a-1"
    )

    commutator = cyclic_sum(
        cyclic_sum(
            c[i] * s[j] * (entry(power(i) * power(j), k, l) - entry(power(j) * power(i), k, l)), j
        ),
        i,
    )
    circulants_commute = claim(
        both(
            equal(entry(C * S, k, l) - entry(S * C, k, l), commutator),
            equal(commutator, 0),
        ),
        label="B-5a-2",
    )

    commuting = equal(B * J, J * B)
    is_sum_of_powers = for_some(
        b, for_all(k, for_all(l, equal(B[k, l], cyclic_sum(b[i] * entry(power(i), k, l), i))))
    )
    commuting_is_circulant = claim(is_sum_of_powers, given=[commuting], label="B-5b-1")
    along_diagonals = derivation(
        equal(B[i, j + 1], B[i - 1, j]),
        equal(B[i + m, j + m], B[i, j]), by(induction=m),
        equal(B[i, j], B[i - j, 0]),
        is_sum_of_powers, by(witness=[Lambda(i, B[i, 0])]),
        proves=commuting_is_circulant,
    )  # fmt: skip

    not_circulant = for_all(c, for_some(i, for_some(j, not_equal(B[i, j], c[i - j]))))
    exception = claim(
        for_some(B, both(commuting, not_circulant)), label="B-5b-2", expect="refuted"
    )

    sum_of_commutators = cyclic_sum(
        cyclic_sum(
            b[i] * s[j] * (entry(power(i) * power(j), k, l) - entry(power(j) * power(i), k, l)), j
        ),
        i,
    )
    not_zero = claim(
        for_some(k, for_some(l, not_equal(sum_of_commutators, 0))),
        label="B-5b-3",
        expect="refuted",
    )

    f = define("f", (w,), (w - 2) ** 2 / 2 + (w + 1) ** 2 / 2)
    two_real_roots = claim(
        for_some(u, for_some(v, both(less(u, v), both(equal(f(u), 0), equal(f(v), 0))))),
        label="B-6-1",
        expect="refuted",
    )
