"""What can be true or false: relations, quantifiers, properties of functions, limits."""

from __future__ import annotations

from typing import Any

from sympy import Eq, Ge, Gt, Le, Limit, Lt, Ne, oo, sympify

from therefore.language.base import Statement, binds
from therefore.language.errors import IllFormed
from therefore.language.functions import AbstractFunction, Definition
from therefore.language.writing import demand_as_written

__all__ = [
    "AllOf",
    "AnyOf",
    "Convex",
    "Differentiable",
    "Equivalence",
    "ForAll",
    "ForSome",
    "HasDerivative",
    "Implication",
    "NoDerivative",
    "Smooth",
    "UniqueMinimiser",
    "all_of",
    "any_of",
    "at_least",
    "at_most",
    "both",
    "convex",
    "differentiable",
    "equal",
    "for_all",
    "for_some",
    "greater",
    "has_derivative",
    "iff",
    "implies",
    "less",
    "no_derivative",
    "not_equal",
    "smooth",
    "tends",
    "unique_minimiser",
]


# How SymPy writes from where a point is approached.
_WAYS = {"": "+-", "right": "+", "left": "-"}


class _Quantified(Statement):
    """A statement about every value, or some value, of a variable, perhaps within a range."""

    sign = ""

    @property
    def variable(self) -> Any:
        """The bound variable."""
        return self.args[0]

    @property
    def statement(self) -> Any:
        """What is said of it."""
        return self.args[-1]

    @property
    def range(self) -> tuple[Any, Any] | None:
        """The first and the last value of an integer variable, where they are given."""
        return (self.args[1], self.args[2]) if len(self.args) == 4 else None

    @property
    def free_symbols(self) -> set[Any]:
        """What the statement speaks of besides its variable."""
        inside: set[Any] = self.statement.free_symbols - {self.variable}
        return inside.union(*(end.free_symbols for end in self.range or ()))

    def _eval_subs(self, old: Any, new: Any) -> Any:
        return binds(self, (self.variable,), old, new)

    def _latex(self, printer: Any, **options: Any) -> str:
        name, inside = printer._print(self.variable), printer._print(self.statement)
        if self.range:
            lo, hi = (printer._print(end) for end in self.range)
            name = rf"{name} \in \{{{lo}, \dots, {hi}\}}"
        return rf"{self.sign} {name}:\ {inside}"


class ForAll(_Quantified):
    """The statement holds for every value of the variable."""

    sign = r"\forall"


class ForSome(_Quantified):
    """The statement holds for some value of the variable."""

    sign = r"\exists"


class _Joined(Statement):
    sign = ""

    def _latex(self, printer: Any, **options: Any) -> str:
        texts = [
            rf"\left({text}\right)" if isinstance(arg, _Joined | _Quantified) else text
            for arg, text in ((arg, printer._print(arg)) for arg in self.args)
        ]
        return rf" \;{self.sign}\; ".join(texts)


class AllOf(_Joined):
    """Each of several statements holds."""

    sign = r"\text{and}"


class AnyOf(_Joined):
    """At least one of several statements holds."""

    sign = r"\text{or}"


class Implication(_Joined):
    """If the first statement holds, so does the second."""

    sign = r"\Rightarrow"


class Equivalence(_Joined):
    """The two statements hold together or fail together."""

    sign = r"\Leftrightarrow"


class Convex(Statement):
    """f(a x + (1 - a) y) <= a f(x) + (1 - a) f(y) for all x, y and all a in [0, 1]."""

    def _latex(self, printer: Any, **options: Any) -> str:
        return rf"{printer._print(self.args[0])} \text{{ is convex}}"


class Differentiable(Statement):
    """The function has a gradient everywhere."""

    def _latex(self, printer: Any, **options: Any) -> str:
        return rf"{printer._print(self.args[0])} \text{{ is differentiable}}"


class Smooth(Statement):
    """The function has a gradient everywhere, with Lipschitz constant L: args are function, L."""

    def _latex(self, printer: Any, **options: Any) -> str:
        function, constant = (printer._print(arg) for arg in self.args)
        return rf"{function} \text{{ is }} {constant}\text{{-smooth}}"


class UniqueMinimiser(Statement):
    """The expression is least at the point, and nowhere else: args are point, of, over."""

    @property
    def free_symbols(self) -> set[Any]:
        """What the statement speaks of besides the vector that is minimised over."""
        point, of, over = self.args
        return set(point.free_symbols) | (set(of.free_symbols) - {over})

    def _eval_subs(self, old: Any, new: Any) -> Any:
        return binds(self, (self.args[2],), old, new)

    def _latex(self, printer: Any, **options: Any) -> str:
        point, of, over = (printer._print(arg) for arg in self.args)
        return rf"\operatorname*{{argmin}}_{{{over}}} {of} = \left\{{{point}\right\}}"


class _Slope(Statement):
    """A statement on the derivative of a number at a point: args are of, variable, at, …"""

    @property
    def free_symbols(self) -> set[Any]:
        """What the statement speaks of besides its variable."""
        of, variable, *others = self.args
        return set().union(set(of.free_symbols) - {variable}, *(o.free_symbols for o in others))

    def _eval_subs(self, old: Any, new: Any) -> Any:
        return binds(self, (self.args[1],), old, new)

    def _slope(self, printer: Any) -> str:
        of, variable, at = (printer._print(arg) for arg in self.args[:3])
        return rf"\left. \frac{{d}}{{d {variable}}} {of} \right|_{{{variable}={at}}}"


class HasDerivative(_Slope):
    """The derivative at the point is there, and is the value: args are of, variable, at, value."""

    def _latex(self, printer: Any, **options: Any) -> str:
        return f"{self._slope(printer)} = {printer._print(self.args[3])}"


