"""Recognising what a hypothesis says of an abstract function, by its shape."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from therefore.goal import Term
from therefore.refuters.terms import (
    free_names,
    instantiate,
    is_closed,
    is_discrete,
    is_number,
    mentions_bound,
)

__all__ = [
    "FunctionTraits",
    "continuity_of",
    "convexity_of",
    "definite_of",
    "differentiable_of",
    "falling",
    "lower_bound_of",
    "map_class_of",
    "mass_of",
    "minimiser_of",
    "moment_of",
    "orthonormal_of",
    "range_of",
    "slope_of",
    "smooth_literal",
    "smoothness_of",
    "stationary_of",
    "strength_of",
    "traits_of",
]


@dataclass(frozen=True)
class FunctionTraits:
    """What the hypotheses demand of a function.

    ``convex``: the two-point inequality is a hypothesis. ``smooth``: it is declared
    differentiable. ``lipschitz``: so is the Lipschitz inequality of its gradient. ``bounded``:
    it is bounded below. ``constrained``: some other universal statement speaks of it.
    """

    convex: bool
    smooth: bool
    lipschitz: bool
    bounded: bool
    constrained: bool


def traits_of(name: str, hypotheses: tuple[Term, ...]) -> FunctionTraits:
    """What the hypotheses demand of the declared function ``name``."""
    convex = smooth = lipschitz = bounded = constrained = False
    for hypothesis in hypotheses:
        if hypothesis == ("differentiable", name) or differentiable_of(hypothesis) == name:
            smooth = True
        elif convexity_of(hypothesis) == name:
            convex = True
        elif (smoothness_of(hypothesis) or ("",))[0] == name:
            smooth = lipschitz = True
        elif (lower_bound_of(hypothesis) or ("",))[0] == name:
            bounded = True
        elif continuity_of(hypothesis) == name:
            continue  # every member of every family is
        elif name in free_names(hypothesis) and _is_universal(hypothesis):
            constrained = True
    return FunctionTraits(convex, smooth, lipschitz, bounded, constrained)


def differentiable_of(formula: Term) -> str | None:
    """The function f if the formula says that f of a number has a derivative everywhere."""
    if formula[:2] != ("forall", "real") or formula[2][:2] != ("exists", "real"):
        return None
    body = formula[2][2]
    if body[0] != "has_derivative" or body[2:] != ("#1", "#0"):
        return None
    applied = body[1]
    if applied[0] == "app" and applied[2:] == ("#0",) and isinstance(applied[1], str):
        return str(applied[1])
    return None


def continuity_of(formula: Term) -> str | None:
    """The function f if the formula says that f of a number is continuous everywhere."""
    if formula[:2] != ("forall", "real") or formula[2][0] != "tends" or formula[2][2] != "#0":
        return None
    applied = formula[2][1]
    known = applied[0] == "app" and isinstance(applied[1], str) and applied[2:] == ("#0",)
    return str(applied[1]) if known and formula[2][3] == applied else None


def moment_of(formula: Term) -> tuple[str, int] | None:
    """``(f, k)`` if the formula says that c x^k f(x) has an integral, for a closed c."""
    if formula[0] != "integrates" or len(formula) != 4:
        return None
    function, degree = "", 0
    body = formula[3]
    for factor in body[1:] if body[0] == "*" else (body,):
        if factor == "#0":
            degree += 1
        elif factor[:2] == ("^", "#0"):
            degree += int(factor[2])
        elif factor[0] == "app" and factor[2:] == ("#0",) and not function:
            function = factor[1] if isinstance(factor[1], str) else ""
        elif not is_closed(factor):
            return None
    return (function, degree) if function and degree >= 0 else None


def mass_of(formula: Term) -> tuple[str, Term, Term] | None:
    """``(f, I, c)`` if the formula says I = c, where I is an integral of f over a range."""
    if formula[0] != "=":
        return None
    for whole, value in (formula[1:], formula[:0:-1]):
        if isinstance(whole, tuple) and whole[0] == "integral" and is_closed(whole):
            body = whole[3]
            if body[0] == "app" and body[2:] == ("#0",) and isinstance(body[1], str):
                return body[1], whole, value
    return None


def falling(terms: tuple[Term, ...]) -> frozenset[str]:
    """The names of which an integral over a range without end speaks."""
    names: frozenset[str] = frozenset()
    for term in terms:
        if isinstance(term, tuple) and term:
            if term[0] in ("integral", "integrates") and {"-oo", "+oo"} & set(term[1:3]):
                names |= free_names(term[3])
            names |= falling(tuple(part for part in term if isinstance(part, tuple)))
    return names


def range_of(body: Term) -> tuple[Term, Term] | None:
    """The ends between which the body of a universal statement speaks of its variable."""
    if body[0] != "implies":
        return None
    low: Term | None = None
    high: Term | None = None
    for part in body[1][1:] if body[1][0] == "and" else (body[1],):
        if part[0] not in ("<=", "<"):
            continue
        if part[2] == "#0" and not mentions_bound(part[1], 0):
            low = part[1] if low is None else low
        elif part[1] == "#0" and not mentions_bound(part[2], 0):
            high = part[2] if high is None else high
    return None if low is None or high is None else (low, high)


def slope_of(formula: Term) -> tuple[str, str] | None:
    """``(f, g)`` if the formula says that g is the derivative of f, at every number."""
    if formula[:2] != ("forall", "real") or formula[2][0] != "has_derivative":
        return None
    names = [
        part[1] if part[0] == "app" and part[2:] == ("#0",) and isinstance(part[1], str) else ""
        for part in (formula[2][1], formula[2][3])
    ]
    known = formula[2][2] == "#0" and all(names) and names[0] != names[1]
    return (str(names[0]), str(names[1])) if known else None


@lru_cache(maxsize=5000)
def smoothness_of(formula: Term) -> tuple[str, Term] | None:
    """``(f, L)`` if the formula says |grad f(x) - grad f(y)| <= L |x - y| for all x, y."""
    if formula[0] != "forall" or formula[2][0] != "forall" or formula[1] != formula[2][1]:
        return None
    body = formula[2][2]
    if body[0] != "<=" or body[1][0] != "norm" or body[2][0] != "*" or len(body[2]) != 3:
        return None
    constant, length = body[2][1], body[2][2]
    if length[0] != "norm":
        constant, length = length, constant
    for x, y in (("#1", "#0"), ("#0", "#1")):
        function = body[1][1][1][1] if _is_gap(body[1][1]) else None
        if not isinstance(function, str) or not is_closed(constant):
            return None
        slopes = ("+", ("gradient", function, x), ("-", ("gradient", function, y)))
        if body[1][1] == slopes and length in (
            ("norm", ("+", x, ("-", y))), ("norm", ("+", y, ("-", x))),
        ):  # fmt: skip
            return function, constant
    return None


@lru_cache(maxsize=5000)
def strength_of(formula: Term) -> tuple[str, Term] | None:
    """``(f, m)`` if the formula says f(x) + <grad f(x), y - x> + m/2 |y - x|^2 <= f(y) for all."""
    if formula[0] != "forall" or formula[2][0] != "forall" or formula[1] != formula[2][1]:
        return None
    body = formula[2][2]
    if body[0] != "<=" or body[2][0] != "app" or not isinstance(body[2][1], str):
        return None
    function, there = body[2][1], body[2][2:]
    for here, other in (("#1", "#0"), ("#0", "#1")):
        gap = ("+", other, ("-", here))
        square = ("^", ("norm", gap), "2")
        tangent = {("app", function, here), ("inner", ("gradient", function, here), gap)}
        parts = _flat(body[1])
        rest = [part for part in parts if part not in tangent]
        if there != (other,) or len(parts) != 3 or len(rest) != 1 or rest[0][0] != "*":
            continue
        factors = [factor for factor in rest[0][1:] if factor != square]
        if len(factors) == len(rest[0]) - 2 and all(map(is_closed, factors)):
            return function, ("*", "2", *factors)
    return None


def _flat(term: Term) -> list[Term]:
    """The summands of a sum, and of the sums among them."""
    if term[0] != "+":
        return [term]
    return [part for summand in term[1:] for part in _flat(summand)]


def stationary_of(formula: Term) -> tuple[str, Term] | None:
    """``(f, p)`` if the formula says that f has the gradient 0 at a closed p, or is least there."""
    if formula[0] == "=":
        for side, zero in (formula[1:], formula[:0:-1]):
            if side[0] == "gradient" and zero[0] == "zero" and isinstance(side[1], str):
                return (side[1], side[2]) if is_closed(side[2]) else None
    least = minimiser_of(formula) if formula[0] == "forall" else None
    if least is None or least[2][0] != "app" or least[2][2:] != ("#0",):
        return None
    return (least[2][1], least[0]) if isinstance(least[2][1], str) else None


def _is_gap(term: Term) -> bool:
    return (
        isinstance(term, tuple) and term[0] == "+" and len(term) == 3
        and isinstance(term[1], tuple) and term[1][0] == "gradient"
    )  # fmt: skip


@lru_cache(maxsize=5000)
def lower_bound_of(formula: Term) -> tuple[str, Term] | None:
    """``(f, c)`` if the formula says c <= f(x) for every x, with c not a value of f."""
    if formula[0] != "forall" or formula[2][0] != "<=" or minimiser_of(formula) is not None:
        return None
    bound, value = formula[2][1], formula[2][2]
    if value[0] == "app" and value[2:] == ("#0",) and isinstance(value[1], str):
        return (value[1], bound) if is_closed(bound) else None
    return None


def _is_universal(formula: Term) -> bool:
    if isinstance(formula, str):
        return False
    if formula[0] == "forall" and not is_discrete(formula[1]):
        return True
    return any(_is_universal(part) for part in formula[1:])


@lru_cache(maxsize=5000)
def convexity_of(formula: Term) -> str | None:
    """The function f if the formula says that f is convex, else ``None``.

    The formula is "for all x, y of one sort and every real a with 0 <= a <= 1,
    f(a x + (1-a) y) <= a f(x) + (1-a) f(y)", with the quantifiers, the premises, the summands
    and the factors in any order, and with a and 1-a exchanged if the author likes.
    """
    sorts: list[Term] = []
    body = formula
    while body[0] == "forall" and len(sorts) < 3:
        sorts.append(body[1])
        body = body[2]
    premises: list[Term] = []
    while body[0] == "implies":
        premises.extend(body[1][1:] if body[1][0] == "and" else (body[1],))
        body = body[2]
    if len(sorts) != 3 or body[0] != "<=" or body[1][0] != "app" or len(body[1]) != 3:
        return None
    function = body[1][1]
    if not isinstance(function, str):
        return None
    indices = {f"#{2 - position}": sort for position, sort in enumerate(sorts)}
    for weight, sort in indices.items():
        if sort != "real":
            continue
        if set(premises) not in (
            {(r, "0", weight), (s, weight, "1")} for r in ("<=", "<") for s in ("<=", "<")
        ):
            continue
        x, y = (index for index in indices if index != weight)
        if indices[x] != indices[y]:
            continue
        for one, two in ((x, y), (y, x)):
            point = {_addend(weight, one), _other_addend(weight, two)}
            value = {
                _addend(weight, ("app", function, one)),
                _other_addend(weight, ("app", function, two)),
            }
            if _addends(body[1][2]) == point and _addends(body[2]) == value:
                return function
    return None


def _addend(weight: str, value: Term) -> tuple[Term, ...]:
    return ("*", frozenset([weight, value]))


def _other_addend(weight: str, value: Term) -> tuple[Term, ...]:
    rest = ("+", frozenset(["1", ("-", weight)]))
    return ("*", frozenset([rest, value]))


def _addends(term: Term) -> set[Term]:
    """The summands of a sum, order forgotten: products and inner sums as sets."""
    return {_unordered(part) for part in term[1:]} if term[0] == "+" else {_unordered(term)}


def _unordered(term: Term) -> Term:
    if isinstance(term, str):
        return term
    if term[0] in ("+", "*"):
        return (term[0], frozenset(_unordered(part) for part in term[1:]))
    return (term[0], *(_unordered(part) for part in term[1:]))


def definite_of(formula: Term) -> tuple[Term, bool] | None:
    """The M of "0 < <x, Mx> for every x != 0", or of "0 <= <x, Mx> for every x".

    With whether it is the first, strict one; ``None`` for any other formula.
    """
    if formula[0] != "forall" or formula[1][0] != "vector":
        return None
    strict = formula[2][:2] == ("implies", ("!=", "#0", ("zero", formula[1][1])))
    relation = formula[2][2] if strict else formula[2]
    if relation[:2] != ("<" if strict else "<=", "0") or relation[2][0] != "inner":
        return None
    _, left, right = relation[2]
    if left != "#0" or right[0] != "matmul" or right[2] != "#0" or mentions_bound(right[1], 0):
        return None
    return right[1], strict


def orthonormal_of(formula: Term) -> str | None:
    """The matrix A if the formula says A^T A = I or A A^T = I, else ``None``."""
    if formula[0] != "=":
        return None
    for product, unit in (formula[1:], formula[:0:-1]):
        if product[0] == "matmul" and unit[0] == "identity":
            left, right = product[1:]
            for one, other in ((left, right), (right, left)):
                if isinstance(one, str) and other == ("transpose", one):
                    return one
    return None


@lru_cache(maxsize=5000)
def minimiser_of(formula: Term) -> tuple[Term, Term, Term] | None:
    """``(p, sort, O)`` if the formula says O(p) <= O(x) for every x of the sort, else ``None``.

    p is a closed term; O is the body of a function, with ``#0`` for its argument.
    """
    if formula[0] != "forall" or is_discrete(formula[1]) or formula[2][0] != "<=":
        return None
    left, right = formula[2][1], formula[2][2]
    for part in _closed_parts(left):
        if instantiate(right, part) == left:
            return part, formula[1], right
    return None


def _closed_parts(term: Term) -> list[Term]:
    parts = [term] if is_closed(term) else []
    if isinstance(term, tuple):
        for part in term[1:]:
            parts.extend(_closed_parts(part))
    return parts


def smooth_literal(body: Term) -> bool:
    """Whether a function body is a polynomial, so that it is differentiable everywhere."""
    if isinstance(body, str):
        return True
    if body[0] in ("exp", "sin", "cos", "arctan"):
        return smooth_literal(body[1])
    if body[0] == "/":
        return is_number(body[2]) and body[2] != "0" and smooth_literal(body[1])
    if body[0] in ("^", "power"):
        return smooth_literal(body[1])
    return body[0] in ("+", "-", "*", "inner", "vector", "zero") and all(
        smooth_literal(part) for part in body[1:]
    )


@lru_cache(maxsize=5000)
def map_class_of(formula: Term) -> tuple[str, str, Term] | None:
    """``(T, kind, c)`` if the formula says of a map T, for all x and y, with u = T(x) - T(y):

    "lipschitz" |u| <= c |x - y|, "monotone" c |x - y|^2 <= <u, x - y>, "cocoercive"
    c |u|^2 <= <u, x - y>, or "nearest" <x - T(x), T(y) - T(x)> <= 0, where c is 0.
    """
    if formula[0] != "forall" or formula[2][0] != "forall" or formula[1] != formula[2][1]:
        return None
    body = formula[2][2]
    if formula[1][0] != "vector" or body[0] != "<=":
        return None
    x, y = "#1", "#0"
    for name in sorted(free_names(body)):
        at_x, at_y = ("app", name, x), ("app", name, y)
        gap, apart = ("+", x, ("-", y)), ("+", at_x, ("-", at_y))
        along = {("inner", apart, gap), ("inner", gap, apart)}
        if body[1] == ("norm", apart):
            constant = _before(body[2], ("norm", gap))
            return None if constant is None else (name, "lipschitz", constant)
        nearest = ("inner", ("+", x, ("-", at_x)), ("+", at_y, ("-", at_x)))
        if body[1:] == (nearest, "0"):
            return name, "nearest", "0"
        if body[2] in along:
            if body[1] == "0":
                return name, "monotone", "0"
            for kind, vector in (("monotone", gap), ("cocoercive", apart)):
                constant = _before(body[1], ("^", ("norm", vector), "2"))
                if constant is not None:
                    return name, kind, constant
    return None


def _before(term: Term, factor: Term) -> Term | None:
    """The closed number that stands before a factor, or 1; ``None`` if there is something else."""
    if term == factor:
        return "1"
    if term[0] != "*" or factor not in term[1:]:
        return None
    rest = [part for part in term[1:] if part != factor]
    return ("*", *rest) if len(rest) == len(term) - 2 and all(map(is_closed, rest)) else None
