r"""A sum of two vectors with smaller weights is no longer, where the vectors do not oppose.

Problem.    Two vectors m and n of R^d with <m, n> >= 0, and numbers with |a_1| <= b_1 and
            |a_2| <= b_2.
Statement.  |a_1 m + a_2 n|^2 <= |b_1 m + b_2 n|^2.
Method.     The difference of both sides is (b_1^2 - a_1^2) |m|^2 + (b_2^2 - a_2^2) |n|^2
            + 2 (b_1 b_2 - a_1 a_2) <m, n>, and 2 (b_1 b_2 - a_1 a_2) is
            (b_1 - a_1)(b_2 + a_2) + (b_1 + a_1)(b_2 - a_2).
Shapes.     m and n are vectors in R^d, for every d.
Exports.    larger.
Source.     Elementary. It is what contractions of splitting methods come down to.
"""

from therefore import (
    as_written,
    at_most,
    claim,
    derivation,
    dimension,
    formula,
    inner,
    norm,
    not_equal,
    real,
    vector,
)

d = dimension("d")
m, n = vector("m", d), vector("n", d)
s, k = real("s"), real("k")
a_1, a_2, b_1, b_2 = real("a_1"), real("a_2"), real("b_1"), real("b_2")

with as_written():
    weights = [at_most(-b_1, a_1), at_most(a_1, b_1), at_most(-b_2, a_2), at_most(a_2, b_2)]
    of_m = derivation(0, "<=", (b_1 - a_1) * (b_1 + a_1) * norm(m) ** 2, given=weights)
    of_n = derivation(0, "<=", (b_2 - a_2) * (b_2 + a_2) * norm(n) ** 2, given=weights)
    numbers = derivation(
        0, "<=", (b_1 - a_1) * (b_2 + a_2) + (b_1 + a_1) * (b_2 - a_2), given=weights
    )
    setting = [*weights, at_most(0, inner(m, n))]
    of_both = derivation(
        0, "<=", ((b_1 - a_1) * (b_2 + a_2) + (b_1 + a_1) * (b_2 - a_2)) * inner(m, n),
        given=setting, using=[numbers],
    )  # fmt: skip

    smaller, larger_one = norm(a_1 * m + a_2 * n) ** 2, norm(b_1 * m + b_2 * n) ** 2
    loss_m = (b_1 - a_1) * (b_1 + a_1) * norm(m) ** 2
    loss_n = (b_2 - a_2) * (b_2 + a_2) * norm(n) ** 2
    loss_both = ((b_1 - a_1) * (b_2 + a_2) + (b_1 + a_1) * (b_2 - a_2)) * inner(m, n)
    compared = claim(at_most(smaller, larger_one), given=setting)
    compared.false_twin(
        at_most(smaller, larger_one), given=weights,
        at={d: 1, m: 1, n: -1, a_1: 1, a_2: -1, b_1: 1, b_2: 1},
    )  # fmt: skip
    one_by_one = derivation(
        smaller,
        "=", larger_one - loss_m - loss_n - loss_both,
        "<=", larger_one - loss_n - loss_both,
        "<=", larger_one - loss_both,
        "<=", larger_one,
        given=setting,
        using=[of_m, of_n, of_both],
        proves=compared,
    )  # fmt: skip

    # For those who divide by a square.
    scaled_down = derivation(at_most(0, s / k**2), given=[at_most(0, s), not_equal(k, 0)])

larger = formula(compared.rhs)
