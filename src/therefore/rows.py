"""Exact elimination, for provers and refuters alike; nothing is believed of it."""

from __future__ import annotations

from fractions import Fraction
from math import gcd, lcm

__all__ = ["eliminated"]

_ZERO = Fraction(0)


def eliminated(rows: list[list[Fraction]], size: int) -> list[int]:
    """Reduce the rows by elimination over their first ``size`` columns; the pivots' columns."""
    work = [_whole(row) for row in rows]
    pivots: list[int] = []
    for k in range(size):
        done = len(pivots)
        chosen = next((i for i in range(done, len(work)) if work[i][k]), None)
        if chosen is None:
            continue
        work[done], work[chosen] = work[chosen], work[done]
        base, pivot = work[done], work[done][k]
        for i, row in enumerate(work):
            factor = row[k]
            if i != done and factor:
                work[i] = _shortened(
                    [pivot * a - factor * b for a, b in zip(row, base, strict=True)]
                )
        pivots.append(k)
    for i, row in enumerate(work):
        lead = row[pivots[i]] if i < len(pivots) else 1
        rows[i] = [Fraction(entry, lead) if entry else _ZERO for entry in row]
    return pivots


def _whole(row: list[Fraction]) -> list[int]:
    """Whole numbers in the same ratios."""
    common = lcm(*(entry.denominator for entry in row))
    return _shortened([entry.numerator * (common // entry.denominator) for entry in row])


def _shortened(row: list[int]) -> list[int]:
    divisor = gcd(*row)
    return [entry // divisor for entry in row] if divisor > 1 else row
