"""Forward mode and reverse mode of automatic differentiation, as programs on a computation graph.

A graph is recorded from a Python function; it is plain data. Forward mode runs it on dual numbers,
reverse mode records a tape and reads it backwards. Either runs on any kind of numbers: SymPy
expressions (``SYMBOLIC``), fractions (``RATIONAL``), intervals with rational ends that enclose the
true values (``ENCLOSED``), floats (``FLOATS``) and NumPy arrays (``ARRAYS``).

>>> from fractions import Fraction
>>> def f(w1, w2):
...     return cos(w1) * cos(w2) + sigmoid(w2), log(w1 + w2) + w1**2 * w2
>>> graph = record(f)
>>> forward_jacobian(graph, (1.0, 2.0), FLOATS) == reverse_jacobian(graph, (1.0, 2.0), FLOATS)
True
>>> at = Enclosure.of(1), Enclosure.of(2)
>>> for row in reverse_jacobian(graph, at, ENCLOSED):
...     print(*(f"{float(low)} ... {float(high)}" for low, high in (d.decimals(6) for d in row)))
0.350175 ... 0.350176 -0.386302 ... -0.386301
4.333333 ... 4.333334 1.333333 ... 1.333334

At the kink of a maximum there is a value, and no derivative is made up:

>>> kink = record(lambda x: relu(x))
>>> evaluate(kink, (Fraction(0),), RATIONAL)
(Fraction(0, 1),)
>>> forward_jacobian(kink, (Fraction(0),), RATIONAL)
Traceback (most recent call last):
therefore.autodiff.errors.NotDifferentiable: a maximum of 0 and 0

Nothing that decides a verdict imports this package: what its programs compute is for claims to
state and for the kernel to prove, as ``therefore.derivations.autodiff.jacobians`` does.
"""

from therefore.autodiff.dual_numbers import Dual, along, dual_numbers, forward_jacobian
from therefore.autodiff.enclosure import Enclosure
from therefore.autodiff.errors import Irrational, NotDifferentiable, Undefined
from therefore.autodiff.evaluation import evaluate, running, values_of_nodes
from therefore.autodiff.graph import (
    Graph,
    Node,
    Traced,
    cos,
    exp,
    log,
    maximum,
    named,
    record,
    relu,
    sigmoid,
    sin,
    sqrt,
    tanh,
)
from therefore.autodiff.memory import StepCounts, live_counts, step_counts, unrolled
from therefore.autodiff.numbers import ARRAYS, ENCLOSED, FLOATS, RATIONAL, SYMBOLIC, Numbers
from therefore.autodiff.tape import Tape, from_node, kept_places, reverse_jacobian

__all__ = [
    "ARRAYS",
    "ENCLOSED",
    "FLOATS",
    "RATIONAL",
    "SYMBOLIC",
    "Dual",
    "Enclosure",
    "Graph",
    "Irrational",
    "Node",
    "NotDifferentiable",
    "Numbers",
    "StepCounts",
    "Tape",
    "Traced",
    "Undefined",
    "along",
    "cos",
    "dual_numbers",
    "evaluate",
    "exp",
    "forward_jacobian",
    "from_node",
    "kept_places",
    "live_counts",
    "log",
    "maximum",
    "named",
    "record",
    "relu",
    "reverse_jacobian",
    "running",
    "sigmoid",
    "sin",
    "sqrt",
    "step_counts",
    "tanh",
    "unrolled",
    "values_of_nodes",
]
