"""Plots: what a derivation module would like to have drawn beside its claims, as plain data.

A module says which curves, and nothing is drawn when it is imported: ``therefore pages`` does
that, with matplotlib.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from therefore.task import Source

if TYPE_CHECKING:
    from therefore.claim import Claim

__all__ = ["Plot", "plot"]

_LOGARITHMIC = ("", "x", "y", "xy")


@dataclass(frozen=True, eq=False)
class Plot:
    """Curves over one variable between two ends, and points beside them.

    ``curves`` and ``points`` are called by what stands at them, in LaTeX. ``at`` has the values
    of the other names; ``beside`` is the claim that the plot stands with, if not with the whole
    module; ``logarithmic`` names the axes that are.
    """

    variable: Any
    low: Any
    high: Any
    curves: Mapping[str, Any]
    points: Mapping[str, tuple[Any, Any]]
    at: Mapping[Any, Any]
    beside: Claim | None
    caption: str
    logarithmic: str
    source: Source


def plot(
    over: tuple[Any, Any, Any],
    curves: Mapping[str, Any],
    *,
    caption: str,
    points: Mapping[str, tuple[Any, Any]] | None = None,
    at: Mapping[Any, Any] | None = None,
    beside: Claim | None = None,
    logarithmic: str = "",
) -> Plot:
    """Ask for a plot: ``plot((x, -6, 6), {"g(x)": g(x)}, caption="It is bounded.")``.

    ``over`` is the variable with both ends of its range; over an integer each value is a dot.
    ``curves`` maps what a curve is called, in LaTeX, to numbers in SymPy, and ``points`` the same
    to two coordinates. ``at`` gives every other name that they speak of a value. Raises
    ``IllFormed`` where the ends are no two numbers in order, a name has no value, or a curve is
    no number.
    """
    from sympy import Expr, S, evaluate, sympify

    from therefore.language.errors import IllFormed

    caller = sys._getframe(1)
    source = Source(caller.f_code.co_filename, caller.f_lineno)
    with evaluate(True):
        variable, low, high = (sympify(part, strict=True) for part in over)
        values = {sympify(name, strict=True): S(value) for name, value in (at or {}).items()}
        ends = [end.xreplace(values) for end in (low, high)]
    if not variable.is_Symbol:
        raise IllFormed(f"a plot is over a number by name, and {variable} is none", source)
    if not all(end.is_real and end.is_number for end in ends) or not ends[0] < ends[1]:
        raise IllFormed(f"a plot goes from one number up to another, not {low} to {high}", source)
    if "x" in logarithmic and not ends[0] > 0:
        raise IllFormed("a logarithmic axis has positive numbers only", source)
    if not curves:
        raise IllFormed("a plot has at least one curve", source)
    if logarithmic not in _LOGARITHMIC:
        raise IllFormed("logarithmic names axes: x, y or xy", source)
    shown = {name: sympify(curve, strict=True) for name, curve in curves.items()}
    marked = {
        name: (sympify(across, strict=True), sympify(up, strict=True))
        for name, (across, up) in (points or {}).items()
    }
    parts = [(name, one, {variable}) for name, one in shown.items()]
    parts += [(name, one, set()) for name, place in marked.items() for one in place]
    for name, part, free in parts:
        if not isinstance(part, Expr):
            raise IllFormed(f"{name} is no number that could be drawn: {part}", source)
        missing = sorted(str(one) for one in part.free_symbols - free - values.keys())
        if missing:
            raise IllFormed(f"{name} needs values of {', '.join(missing)}: say at={{…}}", source)
    low, high = ends
    return Plot(
        variable, low, high, shown, marked, values, beside, caption, logarithmic, source
    )
