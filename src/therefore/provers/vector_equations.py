"""Vector equations solved for one vector after the other: x₁ = x₀ − η·g₀ stands for x₁."""

from __future__ import annotations

from collections.abc import Sequence

from therefore.kernel.atoms import Vector
from therefore.kernel.context import Context
from therefore.kernel.polynomials import ONE, ZERO, Monomial, Scalar, number

__all__ = ["Solved", "solved"]


class Solved:
    """Vectors that are known as combinations of the others."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._known: dict[int, Vector] = {}

    def add(self, equation: Vector) -> None:
        """Use the equation ``equation`` = 0, if a vector stands in it with one monomial."""
        value = self._replaced(equation)
        single = [a for a, coefficient in value.parts.items() if len(coefficient.over) == 1]
        if not single:
            return
        a = max(single, key=self._lateness)
        lead = value.parts[a].inverse() * number(-1)
        here = Vector({b: c * lead for b, c in value.parts.items() if b != a and c.over})
        self._known[a] = here
        self._known = {b: self._replaced(v) for b, v in self._known.items()}

    def _lateness(self, a: int) -> tuple[bool, int, int]:
        """Late iterates are to go, then what was met last."""
        row = self._ctx.atoms.rows[a]
        place = row.arguments[1] if row.head == "app" else None
        number_ = place.constant() if isinstance(place, Scalar) else None
        return number_ is not None, int(number_ or 0), a

    def _replaced(self, value: Vector) -> Vector:
        total = Vector({})
        for a, coefficient in value.parts.items():
            total = total + self._vector(a).scaled(coefficient)
        return Vector({a: c for a, c in total.parts.items() if c.over})

    def _vector(self, a: int) -> Vector:
        return self._known.get(a, Vector({a: ONE}))

    def applied(self, value: Scalar) -> Scalar:
        """The number with such vectors replaced in its inner products."""
        if not self._known:
            return value
        total = ZERO
        for monomial, coefficient in value.over.items():
            term = number(coefficient)
            others: list[tuple[int, int]] = []
            for a, e in monomial:
                row = self._ctx.atoms.rows[a]
                ends = [b for b in row.arguments if isinstance(b, int)]
                if row.head == "inner" and any(b in self._known for b in ends):
                    product = self._ctx.normal.inner(*map(self._vector, ends))
                    term = term * product**e
                else:
                    others.append((a, e))
            rest: Monomial = tuple(others)
            total = total + term * Scalar({rest: number(1).over[()]}, value.under)
        return total


def solved(ctx: Context, equations: Sequence[Vector]) -> Solved:
    """What the equations say, each ``equation`` = 0."""
    known = Solved(ctx)
    for equation in equations:
        known.add(equation)
    return known
