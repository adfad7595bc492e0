"""The exact value of a term at given values, to show what the sides of a false line become.

This decides nothing: a counterexample is a counterexample because the kernel accepted it.
Whatever has no rational value here (an irrational root, a limit) raises ``Unshown``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import floor, isqrt
from typing import Any, TypeAlias

from therefore.goal import Goal, Term, from_lists
from therefore.writing.patterns import quantifier_prefix

__all__ = ["Evaluator", "Failure", "Residue", "Unshown", "failing_relation"]

# A number, a Dual, a Residue, a tuple (a vector), a list of rows (a matrix) or a function.
Value: TypeAlias = Any
Env: TypeAlias = tuple[Value, ...]


class Unshown(Exception):
    """The term has no value that can be shown exactly."""


@dataclass(frozen=True)
class Dual:
    """A number and its derivative."""

    value: Fraction
    slope: Fraction


@dataclass(frozen=True)
class Residue:
    """A residue: ``value`` is 0 … modulus − 1."""

    value: int
    modulus: int


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
        return _whole(self.value(term))

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
            total = _plus(total, self.value(part, env))
        return total

    def _negate(self, term: Term, env: Env) -> Value:
        return _scaled(Fraction(-1), self.value(term[1], env))

    def _multiply(self, term: Term, env: Env) -> Value:
        total = self.value(term[1], env)
        for part in term[2:]:
            factor = self.value(part, env)
            total = _scaled(factor, total) if _is_number(factor) else _scaled(total, factor)
        return total

    def _divide(self, term: Term, env: Env) -> Value:
        return _scaled(_inverse(self.value(term[2], env)), self.value(term[1], env))

    def _power(self, term: Term, env: Env) -> Value:
        exponent = int(term[2])
        if term[1][0] == "norm" and exponent % 2 == 0:
            vector = self.value(term[1][1], env)
            base, exponent = _dot(vector, vector), exponent // 2
        elif term[1][0] == "sqrt" and exponent % 2 == 0:
            base, exponent = self.value(term[1][1], env), exponent // 2
        else:
            base = self.value(term[1], env)
        result: Value = Fraction(1)
        for _ in range(exponent):
            result = _scaled(base, result)
        return result

    def _natural_power(self, term: Term, env: Env) -> Value:
        exponent, base = _whole(self.value(term[2], env)), self.value(term[1], env)
        if exponent < 0:
            raise Unshown("a power with a negative exponent")
        if isinstance(base, list):
            places = range(len(base))
            grid: Value = [[Fraction(int(i == j)) for j in places] for i in places]
            for _ in range(exponent):
                grid = _product(grid, base)
            return grid
        result: Value = Fraction(1)
        for _ in range(exponent):
            result = _scaled(base, result)
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
            return value if value.value > 0 else _scaled(Fraction(-1), value)
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
        return _root(self.value(term[1], env))

    def _inner(self, term: Term, env: Env) -> Value:
        return _dot(self.value(term[1], env), self.value(term[2], env))

    def _norm(self, term: Term, env: Env) -> Value:
        vector = self.value(term[1], env)
        return abs(vector[0]) if len(vector) == 1 else _root(_dot(vector, vector))

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
        outside = _scaled(Fraction(0), entries[0]) if entries else Fraction(0)

        def entry(index: Value) -> Value:
            at = _whole(index) - low
            return entries[at] if 0 <= at < len(entries) else outside

        return entry

    def _cycle(self, term: Term, env: Env) -> Value:
        entries = [self.value(v, env) for v in term[1:]]
        return lambda index: entries[_whole(index) % len(entries)]

    def _sum(self, term: Term, env: Env) -> Value:
        low, high = (_whole(self.value(end, env)) for end in term[1:3])
        parts = [self.value(term[3], (*env, Fraction(k))) for k in range(low, high + 1)]
        return _total(parts)

    def _sum_mod(self, term: Term, env: Env) -> Value:
        modulus = _whole(self.value(term[1], env))
        return _total([self.value(term[2], (*env, Residue(k, modulus))) for k in range(modulus)])

    def _delta(self, term: Term, env: Env) -> Value:
        left, right = self.value(term[1], env), self.value(term[2], env)
        return Fraction(int(_same(left, right)))

    def _lift(self, term: Term, env: Env) -> Value:
        return Fraction(_whole(self.value(term[1], env)))

    def _mod(self, term: Term, env: Env) -> Value:
        modulus = self.size(term[1])
        return Residue(_whole(self.value(term[2], env)) % modulus, modulus)

    def _transpose(self, term: Term, env: Env) -> Value:
        return [list(column) for column in zip(*self.value(term[1], env), strict=True)]

    def _inverse_matrix(self, term: Term, env: Env) -> Value:
        return _inverse_of_rows(self.value(term[1], env))

    def _identity(self, term: Term, env: Env) -> Value:
        size = self.size(term[1])
        return [[Fraction(int(i == j)) for j in range(size)] for i in range(size)]

    def _outer(self, term: Term, env: Env) -> Value:
        left, right = self.value(term[1], env), self.value(term[2], env)
        return [[_scaled(x, y) for y in right] for x in left]

    def _unit(self, term: Term, env: Env) -> Value:
        size, place = self.size(term[1]), _whole(self.value(term[2], env))
        return tuple(Fraction(int(k == place % size)) for k in range(size))

    def _trace(self, term: Term, env: Env) -> Value:
        rows = self.value(term[1], env)
        return _total([row[k] for k, row in enumerate(rows)])

    def _zero(self, term: Term, env: Env) -> Value:
        zeros = (Fraction(0),) * self.size(term[-1])
        return zeros if len(term) == 2 else [list(zeros) for _ in range(self.size(term[1]))]

    def _vector(self, term: Term, env: Env) -> Value:
        return tuple(self.value(part, env) for part in term[1:])

    def _matrix(self, term: Term, env: Env) -> Value:
        rows, columns = (_whole(self.value(size, env)) for size in term[1:3])
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
            whole = whole[_whole(self.value(index, env)) % len(whole)]
        return whole

    def _matmul(self, term: Term, env: Env) -> Value:
        left, right = self.value(term[1], env), self.value(term[2], env)
        if isinstance(right, tuple):
            return tuple(_dot(tuple(row), right) for row in left)
        return _product(left, right)

    def _det(self, term: Term, env: Env) -> Value:
        return _determinant_of_rows(self.value(term[1], env))

    def _blocks(self, term: Term, env: Env) -> Value:
        parts = [[self.value(block, env) for block in row[1:]] for row in term[1:]]
        return [
            [entry for piece in line for entry in piece]
            for row in parts for line in zip(*row, strict=True)
        ]  # fmt: skip

    def _kronecker(self, term: Term, env: Env) -> Value:
        left, right = self.value(term[1], env), self.value(term[2], env)
        if isinstance(left, tuple):
            return tuple(_scaled(x, y) for x in left for y in right)
        return [[_scaled(x, y) for x in row for y in other] for row in left for other in right]

    def _hadamard(self, term: Term, env: Env) -> Value:
        left, right = self.value(term[1], env), self.value(term[2], env)
        if isinstance(left, tuple):
            return tuple(map(_scaled, left, right))
        return [list(map(_scaled, *rows)) for rows in zip(left, right, strict=True)]

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


def _product(left: Value, right: Value) -> Value:
    """The product of two matrices."""
    columns = [tuple(row[j] for row in right) for j in range(len(right[0]))]
    return [[_dot(tuple(row), column) for column in columns] for row in left]


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
        return None if _holds(head, left, right) else _failure(evaluator, env, left, right)
    if head == "has_derivative":
        left = evaluator.value(("derivative", *formula[1:3]), env)
        right = evaluator.value(formula[3], env)
        return None if _same(left, right) else _failure(evaluator, env, left, right)
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
            low, high = (_whole(evaluator.value(end, env)) for end in (binder.low, binder.high))
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


def _is_number(value: Value) -> bool:
    return isinstance(value, (Fraction, Dual, Residue))


def _whole(value: Value) -> int:
    if isinstance(value, Residue):
        return value.value
    if isinstance(value, Fraction) and value.denominator == 1:
        return int(value)
    raise Unshown("an index that is not a whole number")


def _plus(a: Value, b: Value) -> Value:
    if isinstance(a, tuple):
        return tuple(_plus(x, y) for x, y in zip(a, b, strict=True))
    if isinstance(a, list):
        rows = zip(a, b, strict=True)
        return [[_plus(x, y) for x, y in zip(*pair, strict=True)] for pair in rows]
    if isinstance(a, Residue) or isinstance(b, Residue):
        modulus = a.modulus if isinstance(a, Residue) else b.modulus
        return Residue((_whole(a) + _whole(b)) % modulus, modulus)
    if isinstance(a, Dual) or isinstance(b, Dual):
        a, b = _dual(a), _dual(b)
        return Dual(a.value + b.value, a.slope + b.slope)
    return a + b


def _scaled(scalar: Value, value: Value) -> Value:
    if isinstance(value, tuple):
        return tuple(_scaled(scalar, x) for x in value)
    if isinstance(value, list):
        return [[_scaled(scalar, x) for x in row] for row in value]
    if isinstance(value, Residue) or isinstance(scalar, Residue):
        modulus = value.modulus if isinstance(value, Residue) else scalar.modulus
        return Residue((_whole(scalar) * _whole(value)) % modulus, modulus)
    if isinstance(value, Dual) or isinstance(scalar, Dual):
        a, b = _dual(scalar), _dual(value)
        return Dual(a.value * b.value, a.value * b.slope + a.slope * b.value)
    return scalar * value


def _dual(value: Value) -> Dual:
    return value if isinstance(value, Dual) else Dual(value, Fraction(0))


def _inverse(value: Value) -> Value:
    if isinstance(value, Dual):
        if value.value == 0:
            raise Unshown("undefined: a denominator is 0")
        return Dual(1 / value.value, -value.slope / value.value**2)
    if value == 0:
        raise Unshown("undefined: a denominator is 0")
    return 1 / value


def _determinant_of_rows(rows: list[list[Value]]) -> Value:
    """By the first row; of small matrices only."""
    if len(rows) == 1:
        return rows[0][0]
    if len(rows) > 4:
        raise Unshown("the determinant of a large matrix")
    minors = (
        _determinant_of_rows([row[:k] + row[k + 1 :] for row in rows[1:]])
        for k in range(len(rows))
    )
    return _total([
        _scaled(Fraction((-1) ** k), _scaled(entry, minor))
        for k, (entry, minor) in enumerate(zip(rows[0], minors, strict=True))
    ])  # fmt: skip


def _inverse_of_rows(rows: list[list[Value]]) -> Value:
    """The inverse of a matrix of numbers, by elimination."""
    size = len(rows)
    work = [[*row, *(Fraction(int(i == j)) for j in range(size))] for i, row in enumerate(rows)]
    if not all(isinstance(entry, Fraction) for row in work for entry in row):
        raise Unshown("the derivative of an inverse")
    for k in range(size):
        pivot = next((i for i in range(k, size) if work[i][k]), None)
        if pivot is None:
            raise Unshown("undefined: a matrix without an inverse")
        work[k], work[pivot] = work[pivot], work[k]
        work[k] = [entry / work[k][k] for entry in work[k]]
        for i in range(size):
            if i != k:
                work[i] = [x - work[i][k] * y for x, y in zip(work[i], work[k], strict=True)]
    return [row[size:] for row in work]


def _root(value: Value) -> Value:
    if isinstance(value, Dual):
        root = _root(value.value)
        if root == 0:
            raise Unshown("undefined: a denominator is 0")
        return Dual(root, value.slope / (2 * root))
    if not isinstance(value, Fraction) or value < 0:
        raise Unshown("undefined: the root of a negative number")
    root = Fraction(isqrt(value.numerator), isqrt(value.denominator))
    if root * root != value:
        raise Unshown("an irrational root")
    return root


def _dot(u: Value, v: Value) -> Value:
    return _total([_scaled(x, y) for x, y in zip(u, v, strict=True)])


def _total(parts: list[Value]) -> Value:
    if not parts:
        return Fraction(0)
    total = parts[0]
    for part in parts[1:]:
        total = _plus(total, part)
    return total


def _same(left: Value, right: Value) -> bool:
    if isinstance(left, Residue) or isinstance(right, Residue):
        modulus = left.modulus if isinstance(left, Residue) else right.modulus
        return (_whole(left) - _whole(right)) % modulus == 0
    if isinstance(left, tuple) != isinstance(right, tuple):  # the empty sum of vectors
        return all(x == 0 for x in (*_entries(left), *_entries(right)))
    return bool(left == right)


def _entries(value: Value) -> tuple[Value, ...]:
    return value if isinstance(value, tuple) else (value,)


def _holds(relation: str, left: Value, right: Value) -> bool:
    if relation in ("=", "!="):
        return _same(left, right) == (relation == "=")
    if not (isinstance(left, Fraction) and isinstance(right, Fraction)):
        raise Unshown("an order of other things than numbers")
    return left <= right if relation == "<=" else left < right
