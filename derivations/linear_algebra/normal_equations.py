r"""The normal equations: A^T A x = A^T b says that A x is as near to b as it can be.

Problem.    f(x) = |A x - b|^2, for any A: the columns may depend on each other.
Statements. (1) A^T A x = A^T b implies f(x) <= f(z) for every z.
            (2) f(z) - f(x) = |A (z - x)|^2 for such x and every z.
            (3) If f(x) <= f(z) for every z, then A^T A x = A^T b: with (1), x is a minimiser
                exactly where it solves the normal equations.
            (4) If A^T A is invertible, x = (A^T A)^{-1} A^T b is the only solution; the columns of
                A are independent then: A x = 0 for x = 0 only.
            (5) A^T A x = 0 exactly where A x = 0.
            (6) The residual of a minimiser is orthogonal to the columns: <A v, b> = <A v, A x>.
Method.     f(z) is f(x) + 2 <A (z - x), A x - b> + |A (z - x)|^2. At a minimiser the gradient is 0.
Shapes.     A is n by d, b is in R^n, x, z and v in R^d, for all sizes.
Exports.    least_squares_solution.
Source.     Strang, Introduction to Linear Algebra, section 4.3.
"""

from therefore import (
    as_written,
    at_most,
    claim,
    derivation,
    dimension,
    equal,
    for_all,
    formula,
    iff,
    implies,
    inner,
    inverse,
    invertible,
    matrix,
    norm,
    transpose,
    vector,
)

d, n = dimension("d"), dimension("n")
A, b = matrix("A", n, d), vector("b", n)
x, z, v = vector("x", d), vector("z", d), vector("v", d)

with as_written():
    gram, right_side = transpose(A) * A, transpose(A) @ b
    normal = equal(gram @ x, right_side)
    at_x, at_z = norm(A @ x - b) ** 2, norm(A @ z - b) ** 2

    excess = claim(equal(at_z - at_x, norm(A @ (z - x)) ** 2), given=[normal])
    excess.false_twin(equal(at_z - at_x, norm(A @ (z - x)) ** 2), given=[], at={d: 1, n: 1})
    least = claim(at_most(at_x, at_z), given=[normal])
    derivation(at_z, "=", at_x + norm(A @ (z - x)) ** 2, ">=", at_x, given=[normal], proves=least)
    least.false_twin(at_most(at_x, at_z), given=[equal(gram @ x, 2 * right_side)])

    everywhere = for_all(z, at_most(at_x, at_z))
    minimisers = claim(iff(everywhere, normal))
    minimisers.false_twin(iff(everywhere, equal(A @ x, b)), at={d: 1, n: 1})

    regular, solution = [invertible(gram)], inverse(gram) @ right_side
    unique = claim(iff(normal, equal(x, solution)), given=regular)
    unique.false_twin(iff(normal, equal(x, 2 * solution)), at={d: 1, n: 1})
    independent = claim(implies(equal(A @ x, 0), equal(x, 0)), given=regular)
    independent.false_twin(implies(equal(A @ x, 0), equal(x, 0)), given=[], at={d: 1, n: 1})
    kernel = claim(iff(equal(gram @ x, 0), equal(A @ x, 0)))
    kernel.false_twin(iff(equal(transpose(A) @ b, 0), equal(b, 0)), at={d: 1, n: 1})

    orthogonal = claim(equal(inner(A @ v, b), inner(A @ v, A @ x)), given=[normal])
    orthogonal.false_twin(equal(inner(A @ v, b), 2 * inner(A @ v, A @ x)), at={d: 1, n: 1})

least_squares_solution = formula(solution)
