"""From statements to the kernel's formulas, and from lines to goals. TRUSTED."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy
from sympy import Symbol
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean, BooleanAtom

from therefore.goal import Goal, Term
from therefore.kernel.terms import negation
from therefore.language import (
    fields,
    functions,
    integrals,
    matrices,
    matrix_properties,
    randomness,
    statements,
    vectors,
)
from therefore.language.base import Declared
from therefore.language.errors import IllFormed, NothingToProve, WrongShape
from therefore.reading.randomness import RandomReader
from therefore.reading.sorts import (
    Sort,
    described,
    embedded,
    is_element,
    is_matrix,
    is_number,
    join,
)
from therefore.reading.sympy_terms import Scope
from therefore.reading.vocabulary import sign_condition, symbol_sort

__all__ = ["Reader"]

_RELATIONS = {
    sympy.Eq: ("=", False),
    sympy.Ne: ("!=", False),
    sympy.Le: ("<=", False),
    sympy.Lt: ("<", False),
    sympy.Ge: ("<=", True),
    sympy.Gt: ("<", True),
}


class Reader(RandomReader):
    """Reads the lines of one goal."""

    def __init__(self) -> None:
        super().__init__()
        self._formulas: dict[Any, Callable[[Any, Scope], Term]] = {
            statements.ForAll: self._for_all,
            statements.ForSome: self._for_some,
            statements.AllOf: lambda one, scope: ("and", *self._each(one, scope)),
            statements.AnyOf: lambda one, scope: ("or", *self._each(one, scope)),
            statements.Implication: lambda one, scope: ("implies", *self._each(one, scope)),
            statements.Equivalence: self._equivalence,
            fields.RootOfUnity: self._root_of_unity,
            matrices.Invertible: self._invertible,
            matrix_properties.MatrixProperty: self._matrix_property,
            statements.Convex: self._convex,
            statements.Differentiable: self._differentiable,
            statements.Smooth: self._smooth,
            integrals.Converges: self._converges,
            randomness.FiniteMoments: self._finite_moments,
            randomness.Gaussian: self._gaussian,
            randomness.Independent: self._independent,
            statements.HasDerivative: self._has_derivative,
            statements.UniqueMinimiser: self._unique_minimiser,
            statements.NoDerivative: self._no_derivative,
        }

    def goal(self, conclusion: Any, given: tuple[Any, ...]) -> Goal:
        """The goal of a line: ``conclusion`` under the hypotheses ``given``.

        The signs and ranges of the declarations stand before them, so that what is given is
        well defined. Raises ``IllFormed`` where a line has no truth value.
        """
        hypotheses: tuple[Term, ...] = ()
        for one in given:
            read = self.formula(one, Scope())
            # Differentiable with a Lipschitz gradient; symmetric with a positive form.
            several = isinstance(one, statements.Smooth | matrix_properties.MatrixProperty)
            hypotheses += read[1:] if several and read[0] == "and" else (read,)
        claimed = self.formula(conclusion, Scope())
        self.vocabulary.check_bound()
        return Goal(
            declarations=self.vocabulary.declarations(),
            definitions=self.definitions(),
            hypotheses=(*self.vocabulary.implied(), *hypotheses),
            conclusion=claimed,
        )

    def formula(self, statement: Any, scope: Scope) -> Term:
        """A statement as a formula of the kernel."""
        if isinstance(statement, bool | BooleanAtom):
            raise NothingToProve(
                f"this was decided ({statement}) before anyone could read it; write it with "
                "equal, at_most, less ... inside `with as_written():`"
            )
        if isinstance(statement, Relational):
            return self._relation(statement, scope)
        read = self._formulas.get(type(statement))
        if read is not None:
            return read(statement, scope)
        if isinstance(statement, Boolean) and not isinstance(statement, Symbol):
            raise IllFormed(
                f"{type(statement).__name__} may change what it is given; "
                "write all_of, any_of, implies, iff"
            )
        raise IllFormed(f"{statement} is not a statement, which could be true or false")

    def _relation(self, statement: Any, scope: Scope) -> Term:
        relation, turned = _RELATIONS[type(statement)]
        left, right = statement.args
        if turned:
            left, right = right, left
        if relation == "=" and isinstance(right, sympy.Limit):
            left, right = right, left
        if relation == "=" and isinstance(left, sympy.Limit):
            return self._tends(left, right, scope)
        if relation == "=" and isinstance(right, sympy.Piecewise):
            left, right = right, left
        if relation == "=" and isinstance(left, sympy.Piecewise):
            return self._by_cases(left, right, scope)
        (first, first_sort), (second, second_sort) = self._two(left, right, scope)
        sort = join(first_sort, second_sort, "the two sides of {} differ in kind", relation)
        if relation in ("<=", "<") and not is_number(sort):
            raise WrongShape(f"{relation} compares numbers, and this is {described(sort)}")
        if relation == "!=" and is_matrix(sort):
            raise WrongShape("!= between matrices is not in the language; compare entries")
        sides = embedded(first, first_sort, sort), embedded(second, second_sort, sort)
        return (relation, *sides)

    def _by_cases(self, pieces: Any, value: Any, scope: Scope) -> Term:
        """One implication for each case: that it is the first to hold, and its value."""
        cases: list[Term] = []
        others: list[Term] = []
        *parts, last = pieces.args
        if last.cond != sympy.true or not parts:
            raise IllFormed(f"the last case of {pieces} has to be (value, True), after others")
        for piece in pieces.args:
            if isinstance(piece.expr, sympy.Piecewise):
                raise IllFormed(f"{pieces} has cases within a case")
            holds = list(others)
            if piece is not last:
                if not isinstance(piece.cond, Relational):
                    raise IllFormed(f"{piece.cond} is no relation, as the case of {pieces} needs")
                holds.append(self._relation(piece.cond, scope))
                others.append(negation(holds[-1]))
            premise = holds[0] if len(holds) == 1 else ("and", *holds)
            equation = ("=", self.number(value, scope), self.number(piece.expr, scope))
            cases.append(("implies", premise, equation))
        return ("and", *cases)

    def _tends(self, limit: Any, value: Any, scope: Scope) -> Term:
        expression, variable, place, way = limit.args
        self.plain_real(variable, "a limit is taken in", signed=False)
        body = self.number(expression, self.bind(variable, "real", scope))
        at: Term
        if place in (sympy.oo, -sympy.oo):
            at = "+oo" if place == sympy.oo else "-oo"
        else:
            if variable in place.free_symbols:
                raise IllFormed(f"{variable} cannot tend to {place}, which speaks of it")
            at = self.number(place, scope)
            if str(way) != "+-":
                at = ("right" if str(way) == "+" else "left", at)
        return ("tends", body, at, self.number(value, scope))

    def _has_derivative(self, statement: Any, scope: Scope) -> Term:
        body, variable, point, value = statement.args
        self.plain_real(variable, "a derivative is taken in", signed=False)
        inside = self.number(body, self.bind(variable, "real", scope))
        return ("has_derivative", inside, self.number(point, scope), self.number(value, scope))

    def _no_derivative(self, statement: Any, scope: Scope) -> Term:
        """There is no number that is the derivative."""
        body, variable, point = statement.args
        self.plain_real(variable, "a derivative is taken in", signed=False)
        below = scope.deeper()
        inside = self.number(body, self.bind(variable, "real", below))
        slope = ("has_derivative", inside, self.number(point, below), "#0")
        return ("not", ("exists", "real", slope))

    def _for_all(self, statement: Any, scope: Scope) -> Term:
        sort, conditions, body = self._quantified(statement, scope)
        for condition in reversed(conditions):
            body = ("implies", condition, body)
        return ("forall", sort, body)

    def _for_some(self, statement: Any, scope: Scope) -> Term:
        sort, conditions, body = self._quantified(statement, scope)
        return ("exists", sort, ("and", *conditions, body) if conditions else body)

    def _quantified(self, statement: Any, scope: Scope) -> tuple[Sort, list[Term], Term]:
        """The sort of the bound variable, the conditions on it, and what is said of it."""
        variable = statement.variable
        sort = self._binder_sort(variable)
        conditions = self._conditions(variable, statement.range, scope)
        inside = self.bind(variable, sort, scope)
        return sort, conditions, self.formula(statement.statement, inside)

    def _each(self, statement: Any, scope: Scope) -> tuple[Term, ...]:
        return tuple(self.formula(arg, scope) for arg in statement.args)

    def _binder_sort(self, variable: Any) -> Sort:
        if not isinstance(variable, Symbol | Declared):
            raise IllFormed(f"{variable} cannot be bound; bind a declared name")
        return self.vocabulary.sort(variable)

    def _conditions(self, variable: Any, given: tuple[Any, Any] | None, scope: Scope) -> list[Term]:
        """What the bound variable "#0" has to satisfy: its range, or its declared sign."""
        if not isinstance(variable, Symbol):
            if given is not None:
                raise IllFormed(f"{variable} takes no range; only integers do")
            return []
        sort, sign = symbol_sort(variable)
        if given is None:
            given = getattr(variable, "bounds", None)
        elif sort != "integer" or sign:
            raise IllFormed(f"{variable} takes no range; declare it by index({variable.name!r})")
        if given is None:
            return [sign_condition(sort, sign, "#0")] if sign else []
        lo, hi = self._ends(variable, given, scope.deeper())
        return [("<=", lo, "#0"), ("<=", "#0", hi)]

    def _equivalence(self, statement: Any, scope: Scope) -> Term:
        left, right = self._each(statement, scope)
        return ("and", ("implies", left, right), ("implies", right, left))

    def _root_of_unity(self, statement: Any, scope: Scope) -> Term:
        base, modulus = statement.args
        term, sort = self.term(base, scope)
        if not is_element(sort):
            raise WrongShape(f"{base} is {described(sort)} where an element of a field is expected")
        return ("root_of_unity", self.vocabulary.size(modulus), term)

    def _convex(self, statement: Any, scope: Scope) -> Term:
        apply, size = self._applied_head(statement.args[0], scope.deeper(3))
        x, y, a = "#2", "#1", "#0"
        rest = ("+", "1", ("-", a))
        mixed = ("+", ("*", a, x), ("*", rest, y))
        bound = ("+", ("*", a, apply(x)), ("*", rest, apply(y)))
        inequality = ("<=", apply(mixed), bound)
        in_range = ("implies", ("<=", "0", a), ("implies", ("<=", a, "1"), inequality))
        space = ("vector", size)
        return ("forall", space, ("forall", space, ("forall", "real", in_range)))

    def _differentiable(self, statement: Any, scope: Scope) -> Term:
        (function,) = statement.args
        if not isinstance(function, functions.AbstractFunction):
            raise IllFormed(f"differentiable(...) takes an abstract function, not {function}")
        return ("differentiable", self.head(function, scope))

    def _invertible(self, statement: Any, scope: Scope) -> Term:
        return ("invertible", self._square(statement.args[0], scope)[0])

    def _matrix_property(self, statement: Any, scope: Scope) -> Term:
        """What the word says, as a formula."""
        word, matrix = str(statement.args[0].name), statement.args[1]
        if word.startswith("full"):
            term = self._matrix(matrix, scope)[0]
            pair = (term, ("transpose", term))
            return ("invertible", ("matmul", *(pair if "row" in word else pair[::-1])))
        term, size = self._square(matrix, scope)
        turned, same = ("transpose", term), ("=", ("transpose", term), term)
        if word in ("idempotent", "projection"):
            return ("=", ("matmul", term, term), term)
        if word == "orthogonal projection":
            return ("and", same, ("=", ("matmul", term, term), term))
        if word == "orthogonal":
            pairs = (turned, term), (term, turned)
            return ("and", *(("=", ("matmul", *pair), ("identity", size)) for pair in pairs))
        if word == "skew-symmetric":
            return ("=", turned, ("-", term))
        if word == "symmetric":
            return same
        below, inside = self._square(matrix, scope.deeper(1))
        form = ("inner", "#0", ("matmul", below, "#0"))
        strict = word == "positive definite"
        apart = ("implies", ("!=", "#0", ("zero", inside)), ("<", "0", form))
        return ("and", same, ("forall", ("vector", size), apart if strict else ("<=", "0", form)))

    def _smooth(self, statement: Any, scope: Scope) -> Term:
        """Differentiable, and ‖∇f(x) − ∇f(y)‖ ≤ L·‖x − y‖ for all x, y."""
        function, constant = statement.args
        differentiable = self._differentiable(statements.Differentiable(function), scope)
        below = scope.deeper(2)
        head, size = self.head(function, below), self.vocabulary.sort(function)[1][0][1]
        x, y = "#1", "#0"
        slopes = ("norm", ("+", ("gradient", head, x), ("-", ("gradient", head, y))))
        bound = ("*", self.number(constant, below), ("norm", ("+", x, ("-", y))))
        space = ("vector", size)
        everywhere = ("forall", space, ("forall", space, ("<=", slopes, bound)))
        return ("and", differentiable, everywhere)

    def _converges(self, statement: Any, scope: Scope) -> Term:
        return ("integrates", *self.term(statement.args[0], scope)[0][1:])

    def _unique_minimiser(self, statement: Any, scope: Scope) -> Term:
        point, of, over = statement.args
        if not isinstance(over, vectors.Vector):
            raise IllFormed(f"a minimiser is sought over a vector, and {over} is none")
        if over in point.free_symbols:
            raise IllFormed(f"the minimiser over {over} cannot depend on {over}")
        space = self.vocabulary.sort(over)
        inside = self.bind(over, space, scope)
        below = scope.deeper()
        at_point = self.term_of_sort(point, below, space, "the minimiser")
        everywhere = self.number(of, inside)
        least = self.number(of, below.put(over, point))
        return (
            "and",
            ("forall", space, ("<=", least, everywhere)),
            ("forall", space, ("implies", ("<=", everywhere, least), ("=", "#0", at_point))),
        )
