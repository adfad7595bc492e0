"""What is not negative: products of variables of known signs, and of known relations."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from typing import Any

from therefore.goal import Term, to_lists
from therefore.kernel.polynomials import Polynomial
from therefore.provers.building.polynomial import ONE, times
from therefore.provers.inequalities.polynomial_problem import (
    Given,
    Problem,
    atom_term,
    polynomial_term,
)

__all__ = [
    "Weight", "of_equation", "product_term", "products_of_signed", "quotient_term", "weight_of",
    "weight_of_atoms",
]  # fmt: skip


class Weight:
    """What is not negative: a polynomial, its factors as terms, and whether it is positive."""

    def __init__(self, polynomial: Polynomial, terms: list[Term], positive: bool) -> None:
        self.polynomial, self.terms, self.positive = polynomial, terms, positive

    def times(self, other: Weight) -> Weight:
        return Weight(
            times(self.polynomial, other.polynomial),
            [*self.terms, *other.terms],
            self.positive and other.positive,
        )


def weight_of_atoms(problem: Problem, atoms: list[int]) -> Weight:
    weight = Weight(ONE, [], True)
    for a in atoms:
        sign, term = problem.signs[a], atom_term(problem, a)
        one: Polynomial = {((a, 1),): Fraction(sign)}
        named = [term if sign > 0 else ("-", term)]
        weight = weight.times(Weight(one, named, a in problem.nonzero))
    return weight


def products_of_signed(problem: Problem, most: int) -> list[Weight]:
    """Products of different variables of known signs, each counted as not negative."""
    signed = [a for a in problem.atoms if a in problem.signs]
    found = []
    for count in range(min(most, len(signed)) + 1):
        for chosen in combinations(signed, count):
            found.append(weight_of_atoms(problem, list(chosen)))
    return found


def weight_of(problem: Problem, given: Given) -> Weight:
    terms = list(given.terms) or [polynomial_term(problem, given.polynomial)]
    return Weight(given.polynomial, terms, given.kind == "<")


def of_equation(
    problem: Problem, equation: Given, factor: Polynomial, divisor: list[Term]
) -> dict[str, Any]:
    """The item that adds factor · equation / divisor; the fact has its own denominator."""
    over = [polynomial_term(problem, factor), *equation.under]
    return {"fact": equation.label, "times": to_lists(quotient_term(over, divisor))}


def product_term(factors: list[Term]) -> Term:
    return "1" if not factors else factors[0] if len(factors) == 1 else ("*", *factors)


def quotient_term(over: list[Term], under: list[Term]) -> Term:
    return ("/", product_term(over), product_term(under)) if under else product_term(over)
