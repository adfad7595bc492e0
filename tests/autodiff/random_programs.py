"""Random straight-line programs in two variables, to be run on anything that has the operators.

A program is a list of instructions. Each takes values that stand before it (counted modulo their
number) and adds one; the last value is the result.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import reduce
from operator import mul
from typing import Any

import sympy
from hypothesis import strategies as st

from therefore.autodiff import Enclosure

EXACT = ("+", "-", "*", "negative", "power", "constant", "maximum")
RATIONAL = (*EXACT, "/")
ELEMENTARY = ("exp", "log", "sin", "cos", "tanh", "sqrt", "sigmoid")
Instruction = tuple[str, int, int, int]


def programs(operations: Sequence[str], most: int = 7) -> st.SearchStrategy[list[Instruction]]:
    """Programs of a few of these operations."""
    place = st.integers(0, 9)
    return st.lists(
        st.tuples(st.sampled_from(operations), place, place, st.integers(-2, 3)),
        min_size=1,
        max_size=most,
    )


def run(program: Sequence[Instruction], inputs: Sequence[Any], functions: Mapping[str, Any]) -> Any:
    """The result of a program, by Python's operators and these functions."""
    values = list(inputs)
    for operation, first, second, number in program:
        x, y = values[-1 - first % len(values)], values[-1 - second % len(values)]
        if operation == "+":
            values.append(x + y)
        elif operation == "-":
            values.append(x - y)
        elif operation == "*":
            values.append(x * y)
        elif operation == "/":
            values.append(x / y)
        elif operation == "negative":
            values.append(-x)
        elif operation == "power":
            values.append(x ** abs(number))
        elif operation == "constant":
            values.append(x + number)
        else:
            arguments = (x, y) if operation == "maximum" else (x,)
            values.append(functions[operation](*arguments))
    return values[-1]


_OF_SYMPY: dict[Any, Callable[[Enclosure], Enclosure]] = {
    sympy.exp: Enclosure.exp, sympy.log: Enclosure.log, sympy.sin: Enclosure.sin,
    sympy.cos: Enclosure.cos, sympy.tanh: Enclosure.tanh,
}  # fmt: skip


def enclosed(expression: Any, values: Mapping[Any, Fraction]) -> Enclosure:
    """An enclosure of the value of a SymPy expression, by nothing but interval arithmetic."""
    if expression in values:
        return Enclosure.of(values[expression])
    if expression.is_Rational:
        return Enclosure.of(Fraction(int(expression.p), int(expression.q)))
    if expression == sympy.E:
        return Enclosure.of(1).exp()
    if expression.is_Pow:
        base, exponent = expression.args
        inside = enclosed(base, values)
        if exponent.is_Integer:
            return inside ** int(exponent)
        return inside.sqrt() ** int(2 * exponent)  # a root, whole powers of it, and one over these
    parts = [enclosed(part, values) for part in expression.args]
    if expression.is_Add:
        return sum(parts, Enclosure.of(0))
    if expression.is_Mul:
        return reduce(mul, parts)
    return _OF_SYMPY[expression.func](*parts)
