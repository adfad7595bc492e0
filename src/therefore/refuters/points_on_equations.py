"""Values of a few numbers that satisfy equations, such as a² + b² + c² = 1, and what else is known.

All but one name of each equation take simple values; for that one the equation is solved if it is
linear or quadratic in it, so that it may be a root. A single equation is also looked at along rays
through simple points. Floats say whether everything else holds.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import chain, pairwise, permutations, product
from typing import Any

from therefore.goal import Goal, Term
from therefore.refuters.terms import free_names

__all__ = ["points_on_equations"]

_POOL = tuple(map(Fraction, (
    "1", "1/2", "2", "0", "-1", "1/3", "2/3", "3", "3/5", "4/5", "1/4", "-2", "3/2", "1/9", "4/9",
    "1/16", "4", "-1/2",
)))  # fmt: skip
_MOST_NAMES = 5
_MOST_TRIED = 1500
_MOST_DELIVERED = 12
_NEAR = 1e-9
_VERY_NEAR = 1e-13
_DIRECTIONS = tuple(map(Fraction, (1, 2, 4, 3, -1, 9, 0)))
_SCALES = tuple(2.0 ** (k / 2) * 1.01 for k in range(-12, 13))
_MOST_RAYS = 150
_LARGEST = 400  # denominators on rays
_RELATIONS = ("=", "!=", "<=", "<")


def points_on_equations(goal: Goal, *, conclude: bool) -> Iterator[dict[str, Term]]:
    """Values at which the hypotheses hold as far as floats see, those without roots first.

    With ``conclude`` the conclusion does not hold there, as far as floats see.
    """
    names = [name for name, sort in goal.declarations if sort == "real"]
    relations = [part for one in goal.hypotheses for part in _parts(one)]
    equations = [one for one in relations if one[0] == "="]
    plain = len(names) == len(goal.declarations) and not goal.definitions
    if not plain or not equations or not 1 <= len(names) <= _MOST_NAMES or len(equations) > 2:
        return
    if any(one[0] not in _RELATIONS for one in relations):
        return
    conclusion = list(_parts(goal.conclusion))
    with_roots: list[dict[str, Term]] = []
    delivered = 0
    for values, is_rational in chain(_solutions(names, equations), _on_rays(names, equations)):
        at = {name: _float(term, {}) for name, term in values.items()}
        if not all(_holds(one, at) for one in relations):
            continue
        if conclude and not any(one[0] in _RELATIONS and _fails(one, at) for one in conclusion):
            continue
        if not is_rational:
            with_roots.append(values)
            continue
        yield values
        delivered += 1
        if delivered == _MOST_DELIVERED:
            return
    yield from with_roots[: _MOST_DELIVERED - delivered]


def _parts(formula: Term) -> Iterator[Term]:
    if formula[0] == "and":
        for part in formula[1:]:
            yield from _parts(part)
    else:
        yield formula


def _solutions(
    names: list[str], equations: Sequence[Term]
) -> Iterator[tuple[dict[str, Term], bool]]:
    """Simple values of the other names, and those of one name for each equation."""
    mentioned = [set(names) & free_names(one) for one in equations]
    tried = 0
    for unknown in permutations(names, len(equations)):
        if any(
            (k == j) != (name in used)
            for j, name in enumerate(unknown) for k, used in enumerate(mentioned)
        ):  # fmt: skip
            continue
        others = [name for name in names if name not in unknown]
        for chosen in sorted(product(range(len(_POOL)), repeat=len(others)), key=sum):
            tried += 1
            if tried > _MOST_TRIED:
                return
            at = {name: _POOL[k] for name, k in zip(others, chosen, strict=True)}
            roots = [
                list(_roots(one, name, at)) for one, name in zip(equations, unknown, strict=True)
            ]
            for found in product(*roots):
                values: dict[str, Term] = {name: str(value) for name, value in at.items()}
                values |= {name: term for name, (term, _) in zip(unknown, found, strict=True)}
                yield {name: values[name] for name in names}, all(plain for _, plain in found)


def _on_rays(names: list[str], equations: Sequence[Term]) -> Iterator[tuple[dict[str, Term], bool]]:
    """λ·p for simple p and a λ > 0, seemingly rational, with which the one equation holds."""
    if len(equations) > 1:
        return
    simple = sorted(product(range(len(_DIRECTIONS)), repeat=len(names)), key=sum)
    for chosen in simple[:_MOST_RAYS]:
        point = [_DIRECTIONS[k] for k in chosen]

        def gap(scale: float, point: Sequence[Fraction] = point) -> float:
            at = {name: scale * float(x) for name, x in zip(names, point, strict=True)}
            return float(_gap(equations[0], at))

        heights = [(scale, gap(scale)) for scale in _SCALES]
        for (low, below), (high, above) in pairwise(heights):
            if not below * above <= 0:
                continue
            for _ in range(60):
                middle = (low + high) / 2
                if gap(middle) * below > 0:
                    low = middle
                else:
                    high = middle
            scale = Fraction((low + high) / 2).limit_denominator(_LARGEST)
            if abs(float(gap(float(scale)))) < _VERY_NEAR:
                yield {n: str(scale * x) for n, x in zip(names, point, strict=True)}, True


def _roots(equation: Term, name: str, at: Mapping[str, Fraction]) -> Iterator[tuple[Term, bool]]:
    """The solutions for the name of an equation that is a quadratic polynomial in it."""
    points = [Fraction(k) for k in (0, 1, -1, 2, 3)]
    heights = []
    for x in points:
        sides = [_exact(side, {**at, name: x}) for side in equation[1:]]
        if sides[0] is None or sides[1] is None:
            return
        heights.append(sides[0] - sides[1])
    c, a = heights[0], (heights[1] + heights[2]) / 2 - heights[0]
    b = heights[1] - a - c
    if any(a * x * x + b * x + c != y for x, y in zip(points, heights, strict=True)):
        return
    if a == 0:
        if b:
            yield str(-c / b), True
        return
    square = b * b - 4 * a * c
    if square < 0:
        return
    root = Fraction(math.isqrt(square.numerator), math.isqrt(square.denominator))
    for sign in (1, -1):
        if root * root == square:
            yield str((-b + sign * root) / (2 * a)), True
        else:
            yield ("+", str(-b / (2 * a)), ("*", str(sign / (2 * a)), ("sqrt", str(square)))), False


def _exact(term: Term, at: Mapping[str, Fraction]) -> Fraction | None:
    """The value of a rational term, or None for anything else."""
    if isinstance(term, str):
        return at[term] if term in at else _number(term)
    if term[0] == "^":
        base, exponent = _exact(term[1], at), _number(term[2])
        if base is None or exponent is None or not 0 <= exponent <= 40:
            return None
        return Fraction(base ** int(exponent))
    values = [_exact(part, at) for part in term[1:]]
    if term[0] not in ("+", "-", "*", "/") or any(value is None for value in values):
        return None
    if term[0] == "/":
        return values[0] / values[1] if values[1] else None  # type: ignore[operator]
    if term[0] == "-":
        return -values[0]  # type: ignore[operator]
    total = Fraction(term[0] == "*")
    for value in values:
        total = total * value if term[0] == "*" else total + value  # type: ignore[operator]
    return total


def _number(term: Term) -> Fraction | None:
    try:
        return Fraction(term)
    except (ValueError, TypeError):
        return None


_FUNCTIONS: dict[str, Callable[..., float]] = {
    "+": lambda *parts: sum(parts), "*": lambda *parts: math.prod(parts),
    "-": lambda part: -part, "/": lambda a, b: a / b, "abs": abs, "exp": math.exp,
    "log": math.log, "sin": math.sin, "cos": math.cos, "arctan": math.atan, "pi": lambda: math.pi,
    "sqrt": lambda u: math.sqrt(u) if u > _NEAR or u < -_NEAR else 0.0,
}  # fmt: skip


def _float(term: Term, at: Mapping[str, float]) -> float:
    """The value of a term; not a number where it has none."""
    if isinstance(term, str):
        return at[term] if term in at else float(Fraction(term))
    if term[0] == "^":
        return _float(term[1], at) ** int(term[2])
    try:
        return float(_FUNCTIONS[term[0]](*(_float(part, at) for part in term[1:])))
    except (KeyError, ValueError, ZeroDivisionError, OverflowError):
        return math.nan


def _gap(relation: Term, at: Mapping[str, float]) -> Any:
    try:
        left, right = (_float(side, at) for side in relation[1:])
    except (ValueError, ZeroDivisionError, OverflowError, TypeError):
        return math.nan
    return (right - left) / (1 + abs(left) + abs(right))


def _holds(relation: Term, at: Mapping[str, float]) -> bool:
    gap = _gap(relation, at)
    return bool({
        "=": abs(gap) < _NEAR, "!=": abs(gap) > _NEAR, "<=": gap > -_NEAR, "<": gap > _NEAR,
    }[relation[0]])  # fmt: skip


def _fails(relation: Term, at: Mapping[str, float]) -> bool:
    """Whether the relation may fail, or is undefined."""
    gap = _gap(relation, at)
    return math.isnan(gap) or bool({
        "=": abs(gap) > _NEAR, "!=": abs(gap) < _NEAR, "<=": gap < -_NEAR, "<": gap < _NEAR,
    }[relation[0]])  # fmt: skip
