"""Where a sum of squares vanishes: bases restricted to what is orthogonal to it, exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from therefore.kernel.polynomials import Polynomial
from therefore.provers.building.polynomial import plus

__all__ = ["Block", "restricted"]

# Denominators in what is mapped to zero, and how near they have to be: where the target has a zero
# of higher order, the dual is not exact.
NEAR = ((1, 2e-2), (4, 8e-3), (12, 3e-3), (64, 1e-3))


@dataclass
class Block:
    """A weight, and the basis of the polynomials whose squares it is multiplied by."""

    weight: Polynomial
    basis: list[Polynomial]


def restricted(blocks: list[Block], worst: Sequence[Any]) -> bool:
    """Restrict each basis to what is orthogonal to the worst case; False if that is nothing."""
    spectra = [np.linalg.eigh(one) if len(one) else (np.zeros(0), one) for one in worst]
    largest = max((float(values[-1]) for values, _ in spectra if len(values)), default=0.0)
    if largest <= 0:
        return False
    changed = False
    for block, (values, vectors) in zip(blocks, spectra, strict=True):
        kernel = _rational_span(vectors[:, values > 0.02 * largest].T)
        if kernel is None:
            return False
        if kernel:
            block.basis = _orthogonal(block.basis, kernel)
            changed = True
    return changed


def _rational_span(rows: Any) -> list[list[Fraction]] | None:
    """The reduced rows that span the same, with small denominators; None if there are none such."""
    work = np.array(rows, dtype=float)
    done: list[int] = []
    for r in range(len(work)):
        k = int(np.argmax(np.abs(work[r:]).max(axis=0)))
        if k in done:
            return None
        p = r + int(np.argmax(np.abs(work[r:, k])))
        if abs(work[p, k]) < 1e-6:
            return None
        work[[r, p]] = work[[p, r]]
        work[r] /= work[r, k]
        for i in range(len(work)):
            if i != r:
                work[i] -= work[i, k] * work[r]
        done.append(k)
    found = []
    for row in work:
        for largest, error in NEAR:
            exact = [Fraction(float(c)).limit_denominator(largest) for c in row]
            if max(abs(float(a) - b) for a, b in zip(exact, row, strict=True)) < error:
                found.append(exact)
                break
        else:
            return None
    return found


def _orthogonal(basis: list[Polynomial], kernel: list[list[Fraction]]) -> list[Polynomial]:
    """A basis of the combinations of the basis that are orthogonal to the reduced rows."""
    pivots = [next(k for k in _pivot_order(kernel, r)) for r in range(len(kernel))]
    found = []
    for k in range(len(basis)):
        if k in pivots:
            continue
        total = dict(basis[k])
        for row, p in zip(kernel, pivots, strict=True):
            total = plus(total, basis[p], -row[k])
        found.append(total)
    return found


def _pivot_order(kernel: list[list[Fraction]], r: int) -> list[int]:
    """The column that is 1 in this row and 0 in the others."""
    return [
        k for k, c in enumerate(kernel[r])
        if c == 1 and all(not row[k] for i, row in enumerate(kernel) if i != r)
    ]  # fmt: skip
