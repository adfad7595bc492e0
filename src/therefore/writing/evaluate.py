"""The exact value of a term at given values, to show what the sides of a false line become.

This decides nothing: a counterexample is a counterexample because the kernel accepted it.
Whatever has no rational value here (an irrational root, a limit) raises ``Unshown``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import floor
from typing import Any, TypeAlias

from therefore.goal import Goal, Term, from_lists
from therefore.writing.exact_values import (
    Dual,
    Residue,
    Unshown,
    Value,
    added,
    are_equal,
    determinant_of_rows,
    dot_product,
    inverse_of,
    inverse_of_rows,
    is_number,
    multiplied,
    product_of_rows,
    relation_holds,
    root_of,
    sum_of,
    whole_number,
)
from therefore.writing.patterns import quantifier_prefix

__all__ = ["Evaluator", "Failure", "failing_relation"]

Env: TypeAlias = tuple[Value, ...]


@dataclass(frozen=True)
class Failure:
    """A relation that fails: the sorts and values of its bound variables, and its sides."""

    sorts: tuple[Term, ...]
    bound: Env
    left: Value
    right: Value


class Evaluator:
    """Evaluates terms of one goal at one choice of values for its declared names."""

    def __init__(self, goal: Goal, values: Mapping[str, Term]) -> None:
        self._names: dict[str, Value] = {}
        self.bound_sorts: dict[int, Term] = {}
        self._sorts = dict(goal.declarations)
        for name, _sort in goal.declarations:
            if name in values:
                self._names[name] = self.typed(self.value(values[name]), self._sorts[name])
        for name, parameters, body in goal.definitions:
            self._names[name] = self._defined(parameters, body)

    def value(self, term: Term, env: Env = ()) -> Value:
        """The value of a term; ``env`` holds the values of the bound variables, innermost last."""
        if isinstance(term, str):
            return self._leaf(term, env)
        method = _OPERATIONS.get(term[0])
        if method is None:
            raise Unshown(term[0])
        return method(self, term, env)

    def size(self, term: Term) -> int:
        """The number that a size stands for."""
        return whole_number(self.value(term))

    def _leaf(self, term: str, env: Env) -> Value:
        if term.startswith("#"):
            return env[-1 - int(term[1:])]
        if term[0].isdigit() or term[0] == "-":
            return Fraction(term)
        if term not in self._names:
            raise Unshown(term)
        return self._names[term]

    def typed(self, value: Value, sort: Term) -> Value:
        """The value in the place of a sort: a whole number becomes a residue."""
        if sort[0] == "residue" and isinstance(value, Fraction):
            modulus = self.size(sort[1])
            return Residue(int(value) % modulus, modulus)
        return value

    def _defined(self, parameters: tuple[Term, ...], body: Term) -> Value:
        if not parameters:
            return self.value(body)
        return self._curried(len(parameters), body, ())

    def _curried(self, count: int, body: Term, env: Env) -> Callable[[Value], Value]:
        if count == 1:
            return lambda x: self.value(body, (*env, x))
        return lambda x: self._curried(count - 1, body, (*env, x))

    def _add(self, term: Term, env: Env) -> Value:
        total = self.value(term[1], env)
        for part in term[2:]:
            total = added(total, self.value(part, env))
        return total

    def _negate(self, term: Term, env: Env) -> Value:
        return multiplied(Fraction(-1), self.value(term[1], env))

    def _multiply(self, term: Term, env: Env) -> Value:
        total = self.value(term[1], env)
        for part in term[2:]:
            factor = self.value(part, env)
            total = multiplied(factor, total) if is_number(factor) else multiplied(total, factor)
        return total

    def _divide(self, term: Term, env: Env) -> Value:
        return multiplied(inverse_of(self.value(term[2], env)), self.value(term[1], env))

    def _power(self, term: Term, env: Env) -> Value:
        exponent = int(term[2])
        if term[1][0] == "norm" and exponent % 2 == 0:
            vector = self.value(term[1][1], env)
            base, exponent = dot_product(vector, vector), exponent // 2
        elif term[1][0] == "sqrt" and exponent % 2 == 0:
            base, exponent = self.value(term[1][1], env), exponent // 2
        else:
            base = self.value(term[1], env)
        result: Value = Fraction(1)
        for _ in range(exponent):
            result = multiplied(base, result)
        return result

    def _natural_power(self, term: Term, env: Env) -> Value:
        exponent, base = whole_number(self.value(term[2], env)), self.value(term[1], env)
        if exponent < 0:
            raise Unshown("a power with a negative exponent")
        if isinstance(base, list):
            places = range(len(base))
            grid: Value = [[Fraction(int(i == j)) for j in places] for i in places]
            for _ in range(exponent):
                grid = product_of_rows(grid, base)
            return grid
        result: Value = Fraction(1)
        for _ in range(exponent):
            result = multiplied(base, result)
        return result

    def _log(self, term: Term, env: Env) -> Value:
        value = self.value(term[1], env)
        if isinstance(value, Fraction) and value <= 0:
            raise Unshown("undefined: the logarithm of a number that is not positive")
        raise Unshown("log")

    def _abs(self, term: Term, env: Env) -> Value:
        value = self.value(term[1], env)
        if isinstance(value, Dual):
            if value.value == 0 and value.slope != 0:
                raise Unshown("the derivative of |x| at 0")
            return value if value.value > 0 else multiplied(Fraction(-1), value)
        return abs(value)

    def _step(self, term: Term, env: Env) -> Value:
        value = self.value(term[1], env)
        if isinstance(value, Dual):
            if value.value == 0:
                raise Unshown("the derivative of a jump")
            value = value.value
        return Fraction(int(value >= 0))

    def _floor(self, term: Term, env: Env) -> Value:
        value = self.value(term[1], env)
        if not isinstance(value, int | Fraction):
            raise Unshown("the whole part of a number that is not rational")
        return Fraction(floor(value))

    def _sqrt(self, term: Term, env: Env) -> Value:
        return root_of(self.value(term[1], env))

    def _inner(self, term: Term, env: Env) -> Value:
        return dot_product(self.value(term[1], env), self.value(term[2], env))

    def _norm(self, term: Term, env: Env) -> Value:
        vector = self.value(term[1], env)
        return abs(vector[0]) if len(vector) == 1 else root_of(dot_product(vector, vector))

    def _apply(self, term: Term, env: Env) -> Value:
        function = self.value(term[1], env)
        sort = self._sorts.get(term[1]) if isinstance(term[1], str) else None
        for place, argument in enumerate(term[2:]):
            value = self.value(argument, env)
            if sort is not None:
                value = self.typed(value, sort[1][place])
            function = function(value)
        return function

    def _lambda(self, term: Term, env: Env) -> Value:
        return lambda x: self.value(term[2], (*env, self.typed(x, term[1])))

    def _table(self, term: Term, env: Env) -> Value:
        low, entries = int(term[1]), [self.value(v, env) for v in term[2:]]
        outside = multiplied(Fraction(0), entries[0]) if entries else Fraction(0)

        def entry(index: Value) -> Value:
            at = whole_number(index) - low
            return entries[at] if 0 <= at < len(entries) else outside

        return entry

    def _cycle(self, term: Term, env: Env) -> Value:
        entries = [self.value(v, env) for v in term[1:]]
        return lambda index: entries[whole_number(index) % len(entries)]

    def _sum(self, term: Term, env: Env) -> Value:
        low, high = (whole_number(self.value(end, env)) for end in term[1:3])
        parts = [self.value(term[3], (*env, Fraction(k))) for k in range(low, high + 1)]
        return sum_of(parts)

    def _sum_mod(self, term: Term, env: Env) -> Value:
        modulus = whole_number(self.value(term[1], env))
        return sum_of([self.value(term[2], (*env, Residue(k, modulus))) for k in range(modulus)])

    def _delta(self, term: Term, env: Env) -> Value:
        left, right = self.value(term[1], env), self.value(term[2], env)
        return Fraction(int(are_equal(left, right)))

    def _lift(self, term: Term, env: Env) -> Value:
        return Fraction(whole_number(self.value(term[1], env)))

    def _mod(self, term: Term, env: Env) -> Value:
        modulus = self.size(term[1])
        return Residue(whole_number(self.value(term[2], env)) % modulus, modulus)

    def _transpose(self, term: Term, env: Env) -> Value:
        return [list(column) for column in zip(*self.value(term[1], env), strict=True)]

    def _inverse_matrix(self, term: Term, env: Env) -> Value:
        return inverse_of_rows(self.value(term[1], env))

    def _identity(self, term: Term, env: Env) -> Value:
        size = self.size(term[1])
        return [[Fraction(int(i == j)) for j in range(size)] for i in range(size)]

    def _outer(self, term: Term, env: Env) -> Value:
        left, right = self.value(term[1], env), self.value(term[2], env)
        return [[multiplied(x, y) for y in right] for x in left]

    def _unit(self, term: Term, env: Env) -> Value:
        size, place = self.size(term[1]), whole_number(self.value(term[2], env))
        return tuple(Fraction(int(k == place % size)) for k in range(size))

    def _trace(self, term: Term, env: Env) -> Value:
        rows = self.value(term[1], env)
        return sum_of([row[k] for k, row in enumerate(rows)])

    def _zero(self, term: Term, env: Env) -> Value:
        zeros = (Fraction(0),) * self.size(term[-1])
        return zeros if len(term) == 2 else [list(zeros) for _ in range(self.size(term[1]))]

    def _vector(self, term: Term, env: Env) -> Value:
        return tuple(self.value(part, env) for part in term[1:])

    def _matrix(self, term: Term, env: Env) -> Value:
        rows, columns = (whole_number(self.value(size, env)) for size in term[1:3])
        return [
            [
                self.value(term[3], (*env, Residue(i, rows), Residue(j, columns)))
                for j in range(columns)
            ]
            for i in range(rows)
        ]

    def _rows(self, term: Term, env: Env) -> Value:
        return [[self.value(part, env) for part in row[1:]] for row in term[1:]]

    def _entry(self, term: Term, env: Env) -> Value:
        whole = self.value(term[1], env)
        for index in term[2:]:
            whole = whole[whole_number(self.value(index, env)) % len(whole)]
        return whole

    def _matmul(self, term: Term, env: Env) -> Value:
        left, right = self.value(term[1], env), self.value(term[2], env)
        if isinstance(right, tuple):
            return tuple(dot_product(tuple(row), right) for row in left)
        return product_of_rows(left, right)

    def _det(self, term: Term, env: Env) -> Value:
        return determinant_of_rows(self.value(term[1], env))

    def _blocks(self, term: Term, env: Env) -> Value:
        parts = [[self.value(block, env) for block in row[1:]] for row in term[1:]]
        return [
            [entry for piece in line for entry in piece]
            for row in parts for line in zip(*row, strict=True)
        ]  # fmt: skip

    def _kronecker(self, term: Term, env: Env) -> Value:
        left, right = self.value(term[1], env), self.value(term[2], env)
        if isinstance(left, tuple):
            return tuple(multiplied(x, y) for x in left for y in right)
        return [[multiplied(x, y) for x in row for y in other] for row in left for other in right]

    def _hadamard(self, term: Term, env: Env) -> Value:
        left, right = self.value(term[1], env), self.value(term[2], env)
        if isinstance(left, tuple):
            return tuple(map(multiplied, left, right))
        return [list(map(multiplied, *rows)) for rows in zip(left, right, strict=True)]

    def _vec(self, term: Term, env: Env) -> Value:
        columns = zip(*self.value(term[1], env), strict=True)
        return tuple(entry for column in columns for entry in column)

    def _derivative(self, term: Term, env: Env) -> Value:
        point = self.value(term[2], env)
        if not isinstance(point, Fraction):
            raise Unshown("a derivative of a derivative")
        value = self.value(term[1], (*env, Dual(point, Fraction(1))))
        return value.slope if isinstance(value, Dual) else Fraction(0)

    def _gradient(self, term: Term, env: Env) -> Value:
        function, point = self.value(term[1], env), self.value(term[2], env)
        if not isinstance(point, tuple):
            raise Unshown("a gradient in a matrix")
        slopes = []
        for k in range(len(point)):
            moved = tuple(Dual(x, Fraction(int(k == j))) for j, x in enumerate(point))
            value = function(moved)
            slopes.append(value.slope if isinstance(value, Dual) else Fraction(0))
        return tuple(slopes)


_OPERATIONS: dict[str, Callable[[Evaluator, Term, Env], Value]] = {
    "+": Evaluator._add, "-": Evaluator._negate, "*": Evaluator._multiply,
    "/": Evaluator._divide, "^": Evaluator._power, "abs": Evaluator._abs,
    "log": Evaluator._log,
    "power": Evaluator._natural_power,
    "step": Evaluator._step, "floor": Evaluator._floor,
    "sqrt": Evaluator._sqrt, "inner": Evaluator._inner, "norm": Evaluator._norm,
    "app": Evaluator._apply, "lambda": Evaluator._lambda, "table": Evaluator._table,
    "cycle": Evaluator._cycle, "sum": Evaluator._sum, "sum_mod": Evaluator._sum_mod,
    "delta": Evaluator._delta, "lift": Evaluator._lift, "mod": Evaluator._mod,
    "zero": Evaluator._zero, "vector": Evaluator._vector, "matrix": Evaluator._matrix,
    "rows": Evaluator._rows, "entry": Evaluator._entry, "matmul": Evaluator._matmul,
    "transpose": Evaluator._transpose, "inverse": Evaluator._inverse_matrix,
    "identity": Evaluator._identity, "outer": Evaluator._outer, "unit": Evaluator._unit,
    "blocks": Evaluator._blocks, "kronecker": Evaluator._kronecker,
    "hadamard": Evaluator._hadamard, "vec": Evaluator._vec,
    "det": Evaluator._det, "trace": Evaluator._trace,
    "derivative": Evaluator._derivative, "gradient": Evaluator._gradient,
}  # fmt: skip


def failing_relation(
    evaluator: Evaluator, formula: Term, env: Env = (), proof: Any = None
) -> Failure | None:
    """The relation by which a formula fails.

    ``proof`` is the kernel's proof of the negation, as far as it leads: it names the part that
    fails and the values of bound variables. Without it the first failure is taken that finitely
    many points show. Raises ``Unshown`` where nothing can be shown.
    """
    head = formula[0]
    if isinstance(proof, dict) and (led := _led(evaluator, formula, env, proof)) is not None:
        return failing_relation(evaluator, *led)
    if head in ("=", "<=", "<", "!="):
        left, right = evaluator.value(formula[1], env), evaluator.value(formula[2], env)
        return None if relation_holds(head, left, right) else _failure(evaluator, env, left, right)
    if head == "has_derivative":
        left = evaluator.value(("derivative", *formula[1:3]), env)
        right = evaluator.value(formula[3], env)
        return None if are_equal(left, right) else _failure(evaluator, env, left, right)
    if head == "and":
        failures = (failing_relation(evaluator, part, env) for part in formula[1:])
        return next((failure for failure in failures if failure is not None), None)
    if head == "implies":
        if failing_relation(evaluator, formula[1], env) is not None:
            return None
        return failing_relation(evaluator, formula[2], env)
    if head == "forall":
        binders, conditions, body = quantifier_prefix(formula)
        return _failing_instance(evaluator, binders, conditions, body, env)
    raise Unshown(head)


def _failure(evaluator: Evaluator, env: Env, left: Value, right: Value) -> Failure:
    sorts = tuple(evaluator.bound_sorts.get(place, "real") for place in range(len(env)))
    return Failure(sorts, env, left, right)


def _led(
    evaluator: Evaluator, formula: Term, env: Env, proof: dict[str, Any]
) -> tuple[Term, Env, Any] | None:
    """The part of a formula whose failure a proof of the negation turns on, if it says so."""
    rule, head = proof.get("rule"), formula[0]
    if rule == "exists" and head == "forall":
        for data in proof["values"]:
            sort, value = formula[1], evaluator.value(from_lists(data))
            evaluator.bound_sorts[len(env)] = sort
            env, formula = (*env, evaluator.typed(value, sort)), formula[2]
        return formula, env, proof["then"]
    if rule == "choose" and head == "and":
        return formula[int(proof["part"])], env, proof["proof"]
    if rule == "split" and head == "implies":
        return formula[2], env, proof["parts"][1]
    return None


def _failing_instance(
    evaluator: Evaluator, binders: Any, conditions: Any, body: Term, env: Env
) -> Failure | None:
    ranges: list[list[Value]] = []
    for place, binder in enumerate(binders, start=len(env)):
        evaluator.bound_sorts[place] = binder.sort
        if binder.low is not None:
            ends = (binder.low, binder.high)
            low, high = (whole_number(evaluator.value(end, env)) for end in ends)
            ranges.append([Fraction(k) for k in range(low, high + 1)])
        elif binder.sort[0] == "residue":
            modulus = evaluator.size(binder.sort[1])
            ranges.append([Residue(k, modulus) for k in range(modulus)])
        else:
            raise Unshown("a statement about infinitely many values")
    for values in product(*ranges):
        inner = (*env, *values)
        if any(failing_relation(evaluator, c, inner) is not None for c in conditions):
            continue
        failure = failing_relation(evaluator, body, inner)
        if failure is not None:
            return failure
    return None
