r"""The response of an image to a filter, with zero padding: cross-correlation and convolution.

Problem.    An image of 5 by 5 numbers and a filter of 3 by 3. The image is padded by
            (3 - 1)/2 = 1 rows and columns of zeros on every side. The response at (i, j) is the
            sum, over the places (u, v) of the filter, of the filter there times the padded image
            at (i + u, j + v): that is cross-correlation, which networks compute. For convolution
            the filter is turned by half a turn first.
Statements. (1) The response of the image below to the filter 4 in the middle, -1 beside it (the
            discrete Laplacian, which finds edges) is the matrix below.
            (2) This filter is its own half turn, so that convolution gives the same, for every
            image.
            (3) For every image, the response in the middle is four times the number there minus
            its four neighbours; in a corner two of them are missing.
            (4) For every filter the response is linear in the image.
Method.     The definitions, entry by entry.
Shapes.     Images and responses are 5 by 5, filters 3 by 3, padded images 7 by 7. Places are
            counted from 0.
Exports.    padded, correlation, convolution, response, laplacian_in_the_middle.
Source.     Homework C, question 3.1.
"""

from typing import Any

from sympy import Matrix

from therefore import (
    as_written,
    both,
    claim,
    cyclic_index,
    cyclic_sum,
    define,
    delta,
    derivation,
    entry,
    equal,
    formula,
    matrix,
    matrix_by_entries,
    real,
    representative,
)

size, width = 5, 3
padding = (width - 1) // 2
i, j = cyclic_index("i", size), cyclic_index("j", size)  # a place of the response
r, s = cyclic_index("r", size), cyclic_index("s", size)  # a place of the image
u, v = cyclic_index("u", width), cyclic_index("v", width)  # a place of the filter
a, b = (cyclic_index(name, size + 2 * padding) for name in "ab")  # of the padded image


def padded(image: Any) -> Any:
    """The image with ``padding`` rows and columns of zeros on every side.

    Row r of the image becomes row r + padding by a matrix with the entries [a = r + padding].
    """
    with as_written():
        down = matrix_by_entries((a, r), delta(a, representative(r) + padding))
        right = matrix_by_entries((s, b), delta(b, representative(s) + padding))
        return down * image * right


def correlation(around: Any, kernel: Any) -> Any:
    """The cross-correlation of a filter and an image, given by the padded image."""
    with as_written():
        row, column = representative(i) + representative(u), representative(j) + representative(v)
        product = entry(kernel, u, v) * entry(around, row, column)
        return matrix_by_entries((i, j), cyclic_sum(cyclic_sum(product, v), u))


def half_turn(kernel: Any) -> Any:
    """The filter, read from its last place to its first."""
    with as_written():
        return matrix_by_entries((u, v), entry(kernel, width - 1 - u, width - 1 - v))


def convolution(around: Any, kernel: Any) -> Any:
    """The convolution of a filter and an image: the cross-correlation with its half turn."""
    return correlation(around, half_turn(kernel))


image = Matrix([
    [0, 1, 1, 0, 0],
    [0, 1, 1, 1, 0],
    [1, 1, 1, 1, 0],
    [0, 1, 1, 1, 0],
    [0, 0, 1, 0, 0],
])  # fmt: skip
laplacian = Matrix([[0, -1, 0], [-1, 4, -1], [0, -1, 0]])
response = Matrix([
    [-1, 2, 2, -2, 0],
    [-2, 1, 0, 2, -1],
    [3, 0, 0, 1, -1],
    [-2, 2, 0, 2, -1],
    [0, -2, 3, -2, 0],
])  # fmt: skip
one_wrong = response.copy()
one_wrong[2, 0] = 2  # as if the image went on at its left edge

X, Y, K = matrix("X", size, size), matrix("Y", size, size), matrix("K", width, width)
alpha, beta = real("alpha"), real("beta")

with as_written():
    J = define("J", (), laplacian)
    P_I, P_X, P_Y = (
        define(name, (), padded(one)) for name, one in (("P_I", image), ("P_X", X), ("P_Y", Y))
    )

    response_of_image = claim(equal(correlation(P_I, J), response))
    response_of_image.false_twin(equal(correlation(P_I, J), one_wrong))

    convolution_of_image = claim(equal(convolution(P_I, J), response))
    convolution_of_image.false_twin(equal(convolution(P_I, J), one_wrong))

    symmetric_filter = claim(equal(convolution(P_X, J), correlation(P_X, J)))
    symmetric_filter.false_twin(
        equal(entry(convolution(P_I, K), 0, 0), entry(correlation(P_I, K), 0, 0))
    )
    own_half_turn = derivation(
        equal(half_turn(J), J),
        equal(convolution(P_X, J), correlation(P_X, J)),
        proves=symmetric_filter,
    )

    in_the_middle = equal(
        entry(correlation(P_X, J), 2, 2), 4 * X[2, 2] - X[1, 2] - X[3, 2] - X[2, 1] - X[2, 3]
    )
    corner = entry(correlation(P_X, J), 0, 0)
    in_a_corner = equal(corner, 4 * X[0, 0] - X[1, 0] - X[0, 1])
    laplacian_of_image = claim(both(in_the_middle, in_a_corner))
    laplacian_of_image.false_twin(equal(corner, 4 * X[0, 0] - X[1, 0] - X[0, 1] - X[4, 0]))

    mixed = define("P", (), padded(alpha * X + beta * Y))
    separate = alpha * correlation(P_X, K) + beta * correlation(P_Y, K)
    response_is_linear = claim(equal(correlation(mixed, K), separate))
    one, other = entry(correlation(P_X, J), 0, 0), entry(correlation(P_Y, J), 0, 0)
    response_is_linear.false_twin(equal(entry(correlation(mixed, J), 0, 0), alpha * one + other))

laplacian_in_the_middle = formula(in_the_middle.rhs)
