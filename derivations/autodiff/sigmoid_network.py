r"""Back-propagation through two layers of sigmoids, with every value on the way.

Problem.    A = W_1 x, B = A + b_1, C = sigma(B), D = W_0^T C, E = D + b_0, F = sigma(E),
            G = F - y, H = G^2 and the loss L = H / 2, for weights W_1 (2 x 2) and W_0 = (v_1, v_2).
Statements. (1) The adjoint that the tape computes for a node is the derivative of the loss by the
            value of that node; for E it is G F (1 - F), for B_k it is C_k (1 - C_k) dL/dC_k.
            (2) What the tape ends with are the derivatives of the loss by all parameters, by the
            inputs and by y, for all of their values.
            (3) dL/dW_1 = dL/dA x^T, dL/dW_0 = dL/dD C and dL/dx = W_1^T dL/dA.
            (4) At W_1 = [[1, 2], [3, 4]], x = (2, 3), b_1 = (2, 4), W_0 = (1, 2), b_0 = 3 and
            y = 1, every value and every adjoint, to the digits that are shown.
            (5) These adjoints lie within the intervals that the tape computes on intervals.
Method.     The programs of therefore.autodiff run on symbols, and each operation stays as they
            did it; the rules of differentiation prove what they arrive at. (4) and (5) by
            enclosures of the closed expressions.
Shapes.     All values are numbers; index k of A, B and C, of b_1 and of W_0 is 1 or 2.
Exports.    graph, parameters, plain_loss, plain_gradient, at_homework.
Source.     Homework E, question 2b, whose numbers go wrong from C on, where digits are cut off
            and not rounded.
"""

from sympy import Derivative, Integer, Rational, Subs, exp

from therefore import (
    all_of,
    as_written,
    at_most,
    autodiff,
    both,
    claim,
    define,
    derivation,
    equal,
    formula,
    real,
    rounds_to,
)
from therefore.autodiff import (
    ENCLOSED,
    SYMBOLIC,
    Enclosure,
    Tape,
    from_node,
    named,
    record,
    values_of_nodes,
)


def network(w_11, w_12, w_21, w_22, x_1, x_2, b_11, b_12, v_1, v_2, b_0, y):
    """The program of the loss."""
    a_1, a_2 = named("A_1", w_11 * x_1 + w_12 * x_2), named("A_2", w_21 * x_1 + w_22 * x_2)
    b_1, b_2 = named("B_1", a_1 + b_11), named("B_2", a_2 + b_12)
    c_1, c_2 = named("C_1", autodiff.sigmoid(b_1)), named("C_2", autodiff.sigmoid(b_2))
    d = named("D", v_1 * c_1 + v_2 * c_2)
    e = named("E", d + b_0)
    f = named("F", autodiff.sigmoid(e))
    g = named("G", f - y)
    h = named("H", g**2)
    return named("L", h / 2)


graph = record(network)
parameters = tuple(real(graph.nodes[place].name) for place in graph.inputs)
w_11, w_12, w_21, w_22, x_1, x_2, b_11, b_12, v_1, v_2, b_0, y = parameters
layers = ("A_1", "A_2", "B_1", "B_2", "C_1", "C_2", "D", "E", "F", "G", "H")
nodes = {name: real(name) for name in layers}
C_1, C_2, E, F, G = (nodes[name] for name in ("C_1", "C_2", "E", "F", "G"))
p, q, z = real("p"), real("q"), real("z")

