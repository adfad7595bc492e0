"""Facts about quadratic splines: of clamped numbers, by which all else is expressed.

Between its neighbouring knots a <= b the spline bends like the number x clamped to [a, b]. With
A = |x - a| and B = |x - b|, twice the clamped number less a is (b - a) + A - B; it is 0 left of
a, grows to 2(b - a), and stays. The proofs here are written out, and hold for all a, b and x.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TypeAlias

from therefore.goal import Term, to_lists
from therefore.provers.attempt import Proof, with_steps
from therefore.splines import Spline

__all__ = ["LEMMAS", "Item", "above_tangent", "grows", "minus", "with_bends", "with_growth"]

Item: TypeAlias = dict[str, object]
Weigh: TypeAlias = Callable[[Fraction], Fraction]


def minus(left: Term, right: Term) -> Term:
    """The difference of two terms."""
    return ("+", left, ("-", right))


def _size(term: Term, knot: Term) -> Term:
    return ("abs", minus(term, knot))


def _inside(a: Term, b: Term, x: Term) -> Term:
    """Twice how far x, clamped to [a, b], is above a."""
    return ("+", minus(b, a), _size(x, a), ("-", _size(x, b)))


def _short(a: Term, b: Term, x: Term) -> Term:
    """Twice how far x, clamped to [a, b], is below b."""
    return ("+", minus(b, a), ("-", _size(x, a)), _size(x, b))


def _beyond(b: Term, x: Term) -> Term:
    """Twice how far x is above b; 0 if it is not."""
    return ("+", minus(x, b), _size(x, b))


def _before(a: Term, x: Term) -> Term:
    """Twice how far x is below a; 0 if it is not."""
    return ("+", _size(x, a), minus(a, x))


def _forall(count: int, premises: list[Term], conclusion: Term) -> Term:
    for premise in reversed(premises):
        conclusion = ("implies", premise, conclusion)
    for _ in range(count):
        conclusion = ("forall", "real", conclusion)
    return conclusion


_SEEN: Proof = {"rule": "inspect"}


def _split(on: tuple[str, str], label: str, less: Proof, other: Proof) -> Proof:
    """By cases: a < x, and x <= a in two parts that have one proof."""
    return {
        "rule": "cases", "on": list(on), "as": label, "less": less, "equal": less, "greater": other,
    }  # fmt: skip


def _clamped(conclusion: Term) -> tuple[Term, Proof]:
    """What holds of a number x and its clamped one, by the place of x."""
    proof: Proof = {
        "rule": "intro", "names": ["knot_a", "knot_b", "point_x"], "labels": ["order"],
        "then": _split(
            ("knot_b", "point_x"), "right", _SEEN,
            _split(("knot_a", "point_x"), "left", _SEEN, _SEEN),
        ),
    }  # fmt: skip
    return _forall(3, [("<=", "#2", "#1")], conclusion), proof


_TWO_POINTS = _forall(
    4,
    [("<=", "#3", "#2"), ("<=", "#1", "#0")],
    ("<=", _inside("#3", "#2", "#1"), _inside("#3", "#2", "#0")),
)
_BY_LAST = _split(("knot_b", "point_x"), "high", _SEEN, _SEEN)
_BETWEEN = _split(("knot_a", "point_y"), "low", _BY_LAST, _BY_LAST)
_TWO_POINTS_PROOF: Proof = {
    "rule": "intro", "names": ["knot_a", "knot_b", "point_y", "point_x"],
    "labels": ["order", "points"],
    "then": _split(
        ("knot_b", "point_y"), "right", _SEEN, {
            "rule": "cases", "on": ["point_x", "knot_a"], "as": "left", "less": _SEEN,
            "equal": _SEEN, "greater": _BETWEEN,
        },
    ),
}  # fmt: skip

def _grows(side: Callable[[Term, Term], Term], order: int) -> tuple[Term, Proof]:
    """That the part of x on one side of a grows, or falls, with x."""
    pair = [side("#2", "#1"), side("#2", "#0")][::order]
    proof: Proof = {
        "rule": "intro", "names": ["knot_a", "point_y", "point_x"], "labels": ["points"],
        "then": _split(
            ("knot_a", "point_y"), "low", _SEEN,
            _split(("knot_a", "point_x"), "high", _SEEN, _SEEN),
        ),
    }  # fmt: skip
    return _forall(3, [("<=", "#1", "#0")], ("<=", *pair)), proof


def _bend(a: Term, b: Term, x: Term, y: Term) -> Term:
    """Eight times how far the spline that bends between a and b is above its tangent at x, at y."""
    squares = [("^", _beyond(*at), "2") for at in ((a, y), (b, y), (a, x), (b, x))]
    first, second, third, fourth = squares
    change = ("*", "4", _inside(a, b, x), minus(y, x))
    return ("+", first, ("-", second), ("-", third), fourth, ("-", change))


def _bend_before(a: Term, x: Term, y: Term) -> Term:
    """The same of the spline that bends before a only."""
    squares = minus(("^", _before(a, y), "2"), ("^", _before(a, x), "2"))
    return ("+", squares, ("*", "4", _before(a, x), minus(y, x)))


def _bend_after(a: Term, x: Term, y: Term) -> Term:
    """The same of the spline that bends after a only."""
    squares = minus(("^", _beyond(a, y), "2"), ("^", _beyond(a, x), "2"))
    return ("+", squares, ("-", ("*", "4", _beyond(a, x), minus(y, x))))


def _above(names: list[str], labels: list[str], items: list[Item]) -> Proof:
    return {
        "rule": "intro", "names": names, "labels": labels,
        "then": {"rule": "combine", "items": items},
    }  # fmt: skip


def _twice(fact: str, at: tuple[str, str, str]) -> Item:
    return {"fact": fact, "with": list(at), "times": "2"}


def _product(fact: str, at: tuple[str, str, str], other: str, there: tuple[str, str, str]) -> Item:
    """Twice the product of what two facts say is not negative."""
    of = {"before": lambda a, b, x: _before(a, x), "beyond": lambda a, b, x: _beyond(b, x)}
    sign: Proof = {"rule": "combine", "items": [_twice(other, there)]}
    times = to_lists(("*", "2", of[other](*there)))
    return {"fact": fact, "with": list(at), "times": times, "sign": sign}


def _square(term: Term) -> Item:
    return {"square": to_lists(term)}


_A, _B, _X, _Y = "knot_a", "knot_b", "point_x", "point_y"
_ABX, _ABY, _AAX, _AAY = (_A, _B, _X), (_A, _B, _Y), (_A, _A, _X), (_A, _A, _Y)
_BENDS = (
    _forall(4, [("<=", "#3", "#2")], ("<=", "0", _bend("#3", "#2", "#1", "#0"))),
    _above([_A, _B, _X, _Y], ["order"], [
        _square(minus(_inside(*_ABY), _inside(*_ABX))),
        _product("short", _ABX, "beyond", _ABY),
        _product("inside", _ABX, "before", _ABY),
        _twice("short_or_not_beyond", _ABY),
        _twice("outside_or_not_before", _ABX),
    ]),
)  # fmt: skip
_BENDS_BEFORE = (
    _forall(3, [], ("<=", "0", _bend_before("#2", "#1", "#0"))),
    _above([_A, _X, _Y], [], [
        _square(minus(_before(_A, _Y), _before(_A, _X))),
        _product("before", _AAX, "beyond", _AAY),
    ]),
)  # fmt: skip
_BENDS_AFTER = (
    _forall(3, [], ("<=", "0", _bend_after("#2", "#1", "#0"))),
    _above([_A, _X, _Y], [], [
        _square(minus(_beyond(_A, _Y), _beyond(_A, _X))),
        _product("beyond", _AAX, "before", _AAY),
    ]),
)  # fmt: skip
_PRODUCT: tuple[Term, Proof] = (
    _forall(2, [("<=", "0", "#1"), ("<=", "0", "#0")], ("<=", "0", ("*", "#1", "#0"))),
    {
        "rule": "intro", "names": ["factor_p", "factor_q"], "labels": ["first", "second"],
        "then": _SEEN,
    },
)  # fmt: skip
_ROOT: tuple[Term, Proof] = (
    _forall(
        2,
        [("<=", "0", "#1"), ("<=", "0", "#0"), ("<=", ("^", "#1", "2"), ("^", "#0", "2"))],
        ("<=", "#1", "#0"),
    ),
    {
        "rule": "intro", "names": ["root_p", "root_q"], "labels": ["first", "second", "squares"],
        "then": {
            "rule": "suppose", "as": "more", "then": {
                "rule": "have", "fact": to_lists(("<", "0", ("+", "root_p", "root_q"))),
                "as": "both", "proof": {"rule": "combine", "items": [
                    {"fact": "more"}, {"fact": "second", "times": "2"},
                ]},
                "then": {"rule": "combine", "items": [
                    {"fact": "more", "times": to_lists(("+", "root_p", "root_q"))},
                    {"fact": "squares"},
                ]},
            },
        },
    },
)  # fmt: skip
_AT = ("#2", "#1", "#0")

LEMMAS: dict[str, tuple[Term, Proof]] = {
    "short_or_not_beyond": _clamped(("=", ("*", _short(*_AT), _beyond("#1", "#0")), "0")),
    "outside_or_not_before": _clamped(("=", ("*", _inside(*_AT), _before("#2", "#0")), "0")),
    "inside": _clamped(("<=", "0", _inside(*_AT))),
    "short": _clamped(("<=", "0", _short(*_AT))),
    "beyond": _clamped(("<=", "0", _beyond("#1", "#0"))),
    "before": _clamped(("<=", "0", _before("#2", "#0"))),
    "bends_between": _BENDS,
    "bends_before": _BENDS_BEFORE,
    "bends_after": _BENDS_AFTER,
    "grows_between": (_TWO_POINTS, _TWO_POINTS_PROOF),
    "grows_before": _grows(_before, -1),
    "grows_after": _grows(_beyond, 1),
    "product": _PRODUCT,
    "root": _ROOT,
}
"""The facts that are proved once, by label, each with its proof."""


def with_bends(spline: Spline, then: Proof) -> Proof:
    """A proof after the facts that ``above_tangent`` needs are proved."""
    labels = ["beyond", "before", "bends_before", "bends_after"]
    if len(spline.knots) > 1:
        labels += ["inside", "short", "short_or_not_beyond", "outside_or_not_before"]
        labels += ["bends_between"]
    return _with_lemmas(labels, then)


def with_growth(spline: Spline, then: Proof) -> Proof:
    """A proof after the facts that ``grows`` needs are proved."""
    between = ["grows_between"] if len(spline.knots) > 1 else []
    return _with_lemmas(["product", "root", *between, "grows_before", "grows_after"], then)


def _with_lemmas(labels: list[str], then: Proof) -> Proof:
    return with_steps([(label, *LEMMAS[label]) for label in labels], then)


def _of_pieces(spline: Spline, kind: str, points: list[Term], weigh: Weigh) -> list[Item]:
    """An instance of the fact of that kind for each piece, times its weight."""
    items: list[Item] = []
    for low, high, slope in spline.pieces():
        weight = weigh(slope)
        if weight:
            place = "before" if low is None else "after" if high is None else "between"
            ends = [str(end) for end in (low, high) if end is not None]
            items.append({
                "fact": f"{kind}_{place}", "with": to_lists((*ends, *points)),
                "times": str(weight),
            })  # fmt: skip
    return items


def above_tangent(spline: Spline, least: Fraction, sign: int, x: Term, y: Term) -> list[Item]:
    """Items that add up to sign * (f(y) - f(x) - f'(x) (y - x)) - least/2 (y - x)^2."""
    return _of_pieces(spline, "bends", [x, y], lambda slope: (sign * slope - least) / 8)


def grows(spline: Spline, factor: int, bound: Fraction, low: Term, high: Term) -> list[Item]:
    """Items that add up to bound (high - low) + factor (f'(high) - f'(low)), for low <= high."""
    return _of_pieces(spline, "grows", [low, high], lambda slope: (bound + factor * slope) / 2)
