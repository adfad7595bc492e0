"""Multipliers that depend on letters, read off from what they are at many values of the letters.

Where the known relations do not determine the multipliers, the worst case does, and at each value
of the letters it is found in numbers. A multiplier is then taken to be a number times powers of
factors that the problem is made of, such as L − μ and 1 − ημ; the exponents are found by
logarithms, and must give the multipliers exactly.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from math import log, prod
from typing import Any, TypeAlias

import numpy as np

from therefore.kernel.context import Context
from therefore.kernel.polynomials import Monomial, Polynomial
from therefore.provers.building.field import Field

__all__ = ["MOST_SAMPLES", "fitted", "polynomial_at"]

Element: TypeAlias = Any  # of the field of the letters
Sample: TypeAlias = dict[int, Fraction]

MOST_FACTORS = 10
MOST_SAMPLES = 40
BEYOND = 2  # so many more samples than unknowns
HIGHEST = 6  # of the exponents
TRIES = 150


def fitted(
    ctx: Context,
    domain: Field,
    elements: Iterable[Element],
    samples: Iterable[Sample],
    at: Callable[[Sample], Sequence[Fraction] | None],
) -> list[Element] | None:
    """The multipliers as elements of the field, or None.

    ``elements`` are those that the problem is made of, and ``at`` finds the multipliers in numbers.
    """
    if not domain.of:
        return None
    factors = _factors(ctx, domain, elements)
    rows: list[list[Fraction]] = []
    found: list[Sequence[Fraction]] = []
    enough = len(factors) + 1 + BEYOND
    for sample in samples:
        values = [polynomial_at(over, sample).get((), Fraction(0)) for over, _ in factors]
        multipliers = at(sample) if all(values) else None
        if multipliers is None:
            continue
        rows.append(values)
        found.append(multipliers)
        if len(rows) == enough:
            made = _products(domain, [one for _, one in factors], rows, found, enough)
            if made is not None:
                return made
    return _products(domain, [one for _, one in factors], rows, found, enough)


def _products(
    domain: Field,
    factors: Sequence[Element],
    rows: Sequence[Sequence[Fraction]],
    found: Sequence[Sequence[Fraction]],
    enough: int,
) -> list[Element] | None:
    made = []
    for column in zip(*found, strict=True):
        element = _product(domain, factors, rows, column, enough)
        if element is None:
            return None
        made.append(element)
    return made or None


def polynomial_at(poly: Polynomial, sample: Sample) -> dict[Monomial, Fraction]:
    """The polynomial with numbers for letters."""
    total: dict[Monomial, Fraction] = {}
    for monomial, c in poly.items():
        main = []
        for a, e in monomial:
            if a in sample:
                c = c * sample[a] ** e
            else:
                main.append((a, e))
        total[tuple(main)] = total.get(tuple(main), Fraction(0)) + c
    return {m: c for m, c in total.items() if c}


def _factors(
    ctx: Context, domain: Field, elements: Iterable[Element]
) -> list[tuple[Polynomial, Element]]:
    """The irreducible factors of elements, and of facts about letters, each once."""
    about = (domain.column(fact) for fact, _ in ctx.known if _is_of(domain, fact.over))
    everything = [*elements, *(c.get((), 0) for c in about)]
    found: dict[Any, Element] = {}
    for element in everything:
        for poly in (element.numer, element.denom) if element else ():
            for factor, _ in poly.factor_list()[1]:
                found.setdefault(factor.monic(), domain.domain(factor))
    return [
        (domain.scalar(element).over, element)
        for element in list(found.values())[:MOST_FACTORS]
    ]  # fmt: skip


def _is_of(domain: Field, poly: Polynomial) -> bool:
    return bool(poly) and all(a in domain.of for monomial in poly for a, _ in monomial)


def _product(
    domain: Field,
    factors: Sequence[Element],
    rows: Sequence[Sequence[Fraction]],
    values: Sequence[Fraction],
    enough: int,
) -> Element | None:
    """A number times powers of the factors that has these values where the factors have theirs.

    At some of the values, where the class is empty, say, any multipliers will do: some are chosen
    at random, and enough of the others have to agree with them.
    """
    if not any(values):
        return domain.domain(0)
    if len(values) < enough:
        return None
    draw = random.Random(0)
    usable = [k for k, value in enumerate(values) if value]
    left = np.array([[1.0, *(log(abs(c)) for c in row)] for row in rows])
    right = np.array([log(abs(value)) if value else 0.0 for value in values])
    for attempt in range(TRIES if len(usable) > enough else 1):
        size = len(usable) if not attempt else len(factors) + 1
        chosen = draw.sample(usable, min(size, len(usable)))
        powers, *_ = np.linalg.lstsq(left[chosen], right[chosen], rcond=None)
        exponents = [round(float(e)) for e in powers[1:]]
        if (
            np.abs(powers[1:] - exponents).max(initial=0) > 0.01
            or max(map(abs, exponents)) > HIGHEST
        ):
            continue
        over = [
            value / prod((c**e for c, e in zip(row, exponents, strict=True)), start=Fraction(1))
            for row, value in zip(rows, values, strict=True)
        ]
        number, agree = Counter(over).most_common(1)[0]
        if agree >= enough:
            element = domain.domain(1) * number.numerator / number.denominator
            for factor, e in zip(factors, exponents, strict=True):
                element = element * factor**e
            return element
    return None
