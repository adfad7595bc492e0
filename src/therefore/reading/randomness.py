"""From expectations and covariances to kernel terms. TRUSTED."""

from __future__ import annotations

from typing import Any

import sympy

from therefore.goal import Term
from therefore.kernel.binders import binds
from therefore.language import randomness
from therefore.language.errors import IllFormed, WrongShape
from therefore.reading.arrays import ArrayReader
from therefore.reading.sorts import Sort, described, is_matrix, is_number, is_vector
from therefore.reading.sympy_terms import Read, Scope

__all__ = ["RandomReader", "spread_of"]

_RANDOM = (randomness.RandomVector, randomness.RandomMatrix, randomness.RandomNumber)
_OUTCOME = "the outcome"  # what an expectation binds; no object of the language


def spread_of(one: Term, other: Term, sort: Sort) -> Term:
    """E[(u - E u)(v - E v)^T] of two bodies under the binder of an outcome.

    Of numbers, the product in the place of the outer product. The means stand one binder further
    in than the bodies.
    """
    away = (("+", body, ("-", ("expectation", _further_in(body)))) for body in (one, other))
    return ("expectation", ("outer" if is_vector(sort) else "*", *away))


def _further_in(body: Term, depth: int = 1) -> Term:
    """The body of a binder, where one more stands between it and what is bound around it."""
    if isinstance(body, str):
        return f"#{int(body[1:]) + 1}" if body[0] == "#" and int(body[1:]) >= depth else body
    return tuple(_further_in(part, depth + binds(body, k)) for k, part in enumerate(body))


class RandomReader(ArrayReader):
    """Reads what is random, besides everything else."""

    def __init__(self) -> None:
        super().__init__()
        self.readers |= dict.fromkeys(_RANDOM, self._random) | {
            randomness.Expectation: self._expectation,
            randomness.ExpectedMatrix: self._expectation,
            randomness.Covariance: self._covariance,
            randomness.CrossCovariance: self._covariance,
            randomness.Variance: self._covariance,
        }

    def _random(self, one: Any, scope: Scope) -> Read:
        """The value of a random name at the outcome of the expectation around it."""
        found = scope.bound.get(_OUTCOME)
        if found is None or not isinstance(found[0], int):
            raise IllFormed(
                f"{one} is random, and stands outside of an expectation; write expectation({one})"
            )
        value = self.vocabulary.sort(one)[2]
        return ("app", self.head(one, scope), scope.index(found[0])), value

    def _inside(self, body: Any, scope: Scope) -> Read:
        term, sort = self.term(body, scope.bind(_OUTCOME, "outcome"))
        if not (is_number(sort) or is_vector(sort) or is_matrix(sort)):
            raise WrongShape(f"{body} is {described(sort)}, and has no expectation")
        return term, "real" if sort == "integer" else sort

    def _expectation(self, expression: Any, scope: Scope) -> Read:
        term, sort = self._inside(expression.args[0], scope)
        return ("expectation", term), sort

    def _covariance(self, expression: Any, scope: Scope) -> Read:
        read = [self._inside(arg, scope) for arg in expression.args]
        (one, sort), (other, second) = (*read, *read)[:2]
        if is_vector(sort) and is_vector(second):
            return spread_of(one, other, sort), ("matrix", sort[1], second[1])
        if not (is_number(sort) and is_number(second)):
            raise WrongShape(f"{expression}: a covariance is of two vectors or of two numbers")
        return spread_of(one, other, sort), "real"

    def _finite_moments(self, statement: Any, scope: Scope) -> Term:
        random, order = statement.args
        self._demand_random(random)
        if not (isinstance(order, sympy.Integer) and 1 <= order <= 64):
            raise IllFormed(f"the order of moments is a number from 1 to 64, not {order}")
        return ("moments", self.head(random, scope), str(int(order)))

    def _gaussian(self, statement: Any, scope: Scope) -> Term:
        random, mean, spread = statement.args
        self._demand_random(random)
        sort = self.vocabulary.sort(random)[2]
        if not is_vector(sort):
            raise IllFormed(f"{random} is no random vector, and gaussian(...) takes one")
        square = ("matrix", sort[1], sort[1])
        center = self.term_of_sort(mean, scope, sort, "the mean")
        return ("gaussian", self.head(random, scope), center,
                self.term_of_sort(spread, scope, square, "the covariance"))  # fmt: skip

    def _independent(self, statement: Any, scope: Scope) -> Term:
        for random in statement.args:
            self._demand_random(random)
        return ("independent", *(self.head(random, scope) for random in statement.args))

    def _demand_random(self, random: Any) -> None:
        if not isinstance(random, _RANDOM):
            raise IllFormed(f"{random} is not declared random; use random_vector(...)")
