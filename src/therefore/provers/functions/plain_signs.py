"""Products that are not negative, with a proof where inspection does not see it.

A factor such as 2T + 1 − 2t is plain once T is written as t + 1 + u with u = T − 1 − t ≥ 0: all
its coefficients are positive then. The proof adds up the monomials, each of which is seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations
from typing import Any

from therefore.goal import Term, to_lists
from therefore.kernel.context import Context
from therefore.kernel.polynomials import ONE, ZERO, Polynomial, Scalar, atom, number
from therefore.kernel.signs import NONNEGATIVE
from therefore.provers.building.unnormal import scalar_term
from therefore.provers.functions.fact_products import by_products

__all__ = ["Factors", "signed"]

# A number, and terms with exponents, which may be negative.
Factors = tuple[Scalar, Sequence[tuple[Polynomial, int]]]

MOST_WAYS = 400


def signed(ctx: Context, factors: Factors) -> tuple[Term, dict[str, Any]] | None:
    """The product as a term, and the item's ``sign`` if it needs one; None if no sign is found."""
    constant, parts = factors
    value = constant.constant()
    if value is None or value < 0:
        return None
    above = [(poly, e) for poly, e in parts if e > 0]
    below = [(poly, -e) for poly, e in parts if e < 0]
    term = _term(ctx, scalar_term(ctx.atoms, constant), above, below)
    if ctx.holds(("<=", "0", term)):
        return term, {}
    plain, hidden = [], ONE
    for poly, e in above:
        if e % 2 and not ctx.holds(("<=", "0", scalar_term(ctx.atoms, Scalar(poly)))):
            hidden = hidden * Scalar(poly)
            if e > 1:
                plain.append((poly, e - 1))
        else:
            plain.append((poly, e))
    facts = _facts(ctx)
    for chosen in _ways(facts, {a for m in hidden.over for a, _ in m}):
        by = {a: _solved(fact, a, -1 - k) for k, (a, fact) in enumerate(chosen)}
        shifted = _shifted(hidden, by)
        if any(c < 0 for c in shifted.over.values()):
            continue
        names = {-1 - k: scalar_term(ctx.atoms, fact) for k, (_, fact) in enumerate(chosen)}
        items = []
        for monomial, c in shifted.over.items():
            its = [(names[a] if a < 0 else scalar_term(ctx.atoms, atom(a)), e) for a, e in monomial]
            start = scalar_term(ctx.atoms, number(c) * constant)
            times = _term(ctx, start, plain, below, its)
            if not ctx.holds(("<=", "0", times)):
                break
            items.append({"square": "1", "times": to_lists(times)})
        else:
            return term, {"sign": {"rule": "combine", "items": items}}
    found = by_products(ctx, hidden, lambda times: _term(
        ctx, scalar_term(ctx.atoms, constant), plain, below, [(times, 1)]
    ))  # fmt: skip
    return None if found is None else (term, {"sign": {"rule": "combine", "items": found}})


def _term(
    ctx: Context,
    start: Term,
    above: Sequence[tuple[Polynomial, int]],
    below: Sequence[tuple[Polynomial, int]],
    more: Sequence[tuple[Term, int]] = (),
) -> Term:
    tops = [(scalar_term(ctx.atoms, Scalar(poly)), e) for poly, e in above] + list(more)
    factors = [_power(term, e) for term, e in tops]
    if start != "1" or not factors:
        factors.insert(0, start)
    over = factors[0] if len(factors) == 1 else ("*", *factors)
    under = [_power(scalar_term(ctx.atoms, Scalar(poly)), e) for poly, e in below]
    if not under:
        return over
    return ("/", over, under[0] if len(under) == 1 else ("*", *under))


def _power(term: Term, exponent: int) -> Term:
    return term if exponent == 1 else ("^", term, str(exponent))


def _facts(ctx: Context) -> list[Scalar]:
    """Linear facts that are not negative, in names alone."""
    found = []
    for fact, signs in ctx.known:
        linear = all(sum(e for _, e in m) < 2 for m in fact.over)
        names = all(ctx.atoms.rows[a].head == "name" for m in fact.over for a, _ in m)
        if signs <= NONNEGATIVE and not fact.under and linear and names and fact.over:
            found.append(fact)
    return found


def _ways(facts: list[Scalar], present: set[int]) -> Iterator[list[tuple[int, Scalar]]]:
    """For some of the atoms, each in turn, a fact to write it by."""
    useful = [fact for fact in facts if {a for m in fact.over for a, _ in m} & present]
    count = 0
    for size in range(1, 4):
        for chosen in permutations(useful, size):
            ways: list[list[tuple[int, Scalar]]] = [[]]
            for fact in chosen:
                atoms = {a for m in fact.over for a, _ in m}
                ways = [
                    [*way, (a, fact)] for way in ways
                    for a in sorted(atoms) if a not in {b for b, _ in way}
                ]  # fmt: skip
            for way in ways:
                count += 1
                if count > MOST_WAYS:
                    return
                yield way


def _solved(fact: Scalar, a: int, new: int) -> Scalar:
    """The atom from fact = new."""
    slope = fact.over[((a, 1),)]
    rest = fact - atom(a) * number(slope)
    return (atom(new) - rest) * number(1 / slope)


def _shifted(value: Scalar, by: dict[int, Scalar]) -> Scalar:
    """The atoms replaced one after the other, each by what may hold later ones."""
    for a, what in by.items():
        total = ZERO
        for monomial, c in value.over.items():
            term = number(c)
            for b, e in monomial:
                term = term * (what**e if a == b else atom(b, e))
            total = total + term
        value = total
    return value
