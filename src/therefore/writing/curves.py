"""The numbers of curves over one variable, and how they are drawn."""

from __future__ import annotations

import math
from typing import Any

from therefore.plots import Plot

__all__ = ["COLOURS", "draw_curves", "mark_points", "numbers_of_curves", "rounded"]

_STEPS = 240
_DIGITS = 6
# Told apart with any sight: the palette of Okabe and Ito.
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00")


def numbers_of_curves(plot: Plot) -> dict[str, Any]:
    """What a plot shows, as plain data: its words, its ends, and each curve at even steps.

    A value that is no finite number is ``None``. Raises ``IllFormed`` where a curve cannot be
    worked out in numbers.
    """
    from therefore.language import latex

    low, high = (float(end) for end in (plot.low, plot.high))
    dots = bool(plot.variable.is_integer)
    across = _places(low, high, dots, plot.logarithmic, _STEPS)
    return {
        "variable": latex(plot.variable),
        "caption": plot.caption,
        "logarithmic": plot.logarithmic,
        "dots": dots,
        "ends": [rounded(low), rounded(high)],
        "curves": {name: _values(plot, curve, across) for name, curve in plot.curves.items()},
        "points": {
            name: [_values(plot, one, across[:1])[0] for one in place]
            for name, place in plot.points.items()
        },
    }


def draw_curves(axes: Any, numbers: dict[str, Any]) -> None:
    """Draw the numbers of ``numbers_of_curves``."""
    low, high = numbers["ends"]
    for place, (name, values) in enumerate(numbers["curves"].items()):
        colour = COLOURS[place % len(COLOURS)]
        across = _places(low, high, numbers["dots"], numbers["logarithmic"], len(values) - 1)
        heights = [math.nan if value is None else value for value in values]
        style = {"marker": "o", "markersize": 4, "linestyle": ":"} if numbers["dots"] else {}
        axes.plot(across, heights, label=f"${name}$", color=colour, linewidth=1.8, **style)
    mark_points(axes, numbers["points"])
    if "x" in numbers["logarithmic"]:
        axes.set_xscale("log")
    if "y" in numbers["logarithmic"]:
        axes.set_yscale("log")
    axes.set_xlabel(f"${numbers['variable']}$", fontsize=12)
    axes.margins(x=0.01)
    axes.legend(frameon=False, loc="best", fontsize=12)


def mark_points(axes: Any, points: dict[str, Any], aside: tuple[int, int] = (5, 6)) -> None:
    """Draw points with their names beside them, that far away in dots."""
    for name, (across, height) in points.items():
        axes.plot([across], [height], "o", color="#24292f", markersize=5, zorder=4)
        place_of_name = {"xytext": aside, "textcoords": "offset points", "fontsize": 12}
        axes.annotate(f"${name}$", (across, height), **place_of_name)


def rounded(value: float) -> float:
    """The number with the digits that are kept."""
    return float(f"{value:.{_DIGITS}g}") + 0.0  # which is never -0.0


def _places(low: float, high: float, dots: bool, logarithmic: str, steps: int) -> list[float]:
    """Where the values stand: at integers, at even steps, or at even ratios."""
    if dots:
        return [float(place) for place in range(math.ceil(low), math.floor(high) + 1)]
    if "x" in logarithmic:
        return [low * (high / low) ** (k / steps) for k in range(steps + 1)]
    return [low + (high - low) * k / steps for k in range(steps + 1)]


def _values(plot: Plot, curve: Any, across: list[float]) -> list[float | None]:
    """The values of a curve at these places."""
    import numpy

    from therefore.language.coordinates import in_coordinates
    from therefore.language.vectorised import numpy_function

    worked_out = numpy_function(in_coordinates(curve, plot.at), plot.variable)
    with numpy.errstate(all="ignore"):
        if plot.variable.is_integer:  # which may be the end of a sum
            found = numpy.array([worked_out(int(place)) for place in across])
        else:
            found = worked_out(numpy.array(across))
    every = numpy.broadcast_to(numpy.asarray(found, dtype=float), len(across))
    return [rounded(float(value)) if math.isfinite(value) else None for value in every]
