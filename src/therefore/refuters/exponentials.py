"""Exponentials of small matrices, exactly: where the series ends, on diagonals, and of two rows."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, TypeAlias

from therefore.refuters.jets import Unknown, divide, elementary, root, sign, standard

__all__ = ["exponential_of_rows"]

Rows: TypeAlias = list[list[Any]]


def exponential_of_rows(rows: Rows) -> Rows:
    """e^A. Raises ``Unknown`` where it takes more than exp of numbers and √ of a discriminant."""
    places = range(len(rows))
    if all(not sign(rows[i][j]) for i in places for j in places if i != j):
        return [[elementary("exp", rows[i][i]) if i == j else Fraction(0) for j in places]
                for i in places]  # fmt: skip
    total: Any = sum((rows[i][i] for i in places), Fraction(0))
    middle = total * Fraction(1, len(rows))
    rest = [[rows[i][j] + -middle if i == j else rows[i][j] for j in places] for i in places]
    series = _series(rest)
    if series is None:
        series = _of_two_rows(rest)
    factor = elementary("exp", middle)
    return [[factor * entry for entry in row] for row in series]


def _series(rows: Rows) -> Rows | None:
    """The series, where it ends: by the power that the infinitesimals of its entries allow."""
    places = range(len(rows))
    power: Rows = [[Fraction(int(i == j)) for j in places] for i in places]
    total = power
    for k in range(1, 4 * len(rows) + 1):
        power = [
            [sum((row[m] * rows[m][j] for m in places), Fraction(0)) * Fraction(1, k)
             for j in places]
            for row in power
        ]  # fmt: skip
        if not any(sign(entry) for row in power for entry in row):
            return total
        total = [[a + b for a, b in zip(*pair, strict=True)]
                 for pair in zip(total, power, strict=True)]  # fmt: skip
    return None


def _of_two_rows(rows: Rows) -> Rows:
    """e^B = cosh r · I + (sinh r)/r · B for B² = r²·I, or with cos and sin for B² = −r²·I."""
    if len(rows) != 2 or any(standard(entry) is not entry for row in rows for entry in row):
        raise Unknown
    square = rows[0][0] * rows[0][0] + rows[0][1] * rows[1][0]
    if sign(square) > 0:
        r = root(square)
        up, down = elementary("exp", r), elementary("exp", -r)
        even, odd = (up + down) * Fraction(1, 2), divide((up + -down) * Fraction(1, 2), r)
    else:
        r = root(-square)
        even, odd = elementary("cos", r), divide(elementary("sin", r), r)
    return [[odd * entry + even if i == j else odd * entry for j, entry in enumerate(row)]
            for i, row in enumerate(rows)]  # fmt: skip
