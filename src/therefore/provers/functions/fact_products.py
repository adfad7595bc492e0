"""Polynomials in letters that are sums of products of two known facts, such as 1 − ημ ≥ 0.

1 − ημ = L·(1/L − η) + η·(L − μ): each fact without its denominators, by itself, times a letter or
times another one. Which of the products are needed says a linear program; it is solved exactly.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

import numpy as np

from therefore.goal import Term, to_lists
from therefore.kernel.context import Context
from therefore.kernel.errors import Rejected
from therefore.kernel.polynomials import ONE, Scalar, atom, number
from therefore.provers.building.unnormal import scalar_term
from therefore.rows import eliminated

__all__ = ["by_products"]

MOST_FACTS = 12


def by_products(
    ctx: Context, value: Scalar, multiplied: Callable[[Term], Term]
) -> list[dict[str, Any]] | None:
    """Items that add up to the value, each with the multiplier that ``multiplied`` makes of its."""
    letters = {a for monomial in value.over for a, _ in monomial}
    facts = list(_facts(ctx, letters))[:MOST_FACTS]
    plain = [ONE, *map(atom, sorted(letters)), *(fact * below for _, fact, below in facts)]
    products = [
        (label, fact * below * other, below * other)
        for label, fact, below in facts
        for other in plain
        if ctx.holds(("<=", "0", scalar_term(ctx.atoms, below * other)))
    ]
    weights = _weights([product for _, product, _ in products], value)
    if weights is None:
        return None
    items = []
    for (label, _, times), weight in zip(products, weights, strict=True):
        if weight:
            term = multiplied(scalar_term(ctx.atoms, times * number(weight)))
            if not ctx.holds(("<=", "0", term)):
                return None
            items.append({"fact": label, "times": to_lists(term)})
    return items


def _facts(ctx: Context, letters: set[int]) -> Iterator[tuple[str, Scalar, Scalar]]:
    """Inequalities of these letters: the label, right minus left, and its denominator."""
    for label, fact in ctx.facts.items():
        if fact[0] not in ("<=", "<"):
            continue
        try:
            value = ctx.normal.scalar(fact[2]) - ctx.normal.scalar(fact[1])
        except (Rejected, KeyError):
            continue
        below = (Scalar({(): Fraction(1)}, value.under)).inverse() if value.under else ONE
        present = {a for part in (value, below) for m in part.over for a, _ in m}
        names = all(ctx.atoms.rows[a].head == "name" for a in present)
        if value.over and names and present & letters and not (value * below).under:
            yield label, value, below


def _weights(products: list[Scalar], value: Scalar) -> list[Fraction] | None:
    """Weights that are not negative, with which the products add up to the value."""
    from scipy.optimize import linprog

    columns = [product.over for product in products]
    keys = sorted({m for over in (*columns, value.over) for m in over})
    if not columns or value.under:
        return None
    left = np.array([[float(over.get(m, 0)) for over in columns] for m in keys])
    right = np.array([float(value.over.get(m, 0)) for m in keys])
    found = linprog(np.ones(len(columns)), A_eq=left, b_eq=right, method="highs")
    if not found.success:
        return None
    used = [k for k, weight in enumerate(found.x) if weight > 1e-9]
    zero = Fraction(0)
    rows = [[*(columns[k].get(m, zero) for k in used), value.over.get(m, zero)] for m in keys]
    pivots = eliminated(rows, len(used))
    if len(pivots) < len(used) or any(row[-1] for row in rows[len(pivots) :]):
        return None
    weights = [zero] * len(products)
    for row, pivot in zip(rows, pivots, strict=False):
        weights[used[pivot]] = row[-1]
    return None if any(weight < 0 for weight in weights) else weights
