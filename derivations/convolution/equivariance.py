r"""A map is linear and commutes with the cyclic shift exactly when it is a convolution.

Problem.    A map L: R^n -> R^n, of which nothing is known but what it does. It is additive,
            L(x + y) = L(x) + L(y), and homogeneous, L(a x) = a L(x). It is equivariant: moving x by
            one place, cyclically, moves L(x) by one place. The convolution with c is the map
            (c * x)[i] = sum_k c[i - k] x[k].
Statements. (1) If L is all that, it is the convolution with c = L(e_0), its response to an
            impulse.
            (2) Every convolution is additive, homogeneous and equivariant.
Method.     (1) x is the sum of x[k] e_k. By induction over the number of terms L(x) is the sum of
            x[k] L(e_k); by induction over k, L(e_k) is L(e_0), moved by k places. (2) by entries.
Shapes.     x, y and L(x) are vectors in R^n, for every n >= 1; their places are residues modulo n.
Exports.    convolution.
Source.     Homework B, question 5 (convolutions are the linear maps that commute with the shift).
"""

from sympy import Sum

from therefore import (
    all_of,
    as_written,
    basis,
    by,
    claim,
    component,
    cyclic_index,
    cyclic_sequence,
    cyclic_sum,
    define,
    derivation,
    dimension,
    equal,
    for_all,
    formula,
    implies,
    index,
    real,
    vector,
    vector_map,
)

n = dimension("n")
i, j, r = (cyclic_index(name, n) for name in "ijr")
k, m, q = index("k"), index("m", 0, n - 1), index("q", 0, n - 1)
a, x, y = real("a"), vector("x", n), vector("y", n)
L, c = vector_map("L", n, n), cyclic_sequence("c", n)

with as_written():
    additive = for_all(x, for_all(y, equal(L(x + y), L(x) + L(y))))
    homogeneous = for_all(a, for_all(x, equal(L(a * x), a * L(x))))
    moved = for_all(i, equal(component(y, i), component(x, i - 1)))
    moves = for_all(i, equal(component(L(y), i), component(L(x), i - 1)))
    equivariant = for_all(x, for_all(y, implies(moved, moves)))
    convolved = cyclic_sum(c[i - r] * component(x, r), r)

    impulse = component(L(basis(n, 0)), i - r)
    response = equal(component(L(x), i), cyclic_sum(impulse * component(x, r), r))
    by_impulse = claim(response, given=[additive, homogeneous, equivariant])
    by_impulse.false_twin(response, given=[additive, homogeneous], at={n: 2})

    def part(last):
        return Sum(component(x, k) * basis(n, k), (k, 0, last))

    def image(last):
        return Sum(component(x, k) * L(basis(n, k)), (k, 0, last))

    coordinates = derivation(
        equal(component(part(m), i), Sum(component(x, k) * component(basis(n, k), i), (k, 0, m))),
        by(induction=m),
        equal(
            component(part(n - 1), i),
            Sum(component(x, k) * component(basis(n, k), i), (k, 0, n - 1)),
        ),
        equal(
            Sum(component(x, k) * component(basis(n, k), i), (k, 0, n - 1)),
            cyclic_sum(component(x, r) * component(basis(n, r), i), r),
        ),
        equal(component(part(n - 1), i), component(x, i)),
        equal(part(n - 1), x),
    )  # fmt: skip
    next_term = component(x, m + 1) * basis(n, m + 1)
    sum_of_images = derivation(
        equal(L(component(x, 0) * basis(n, 0)), component(x, 0) * L(basis(n, 0))),
        equal(L(next_term), component(x, m + 1) * L(basis(n, m + 1))),
        equal(L(part(m) + next_term), L(part(m)) + L(next_term)),
        equal(L(part(q)), image(q)), by(induction=q),
        equal(L(part(n - 1)), L(x)),
        equal(L(x), image(n - 1)),
        given=[additive, homogeneous],
        using=[coordinates],
    )  # fmt: skip
    moved_impulse = derivation(
        equal(component(L(basis(n, m + 1)), i + m + 1), component(L(basis(n, m)), i + m + 1 - 1)),
        equal(component(L(basis(n, q)), i + q), component(L(basis(n, 0)), i)), by(induction=q),
        equal(component(L(basis(n, q)), i - q + q), component(L(basis(n, 0)), i - q)),
        equal(component(L(basis(n, q)), i), component(L(basis(n, 0)), i - q)),
        given=[equivariant],
    )  # fmt: skip
    entry_of_image = derivation(
        equal(
            component(image(m), i),
            Sum(component(x, k) * component(L(basis(n, k)), i), (k, 0, m)),
        ),
        by(induction=m),
    )
    terms = component(x, k) * component(L(basis(n, 0)), i - k)
    from_impulses = derivation(
        component(L(x), i),
        "=", component(image(n - 1), i),
        "=", Sum(component(x, k) * component(L(basis(n, k)), i), (k, 0, n - 1)),
        "=", Sum(terms, (k, 0, n - 1)),
        "=", cyclic_sum(impulse * component(x, r), r),
        given=[additive, homogeneous, equivariant],
        using=[sum_of_images, moved_impulse, entry_of_image],
        proves=by_impulse,
    )  # fmt: skip

    C = define("C", (x, i), convolved)
    sum_of_two = for_all(x, for_all(y, equal(C(x + y, i), C(x, i) + C(y, i))))
    multiple = for_all(a, for_all(x, equal(C(a * x, i), a * C(x, i))))
    moves_too = for_all(x, for_all(y, implies(moved, equal(C(y, j), C(x, j - 1)))))
    every_convolution = claim(all_of(sum_of_two, multiple, moves_too))
    every_convolution.false_twin(implies(moved, equal(C(y, j), C(x, j + 1))), at={n: 3})
    by_entries = derivation(
        sum_of_two,
        multiple,
        implies(moved, equal(C(y, j), cyclic_sum(c[j - r] * component(x, r - 1), r))),
        equal(cyclic_sum(c[j - r] * component(x, r - 1), r), C(x, j - 1)),
        implies(moved, equal(C(y, j), C(x, j - 1))),
        moves_too,
        all_of(sum_of_two, multiple, moves_too),
        proves=every_convolution,
    )

convolution = formula(convolved)
