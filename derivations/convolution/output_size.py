r"""How many places a filter has on a padded image: the size of the output of a convolution.

Problem.    An image of n pixels in a row, padded by p zeros on both sides; a filter of k pixels
            that is moved in steps of s. Its window at step t covers the k pixels from t s on, of
            the n + 2p there are, and has to lie among them: 0 <= t and t s + k <= n + 2p.
Statements. (1) These are the steps t = 0, ..., floor((n + 2p - k)/s), so that
            (2) there are floor((n + 2p - k)/s) + 1 of them.
            (3) floor(x) is the only integer q with q <= x < q + 1.
            (4) For an odd k, p = (k - 1)/2 and s = 1 the output has the size n of the image.
            (5) Without padding and in steps of k (pooling), the output has floor(n/k) pixels.
Method.     q <= x < q + 1 for q = floor(x), multiplied by s; there is no integer between q and
            q + 1.
Shapes.     n, k and s are at least 1, p is at least 0, all are integers, and k <= n + 2p: the
            filter fits on the image. The same holds for rows and columns of an image.
Exports.    size, output_size.
Source.     Homework C, question 3.1 (the padding that keeps the size); Dumoulin and Visin, A
            guide to convolution arithmetic for deep learning, 2016, section 2.
"""

from typing import Any

from sympy import Sum, floor, sympify

from therefore import (
    as_written,
    at_most,
    both,
    claim,
    derivation,
    dimension,
    equal,
    formula,
    iff,
    implies,
    index,
    integer,
    less,
    real,
)

n, k, s = dimension("n"), dimension("k"), dimension("s")  # of image and filter, and the step
p, t, q, x = integer("p"), integer("t"), integer("q"), real("x")
i = index("i")


def output_size(n: Any, k: Any, p: Any, s: Any) -> Any:
    """The size of the output: image n, filter k, padding p on both sides, step s."""
    n, k, p, s = (sympify(number, strict=True) for number in (n, k, p, s))
    return floor((n + 2 * p - k) / s) + 1


with as_written():
    last = floor((n + 2 * p - k) / s)
    fits = [at_most(k, n + 2 * p)]
    window = both(at_most(0, t), at_most(t * s + k, n + 2 * p))

    window_places = claim(iff(window, both(at_most(0, t), at_most(t, last))), given=fits)
    window_places.false_twin(
        iff(window, both(at_most(0, t), at_most(t, last + 1))), at={n: 1, k: 1, s: 1, p: 0, t: 1}
    )
    window_places.false_twin(iff(window, both(at_most(0, t), at_most(t, floor((n + 2 * p) / s)))))
    by_whole_part = derivation(
        both(at_most(last * s, n + 2 * p - k), less(n + 2 * p - k, (last + 1) * s)),
        implies(at_most(t * s + k, n + 2 * p), at_most(t, last)),
        implies(at_most(t, last), at_most(t * s + k, n + 2 * p)),
        iff(window, both(at_most(0, t), at_most(t, last))),
        given=fits,
        proves=window_places,
    )

    count = Sum(1, (i, 0, last))
    number_of_places = claim(equal(count, output_size(n, k, p, s)), given=fits)
    number_of_places.false_twin(equal(count, last), at={n: 1, k: 1, p: 0, s: 1})
    number_of_places.false_twin(equal(count, -floor(-(n + 2 * p - k) / s) + 1))  # rounded up

    between = both(at_most(q, x), less(x, q + 1))
    only_whole_part = claim(iff(equal(q, floor(x)), between))
    only_whole_part.false_twin(iff(equal(q, floor(x)), both(at_most(q, x), at_most(x, q + 1))))
    from_both_sides = derivation(
        implies(equal(q, floor(x)), between),
        implies(between, equal(q, floor(x))),
        iff(equal(q, floor(x)), between),
        proves=only_whole_part,
    )

    same_padding = claim(equal(output_size(n, k, p, 1), n), given=[equal(p, (k - 1) / 2)])
    same_padding.false_twin(equal(output_size(n, k, p, 1), n), given=[equal(p, k / 2)])
    one_less = derivation(
        equal(floor((n + 2 * p - k) / 1), n - 1),
        equal(output_size(n, k, p, 1), n),
        given=[equal(p, (k - 1) / 2)],
        proves=same_padding,
    )

    pooled = output_size(n, k, 0, k)
    pooling = claim(equal(pooled, floor(n / k)), given=[at_most(k, n)])
    pooling.false_twin(equal(pooled, floor(n / k) + 1), at={n: 1, k: 1})
    one_step_more = derivation(
        both(at_most(pooled, n / k), less(n / k, pooled + 1)),
        equal(pooled, floor(n / k)),
        given=[at_most(k, n)],
        using=[only_whole_part],
        proves=pooling,
    )

size = formula(last + 1)  # in n, k, p and s
