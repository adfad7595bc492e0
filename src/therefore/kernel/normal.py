"""Normal forms of terms: fractions of polynomials in atoms, and linear combinations of vectors.

A normal form is the value of its term wherever the term is defined; that it is defined is an
obligation, settled elsewhere and first. Sums are shifted so that the least offset of their index
is 0, run from 0 (or a symbolic end) to their symbolic end, and spill the other terms, so that
telescoping needs no rule.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from .atoms import Argument, Matrix, Residue, Vector
from .binders import is_number, open_binder
from .data import Term
from .differential import paired
from .errors import Rejected
from .images import Images, Value
from .polynomials import ONE, ZERO, Scalar, atom, number
from .sums import sum_mod_over, sum_over
from .typed import coerced, sort_of

__all__ = ["FORMS", "Normaliser"]

LONGEST_SUM = 300
# Normal forms of the operations that a theory adds, by head.
FORMS: dict[str, Callable[..., Value]] = {}
_WORDS = {"+": "plus", "-": "minus", "*": "times", "/": "over", "^": "power"}


class Normaliser(Images):
    """Computes normal forms under declared names."""

    def scalar(self, term: Term) -> Scalar:
        value = self.value(term)
        if isinstance(value, Vector):
            raise Rejected("ILL_TYPED", f"a number is expected, not {term}")
        return value

    def vector(self, term: Term) -> Vector:
        value = self.value(term)
        if isinstance(value, Scalar | Matrix):
            raise Rejected("ILL_TYPED", f"a vector is expected, not {term}")
        return value

    def matrix(self, term: Term) -> Matrix:
        value = self.value(term)
        if not isinstance(value, Matrix):
            raise Rejected("ILL_TYPED", f"a matrix is expected, not {term}")
        return value

    def value(self, term: Term) -> Value:
        """The normal form of a number, residue, vector or matrix."""
        self.atoms.spend()
        if isinstance(term, str):
            if is_number(term):
                return number(Fraction(term))
            return self.alone(self.atoms.intern("name", term))
        if term not in self.done:
            self.done[term] = self._worked_out(*term)
        return self.done[term]

    def _worked_out(self, head: str, *parts: Term) -> Value:
        if head in FORMS:
            return FORMS[head](self, *parts)
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
        half, odd = divmod(int(exponent), 2)
        if base[0] == "norm" and not odd:  # ‖u‖² = ⟨u, u⟩, inside sums as well
            return self._square_of(base[1]) ** half
        return self.scalar(base) ** int(exponent)

    def _of_abs(self, part: Term) -> Value:
        return self.absolute(self.scalar(part))

    def _of_sqrt(self, part: Term) -> Value:
        return self.root("sqrt", self.scalar(part))

    def _of_norm(self, part: Term) -> Value:
        return self.root("norm", self._square_of(part))

    def _square_of(self, part: Term) -> Scalar:
        """‖u‖² is ⟨u, u⟩ of a vector, and tr(AᵀA) of a matrix."""
        return self.scalar(paired(self.names, part, part))

    def _of_inner(self, left: Term, right: Term) -> Value:
        return self.inner(self.vector(left), self.vector(right))

    def _of_vector(self, *parts: Term) -> Value:
        total = Vector({})
        for k, part in enumerate(parts):
            total = total + Vector({self.atoms.intern("basis", str(k)): self.scalar(part)})
        return Vector({i: c for i, c in total.parts.items() if c.over})

    def _of_app(self, function: Term, *arguments: Term) -> Value:
        if isinstance(function, str):
            sort = self.names[function]
            sorts = ("integer",) if sort[0] == "family" else sort[1]
            return self.applied(function, *map(self._argument, arguments, sorts))
        if function[0] == "lambda":
            first = coerced(arguments[0], function[1], self.names)
            body = open_binder(function[2], first)
            return self.value(("app", body, *arguments[1:]) if arguments[1:] else body)
        index = self.scalar(arguments[0]).constant()
        if index is None:
            raise Rejected("UNSUPPORTED", "a table at an index that is not a number")
        if function[0] == "cycle":
            return self.value(function[1 + int(index) % (len(function) - 1)])
        at = 2 if function[0] == "members" else 1
        place, values = int(index) - int(function[at]), function[at + 1 :]
        inside = 0 <= place < len(values)
        if function[:2] == ("members", "size") and not inside:
            return ONE
        return self.value(values[place]) if inside else _scaled(self.value(values[0]), ZERO)

    def _argument(self, term: Term, sort: Term) -> Argument:
        if sort[0] == "residue":
            return Residue(sort[1], self.scalar(term))
        return self.value(term)

    def _of_derivative(self, body: Term, point: Term) -> Value:
        variable, opened = self.open(body, "real")
        place = self.scalar(point)
        return atom(self.bound("derivative", variable, self.scalar(opened), place))

    def _of_sum(self, low: Term, high: Term, body: Term) -> Value:
        first, last = self.scalar(low).constant(), self.scalar(high).constant()
        if first is not None and last is not None and last >= first:
            if last - first > LONGEST_SUM:
                raise Rejected("TOO_LARGE", "a sum of too many terms")
            return self._of_plus(
                *(open_binder(body, str(k)) for k in range(int(first), int(last) + 1))
            )
        variable, opened = self.open(body, "integer")
        return sum_over(self, self.scalar(low), self.scalar(high), variable, self.value(opened))

    def _of_sum_mod(self, size: Term, body: Term) -> Value:
        if is_number(size):
            if int(size) > LONGEST_SUM:
                raise Rejected("TOO_LARGE", "a sum of too many terms")
            places = (("mod", size, str(k)) for k in range(int(size)))
            return self._of_plus("0", *(open_binder(body, place) for place in places))
        variable, opened = self.open(body, ("residue", size))
        return sum_mod_over(self, size, variable, self.scalar(opened))

    def _of_mod(self, size: Term, term: Term) -> Value:
        return self.scalar(term)

    def _of_delta(self, left: Term, right: Term) -> Value:
        sorts = sort_of(left, self.names), sort_of(right, self.names)
        difference = self.scalar(left) - self.scalar(right)
        sizes = [sort[1] for sort in sorts if sort[0] == "residue"]
        return self.equal(Residue(sizes[0], difference) if sizes else difference)

    def _of_lift(self, residue: Term) -> Value:
        return self.lifted(Residue(sort_of(residue, self.names)[1], self.scalar(residue)))


def _scaled(value: Value, factor: Value) -> Value:
    """The product of two values, one of them a number."""
    if isinstance(factor, Vector):
        value, factor = factor, value
    if isinstance(factor, Vector):
        raise Rejected("ILL_TYPED", "a product of vectors")
    return value.scaled(factor) if isinstance(value, Vector) else value * factor
