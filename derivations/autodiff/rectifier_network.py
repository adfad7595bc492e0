r"""Back-propagation through two layers of rectifiers, where none of them is at its kink.

Problem.    h = W_h x + b_h, r = ReLU(h), u = W_o r + b_o, o = ReLU(u) and the loss
            L = (o - y)^2 / 2, for weights W_h (2 x 3) and W_o = (v_1, v_2); no entry of h is 0,
            and u is not 0.
Statements. (1) The adjoint that the tape computes for a node is the derivative of the loss by the
            value of that node.
            (2) What the tape ends with are the derivatives of the loss by all parameters and by
            the inputs, for all of their values that put no rectifier at its kink.
            (3) dL/dW_h = dL/dh x^T and dL/db_h = dL/dh, where dL/dh = s(h) dL/dr entry by entry,
            with s(z) = 1 for z > 0 and s(z) = 0 for z < 0.
            (4) With the numbers of the homework and o - y = 1: h = (-3.2, 1.3), r = (0, 1.3),
            o = 1.33, dL/db_o = 1, dL/dr = (0.6, 1.1), dL/db_h = (0, 1.1) and
            dL/dW_h = [[0, 0, 0], [1.1, 2.2, 3.3]].
            (5) The rectifier has no derivative at its kink: the hypothesis cannot be dropped.
Method.     ReLU(z) = (z + |z|) / 2, and |z| has the derivative z / |z| where z is not 0. The
            program runs on symbols and, for (4), on fractions.
Shapes.     All values are numbers; index k of h, r, b_h and W_o is 1 or 2, that of x is 1, 2 or 3.
Exports.    graph, parameters, plain_loss, plain_gradient, at_homework, gradient_at_homework.
Source.     Homework D, question 1b, where the second entry of h is said to be 1.2.
"""

from dataclasses import replace
from fractions import Fraction

from sympy import Abs, Derivative, Integer, Rational, Subs

