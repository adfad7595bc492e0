"""Steps that stand in an equation for the point they lead to, recognised by their shape.

A hypothesis says that g is a subgradient of f at p, f(p) + <g, u - p> <= f(u) for all u, where g
or p has a cell that nothing else determines; or an equation has a gradient or a map at such a
cell, or the rule of a cell asks for the cell itself. A :class:`Step` tells which cell is to be
found from which hypothesis, and at which whole numbers. The cells come in the order in which a
method makes them: by their index, and those of the same index by their hypotheses.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from therefore.goal import Term
from therefore.refuters.interpret import Interpreter
from therefore.refuters.meaning import is_tabular
from therefore.refuters.shapes import stationary_of
from therefore.refuters.terms import free_names, instantiate, is_closed, mentions_bound
from therefore.refuters.values import Bound, Cell

__all__ = [
    "Inclusion", "Step", "inclusions", "proximal_map_of", "relatively_smooth_of", "steps_of",
    "subgradient_of",
]  # fmt: skip


@dataclass(frozen=True)
class Inclusion:
    """``slope`` is a subgradient of ``function`` at ``point``."""

    function: str
    point: Term
    slope: Term
    bound: Bound


@dataclass(frozen=True)
class Step:
    """A cell that is to be found from a hypothesis: from an inclusion, or an equation of two sides.

    ``is_point`` tells whether the cell is the point of the inclusion, and not the subgradient;
    ``inverted`` is the function of which the gradient at the cell is a side of the equation.
    """

    cell: Cell
    hypothesis: Term
    bound: Bound
    inclusion: Inclusion | None = None
    is_point: bool = False
    sides: tuple[Term, Term] = ("0", "0")
    inverted: str = ""


@lru_cache(maxsize=5000)
def subgradient_of(formula: Term) -> tuple[str, Term, Term] | None:
    """``(f, p, g)`` if the formula says f(p) + <g, u - p> <= f(u) for all vectors u.

    The summands may stand on either side. In p and g the variables bound outside the formula
    are numbered as they are outside.
    """
    if formula[0] != "forall" or formula[1][0] != "vector" or formula[2][0] != "<=":
        return None
    terms = [*_signed(formula[2][2], 1), *_signed(formula[2][1], -1)]
    values = [(sign, term) for sign, term in terms if term[0] == "app" and len(term) == 3]
    others = [(sign, term) for sign, term in terms if term[0] == "inner"]
    if len(terms) != 3 or len(values) != 2 or len(others) != 1:
        return None
    upper = [term for sign, term in values if sign > 0]
    lower = [term for sign, term in values if sign < 0]
    if len(upper) != 1 or upper[0][2] != "#0" or not isinstance(upper[0][1], str):
        return None
    point, (sign, product) = lower[0][2], others[0]
    if lower[0][1] != upper[0][1] or mentions_bound(point, 0):
        return None
    gaps = {-1: ("+", "#0", ("-", point)), 1: ("+", point, ("-", "#0"))}
    for slope, gap in (product[1:], product[:0:-1]):
        if gap == gaps[sign] and not mentions_bound(slope, 0):
            return upper[0][1], instantiate(point, "0"), instantiate(slope, "0")
    return None


@lru_cache(maxsize=5000)
def proximal_map_of(formula: Term) -> tuple[str, str, Term] | None:
    """``(P, f, w)`` if the formula says that w (x - P(x)) is a subgradient of f at P(x), for all x;
    w is a closed number, and may also stand as the divisor 1 / w.
    """
    found = subgradient_of(formula[2]) if formula[0] == "forall" else None
    if found is None or formula[1] != formula[2][1]:
        return None
    function, point, slope = found
    if point[0] != "app" or point[2:] != ("#0",) or not isinstance(point[1], str):
        return None
    gap = ("+", "#0", ("-", point))
    if slope[0] == "/" and slope[1] == gap and is_closed(slope[2]):
        return point[1], function, ("/", "1", slope[2])
    if slope[0] != "*" or gap not in slope[1:]:
        return None
    weights = [part for part in slope[1:] if part != gap]
    closed = len(weights) == len(slope) - 2 and all(map(is_closed, weights))
    return (point[1], function, ("*", "1", *weights)) if closed else None


@lru_cache(maxsize=5000)
def relatively_smooth_of(formula: Term) -> tuple[str, str, Term] | None:
    """``(f, h, c)`` if the formula says D_f <= c D_h of the Bregman distances at all x and y.

    These are f(y) - f(x) - <grad f(x), y - x> and the same of h; c is a closed number, which may
    also stand as a divisor.
    """
    if formula[0] != "forall" or formula[2][0] != "forall" or formula[1] != formula[2][1]:
        return None
    body = formula[2][2]
    if formula[1][0] != "vector" or body[0] != "<=":
        return None
    right = body[2]
    factors: list[Term] = ["1"]
    if right[0] == "/" and is_closed(right[2]):
        right, factors = right[1], [("/", "1", right[2])]
    if right[0] == "*":
        factors += [part for part in right[1:] if is_closed(part)]
        rest = [part for part in right[1:] if not is_closed(part)]
        right = rest[0] if len(rest) == 1 else "0"
    for x, y in (("#1", "#0"), ("#0", "#1")):
        f, h = (_function_of_distance(side, x, y) for side in (body[1], right))
        if f and h and f != h:
            return f, h, ("*", *factors) if len(factors) > 1 else factors[0]
    return None


def _function_of_distance(term: Term, x: Term, y: Term) -> str | None:
    """The f of the Bregman distance of f from x to y."""
    parts = set(_signed(term, 1))
    for function in sorted(free_names(term)):
        slope, gap = ("gradient", function, x), ("+", y, ("-", x))
        ends = {(1, ("app", function, y)), (-1, ("app", function, x))}
        for product in (("inner", slope, gap), ("inner", gap, slope)):
            if parts == {*ends, (-1, product)}:
                return function
    return None


def _signed(term: Term, sign: int) -> Iterator[tuple[int, Term]]:
    """The summands of a sum, and of those in it, with their signs."""
    if term[0] == "+":
        for part in term[1:]:
            yield from _signed(part, sign)
    elif term[0] == "-":
        yield from _signed(term[1], -sign)
    else:
        yield sign, term


def inclusions(
    interpreter: Interpreter, formula: Term, bound: Bound = ()
) -> tuple[list[Inclusion], bool] | None:
    """What a hypothesis says of subgradients at all its whole numbers, and whether that is all.

    ``None`` for a hypothesis that says anything else.
    """
    found = subgradient_of(formula)
    if found is not None:
        declared = found[0] in interpreter.problem.sorts  # and not defined
        return ([Inclusion(*found, bound)], True) if declared else None
    if formula[:2] != ("forall", "integer"):
        return None
    values, complete, body = interpreter.whole_values("integer", formula[2], bound) or ([], 0, "")
    if body[0] != "forall":
        return None
    all_of_them: list[Inclusion] = []
    for value in values:
        inner = inclusions(interpreter, body, (value, *bound))
        if inner is None:
            return None
        all_of_them += inner[0]
        complete = complete and inner[1]
    return all_of_them, bool(complete)


def steps_of(
    whole: Interpreter, hypotheses: Iterable[Term], rules: Mapping[Cell, tuple[Term, Bound]]
) -> tuple[Step, ...]:
    """The cells of vectors that hypotheses determine by implicit equations, in order."""
    found: dict[Cell, tuple[tuple[Cell, int], Step]] = {}

    def keep(step: Step, number: int) -> None:
        found.setdefault(step.cell, ((step.cell[1:], number), step))

    for number, hypothesis in enumerate(hypotheses):
        said = inclusions(whole, hypothesis)
        for one in said[0] if said else ():
            for term, is_point in ((one.slope, False), (one.point, True)):
                key = whole.key_of(term, one.bound)
                if key is not None and key not in rules and _is_vector(whole, key):
                    keep(Step(key, hypothesis, one.bound, one, is_point), number)
                    break
        if said is not None or stationary_of(hypothesis) is not None:
            continue
        for atom in whole.atoms(hypothesis):
            sides, bound = (atom.left, atom.right), atom.bound
            places = [key for side in sides for key in _inside(whole, side, bound)]
            cells = [key for key in dict.fromkeys(places) if _is_vector(whole, key)]
            if atom.relation != "=" or not cells:
                continue
            own = [key for key in cells if rules.get(key) in [(side, bound) for side in sides]]
            ruled = any(whole.key_of(side, bound) in rules for side in sides)
            free = [key for key in cells if key not in rules and key not in found]
            chosen = own or ([] if ruled else free)
            if chosen:
                last = max(chosen, key=lambda key: key[1:])
                alone = [key for side in sides for key in _outside(whole, side, bound)]
                if any(key[0] == last[0] and key[1:] > last[1:] for key in alone):
                    continue  # (k + 2) x_{k+1} = x_0 + (k + 1) T(x_k) gives x_{k+1}, and not x_k
                inverted = _inverted(whole, last, sides, bound)
                keep(Step(last, hypothesis, bound, sides=sides, inverted=inverted), number)
    return tuple(step for _, step in sorted(found.values(), key=lambda pair: pair[0]))


def _inverted(whole: Interpreter, cell: Cell, sides: tuple[Term, Term], bound: Bound) -> str:
    """The function of which the gradient at the cell is a side; the empty text for none."""
    for side in sides:
        known = side[0] == "gradient" and isinstance(side[1], str)
        if known and whole.key_of(side[2], bound) == cell:
            return str(side[1])
    return ""


def _is_vector(whole: Interpreter, key: Cell) -> bool:
    sort = whole.problem.sorts[key[0]]
    if is_tabular(sort):
        sort = sort[2] if sort[0] == "function" else "real"
    return isinstance(sort, tuple) and sort[0] == "vector"


def _outside(whole: Interpreter, term: Term, bound: Bound) -> Iterator[Cell]:
    """The cells of vectors that a term has outside of gradients and maps."""
    key = whole.key_of(term, bound)
    if key is not None:
        yield key
    elif not isinstance(term, str) and term[0] in ("+", "-", "*", "/"):
        for part in term[1:]:
            yield from _outside(whole, part, bound)


def _inside(whole: Interpreter, term: Term, bound: Bound) -> Iterator[Cell]:
    """The cells at which a term has the gradient of a declared function, or a declared map."""
    if isinstance(term, str) or len(term) < 2:  # pi has no parts
        return
    sort = whole.problem.sorts.get(term[1]) if isinstance(term[1], str) else None
    if term[0] in ("gradient", "app") and isinstance(sort, tuple) and not is_tabular(sort):
        key = whole.key_of(term[2], bound)
        if key is not None:
            yield key
    if term[0] in ("+", "-", "*", "/"):
        for part in term[1:]:
            yield from _inside(whole, part, bound)
