"""What the kernel's terms mean: the part that does not depend on the arithmetic.

A :class:`Meaning` holds one choice of sizes and whole numbers and fills in every other
declared name on demand. A name is made of *cells*: a scalar or a vector is one cell
``(name,)``; a sequence has a cell ``(name, t)`` for each index, a matrix a cell
``(name, i, j)`` for each entry. A cell is filled by a *rule*, if a hypothesis determines it
(``w(t + 1) = w(t) - eta v(t)``), and is *free* otherwise: then it is drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Any

from therefore.goal import Term
from therefore.kernel.size_terms import SIZES
from therefore.refuters.arithmetic import Arithmetic
from therefore.refuters.arrays import OPERATIONS, SHAPES, VECTOR_SIZES
from therefore.refuters.randomness import MOST_MOMENTS, WIDTH, outcomes
from therefore.refuters.terms import Problem, instantiate, is_closed, is_discrete, is_number
from therefore.refuters.values import Bound, Cell, Closure, Residue, Table, Unreadable

__all__ = ["Meaning", "is_function", "is_tabular", "member_sort"]

# Operators whose closed occurrences are worth remembering.
_COSTLY = frozenset([
    "sum", "prod", "sum_mod", "matrix", "matmul", "gradient", "derivative", "app", "inverse", "det",
    "power", "integral", "jacobian", "hessian", "velocity", "expectation",
])


class Meaning(Arithmetic):
    """The values of terms under one choice of sizes and cells.

    ``sizes`` gives every declared size, integer and residue its whole number. ``given`` holds
    the values of free cells that are already chosen; ``draw`` chooses the others. ``free``
    collects the free cells that were used.
    """

    def __init__(
        self,
        problem: Problem,
        sizes: Mapping[str, int],
        *,
        draw: Callable[[Cell, Term], Any],
        given: Mapping[Cell, Any] | None = None,
        rules: Mapping[Cell, tuple[Term, Bound]] | None = None,
    ) -> None:
        self.problem = problem
        self.sizes = sizes
        self.definitions = {n: (sorts, body) for n, sorts, body in problem.goal.definitions}
        self.rules = dict(rules or {})
        self.given = dict(given or {})
        self.cells: dict[Cell, Any] = {}
        self.free: dict[Cell, Any] = {}
        self._draw = draw
        self._running: set[Cell] = set()
        self._known: dict[Term, Any] = {}
        self._operations: dict[str, Callable[[Term, Bound], Any]] = {
            "+": self._sum_of_terms,
            "-": lambda t, b: self.negate(self.term(t[1], b)),
            "*": self._product_of_terms,
            "/": lambda t, b: self.divide(self.term(t[1], b), self.term(t[2], b)),
            "^": self._power,
            "power": self._natural_power,
            "abs": lambda t, b: self.absolute(self.term(t[1], b)),
            "step": lambda t, b: self.step(self.term(t[1], b)),
            "sqrt": lambda t, b: self.root(self.term(t[1], b)),
            "floor": lambda t, b: self.floor(self.term(t[1], b)),
            "inner": lambda t, b: self.inner(self.term(t[1], b), self.term(t[2], b)),
            "norm": lambda t, b: self.norm(self.flattened(self.term(t[1], b))),
            "app": self._application,
            "sum": self._sum,
            "sum_mod": self._sum_mod,
            "derivative": lambda t, b: self.derivative(t[1], self.term(t[2], b), b),
            "integral": lambda t, b: self.integral(t[3], self._end(t[1], b), self._end(t[2], b), b),
            "expectation": self._expectation,
            "delta": self._delta,
            "lift": lambda t, b: self._whole(self.term(t[1], b)),
            "entry": self._entry,
            "zero": self._zero,
            "prod": self._prod,
            "pi": lambda t, b: self.pi(),
            "exp": self._elementary,
            "log": self._elementary,
            "sin": self._elementary,
            "cos": self._elementary,
            "arctan": self._elementary,
            "transpose": lambda t, b: self.transpose(self.term(t[1], b)),
            "inverse": lambda t, b: self.inverse(self.term(t[1], b)),
            "identity": lambda t, b: self.identity(self.size(t[1], b)),
            "outer": lambda t, b: self.outer(self.term(t[1], b), self.term(t[2], b)),
            "unit": self._unit,
            "embed": self._mod,
            "turn": self._turn,
            "trace": lambda t, b: self.trace(self.term(t[1], b)),
            "det": lambda t, b: self.determinant(self.term(t[1], b)),
            "vector": lambda t, b: self.vector([self.term(part, b) for part in t[1:]]),
            "gradient": self._gradient,
            "jacobian": lambda t, b: self.jacobian(self.term(t[1], b), self.term(t[2], b)),
            "hessian": lambda t, b: self.hessian(self.term(t[1], b), self.term(t[2], b)),
            "velocity": lambda t, b: self.derivative(t[1], self.term(t[2], b), b),
            "matrix": self._matrix,
            "rows": lambda t, b: self.matrix(
                [[self.term(part, b) for part in row[1:]] for row in t[1:]]
            ),
            "matmul": lambda t, b: self.matmul(self.term(t[1], b), self.term(t[2], b)),
            "lambda": lambda t, b: Closure(self, t[1], t[2], b),
            "mod": self._mod,
            "cycle": lambda t, b: Table(0, tuple(self.term(part, b) for part in t[1:])),
            "table": lambda t, b: Table(
                self._whole(self.term(t[1], b)), tuple(self.term(part, b) for part in t[2:])
            ),
        }

    def term(self, term: Term, bound: Bound = ()) -> Any:
        """The value of a term. Raises ``Unreadable`` where it has none for want of sorts."""
        if isinstance(term, str):
            return self._atom(term, bound)
        operation = self._operations.get(term[0])
        if term[0] in OPERATIONS:
            return OPERATIONS[term[0]](self, term, bound)
        if operation is None:
            raise Unreadable(f"no operator {term[0]!r}")
        if term[0] in _COSTLY and is_closed(term):
            return self._remembered(term, operation)
        return operation(term, bound)

    def _remembered(self, term: Term, operation: Callable[[Term, Bound], Any]) -> Any:
        """The value of a closed term, worked out once."""
        if term not in self._known:
            self._known[term] = operation(term, ())
        return self._known[term]

    def _atom(self, term: str, bound: Bound) -> Any:
        if term.startswith("#"):
            return bound[int(term[1:])]
        value = _literal(term)
        if value is not None:
            return value if isinstance(value, int) else self.number(value)
        if term in self.definitions:
            return self.term(self.definitions[term][1])
        return self.name(term)

    def name(self, name: str) -> Any:
        """The value of a declared name."""
        sort = self.problem.sorts.get(name)
        if sort is None:
            raise Unreadable(f"no name {name!r}")
        if is_discrete(sort):
            value = self.sizes[name]
            return Residue(value, self.size(sort[1])) if isinstance(sort, tuple) else value
        if isinstance(sort, tuple) and sort[0] == "matrix" and (name,) not in self.rules:
            return self._assembled(name, sort)
        if is_tabular(sort):
            return lambda *indices: self.at(name, indices)
        return self.cell((name,), sort)

    def _assembled(self, name: str, sort: Term) -> Any:
        if (name,) not in self.cells:
            rows, columns = self.size(sort[1]), self.size(sort[2])
            entries = [[self.cell((name, i, j), "real") for j in range(columns)]
                       for i in range(rows)]
            self.cells[name,] = self.matrix(entries)
        return self.cells[name,]

    def at(self, name: str, indices: tuple[Any, ...]) -> Any:
        """The value of a tabular function, a sequence for example, at whole numbers."""
        sort = self.problem.sorts[name]
        key = self._key(name, sort, indices)
        if sort == SIZES:
            return self._size_at(key)
        result = member_sort(sort, key[1:])
        if sort[0] == "family":
            for size in result[1:]:
                self.size(size)
        return self.cell(key, result)

    def _size_at(self, key: Cell) -> int:
        """A member of a sequence of sizes: given, or one of 1, 2, 3 that the other sizes fix."""
        if key not in self.cells:
            mixed = 1 + (key[1] * 2 + sum(self.sizes.values())) % 3
            self.cells[key] = self._whole(self.given.get(key, mixed))
        return int(self.cells[key])

    def _key(self, name: str, sort: Term, indices: Iterable[Any]) -> Cell:
        key: list[Any] = [name]
        arguments = ("integer",) if sort[0] == "family" else sort[1]
        for argument, index in zip(arguments, indices, strict=True):
            number = self._whole(index)
            key.append(number % self.size(argument[1]) if isinstance(argument, tuple) else number)
        return tuple(key)

    def cell(self, key: Cell, sort: Term) -> Any:
        """The value of a cell: given, by its rule, or drawn.

        A rule that needs its own cell (``B[i+1, j+1] = B[i, j]`` goes round) leaves the cell
        free, and the others of the circle follow from it.
        """
        if key in self.cells:
            return self.cells[key]
        if key in self.rules and key not in self._running:
            self._running.add(key)
            try:
                value = self.coerce(self.term(*self.rules[key]), sort, ())
            finally:
                self._running.discard(key)
            return self.cells.setdefault(key, value)
        value = self.given[key] if key in self.given else self._draw(key, sort)
        if sort[0] == "element":  # a smaller number may have been tried, or a smaller field
            prime = self.size(sort[1])
            number = value.value if isinstance(value, Residue) else int(value)
            value = Residue(number % prime, prime)
        self.cells[key] = self.free[key] = value
        return value

    def coerce(self, value: Any, sort: Term, bound: Bound) -> Any:
        """A value as its sort has it: whole numbers as residues, an empty sum as a vector."""
        if isinstance(sort, tuple):
            if sort[0] == "residue" and not isinstance(value, Residue):
                modulus = self.size(sort[1], bound)
                return Residue(self._whole(value) % modulus, modulus)
            if sort[0] == "vector" and isinstance(value, int):
                return self.zero(self.size(sort[1], bound))
        return value

    def size(self, term: Term, bound: Bound = ()) -> int:
        """A size as a number."""
        return self._whole(self.term(term, bound))

    def _whole(self, value: Any) -> int:
        if isinstance(value, Residue):
            return value.value
        if isinstance(value, Fraction | float) and value == int(value):
            return int(value)
        if not isinstance(value, int):
            raise Unreadable("a whole number is expected")
        return value

    def _sum_of_terms(self, term: Term, bound: Bound) -> Any:
        total = self.term(term[1], bound)
        for part in term[2:]:
            total = self._plus(total, self.term(part, bound))
        return total

    def _plus(self, a: Any, b: Any) -> Any:
        if isinstance(a, int) and isinstance(b, int):
            return a + b
        if isinstance(a, Residue) or isinstance(b, Residue):
            modulus = a.modulus if isinstance(a, Residue) else b.modulus
            return Residue((self._whole(a) + self._whole(b)) % modulus, modulus)
        return self.add(a, b)

    def _product_of_terms(self, term: Term, bound: Bound) -> Any:
        total = self.term(term[1], bound)
        for part in term[2:]:
            factor = self.term(part, bound)
            if isinstance(total, Residue) or isinstance(factor, Residue):
                modulus = total.modulus if isinstance(total, Residue) else factor.modulus
                total = Residue((self._whole(total) * self._whole(factor)) % modulus, modulus)
            else:
                total = self.multiply(total, factor)
        return total

    def _power(self, term: Term, bound: Bound) -> Any:
        exponent, base = int(term[2]), term[1]
        value = self.term(base, bound) if base[0] in ("embed", "turn", "app") else None
        if isinstance(value, Residue):
            return Residue(pow(value.value, exponent, value.modulus), value.modulus)
        # The square of a norm or a root needs no root, which may be irrational.
        if exponent > 0 and exponent % 2 == 0 and isinstance(base, tuple):
            if base[0] == "norm":
                u = self.flattened(self.term(base[1], bound))
                return self.power(self.inner(u, u), exponent // 2)
            if base[0] == "sqrt":
                a = self.term(base[1], bound)
                return self.power(self.nonnegative(a), exponent // 2)
        return self.power(self.term(base, bound), exponent)

    def _natural_power(self, term: Term, bound: Bound) -> Any:
        exponent = self._whole(self.term(term[2], bound))
        base, shape = self.term(term[1], bound), self._matrix_shape(term[1], bound)
        # The kernel asks for 0 <= exponent; here a negative one means what it means elsewhere.
        if shape is None:
            power = self.power(base, abs(exponent))
            return power if exponent >= 0 else self.divide(1, power)
        total = self.identity(shape[0])
        for _ in range(abs(exponent)):
            total = self.matmul(total, base)
        return total if exponent >= 0 else self.inverse(total)

    def _application(self, term: Term, bound: Bound) -> Any:
        function, arguments = term[1], [self.term(part, bound) for part in term[2:]]
        if isinstance(function, str) and function in self.definitions:
            sorts, body = self.definitions[function]
            values = [self.coerce(a, s, ()) for a, s in zip(arguments, sorts, strict=True)]
            return self.term(body, tuple(reversed(values)))
        value = self.term(function, bound)
        if isinstance(function, str) and function in self.problem.sorts:
            sort = self.problem.sorts[function]
            sorts = ("integer",) if sort[0] == "family" else sort[1]
            values = [self.coerce(a, s, ()) for a, s in zip(arguments, sorts, strict=True)]
            return self._curried(value, values)
        return self._curried(value, arguments)

    def _curried(self, function: Any, arguments: list[Any]) -> Any:
        for position, argument in enumerate(arguments):
            if not isinstance(function, Closure | Table):
                return self.apply(function, arguments[position:])
            function = function(argument)
        return function

    def apply(self, function: Any, arguments: list[Any]) -> Any:
        """The value of a function that is neither a literal nor a table."""
        return function(*arguments)

    def _sum(self, term: Term, bound: Bound) -> Any:
        lo, hi = self._whole(self.term(term[1], bound)), self._whole(self.term(term[2], bound))
        total: Any = 0
        if hi < lo:
            size = self._vector_size(term[3], (lo, *bound))
            shape = self._matrix_shape(term[3], (lo, *bound)) if size is None else None
            if shape is not None:
                return self.zero_matrix(*shape)
            return total if size is None else self.zero(size)
        for index in range(lo, hi + 1):
            total = self._plus(total, self.term(term[3], (index, *bound)))
        return total

    def _expectation(self, term: Term, bound: Bound) -> Any:
        """The sum over the values of the noise, with their probabilities."""
        randomness = self.problem.randomness
        if randomness.degree > MOST_MOMENTS and randomness.law == "normal":
            raise Unreadable("higher moments than the ninth")
        total: Any = 0
        for weight, noise in outcomes(randomness):
            place = self.vector([self.number(Fraction(value)) for value in noise])
            value = self.multiply(self.number(weight), self.term(term[1], (place, *bound)))
            total = self._plus(total, value)
        return total

    def _zero(self, term: Term, bound: Bound) -> Any:
        sizes = [self.size(part, bound) for part in term[1:]]
        return self.zero(sizes[0]) if len(sizes) == 1 else self.zero_matrix(*sizes)

    def _turn(self, term: Term, bound: Bound) -> Any:
        """A power of a root of unity; what is no root has no such power."""
        size = self.size(term[1], bound)
        base, place = (self.term(part, bound) for part in term[2:])
        if pow(base.value, size, base.modulus) != 1:
            raise Unreadable("a power of what is no root of unity")
        return Residue(pow(base.value, self._whole(place) % size, base.modulus), base.modulus)

    def _unit(self, term: Term, bound: Bound) -> Any:
        size = self.size(term[1], bound)
        one = self._whole(self.term(term[2], bound)) % size
        return self.vector([int(place == one) for place in range(size)])

    def _elementary(self, term: Term, bound: Bound) -> Any:
        return self.elementary(str(term[0]), self.term(term[1], bound))

    def _prod(self, term: Term, bound: Bound) -> Any:
        lo, hi = self._whole(self.term(term[1], bound)), self._whole(self.term(term[2], bound))
        total: Any = 1
        for index in range(lo, hi + 1):
            total = self.multiply(total, self.term(term[3], (index, *bound)))
        return total

    def _vector_size(self, term: Term, bound: Bound) -> int | None:
        """The size of a vector term, told without evaluating it; ``None`` for a scalar."""
        if isinstance(term, str):
            if term.startswith("#"):
                return self.vector_length(bound[int(term[1:])])
            if term in self.definitions:
                return self._vector_size(self.definitions[term][1], ())
            return self._size_of_sort(self.problem.sorts.get(term))
        if term[0] in VECTOR_SIZES:
            return VECTOR_SIZES[term[0]](self, term, bound)
        if term[0] in ("zero", "vector"):
            if term[0] == "vector":
                return len(term) - 1
            return self.size(term[1], bound) if len(term) == 2 else None
        if term[0] == "app" and isinstance(term[1], str):
            if term[1] in self.definitions:
                values = tuple(0 for _ in self.definitions[term[1]][0])
                return self._vector_size(self.definitions[term[1]][1], values)
            sort = self.problem.sorts.get(term[1], "real")
            return self._size_of_sort(self._sort_at(sort, term, bound))
        if term[0] == "gradient":
            return self._vector_size(term[2], bound)
        if term[0] == "unit":
            return self.size(term[1], bound)
        if term[0] == "velocity":
            return self._vector_size(term[1], (0, *bound))
        if term[0] == "matmul":
            if self._vector_size(term[2], bound) is None:
                return None
            shape = self._matrix_shape(term[1], bound)
            return None if shape is None else shape[0]
        if term[0] in ("sum", "prod"):
            return self._vector_size(term[3], (0, *bound))
        if term[0] == "sum_mod":
            return self._vector_size(term[2], (0, *bound))
        if term[0] == "expectation":
            return self._vector_size(term[1], (self.vector([0] * WIDTH), *bound))
        if term[0] in ("+", "-", "*", "/"):
            sizes = [self._vector_size(part, bound) for part in term[1:]]
            return next((size for size in sizes if size is not None), None)
        return None

    def _matrix_shape(self, term: Term, bound: Bound) -> tuple[int, int] | None:
        """Rows and columns of a matrix term, told without evaluating it."""
        if isinstance(term, str):
            if term in self.definitions:
                return self._matrix_shape(self.definitions[term][1], ())
            if term.startswith("#"):
                return self.matrix_shape(bound[int(term[1:])])
            sort = self.problem.sorts.get(term)
            if isinstance(sort, tuple) and sort[0] == "matrix":
                return self.size(sort[1]), self.size(sort[2])
            return None
        head, *parts = term
        if head in SHAPES:
            return SHAPES[head](self, term, bound)
        if head == "app" and isinstance(term[1], str) and term[1] in self.problem.sorts:
            sort = self._sort_at(self.problem.sorts[term[1]], term, bound)
            if isinstance(sort, tuple) and sort[0] == "matrix":
                return self.size(sort[1]), self.size(sort[2])
            return None
        if head in ("identity", "matrix") or (head == "zero" and len(parts) == 2):
            sizes = [self.size(part, bound) for part in parts[:2]] * 2
            return sizes[0], sizes[1]
        if head == "rows":
            return len(parts), len(parts[0]) - 1
        if head == "transpose":
            shape = self._matrix_shape(parts[0], bound)
            return None if shape is None else (shape[1], shape[0])
        if head == "outer":
            rows, columns = (self._vector_size(part, bound) for part in parts)
            return None if rows is None or columns is None else (rows, columns)
        if head == "matmul":
            shapes = [self._matrix_shape(part, bound) for part in parts]
            if shapes[0] is None or shapes[1] is None:
                return None
            return shapes[0][0], shapes[1][1]
        if head == "sum":
            return self._matrix_shape(parts[2], (0, *bound))
        if head == "power":
            return self._matrix_shape(parts[0], bound)
        if head == "expectation":
            return self._matrix_shape(parts[0], (self.vector([0] * WIDTH), *bound))
        if head in ("gradient", "jacobian", "hessian", "velocity"):
            return self._shape_of_derivatives(head, parts, bound)
        if head in ("+", "-", "*", "/", "inverse"):
            found = (self._matrix_shape(part, bound) for part in parts)
            return next((shape for shape in found if shape is not None), None)
        return None

    def _shape_of_derivatives(
        self, head: str, parts: list[Term], bound: Bound
    ) -> tuple[int, int] | None:
        if head == "velocity":
            return self._matrix_shape(parts[0], (0, *bound))
        if head == "gradient":
            return self._matrix_shape(parts[1], bound)
        columns = rows = self._vector_size(parts[1], bound)
        if head == "jacobian":
            rows = self._vector_size(parts[0][2], (self.term(parts[1], bound), *bound))
        return None if rows is None or columns is None else (rows, columns)

    def _sort_at(self, sort: Term, term: Term, bound: Bound) -> Term | None:
        """The sort of a function's value at the arguments of an application."""
        if is_function(sort) and sort[0] == "function":
            return sort[2]
        if not is_function(sort):
            return None
        return member_sort(sort, (self._whole(self.term(term[2], bound)),))

    def _size_of_sort(self, sort: Term | None) -> int | None:
        return self.size(sort[1]) if isinstance(sort, tuple) and sort[0] == "vector" else None

    def _end(self, end: Term, bound: Bound) -> Any:
        """An end of an integral: a number, or None where it is infinite."""
        return None if end in ("-oo", "+oo") else self.term(end, bound)

    def _sum_mod(self, term: Term, bound: Bound) -> Any:
        total: Any = 0
        modulus = self.size(term[1], bound)
        for index in range(modulus):
            total = self._plus(total, self.term(term[2], (Residue(index, modulus), *bound)))
        return total

    def _delta(self, term: Term, bound: Bound) -> int:
        return int(self._same(self.term(term[1], bound), self.term(term[2], bound)))

    def _mod(self, term: Term, bound: Bound) -> Residue:
        modulus = self.size(term[1], bound)
        return Residue(self._whole(self.term(term[2], bound)) % modulus, modulus)

    def _same(self, a: Any, b: Any) -> bool:
        if isinstance(a, Residue) or isinstance(b, Residue):
            modulus = a.modulus if isinstance(a, Residue) else b.modulus
            return (self._whole(a) - self._whole(b)) % modulus == 0
        return bool(a == b)

    def _entry(self, term: Term, bound: Bound) -> Any:
        if len(term) == 3:
            return self.component(self.term(term[1], bound), self._whole(self.term(term[2], bound)))
        row, column = self._whole(self.term(term[2], bound)), self._whole(self.term(term[3], bound))
        sort = self.problem.sorts.get(term[1]) if isinstance(term[1], str) else None
        if sort is not None and (term[1],) not in self.rules:
            key = (term[1], row % self.size(sort[1]), column % self.size(sort[2]))
            return self.cell(key, "real")
        return self.entry(self.term(term[1], bound), row, column)

    def _matrix(self, term: Term, bound: Bound) -> Any:
        rows, columns = self.size(term[1], bound), self.size(term[2], bound)
        return self.matrix(
            [[self.term(term[3], (Residue(j, columns), Residue(i, rows), *bound))
              for j in range(columns)] for i in range(rows)]
        )

    def _gradient(self, term: Term, bound: Bound) -> Any:
        function, point = term[1], self.term(term[2], bound)
        if isinstance(function, str) and function in self.definitions:
            sorts, body = self.definitions[function]
            value: Any = Closure(self, sorts[0], body, ())
            return self.gradient(value, self.coerce(point, sorts[0], ()))
        if isinstance(function, str) and function in self.problem.sorts:
            point = self.coerce(point, self.problem.sorts[function][1][0], ())
        return self.gradient(self.term(function, bound), point)


@lru_cache(maxsize=1000)
def _literal(term: str) -> int | Fraction | None:
    if not is_number(term):
        return None
    value = Fraction(term)
    return int(value) if value.denominator == 1 else value


def is_function(sort: Term) -> bool:
    """Whether a sort is that of a function."""
    return isinstance(sort, tuple) and sort[0] in ("function", "family")


def member_sort(sort: Term, indices: tuple[Any, ...]) -> Term:
    """The sort of a function's value at whole numbers."""
    if sort[0] == "family":
        return instantiate(sort[1], str(indices[0]))
    return sort[2]


def is_tabular(sort: Term) -> bool:
    """Whether a sort is that of a function whose arguments are all whole numbers."""
    if is_function(sort) and sort[0] == "family":
        return True
    return is_function(sort) and all(is_discrete(argument) for argument in sort[1])
