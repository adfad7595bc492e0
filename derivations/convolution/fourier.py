r"""The Fourier transform modulo n, over any field: it diagonalises circulants.

Problem.    K is any field: of rational, real or complex numbers, of the numbers modulo a prime,
            or another. omega in K has omega^n = 1, and sum_k omega^(j k) is 0 for every j that
            is not 0 modulo n. F has the entries omega^(j k), its conjugate \bar F the entries
            omega^(-j k), C is the circulant matrix with c[i - j] in row i and column j, and
            \hat c_k = sum_s c_s omega^(-s k).
Statements. (1) C F = F \hat C, where \hat C is the diagonal matrix of the \hat c_k: the columns of
            F are eigenvectors of every circulant, and \hat c_k are its eigenvalues.
            (2) F \bar F = n I.
            (3) The transform of a convolution is the product of the transforms:
            (c * x)^ = \hat c \hat x, by entries.
            (4) n x_j = sum_k omega^(j k) \hat x_k. Where n is not 0 in K, and b = 1/n, the
            transform has the inverse x_j = b sum_k omega^(j k) \hat x_k.
Method.     Sums over residues are reversed and exchanged; omega^(a + b) = omega^a omega^b.
Shapes.     Indices are residues modulo n, for every n >= 1; n is an element of K as well, and may
            be 0 in it.
Exports.    transformed, transformed_back.
Source.     Homework B, question 5 (circulants). Pollard, The fast Fourier transform in a finite
            field, Mathematics of Computation 25, 1971.
"""

from therefore import (
    as_written,
    claim,
    cyclic_index,
    cyclic_sum,
    define,
    delta,
    derivation,
    dimension,
    element,
    element_sequence,
    equal,
    field,
    for_all,
    formula,
    implies,
    not_equal,
    root_of_unity,
)

K, n = field("K"), dimension("n")
i, j, k, m, r, s = (cyclic_index(name, n) for name in "ijkmrs")
omega, b = element("omega", K), element("b", K)
c, x = element_sequence("c", n, K), element_sequence("x", n, K)

