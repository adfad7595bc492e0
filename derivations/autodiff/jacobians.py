r"""Forward mode and reverse mode compute the Jacobian of two functions, entry by entry.

Problem.    f_1(w_1, w_2) = cos w_1 cos w_2 + sigma(w_2) and f_2(w_1, w_2) = ln(w_1 + w_2)
            + w_1^2 w_2, each as a computation graph with the nodes a, b, c, d.
Statements. (1) What forward mode computes by dual numbers is the derivative of f_i by w_j, for
            all real w_1 and w_2, of a positive sum for f_2.
            (2) The adjoint that reverse mode computes for a node is the derivative, by the value
            of that node, of what the rest of the graph makes of it.
            (3) What reverse mode ends with is the derivative of f_i by w_j.
            (4) The two programs agree, in every entry.
            (5) At w = (1, 2) the Jacobian lies within the intervals that both programs compute
            there, rounded outwards to six digits: it is 0.350175, -0.386302, 4.333333, 1.333333.
            In fractions the second row is 13/3, 4/3: its tape never asks for the value of ln.
            (6) For every w_1 within 0.9 ... 1.1 and w_2 within 1.9 ... 2.1 the Jacobian lies
            within the intervals that both programs compute from these two intervals, rounded
            outwards to three digits.
Method.     The programs of therefore.autodiff run on symbols, and each operation stays as they
            did it; the rules of differentiation prove what they arrive at. (5), (6) by enclosures.
Shapes.     All values are numbers; a Jacobian has a row for each function.
Exports.    values, jacobian, graph_1, graph_2, intervals.
Source.     Homework A, question 4; homework B, question 4, where all eight entries that the two
            modes are said to give are wrong.
"""

from fractions import Fraction

from sympy import Derivative, ImmutableMatrix, Rational, Subs, cos, exp, log, sin

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
    greater,
    real,
)
from therefore.autodiff import (
    ENCLOSED,
    RATIONAL,
    SYMBOLIC,
    Enclosure,
    Graph,
    Tape,
    along,
    dual_numbers,
    forward_jacobian,
    from_node,
    named,
    record,
    reverse_jacobian,
    values_of_nodes,
)

x = real("x")
w = w_1, w_2 = real("w_1"), real("w_2")
names = {name: real(name) for name in "abcd"}
a, b, c, d = names.values()


def first(w_1, w_2):
    """The program of f_1."""
    a, b = named("a", autodiff.cos(w_1)), named("b", autodiff.cos(w_2))
    c, d = named("c", a * b), named("d", autodiff.sigmoid(w_2))
    return c + d


def second(w_1, w_2):
    """The program of f_2."""
    a = named("a", w_1 + w_2)
    b, c = named("b", autodiff.log(a)), named("c", w_1**2)
    d = named("d", c * w_2)
    return b + d


graph_1, graph_2 = record(first), record(second)

with as_written():
    sigma = define("sigma", (x,), 1 / (1 + exp(-x)))
    f_1 = define("f_1", w, cos(w_1) * cos(w_2) + sigma(w_2))
    f_2 = define("f_2", w, log(w_1 + w_2) + w_1**2 * w_2)
    slopes = [[Derivative(f(*w), by) for by in w] for f in (f_1, f_2)]
    in_domain = greater(w_1 + w_2, 0)

    symbols = SYMBOLIC.with_functions(sigmoid=sigma)
    forward = [forward_jacobian(graph, w, symbols)[0] for graph in (graph_1, graph_2)]
    reverse = [reverse_jacobian(graph, w, symbols)[0] for graph in (graph_1, graph_2)]


def tangents(graph: Graph):
    """One line for each named node and each input: the derivative of the value is the tangent."""
    for direction, by in enumerate(w):
        duals = values_of_nodes(graph, along(w, direction, symbols), dual_numbers(symbols))
        for name in names:
            node = duals[graph.place(name)]
            yield equal(Derivative(node.value, by), node.tangent)


def adjoints(graph: Graph):
    """One line for each named node, the last one first: what the rest makes of it, derived by it.

    The nodes before the first one that takes the node are symbols of their own, as it is itself.
    """
    for name in reversed(names):
        value, adjoint = from_node(graph, name, w, symbols, names)
        yield equal(Derivative(value, names[name]), adjoint)


