"""Maps that are affine in some numbers, exactly: where they vanish."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from therefore.refuters.jets import Unknown
from therefore.refuters.reals import Real
from therefore.refuters.surds import Surd
from therefore.rows import eliminated

__all__ = ["AffineMap", "affine_map", "is_affine"]


@dataclass(frozen=True)
class AffineMap:
    """``base + sum_k x_k columns_k``, over the fractions."""

    base: tuple[Fraction, ...]
    columns: tuple[tuple[Fraction, ...], ...]

    def zero_near(self, start: list[Fraction]) -> list[Fraction] | None:
        """A zero, by elimination; coordinates that stay free keep their start.

        ``None`` if there is none.
        """
        values = list(self.base)
        for number, column in zip(start, self.columns, strict=True):
            if number:
                values = [a + number * b for a, b in zip(values, column, strict=True)]
        rows = [
            [column[i] for column in self.columns] + [-value] for i, value in enumerate(values)
        ]
        pivots = eliminated(rows, len(start))
        if any(row[-1] for row in rows[len(pivots) :]):
            return None
        solution = list(start)
        for row, k in zip(rows, pivots, strict=False):
            solution[k] += row[-1]
        return solution


def affine_map(residual: Callable[[list[Fraction]], list[Any]], count: int) -> AffineMap:
    """The affine map that agrees with ``residual`` at 0 and at the unit vectors.

    Raises ``Unknown`` if irrational numbers come up.
    """
    base = residual([Fraction(0)] * count)
    columns = []
    for k in range(count):
        moved = residual([Fraction(int(i == k)) for i in range(count)])
        columns.append([a - b for a, b in zip(moved, base, strict=True)])
    if any(isinstance(e, Surd | Real) for column in (base, *columns) for e in column):
        raise Unknown
    return AffineMap(
        tuple(map(Fraction, base)), tuple(tuple(map(Fraction, column)) for column in columns)
    )


def is_affine(residual: Callable[[list[Fraction]], list[Fraction]], count: int) -> bool:
    """Whether a map is affine, as far as three random points tell."""
    rng = random.Random(count)
    for _ in range(3):
        a, b = ([Fraction(rng.randint(-9, 9)) for _ in range(count)] for _ in range(2))
        middle = [(p + q) / 2 for p, q in zip(a, b, strict=True)]
        sums = zip(residual(a), residual(b), residual(middle), strict=True)
        if any(p + q != 2 * m for p, q, m in sums):
            return False
    return True