class NoDerivative(_Slope):
    """At the point there is no derivative: args are of, variable, at."""

    def _latex(self, printer: Any, **options: Any) -> str:
        return rf"{self._slope(printer)} \text{{ does not exist}}"


def equal(left: Any, right: Any) -> Any:
    """``left = right``, for numbers, vectors, residues or matrices; a vector may equal 0."""
    return _relation(Eq, left, right)


def not_equal(left: Any, right: Any) -> Any:
    """``left`` differs from ``right``."""
    return _relation(Ne, left, right)


def at_most(left: Any, right: Any) -> Any:
    """``left <= right``, for numbers."""
    return _relation(Le, left, right)


def less(left: Any, right: Any) -> Any:
    """``left < right``, for numbers."""
    return _relation(Lt, left, right)


def at_least(left: Any, right: Any) -> Any:
    """``left >= right``, for numbers."""
    return _relation(Ge, left, right)


def greater(left: Any, right: Any) -> Any:
    """``left > right``, for numbers."""
    return _relation(Gt, left, right)


def for_all(variable: Any, *rest: Any) -> ForAll:
    """``for_all(x, statement)``, or ``for_all(t, lo, hi, statement)`` for integers lo ... hi."""
    made: ForAll = ForAll(variable, *_range_and_statement("for_all", rest))
    return made


def for_some(variable: Any, *rest: Any) -> ForSome:
    """``for_some(x, statement)``, or ``for_some(t, lo, hi, statement)``."""
    made: ForSome = ForSome(variable, *_range_and_statement("for_some", rest))
    return made


def implies(premise: Any, conclusion: Any) -> Implication:
    """If ``premise`` holds then ``conclusion`` does."""
    made: Implication = Implication(premise, conclusion)
    return made


def iff(left: Any, right: Any) -> Equivalence:
    """``left`` holds exactly when ``right`` does."""
    made: Equivalence = Equivalence(left, right)
    return made


def all_of(*statements: Any) -> AllOf:
    """Every one of the statements holds."""
    made: AllOf = AllOf(*_several("all_of", statements))
    return made


def both(left: Any, right: Any) -> AllOf:
    """Both statements hold."""
    return all_of(left, right)


def any_of(*statements: Any) -> AnyOf:
    """At least one of the statements holds."""
    made: AnyOf = AnyOf(*_several("any_of", statements))
    return made


def convex(function: AbstractFunction | Definition) -> Convex:
    """The function is convex, by the two-point definition."""
    made: Convex = Convex(_function("convex", function))
    return made


def differentiable(function: AbstractFunction | Definition) -> Differentiable:
    """The function is differentiable everywhere, so that its gradient can be spoken of."""
    made: Differentiable = Differentiable(_function("differentiable", function))
    return made


def smooth(function: AbstractFunction, constant: Any) -> Smooth:
    """|grad f(x) - grad f(y)| <= L |x - y| for all x, y, and the function is differentiable."""
    if not isinstance(function, AbstractFunction):
        raise IllFormed("smooth(f, L) takes a function, declared by function(...)")
    made: Smooth = Smooth(function, constant)
    return made


def unique_minimiser(point: Any, *, of: Any, over: Any) -> UniqueMinimiser:
    """``point`` makes the number ``of`` least over all vectors ``over``, and nothing else does."""
    made: UniqueMinimiser = UniqueMinimiser(point, of, over)
    return made


def tends(expression: Any, variable: Any, to: Any, value: Any, *, side: str = "") -> Any:
    """The limit of ``expression`` as ``variable`` goes to ``to`` is ``value``.

    ``to`` is ``oo``, ``-oo`` or a number; ``side="right"`` and ``side="left"`` say from where a
    number is approached. SymPy's own ``Limit`` is from the right where it says no side.
    """
    if side not in _WAYS or (side and to in (oo, -oo)):
        raise IllFormed('tends(...) takes side="right" or side="left", for a number only')
    # Strictly: SymPy's own Limit would evaluate a text.
    body, moving, place = (sympify(one, strict=True) for one in (expression, variable, to))
    if moving in place.free_symbols:
        raise IllFormed(f"{moving} cannot tend to {place}, which speaks of it")
    return equal(Limit(body, moving, place, _WAYS[side]), value)


def has_derivative(of: Any, variable: Any, at: Any, value: Any) -> HasDerivative:
    """The number ``of`` has a derivative in ``variable`` where this is ``at``: ``value``."""
    made: HasDerivative = HasDerivative(of, variable, at, value)
    return made


def no_derivative(of: Any, variable: Any, at: Any) -> NoDerivative:
    """The number ``of`` has no derivative in ``variable`` where this is ``at``."""
    made: NoDerivative = NoDerivative(of, variable, at)
    return made


def _relation(kind: Any, left: Any, right: Any) -> Any:
    demand_as_written()
    return kind(sympify(left, strict=True), sympify(right, strict=True), evaluate=False)


def _range_and_statement(name: str, rest: tuple[Any, ...]) -> tuple[Any, ...]:
    if len(rest) not in (1, 3):
        raise IllFormed(f"{name} takes a variable and a statement, or a variable, lo, hi and one")
    return rest


def _several(name: str, statements: tuple[Any, ...]) -> tuple[Any, ...]:
    if len(statements) < 2:
        raise IllFormed(f"{name} takes at least two statements")
    return statements


def _function(name: str, function: Any) -> Any:
    if not isinstance(function, AbstractFunction | Definition):
        raise IllFormed(f"{name}(f) takes a function, declared by function(...) or define(...)")
    return function
