"""Normal forms of terms: fractions of polynomials in atoms, and linear combinations of vectors.

A normal form is the value of its term wherever the term is defined; that it is defined is an
obligation, settled elsewhere and first. Sums are shifted so that the least offset of their index
is 0, run from 0 (or a symbolic end) to their symbolic end, and spill the other terms, so that
telescoping needs no rule. Inside a normal form a sum of a total body means S(high) − S(low − 1)
for every pair of ends, which is the sum itself wherever low ≤ high + 1, an obligation.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from math import isqrt

from .atoms import BINDERS, Argument, Atom, Atoms, Residue, Vector
from .data import Term
from .differential import differential
from .errors import Rejected
from .polynomials import ONE, ZERO, Scalar, atom, number
from .sums import sum_mod_over, sum_over
from .terms import coerced, is_number, open_binder, sort_of, substitute

__all__ = ["Normaliser"]

Value = Scalar | Vector
LONGEST_SUM = 300
_WORDS = {"+": "plus", "-": "minus", "*": "times", "/": "over", "^": "power"}


class Normaliser:
    """Computes normal forms under declared names.

    ``sign`` tells what is known of a fraction's sign (see ``signs``); it is used to write |u|
    as u or −u, and to split sums whose body is not defined everywhere.
    """

    def __init__(
        self,
        atoms: Atoms,
        names: Mapping[str, Term],
        sign: Callable[[Scalar], frozenset[int]],
    ) -> None:
        self.atoms, self.names, self.sign = atoms, dict(names), sign

    # -------------------------------------------------------------- terms

    def scalar(self, term: Term) -> Scalar:
        value = self.value(term)
        if isinstance(value, Vector):
            raise Rejected("ILL_TYPED", f"a number is expected, not {term}")
        return value

    def vector(self, term: Term) -> Vector:
        value = self.value(term)
        if isinstance(value, Scalar):
            raise Rejected("ILL_TYPED", f"a vector is expected, not {term}")
        return value

    def value(self, term: Term) -> Value:
        """The normal form of a number, residue or vector."""
        if isinstance(term, str):
            if is_number(term):
                return number(Fraction(term))
            index = self.atoms.intern("name", term)
            is_vector = self.names[term][0] == "vector"
            return Vector({index: ONE}) if is_vector else atom(index)
        head, *parts = term
        method = getattr(self, f"_of_{_WORDS.get(head, head)}", None)
        if method is None:
            raise Rejected("UNSUPPORTED", f"no normal form of {head}")
        result: Value = method(*parts)
        return result

    def _of_plus(self, *parts: Term) -> Value:
        total = self.value(parts[0])
        for part in parts[1:]:
            total = total + self.value(part)  # type: ignore[operator]
        return total

    def _of_minus(self, part: Term) -> Value:
        return _scaled(self.value(part), number(-1))

    def _of_times(self, *parts: Term) -> Value:
        total: Value = ONE
        for part in parts:
            value = self.value(part)
            total = _scaled(total, value)
        return total

    def _of_over(self, over: Term, under: Term) -> Value:
        return _scaled(self.value(over), self.scalar(under).inverse())

    def _of_power(self, base: Term, exponent: str) -> Value:
        return self.scalar(base) ** int(exponent)

    def _of_abs(self, part: Term) -> Value:
        return self._absolute(self.scalar(part))

    def _of_sqrt(self, part: Term) -> Value:
        return self._root("sqrt", self.scalar(part))

    def _of_norm(self, part: Term) -> Value:
        u = self.vector(part)
        return self._root("norm", self.inner(u, u))

    def _of_inner(self, left: Term, right: Term) -> Value:
        return self.inner(self.vector(left), self.vector(right))

    def _of_zero(self, size: Term) -> Value:
        return Vector({})

    def _of_vector(self, *parts: Term) -> Value:
        total = Vector({})
        for k, part in enumerate(parts):
            total = total + Vector({self.atoms.intern("basis", str(k)): self.scalar(part)})
        return Vector({i: c for i, c in total.parts.items() if c.over})

    def _of_app(self, function: Term, *arguments: Term) -> Value:
        if isinstance(function, str):
            sorts = self.names[function][1]
            return self._apply(function, *map(self._argument, arguments, sorts))
        if function[0] == "lambda":
            first = coerced(arguments[0], function[1], self.names)
            body = open_binder(function[2], first)
            return self.value(("app", body, *arguments[1:]) if arguments[1:] else body)
        index = self.scalar(arguments[0]).constant()
        if index is None:
            raise Rejected("UNSUPPORTED", "a table at an index that is not a number")
        if function[0] == "cycle":
            return self.value(function[1 + int(index) % (len(function) - 1)])
        place, values = int(index) - int(function[1]), function[2:]
        inside = 0 <= place < len(values)
        return self.value(values[place]) if inside else _scaled(self.value(values[0]), ZERO)

    def _argument(self, term: Term, sort: Term) -> Argument:
        if sort[0] == "residue":
            return Residue(sort[1], self.scalar(term))
        return self.value(term)

    def _of_gradient(self, function: Term, point: Term) -> Value:
        if isinstance(function, str):
            return Vector({self.atoms.intern("gradient", function, self.vector(point)): ONE})
        variable, body = self._open(function[2], function[1])
        direction, step = self._open("#0", function[1])
        name = str(self.atoms.rows[variable].arguments[0])
        change = differential(self.names, body, name, step)
        return self._read_off(self.scalar(substitute(change, {name: point})), direction)

    def _read_off(self, change: Scalar, direction: int) -> Vector:
        """The vector g for which ``change``, linear in the direction h, is ⟨g, h⟩."""
        total = Vector({})
        for monomial, coefficient in change.over.items():
            steps = [a for a, _ in monomial if direction in self.atoms.rows[a].free]
            arguments = self.atoms.rows[steps[0]].arguments if len(steps) == 1 else ()
            if len(arguments) != 2 or self.atoms.rows[steps[0]].head != "inner":
                raise Rejected("UNSUPPORTED", "this gradient")
            (other,) = (a for a in arguments if a != direction)
            rest = tuple((a, e) for a, e in monomial if a != steps[0])
            factor = Scalar({rest: coefficient}, change.under)
            total = total + Vector({int(str(other)): factor})
        return total

    def _of_derivative(self, body: Term, point: Term) -> Value:
        variable, opened = self._open(body, "real")
        return self._derivative_at(variable, self.scalar(opened), self.scalar(point))

    def _derivative_at(self, variable: int, body: Scalar, place: Scalar) -> Scalar:
        height = 1 + max(self.atoms.height(body), self.atoms.height(place))
        renamed = self.substituted(body, {variable: atom(self.atoms.index(height))})
        return atom(self.atoms.intern("derivative", renamed, place))

    def _of_sum(self, low: Term, high: Term, body: Term) -> Value:
        first, last = self.scalar(low).constant(), self.scalar(high).constant()
        if first is not None and last is not None and last >= first:
            if last - first > LONGEST_SUM:
                raise Rejected("TOO_LARGE", "a sum of too many terms")
            return self._of_plus(
                *(open_binder(body, str(k)) for k in range(int(first), int(last) + 1))
            )
        variable, opened = self._open(body, "integer")
        return sum_over(self, self.scalar(low), self.scalar(high), variable, self.value(opened))

    def _of_sum_mod(self, size: Term, body: Term) -> Value:
        if is_number(size):
            if int(size) > LONGEST_SUM:
                raise Rejected("TOO_LARGE", "a sum of too many terms")
            places = (("mod", size, str(k)) for k in range(int(size)))
            return self._of_plus("0", *(open_binder(body, place) for place in places))
        variable, opened = self._open(body, ("residue", size))
        return sum_mod_over(self, size, variable, self.scalar(opened))

    def _of_mod(self, size: Term, term: Term) -> Value:
        return self.scalar(term)

    def _of_delta(self, left: Term, right: Term) -> Value:
        size = next(
            sort[1]
            for sort in (sort_of(left, self.names), sort_of(right, self.names))
            if sort[0] == "residue"
        )
        return self._equal(Residue(size, self.scalar(left) - self.scalar(right)))

    def _of_lift(self, residue: Term) -> Value:
        return self._lifted(Residue(sort_of(residue, self.names)[1], self.scalar(residue)))

    def _of_entry(self, matrix: Term, i: Term, j: Term) -> Value:
        _, rows, columns = sort_of(matrix, self.names)
        if isinstance(matrix, str):
            places = Residue(rows, self.scalar(i)), Residue(columns, self.scalar(j))
            return atom(self.atoms.intern("entry", matrix, *places))
        i = coerced(i, ("residue", rows), self.names)
        j = coerced(j, ("residue", columns), self.names)
        head, *parts = matrix
        if head == "matrix":
            return self.value(open_binder(parts[2], i, j))
        if head == "matmul":
            inner = ("*", ("entry", parts[0], i, "#0"), ("entry", parts[1], "#0", j))
            return self._of_sum_mod(sort_of(parts[0], self.names)[2], inner)
        if head in ("+", "-", "*", "/"):
            spread = (
                ("entry", part, i, j) if sort_of(part, self.names)[0] == "matrix" else part
                for part in parts
            )
            return self.value((head, *spread))
        if head == "rows":
            row, column = self.scalar(i).constant(), self.scalar(j).constant()
            if row is not None and column is not None:
                return self.value(parts[int(row) % int(rows)][1 + int(column) % int(columns)])
        raise Rejected("UNSUPPORTED", f"an entry of {head}")

    def _open(self, body: Term, sort: Term) -> tuple[int, Term]:
        """The body at a new internal name, and that name's atom."""
        name = f"%{len(self.atoms.rows)}"
        self.names[name] = sort
        return self.atoms.intern("name", name), open_binder(body, name)

    # -------------------------------------------------------------- atoms from normal forms

    def inner(self, left: Vector, right: Vector) -> Scalar:
        """The inner product: symmetric, bilinear, orthonormal on basis vectors."""
        total = ZERO
        for i, c in left.parts.items():
            for j, e in right.parts.items():
                total = total + c * e * self._inner_atom(min(i, j), max(i, j))
        return total

    def _inner_atom(self, i: int, j: int) -> Scalar:
        if self.atoms.rows[i].head == self.atoms.rows[j].head == "basis":
            return ONE if i == j else ZERO
        return atom(self.atoms.intern("inner", i, j))

    def _absolute(self, value: Scalar) -> Scalar:
        signs = self.sign(value)
        if signs <= {0, 1}:
            return value
        if signs <= {0, -1}:
            return -value
        opposite = self.atoms.find("abs", -value)
        return atom(self.atoms.intern("abs", value) if opposite is None else opposite)

    def _root(self, head: str, value: Scalar) -> Scalar:
        constant = value.constant()
        if constant is not None and constant >= 0:
            over, under = isqrt(constant.numerator), isqrt(constant.denominator)
            if Fraction(over * over, under * under) == constant:
                return number(Fraction(over, under))
        return atom(self.atoms.intern(head, value))

    def _apply(self, function: str, *values: Argument) -> Value:
        index = self.atoms.intern("app", function, *values)
        return Vector({index: ONE}) if self.names[function][2][0] == "vector" else atom(index)

    def _equal(self, difference: Residue) -> Scalar:
        """1 if the residue is zero, 0 if it is another number, else an atom."""
        size = difference.size
        value = self.atoms.reduced(size, difference.value)
        constant = value.constant()
        if constant == 0:
            return ONE
        if constant is not None and size.isdigit():
            return ZERO
        opposite = self.atoms.find("delta", Residue(size, -value))
        if opposite is not None:
            return atom(opposite)
        return atom(self.atoms.intern("delta", Residue(size, value)))

    def _lifted(self, residue: Residue) -> Scalar:
        value = self.atoms.reduced(residue.size, residue.value)
        constant = value.constant()
        if constant is not None and (constant == 0 or residue.size.isdigit()):
            return number(constant)
        return atom(self.atoms.intern("lift", Residue(residue.size, value)))

    # -------------------------------------------------------------- substitution

    def substituted(self, value: Value, by: Mapping[int, Scalar]) -> Value:
        """The value with fractions for some of its free atoms."""
        if not self.atoms.free(value) & by.keys():
            return value
        if isinstance(value, Vector):
            total = Vector({})
            for index, coefficient in value.parts.items():
                image = self._image(index, by)
                if isinstance(image, Scalar):
                    raise Rejected("ILL_TYPED", "a number in a vector's place")
                total = total + image.scaled(self._number_at(coefficient, by))
            return total
        under = ONE
        for factor, exponent in value.under:
            under = under * self._number_at(Scalar(dict(factor)), by) ** exponent
        over = ZERO
        for monomial, coefficient in value.over.items():
            term = number(coefficient)
            for index, exponent in monomial:
                image = self._image(index, by)
                if isinstance(image, Vector):
                    raise Rejected("ILL_TYPED", "a vector in a number's place")
                term = term * image**exponent
            over = over + term
        return over * under.inverse()

    def _number_at(self, value: Scalar, by: Mapping[int, Scalar]) -> Scalar:
        result = self.substituted(value, by)
        return result if isinstance(result, Scalar) else ZERO

    def _image(self, index: int, by: Mapping[int, Scalar]) -> Value:
        """An atom after substitution, built anew from its parts."""
        row = self.atoms.rows[index]
        if index in by:
            return by[index]
        is_vector = row.head in ("gradient", "vector sum") or (
            row.head in ("app", "name") and self._is_vector(row.arguments[0], row.head)
        )
        if not row.free & by.keys():
            return Vector({index: ONE}) if is_vector or row.head == "basis" else atom(index)
        if row.head in BINDERS:
            return self._bound_image(row, by)
        parts = [self._argument_image(part, by) for part in row.arguments]
        if row.head == "inner":
            left, right = parts
            return self.inner(_as_vector(left), _as_vector(right))
        if row.head == "abs":
            return self._absolute(_as_scalar(parts[0]))
        if row.head in ("sqrt", "norm"):
            return self._root(row.head, _as_scalar(parts[0]))
        if row.head == "app":
            return self._apply(str(parts[0]), *parts[1:])
        if row.head in ("delta", "lift") and isinstance(parts[0], Residue):
            return self._equal(parts[0]) if row.head == "delta" else self._lifted(parts[0])
        new = self.atoms.intern(row.head, *parts)
        return Vector({new: ONE}) if is_vector else atom(new)

    def _is_vector(self, name: Argument, head: str) -> bool:
        sort = self.names[str(name)]
        return bool((sort[2] if head == "app" else sort)[0] == "vector")

    def _argument_image(self, part: Argument, by: Mapping[int, Scalar]) -> Argument:
        if isinstance(part, int):
            return self._image(part, by)
        if isinstance(part, Residue):
            return Residue(part.size, self._number_at(part.value, by))
        return part if isinstance(part, str) else self.substituted(part, by)

    def _bound_image(self, row: Atom, by: Mapping[int, Scalar]) -> Value:
        """A sum (or derivative) after substitution: its variable is renamed before and after."""
        *ends, body = row.arguments
        sort: Term = "integer"
        if row.head == "sum_mod":
            sort = ("residue", str(ends[0]))
        variable, _ = self._open("#0", sort)
        inner = {**by, self.atoms.index(row.height): atom(variable)}
        opened = self._argument_image(body, inner)
        if row.head == "sum_mod":
            return sum_mod_over(self, str(ends[0]), variable, _as_scalar(opened))
        places = [_as_scalar(self._argument_image(end, by)) for end in ends]
        if row.head == "derivative":
            return self._derivative_at(variable, _as_scalar(opened), places[0])
        low, high = places
        inside = opened if isinstance(opened, Vector) else _as_scalar(opened)
        return sum_over(self, low, high, variable, inside)


def _scaled(value: Value, factor: Value) -> Value:
    """The product of two values, one of them a number."""
    if isinstance(factor, Vector):
        value, factor = factor, value
    if isinstance(factor, Vector):
        raise Rejected("ILL_TYPED", "a product of vectors")
    return value.scaled(factor) if isinstance(value, Vector) else value * factor


def _as_scalar(value: Argument) -> Scalar:
    if isinstance(value, Scalar):
        return value
    raise Rejected("ILL_TYPED", "a number is expected")


def _as_vector(value: Argument) -> Vector:
    if isinstance(value, Vector):
        return value
    raise Rejected("ILL_TYPED", "a vector is expected")
