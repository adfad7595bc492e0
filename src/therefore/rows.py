"""Exact elimination, for provers and refuters alike; nothing is believed of it."""

from __future__ import annotations

from fractions import Fraction

__all__ = ["eliminated"]


def eliminated(rows: list[list[Fraction]], size: int) -> list[int]:
    """Reduce the rows by elimination over their first ``size`` columns; the pivots' columns."""
    pivots: list[int] = []
    for k in range(size):
        done = len(pivots)
        chosen = next((i for i in range(done, len(rows)) if rows[i][k]), None)
        if chosen is None:
            continue
        rows[done], rows[chosen] = rows[chosen], rows[done]
        pivot = rows[done][k]
        rows[done] = [entry / pivot for entry in rows[done]]
        for i, row in enumerate(rows):
            if i != done and row[k]:
                rows[i] = [a - row[k] * b for a, b in zip(row, rows[done], strict=True)]
        pivots.append(k)
    return pivots