from therefore import (
    all_of,
    as_written,
    autodiff,
    both,
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
from therefore.autodiff import (
    RATIONAL,
    SYMBOLIC,
    Tape,
    from_node,
    named,
    record,
    values_of_nodes,
)


def network(w_11, w_12, w_13, w_21, w_22, w_23, x_1, x_2, x_3, b_1, b_2, v_1, v_2, b_o, y):
    """The program of the loss."""
    h_1 = named("h_1", w_11 * x_1 + w_12 * x_2 + w_13 * x_3 + b_1)
    h_2 = named("h_2", w_21 * x_1 + w_22 * x_2 + w_23 * x_3 + b_2)
    r_1, r_2 = named("r_1", autodiff.relu(h_1)), named("r_2", autodiff.relu(h_2))
    u = named("u", v_1 * r_1 + v_2 * r_2 + b_o)
    o = named("o", autodiff.relu(u))
    return named("L", (o - y) ** 2 / 2)


graph = record(network)
parameters = tuple(real(graph.nodes[place].name) for place in graph.inputs)
w_11, w_12, w_13, w_21, w_22, w_23, x_1, x_2, x_3, b_1, b_2, v_1, v_2, b_o, y = parameters
layers = ("h_1", "h_2", "r_1", "r_2", "u", "o")
nodes = {name: real(name) for name in layers}
h_1, h_2, r_1, r_2, u, o = nodes.values()
p, q, z = real("p"), real("q"), real("z")

with as_written():
    relu = define(r"\rho", (z,), (z + Abs(z)) / 2)
    s = define("s", (z,), (1 + z / Abs(z)) / 2)
    symbols = replace(
        SYMBOLIC,
        maximum=lambda left, zero: relu(left),
        above=lambda left, right: s(left) if right == 0 else s(-right),
    )

    # The loss as a function of everything, in two parts.
    last = define("L", (p, q), (relu(p) - q) ** 2 / 2)
    before_last = define(
        "U",
        parameters[:-1],
        v_1 * relu(w_11 * x_1 + w_12 * x_2 + w_13 * x_3 + b_1)
        + v_2 * relu(w_21 * x_1 + w_22 * x_2 + w_23 * x_3 + b_2) + b_o,
    )  # fmt: skip
    loss = last(before_last(*parameters[:-1]), y)
    slope = {one: Derivative(loss, one) for one in parameters}

    # The values on the way, as the program computes each from those before it.
    value = {}
    for name in (*layers, "L"):
        known = {graph.place(one): there for one, there in value.items()}
        computed = values_of_nodes(graph, parameters, symbols, known)
        value[name] = define(f"{name}^*", (), computed[graph.place(name)])
    on_the_way = {graph.place(name): value[name] for name in layers}
    tape = Tape(graph, parameters, symbols, on_the_way)
    handed = tape.adjoints()
    gradient = {one: handed[place] for one, place in zip(parameters, graph.inputs, strict=True)}
    no_kink = [not_equal(value[name], 0) for name in ("h_1", "h_2", "u")]

    # (1) The adjoints, from the last node to the first.
    rest = {
        name: from_node(graph, name, parameters, symbols, nodes) for name in reversed(layers)
    }
    by_node = {name: Derivative(value, nodes[name]) for name, (value, _) in rest.items()}

    line = {name: equal(by_node[name], adjoint) for name, (_, adjoint) in rest.items()}
    adjoint_output = claim(line["u"], given=[not_equal(u, 0)])
    adjoint_output.false_twin(  # without the slope of the rectifier
        equal(by_node["u"], relu(u) - y), at={u: -1, y: 1}
    )
    adjoints_rectified = claim(
        all_of(line["o"], line["r_1"], line["r_2"]),
        given=[not_equal(v_1 * r_1 + v_2 * r_2 + b_o, 0)],
    )
    adjoints_rectified.false_twin(  # the entries of W_o swapped
        equal(by_node["r_1"], rest["r_2"][1]),
        at={v_1: 1, v_2: 2, r_1: 1, r_2: 1, b_o: 0, y: 0},
    )
    adjoints_hidden = claim(
        both(line["h_1"], line["h_2"]),
        given=[
            not_equal(h_1, 0),
            not_equal(h_2, 0),
            not_equal(v_1 * relu(h_1) + v_2 * relu(h_2) + b_o, 0),
            not_equal(v_1 * r_1 + v_2 * relu(h_2) + b_o, 0),
        ],
    )
    adjoints_hidden.false_twin(  # the hidden rectifiers left out
        equal(by_node["h_1"], rest["r_1"][1]),
        at={v_1: 1, v_2: 1, h_1: -1, h_2: 1, r_1: 0, r_2: 1, b_o: 0, y: 0},
    )

    # (2) The gradient, in all symbols.
    program = claim(equal(loss, value["L"]))
    program.false_twin(
        equal(loss, (value["u"] - y) ** 2 / 2), at={**dict.fromkeys(parameters, 0), b_o: -1}
    )

    def by_program(*by):
        return all_of(*(equal(slope[one], gradient[one]) for one in by))

    somewhere = dict.fromkeys(parameters, 0) | {b_1: -1, b_2: 1, b_o: 1, v_1: 1, v_2: 1}
    by_output_layer = claim(by_program(v_1, v_2, b_o, y), given=no_kink)
    by_output_layer.false_twin(  # without the slope of the last rectifier
        equal(slope[b_o], value["o"] - y), at={**somewhere, b_o: -2, y: 1}
    )
    by_hidden_layer = claim(by_program(b_1, b_2, x_1, x_2, x_3), given=no_kink)
    by_hidden_layer.false_twin(  # without the slope of the first rectifiers
        equal(slope[b_1], (value["o"] - y) * s(value["u"]) * v_1), at=somewhere
    )
    by_first_weights = claim(by_program(w_11, w_12, w_13, w_21, w_22, w_23), given=no_kink)
    by_first_weights.false_twin(equal(slope[w_21], gradient[w_12]), at={**somewhere, x_1: 1})

    # (3) The layers as matrices: dL/db_h is dL/dh, called delta.
    delta = [define(rf"\delta_{k}", (), handed[graph.place(f"h_{k}")]) for k in (1, 2)]
    by_shifts = claim(
        both(equal(slope[b_1], delta[0]), equal(slope[b_2], delta[1])), given=no_kink
    )
    by_shifts.false_twin(equal(slope[b_1], delta[1]), at=somewhere)
    outer = [
        equal(slope[parameters[3 * row + column]], delta[row] * one)
        for row in range(2)
        for column, one in enumerate((x_1, x_2, x_3))
    ]
    by_outer_product = claim(all_of(*outer), given=no_kink)
    by_outer_product.false_twin(  # x and the gradient swapped
        equal(slope[w_12], delta[1] * x_1), at={**somewhere, x_1: 1}
    )

    # s is the slope of the rectifier, and says which numbers pass.
    slope_of_relu = claim(equal(Derivative(relu(z), z), s(z)), given=[not_equal(z, 0)])
    slope_of_relu.false_twin(equal(Derivative(relu(z), z), 1), at={z: -1})
    slope_of_relu.false_twin(equal(Derivative(relu(z), z), s(z)), given=[], at={z: 0})
    kink = claim(no_derivative(relu(z), z, 0))
    kink.false_twin(has_derivative(relu(z), z, 0, Rational(1, 2)))
    passes = claim(equal(s(z), 1), given=[greater(z, 0)])
    passes.false_twin(equal(s(z), 1), given=[not_equal(z, 0)], at={z: -1})
    stops = claim(equal(s(z), 0), given=[less(z, 0)])
    stops.false_twin(equal(s(z), 0), given=[not_equal(z, 0)], at={z: 1})

# (4) The homework's numbers: y is such that o - y = 1.
numbers = (
    *("-0.8", "0.5", "-1", "1.2", "-0.7", "0.2"), *("1", "2", "3"), *("-0.4", "0.9"),
    *("0.6", "1.1"), "-0.1", "0.33",
)  # fmt: skip
at_homework = {one: Rational(text) for one, text in zip(parameters, numbers, strict=True)}
exact = Tape(graph, [Fraction(text) for text in numbers], RATIONAL)
gradient_at_homework = {
    one: Rational(part.numerator, part.denominator)
    for one, part in zip(parameters, exact.gradient(), strict=True)
}

with as_written():
    computed = values_of_nodes(graph, list(at_homework.values()), symbols)
    there = {name: computed[graph.place(name)] for name in layers}
    values = claim(
        all_of(
            equal(there["h_1"], Rational("-3.2")), equal(there["h_2"], Rational("1.3")),
            equal(there["r_1"], 0), equal(there["r_2"], Rational("1.3")),
            equal(there["o"], Rational("1.33")),
        )
    )  # fmt: skip
    values.false_twin(equal(there["h_2"], Rational("1.2")))
    values.false_twin(equal(there["r_2"], Rational("1.2")))

    def at_numbers(by):
        """The derivative of the loss by a parameter, at the homework's numbers."""
        return Subs(slope[by], parameters, list(at_homework.values()))

    slopes = claim(
        all_of(
            equal(at_numbers(b_o), 1),
            equal(at_numbers(b_1), 0), equal(at_numbers(b_2), Rational("1.1")),
            *(equal(at_numbers(w), 0) for w in (w_11, w_12, w_13)),
            equal(at_numbers(w_21), Rational("1.1")),
            equal(at_numbers(w_22), Rational("2.2")),
            equal(at_numbers(w_23), Rational("3.3")),
        )
    )  # fmt: skip
    slopes.false_twin(equal(at_numbers(b_1), Rational("0.6")))  # without the slope of the rectifier
    slopes.false_twin(equal(at_numbers(w_12), Rational("1.1")))  # x and the gradient swapped

    rectified = at_homework | {r_1: Integer(0), r_2: Rational("1.3")}

    def by_rectified(name):
        """The derivative of the loss by an entry of r, at the same numbers."""
        return Subs(by_node[name], list(rectified), list(rectified.values()))

    slopes_rectified = claim(
        both(
            equal(by_rectified("r_1"), Rational("0.6")), equal(by_rectified("r_2"), Rational("1.1"))
        )
    )
    slopes_rectified.false_twin(equal(by_rectified("r_1"), 0))  # as that by h_1

    # The same program on fractions.
    on_fractions = claim(
        all_of(*(equal(at_numbers(one), gradient_at_homework[one]) for one in parameters))
    )
    on_fractions.false_twin(equal(at_numbers(v_2), gradient_at_homework[v_1]))

# As plain SymPy.
plain_loss = formula(loss)
plain_gradient = {one: formula(adjoint) for one, adjoint in gradient.items()}
