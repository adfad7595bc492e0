"""From SymPy to kernel terms. TRUSTED: what is read here is what is proved.

Nothing is evaluated, cancelled or reordered. Every expression is read together with its sort,
so that what has no truth value (a vector equals a number, sizes that do not fit, a name that
nobody declared) is an error and not a goal. The errors are those of ``therefore.language``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeAlias, cast

import sympy
from sympy import Symbol
from sympy.logic.boolalg import Boolean

from therefore.goal import Term
from therefore.kernel.binders import open_binder
from therefore.kernel.size_terms import settled, settled_size
from therefore.language import cyclic, fields, functions, matrices, vectors
from therefore.language.base import Declared
from therefore.language.errors import BadName, IllFormed, NothingToProve, UnknownName, WrongShape
from therefore.language.names import kernel_name
from therefore.language.quotients import fraction_parts, sum_body
from therefore.language.scalars import Index
from therefore.reading.sorts import (
    Sort,
    described,
    embedded,
    is_element,
    is_matrix,
    is_number,
    is_residue,
    is_vector,
    join,
    mentions_bound,
)
from therefore.reading.vocabulary import Vocabulary, symbol_sort

__all__ = ["Read", "Scope", "TermReader"]

_SEQUENCES = (
    vectors.Sequence, vectors.RealSequence, vectors.SizeSequence, vectors.VectorSequence,
    cyclic.CyclicSequence, fields.ElementSequence,
)  # fmt: skip

HIGHEST_ORDER = 20

# What can be differentiated in at one place, and the places.
_WHOLES = (vectors.Vector, matrices.Matrix)
_PLACES = (vectors.Item, vectors.Component, matrices.Entry)

Read: TypeAlias = tuple[Term, Sort]


@dataclass(frozen=True)
class Scope:
    """The binders around a place: how many, and which variable each of them binds.

    A variable has the level of its binder, counted from outside; its index in the kernel's
    terms is counted from inside. A variable may also stand for an expression, together with
    the scope in which that is to be read.
    """

    depth: int = 0
    bound: dict[Any, tuple[int, Sort] | tuple[Any, Scope]] = field(default_factory=dict)

    def bind(self, variable: Any, sort: Sort) -> Scope:
        """One binder further in, which binds the variable."""
        return Scope(self.depth + 1, self.bound | {variable: (self.depth, sort)})

    def deeper(self, levels: int = 1) -> Scope:
        """Further in, below binders that have no name in the source."""
        return Scope(self.depth + levels, self.bound)

    def put(self, variable: Any, expression: Any) -> Scope:
        """The same place, where the variable stands for an expression."""
        return Scope(self.depth, self.bound | {variable: (expression, self)})

    def index(self, level: int) -> str:
        """The kernel's name of the variable bound at a level."""
        return f"#{self.depth - 1 - level}"


@dataclass(frozen=True, eq=False)
class _Moved:
    """A sequence with something added to one member: a_k + s·[k = j] in the place of a_k.

    The step s stands in the scope of the place under ``self``.
    """

    member: Any


@dataclass(frozen=True)
class _ReadDefinition:
    sorts: tuple[Sort, ...]
    result: Sort
    body: Term
    free: set[Any]


