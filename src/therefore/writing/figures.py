"""Plots of derivation modules as SVG, with the numbers that they show kept inside.

Another version of matplotlib draws the same curves in other bytes. So each file holds its
numbers, in its metadata, and two figures are the same where their numbers are.
"""

from __future__ import annotations

import json
import math
import re
from html import escape, unescape
from io import StringIO
from typing import Any

from therefore.plots import Plot

__all__ = ["NoMatplotlib", "figure", "numbers_in", "numbers_of", "same_numbers"]

_STEPS = 240
_DIGITS = 6
_TOLERANCE = 1e-4
_MARK = "therefore-plot"
# Told apart with any sight: the palette of Okabe and Ito.
_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00")


class NoMatplotlib(Exception):
    """There is something to draw and nothing to draw it with."""

    def __str__(self) -> str:
        return 'plots are drawn by matplotlib: pip install "therefore[pages]"'


def numbers_of(plot: Plot) -> dict[str, Any]:
    """What a plot shows, as plain data: its words, its ends, and each curve at even steps.

    A value that is no finite number is ``None``. Raises ``IllFormed`` where a curve cannot be
    worked out in numbers.
    """
    low, high = (float(end) for end in (plot.low, plot.high))
    dots = bool(plot.variable.is_integer)
    if dots:
        across = [float(place) for place in range(math.ceil(low), math.floor(high) + 1)]
    elif "x" in plot.logarithmic:
        across = [low * (high / low) ** (k / _STEPS) for k in range(_STEPS + 1)]
    else:
        across = [low + (high - low) * k / _STEPS for k in range(_STEPS + 1)]
    return {
        "variable": _latex(plot.variable),
        "caption": plot.caption,
        "logarithmic": plot.logarithmic,
        "dots": dots,
        "ends": [_rounded(low), _rounded(high)],
        "curves": {name: _values(plot, curve, across) for name, curve in plot.curves.items()},
        "points": {
            name: [_values(plot, one, across[:1])[0] for one in place]
            for name, place in plot.points.items()
        },
    }


def figure(numbers: dict[str, Any]) -> str:
    """The numbers as SVG. Raises ``NoMatplotlib``."""
    try:
        import matplotlib
        from matplotlib.figure import Figure
    except ImportError as error:
        raise NoMatplotlib from error
    settings: Any = {
        "svg.hashsalt": "therefore",
        "svg.fonttype": "path",
        "font.size": 10,
        "mathtext.fontset": "cm",
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.edgecolor": "#57606a",
        "axes.grid": True,
        "grid.color": "#d8dee4",
        "grid.linewidth": 0.6,
        "path.simplify_threshold": 0.2,
    }
    with matplotlib.rc_context(settings):
        drawn = Figure(figsize=(6.0, 3.2), layout="constrained")
        _draw(drawn.add_subplot(), numbers)
        text = StringIO()
        drawn.savefig(text, format="svg", metadata={"Date": None, "Creator": None})
    return _with_numbers(text.getvalue(), numbers)


def numbers_in(svg: str) -> dict[str, Any] | None:
    """The numbers that a figure of ours shows, or ``None`` where the text is no such figure."""
    found = re.search(rf'<desc id="{_MARK}">(.*?)</desc>', svg, re.DOTALL)
    if found is None:
        return None
    try:
        numbers = json.loads(unescape(found[1]))
    except ValueError:
        return None
    return numbers if isinstance(numbers, dict) else None


def same_numbers(one: Any, other: Any) -> bool:
    """Whether two figures show the same, but for the last digits of their numbers."""
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one) == list(other) and all(same_numbers(one[k], other[k]) for k in one)
    if isinstance(one, list) and isinstance(other, list):
        pairs = zip(one, other, strict=False)
        return len(one) == len(other) and all(same_numbers(a, b) for a, b in pairs)
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=_TOLERANCE, abs_tol=_TOLERANCE**2)
    return type(one) is type(other) and bool(one == other)


def _latex(name: Any) -> str:
    from therefore.language import latex

    return latex(name)


def _values(plot: Plot, curve: Any, across: list[float]) -> list[float | None]:
    """The values of a curve at these places."""
    import numpy

    from therefore.language.vectorised import numpy_function

    places = numpy.array(across)
    worked_out = numpy_function(curve, plot.variable, *plot.at)
    with numpy.errstate(all="ignore"):
        found = worked_out(places, *map(float, plot.at.values()))
    every = numpy.broadcast_to(numpy.asarray(found, dtype=float), places.shape)
    return [_rounded(float(value)) if math.isfinite(value) else None for value in every]


def _rounded(value: float) -> float:
    return float(f"{value:.{_DIGITS}g}") + 0.0  # which is never -0.0


def _draw(axes: Any, numbers: dict[str, Any]) -> None:
    low, high = numbers["ends"]
    for place, (name, values) in enumerate(numbers["curves"].items()):
        colour = _COLOURS[place % len(_COLOURS)]
        steps = len(values) - 1
        if numbers["dots"]:
            across = [math.ceil(low) + k for k in range(len(values))]
        elif "x" in numbers["logarithmic"]:
            across = [low * (high / low) ** (k / steps) for k in range(len(values))]
        else:
            across = [low + (high - low) * k / steps for k in range(len(values))]
        heights = [math.nan if value is None else value for value in values]
        style = {"marker": "o", "markersize": 4, "linestyle": ":"} if numbers["dots"] else {}
        axes.plot(across, heights, label=f"${name}$", color=colour, linewidth=1.8, **style)
    for name, (across, height) in numbers["points"].items():
        axes.plot([across], [height], "o", color="#24292f", markersize=5)
        place_of_name = {"xytext": (5, 6), "textcoords": "offset points", "fontsize": 12}
        axes.annotate(f"${name}$", (across, height), **place_of_name)
    if "x" in numbers["logarithmic"]:
        axes.set_xscale("log")
    if "y" in numbers["logarithmic"]:
        axes.set_yscale("log")
    axes.set_xlabel(f"${numbers['variable']}$", fontsize=12)
    axes.margins(x=0.01)
    axes.legend(frameon=False, loc="best", fontsize=12)


def _with_numbers(svg: str, numbers: dict[str, Any]) -> str:
    """The figure with a title and its numbers, and without trailing spaces."""
    data = json.dumps(numbers, ensure_ascii=False, separators=(",", ":"))
    words = f"<title>{escape(numbers['caption'])}</title>\n"
    words += f' <desc id="{_MARK}">{escape(data, quote=False)}</desc>\n'
    start = re.search(r"<svg [^>]*>\n", svg)
    if start is None:
        return svg
    whole = f"{svg[: start.end()]} {words}{svg[start.end() :]}"
    return "\n".join(line.rstrip() for line in whole.splitlines()) + "\n"
