"""The numbers of paths in the plane, worked out exactly, and how they are drawn."""

from __future__ import annotations

import math
from typing import Any

from therefore.plots import Trajectories
from therefore.writing.curves import COLOURS, mark_points, rounded

__all__ = ["draw_paths", "numbers_of_paths"]

_ROWS = 41
_LINES = 15


def numbers_of_paths(asked: Trajectories) -> dict[str, Any]:
    """What trajectories show, as plain data: each path point by point, and the level function on
    a grid, row by row from below.

    Raises ``IllFormed`` where a step leads to no point of the plane, or there is no level.
    """
    from sympy import Dummy

    from therefore.language import latex
    from therefore.language.coordinates import in_coordinates

    place = Dummy("x_1", real=True), Dummy("x_2", real=True)
    values = {**asked.at, asked.vector: place}
    name = f"{{{latex(asked.vector)}}}"
    return {
        "axes": [f"{name}_1", f"{name}_2"],
        "caption": asked.caption,
        "within": [[rounded(float(end)) for end in pair] for pair in asked.within],
        "levels": _levels(in_coordinates(asked.level, values), place, asked),
        "paths": {
            called: _path(in_coordinates(step, values), place, asked)
            for called, step in asked.steps.items()
        },
        "points": {
            called: [_number(in_coordinates(one, asked.at), asked) for one in point]
            for called, point in asked.points.items()
        },
    }


def draw_paths(axes: Any, numbers: dict[str, Any]) -> None:
    """Draw the numbers of ``numbers_of_paths``."""
    (left, right), (bottom, top) = numbers["within"]
    rows = [[math.nan if one is None else one for one in row] for row in numbers["levels"]]
    axes.contour(
        _even(left, right, len(rows[0])), _even(bottom, top, len(rows)), rows,
        levels=_LINES, colors="#afb8c1", linewidths=0.7,
    )  # fmt: skip
    for number, (name, path) in enumerate(numbers["paths"].items()):
        colour = COLOURS[number % len(COLOURS)]
        across, up = zip(*path, strict=True)
        axes.plot(across, up, "o-", label=f"${name}$", color=colour, linewidth=1.6, markersize=3.5)
    mark_points(axes, numbers["points"], (-20, -16))
    axes.set_xlim(left, right)
    axes.set_ylim(bottom, top)
    axes.set_aspect("equal")
    axes.grid(False)
    axes.set_xlabel(f"${numbers['axes'][0]}$", fontsize=12)
    axes.set_ylabel(f"${numbers['axes'][1]}$", fontsize=12)
    axes.legend(frameon=False, loc="center left", bbox_to_anchor=(1.02, 0.5), fontsize=12)


def _path(step: Any, place: tuple[Any, Any], asked: Trajectories) -> list[list[float]]:
    """The points one after the other, in exact numbers until they are written down."""
    from therefore.language.coordinates import in_coordinates
    from therefore.language.errors import IllFormed

    if getattr(step, "shape", None) != (2, 1):
        raise IllFormed("a step leads to a point of the plane", asked.source)
    point = tuple(in_coordinates(one, asked.at) for one in asked.start)
    path = [point]
    for _ in range(asked.times):
        there = dict(zip(place, path[-1], strict=True))
        path.append(tuple(one.xreplace(there) for one in step))
    return [[_number(one, asked) for one in point] for point in path]


def _levels(
    level: Any, place: tuple[Any, Any], asked: Trajectories
) -> list[list[float | None]]:
    """The values of the level function on a grid."""
    import numpy

    from therefore.language.vectorised import numpy_function

    (left, right), (bottom, top) = asked.within
    across = numpy.array(_even(float(left), float(right), _ROWS))
    up = numpy.array(_even(float(bottom), float(top), _ROWS))
    with numpy.errstate(all="ignore"):
        found = numpy_function(level, *place)(across[None, :], up[:, None])
    rows = numpy.broadcast_to(numpy.asarray(found, dtype=float), (_ROWS, _ROWS))
    return [[rounded(float(one)) if math.isfinite(one) else None for one in row] for row in rows]


def _number(one: Any, asked: Trajectories) -> float:
    from therefore.language.errors import IllFormed

    if not (one.is_number and one.is_real and one.is_finite):
        raise IllFormed(f"a path leads to {one}, which is no number", asked.source)
    return rounded(float(one))


def _even(low: float, high: float, count: int) -> list[float]:
    return [low + (high - low) * k / (count - 1) for k in range(count)]
