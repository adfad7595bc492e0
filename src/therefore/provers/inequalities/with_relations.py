"""The target from what is known: products of known relations, and multiples of equations."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, combinations_with_replacement
from typing import Any

from therefore.goal import to_lists
from therefore.kernel.polynomials import Monomial, Polynomial
from therefore.provers.attempt import Proof
from therefore.provers.bench import Bench
from therefore.provers.building.polynomial import ONE, degree, homogeneous, monomials, times
from therefore.provers.inequalities.polynomial_problem import Problem, polynomial_term
from therefore.provers.inequalities.sought_squares import LARGEST_BASIS, items_of
from therefore.provers.inequalities.weights import (
    Weight,
    products_of_signed,
    quotient_term,
    weight_of,
    weight_of_atoms,
)

__all__ = ["in_products", "with_relations"]

MOST_WEIGHTS = 40
MOST_TRIPLES = 6
MOST_PRODUCTS = 150


def in_products(bench: Bench, problem: Problem) -> Proof | None:
    """The target as a sum of products of what is known, of numbers and of multiples of equations.

    No square is sought, so that it does not matter whether zeros of the target are rational.
    """
    simple = [weight_of_atoms(problem, [a]) for a in problem.atoms if a in problem.signs]
    simple += [weight_of(problem, one) for one in problem.bounds]
    top = max(degree(problem.target), *(degree(one.polynomial) for one in problem.given), 2)
    weights = [Weight(ONE, [], True)]
    for count in range(1, top + 1):
        for chosen in combinations_with_replacement(simple, count):
            if sum(degree(one.polynomial) for one in chosen) <= top:
                product = chosen[0]
                for one in chosen[1:]:
                    product = product.times(one)
                weights.append(product)
            if len(weights) > MOST_PRODUCTS:
                return None
    free = [
        (equation, m) for equation in problem.equations
        for m in monomials(problem.atoms, 0, top - degree(equation.polynomial))
    ]  # fmt: skip
    bases: list[list[Monomial]] = [[()] for _ in weights]
    items = items_of(bench, problem, problem.target, weights, bases, free, problem.strict)
    if items is None:
        return None
    return _over_its_denominator(problem, problem.target, ONE, items)


def with_relations(bench: Bench, problem: Problem, more: int) -> Proof | None:
    """The target as a sum of squares, weighted by products of what is known, and of equations.

    Where all is homogeneous, ``more`` multiplies the target by the sum of the variables; where it
    is not, higher degrees are allowed.
    """
    given = [weight_of(problem, one) for one in problem.bounds]
    everything = [problem.target, *(one.polynomial for one in problem.given)]
    is_form = all(map(homogeneous, everything))
    target, factor = problem.target, ONE
    if is_form and more:
        certain = [a for a in problem.atoms if a in problem.signs and a in problem.nonzero]
        if more > 1 or not certain:
            return None
        factor = {((a, 1),): Fraction(problem.signs[a]) for a in certain}
        target = times(target, factor)
    top = max(degree(target), *(degree(one.polynomial) for one in problem.equations), 0)
    top += 0 if is_form else more
    weights = products_of_signed(problem, 2 if more == 0 else len(problem.signs))
    signed = products_of_signed(problem, 1 if more or is_form else 0)
    weights += [one.times(other) for one in given for other in signed]
    weights += [one.times(other) for one, other in combinations(given, 2)]
    if len(given) <= MOST_TRIPLES and top >= 3:
        weights += [one.times(x).times(y) for one, x, y in combinations(given, 3)]
    usable, bases = [], []
    for one in weights[: MOST_WEIGHTS * 2]:
        room = top - degree(one.polynomial)
        if room < 0 or (is_form and room % 2):
            continue
        basis = list(monomials(problem.atoms, room // 2 if is_form else 0, room // 2))
        if len(basis) > LARGEST_BASIS:
            return None
        usable.append(one)
        bases.append(basis)
    free = []
    for equation in problem.equations:
        room = top - degree(equation.polynomial)
        if room >= 0:
            free += [(equation, m) for m in monomials(problem.atoms, room if is_form else 0, room)]
    items = items_of(bench, problem, target, usable, bases, free, problem.strict)
    if items is None:
        return None
    return _over_its_denominator(problem, target, factor, items)


def _over_its_denominator(
    problem: Problem, target: Polynomial, factor: Polynomial, items: list[dict[str, Any]]
) -> Proof:
    """From items that add up to target · factor."""
    divisor = list(problem.under)
    if factor != ONE:
        divisor.append(polynomial_term(problem, factor))
    proof: Proof = {"rule": "combine", "items": items}
    if not divisor:
        return proof
    fact = ("<" if problem.strict else "<=", "0", polynomial_term(problem, target))
    label = f"sign{len(problem.ctx.facts)}"
    last = {"fact": label, "times": to_lists(quotient_term([], divisor))}
    return {
        "rule": "have", "fact": to_lists(fact), "as": label, "proof": proof,
        "then": {"rule": "combine", "items": [last]},
    }  # fmt: skip
