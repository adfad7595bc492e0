"""Classes of functions and of maps, said by their definitions: plain statements for all points.

None of these is a word of its own for the checker: each unfolds to relations and "for all".
"""

from __future__ import annotations

from typing import Any

from sympy import Abs, sympify

from therefore.language.errors import IllFormed
from therefore.language.functions import AbstractFunction, GradientAt, VectorMap
from therefore.language.names import kernel_name
from therefore.language.scalars import real
from therefore.language.statements import (
    all_of,
    at_least,
    at_most,
    equal,
    for_all,
    for_some,
    implies,
    less,
)
from therefore.language.vectors import inner, norm, vector

__all__ = [
    "averaged",
    "bregman_distance",
    "cocoercive",
    "contraction",
    "firmly_nonexpansive",
    "fixed_point",
    "lipschitz",
    "lower_bound",
    "minimiser",
    "minimiser_over",
    "minimum_value",
    "monotone",
    "nearest_point_map",
    "nonexpansive",
    "proximal_map",
    "proximal_point",
    "relatively_smooth",
    "resolvent",
    "strongly_convex",
    "strongly_monotone",
    "subgradient",
    "weakly_convex",
    "zero_of",
]

# Letters for the points of which a definition speaks: the first that its own terms leave free.
_LETTERS = (r"\xi", r"\zeta", r"\chi", r"\upsilon", r"\psi", r"\omega")
_WEIGHTS = (r"\alpha", r"\beta", r"\tau", r"\varrho", r"\varphi", *_LETTERS)


def lipschitz(of: AbstractFunction | VectorMap, constant: Any) -> Any:
    """|f(x) - f(y)| <= M |x - y| for a function, |T(x) - T(y)| <= M |x - y| for a map."""
    x, y = _points(of, 2, constant)
    size = norm if isinstance(of, VectorMap) else Abs
    return _for_all(x, y, at_most(size(of(x) - of(y)), constant * norm(x - y)))


def strongly_convex(f: AbstractFunction, mu: Any) -> Any:
    """f(a x + (1 - a) y) <= a f(x) + (1 - a) f(y) - mu/2 a (1 - a) |x - y|^2 for a in [0, 1]."""
    x, y = _points(f, 2, mu)
    mu = sympify(mu, strict=True)
    a = next(real(letter) for letter in _WEIGHTS if kernel_name(letter) not in _taken(mu))
    loss = mu / 2 * a * (1 - a) * norm(x - y) ** 2
    inequality = at_most(f(a * x + (1 - a) * y), a * f(x) + (1 - a) * f(y) - loss)
    within = implies(at_most(0, a), implies(at_most(a, 1), inequality))
    return _for_all(x, y, for_all(a, within))


def weakly_convex(f: AbstractFunction, rho: Any) -> Any:
    """f(x) + rho/2 |x|^2 is convex, by two points."""
    return strongly_convex(f, -sympify(rho, strict=True))


def subgradient(g: Any, f: AbstractFunction, x: Any) -> Any:
    """f(y) >= f(x) + <g, y - x> for all y: g is a subgradient of f at x."""
    (y,) = _points(f, 1, g, x)
    return for_all(y, at_most(f(x) + inner(g, y - x), f(y)))


def minimiser(x: Any, f: AbstractFunction) -> Any:
    """f(x) <= f(y) for all y."""
    (y,) = _points(f, 1, x)
    return for_all(y, at_most(f(x), f(y)))


def minimiser_over(x: Any, f: AbstractFunction, nearest: VectorMap) -> Any:
    """x is in the set that a nearest-point map leaves where it is, and f is least there."""
    (y,) = _points(f, 1, x)
    return all_of(fixed_point(x, nearest), for_all(y, at_most(f(x), f(nearest(y)))))


def lower_bound(value: Any, f: AbstractFunction) -> Any:
    """c <= f(y) for all y."""
    (y,) = _points(f, 1, value)
    return for_all(y, at_most(value, f(y)))


def minimum_value(value: Any, f: AbstractFunction) -> Any:
    """c <= f(y) for all y, and f(y) = c for some y."""
    (y,) = _points(f, 1, value)
    return all_of(lower_bound(value, f), for_some(y, equal(f(y), value)))


def proximal_point(p: Any, f: AbstractFunction, x: Any, gamma: Any) -> Any:
    """p is where f(y) + |y - x|^2 / (2 gamma) is least, for a convex f and gamma > 0.

    That is to say that (x - p) / gamma is a subgradient of f at p.
    """
    return subgradient((x - p) / gamma, f, p)


def proximal_map(of: VectorMap, f: AbstractFunction, gamma: Any) -> Any:
    """P(x) is the proximal point of x, for all x, where f is convex and gamma > 0."""
    x, y = _points(_map("proximal_map", of), 2, gamma)
    below = at_most(f(of(x)) + inner((x - of(x)) / gamma, y - of(x)), f(y))
    return _for_all(x, y, below)


def bregman_distance(h: AbstractFunction, y: Any, x: Any) -> Any:
    """h(y) - h(x) - <grad h(x), y - x>."""
    return h(y) - h(x) - inner(GradientAt(h, x), y - x)


def relatively_smooth(f: AbstractFunction, h: AbstractFunction, constant: Any) -> Any:
    """The Bregman distance of f is at most L times that of h, for all pairs of points."""
    x, y = _points(f, 2, constant)
    return _for_all(
        x, y, at_most(bregman_distance(f, y, x), constant * bregman_distance(h, y, x))
    )


