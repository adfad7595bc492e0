"""Between which closed numbers a number is known to lie."""

from __future__ import annotations

from dataclasses import replace

from therefore.goal import Term, to_lists
from therefore.kernel.context import Context
from therefore.kernel.errors import Rejected
from therefore.kernel.terms import mentions
from therefore.provers.attempt import Labelled, Proof
from therefore.provers.building.unnormal import scalar_term
from therefore.provers.curves.closed import is_closed
from therefore.provers.curves.curves import closed_value
from therefore.provers.curves.stretches import Stretch

__all__ = ["stretch_of", "without_bars"]


def without_bars(ctx: Context, name: str) -> list[Labelled]:
    """−B < u and u < B, for each fact |u| < B about the number."""
    found: list[Labelled] = []
    for label, fact in ctx.facts.items():
        if fact[0] not in ("<", "<=") or fact[1][0] != "abs" or not mentions(fact[1], name):
            continue
        inside, most = fact[1][1], fact[2]
        for side, one in (("above", inside), ("below", ("-", inside))):
            below = ("<=", one, fact[1])
            plain: Proof = {"rule": "inspect"}
            cases: Proof = {
                "rule": "cases", "on": [to_lists(inside), "0"], "as": f"{label}_{side}_sign",
                "less": plain, "equal": plain, "greater": plain,
            }  # fmt: skip
            found.append((f"{label}_{side}", (fact[0], one, most), {
                "rule": "have", "fact": to_lists(below), "as": f"{label}_{side}_least",
                "proof": cases, "then": {
                    "rule": "combine",
                    "items": [{"fact": f"{label}_{side}_least"}, {"fact": label}],
                },
            }))  # fmt: skip
    return found


def stretch_of(ctx: Context, name: str) -> Stretch:
    """Where the facts say that the number lies: the narrowest closed bounds."""
    lows: list[tuple[float, bool, Term]] = []
    highs: list[tuple[float, bool, Term]] = []
    for fact in ctx.facts.values():
        if fact[0] not in ("<", "<=") or not mentions(fact, name):
            continue
        found = _bound(ctx, fact, name)
        if found is None:
            continue
        end, is_low = found
        value = closed_value(end)
        if value != value:
            continue
        if is_low:
            lows.append((value, fact[0] == "<", end))
        else:
            highs.append((-value, fact[0] == "<", end))
    stretch = Stretch(None, None)
    if lows:
        _, is_open, end = max(lows, key=lambda one: one[:2])
        stretch = replace(stretch, low=end, low_open=is_open)
    if highs:
        _, is_open, end = max(highs, key=lambda one: one[:2])
        stretch = replace(stretch, high=end, high_open=is_open)
    return stretch


def _bound(ctx: Context, fact: Term, name: str) -> tuple[Term, bool] | None:
    """The closed term that a fact compares the number with, and whether it is below."""
    left, right = fact[1:]
    if right == name and is_closed(ctx, left):
        return left, True
    if left == name and is_closed(ctx, right):
        return right, False
    try:
        difference = ctx.normal.scalar(right) - ctx.normal.scalar(left)
        single = ((ctx.atoms.intern("name", name), 1),)
        if difference.under or single not in difference.over:
            return None
        slope = difference.over[single]
        rest = {m: -c / slope for m, c in difference.over.items() if m != single}
        end = scalar_term(ctx.atoms, type(difference)(rest))
    except (Rejected, ValueError):
        return None
    return (end, slope > 0) if is_closed(ctx, end) else None