with as_written():
    sigma = define("sigma", (z,), 1 / (1 + exp(-z)))
    symbols = SYMBOLIC.with_functions(sigmoid=sigma)

    # The loss as a function of everything, in two parts.
    last = define("L", (p, q), (sigma(p) - q) ** 2 / 2)
    before_last = define(
        "E",
        parameters[:-1],
        v_1 * sigma(w_11 * x_1 + w_12 * x_2 + b_11)
        + v_2 * sigma(w_21 * x_1 + w_22 * x_2 + b_12) + b_0,
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

    # (1) The adjoints, from the last node to the first.
    rest = {
        name: from_node(graph, name, parameters, symbols, nodes) for name in reversed(layers)
    }
    by_node = {name: Derivative(value, nodes[name]) for name, (value, _) in rest.items()}
    lines = [equal(by_node[name], adjoint) for name, (_, adjoint) in rest.items()]

    adjoints = claim(all_of(*lines))
    adjoints.false_twin(  # without the slope of the last activation
        equal(by_node["E"], sigma(E) - y), at={E: 0, y: 0}
    )

    last_activation = claim(
        equal(by_node["E"], (sigma(E) - y) * sigma(E) * (1 - sigma(E)))
    )
    last_activation.false_twin(equal(by_node["E"], (sigma(E) - y) * sigma(E)), at={E: 0, y: 0})
    by_chain_rule = derivation(
        by_node["E"],
        "=", (sigma(E) - y) * Derivative(sigma(E), E),
        "=", (sigma(E) - y) * sigma(E) * (1 - sigma(E)),
        proves=last_activation,
    )  # fmt: skip

    # (2) The gradient, in all symbols.
    program = claim(equal(loss, value["L"]))
    program.false_twin(equal(loss, value["H"]), at=dict.fromkeys(parameters, 0))

    def by_program(*by):
        return all_of(*(equal(slope[one], gradient[one]) for one in by))

    somewhere = dict.fromkeys(parameters, 0) | {v_1: 1}
    by_output_layer = claim(by_program(v_1, v_2, b_0, y))
    by_output_layer.false_twin(equal(slope[b_0], value["G"]), at=somewhere)  # without the slope
    by_hidden_layer = claim(by_program(b_11, b_12, x_1, x_2))
    by_hidden_layer.false_twin(equal(slope[b_11], gradient[b_12]), at=somewhere)
    by_first_weights = claim(by_program(w_11, w_12, w_21, w_22))
    by_first_weights.false_twin(
        equal(slope[w_11], gradient[w_12]), at={**somewhere, x_1: 1}
    )

    # (3) The layers as matrices: dL/db_1 is dL/dA, and dL/db_0 is dL/dD.
    delta = {
        name: define(rf"\delta_{name}", (), handed[graph.place(name)])
        for name in ("A_1", "A_2", "D")
    }
    by_shifts = claim(
        all_of(
            equal(slope[b_11], delta["A_1"]),
            equal(slope[b_12], delta["A_2"]),
            equal(slope[b_0], delta["D"]),
        )
    )
    by_shifts.false_twin(equal(slope[b_11], delta["A_2"]), at=somewhere)

    first_weights = {w_11: ("A_1", x_1), w_12: ("A_1", x_2), w_21: ("A_2", x_1), w_22: ("A_2", x_2)}
    by_outer_product = claim(
        all_of(*(equal(slope[w], delta[a] * x) for w, (a, x) in first_weights.items()))
    )
    by_outer_product.false_twin(  # x and the gradient swapped, as in the homework
        equal(slope[w_12], x_1 * delta["A_2"]), at={**somewhere, x_2: 1}
    )

    second_weights = claim(
        both(
            equal(slope[v_1], delta["D"] * value["C_1"]),
            equal(slope[v_2], delta["D"] * value["C_2"]),
        )
    )
    second_weights.false_twin(
        equal(slope[v_1], delta["D"] * v_1), at=dict.fromkeys(parameters, 0)
    )
    inputs = claim(
        both(
            equal(slope[x_1], w_11 * delta["A_1"] + w_21 * delta["A_2"]),
            equal(slope[x_2], w_12 * delta["A_1"] + w_22 * delta["A_2"]),
        )
    )
    inputs.false_twin(  # with W_1 for its transpose
        equal(slope[x_1], w_11 * delta["A_1"] + w_12 * delta["A_2"]),
        at={**somewhere, v_2: 1, w_12: 1},
    )

# (4) The homework's numbers.
at_homework = dict(zip(parameters, map(Integer, (1, 2, 3, 4, 2, 3, 2, 4, 1, 2, 3, 1)), strict=True))

with as_written():
    computed = values_of_nodes(graph, list(at_homework.values()), symbols)
    there = {name: computed[graph.place(name)] for name in (*layers, "L")}
    point = at_homework | {nodes[name]: there[name] for name in layers}
    slope_at_homework = {
        name: Subs(derivative, list(point), list(point.values()))
        for name, derivative in by_node.items()
    } | {one.name: Subs(slope[one], parameters, list(at_homework.values())) for one in parameters}

    whole_values = claim(
        all_of(
            equal(there["A_1"], 8), equal(there["A_2"], 18),
            equal(there["B_1"], 10), equal(there["B_2"], 22),
        )
    )  # fmt: skip
    whole_values.false_twin(equal(there["B_2"], 20))
    values = claim(
        all_of(
            rounds_to(there["C_1"], "1.000"),
            rounds_to(there["C_2"], "1.000"),
            rounds_to(there["D"], "3.000"),
            rounds_to(there["E"], "6.000"),
            rounds_to(there["F"], "0.9975"),
            rounds_to(there["G"], "-0.002473"),
            rounds_to(there["H"], "6.11e-6"),
            rounds_to(there["L"], "3.057e-6"),
        )
    )
    values.false_twin(rounds_to(there["C_1"], "0.999"))  # cut off, not rounded
    values.false_twin(rounds_to(there["D"], "2.999"))
    values.false_twin(rounds_to(there["G"], "-0.002499"))
    values.false_twin(rounds_to(there["H"], "6.24e-6"))
    not_one = claim(at_most(there["C_2"], 1 - Rational(1, 10**10)))
    not_one.false_twin(equal(there["C_2"], 1))  # sigma(22) is not the integer 1

    def shown(**decimals: str):
        return all_of(
            *(rounds_to(slope_at_homework[name], text) for name, text in decimals.items())
        )

    slopes_after = claim(
        shown(H="0.5", G="-0.002473", F="-0.002473", E="-6.0993e-6", D="-6.099e-6", b_0="-6.099e-6")
    )
    slopes_after.false_twin(rounds_to(slope_at_homework["E"], "-6.1665e-6"))
    slopes_output = claim(shown(v_1="-6.099e-6", v_2="-6.099e-6", C_1="-6.099e-6", C_2="-1.22e-5"))
    # Cut off, not rounded.
    slopes_output.false_twin(rounds_to(slope_at_homework["C_2"], "-1.219e-5"))
    slopes_output.false_twin(rounds_to(slope_at_homework["v_1"], "-6.165e-6"))
    slopes_hidden = claim(
        shown(
            B_1="-2.769e-10", B_2="-3.403e-15", A_1="-2.769e-10", A_2="-3.403e-15",
            b_11="-2.769e-10", b_12="-3.403e-15",
        )
    )  # fmt: skip
    slopes_hidden.false_twin(rounds_to(slope_at_homework["B_1"], "-2.799e-10"))
    slopes_first = claim(
        shown(w_11="-5.538e-10", w_12="-8.306e-10", w_21="-6.806e-15", w_22="-1.0208e-14")
    )
    # x and the gradient swapped.
    slopes_first.false_twin(rounds_to(slope_at_homework["w_12"], "-6.806e-15"))

# (5) The same program on intervals.
box = [Enclosure.of(int(one)) for one in at_homework.values()]
intervals = Tape(graph, box, ENCLOSED).adjoints()


def within(name: str):
    """The adjoint of a node or a parameter lies within the decimals around its interval."""
    low, high = (Rational(str(end)) for end in intervals[graph.place(name)].decimals(20))
    return both(at_most(low, slope_at_homework[name]), at_most(slope_at_homework[name], high))


with as_written():
    enclosed = claim(all_of(*map(within, ("E", "C_1", "C_2", "B_1", "B_2", "w_11", "w_22"))))
    enclosed.false_twin(at_most(slope_at_homework["B_1"], slope_at_homework["B_2"] * 10**6))

# As plain SymPy.
plain_loss = formula(loss)
plain_gradient = {one: formula(adjoint) for one, adjoint in gradient.items()}