class TermReader:
    """Reads the expressions of one goal; ``vocabulary`` collects what they speak of."""

    def __init__(self) -> None:
        self.vocabulary = Vocabulary()
        self._definitions: dict[str, _ReadDefinition] = {}
        self._collecting: list[set[Any]] = []
        self.readers: dict[Any, Callable[[Any, Scope], Read]] = {
            sympy.Add: self._addition,
            sympy.Mul: self._product,
            sympy.Pow: self._power,
            sympy.Abs: self._absolute,
            sympy.floor: self._floor,
            sympy.Sum: self._sum,
            sympy.Derivative: self._derivative,
            _Moved: self._moved,
            vectors.Inner: self._inner,
            vectors.Norm: self._norm,
            vectors.Item: self._item,
            functions.Value: self._value,
            functions.GradientAt: self._gradient,
            functions.GradientWithRespectTo: self._gradient_of_expression,
            functions.Defined: self._defined,
        }

    def definitions(self) -> tuple[tuple[str, tuple[Sort, ...], Term], ...]:
        """The definitions that were used, each after those that it uses itself."""
        return tuple((name, one.sorts, one.body) for name, one in self._definitions.items())

    def term(self, expression: Any, scope: Scope, expected: Sort = None) -> Read:
        """An expression as a term, with its sort; 0 where a vector is expected is a vector."""
        is_name = isinstance(expression, Symbol | Declared)
        if is_name and type(expression) not in self.readers:  # what is random is read by them
            return self._name(expression, scope)
        if isinstance(expression, bool | Boolean):
            raise NothingToProve(
                f"{expression} is a statement where a number or a vector is expected; it may "
                "have been decided before anyone could read it"
            )
        if _is_zero(expression) and is_vector(expected):
            return ("zero", expected[1]), expected
        if isinstance(expression, sympy.Number | sympy.NumberSymbol):
            return self._numeral(expression)
        if expression is sympy.zoo or expression is sympy.I:
            raise NothingToProve(f"{expression} is no real number")
        read = self.readers.get(type(expression))
        if read is None:
            raise UnknownName(
                f"{expression} ({type(expression).__name__}) is not in the language; "
                "use function(...) for an abstract function and define(...) for a named expression"
            )
        return read(expression, scope)

    def number(self, expression: Any, scope: Scope) -> Term:
        """An expression that has to be a real number."""
        term, sort = self.term(expression, scope)
        if not is_number(sort):
            raise WrongShape(f"{expression} is {described(sort)} where a number is expected")
        return term

    def integer(self, expression: Any, scope: Scope) -> Term:
        """An expression that has to be an integer."""
        term, sort = self.term(expression, scope)
        if sort != "integer":
            raise WrongShape(f"{expression} is {described(sort)} where an integer is expected")
        return term

    def term_of_sort(self, expression: Any, scope: Scope, sort: Sort, what: str) -> Term:
        """An expression that has to be of a given sort; integers serve as numbers and residues."""
        if isinstance(expression, sympy.Lambda):
            return self._sequence_by_members(expression, scope, sort, what)
        term, found = self.term(expression, scope, sort)
        if join(found, sort, what) != sort:
            raise WrongShape(f"{what}: {described(found)} against {described(sort)}")
        return term

    def _sequence_by_members(self, given: Any, scope: Scope, sort: Sort, what: str) -> Term:
        """A sequence as SymPy's ``Lambda(k, a_k)``, where a sequence is expected."""
        variables, member = given.variables, given.expr
        if not isinstance(sort, tuple) or sort[0] != "function" or len(variables) != 1:
            raise WrongShape(f"{what}: a sequence against {described(sort)}")
        (variable,), (place,) = variables, sort[1]
        found = self.vocabulary.sort(variable)
        if found != place or (isinstance(variable, Symbol) and symbol_sort(variable)[1]):
            raise WrongShape(f"{what}: members for each {described(found)}, {variable}")
        inside = self.bind(variable, found, scope)
        term = self.term_of_sort(member, inside, sort[2], what)
        return ("lambda", place, term)

    def _two(self, left: Any, right: Any, scope: Scope) -> tuple[Read, Read]:
        """Two expressions that ought to be of one sort: 0 beside a vector is the zero vector."""
        if _is_zero(left):
            second = self.term(right, scope)
            return self.term(left, scope, second[1]), second
        first = self.term(left, scope)
        return first, self.term(right, scope, first[1])

    def _ends(self, variable: Any, ends: tuple[Any, Any], scope: Scope) -> tuple[Term, Term]:
        if any(variable in end.free_symbols for end in ends):
            raise IllFormed(f"the range of {variable} speaks of {variable} itself")
        lo, hi = (self.integer(end, scope) for end in ends)
        return lo, hi

    def _numeral(self, number: Any) -> Read:
        if isinstance(number, sympy.Integer):
            return str(int(number)), "integer"
        if isinstance(number, sympy.Rational):
            return f"{int(number.p)}/{int(number.q)}", "real"
        if isinstance(number, sympy.Float):
            raise NothingToProve(
                f"{number} is a rounded number; write an exact one, such as Rational(1, 3)"
            )
        if number in (sympy.nan, sympy.oo, -sympy.oo):
            raise NothingToProve(
                f"{number} is no number; it came out before anyone could read the line "
                "(for limits there is tends(...))"
            )
        raise UnknownName(f"the number {number} is not in the language")

    def _name(self, one: Any, scope: Scope) -> Read:
        found = scope.bound.get(one)
        if found is not None:
            if isinstance(found[0], int):
                return scope.index(found[0]), found[1]
            # The scope of the expression, seen from where it is put.
            return self.term(found[0], Scope(scope.depth, found[1].bound))
        name = self._declare(one)
        return name, self.vocabulary.sort(one)

    def _declare(self, one: Any) -> str:
        """The name of a free object; a free index brings its range with it."""
        for free in self._collecting:
            free.add(one)
        name = self.vocabulary.declare(one)
        bounds = one.bounds if isinstance(one, Index) else None
        if bounds is not None and not self.vocabulary.has_range(name):
            lo, hi = self._ends(one, bounds, Scope())
            self.vocabulary.set_range(name, lo, hi)
        return name

    def bind(self, variable: Any, sort: Sort, scope: Scope) -> Scope:
        """The scope inside a binder that the author wrote."""
        self.vocabulary.note_bound(variable)
        return scope.bind(variable, sort)

    def plain_real(self, variable: Any, what: str, *, signed: bool) -> None:
        """Raises ``IllFormed`` unless the variable is real, and has no sign if it may not."""
        found = symbol_sort(variable) if isinstance(variable, Symbol) else ("", "")
        if found[0] != "real" or (found[1] and not signed):
            raise IllFormed(f"{what} a variable declared by real(...), and {variable} is none")

    def _addition(self, expression: Any, scope: Scope) -> Read:
        read = {at: self.term(arg, scope) for at, arg in _numbered(expression) if not _is_zero(arg)}
        # 0 among vectors is the zero vector.
        expected = next((sort for _, sort in read.values()), None)
        parts = [
            read[at] if at in read else self.term(arg, scope, expected)
            for at, arg in _numbered(expression)
        ]
        sort = parts[0][1]
        for _, other in parts[1:]:
            sort = join(sort, other, "the terms of {} do not add up", expression)
        return ("+", *(embedded(term, found, sort) for term, found in parts)), sort

    def _product(self, expression: Any, scope: Scope) -> Read:
        negative, above, below = fraction_parts(expression)
        parts = self._multiplied([self.term(factor, scope) for factor in above], expression)
        sort = self._product_sort(expression, [sort for _, sort in parts])
        # Numbers stand before the one vector or matrix, as the kernel has them.
        parts = [(embedded(term, found, sort), found) for term, found in parts]
        ordered = [t for t, s in parts if not is_vector(s) and not is_matrix(s)]
        ordered += [t for t, s in parts if is_vector(s) or is_matrix(s)]
        term = ordered[0] if len(ordered) == 1 else ("*", *ordered) if ordered else "1"
        if below:
            if is_residue(sort) or is_element(sort):
                raise WrongShape(f"{expression} divides {described(sort)}")
            lower = [self.number(factor, scope) for factor in below]
            term = ("/", term, lower[0] if len(lower) == 1 else ("*", *lower))
            sort = sort if is_vector(sort) or is_matrix(sort) else "real"
        return (("-", term) if negative else term), sort

    def _multiplied(self, parts: list[Read], expression: Any) -> list[Read]:
        """The factors, the matrices among them multiplied in the order in which they stand."""
        found: list[Read] = []
        for term, sort in parts:
            last = found[-1] if found else ("", "")
            if is_matrix(sort) and is_matrix(last[1]):
                if last[1][2] != sort[1]:
                    raise WrongShape(
                        f"{expression} multiplies {described(last[1])} by {described(sort)}"
                    )
                found[-1] = ("matmul", last[0], term), ("matrix", last[1][1], sort[2])
            else:
                found.append((term, sort))
        return found

    def _product_sort(self, expression: Any, sorts: list[Sort]) -> Sort:
        found: Sort = "integer"
        others = [sort for sort in sorts if is_vector(sort) or is_matrix(sort)]
        if len(others) > 1:
            raise WrongShape(
                f"{expression} multiplies {described(others[0])} by {described(others[1])}; "
                "write inner(u, v) for vectors"
            )
        for sort in sorts:
            if sort not in others:
                found = join(found, sort, "the factors of {} do not fit", expression)
        if others and is_residue(found):
            raise WrongShape(f"{expression} multiplies {described(others[0])} by a residue")
        return others[0] if others else found

    def _power(self, expression: Any, scope: Scope) -> Read:
        base, exponent = expression.args
        if isinstance(exponent, sympy.Rational) and exponent < 0:
            if not isinstance(expression, sympy.Pow):
                raise WrongShape(f"{expression}: write inverse(...) for a negative power")
            return self._product(expression, scope)
        if exponent == sympy.Rational(1, 2):
            return ("sqrt", self.number(base, scope)), "real"
        term, sort = self.term(base, scope)
        if is_element(sort):
            return self._power_of_element(expression, term, sort, scope)
        is_square = is_matrix(sort) and sort[1] == sort[2]
        if not is_number(sort) and not is_square:
            raise WrongShape(f"{expression} is a power of {described(sort)}")
        if isinstance(exponent, sympy.Integer) and is_number(sort):
            return ("^", term, str(int(exponent))), sort
        if isinstance(exponent, sympy.Rational) and is_number(sort) and not exponent.is_Integer:
            return self.fractional_power(expression, term, exponent), "real"
        is_fraction = isinstance(exponent, sympy.Number) and not exponent.is_Integer
        count, kind = ("", "") if is_fraction else self.term(exponent, scope)
        if kind != "integer":
            raise UnknownName(
                f"{expression} has an exponent that is no natural number, nor a fraction as in "
                "x**Rational(1, 3)"
            )
        # That the exponent is not negative is an obligation: the kernel asks for it.
        return ("power", term, count), sort if is_square else "real"

    def fractional_power(self, expression: Any, base: Term, exponent: Any) -> Term:
        """A power of a root of a number that is not negative."""
        raise UnknownName(f"{expression} has an exponent that is no natural number and not 1/2")

    def _power_of_element(self, expression: Any, base: Term, sort: Sort, scope: Scope) -> Read:
        """A literal power of an element of a field, or one of a root of unity by a residue."""
        exponent = expression.args[1]
        if isinstance(exponent, sympy.Integer):
            return ("^", base, str(int(exponent))), sort
        place, found = self.term(exponent, scope)
        if not is_residue(found):
            raise WrongShape(f"{expression} has an exponent that is {described(found)}")
        return ("turn", found[1], base, place), sort

    def _absolute(self, expression: Any, scope: Scope) -> Read:
        term, sort = self.term(expression.args[0], scope)
        if not is_number(sort):
            raise WrongShape(f"{expression} takes the absolute value of {described(sort)}")
        return ("abs", term), sort

    def _floor(self, expression: Any, scope: Scope) -> Read:
        return ("floor", self.number(expression.args[0], scope)), "integer"

    def _sum(self, expression: Any, scope: Scope) -> Read:
        ends: list[tuple[Term, Term]] = []
        inside = scope
        for limit in reversed(expression.limits):  # SymPy lists the innermost index first
            if len(limit) != 3:
                raise IllFormed(f"{expression} needs both ends of its range")
            variable, lo, hi = limit
            if not isinstance(variable, Symbol) or symbol_sort(variable) != ("integer", ""):
                raise IllFormed(f"{variable} cannot be a summation index; declare it by index(...)")
            ends.append(self._ends(variable, (lo, hi), inside))
            inside = self.bind(variable, "integer", inside)
        term, sort = self.term(sum_body(expression), inside)
        if not is_number(sort) and not is_vector(sort) and not is_matrix(sort):
            raise WrongShape(f"{expression} is a sum of {described(sort)}")
        if mentions_bound(sort):
            raise WrongShape(f"{expression} adds things whose sizes depend on an index")
        for lo, hi in reversed(ends):
            term = ("sum", lo, hi, term)
        return term, sort

    def _derivative(self, expression: Any, scope: Scope) -> Read:
        body, *variables = expression.args
        if len(variables) != 1:
            raise IllFormed(f"{expression} is a derivative in more than one variable")
        variable, order = variables[0][0], _order(variables[0][1])
        if not 1 <= order <= HIGHEST_ORDER:
            raise IllFormed(f"{expression} is not a derivative of the order 1 to {HIGHEST_ORDER}")
        if isinstance(variable, _PLACES):
            return self._derivative_in_member(body, variable, order, scope)
        self.plain_real(variable, "a derivative is taken in", signed=True)
        point = self.number(variable, scope)
        inside = scope
        for _ in range(order):
            inside = inside.bind(variable, "real")
        term = self.number(body, inside)
        for _ in range(order - 1):  # the derivative at each of the points around
            term = ("derivative", term, "#0")
        return ("derivative", term, point), "real"

    def _derivative_in_member(self, body: Any, member: Any, order: int, scope: Scope) -> Read:
        """∂u/∂a_j: the derivative at 0 of u in s, where every a_k is a_k + s·[k = j].

        In the same way ∂u/∂b_i is that with b + s·e_i for b, and ∂u/∂W_ij with W + s·e_i·e_jᵀ.
        """
        _, sort = self.term(member, scope)
        whole = member.args[0]
        if not is_number(sort) or not isinstance(whole, (*_SEQUENCES, *_WHOLES)):
            raise IllFormed(f"a derivative is taken in a declared number, and {member} is none")
        inside = scope
        for _ in range(order):
            moved = _Moved(member)
            inside = inside.bind(moved, "real").put(whole, moved)
        term = self.number(body, inside)
        for _ in range(order):
            term = ("derivative", term, "0")
        return term, "real"

    def _moved(self, moved: Any, scope: Scope) -> Read:
        if isinstance(moved.member.args[0], _WHOLES):
            return self._moved_at_a_place(moved, scope)
        sequence, index = moved.member.args
        inside = scope.deeper()
        sort = self.vocabulary.sort(sequence)
        (place,) = sort[1]
        at = self.term_of_sort(index, inside, place, f"the index of {moved.member} does not fit")
        level, _ = scope.bound[moved]
        step = ("*", inside.index(cast(int, level)), ("delta", "#0", at))
        member = ("app", self.head(sequence, inside), "#0")
        return ("lambda", place, ("+", member, step)), sort

    def _moved_at_a_place(self, moved: Any, scope: Scope) -> Read:
        """b + s·e_i for a vector, W + s·e_i·e_jᵀ for a matrix."""
        whole, *places = moved.member.args
        sort, what = self.vocabulary.sort(whole), f"a place of {moved.member} does not fit"
        units: list[Term] = [
            ("unit", size, self.term_of_sort(place, scope, ("residue", size), what))
            for size, place in zip(sort[1:], places, strict=True)
        ]
        level, _ = scope.bound[moved]
        direction = units[0] if len(units) == 1 else ("outer", *units)
        step = ("*", scope.index(cast(int, level)), direction)
        return ("+", self.head(whole, scope), step), sort

    def _inner(self, expression: Any, scope: Scope) -> Read:
        first, second = expression.args
        left, right = self._two(first, second, scope)
        for term, arg in zip((left, right), expression.args, strict=True):
            if not is_vector(term[1]):
                raise WrongShape(f"{arg} is {described(term[1])}, and inner takes vectors")
        join(left[1], right[1], "{} takes vectors of one size", expression)
        return ("inner", left[0], right[0]), "real"

    def _norm(self, expression: Any, scope: Scope) -> Read:
        (arg,) = expression.args
        term, sort = self.term(arg, scope)
        if not is_vector(sort):
            raise WrongShape(f"{arg} is {described(sort)}, and norm takes a vector")
        return ("norm", term), "real"

    def _item(self, expression: Any, scope: Scope) -> Read:
        sequence, index = expression.args
        if not isinstance(sequence, _SEQUENCES):
            raise UnknownName(f"{sequence} is not a declared sequence")
        whole = self.vocabulary.sort(sequence)
        if whole[0] == "family":
            place_there = self.integer(index, scope)
            member = settled(open_binder(whole[1], place_there))
            return ("app", self.head(sequence, scope), place_there), member
        _, (place,), result = whole
        at = self.term_of_sort(index, scope, place, f"the index of {expression} does not fit")
        sort = "integer" if result == "size" else result
        return ("app", self.head(sequence, scope), at), sort

    def size(self, size: Any, scope: Scope) -> Term:
        """A size; a member of a sequence of sizes may have an index that is bound here."""
        if getattr(size, "is_size", False):
            return settled_size(self._item(size, scope)[0])
        return self.vocabulary.size(size)

    def head(self, function: Any, scope: Scope) -> Term:
        """A function that is applied: its name, or its index where it is bound."""
        term, _ = self._name(function, scope)
        return term

    def _applied_head(self, function: Any, scope: Scope) -> tuple[Callable[[Term], Term], str]:
        """How a function of one vector is applied in this scope, and the size of its vectors."""
        if isinstance(function, functions.AbstractFunction):
            head = self.head(function, scope)
            size = self.vocabulary.sort(function)[1][0][1]
        elif isinstance(function, functions.Definition):
            head, sorts, result = self._definition(function, scope)
            if len(sorts) != 1 or not is_vector(sorts[0]) or not is_number(result):
                raise WrongShape(f"{function} is no function of one vector")
            size = sorts[0][1]
        else:
            raise UnknownName(f"{function} is not a declared function")
        return (lambda argument: ("app", head, argument)), size

    def _value(self, expression: Any, scope: Scope) -> Read:
        function, point = expression.args
        if isinstance(function, functions.RealFunction):
            return ("app", self.head(function, scope), self.number(point, scope)), "real"
        if isinstance(function, functions.VectorMap):
            _, (space,), result = self.vocabulary.sort(function)
            at = self.term_of_sort(point, scope, space, f"the argument of {function}")
            return ("app", self.head(function, scope), at), result
        apply, size = self._applied_head(function, scope)
        at = self.term_of_sort(point, scope, ("vector", size), f"the argument of {function}")
        return apply(at), "real"

    def _gradient(self, expression: Any, scope: Scope) -> Read:
        function, point = expression.args
        apply, size = self._applied_head(function, scope)
        space = ("vector", size)
        at = self.term_of_sort(point, scope, space, f"the argument of the gradient of {function}")
        if isinstance(function, functions.AbstractFunction):
            return ("gradient", self.head(function, scope), at), space
        return ("gradient", ("lambda", space, apply("#0")), at), space

    def _gradient_of_expression(self, expression: Any, scope: Scope) -> Read:
        body, variable = expression.args
        if not isinstance(variable, vectors.Vector):
            raise IllFormed(f"a gradient is taken in a vector, and {variable} is none")
        point, space = self._name(variable, scope)
        inside = self.number(body, scope.bind(variable, space))
        return ("gradient", ("lambda", space, inside), point), space

    def _defined(self, expression: Any, scope: Scope) -> Read:
        definition, *values = expression.args
        name, sorts, result = self._definition(definition, scope)
        if len(values) != len(sorts):
            raise WrongShape(f"{definition} takes {len(sorts)} values, not {len(values)}")
        if not sorts:
            return name, result
        what = f"an argument of {definition} does not fit"
        terms = (
            self.term_of_sort(value, scope, sort, what)
            for value, sort in zip(values, sorts, strict=True)
        )
        return ("app", name, *terms), result

    def _definition(self, definition: Any, scope: Scope) -> tuple[str, tuple[Sort, ...], Sort]:
        """The name of a definition, the sorts of its parameters and of its body."""
        name = self.vocabulary.claim_name(definition)
        if name not in self._definitions:
            self._definitions[name] = self._read_definition(definition)
        read = self._definitions[name]
        for free in self._collecting:
            free |= read.free
        captured = sorted(str(one) for one in read.free if one in scope.bound)
        if captured:
            raise IllFormed(
                f"{definition} speaks of {', '.join(captured)}, which is bound where it is used; "
                "make it a parameter of the definition"
            )
        return name, read.sorts, read.result

    def _read_definition(self, definition: Any) -> _ReadDefinition:
        scope = Scope()
        sorts = []
        for parameter in definition.parameters:
            sort = self.vocabulary.sort(parameter)
            if isinstance(parameter, Symbol) and (
                symbol_sort(parameter)[1] or getattr(parameter, "bounds", None)
            ):
                raise IllFormed(
                    f"the parameter {parameter} of {definition} is declared with a sign or a "
                    "range; a definition is for all values"
                )
            is_sequence = isinstance(parameter, _SEQUENCES)
            if isinstance(sort, tuple) and sort[0] in ("function", "matrix") and not is_sequence:
                raise IllFormed(f"{parameter} is {described(sort)} and cannot be a parameter")
            sorts.append(sort)
            scope = scope.bind(parameter, sort)
        free: set[Any] = set()
        self._collecting.append(free)
        body, result = self.term(definition.body, scope)
        self._collecting.pop()
        names = {kernel_name(parameter.name) for parameter in definition.parameters}
        if len(names) < len(sorts) or names & {kernel_name(one.name) for one in free}:
            raise BadName(f"two different things in {definition} share a name")
        return _ReadDefinition(tuple(sorts), result, body, free)


def _is_zero(expression: Any) -> bool:
    return isinstance(expression, sympy.Integer) and int(expression) == 0


def _order(count: Any) -> int:
    """How often is derived; where SymPy evaluates nothing, twice is 1 + 1."""
    with sympy.evaluate(True):
        order = count.doit()
    return int(order) if isinstance(order, sympy.Integer) else 0


def _numbered(expression: Any) -> list[tuple[int, Any]]:
    return list(enumerate(expression.args))
