"""Plots: what a derivation module would like to have drawn beside its claims, as plain data.

A module says which curves, or which paths in the plane, and nothing is drawn when it is imported:
``therefore pages`` does that, with matplotlib.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from therefore.task import Source

if TYPE_CHECKING:
    from therefore.claim import Claim

__all__ = ["Plot", "Trajectories", "plot", "trajectories"]

_LOGARITHMIC = ("", "x", "y", "xy")
_MOST_STEPS = 200


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


@dataclass(frozen=True, eq=False)
class Trajectories:
    """Paths of a vector in the plane, one for each way to make a step, over the level lines of a
    function.

    ``steps`` has the point after ``vector`` by the name of each path, in LaTeX; every path begins
    at ``start`` and makes ``times`` steps. ``level`` is the function; ``within`` has both ends of
    both coordinates. The rest is as in ``Plot``.
    """

    vector: Any
    steps: Mapping[str, Any]
    start: tuple[Any, Any]
    times: int
    level: Any
    within: tuple[tuple[Any, Any], tuple[Any, Any]]
    points: Mapping[str, tuple[Any, Any]]
    at: Mapping[Any, Any]
    beside: Claim | None
    caption: str
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
    to two coordinates. ``at`` gives every other name that they speak of a value: a tuple for a
    vector, a tuple of rows for a matrix, and for a sequence a function of its index, as in
    ``{v: lambda t: (-1,)}``. Raises ``IllFormed`` where the ends are no two numbers in order, a
    name has no value, or a curve is no number.
    """
    from sympy import evaluate, sympify

    from therefore.language.errors import IllFormed

    source = _caller()
    with evaluate(True):
        variable, low, high = (sympify(part, strict=True) for part in over)
        values = _values(at)
        numbers = {one: value for one, value in values.items() if one.is_Symbol}
        low, high = (end.xreplace(numbers) for end in (low, high))
    if not variable.is_Symbol:
        raise IllFormed(f"a plot is over a number by name, and {variable} is none", source)
    _ordered(low, high, source)
    if "x" in logarithmic and not low > 0:
        raise IllFormed("a logarithmic axis has positive numbers only", source)
    if not curves:
        raise IllFormed("a plot has at least one curve", source)
    if logarithmic not in _LOGARITHMIC:
        raise IllFormed("logarithmic names axes: x, y or xy", source)
    shown = {name: sympify(curve, strict=True) for name, curve in curves.items()}
    marked = _points(points)
    _known(shown.items(), {variable, *values}, source)
    _known(_coordinates_of(marked), values, source)
    return Plot(variable, low, high, shown, marked, values, beside, caption, logarithmic, source)


def trajectories(
    vector: Any,
    steps: Mapping[str, Any],
    *,
    start: tuple[Any, Any],
    times: int,
    level: Any,
    within: tuple[tuple[Any, Any], tuple[Any, Any]],
    caption: str,
    points: Mapping[str, tuple[Any, Any]] | None = None,
    at: Mapping[Any, Any] | None = None,
    beside: Claim | None = None,
) -> Trajectories:
    r"""Ask for paths in the plane: ``trajectories(x, {r"x - \eta x": x - eta * x}, start=(1, 2),
    times=9, level=norm(x), within=((-2, 2), (-1, 3)), at={d: 2, eta: 1}, caption="It shrinks.")``.

    ``steps`` maps what a path is called, in LaTeX, to the point that follows ``vector``. From
    ``start``, ``times`` steps are worked out exactly, gradients included, and drawn over lines on
    which ``level`` does not change. ``at`` gives every other name a value, as in ``plot``; the size
    of the vector is 2. Raises ``IllFormed`` where ends are no two numbers in order, a name has no
    value, there is no step, or ``vector`` is no vector.
    """
    from sympy import evaluate, sympify

    from therefore.language.errors import IllFormed
    from therefore.language.vectors import Vector

    source = _caller()
    if not isinstance(vector, Vector):
        raise IllFormed(f"a path is one of a vector by name, and {vector} is none", source)
    if not steps:
        raise IllFormed("there is at least one way to make a step", source)
    if not 1 <= times <= _MOST_STEPS:
        raise IllFormed(f"a path has 1 to {_MOST_STEPS} steps, not {times}", source)
    with evaluate(True):
        values = _values(at)
        ends = [[sympify(end, strict=True) for end in pair] for pair in within]
        ((left, right), (bottom, top)) = ends
        ways = {name: sympify(step, strict=True) for name, step in steps.items()}
        height = sympify(level, strict=True)
        across, up = (sympify(one, strict=True) for one in start)
    _ordered(left, right, source)
    _ordered(bottom, top, source)
    marked = _points(points)
    _known([*ways.items(), ("level", height)], {vector, *values}, source)
    _known([*_coordinates_of(marked), ("start", across), ("start", up)], values, source)
    return Trajectories(
        vector, ways, (across, up), times, height, ((left, right), (bottom, top)), marked, values,
        beside, caption, source,
    )  # fmt: skip


def _caller() -> Source:
    """Where the module asks for it."""
    frame = sys._getframe(2)
    return Source(frame.f_code.co_filename, frame.f_lineno)


def _values(at: Mapping[Any, Any] | None) -> dict[Any, Any]:
    """The values by their names; what stands for vectors, matrices and sequences as it is."""
    from sympy import sympify

    return {
        sympify(name, strict=True): value if callable(value) or isinstance(value, tuple)
        else sympify(value, strict=True)
        for name, value in (at or {}).items()
    }  # fmt: skip


def _points(points: Mapping[str, tuple[Any, Any]] | None) -> dict[str, tuple[Any, Any]]:
    from sympy import sympify

    return {
        name: (sympify(across, strict=True), sympify(up, strict=True))
        for name, (across, up) in (points or {}).items()
    }


def _coordinates_of(points: Mapping[str, tuple[Any, Any]]) -> list[tuple[str, Any]]:
    return [(name, one) for name, place in points.items() for one in place]


def _ordered(low: Any, high: Any, source: Source) -> None:
    from therefore.language.errors import IllFormed

    if not all(end.is_real and end.is_number for end in (low, high)) or not low < high:
        raise IllFormed(f"a plot goes from one number up to another, not {low} to {high}", source)


def _known(parts: Iterable[tuple[str, Any]], known: Iterable[Any], source: Source) -> None:
    """Whether these are terms that speak of known names only."""
    from sympy import Expr

    from therefore.language.errors import IllFormed

    for name, part in parts:
        if not isinstance(part, Expr):
            raise IllFormed(f"{name} is no number that could be drawn: {part}", source)
        missing = sorted(str(one) for one in part.free_symbols - set(known))
        if missing:
            raise IllFormed(f"{name} needs values of {', '.join(missing)}: say at={{…}}", source)
