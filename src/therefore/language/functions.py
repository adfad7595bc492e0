"""Abstract functions and their gradients, and definitions that stay as they are written."""

from __future__ import annotations

from typing import Any

from sympy import Symbol, Tuple

from therefore.language.base import (
    Declared,
    Object,
    Term,
    binds,
    name_argument,
    size_argument,
)
from therefore.language.errors import IllFormed

__all__ = [
    "AbstractFunction",
    "Defined",
    "Definition",
    "GradientAt",
    "GradientWithRespectTo",
    "RealFunction",
    "Value",
    "VectorMap",
    "define",
    "function",
    "gradient",
    "real_function",
    "vector_map",
]


class AbstractFunction(Declared, Object):
    """A function f: R^d -> R of which only the stated hypotheses are known."""

    def __new__(cls, name: Any, size: Any) -> Any:
        return Object.__new__(cls, name_argument(name), size_argument(size))

    @property
    def size(self) -> Any:
        """The dimension d."""
        return self.args[1]

    def __call__(self, point: Any) -> Value:
        return Value(self, point)


class RealFunction(Declared, Object):
    """A function f: R -> R of which only the stated hypotheses are known."""

    def __new__(cls, name: Any) -> Any:
        return Object.__new__(cls, name_argument(name))

    def __call__(self, point: Any) -> Value:
        return Value(self, point)


class VectorMap(Declared, Object):
    """A map L: R^d -> R^m of which only the stated hypotheses are known."""

    def __new__(cls, name: Any, size: Any, result: Any) -> Any:
        return Object.__new__(cls, name_argument(name), size_argument(size), size_argument(result))

    def __call__(self, point: Any) -> Value:
        return Value(self, point)


class Value(Term):
    """The value f(x) of an abstract function, a number, or of a map, a vector."""

    def __init__(self, function: Any, point: Any) -> None:
        """Takes a function and a vector of its dimension, or a number for a function of one."""

    def _eval_is_real(self) -> bool | None:
        return None if isinstance(self.args[0], VectorMap) else True

    def _sympystr(self, printer: Any) -> str:
        return f"{printer._print(self.args[0])}({printer._print(self.args[1])})"

    def _latex(self, printer: Any, exp: str | None = None, **options: Any) -> str:
        return _applied(printer._print(self.args[0]), printer._print(self.args[1]), exp)

    def _numpycode(self, printer: Any) -> str:
        return f"{printer._print(self.args[0])}({printer._print(self.args[1])})"


class GradientAt(Term):
    """The gradient of a function f at a point x: a vector of the dimension of x."""

    def __init__(self, function: Any, point: Any) -> None:
        """Takes a function and a vector of its dimension."""

    def _sympystr(self, printer: Any) -> str:
        return f"gradient({printer._print(self.args[0])})({printer._print(self.args[1])})"

    def _latex(self, printer: Any, **options: Any) -> str:
        name, point = (printer._print(arg) for arg in self.args)
        return _applied(rf"\nabla {name}", point, None)

    def _numpycode(self, printer: Any) -> str:
        return f"{printer._print(self.args[0])}.gradient({printer._print(self.args[1])})"


class GradientWithRespectTo(Term):
    """The gradient of an expression with respect to a vector, at that vector."""

    def __init__(self, expression: Any, variable: Any) -> None:
        """Takes a number that depends on a vector, and that vector."""

    def doit(self, **hints: Any) -> Any:
        """The gradient worked out; raises ``IllFormed`` where the rules for that do not reach."""
        from therefore.language.gradients import gradient_of

        return gradient_of(*self.args)

    def _sympystr(self, printer: Any) -> str:
        return f"grad({printer._print(self.args[0])}, {printer._print(self.args[1])})"

    def _latex(self, printer: Any, **options: Any) -> str:
        expression, variable = self.args
        text = printer._print(expression)
        if expression.is_Add:
            text = rf"\left[{text}\right]"
        return rf"\nabla_{{{printer._print(variable)}}} {text}"


