"""Sums of squares for a polynomial question: which weights and bases, and what they prove."""

from __future__ import annotations

import time
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from therefore.goal import to_lists
from therefore.kernel.polynomials import Monomial, Polynomial
from therefore.provers.attempt import Proof
from therefore.provers.bench import Bench
from therefore.provers.building.polynomial import (
    ONE,
    degree,
    degree_of,
    homogeneous,
    merged,
    monomials,
    times,
)
from therefore.provers.inequalities.polynomial_problem import Given, Problem, polynomial_term
from therefore.provers.inequalities.restricting import Block
from therefore.provers.inequalities.weighted_squares import weighted_squares
from therefore.provers.inequalities.weights import (
    Weight,
    of_equation,
    product_term,
    products_of_signed,
    weight_of_atoms,
)

__all__ = ["LARGEST_BASIS", "in_pairs", "items_of", "squares"]

MOST_PAIRS = 600
LARGEST_BASIS = 70


def squares(more: int) -> Callable[[Bench, Problem], Proof | None]:
    """The way to show that the target, times a sum or a square, is a sum of squares."""

    def show(bench: Bench, problem: Problem) -> Proof | None:
        return _squares_of(bench, problem, more)

    return show


def _squares_of(bench: Bench, problem: Problem, more: int) -> Proof | None:
    ctx, target = problem.ctx, problem.target
    if not target:
        return {"rule": "inspect"}
    present = sorted({a for m in target for a, _ in m})
    problem = problem.of(target)
    factor: Polynomial = ONE
    if more:
        if more > 1 or not all(a in problem.signs for a in present):
            factor = {((a, 2),): Fraction(1) for a in present}
            if not homogeneous(target):
                factor[()] = Fraction(1)
        else:
            factor = {((a, 1),): Fraction(problem.signs[a]) for a in present}
            if not homogeneous(target):
                factor[()] = Fraction(1)
    multiplied = times(target, factor)
    weights = [
        one for one in products_of_signed(problem, len(present))
        if all(a in present for m in one.polynomial for a, _ in m)
    ]  # fmt: skip
    weights, bases = _bases(bench, multiplied, weights, present)
    items = items_of(bench, problem, multiplied, weights, bases, [], problem.strict)
    if items is None:
        return None
    proof: Proof = {"rule": "combine", "items": items}
    if factor == ONE:
        return proof
    term = polynomial_term(problem, factor)
    fact = ("<" if problem.strict else "<=", "0", polynomial_term(problem, multiplied))
    label = f"product{len(ctx.facts)}"
    if not factor.get(()) and not problem.nonzero & set(present):
        return None  # the factor may be zero
    last = {"fact": label, "times": to_lists(("/", "1", term))}
    return {
        "rule": "have", "fact": to_lists(fact), "as": label, "proof": proof,
        "then": {"rule": "combine", "items": [last]},
    }  # fmt: skip


