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

from therefore.plots import Plot, Trajectories
from therefore.writing.curves import draw_curves, numbers_of_curves
from therefore.writing.paths import draw_paths, numbers_of_paths

__all__ = ["NoMatplotlib", "figure", "numbers_in", "numbers_of", "same_numbers"]

_TOLERANCE = 1e-4
_MARK = "therefore-plot"


class NoMatplotlib(Exception):
    """There is something to draw and nothing to draw it with."""

    def __str__(self) -> str:
        return 'plots are drawn by matplotlib: pip install "therefore[pages]"'


def numbers_of(drawing: Plot | Trajectories) -> dict[str, Any]:
    """What a plot shows, as plain data. Raises ``IllFormed`` where that are no numbers."""
    if isinstance(drawing, Trajectories):
        return numbers_of_paths(drawing)
    return numbers_of_curves(drawing)


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
        draw = draw_paths if "paths" in numbers else draw_curves
        draw(drawn.add_subplot(), numbers)
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