class Definition(Object):
    """``name(parameters) := body``; calling it gives an expression that stays as it is."""

    def __new__(cls, name: Any, parameters: Any, body: Any) -> Any:
        return Object.__new__(cls, name_argument(name), Tuple(*parameters), body)

    name = Declared.name

    @property
    def parameters(self) -> tuple[Any, ...]:
        """The bound variables of the body."""
        return tuple(self.args[1])

    @property
    def body(self) -> Any:
        """What the name stands for."""
        return self.args[2]

    @property
    def free_symbols(self) -> set[Any]:
        """What the body speaks of besides its parameters."""
        free: set[Any] = self.body.free_symbols - set(self.parameters)
        return free

    def __call__(self, *values: Any) -> Defined:
        if len(values) != len(self.parameters):
            raise IllFormed(f"{self.name} takes {len(self.parameters)} values, not {len(values)}")
        return Defined(self, *values)

    def _eval_subs(self, old: Any, new: Any) -> Any:
        return binds(self, self.parameters, old, new)

    def _sympystr(self, printer: Any) -> str:
        return Declared._sympystr(self, printer)

    def _latex(self, printer: Any, **options: Any) -> str:
        return Declared._latex(self, printer)


class Defined(Term):
    """A use of a definition: g(-x), or the bare name of one without parameters."""

    def __init__(self, definition: Any, *values: Any) -> None:
        """Takes a definition and a value for each of its parameters."""

    @property
    def definition(self) -> Any:
        """The definition that is used."""
        return self.args[0]

    @property
    def values(self) -> tuple[Any, ...]:
        """What stands for the parameters."""
        return tuple(self.args[1:])

    def unfold(self) -> Any:
        """The body of the definition with the values put in."""
        from therefore.language.vectors import with_sequences

        pairs = list(zip(self.definition.parameters, self.values, strict=True))
        # SymPy puts in numbers and vectors; what is written for a sequence it does not know.
        sequences = {one: value for one, value in pairs if isinstance(one, Object)}
        others = [(one, value) for one, value in pairs if one not in sequences]
        marked = {one: type(one)(f"{one.name}_0", *one.args[1:]) for one in sequences}
        body = with_sequences(self.definition.body, marked).subs(others, simultaneous=True)
        return with_sequences(body, {marked[one]: value for one, value in sequences.items()})

    def doit(self, **hints: Any) -> Any:
        """The unfolded body, evaluated."""
        return self.unfold().doit(**hints)

    def _eval_derivative(self, symbol: Any) -> Any:
        return self.unfold().diff(symbol)

    def _eval_is_real(self) -> bool | None:
        real: bool | None = self.definition.body.is_real
        return real

    def _sympystr(self, printer: Any) -> str:
        name = printer._print(self.definition)
        return f"{name}({', '.join(map(printer._print, self.values))})" if self.values else name

    def _latex(self, printer: Any, exp: str | None = None, **options: Any) -> str:
        name = printer._print(self.definition)
        if self.values:
            return _applied(name, ", ".join(map(printer._print, self.values)), exp)
        return name if exp is None else f"{{{name}}}^{{{exp}}}"

    def _numpycode(self, printer: Any) -> str:
        return f"({printer._print(self.unfold())})"


def function(name: str, size: Any) -> AbstractFunction:
    """An abstract function from R^size to the real numbers."""
    made: AbstractFunction = AbstractFunction(name, size)
    return made


def real_function(name: str) -> RealFunction:
    """An abstract function from the real numbers to the real numbers."""
    made: RealFunction = RealFunction(name)
    return made


def vector_map(name: str, size: Any, result: Any) -> VectorMap:
    """An abstract map from R^size to R^result: ``L(x)`` is a vector."""
    made: VectorMap = VectorMap(name, size, result)
    return made


class gradient:
    """The gradient of a function, itself a function: ``gradient(f)(x)`` is a vector."""

    def __init__(self, of: AbstractFunction | Definition) -> None:
        if not isinstance(of, AbstractFunction | Definition):
            raise IllFormed("gradient(f) takes a function; for an expression write grad(expr, w)")
        self.of = of

    def __call__(self, point: Any) -> GradientAt:
        return GradientAt(self.of, point)


def define(name: str, parameters: Any, body: Any) -> Any:
    r"""Name an expression. ``g = define("g", (x,), x / (1 + Abs(x)))`` makes ``g(-x)`` a term
    that stays ``g(-x)``; with no parameters, ``define(r"\bar w", (), ...)`` is a term itself.
    """
    listed = parameters if isinstance(parameters, tuple | list) else (parameters,)
    for parameter in listed:
        if not isinstance(parameter, Symbol | Declared):
            raise IllFormed(f"{parameter} cannot be a parameter of {name}; declare it first")
    definition = Definition(name, listed, body)
    return definition if listed else Defined(definition)


def _applied(name: str, arguments: str, exp: str | None) -> str:
    power = "" if exp is None else f"^{{{exp}}}"
    return rf"{name}{power}\left({arguments}\right)"
