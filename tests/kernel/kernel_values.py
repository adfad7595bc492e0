"""The value of a term at a point, and the value there of a normal form: two ways to one number."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import prod
from typing import Any

from hypothesis import assume

from therefore.kernel.atoms import Vector
from therefore.kernel.polynomials import Polynomial

Term = Any
Value = Fraction | tuple[Fraction, ...]


class Point:
    """Values for the names, and the value there of a term and of a normal form."""

    def __init__(self, numbers: dict[str, Fraction]) -> None:
        self.values: dict[str, Any] = {
            **numbers,
            "u": (Fraction(1), numbers["x"]),
            "v": (numbers["y"], Fraction(-2)),
            "f": lambda x: x * x - x + 1,
            "h": lambda u: u[0] * u[1] + u[0],
            "a": lambda k: Fraction((k * k * 3 + k) % 7 - 2),
            "w": lambda k: (Fraction(k % 3 - 1), Fraction(k * k % 5)),
        }

    def of(self, term: Term, stack: tuple[Value, ...] = ()) -> Any:
        """The value of a term: sums term by term."""
        if isinstance(term, str):
            if term[0] == "#":
                return stack[-1 - int(term[1:])]
            return self.values[term] if term in self.values else Fraction(term)
        head, *parts = term
        if head == "sum":
            low, high = (self.of(end, stack) for end in parts[:2])
            assume(low <= high + 1)
            terms = [
                self.of(parts[2], (*stack, Fraction(k))) for k in range(int(low), int(high) + 1)
            ]
            return plus(terms) if terms else zero_of(parts[2])
        values = [self.of(part, stack) for part in parts if part not in ("a", "f", "h", "w")]
        if head == "app":
            return self.values[parts[0]](*values)
        return OPERATIONS[head](*values)

    def at(self, value: Any, rows: Any, bound: dict[str, Fraction]) -> Any:
        """The value of a normal form, in which a sum may run backwards."""
        if isinstance(value, Vector):
            parts = [
                times(self.at(c, rows, bound), self.atom(i, rows, bound))
                for i, c in value.parts.items()
            ]
            return plus(parts) if parts else (Fraction(0), Fraction(0))
        under = prod(self.poly(dict(f), rows, bound) ** e for f, e in value.under)
        over = self.poly(value.over, rows, bound)
        return over / under

    def poly(self, poly: Polynomial, rows: Any, bound: dict[str, Fraction]) -> Fraction:
        return sum(
            (c * prod(self.atom(i, rows, bound) ** e for i, e in m) for m, c in poly.items()),
            Fraction(0),
        )

    def atom(self, index: int, rows: Any, bound: dict[str, Fraction]) -> Any:
        row = rows[index]
        head, parts = row.head, row.arguments
        if head == "name":
            return self.values[parts[0]]
        if head == "index":
            return bound[parts[0]]
        if head in ("sum", "vector sum"):
            low, high = (int(self.at(end, rows, bound)) for end in parts[:2])

            def body(k: int) -> Any:
                return self.at(parts[2], rows, {**bound, str(row.height): Fraction(k)})

            zero: Any = Fraction(0) if head == "sum" else (Fraction(0), Fraction(0))
            if high >= low - 1:
                return plus([zero, *map(body, range(low, high + 1))])
            return times(Fraction(-1), plus([zero, *map(body, range(high + 1, low))]))
        values = [
            self.atom(part, rows, bound) if isinstance(part, int) else self.at(part, rows, bound)
            for part in parts
            if not isinstance(part, str)
        ]
        if head == "app":
            return self.values[parts[0]](*values)
        return OPERATIONS[head](*values)


def zero_of(term: Term) -> Any:
    """The zero of the sort of a sum's body."""
    is_vector = isinstance(term, tuple) and (
        term[:2] == ("app", "w") or (term[0] == "*" and zero_of(term[-1]) != 0)
    )
    return (Fraction(0), Fraction(0)) if is_vector else Fraction(0)


def plus(values: Any) -> Any:
    first, *rest = values
    for value in rest:
        first = (
            tuple(p + q for p, q in zip(first, value, strict=True))
            if isinstance(first, tuple)
            else first + value
        )
    return first


def times(*values: Any) -> Any:
    *factors, last = values
    factor = prod(factors, start=Fraction(1))
    return tuple(factor * p for p in last) if isinstance(last, tuple) else factor * last


def over(left: Any, right: Fraction) -> Any:
    assume(right != 0)
    return left / right


OPERATIONS: dict[str, Callable[..., Any]] = {
    "+": lambda *values: plus(values),
    "-": lambda value: times(Fraction(-1), value),
    "*": times,
    "/": over,
    "^": lambda value, exponent: value ** int(exponent),
    "abs": abs,
    "delta": lambda left, right=Fraction(0): Fraction(int(left == right)),
    "inner": lambda u, v: sum((p * q for p, q in zip(u, v, strict=True)), Fraction(0)),
}


RELATIONS: dict[str, Callable[[Fraction, Fraction], bool]] = {
    "<=": lambda p, q: p <= q,
    "<": lambda p, q: p < q,
    "=": lambda p, q: p == q,
    "!=": lambda p, q: p != q,
}


def true_at(point: Point, facts: list[Term]) -> list[Term]:
    """Those of the relations that hold at the point."""
    return [fact for fact in facts if RELATIONS[fact[0]](point.of(fact[1]), point.of(fact[2]))]