with as_written():
    # (1) Forward mode.
    forward_1 = claim(both(*(equal(j, p) for j, p in zip(slopes[0], forward[0], strict=True))))
    forward_1.false_twin(  # sigma at the wrong input: homework A
        equal(slopes[0][1], -cos(w_1) * sin(w_2) + sigma(w_1) * (1 - sigma(w_1))),
        at={w_1: 1, w_2: 2},
    )
    forward_1.false_twin(  # the sign of the derivative of cos
        equal(slopes[0][0], sin(w_1) * cos(w_2)), at={w_1: 1, w_2: 2}
    )
    tangents_1 = derivation(*tangents(graph_1), forward_1.conclusion, proves=forward_1)

    forward_2 = claim(
        both(*(equal(j, p) for j, p in zip(slopes[1], forward[1], strict=True))),
        given=[in_domain],
    )
    forward_2.false_twin(  # one of two paths forgotten: homework A
        equal(slopes[1][1], 1 / (w_1 + w_2)), at={w_1: 1, w_2: 2}
    )
    tangents_2 = derivation(*tangents(graph_2), forward_2.conclusion, proves=forward_2)

    # (2) The adjoints, from the last node to the first.
    adjoints_1 = claim(all_of(*adjoints(graph_1)))
    adjoints_1.false_twin(equal(Derivative(a * b + d, a), a), at={a: 1, b: 2, d: 0})

    adjoints_2 = claim(all_of(*adjoints(graph_2)), given=[greater(a, 0)])
    adjoints_2.false_twin(  # the derivative of the output by a summand is 1: homework B
        equal(Derivative(b + d, b), log(a)), at={a: 1, b: 0, d: 0}
    )

    # (3) Reverse mode.
    reverse_1 = claim(both(*(equal(j, p) for j, p in zip(slopes[0], reverse[0], strict=True))))
    reverse_1.false_twin(  # the path through d alone
        equal(slopes[0][1], sigma(w_2) * (1 - sigma(w_2))), at={w_1: 1, w_2: 2}
    )

    reverse_2 = claim(
        both(*(equal(j, p) for j, p in zip(slopes[1], reverse[1], strict=True))),
        given=[in_domain],
    )
    reverse_2.false_twin(  # a path from w_2 to c that the graph does not have: homework B
        equal(slopes[1][1], 1 / (w_1 + w_2) + w_2 * (2 * w_1)), at={w_1: 1, w_2: 2}
    )

    # (4) The two programs agree.
    modes_agree = claim(
        all_of(
            *(equal(forward[0][j], reverse[0][j]) for j in range(2)),
            *(equal(forward[1][j], reverse[1][j]) for j in range(2)),
        ),
        given=[in_domain],
    )
    modes_agree.false_twin(equal(forward[0][1], -reverse[0][1]), at={w_1: 1, w_2: 2})


def on_intervals(graph: Graph, there: list[Enclosure]):
    """The derivatives by both programs on intervals, and of these what they have in common."""
    rows = forward_jacobian(graph, there, ENCLOSED)[0], reverse_jacobian(graph, there, ENCLOSED)[0]
    return [one.common(other) for one, other in zip(*rows, strict=True)]


def within(derivative, interval: Enclosure, places: int):
    """The derivative lies within the decimals around an interval."""
    low, high = (Rational(str(end)) for end in interval.decimals(places))
    return both(at_most(low, derivative), at_most(derivative, high))


# (5) At the point of the homework.
point = 1, 2
intervals = [
    on_intervals(graph, [Enclosure.of(value) for value in point]) for graph in (graph_1, graph_2)
]

# By fractions: any value will do for b = ln a, as the tape does not keep it.
in_fractions = [Fraction(value) for value in point]
not_asked_for = {graph_2.place("b"): Fraction(0)}
fractions = Tape(graph_2, in_fractions, RATIONAL, not_asked_for).gradient()

# (6) Around that point.
box = [Enclosure(Fraction(9, 10), Fraction(11, 10)), Enclosure(Fraction(19, 10), Fraction(21, 10))]
over_box = [on_intervals(graph, box) for graph in (graph_1, graph_2)]

with as_written():
    numbers_1 = claim(
        all_of(*(within(Subs(slopes[0][j], w, point), intervals[0][j], 6) for j in range(2)))
    )
    numbers_1.false_twin(  # the difference quotient of step 0.01: homework B
        at_most(Rational("0.35125"), Subs(slopes[0][0], w, point))
    )
    numbers_2 = claim(
        all_of(*(within(Subs(slopes[1][j], w, point), intervals[1][j], 6) for j in range(2)))
    )
    numbers_2.false_twin(  # homework B
        equal(Subs(slopes[1][0], w, point), Rational("4.910239"))
    )
    exactly = [Rational(str(entry)) for entry in fractions]
    fractions_2 = claim(
        both(*(equal(Subs(j, w, point), e) for j, e in zip(slopes[1], exactly, strict=True)))
    )
    fractions_2.false_twin(  # 1.33 from the one path that is left: homework A
        equal(Subs(slopes[1][1], w, point), Rational(1, 3))
    )

    in_box = [within(by, side, 1) for by, side in zip(w, box, strict=True)]
    box_1 = claim(
        all_of(*(within(j, i, 3) for j, i in zip(slopes[0], over_box[0], strict=True))),
        given=in_box,
    )
    box_1.false_twin(  # what holds at the point
        at_most(slopes[0][0], Rational("0.36")), at={w_1: Rational("1.1"), w_2: Rational("2.1")}
    )
    box_2 = claim(
        all_of(*(within(j, i, 3) for j, i in zip(slopes[1], over_box[1], strict=True))),
        given=in_box,
    )
    box_2.false_twin(
        at_most(slopes[1][0], Rational("4.4")), at={w_1: Rational("1.1"), w_2: Rational("2.1")}
    )

values = ImmutableMatrix([formula(f(*w)) for f in (f_1, f_2)])
jacobian = ImmutableMatrix([[formula(entry) for entry in row] for row in reverse])
