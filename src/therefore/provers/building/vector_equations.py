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
        # Vector minus what is known of it, as a combination of the equations.
        self._made_of: dict[int, dict[int, Scalar]] = {}
        self._count = 0

    def add(self, equation: Vector) -> None:
        """Use the equation ``equation`` = 0, if a vector stands in it with one monomial."""
        value, made_of = self._replaced(equation), self._difference(equation)
        made_of = {k: -c for k, c in made_of.items()}
        made_of[self._count] = ONE
        self._count += 1
        single = [
            a
            for a, coefficient in value.parts.items()
            if len(coefficient.over) == 1 and 0 not in self._ctx.signs(coefficient)
        ]
        if not single:
            return
        numbers = [a for a in single if value.parts[a].constant() is not None]
        a = max(numbers or single, key=self._lateness)
        lead = value.parts[a].inverse() * number(-1)
        here = Vector({b: c * lead for b, c in value.parts.items() if b != a and c.over})
        made_of = {k: -(c * lead) for k, c in made_of.items()}
        before, self._known = self._known, {a: here}
        made_before, self._made_of = self._made_of, {a: made_of}
        for b, known in before.items():
            both = [made_before[b], self._difference(known)]
            self._known[b], self._made_of[b] = self._replaced(known), _sum(both)

    def _lateness(self, a: int) -> tuple[bool, int, int]:
        """Late iterates are to go, then what was met last."""
        row = self._ctx.atoms.rows[a]
        place = row.arguments[1] if row.head == "app" else None
        number_ = place.constant() if isinstance(place, Scalar) else None
        return number_ is not None, int(number_ or 0), a

    def shortened(self, value: Vector) -> Vector:
        """The vector with such vectors replaced."""
        return self._replaced(value) if self._known.keys() & value.parts.keys() else value

    def _replaced(self, value: Vector) -> Vector:
        total = Vector({})
        for a, coefficient in value.parts.items():
            total = total + self._vector(a).scaled(coefficient)
        return Vector({a: c for a, c in total.parts.items() if c.over})

    def _difference(self, value: Vector) -> dict[int, Scalar]:
        """What the replacing takes away from a vector, as a combination of the equations."""
        return _sum(
            [{k: factor * c for k, factor in self._made_of[a].items()}
             for a, c in value.parts.items() if a in self._known]
        )  # fmt: skip

    def by_equations(self, value: Scalar) -> dict[int, Vector]:
        """Vectors v_k for which value − applied(value) = Σ ⟨v_k, equation k⟩.

        Raises ``ValueError`` where a product of inner products stands in the value.
        """
        found: dict[int, Vector] = {}
        for monomial, coefficient in value.over.items():
            inner = [(a, e) for a, e in monomial if self._ends(a)]
            if not inner:
                continue
            if len(inner) > 1 or inner[0][1] > 1:
                raise ValueError("a product of inner products")
            others = tuple(one for one in monomial if one != inner[0])
            factor = Scalar({others: coefficient}, value.under)
            first, second = self._ends(inner[0][0])
            for a, with_it in ((first, Vector({second: ONE})), (second, self._vector(first))):
                for k, c in self._made_of.get(a, {}).items():
                    found[k] = found.get(k, Vector({})) + with_it.scaled(factor * c)
        return {k: Vector({a: c for a, c in v.parts.items() if c.over}) for k, v in found.items()}

    def _ends(self, a: int) -> tuple[int, ...]:
        """The vectors of which the atom is the inner product, if one of them is known."""
        row = self._ctx.atoms.rows[a]
        if row.head != "inner":
            return ()
        ends = tuple(b for b in row.arguments if isinstance(b, int))
        return ends if any(b in self._known for b in ends) else ()

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
                if ends := self._ends(a):
                    product = self._ctx.normal.inner(*map(self._vector, ends))
                    term = term * product**e
                else:
                    others.append((a, e))
            rest: Monomial = tuple(others)
            total = total + term * Scalar({rest: number(1).over[()]}, value.under)
        return total


def _sum(combinations: Sequence[dict[int, Scalar]]) -> dict[int, Scalar]:
    total: dict[int, Scalar] = {}
    for combination in combinations:
        for k, c in combination.items():
            total[k] = total.get(k, ZERO) + c
    return {k: c for k, c in total.items() if c.over}


def solved(ctx: Context, equations: Sequence[Vector]) -> Solved:
    """What the equations say, each ``equation`` = 0."""
    known = Solved(ctx)
    for equation in equations:
        known.add(equation)
    return known