def _bases(
    bench: Bench, target: Polynomial, weights: list[Weight], atoms: list[int]
) -> tuple[list[Weight], list[list[Monomial]]]:
    """Monomials whose squares may occur: what nothing can cancel is left out, again and again."""
    top, is_form = degree(target), homogeneous(target)
    box = {a: max(dict(m).get(a, 0) for m in target) for a in atoms}
    found: list[tuple[Weight, Monomial, list[Monomial]]] = []
    for one in weights:
        w = next(iter(one.polynomial))
        room = top - degree_of(w)
        if room < 0 or (is_form and room % 2):
            continue
        least = room // 2 if is_form else 0
        fit = [m for m in monomials(atoms, least, room // 2) if _is_inside(merged(w, m), m, box)]
        if len(fit) > 2 * LARGEST_BASIS:
            return [], []
        found.append((one, w, fit))
    while True:
        bench.check_time()
        crossed = set(target)
        for _, w, basis in found:
            for i, m in enumerate(basis):
                crossed |= {merged(w, merged(m, n)) for n in basis[:i]}
        kept = [
            (one, w, [m for m in basis if merged(w, merged(m, m)) in crossed])
            for one, w, basis in found
        ]
        if kept == found:
            break
        found = kept
    found = [part for part in found if part[2]]
    return [one for one, _, _ in found], [basis for _, _, basis in found]


def _is_inside(first: Monomial, second: Monomial, box: dict[int, int]) -> bool:
    """Whether no exponent of the product is above all of the target's."""
    return all(e <= box[a] for a, e in merged(first, second))


def items_of(
    bench: Bench,
    problem: Problem,
    target: Polynomial,
    weights: list[Weight],
    bases: list[list[Monomial]],
    free: list[tuple[Given, Monomial]],
    strict: bool,
) -> list[dict[str, Any]] | None:
    """Items of ``combine`` that add up to the target, or None."""
    if any(len(basis) > LARGEST_BASIS for basis in bases) or len(weights) > MOST_PAIRS:
        return None
    blocks = [
        Block(one.polynomial, [{m: Fraction(1)} for m in basis])
        for one, basis in zip(weights, bases, strict=True)
    ]
    certain = list(weights)
    if strict and not any(one.positive for one in weights):
        return None
    if strict:
        for one in weights:
            if one.positive:
                blocks.append(Block(one.polynomial, [ONE]))
                certain.append(one)
    found = weighted_squares(
        target,
        blocks,
        [times(given.polynomial, {m: Fraction(1)}) for given, m in free],
        bench.check_time,
        _left(bench),
        bench.note,
        range(len(weights), len(blocks)),
    )
    if found is None:
        return None
    items: list[dict[str, Any]] = []
    is_positive = False
    for one, squares in zip(certain, found.squares, strict=True):
        for d, root in squares:
            constant = root.get(()) if len(root) == 1 else None
            if constant is not None and one.positive:
                is_positive = True
                whole = product_term([str(d * constant**2), *one.terms])
                items.append({"positive": to_lists(whole)})
                continue
            weight = product_term([str(d), *one.terms] if d != 1 or not one.terms else one.terms)
            items.append(
                {"square": to_lists(polynomial_term(problem, root)), "times": to_lists(weight)}
            )
    if strict and not is_positive:
        return None
    sums: dict[str, tuple[Given, Polynomial]] = {}
    for (given, m), c in zip(free, found.multipliers, strict=True):
        if c and given.label:
            sums.setdefault(given.label, (given, {}))[1][m] = c
    items += [of_equation(problem, given, factor, []) for given, factor in sums.values()]
    return items


def _left(bench: Bench) -> Callable[[], float]:
    return lambda: bench.deadline - time.monotonic()


# ------------------------------------------------------------------ two terms a square


def in_pairs(bench: Bench, problem: Problem) -> Proof | None:
    """Each term that may be negative between two that are not: squares of two terms each."""
    certain = problem.signs
    weights: list[Weight] = []
    bases: list[list[Monomial]] = []
    positive = [m for m, c in problem.target.items() if c > 0]
    for m in positive:
        odd = [a for a, e in m if e % 2]
        if all(a in certain for a in odd):
            weights.append(weight_of_atoms(problem, odd))
            bases.append([_half(m)])
    for low in (m for m, c in problem.target.items() if c < 0):
        for first in positive:
            second = _across(low, first)
            if second is None or second <= first or problem.target.get(second, 0) <= 0:
                continue
            odd = [a for a, e in first if e % 2]
            if all((e - dict(second).get(a, 0)) % 2 == 0 for a, e in first) and all(
                a in certain for a in odd
            ):
                weights.append(weight_of_atoms(problem, odd))
                bases.append([_half(first), _half(second)])
    if len(weights) > MOST_PAIRS:
        return None
    items = items_of(bench, problem, problem.target, weights, bases, [], problem.strict)
    return None if items is None else {"rule": "combine", "items": items}


def _across(middle: Monomial, one: Monomial) -> Monomial | None:
    """The monomial on the other side of the middle."""
    exponents = {a: 2 * e for a, e in middle}
    for a, e in one:
        exponents[a] = exponents.get(a, 0) - e
    if min(exponents.values(), default=0) < 0:
        return None
    return tuple(sorted((a, e) for a, e in exponents.items() if e))


def _half(m: Monomial) -> Monomial:
    """The root of a monomial without its odd powers."""
    return tuple((a, e // 2) for a, e in m if e // 2)
