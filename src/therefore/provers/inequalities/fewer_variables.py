"""A polynomial question with fewer variables: made homogeneous, or a variable eliminated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from therefore.goal import Term
from therefore.kernel.polynomials import Polynomial, Scalar
from therefore.provers.building.polynomial import (
    atoms_of,
    degree_of,
    divided,
    plus,
    power,
    times,
)
from therefore.provers.inequalities.polynomial_problem import Given, Problem, polynomial_term

__all__ = ["Reduced", "reductions"]


@dataclass(frozen=True)
class Reduced:
    """positive · target = polynomial + cofactor · equation, with the factors of ``positive``."""

    polynomial: Polynomial
    positive: list[Term]
    cofactor: Polynomial
    equation: Given


def reductions(problem: Problem) -> Iterator[Reduced]:
    """The target made homogeneous, or without a variable, by a known equation."""
    for one in problem.equations:
        if one.label or _is_circle(problem, one):
            found = _homogenised(problem, one)
            if found is not None:
                yield found
    for one in problem.equations:
        yield from _eliminated(problem, one)


def _is_circle(problem: Problem, equation: Given) -> bool:
    """Whether it is sin² + cos² = 1."""
    heads = {problem.ctx.atoms.rows[a].head for a in atoms_of([equation.polynomial])}
    return heads == {"sin", "cos"} and len(equation.polynomial) == 3


def _parts(poly: Polynomial) -> dict[int, Polynomial]:
    parts: dict[int, Polynomial] = {}
    for m, c in poly.items():
        parts.setdefault(degree_of(m), {})[m] = c
    return parts


def _homogenised(problem: Problem, equation: Given) -> Reduced | None:
    """By u = v with u and v homogeneous of different degrees, where v is positive."""
    parts, target = _parts(equation.polynomial), _parts(problem.target)
    if len(parts) != 2 or len(target) < 2:
        return None
    low, high = sorted(parts)
    top = max(target)
    if any((top - d) % (high - low) for d in target):
        return None
    v = {m: -c for m, c in parts[low].items()}  # u − v = 0
    u, sign = parts[high], 1
    if not problem.ctx.signs(Scalar(v)) <= {1}:
        u, v, sign = {m: -c for m, c in u.items()}, parts[low], -1
        if not problem.ctx.signs(Scalar(v)) <= {1}:
            return None
    most = (top - min(target)) // (high - low)
    total: Polynomial = {}
    cofactor: Polynomial = {}
    for d, part in target.items():
        k = (top - d) // (high - low)
        lifted = times(part, power(v, most - k))
        total = plus(total, times(lifted, power(u, k)))
        for j in range(k):
            cofactor = plus(cofactor, times(lifted, times(power(u, j), power(v, k - 1 - j))), -sign)
    term = polynomial_term(problem, v)
    positive = [] if v == {(): Fraction(1)} else [term if most == 1 else ("^", term, str(most))]
    return Reduced(total, positive if most else [], cofactor, equation)


def _eliminated(problem: Problem, equation: Given) -> Iterator[Reduced]:
    """x = −B/A for an equation A·x + B = 0 with an A that is not zero."""
    for x in problem.atoms:
        if problem.ctx.atoms.rows[x].head != "name":
            continue
        a: Polynomial = {}
        b: Polynomial = {}
        for m, c in equation.polynomial.items():
            e = dict(m).get(x, 0)
            if e > 1:
                break
            (a if e else b)[divided(m, ((x, 1),)) if e else m] = c
        else:
            signs = problem.ctx.signs(Scalar(a)) if a else frozenset({0})
            if signs in ({1}, {-1}):
                yield _without(problem, equation, x, a, b, 1 if signs == {1} else -1)


def _without(
    problem: Problem, equation: Given, x: int, a: Polynomial, b: Polynomial, sign: int
) -> Reduced:
    by_power: dict[int, Polynomial] = {}
    for m, c in problem.target.items():
        e = dict(m).get(x, 0)
        by_power.setdefault(e, {})[divided(m, ((x, e),)) if e else m] = c
    most = max(by_power)
    even = most + 1 if sign < 0 and most % 2 else most  # so that A^even is positive
    other = {m: -c for m, c in b.items()}
    ax = times(a, {((x, 1),): Fraction(1)})
    total: Polynomial = {}
    cofactor: Polynomial = {}
    for j, part in by_power.items():
        lifted = times(part, power(a, even - j))
        total = plus(total, times(lifted, power(other, j)))
        for i in range(j):
            cofactor = plus(cofactor, times(lifted, times(power(ax, i), power(other, j - 1 - i))))
    term = polynomial_term(problem, a)
    positive = [] if not even or a == {(): Fraction(1)} else [("^", term, str(even))]
    return Reduced(total, positive, cofactor, equation)
