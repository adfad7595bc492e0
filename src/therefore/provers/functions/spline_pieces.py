"""A spline in one variable that is nowhere negative: piece by piece, between its knots."""

from __future__ import annotations

from fractions import Fraction

from therefore.goal import Term, to_lists
from therefore.provers.attempt import Proof
from therefore.provers.functions.of_splines import Item, minus
from therefore.splines import Spline, spline_of

__all__ = ["not_negative"]


def not_negative(relation: Term, x: Term) -> Proof | None:
    """a ≤ b, where b − a is a spline in one variable: piece by piece."""
    gap = spline_of(minus(*reversed(relation[1:])), lambda part: bool(part == x))
    if gap is None:
        return None
    last = len(gap.knots)
    then: Proof = {}
    for k, piece in reversed(list(enumerate(gap.pieces()))):
        leaf = _on_piece(gap, piece, x, f"knot{k - 1}", f"knot{k}")
        if leaf is None:
            return None
        if k == last:
            then = leaf
            continue
        knot = gap.knots[k]
        right = gap.slopes[k + 1]
        times = ("+", str(gap.derivative(knot)), ("*", str(right / 2), minus(x, str(knot))))
        items = [{"fact": f"knot{k}", "times": to_lists(times)}, *_constant(gap(knot))]
        at_knot: Proof = {  # inspection adds facts up, and from an equation it takes one side
            "rule": "have", "fact": to_lists(("<=", x, str(knot))), "as": "side",
            "proof": {"rule": "inspect"}, "then": {"rule": "combine", "items": items},
        }  # fmt: skip
        then = {
            "rule": "cases", "on": [str(knot), to_lists(x)], "as": f"knot{k}", "less": then,
            "equal": at_knot, "greater": leaf,
        }  # fmt: skip
    return then


def _constant(value: Fraction) -> list[Item]:
    return [{"positive": str(value)}] if value else []


def _on_piece(
    gap: Spline,
    piece: tuple[Fraction | None, Fraction | None, Fraction],
    x: Term,
    above: str,
    below: str,
) -> Proof | None:
    """0 ≤ q(x) on one piece, from the facts that x is ``above`` its low and ``below`` its high."""
    low, high, slope = piece
    items: list[Item] = []

    def square(centre: Fraction) -> None:
        if slope:
            items.append(
                {"square": to_lists(minus(x, str(centre))), "times": str(slope / 2)}
            )

    if slope < 0:
        if low is None or high is None or gap(low) < 0 or gap(high) < 0:
            return None
        length = high - low
        items.append({"fact": above, "times": str(gap(high) / length)})
        items.append({"fact": below, "times": str(gap(low) / length)})
        times = ("*", str(-slope / 2), minus(str(high), x))
        items.append({"fact": above, "times": to_lists(times)})
        return {"rule": "combine", "items": items}
    if low is not None and gap.derivative(low) >= 0:
        square(low)
        items.append({"fact": above, "times": str(gap.derivative(low))})
        items += _constant(gap(low))
    elif high is not None and gap.derivative(high) <= 0:
        square(high)
        items.append({"fact": below, "times": str(-gap.derivative(high))})
        items += _constant(gap(high))
    elif slope:
        near = low if low is not None else high if high is not None else Fraction(0)
        centre = near - gap.derivative(near) / slope
        square(centre)
        items += _constant(gap(centre))
    else:
        return None
    return {"rule": "combine", "items": items}
