"""Determinants and signs of written-out matrices of exact numbers."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from therefore.refuters.logic import Truth

__all__ = ["by_pivots", "determinant", "determinant_of_fractions"]


def determinant(rows: list[list[Any]]) -> Any:
    """By the first row, so that nothing is divided."""
    if len(rows) == 1:
        return rows[0][0]
    total: Any = Fraction(0)
    for k, entry in enumerate(rows[0]):
        minor = determinant([row[:k] + row[k + 1 :] for row in rows[1:]])
        total = total + entry * minor * (-1) ** k
    return total


def by_pivots(rows: list[list[Fraction]], strict: bool) -> Truth:
    """Whether a symmetric matrix is definite; where a pivot is zero, its row has to be zero."""
    for k, row in enumerate(rows):
        if row[k] < 0 or (not row[k] and (strict or any(row[k:]))):
            return Truth.FALSE
        for i in range(k + 1, len(rows)) if row[k] else ():
            factor = rows[i][k] / row[k]
            rows[i] = [a - factor * b for a, b in zip(rows[i], row, strict=True)]
    return Truth.TRUE


def determinant_of_fractions(rows: list[list[Fraction]]) -> Fraction:
    """The determinant, row by row."""
    total = Fraction(1)
    while rows:
        place = next((i for i, row in enumerate(rows) if row[0]), None)
        if place is None:
            return Fraction(0)
        pivot = rows.pop(place)
        total *= pivot[0] * (-1) ** place
        rows = [
            [b - row[0] / pivot[0] * a for a, b in zip(pivot[1:], row[1:], strict=True)]
            for row in rows
        ]
    return total
