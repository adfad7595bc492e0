"""The kinds of numbers that the programs run on.

Values are added, multiplied, divided and raised to whole powers by Python's own operators. What
the programs have to know beyond that stands in a ``Numbers``: constants, the elementary
functions, the maximum, and which of two numbers is the larger one.

>>> RATIONAL.functions["exp"](Fraction(0))
Fraction(1, 1)
>>> SYMBOLIC.functions["sigmoid"](sympy.Symbol("x"))
1/(1 + exp(-x))
>>> ENCLOSED.functions["sigmoid"](Enclosure.of(0))
[1/2, 1/2]
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, TypeAlias

import sympy

from therefore.autodiff.enclosure import Enclosure
from therefore.autodiff.errors import Irrational, NotDifferentiable, Undefined

__all__ = ["ARRAYS", "ENCLOSED", "FLOATS", "RATIONAL", "SYMBOLIC", "Numbers", "Value"]

Value: TypeAlias = Any


@dataclass(frozen=True)
class Numbers:
    """One kind of numbers.

    ``constant`` makes a number of a fraction. ``functions`` has exp, log, sin, cos, tanh, sqrt
    and sigmoid. ``maximum`` is that of two numbers; ``above(x, y)`` is 1 where x > y and 0 where
    x < y, and raises ``NotDifferentiable`` where they are equal or nobody can tell.
    """

    constant: Callable[[Fraction], Value]
    functions: Mapping[str, Callable[[Value], Value]]
    maximum: Callable[[Value, Value], Value]
    above: Callable[[Value, Value], Value]

    def with_functions(self, **functions: Callable[[Value], Value]) -> Numbers:
        """The same numbers, with other functions under these names."""
        return replace(self, functions={**self.functions, **functions})


# ------------------------------------------------------------------ SymPy


def _symbolic_above(left: Any, right: Any) -> Any:
    with sympy.evaluate(True):
        difference = (left - right).doit()
    if difference.is_positive:
        return sympy.Integer(1)
    if difference.is_negative:
        return sympy.Integer(0)
    raise NotDifferentiable(f"the sign of {difference} is not known; give above=... for it")


def _symbolic_sigmoid(x: Any) -> Any:
    return 1 / (1 + sympy.exp(-x))


SYMBOLIC = Numbers(
    constant=lambda number: sympy.Rational(number.numerator, number.denominator),
    functions={
        "exp": sympy.exp, "log": sympy.log, "sin": sympy.sin, "cos": sympy.cos,
        "tanh": sympy.tanh, "sqrt": sympy.sqrt, "sigmoid": _symbolic_sigmoid,
    },
    maximum=sympy.Max,
    above=_symbolic_above,
)  # fmt: skip
"""SymPy expressions. Inside ``with as_written():`` every operation stays as the program did it."""


# ------------------------------------------------------------------ fractions


def _only_at(place: int, value: Fraction, name: str) -> Callable[[Fraction], Fraction]:
    """A function that is rational at one rational number only (Lindemann)."""

    def function(x: Fraction) -> Fraction:
        if x != place:
            raise Irrational(f"{name}({x})")
        return value

    return function


def _rational_log(x: Fraction) -> Fraction:
    if x <= 0:
        raise Undefined(f"log({x})")
    return _only_at(1, Fraction(0), "log")(x)


def _rational_root(x: Fraction) -> Fraction:
    if x < 0:
        raise Undefined(f"sqrt({x})")
    root = Fraction(math.isqrt(x.numerator), math.isqrt(x.denominator))
    if root * root != x:
        raise Irrational(f"sqrt({x})")
    return root


def _ordered_above(left: Any, right: Any) -> Any:
    if left == right:
        raise NotDifferentiable(f"a maximum of {left} and {right}")
    return type(left)(left > right)


RATIONAL = Numbers(
    constant=Fraction,
    functions={
        "exp": _only_at(0, Fraction(1), "exp"), "log": _rational_log,
        "sin": _only_at(0, Fraction(0), "sin"), "cos": _only_at(0, Fraction(1), "cos"),
        "tanh": _only_at(0, Fraction(0), "tanh"), "sqrt": _rational_root,
        "sigmoid": _only_at(0, Fraction(1, 2), "sigmoid"),
    },
    maximum=max,
    above=_ordered_above,
)  # fmt: skip
"""Fractions, exact. Raises ``Irrational`` where a value is no fraction."""


# ------------------------------------------------------------------ enclosures


def _enclosed_above(left: Enclosure, right: Enclosure) -> Enclosure:
    if left.low > right.high:
        return Enclosure.of(1)
    if left.high < right.low:
        return Enclosure.of(0)
    raise NotDifferentiable(f"a maximum of {left} and {right}, which may be equal")


ENCLOSED = Numbers(
    constant=Enclosure.of,
    functions={
        "exp": Enclosure.exp, "log": Enclosure.log, "sin": Enclosure.sin, "cos": Enclosure.cos,
        "tanh": Enclosure.tanh, "sqrt": Enclosure.sqrt, "sigmoid": Enclosure.sigmoid,
    },
    maximum=Enclosure.maximum,
    above=_enclosed_above,
)  # fmt: skip
"""Intervals with rational ends that enclose the true values."""


# ------------------------------------------------------------------ floats


def _float_sigmoid(x: float) -> float:
    return (1 + math.tanh(x / 2)) / 2


FLOATS = Numbers(
    constant=float,
    functions={
        "exp": math.exp, "log": math.log, "sin": math.sin, "cos": math.cos,
        "tanh": math.tanh, "sqrt": math.sqrt, "sigmoid": _float_sigmoid,
    },
    maximum=max,
    above=_ordered_above,
)  # fmt: skip
"""Python's floats: rounded, and no proof of anything."""


def _of_numpy(name: str) -> Callable[..., Any]:
    """A function of NumPy, which is imported when it is first needed."""

    def function(*arguments: Any) -> Any:
        import numpy

        return getattr(numpy, name)(*arguments)

    return function


def _array_above(left: Any, right: Any) -> Any:
    difference = _of_numpy("sign")(left - right)
    if not _of_numpy("all")(difference):
        raise NotDifferentiable("a maximum of arrays with equal entries")
    return (1 + difference) / 2


ARRAYS = Numbers(
    constant=float,
    functions={name: _of_numpy(name) for name in ("exp", "log", "sin", "cos", "tanh", "sqrt")}
    | {"sigmoid": lambda x: (1 + _of_numpy("tanh")(x / 2)) / 2},
    maximum=_of_numpy("maximum"),
    above=_array_above,
)
"""NumPy arrays, entry by entry: many points at once."""