with as_written():
    F = define("F", (j, k), omega ** (j * k))
    F_bar = define(r"\bar F", (j, k), omega ** (-j * k))
    C = define("C", (i, j), c[i - j])
    c_hat = define(r"\hat c", (k,), cyclic_sum(c[s] * F_bar(s, k), s))
    x_hat = define(r"\hat x", (k,), cyclic_sum(x[s] * F_bar(s, k), s))
    C_hat = define(r"\hat C", (i, j), delta(i, j) * c_hat(i))
    c_star_x = define("y", (i,), cyclic_sum(c[i - s] * x[s], s))

    root = root_of_unity(omega, n)
    sums_vanish = for_all(j, implies(not_equal(j, 0), equal(cyclic_sum(omega ** (j * k), k), 0)))

    left = cyclic_sum(C(i, j) * F(j, k), j)
    right = cyclic_sum(F(i, j) * C_hat(j, k), j)
    diagonalised = claim(equal(left, right), given=[root])
    turned = cyclic_sum(F_bar(i, j) * C_hat(j, k), j)
    diagonalised.false_twin(equal(left, turned))
    reversed_sum = derivation(
        equal(left, cyclic_sum(c[s] * omega ** ((i - s) * k), s)),
        equal(cyclic_sum(c[s] * omega ** ((i - s) * k), s), F(i, k) * c_hat(k)),
        equal(right, F(i, k) * c_hat(k)),
        equal(left, right),
        given=[root],
        proves=diagonalised,
    )

    product = cyclic_sum(F(i, k) * F_bar(k, j), k)
    orthogonal = claim(equal(product, n * delta(i, j)), given=[root, sums_vanish])
    orthogonal.false_twin(equal(product, n * delta(i, j)), given=[root])
    orthogonal.false_twin(
        equal(cyclic_sum(F(i, k) * F(k, j), k), n * delta(i, j)), at={n: 3, K: 7, omega: 2}
    )
    by_cases = derivation(
        equal(cyclic_sum(omega ** (r * k), k), n * delta(r, 0)),
        equal(cyclic_sum(omega ** ((i - j) * k), k), n * delta(i - j, 0)),
        equal(product, n * delta(i, j)),
        given=[root, sums_vanish],
        proves=orthogonal,
    )

    convolved = cyclic_sum(c_star_x(j) * F_bar(j, k), j)
    transform = claim(equal(convolved, c_hat(k) * x_hat(k)), given=[root])
    transform.false_twin(equal(convolved, c_hat(k) * cyclic_sum(x[s] * F(s, k), s)))
    moved = cyclic_sum(c[j - s] * omega ** (-j * k), j)
    one_by_one = c[j - s] * x[s] * omega ** (-j * k)
    exchanged = derivation(
        equal(convolved, cyclic_sum(cyclic_sum(one_by_one, s), j)),
        equal(cyclic_sum(cyclic_sum(one_by_one, s), j), cyclic_sum(cyclic_sum(one_by_one, j), s)),
        equal(moved, cyclic_sum(c[-j] * omega ** ((j - s) * k), j)),
        equal(
            cyclic_sum(c[-j] * omega ** ((j - s) * k), j),
            cyclic_sum(c[j] * omega ** ((-j - s) * k), j),
        ),
        equal(moved, omega ** (-s * k) * c_hat(k)),
        equal(cyclic_sum(one_by_one, j), x[s] * moved),
        equal(x[s] * moved, x[s] * (omega ** (-s * k) * c_hat(k))),
        equal(cyclic_sum(one_by_one, j), x[s] * omega ** (-s * k) * c_hat(k)),
        equal(
            cyclic_sum(cyclic_sum(one_by_one, j), s),
            cyclic_sum(x[s] * omega ** (-s * k) * c_hat(k), s),
        ),
        equal(cyclic_sum(x[s] * omega ** (-s * k) * c_hat(k), s), c_hat(k) * x_hat(k)),
        equal(convolved, c_hat(k) * x_hat(k)),
        given=[root],
        proves=transform,
    )

    back = cyclic_sum(F(j, k) * x_hat(k), k)
    inverse_transform = claim(equal(back, n * x[j]), given=[root, sums_vanish])
    inverse_transform.false_twin(equal(back, x[j]))
    row = cyclic_sum(F(j, k) * F_bar(k, s), k)
    each = x[s] * (F(j, k) * F_bar(k, s))
    by_orthogonality = derivation(
        equal(back, cyclic_sum(cyclic_sum(each, s), k)),
        equal(cyclic_sum(cyclic_sum(each, s), k), cyclic_sum(cyclic_sum(each, k), s)),
        equal(row, n * delta(j, s)),
        equal(cyclic_sum(each, k), x[s] * row),
        equal(x[s] * row, x[s] * (n * delta(j, s))),
        equal(cyclic_sum(each, k), x[s] * (n * delta(j, s))),
        equal(cyclic_sum(cyclic_sum(each, k), s), cyclic_sum(x[s] * (n * delta(j, s)), s)),
        equal(cyclic_sum(x[s] * (n * delta(j, s)), s), n * x[j]),
        equal(back, n * x[j]),
        given=[root, sums_vanish],
        using=[by_cases],
        proves=inverse_transform,
    )

    reciprocal = equal(n * b, 1)  # there is such a b where n is not 0 in K
    inverse = claim(equal(x[j], b * back), given=[root, sums_vanish, reciprocal])
    inverse.false_twin(equal(x[j], b * cyclic_sum(F_bar(j, k) * x_hat(k), k)))
    times_reciprocal = derivation(
        equal(b * back, b * (n * x[j])),
        equal(b * (n * x[j]), (n * b) * x[j]),
        equal((n * b) * x[j], 1 * x[j]),
        equal(x[j], b * back),
        given=[root, sums_vanish, reciprocal],
        using=[by_orthogonality],
        proves=inverse,
    )

transformed = formula(c_hat(k))
transformed_back = formula(inverse.rhs)
