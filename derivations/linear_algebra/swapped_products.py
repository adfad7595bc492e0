r"""What A B and B A share: inverses of I + A B and I + B A, and eigenvalues other than 0.

Problem.    Matrices A and B whose two products are square, of different sizes.
Statements. (1) If I + A B is invertible, so is I + B A, and
                (I + B A)^{-1} = I - B (I + A B)^{-1} A.
            (2) A B (I + A B)^{-1} = I - (I + A B)^{-1} = A (I + B A)^{-1} B.
            (3) If A B - c I is invertible and c is not 0, so is B A - c I: A B and B A have the
                same eigenvalues other than 0.
Method.     A (I + B A) = A + A B A = (I + A B) A. The inverse in (1) is multiplied out, from the
            left and from the right.
Shapes.     A is m by n, B is n by m, for all sizes; c is a number.
Exports.    inverse_of_swapped.
Source.     Henderson and Searle, SIAM Review 23, 1981; Horn and Johnson, Matrix Analysis, 1.3.22.
"""

from therefore import (
    as_written,
    claim,
    dimension,
    equal,
    formula,
    identity,
    inverse,
    invertible,
    matrix,
    not_equal,
    real,
)

m, n, c = dimension("m"), dimension("n"), real("c")
A, B = matrix("A", m, n), matrix("B", n, m)

with as_written():
    wide, narrow = identity(m) + A * B, identity(n) + B * A
    regular = [invertible(wide)]

    exists = claim(invertible(narrow), given=regular)
    exists.false_twin(invertible(narrow), given=[], at={m: 1, n: 1})
    swapped = claim(equal(inverse(narrow), identity(n) - B * inverse(wide) * A), given=regular)
    swapped.false_twin(equal(inverse(narrow), identity(n) + B * inverse(wide) * A), at={m: 1, n: 1})

    remainder = claim(equal(A * B * inverse(wide), identity(m) - inverse(wide)), given=regular)
    remainder.false_twin(equal(A * B * inverse(wide), identity(m) + inverse(wide)), at={m: 1, n: 1})
    around = claim(equal(A * B * inverse(wide), A * inverse(narrow) * B), given=regular)
    around.false_twin(
        equal(A * B * inverse(wide), A * inverse(identity(n) - B * A) * B), at={m: 1, n: 1}
    )

    shifted = [invertible(A * B - c * identity(m)), not_equal(c, 0)]
    eigenvalues = claim(invertible(B * A - c * identity(n)), given=shifted)
    eigenvalues.false_twin(invertible(B * A - c * identity(n)), given=shifted[:1], at={m: 1, n: 2})

inverse_of_swapped = formula(swapped.rhs)