def monotone(of: VectorMap) -> Any:
    """<T(x) - T(y), x - y> >= 0 for all x, y."""
    x, y = _points(_map("monotone", of), 2)
    return _for_all(x, y, at_least(inner(of(x) - of(y), x - y), 0))


def strongly_monotone(of: VectorMap, mu: Any) -> Any:
    """<T(x) - T(y), x - y> >= mu |x - y|^2 for all x, y."""
    x, y = _points(_map("strongly_monotone", of), 2, mu)
    return _for_all(x, y, at_least(inner(of(x) - of(y), x - y), mu * norm(x - y) ** 2))


def cocoercive(of: VectorMap, beta: Any) -> Any:
    """<T(x) - T(y), x - y> >= beta |T(x) - T(y)|^2 for all x, y."""
    x, y = _points(_map("cocoercive", of), 2, beta)
    return _for_all(x, y, at_least(inner(of(x) - of(y), x - y), beta * norm(of(x) - of(y)) ** 2))


def nonexpansive(of: VectorMap) -> Any:
    """|T(x) - T(y)| <= |x - y| for all x, y."""
    x, y = _points(_map("nonexpansive", of), 2)
    return _for_all(x, y, at_most(norm(of(x) - of(y)), norm(x - y)))


def contraction(of: VectorMap, rho: Any) -> Any:
    """|T(x) - T(y)| <= rho |x - y| for all x, y, and rho < 1."""
    return all_of(lipschitz(_map("contraction", of), rho), less(rho, 1))


def firmly_nonexpansive(of: VectorMap) -> Any:
    """<T(x) - T(y), x - y> >= |T(x) - T(y)|^2 for all x, y.

    These maps are the resolvents of maximally monotone operators that have all points in their
    domains, and the proximal maps are among them.
    """
    x, y = _points(_map("firmly_nonexpansive", of), 2)
    return _for_all(x, y, at_least(inner(of(x) - of(y), x - y), norm(of(x) - of(y)) ** 2))


def resolvent(of: VectorMap, gamma: Any = 1, mu: Any = 0) -> Any:
    """<J(x) - J(y), x - y> >= (1 + gamma mu) |J(x) - J(y)|^2 for all x, y.

    J is (I + gamma A)^-1 for a maximally monotone operator A, which is strongly monotone for
    mu > 0; such operators and such maps belong to each other one by one. A point is a zero of A
    where J leaves it.
    """
    x, y = _points(_map("resolvent", of), 2, gamma, mu)
    mu = sympify(mu, strict=True)
    square = norm(of(x) - of(y)) ** 2
    length = square if mu == 0 else (1 + gamma * mu) * square
    return _for_all(x, y, at_most(length, inner(of(x) - of(y), x - y)))


def averaged(of: VectorMap, alpha: Any) -> Any:
    """|T(x) - T(y)|^2 + (1 - alpha)/alpha |(x - T(x)) - (y - T(y))|^2 <= |x - y|^2, 0 < alpha."""
    x, y = _points(_map("averaged", of), 2, alpha)
    alpha = sympify(alpha, strict=True)
    rest = norm((x - of(x)) - (y - of(y))) ** 2
    left = norm(of(x) - of(y)) ** 2 + (1 - alpha) / alpha * rest
    return _for_all(x, y, at_most(left, norm(x - y) ** 2))


def nearest_point_map(of: VectorMap) -> Any:
    """<x - P(x), P(y) - P(x)> <= 0 for all x, y: P(x) is the point nearest to x of a convex set.

    The set is where P(x) = x; it is closed, and not empty.
    """
    x, y = _points(_map("nearest_point_map", of), 2)
    return _for_all(x, y, at_most(inner(x - of(x), of(y) - of(x)), 0))


def fixed_point(x: Any, of: VectorMap) -> Any:
    """T(x) = x."""
    return equal(_map("fixed_point", of)(x), x)


def zero_of(x: Any, of: VectorMap) -> Any:
    """A(x) = 0."""
    return equal(_map("zero_of", of)(x), 0)


def _map(name: str, of: Any) -> VectorMap:
    if not isinstance(of, VectorMap) or of.args[1] != of.args[2]:
        raise IllFormed(f"{name}(...) takes a map of R^d into itself, declared by vector_map(...)")
    return of


def _points(of: Any, count: int, *beside: Any) -> list[Any]:
    """Vectors of the dimension of a function, none of which the other terms speak of."""
    if not isinstance(of, AbstractFunction | VectorMap):
        raise IllFormed(f"{of} is no function or map of a vector")
    taken = _taken(*beside)
    free = [letter for letter in _LETTERS if kernel_name(letter) not in taken]
    if len(free) < count:
        raise IllFormed(f"rename one of {', '.join(sorted(taken))}")
    return [vector(letter, of.args[1]) for letter in free[:count]]


def _taken(*terms: Any) -> set[str]:
    """The names of which terms speak, as they are told apart by a claim."""
    found = {one for term in terms for one in getattr(term, "free_symbols", ())}
    return {kernel_name(str(getattr(one, "name", one))) for one in found}


def _for_all(x: Any, y: Any, statement: Any) -> Any:
    return for_all(x, for_all(y, statement))


