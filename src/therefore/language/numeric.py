"""Both sides of a relation as a NumPy function."""

from __future__ import annotations

import keyword
from collections.abc import Callable
from typing import Any

from sympy import Derivative, Limit, Symbol, evaluate, lambdify
from sympy.core.relational import Relational

from therefore.language.base import Declared
from therefore.language.cyclic import CyclicIndex, CyclicSequence
from therefore.language.errors import IllFormed
from therefore.language.functions import Defined, GradientWithRespectTo
from therefore.language.names import kernel_name

__all__ = ["numpy_sides", "used"]

_WORKED_OUT = (Derivative, Limit, GradientWithRespectTo)


def numpy_sides(conclusion: Any) -> Callable[..., tuple[Any, Any]]:
    """A function of the free names of a relation, by keyword, that gives both sides.

    Raises ``IllFormed`` where the conclusion is no relation, or has a side for which SymPy
    knows no numbers (a limit that it cannot find, for example).
    """
    if not isinstance(conclusion, Relational):
        raise IllFormed(f"{conclusion} has no two sides; only a relation turns into NumPy")
    with evaluate(True):
        sides = [_worked_out(side) for side in conclusion.args]
        free = set().union(*(side.free_symbols for side in sides))
        ordered = sorted(free, key=lambda one: kernel_name(one.name))
        plain = {one: Symbol(_code_name(one)) for one in ordered if isinstance(one, Symbol)}
        code = [_code_name(one) for one in ordered]
        compiled = lambdify(code, [side.xreplace(plain) for side in sides], "numpy")
    names = [kernel_name(one.name) for one in ordered]
    spoken_of = set().union(*(used(side) for side in sides))
    needed = {kernel_name(one.name) for one in free & spoken_of}

    def both_sides(**values: Any) -> tuple[Any, Any]:
        missing = sorted(needed - values.keys())
        unknown = sorted(values.keys() - set(names))
        if missing or unknown:
            raise TypeError(f"missing values: {missing}; unknown names: {unknown}")
        left, right = compiled(*(values.get(name) for name in names))
        return left, right

    both_sides.__doc__ = f"The two sides of {conclusion}, from {', '.join(names)}."
    return both_sides


def _worked_out(side: Any) -> Any:
    """The side without the operators for which NumPy has no code."""
    while side.has(Defined) and side.has(*_WORKED_OUT):
        side = side.replace(lambda e: isinstance(e, Defined), lambda e: e.unfold())
    side = side.doit() if side.has(*_WORKED_OUT) else side
    if side.has(*_WORKED_OUT):
        raise IllFormed(f"{side} has no NumPy form")
    return side


def used(expression: Any) -> set[Any]:
    """What the code needs the value of: not the dimension of a vector, but every modulus."""
    if isinstance(expression, CyclicIndex | CyclicSequence):
        return {expression, expression.modulus}
    if isinstance(expression, Declared | Symbol):
        return {expression}
    return set().union(*(used(arg) for arg in expression.args))


def _code_name(one: Any) -> str:
    name = kernel_name(one.name)
    return f"{name}_" if keyword.iskeyword(name) else name
