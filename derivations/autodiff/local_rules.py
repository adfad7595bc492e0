r"""Each operation hands derivatives on as it should: forwards by dual numbers, backwards by a tape.

Problem.    One operation of a computation graph, z = x * y say. Forward mode is given the
            tangents p of x and q of y and computes one for z; reverse mode is given the adjoint s
            of z and hands one to x and one to y.
Statements. For every operation that the programs know, of powers x^n for n = -2, 0, 2 and 3 and of
            multiples for 3 x:
            the tangent of z is p dz/dx + q dz/dy, and
            the adjoints handed back are s dz/dx and s dz/dy,
            wherever z has these derivatives. Where x = y, max(x, y) has none, and both programs
            refuse. That whole graphs are right follows from these rules by the chain rule.
Method.     The programs run on symbols; the rules of differentiation prove what they arrive at.
Shapes.     x, y, p, q and s are numbers.
Exports.    tangent_of_product, tangent_of_quotient, tangent_of_cube, tangent_of_sigmoid.
Source.     Homework A and B, question 4, parts (c) and (d), do this by hand for two functions.
"""

from dataclasses import replace

from sympy import Derivative, Integer, Max, Rational, cos, exp, log, sin, sqrt, tanh

from therefore import (
    all_of,
    as_written,
    autodiff,
    claim,
    define,
    equal,
    formula,
    greater,
    has_derivative,
    less,
    no_derivative,
    not_equal,
    real,
)
from therefore.autodiff import SYMBOLIC, Dual, Tape, dual_numbers, evaluate, record

x, y, p, q, s = (real(name) for name in "xypqs")

with as_written():
    sigma = define("sigma", (x,), 1 / (1 + exp(-x)))

symbols = SYMBOLIC.with_functions(sigmoid=sigma)
left_is_larger = replace(symbols, above=lambda u, v: Integer(1) if u == x else Integer(0))
right_is_larger = replace(symbols, above=lambda u, v: Integer(0) if u == x else Integer(1))


def hands_on(program, numbers=symbols):
    """What is said of one operation, of one number or of two."""
    graph = record(program)
    at, tangents = (x, y)[: len(graph.inputs)], (p, q)[: len(graph.inputs)]
    tape = Tape(graph, at, numbers)
    slopes = [Derivative(tape.outputs[0], by) for by in at]
    duals = [Dual(*pair) for pair in zip(at, tangents, strict=True)]
    (result,) = evaluate(graph, duals, dual_numbers(numbers))
    along = [change * slope for change, slope in zip(tangents, slopes, strict=True)]
    adjoints = tape.adjoints(seed=s)
    return all_of(
        equal(result.tangent, sum(along[1:], along[0])),
        *(
            equal(adjoints[place], s * slope)
            for place, slope in zip(graph.inputs, slopes, strict=True)
        ),
    )


with as_written():
    addition = claim(hands_on(lambda x, y: x + y))
    addition.false_twin(
        equal(p + 0, p * Derivative(x + y, x) + q * Derivative(x + y, y)), at={q: 1}
    )

    subtraction = claim(hands_on(lambda x, y: x - y))
    subtraction.false_twin(equal(s, s * Derivative(x - y, y)), at={s: 1})

    negation = claim(hands_on(lambda x: -x))
    negation.false_twin(equal(p, p * Derivative(-x, x)), at={p: 1})

    scaling = claim(hands_on(lambda x: 3 * x))
    scaling.false_twin(equal(p, p * Derivative(3 * x, x)), at={p: 1})

    multiplication = claim(hands_on(lambda x, y: x * y))
    multiplication.false_twin(
        equal(p * q, p * Derivative(x * y, x) + q * Derivative(x * y, y)), at={x: 1, y: 1}
    )

    division = claim(hands_on(lambda x, y: x / y), given=[not_equal(y, 0)])
    division.false_twin(equal(s * x / y**2, s * Derivative(x / y, y)), at={s: 1, x: 1, y: 1})

    no_power = claim(hands_on(lambda x: x**0))
    no_power.false_twin(equal(p, p * Derivative(x**0, x)), at={p: 1})

    square = claim(hands_on(lambda x: x**2))
    square.false_twin(equal(x * p, p * Derivative(x**2, x)), at={x: 1, p: 1})

    cube = claim(hands_on(lambda x: x**3))
    cube.false_twin(equal(3 * x * p, p * Derivative(x**3, x)), at={x: 2, p: 1})

    inverse_square = claim(hands_on(lambda x: x**-2), given=[not_equal(x, 0)])
    inverse_square.false_twin(
        equal(-2 * x ** (-1) * p, p * Derivative(x ** (-2), x)), at={x: 2, p: 1}
    )

    exponential = claim(hands_on(lambda x: autodiff.exp(x)))
    exponential.false_twin(equal(p * x * exp(x - 1), p * Derivative(exp(x), x)), at={x: 0, p: 1})

    logarithm = claim(hands_on(lambda x: autodiff.log(x)), given=[greater(x, 0)])
    logarithm.false_twin(equal(p / log(x), p * Derivative(log(x), x)), at={x: 2, p: 1})

    sine = claim(hands_on(lambda x: autodiff.sin(x)))
    sine.false_twin(equal(-cos(x) * p, p * Derivative(sin(x), x)), at={x: 0, p: 1})

    cosine = claim(hands_on(lambda x: autodiff.cos(x)))
    cosine.false_twin(equal(s * sin(x), s * Derivative(cos(x), x)), at={x: 1, s: 1})

    hyperbolic_tangent = claim(hands_on(lambda x: autodiff.tanh(x)))
    hyperbolic_tangent.false_twin(
        equal((1 + tanh(x) ** 2) * p, p * Derivative(tanh(x), x)), at={x: 1, p: 1}
    )

    square_root = claim(hands_on(lambda x: autodiff.sqrt(x)), given=[greater(x, 0)])
    square_root.false_twin(equal(p / sqrt(x), p * Derivative(sqrt(x), x)), at={x: 1, p: 1})

    sigmoid = claim(hands_on(lambda x: autodiff.sigmoid(x)))
    sigmoid.false_twin(  # homework B
        equal((1 - sigma(x)) * (sigma(x) * (1 - sigma(x))), Derivative(sigma(x), x)), at={x: 0}
    )

    maximum_left = claim(
        hands_on(lambda x, y: autodiff.maximum(x, y), left_is_larger), given=[greater(x, y)]
    )
    maximum_left.false_twin(equal(s, s * Derivative(Max(x, y), y)), at={x: 1, y: 0, s: 1})

    maximum_right = claim(
        hands_on(lambda x, y: autodiff.maximum(x, y), right_is_larger), given=[less(x, y)]
    )
    maximum_right.false_twin(  # half to each side is right nowhere
        equal(s * Rational(1, 2), s * Derivative(Max(x, y), y)), at={x: 0, y: 1, s: 1}
    )

    kink = claim(no_derivative(Max(x, y), x, y))
    kink.false_twin(has_derivative(Max(x, y), x, y, Rational(1, 2)), at={y: 0})

tangent_of_product, tangent_of_quotient, tangent_of_cube, tangent_of_sigmoid = (
    formula(rule.conclusion.args[0].lhs) for rule in (multiplication, division, cube, sigmoid)
)
